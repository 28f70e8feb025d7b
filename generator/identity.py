"""Which records, and which pages, are the same paper.

The same arXiv id is the same paper; so is the same title after folding (Unicode, case,
punctuation, white space), unless both have ids and these differ.  A page also answers
to the title that the dumps once told for it, so that a corrected title loses nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from generator.merge import in_order
from generator.model import LINK_KINDS, SINGLE_FIELDS, Links, Paper, Record, known
from generator.paperpage import PaperPage, fingerprint

_NOT_WORD: Final = re.compile(r"[\W_]+")
_VERSION: Final = re.compile(r"v\d+\Z")


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one paper, oldest capture first, and the pages that already show it."""

    records: tuple[Record, ...]
    pages: tuple[PaperPage, ...] = ()


def fold(title: str) -> str:
    """A title reduced to what tells it from others; never empty for a title that shows anything."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", title).casefold())
    return _NOT_WORD.sub("", plain) or " ".join(plain.split())


def arxiv_id(paper: Paper) -> str | None:
    """The arXiv id without its version."""
    return _VERSION.sub("", paper.arxiv.strip()) if paper.arxiv else None


def groups(records: Sequence[Record], pages: Sequence[PaperPage]) -> tuple[Group, ...]:
    """All papers, in the order in which the dumps first tell them; pages that no dump tells come last, by slug."""
    found: defaultdict[Hashable, list[Record | PaperPage]] = defaultdict(list)
    items: list[Record | PaperPage] = [*sorted(records, key=_age), *sorted(pages, key=lambda page: page.slug)]
    titles = Counter(fingerprint(page.paper.title) for page in pages)
    claims = [(item, _claim(item, titles)) for item in items]
    clusters = _clusters([claim for _, claim in claims])
    for item, claim in claims:
        found[clusters[claim.node]].append(item)
    return tuple(_group(items) for items in found.values())


def told(records: Sequence[Record]) -> Paper:
    """One paper from its records: each field from the newest that knows it, links and sightings from all."""
    newest_first = [record.paper for record in sorted(records, key=_age, reverse=True)]
    fields = {name: _first_known(newest_first, name) for name in SINGLE_FIELDS}
    links = _united([paper.links for paper in newest_first])
    sightings = in_order([record.sighting for record in records])
    return replace(newest_first[0], **fields, links=links, sightings=sightings)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a record or page answers to: its arXiv id if it has one, and its titles."""

    arxiv: str | None
    titles: frozenset[str]

    @property
    def node(self) -> Hashable:
        return ("arxiv", self.arxiv) if self.arxiv else ("titles", self.titles)


def _claim(item: Record | PaperPage, titles_of_pages: Container[str]) -> _Claim:
    """A page answers to its former title, unless another has that title now: it may be a copy, used as a pattern."""
    own = fingerprint(item.paper.title)
    former = own if isinstance(item, Record) else item.generated.get("title", own)
    titles = {fold(item.paper.title)}
    if former == own or former not in titles_of_pages:
        titles.add(f"#{former}")
    return _Claim(arxiv_id(item.paper), frozenset(titles))


def _clusters(claims: Iterable[_Claim]) -> Mapping[Hashable, Hashable]:
    """Each claim's node, and the name of its cluster.

    Claims without an id hang together by their titles; such a bunch belongs to the
    smallest id that shares a title with it, so that two ids never become one.
    """
    by_title = _Union()
    ids_of_title: defaultdict[str, list[str]] = defaultdict(list)
    all_claims = list(claims)
    for claim in all_claims:
        for title in claim.titles:
            if claim.arxiv:
                ids_of_title[title].append(claim.arxiv)
            else:
                by_title.join(min(claim.titles), title)
    smallest: dict[str, str] = {}
    for title, ids in ids_of_title.items():
        root = by_title.root(title)
        smallest[root] = min([*ids, *([smallest[root]] if root in smallest else [])])
    return {claim.node: _name(claim, by_title, smallest) for claim in all_claims}


def _name(claim: _Claim, by_title: _Union, smallest: Mapping[str, str]) -> Hashable:
    if claim.arxiv:
        return "arxiv", claim.arxiv
    root = by_title.root(min(claim.titles))
    return ("arxiv", smallest[root]) if root in smallest else ("title", root)


class _Union:
    """Disjoint sets of texts; the root of a set does not depend on the order of joining."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, item: str) -> str:
        path = []
        while (parent := self._parent.get(item, item)) != item:
            path.append(item)
            item = parent
        self._parent.update(dict.fromkeys(path, item))
        return item

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first


def _group(items: Sequence[Record | PaperPage]) -> Group:
    records = tuple(item for item in items if isinstance(item, Record))
    titles = {fold(record.paper.title) for record in records}
    pages = [item for item in items if isinstance(item, PaperPage)]
    return Group(records, tuple(sorted(pages, key=lambda page: _strangeness(page, titles))))


def _strangeness(page: PaperPage, titles: Container[str]) -> tuple[bool, bool, str]:
    """Smallest for the page that is the paper's beyond doubt."""
    return fold(page.paper.title) not in titles, not page.paper.sightings, page.slug


def _age(record: Record) -> tuple[str, str, int]:
    return record.sighting.age


def _first_known(papers: Sequence[Paper], name: str) -> object:
    return next((getattr(paper, name) for paper in papers if known(paper, name)), getattr(papers[0], name))


def _united(all_links: Sequence[Links]) -> Links:
    """The links of all, those of the first first, each URL once."""
    return Links(
        **{kind: tuple(dict.fromkeys(url for links in all_links for url in links.of(kind))) for kind in LINK_KINDS}
    )
