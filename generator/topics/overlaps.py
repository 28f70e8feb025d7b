"""What topics have in common: the papers in both of two, which topics belong together, who publishes in each.

Everything comes from one pass over the papers, and their order changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from generator.model import Entry, Topic
from generator.slugs import segment

LEVELS: Final = (0.02, 0.05, 0.1)  # from these shares on, a cell of the table has a shade
FEWEST: Final = 50  # papers that two topics count for at least, so that one of two does not look like half
_WHOLE: Final = 10**9  # whole numbers add up to the same in any order and in any Python; fractions do not


@dataclass(frozen=True, slots=True)
class Overlaps:
    """How many papers each topic has, and how many are in both of two.

    ``topics`` are the ids that have papers, most papers first; equal ones in the order of the taxonomy.
    """

    topics: tuple[str, ...]
    papers: Mapping[str, int]
    pairs: Mapping[frozenset[str], int]

    def both(self, one: str, other: str) -> int:
        """How many papers are in both; of a topic and itself, all of its papers."""
        return self.papers.get(one, 0) if one == other else self.pairs.get(frozenset((one, other)), 0)

    def closeness(self, one: str, other: str) -> float:
        """Of the papers in either topic, the share in both, from 0 to 1; topics of few papers count as larger ones."""
        both = self.both(one, other)
        either = self.papers.get(one, 0) + self.papers.get(other, 0) - both
        return both / max(FEWEST, either)

    def level(self, one: str, other: str) -> int:
        """How close two topics are: how many of :data:`LEVELS` they reach."""
        close = self.closeness(one, other)
        return sum(close >= least for least in LEVELS)

    def nearest(self, topic: str, most: int) -> tuple[str, ...]:
        """The closest topics that share papers with this one, those that share most of them first."""
        beside = [other for other in self.topics if other != topic and self.both(topic, other)]
        close = sorted(beside, key=lambda other: -self.closeness(topic, other))[:most]
        return tuple(sorted(close, key=lambda other: -self.both(topic, other)))

    def closest(self, most: int) -> tuple[tuple[str, str], ...]:
        """The closest pairs of topics, those that share most papers first, in each the topic with more papers first."""
        sharing = [pair for pair in combinations(self.topics, 2) if self.both(*pair)]
        close = sorted(sharing, key=lambda pair: -self.closeness(*pair))[:most]
        return tuple(sorted(close, key=lambda pair: -self.both(*pair)))

    def arranged(self, most: int) -> tuple[str, ...]:
        """The topics with the most papers, so that those that belong together stand near each other.

        One after the other, the largest first, they take the place that keeps close ones nearest.
        """
        close = {frozenset(pair): round(_WHOLE * self.closeness(*pair)) for pair in combinations(self.topics[:most], 2)}
        row: tuple[str, ...] = ()
        for topic in self.topics[:most]:
            places = ((*row[:at], topic, *row[at:]) for at in range(len(row) + 1))
            row = min(places, key=lambda order: _length(order, close))
        return row


def overlaps(topics: Iterable[Topic], entries: Iterable[Entry]) -> Overlaps:
    """What the topics of the taxonomy share; others that a paper may have do not count."""
    known = [topic.id for topic in topics]
    papers: Counter[str] = Counter()
    pairs: Counter[tuple[str, ...]] = Counter()
    places = {topic: at for at, topic in enumerate(known)}
    for entry in entries:
        found = sorted({topic for topic in entry.paper.topics if topic in places})
        papers.update(found)
        pairs.update(combinations(found, 2))
    ranked = sorted(papers, key=lambda topic: (-papers[topic], places[topic]))
    return Overlaps(tuple(ranked), dict(papers), {frozenset(pair): count for pair, count in pairs.items()})


def publishers(entries: Iterable[Entry]) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Topic to the organisations of its papers, by the part of the URL that stands for each, with how many papers.

    Most papers first, then in the order of the URLs; topics without any are absent.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        if entry.paper.organization:
            who = segment(entry.paper.organization.handle)
            for topic in set(entry.paper.topics):
                counts[topic][who] += 1
    return {topic: tuple(sorted(found.items(), key=_most_first)) for topic, found in counts.items()}


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _length(order: Sequence[str], close: Mapping[frozenset[str], int]) -> int:
    """How far apart close topics stand in all."""
    return sum(
        (to - at) * close[frozenset((one, other))] for (at, one), (to, other) in combinations(enumerate(order), 2)
    )
