"""Read ``content/topics.yml``: the topics and their rules (see :mod:`generator.topics.rules`).

:func:`load` returns the whole taxonomy or raises ContentError with all that is not as it should be, and the lines to
look at.  The YAML is read as nodes, not as values, because nodes know their lines.  Nothing here touches the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import yaml

from generator.content import yamlnodes
from generator.content.yamlnodes import mistake
from generator.model import Topic
from generator.slugs import is_slug
from generator.topics import rules
from generator.topics.learnt import Model
from generator.topics.phrases import Phrase, Words
from generator.topics.phrasetree import Tree, tree
from generator.topics.rules import Condition, Rule

_SLUG: Final = "a-z, 0-9, single hyphens between, and no name that a system keeps for itself (con, index)"


@dataclass(frozen=True, slots=True, eq=False)
class Taxonomy:
    """The topics in the order of the file, the same by id (``names``), and the phrases of their rules.

    Phrases name a topic by its ``place`` among all.  Some rules, by the numbers of their topic and their own, have
    ``conditions``; the phrases of these are a tree of their own, ``conditional``.
    ``learnt`` is what read papers taught (see :func:`generator.topics.taught`); a file alone teaches nothing.
    """

    topics: tuple[Topic, ...]
    names: Mapping[str, Topic]
    phrases: Tree = field(repr=False)
    place: Mapping[str, int] = field(repr=False)
    conditions: Mapping[tuple[int, int], Condition] = field(repr=False)
    conditional: Tree = field(repr=False)
    learnt: Model | None = field(default=None, repr=False)


@lru_cache(maxsize=4)  # one run asks for the same file several times, the preview at every change of a page
def load(text: str, file: str) -> Taxonomy:
    """The taxonomy that ``text`` tells; ``file`` is what errors call it.

    Raises ContentError, with the line, for what is not a taxonomy: broken YAML, an unknown key,
    a wrong type, a duplicate, an id that is no slug, a phrase that could never be meant.  It tells of
    the first mistake in each rule, and of the first in what else there is of a topic.
    """
    nodes = enumerate(yamlnodes.items(yamlnodes.composed(text, file, "a list of topics"), file, "a list of topics"))
    lines: dict[str, int] = {}
    told = yamlnodes.each(nodes, lambda numbered: _topic(numbered[1], numbered[0], lines, file))
    phrases = [phrase for _, its in told for rule in its for phrase in rule.phrases]
    conditions = {
        (at, number): rule.condition
        for at, (_, its) in enumerate(told)
        for number, rule in enumerate(its)
        if rule.condition.phrases
    }
    names = {topic.id: topic for topic, _ in told}
    place = {id: at for at, id in enumerate(names)}
    topics = tuple(topic for topic, _ in told)
    return Taxonomy(topics, names, tree(phrases), place, conditions, _conditional(conditions.values()))


def _conditional(conditions: Iterable[Condition]) -> Tree:
    """The phrases of conditions; of which topics and rules they are, the conditions know."""
    words = frozenset[Words]().union(*(condition.phrases for condition in conditions))
    return tree(Phrase(each, topic=0, rule=0, weight=0) for each in words)


def _topic(node: yaml.Node, number: int, lines: dict[str, int], file: str) -> tuple[Topic, list[Rule]]:
    """A topic and its rules, which it may lack: then only people put papers into it.

    ``lines`` is where ids stand, and is added to.
    """
    keys = yamlnodes.keys(node, file, "a topic", required=("id", "name"), optional=("description", "rules", "aliases"))
    id_ = _id(keys["id"], file)
    description = yamlnodes.string(keys["description"], file, "description") if "description" in keys else ""
    aliases = yamlnodes.items(keys["aliases"], file, "a list of ids") if "aliases" in keys else []
    topic = Topic(
        id_, yamlnodes.string(keys["name"], file, "name"), description, tuple(_id(alias, file) for alias in aliases)
    )
    for known in (topic.id, *topic.aliases):
        if known in lines:
            raise mistake(node, file, f"the topic “{known}” is already on line {lines[known]}")
        lines[known] = yamlnodes.line(node)
    return topic, rules.read(keys["rules"], number, file) if "rules" in keys else []


def _id(node: yaml.Node, file: str) -> str:
    id_ = yamlnodes.string(node, file, "id")
    if not is_slug(id_):
        raise mistake(node, file, f"the id “{id_}” is no name of a page: {_SLUG}")
    return id_
