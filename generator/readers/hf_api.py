"""Read answers of the ``daily_papers`` API of Hugging Face, as archives keep them.

An answer is an array of entries; the paper, its upvotes and its links are in ``paper``, the comments on the entry,
the organisation on either.  Archives wrap the array in an object, keep each entry as the ``repr`` of a Python
dictionary, or keep just ``1`` for a day without papers.  The summary is the abstract of arXiv, hard-wrapped;
``ai_summary``, keywords and who submitted it are nobody's to publish, and are left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from generator import dates
from generator.dates import PartialDate
from generator.model import Organization, Place, Problem
from generator.reading.found import Capture, Found, found, unescaped
from generator.reading.jsontext import entries, list_of, mapping, number_of, text_of

FORMAT: Final = "hf-api"
EXAMPLE: Final = '[{"paper": {"id": "2509.20186", "title": "…", "summary": "…", "upvotes": 10}, "numComments": 2}]'

_PAPER: Final = re.compile(r"""["']paper["']\s{0,40}:\s{0,40}\{""")
_NO_PAPERS: Final = re.compile(r'\s*(?:[01]|null|\[\s*\]|\{\s*\}|"")\s*')
_WRAPPED_DAY: Final = re.compile(r'"date"\s{0,9}:\s{0,9}"([0-9]{4}-[0-9]{2}-[0-9]{2})')
_HANDLE: Final = re.compile(r"[A-Za-z0-9][\w.-]{0,95}")


def claims(text: str) -> int:
    """Return how many entries ``text`` has; a day without papers counts as one."""
    if text.lstrip()[:1] not in tuple('[{01n"'):
        return 0
    if _NO_PAPERS.fullmatch(text):
        return 1
    if "numComments" not in text and "upvotes" not in text:
        return 0
    return sum(1 for _ in _PAPER.finditer(text))


def read(text: str, file: str) -> tuple[Capture, ...]:
    """Return a capture a day; the day is the one on which the papers were on the page."""
    if _NO_PAPERS.fullmatch(text):
        note = Problem(Place(file), "note", "a day without papers")
        return (Capture(line=1, day=None, problems=(note,), has_header=False, may_be_empty=True),)
    wrapped = _WRAPPED_DAY.search(text[:2000]) if text.lstrip()[:1] == "{" else None
    read = list(_papers(text, file))
    papers = [one for one in read if not isinstance(one, Problem)]
    problems = tuple(one for one in read if isinstance(one, Problem))
    day = dates.iso(wrapped[1]) if wrapped else _newest([on_page or sent for on_page, sent, _ in papers])
    by_day: defaultdict[PartialDate | None, list[Found]] = defaultdict(list)
    for on_page, _, one in papers:
        by_day[on_page or day].append(one)
    captures = [_capture(day, found) for day, found in by_day.items()] or [_capture(day, [])]
    return (replace(captures[0], problems=problems), *captures[1:])


def _newest(days: Sequence[PartialDate | None]) -> PartialDate | None:
    """Return the last day on which a paper was put on the page: before 2025 the API did not tell the page's own."""
    return max(filter(None, days), key=lambda day: (day.year or 0, day.month, day.day), default=None)


def _capture(day: PartialDate | None, papers: Sequence[Found]) -> Capture:
    return Capture(line=papers[0].line if papers else 1, day=day, found=tuple(papers), has_header=False)


def _papers(text: str, file: str) -> Iterator[tuple[PartialDate | None, PartialDate | None, Found] | Problem]:
    """Yield each paper with the day of its page, if told, and the day on which it was submitted there."""
    for entry in entries(text):
        place = Place(file, entry.line)
        if entry.value is None:
            message = "the JSON is broken here: what stands up to the next whole line was left out; fetch it again"
            yield Problem(place, "error", message)
            continue
        told = mapping(entry.value)
        inner = mapping(told.get("paper")) or told
        if not text_of(told.get("title") or inner.get("title")).strip():
            yield Problem(place, "error", "no paper with a title stands here: the entry was left out; fetch it again")
            continue
        on_page = dates.iso(text_of(inner.get("submittedOnDailyAt")))
        submitted = dates.iso(text_of(told.get("publishedAt"))) if told is not inner else None
        yield on_page, submitted, paper(told, entry.line)


def paper(told: Mapping[str, object], line: int) -> Found:
    """Return the paper of an entry, or of a ``paper`` alone, that has a title."""
    paper = mapping(told.get("paper")) or told
    title = unescaped(text_of(told.get("title") or paper.get("title")))
    urls = [("code", paper.get("githubRepo")), ("project", paper.get("projectPage"))]
    return found(
        title,
        line,
        abstract=unescaped(text_of(paper.get("summary") or told.get("summary"))),
        authors=[text_of(mapping(author).get("name") or author) for author in list_of(paper.get("authors"))],
        organization=_organization(mapping(paper.get("organization") or told.get("organization"))),
        comments=number_of(told.get("numComments", paper.get("numComments"))),
        upvotes=number_of(paper.get("upvotes", told.get("upvotes"))),
        arxiv=text_of(paper.get("id")),
        urls=[(label, text_of(url)) for label, url in urls],
        day=dates.iso(text_of(paper.get("publishedAt"))),
        stars=number_of(paper.get("githubStars")),
    )


def _organization(told: Mapping[str, object]) -> Organization | None:
    handle, name = text_of(told.get("name")), " ".join(text_of(told.get("fullname")).split())
    return Organization(handle, name or handle) if _HANDLE.fullmatch(handle) else None
