"""Which topics a paper is in.

:func:`load` reads the rules of ``content/topics.yml`` (see :mod:`generator.topics.taxonomy`), :func:`taught` adds what
read papers taught (see :mod:`generator.topics.learnt`), and :func:`assign` puts a paper into at most four topics;
:mod:`generator.topics.why` says what of the paper did it.  By the rules a paper earns

    weight x (4, if the title has a phrase of the rule, + its mentions in the abstract, at most 4)

from each rule whose conditions hold (see :mod:`generator.topics.rules`).  It joins a topic at 3 points, unless its best
topic has more than three times as many.  Where phrases of one topic overlap, the one that starts
first counts, then the longest; so a longer phrase with weight 0 or less takes
its words away from a shorter one.

A topic that the model knows, by its id and its definition, gets the model's points
instead: the rules' are among what these are made of.  It joins at 3 points, too; where no topic does, the best one
does from 2.  A topic that the model does not know, or knows by another definition, goes by its rules
alone.  What a paper gets depends on its own text, not on other papers; only a new
``topics.yml`` or a new model changes it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from math import fsum
from typing import Final

from generator.model import Topic
from generator.topics import learnt
from generator.topics.learnt import POINT, Model
from generator.topics.mentions import Mention, mentioned
from generator.topics.taxonomy import Taxonomy, load

__all__ = ["ENOUGH", "MOST_TOPICS", "Assignment", "Taxonomy", "assign", "features", "load", "points", "taught"]

MOST_TOPICS: Final = 4
TITLE_POINTS: Final = 4
MOST_MENTIONS: Final = 4
ENOUGH: Final = 3.0
SHARE_OF_BEST: Final = 0.3
NEAREST: Final = 2.0  # the points that do where no topic has enough


@dataclass(frozen=True, slots=True)
class Assignment:
    """A topic of a paper, and how many points it earns there."""

    topic: Topic
    score: float


@lru_cache(maxsize=4)  # taxonomies are kept by their files, and so are these
def taught(taxonomy: Taxonomy, model: Model | None = None) -> Taxonomy:
    """The taxonomy with what read papers taught: a project's own model, else the one that the package brings."""
    return replace(taxonomy, learnt=learnt.renamed(model or learnt.shipped(), taxonomy.topics))


def assign(taxonomy: Taxonomy, title: str, abstract: str) -> tuple[Assignment, ...]:
    """At most four topics, the most central first; none where nothing fits.

    Equal scores keep the order of the taxonomy.
    """
    found = _by_rules(taxonomy, title, abstract)
    if taxonomy.learnt is None:
        return _first(taxonomy, _central(found))
    told = _features(taxonomy, title, abstract, found)
    known = _known(taxonomy, told)
    learned = {id: score for id, score in known.items() if score >= ENOUGH}
    ruled = {id: score for id, score in _central(found).items() if id not in known}
    if known and not learned and not ruled:
        nearest = max(known, key=lambda id: known[id])
        speaks = taxonomy.learnt.speaking_for(nearest, told)  # an empty paper is in no topic
        learned = {nearest: known[nearest]} if speaks and known[nearest] >= NEAREST else {}
    return _first(taxonomy, ruled | learned)


def points(taxonomy: Taxonomy, title: str, abstract: str) -> dict[str, float]:
    """What each topic of the taxonomy earns, by its id: 3 do."""
    found = _by_rules(taxonomy, title, abstract)
    known = _known(taxonomy, _features(taxonomy, title, abstract, found))
    return {id: known.get(id, found.get(id, 0.0)) for id in taxonomy.names}


def features(taxonomy: Taxonomy, title: str, abstract: str) -> dict[str, int]:
    """What a model is told of a paper: its words, and what the rules found."""
    return _features(taxonomy, title, abstract, _by_rules(taxonomy, title, abstract))


def redescribed(taxonomy: Taxonomy) -> tuple[str, ...]:
    """The ids of topics of which the model knows another definition, so that they go by their rules alone."""
    model = taxonomy.learnt
    return tuple(id for id, topic in taxonomy.names.items() if model and id in model.starts and not model.knows(topic))


def counted(
    taxonomy: Taxonomy, title: str, abstract: str, only: Set[int] | None = None
) -> dict[int, Sequence[Mention]]:
    """The mentions that count of each topic that has any, by its place, in the order of the taxonomy; of ``only`` some.

    Those of rules whose conditions hold; and of mentions that overlap the first, and then the longest.
    """
    idle = _idle(taxonomy, title, abstract)
    of_topic: defaultdict[int, list[Mention]] = defaultdict(list)
    for text, in_title in ((title, True), (abstract, False)):
        for mention in mentioned(taxonomy.phrases, text, in_title, only):
            if not idle or (mention.phrase.topic, mention.phrase.rule) not in idle:
                of_topic[mention.phrase.topic].append(mention)
    return {topic: _apart(of_topic[topic]) for topic in sorted(of_topic)}


def _apart(found: Iterable[Mention]) -> Sequence[Mention]:
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda each: (not each.in_title, each.start, -each.end, each.phrase.rule)):
        last = kept[-1] if kept else None
        if last is None or last.in_title != mention.in_title or mention.start >= last.end:
            kept.append(mention)
    return kept


def worth(titles: int, abstracts: int) -> int:
    """How often its weight a rule or a phrase earns that a title and an abstract mention so many times."""
    return TITLE_POINTS * (titles > 0) + min(abstracts, MOST_MENTIONS)


def _idle(taxonomy: Taxonomy, title: str, abstract: str) -> Set[tuple[int, int]]:
    """The rules whose conditions do not hold, by the numbers of topic and rule."""
    if not taxonomy.conditions:
        return frozenset()
    found = {
        mention.phrase.words
        for text, in_title in ((title, True), (abstract, False))
        for mention in mentioned(taxonomy.conditional, text, in_title)
    }
    return {rule for rule, condition in taxonomy.conditions.items() if not condition.holds(found)}


def _by_rules(taxonomy: Taxonomy, title: str, abstract: str) -> dict[str, float]:
    """What each topic that has a phrase in the paper earns by its rules, in the order of the taxonomy."""
    found = counted(taxonomy, title, abstract)
    return {taxonomy.topics[topic].id: _score(mentioned) for topic, mentioned in found.items()}


def _features(taxonomy: Taxonomy, title: str, abstract: str, found: Mapping[str, float]) -> dict[str, int]:
    """Of the topics that the model has never heard of nothing is told, so that a new one moves no other."""
    model = taxonomy.learnt
    heard = {id: score for id, score in found.items() if id in model.starts} if model else found
    return learnt.text_features(title, abstract) | learnt.rule_features(heard, _central(heard))


def _known(taxonomy: Taxonomy, told: Mapping[str, int]) -> dict[str, float]:
    """The points of the topics that the model knows."""
    if taxonomy.learnt is None:
        return {}
    scores = taxonomy.learnt.scores(told)
    return {id: round(scores[id] / POINT, 2) for id in _known_ids(taxonomy)}


@lru_cache(maxsize=4)
def _known_ids(taxonomy: Taxonomy) -> tuple[str, ...]:
    model = taxonomy.learnt
    return tuple(topic.id for topic in taxonomy.topics if model and model.knows(topic))


def _first(taxonomy: Taxonomy, scores: Mapping[str, float]) -> tuple[Assignment, ...]:
    found = (Assignment(topic, scores[topic.id]) for topic in taxonomy.topics if topic.id in scores)
    return tuple(sorted(found, key=lambda each: -each.score)[:MOST_TOPICS])


def _central(found: Mapping[str, float]) -> dict[str, float]:
    """Those that fit by their rules."""
    least = max(ENOUGH, max(found.values(), default=0.0) * SHARE_OF_BEST)
    return {id: score for id, score in found.items() if score >= least}


def _score(mentioned: Iterable[Mention]) -> float:
    weights: dict[int, float] = {}
    titles: Counter[int] = Counter()
    abstracts: Counter[int] = Counter()
    for mention in mentioned:
        weights[mention.phrase.rule] = mention.phrase.weight
        (titles if mention.in_title else abstracts)[mention.phrase.rule] += 1
    return round(fsum(weights[rule] * worth(titles[rule], abstracts[rule]) for rule in sorted(weights)), 2)
