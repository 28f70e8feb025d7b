"""``digest topics``: learn from corrections, and say what to correct next; order and printing, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import click

from generator import run, store
from generator.catalogue import catalogue
from generator.command import DONE, command, say
from generator.ingest.found import merged, with_topics
from generator.lock import lock
from generator.model import Entry
from generator.report import here
from generator.settings import Settings
from generator.store import Content
from generator.topics import learnt, topic_report
from generator.topics.retrain import Changes, changes, is_corrected, lessons, retrained
from generator.words import counted

_NONE: Final = ("nothing",)


@click.group("topics")
def topics_group() -> None:
    """Learn from corrected topics, and say what to correct next."""


_limit = click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many lines of a list."
)


@topics_group.command("retrain")
@command
def retrain_command(settings: Settings) -> int:
    """Learn from the pages whose topics people confirmed or changed.

    Writes content/topics-learnt.json, and says what the next `digest ingest` will change.
    """
    with lock(settings.root):
        content = run.loaded(settings, repaired=True)
        there = merged(content.taxonomy, content.texts)
        pages = [with_topics(page, content.taxonomy, there) for page in content.papers]
        taught_by = lessons(pages)
        model = retrained(content.taxonomy, taught_by)
        written = store.write(settings.content, {store.LEARNT: learnt.written(model)}, content.seen)
        planned = run.planned(settings, remove=True).plan.papers
    click.echo(f"Learnt from {counted(len(taught_by), 'page')}: {here(settings.content / store.LEARNT)}")
    click.echo(f"{'Commit it' if written else 'Nothing new'}. The next `digest ingest` will change:")
    say(_told(changes(pages, planned, content.taxonomy.topics)))
    return DONE


@topics_group.command("suggest")
@_limit
@command
def suggest_command(settings: Settings, limit: int) -> int:
    """List papers with doubtful topics or none, the most useful to correct first."""
    content = run.loaded(settings)
    corrected = {page.slug for page in content.papers if is_corrected(page)}
    open_ = [entry for entry in _entries(content) if entry.slug not in corrected]
    for doubt in topic_report.doubts(content.taxonomy, open_)[:limit]:
        near = ", ".join(f"{id} {score:.1f}" for id, score in doubt.near) or "nothing is near"
        say([f"{doubt.entry.slug}: {', '.join(doubt.topics) or 'no topic'}; in doubt (3 do): {near}"])
    return DONE


@topics_group.command("report")
@_limit
@command
def report_command(settings: Settings, limit: int) -> int:
    """Say how topics grow and overlap, and what papers without a topic speak of."""
    content = run.loaded(settings)
    entries = _entries(content)
    width = max((len(topic.id) for topic in content.taxonomy.topics), default=0)
    click.echo(f"{'':{width}}  papers  last 12 months  the 12 before")
    say(
        f"{row.topic.id:{width}}{row.papers:8}{row.recent:16}{row.before:15}"
        for row in topic_report.growth(content.taxonomy, entries)
    )
    click.echo("\nTogether more often than by chance:")
    pairs = topic_report.overlaps(entries, limit)
    say([f"{it.one} and {it.other}: {counted(it.papers, 'paper')}, {it.lift} times as many" for it in pairs] or _NONE)
    click.echo("\nFrequent where no topic fits, or hardly:")
    candidates = topic_report.candidates(content.taxonomy, entries, limit)
    say([f"{words}: {counted(count, 'paper')}" for words, count in candidates] or _NONE)
    return DONE


def _entries(content: Content) -> tuple[Entry, ...]:
    return catalogue(content.papers, content.taxonomy.topics).entries


def _told(changed: Changes) -> Iterator[str]:
    for change in changed.topics:
        yield f"  {change.topic.id}: {counted(change.gained, 'paper')} more, {change.lost} fewer"
    if changed.reordered:
        yield f"  the order of topics: {counted(changed.reordered, 'paper')}"
    if not changed.topics and not changed.reordered:
        yield "  nothing"
