"""Which pages the site has, and what each template is given: catalogue in, views out.

A view is keyed by the Markdown file that it stands for, below ``content/``; most such
files exist only during the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from generator import arrivals, charts, groups, listpage, mdtext, pages, words
from generator.catalogue import (
    Catalogue,
    by_organization,
    by_topic,
    by_year,
    most_discussed,
    newest_first,
    organizations,
)
from generator.curated import PART
from generator.groups import Group
from generator.model import Digest, Entry, Problem, Topic
from generator.paperpage import Body, PaperPage
from generator.related import Related, related
from generator.topics import Taxonomy, assign, explain
from generator.yamltext import Value

_BETWEEN: Final = f"\n\n{PART}\n\n"
_DESCRIPTION: Final = 200


@dataclass(frozen=True, slots=True)
class View:
    """A page: its template, what the template is given, and Markdown that a person wrote for it."""

    template: str
    title: str
    context: Mapping[str, Value] = field(default_factory=dict)
    description: str = ""
    markdown: str = ""
    updated: date | None = None
    indexed: bool = True


@dataclass(frozen=True, slots=True)
class Site:
    """All that the views are made of."""

    shown: Catalogue
    papers: tuple[PaperPage, ...]
    taxonomy: Taxonomy
    texts: Mapping[str, str]
    published: frozenset[str]
    redirects: Mapping[str, str]
    status: Mapping[str, Value]
    problems: tuple[Problem, ...] = ()


def views(site: Site) -> Mapping[str, View]:
    """Every page of the site but those written by hand."""
    made = dict(
        [
            *_papers(site),
            *_topics(site),
            *_digests(site),
            *_organizations(site),
            *_archive(site),
            *_titles(site),
            ("index.md", _home(site)),
            ("search.md", View("search.html", "Search")),
            ("status.md", _status(site)),
        ]
    )
    folders = {file.casefold() for file in made}  # on a disk where these do not differ by case
    return {**{file: view for file, view in _elsewhere(site) if file.casefold() not in folders}, **made}


def _elsewhere(site: Site) -> Iterator[tuple[str, View]]:
    """For the URLs that were published once: a way to where they lead now, or a word that nothing is there."""
    for url in sorted(site.published | set(site.redirects)):
        target = site.redirects.get(url)
        file = f"{url.removesuffix('/')}.md"
        moved = View("moved.html", "Moved", {"target": target}, indexed=False)
        yield file, moved if target else _gone("Not here any more")


def _papers(site: Site) -> Iterator[tuple[str, View]]:
    digests = {digest.day: digest for digest in site.shown.digests}
    entries = {entry.slug: entry for entry in site.shown.entries}
    close = related(site.shown.entries)
    for page in site.papers:
        if entry := entries.get(page.slug):
            yield page.file, _paper(entry, page.body, site, digests, close.get(page.slug, ()))
        elif f"papers/{page.slug}/" not in site.redirects:
            yield page.file, _gone(page.paper.title)


def _gone(title: str) -> View:
    return View("gone.html", title, indexed=False)


def _paper(entry: Entry, body: Body, site: Site, digests: Mapping[date, Digest], others: tuple[Related, ...]) -> View:
    paper = entry.paper
    plain = mdtext.plain(body.abstract)
    parts = (body.above, "" if plain is not None else body.abstract, body.below)
    reasons = {found.topic.id: explain(found) for found in assign(site.taxonomy, paper.title, paper.abstract)}
    seen = sorted((s for s in paper.sightings if s.captured in digests), key=lambda s: str(s.captured), reverse=True)
    context = {
        "entry": entry,
        "abstract": plain,
        "reasons": reasons,
        "related": others,
        "seen": [(sighting, digests[sighting.captured]) for sighting in seen if sighting.captured],
        "neighbours": _neighbours(entry, digests[seen[0].captured]) if seen and seen[0].captured else None,
    }
    written = _BETWEEN.join(parts) if any(parts) else ""
    description = words.shortened(paper.abstract, _DESCRIPTION)
    return View("paper.html", paper.title, context, description, written, _updated(entry))


def _updated(entry: Entry) -> date | None:
    """The newest day that the paper tells: of a capture, or its own."""
    days = [sighting.captured for sighting in entry.paper.sightings]
    return max((day for day in (entry.paper.date, *days) if day), default=None)


def _neighbours(entry: Entry, digest: Digest) -> Mapping[str, Value]:
    """The papers before and after in a digest."""
    slugs = [other.slug for other in digest.entries]
    at = slugs.index(entry.slug)
    before = digest.entries[at - 1] if at else None
    after = digest.entries[at + 1] if at + 1 < len(slugs) else None
    return {"digest": digest, "before": before, "after": after}


def _topics(site: Site) -> Iterator[tuple[str, View]]:
    of_topic = by_topic(site.shown.entries)
    rows = sorted(site.shown.topics, key=lambda topic: -len(of_topic.get(topic.id, ())))
    years = charts.years_of(site.shown.entries)
    table = [_topic_row(topic, of_topic.get(topic.id, ()), site, years) for topic in rows]
    yield "topics/index.md", View("topics.html", "Topics", {"table": table, "years": years})
    for topic in site.shown.topics:
        entries = of_topic.get(topic.id, ())
        context = {
            "topic": topic,
            "discussed": most_discussed(entries)[:5],
            "together": _together(topic, entries, site),
            "chart": charts.by_year(entries, years),
            "new": _new(site, entries),
        }
        intro = _written(site, f"topics/{topic.id}.md")
        view = View("topic.html", topic.name, context, topic.description, intro)
        yield from _paged(f"topics/{topic.id}", view, groups.in_pages(groups.years(entries)))


def _topic_row(topic: Topic, entries: Sequence[Entry], site: Site, years: Sequence[int]) -> Mapping[str, Value]:
    spark = charts.sparkline(entries, years)
    return {"topic": topic, "spark": spark, "papers": len(entries), "new": _new(site, entries)}


def _new(site: Site, entries: Iterable[Entry]) -> int:
    """How many of the papers were first seen in the newest digest: lists show their titles in bold."""
    new = site.shown.latest.new if site.shown.latest else frozenset()
    return sum(entry.slug in new for entry in entries)


def _together(topic: Topic, entries: Iterable[Entry], site: Site) -> list[tuple[Topic, int]]:
    """The topics most often beside this one, with how often; at most six."""
    counts = {other: sum(other.id in entry.paper.topics for entry in entries) for other in site.shown.topics}
    beside = ((other, count) for other, count in counts.items() if count and other != topic)
    return sorted(beside, key=lambda pair: -pair[1])[:6]


def _digests(site: Site) -> Iterator[tuple[str, View]]:
    yield "digests/index.md", View("digests.html", "Digests", {"digests": site.shown.digests})
    for later, digest, earlier in _between(site.shown.digests):
        file = f"digests/{digest.day.isoformat()}.md"
        told = listpage.read(site.texts[file], file) if file in site.texts else None
        parts = _digest_pages(digest, site)
        context = {"digest": digest, "contents": _contents(digest, parts), "later": later, "earlier": earlier}
        description = f"{words.counted(len(digest.entries), 'paper')}, {len(digest.new)} of them new."
        title = told.title if told else pages.digest_title(digest)
        view = View("digest.html", title, context, description, _written(site, file), digest.day)
        yield from _paged(file.removesuffix(".md"), view, parts)


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
            first.setdefault(group.anchor, (group, f"{_page_url(digest.url, number)}#{group.anchor}"))
    return tuple(first.values())


def _organizations(site: Site) -> Iterator[tuple[str, View]]:
    grouped = by_organization(site.shown.entries)
    known = organizations(site.shown.entries)
    table = [(known[handle], entries) for handle, entries in grouped.items()]
    yield "organizations/index.md", View("organizations.html", "Organisations", {"table": table})
    for handle, entries in grouped.items():
        context = {"kind": "Organisation", "who": handle, "new": _new(site, entries)}
        view = View("listing.html", known[handle].name, context, f"Papers of {known[handle].name}.")
        yield from _paged(f"organizations/{handle}", view, groups.in_pages(groups.years(entries)))


def _archive(site: Site) -> Iterator[tuple[str, View]]:
    years = by_year(site.shown.entries)
    table = [(year, len(entries)) for year, entries in years.items()]
    yield "archive/index.md", View("archive.html", "Archive", {"table": table})
    for year, entries in years.items():
        title = f"Papers of {year}" if year != "undated" else "Papers without a date"
        context = {"kind": "Archive", "here": year, "beside": table, "new": _new(site, entries)}
        view = View("listing.html", title, context, f"{title}.")
        yield from _paged(f"archive/{year}", view, groups.in_pages(groups.months(entries)))


def _titles(site: Site) -> Iterator[tuple[str, View]]:
    """All titles from A to Z, for who looks without a script."""
    view = View("titles.html", "Titles from A to Z", description="Every paper by its title.")
    yield from _paged("titles", view, groups.in_pages(groups.initials(site.shown.entries)))


def _home(site: Site) -> View:
    shown, latest = site.shown, site.shown.latest
    featured = [entry for entry in newest_first(shown.entries) if entry.paper.featured]
    years = charts.years_of(shown.entries)
    context = {
        "digest": latest,
        "contents": _contents(latest, _digest_pages(latest, site)) if latest else (),
        "moved": arrivals.moved(*shown.digests[:2]) if len(shown.digests) > 1 else (),
        "digests": shown.digests,
        "intro": mdtext.shown(_written(site, f"digests/{latest.day.isoformat()}.md").split(_BETWEEN)[0])
        if latest
        else "",
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


def _status(site: Site) -> View:
    titles = {s.place: entry.paper.title for entry in site.shown.entries for s in entry.paper.sightings}
    on_pages = {f"papers/{entry.slug}.md": entry.paper.title for entry in site.shown.entries}
    problems = [
        (problem, titles.get(problem.place) or on_pages.get(problem.place.file, "")) for problem in site.problems
    ]
    return View(
        "status.html", "Status", {"status": site.status, "problems": problems, "dumps": arrivals.dumps(site.shown)}
    )


def _paged(url: str, first: View, parts: Sequence[Sequence[Group]]) -> Iterator[tuple[str, View]]:
    """A list on its pages; the first has the bare URL, and what a person wrote."""
    total = sum(len(group.entries) for part in parts for group in part)
    for number, part in enumerate(parts, 1):
        paging = {
            "groups": part,
            "total": total,
            "number": number,
            "count": len(parts),
            "newer": _neighbour(url, number - 1, parts),
            "older": _neighbour(url, number + 1, parts),
        }
        title = first.title if number == 1 else f"{first.title}, page {number}"
        file = f"{url}.md" if number == 1 else f"{url}/{number}.md"
        days = (_updated(entry) for group in part for entry in group.entries)
        updated = first.updated or max((day for day in days if day), default=None)
        markdown = first.markdown if number == 1 else ""
        yield file, View(first.template, title, {**first.context, **paging}, first.description, markdown, updated)


def _neighbour(url: str, number: int, parts: Sequence[Sequence[Group]]) -> tuple[str, str] | None:
    """The URL of a page of a list, and what it holds."""
    if not 1 <= number <= len(parts):
        return None
    return _page_url(f"{url}/", number), groups.span(parts[number - 1])


def _page_url(url: str, number: int) -> str:
    return url if number == 1 else f"{url}{number}/"


def _written(site: Site, file: str) -> str:
    """What a person wrote on a topic's or digest's page, above the list and below it."""
    if file not in site.texts:
        return ""
    page = listpage.read(site.texts[file], file)
    return _BETWEEN.join((page.intro, page.below)) if page.intro or page.below else ""
