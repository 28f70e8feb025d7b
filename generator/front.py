"""Front matter: the YAML between two ``---`` lines, and the Markdown below it.

Reading keeps every scalar as the text that stands in the file, because YAML's own
guesses turn ``no`` into False, ``0123`` into 83 and ``12:30:45`` into 45045; whoever
knows a field's type converts it.  Writing has one form per value, so that the same
record always gives the same bytes; pages that a person has touched are written by
:func:`revised`, which keeps comments, quoting and the order of keys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError as RuamelError

from generator.model import ContentError, Place

Value = Any  # what YAML can hold: text, numbers, dates, lists and mappings of them

_FENCE: Final = re.compile(r"^---[ \t]*$", re.MULTILINE)
_CONFLICT: Final = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
# libyaml writes emoji as \U0001F600; a person should see them.  Two backslashes are one sign and not an escape.
_ASTRAL: Final = re.compile(r"\\\\|\\U(000[1-9A-F][0-9A-F]{4})")
# Names and file names, which no reader of YAML takes for anything but text.
_PLAIN: Final = re.compile(r"(?:[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*|[A-Za-z0-9][\w-]*\.[a-z]{2,5})\Z", re.ASCII)
_NOT_TEXT: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


@dataclass(frozen=True, slots=True)
class Front:
    """What :func:`read` found: the mapping, the lines of its keys, and the Markdown below."""

    meta: Mapping[str, Value]
    body: str
    file: str
    lines: Mapping[str, int]

    def place(self, key: str = "") -> Place:
        """Where ``key`` stands in the file, or the file's first line."""
        return Place(self.file, self.lines.get(key, 1))

    def error(self, key: str, message: str) -> ContentError:
        return ContentError(self.place(key), message)


class Flow(dict[str, Value]):
    """A mapping that is written on one line."""


class _Loader(yaml.CBaseLoader):
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


class _Handler(YAMLHandler):
    """The library's YAML handler, with our own fences, and our reading and writing of values."""

    def split(self, text: str) -> tuple[str, str]:
        _, source, body = _FENCE.split(text, 2)
        return source, body

    def load(self, fm: str, **_: object) -> Any:
        return yaml.load(fm, Loader=_Loader)

    def export(self, metadata: dict[str, object], **_: object) -> str:
        return dumped(metadata).removesuffix("\n")


_HANDLER: Final = _Handler()


def read(text: str, file: str) -> Front:
    """Split a page.  A page without front matter is all body.

    Raises :class:`ContentError` with the line where the front matter is not closed or
    is no YAML mapping, or where git left the marks of a conflict.
    """
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        raise ContentError(Place(file, line), "git left the marks of a conflict here: choose one side")
    if not _FENCE.match(text):
        return Front({}, text.strip("\n"), file, {})
    if len(_FENCE.findall(text)) < 2:
        raise ContentError(Place(file), "the front matter is not closed: add a line with --- below it")
    try:
        meta, body = frontmatter.parse(text, handler=_HANDLER)
    except (yaml.YAMLError, RecursionError) as error:
        raise ContentError(_place(error, file), _message(error)) from None
    source = _FENCE.split(text, 2)[1]
    if not meta and _without_comments(source) not in ("", "{}"):
        raise ContentError(Place(file, 2), "the front matter is not a list of `key: value` lines")
    return Front(meta, body, file, _lines(source))


def yaml_of(text: str, file: str) -> Value:
    """What a file of YAML holds, every scalar as text.  Raises :class:`ContentError` with the line of what is wrong."""
    try:
        return yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise ContentError(Place(file, mark.line + 1 if mark else 1), f"this is not YAML: {_problem(error)}") from None


def written(meta: Mapping[str, Value], body: str) -> str:
    """A page: ``meta`` as front matter, an empty line, ``body``, a line end."""
    return frontmatter.dumps(frontmatter.Post(body, _HANDLER, **meta)).rstrip("\n") + "\n"


def dumped(value: Mapping[str, Value]) -> str:
    """YAML with one form for each value, keys in the order given, no line folded."""
    text: str = yaml.dump(
        dict(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**31 - 1, default_flow_style=False
    )
    return _ASTRAL.sub(lambda seen: chr(int(seen[1], 16)) if seen[1] else seen[0], text)


def as_read(value: Mapping[str, Value]) -> Mapping[str, Value]:
    """The mapping as :func:`read` would find it once it is written: every scalar as text."""
    read_back: Mapping[str, Value] = yaml.load(dumped(value), Loader=_Loader)
    return read_back


def revised(text: str, changes: Mapping[str, Value | None], file: str, body: str | None = None) -> str:
    """A page that a person has edited, with some keys set (``None``: taken out) and all else as it stands.

    Comments, quoting, the order of keys and keys unknown here survive; so does the body
    to the letter, unless a new one is given.
    """
    source, rest = _parts(text)
    return f"---\n{edited(source, changes, file)}---\n" + (rest if body is None else f"\n{body.rstrip()}\n")


def edited(source: str, changes: Mapping[str, Value | None], file: str) -> str:
    """A YAML mapping with some keys set (``None``: taken out); comments, quoting and order survive.

    Raises :class:`ContentError` for what only some readers of YAML take for YAML.
    """
    try:
        return _edited(source, changes)
    except (RuamelError, ValueError, TypeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or " ".join(str(error).split())[:100]
        raise ContentError(
            Place(file, mark.line + 2 if mark else 1), f"this cannot be edited as YAML: {said}"
        ) from None


def _edited(source: str, changes: Mapping[str, Value | None]) -> str:
    editor = YAML()
    editor.preserve_quotes = True
    editor.width = 2**31 - 1
    editor.allow_unicode = True
    meta = editor.load(source) or CommentedMap()
    for key, value in changes.items():
        if value is None:
            meta.pop(key, None)
        else:
            meta.update(editor.load(dumped({key: value})))  # in the form that `dumped` gives keys and values
    stream = StringIO()
    editor.dump(meta, stream)
    return stream.getvalue()


def _parts(text: str) -> tuple[str, str]:
    if not _FENCE.match(text):
        return "", "\n" + text
    _, source, rest = _FENCE.split(text, 2)
    return source.lstrip("\n"), rest.removeprefix("\n")


def _lines(source: str) -> dict[str, int]:
    """The line of each top-level key; the opening fence is line 1."""
    lines: dict[str, int] = {}
    for number, line in enumerate(source.split("\n"), start=1):
        key, colon, _ = line.partition(":")
        if colon and key and not key[0].isspace() and key[0] not in "#-":
            lines.setdefault(key.strip("'\" "), number)
    return lines


def _without_comments(source: str) -> str:
    return "".join(line for line in source.splitlines() if not line.lstrip().startswith("#")).strip()


def _problem(error: Exception) -> str:
    return getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"


def _place(error: Exception, file: str) -> Place:
    mark = getattr(error, "problem_mark", None)
    return Place(file, mark.line + 1 if mark else 2)


def _message(error: Exception) -> str:
    return f"the front matter is not YAML: {_problem(error)}; text with a colon or a sign at its start needs quotes"
