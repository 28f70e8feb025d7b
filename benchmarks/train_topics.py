"""Train the model of topics that the package brings, from papers that were read and a corpus that was not.

    python benchmarks/train_topics.py [--labelled FILE ...] [--corpus FILE] [--output FILE]

Needs the extra: `pip install .[topics]`.  ``--labelled`` are JSON Lines with ``topics`` and either ``title`` and
``abstract`` or the ``id`` of a paper of the corpus, whose fields are those of the `daily_papers` API.

Ridge regression on words, pairs, rules and 200 latent subjects of the corpus (truncated SVD) is the teacher; its
weights for subjects are then told as weights of words, since subjects are sums of words, and the heaviest are kept, so
that what is shipped is one sparse weight for a word and a topic.  The strength of the prior and the points that it
takes are chosen by leaving out each labelled paper that was drawn at random in turn, which ridge regression does in
one go.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy import sparse
from scipy.linalg import lapack
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction import DictVectorizer

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generator import topics  # noqa: E402
from generator.topics import (  # noqa: E402
    MOST_TOPICS,
    Taxonomy,
    learnt,
)
from generator.topics.learnt import RULE, TITLE, UNIT, Model  # noqa: E402

CORPUS: Final = ROOT / "../shared/digests/scale/hf_papers.jsonl"
LABELLED: Final = (ROOT / "../shared/topics-labelled.jsonl", ROOT / "benchmarks/topics-read.jsonl")
OUTPUT: Final = ROOT / "generator/data/topics-learnt.json"

SUBJECTS: Final = 200
RARE_IN_TITLES: Final = 5  # what fewer papers have is not looked at
RARE: Final = 10
RULES_SHARE: Final = 0.02  # how far the prior trusts rules, where words have 1
SUBJECTS_SHARE: Final = 2.0
TITLES_SHARE: Final = 0.3  # of a title's words in subjects, which titles are too short to show
KEPT: Final = 3500  # words a topic
START: Final = 0.05  # the same for what is added to all
RARE_COUNTS: Final = 0.3  # the power by which the papers of a rare topic count more
PRIORS: Final = (1.0, 2.0)
THRESHOLDS: Final = tuple(n / 100 for n in range(26, 61, 2))
STEEPNESS: Final = 8  # points that the score of a certain topic is above that of a certainly wrong one

Matrix = Any  # of numpy or scipy, which have no common type


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, with its topics if somebody read it; ``drawn`` at random, not because it was likely to have a topic."""

    title: str
    abstract: str
    topics: frozenset[str] = frozenset()
    read: bool = False
    drawn: bool = True


@dataclass(frozen=True, slots=True)
class Corpus:
    """All papers as numbers: values of words with the rare ones heavier, latent subjects, and what the rules say."""

    papers: tuple[Paper, ...]
    ids: tuple[str, ...]
    names: tuple[str, ...]
    rarity: Matrix
    words: Matrix
    directions: Matrix
    subjects: Matrix
    rule_names: tuple[str, ...]
    rules: Matrix
    labels: Matrix


@dataclass(frozen=True, slots=True)
class Taught:
    """Weights of words and of rules and a start, which add up to about 0 or 1 for each topic; and what is enough."""

    words: Matrix
    rules: Matrix
    start: Matrix
    enough: Matrix


def read_papers(labelled: Iterable[Path], corpus: Path) -> tuple[Paper, ...]:
    """The papers that were read, in the order of the files, then the rest of the corpus."""
    unread = {item["id"]: item for item in _lines(corpus)}
    told = [item for file in labelled for item in _lines(file)]
    papers = [_paper(item, unread) for item in told]
    seen = {item.get("id") or item.get("arxiv") for item in told}
    titles = {paper.title.lower() for paper in papers}
    rest = (item for id, item in unread.items() if id not in seen and item["title"].lower() not in titles)
    return (*papers, *(Paper(item["title"], item["summary"]) for item in rest))


def _paper(item: Mapping[str, Any], corpus: Mapping[str, Mapping[str, Any]]) -> Paper:
    text = corpus[item["id"]] if "id" in item else item
    abstract = text["summary"] if "id" in item else text["abstract"]
    drawn = not item.get("targeted", False) and "seed" not in item
    return Paper(text["title"], abstract, frozenset(item["topics"]), read=True, drawn=drawn)


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def numbered(taxonomy: Taxonomy, papers: Sequence[Paper]) -> Corpus:
    """The papers as numbers; nothing here looks at labels but to copy them."""
    told = [topics.features(taxonomy, paper.title, paper.abstract) for paper in papers]
    vectors = DictVectorizer(dtype=np.float64)
    values = vectors.fit_transform(told).tocsc() / UNIT
    all_names = vectors.get_feature_names_out()
    mentioned = np.diff(values.indptr)
    of_rules = np.array([name.startswith(RULE) for name in all_names])
    least = np.array([RARE_IN_TITLES if name.startswith(TITLE) else RARE for name in all_names])
    common = (mentioned >= least) & ~of_rules
    rarity = np.log((1 + len(papers)) / (1 + mentioned[common]))
    words = (values[:, common] @ sparse.diags(rarity)).tocsr()
    names = tuple(all_names[common])
    titled = np.array([name.startswith(TITLE) for name in names])
    mean = np.sqrt([_squares(words[:, ~titled]).mean(), _squares(words[:, titled]).mean()])
    scale = np.where(titled, 1 / mean[1], 1 / mean[0])  # titles weigh as much as abstracts
    words, rarity = (words @ sparse.diags(scale)).tocsr(), rarity * scale
    quieter = sparse.diags(np.where(titled, TITLES_SHARE, 1))
    svd = TruncatedSVD(SUBJECTS, n_iter=4, random_state=0).fit(words @ quieter)
    directions = quieter @ svd.components_.T
    subjects = words @ directions
    length = np.sqrt((subjects**2).sum(1).mean())
    ids = tuple(taxonomy.names)
    labels = np.array([[id in paper.topics for id in ids] for paper in papers if paper.read], dtype=np.float64)
    rules = np.asarray(values[:, of_rules].todense())
    return Corpus(
        tuple(papers), ids, names, rarity, words, directions / length, subjects / length,
        tuple(all_names[of_rules]), rules, labels,
    )  # fmt: skip


def _squares(matrix: Matrix) -> Matrix:
    return np.asarray(matrix.multiply(matrix).sum(1)).ravel()


def taught(corpus: Corpus, rows: Matrix) -> Taught:
    """What the papers of these rows teach, all of them read."""
    words, subjects, rules = corpus.words[rows], corpus.subjects[rows], corpus.rules[rows]
    alike = (words @ words.T).toarray() + SUBJECTS_SHARE * subjects @ subjects.T + RULES_SHARE * rules @ rules.T + START
    labels = corpus.labels[rows]
    drawn = np.array([corpus.papers[row].drawn for row in rows])
    fits = [_fitted(alike, labels, prior) for prior in PRIORS]
    chosen = max(
        ((fit, enough) for fit in fits for enough in _thresholds(fit.left_out[drawn], labels[drawn])),
        key=lambda pair: f1(decided(pair[0].left_out[drawn] - pair[1]), labels[drawn]),
    )
    dual = chosen[0].dual
    by_words = words.T @ dual + SUBJECTS_SHARE * corpus.directions @ (subjects.T @ dual)
    return Taught(by_words, RULES_SHARE * rules.T @ dual, chosen[0].mean + START * dual.sum(0), chosen[1])


@dataclass(frozen=True, slots=True)
class Fit:
    """The weight of each paper for each topic, what is added to all, and each paper's scores by a fit without it."""

    dual: Matrix
    mean: Matrix
    left_out: Matrix


def _fitted(alike: Matrix, labels: Matrix, prior: float) -> Fit:
    """Ridge regression for each topic; the papers of a rare topic count more, or it would hardly ever be found."""
    dual, left_out, means = np.zeros_like(labels), np.zeros_like(labels), np.zeros(labels.shape[1])
    for number, label in enumerate(labels.T):
        share = label.mean()
        weight = np.where(label > 0, ((1 - share) / max(share, 1e-3)) ** RARE_COUNTS, 1.0)
        weight /= weight.mean()
        means[number] = np.average(label, weights=weight)
        inverse = _inverse(alike + prior * np.diag(1 / weight))
        dual[:, number] = inverse @ (label - means[number])
        left_out[:, number] = label - dual[:, number] / np.diag(inverse)
    return Fit(dual, means, left_out)


def _inverse(matrix: Matrix) -> Matrix:
    """The inverse of a symmetric matrix all of whose eigenvalues are above 0, by its Cholesky factor."""
    factor, _ = lapack.dpotrf(matrix, lower=True)
    lower, _ = lapack.dpotri(factor, lower=True)
    return lower + np.tril(lower, -1).T


def _thresholds(scores: Matrix, labels: Matrix) -> list[Matrix]:
    """What may be enough: halfway from one score for all to those that give each topic as many papers as it has."""
    ranked = np.sort(scores, axis=0)[::-1]
    own = ranked[np.maximum(labels.sum(0).astype(int) - 1, 0), np.arange(labels.shape[1])]
    return [(one + own) / 2 for one in THRESHOLDS]


def decided(scores: Matrix) -> Matrix:
    """Which topics papers with these scores get: those above 0, or the best; few at most."""
    order = np.argsort(-scores, axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    return ((scores >= 0) & (rank < MOST_TOPICS)) | (rank == 0)


def f1(found: Matrix, labels: Matrix) -> float:
    right = float((found * labels).sum())
    return 2 * right / float(found.sum() + labels.sum())


def model(taxonomy: Taxonomy, corpus: Corpus, told: Taught, kept: int = KEPT) -> Model:
    """What is shipped of it: the heaviest words of each topic, in whole numbers."""
    by_words = told.words * corpus.rarity[:, None]  # weights of values, no longer of values times rarity
    used = np.sqrt(_squares(corpus.words.T.tocsr()) / len(corpus.papers)) / corpus.rarity
    scores = corpus.words @ told.words + corpus.rules @ told.rules + told.start
    columns: list[dict[str, int]] = []
    starts: dict[str, int] = {}
    for number, id in enumerate(corpus.ids):
        weight = np.abs(by_words[:, number]) * used
        light = np.argsort(-weight, kind="stable")[kept:]
        words = told.words[:, number].copy()
        words[light] = 0
        column = {corpus.names[at]: _whole(by_words[at, number]) for at in np.flatnonzero(words)}
        columns.append(column | {n: _whole(w) for n, w in zip(corpus.rule_names, told.rules[:, number], strict=True)})
        lighter = corpus.words @ words + corpus.rules @ told.rules[:, number]
        starts[id] = 300 - _whole(_cut(lighter, int((scores[:, number] >= told.enough[number]).sum())))
    definitions = {topic.id: learnt.definition(topic) for topic in taxonomy.topics}
    return learnt.of_columns(definitions, starts, columns)


def _cut(scores: Matrix, count: int) -> float:
    """The score that so many papers of the corpus reach: what is lighter puts as many into a topic as before."""
    ranked = np.sort(scores)[::-1]
    return float(ranked[max(0, count - 1)] + ranked[min(count, len(ranked) - 1)]) / 2


def _whole(weight: float) -> int:
    return round(100 * STEEPNESS * float(weight))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Train the model of topics that the package brings.")
    parser.add_argument("--labelled", nargs="+", type=Path, default=LABELLED)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--rules", type=Path, default=ROOT / "content/topics.yml")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args(arguments)
    taxonomy = topics.load(options.rules.read_text("utf-8"), str(options.rules))
    corpus = numbered(taxonomy, read_papers(options.labelled, options.corpus))
    made = learnt.written(model(taxonomy, corpus, taught(corpus, np.arange(len(corpus.labels)))))
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(made, encoding="utf-8", newline="\n")
    print(
        f"{options.output}: {len(made.encode()):,} bytes; {len(corpus.labels)} of {len(corpus.papers)} papers were read"
    )


if __name__ == "__main__":
    main()
