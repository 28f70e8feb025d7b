"""Read what arXiv gives out as XML: answers of its API (Atom), and its daily feeds (RSS and Atom).

The API tells a paper's own day, DOI, journal and comments.  A daily feed tells the day of the announcement, which
stands in for the paper's unless it was a replacement, puts ``arXiv:ID Announce Type: new Abstract:`` before the
abstract and all authors into one element.
See https://info.arxiv.org/help/api/user-manual.html and https://info.arxiv.org/help/rss_specifications.html.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from generator.model import Place, Problem
from generator.reading import feeds, naming
from generator.reading.feeds import Item
from generator.reading.found import Capture, Found, found, unescaped
from generator.reading.jsontext import mapping, text_of, whole
from generator.reading.markup import shown
from generator.reading.names import people

FORMAT: Final = "arxiv-feed"
EXAMPLE: Final = (
    "<feed><title>arXiv Query: …</title><entry><id>http://arxiv.org/abs/2606.13677v1</id> … or <rss> of rss.arxiv.org"
)

_OF_ARXIV: Final = re.compile(
    r"<title[^<>]{0,60}>\s{0,9}(?:arXiv Query|[^<>]{1,80} updates on (?:the )?arXiv)|<(?:id|link|docs)>https?://(?:export\.|rss\.)?arxiv\.org/(?:api|rss|atom)|"
    r"xmlns(?::arxiv)?=\"http://arxiv\.org/schemas/atom|rdf:about=\"https?://[a-z.]{0,12}arxiv\.org",
    re.IGNORECASE,
)
_ITEM: Final = re.compile(r"<(?:entry|item)[\s>]")
_ANNOUNCED: Final = re.compile(r"\s*arXiv:\S{1,40}\s+Announce Type:\s*(\S{1,20})\s*(?:Abstract:)?\s*", re.IGNORECASE)
_IN_TITLE: Final = re.compile(r"\.?\s*\(arXiv:\S{1,40}(?:\s*\[[^\[\]()]{1,40}\])?(?:\s+[A-Z]{1,20})?\)\s*$")
_REPLACEMENTS: Final = ("replace", "replace-cross")


def claims(text: str) -> int:
    """Return how many entries a feed of arXiv has."""
    text = _unwrapped(text)
    return sum(1 for _ in _ITEM.finditer(text)) if feeds.is_feed(text) and _OF_ARXIV.search(text[:5000]) else 0


def read(text: str, file: str) -> tuple[Capture, ...]:
    """Return the one capture that an answer or a feed is."""
    unwrapped = _unwrapped(text)
    feed = feeds.feed(unwrapped)
    body = text.count("\n", 0, text.find('"body"')) + 1 if unwrapped is not text else 0
    read = [_paper(replace(item, line=body or item.line), file) for item in feed.items]
    return (
        Capture(
            line=body or 1,
            day=feed.day,
            found=tuple(one for one in read if isinstance(one, Found)),
            problems=(*feed.problems(file), *(one for one in read if isinstance(one, Problem))),
            has_header=False,
        ),
    )


def _unwrapped(text: str) -> str:
    """Return the feed that a recorded answer, JSON with the ``body``, holds; other texts as they are."""
    return text_of(mapping(whole(text)).get("body")) or text if text.lstrip()[:1] == "{" and '"body"' in text else text


def _paper(item: Item, file: str) -> Found | Problem:
    announced = _ANNOUNCED.match(item.text)
    kind = item.fields.get("announce_type", announced[1] if announced else "").lower()
    identity = " ".join((item.fields.get("id", ""), item.fields.get("guid", ""), *item.links))
    arxiv = naming.arxiv_id_in(identity) or naming.arxiv_id_in(identity.replace("oai:arXiv.org:", "arXiv:"))
    title = _IN_TITLE.sub("", " ".join(item.title.split()))
    place = Place(file, item.line)
    if not title or "/api/errors" in identity:
        said = " ".join(item.text.split())[:80] or "an entry without a title"
        return Problem(place, "error", f"arXiv answered with an error instead of a paper: {said}")
    from_api = not kind and not announced
    stands_in = ("date",) if not from_api else ()
    return found(
        unescaped(title) if not from_api else title,
        item.line,
        abstract=_abstract(item.text[announced.end() :] if announced else item.text),
        authors=_authors(item),
        arxiv=arxiv,
        doi=item.fields.get("doi"),
        remarks=item.fields.get("comment", ""),
        day=None if kind in _REPLACEMENTS else item.day,
        stand_ins=stands_in,
        venue=item.fields.get("journal_ref") or item.fields.get("journal_reference", ""),
    )


def _abstract(text: str) -> str:
    """Return the abstract, which the feeds of before 2024 wrapped in HTML: elsewhere ``a<b`` is no tag."""
    return shown(text) if text.lstrip().startswith("<p") else text


def _authors(item: Item) -> tuple[str, ...]:
    """Return the names; old feeds wrap each in a link, and all feeds but the API's write them into one element."""
    if len(item.authors) > 1:
        return item.authors
    return people(without_affiliations(" ".join(shown(one) for one in item.authors)))


def without_affiliations(text: str) -> str:
    """Return a line of authors without what arXiv lets them write into brackets behind their names."""
    for _ in range(3):
        text = re.sub(r"\s*\([^()]{0,400}\)", "", text)
    return text
