"""Numbers as small pictures: what a template needs to draw them, without style or script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from generator.model import Entry

_HEIGHT: Final = 22.0
_NOTHING: Final = 0.75  # a year without papers is a hairline
_FULL: Final = 5  # the fewest papers that fill a bar, so that one paper does not look like a boom


@dataclass(frozen=True, slots=True)
class Spark:
    """A bar a year: its place from the left and its height, in a box of ``width`` by 22."""

    bars: tuple[tuple[int, float], ...]
    width: int


def years_of(entries: Iterable[Entry]) -> tuple[int, ...]:
    """Every year from the first with a paper to the last."""
    years = [entry.paper.date.year for entry in entries if entry.paper.date]
    return tuple(range(min(years), max(years) + 1)) if years else ()


def sparkline(entries: Iterable[Entry], years: Sequence[int]) -> Spark:
    """Papers by year; a bar is full at the best of ``years``, or at five papers if that is more."""
    counts = Counter(entry.paper.date.year for entry in entries if entry.paper.date)
    full = max([_FULL, *(counts[year] for year in years)])
    heights = [max(_NOTHING, round(_HEIGHT * counts[year] / full, 1)) for year in years]
    return Spark(tuple((10 * at, height) for at, height in enumerate(heights)), max(1, 10 * len(years) - 3))
