"""The ``digest`` command: order and printing, nothing else.

Exit codes: 0 done; 1 `check` found something, or ``--strict`` and there was a problem
above note; 2 it could not be done.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from generator import captures, ingest, preview, site_build, status, store, topics
from generator.catalogue import catalogue
from generator.dates import EARLIEST, LATEST
from generator.ingest import Plan, Reading
from generator.mdtext import one_line
from generator.model import ContentError, GeneratorError, Paper, Problem
from generator.paperpage import meta
from generator.search.documents import document, record
from generator.settings import Settings, load

DONE, FOUND, FAILED = 0, 1, 2
MANY_DUMPS = 20


def _command(function: Callable[..., int]) -> Callable[..., None]:
    """Give a command ``--config``, and turn what a person can put right into a line and an exit code."""

    @click.option(
        "--config", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), help="The project's mkdocs.yml."
    )
    @functools.wraps(function)
    def run(config: Path, **options: Any) -> None:
        try:
            code = function(load(config), **options)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has read enough
            code = DONE
        except (GeneratorError, OSError) as error:
            click.echo("\n".join(map(one_line, _said(error, config).splitlines())), err=True)
            code = FAILED
        sys.exit(code)

    return run


def _said(error: GeneratorError | OSError, config: Path) -> str:
    """What went wrong, with file names as they can be opened from here."""
    if isinstance(error, OSError):
        return f"{error.filename or 'digest'}: error: {error.strerror or error}"
    if isinstance(error, ContentError | store.BrokenContentError):
        return "\n".join(f"{_here(load(config).content)}/{line}" for line in str(error).splitlines())
    return str(error)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="paper-digests")
def main() -> None:
    """Turn a folder of digest dumps into a searchable site of papers and topics."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


_dumps = click.argument("dumps", nargs=-1, type=click.Path(path_type=Path))
_captured = click.option(
    "--captured", type=click.DateTime(["%Y-%m-%d"]), help="The day on which the dumps were captured, as YYYY-MM-DD."
)
_remove = click.option("--remove", is_flag=True, help="Ten or more pages, or all, are missing on purpose.")
_strict = click.option("--strict", is_flag=True, help="Exit with 1 if there was a problem above note.")


@main.command("ingest")
@_dumps
@_captured
@_remove
@_strict
@_command
def ingest_command(
    settings: Settings, dumps: tuple[Path, ...], captured: datetime | None, remove: bool, strict: bool
) -> int:
    """Read all dumps in content/dumps/ and bring the pages up to date.

    DUMPS from elsewhere are copied in first.
    """
    if captured and not EARLIEST <= captured.date() <= LATEST:
        raise GeneratorError(f"--captured: error: {captured.date()} is no day on which a page was captured")
    names = tuple(store.add_dump(settings.content, dump) for dump in dumps)
    plan = _planned(settings, names, captured.date() if captured else None, remove)
    return _ingested(settings, plan, strict)


@main.command("build")
@_remove
@_strict
@_command
def build_command(settings: Settings, remove: bool, strict: bool) -> int:
    """Ingest, then build the site, strictly, into site/."""
    code = _ingested(settings, _planned(settings, remove=remove), strict)
    site_build.build(settings)
    click.echo(f"The site is in {_here(settings.site)}.")
    return code


@main.command("serve")
@click.option("--dev-addr", metavar="IP:PORT", default="127.0.0.1:8000", show_default=True, help="Where to serve.")
@_command
def serve_command(settings: Settings, dev_addr: str) -> int:
    """Preview the site; a changed page or a new dump shows up by itself."""
    _ingested(settings, _planned(settings), strict=False)
    preview.serve(settings, dev_addr, lambda: _ingested(settings, _planned(settings), strict=False))
    return DONE


@main.command("check")
@click.option("--why", metavar="SLUG", help="Say why a paper is in its topics, and nothing else.")
@click.option("--conflicts", is_flag=True, help="List the conflicts, and nothing else.")
@_command
def check_command(settings: Settings, why: str | None, conflicts: bool) -> int:
    """Say what is wrong, unsure or not up to date.  Writes nothing."""
    if why is not None:
        return _explained(settings, why)
    plan = _planned(settings, remove=True)
    _print_conflicts(settings, plan)
    if conflicts:
        return FOUND if plan.conflicts else DONE
    pending = store.pending(settings.content, plan.texts)
    _print_problems(settings, plan.problems)
    for name in pending:
        click.echo(f"{_here(settings.content / name)}: a run of `digest ingest` would write this page")
    click.echo(_summary(plan))
    return FOUND if pending or plan.conflicts or _above_note(plan) else DONE


@main.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@_command
def status_command(settings: Settings, as_json: bool) -> int:
    """Say how many papers, topics, digests and problems there are."""
    content = store.load(settings.content)
    told = status.status(catalogue(content.papers, content.taxonomy.topics), _planned(settings, remove=True))
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else _status_lines(told))
    return DONE


@main.command("export")
@_command
def export_command(settings: Settings) -> int:
    """Print every visible paper as a line of JSON, in the order of slugs."""
    content = store.load(settings.content)
    for entry in catalogue(content.papers, content.taxonomy.topics).entries:
        first = record(document(entry, content.taxonomy.names))
        click.echo(json.dumps(first | _rest(entry.paper, first), ensure_ascii=False, default=str))
    return DONE


def _rest(paper: Paper, first: Mapping[str, Any]) -> dict[str, Any]:
    """What a paper's page holds beyond the fields that search needs."""
    return {key: value for key, value in meta(paper).items() if key not in first}


def _planned(
    settings: Settings, names: tuple[str, ...] = (), captured: date | None = None, remove: bool = False
) -> Plan:
    """The plan for all dumps; ``captured`` is told of ``names``, or of every dump without a day."""
    content = store.load(settings.content)
    days: dict[str, captures.Days | date] = dict(captures.days(content.texts.get(store.DUMPS, ""), store.DUMPS))
    dumps = store.dumps(settings.content)
    reading = _read(dumps, days)
    if captured:
        told = names or tuple(name for name, known in (reading.days or {}).items() if not all(known))
        reading = _read(dumps, days | dict.fromkeys(told, captured))
    return ingest.plan(content, reading, remove=remove)


def _read(dumps: Mapping[str, bytes | None], days: Mapping[str, captures.Days | date]) -> Reading:
    """Read the dumps, with a bar on a terminal when they are many."""
    if len(dumps) < MANY_DUMPS or not sys.stderr.isatty():
        return ingest.read_dumps(dumps, days)
    with click.progressbar(length=len(dumps), label="Reading dumps", file=sys.stderr) as bar:
        return ingest.read_dumps(dumps, days, lambda name: bar.update(1))


def _ingested(settings: Settings, plan: Plan, strict: bool) -> int:
    written = store.write(settings.content, plan.texts)
    _print_problems(settings, plan.problems, err=True)
    _print_conflicts(settings, plan, err=True)
    click.echo(f"{_summary(plan)} {_written(len(written))}")
    return FOUND if strict and (_above_note(plan) or plan.conflicts) else DONE


def _explained(settings: Settings, slug: str) -> int:
    content = store.load(settings.content)
    page = next((page for page in content.papers if page.slug == slug), None)
    if page is None:
        raise GeneratorError(f"{_here(settings.content / 'papers')}: error: there is no page {slug}.md")
    found = {a.topic.id: a for a in topics.assign(content.taxonomy, page.paper.title, page.paper.abstract)}
    for topic in page.paper.topics:
        click.echo(f"{topic}: {topics.explain(found[topic]) if topic in found else 'written by a person'}")
    return DONE


def _print_problems(settings: Settings, problems: Iterable[Problem], err: bool = False) -> None:
    for problem in problems:
        click.echo(one_line(f"{_here(settings.content)}/{problem}"), err=err)


def _print_conflicts(settings: Settings, plan: Plan, err: bool = False) -> None:
    for slug, conflict in plan.conflicts:
        place = f"{_here(settings.content)}/papers/{slug}.md:1"
        said = f"`{conflict.field}` is {conflict.page!r} on the page, and the dumps now say {conflict.dump!r}"
        click.echo(one_line(f"{place}: conflict: {said}"), err=err)


def _above_note(plan: Plan) -> bool:
    return any(problem.level != "note" for problem in plan.problems)


def _here(path: Path) -> str:
    """A path as short as it can be written from the current folder."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


def _summary(plan: Plan) -> str:
    shown = plan.catalogue
    levels = ingest.level_counts(plan.problems)
    problems = ", ".join(
        f"{levels[level]} {level}{'s' * (levels[level] != 1)}" for level in ("error", "warning", "note")
    )
    return f"{len(shown.entries)} papers in {len(shown.digests)} digests; {problems}, {len(plan.conflicts)} conflicts."


def _written(count: int) -> str:
    return f"{count} files written." if count else "Nothing new."


def _status_lines(told: Mapping[str, Any]) -> str:
    last = told["last"]
    counts = [f"{name:14}{told[name]}" for name in ("papers", "sightings", "digests", "organizations", "topics")]
    more = [f"{name:14}{told[name]}" for name in ("undated", "untagged")]
    ends = [f"{'last digest':14}{last['captured'] if last else 'none'}"]
    ends += [f"{name:14}{len(told[name])}" for name in ("problems", "conflicts")]
    return "\n".join([*counts, *more, *ends])
