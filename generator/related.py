"""Papers that belong together, and the rare words that say so.

Two papers are related when they share words or phrases of two words that few papers have
and that stand in titles: what stands in a title is what papers are about, so that turns of
phrase, however rare, relate nothing.  A shared phrase counts once, not again for its words.
There is no relation rather than a weak one.  Entries in, relations out; nothing else is read.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import Any, Final, NamedTuple, TypeVar

from generator import workers
from generator.cache import Cache
from generator.keyterms import Among, terms
from generator.model import Entry

Made = TypeVar("Made")

MOST: Final = 3
_REASONS: Final = 2

_TELLING: Final = 30  # of a paper's terms, the rarest so many are compared
_COMPARED: Final = 12  # of the papers that share any, the best so many are weighed exactly
_TITLED: Final = 0.12  # the part of a term's papers that must have it in the title
_FEW: Final = 5  # papers of which one title is enough
_MANY: Final = 120  # papers that share a term, however many there are: so a paper is compared with no more of them
_ENOUGH: Final = 1500  # the weight that relates: a word of two papers, in the title of one, weighs 1000
_LEAST: Final = _ENOUGH * 8 // 15  # the rarities that may weigh enough: see _weight of a phrase that is in two titles


class Related(NamedTuple):
    """A related paper, and one or two terms that both papers have; see :mod:`generator.keyterms`."""

    entry: Entry
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Telling:
    """The terms that can relate a paper to others: the weightiest, each with whether it stands in the title."""

    in_title: Mapping[str, bool]

    @classmethod
    def of(cls, found: Iterable[str], title: Collection[str], rarities: Mapping[str, int]) -> _Telling:
        weighed = sorted((-_weight(term, 2 * (term in title), rarities), term) for term in found if term in rarities)
        return cls({term: term in title for _, term in weighed[:_TELLING]})


def related(entries: Iterable[Entry], cache: Cache | None = None) -> Mapping[str, tuple[Related, ...]]:
    """Slug to at most :data:`MOST` related papers, the closest first; papers without any are absent.

    Among equally close papers the newest leads, then the slug decides.  A further paper
    that shares no word with two others changes nothing between them but how rare their words are.
    ``cache`` spares comparing papers again that were compared before with the same others.
    """
    cache = cache or Cache()
    papers = sorted(entries, key=_newest_first)
    titles = [terms(entry.paper.title) for entry in papers]
    shown = {term: term for title in titles for term in title}  # what stands in no title relates nothing
    among = Among(shown)
    titled = _hash("\0".join(sorted(shown)))
    everywhere = _each_once(
        "terms",
        lambda at: tuple(among.terms(papers[at].paper.abstract) | titles[at]),
        [(titled, one.paper.title, one.paper.abstract) for one in papers],
        cache,
    )
    rarities = _rarities(everywhere, titles)
    telling = [_Telling.of(found, title, rarities) for found, title in zip(everywhere, titles, strict=True)]
    sharing: defaultdict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(telling):
        for term in found.in_title:
            sharing[term].append(number)
    closest = _each_once(
        "closest",
        lambda at: tuple((papers[other].slug, both) for other, both in _closest(at, telling, sharing, rarities)),
        [(key,) for key in _keys(papers, telling, sharing, rarities)],
        cache,
    )
    by_slug = {entry.slug: entry for entry in papers}
    return {
        slug: tuple(Related(by_slug[other], both) for other, both in close)
        for slug, close in sorted((entry.slug, close) for entry, close in zip(papers, closest, strict=True) if close)
    }


def _each_once(
    what: str, make: Callable[[int], Made], made_from: Sequence[tuple[str, ...]], cache: Cache
) -> list[Made]:
    """What is made of each number from 0, unless it is kept; ``made_from`` is for each all that it depends on."""
    made: list[Any] = [cache.get(what, *one) for one in made_from]
    missing = [at for at, found in enumerate(made) if found is None]
    for at, found in zip(missing, workers.mapped(make, missing), strict=True):
        made[at] = found
        cache.put(found, what, *made_from[at])
    return made


def _rarities(everywhere: Sequence[Collection[str]], titles: Sequence[Collection[str]]) -> Mapping[str, int]:
    """The terms that few papers share and that stand in titles: 1000 for one of two papers, less for others.

    More papers than the root of all are many, and so are :data:`_MANY`: their term is of the field.
    """
    in_titles = Counter(chain.from_iterable(titles))
    papers = len(everywhere)
    most = min(papers // 2, max(2, math.isqrt(papers)), _MANY)
    return {
        term: round(1000 * math.log((papers + 1) / count) / math.log((papers + 1) / 2))
        for term, count in Counter(chain.from_iterable(everywhere)).items()
        if 2 <= count <= most and in_titles[term] >= (1 if count <= _FEW else count * _TITLED)
    }


def _keys(
    papers: Sequence[Entry],
    telling: Sequence[_Telling],
    sharing: Mapping[str, Sequence[int]],
    rarities: Mapping[str, int],
) -> list[str]:
    """For each paper a hash of all that its closest depend on: its terms, how rare they are, and who shares them."""
    alone = [_hash(f"{_newest_first(entry)} {its.in_title}") for entry, its in zip(papers, telling, strict=True)]
    shared = {term: _hash(f"{rarities[term]} {' '.join(alone[at] for at in its)}") for term, its in sharing.items()}
    return [_hash(" ".join([alone[at], *map(shared.__getitem__, its.in_title)])) for at, its in enumerate(telling)]


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _closest(
    at: int, telling: Sequence[_Telling], sharing: Mapping[str, Sequence[int]], rarities: Mapping[str, int]
) -> list[tuple[int, tuple[str, ...]]]:
    """The best of the papers that share a term: a rough sum finds some, what they share by weight decides.

    Papers are known by their number, which is smaller for a newer one.
    """
    rough: defaultdict[int, int] = defaultdict(int)
    for term in telling[at].in_title:
        rarity = rarities[term]
        for other in sharing[term]:
            rough[other] -= rarity
    rough.pop(at, None)  # a paper is not related to itself
    some = sorted((weight, other) for other, weight in rough.items() if weight <= -_LEAST)[:_COMPARED]
    weighed = ((other, _shared(telling[at].in_title, telling[other].in_title, rarities)) for _, other in some)
    close = sorted((-sum(weights), other, terms) for other, (weights, terms) in weighed if _relates(weights, terms))
    return [(other, tuple(term for term, _ in terms[:_REASONS])) for _, other, terms in close[:MOST]]


_Shared = tuple[str, bool]  # a term, and whether it stands in both titles


def _relates(weights: Sequence[int], terms: Sequence[_Shared]) -> bool:
    """One term must be a phrase or stand in both titles: two rare words alone are often chance."""
    return sum(weights) >= _ENOUGH and any(in_both or " " in term for term, in_both in terms[:_REASONS])


def _shared(
    mine: Mapping[str, bool], theirs: Mapping[str, bool], rarities: Mapping[str, int]
) -> tuple[list[int], list[_Shared]]:
    """Weights and terms that both papers have and no heavier one covers, heaviest first; at most three."""
    both = mine.keys() & theirs.keys()
    weighed = sorted((-_weight(term, mine[term] + theirs[term], rarities), term) for term in both)
    weights: list[int] = []
    terms: list[_Shared] = []
    for weight, term in weighed:
        if len(terms) < MOST and not any(_overlap(term, other) for other, _ in terms):
            weights.append(-weight)
            terms.append((term, mine[term] and theirs[term]))
    return weights, terms


def _weight(term: str, titles: int, rarities: Mapping[str, int]) -> int:
    """More for a rare term, for a phrase, and for one in a title, or in two."""
    rarity = rarities[term]
    phrase = rarity // 4 if " " in term else 0
    return (rarity + phrase) * (1 + titles) // 2


def _overlap(one: str, other: str) -> bool:
    """Whether two terms have a word in common, or forms of a word, as far as its beginning tells."""
    stems = {word[:6] for word in one.split()}
    return any(word[:6] in stems for word in other.split())


def _newest_first(entry: Entry) -> tuple[int, str]:
    return (-entry.paper.date.toordinal() if entry.paper.date else 0, entry.slug)
