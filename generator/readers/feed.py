"""Read RSS and Atom feeds of other digests.

An item is a paper, if it leads to one; or it is an issue of a digest and lists papers, which are a capture of its day.
Others are no papers, and are counted.  What a feed says of a paper stands in for the abstract, unless it says that it
is the abstract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from generator.model import Place, Problem
from generator.readers import arxiv_feed, labelled, paper_list
from generator.reading import columns, feeds, naming
from generator.reading.feeds import Item
from generator.reading.found import Capture, Found, found
from generator.reading.jsontext import number_of, text_of
from generator.reading.markup import first_tag, shown
from generator.reading.names import people
from generator.reading.paper_signs import STAND_INS

FORMAT: Final = "feed"
EXAMPLE: Final = "<rss><channel><item><title>…</title><link>https://arxiv.org/abs/2607.28609</link><description>…"

_MANY: Final = 3
_ITEM: Final = re.compile(r"<(?:entry|item)[\s>]")


def claims(text: str) -> int:
    """Return how many items a feed that leads to papers has."""
    if not feeds.is_feed(text) or arxiv_feed.claims(text):
        return 0
    return max(sum(1 for _ in _ITEM.finditer(text)), paper_list.claims(text))


def read(text: str, file: str) -> tuple[Capture, ...]:
    """Return the feed's own capture, and one for each item that lists papers."""
    feed = feeds.feed(text)
    papers: list[Found] = []
    issues: list[Capture] = []
    others = 0
    writers = _writers(feed.items)
    for item in feed.items:
        paper, issue = _paper(replace(item, authors=tuple(name for name in item.authors if name not in writers))), None
        if paper:
            papers.append(paper)
        else:
            issue = _issue(item, file)
            issues += [issue] if issue else []
        others += not (paper or issue)
    own = Capture(line=1, day=feed.day, found=tuple(papers), has_header=False)
    captures = [own, *issues] if papers or not issues else issues
    said = (*feed.problems(file), *_others(others, file))
    return (replace(captures[0], problems=said, may_be_empty=bool(said)), *captures[1:])


def _writers(items: Sequence[Item]) -> frozenset[str]:
    """Return who writes the feed: whoever stands on every item of many wrote none of the papers."""
    if len(items) < _MANY:
        return frozenset()
    return frozenset.intersection(*(frozenset(item.authors) for item in items))


def _others(others: int, file: str) -> Iterator[Problem]:
    if others:
        items = "1 item leads" if others == 1 else f"{others} items lead"
        yield Problem(Place(file), "note", f"{items} to no paper: left out")


def _paper(item: Item) -> Found | None:
    """Return the paper that an item is: its own link or id is a paper's."""
    identities = (*item.links, item.fields.get("id", ""), item.fields.get("guid", ""))
    arxiv = next(filter(None, map(naming.arxiv_id_in, identities)), None)
    if not item.title.strip() or not (arxiv or any(map(naming.is_paper, item.links))):
        return None
    text = _text(item)
    labelled_text = next(labelled.papers(f"Title: {' '.join(item.title.split())}\n{text}"), None)
    lines = labelled_text.lines if labelled_text else {}
    told = {
        name: "\n".join(its if name == "abstract" else its[:1])
        for name, its in lines.items()
        if name not in ("", "title")
    }
    return found(
        shown(item.title),
        item.line,
        abstract=told.get("abstract") or (labelled.unlabelled(text) if told else text),
        authors=_authors(item) or columns.authors(told.get("authors")),
        comments=number_of(told.get("comments")),
        upvotes=number_of(told.get("upvotes")),
        arxiv=arxiv,
        urls=[*(("", url) for url in item.links if naming.is_paper(url)), *columns.urls(told)],
        day=item.day,
        stand_ins=("date",) if "abstract" in told else STAND_INS,
        venue=text_of(told.get("venue")),
    )


def _text(item: Item) -> str:
    """Return what the feed says of a paper: its summary, which is shorter than the whole page about it."""
    return shown(item.fields.get("summary") or item.fields.get("description") or item.text)


def _authors(item: Item) -> tuple[str, ...]:
    """Return the names, which feeds write one or all into an element; an address is none."""
    names = [
        name
        for author in item.authors
        for name in (people(author) if "," in author or " and " in author else (author,))
    ]
    return tuple(name for name in names if "@" not in name and not name.startswith("/u/"))


def _issue(item: Item, file: str) -> Capture | None:
    """Return the capture that an item is in which papers are listed."""
    if not first_tag(item.text) and "](" not in item.text:
        return None
    read = paper_list.read(f"<html><body>{item.text}</body></html>" if first_tag(item.text) else item.text, file)
    papers = tuple(replace(one, line=item.line) for capture in read for one in capture.found)
    return Capture(line=item.line, day=item.day, found=papers, has_header=False) if papers else None
