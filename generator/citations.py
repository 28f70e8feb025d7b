"""What a paper's page tells machines that cite: the ``citation_*`` tags, and schema.org's record of the paper.

Pure: a paper goes in, text comes out.  What nothing tells is in neither; what the
browser makes for readers to copy (``theme_overrides/assets/cite/``) is made of these tags.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

from generator.model import Paper
from generator.yamltext import Value

# Inside a script only these could end it, or be read as something else by HTML or by JavaScript.
_ESCAPES: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def arxiv_page(arxiv: str) -> str:
    """Where arXiv shows the paper."""
    return f"https://arxiv.org/abs/{quote(arxiv)}"


def arxiv_pdf(arxiv: str) -> str:
    """Where arXiv keeps the paper itself."""
    return f"https://arxiv.org/pdf/{quote(arxiv)}"


def tags(paper: Paper, url: str | None) -> Iterator[tuple[str, str]]:
    """Names and contents of the meta tags that Google Scholar and Zotero read; ``url`` is the page's own, if known."""
    yield "citation_title", paper.title
    for author in paper.authors:
        yield "citation_author", author
    if paper.date:
        yield "citation_publication_date", paper.date.isoformat().replace("-", "/")
    if paper.arxiv:
        yield "citation_arxiv_id", paper.arxiv
        yield "citation_pdf_url", arxiv_pdf(paper.arxiv)
    if url:
        yield "citation_abstract_html_url", url


def json_ld(paper: Paper, topics: Sequence[str], url: str | None) -> str:
    """The paper as schema.org's ``ScholarlyArticle``: JSON that may stand inside a script, whatever its texts hold."""
    told = json.dumps(_article(paper, topics, url), ensure_ascii=False, separators=(",", ":"))
    return told.translate(_ESCAPES)


def _article(paper: Paper, topics: Sequence[str], url: str | None) -> dict[str, Value]:
    facts: dict[str, Value] = {
        "headline": paper.title,
        "datePublished": paper.date.isoformat() if paper.date else None,
        "author": [{"@type": "Person", "name": name} for name in paper.authors],
        "url": url,
        "sameAs": arxiv_page(paper.arxiv) if paper.arxiv else None,
        "keywords": list(topics),
    }
    known = {name: value for name, value in facts.items() if value}
    return {"@context": "https://schema.org", "@type": "ScholarlyArticle", **known}
