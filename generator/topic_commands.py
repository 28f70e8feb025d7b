"""``digest topics``: learn from corrections, and say what to correct next; order and printing, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import click

from generator import learnt, store, topic_report, topics
from generator.catalogue import catalogue
from generator.lock import lock
from generator.report import here
from generator.retrain import Change, changes, lessons, retrained
from generator.settings import Settings
from generator.store import Content
from generator.terminal import printable
from generator.words import counted

Command = Callable[[Callable[..., int]], Callable[..., None]]

_PAIRS = 10


def group(command: Command) -> click.Group:
    """The group of commands; ``command`` gives each its ``--config`` and its exit code."""

    @click.group("topics")
    def topics_group() -> None:
        """Learn from corrected topics, and say what to correct next."""

    limit = click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many lines.")
    for function, *options in ((retrain,), (suggest, limit), (report, limit)):
        made: Any = command(function)
        for option in options:
            made = option(made)
        topics_group.command(function.__name__)(made)
    return topics_group


def retrain(settings: Settings) -> int:
    """Learn from the pages whose topics people confirmed or changed.

    Writes content/topics-learnt.json, and says what the next `digest ingest` will change.
    """
    with lock(settings.root):
        content = store.load(settings.content)
        taught_by = lessons(content.papers)
        model = retrained(content.taxonomy, taught_by)
        after = topics.taught(content.taxonomy, model)
        written = store.write(settings.content, {store.LEARNT: learnt.written(model)}, content.seen)
    click.echo(f"Learnt from {counted(len(taught_by), 'page')}: {here(settings.content / store.LEARNT)}")
    click.echo(f"{'Commit it' if written else 'Nothing new'}. The next `digest ingest` will change:")
    _print(_told(changes(content.taxonomy, after, content.papers)))
    return 0


def suggest(settings: Settings, limit: int) -> int:
    """List papers with doubtful topics or none, the most useful to correct first."""
    content = store.load(settings.content)
    for doubt in topic_report.doubts(content.taxonomy, _entries(content))[:limit]:
        near = ", ".join(f"{id} {score:.1f}" for id, score in doubt.near) or "nothing is near"
        click.echo(printable(f"{doubt.entry.slug}: {', '.join(doubt.topics) or 'no topic'}; in doubt (3 do): {near}"))
    return 0


def report(settings: Settings, limit: int) -> int:
    """Say how topics grow and overlap, and what papers without a topic speak of."""
    content = store.load(settings.content)
    entries = _entries(content)
    width = max((len(topic.id) for topic in content.taxonomy.topics), default=0)
    click.echo(f"{'':{width}}  papers  last 12 months  the 12 before")
    _print(
        f"{row.topic.id:{width}}{row.papers:8}{row.recent:16}{row.before:15}"
        for row in topic_report.growth(content.taxonomy, entries)
    )
    click.echo("\nTogether more often than by chance:")
    _print(
        f"{pair.one} and {pair.other}: {counted(pair.papers, 'paper')}, {pair.lift} times as many"
        for pair in topic_report.overlaps(entries, _PAIRS)
    )
    click.echo("\nFrequent where no topic fits, or hardly:")
    _print(
        f"{pair}: {counted(count, 'paper')}"
        for pair, count in topic_report.candidates(content.taxonomy, entries, limit)
    )
    return 0


def _entries(content: Content) -> tuple[Any, ...]:
    return catalogue(content.papers, content.taxonomy.topics).entries


def _told(changed: tuple[Change, ...]) -> Iterator[str]:
    if not changed:
        yield "  nothing"
    for change in changed:
        yield f"  {change.topic.id}: {counted(change.gained, 'paper')} more, {change.lost} fewer"


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(printable(line))
