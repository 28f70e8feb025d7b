"""Read ``content/topics.yml``: the topics and their rules, phrases with a weight.

:func:`load` returns the whole taxonomy or raises ContentError at the first thing that
is not as it should be, with the line to look at.  The YAML is read as nodes, not as
values, because nodes know their lines.  Nothing here touches the disk.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import yaml
from yaml.reader import ReaderError

from generator.learnt import Model
from generator.mdtext import one_line
from generator.model import ContentError, Place, Topic
from generator.phrases import LONGEST_PHRASE, Node, Phrase, Word, absurdity, spellings, tree
from generator.slugs import is_slug
from generator.yamltext import refuse_conflicts

_HEAVIEST: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class Taxonomy:
    """The topics in the order of the file, the same by id (``names``), and the phrases of their rules.

    Phrases name a topic by its ``place`` among all.
    ``learnt`` is what read papers taught (see :func:`generator.topics.taught`); a file alone teaches nothing.
    """

    topics: tuple[Topic, ...]
    names: Mapping[str, Topic]
    phrases: Node = field(repr=False)
    place: Mapping[str, int] = field(repr=False)
    learnt: Model | None = field(default=None, repr=False)


@lru_cache(maxsize=4)  # one run asks for the same file several times, the preview at every change of a page
def load(text: str, file: str) -> Taxonomy:
    """The taxonomy that ``text`` tells; ``file`` is what errors call it.

    Raises ContentError, with the line, for what is not a taxonomy: broken YAML, an unknown key,
    a wrong type, a duplicate, an id that is no slug, a phrase that could never be meant.
    """
    topics: list[Topic] = []
    phrases: list[Phrase] = []
    lines: dict[str, int] = {}
    for node in _items(_composed(text, file), file, "a list of topics"):
        topic, rules = _topic(node, file)
        for id_ in (topic.id, *topic.aliases):
            if id_ in lines:
                raise _error(node, file, f"the topic “{id_}” is already on line {lines[id_]}")
            lines[id_] = _line(node)
        phrases += _phrases(rules, len(topics), file)
        topics.append(topic)
    names = {topic.id: topic for topic in topics}
    return Taxonomy(tuple(topics), names, tree(phrases), {id: at for at, id in enumerate(names)})


def _topic(node: yaml.Node, file: str) -> tuple[Topic, yaml.Node | None]:
    """A topic and the node of its rules, which it may lack: then only people put papers into it."""
    keys = _keys(node, file, "a topic", required=("id", "name"), optional=("description", "rules", "aliases"))
    id_ = _id(keys["id"], file)
    description = _string(keys["description"], file, "description") if "description" in keys else ""
    aliases = (
        tuple(_id(node, file) for node in _items(keys["aliases"], file, "a list of ids")) if "aliases" in keys else ()
    )
    return Topic(id_, _string(keys["name"], file, "name"), description, aliases), keys.get("rules")


def _id(node: yaml.Node, file: str) -> str:
    id_ = _string(node, file, "id")
    if not is_slug(id_):
        raise _error(node, file, f"the id “{id_}” is no name of a page: a-z, 0-9, single hyphens between")
    return id_


def _phrases(rules: yaml.Node | None, topic: int, file: str) -> Iterator[Phrase]:
    """Every way to write every phrase of a topic's rules."""
    lines: dict[tuple[Word, ...], int] = {}
    for rule, node in enumerate(_items(rules, file, "a list of rules") if rules else ()):
        keys = _keys(node, file, "a rule", required=("phrases", "weight"))
        weight = _weight(keys["weight"], file)
        for phrase in _items(keys["phrases"], file, "a list of phrases", empty=False):
            for words in _spellings(phrase, file):
                if words in lines:
                    raise _error(phrase, file, f"“{phrase.value}” is already in this topic, on line {lines[words]}")
                lines[words] = _line(phrase)
                yield Phrase(words, topic, rule, weight)


def _spellings(node: yaml.Node, file: str) -> list[tuple[Word, ...]]:
    phrase = _string(node, file, "phrase", kinds=("str", "int"))
    if problem := absurdity(phrase):
        raise _error(node, file, f"the phrase “{phrase[:LONGEST_PHRASE]}” {problem}")
    return spellings(phrase)


def _weight(node: yaml.Node, file: str) -> float:
    message = f"the weight must be a number from -{_HEAVIEST} to {_HEAVIEST}"
    if not isinstance(node, yaml.ScalarNode) or str(node.tag).rpartition(":")[2] not in ("int", "float"):
        raise _error(node, file, message)
    try:
        weight = float(node.value)
    except ValueError:  # .inf, 0x10: numbers to YAML, not to us
        raise _error(node, file, message) from None
    if not math.isfinite(weight) or abs(weight) > _HEAVIEST:
        raise _error(node, file, message)
    return weight


def _composed(text: str, file: str) -> yaml.Node:
    refuse_conflicts(text, file)
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ContentError(Place(file, line), f"this is not YAML: {error.problem or error.context}") from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ContentError(Place(file, line), "this is not YAML: a character that no text file may have") from None
    except RecursionError:
        raise ContentError(Place(file), "this is nested too deeply") from None
    if node is None:
        raise ContentError(Place(file), "a list of topics is expected, and the file is empty")
    return node


def _items(node: yaml.Node, file: str, what: str, *, empty: bool = True) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise _error(node, file, f"{what} is expected here")
    if not node.value and not empty:
        raise _error(node, file, f"{what} is expected here, and this one is empty")
    return list(node.value)


def _keys(
    node: yaml.Node, file: str, what: str, *, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> dict[str, yaml.Node]:
    """The values of a mapping by key, when it has all keys it needs, none twice and no other."""
    known = (*required, *optional)
    if not isinstance(node, yaml.MappingNode):
        raise _error(node, file, f"{what} is expected here, with the keys {', '.join(known)}")
    keys: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "a list or mapping"
        if name not in known:
            raise _error(key, file, f"{what} has no key “{name}”: it may have {', '.join(known)}")
        if name in keys:
            raise _error(key, file, f"{what} has the key “{name}” twice")
        keys[name] = value
    if missing := [name for name in required if name not in keys]:
        raise _error(node, file, f"{what} needs the key “{missing[0]}”")
    return keys


def _string(node: yaml.Node, file: str, what: str, *, kinds: tuple[str, ...] = ("str",)) -> str:
    if not isinstance(node, yaml.ScalarNode) or str(node.tag).rpartition(":")[2] not in kinds:
        raise _error(node, file, f"the {what} must be text; put it in quotes if it looks like something else")
    value = one_line(str(node.value))
    if not value:
        raise _error(node, file, f"the {what} is empty")
    return value


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _error(node: yaml.Node, file: str, message: str) -> ContentError:
    return ContentError(Place(file, _line(node)), message)
