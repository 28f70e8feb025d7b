"""Feeds of any make, RSS 0.9 to 2.0 and Atom, as the items they hold; which are papers is the readers' business."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final

from generator import dates
from generator.dates import PartialDate
from generator.model import Place, Problem
from generator.reading import markup
from generator.reading.markup import Element, content, line, name

_ROOTS: Final = ("rss", "feed", "rdf")
_ITEMS: Final = ("item", "entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item: texts as the XML holds them, so that HTML in them is still HTML.

    ``fields`` has the text of each further element by its name, the last one's where there are several.
    """

    line: int
    title: str
    text: str
    authors: tuple[str, ...]
    links: tuple[str, ...]
    day: PartialDate | None
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: the day on which it was made, its items, and the line on which its XML breaks, if it does."""

    day: PartialDate | None = None
    items: tuple[Item, ...] = ()
    broken: int | None = None

    def problems(self, file: str) -> tuple[Problem, ...]:
        """What is wrong with the XML."""
        message = "the XML is broken here: items may be missing or cut off from this line on; fetch it again"
        return () if self.broken is None else (Problem(Place(file, self.broken), "warning", message),)


def is_feed(text: str) -> bool:
    """Whether ``text`` is XML that begins like a feed."""
    return markup.first_tag(text) in _ROOTS


def feed(text: str) -> Feed:
    """Return the feed that ``text`` is, as far as it can be read."""
    root, broken = markup.xml(text)
    if root is None:
        return Feed(broken=broken)
    channel = next((one for one in root if name(one) == "channel"), root)
    told = {name(one): content(one) for one in reversed([*root, *channel]) if name(one) not in ("", *_ITEMS, "channel")}
    days = (day(told.get(field, "")) for field in ("updated", "lastbuilddate", "pubdate", "date"))
    items = tuple(_item(one) for one in root.iter() if name(one) in _ITEMS)
    return Feed(next(filter(None, days), None), items, broken)


def day(text: str) -> PartialDate | None:
    """Read a day as feeds write it: ISO 8601, or as in mails."""
    found = dates.iso(text)
    if found or not text.strip():
        return found
    try:
        sent = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return PartialDate(sent.month, sent.day, sent.year)


def _item(element: Element) -> Item:
    fields = {name(one): content(one) for one in element if name(one)}
    days = (day(fields.get(field, "")) for field in ("published", "pubdate", "date", "issued", "updated"))
    texts = (fields.get(field, "") for field in ("encoded", "content", "summary", "description"))
    return Item(
        line=line(element),
        title=fields.get("title", ""),
        text=max(texts, key=len),
        authors=tuple(_authors(element)),
        links=tuple(_links(element)),
        day=next(filter(None, days), None),
        fields=fields,
    )


def _authors(element: Element) -> Iterator[str]:
    """Yield each author, by the name where an element holds more than that; feeds write one or all into an element."""
    for one in element:
        if name(one) in ("author", "creator"):
            named = next((content(part) for part in one if name(part) == "name"), None)
            yield content(one) if named is None else named


def _links(element: Element) -> Iterator[str]:
    for one in element:
        if name(one) == "link":
            yield one.get("href") or content(one).strip()
        elif name(one) in ("guid", "id") and content(one).strip().startswith("http"):
            yield content(one).strip()
