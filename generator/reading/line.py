"""A line of a page as a reader sees it, with the links that stand on it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.reading.found import Link


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a reader sees it.  ``level`` is a heading's, 0 for text; ``indent`` is the white space before it.

    ``row`` and ``column`` tell the cell of a table with a header in which it stands; they count from 1, rows through
    all tables, and the header's ``row`` is negative.
    """

    number: int
    text: str
    links: tuple[Link, ...] = ()
    level: int = 0
    indent: int = 0
    is_item: bool = False
    row: int = 0
    column: int = 0

    @property
    def urls(self) -> tuple[str, ...]:
        return tuple(url for _, url in self.links)
