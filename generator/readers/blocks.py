"""Markdown and HTML as the blocks that lists of papers are made of: headings, rows of tables, items and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from generator.readers import linked, markup
from generator.readers.found import Link

Kind = Literal["heading", "row", "item", "paragraph", "rule"]
PlacedLink = tuple[int, str, str]  # where in the text, what it is called, its URL

_ITEM: Final = re.compile(r"(\s*)(?:[-*+•]|[0-9]{1,4}[.)])\s+(.*)")
_RULE: Final = re.compile(r"\s*(?:[-*_=]\s*){3,}")
_DASHES: Final = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|?)+\s*")
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

    def add(self, text: str, links: Sequence[PlacedLink]) -> None:
        alone = linked.ADDRESS_ALONE.fullmatch(text.strip())
        if alone and self.text and not links:  # an address on a line of its own is what the text above leads to
            self.links.append((0, self.text, alone[1]))
            return
        shift = len(self.text) + 1 if self.text else 0
        cut = len(text) - len(text.lstrip())
        self.text = f"{self.text}\n{text.strip()}" if self.text else text.strip()
        self.links += [(max(place - cut, 0) + shift, label, url) for place, label, url in links]

    @property
    def block(self) -> Block:
        return Block(self.kind, self.line, self.text, tuple(self.links), self.indent)


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text, in order."""
    return _of_html(text) if markup.first_tag(text) else _of_markdown(text)


def _of_html(text: str) -> Iterator[Block]:
    for line in linked.lines(text):
        kind: Kind = "heading" if line.level else "item" if line.is_item else "paragraph"
        yield Block(kind, line.number, line.text, tuple((0, *link) for link in line.links), line.level)


def _of_markdown(text: str) -> Iterator[Block]:
    open_block: _Open | None = None
    columns: tuple[str, ...] = ()
    above = ""
    for number, (raw, links) in enumerate(linked.raw_lines(text), 1):
        closed, open_block = _next(open_block, raw, links, number)
        if closed:
            yield closed
        heading = linked.HEADING.fullmatch(raw)
        if heading:
            yield Block("heading", number, heading[2].strip(" #"), links, len(heading[1]))
        elif _BAR.search(raw) and (columns or raw.lstrip().startswith("|")):
            if _DASHES.fullmatch(raw):
                columns = tuple(linked.plain(cell.text).lower() for cell in cells(above, ()))
            elif columns:
                yield Block("row", number, raw, links, cells=tuple(cells(raw, links)), columns=columns)
        elif _RULE.fullmatch(raw):
            yield Block("rule", number, "")
        columns = columns if _BAR.search(raw) else ()
        above = raw
    if open_block:
        yield open_block.block


def _next(block: _Open | None, raw: str, links: Sequence[PlacedLink], number: int) -> tuple[Block | None, _Open | None]:
    """Return the block that ends before this line, if one does, and the one that the line belongs to."""
    item = _ITEM.fullmatch(raw)
    indent = len(raw) - len(raw.lstrip())
    is_row = bool(_BAR.search(raw)) and raw.lstrip().startswith("|")
    if not raw.strip():
        if block:
            block.gap = True
        return None, block
    if linked.HEADING.fullmatch(raw) or _RULE.fullmatch(raw) or is_row or _TAG_LINE.fullmatch(raw):
        return (block.block if block else None), None
    if item:
        new = _Open("item", number, indent)
        new.add(item[2], [(place - item.start(2), label, url) for place, label, url in links])
        return (block.block if block else None), new
    goes_on = block and (not block.gap or (block.kind == "item" and indent > block.indent))
    if block and goes_on:
        block.add(raw, links)
        block.gap = False
        return None, block
    new = _Open("paragraph", number)
    new.add(raw, links)
    return (block.block if block else None), new


def cells(raw: str, links: Sequence[PlacedLink]) -> Iterator[Cell]:
    """Yield the cells of a table's row, each with the links that begin in it."""
    bars = [-1, *(bar.start() for bar in _BAR.finditer(raw)), len(raw)]
    spans = [(start + 1, end) for start, end in pairwise(bars)]
    spans = spans[1:] if raw.lstrip().startswith("|") else spans
    spans = spans[:-1] if len(spans) > 1 and raw.rstrip().endswith("|") else spans
    for start, end in spans:
        yield Cell(
            raw[start:end].strip(),
            tuple((label, url) for place, label, url in links if start <= place < max(end, start + 1)),
        )
