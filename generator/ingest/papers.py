"""The papers' pages after a run: what the dumps tell merged with the pages that are there.

Pure: pages, records and the memory of the ledger in, pages out, each with its problems and conflicts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator import slugs, topics
from generator.cache import Cache
from generator.content import front, paperpage
from generator.content.paperpage import NOTHING, Body, PaperPage, fingerprint
from generator.ingest.found import SLUG, Before, Missing, seen_anew, without_others
from generator.ingest.identity import Group, Keys, fold, groups, keys, main_page, told
from generator.ingest.merge import Conflict, Merged, as_last_written, in_order, links_told, merge, untouched
from generator.mdtext import shown
from generator.model import SINGLE_FIELDS, Paper, Place, Problem, Record, known
from generator.pages import paper_body
from generator.topics import Taxonomy


@dataclass(frozen=True, slots=True)
class Made:
    """A paper after a run.

    ``page`` is ``None`` for one that only a forgotten dump told; ``keys`` are what it is known by, and ``slug`` is
    its name either way.  ``absorbed`` are pages that are part of it now and hold nothing of a person's.
    """

    slug: str
    page: PaperPage | None
    keys: Keys = frozenset()
    absorbed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def made(before: Before, records: Collection[Record], cache: Cache) -> Iterator[Made]:
    """Every paper after the run; those that a person removed are left out."""
    pages = [seen_anew(page, before) for page in before.found]
    told_by = {(record.sighting.dump, record.sighting.position) for record in records}
    here = {page.slug for page in pages} | {alias for page in pages for alias in page.paper.aliases}
    missing = Missing.of(before, here)
    taken = here | set(before.lines) | before.removed
    on_disk = {page.slug: page for page in before.pages}
    given: set[str] = set()
    for group in groups(tuple(records), pages, {slug: line.keys for slug, line in before.lines.items()}):
        if group.pages:
            yield from _updated(without_others(group, told_by), before, on_disk, cache)
        elif not missing.is_removed(group):
            slug = missing.slug(group, given) or slugs.free(slugs.slug(group.records[0].paper.title), taken)
            given.add(slug)
            taken.add(slug)
            new = _new(slug, missing.aliases(group, slug), group, before.taxonomy)
            if new.page:  # the next run finds it so
                cache.put(_Settled.of(new), *_made_from(new.page, group, before))
            yield new


# A paper that is new


def _new(slug: str, aliases: tuple[str, ...], group: Group, taxonomy: Taxonomy) -> Made:
    paper = replace(told(group.records), aliases=aliases)
    paper = replace(paper, topics=_topics_of(paper, taxonomy))
    generated = {SLUG: fingerprint(slug), **merge(None, paper, {}).generated}
    body = paper_body(paper)
    page = PaperPage(slug, paper, generated, body, paperpage.written(paper, generated, body))
    return Made(slug, page, group.keys, problems=(*_open(page, group), *_about_topics(page, taxonomy)))


# A paper that has a page


def _updated(group: Group, before: Before, on_disk: Mapping[str, PaperPage], cache: Cache) -> Iterator[Made]:
    page, *others = group.pages
    if page is on_disk[page.slug] and not others and not page.paper.same_as and not before.forgotten:
        yield _merged_or_cached(group, page, before, cache)
        return
    absorbed = [other for other in others if _is_absorbed(other, page)]
    left = [other for other in absorbed if not _holds_nothing(on_disk[other.slug])]
    files = tuple(other.file for other in absorbed if other not in left)
    disk = on_disk[page.slug]
    if before.forgotten and any(seen.dump == before.forgotten for seen in disk.paper.sightings):
        if not (group.records or others or page.paper.sightings) and untouched(disk):
            yield Made(page.slug, None, group.keys)
            return
        page = _forgetting(page, group)
    page = replace(page, paper=_united(page, absorbed))
    yield replace(_merged(group, page, disk, before), absorbed=files)
    for other in left:
        yield _left_over(on_disk[other.slug], page)
    for other in others:
        if other not in absorbed:
            yield _twin(other, on_disk[other.slug], page)


@dataclass(frozen=True, slots=True)
class _Settled:
    """What there is to say of a page on which a run changes nothing."""

    problems: tuple[Problem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @classmethod
    def of(cls, made: Made) -> _Settled:
        return cls(made.problems, made.conflicts)


def _merged_or_cached(group: Group, page: PaperPage, before: Before, cache: Cache) -> Made:
    """The paper of a page alone; one that a run has left as it should be is not merged again."""
    settled: _Settled | None = cache.get(*_made_from(page, group, before))
    if settled:
        return Made(page.slug, page, group.keys, (), settled.problems, settled.conflicts)
    made = _merged(group, page, page, before)
    if made.page:
        cache.put(_Settled.of(made), *_made_from(made.page, group, before))
    return made


def _made_from(page: PaperPage, group: Group, before: Before) -> tuple[object, ...]:
    """All that the page of a paper follows from, when it has but one and nobody takes a dump back."""
    told = ((replace(record, stand_ins=frozenset()), sorted(record.stand_ins)) for record in group.records)
    return "merged", before.rules, page.slug, page.text, *told


def _merged(group: Group, page: PaperPage, disk: PaperPage, before: Before) -> Made:
    """The page of a paper with what the dumps tell now."""
    new = told(group.records) if group.records else Paper(title="")
    text = merge(page.paper, new, page.generated, page.own).paper
    new = replace(new, topics=_topics_of(text, before.taxonomy))
    outcome = merge(page.paper, new, page.generated, page.own)
    after = rewritten(disk, replace(outcome, generated={SLUG: fingerprint(page.slug), **outcome.generated}))
    by_slug = {other.slug: other for other in before.pages} if after.paper.same_as else {}
    problems = (*_open(after, group), *_about_topics(after, before.taxonomy), *_about_same_as(after, by_slug))
    return Made(page.slug, after, group.keys, (), problems, outcome.conflicts)


def _united(page: PaperPage, absorbed: Iterable[PaperPage]) -> Paper:
    """The paper with the slugs and sightings of other pages; its own slug comes first, since feeds know it by that."""
    paper = page.paper
    for other in absorbed:
        aliases = dict.fromkeys((*(paper.aliases or (page.slug,)), other.slug, *other.paper.aliases))
        sightings = in_order(tuple(dict.fromkeys((*paper.sightings, *other.paper.sightings))))
        paper = replace(paper, aliases=tuple(aliases), sightings=sightings)
    return paper


def _forgetting(page: PaperPage, group: Group) -> PaperPage:
    """The page without what only the forgotten dump can have told; not where a dump that is gone may have, too."""
    read = {record.sighting.dump for record in group.records}
    if not all(seen.dump in read for seen in page.paper.sightings):
        return page
    new = told(group.records) if group.records else Paper(title="")
    names = [
        name
        for name in SINGLE_FIELDS
        if name != "title" and not known(new, name) and name not in page.own and as_last_written(page, name)
    ]
    links = links_told(page.paper.links, new.links, page.generated.get("links") or [])
    empty = {name: getattr(Paper(title=""), name) for name in names}
    generated = {name: last for name, last in page.generated.items() if name not in names}
    if "abstract" in names and (page.body.above or page.body.below):
        generated["abstract"] = NOTHING
    return replace(page, paper=replace(page.paper, links=links, **empty), generated=generated)


def rewritten(disk: PaperPage, outcome: Merged) -> PaperPage:
    """The page with the outcome of the merge; not a byte changes where the outcome is what was there."""
    body = _body(disk, outcome.paper)
    if outcome.paper == disk.paper and outcome.generated == disk.generated and body == disk.body:
        return disk
    if not disk.formatted_by_hand:
        text = paperpage.written(outcome.paper, outcome.generated, body)
    else:
        text = paperpage.revised(disk, outcome.paper, outcome.generated, body)
    return PaperPage(disk.slug, outcome.paper, outcome.generated, body, text)


def _body(disk: PaperPage, paper: Paper) -> Body:
    """The body with a new title or abstract, where these changed; a curator's Markdown is left alone."""
    new = paper_body(paper)
    heading = disk.body.heading
    if heading and shown(heading) != paper.title:
        generated = fingerprint(shown(heading)) == disk.generated.get("title")
        heading = new.heading if generated or paper.title != disk.paper.title else heading
    abstract = disk.body.abstract if paper.abstract == disk.paper.abstract else new.abstract
    return replace(disk.body, heading=heading, abstract=abstract)


# Further pages of a paper


def _is_absorbed(other: PaperPage, page: PaperPage) -> bool:
    """Whether a page is part of another's paper beyond doubt: a person says so, or an id that both are known by."""
    if other.paper.same_as is not None:
        return True
    ids = other.paper.arxiv, page.paper.arxiv
    return fold(other.paper.title) != fold(page.paper.title) or (ids[0] is not None and ids[0] == ids[1])


def _holds_nothing(page: PaperPage) -> bool:
    """Whether nothing of a person's would go with the page, but that it is the same as another."""
    if page.paper.same_as is None:
        return untouched(page)
    return untouched(paperpage.read(front.revised(page.text, {"same_as": None}, page.file), page.slug))


def _left_over(disk: PaperPage, page: PaperPage) -> Made:
    message = f"readers see {page.file} in its place: move there what a person wrote here, then delete this page"
    merged = Merged(replace(disk.paper, same_as=page.slug), disk.generated)
    return Made(disk.slug, rewritten(disk, merged), problems=(Problem(Place(disk.file), "note", message),))


def _twin(other: PaperPage, disk: PaperPage, page: PaperPage) -> Made:
    """A further page with the same title stays a page of its own, whatever its name, and a person is told."""
    message = (
        f"the same title as {page.file}: write `same_as: {page.slug}` here if it is the same paper, "
        "or give both their arXiv ids"
    )
    after = rewritten(disk, Merged(other.paper, {**other.generated, SLUG: fingerprint(other.slug)}))
    return Made(disk.slug, after, keys(disk.paper), problems=(Problem(Place(disk.file), "warning", message),))


# Problems


def _open(page: PaperPage, group: Group) -> Iterator[Problem]:
    """What the dumps' readers found, and nobody has settled on the page."""
    for record in group.records:
        for problem in record.problems:
            if not any(known(page.paper, name) for name in problem.settled_by):
                yield problem


def _about_topics(page: PaperPage, taxonomy: Taxonomy) -> Iterator[Problem]:
    for topic in page.paper.topics:
        if topic not in taxonomy.names:
            message = f"there is no topic `{topic}` in topics.yml: add it there, or take it out here"
            yield Problem(paperpage.place(page, "topics"), "warning", message)
    if not page.paper.topics and not page.paper.topics_reviewed:
        message = "no topic fits: add `topics: [...]`, or `topics_reviewed: true` if it is meant to have none"
        yield Problem(Place(page.file), "warning", message)


def _about_same_as(page: PaperPage, on_disk: Mapping[str, PaperPage]) -> Iterator[Problem]:
    if page.paper.same_as is not None and main_page(page, on_disk) is None:
        message = f"`same_as: {page.paper.same_as}` leads to no page: write the name of the other page's file"
        yield Problem(paperpage.place(page, "same_as"), "warning", message)


def _topics_of(paper: Paper, taxonomy: Taxonomy) -> tuple[str, ...]:
    return tuple(assignment.topic.id for assignment in topics.assign(taxonomy, paper.title, paper.abstract))
