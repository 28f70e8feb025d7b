"""What can be said of a project's topics: what is doubtful, how they grow and overlap, and what none of them covers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from math import fsum
from typing import Final

from generator.model import Entry, Topic
from generator.topics import ENOUGH, points
from generator.topics.learnt import PLAIN
from generator.topics.taxonomy import Taxonomy

DOUBT: Final = 1.0  # points above or below what is enough
_LEAST_TOGETHER: Final = 5
_LIFT: Final = 1.5
_OFTEN: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A paper, what it is in, and the topics that it is almost or only just in, with their points; 3 are enough."""

    entry: Entry
    topics: tuple[str, ...]
    near: tuple[tuple[str, float], ...]

    @property
    def weight(self) -> float:
        """How much a person's word is worth here: every doubtful topic counts, a paper without topics most."""
        unsure = fsum(DOUBT - abs(score - ENOUGH) for _, score in self.near)
        return unsure if self.topics else unsure + len(self.near) + DOUBT


@dataclass(frozen=True, slots=True)
class Growth:
    """A topic's papers: all, of the twelve months up to the newest paper, and of the twelve before."""

    topic: Topic
    papers: int
    recent: int
    before: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two topics, their common papers, and how many times as many these are as chance would have."""

    one: str
    other: str
    papers: int
    lift: float


def doubts(taxonomy: Taxonomy, entries: Iterable[Entry]) -> list[Doubt]:
    """Papers that nobody confirmed and whose topics are doubtful or none; the most useful to correct first."""
    found = (_doubt(taxonomy, entry) for entry in entries if not entry.paper.topics_reviewed)
    return sorted((doubt for doubt in found if doubt.weight), key=lambda doubt: (-doubt.weight, doubt.entry.slug))


def _doubt(taxonomy: Taxonomy, entry: Entry) -> Doubt:
    told = points(taxonomy, entry.paper.title, entry.paper.abstract)
    near = {id: score for id, score in told.items() if abs(score - ENOUGH) < DOUBT}
    ranked = sorted(near.items(), key=lambda item: abs(item[1] - ENOUGH))
    return Doubt(entry, entry.paper.topics, tuple(ranked))


def growth(taxonomy: Taxonomy, entries: Sequence[Entry]) -> list[Growth]:
    """Every topic, the largest first.  The twelve months end with the newest paper, since nothing asks the clock."""
    days = [entry.paper.date for entry in entries if entry.paper.date]
    newest = max(days, default=date.min)
    rows = []
    for topic in taxonomy.topics:
        its = [entry.paper.date for entry in entries if topic.id in entry.paper.topics]
        ages = Counter(_years(day, newest) for day in its if day)
        rows.append(Growth(topic, len(its), ages[0], ages[1]))
    return sorted(rows, key=lambda row: -row.papers)


def _years(day: date, newest: date) -> int:
    """Whole years from a day to the newest one."""
    return newest.year - day.year - ((newest.month, newest.day) < (day.month, day.day))


def overlaps(entries: Sequence[Entry], most: int) -> list[Overlap]:
    """The pairs of topics that go together far more often than by chance."""
    alone = Counter(topic for entry in entries for topic in entry.paper.topics)
    together = Counter(pair for entry in entries for pair in combinations(sorted(entry.paper.topics), 2))
    pairs = [
        Overlap(one, other, count, round(count * len(entries) / (alone[one] * alone[other]), 1))
        for (one, other), count in together.items()
        if count >= _LEAST_TOGETHER
    ]
    strong = (pair for pair in pairs if pair.lift >= _LIFT)
    return sorted(strong, key=lambda pair: (-pair.lift, pair.one, pair.other))[:most]


def candidates(taxonomy: Taxonomy, entries: Sequence[Entry], most: int) -> list[tuple[str, int]]:
    """Pairs of words that papers without a topic, or with doubtful ones alone, have far more often than others."""
    open_ = {entry.slug for entry in entries if _is_open(taxonomy, entry)}
    here: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    for entry in entries:
        pairs = set(_pairs(f"{entry.paper.title}. {entry.paper.abstract}"))
        everywhere.update(pairs)
        if entry.slug in open_:
            here.update(pairs)
    share = len(open_) / max(1, len(entries))
    lift = {pair: count / (everywhere[pair] * share) for pair, count in here.items() if count >= _OFTEN}
    ranked = sorted((pair for pair in lift if lift[pair] >= _LIFT), key=lambda pair: (-here[pair] * lift[pair], pair))
    return [(pair, here[pair]) for pair in ranked[:most]]


def _is_open(taxonomy: Taxonomy, entry: Entry) -> bool:
    if not entry.paper.topics:
        return True
    told = points(taxonomy, entry.paper.title, entry.paper.abstract)
    return not entry.paper.topics_reviewed and max(told.values(), default=0.0) < ENOUGH + DOUBT / 2


def _pairs(text: str) -> Iterator[str]:
    for sentence in re.split(r"[.,;:!?()]", text.lower()):
        for pair in pairwise(_WORD.findall(sentence)):
            if not any(map(PLAIN.fullmatch, pair)):
                yield " ".join(pair)
