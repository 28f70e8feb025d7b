"""How well and how fast ``content/topics.yml`` finds the topics that a careful reader gave.

    python benchmarks/topics.py [LABELLED] [--rules RULES]

``LABELLED`` is JSON Lines with ``title``, ``abstract`` and ``topics`` (ids).  The papers are parted in two
by a hash of the title: rules and weights may be tuned on the half called "tuning", and the half called
"untouched" tells what that was worth.  Topics count as sets, so their order is not judged.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generator.topics import Taxonomy, assign, load  # noqa: E402  (so that it runs without an installation)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paper and the topics that a reader gave it."""

    title: str
    abstract: str
    topics: frozenset[str]

    @property
    def untouched(self) -> bool:
        return sha256(self.title.encode()).digest()[-1] % 2 == 1


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
    return tuple(Labelled(item["title"], item["abstract"], frozenset(item["topics"])) for item in records)


def judge(taxonomy: Taxonomy, papers: Iterable[Labelled]) -> list[Judged]:
    """Each paper with the topics that the rules give it."""
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


def _report(taxonomy: Taxonomy, judged: Sequence[Judged], seconds: float) -> list[str]:
    every = frozenset(taxonomy.names)
    halves = {half: [pair for pair in judged if pair[0].untouched == half] for half in (False, True)}
    return [
        f"{'':24} {'F1':>6} {'precision':>9} {'recall':>7} {'right':>6} {'wrong':>6} {'missed':>6}",
        tally(judged, every).row(f"all {len(judged)} papers"),
        tally(halves[False], every).row(f"tuning half, {len(halves[False])}"),
        tally(halves[True], every).row(f"untouched half, {len(halves[True])}"),
        "",
        *(tally(judged, frozenset([topic.id])).row(topic.id) for topic in taxonomy.topics),
        "",
        f"{1000 * seconds / max(1, len(judged)):.2f} seconds per 1,000 papers",
        f"{sum(not found for _, found in judged)} papers without a topic",
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="How well the rules find the topics that a reader gave.")
    parser.add_argument("labelled", nargs="?", type=Path, default=ROOT / "../shared/topics-labelled.jsonl")
    parser.add_argument("--rules", type=Path, default=ROOT / "content/topics.yml")
    options = parser.parse_args(arguments)
    taxonomy = load(options.rules.read_text("utf-8"), str(options.rules))
    papers = read(options.labelled.read_text("utf-8"))
    start = perf_counter()
    judged = judge(taxonomy, papers)
    print("\n".join(_report(taxonomy, judged, perf_counter() - start)))


if __name__ == "__main__":
    main()
