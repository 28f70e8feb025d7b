"""Which pages the site has, and what each template is given: catalogue in, views out.

A view is keyed by the Markdown file that it stands for, below ``content/``; most such
files exist only during the build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator import arrivals
from generator.cache import Cache
from generator.content import listpage, paperpage
from generator.site import paper_views
from generator.site.digest_views import digest_views, home_view
from generator.site.list_views import archive_views, organization_views, title_views
from generator.site.paper_views import gone
from generator.site.topic_views import topic_views
from generator.site.view import Site, View, by_hand

__all__ = ["Site", "View", "edited", "views"]


def views(site: Site, cache: Cache | None = None) -> Mapping[str, View]:
    """Every page of the site but those written by hand; ``cache`` spares finding anew what one before found."""
    made = dict(
        [
            *paper_views.paper_views(site, cache),
            *topic_views(site),
            *digest_views(site),
            *organization_views(site),
            *archive_views(site),
            *title_views(site),
            ("index.md", home_view(site)),
            ("search.md", View("search.html", "Search")),
            ("status.md", _status(site)),
        ]
    )
    folders = {file.casefold() for file in made}  # on a disk where these do not differ by case
    return {**{file: view for file, view in _elsewhere(site) if file.casefold() not in folders}, **made}


def edited(view: View, file: str, text: str) -> View | None:
    """The view of a page that a person has edited since; what it tells of other pages is as it was.

    ``None`` where that cannot be told by itself.  Raises :class:`~generator.model.ContentError` for a text that is
    of no use.
    """
    folder, _, name = file.removesuffix(".md").rpartition("/")
    if folder == "papers":
        return paper_views.edited(view, paperpage.read(text, name))
    if folder not in ("topics", "digests"):
        return view
    page = listpage.read(text, file)
    return replace(view, markdown=by_hand(page), title=page.title if folder == "digests" else view.title)


def _elsewhere(site: Site) -> Iterator[tuple[str, View]]:
    """For the URLs that were published once: a way to where they lead now, or a word that nothing is there."""
    for url in sorted(site.published | set(site.redirects)):
        target = site.redirects.get(url)
        file = f"{url.removesuffix('/')}.md"
        moved = View("moved.html", "Moved", {"target": target}, indexed=False)
        yield file, moved if target else gone("Not here any more")


def _status(site: Site) -> View:
    titles = {s.place: entry.paper.title for entry in site.shown.entries for s in entry.paper.sightings}
    on_pages = {f"papers/{entry.slug}.md": entry.paper.title for entry in site.shown.entries}
    problems = [
        (problem, titles.get(problem.place) or on_pages.get(problem.place.file, "")) for problem in site.problems
    ]
    context = {"latest": site.shown.latest, "status": site.status, "problems": problems}
    return View("status.html", "Status", {**context, "dumps": arrivals.dumps(site.shown)})
