"""Near misses: pages of different papers that may be the same one.  Nothing is merged for it; a person decides."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz

from generator.ingest.identity import fold
from generator.model import Entry, Place, Problem

_ALIKE: Final = 92.0  # per cent of the signs of two titles, by insertions and deletions
_RARE: Final = 3  # words of a title, its rarest, of which two titles must share one to be compared
_COMMON: Final = 50  # papers with a word beyond which sharing it says nothing
_LONG: Final = 200  # signs of an abstract from which being equal is no coincidence
_DIGITS: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"\w+")


def misses(entries: Sequence[Entry]) -> Iterator[Problem]:
    """A note for each pair with almost the same title, the same abstract or the same DOI, in the order of slugs.

    Titles whose numbers differ are not alike (`Qwen2`, `Qwen3`), nor are papers with different arXiv ids.
    """
    pairs = {*_with_alike_titles(entries), *_with_one_abstract(entries), *_with_one_doi(entries)}
    for one, other in sorted(pairs):
        first, second = entries[one], entries[other]
        ids = first.paper.arxiv, second.paper.arxiv
        if not (all(ids) and ids[0] != ids[1]):
            message = (
                f"much like papers/{first.slug}.md: if it is the same paper, write `same_as: {first.slug}` here; "
                "if not, give both their arXiv ids"
            )
            yield Problem(Place(f"papers/{second.slug}.md"), "note", message)


def _with_alike_titles(entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    words = [frozenset(_WORD.findall(entry.paper.title.casefold())) for entry in entries]
    counts = Counter(word for of_title in words for word in of_title)
    sharing: defaultdict[str, list[int]] = defaultdict(list)
    for at, of_title in enumerate(words):
        for word in sorted(of_title, key=lambda word: (counts[word], word))[:_RARE]:
            if 1 < counts[word] <= _COMMON:
                sharing[word].append(at)
    titles = [fold(entry.paper.title) for entry in entries]
    numbers = [_DIGITS.findall(title) for title in titles]
    candidates = {pair for members in sharing.values() for pair in combinations(members, 2)}
    for one, other in candidates:
        if numbers[one] == numbers[other] and fuzz.ratio(titles[one], titles[other], score_cutoff=_ALIKE):
            yield one, other


def _with_one_abstract(entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        if len(entry.paper.abstract) >= _LONG:
            found[fold(entry.paper.abstract)].append(at)
    return _pairs(found)


def _with_one_doi(entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Yield papers that share a DOI: no proof that they are one, as some exports give that of a whole volume."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        if entry.paper.doi:
            found[entry.paper.doi].append(at)
    return _pairs(found)


def _pairs(found: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Yield each that shares a key, but the first, with the first."""
    for members in found.values():
        yield from ((members[0], other) for other in members[1:])
