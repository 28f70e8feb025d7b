"""Read tables with named columns: CSV and TSV with a header, and JSON with an object a paper, in lines or an array.

A column that tells the day on which a paper was seen makes a capture of each day.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from generator.dates import PartialDate
from generator.model import Place, Problem
from generator.reading import answers, columns
from generator.reading.found import Capture, Found
from generator.reading.jsontext import entries, mapping

FORMAT: Final = "table"
EXAMPLE: Final = 'title,authors,url,date,abstract (CSV or TSV), or a line of JSON: {"title": "…", "url": "…"}'

_DELIMITERS: Final = ",;\t|"
_KEY: Final = re.compile(r'"(?:title|paper_title|paperTitle|Title)"\s{0,9}:\s{0,9}["{]')
_MARKDOWN: Final = re.compile(r"[\s|:-]*-{2}[\s|:-]*")  # the line below the names of a Markdown table's columns
_LEADING: Final = frozenset(["url", "arxiv", "doi"])
_LONGEST_CELL: Final = 1_000_000


def claims(text: str) -> int:
    """Return how many rows or objects with a title ``text`` has."""
    if text.lstrip()[:1] in ("{", "["):
        _, first = next(_objects(text), (0, {}))
        told = columns.fields(first)
        return sum(1 for _ in _KEY.finditer(text)) if columns.has_title(told) and len(told) > 1 else 0
    delimiter = _delimiter(text)
    return max(text.rstrip().count("\n"), 1) if delimiter else 0


def read(text: str, file: str) -> tuple[Capture, ...]:
    """Return a capture of each day on which papers were seen, or the one that the table is."""
    is_json = text.lstrip()[:1] in ("{", "[")
    by_day: defaultdict[PartialDate | None, list[Found]] = defaultdict(list)
    problems: list[Problem] = []
    for line, row in _objects(text) if is_json else _rows(text):
        told = columns.fields(row)
        if columns.has_title(told):
            by_day[columns.day(told.get("captured"))].append(columns.paper(told, line))
        else:
            unread = "this row cannot be read" if is_json else "this row cannot be read, as a quote in it is not closed"
            message = "this row has no title" if row else unread
            problems.append(Problem(Place(file, line), "error", f"{message}: it was left out"))
    captures = [
        Capture(line=found[0].line, day=day, found=tuple(found), has_header=False) for day, found in by_day.items()
    ] or [Capture(line=1, day=None, has_header=False)]
    return (replace(captures[0], problems=tuple(problems)), *captures[1:])


def _objects(text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    for entry in entries(text):
        told = mapping(entry.value)
        if not answers.is_beside(told):
            yield entry.line, answers.row(told)


def _rows(text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Yield the rows by the names of their columns, empty ones left out; for one that cannot be read nothing is told.

    That ends where a row has a cell for each column again, so that a quote that is never closed costs no other row.
    """
    header: list[str] = []
    broken = False
    for line, row in _numbered([f"{line}\n" for line in text.split("\n")], _delimiter(text) or ","):
        if row is None:
            if not broken:
                yield line, {}
            broken = True
        elif not header:
            header = [name.strip() for name in row]
        elif any(cell.strip() for cell in row) and not (broken and len(row) != len(header)):
            broken = False
            yield line, dict(zip(header, (cell.replace("\x00", "") for cell in row), strict=False))


def _numbered(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Yield the number of the line where each row begins, and its cells, if it can be read.

    A row of several lines must keep all rules for quotes; one that ends with its line need not.
    """
    csv.field_size_limit(_LONGEST_CELL)
    at = hopeless = 0  # what is in quotes where a line before ``hopeless`` begins never ends as it should
    while at < len(lines):
        number = at + 1
        row, taken = _first((lines[at], "\n"), delimiter)
        if taken > 1:
            row = None
            if number >= hopeless:
                row, taken = _first((lines[each] for each in range(at, len(lines))), delimiter, strict=True)
                hopeless = at + taken
        yield number, row
        at += taken if row else 1


def _first(lines: Iterable[str], delimiter: str, strict: bool = False) -> tuple[list[str] | None, int]:
    """Return the cells of the first row, if it can be read, and how many lines it took."""
    reader = csv.reader(lines, delimiter=delimiter, strict=strict)
    try:
        return next(reader), reader.line_num
    except csv.Error:
        return None, reader.line_num


def _delimiter(text: str) -> str:
    """Return what parts the columns, if the first line names a title and something else; nothing for other texts."""
    header, below = (*text.lstrip("\n")[:10_000].split("\n", 2), "", "")[:2]
    if _MARKDOWN.fullmatch(below):
        return ""
    for delimiter in _DELIMITERS:
        cells = next(csv.reader([header], delimiter=delimiter), []) if delimiter in header else []
        named = [name for name in map(columns.field, cells) if name]
        leads = not _LEADING.isdisjoint(named)
        if "title" in named and len(set(named)) > 1 and (leads or 2 * len(named) >= min(len(cells), 8)):
            return delimiter
    return ""
