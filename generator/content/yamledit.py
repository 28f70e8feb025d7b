"""Change some keys of a YAML mapping that a person wrote, and not a sign of the rest.

Only the lines of a key whose value changes are written again, and within these only what
differs: comments, quoting, unknown keys and the order of a list survive there, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from io import StringIO
from typing import Any, Final

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError as RuamelError

from generator.content.yamltext import Loader, Value, as_read, dumped
from generator.model import ContentError, Place

_BREAKS: Final = ("\n", "\r", "\x85", "\u2028", "\u2029")  # where lines end, to YAML
_LINE: Final = re.compile(r"[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029])|[^\n\r\x85\u2028\u2029]+\Z")
# What tells an element of a list from the others when it is a mapping: that of a sighting.
_NAMED_BY: Final = ("dump", "position")


def edited(
    source: str, changes: Mapping[str, Value | None], file: str, before: Mapping[str, Value] | None = None
) -> str:
    """The mapping with some keys set (``None``: taken out).

    ``before`` holds values that the caller had read: what these name within a key and
    ``changes`` does not is taken out, what neither names stays.
    Raises :class:`ContentError` for what only some readers of YAML take for YAML.
    """
    try:
        spliced = _spliced(source, changes, before or {})
        if spliced is not None and not _wrong(source, spliced, changes):
            return spliced
        whole = _rewritten(source, changes, before or {})
        if wrong := _wrong(source, whole, changes):
            raise ValueError(wrong)
        return whole
    except (RuamelError, yaml.YAMLError, ValueError, TypeError, KeyError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or " ".join(str(error).split())[:100]
        raise ContentError(
            Place(file, mark.line + 2 if mark else 1), f"this cannot be edited as YAML: {said}"
        ) from None


def spans(source: str) -> Mapping[str, tuple[int, int]] | None:
    """The lines of each key, first and last, from 0; ``None`` where keys have no lines of their own."""
    root = yaml.compose(source, Loader=Loader)
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return None
    starts = [key.start_mark for key, _ in root.value]
    ends = [_last_line(value) for _, value in root.value]
    bounds = [*(mark.line for mark in starts[1:]), len(_LINE.findall(source))]
    inside = (mark.line <= end < bound for mark, end, bound in zip(starts, ends, bounds, strict=True))
    if any(mark.column for mark in starts) or not all(inside):  # an alias has the place of its anchor
        return None
    return {key.value: (key.start_mark.line, end) for (key, _), end in zip(root.value, ends, strict=True)}


def _last_line(node: yaml.Node) -> int:
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(node, yaml.MappingNode) else last)
    end = node.end_mark
    return int(end.line - 1 if end.column == 0 and end.line > node.start_mark.line else end.line)


def _spliced(source: str, changes: Mapping[str, Value | None], before: Mapping[str, Value]) -> str | None:
    """The source with the lines of changed keys in the place of the old ones, new keys at the end."""
    lines = _LINE.findall(source)
    places = spans(source)
    if places is None:
        return None
    for key, (first, last) in sorted(places.items(), key=lambda item: -item[1][0]):
        if key in changes:
            value = changes[key]
            old = "".join(lines[first : last + 1])
            lines[first : last + 1] = [] if value is None else [_rewritten(old, {key: value}, before)]
    more = {key: value for key, value in changes.items() if key not in places and value is not None}
    text = "".join(lines)
    return f"{text}{'' if text.endswith(_BREAKS) or not text else chr(10)}{dumped(more) if more else ''}"


def _rewritten(source: str, changes: Mapping[str, Value | None], before: Mapping[str, Value]) -> str:
    """The source as the library that keeps comments writes it, which changes some of a person's spaces."""
    editor = _editor(source)
    meta = editor.load(source) or CommentedMap()
    for key, value in changes.items():
        if value is None:
            meta.pop(key, None)
        else:
            fresh = editor.load(dumped({key: value}))  # in the form that `dumped` gives keys and values
            name = next(iter(fresh))
            meta[name] = _patched(meta.get(name), before.get(key), fresh[name])
    stream = StringIO()
    editor.dump(meta, stream)
    return stream.getvalue()


def _editor(source: str) -> YAML:
    editor = YAML()
    editor.preserve_quotes = True
    editor.width = 2**31 - 1
    editor.allow_unicode = True
    if any(line.startswith("  - ") for line in source.splitlines()):
        editor.indent(mapping=2, sequence=4, offset=2)
    return editor


def _patched(node: Any, before: Value, fresh: Any) -> Any:
    """``node`` with what ``fresh`` says differently."""
    if isinstance(node, CommentedMap) and isinstance(fresh, CommentedMap):
        _patch_mapping(node, before if isinstance(before, Mapping) else {}, fresh)
    elif isinstance(node, CommentedSeq) and isinstance(fresh, CommentedSeq):
        _patch_sequence(node, before if isinstance(before, Sequence) else (), fresh)
    elif node != fresh or isinstance(node, bool) != isinstance(fresh, bool):
        return fresh
    return node


def _patch_mapping(node: CommentedMap, before: Mapping[str, Value], fresh: CommentedMap) -> None:
    for key in [key for key in node if str(key) in before and key not in fresh]:
        del node[key]
    for key, value in fresh.items():
        node[key] = _patched(node.get(key), before.get(str(key)), value)


def _patch_sequence(node: CommentedSeq, before: Sequence[Value], fresh: CommentedSeq) -> None:
    """Element by element, from the end, so that the places of what is still to be done stay the same."""
    known = {_identity(item): item for item in before}
    old, new = list(map(_identity, node)), list(map(_identity, fresh))
    steps = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    for what, first, last, start, end in reversed(steps):
        if what == "equal":
            for at, item in zip(range(first, last), fresh[start:end], strict=True):
                node[at] = _patched(node[at], known.get(old[at]), item)
            continue
        for at in reversed(range(first, last)):
            del node[at]
        for item in reversed(fresh[start:end]):
            node.insert(first, item)


def _identity(item: Any) -> object:
    if not isinstance(item, Mapping):
        return str(item)
    name = tuple(str(item[key]) for key in _NAMED_BY if key in item)
    return name or tuple(map(str, item.values()))


def _wrong(source: str, new: str, changes: Mapping[str, Value | None]) -> str:
    """What the outcome says otherwise than it should."""
    was, now = yaml.load(source, Loader=Loader) or {}, yaml.load(new, Loader=Loader) or {}
    told = {key: value for key, value in changes.items() if value is not None}
    for key in {*was, *now} - set(told):
        if was.get(key) != now.get(key) and not (key in changes and key not in now):
            return f"`{key}` would change, too"
    told_well = all(_says(now.get(key), value) for key, value in as_read(told).items())
    return "" if told_well else "the new values cannot be written in this form"


def _says(now: Value, wanted: Value) -> bool:
    if isinstance(wanted, Mapping):
        return isinstance(now, Mapping) and all(_says(now.get(key), value) for key, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(now, list) and len(now) == len(wanted) and all(map(_says, now, wanted))
    return bool(now == wanted)
