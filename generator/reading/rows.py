"""One row of a table as a paper, if it is one: if it has a title and leads to a paper, or has an id."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from generator import arxiv, dates
from generator.dates import PartialDate
from generator.reading import counts
from generator.reading.blocks import Block, Cell
from generator.reading.found import Found, Link, found
from generator.reading.md_links import plain
from generator.reading.names import people
from generator.reading.paper_signs import (
    BOLD,
    GENERIC,
    NUMBER,
    STAND_INS,
    blurb_in,
    leads_to_paper,
    may_be_title,
    urls_of,
)

_WIDE: Final = re.compile(r"\s{2,}|\s[-–—:]\s")
_VERB: Final = re.compile(
    r" (?=(?:Introduces|Presents|Proposes|Investigates|This (?:paper|work|study)|We |The authors)\b)"
)

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "paper title", "paper", "papers", "name", "论文", "标题", "论文标题"),
    "date": ("publish date", "date", "published", "publication date", "time", "日期"),
    "authors": ("authors", "author", "作者"),
    "venue": ("venue", "conference", "journal", "publication", "pub", "publisher"),
    "organization": ("institute", "institution", "affiliation", "organization", "organisation", "lab"),
    "abstract": ("abstract", "summary", "description", "摘要"),
    "code": ("code", "github", "repo", "repository"),
    "arxiv": ("arxiv", "arxiv id", "id"),
    "upvotes": ("upvotes", "votes", "👍", "⬆️"),
}


def row(block: Block) -> Found | None:
    """Return the paper of a table's row, by the names of the columns."""
    columns = {kind: _column(block, names) for kind, names in _COLUMNS.items()}
    title_cell = columns["title"]
    links = [link for cell in block.cells for link in cell.links]
    identity = arxiv.normal(plain(columns["arxiv"].text)) if columns["arxiv"] else None
    if title_cell is None or not (identity or _says_paper(block, links) or (columns["authors"] and columns["date"])):
        return None
    title, blurb = _of_cell(title_cell)
    if not may_be_title(title):
        return None
    abstract = columns["abstract"]
    return found(
        title,
        block.line,
        abstract=plain(abstract.text) if abstract else blurb,
        authors=people(plain(columns["authors"].text)) if columns["authors"] else (),
        upvotes=counts.count(plain(columns["upvotes"].text)) if columns["upvotes"] else None,
        arxiv=identity,
        urls=urls_of(links),
        day=_day(plain(columns["date"].text)) if columns["date"] else None,
        stand_ins=STAND_INS,
        venue=plain(columns["venue"].text) if columns["venue"] else "",
    )


def _says_paper(block: Block, links: Sequence[Link]) -> bool:
    """Whether a row leads to a paper, or anywhere from a table whose first words are that these are papers."""
    listed = any(name in ("paper", "papers", "论文") for name in block.columns)
    return any(leads_to_paper(*link) or (listed and link[1].startswith("http")) for link in links)


def _column(block: Block, names: Sequence[str]) -> Cell | None:
    at = next((block.columns.index(name) for name in names if name in block.columns), None)
    return block.cells[at] if at is not None and at < len(block.cells) else None


def _of_cell(cell: Cell) -> tuple[str, str]:
    """Return the title in a cell, and what is said of the paper behind it."""
    text = NUMBER.sub("", cell.text, count=1)
    bold = BOLD.match(text)
    if bold:
        return plain(bold[1]), blurb_in(text[bold.end() :])
    label = next((label for label, url in cell.links if not GENERIC.fullmatch(label)), "")
    if label and text.startswith(label):
        return plain(label), blurb_in(text[len(label) :])
    ends = [end for end in (_WIDE.search(text), _VERB.search(text)) if end]
    end = min(ends, key=lambda end: end.start(), default=None)
    return plain(text[: end.start()] if end else text).strip("* "), blurb_in(text[end.end() :] if end else "")


def _day(text: str) -> PartialDate | None:
    return dates.edtf(text.replace(".", "-").replace("/", "-")) or _whole(dates.parse(text))


def _whole(day: PartialDate | None) -> PartialDate | None:
    return day if day and day.year and day.exists else None
