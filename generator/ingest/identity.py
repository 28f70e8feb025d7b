"""Which records, and which pages, are the same paper.

The same arXiv id is the same paper; so is the same title after folding (Unicode, case,
punctuation, white space), unless both have ids and these differ.  A page also answers
to the titles that it was ever known by, so that a corrected title loses nothing, and a
person has the last word with ``same_as``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Container, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from typing import Final, Generic, TypeVar

from generator.content.paperpage import PaperPage, fingerprint, hashed
from generator.ingest.merge import in_order, untouched
from generator.links import united
from generator.model import SINGLE_FIELDS, Paper, Record, known

T = TypeVar("T", bound=Hashable)
Keys = frozenset[str]

_NOT_WORD: Final = re.compile(r"[\W_]+")
_KEY_LETTERS: Final = 12  # 48 bits: among a million titles, two with the same key are one chance in 500
_ARXIV: Final = "arxiv:"


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one paper, oldest capture first, and the pages that already show it, the paper's own first."""

    records: tuple[Record, ...]
    pages: tuple[PaperPage, ...] = ()

    @property
    def keys(self) -> Keys:
        """All that the paper is known by now."""
        return keys(*(record.paper for record in self.records), *(page.paper for page in self.pages))


def fold(title: str) -> str:
    """A title reduced to what tells it from others; never empty for a title that shows anything."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", title).casefold())
    return _NOT_WORD.sub("", plain) or " ".join(plain.split())


@lru_cache(maxsize=1 << 18)
def title_key(title: str) -> str:
    """A short name for all spellings of a title."""
    return hashed(fold(title), _KEY_LETTERS)


def keys(*papers: Paper) -> Keys:
    """What papers are known by for ever: their titles, and their arXiv ids."""
    titles = {title_key(paper.title) for paper in papers if paper.title}
    ids = {f"{_ARXIV}{paper.arxiv}" for paper in papers if paper.arxiv}
    return frozenset(titles | ids)


def same(group: Keys, remembered: Keys) -> bool:
    """Whether a paper that is known by ``group`` is the one that is remembered: an id decides where both have one."""
    ids, other_ids = _ids(group), _ids(remembered)
    return bool(ids & other_ids) if ids and other_ids else bool(group & remembered)


def groups(
    records: Sequence[Record], pages: Sequence[PaperPage], remembered: Mapping[str, Keys] | None = None
) -> tuple[Group, ...]:
    """All papers, in the order in which the dumps first tell them; pages that no dump tells come last, by slug.

    ``remembered``: by slug, what papers were ever known by.
    """
    found: defaultdict[Hashable, list[Record | PaperPage]] = defaultdict(list)
    items: list[Record | PaperPage] = [*sorted(records, key=_age), *sorted(pages, key=lambda page: page.slug)]
    known_pages = _Pages.of(pages, remembered or {})
    claims = [(item, known_pages.claim(item)) for item in items]
    clusters = _clusters([*(claim for _, claim in claims), *known_pages.gone()])
    for one, other in known_pages.declared():
        clusters.join(one, other)
    for item, claim in claims:
        found[clusters.of(claim.node)].append(item)
    return tuple(_group(items) for items in found.values())


def told(records: Sequence[Record]) -> Paper:
    """One paper from its records: each field from the newest that knows it, links and sightings from all.

    What merely stands in for a field counts less than what any other record tells of it.
    """
    newest_first = sorted(records, key=_age, reverse=True)
    fields = {name: _first_known(newest_first, name) for name in SINGLE_FIELDS}
    links = reduce(united, (record.paper.links for record in newest_first))
    sightings = in_order([record.sighting for record in records])
    return replace(newest_first[0].paper, **fields, links=links, sightings=sightings)  # type: ignore[arg-type]


def main_page(page: PaperPage, pages: Mapping[str, PaperPage]) -> PaperPage | None:
    """The page that ``same_as`` leads to in the end; ``None`` where it leads nowhere, in a circle or to itself."""
    seen = {page.slug}
    while page.paper.same_as is not None:
        target = pages.get(page.paper.same_as)
        if target is None or target.slug in seen:
            return None
        seen.add(target.slug)
        page = target
    return page if len(seen) > 1 else None


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a record or page answers to: its arXiv id if it has one, and its titles."""

    arxiv: str | None
    titles: Keys

    @property
    def node(self) -> Hashable:
        return ("arxiv", self.arxiv) if self.arxiv else ("title", min(self.titles))


@dataclass(frozen=True, slots=True)
class _Pages:
    """What the pages say of themselves and of records."""

    by_slug: Mapping[str, PaperPage]
    remembered: Mapping[str, Keys]
    now: Container[str]  # what pages are known by at present
    former: Collection[str]  # hashes of titles that a person corrected, where nothing else remembers them
    corrected: Mapping[str, str]  # by slug, the hash of the title that the generator last wrote
    with_id: Mapping[tuple[str, int], PaperPage]  # by dump and position of their sightings

    @classmethod
    def of(cls, pages: Sequence[PaperPage], remembered: Mapping[str, Keys]) -> _Pages:
        ordered = sorted(pages, key=lambda page: page.slug, reverse=True)
        titles = {page.slug: fingerprint(page.paper.title) for page in pages}
        last = {page.slug: page.generated.get("title") for page in pages}
        corrected = {slug: former for slug, former in last.items() if former and former != titles[slug]}
        return cls(
            {page.slug: page for page in ordered},
            remembered,
            {key for page in pages for key in keys(page.paper)} | {f"#{title}" for title in titles.values()},
            {former for slug, former in corrected.items() if not remembered.get(slug)},
            corrected,
            {(s.dump, s.position): page for page in ordered if page.paper.arxiv for s in page.paper.sightings},
        )

    def claim(self, item: Record | PaperPage) -> _Claim:
        own = title_key(item.paper.title)
        if isinstance(item, PaperPage):
            former = f"#{self.corrected.get(item.slug)}"
            titles = {key for key in self._memory(item) if not key.startswith(_ARXIV)}
            if former[1:] in self.former and former not in self.now:
                titles.add(former)
            return _Claim(item.paper.arxiv, frozenset({own, *titles}))
        last = fingerprint(item.paper.title) if self.former else None
        listed = self.with_id.get((item.sighting.dump, item.sighting.position))
        number = listed.paper.arxiv if listed and title_key(listed.paper.title) == own else None
        return _Claim(item.paper.arxiv or number, frozenset({own, f"#{last}"} if last in self.former else {own}))

    def declared(self) -> Iterator[tuple[Hashable, Hashable]]:
        """What hangs together because a person said so: with `same_as`, or by a corrected arXiv id."""
        for page in self.by_slug.values():
            if target := main_page(page, self.by_slug):
                yield self.claim(page).node, self.claim(target).node
            for key in self._memory(page):
                if key.startswith(_ARXIV):
                    yield self.claim(page).node, ("arxiv", key.removeprefix(_ARXIV))

    def gone(self) -> Iterator[_Claim]:
        """The titles of each paper that has no page now: several records may tell it again, each by another."""
        here = {*self.by_slug, *(alias for page in self.by_slug.values() for alias in page.paper.aliases)}
        for slug, known_by in self.remembered.items():
            titles = frozenset(key for key in known_by if not key.startswith(_ARXIV) and key not in self.now)
            if len(titles) > 1 and slug not in here:
                yield _Claim(None, titles)

    def _memory(self, page: PaperPage) -> Keys:
        """The keys of former times, unless another page has one now: it may be a copy, used as a pattern."""
        slugs = [page.slug, *(alias for alias in page.paper.aliases if alias not in self.by_slug)]
        all_known = {key for slug in slugs for key in self.remembered.get(slug, ())}
        return frozenset(key for key in all_known if key not in self.now)


def _clusters(claims: Sequence[_Claim]) -> _Union[Hashable]:
    """Which nodes hang together.

    Claims without an id do by their titles; such a bunch belongs to the smallest id that shares
    a title with it, so that two ids never become one.
    """
    union: _Union[Hashable] = _Union()
    ids_of_title: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for title in claim.titles:
            if claim.arxiv:
                ids_of_title[title].add(claim.arxiv)
            else:
                union.join(claim.node, ("title", title))
    smallest: dict[Hashable, str] = {}
    for title, ids in ids_of_title.items():
        bunch = union.of(("title", title))
        smallest[bunch] = min([*ids, *([smallest[bunch]] if bunch in smallest else [])])
    for bunch, number in smallest.items():
        union.join(bunch, ("arxiv", number))
    return union


class _Union(Generic[T]):
    """Disjoint sets; the name of a set does not depend on the order of joining."""

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}

    def of(self, item: T) -> T:
        path = []
        while (parent := self._parent.get(item, item)) != item:
            path.append(item)
            item = parent
        self._parent.update(dict.fromkeys(path, item))
        return item

    def join(self, one: T, other: T) -> None:
        first, second = sorted((self.of(one), self.of(other)), key=repr)
        if first != second:
            self._parent[second] = first


def _group(items: Sequence[Record | PaperPage]) -> Group:
    records = tuple(item for item in items if isinstance(item, Record))
    pages = tuple(item for item in items if isinstance(item, PaperPage))
    if len(pages) > 1:
        titles = {fold(record.paper.title) for record in records}
        pages = tuple(sorted(pages, key=lambda page: _strangeness(page, titles)))
    return Group(records, pages)


def _strangeness(page: PaperPage, titles: Container[str]) -> tuple[bool, bool, bool, bool, tuple[str, str, int], str]:
    """Smallest for the page that is the paper's beyond doubt; among others for that which was seen first."""
    paper = page.paper
    first = min((seen.age for seen in paper.sightings), default=("", "", 0))
    unlike = fold(paper.title) not in titles
    return paper.same_as is not None, unlike, not paper.sightings, untouched(page), first, page.slug


def _age(record: Record) -> tuple[str, str, int]:
    return record.sighting.age


def _ids(known_by: Keys) -> Keys:
    return frozenset(key for key in known_by if key.startswith(_ARXIV))


def _first_known(records: Sequence[Record], name: str) -> object:
    by_worth = sorted(records, key=lambda record: name in record.stand_ins)
    return next(
        (getattr(record.paper, name) for record in by_worth if known(record.paper, name)),
        getattr(records[0].paper, name),
    )
