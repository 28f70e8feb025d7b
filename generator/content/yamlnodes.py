"""A YAML file as nodes, which know their lines, so that each mistake is told with the line to look at.

All functions raise ContentError where a node is not what is asked for; ``file`` is what the error calls it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import yaml
from yaml.reader import ReaderError

from generator.content.yamltext import refuse_conflicts
from generator.mdtext import one_line
from generator.model import BrokenContentError, ContentError, Place

Node = TypeVar("Node")
Made = TypeVar("Made")


def composed(text: str, file: str, what: str) -> yaml.Node:
    """The root of a file; ``what`` is expected of one that is empty."""
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
        raise ContentError(Place(file), f"{what} is expected, and the file is empty")
    return node


def items(node: yaml.Node, file: str, what: str, *, empty: bool = True) -> list[yaml.Node]:
    """The items of a list, of which there is at least one unless it may be ``empty``."""
    if not isinstance(node, yaml.SequenceNode):
        raise mistake(node, file, f"{what} is expected here")
    if not node.value and not empty:
        raise mistake(node, file, f"{what} is expected here, and this one is empty")
    return list(node.value)


def keys(
    node: yaml.Node, file: str, what: str, *, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> dict[str, yaml.Node]:
    """The values of a mapping by key, when it has all keys it needs, none twice and no other."""
    known = (*required, *optional)
    if not isinstance(node, yaml.MappingNode):
        raise mistake(node, file, f"{what} is expected here, with the keys {', '.join(known)}")
    told: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "a list or mapping"
        if name not in known:
            raise mistake(key, file, f"{what} has no key “{name}”: it may have {', '.join(known)}")
        if name in told:
            raise mistake(key, file, f"{what} has the key “{name}” twice")
        told[name] = value
    if missing := [name for name in required if name not in told]:
        raise mistake(node, file, f"{what} needs the key “{missing[0]}”")
    return told


def each(nodes: Iterable[Node], read: Callable[[Node], Made]) -> list[Made]:
    """What ``read`` makes of each; where it cannot, all that is wrong with all of them is raised at once."""
    made: list[Made] = []
    wrong: list[ContentError] = []
    for node in nodes:
        try:
            made.append(read(node))
        except BrokenContentError as broken:
            wrong += broken.errors
        except ContentError as error:
            wrong.append(error)
    if wrong:
        raise wrong[0] if len(wrong) == 1 else BrokenContentError(wrong)
    return made


def string(node: yaml.Node, file: str, what: str, *, kinds: tuple[str, ...] = ("str",)) -> str:
    """A text, on one line, with something in it; YAML may take it for one of these ``kinds``."""
    if not isinstance(node, yaml.ScalarNode) or kind(node) not in kinds:
        raise mistake(node, file, f"the {what} must be text; put it in quotes if it looks like something else")
    value = one_line(str(node.value))
    if not value:
        raise mistake(node, file, f"the {what} is empty")
    return value


def kind(node: yaml.Node) -> str:
    """What YAML takes a node for: str, int, float, bool, null, seq, map ..."""
    return str(node.tag).rpartition(":")[2]


def line(node: yaml.Node) -> int:
    """The line where a node begins, from 1."""
    return int(node.start_mark.line) + 1


def mistake(node: yaml.Node, file: str, message: str) -> ContentError:
    """The error to raise for a node."""
    return ContentError(Place(file, line(node)), message)
