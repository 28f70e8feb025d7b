"""The ``digest`` command: order and printing, nothing else; see :mod:`generator.command` for the exit codes."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from generator import report, run, status, store
from generator.catalogue import catalogue
from generator.command import DONE, FOUND, command, config_option, say
from generator.content.paperpage import meta
from generator.dates import EARLIEST, LATEST
from generator.ingest import findings, near
from generator.ingest.planning import Plan
from generator.ingest.settle import Side, settled
from generator.lock import lock
from generator.model import GeneratorError, Paper
from generator.readers import formats as known_formats
from generator.report import here
from generator.run import Told
from generator.search.documents import document, record
from generator.settings import Settings
from generator.site import preview, site_build, site_size
from generator.topics.topic_commands import topics_group


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="paper-digests")
def main() -> None:
    """Turn a folder of digest dumps into a searchable site of papers and topics."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    for stream in (sys.stdout, sys.stderr):  # a file on Windows takes the characters of one country alone
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


_dumps = click.argument("dumps", nargs=-1, type=click.Path(path_type=Path))
_captured = click.option(
    "--captured", type=click.DateTime(["%Y-%m-%d"]), help="The day on which the dumps were captured, as YYYY-MM-DD."
)
_format = click.option("--format", "format", metavar="NAME", help="Read DUMPS as this format; see `digest formats`.")
_remove = click.option("--remove", is_flag=True, help="Ten or more pages, all, or the ledger are missing on purpose.")
_strict = click.option("--strict", is_flag=True, help="Exit with 1 if there was a problem above note.")


@main.command("ingest")
@_dumps
@_captured
@_format
@_remove
@_strict
@command
def ingest_command(
    settings: Settings,
    *,
    dumps: tuple[Path, ...],
    captured: datetime | None,
    format: str | None,
    remove: bool,
    strict: bool,
) -> int:
    """Read all dumps in content/dumps/ and bring the pages up to date.

    DUMPS from elsewhere are copied in first.
    """
    if captured and not EARLIEST <= captured.date() <= LATEST:
        raise GeneratorError(f"--captured: error: {captured.date()} is no day on which a page was captured")
    if format and (format not in known_formats() or not dumps):
        said = "name the dumps that it is for" if dumps == () else f"use one of {', '.join(known_formats())}"
        raise GeneratorError(f"--format: error: {said}")
    with lock(settings.root):
        names = tuple(store.add_dump(settings.content, dump) for dump in dumps)
        told = Told(names, captured.date() if captured else None, format or "")
        return _ingested(settings, told, remove=remove, strict=strict)


@main.command("formats")
@config_option
def formats_command(config: Path) -> None:  # the same in every project
    """List the formats that can be read, each with a line that shows it."""
    width = max(map(len, known_formats()))
    for name, example in known_formats().items():
        click.echo(f"{name:{width}}  {example}")


@main.command("build")
@_remove
@_strict
@command
def build_command(settings: Settings, remove: bool, strict: bool) -> int:
    """Ingest, then build the site, strictly, into site/."""
    with lock(settings.root):
        code = _ingested(settings, remove=remove, strict=strict)
        site_build.build(settings)
    click.echo(f"The site is in {here(settings.site)}.")
    return code


@main.command("serve")
@click.option("--dev-addr", metavar="IP:PORT", default="127.0.0.1:8000", show_default=True, help="Where to serve.")
@command
def serve_command(settings: Settings, dev_addr: str) -> int:
    """Preview the site; a changed page or a new dump shows up by itself."""

    def bring_up_to_date() -> None:
        with lock(settings.root):
            _ingested(settings)

    bring_up_to_date()
    preview.serve(settings, dev_addr, bring_up_to_date)
    return DONE


@main.command("check")
@click.option("--why", metavar="SLUG", help="Say why a paper is in its topics, and nothing else.")
@click.option("--conflicts", is_flag=True, help="List the conflicts, and nothing else.")
@click.option("--site", is_flag=True, help="Say how much the built site weighs and whether it fits, and nothing else.")
@command
def check_command(settings: Settings, why: str | None, conflicts: bool, site: bool) -> int:
    """Say what is wrong, unsure or not up to date.  Writes nothing."""
    if why is not None:
        return _explained(settings, why)
    if site:
        return _weighed(settings)
    now = run.planned(settings, remove=True)
    plan = now.plan
    say(report.conflicts(plan, settings.content))
    if conflicts:
        return FOUND if plan.conflicts else DONE
    pending = () if plan.doubt else store.pending(settings.content, plan.texts)
    say([f"{here(settings.content)}/{plan.doubt}"] if plan.doubt else [])
    say(report.problems(plan, settings.content))
    say(f"{here(settings.content)}/{problem}" for problem in near.misses(plan.catalogue.entries))
    say(report.redescribed(now.content.taxonomy, here(settings.content / store.TOPICS)))
    say(f"{here(settings.content / name)}: a run of `digest ingest` would write this page" for name in pending)
    click.echo(report.summary(plan))
    return FOUND if plan.doubt or pending or plan.conflicts or _above_note(plan) else DONE


@main.command("resolve")
@click.argument("slug")
@click.argument("field")
@click.option("--take", type=click.Choice(["dump", "page"]), required=True, help="Whose value it shall be.")
@command
def resolve_command(settings: Settings, slug: str, field: str, take: Side) -> int:
    """Settle a conflict: FIELD of the page SLUG takes what the dumps say, or stays as it is."""
    with lock(settings.root):
        now = run.planned(settings, remove=True)
        page = settled(slug, field, take, now.plan.conflicts, now.content.papers)
        told = findings.written(now.plan.findings.without_conflict(slug, field))
        store.write(settings.content, {page.file: page.text, store.PROBLEMS: told}, now.content.seen)
    click.echo(f"{here(settings.content / page.file)}: `{field}` is settled.")
    return DONE


@main.command("forget")
@click.argument("dump")
@command
def forget_command(settings: Settings, dump: str) -> int:
    """Take back a wrong DUMP: its file, what it told, and the papers that only it told and nobody edited."""
    name = Path(dump).name
    with lock(settings.root):
        after = run.planned(settings, forget=name)
        seen = {sighting.dump for page in after.content.papers for sighting in page.paper.sightings}
        if name not in seen.union(store.dumps(settings.content), after.content.dumps):
            raise GeneratorError(f"digest: error: no dump of the name {name} was ever read here")
        written = run.finished(after)
        store.remove_dump(settings.content, name)
    say(report.problems(after.plan, settings.content), err=True)
    click.echo(f"{name} is forgotten. {report.summary(after.plan)} {_written(len(written))}")
    return DONE


@main.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@command
def status_command(settings: Settings, as_json: bool) -> int:
    """Say how many papers, topics, digests and problems there are."""
    now = run.planned(settings, remove=True)
    told = status.status(catalogue(now.content.papers, now.content.taxonomy.topics), now.plan.findings)
    today = datetime.now(UTC).date()
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else "\n".join(report.status(told, today)))
    return DONE


@main.command("export")
@command
def export_command(settings: Settings) -> int:
    """Print every visible paper as a line of JSON, in the order of slugs."""
    content = run.loaded(settings)
    for entry in catalogue(content.papers, content.taxonomy.topics).entries:
        first = record(document(entry, content.taxonomy.names))
        line = json.dumps(first | _rest(entry.paper, first), ensure_ascii=False, default=str)
        click.echo(line.encode("utf-8", "replace"))  # whatever the terminal's encoding
    return DONE


main.add_command(topics_group)


def _rest(paper: Paper, first: Mapping[str, Any]) -> dict[str, Any]:
    """What a paper's page holds beyond the fields that search needs."""
    return {key: value for key, value in meta(paper).items() if key not in first}


def _ingested(settings: Settings, told: Told = run.NOTHING, *, remove: bool = False, strict: bool = False) -> int:
    after = run.planned(settings, told, remove=remove)
    written, plan = run.finished(after), after.plan
    say(report.problems(plan, settings.content), err=True)
    say(report.conflicts(plan, settings.content), err=True)
    click.echo(f"{report.summary(plan)} {_written(len(written))}")
    return FOUND if strict and (_above_note(plan) or plan.conflicts) else DONE


def _explained(settings: Settings, slug: str) -> int:
    content = run.loaded(settings)
    page = next((page for page in content.papers if page.slug == slug), None)
    if page is None:
        raise GeneratorError(f"{here(settings.content / 'papers')}: error: there is no page {slug}.md")
    say(report.explained(content.taxonomy, page.paper, page.given))
    return DONE


def _weighed(settings: Settings) -> int:
    files = site_size.sized(settings.site)
    found = tuple(site_size.too_large(files))
    say((*site_size.summary(files), *(f"{here(settings.site)}: error: {line}" for line in found)))
    return FOUND if found else DONE


def _above_note(plan: Plan) -> bool:
    return any(problem.level != "note" for problem in plan.problems)


def _written(count: int) -> str:
    return f"{count} files written." if count else "Nothing new."
