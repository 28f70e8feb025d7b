"""The entries of a JSON text with the lines on which they begin, as far as it can be read.

A text is an array, an object around one, or one value a line (JSON Lines).  Where a text breaks off or is broken, the
entries up to there are told, and those that stand below, each on a line of its own.  Entries may be strings that hold
the ``repr`` of a Python dictionary, and all of a text may be such a ``repr``: some archives were written so.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from generator.reading.text import plain

LONGEST_REPR: Final = 200_000  # letters; real ones have 30,000, and literal_eval takes 100 bytes a letter

LONGEST_REPR_OF_LIST: Final = 2_000_000

_OF_PYTHON: Final = re.compile(r"\s*(?:\[\s*)?\{\s*'")
_SPACE: Final = re.compile(r"[ \t\r\n,]*")
_CLOSED: Final = re.compile(r"[\]},\s]*")
_WRAPPED: Final = re.compile(r'"(?:data|papers|items|results|entries|records|daily_papers|notes)"\s{0,20}:\s{0,20}\[')
# Crossref and dblp wrap their arrays several times.
_ANSWER: Final = re.compile(
    r'\{\s{0,20}(?:"status"\s{0,20}:\s{0,20}"ok",\s{0,20}"message-type".{1,20000}?"items"|"result".{1,5000}?"hit")\s{0,20}:\s{0,20}\[',
    re.DOTALL,
)
_WHOLE: Final = re.compile(r"\s*([0-9]{1,9})(?:\.0{1,6})?\s*", re.ASCII)  # tables write 42.0 where a cell is empty
_DECODER: Final = json.JSONDecoder(strict=False, parse_constant=lambda name: None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A value and the line it begins on; ``value`` is ``None`` where nothing can be read up to the next one."""

    line: int
    value: object


def entries(text: str) -> Iterator[Entry]:
    """Yield the values of the array or the lines that ``text`` is; an entry of ``None`` tells where it is broken."""
    if _OF_PYTHON.match(text):
        yield from _of_python(text)
        return
    start = _start(text)
    at, line, last = start, text.count("\n", 0, start) + 1, start
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # matches the empty text, too
        line += text.count("\n", last, at)
        last = at
        if at < len(text) and text[at] in "]}":  # another answer may follow, as where files were joined
            at = _CLOSED.match(text, at).end()  # type: ignore[union-attr]
            at = _start(text, at) if text[at : at + 1] in ("[", "{") else len(text)
            line += text.count("\n", last, at)
            last = at
        if at >= len(text):
            return
        value, end = _decoded(text, at)
        if end is None:
            yield Entry(line, None)
            yield from _whole_lines(text, at, line)
            return
        yield Entry(line, {} if value is None else value)
        at = end


def _whole_lines(text: str, at: int, line: int) -> Iterator[Entry]:
    """Yield the objects below this place that begin and end with their line, as far as each can be read."""
    for number, below in enumerate(text[at:].split("\n")[1:], line + 1):
        row = below.rstrip(" \t\r,")
        if row[:1] == "{" and len(row) > 1:
            yield Entry(number, whole(row))


def _of_python(text: str) -> Iterator[Entry]:
    """Yield the dictionaries of a ``repr``: of a list, or one a line."""
    if text.lstrip()[0] == "[":
        listed = _literal(text.strip(), LONGEST_REPR_OF_LIST)
        yield from (Entry(1, one) for one in listed) if isinstance(listed, list) else (Entry(1, None),)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield Entry(number, _literal(line.strip(), LONGEST_REPR))


def _literal(text: str, longest: int) -> object:
    """Return the value of a Python literal that is not too long, ``None`` if it is none."""
    try:
        return ast.literal_eval(text) if len(text) <= longest else None
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None


def whole(text: str) -> object:
    """Return the value that ``text`` is, or ``None`` if it is not whole or too deep."""
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def mapping(value: object) -> dict[str, object]:
    """Return ``value`` if it is an object, or the ``repr`` of one; an empty one otherwise."""
    if isinstance(value, str) and value[:1] == "{":
        value = _literal(value, LONGEST_REPR)
    return {str(key): one for key, one in value.items()} if isinstance(value, dict) else {}


def text_of(value: object) -> str:
    """Return ``value`` if it is text, without characters that no page may hold; nothing otherwise."""
    return plain(value) if isinstance(value, str) else ""


def number_of(value: object) -> int | None:
    """Return ``value`` if it is a whole number, or the digits of one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and (digits := _WHOLE.fullmatch(value)):
        return int(digits[1])
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e9:
        return int(value)
    return value if isinstance(value, int) else None


def list_of(value: object) -> list[object]:
    """Return ``value`` if it is an array; an empty one otherwise."""
    return value if isinstance(value, list) else []


def _start(text: str, at: int = 0) -> int:
    """Return where the first entry stands: within the array, be it wrapped or not, or on the first line."""
    first = _SPACE.match(text, at).end()  # type: ignore[union-attr]
    if text[first : first + 1] == "[":
        return first + 1
    if answer := _ANSWER.match(text, first):
        return answer.end()
    wrapped = _WRAPPED.search(text, first, first + 2000) if text[first : first + 1] == "{" else None
    opened = text.count("{", first, wrapped.start()) - text.count("}", first, wrapped.start()) if wrapped else 0
    return wrapped.end() if wrapped and opened == 1 else first


def _decoded(text: str, at: int) -> tuple[object, int | None]:
    """Return the value at this place and where it ends, ``None`` if there is none that can be read."""
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None, None
