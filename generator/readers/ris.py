"""Read RIS, the tagged format of reference managers and databases.

rispy knows the tags; records are cut apart here, so that each has its line and a broken one costs no other.  Tags
that a generator got wrong are read as they are meant: all authors in one ``AU``, an abstract over many lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

import rispy
from rispy.config import LIST_TYPE_TAGS

from generator import dates
from generator.dates import PartialDate
from generator.model import Place, Problem
from generator.reading import bibliography, naming
from generator.reading.found import Capture, Found, found, unescaped
from generator.reading.markup import shown
from generator.reading.names import people

FORMAT: Final = "ris"
EXAMPLE: Final = "TY  - JOUR / TI  - … / AU  - Last, First / AB  - … / DA  - 2021/02/01 / DO  - 10.… / ER  -"

_RECORD: Final = re.compile(r"^[ \t]{0,4}TY {1,3}- ", re.MULTILINE)
_END: Final = re.compile(r"^[ \t]{0,4}ER {1,3}-.*$", re.MULTILINE)
_LOOSE_TAG: Final = re.compile(r"^[ \t]{0,4}([A-Z][A-Z0-9]) {1,3}-(?= |$)", re.MULTILINE)
_TAG: Final = re.compile(r"[A-Z][A-Z0-9]  -")
_LAST: Final = "ER  - "
_PARSER: Final = rispy.RisParser()
_TITLES: Final = ("title", "primary_title", "unpublished_title", "translated_title", "short_title")
_VENUES: Final = (
    "secondary_title",
    "journal_name",
    "alternate_title3",
    "alternate_title2",
    "alternate_title1",
    "tertiary_title",
    "custom3",
)
_NAMES: Final = ("authors", "first_authors")
_ABSTRACTS: Final = ("abstract", "notes_abstract")
_DATES: Final = ("date", "publication_year", "year")
_URLS: Final = ("urls", "url", "file_attachments1", "file_attachments2", "link_to_pdf", "link_to_fulltext")


def claims(text: str) -> int:
    """Return how many records ``text`` has."""
    return sum(1 for _ in _RECORD.finditer(text))


def read(text: str, file: str) -> tuple[Capture, ...]:
    """Return the one capture that a bibliography is; it tells no day of capture."""
    read = [_paper(record, line, file) for line, record in _records(text)]
    return (bibliography.capture(read, file),)


def _records(text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Yield each record with its line; what stands between records belongs to none."""
    starts = [found.start() for found in _RECORD.finditer(text)]
    line, last = 1, 0
    for start, following in pairwise([*starts, len(text)]):
        line += text.count("\n", last, start)
        last = start
        end = _END.search(text, start, following)
        chunk = _LOOSE_TAG.sub(r"\1  -", text[start : end.start() if end else following].strip())
        yield line, _parsed(chunk)


def _parsed(chunk: str) -> Mapping[str, object]:
    try:
        records: list[dict[str, object]] = _PARSER.parse_lines(iter([*_unfolded(chunk.split("\n")), _LAST]))
    except (ValueError, KeyError, IndexError, TypeError, OSError):
        return {}
    return records[0] if records else {}


def _unfolded(lines: Iterable[str]) -> Iterator[str]:
    """Yield each value on one line, tag first: the parser joins lines one by one, which takes for ever for many."""
    value: list[str] = []
    for line in lines:
        if _TAG.match(line) or not value or value[0][:2] in LIST_TYPE_TAGS:
            yield from [" ".join(value)] if value else []
            value = [line] if _TAG.match(line) else [f"{value[0][:6]}{line}"] if value else []
        else:
            value.append(line.strip())
    yield from [" ".join(value)] if value else []


def _paper(record: Mapping[str, object], line: int, file: str) -> tuple[Found | Problem, str]:
    title = _text(record, _TITLES)
    if not title:
        return Problem(Place(file, line), "error", "this record has no title: it was left out; export it again"), ""
    date = _text(record, _DATES)
    urls = [one for name in _URLS for one in _list(record.get(name))]
    venue = _text(record, _VENUES)
    paper = found(
        unescaped(title),
        line,
        abstract=shown(unescaped(_text(record, _ABSTRACTS))),
        authors=[name for name in _NAMES for listed in _list(record.get(name)) for name in _people(listed)],
        arxiv=next(filter(None, map(naming.arxiv_id_in, (*urls, venue, _text(record, ("doi",))))), None),
        doi=_text(record, ("doi",)),
        urls=[("", url) for url in urls],
        day=_day(date),
        venue=venue,
    )
    return paper, date


def _text(record: Mapping[str, object], names: tuple[str, ...]) -> str:
    return next((" ".join(_list(record.get(name))) for name in names if record.get(name)), "")


def _list(value: object) -> list[str]:
    return (
        [value]
        if isinstance(value, str)
        else [one for one in value if isinstance(one, str)]
        if isinstance(value, list)
        else []
    )


def _people(listed: str) -> tuple[str, ...]:
    """Return the names of an author's line: one as ``Last, First, Suffix``, or several joined by "and"."""
    names = [name for name in re.split(r"\s+and\s+", listed) if name.strip()]
    return tuple(" ".join(_in_order(name.split(",")).split()) for name in names) if names else people(listed)


def _in_order(parts: list[str]) -> str:
    return f"{parts[1]} {parts[0]} {' '.join(parts[2:])}" if len(parts) > 1 else parts[0]


def _day(text: str) -> PartialDate | None:
    """Read ``2021/02/01/`` or ``2021-02-01``: month and day may be empty."""
    parts = text.replace("-", "/").split("/")
    return dates.of_parts(*parts[:3]) if len(parts) >= 3 else None
