"""Why a paper is in a topic, in words: “medical” 4 times in the abstract; learnt from “patients”.

The phrases of the topic's rules that the paper has speak first, the weightiest before others.  Of a topic that the
model knows (see :mod:`generator.topics.learnt`) two are shown; where there are fewer, words that it learnt make them
up to two, and where there are none of either, it says which topic this one goes with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from generator import topics
from generator.model import Paper
from generator.topics.learnt import PLAIN, RULE, TITLE, Model, text_features
from generator.topics.mentions import Mention, shown
from generator.topics.taxonomy import Taxonomy

_BY_HAND: Final = "chosen by a person"
_CONFIRMED: Final = "confirmed by a person"
_EARLIER: Final = "given by earlier rules, or for an earlier text"
_ALONE: Final = 4  # phrases that are shown of a topic that only has rules
_BESIDE_WORDS: Final = 2  # phrases and words together, where words were learnt, too


class Reason(NamedTuple):
    """A phrase as the paper has it, and how often its title and its abstract do."""

    phrase: str
    title: int
    abstract: int


def why(taxonomy: Taxonomy, paper: Paper, given: Container[str]) -> dict[str, str]:
    """Why a paper is in each of its topics, a line each, by their ids; of those, the generator has ``given`` some."""
    asked = [id for id in paper.topics if id in given and id in taxonomy.names]
    found = reasons(taxonomy, asked, paper.title, paper.abstract)
    told = {id: _speaking(taxonomy, id, paper, found[id]) for id in asked}
    otherwise = _CONFIRMED if paper.topics_reviewed else _EARLIER
    return {id: (told.get(id) or otherwise) if id in given else _BY_HAND for id in paper.topics}


def _speaking(taxonomy: Taxonomy, id: str, paper: Paper, found: Sequence[Reason]) -> str:
    model = taxonomy.learnt
    if model is None or not model.knows(taxonomy.names[id]):
        more = len(found) - _ALONE
        rest = [f"and {more} more {'phrase' if more == 1 else 'phrases'}"] if more > 0 else []
        return "; ".join([*map(_told, found[:_ALONE]), *rest])
    told = [*map(_told, found[:_BESIDE_WORDS])]
    if missing := _BESIDE_WORDS - len(told):
        features = _text_features(paper.title, paper.abstract)
        words = [feature.removeprefix(TITLE) for feature in model.speaking_for(id, features)]
        quoted = _telling(words, found)[:missing]
        if not told and not quoted:
            return _beside(taxonomy, model, id, paper) or _quoted(words[:1])
        told += [_quoted(quoted)] if quoted else []
    return "; ".join(told)


def reasons(taxonomy: Taxonomy, ids: Iterable[str], title: str, abstract: str) -> dict[str, Sequence[Reason]]:
    """The phrases that speak for each topic, the weightiest first, among equals that which the paper has first."""
    places = {taxonomy.place[id]: id for id in ids}
    found = topics.counted(taxonomy, title, abstract, places.keys())
    return {id: _ranked(found.get(place, ()), title, abstract) for place, id in places.items()}


def _ranked(found: Iterable[Mention], title: str, abstract: str) -> Sequence[Reason]:
    speaking = [
        (shown(mention, title if mention.in_title else abstract), mention)
        for mention in found
        if mention.phrase.weight > 0
    ]
    weights = {phrase: mention.phrase.weight for phrase, mention in speaking}
    titles = Counter(phrase for phrase, mention in speaking if mention.in_title)
    abstracts = Counter(phrase for phrase, mention in speaking if not mention.in_title)
    ranked = sorted(weights, key=lambda phrase: -weights[phrase] * topics.worth(titles[phrase], abstracts[phrase]))
    return tuple(Reason(phrase, titles[phrase], abstracts[phrase]) for phrase in ranked)


@lru_cache(maxsize=1)  # each of a paper's topics may ask for them
def _text_features(title: str, abstract: str) -> dict[str, int]:
    return text_features(title, abstract)


def _telling(words: Iterable[str], found: Iterable[Reason]) -> list[str]:
    """The first words that say something, and are no part of another nor of a phrase, which may have hyphens."""
    phrases = [reason.phrase.lower().replace("-", " ") for reason in found]
    telling: list[str] = []
    for word in map(_without_plain, words):
        known = (*phrases, *telling)
        if word and not any(word in other or other in word for other in known):
            telling.append(word)
        if len(telling) == _BESIDE_WORDS:
            break
    return telling


def _without_plain(feature: str) -> str:
    """A word or a pair without words that tell nothing."""
    return " ".join(word for word in feature.split() if not PLAIN.fullmatch(word))


def _beside(taxonomy: Taxonomy, model: Model, id: str, paper: Paper) -> str:
    """The topic that speaks most for this one, where its rules find something."""
    speaking = model.speaking_for(id, topics.features(taxonomy, paper.title, paper.abstract))
    others = (feature.split(":")[1] for feature in speaking if feature.startswith(RULE))
    name = next((taxonomy.names[other].name for other in others if other in taxonomy.names and other != id), "")
    return f"goes with “{name}”" if name else ""


def _quoted(words: Iterable[str]) -> str:
    told = ", ".join(f"“{word}”" for word in words)
    return f"learnt from {told}" if told else ""


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
