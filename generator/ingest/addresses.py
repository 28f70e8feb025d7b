"""Every URL that was ever published leads somewhere: to its page, one in its place, or a word of why there is none.

URLs are from the root of the site and end with a slash.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from generator import pages
from generator.catalogue import Catalogue, by_organization, by_year
from generator.content.paperpage import PaperPage, place
from generator.ingest import ledger
from generator.ingest.identity import main_page
from generator.ingest.ledger import Line
from generator.ingest.papers import Made
from generator.model import Place, Problem
from generator.slugs import is_slug

# Lists that follow from the papers alone: when one has no paper any more, nobody has to say where it went.
_FOLLOWING: Final = ("organizations/", "archive/", "digests/")


def redirects(papers: Collection[PaperPage], shown: Catalogue, texts: Mapping[str, str]) -> Mapping[str, str]:
    """URL to URL, of papers, topics and digests that have another name now."""
    by_slug = {page.slug: page for page in papers}
    found: dict[str, str] = {}
    for page in sorted(papers, key=lambda page: page.slug):
        target = main_page(page, by_slug) or page
        own = [page.slug] if target != page else []
        for alias in [*own, *(alias for alias in page.paper.aliases if is_slug(alias) and alias not in by_slug)]:
            found.setdefault(f"papers/{alias}/", f"papers/{target.slug}/")
    for topic in shown.topics:
        found |= {f"topics/{alias}/": f"topics/{topic.id}/" for alias in topic.aliases}
    days = pages.digest_aliases(texts, shown.digests)
    return found | {f"digests/{old}/": f"digests/{new}/" for old, new in days.items()}


def urls(files: Iterable[str], shown: Catalogue) -> frozenset[str]:
    """The URLs of pages on disk, and of lists that are made of them."""
    written = {f"{file.removesuffix('.md')}/" for file in files if file.endswith(".md")}
    organizations = {f"organizations/{handle}/" for handle in by_organization(shown.entries)}
    return frozenset(written | organizations | {f"archive/{year}/" for year in by_year(shown.entries)})


@dataclass(frozen=True, slots=True)
class Standing:
    """The URLs after a run: with a page ``now``, ``moved`` to another, and ``removed`` by a person."""

    now: Collection[str]
    moved: Collection[str]
    removed: Collection[str]  # slugs of papers, and URLs without the slash

    def lines(self, before: Mapping[str, Line], made: Iterable[Made]) -> Mapping[str, Line]:
        """The lines of the ledger; those of papers with all that these were ever known by."""
        lines = dict(before)
        for url in self.now:
            lines[url] = replace(lines.get(url, Line()), state="")
        for one in made:
            url = f"papers/{one.slug}/"
            lines[url] = Line(lines.get(url, Line()).keys | one.keys, "" if one.page else "forgotten")
        for url in (f"papers/{slug}/" for slug in self.removed if is_slug(slug)):
            if url not in self.now:
                lines[url] = replace(lines.get(url, Line()), state="removed")
        for url in self.moved:
            lines[url] = replace(lines.get(url, Line()), state="moved")
        for url, line in lines.items():
            if url.startswith("digests/") and url not in self.now and url not in self.moved:
                lines[url] = replace(line, state="forgotten")
        return lines

    def dead(self, lines: Mapping[str, Line]) -> Iterator[str]:
        """The URLs that lead nowhere, though nobody said that they should."""
        alive = {key for url in self.now for key in lines[url].keys}
        for url, line in lines.items():
            left = line.state == "moved" and (url.startswith("topics/") or not alive.isdisjoint(line.keys))
            said = (line.state and not left) or url.removesuffix("/") in self.removed or url.startswith(_FOLLOWING)
            if not said and url not in self.now and url not in self.moved:
                yield url


def problems(papers: Collection[PaperPage], dead_urls: Iterable[str], text: str, file: str) -> Iterator[Problem]:
    """What a person should know of URLs; ``text`` is the ledger's, ``file`` its name."""
    by_slug = {page.slug: page for page in papers}
    claimed: dict[str, str] = {}
    for page in sorted(papers, key=lambda page: page.slug):
        for alias in page.paper.aliases:
            if wrong := _wrong(alias, page, by_slug, claimed):
                yield Problem(place(page, "aliases"), "warning", f"`{alias}` in `aliases` {wrong}")
            claimed.setdefault(alias, page.file)
    for url in dead_urls:
        yield Problem(
            ledger.place(text, url, file), "error", f"{url} was published and leads nowhere now: {_remedy(url)}"
        )


def back(papers: Iterable[PaperPage], removed: Collection[str], text: str, file: str) -> Iterator[Problem]:
    """A note of each page that a person took out and that is there; ``text`` is that of the ``file`` that says so."""
    for page in papers:
        if page.slug in removed:
            message = f"{page.file} is there, so readers see it: take this line out, or delete the page"
            yield Problem(ledger.removed_place(text, page.slug, file), "note", message)


def _wrong(alias: str, page: PaperPage, papers: Mapping[str, PaperPage], claimed: Mapping[str, str]) -> str:
    if not is_slug(alias):
        return "is no name of a page: small letters, digits and single hyphens"
    other = papers.get(alias, page)
    if other is not page and main_page(other, papers) is not page:  # one that stays for words of a person leads on
        return f"leads nowhere: papers/{alias}.md is a page of its own"
    if alias in claimed:
        return f"is already in {claimed[alias]}, and leads there"
    return ""


def _remedy(url: str) -> str:
    folder, _, name = url.removesuffix("/").partition("/")
    successor = {
        "topics": f"give the topic that took its place `aliases: [{name}]` in topics.yml",
        "papers": f"bring its page back, write `{name}` into `aliases` of the page that took its place",
    }
    return f"{successor.get(folder, 'bring its page back')}, or add `- {folder}/{name}` to removed.yml"


def left_over(files: Iterable[str], shown: Container[str], moved: Mapping[str, str]) -> Iterator[Problem]:
    """A note of each list page that a person wrote on, and that readers do not see any more."""
    for file in files:
        target = moved.get(f"{file.removesuffix('.md')}/")
        if not file.startswith(("topics/", "digests/")):
            continue
        if target:
            other = f"{target.removesuffix('/')}.md"
            message = f"readers see {other} in its place: move there what a person wrote here, then delete this page"
            yield Problem(Place(file), "note", message)
        elif file not in shown:
            missing = "topic of this id" if file.startswith("topics/") else "dump of this day"
            message = f"no reader sees this page, as there is no {missing}: move what a person wrote, then delete it"
            yield Problem(Place(file), "note", message)
