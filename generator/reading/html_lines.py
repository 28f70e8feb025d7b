"""HTML as the lines that it shows, a block each."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from generator.reading import markup, naming
from generator.reading.found import Link
from generator.reading.line import Line


def lines(text: str) -> Iterator[Line]:
    """Yield the lines that HTML shows, a block each."""
    root = markup.html(text)
    if root is None:
        return
    pieces: list[str] = []
    links: list[Link] = []
    open_links: list[tuple[str, int]] = []
    place = _Place(frozenset(filter(_has_header, root.iter("table"))))
    for event, element in markup.walk(root):
        name = markup.name(element)
        if markup.is_block(element):
            if _joined(pieces):
                still = ((_joined(pieces[start:]), url) for url, start in open_links)
                yield place.line(_joined(pieces), (*links, *still))
            pieces, links, open_links = [], [], [(url, 0) for url, _ in open_links]
            place.move(event, name, element)
        if name == "a" and event == "start":
            open_links.append((naming.direct(element.get("href") or ""), len(pieces)))
        if name == "a" and event == "end" and open_links:
            url, start = open_links.pop()
            links += [(_joined(pieces[start:]), url)] if _joined(pieces[start:]) else []
        pieces.append(markup.text_at(event, element))
    if _joined(pieces):
        yield place.line(_joined(pieces), tuple(links))


@dataclass(slots=True)
class _Place:
    """Where in HTML the text stands that is being read; ``tables`` are those with a header."""

    tables: Container[markup.Element]
    number: int = 1
    level: int = 0
    is_item: bool = False
    row: int = 0
    column: int = 0
    rows: int = 0

    def move(self, event: str, name: str, element: markup.Element) -> None:
        """Go to the beginning of an element, or behind its end."""
        begins = event == "start"
        self.number, self.is_item = markup.line(element), begins and name == "li"
        self.level = int(name[1]) if begins and name in markup.HEADINGS else 0
        if name in ("td", "th"):
            self.column += bool(begins and self.row)
        elif name == "tr":
            self.row, self.column = 0, 0
            if begins and next(element.iterancestors("table"), None) in self.tables:
                self.rows += 1
                self.row = self.rows if element.find("td") is not None else -self.rows

    def line(self, text: str, links: tuple[Link, ...]) -> Line:
        return Line(self.number, text, links, self.level, is_item=self.is_item, row=self.row, column=self.column)


def _has_header(table: markup.Element) -> bool:
    """Whether a table tells the names of its columns, as one that only puts things in their places does not."""
    first = next(table.iter("tr"), None)
    return first is not None and len(first.findall("th")) > 1 and next(table.iterdescendants("table"), None) is None


def _joined(pieces: Sequence[str]) -> str:
    return " ".join("".join(pieces).split())
