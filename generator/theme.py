"""What the site's templates share: escaping, words, URLs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple, cast
from urllib.parse import quote_plus, urlsplit

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from mkdocs.structure.pages import Page
from mkdocs.utils import normalize_url
from mkdocs.utils.templates import TemplateContext, url_filter

from generator import citations, doi, keyterms, words
from generator.feeds import MOST
from generator.model import Entry, Paper, Topic
from generator.scripts import language
from generator.view import Site
from generator.why import why

_NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Shared:
    """What the templates of all pages know beside their views."""

    topics: tuple[Topic, ...]
    material_sheet: str
    policy: str

    @property
    def topic_names(self) -> Mapping[str, Topic]:
        return {topic.id: topic for topic in self.topics}


def prepare(env: Environment, shared: Shared, site: Site, templates: Path) -> None:
    """Set up MkDocs' environment, which escapes nothing: the templates below ``templates`` shall escape every value."""
    env.autoescape = _is_ours(templates)
    env.filters |= {
        "url": url,
        "long_date": words.long_date,
        "short_date": words.short_date,
        "day_of_year": words.day_of_year,
        "counted": words.counted,
        "byline": byline,
        "host": host,
        "query": quote_plus,
        "shortened": words.shortened,
        "language": language,
        "citation_tags": citations.tags,
        "arxiv_page": citations.arxiv_page,
        "arxiv_pdf": citations.arxiv_pdf,
        "json_ld": _json_ld({topic.id: topic.name for topic in shared.topics}),
        "words": keyterms.words,
        "why": partial(why, site.taxonomy),
        "doi_page": doi.page,
    }
    env.globals |= {
        "topic_names": shared.topic_names,
        "is_new": _is_new(site.shown.new),
        "most_in_a_feed": MOST,
        "material_sheet": shared.material_sheet,
        "policy": shared.policy,
    }


@pass_context
def url(context: Context, target: object) -> str:
    """What MkDocs' filter gives, sooner: from all pages of a folder, what is not below them is equally far."""
    told, page = str(target), context["page"]
    here = page.url if page else ""
    folder, _, name = here[:-1].rpartition("/")
    if not here.endswith("/") or name in told:
        return url_filter(cast(TemplateContext, context), told)
    return _from_pages_in(folder, told)


class _AnyPage(NamedTuple):
    url: str


@lru_cache(maxsize=1 << 15)
def _from_pages_in(folder: str, target: str) -> str:
    return normalize_url(target, cast(Page, _AnyPage(f"{folder}/\0/")))


def host(url: str) -> str:
    """The host of a URL as ASCII, so that none looks like another: letters that only look Latin are seen for others."""
    name = urlsplit(url).hostname or url
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:  # no name of a host has such letters, or so many
        return name


def byline(paper: Paper) -> str:
    """Who wrote it, in few words; empty where nothing tells.  Each name stands alone, whichever way it is written."""
    if named := paper.named_authors:
        shown = named[:_NAMES_SHOWN]
        names = Markup(", ".join(f"<bdi>{escape(name)}</bdi>" for name in shown))  # noqa: S704  (each is escaped)
        if paper.has_further_authors and not paper.author_count:
            return names + " and others"
        more = max(len(named), paper.author_count or 0) - len(shown)
        return names + (f" and {more} more" if more else "")
    return words.counted(paper.author_count, "author") if paper.author_count else ""


def _json_ld(names: Mapping[str, str]) -> Callable[[Paper, str | None], str]:
    return lambda paper, url: citations.json_ld(paper, [names.get(topic, topic) for topic in paper.topics], url)


def _is_new(slugs: frozenset[str]) -> Callable[[Entry], bool]:
    return lambda entry: entry.slug in slugs


def _is_ours(templates: Path) -> Callable[[str | None], bool]:
    """Tell our templates from the theme's by where they are loaded from."""
    ours = {path.relative_to(templates).as_posix() for path in templates.rglob("*.html")}
    return lambda name: name in ours
