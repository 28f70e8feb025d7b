"""All papers that readers may see, and the ways to list them: by topic, digest, organisation and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.content.paperpage import PaperPage
from generator.ingest.identity import main_page
from generator.mdtext import one_line
from generator.model import Digest, Entry, Organization, Topic
from generator.slugs import segment

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The visible papers in the order of slugs, the topics of the taxonomy, the digests newest first."""

    entries: tuple[Entry, ...]
    topics: tuple[Topic, ...]
    digests: tuple[Digest, ...]

    @property
    def latest(self) -> Digest | None:
        """The newest digest."""
        return self.digests[0] if self.digests else None

    @property
    def new(self) -> frozenset[str]:
        """The slugs of the papers that were first seen in the newest digest: lists show their titles in bold."""
        return self.digests[0].new if self.digests else frozenset()

    @property
    def sightings(self) -> int:
        return sum(len(entry.paper.sightings) for entry in self.entries)


def catalogue(pages: Collection[PaperPage], topics: Sequence[Topic]) -> Catalogue:
    """The catalogue of all pages that are not hidden, nor the same paper as another."""
    by_slug = {page.slug: page for page in pages}
    shown = (page for page in pages if not page.paper.hidden and main_page(page, by_slug) is None)
    visible = (Entry(page.slug, page.paper) for page in shown)
    entries = _with_one_handle_each(sorted(visible, key=lambda entry: entry.slug))
    return Catalogue(entries, tuple(topics), _digests(entries))


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By date, newest first, papers without one last; papers of one day by slug."""
    return tuple(sorted(entries, key=lambda entry: (-_ordinal(entry.paper.date), entry.slug)))


def most_discussed(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those with comments, most first, then newest first."""
    return tuple(
        sorted(
            (entry for entry in newest_first(entries) if entry.paper.comments), key=lambda e: -(e.paper.comments or 0)
        )
    )


def by_topic(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    """Topic id to its papers, newest first; topics without papers are absent."""
    return _grouped((topic, entry) for entry in newest_first(entries) for topic in entry.paper.topics)


def by_year(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    """Year, or ``undated``, to its papers; newest year first, ``undated`` last."""
    return _grouped(
        (str(entry.paper.date.year) if entry.paper.date else "undated", entry) for entry in newest_first(entries)
    )


def by_organization(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    """The part of the URL that stands for an organisation, to its papers newest first; in the order of the URLs."""
    grouped = _grouped(
        (segment(entry.paper.organization.handle), entry) for entry in newest_first(entries) if entry.paper.organization
    )
    return dict(sorted(grouped.items()))


def organizations(entries: Iterable[Entry]) -> Mapping[str, Organization]:
    """The same parts of URLs, to the organisations, each named as on its newest paper."""
    first = {part: members[0].paper.organization for part, members in by_organization(entries).items()}
    return {part: who for part, who in first.items() if who}


def _with_one_handle_each(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Handles that differ in case alone are one organisation, and its folder one on every disk; names are one line."""
    handles: dict[str, str] = {}
    for entry in entries:
        if entry.paper.organization:
            handle = segment(entry.paper.organization.handle)
            handles[handle.casefold()] = min(handle, handles.get(handle.casefold(), handle))
    return tuple(_with_handle(entry, handles) for entry in entries)


def _with_handle(entry: Entry, handles: Mapping[str, str]) -> Entry:
    who = entry.paper.organization
    if who is None:
        return entry
    known = Organization(handles[segment(who.handle).casefold()], one_line(who.name))
    return entry if known == who else replace(entry, paper=replace(entry.paper, organization=known))


def _grouped(pairs: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for name, entry in pairs:
        groups[name].append(entry)
    return {name: tuple(members) for name, members in groups.items()}


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _digests(entries: Sequence[Entry]) -> tuple[Digest, ...]:
    seen: defaultdict[date, dict[str, tuple[tuple[str, int], Entry]]] = defaultdict(dict)
    dumps: defaultdict[date, set[str]] = defaultdict(set)
    new: defaultdict[date, set[str]] = defaultdict(set)
    for entry in entries:
        days = [(sighting.captured, sighting) for sighting in entry.paper.sightings if sighting.captured]
        for day, sighting in sorted(days, key=lambda pair: (pair[0], pair[1].dump, pair[1].position)):
            seen[day].setdefault(entry.slug, ((sighting.dump, sighting.position), entry))
            dumps[day].add(sighting.dump)
        if days:
            new[min(day for day, _ in days)].add(entry.slug)
    return tuple(
        Digest(day, tuple(sorted(dumps[day])), _down_the_page(seen[day].values()), frozenset(new[day]))
        for day in sorted(seen, reverse=True)
    )


def _down_the_page(placed: Iterable[tuple[tuple[str, int], Entry]]) -> tuple[Entry, ...]:
    return tuple(entry for _, entry in sorted(placed, key=lambda pair: (pair[0], pair[1].slug)))
