"""A file takes the place of another in one step: whoever looks, or kills the program, finds one of the two, whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

_UMASK: Final = os.umask(0o022)  # is told only to those who set it
os.umask(_UMASK)
_PREFIX: Final = ".digest-"
_SUFFIX: Final = ".new"


def write(target: Path, content: bytes) -> None:
    """Put ``content`` in the place of a file: written beside it, flushed to the disk, renamed."""
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_UMASK)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Take away what a run that was killed had begun to write in a folder."""
    for litter in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        litter.unlink()
