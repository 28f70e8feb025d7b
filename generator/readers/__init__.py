"""Read dumps: one call for every format, which is told by a dump's own shape.

A reader is a module with three names, listed in :data:`READERS`: what it calls its format, how
much of a text looks like it, and how to read that.  Everything here is pure: bytes go in, records
and problems come out, and no bytes whatever raise an exception.
"""

from __future__ import annotations

from typing import Final, Protocol

from generator.model import Place, Problem
from generator.readers import daily_papers
from generator.readers.capture import Capture, Captured, Result, Source, Told, settled
from generator.readers.text import decode

__all__ = ["READERS", "Captured", "Reader", "Result", "Source", "Told", "read"]


class Reader(Protocol):
    """What a module must have to read a format."""

    @property
    def FORMAT(self) -> str:  # noqa: N802
        """The name of the format."""

    def claims(self, text: str, /) -> int:
        """How much of ``text`` is of this format, as a count of papers; 0 if it is none of it."""

    def read(self, text: str, file: str, /) -> tuple[Capture, ...]:
        """The captures in ``text``; ``file`` is for the places of problems."""


READERS: Final[tuple[Reader, ...]] = (daily_papers,)


def read(data: bytes, name: str, *, captured: Told = None) -> Result:
    """Return all that the dump called ``name`` tells.

    ``captured`` is the day of capture as a person told it, or one day or ``None`` for each capture
    in the dump; it wins over the file's name, which wins over what the page's bylines let infer.
    """
    place = Place(f"dumps/{name}")
    text, problems = decode(data, place)
    if text is None:
        return Result(problems=problems)
    claims = {reader: reader.claims(text) for reader in READERS}
    reader = max(READERS, key=claims.__getitem__)
    if not claims[reader]:
        return Result(problems=(*problems, _unknown(place)))
    return settled(reader.FORMAT, reader.read(text, place.file), name, captured, problems)


def _unknown(place: Place) -> Problem:
    formats = ", ".join(reader.FORMAT for reader in READERS)
    message = f"no reader knows this dump (formats that can be read: {formats}): capture it anew, or take it away"
    return Problem(place, "error", message)
