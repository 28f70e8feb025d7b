"""What people's corrections teach: a model that is nearer to the pages they confirmed than the one before.

:func:`lessons` finds the pages whose topics a person confirmed or changed, and :func:`retrained` fits a model to
them.  The package's model is the prior: ridge regression takes as little away from its weights, or adds to them,
as explains what people said, so a few corrections move few scores by much.  The same pages
give the same model, however often it is fitted.  Needs scikit-learn, the extra ``topics``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from generator import topics
from generator.content.paperpage import PaperPage, fingerprint
from generator.model import GeneratorError, Topic
from generator.topics import ENOUGH, learnt
from generator.topics.learnt import POINT, RULE, UNIT, Model
from generator.topics.taxonomy import Taxonomy

PRIOR: Final = 1.5  # how much the prior weighs against a page; a page's title and abstract have 1 each
RIGHT: Final = 6  # points that a topic should have where people gave it; where they did not, 0
CLEAR: Final = 1.5  # points above or below what is enough; what is as clear as that teaches nothing
_FITS: Final = 400  # the weight of a rule that fits in a topic that is new to the model: enough, with its start
_MISSING: Final = (
    "retrain: error: scikit-learn is not installed: run `pip install scikit-learn`, or install this project with its "
    "extra, `pip install .[topics]`"
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A paper whose topics a person saw to."""

    title: str
    abstract: str
    topics: frozenset[str]


def lessons(pages: Iterable[PaperPage]) -> tuple[Lesson, ...]:
    """What people confirmed (``topics_reviewed``) or corrected: topics that are not those last generated."""
    return tuple(
        Lesson(page.paper.title, page.paper.abstract, frozenset(page.paper.topics))
        for page in sorted(pages, key=lambda page: page.slug)
        if page.paper.topics_reviewed or is_corrected(page)
    )


def is_corrected(page: PaperPage) -> bool:
    """Whether the topics are other than the generator wrote them."""
    last = page.generated.get("topics")
    return list(map(fingerprint, page.paper.topics)) != (last if isinstance(last, list) else [])


def retrained(taxonomy: Taxonomy, taught_by: Sequence[Lesson]) -> Model:
    """The package's model, corrected by the lessons.

    A topic that it does not know, or knows by another definition, begins as its rules, as soon as one lesson has it.
    Raises GeneratorError where scikit-learn is missing.
    """
    base = _prior(taxonomy, {id for lesson in taught_by for id in lesson.topics})
    known = [topic.id for topic in taxonomy.topics if base.knows(topic)]
    own = replace(taxonomy, learnt=base)
    told = [topics.features(own, lesson.title, lesson.abstract) for lesson in taught_by]
    wrong = [_missing(base.scores(features), lesson, known) for features, lesson in zip(told, taught_by, strict=True)]
    if not known or not any(any(row) for row in wrong):
        return base
    words = [{name: value for name, value in features.items() if not name.startswith(RULE)} for features in told]
    change = dict(zip(known, _fitted(words, wrong), strict=True))
    columns = [_sum(column, change.get(id, {})) for id, column in learnt.columns(base).items()]
    return learnt.of_columns(base.definitions, base.starts, columns)


def _missing(scores: Mapping[str, int], lesson: Lesson, known: Sequence[str]) -> list[float]:
    """How many points each topic has too few or too many; none where it is clearly right."""
    return [_missing_points(round(scores[id] / POINT, 2), given=id in lesson.topics) for id in known]


def _missing_points(points: float, *, given: bool) -> float:
    if given:
        return RIGHT - points if points < ENOUGH + CLEAR else 0.0
    return -points if points > ENOUGH - CLEAR else 0.0


def _fitted(words: Sequence[Mapping[str, int]], wrong: Sequence[Sequence[float]]) -> list[dict[str, int]]:
    """For each topic, what is to be added to the weights of words."""
    try:
        from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415  (an extra: nothing else needs it)
        from sklearn.linear_model import Ridge  # noqa: PLC0415
    except ImportError:
        raise GeneratorError(_MISSING) from None
    vectors: Any = DictVectorizer()
    values = vectors.fit_transform([{name: value / UNIT for name, value in each.items()} for each in words])
    ridge = Ridge(alpha=PRIOR, fit_intercept=False, solver="sparse_cg", tol=1e-8).fit(values, list(map(list, wrong)))
    names = vectors.get_feature_names_out()
    weights = ridge.coef_.reshape(-1, len(names))
    unit = POINT // UNIT
    return [
        {str(name): round(unit * float(weight)) for name, weight in zip(names, row, strict=True)} for row in weights
    ]


def _prior(taxonomy: Taxonomy, taught: set[str]) -> Model:
    """The package's model, with the topics that it does not know and people taught as their rules have them."""
    base = learnt.renamed(learnt.shipped(), taxonomy.topics)
    new = {topic.id: topic for topic in taxonomy.topics if topic.id in taught and not base.knows(topic)}
    columns = dict(learnt.columns(base))
    columns |= {id: {f"{RULE}{id}:fits": _FITS} for id in new}
    starts = {**base.starts, **dict.fromkeys(new, 0)}
    definitions = {**base.definitions, **{id: learnt.definition(topic) for id, topic in new.items()}}
    return learnt.of_columns(definitions, starts, list(columns.values()))


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in (*one, *(set(other) - set(one)))}


@dataclass(frozen=True, slots=True)
class Change:
    """How many papers a topic gains and loses."""

    topic: Topic
    gained: int
    lost: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of topics, and how many papers have the same ones in another order."""

    topics: tuple[Change, ...]
    reordered: int


def changes(now: Iterable[PaperPage], then: Iterable[PaperPage], topics: Iterable[Topic]) -> Changes:
    """What a run makes of the topics of pages."""
    before = {page.slug: page.paper.topics for page in now}
    pairs = [(before[page.slug], page.paper.topics) for page in then if page.slug in before]
    gained = Counter(id for old, new in pairs for id in {*new} - {*old})
    lost = Counter(id for old, new in pairs for id in {*old} - {*new})
    changed = (Change(topic, gained[topic.id], lost[topic.id]) for topic in topics)
    return Changes(
        tuple(change for change in changed if change.gained or change.lost),
        sum({*old} == {*new} and old != new for old, new in pairs),
    )
