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
from generator.scripts import language
from generator.site.urls import url
from generator.words import counted, day_of_year, short_date, shortened

_NAMES_SHOWN = 3
_LEAD = 330  # signs of an abstract
_ALSO_OPEN_GRAPH = {"citation_title": " property=og:title", "citation_abstract_html_url": " property=og:url"}


def byline(paper: Paper) -> str:
    """Who wrote it, in few words; empty where nothing tells.  Each name stands alone, whichever way it is written."""
    if named := paper.named_authors:
        shown = [f"<bdi>{escape(name)}</bdi>" for name in named[:_NAMES_SHOWN]]
        names, more = ", ".join(shown), max(len(named), paper.author_count or 0) - len(shown)
        if paper.has_further_authors and not paper.author_count:
            names += " and others"
        elif more:
            names += f" and {more} more"
        return Markup(names)  # noqa: S704  (each is escaped)
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
def listed(
    context: Context,
    item: Entry,
    *,
    dated: str = "short",
    without: str = "",
    besides: date | None = None,
    lead: bool = False,
    who: str = "",
) -> Markup:
    """A paper in a list: title, then one line of date, byline, comments, kinds of link, topics.

    What is not known is not there, nor are the topic that the list is ``without``, and the organisation whose page it
    is.  ``besides`` is the digest that has the list: others are told.
    """
    paper, day, title = item.paper, item.paper.date, escape(item.paper.title)
    marks = f"{' lead' if lead else ''}{' new' if context['is_new'](item) else ''}"
    known = " · ".join(filter(None, _facts(context, paper, besides, who)))
    topics = " ".join([topic_link(context, id) for id in paper.topics if id != without])
    parts = (
        f'<li class="entry{marks}">' if marks else "<li class=entry>",
        f'<h3 dir=auto{_language(paper.title)}><a href="{escape(url(context, item.url))}">{title}</a></h3>',
        f"<p class=serif dir=auto{_language(paper.abstract)}>{escape(shortened(paper.abstract, _LEAD))}</p>"
        if lead and paper.abstract
        else "",
        "<p class=meta>",
        f"<time datetime={day}>{day_of_year(day) if dated == 'day' else short_date(day)}</time>" if day else "",
        f" <span>{known}</span>" if known else "",
        f" <span class=topics>{topics}</span>" if topics else "",
    )
    return Markup("".join(parts))  # noqa: S704  (what comes from a paper is escaped)


def _language(text: str) -> str:
    """An attribute that tells the language of a text, where that is certain."""
    told = language(text)
    return f' lang="{told}"' if told else ""


def citation_tags(paper: Paper, address: str | None) -> Markup:
    """The paper's ``citation_*`` tags, a line each; two tell those that show links the same."""
    tags = citations.tags(paper, address)
    return Markup(  # noqa: S704  (what comes from a paper is escaped)
        "\n".join(f'<meta name={name}{_ALSO_OPEN_GRAPH.get(name, "")} content="{escape(its)}">' for name, its in tags)
    )


def _facts(context: Context, paper: Paper, besides: date | None, who: str) -> Iterator[str]:
    """As HTML."""
    yield byline(paper)
    if paper.organization and paper.organization.handle != who:
        yield organization_link(context, paper.organization)
    if paper.comments:
        yield f"<b>{counted(paper.comments, 'comment')}</b>"
    if paper.links:
        yield ", ".join(paper.links.kinds())
    if besides:
        days = (seen.captured for seen in paper.sightings)
        yield from (f"also {short_date(day)}" for day in dict.fromkeys(days) if day and day != besides)


@lru_cache(maxsize=1 << 13)
def _link(target: str, name: str, *, alone: bool = False) -> Markup:
    """A link; the name stands ``alone`` where it may be written from right to left."""
    shown = f"<bdi>{escape(name)}</bdi>" if alone else escape(name)
    return Markup(f'<a href="{escape(target)}">{shown}</a>')  # noqa: S704  (both are escaped)
