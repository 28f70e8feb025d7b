"""The records that everything here is made of: frozen, typed, comparable.

A reader turns a dump into :class:`Record`\\ s.  Records of one paper become one
:class:`Paper`; a page in ``content/papers/`` holds a paper; all pages together
are the catalogue.  Nothing in this module touches the disk, the clock or the network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final, Literal

Level = Literal["error", "warning", "note"]

# The fields of a paper that hold one value, which is taken from one dump and edited as a whole.
SINGLE_FIELDS: Final = (
    "title",
    "abstract",
    "date",
    "authors",
    "author_count",
    "organization",
    "comments",
    "upvotes",
    "arxiv",
    "doi",
    "venue",
    "stars",
)
ET_AL: Final = "et al."  # stands for the further authors at the end of a list that was cut
_FURTHER: Final = frozenset(["et al", "others", "and others"])
LINK_KINDS: Final = ("code", "model", "data", "demo", "project", "other")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file someone can open."""

    file: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something a person may want to know of or put right, and where.

    ``error``: something was left out.  ``warning``: something is unsure or missing.
    ``note``: something was put right.  ``settled_by`` names the fields of the paper's
    page any of which settles the problem once a person has filled it in.
    """

    place: Place
    level: Level
    message: str
    settled_by: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.place}: {self.level}: {self.message}"


class GeneratorError(Exception):
    """Nothing sensible can follow, and the person who runs the generator can put it right."""


class ContentError(GeneratorError):
    """A file in ``content/`` that cannot be used, and the line where that shows."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(place, message)
        self.place, self.message = place, message

    def __str__(self) -> str:
        return f"{self.place}: error: {self.message}"


class BrokenContentError(ContentError):
    """All that is wrong with files in ``content/``, one line each; its place is that of the first."""

    def __init__(self, errors: Sequence[ContentError]) -> None:
        super().__init__(errors[0].place, errors[0].message)
        self.errors = tuple(errors)

    def __str__(self) -> str:
        return "\n".join(map(str, self.errors))


@dataclass(frozen=True, slots=True, order=True)
class Organization:
    """Who published a paper: the handle is the name in URLs, the name is for people."""

    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class Links:
    """URLs (``https:`` or ``http:``) that a paper names, by what they lead to."""

    code: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    demo: tuple[str, ...] = ()
    project: tuple[str, ...] = ()
    other: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.code or self.model or self.data or self.demo or self.project or self.other)

    def of(self, kind: str) -> tuple[str, ...]:
        """The URLs of one of :data:`LINK_KINDS`."""
        urls: tuple[str, ...] = getattr(self, kind)
        return urls

    def kinds(self) -> tuple[str, ...]:
        """The kinds that have a URL, in the order of :data:`LINK_KINDS`."""
        return tuple(kind for kind in LINK_KINDS if self.of(kind))


@dataclass(frozen=True, slots=True)
class Sighting:
    """One appearance of a paper in one dump: what its page keeps of it for ever.

    ``position`` counts from 1 down the dump, ``line`` is where the title stands.
    """

    dump: str
    position: int
    line: int
    captured: date | None = None
    comments: int | None = None
    upvotes: int | None = None

    @property
    def place(self) -> Place:
        return Place(f"dumps/{self.dump}", self.line)

    @property
    def age(self) -> tuple[str, str, int]:
        """What sightings are ordered by, oldest first: capture (without a day is oldest), file name, position."""
        return (self.captured.isoformat() if self.captured else "", self.dump, self.position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is known of a paper.  A field that nothing tells is ``None`` or empty, never invented.

    ``comments`` 0 means that a dump says there are none; ``None`` that no dump says.  ``doi`` is bare and in small
    letters; ``venue`` is the journal or conference; ``stars`` are those of the code.
    """

    title: str
    abstract: str = ""
    date: date | None = None
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    organization: Organization | None = None
    comments: int | None = None
    upvotes: int | None = None
    arxiv: str | None = None
    doi: str | None = None
    venue: str = ""
    stars: int | None = None
    links: Links = Links()
    topics: tuple[str, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    aliases: tuple[str, ...] = ()
    hidden: bool = False
    featured: bool = False
    same_as: str | None = None
    topics_reviewed: bool = False

    @property
    def named_authors(self) -> tuple[str, ...]:
        """The authors without the words that stand for further ones."""
        return _named(self.authors)

    @property
    def has_further_authors(self) -> bool:
        """Whether there are authors that nothing names, besides those that something does."""
        named = len(self.named_authors)
        return named > 0 and (named < len(self.authors) or named < (self.author_count or 0))


@lru_cache(maxsize=1 << 14)  # a page and each list ask for those of the same papers
def _named(authors: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in authors if name.lower().strip(" .") not in _FURTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A paper as one dump tells it: ``paper.sightings`` is the one sighting.

    ``stand_ins`` names the fields that only stand in for better ones, such as the first author of many or
    what a list says instead of an abstract: they count where no other dump tells that field.
    """

    paper: Paper
    problems: tuple[Problem, ...] = ()
    stand_ins: frozenset[str] = frozenset()

    @property
    def sighting(self) -> Sighting:
        return self.paper.sightings[0]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of ``topics.yml``, as readers see it; ``aliases`` are ids that it once had."""

    id: str
    name: str
    description: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper and the slug it is published under."""

    slug: str
    paper: Paper

    @property
    def url(self) -> str:
        """The page's URL, from the root of the site."""
        return f"papers/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Digest:
    """The dumps captured on one day, and their papers in the order of the page."""

    day: date
    dumps: tuple[str, ...]
    entries: tuple[Entry, ...]
    new: frozenset[str] = field(default=frozenset())

    @property
    def url(self) -> str:
        return f"digests/{self.day.isoformat()}/"


def known(paper: Paper, name: str) -> bool:
    """Whether ``paper`` tells anything in the field called ``name``."""
    value = getattr(paper, name)
    return value is not None and value != () and value != "" and value != Links()
