"""Which topics a paper is in, and why.

:func:`load` reads the rules of ``content/topics.yml``, phrases with a weight (see :mod:`generator.taxonomy`),
:func:`taught` adds what read papers taught (see :mod:`generator.learnt`), :func:`assign` puts a paper into
at most four topics, and :func:`explain` says in words what of the paper did it.  By the rules a paper earns

    weight x (4, if the title has a phrase of the rule, + its mentions in the abstract, at most 4)

from each rule.  It joins a topic at 3 points, unless its best topic has more
than three times as many.  Where phrases of one topic overlap, the one that starts
first counts, then the longest; so a longer phrase with weight 0 or less takes
its words away from a shorter one.

A topic that the model knows, by its id and its definition, gets the model's points
instead: the rules' are among what these are made of.  It joins at 3 points, too; where no topic does, the best one
does from 2.  A topic that the model does not know, or knows by another definition, goes by its rules
alone.  What a paper gets depends on its own text, not on other papers; only a new
``topics.yml`` or a new model changes it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from generator import learnt
from generator.learnt import POINT, RULE, TITLE, Model
from generator.model import Topic
from generator.phrases import Mention, mentions
from generator.taxonomy import Taxonomy, load

__all__ = ["MOST_TOPICS", "Assignment", "Reason", "Taxonomy", "assign", "explain", "load", "points", "taught"]

MOST_TOPICS: Final = 4
TITLE_POINTS: Final = 4
MOST_MENTIONS: Final = 4
ENOUGH: Final = 3.0
SHARE_OF_BEST: Final = 0.3
NEAREST: Final = 2.0  # the points that do where no topic has enough

_REASONS_SHOWN: Final = 4
_PHRASES_SHOWN: Final = 2  # where words were learnt, too
PLAIN: Final = re.compile(
    r"(?:(?:a|an|and|are|as|at|by|can|for|from|in|is|it|its|of|on|or|our|that|the|this|to|we|which|with)\b ?)+"
)


@dataclass(frozen=True, slots=True)
class Reason:
    """A phrase as the paper has it, and how often its title and its abstract do."""

    phrase: str
    title: int
    abstract: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """A topic of a paper; the reasons that weigh most come first, then the words that the model knows it by.

    ``beside`` is the name of a topic that it goes with, where the words alone do not tell.
    """

    topic: Topic
    score: float
    reasons: tuple[Reason, ...]
    words: tuple[str, ...] = ()
    beside: str = ""


@lru_cache(maxsize=4)  # taxonomies are kept by their files, and so are these
def taught(taxonomy: Taxonomy, model: Model | None = None) -> Taxonomy:
    """The taxonomy with what read papers taught: a project's own model, else the one that the package brings."""
    return replace(taxonomy, learnt=model or learnt.shipped())


def assign(taxonomy: Taxonomy, title: str, abstract: str) -> tuple[Assignment, ...]:
    """At most four topics, the most central first; none where nothing fits.

    Equal scores keep the order of the taxonomy.
    """
    return _assigned(taxonomy, title, abstract)


def points(taxonomy: Taxonomy, title: str, abstract: str) -> dict[str, float]:
    """What each topic of the taxonomy earns, by its id: 3 do."""
    found = _by_rules(taxonomy, title, abstract)
    told = {each.topic.id: each.score for each in found}
    known = _known(taxonomy, features(taxonomy, title, abstract))
    return {topic.id: known.get(topic.id, told.get(topic.id, 0.0)) for topic in taxonomy.topics}


def features(taxonomy: Taxonomy, title: str, abstract: str) -> dict[str, int]:
    """What a model is told of a paper: its words, and what the rules found."""
    return _features(title, abstract, _by_rules(taxonomy, title, abstract))


@lru_cache(maxsize=1 << 12)  # `digest build` asks twice for a new paper: when it is merged, and for its page
def _assigned(taxonomy: Taxonomy, title: str, abstract: str) -> tuple[Assignment, ...]:
    found = _by_rules(taxonomy, title, abstract)
    if taxonomy.learnt is None:
        return tuple(_first(_central(found)))
    told = _features(title, abstract, found)
    known = _known(taxonomy, told)
    enough = {id for id, score in known.items() if score >= ENOUGH}
    ruled = [each for each in _central(found) if each.topic.id not in known]
    if known and not enough and not ruled:
        nearest = max(known, key=lambda id: known[id])
        speaks = taxonomy.learnt.speaking_for(nearest, told)  # an empty paper is in no topic
        enough = {nearest} if speaks and known[nearest] >= NEAREST else set()
    of_rules = {each.topic.id: each for each in found}
    learned = (
        _learnt(taxonomy, replace(of_rules.get(topic.id, Assignment(topic, 0.0, ())), score=known[topic.id]), told)
        for topic in taxonomy.topics
        if topic.id in enough
    )
    order = {topic.id: at for at, topic in enumerate(taxonomy.topics)}
    return tuple(_first(sorted((*ruled, *learned), key=lambda each: order[each.topic.id])))


def explain(assignment: Assignment) -> str:
    """Why the paper is in the topic, in words: “medical” 4 times in the abstract; learnt from “patients”."""
    if not assignment.words and not assignment.beside:
        shown = assignment.reasons[:_REASONS_SHOWN]
        more = len(assignment.reasons) - len(shown)
        rest = [f"and {more} more {'phrase' if more == 1 else 'phrases'}"] if more else []
        return "; ".join([*map(_told, shown), *rest])
    shown = assignment.reasons[:_PHRASES_SHOWN]
    quoted = [f"“{word}”" for word in assignment.words[: _PHRASES_SHOWN - len(shown)]]
    learned = f"learnt from {', '.join(quoted)}" if quoted else ""
    beside = f"goes with “{assignment.beside}”" if not shown and not quoted else ""
    return "; ".join(part for part in (*map(_told, shown), learned, beside) if part)


def _by_rules(taxonomy: Taxonomy, title: str, abstract: str) -> list[Assignment]:
    """Every topic that has a phrase in the paper, in the order of the taxonomy."""
    of_topic: defaultdict[int, list[Mention]] = defaultdict(list)
    for text, in_title in ((title, True), (abstract, False)):
        for mention in mentions(taxonomy.phrases, text, in_title):
            of_topic[mention.phrase.topic].append(mention)
    return [_assignment(taxonomy.topics[topic], of_topic[topic]) for topic in sorted(of_topic)]


def _features(title: str, abstract: str, found: Iterable[Assignment]) -> dict[str, int]:
    scores = {each.topic.id: each.score for each in found}
    fitting = [each.topic.id for each in _central(found)]
    return learnt.text_features(title, abstract) | learnt.rule_features(scores, fitting)


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


def _learnt(taxonomy: Taxonomy, found: Assignment, told: Mapping[str, int]) -> Assignment:
    """The assignment with the words that the model knows the topic by and that no phrase shows already."""
    if taxonomy.learnt is None:
        return found
    speaking = taxonomy.learnt.speaking_for(found.topic.id, told)
    words = [feature.removeprefix(TITLE) for feature in speaking if not feature.startswith(RULE)]
    others = (feature.split(":")[1] for feature in speaking if feature.startswith(RULE))
    beside = next((taxonomy.names[id].name for id in others if id in taxonomy.names and id != found.topic.id), "")
    telling = _telling((word for word in words if not PLAIN.fullmatch(word)), found.reasons)
    silent = not (telling or beside or found.reasons)
    return replace(found, words=tuple(words[:1] if silent else telling), beside=beside)


def _telling(words: Iterable[str], reasons: Iterable[Reason]) -> list[str]:
    """The first words that are no part of another nor of a phrase that is shown."""
    shown = [reason.phrase.lower() for reason in reasons]
    telling: list[str] = []
    for word in words:
        if not any(word in other or other in word for other in (*shown, *telling)):
            telling.append(word)
        if len(telling) == _PHRASES_SHOWN:
            break
    return telling


def _first(assignments: Iterable[Assignment]) -> list[Assignment]:
    return sorted(assignments, key=lambda found: -found.score)[:MOST_TOPICS]


def _central(assignments: Iterable[Assignment]) -> list[Assignment]:
    """Those that fit by their rules."""
    found = tuple(assignments)
    least = max(ENOUGH, max((each.score for each in found), default=0.0) * SHARE_OF_BEST)
    return [each for each in found if each.score >= least]


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
