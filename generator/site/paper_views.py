"""The pages of papers, and what is said where one was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator import mdtext
from generator.cache import Cache
from generator.content.paperpage import Body, PaperPage
from generator.content.yamltext import Value
from generator.model import Digest, Entry
from generator.related import Related, related
from generator.site.view import BETWEEN, Site, View, last_told


def paper_views(site: Site, cache: Cache | None = None) -> Iterator[tuple[str, View]]:
    """Every paper that is shown, and a word where a page is of one that is not; ``cache`` is for what is related."""
    digests = {digest.day: _Places.of(digest) for digest in site.shown.digests}
    entries = {entry.slug: entry for entry in site.shown.entries}
    close = related(site.shown.entries, cache)
    for page in site.papers:
        if entry := entries.get(page.slug):
            yield page.file, _paper(entry, page, digests, close.get(page.slug, ()))
        elif f"papers/{page.slug}/" not in site.redirects:
            yield page.file, gone(page.paper.title)


def gone(title: str) -> View:
    """What stands where nothing is any more."""
    return View("gone.html", title, indexed=False)


@dataclass(frozen=True, slots=True)
class _Places:
    """A digest, and where in it each paper stands, by slug."""

    digest: Digest
    places: Mapping[str, int]

    @classmethod
    def of(cls, digest: Digest) -> _Places:
        return cls(digest, {entry.slug: at for at, entry in enumerate(digest.entries)})

    def neighbours(self, slug: str) -> Mapping[str, Value]:
        """The papers before and after."""
        entries, at = self.digest.entries, self.places[slug]
        before = entries[at - 1] if at else None
        after = entries[at + 1] if at + 1 < len(entries) else None
        return {"digest": self.digest, "before": before, "after": after}


def _paper(entry: Entry, page: PaperPage, digests: Mapping[date, _Places], others: tuple[Related, ...]) -> View:
    paper = entry.paper
    plain, markdown = _parts(page.body)
    seen = {s.captured: s for s in reversed(paper.sightings) if s.captured in digests}  # the first of each day
    days = [digests[day] for day in sorted(filter(None, seen), reverse=True)]
    context = {
        "entry": entry,
        "abstract": plain,
        "given": page.given,
        "related": others,
        "seen": [(day.digest, day.places[entry.slug] + 1, seen[day.digest.day].comments) for day in days],
        "neighbours": days[0].neighbours(entry.slug) if days else None,
    }
    return View("paper.html", paper.title, context, markdown=markdown, updated=last_told(entry))


def edited(view: View, page: PaperPage) -> View | None:
    """The view of a paper whose page was edited since; what it has to do with others is as it was.

    ``None`` where readers see another page now.
    """
    paper, entry = page.paper, view.context.get("entry")
    if not isinstance(entry, Entry) or paper.hidden or paper.same_as is not None:
        return None
    entry = replace(entry, paper=paper)
    plain, markdown = _parts(page.body)
    context = {**view.context, "entry": entry, "abstract": plain, "given": page.given}
    return replace(view, title=paper.title, context=context, markdown=markdown, updated=last_told(entry))


def _parts(body: Body) -> tuple[str | None, str]:
    """The abstract, where it is plain paragraphs, and the Markdown of a person's, to which any other belongs."""
    plain = mdtext.plain(body.abstract)
    parts = (body.above, "" if plain is not None else body.abstract, body.below)
    return plain, BETWEEN.join(parts) if any(parts) else ""
