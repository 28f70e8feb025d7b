"""The pieces of HTML that stand on very many pages, often many times on one: a macro takes three times as long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from generator import citations
from generator.model import Entry, Organization, Paper
from generator.urls import url
from generator.words import counted, short_date

_NAMES_SHOWN = 3
_ALSO_OPEN_GRAPH = {"citation_title": " property=og:title", "citation_abstract_html_url": " property=og:url"}


def byline(paper: Paper) -> str:
    """Who wrote it, in few words; empty where nothing tells.  Each name stands alone, whichever way it is written."""
    if named := paper.named_authors:
        shown = named[:_NAMES_SHOWN]
        names = Markup(", ".join(f"<bdi>{escape(name)}</bdi>" for name in shown))  # noqa: S704  (each is escaped)
        if paper.has_further_authors and not paper.author_count:
            return names + " and others"
        more = max(len(named), paper.author_count or 0) - len(shown)
        return names + (f" and {more} more" if more else "")
    return counted(paper.author_count, "author") if paper.author_count else ""


@pass_context
def topic_link(context: Context, id: str) -> Markup:
    """A topic's name, leading to its page; of a topic that the taxonomy has not, its id."""
    topic = context["topic_names"].get(id)
    return _link(url(context, f"topics/{id}/"), topic.name) if topic else escape(id)


@pass_context
def organization_link(context: Context, who: Organization) -> Markup:
    """An organisation's name, leading to its page."""
    return _link(url(context, f"organizations/{who.handle}/"), who.name, alone=True)


@pass_context
def facts(context: Context, item: Entry, besides: date | None = None, who: str = "") -> Markup:
    """Byline, comments, kinds of link, and the digests ``besides`` one; not the organisation whose page it is."""
    return Markup(" · ").join(filter(None, _facts(context, item.paper, besides, who)))


def citation_tags(paper: Paper, address: str | None) -> Markup:
    """The paper's ``citation_*`` tags, a line each; two tell those that show links the same."""
    tags = citations.tags(paper, address)
    return Markup(  # noqa: S704  (what comes from a paper is escaped)
        "\n".join(f'<meta name={name}{_ALSO_OPEN_GRAPH.get(name, "")} content="{escape(its)}">' for name, its in tags)
    )


def _facts(context: Context, paper: Paper, besides: date | None, who: str) -> Iterator[str]:
    yield byline(paper)
    if paper.organization and paper.organization.handle != who:
        yield organization_link(context, paper.organization)
    if paper.comments:
        yield Markup(f"<b>{counted(paper.comments, 'comment')}</b>")  # noqa: S704  (a number)
    if paper.links:
        yield ", ".join(paper.links.kinds())
    if besides:
        days = (seen.captured for seen in paper.sightings)
        yield from (f"also {short_date(day)}" for day in days if day and day != besides)


@lru_cache(maxsize=1 << 13)
def _link(target: str, name: str, *, alone: bool = False) -> Markup:
    """A link; the name stands ``alone`` where it may be written from right to left."""
    shown = f"<bdi>{escape(name)}</bdi>" if alone else escape(name)
    return Markup(f'<a href="{escape(target)}">{shown}</a>')  # noqa: S704  (both are escaped)
