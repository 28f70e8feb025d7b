"""The feeds: what joined lately, of the whole site and of each topic, for feed readers and programs.

``feeds/all.xml`` (Atom, RFC 4287) and ``feeds/all.json`` (JSON Feed 1.1) tell of every visible paper,
``feeds/topics/<id>.xml`` and ``.json`` of one topic, and ``feeds/topics.opml`` lists the Atom feeds of all topics.
A feed has at most :data:`MOST` papers, those that joined last first.

An entry's id is a UUID made of the slug that the paper was first published under, so neither a new title, nor a
page that moved and kept its former slug in ``aliases``, nor another name or address of the site makes a paper new.
Every day comes from the papers, none from the clock: the same papers give the same bytes.

Where the address of the site is known, all URLs are absolute.  Where it is not, they are relative to the feed
(``../papers/x/``), which Atom allows, and no feed tells its own address; the OPML list is then of use only to
programs that read it from the site.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, Final
from urllib.parse import urljoin
from uuid import UUID, uuid5
from xml.etree import ElementTree

import feedgenerator  # type: ignore[import-untyped]

from generator import arxiv, doi, venues
from generator.cache import Cache
from generator.catalogue import Catalogue
from generator.model import Entry, Paper, Topic

MOST: Final = 100
FOLDER: Final = "feeds/"
_OURS: Final = "_paper"  # an extension, as JSON Feed 1.1 has them: an object whose name begins with an underscore

# All ids of entries and feeds hang on it: with another one, every paper would be new to every feed reader.
_NAMESPACE: Final = UUID("e256226f-b021-4270-882f-94f3a9895051")
# Atom wants a day of each entry: that of a paper of which nothing tells any, and of a feed without papers.
_NO_DAY: Final = date(1970, 1, 1)
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The site as its feeds name it; ``url`` is its address, which ends with a slash, or empty."""

    name: str
    url: str = ""
    description: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Feed:
    """The papers of one feed in its order; ``name`` is its place without the ending, ``page`` shows the same."""

    name: str
    title: str
    description: str
    page: str
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        """The same for ever, whatever the title or the site's address."""
        return _urn(self.name)

    @property
    def updated(self) -> date:
        """The day of the newest capture of any of its papers."""
        return max((_updated(entry.paper) for entry in self.entries), default=_NO_DAY)


def feed_files(shown: Catalogue, site: Publication, cache: Cache | None = None) -> dict[str, bytes]:
    """All feeds and the OPML list, by their path in the site; ``cache`` spares writing the same again."""
    cache = cache or Cache()
    topics = {topic.id: topic for topic in shown.topics}
    made = feeds(shown, site)
    files = {f"{FOLDER}topics.opml": opml(made[1:], site)}
    for feed in made:
        both = cache(partial(_both, feed, site, topics), "feed", feed, site, shown.topics)
        files[f"{feed.name}.xml"], files[f"{feed.name}.json"] = both
    # Whoever follows a topic under an id that it once had goes on doing so.
    former = {alias: topic.id for topic in shown.topics for alias in topic.aliases}
    for alias, now in former.items():
        for ending in ("xml", "json"):
            files[f"{FOLDER}topics/{alias}.{ending}"] = files[f"{FOLDER}topics/{now}.{ending}"]
    return files


def _both(feed: Feed, site: Publication, topics: Mapping[str, Topic]) -> tuple[bytes, bytes]:
    return atom(feed, site, topics), json_feed(feed, site, topics)


def feeds(shown: Catalogue, site: Publication) -> tuple[Feed, ...]:
    """The feed of everything, then one of each topic in the order of the taxonomy."""
    newest = latest_joined(shown.entries)
    of_topics = (
        Feed(
            f"{FOLDER}topics/{topic.id}",
            f"{topic.name} · {site.name}",
            topic.description,
            f"topics/{topic.id}/",
            tuple(islice((entry for entry in newest if topic.id in entry.paper.topics), MOST)),
        )
        for topic in shown.topics
    )
    return Feed(f"{FOLDER}all", site.name, site.description, "", newest[:MOST]), *of_topics


def latest_joined(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By the day of the first capture, newest first, then by date, newest first, then by slug.

    A paper that no dump of a known day has counts from its date; one without a date, too, comes last.
    """

    def order(entry: Entry) -> tuple[int, int, str]:
        paper = entry.paper
        joined = min(_captures(paper), default=paper.date or date.min)
        return -joined.toordinal(), -(paper.date or date.min).toordinal(), entry.slug

    return tuple(sorted(entries, key=order))


def entry_id(entry: Entry) -> str:
    """The id of a paper in every feed: made of its oldest slug, the first of its aliases or its only one."""
    return _urn(f"papers/{[*entry.paper.aliases, entry.slug][0]}")


def atom(feed: Feed, site: Publication, topics: Mapping[str, Topic]) -> bytes:
    """The feed as Atom.

    Its author is the site, because Atom asks for one of each entry and of most papers no dump names any.
    """
    made = _Atom(
        title=_clean(feed.title),
        link=_address(feed.page, feed.name, site),
        description=_clean(feed.description),
        language=_clean(site.language),
        author_name=_clean(site.name),
        feed_url=urljoin(site.url, f"{feed.name}.xml") if site.url else None,
        feed_guid=feed.id,
        updated=feed.updated,
    )
    for entry in feed.entries:
        paper = entry.paper
        made.add_item(
            title=_clean(paper.title),
            link=_address(entry.url, feed.name, site),
            description=None,
            unique_id=entry_id(entry),
            pubdate=paper.date,
            updateddate=_updated(paper),
            categories=_topic_names(paper, topics),
            summary=_clean(paper.abstract),
            authors=[_clean(name) for name in paper.named_authors],
        )
    text: str = made.writeString("utf-8")
    return text.encode() + b"\n"


class _Atom(feedgenerator.Atom1Feed):  # type: ignore[misc]
    """The library's Atom, with several authors, with summaries that are text and not HTML, and without the clock."""

    def latest_post_date(self) -> date:
        updated: date = self.feed["updated"]
        return updated

    def add_item_elements(self, handler: Any, item: Mapping[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if item["summary"]:
            handler.addQuickElement("summary", item["summary"], {"type": "text"})


def json_feed(feed: Feed, site: Publication, topics: Mapping[str, Topic]) -> bytes:
    """The feed as JSON Feed 1.1; unlike in Atom, what is not known is absent."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _clean(feed.title),
        "description": _clean(feed.description),
        "home_page_url": _address(feed.page, feed.name, site),
        "feed_url": urljoin(site.url, f"{feed.name}.json") if site.url else "",
        "language": _clean(site.language),
    }
    items = [_json_item(entry, feed, site, topics) for entry in feed.entries]
    made = {**{key: value for key, value in told.items() if value}, "items": items}
    return json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n"


def _json_item(entry: Entry, feed: Feed, site: Publication, topics: Mapping[str, Topic]) -> dict[str, object]:
    paper = entry.paper
    updated = _updated(paper)
    optional = {
        "external_url": arxiv.page(paper.arxiv) if paper.arxiv else doi.page(paper.doi) if paper.doi else "",
        "date_published": _midnight(paper.date) if paper.date else "",
        "date_modified": _midnight(updated) if updated != _NO_DAY else "",
        "authors": [{"name": _clean(name)} for name in paper.named_authors],
        "tags": _topic_names(paper, topics),
        _OURS: _for_citing(paper),
    }
    return {
        "id": entry_id(entry),
        "url": _address(entry.url, feed.name, site),
        "title": _clean(paper.title),
        "content_text": _clean(paper.abstract),
        **{key: value for key, value in optional.items() if value},
    }


def _for_citing(paper: Paper) -> dict[str, object]:
    """What a citation of the paper needs and JSON Feed has no words for."""
    kind = venues.kind(paper.venue)
    told = {
        "doi": paper.doi,
        kind: _clean(venues.name(paper.venue)),
        "year": "" if paper.date else venues.year(paper.venue),
        "further_authors": paper.has_further_authors,
    }
    return {name: value for name, value in told.items() if name and value}


def opml(listed: Iterable[Feed], site: Publication) -> bytes:
    """The Atom feeds as a list that feed readers take in, OPML 2.0."""
    place = f"{FOLDER}topics"
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = _clean(f"Topics of {site.name}")
    body = ElementTree.SubElement(root, "body")
    for feed in listed:
        title = _clean(feed.title)
        addresses = {
            "xmlUrl": _address(f"{feed.name}.xml", place, site),
            "htmlUrl": _address(feed.page, place, site),
        }
        ElementTree.SubElement(body, "outline", {"type": "rss", "text": title, "title": title, **addresses})
    ElementTree.indent(root)
    head = b'<?xml version="1.0" encoding="utf-8"?>\n'
    return head + ElementTree.tostring(root, encoding="unicode").encode() + b"\n"


def _address(target: str, place: str, site: Publication) -> str:
    """The URL of ``target``, both it and ``place`` as paths in the site: absolute, or as seen from ``place``."""
    return urljoin(site.url, target) if site.url else "../" * place.count("/") + target


def _topic_names(paper: Paper, topics: Mapping[str, Topic]) -> list[str]:
    return [_clean(topics[id].name if id in topics else id) for id in paper.topics]


def _captures(paper: Paper) -> list[date]:
    return [sighting.captured for sighting in paper.sightings if sighting.captured]


def _updated(paper: Paper) -> date:
    return max(_captures(paper), default=paper.date or _NO_DAY)


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _urn(name: str) -> str:
    return uuid5(_NAMESPACE, _clean(name)).urn


def _clean(text: str) -> str:
    """The text with a replacement character for each sign that no XML may hold, escaped or not."""
    return _NOT_XML.sub("\ufffd", text)
