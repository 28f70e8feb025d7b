"""The digests, and the home page, which shows the latest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator import arrivals, charts, mdtext, pages, words
from generator.catalogue import by_topic, by_year, most_discussed, newest_first
from generator.content import listpage
from generator.model import Digest, Entry
from generator.site import groups
from generator.site.groups import Group
from generator.site.list_views import page_url, paged
from generator.site.view import BETWEEN, Site, View


def digest_views(site: Site) -> Iterator[tuple[str, View]]:
    """All digests, and the papers of each."""
    yield "digests/index.md", View("digests.html", "Digests", {"digests": site.shown.digests})
    for later, digest, earlier in _between(site.shown.digests):
        file = f"digests/{digest.day.isoformat()}.md"
        told = listpage.read(site.texts[file], file) if file in site.texts else None
        parts = _digest_pages(digest, site)
        context = {"digest": digest, "contents": _contents(digest, parts), "later": later, "earlier": earlier}
        description = f"{words.counted(len(digest.entries), 'paper')}, {len(digest.new)} of them new."
        title = told.title if told else pages.digest_title(digest)
        view = View("digest.html", title, context, description, site.written(file), digest.day)
        yield from paged(file.removesuffix(".md"), view, parts)


def _between(digests: Sequence[Digest]) -> Iterator[tuple[Digest | None, Digest, Digest | None]]:
    """Each digest between the one after it and the one before it."""
    return zip((None, *digests), digests, (*digests[1:], None), strict=False)


def _digest_pages(digest: Digest, site: Site) -> tuple[tuple[Group, ...], ...]:
    return groups.in_pages(groups.by_first_topic(digest, site.shown.topics), whole=True)


def _contents(digest: Digest, parts: Sequence[Sequence[Group]]) -> tuple[tuple[Group, str], ...]:
    """The groups of a digest, each with the URL where it begins."""
    first: dict[str, tuple[Group, str]] = {}
    for number, part in enumerate(parts, 1):
        for group in part:
            first.setdefault(group.anchor, (group, f"{page_url(digest.url, number)}#{group.anchor}"))
    return tuple(first.values())


def home_view(site: Site) -> View:
    """The home page."""
    shown, latest = site.shown, site.shown.latest
    featured = [entry for entry in newest_first(shown.entries) if entry.paper.featured]
    years = charts.years_of(shown.entries)
    context = {
        "digest": latest,
        "latest": latest,
        "total": len(shown.entries),
        "contents": _contents(latest, _digest_pages(latest, site)) if latest else (),
        "moved": arrivals.moved(*shown.digests[:2]) if len(shown.digests) > 1 else (),
        "digests": shown.digests,
        "intro": mdtext.shown(site.written(f"digests/{latest.day.isoformat()}.md").split(BETWEEN)[0]) if latest else "",
        "leading": _leading(latest, featured) if latest else (),
        "discussed": most_discussed(shown.entries)[:7],
        "growing": charts.growing(shown.topics, by_topic(shown.entries), years, most=7),
        "last_years": years[-2:],
        "years": sorted((year, len(entries)) for year, entries in by_year(shown.entries).items()),
    }
    return View("home.html", "", context, updated=latest.day if latest else None)


def _leading(digest: Digest, featured: Sequence[Entry]) -> tuple[Entry, ...]:
    """Ten papers for the home page: what the curator features, then new ones, then the most discussed."""
    ranked = sorted(digest.entries, key=lambda entry: (entry.slug not in digest.new, -(entry.paper.comments or 0)))
    return tuple({entry.slug: entry for entry in (*featured, *ranked)}.values())[:10]
