"""One run at a time: a lock that says who holds it, and goes when its holder dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from generator import cache
from generator.model import GeneratorError

_PATIENCE: Final = 0.5  # seconds: longer than a preview takes to notice that nothing is new


@contextmanager
def lock(project: Path) -> Iterator[None]:
    """Hold the lock of the project in a folder.  Raises :class:`GeneratorError` where another run holds it."""
    folder = project / cache.FOLDER
    folder.mkdir(exist_ok=True)
    holder = folder / "digest.holder"
    try:
        with FileLock(folder / "digest.lock", timeout=_PATIENCE):
            holder.write_text(f"{' '.join([Path(sys.argv[0]).name, *sys.argv[1:2]])}, process {os.getpid()}", "utf-8")
            yield
    except Timeout:
        raise GeneratorError(f"{project}: error: {_who(holder)} is at work here: wait until it is done") from None


def _who(holder: Path) -> str:
    try:
        return f"`{holder.read_text('utf-8')}`"
    except OSError:
        return "another run"
