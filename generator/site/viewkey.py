"""What a view says, as a short text: two views with the same key make the same page.

Papers and digests stand in very many views; each is looked at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import is_dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from types import NoneType
from typing import Any, Final

from generator.model import Digest, Entry, Organization, Sighting, Topic
from generator.site.view import View

_DIGITS: Final = 32
_PLAIN: Final = frozenset({NoneType, bool, int, float, date, Organization, Sighting, Topic})  # whose `repr` tells all


class ViewKeys:
    """Makes keys.  ``around`` tells all that pages depend on beside their views; ``new`` are slugs shown in bold."""

    def __init__(self, around: str, new: Collection[str]) -> None:
        self._around, self._new = around, new
        self._papers: dict[str, str] = {}
        self._digests: dict[date, str] = {}

    def of(self, view: View) -> str:
        """The key of a view.  Raises :class:`TypeError` for a value that does not tell all that it is."""
        return _hash(self._around + self._record(view))

    def _all(self, values: Iterable[object]) -> str:
        """Texts by their length and themselves, which is sooner than by their ``repr`` and as sure."""
        return ",".join([f"{len(each)}:{each}" if type(each) is str else self._told(each) for each in values])

    def _told(self, value: object) -> str:
        match value:
            case _ if type(value) in _PLAIN:
                told = repr(value)
            case Entry():
                told = self._papers.get(value.slug) or self._paper(value)
            case list() | tuple():
                told = f"({self._all(value)})"
            case Digest():
                told = self._digests.get(value.day) or self._digest(value)
            case Mapping():
                told = f"{{{self._all(value)}:{self._all(value.values())}}}"
            case frozenset():
                told = f"<{','.join(sorted(self._all([item]) for item in value))}>"
            case _ if is_dataclass(value):
                told = self._record(value)
            case str() | int() | float() | date():
                told = repr(value)
            case _:
                raise TypeError(f"{type(value).__name__} does not tell all that it is")
        return told

    def _paper(self, entry: Entry) -> str:
        told = self._papers[entry.slug] = _hash(f"{_entry(entry)} {entry.slug in self._new}")
        return told

    def _digest(self, digest: Digest) -> str:
        told = self._digests[digest.day] = _hash(self._record(digest))
        return told

    def _record(self, record: Any) -> str:
        values = [getattr(record, name) for name in record.__dataclass_fields__]
        return f"{type(record).__name__}({self._all(values)})"


@lru_cache(maxsize=1 << 15)  # a preview asks for nearly the same papers each time
def _entry(entry: Entry) -> str:
    return _hash(repr(entry))


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:_DIGITS]
