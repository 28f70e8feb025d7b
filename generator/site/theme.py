"""What the site's templates share: escaping, and the words and pieces that they are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote_plus

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from generator import arxiv, citations, doi, keyterms, words
from generator.feeds import MOST
from generator.model import Entry, Paper, Topic
from generator.scripts import language
from generator.site import snippets, urls
from generator.site.view import Site
from generator.topics.why import why


@dataclass(frozen=True, slots=True)
class Shared:
    """What the templates of all pages know beside their views."""

    topics: tuple[Topic, ...]
    material_sheet: str
    policy: str
    has_about: bool

    @property
    def topic_names(self) -> Mapping[str, Topic]:
        return {topic.id: topic for topic in self.topics}


def prepare(env: Environment, shared: Shared, site: Site, templates: Path) -> None:
    """Set up MkDocs' environment, which escapes nothing: the templates below ``templates`` shall escape every value."""
    env.autoescape = _is_ours(templates)
    env.filters |= {
        "url": urls.url,
        "long_date": words.long_date,
        "short_date": words.short_date,
        "counted": words.counted,
        "byline": snippets.byline,
        "host": urls.host,
        "query": quote_plus,
        "shortened": words.shortened,
        "language": language,
        "citation_tags": snippets.citation_tags,
        "arxiv_page": arxiv.page,
        "arxiv_pdf": arxiv.pdf,
        "json_ld": _json_ld({topic.id: topic.name for topic in shared.topics}),
        "words": keyterms.words,
        "why": partial(why, site.taxonomy),
        "doi_page": doi.page,
    }
    env.globals |= {
        "alike": _alike(),
        "listed": snippets.listed,
        "topic_link": snippets.topic_link,
        "organization_link": snippets.organization_link,
        "topic_names": shared.topic_names,
        "is_new": _is_new(site.shown.new),
        "most_in_a_feed": MOST,
        "material_sheet": shared.material_sheet,
        "policy": shared.policy,
        "has_about": shared.has_about,
    }


def _alike() -> Callable[[Context, str], Markup]:
    """Parts that depend on nothing but the folder of the page are made once for all pages there."""
    made: dict[tuple[str, str], Markup] = {}

    @pass_context
    def alike(context: Context, name: str) -> Markup:
        page = context["page"]
        key = (name, page.url[:-1].rpartition("/")[0])
        if key not in made:
            here = context.environment.get_template(name).render(context.get_all())
            made[key] = Markup(here)  # noqa: S704  (a template that escapes what it shows)
        return made[key]

    return alike


def _json_ld(names: Mapping[str, str]) -> Callable[[Paper], str]:
    return lambda paper: citations.json_ld(paper, [names.get(topic, topic) for topic in paper.topics])


def _is_new(slugs: frozenset[str]) -> Callable[[Entry], bool]:
    return lambda entry: entry.slug in slugs


def _is_ours(templates: Path) -> Callable[[str | None], bool]:
    """Tell our templates from the theme's by where they are loaded from."""
    ours = {path.relative_to(templates).as_posix() for path in templates.rglob("*.html")}
    return lambda name: name in ours
