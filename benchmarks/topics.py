"""How well and how fast the rules and the model find the topics that a careful reader gave.

    python benchmarks/topics.py [LABELLED] [--rules RULES] [--rules-alone] [--hold-out | --cross-validate]

``LABELLED`` is JSON Lines with ``title``, ``abstract`` and ``topics`` (ids).  Topics count as sets, so their order is
not judged.  What the model was trained on is no measure of papers that nobody has seen: ``--hold-out`` judges all by
a model that ``train_topics.py`` makes from ``benchmarks/topics-read.jsonl`` alone.  ``--cross-validate`` parts the
papers in five by a hash of the title, and judges each fifth by a model made without it, from the rest and from
``topics-read.jsonl``; beside it a plain baseline, TF-IDF with logistic regression, by the same fifths.  Both take the
extra `topics`, the large corpus and many minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import process_time
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDS: Final = 5
sys.path.insert(0, str(ROOT))

from generator import topics as assigning  # noqa: E402  (so that it runs without an installation)
from generator.topics import Taxonomy, assign, load  # noqa: E402


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paper and the topics that a reader gave it; the seeds' papers were not drawn at random."""

    title: str
    abstract: str
    topics: frozenset[str]
    drawn: bool = True

    @property
    def fold(self) -> int:
        return sha256(self.title.encode()).digest()[-1] % FOLDS


@dataclass(frozen=True, slots=True)
class Tally:
    """How many topics were found and right, found and wrong, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def row(self, name: str) -> str:
        figures = f"{self.f1:6.3f} {self.precision:9.3f} {self.recall:7.3f}"
        return f"{name:24} {figures} {self.right:6} {self.wrong:6} {self.missed:6}"


Judged = tuple[Labelled, frozenset[str]]


def read(text: str) -> tuple[Labelled, ...]:
    """The labelled papers of a JSON Lines text."""
    records = [json.loads(line) for line in text.splitlines() if line.strip()]
    return tuple(
        Labelled(item["title"], item["abstract"], frozenset(item["topics"]), "seed" not in item) for item in records
    )


def judge(taxonomy: Taxonomy, papers: Iterable[Labelled]) -> list[Judged]:
    """Each paper with the topics that it is given."""
    return [(paper, _found(taxonomy, paper)) for paper in papers]


def tally(judged: Iterable[Judged], topics: frozenset[str]) -> Tally:
    """The count over all papers, of ``topics`` only."""
    pairs = [(paper.topics & topics, found & topics) for paper, found in judged]
    right = sum(len(given & found) for given, found in pairs)
    wrong = sum(len(found - given) for given, found in pairs)
    missed = sum(len(given - found) for given, found in pairs)
    return Tally(right, wrong, missed)


def _found(taxonomy: Taxonomy, paper: Labelled) -> frozenset[str]:
    return frozenset(found.topic.id for found in assign(taxonomy, paper.title, paper.abstract))


def cross_validated(taxonomy: Taxonomy, papers: Sequence[Labelled], labelled: Path, parts: int) -> list[Judged]:
    """Each paper judged by a model that was trained without its part; of one part, without any of the papers."""
    import numpy as np  # noqa: PLC0415  (an extra)
    import train_topics  # noqa: PLC0415

    files = (labelled, ROOT / "benchmarks/topics-read.jsonl")
    corpus = train_topics.numbered(taxonomy, train_topics.read_papers(files, train_topics.CORPUS))
    of_papers = [paper.fold % parts for paper in papers]
    part_of = np.array(of_papers + [parts] * (len(corpus.labels) - len(papers)))
    judged: list[Judged] = []
    for part in range(parts):
        model = train_topics.model(taxonomy, corpus, train_topics.taught(corpus, np.flatnonzero(part_of != part)))
        its = [paper for paper, number in zip(papers, of_papers, strict=True) if number == part]
        judged += judge(assigning.taught(taxonomy, model), its)
    return judged


def baseline(taxonomy: Taxonomy, papers: Sequence[Labelled]) -> list[Judged]:
    """The same by plain TF-IDF with logistic regression; what is enough is chosen inside each fold."""
    import numpy as np  # noqa: PLC0415  (an extra)
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.metrics import f1_score  # noqa: PLC0415
    from sklearn.model_selection import cross_val_predict  # noqa: PLC0415
    from sklearn.multiclass import OneVsRestClassifier  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415

    ids = tuple(taxonomy.names)
    judged: list[Judged] = []
    for fold in range(FOLDS):
        train, test = ([paper for paper in papers if (paper.fold == fold) is here] for here in (False, True))
        texts = [_text(paper) for paper in train]
        labels = np.array([[id in paper.topics for id in ids] for paper in train])
        regression = OneVsRestClassifier(LogisticRegression(C=10, class_weight="balanced", solver="liblinear"))
        made = make_pipeline(
            TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2, ngram_range=(1, 2)), regression
        )
        inner = cross_val_predict(made, texts, labels, cv=3, method="predict_proba")
        enough = max(
            (n / 100 for n in range(5, 50, 5)), key=lambda least: f1_score(labels, inner >= least, average="micro")
        )
        found = made.fit(texts, labels).predict_proba([_text(paper) for paper in test]) >= enough
        judged += [(paper, frozenset(np.array(ids)[row])) for paper, row in zip(test, found, strict=True)]
    return judged


def _text(paper: Labelled) -> str:
    return f"{paper.title} {paper.abstract}"


def _report(taxonomy: Taxonomy, judged: Sequence[Judged]) -> list[str]:
    every = frozenset(taxonomy.names)
    drawn = [pair for pair in judged if pair[0].drawn]
    return [
        f"{'':24} {'F1':>6} {'precision':>9} {'recall':>7} {'right':>6} {'wrong':>6} {'missed':>6}",
        tally(judged, every).row(f"all {len(judged)} papers"),
        tally(drawn, every).row(f"{len(drawn)} drawn at random"),
        "",
        *(tally(judged, frozenset([topic.id])).row(topic.id) for topic in taxonomy.topics),
        "",
        f"{sum(not found for _, found in judged)} papers without a topic",
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="How well the topics are found that a reader gave.")
    parser.add_argument("labelled", nargs="?", type=Path, default=ROOT / "../shared/topics-labelled.jsonl")
    parser.add_argument("--rules", type=Path, default=ROOT / "content/topics.yml")
    parser.add_argument("--rules-alone", action="store_true", help="without the model")
    parser.add_argument("--hold-out", action="store_true", help="train anew, without any of the papers")
    parser.add_argument("--cross-validate", action="store_true", help="train anew, without each fifth in turn")
    options = parser.parse_args(arguments)
    rules = load(options.rules.read_text("utf-8"), str(options.rules))
    papers = read(options.labelled.read_text("utf-8"))
    if options.hold_out:
        print("\n".join(_report(rules, cross_validated(rules, papers, options.labelled, 1))))
        return
    if options.cross_validate:
        found = cross_validated(rules, papers, options.labelled, FOLDS)
        plain = baseline(rules, papers)
        print("\n".join([*_report(rules, found), "", tally(plain, frozenset(rules.names)).row("plain baseline")]))
        return
    taxonomy = rules if options.rules_alone else assigning.taught(rules)
    start = process_time()
    judged = judge(taxonomy, papers)
    seconds = process_time() - start
    print("\n".join(_report(taxonomy, judged)))
    print(f"{1000 * seconds / max(1, len(judged)):.2f} seconds of the processor per 1,000 papers")
    if not options.rules_alone:
        print("The model knows some of these papers if they are those that it was trained on: see --hold-out.")


if __name__ == "__main__":
    main()
