"""What the commands share: how each finds its project, ends, and says what a person can put right.

Exit codes: 0 done; 1 `check` found something, or ``--strict`` and there was a problem
above note; 2 it could not be done.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import click

from generator.model import ContentError, GeneratorError
from generator.report import here
from generator.settings import load
from generator.terminal import printable

DONE: Final = 0
FOUND: Final = 1
FAILED: Final = 2

config_option = click.option(
    "--config", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), help="The project's mkdocs.yml."
)


def command(function: Callable[..., int]) -> Callable[..., None]:
    """Give a command ``--config``, and turn what a person can put right into a line and an exit code."""

    @config_option
    @functools.wraps(function)
    def run(config: Path, **options: Any) -> None:
        content = config.parent
        try:
            settings = load(config)
            content = settings.content
            code = function(settings, **options)
        except KeyboardInterrupt:
            say(["digest: error: broken off: run it again"], err=True)
            code = FAILED
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has read enough
            code = DONE
        except (GeneratorError, OSError) as error:
            complain(error, content)
            code = FAILED
        sys.exit(code)

    return run


def say(lines: Iterable[str], err: bool = False) -> None:
    """Print lines in which nothing acts on a terminal."""
    for line in lines:
        click.echo(printable(line), err=err)


def complain(error: GeneratorError | OSError, content: Path) -> None:
    """Print what went wrong where errors go."""
    say(_said(error, content), err=True)


def _said(error: GeneratorError | OSError, content: Path) -> list[str]:
    """What went wrong, with file names as they can be opened from here."""
    if isinstance(error, OSError):
        return [f"{error.filename or 'digest'}: error: {error.strerror or error}"]
    lines = str(error).splitlines()
    if isinstance(error, ContentError):
        return [f"{here(content)}/{line}" for line in lines]
    return lines
