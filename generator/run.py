"""A run from dumps to pages: what there is, what it should be, and the writing of it.

:func:`planned` writes nothing; :func:`finished` does.  Between runs, what was read and merged is kept in
``.cache/content.kept``, and the pages that were taken apart in ``.cache/papers.kept``; both are safe to delete.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import click

from generator import cache, store
from generator.cache import Cache
from generator.content import paperpage
from generator.garbage import uncollected
from generator.ingest import planning
from generator.ingest.captures import Dump
from generator.ingest.dumps import Reading, read_dumps, undated
from generator.ingest.planning import Plan
from generator.model import ContentError
from generator.settings import Settings
from generator.store import Content

_CACHE: Final = "content.kept"
_MANY_DUMPS: Final = 20


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says now of some dumps: the day of their capture, and the format to read them as.

    A day that is told without names is that of every dump that has none.
    """

    names: tuple[str, ...] = ()
    captured: date | None = None
    format: str = ""


NOTHING: Final = Told()


@dataclass(frozen=True, slots=True)
class Run:
    """What lies in ``content/``, the plan for it, and what is kept for the next run: readings, and pages."""

    settings: Settings
    content: Content
    plan: Plan
    cache: Cache
    pages: Cache


def planned(settings: Settings, told: Told = NOTHING, *, remove: bool = False, forget: str = "") -> Run:
    """Load, read and merge.  ``forget`` names a dump that is taken back."""
    with uncollected():
        known, known_pages = cache.read(cache_file(settings.root)), cache.read(store.pages_cache(settings.root))
        content = store.load(settings.content, known_pages)
        dumps = {name: data for name, data in store.dumps(settings.content).items() if name != forget}
        reading = _reading(dumps, content.dumps, told, known)
        plan = planning.plan(content, reading, remove=remove, forget=forget, cache=known)
        return Run(settings, content, plan, known, known_pages)


def loaded(settings: Settings, *, repaired: bool = False) -> Content:
    """What lies in ``content/`` apart from the dumps; ``repaired`` without what was learnt, where that is broken."""
    with uncollected():
        known = cache.read(store.pages_cache(settings.root))
        try:
            return store.load(settings.content, known)
        except ContentError as error:
            if not repaired or error.place.file != store.LEARNT:
                raise
            return store.load(settings.content, known, own_model=False)


def finished(run: Run) -> tuple[str, ...]:
    """Write the plan; the names of the files that changed."""
    written = store.write(run.settings.content, run.plan.texts, run.content.seen)
    cache.write(cache_file(run.settings.root), run.cache)
    before = {page.slug for page in run.content.papers}
    for page in run.plan.papers:
        if page.slug not in before:
            paperpage.keep(page, run.pages)
    cache.write(store.pages_cache(run.settings.root), run.pages)
    return written


def cache_file(root: Path) -> Path:
    """Where the project in a folder keeps what runs have read of dumps, and merged."""
    return root / cache.FOLDER / _CACHE


def _reading(dumps: Mapping[str, bytes | None], known: Mapping[str, Dump], told: Told, cache: Cache) -> Reading:
    if told.format:
        known = {**known, **{name: replace(known.get(name, Dump()), format=told.format) for name in told.names}}
    reading = _read(dumps, known, {}, cache)
    if told.captured:
        names = told.names or tuple(undated(reading))
        if not names:
            click.echo(f"--captured {told.captured}: every dump has a day; name the one that is meant", err=True)
        return _read(dumps, known, dict.fromkeys(names, told.captured), cache)
    return reading


def _read(
    dumps: Mapping[str, bytes | None], known: Mapping[str, Dump], told: Mapping[str, date], cache: Cache
) -> Reading:
    """Read the dumps; when they are many, with a bar on a terminal, and with lines elsewhere."""
    if len(dumps) < _MANY_DUMPS:
        return read_dumps(dumps, known, told, cache=cache)
    with click.progressbar(length=len(dumps), label="Reading dumps", file=sys.stderr) as bar:
        return read_dumps(dumps, known, told, lambda name: bar.update(1), cache)
