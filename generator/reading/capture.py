"""What a reader makes of a dump, and how that becomes the records that the catalogue is made of.

A dump holds one :class:`Capture` or more, each of one day.  A reader gives the papers as they
stand there (:class:`Found`); :func:`settled` decides the days, repairs the text, finds the links
and counts the positions, in the same way for every format.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import compress
from typing import Final, Literal

from generator import clean, dates, links
from generator.dates import PartialDate
from generator.model import Place, Problem, Record, Sighting
from generator.reading import once
from generator.reading.found import Capture, Found

Source = Literal["told", "name", "page", "bylines", "nothing"]
Told = date | Sequence[date | None] | None


@dataclass(frozen=True, slots=True)
class Captured:
    """The day of a capture, where in the dump it shows, and who told it.

    ``told``: the caller.  ``name``: the file's name.  ``page``: the page, with its year.
    ``bylines``: the page without the year, which was inferred.  ``nothing``: ``day`` is ``None``.
    """

    day: date | None
    line: int
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All that a dump tells.

    ``format`` is the reader's name, empty if no reader knew the dump.  ``captures`` has one entry
    a capture.  A problem stands once: in its record if it is about one paper, else in ``problems``.
    """

    format: str = ""
    records: tuple[Record, ...] = ()
    captures: tuple[Captured, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def captured(self) -> tuple[date | None, ...]:
        """The day of each capture."""
        return tuple(capture.day for capture in self.captures)


def settled(
    format: str, captures: Sequence[Capture], name: str, told: Told, problems: Sequence[Problem] = ()
) -> Result:
    """Return what ``captures``, of the dump called ``name``, tell, with every date decided or left open."""
    captures = [once.read_once(_titled(capture, name), name) for capture in captures]
    days = _days(captures, name, told)
    pairs = [(found, day.day) for capture, day in zip(captures, days, strict=True) for found in capture.found]
    records = tuple(_record(found, name, position, day) for position, (found, day) in enumerate(pairs, 1))
    about_days = [_about_day(capture, day, name) for capture, day in zip(captures, days, strict=True)]
    read = [problem for capture in captures for problem in capture.problems]
    missing = (
        []
        if records or any(one.may_be_empty for one in captures)
        else [Problem(Place(f"dumps/{name}"), "error", NO_PAPERS)]
    )
    everything = [*problems, *read, *missing, *(one for one in about_days if one)]
    return Result(format=format, records=records, captures=days, problems=_by_place(everything))


NO_DAY: Final = "nothing tells the day of capture, so that this dump makes no digest until somebody does"
_NO_TITLE: Final = "nothing of this title can be shown: the paper was left out; write its title into the dump"
NO_PAPERS: Final = "no paper could be read: capture the page again, or take the file away"


def _titled(capture: Capture, name: str) -> Capture:
    """The capture without papers of whose titles nothing is left to show, such as a lone sign of LaTeX."""
    titled = [bool(clean.repaired(found.paper.title)[0]) for found in capture.found]
    if all(titled):
        return capture
    lines = (found.line for found, shown in zip(capture.found, titled, strict=True) if not shown)
    lost = (Problem(Place(f"dumps/{name}", line), "error", _NO_TITLE) for line in lines)
    return replace(capture, found=tuple(compress(capture.found, titled)), problems=(*capture.problems, *lost))


def _by_place(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.place))


# The day of a capture


def _days(captures: Sequence[Capture], name: str, told: Told) -> tuple[Captured, ...]:
    # A file of several days that tells them whole is named after its last, or after none of them.
    several = len(captures) > 1
    named = _dealt(captures, dates.date_in_name(name), but_not=[several and _is_whole(one) for one in captures])
    given = _dealt(captures, told) if told is None or isinstance(told, date) else tuple(told)
    given = (*given, *(None for _ in captures))[: len(captures)]
    return tuple(_day(*row) for row in zip(captures, given, named, strict=True))


def _dealt(captures: Sequence[Capture], day: date | None, but_not: Sequence[bool] = ()) -> tuple[date | None, ...]:
    """Give one day to the captures whose header has it; if none has it, to all, ``but_not`` to some."""
    has_it = [bool(day and capture.day and capture.day.same_day(day)) for capture in captures]
    nobody = not any(has_it)
    others = [nobody and not one for one in but_not or (False,) * len(has_it)]
    return tuple(day if has or other else None for has, other in zip(has_it, others, strict=True))


def _is_whole(capture: Capture) -> bool:
    return bool(capture.day and capture.day.year and capture.day.exists)


def _day(capture: Capture, given: date | None, named: date | None) -> Captured:
    if given:
        return Captured(given, capture.line, "told")
    if named:
        return Captured(named, capture.line, "name")
    if not capture.day or not capture.day.exists:
        return Captured(None, capture.line, "nothing")
    year = capture.day.year or dates.year_of_capture(capture.day, _bylines(capture))
    if not year:
        return Captured(None, capture.line, "nothing")
    return Captured(capture.day.in_year(year), capture.line, "page" if capture.day.year else "bylines")


def _bylines(capture: Capture) -> Iterator[PartialDate]:
    return (found.day for found in capture.found if found.day)


def _about_day(capture: Capture, captured: Captured, name: str) -> Problem | None:
    """Return what there is to say about the day of a capture: what was put right or is missing."""
    place = Place(f"dumps/{name}", capture.line)
    if captured.day is None and not capture.has_header:
        return Problem(place, "note", f"{NO_DAY}: {_how(name)}") if capture.found else None
    if captured.day is None:
        message = f"{_why_open(capture)}: dates without a year stay open until somebody tells it: {_how(name)}"
        return Problem(place, "warning", message) if capture.found else None
    if captured.source == "bylines":
        return Problem(place, "note", f"the year of capture, {captured.day.year}, was inferred from the bylines")
    if captured.source == "page" or capture.day is None or capture.day.same_day(captured.day):
        return None
    teller = "the file's name tells" if captured.source == "name" else "somebody told"
    message = f"the page says {capture.day}, but {teller} {captured.day} as the day of capture, and that counts"
    return Problem(place, "note", message)


def _how(name: str) -> str:
    return f"`digest ingest --captured YYYY-MM-DD {name}`, a date in the file's name, or content/dumps.yml"


def _why_open(capture: Capture) -> str:
    if capture.day is None:
        return "the page's header with the day of capture is missing"
    if not capture.day.exists:
        return f"the day of capture is unknown, there is no {capture.day}"
    return f"the year of capture is unknown, as no byline tells which {capture.day} it was"


# The record of a paper

_FILL_IN: Final = "fill in `date` on the paper's page"


def _record(found: Found, name: str, position: int, captured: date | None) -> Record:
    title, in_title = clean.repaired(found.paper.title)
    abstract, in_abstract = clean.repaired(found.paper.abstract)
    place = Place(f"dumps/{name}", found.line)
    published, unsure = _published(found.day, captured)
    sighting = Sighting(name, position, found.line, captured, found.paper.comments, found.paper.upvotes)
    paper = replace(
        found.paper,
        title=title,
        abstract=abstract,
        authors=clean.names(found.paper.authors),
        venue=clean.line(found.paper.venue),
        date=published,
        links=links.united(found.paper.links, links.links(abstract)),
        sightings=(sighting,),
    )
    warnings = [Problem(place, "warning", unsure, ("date",))] if unsure else []
    notes = [Problem(place, "note", str(repair)) for repair in dict.fromkeys((*in_title, *in_abstract))]
    return Record(
        paper=paper,
        problems=_by_place([*found.problems, *warnings, *notes]),
        stand_ins=found.stand_ins,
    )


def _published(day: PartialDate | None, captured: date | None) -> tuple[date | None, str]:
    """Return the day of a paper, never one after its capture, and what is wrong if it stays open."""
    if day is None or (day.exists and day.year is None and captured is None):
        return None, ""
    published = day.in_year(captured.year if captured else dates.LATEST.year) if day.exists else None
    if published is None:
        return None, f"there is no {day}{f' in {captured.year}' if captured and day.exists else ''}: {_FILL_IN}"
    if captured is None or published <= captured:
        return published, ""
    return None, f"{day} comes after the day of capture, {captured}: correct that in content/dumps.yml, or {_FILL_IN}"
