"""The lines of a page of Hugging Face, whichever way it was captured, and the day that its address or capture tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from generator import dates
from generator.clean import MIRRORS
from generator.dates import PartialDate
from generator.reading import counts, linked
from generator.reading.line import Line

SUBMITTED: Final = re.compile(r"^[^\w\n]{0,40}submitted by", re.IGNORECASE | re.MULTILINE)

_SITE: Final = "https://huggingface.co"
_MIRROR: Final = re.compile(rf"^https?://(?:www\.)?(?:hf\.co|{'|'.join(map(re.escape, MIRRORS))})(?=/|$)")
_ARCHIVE: Final = re.compile(r"^https?://web\.archive\.org/web/[0-9]{4,14}[a-z_]{0,4}/(?=https?://)")
_NEIGHBOUR: Final = re.compile(r"(?<![\w.-])/?(?:huggingface\.co)?/papers/date/([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")
_NEAR: Final = timedelta(days=4)  # over a weekend and a holiday
_LEVEL: Final = 3  # of the headings that titles are
_UPVOTES: Final = re.compile(rf"-|{counts.SHAPE}")
_OF_DAY: Final = re.compile(r"huggingface\.co/papers(?:\?date=|/date/)([0-9]{4}-[0-9]{2}-[0-9]{2})")
_SAVED_FROM: Final = re.compile(r"(?:saved from url=\([0-9]{1,6}\)|\n ?url: ?)(https?://\S{1,300})")  # in a comment
_DAYS: Final = ("retrieved", "timestamp", "date", "captured", "crawled")


def day(text: str) -> PartialDate | None:
    """Return the day of capture that the crawler wrote above the page, or that of the page's own address."""
    front = linked.front_matter(text)
    told = next(filter(None, (dates.iso(front.get(key, "")) for key in _DAYS)), None)
    saved = _SAVED_FROM.search(text[:3000])
    of_page = _OF_DAY.search(saved[1] if saved else front.get("url", "") or front.get("source", ""))
    return told or (dates.iso(of_page[1]) if of_page else None)


def with_year(day: PartialDate, text: str) -> PartialDate:
    """Return the day of a page with its year, where that follows from links to the days around it."""
    if day.year:
        return day
    linked_days = [date.fromisoformat(one) for one in _NEIGHBOUR.findall(text) if dates.iso(one)]
    years = {
        whole.year
        for other in linked_days
        for year in (other.year - 1, other.year, other.year + 1)
        if (whole := day.in_year(year)) and abs(whole - other) <= _NEAR
    }
    return replace(day, year=years.pop()) if len(years) == 1 else day


def lines(text: str) -> tuple[Line, ...]:
    """Return the lines with whole addresses; where nothing is linked, titles that show by their place are headings."""
    found = tuple(
        replace(line, links=tuple((label, _whole(url)) for label, url in line.links)) if line.links else line
        for line in linked.lines(text)
    )
    return tuple(_rejoined(found) if any(line.links for line in found) else _with_titles(found))


def _whole(url: str) -> str:
    """Return an address with its host, which is that of the site where a mirror or an archive shows it."""
    if url.startswith("/") and not url.startswith("//"):
        return f"{_SITE}{url}"
    return _MIRROR.sub(_SITE, _ARCHIVE.sub("", url))


def _rejoined(found: Sequence[Line]) -> Iterator[Line]:
    """Put headings on one line whose link goes on over the next."""
    rest = ""
    for line in found:
        if rest.startswith(line.text) and line.text:
            rest = rest.removeprefix(line.text).strip()
            continue
        whole = next((label for label, _ in line.links if line.level and label.startswith(f"{line.text} ")), line.text)
        rest = whole.removeprefix(line.text).strip()
        yield replace(line, text=whole) if rest else line


def _with_titles(found: Sequence[Line]) -> Iterator[Line]:
    """Make headings of the titles: below "Submitted by", a user's name, perhaps on the same line, and the upvotes."""
    for at, line in enumerate(found):
        *above, last = ["", "", *(one.text for one in found[max(at - 4, 0) : at] if one.text != "Upvote")][-3:]
        is_submitted = any(SUBMITTED.match(text) for text in above)
        yield replace(line, level=_LEVEL) if is_submitted and _UPVOTES.fullmatch(last) else line
