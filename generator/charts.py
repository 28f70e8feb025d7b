"""Numbers as small pictures: what a template needs to draw them, without style or script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from generator.model import Entry, Topic

BASE: Final = 132  # where the bars of a chart stand, in pixels from its top
_TALLEST: Final = 114
_BAR: Final = 0.4  # of the room of a year
_LABELS: Final = 10  # more do not fit on a phone

_HEIGHT: Final = 22.0
_NOTHING: Final = 0.75  # a year without papers is a hairline
_FULL: Final = 5  # the fewest papers that fill a bar, so that one paper does not look like a boom


@dataclass(frozen=True, slots=True)
class Spark:
    """A bar a year: its place from the left and its height, in a box of ``width`` by 22."""

    bars: tuple[tuple[int, float], ...]
    width: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A year of a chart: ``left``, ``width`` and ``middle`` in per cent, ``top`` and ``height`` in pixels.

    ``labelled`` is false where the labels of so many years would not fit beside each other.
    """

    year: int
    count: int
    left: float
    width: float
    middle: float
    top: int
    height: int
    labelled: bool


@dataclass(frozen=True, slots=True)
class Growth:
    """A topic that has more papers of a year than of the year before, and how many more."""

    topic: Topic
    spark: Spark
    more: int


def years_of(entries: Iterable[Entry]) -> tuple[int, ...]:
    """Every year from the first with a paper to the last."""
    years = [entry.paper.date.year for entry in entries if entry.paper.date]
    return tuple(range(min(years), max(years) + 1)) if years else ()


def sparkline(entries: Iterable[Entry], years: Sequence[int]) -> Spark:
    """Papers by year; a bar is full at the best of ``years``, or at five papers if that is more."""
    counts = _counts(entries)
    full = max([_FULL, *(counts[year] for year in years)])
    heights = [max(_NOTHING, round(_HEIGHT * counts[year] / full, 1)) for year in years]
    return Spark(tuple((10 * at, height) for at, height in enumerate(heights)), max(1, 10 * len(years) - 3))


def by_year(entries: Iterable[Entry], years: Sequence[int]) -> tuple[Bar, ...]:
    """Papers by year, every one of ``years`` with a bar; none where fewer than two years have a paper.

    A bar is full at the best year, or at five papers if that is more.
    """
    counts = _counts(entries)
    if len(counts) < 2:
        return ()
    room, full = 100 / len(years), max(_FULL, *counts.values())
    step = -(-len(years) // _LABELS)
    return tuple(
        _bar(year, counts[year], at * room, room, full, labelled=(len(years) - 1 - at) % step == 0)
        for at, year in enumerate(years)
    )


def growing(
    topics: Iterable[Topic], of_topic: Mapping[str, Sequence[Entry]], years: Sequence[int], most: int
) -> tuple[Growth, ...]:
    """The topics that grew from the last but one of ``years`` to the last, those that grew most first."""
    if len(years) < 2:
        return ()
    grown = ((topic, of_topic.get(topic.id, ())) for topic in topics)
    found = (Growth(topic, sparkline(entries, years), _more(entries, years)) for topic, entries in grown)
    return tuple(sorted((one for one in found if one.more > 0), key=lambda one: -one.more)[:most])


def _more(entries: Iterable[Entry], years: Sequence[int]) -> int:
    counts = _counts(entries)
    return counts[years[-1]] - counts[years[-2]]


def _bar(year: int, count: int, left: float, room: float, full: int, *, labelled: bool) -> Bar:
    height = round(_TALLEST * count / full)
    return Bar(
        year,
        count,
        round(left + room * (1 - _BAR) / 2, 1),
        round(room * _BAR, 1),
        round(left + room / 2, 1),
        BASE - height,
        height,
        labelled,
    )


def _counts(entries: Iterable[Entry]) -> Counter[int]:
    return Counter(entry.paper.date.year for entry in entries if entry.paper.date)
