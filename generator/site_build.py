"""Run MkDocs; a build goes strictly into a folder beside the site, which then takes the site's place."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click
from mkdocs.__main__ import cli as mkdocs

from generator.model import GeneratorError
from generator.settings import Settings
from generator.store import replace_folder


def build(settings: Settings) -> None:
    """Build the site.  The site that was there stays as it was unless all went well.

    Raises :class:`GeneratorError` where MkDocs gave up; what was wrong it has printed.
    """
    settings.site.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{settings.site.name}-new-", dir=settings.site.parent))
    try:
        mkdocs_command(["build", "--strict", "--config-file", str(settings.config), "--site-dir", str(beside / "site")])
        replace_folder(beside / "site", settings.site)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def mkdocs_command(arguments: list[str]) -> None:
    """Run a command of MkDocs as its own command line does.  Raises :class:`GeneratorError` where it fails."""
    try:
        mkdocs.main(arguments, prog_name="mkdocs", standalone_mode=False)
    except (click.ClickException, click.exceptions.Exit, SystemExit) as error:
        if getattr(error, "exit_code", getattr(error, "code", 1)):
            message = error.format_message() if isinstance(error, click.ClickException) else "see above"
            raise GeneratorError(f"mkdocs: error: the site was not built: {message}") from None
