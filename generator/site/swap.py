"""One folder takes the place of another in one step, so that whoever looks, or kills the program, finds one of the two.

Linux and macOS can exchange two names at once; Python has no word for it.  Elsewhere it takes two steps, between which
a kill leaves the old folder beside its place.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path
from typing import Final

_HERE: Final = -100  # AT_FDCWD: names are as seen from the current folder
_EXCHANGE: Final = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS


def replace(new: Path, old: Path) -> None:
    """Put ``new`` in the place of ``old``; what was there is where ``new`` was.

    Names in ``old`` that begin with a dot, such as ``.git``, are in both folders when the places change.
    """
    aside = old.with_name(f".{old.name}-aside")
    for kept in old.glob(".*"):
        if not (new / kept.name).exists():
            _copy(kept, new / kept.name)
    if not old.exists():
        new.rename(old)
    elif not _exchange(new, old):
        shutil.rmtree(aside, ignore_errors=True)
        old.rename(aside)
        new.rename(old)
        aside.rename(new)
    shutil.rmtree(aside, ignore_errors=True)  # of a program that was killed between the steps


def _copy(source: Path, target: Path) -> None:
    """The same files under a second name where the disk can do that, which neither takes long nor needs room."""
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True, copy_function=_link)
    else:
        _link(source, target)


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; whether the system could."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        system = ctypes.CDLL(None)
    except (OSError, TypeError):  # Windows has no such library
        return False
    if hasattr(system, "renameat2"):
        return bool(system.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)
    if hasattr(system, "renamex_np"):
        return bool(system.renamex_np(*names, _EXCHANGE) == 0)
    return False
