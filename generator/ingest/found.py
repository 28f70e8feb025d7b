"""What a run begins with: the pages as a person left them, and what the ledger remembers of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from generator import slugs
from generator.content.paperpage import PaperPage, fingerprint
from generator.ingest.identity import Group, Keys, same
from generator.ingest.ledger import Line
from generator.model import Sighting
from generator.topics import Taxonomy

SLUG: Final = "slug"  # in `generated`: the name that the page had when it was last written


@dataclass(frozen=True, slots=True)
class Before:
    """What there is before a run: the ``pages`` on disk, and as :func:`as_found` takes them.

    ``lines``: what the ledger knows of papers, by slug.  ``removed``: the slugs that a person took out.
    ``renamed``: dumps with another name now.  ``forgotten``: the name of a dump that is taken back.
    ``rules``: a hash of what ``taxonomy`` was made from.  ``merged``: former ids of topics, see :func:`merged`.
    """

    pages: tuple[PaperPage, ...]
    found: tuple[PaperPage, ...]
    taxonomy: Taxonomy
    lines: Mapping[str, Line] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)
    forgotten: str = ""
    rules: str = ""
    merged: frozenset[str] = frozenset()


def as_found(pages: Collection[PaperPage], lines: Mapping[str, Line]) -> tuple[PaperPage, ...]:
    """The pages with what their file names tell.

    One that was renamed has its old slug in ``aliases``.  One that was copied from another, which is still there,
    counts as written by hand, except that topics that the generator gave the original are not taken for the person's.
    """
    there = {page.slug for page in pages}
    names = {page.slug: fingerprint(page.slug) for page in pages}
    originals = {names[page.slug] for page in pages if page.generated.get(SLUG) == names[page.slug]}
    missing = {fingerprint(slug): slug for slug in sorted(lines) if slug not in there}
    return tuple(
        page if page.generated.get(SLUG) in (None, names[page.slug]) else _renamed(page, originals, missing)
        for page in pages
    )


def _renamed(page: PaperPage, originals: Collection[str], missing: Mapping[str, str]) -> PaperPage:
    last = page.generated[SLUG]
    if last in originals:
        return replace(page, generated={"topics": page.generated["topics"]} if "topics" in page.generated else {})
    aliases = page.paper.aliases
    former = missing.get(last)
    more = (former,) if former and former not in aliases else ()
    return replace(page, paper=replace(page.paper, aliases=(*aliases, *more)))


def seen_anew(page: PaperPage, before: Before) -> PaperPage:
    """The page with the names that dumps and topics have now, and without the dump that is taken back."""
    page = with_topics(page, before.taxonomy, before.merged)
    if not before.renamed and not before.forgotten:
        return page
    now = (replace(s, dump=before.renamed.get(s.dump, s.dump)) for s in page.paper.sightings)
    return _with_sightings(page, (sighting for sighting in now if sighting.dump != before.forgotten))


def merged(taxonomy: Taxonomy, there: Collection[str]) -> frozenset[str]:
    """The former ids of topics that others have taken in: both have pages in ``there``, names of files, since the
    last run.
    """
    return frozenset(
        alias
        for topic in taxonomy.topics
        for alias in topic.aliases
        if {f"topics/{topic.id}.md", f"topics/{alias}.md"} <= {*there}
    )


def with_topics(page: PaperPage, taxonomy: Taxonomy, merged: Collection[str] = ()) -> PaperPage:
    """The page with topics by their present ids.

    A renamed topic keeps its owner, person or generator.  One that was ``merged`` into another counts as added by a
    person, because the other's rules need not fit: the other is on the page, and ``generated`` keeps the hash of the
    former id, by which later runs see it.
    """
    renamed = {alias: topic.id for topic in taxonomy.topics for alias in topic.aliases}
    its = page.paper.topics
    hashes = {
        fingerprint(old): fingerprint(new)
        for old, new in renamed.items()
        if (old in its and old not in merged) or (old not in its and new not in its)
    }
    before = page.generated.get("topics") or []
    if renamed.keys().isdisjoint(page.paper.topics) and hashes.keys().isdisjoint(before):
        return page
    last = dict.fromkeys(hashes.get(one, one) for one in before)
    ids = dict.fromkeys(renamed.get(topic, topic) for topic in page.paper.topics)
    return replace(
        page, paper=replace(page.paper, topics=tuple(ids)), generated={**page.generated, "topics": list(last)}
    )


def without_others(group: Group, told_by: Collection[tuple[str, int]]) -> Group:
    """The pages of a group without the sightings that the dumps tell of other papers."""
    own = {(record.sighting.dump, record.sighting.position) for record in group.records}

    def is_own(seen: Sighting) -> bool:
        place = (seen.dump, seen.position)
        return place in own or place not in told_by

    return replace(
        group, pages=tuple(_with_sightings(page, filter(is_own, page.paper.sightings)) for page in group.pages)
    )


def _with_sightings(page: PaperPage, sightings: Iterable[Sighting]) -> PaperPage:
    kept = tuple(sightings)
    return page if kept == page.paper.sightings else replace(page, paper=replace(page.paper, sightings=kept))


@dataclass(frozen=True, slots=True)
class Missing:
    """The papers that were published once and have no page now."""

    lines: Mapping[str, Line]
    by_key: Mapping[str, tuple[str, ...]]
    removed: frozenset[str]

    @classmethod
    def of(cls, before: Before, here: Collection[str]) -> Missing:
        lines = {slug: line for slug, line in sorted(before.lines.items()) if slug not in here}
        by_key: defaultdict[str, list[str]] = defaultdict(list)
        for slug, line in lines.items():
            for key in line.keys:
                by_key[key].append(slug)
        return cls(lines, {key: tuple(its) for key, its in by_key.items()}, before.removed)

    def slug(self, group: Group, given: Collection[str]) -> str | None:
        """The name that the paper of ``group`` was published under, unless it is ``given`` to another."""
        return next((s for s in self._all(group.keys) if self.lines[s].state != "moved" and s not in given), None)

    def aliases(self, group: Group, slug: str) -> tuple[str, ...]:
        """The names that it had before ``slug``, those of papers that were part of it, too."""
        known_by = group.keys | self.lines.get(slug, Line()).keys
        return tuple(former for former in self._all(known_by) if self.lines[former].state == "moved")

    def is_removed(self, group: Group) -> bool:
        """Whether a person took the paper out; one that nothing is remembered of is known by its slug."""
        wanted = {slugs.slug(record.paper.title) for record in group.records}
        return any(slug in self.removed for slug in self._all(group.keys)) or any(
            slug in self.removed and not self.lines.get(slug, Line()).keys for slug in wanted
        )

    def _all(self, its: Keys) -> list[str]:
        found = {slug for key in its for slug in self.by_key.get(key, ())}
        return sorted(slug for slug in found if same(its, self.lines[slug].keys))
