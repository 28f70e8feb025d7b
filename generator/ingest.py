"""Dumps and pages in, a plan out: every file of ``content/`` as it should be, and what to tell a person.

Nothing here touches the disk: `digest ingest` writes a plan, `digest check` shows it,
and the build of the site takes its problems from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Final

from generator import captures, ledger, pages, paperpage, readers, slugs, topics
from generator.captures import Days
from generator.catalogue import Catalogue, catalogue
from generator.identity import Group, groups, told
from generator.merge import Conflict, Merged, merge
from generator.model import ContentError, Paper, Place, Problem, Record, known
from generator.paperpage import Body, PaperPage
from generator.store import DUMPS, LEDGER, REMOVED, Content
from generator.topics import Taxonomy

MANY: Final = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """What all dumps tell: records, problems, and the days of capture by dump."""

    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    days: Mapping[str, Days] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """``texts``: files below ``content/`` in the order of writing.  ``conflicts``: each with the slug of its page."""

    texts: Mapping[str, str]
    catalogue: Catalogue
    problems: tuple[Problem, ...]
    conflicts: tuple[tuple[str, Conflict], ...]


def read_dumps(
    dumps: Mapping[str, bytes | None],
    days: Mapping[str, Days | date],
    progress: Callable[[str], None] = lambda name: None,
) -> Reading:
    """Read all dumps.  ``days`` are the days of capture that are known; one alone is for the whole dump."""
    records: list[Record] = []
    problems: list[Problem] = []
    known_days: dict[str, Days] = {}
    first_of: dict[bytes, str] = {}
    for name, data in sorted(dumps.items()):
        progress(name)
        if data is None:
            problems.append(_unreadable(name))
        elif (twin := first_of.setdefault(sha256(data).digest(), name)) != name:
            problems.append(Problem(Place(f"dumps/{name}"), "warning", f"the same as dumps/{twin}: not read twice"))
        else:
            reading = _read(data, name, days.get(name))
            records += reading.records
            problems += reading.problems
            known_days[name] = reading.captured
    return Reading(tuple(records), tuple(problems), known_days)


def plan(content: Content, reading: Reading, *, remove: bool = False) -> Plan:
    """Merge what the dumps tell with what the pages hold.

    Raises :class:`ContentError` where many pages are missing and ``remove`` does not say that this is meant.
    """
    gone = _gone(content, remove)
    made = tuple(_papers(content, reading, content.removed | gone))
    papers = tuple(sorted((item.page for item in made), key=lambda page: page.slug))
    shown = catalogue(papers, content.taxonomy.topics)
    texts = {page.file: page.text for page in papers}
    texts |= pages.list_pages(shown, content.texts)
    texts |= _records_of_content(content, reading, gone, texts)
    problems = [problem for item in made for problem in item.problems]
    return Plan(
        texts,
        shown,
        tuple(sorted({*reading.problems, *problems})),
        tuple((item.page.slug, conflict) for item in made for conflict in item.conflicts),
    )


@dataclass(frozen=True, slots=True)
class _Made:
    page: PaperPage
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def _read(data: bytes, name: str, days: Days | date | None) -> readers.Result:
    """Read as the dump tells by itself; only days that a person corrected are told to the reader."""
    reading = readers.read(data, name)
    if days is None or days == reading.captured or (isinstance(days, tuple) and not any(days)):
        return reading
    return readers.read(data, name, captured=days)


def _unreadable(name: str) -> Problem:
    return Problem(
        Place(f"dumps/{name}"),
        "error",
        "this is no plain file that can be read, or its name is not plain text: left out",
    )


def _gone(content: Content, remove: bool) -> frozenset[str]:
    """The slugs whose pages were published and are on disk no more: deleting a page is an edit."""
    there = {page.slug for page in content.papers}
    aliases = {alias for page in content.papers for alias in page.paper.aliases}
    stood = ledger.papers(content.standing) - content.removed
    gone = stood - there - aliases
    if gone and not remove and (len(gone) >= MANY or gone == stood):
        missing = f"{len(gone)} pages are missing, {min(gone)}.md among them"
        wish = "restore them, or say that it is meant with `digest ingest --remove`"
        raise ContentError(Place("papers"), f"{missing}: {wish}")
    return gone


def _papers(content: Content, reading: Reading, removed: frozenset[str]) -> Iterator[_Made]:
    taken = {page.slug for page in content.papers} | {a for page in content.papers for a in page.paper.aliases}
    for group in groups(reading.records, content.papers):
        if group.pages:
            yield _updated(group, content.taxonomy)
            yield from _twins(group)
            continue
        wanted = [slugs.slug(record.paper.title) for record in group.records]
        slug = slugs.free(wanted[0], taken)
        taken.add(slug)
        if slug not in removed and removed.isdisjoint(wanted):
            yield _new(slug, group, content.taxonomy)


def _new(slug: str, group: Group, taxonomy: Taxonomy) -> _Made:
    paper = _with_topics(told(group.records), taxonomy)
    merged = merge(None, paper, {})
    body = pages.paper_body(paper)
    page = PaperPage(slug, paper, merged.generated, body, paperpage.written(paper, merged.generated, body))
    return _made(page, group, merged, taxonomy)


def _updated(group: Group, taxonomy: Taxonomy) -> _Made:
    old = group.pages[0]
    new = told(group.records) if group.records else Paper(title="")
    text = merge(old.paper, new, old.generated, old.own).paper
    new = replace(new, topics=_topics_of(text, taxonomy))
    merged = merge(old.paper, new, old.generated, old.own)
    return _made(_rewritten(old, merged), group, merged, taxonomy)


def _rewritten(old: PaperPage, merged: Merged) -> PaperPage:
    """The page with the outcome of the merge; not a byte changes where the outcome is what was there."""
    if merged.paper == old.paper and merged.generated == old.generated:
        return old
    body = _body(old, merged.paper)
    if not old.formatted_by_hand:
        text = paperpage.written(merged.paper, merged.generated, body)
    else:
        text = paperpage.revised(old, merged.paper, merged.generated, body)
    return PaperPage(old.slug, merged.paper, merged.generated, body, text)


def _body(old: PaperPage, paper: Paper) -> Body:
    """The body with a new title or abstract, where these changed; a curator's Markdown is left alone."""
    new = pages.paper_body(paper)
    return replace(
        old.body,
        heading=new.heading if old.body.heading and paper.title != old.paper.title else old.body.heading,
        abstract=old.body.abstract if paper.abstract == old.paper.abstract else new.abstract,
    )


def _made(page: PaperPage, group: Group, merged: Merged, taxonomy: Taxonomy) -> _Made:
    settled = (
        problem
        for record in group.records
        for problem in record.problems
        if not any(known(page.paper, name) for name in problem.settled_by)
    )
    return _Made(page, (*settled, *_about_topics(page, taxonomy)), merged.conflicts)


def _about_topics(page: PaperPage, taxonomy: Taxonomy) -> Iterator[Problem]:
    for topic in page.paper.topics:
        if topic not in taxonomy.names:
            message = f"there is no topic `{topic}` in topics.yml: add it there, or take it out here"
            yield Problem(Place(page.file), "warning", message)
    if not page.paper.topics and not page.paper.topics_reviewed:
        message = "no topic fits: add `topics: [...]`, or `topics_reviewed: true` if it is meant to have none"
        yield Problem(Place(page.file), "warning", message)


def _twins(group: Group) -> Iterator[_Made]:
    """Further pages of one paper stay as they are, and a person is told."""
    for page in group.pages[1:]:
        message = (
            f"the same paper as {group.pages[0].file}: take one of the two pages out, or give both their arXiv ids"
        )
        yield _Made(page, (Problem(Place(page.file), "warning", message),))


def _with_topics(paper: Paper, taxonomy: Taxonomy) -> Paper:
    return replace(paper, topics=_topics_of(paper, taxonomy))


def _topics_of(paper: Paper, taxonomy: Taxonomy) -> tuple[str, ...]:
    return tuple(assignment.topic.id for assignment in topics.assign(taxonomy, paper.title, paper.abstract))


def _records_of_content(
    content: Content, reading: Reading, gone: frozenset[str], files: Iterable[str]
) -> dict[str, str]:
    """What ``content/`` keeps of dumps, removals and URLs; the ledger last, after the pages that it names."""
    days = captures.text_with(content.texts.get(DUMPS, ""), reading.days or {}, DUMPS)
    removed = ledger.removed_text(content.texts.get(REMOVED, ""), gone, REMOVED)
    urls = content.published | {f"{file.removesuffix('.md')}/" for file in files}
    return {DUMPS: days, REMOVED: removed, LEDGER: ledger.ledger_text(urls, content.removed | gone)}


def level_counts(problems: Iterable[Problem]) -> Mapping[str, int]:
    """How many problems there are of each level."""
    return Counter(problem.level for problem in problems)
