"""What a search finds: one document for each paper, with its fields as the strings that are indexed.

The five search fields of a document and their boosts are :data:`FIELDS`; ``theme_overrides/assets/search/pipeline.js``
says the same for the browser, and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from generator.model import Entry, Organization, Paper, Topic

FIELDS: Final[Mapping[str, int]] = {"title": 5, "topics": 3, "organization": 2, "authors": 2, "abstract": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper as the search knows it: ``title`` to ``abstract`` are indexed, the rest orders, filters and shows."""

    ref: str
    title: str
    topics: str = ""
    organization: str = ""
    authors: str = ""
    abstract: str = ""
    date: str | None = None
    comments: int | None = None
    url: str = ""
    topic_ids: tuple[str, ...] = ()
    organization_handle: str | None = None
    has: tuple[str, ...] = ()
    author_names: tuple[str, ...] = ()
    author_count: int | None = None
    new: bool = False

    def field(self, name: str) -> str:
        """The indexed text of one of :data:`FIELDS`."""
        text: str = getattr(self, name)
        return text


def document(entry: Entry, topics: Mapping[str, Topic], new: bool = False) -> Document:
    """The document of a paper, ``new`` in the latest digest or not; an unknown topic goes by its id."""
    paper = entry.paper
    return Document(
        ref=entry.slug,
        title=paper.title,
        topics=" ".join(topics[id].name if id in topics else id for id in paper.topics),
        organization=_names(paper.organization),
        authors=", ".join(paper.authors),
        abstract=paper.abstract,
        date=paper.date.isoformat() if paper.date else None,
        comments=paper.comments,
        url=entry.url,
        topic_ids=paper.topics,
        organization_handle=paper.organization.handle if paper.organization else None,
        has=paper.links.kinds(),
        author_names=paper.named_authors,
        author_count=_author_count(paper),
        new=new,
    )


def record(document: Document) -> dict[str, object]:
    """The document as ``digest export`` prints it: the ref, the search fields, date, comments, URL, then the rest."""
    return {
        "ref": document.ref,
        **{name: document.field(name) for name in FIELDS},
        "date": document.date,
        "comments": document.comments,
        "url": document.url,
        "topic_ids": list(document.topic_ids),
        "organization_handle": document.organization_handle,
        "has": list(document.has),
        "author_names": list(document.author_names),
        "author_count": document.author_count,
    }


def _names(organization: Organization | None) -> str:
    """The organisation's name, and its handle where that is another word to find it by."""
    if organization is None:
        return ""
    same = organization.name.casefold() == organization.handle.casefold()
    return organization.name if same else f"{organization.name} {organization.handle}"


def _author_count(paper: Paper) -> int | None:
    """How many there are; ``None`` where nothing tells, or only that there are more than have names."""
    if paper.has_further_authors and not paper.author_count:
        return None
    return max(len(paper.named_authors), paper.author_count or 0) or None
