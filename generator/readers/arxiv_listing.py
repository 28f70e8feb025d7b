"""Read listings of arXiv's own site, its search results and the page of one paper, as text, Markdown or HTML.

An entry begins with its id and what it can be had as; then come, with labels or without, the title, the authors, and
perhaps the abstract::

    [1] arXiv:2512.08123 [pdf, html, other] | Title: … | A. Author, B. Author | Comments: … | Subjects: … | abstract
    1. arXiv:2512.08123 [pdf, other] cs.CL  | title | Authors: … | Abstract: … | Submitted 9 December, 2025; …
    arXiv:2512.08123 (cs) | [Submitted on 9 Dec 2025] | title | A. Author | abstract | Comments: …

A listing tells its day above its entries; that of one paper tells none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from generator import dates
from generator.dates import PartialDate
from generator.model import Place, Problem
from generator.reading import linked, md_links
from generator.reading.found import Capture, Found, found
from generator.reading.line import Line
from generator.reading.names import people

FORMAT: Final = "arxiv-listing"
EXAMPLE: Final = "[1] arXiv:2512.08123 [pdf, html, other] / Title: … / A. Author, B. Author / Subjects: … / abstract"

_ID: Final = r"arXiv:\s?([0-9]{4}\.[0-9]{4,5})(?:v[0-9]{1,3})?"
_CLAIM: Final = re.compile(
    rf"{_ID}(?:\]\([^()\s]{{1,200}}\)|</a>)?\s{{0,4}}(?:\(cross-list from [\w.-]{{1,20}}\)\s{{0,4}})?"
    r"(?:\[{1,2}(?:<a [^<>]{1,200}>)?(?:pdf|ps|html|other|view)\b|"
    r"\([a-z-]{2,12}\)\s{1,4}(?:<[^<>]{1,80}>\s{0,4}){0,4}\[Submitted on)"
)
_ENTRY: Final = re.compile(
    rf"(?:\[?\[?[0-9]{{1,5}}[\].]{{1,2}}\s?)?{_ID}(?: \(cross-list from \S+\))? ?"
    r"(?:\[.{0,80}\].{0,80}|\([a-z-]{2,12}\))"
)
_LABEL: Final = re.compile(
    r"(Title|Authors?|Abstract|Comments|Subjects|Journal ref(?:erence)?|DOI|Report number|MSC classes|ACM classes|"
    r"Submitted|Cite as|Related DOI):?\s?(.*)"
)
_SUBMITTED: Final = re.compile(r"\[?Submitted (?:on )?([0-9]{1,2} [A-Z][a-z]{2,8}),? ([0-9]{4})")
_DAY: Final = re.compile(r"(?:listings for |^)[A-Z][a-z]{2,8}, ([0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4})(?: \(|$)")
_LESS: Final = re.compile(r"\s*△ Less$|^[…\s]*▽ More\s*")
_FURNITURE: Final = re.compile(
    r"View (?:a )?PDF.*|HTML \(experimental\)|TeX Source|Full-text links:?|Access Paper:?|(?:Show|Hide) abstracts?|"
    r"Total of [0-9]+ entries.*|Showing .*|\(or arXiv:.*|https?://\S+|Focus to learn more|v[0-9]+ submitted .*"
)
_BELOW: Final = re.compile(
    r"Submission history|About|Help|Bibliographic Tools|Contact arXiv|Copyright|Search v[0-9].*|"
    r"(?:New|Cross|Replacement) submissions \(.*"
)
_SHORTEST_ABSTRACT: Final = 80


@dataclass(slots=True)
class _Entry:
    """An entry while its lines are read; ``is_over`` once a line came that is none of its own."""

    line: int
    identity: str
    title: str = ""
    authors: str = ""
    abstract: list[str] = field(default_factory=list)
    submitted: PartialDate | None = None
    told: dict[str, str] = field(default_factory=dict)
    last: str = ""
    is_over: bool = False


@dataclass(slots=True)
class _Day:
    """The entries below a day of a listing."""

    line: int
    day: PartialDate | None
    entries: list[_Entry] = field(default_factory=list)


def claims(text: str) -> int:
    """Return how many entries ``text`` has."""
    return sum(1 for _ in _CLAIM.finditer(text))


def read(text: str, file: str) -> tuple[Capture, ...]:
    """Return a capture for each day of a listing."""
    days = [day for day in _days(linked.lines(text)) if day.entries]
    return tuple(_capture(day, file) for day in days) or (Capture(line=1, day=None, has_header=False),)


def _capture(day: _Day, file: str) -> Capture:
    message = "this entry has no title: it was left out"
    return Capture(
        line=day.line,
        day=day.day,
        found=tuple(_found(entry) for entry in day.entries if entry.title),
        problems=tuple(Problem(Place(file, one.line), "error", message) for one in day.entries if not one.title),
        has_header=False,
    )


def _days(lines: tuple[Line, ...]) -> Iterator[_Day]:
    day = _Day(1, None)
    entry: _Entry | None = None
    for line in lines:
        text = md_links.plain(line.text)
        begins, told = _ENTRY.fullmatch(text), _DAY.search(text)
        if begins:
            entry = _Entry(line.number, begins[1])
            day.entries.append(entry)
        elif told:
            yield day
            day, entry = _Day(line.number, dates.parse(told[1])), None
        elif entry and not entry.is_over:
            _read(entry, text)
    yield day


def _read(entry: _Entry, text: str) -> None:
    """Add a line to an entry: a label and its value, or what comes without one."""
    submitted, label = _SUBMITTED.match(text), _LABEL.fullmatch(text)
    if submitted:
        entry.submitted = dates.parse(f"{submitted[1]} {submitted[2]}")
    elif _BELOW.fullmatch(text):
        entry.is_over = True
    elif label:
        entry.last = label[1].rstrip("s")
        _add(entry, entry.last, label[2])
    elif not _FURNITURE.fullmatch(text):
        _add(entry, _unlabelled(entry, text), text)


def _unlabelled(entry: _Entry, text: str) -> str:
    """Return what a line without a label is: what the label above it promised, or what is missing yet."""
    if entry.last in ("Title", "Author", "Abstract") and not _value(entry, entry.last):
        return entry.last
    if not entry.title:
        return "Title"
    if not entry.authors:
        return "Author"
    return "Abstract" if entry.abstract or len(text) >= _SHORTEST_ABSTRACT else ""


def _value(entry: _Entry, name: str) -> str:
    return {"Title": entry.title, "Author": entry.authors, "Abstract": " ".join(entry.abstract)}[name]


def _add(entry: _Entry, name: str, text: str) -> None:
    match name:
        case "Title":
            entry.title = entry.title or text
        case "Author":
            entry.authors = entry.authors or text
        case "Abstract":
            entry.abstract += [_LESS.sub("", text)] if text else []
        case _:
            entry.told.setdefault(name, text)


def _found(entry: _Entry) -> Found:
    abstract = " ".join(entry.abstract)
    return found(
        entry.title,
        entry.line,
        abstract=abstract,
        authors=people(entry.authors),
        arxiv=entry.identity,
        doi=entry.told.get("DOI"),
        remarks=entry.told.get("Comment", ""),
        day=entry.submitted,
        stand_ins=("abstract",) if abstract.endswith("…") else (),
        venue=entry.told.get("Journal ref") or entry.told.get("Journal reference", ""),
    )
