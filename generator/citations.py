"""What a paper's page tells machines that cite: the ``citation_*`` tags, and schema.org's record of the paper.

Pure: a paper goes in, text comes out.  What nothing tells is in neither; what the
browser makes for readers to copy (``theme_overrides/assets/cite/``) is made of these tags.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

from generator import arxiv, doi, venues
from generator.content.yamltext import Value
from generator.model import Paper

_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# Inside a script only these could end it, or be read as something else by HTML or by JavaScript.
_ESCAPES: Final = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def tags(paper: Paper, url: str | None) -> Iterator[tuple[str, str]]:
    """Names and contents of the meta tags that Google Scholar and Zotero read; ``url`` is the page's own, if known."""
    yield "citation_title", paper.title
    for author in paper.named_authors:
        yield "citation_author", author
    if published := _published(paper):
        yield "citation_publication_date", published.replace("-", "/")
    if kind := venues.kind(paper.venue):
        yield f"citation_{kind}_title", venues.name(paper.venue)
    if paper.doi:
        yield "citation_doi", paper.doi
    if paper.arxiv:
        yield "citation_arxiv_id", paper.arxiv
        yield "citation_pdf_url", arxiv.pdf(paper.arxiv)
    if url:
        yield "citation_abstract_html_url", url


def json_ld(paper: Paper, topics: Sequence[str]) -> str:
    """The paper as schema.org's ``ScholarlyArticle``: JSON that may stand inside a script, whatever its texts hold.

    Its ``url`` is that of the page where it stands, and is told from there: https://www.w3.org/TR/json-ld11/#relative-iris
    """
    told = _JSON.encode(_article(paper, topics))
    for sign, escaped in _ESCAPES.items():
        told = told.replace(sign, escaped)
    return told


def _article(paper: Paper, topics: Sequence[str]) -> dict[str, Value]:
    elsewhere = _elsewhere(paper)
    facts: dict[str, Value] = {
        "headline": paper.title,
        "datePublished": _published(paper),
        "author": [{"@type": "Person", "name": name} for name in paper.named_authors],
        "isPartOf": _venue(paper.venue),
        "url": ".",
        "sameAs": elsewhere if len(elsewhere) != 1 else elsewhere[0],
        "keywords": list(topics),
    }
    known = {name: value for name, value in facts.items() if value}
    return {"@context": "https://schema.org", "@type": "ScholarlyArticle", **known}


def _published(paper: Paper) -> str:
    """The day, or the year that the venue tells (`ICML 2024`)."""
    return paper.date.isoformat() if paper.date else venues.year(paper.venue)


def _elsewhere(paper: Paper) -> list[Value]:
    """Other addresses of the paper."""
    pages: list[Value] = [arxiv.page(paper.arxiv)] if paper.arxiv else []
    return [*pages, doi.page(paper.doi)] if paper.doi else pages


def _venue(venue: str) -> Value:
    journal = venues.kind(venue) == "journal"
    return {"@type": "Periodical" if journal else "CreativeWork", "name": venues.name(venue)} if venue else None
