"""Run MkDocs; a build goes strictly into a folder of its own, which then takes the site's place.

What was the site is that folder the next time: nearly all that is in it will be right, and a folder for each page is
neither made nor deleted then.
"""

from __future__ import annotations

import errno
import logging
import shutil
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click
from jinja2 import TemplateNotFound, TemplateSyntaxError
from mkdocs.__main__ import cli as mkdocs
from mkdocs.exceptions import BuildError

from generator.cache import FOLDER
from generator.model import GeneratorError
from generator.settings import Settings
from generator.site import reuse, swap

_BEFORE: Final = "site-before"


def build(settings: Settings) -> None:
    """Build the site.  The site that was there stays as it was unless all went well, whatever ends the program.

    To be called with the project's lock held.

    Raises :class:`GeneratorError` where it was not built: one line, with the file where MkDocs names one.
    """
    site = settings.site
    if site.exists() and not site.is_dir():
        raise GeneratorError(f"{site}: error: the site is a folder, and this is none: move it away")
    try:
        with _workplace(settings) as folder:
            reuse.lend(site, folder, reuse.read(reuse.left_file(settings.root)))
            mkdocs_command(["build", "--strict", "--config-file", str(settings.config), "--site-dir", str(folder)])
            reuse.clear(site)  # of a build by MkDocs alone
            swap.replace(folder, site)
    except OSError as error:
        where = site if error.errno == errno.ENOSPC else error.filename or site  # a copy would name what it is of
        raise GeneratorError(f"{where}: error: {error.strerror}: the site is as it was") from None


@contextmanager
def _workplace(settings: Settings) -> Iterator[Path]:
    """The folder for the new site, on the disk of the site; where the build fails it is gone afterwards.

    It may have what an earlier build has left, but for what begins with a dot: that is the site's own, or half a build.
    No other build is under way: whoever builds holds the project's lock.
    """
    settings.site.parent.mkdir(parents=True, exist_ok=True)
    folder = _near(settings)
    try:
        for hidden in folder.glob(".*"):
            _remove(hidden)
        yield folder
    except BaseException:
        _remove(folder)
        raise


def _near(settings: Settings) -> Path:
    """A folder among what is kept between runs, or beside the site where that is on another disk."""
    site, cache = settings.site, settings.root / FOLDER
    cache.mkdir(exist_ok=True)
    is_near = cache.stat().st_dev == site.parent.stat().st_dev
    folder = cache / _BEFORE if is_near else site.with_name(f".{site.name}-before")
    folder.mkdir(exist_ok=True)
    return folder


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def mkdocs_command(arguments: list[str]) -> None:
    """Run a command of MkDocs as its own command line does.  Raises :class:`GeneratorError` where it fails."""
    with _first_complaint() as complaints:
        try:
            mkdocs.main(arguments, prog_name="mkdocs", standalone_mode=False)
        except (click.ClickException, click.exceptions.Exit, SystemExit) as error:
            if getattr(error, "exit_code", getattr(error, "code", 1)):
                message = error.format_message() if isinstance(error, click.ClickException) else "see above"
                cause = [str(error.__context__)] if isinstance(error.__context__, BuildError) else []
                raise _not_built(*cause, *complaints, message) from None
        except TemplateNotFound as error:  # which calls itself an error of the disk
            raise _not_built(f"there is no template “{error.name}”, which another one asks for") from error
        except OSError:
            raise
        except click.Abort:  # what click makes of Ctrl-C
            raise KeyboardInterrupt from None
        except Exception as error:  # whatever a page, a template or a plugin made it stumble over
            raise _not_built(*complaints, f"{_place(error)}{type(error).__name__}: {error}") from error


def _place(error: Exception) -> str:
    """The line of the template that it happened in, if it was one."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}: "
    lines = [step for step in traceback.extract_tb(error.__traceback__) if step.filename.endswith(".html")]
    return f"{lines[-1].filename}:{lines[-1].lineno}: " if lines else ""


def _not_built(*said: str) -> GeneratorError:
    return GeneratorError(f"mkdocs: error: the site was not built: {said[0]}")


@contextmanager
def _first_complaint() -> Iterator[list[str]]:
    """What MkDocs complains of, first things first: it goes on after a warning, and then names no file."""
    heard = _Complaints(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(heard)
    try:
        yield heard.said
    finally:
        logger.removeHandler(heard)


class _Complaints(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(" ".join(record.getMessage().split()))
