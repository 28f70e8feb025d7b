"""What a view says, as a short text: two views with the same key make the same page.

Papers and digests stand in very many views; each is looked at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final, TypeVar

from generator.model import Digest, Entry
from generator.view import View

K = TypeVar("K", bound=Hashable)

_DIGITS: Final = 32


class ViewKeys:
    """Makes keys.  ``around`` tells all that pages depend on beside their views; ``new`` are slugs shown in bold."""

    def __init__(self, around: str, new: Collection[str]) -> None:
        self._around, self._new = around, new
        self._papers: dict[str, str] = {}
        self._digests: dict[date, str] = {}

    def of(self, view: View) -> str:
        """The key of a view.  Raises :class:`TypeError` for a value that does not tell all that it is."""
        return _hash(self._around + self._told(view))

    def _told(self, value: object) -> str:
        match value:
            case None | str() | int() | float() | date():
                told = repr(value)
            case Entry():
                told = _remembered(self._papers, value.slug, lambda: f"{value!r} {value.slug in self._new}")
            case Digest():
                told = _remembered(self._digests, value.day, lambda: self._record(value))
            case Mapping():
                told = f"{{{','.join(f'{self._told(key)}:{self._told(item)}' for key, item in value.items())}}}"
            case frozenset():
                told = f"<{','.join(sorted(map(self._told, value)))}>"
            case list() | tuple():
                told = f"({','.join(map(self._told, value))})"
            case _ if is_dataclass(value):
                told = self._record(value)
            case _:
                raise TypeError(f"{type(value).__name__} does not tell all that it is")
        return told

    def _record(self, record: object) -> str:
        values = (self._told(getattr(record, name)) for name in _names(type(record)))
        return f"{type(record).__name__}({','.join(values)})"


def _remembered(known: dict[K, str], key: K, tell: Callable[[], str]) -> str:
    if key not in known:
        known[key] = _hash(tell())
    return known[key]


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:_DIGITS]


def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
