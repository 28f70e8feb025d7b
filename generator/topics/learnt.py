"""What read papers taught: for each topic, how much each word speaks for it or against.

A :class:`Model` is linear, in whole numbers from end to end, so every machine gets the same scores: a
topic's points are its start plus value times weight of each feature of the paper.  Features are the words
and adjacent pairs of the abstract, those of the title apart (``title:word``), and what the rules of
``topics.yml`` gave each topic (``rule:ID:points`` and the like, see :func:`rule_features`).  The value of a word
grows with the logarithm of its mentions, and all of a text have the length 1,000, however long it is, unless it is
very short.

The package brings a model in ``generator/data/``; a project's own is ``content/topics-learnt.json``, which
`digest topics retrain` writes.  Either is JSON Lines: a line for each topic, then one for each feature, in
order, ``["forget set", 24, 310, 25, -40]``: a feature, and by turns the number of a topic and a weight.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from math import isqrt
from typing import Final

from generator.content.yamltext import refuse_conflicts
from generator.model import ContentError, Place, Topic

UNIT: Final = 1000  # the length of a text, and the value of a rule that fits
POINT: Final = 100 * UNIT  # a topic's points are told in hundred-thousandths
TITLE: Final = "title:"
RULE: Final = "rule:"

PLAIN: Final = re.compile(
    r"a|an|and|are|as|at|be|by|can|for|from|has|have|how|in|into|is|it|its|not|of|on|onto|or|our|s|than|that|the|their|"
    r"these|they|this|those|to|toward|towards|under|up|upon|via|was|we|were|what|when|where|which|while|with|within|without"
)  # words that tell nothing

_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST: Final = 40  # letters; what is longer is no word
_LOGARITHMS: Final = (0, 10, 17, 21, 24, 26, 28, 29, 31)  # of 0, 1, 2 ... mentions
_SHORT_TITLE: Final = 20  # the length of about two words
_SHORT_ABSTRACT: Final = 100  # of fifty: a sentence alone tells little
_MOST_POINTS: Final = 16
_HEAVIEST: Final = 10**7
_BITS: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """``definitions`` and ``starts``: a hash of each topic and its first points, by id, in the order of numbers."""

    definitions: Mapping[str, str]
    starts: Mapping[str, int]
    weights: Mapping[str, tuple[tuple[int, int], ...]]

    def knows(self, topic: Topic) -> bool:
        """Whether the topic is the one that the papers were read for: the same id and the same definition."""
        return self.definitions.get(topic.id) == definition(topic)

    def scores(self, features: Mapping[str, int]) -> dict[str, int]:
        """How much speaks for each topic; a :data:`POINT` is a point."""
        rows = _rows(self)
        total = _row(enumerate(start * UNIT for start in self.starts.values()))
        for feature in features.keys() & rows.keys():
            total += features[feature] * rows[feature]
        return dict(zip(self.starts, _numbers(total, len(self.starts)), strict=True))

    def speaking_for(self, topic: str, features: Mapping[str, int]) -> list[str]:
        """The features that speak for a topic, the weightiest first, among equals in the order of the alphabet."""
        column = columns(self)[topic]
        told = {name: features[name] * column[name] for name in features.keys() & column.keys() if column[name] > 0}
        return sorted(told, key=lambda name: (-told[name], name))


# A number of each topic side by side in one whole number, so that one multiplication and one addition do for all.


@lru_cache(maxsize=4)
def _rows(model: Model) -> Mapping[str, int]:
    """The weights of each feature."""
    return {feature: _row(weights) for feature, weights in model.weights.items()}


def _row(numbers: Iterable[tuple[int, int]]) -> int:
    return sum(number << _BITS * at for at, number in numbers)


def _numbers(row: int, count: int) -> list[int]:
    """The numbers of a row, each of which may be below 0 and is far from filling its place."""
    half = 1 << _BITS - 1
    above_zero = row + _row((at, half) for at in range(count))
    return [(above_zero >> _BITS * at & 2 * half - 1) - half for at in range(count)]


@lru_cache(maxsize=4)
def columns(model: Model) -> Mapping[str, Mapping[str, int]]:
    """The weights of each topic by feature."""
    told: dict[str, dict[str, int]] = {id: {} for id in model.starts}
    ids = tuple(model.starts)
    for feature, weights in model.weights.items():
        for number, weight in weights:
            told[ids[number]][feature] = weight
    return told


def definition(topic: Topic) -> str:
    """A short hash of what a topic is said to be: of the words that tell something, in any case and punctuation.

    Its name and its rules may change.
    """
    words = (word for word in _words(topic.description) if not PLAIN.fullmatch(word))
    return sha256(" ".join(words).encode()).hexdigest()[:8]


def text_features(title: str, abstract: str) -> dict[str, int]:
    """The words and pairs of a paper with their values."""
    told = _valued(_words(abstract), _SHORT_ABSTRACT)
    return told | {TITLE + name: value for name, value in _valued(_words(title), _SHORT_TITLE).items()}


def rule_features(points: Mapping[str, float], fitting: Iterable[str]) -> dict[str, int]:
    """What the rules say: the root of the points of each topic, its share of the best, and whether it fits."""
    hundredths = {id: min(round(100 * score), 100 * _MOST_POINTS) for id, score in points.items() if score > 0}
    best = max(hundredths.values(), default=0)
    told = {f"{RULE}{id}:points": 100 * isqrt(score) for id, score in hundredths.items()}
    told |= {f"{RULE}{id}:share": UNIT * score // max(best, 300) for id, score in hundredths.items()}
    return told | {f"{RULE}{id}:fits": UNIT for id in fitting}


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if len(word) <= _LONGEST]


def _valued(words: Sequence[str], short: int) -> dict[str, int]:
    """Words and pairs with their values; of a text that is ``short`` each counts no more than of one of that length."""
    mentions = Counter([*words, *map(" ".join, pairwise(words))])
    of_count = {count: _LOGARITHMS[min(count, len(_LOGARITHMS) - 1)] for count in set(mentions.values())}
    length = max(100 * short, isqrt(10_000 * sum(of_count[count] ** 2 for count in mentions.values())))
    values = {count: 100 * UNIT * value // length for count, value in of_count.items()}
    return {name: values[count] for name, count in mentions.items()}


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model that comes with the package."""
    file = files("generator") / "data" / "topics-learnt.json"
    return read(file.read_text("utf-8"), "generator/data/topics-learnt.json")


@lru_cache(maxsize=2)
def read(text: str, file: str) -> Model:
    """The model that a file tells.  Raises ContentError with the line of what is wrong."""
    try:
        refuse_conflicts(text, file)
    except ContentError as error:
        raise ContentError(error.place, "two branches learnt here: run `digest topics retrain`") from None
    definitions: dict[str, str] = {}
    starts: dict[str, int] = {}
    weights: dict[str, tuple[tuple[int, int], ...]] = {}
    for at, line in enumerate(text.splitlines(), 1):
        match _parsed(line):
            case {"topic": str(id), "definition": str(hash_), "start": int(start)} if id not in starts and not weights:
                definitions[id], starts[id] = hash_, start
            case [str(feature), *numbers] if feature not in weights and (pairs := _pairs(numbers, len(starts))):
                weights[feature] = pairs
            case _:
                raise ContentError(
                    Place(file, at),
                    "this is no line of what was learnt: run `digest topics retrain`, or delete the file",
                )
    if not starts:
        raise ContentError(Place(file), "nothing is learnt here: run `digest topics retrain`, or delete the file")
    return Model(definitions, starts, weights)


def written(model: Model) -> str:
    """The text of a model's file."""
    topics = ({"topic": id, "definition": hash_, "start": model.starts[id]} for id, hash_ in model.definitions.items())
    features = ([name, *(number for pair in told for number in pair)] for name, told in sorted(model.weights.items()))
    lines = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in (*topics, *features))
    return "".join(f"{line}\n" for line in lines)


def renamed(model: Model, now: Iterable[Topic]) -> Model:
    """The model with the ids that its topics have now, as their aliases tell, also where it heeds their rules."""
    new = (topic for topic in now if topic.id not in model.starts)
    ids = {old: topic.id for topic in new for old in topic.aliases if old in model.starts}
    if not ids:
        return model
    return Model(
        {ids.get(id, id): hash_ for id, hash_ in model.definitions.items()},
        {ids.get(id, id): start for id, start in model.starts.items()},
        {_renamed(feature, ids): weights for feature, weights in model.weights.items()},
    )


def _renamed(feature: str, ids: Mapping[str, str]) -> str:
    if not feature.startswith(RULE):
        return feature
    id, told = feature.removeprefix(RULE).rsplit(":", 1)
    return f"{RULE}{ids.get(id, id)}:{told}"


def of_columns(
    definitions: Mapping[str, str], starts: Mapping[str, int], weights: Iterable[Mapping[str, int]]
) -> Model:
    """The model whose topics have these weights by feature, topic by topic; weights of 0 are left out."""
    told: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, column in enumerate(weights):
        for feature, weight in column.items():
            if weight:
                told[feature].append((number, weight))
    return Model(definitions, starts, {feature: tuple(told[feature]) for feature in sorted(told)})


def _parsed(line: str) -> object:
    try:
        parsed: object = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return parsed


def _pairs(numbers: Sequence[object], topics: int) -> tuple[tuple[int, int], ...]:
    """Pairs of the number of a topic, rising, and a weight; none where these are anything else."""
    whole = [number for number in numbers if isinstance(number, int) and abs(number) <= _HEAVIEST]
    if len(whole) != len(numbers) or len(whole) % 2:
        return ()
    rising = all(first < second for first, second in pairwise((-1, *whole[::2], topics)))
    return tuple(zip(whole[::2], whole[1::2], strict=True)) if rising else ()
