"""Which topics a paper is in, and why.

The rules are those of ``content/topics.yml``: phrases with a weight.  :func:`load` reads
them (see :mod:`generator.taxonomy`), :func:`assign` puts a paper into at most four
topics, and :func:`explain` says in words which phrases of the paper did it.  A paper earns

    weight x (4, if the title has a phrase of the rule, + its mentions in the abstract, at most 4)

from each rule.  It joins a topic at 3 points, unless its best topic has more
than three times as many.  Where phrases of one topic overlap, the one that starts
first counts, then the longest; so a longer phrase with weight 0 or less takes
its words away from a shorter one.  Nothing here touches the disk.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from generator.model import Topic
from generator.phrases import Mention, mentions
from generator.taxonomy import Taxonomy, load

__all__ = ["MOST_TOPICS", "Assignment", "Reason", "Taxonomy", "assign", "explain", "load"]

MOST_TOPICS: Final = 4
TITLE_POINTS: Final = 4
MOST_MENTIONS: Final = 4
ENOUGH: Final = 3.0
SHARE_OF_BEST: Final = 0.3

_REASONS_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """A phrase as the paper has it, and how often its title and its abstract do."""

    phrase: str
    title: int
    abstract: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """A topic of a paper; the reasons that weigh most come first."""

    topic: Topic
    score: float
    reasons: tuple[Reason, ...]


def assign(taxonomy: Taxonomy, title: str, abstract: str) -> tuple[Assignment, ...]:
    """At most four topics, the most central first; none where no rule fits.

    Equal scores keep the order of the taxonomy.
    """
    return _assigned(taxonomy, title, abstract)


@lru_cache(maxsize=1 << 15)  # a build asks twice for each paper: for its problems, and for its page
def _assigned(taxonomy: Taxonomy, title: str, abstract: str) -> tuple[Assignment, ...]:
    of_topic: defaultdict[int, list[Mention]] = defaultdict(list)
    for text, in_title in ((title, True), (abstract, False)):
        for mention in mentions(taxonomy.phrases, text, in_title):
            of_topic[mention.phrase.topic].append(mention)
    found = [_assignment(taxonomy.topics[topic], of_topic[topic]) for topic in sorted(of_topic)]
    return _central(found)


def explain(assignment: Assignment) -> str:
    """Why the paper is in the topic, in words: “medical” 4 times in the abstract."""
    shown = assignment.reasons[:_REASONS_SHOWN]
    more = len(assignment.reasons) - len(shown)
    rest = [f"and {more} more {'phrase' if more == 1 else 'phrases'}"] if more else []
    return "; ".join([*map(_told, shown), *rest])


def _central(assignments: Sequence[Assignment]) -> tuple[Assignment, ...]:
    best = max((found.score for found in assignments), default=0.0)
    least = max(ENOUGH, best * SHARE_OF_BEST)
    enough = [found for found in assignments if found.score >= least]
    return tuple(sorted(enough, key=lambda found: -found.score)[:MOST_TOPICS])


def _assignment(topic: Topic, found: Iterable[Mention]) -> Assignment:
    kept = _apart(found)
    return Assignment(topic, _score(kept), _reasons(kept))


def _apart(found: Iterable[Mention]) -> list[Mention]:
    """The mentions that count: of those that overlap, the first and then the longest."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda each: (not each.in_title, each.start, -each.end, each.phrase.rule)):
        last = kept[-1] if kept else None
        if last is None or last.in_title != mention.in_title or mention.start >= last.end:
            kept.append(mention)
    return kept


def _score(counted: Iterable[Mention]) -> float:
    weights: dict[int, float] = {}
    titles: set[int] = set()
    abstracts: Counter[int] = Counter()
    for mention in counted:
        weights[mention.phrase.rule] = mention.phrase.weight
        if mention.in_title:
            titles.add(mention.phrase.rule)
        else:
            abstracts[mention.phrase.rule] += 1
    points = {rule: TITLE_POINTS * (rule in titles) + min(abstracts[rule], MOST_MENTIONS) for rule in weights}
    return round(sum(weights[rule] * points[rule] for rule in sorted(weights)), 2)


def _reasons(counted: Sequence[Mention]) -> tuple[Reason, ...]:
    speaking = [mention for mention in counted if mention.phrase.weight > 0]
    weights = {mention.shown: mention.phrase.weight for mention in speaking}
    titles = Counter(mention.shown for mention in speaking if mention.in_title)
    abstracts = Counter(mention.shown for mention in speaking if not mention.in_title)

    def points(shown: str) -> float:
        return weights[shown] * (TITLE_POINTS * (titles[shown] > 0) + min(abstracts[shown], MOST_MENTIONS))

    # Sorting is stable: among equals the phrase that the paper has first leads.
    ranked = sorted(weights, key=lambda shown: -points(shown))
    return tuple(Reason(shown, titles[shown], abstracts[shown]) for shown in ranked)


def _told(reason: Reason) -> str:
    places = [_times(reason.title, "in the title"), _times(reason.abstract, "in the abstract")]
    return f"“{reason.phrase}” {' and '.join(place for place in places if place)}"


def _times(count: int, where: str) -> str:
    match count:
        case 0:
            return ""
        case 1:
            return where
        case 2:
            return f"twice {where}"
        case _:
            return f"{count} times {where}"
