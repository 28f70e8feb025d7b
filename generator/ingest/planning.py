"""Dumps and pages in, a plan out: every file of ``content/`` as it should be, and what to tell a person.

Nothing here touches the disk: `digest ingest` writes a plan, `digest check` shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from generator import pages
from generator.cache import Cache
from generator.catalogue import Catalogue, catalogue
from generator.content.paperpage import PaperPage
from generator.ingest import addresses, captures, findings, ledger
from generator.ingest.dumps import Reading
from generator.ingest.findings import Findings
from generator.ingest.found import Before, as_found, merged
from generator.ingest.ledger import Line
from generator.ingest.merge import Conflict
from generator.ingest.papers import Made, made
from generator.model import ContentError, Place, Problem
from generator.store import DUMPS, LEDGER, PROBLEMS, REMOVED, Content

MANY: Final = 10
_STRAY: Final = "this is no paper: a paper's page lies in papers/ itself and its name ends in .md: move it there"


@dataclass(frozen=True, slots=True)
class Plan:
    """``papers``: the pages of all papers.  ``texts``: files below ``content/`` in the order of writing, ``None``
    for one to be taken away.  ``conflicts``: those of the findings, each with its page.  ``doubt``: what speaks against
    writing it, unless a person says that it is meant.
    """

    papers: tuple[PaperPage, ...]
    texts: Mapping[str, str | None]
    catalogue: Catalogue
    findings: Findings
    conflicts: tuple[tuple[PaperPage, Conflict], ...]
    doubt: ContentError | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Those of the findings."""
        return self.findings.problems


def plan(
    content: Content, reading: Reading, *, remove: bool = False, forget: str = "", cache: Cache | None = None
) -> Plan:
    """Merge what the dumps tell with what the pages hold; ``forget`` names a dump that is taken back;
    ``cache`` spares merging again what a run before has merged.

    Raises :class:`ContentError` where many pages are missing, or the ledger is, and ``remove`` does not say that this
    is meant.
    """
    cache = cache or Cache()
    lines_before = content.lines
    lines = ledger.papers(lines_before)
    found = as_found(content.papers, lines)
    gone = _gone(content, found, lines)
    doubt = _doubt(content, lines, gone)
    if doubt and not remove:
        raise doubt
    removed = content.removed | gone
    before = Before(
        content.papers,
        found,
        content.taxonomy,
        lines,
        removed,
        reading.renamed,
        forget,
        content.rules,
        merged(content.taxonomy, content.texts),
    )
    outcome = tuple(made(before, reading.records, cache))
    papers = tuple(sorted((item.page for item in outcome if item.page), key=lambda page: page.slug))
    shown = catalogue(papers, content.taxonomy.topics)
    # What dumps.yml remembers comes first, the ledger after all pages, but for those of papers to be taken away, which
    # look as if deleted by hand unless it says what became of them: wherever a run is cut off, the next goes on from
    # there.  Where problems.yml is, a ledger was.
    texts: dict[str, str | None] = {
        DUMPS: captures.text_with(content.texts.get(DUMPS, ""), reading.dumps, DUMPS, without=forget)
    }
    texts |= {page.file: page.text for page in papers}
    texts |= pages.list_pages(shown, content.texts, cache)
    texts[REMOVED] = ledger.removed_text(content.texts.get(REMOVED, ""), gone, REMOVED)
    there = {file: text for file, text in texts.items() if text is not None}
    moved = addresses.redirects(papers, shown, there)
    standing = addresses.Standing(addresses.urls(there, shown), moved, removed)
    lines_now = standing.lines(lines_before, outcome)
    text = ledger.written(lines_now)
    about_urls = addresses.problems(papers, standing.dead(lines_now), text, LEDGER)
    back = addresses.back(papers, content.removed, content.texts.get(REMOVED, ""), REMOVED)
    on_disk = (file for file in content.texts if texts.get(file, "") is not None)
    left_over = addresses.left_over(on_disk, texts, moved)
    about_papers = (problem for item in outcome for problem in item.problems)
    strays = (Problem(Place(file), "warning", _STRAY) for file in content.strays)
    problems = tuple(sorted({*reading.problems, *about_papers, *about_urls, *back, *left_over, *strays}))
    conflicts = tuple((item.page, conflict) for item in outcome for conflict in item.conflicts if item.page)
    told = Findings(problems, tuple((page.slug, conflict) for page, conflict in conflicts))
    texts |= {LEDGER: text, PROBLEMS: findings.written(told)}
    texts |= {file: None for item in outcome for file in (*item.absorbed, *_taken_back(item))}
    return Plan(papers, texts, shown, told, conflicts, doubt)


def _gone(content: Content, found: Collection[PaperPage], lines: Mapping[str, Line]) -> frozenset[str]:
    """The slugs whose pages were published and are on disk no more: deleting a page is an edit."""
    there = {page.slug for page in found} | {alias for page in found for alias in page.paper.aliases}
    return frozenset(_stood(content, lines) - there)


def _stood(content: Content, lines: Mapping[str, Line]) -> frozenset[str]:
    return frozenset(slug for slug, line in lines.items() if not line.state) - content.removed


def _doubt(content: Content, lines: Mapping[str, Line], gone: Collection[str]) -> ContentError | None:
    """Whether what is missing was rather lost than taken out: many pages, or the ledger after runs that wrote it."""
    if LEDGER not in content.texts and PROBLEMS in content.texts and any(page.generated for page in content.papers):
        wish = "restore it, or have it begun anew, without former addresses, with `digest ingest --remove`"
        return ContentError(Place(LEDGER), f"this file is missing, with every address that was ever published: {wish}")
    if not gone or (len(gone) < MANY and gone != _stood(content, lines)):
        return None
    missing = f"{len(gone)} pages are missing, {min(gone)}.md among them"
    wish = "restore them, or say that it is meant with `digest ingest --remove`"
    return ContentError(Place("papers"), f"{missing}: {wish}")


def _taken_back(item: Made) -> Iterable[str]:
    return () if item.page else (f"papers/{item.slug}.md",)


def level_counts(problems: Iterable[Problem]) -> Mapping[str, int]:
    """How many problems there are of each level."""
    return Counter(problem.level for problem in problems)
