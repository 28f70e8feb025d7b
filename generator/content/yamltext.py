"""YAML as text: every scalar is read as it stands in the file, every value has one written form.

YAML's own guesses turn ``no`` into False, ``0123`` into 83 and ``12:30:45`` into 45045; whoever
knows a field's type converts it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import yaml

from generator.content import plainyaml
from generator.model import ContentError, Place

Value = Any  # what YAML can hold: text, numbers, dates, lists and mappings of them

_CONFLICT: Final = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
# libyaml writes emoji as \U0001F600; a person should see them.  Two backslashes are one sign and not an escape.
_ASTRAL: Final = re.compile(r"\\\\|\\U(000[1-9A-F][0-9A-F]{4})")
# Names and file names, which no reader of YAML takes for anything but text.
_PLAIN: Final = re.compile(r"(?:[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*|[A-Za-z0-9][\w-]*\.[a-z]{2,5})\Z", re.ASCII)
_NOT_TEXT: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


class Flow(dict[str, Value]):
    """A mapping that is written on one line."""


class Loader(yaml.CBaseLoader):
    """YAML in which every scalar stays text, and no key may stand twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key must be a name", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"the key {key.value!r} stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class _Dumper(yaml.CSafeDumper):
    """YAML as a person would write it: simple names bare, all other text in double quotes."""


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    bare = _PLAIN.match(text) and text not in _NOT_TEXT
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if bare else '"')


def _list(dumper: _Dumper, items: Any) -> yaml.Node:
    block = any(isinstance(item, Mapping) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=not block)


def _flow(dumper: _Dumper, items: Flow) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", items, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(tuple, _list)
_Dumper.add_representer(Flow, _flow)
_Dumper.ignore_aliases = lambda self, data: True  # type: ignore[method-assign]


def refuse_conflicts(text: str, file: str) -> None:
    """Raise :class:`ContentError` where git left the marks of a conflict."""
    if ("<<<<<<<" in text or ">>>>>>>" in text) and (conflict := _CONFLICT.search(text)):
        line = text.count("\n", 0, conflict.start()) + 1
        raise ContentError(Place(file, line), "git left the marks of a conflict here: choose one side, or keep both")


def loaded(source: str) -> Value:
    """What YAML holds, every scalar as text.  Raises what the library raises, with the line of what is wrong."""
    plain = plainyaml.mapping(source)
    return yaml.load(source, Loader=Loader) if plain is None else plain


def yaml_of(text: str, file: str) -> Value:
    """What a file of YAML holds, every scalar as text.  Raises :class:`ContentError` with the line of what is wrong."""
    refuse_conflicts(text, file)
    try:
        return loaded(text)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise ContentError(
            Place(file, mark.line + 1 if mark else 1), f"this is not YAML: {what_is_wrong(error)}"
        ) from None


def dumped(value: Mapping[str, Value]) -> str:
    """YAML with one form for each value, keys in the order given, no line folded."""
    text: str = yaml.dump(
        dict(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**31 - 1, default_flow_style=False
    )
    return _ASTRAL.sub(lambda seen: chr(int(seen[1], 16)) if seen[1] else seen[0], text)


def as_read(value: Mapping[str, Value]) -> Mapping[str, Value]:
    """The mapping as :func:`loaded` finds it once it is written: every scalar as text."""
    read_back: Mapping[str, Value] = loaded(dumped(value))
    return read_back


def what_is_wrong(error: Exception) -> str:
    """What a YAML library found wrong, in its words."""
    return getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
