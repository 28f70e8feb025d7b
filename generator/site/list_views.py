"""Lists on their pages: of an organisation, of a year, of all titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.catalogue import by_organization, by_year, organizations
from generator.site import groups
from generator.site.groups import Group
from generator.site.view import Site, View, last_told


def organization_views(site: Site) -> Iterator[tuple[str, View]]:
    """All organisations, and the papers of each."""
    grouped = by_organization(site.shown.entries)
    known = organizations(site.shown.entries)
    table = [(known[handle], entries) for handle, entries in grouped.items()]
    yield "organizations/index.md", View("organizations.html", "Organisations", {"table": table})
    for handle, entries in grouped.items():
        context = {"kind": "Organisation", "who": handle, "new": site.new(entries)}
        view = View("listing.html", known[handle].name, context, f"Papers of {known[handle].name}.")
        yield from paged(f"organizations/{handle}", view, groups.in_pages(groups.years(entries)))


def archive_views(site: Site) -> Iterator[tuple[str, View]]:
    """All years, and the papers of each."""
    years = by_year(site.shown.entries)
    table = [(year, len(entries)) for year, entries in years.items()]
    yield "archive/index.md", View("archive.html", "Archive", {"table": table, "total": len(site.shown.entries)})
    for year, entries in years.items():
        title = f"Papers of {year}" if year != "undated" else "Papers without a date"
        context = {"kind": "Archive", "here": year, "beside": table, "new": site.new(entries)}
        view = View("listing.html", title, context, f"{title}.")
        yield from paged(f"archive/{year}", view, groups.in_pages(groups.months(entries)))


def title_views(site: Site) -> Iterator[tuple[str, View]]:
    """All titles from A to Z, for who looks without a script."""
    view = View("titles.html", "Titles from A to Z", description="Every paper by its title.")
    yield from paged("titles", view, groups.in_pages(groups.initials(site.shown.entries)))


def paged(url: str, first: View, parts: Sequence[Sequence[Group]]) -> Iterator[tuple[str, View]]:
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
        days = (last_told(entry) for group in part for entry in group.entries)
        updated = first.updated or max((day for day in days if day), default=None)
        markdown = first.markdown if number == 1 else ""
        yield file, View(first.template, title, {**first.context, **paging}, first.description, markdown, updated)


def _neighbour(url: str, number: int, parts: Sequence[Sequence[Group]]) -> tuple[str, str] | None:
    """The URL of a page of a list, and what it holds."""
    if not 1 <= number <= len(parts):
        return None
    return page_url(f"{url}/", number), groups.span(parts[number - 1])


def page_url(url: str, number: int) -> str:
    """The URL of one of the pages of a list; ``url`` is that of the first."""
    return url if number == 1 else f"{url}{number}/"
