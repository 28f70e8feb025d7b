"""Markdown and HTML as the blocks that lists of papers are made of: headings, rows of tables, items and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Final, Literal

from generator.links import urls
from generator.reading import linked, md_links, naming
from generator.reading.found import Link
from generator.reading.line import Line

Kind = Literal["heading", "row", "item", "paragraph", "rule"]
Shape = Literal["empty", "heading", "rule", "row", "tag", "item", "text"]
PlacedLink = tuple[int, str, str]  # where in the text, what it is called, its URL

_ITEM: Final = re.compile(r"(\s*)(?:[-*+•]|[0-9]{1,4}(?:\)\.|[.)]))\s+(.*)")
_RULE: Final = re.compile(r"\s*(?:[-*_=]\s*){3,}")
_BEHIND: Final = re.compile(r"(\s*\S.{3,250}?)\s*[(\[<]\s?(https?://[^\s()<>\[\]]{4,500})\s?[)\]>]\s*")
_URL: Final = re.compile(r"https?://[^\s()<>\[\]]{4,500}")
_BARE: Final = re.compile(rf"(\s*\S.{{3,250}}?)[\s:,;–—-]{{1,5}}({_URL.pattern})(.{{0,500}})")
_FIRST: Final = re.compile(rf"\s*<?({_URL.pattern})>?[\s:|–—-]{{1,5}}([^\W_].{{3,250}})")
_IN_CELL: Final = re.compile(rf"<?({_URL.pattern})>?")
_DASHES: Final = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:[|+]\s*:?-{2,}:?\s*)*\|?\s*")  # Org has + for inner bars
_BAR: Final = re.compile(r"(?<!\\)\|")
_TAG_LINE: Final = re.compile(r"\s*</?[a-z][^<>]{0,300}>(?:\s*[^<>]{0,100}\s*</?[a-z][^<>]{0,100}>)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell of a table."""

    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its text has emphasis but no link; a row has its cells, too, and the names of its columns."""

    kind: Kind
    line: int
    text: str
    links: tuple[PlacedLink, ...] = ()
    level: int = 0
    cells: tuple[Cell, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def pairs(self) -> tuple[Link, ...]:
        """The links without their places."""
        return tuple((label, url) for _, label, url in self.links)


@dataclass(slots=True)
class _Open:
    """An item or paragraph whose lines are still being read."""

    kind: Kind
    line: int
    indent: int = 0
    text: str = ""
    links: list[PlacedLink] = field(default_factory=list)
    gap: bool = False
    is_title: bool = False  # a paragraph that an address ends

    def goes_on(self, raw: str) -> bool:
        """Whether a line of text belongs to this block: behind an empty line only if it is indented below an item."""
        if self.is_title:
            return linked.ADDRESS_ALONE.fullmatch(raw.strip()) is not None
        return not self.gap or (self.kind == "item" and len(raw) - len(raw.lstrip()) > self.indent)

    def add(self, text: str, links: Sequence[PlacedLink]) -> None:
        self.gap = False
        alone = linked.ADDRESS_ALONE.fullmatch(text.strip())
        if alone and self.text and not links:  # an address on a line of its own is what the text above leads to
            self.links.append((0, self.text, alone[1]))
            self.is_title = self.kind == "paragraph" and "\n" not in self.text
            return
        behind = _BEHIND.fullmatch(text) if not links and "://" in text else None
        if behind and not self.text:  # as mails have links in plain text
            text, links = behind[1], [(0, behind[1].strip(), behind[2])]
            self.is_title = self.kind == "paragraph"
        bare = _BARE.fullmatch(text) if self.kind == "item" and not (links or behind or self.text) else None
        if bare and naming.is_paper(bare[2]):
            text, links = (
                bare[1] + _URL.sub("", bare[3]),
                [(0, bare[1].strip(), bare[2]), *((0, "", url) for url in urls(bare[3]))],
            )
        first = _FIRST.fullmatch(text) if self.kind == "item" and not (links or behind or bare or self.text) else None
        if first and naming.is_paper(first[1]):
            text, links = first[2], [(0, first[2].strip(), first[1])]
        shift = len(self.text) + 1 if self.text else 0
        cut = len(text) - len(text.lstrip())
        self.text = f"{self.text}\n{text.strip()}" if self.text else text.strip()
        self.links += [(max(place - cut, 0) + shift, label, url) for place, label, url in links]

    @property
    def block(self) -> Block:
        return Block(self.kind, self.line, self.text, tuple(self.links), self.indent)


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text, in order."""
    return _of_html(text) if linked.is_html(text) else _of_markdown(text)


def _of_html(text: str) -> Iterator[Block]:
    columns: tuple[str, ...] = ()
    for row, its in groupby(linked.lines(text), key=lambda line: line.row):
        if row == 0:
            yield from map(_block, its)
        elif row < 0:
            columns = tuple(cell.text.lower() for cell in _cells(its))
        else:
            yield _row(tuple(its), columns)


def _block(line: Line) -> Block:
    kind: Kind = "heading" if line.level else "item" if line.is_item else "paragraph"
    return Block(kind, line.number, line.text, tuple(_placed(line)), line.level)


def _row(lines: Sequence[Line], columns: tuple[str, ...]) -> Block:
    text = " ".join(line.text for line in lines)
    links = tuple((0, *link) for line in lines for link in line.links)
    return Block("row", lines[0].number, text, links, cells=tuple(_cells(lines)), columns=columns)


def _cells(lines: Iterable[Line]) -> Iterator[Cell]:
    """Yield the cells of a row of HTML, empty ones before another, too."""
    at = 0
    for column, its in groupby(lines, key=lambda line: line.column):
        inside = tuple(its)
        yield from [Cell("")] * (column - at - 1)
        yield _cell(" ".join(line.text for line in inside), tuple(link for line in inside for link in line.links))
        at = column


def _placed(line: Line) -> Iterator[PlacedLink]:
    """Yield the links with where they stand, one behind the other; one whose text goes on over lines at the start."""
    at = 0
    for label, url in line.links:
        place = line.text.find(label, at)
        at = max(at, place + len(label))
        yield max(place, 0), label, url


def _of_markdown(text: str) -> Iterator[Block]:
    open_block: _Open | None = None
    table = _Table()
    for number, (raw, links) in enumerate(md_links.raw_lines(text), 1):
        shape = _shape(raw)
        if shape == "empty" and open_block:
            open_block.gap = True
        elif shape == "text" and open_block and open_block.goes_on(raw):
            open_block.add(raw, links)
        elif shape != "empty":
            if open_block:
                yield open_block.block
            open_block = _opened(raw, links, number, shape)
        alone = table.row(raw, links, number, shape) or _alone(raw, links, number, shape)
        if alone:
            yield alone
    if open_block:
        yield open_block.block


@dataclass(slots=True)
class _Table:
    """A table while its lines are read: the names of its columns, and the line above, which may be these."""

    columns: tuple[str, ...] = ()
    above: str = ""

    def row(self, raw: str, links: tuple[PlacedLink, ...], number: int, shape: Shape) -> Block | None:
        """Return the row that a line is, if it is one of a table whose columns have names."""
        above, self.above = self.above, raw
        if "|" not in raw or not _BAR.search(raw):
            self.columns = ()
        elif (self.columns or shape == "row" or _BAR.search(above)) and _DASHES.fullmatch(raw):
            self.columns = tuple(md_links.plain(cell.text).lower() for cell in cells(above, ()))
        elif self.columns:
            return Block("row", number, raw, links, cells=tuple(cells(raw, links)), columns=self.columns)
        return None


def _alone(raw: str, links: tuple[PlacedLink, ...], number: int, shape: Shape) -> Block | None:
    """Return the heading or the rule that a line is."""
    heading = linked.HEADING.fullmatch(raw) if shape == "heading" else None
    if heading:
        return Block("heading", number, heading[2].strip(" #"), links, len(heading[1]))
    return Block("rule", number, "") if shape == "rule" else None


def _shape(raw: str) -> Shape:
    """Return what a line is by its own signs; its first tells most lines from all but text."""
    line = raw.lstrip()
    sign = line[:1]
    if not sign or sign.isalpha():
        return "text" if sign else "empty"
    if sign == "#" and linked.HEADING.fullmatch(raw):
        return "heading"
    if sign in "-*_=" and _RULE.fullmatch(raw):
        return "rule"
    if sign == "|":
        return "row"
    if sign == "<" and _TAG_LINE.fullmatch(raw):
        return "tag"
    return "item" if _ITEM.fullmatch(raw) else "text"


def _opened(raw: str, links: Sequence[PlacedLink], number: int, shape: Shape) -> _Open | None:
    """Return the item or the paragraph that begins with a line, if one does."""
    item = _ITEM.fullmatch(raw) if shape == "item" else None
    if item:
        new = _Open("item", number, len(item[1]))
        new.add(item[2], [(place - item.start(2), label, url) for place, label, url in links])
        return new
    if shape != "text":
        return None
    new = _Open("paragraph", number)
    new.add(raw, links)
    return new


def cells(raw: str, links: Sequence[PlacedLink]) -> Iterator[Cell]:
    """Yield the cells of a table's row, each with the links that begin in it."""
    bars = [-1, *(bar.start() for bar in _BAR.finditer(raw)), len(raw)]
    spans = [(start + 1, end) for start, end in pairwise(bars)]
    spans = spans[1:] if raw.lstrip().startswith("|") else spans
    spans = spans[:-1] if len(spans) > 1 and raw.rstrip().endswith("|") else spans
    for start, end in spans:
        inside = tuple((label, url) for place, label, url in links if start <= place < max(end, start + 1))
        yield _cell(raw[start:end].strip(), inside)


def _cell(text: str, links: tuple[Link, ...]) -> Cell:
    """Return a cell, with the bare address that may be all that it has."""
    bare = _IN_CELL.fullmatch(text) if not links else None
    return Cell(text, (("", bare[1]),) if bare else links)
