"""Read BibTeX and BibLaTeX, as Zotero, JabRef and publishers write them.

Names, fields and strings are bibtexparser's business; a broken entry is a problem and costs no other.  Dates may be
EDTF (BibLaTeX, 2.3.8 of its manual) or a year, a month and perhaps a day.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Final

from bibtexparser import model as blocks
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

from generator import arxiv, dates, links
from generator.dates import PartialDate
from generator.model import Place, Problem
from generator.reading import bibliography, naming, tex
from generator.reading.found import Capture, Found, found, unescaped

FORMAT: Final = "bibtex"
EXAMPLE: Final = "@article{key, title = {…}, author = {Last, First and …}, date = {2025-01-10}, eprint = {2501.05441}}"

_ENTRY: Final = re.compile(
    r"^[ \t]{0,8}@(?!comment|string|preamble)[A-Za-z]{2,30}[ \t]{0,4}[{(]\s{0,9}[^\s,={}]{0,200}[ \t]{0,4},",
    re.MULTILINE | re.IGNORECASE,
)
_BRACES: Final = re.compile(r"[{}]")
_NAME_PART: Final = re.compile(
    r'\b(family|given|prefix|suffix)\s{0,3}=\s{0,3}("[^"]{0,200}"|[^,"]{0,200})', re.IGNORECASE
)
_PART: Final = re.compile(r'"[^"]{0,2000}"|\{[^{}]{0,2000}\}|[\w.:+/-]{1,80}')
_JOINED: Final = re.compile(rf"(?:{_PART.pattern})(?:\s{{0,9}}#\s{{0,9}}(?:{_PART.pattern})){{1,20}}")
_VENUES: Final = ("journaltitle", "journal", "booktitle", "eventtitle")

# What cannot be read is told as a problem; the parser's log would say it again, once a line.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)


def claims(text: str) -> int:
    """Return how many entries ``text`` has."""
    return sum(1 for _ in _ENTRY.finditer(text)) if "@" in text else 0


def read(text: str, file: str) -> tuple[Capture, ...]:
    """Return the one capture that a bibliography is; it tells no day of capture."""
    library = parse_string(text)
    strings = {one.key.lower(): _field(one.value) for one in library.strings}
    read = [one for block in library.blocks for one in _read(block, strings, file)]
    return (bibliography.capture(read, file),)


def _read(block: blocks.Block, strings: Mapping[str, str], file: str) -> Iterator[tuple[Found | Problem, str]]:
    """Yield the paper or the problem that a block is, with its date as it stands there."""
    line = (block.start_line or 0) + 1
    if isinstance(block, blocks.ParsingFailedBlock):
        entry = block.ignore_error_block
        if isinstance(entry, blocks.Entry):  # a key or a field stands twice: no matter
            yield _paper(entry, strings, line)
        elif _ENTRY.match(block.raw or ""):
            yield (
                Problem(
                    Place(file, line), "error", f"{_shortened(block.raw)} is broken: it was left out; export it again"
                ),
                "",
            )
    elif isinstance(block, blocks.Entry):
        one = _paper(block, strings, line)
        told = Problem(Place(file, line), "error", f"{_shortened(block.raw)} has no title: it was left out")
        yield one if one[0].paper.title else (told, "")


def _shortened(raw: str | None) -> str:
    return "“" + " ".join((raw or "").split())[:40] + "…”"


def _paper(entry: blocks.Entry, strings: Mapping[str, str], line: int) -> tuple[Found, str]:
    fields = {field.key.lower(): _joined(_field(field.value), strings) for field in entry.fields}
    day, date = _day(fields)
    texts = [fields.get(name, "") for name in ("url", "howpublished", "pdf", "code")]
    paper = found(
        _text(fields, "title") + (f": {_text(fields, 'subtitle')}" if fields.get("subtitle") else ""),
        line,
        abstract=unescaped(_text(fields, "abstract")),
        authors=_people(fields.get("author", "")),
        arxiv=_arxiv(fields),
        doi=tex.unbraced(fields.get("doi", "")),
        urls=[("", url) for text in texts for url in links.urls(tex.plain(text))],
        remarks=tex.plain(" ".join(fields.get(name, "") for name in ("note", "annote"))),
        day=day,
        venue=next((_text(fields, name) for name in _VENUES if fields.get(name)), ""),
    )
    return paper, date


def _field(value: object) -> str:
    """Return a value without what encloses all of it: an entry whose key stands twice keeps that."""
    text = value.strip() if isinstance(value, str) else ""
    enclosed = len(text) > 1 and text[0] + text[-1] in ("{}", '""') and not _BRACES.search(text[1:-1])
    return text[1:-1] if enclosed else text


def _joined(text: str, strings: Mapping[str, str]) -> str:
    """Return a value that is put together with ``#`` as one; the parser takes quotes at both ends for one pair."""
    whole = next((way for way in (text, f'"{text}"') if _JOINED.fullmatch(way)), "") if "#" in text else ""
    parts = _PART.findall(whole)
    is_joined = any(part[0] in '"{' or part.lower() in strings for part in parts)  # {C # Fast} is a title
    return "".join(_part(part, strings) for part in parts) if is_joined else text


def _part(text: str, strings: Mapping[str, str]) -> str:
    return text[1:-1] if text[0] in '"{' else strings.get(text.lower(), text)


def _text(fields: Mapping[str, str], name: str) -> str:
    return tex.unbraced(fields.get(name, ""))


def _people(text: str) -> tuple[str, ...]:
    """Return the names as people say them: first, von, last, junior."""
    return tuple(tex.unbraced(_person(name)).strip("* ") for name in split_multiple_persons_names(text))


def _person(name: str) -> str:
    extended = {key.lower(): value.strip(' "{}') for key, value in _NAME_PART.findall(name)}
    if "family" in extended:  # BibLaTeX's extended format, 3.7 of its manual
        return " ".join(filter(None, (extended.get(part, "") for part in ("given", "prefix", "family", "suffix"))))
    parts = parse_single_name_into_parts(name, strict=False)
    return " ".join([*parts.first, *parts.von, *parts.last, *parts.jr])


def _arxiv(fields: Mapping[str, str]) -> str | None:
    """Return the id of the eprint, or the one that a journal, note or URL names as arXiv's."""
    kind = fields.get("eprinttype") or fields.get("archiveprefix") or ""
    told = arxiv.normal(fields.get("arxivid") or fields.get("eprint", "")) if kind.lower() in ("arxiv", "") else None
    named = (
        fields.get(name, "") for name in ("journal", "journaltitle", "url", "doi", "note", "volume", "howpublished")
    )
    return told or next(filter(None, map(naming.arxiv_id_in, named)), None)


def _day(fields: Mapping[str, str]) -> tuple[PartialDate | None, str]:
    """Return the day, if all of it is told, and the date as it stands there."""
    date = fields.get("date") or "-".join(filter(None, (fields.get(name, "") for name in ("year", "month", "day"))))
    if fields.get("date"):
        return dates.edtf(date), date
    return dates.of_parts(fields.get("year", ""), fields.get("month", ""), fields.get("day", "")), date
