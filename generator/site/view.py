"""What a view is, and what all views are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from generator.catalogue import Catalogue
from generator.content import listpage
from generator.content.listpage import ListPage
from generator.content.paperpage import PaperPage
from generator.content.yamltext import Value
from generator.model import Entry, Problem
from generator.site.curated import PART
from generator.topics import Taxonomy

HOME: Final = "index.md"
BETWEEN: Final = f"\n\n{PART}\n\n"  # stands between the parts of what a person wrote


@dataclass(frozen=True, slots=True)
class View:
    """A page: its template, what the template is given, and Markdown that a person wrote for it."""

    template: str
    title: str
    context: Mapping[str, Value] = field(default_factory=dict)
    description: str = ""
    markdown: str = ""
    updated: date | None = None
    indexed: bool = True

    def is_converted(self, name: str) -> bool:
        """Whether MkDocs makes the page of this file: it has Markdown of a person's, or is home, which may."""
        return bool(self.markdown) or name == HOME


@dataclass(frozen=True, slots=True)
class Site:
    """All that the views are made of."""

    shown: Catalogue
    papers: tuple[PaperPage, ...]
    taxonomy: Taxonomy
    rules: str  # a hash of what `taxonomy` was made from
    texts: Mapping[str, str]
    published: frozenset[str]
    redirects: Mapping[str, str]
    status: Mapping[str, Value]
    problems: tuple[Problem, ...] = ()

    def new(self, entries: Iterable[Entry]) -> int:
        """How many of the papers were first seen in the newest digest: lists show their titles in bold."""
        return sum(entry.slug in self.shown.new for entry in entries)

    def title(self, file: str) -> str:
        """The title that a person gave a topic's or digest's page; empty where nobody did."""
        return listpage.read(self.texts[file], file).title_by_hand if file in self.texts else ""

    def written(self, file: str) -> str:
        """What a person wrote on a topic's or digest's page, above the list and below it."""
        return by_hand(listpage.read(self.texts[file], file)) if file in self.texts else ""


def by_hand(page: ListPage) -> str:
    """What a person wrote on a page, above the list and below it."""
    return BETWEEN.join((page.intro, page.below)) if page.intro or page.below else ""


def last_told(entry: Entry) -> date | None:
    """The newest day that the paper tells: of a capture, or its own."""
    days = [sighting.captured for sighting in entry.paper.sightings]
    return max((day for day in (entry.paper.date, *days) if day), default=None)
