"""Pages of the build before that are still right stay where they are; what nobody asks for any more goes.

MkDocs empties the site's folder before it begins, but for what begins with a dot: there the folders of pages wait
meanwhile, and the index of the search.  A page is right where its key is the one it was made with, and its file is as
it was left; a file of the index, where its bytes are.  To make a file takes several times as long as to look at one,
and where very many were just deleted, up to twenty times: ext4 looks past all of these for minutes.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from generator import atomic
from generator.cache import FOLDER, engine

_FOLDERS: Final = ("papers", "topics", "digests", "organizations", "archive", "titles")
_ASIDE: Final = ".pages-of-before"
_INDEX: Final = "assets/search"
_INDEX_ASIDE: Final = ".search-of-before"


def left_file(root: Path, *, preview: bool = False) -> Path:
    """The file that tells how a build of a project has left its pages; a preview has another site."""
    return root / FOLDER / ("preview-pages.json" if preview else "pages.json")


class Left(NamedTuple):
    """A page as it was left: its key, and the size and time of its file."""

    key: str
    size: int
    time: int


def clear(site: Path) -> None:
    """Take away what a build that ended before its time has left aside in a site."""
    for name in (_ASIDE, _INDEX_ASIDE):
        shutil.rmtree(site / name, ignore_errors=True)


def set_aside(site: Path) -> None:
    """Take the pages and the index out of the way of MkDocs' cleaning."""
    here = [site / name for name in _FOLDERS if (site / name).is_dir()]
    if here:  # newer than what a build that was killed may have left aside
        shutil.rmtree(site / _ASIDE, ignore_errors=True)
        (site / _ASIDE).mkdir()
    for folder in here:
        folder.rename(site / _ASIDE / folder.name)
    if (site / _INDEX).is_dir():
        shutil.rmtree(site / _INDEX_ASIDE, ignore_errors=True)
        (site / _INDEX).rename(site / _INDEX_ASIDE)


def lend(old: Path, new: Path, left: Mapping[str, Left]) -> None:
    """Hard-link the pages of an old site into the folder of the new one, where the disk can.

    ``left`` tells of the other's; those that the new one has are not looked for.
    """
    for name, page in left.items():
        if name.partition("/")[0] not in _FOLDERS or ".." in name:  # whoever wrote the file that tells
            continue
        source, target = f"{old}/{name}", f"{new}/{name}"
        with suppress(OSError):  # then the page is made anew
            if _state_if_any(target) != page[1:]:
                os.makedirs(target.rpartition("/")[0], exist_ok=True)  # noqa: PTH103  (there are very many)
                Path(target).unlink(missing_ok=True)
                os.link(source, target)


def put_back(site: Path, wanted: Mapping[str, str], left: Mapping[str, Left]) -> frozenset[str]:
    """Put back the pages, and take away those that are not right: the names of files that are.

    ``wanted`` is the key of each file, by its name from the site's folder.
    """
    right: set[str] = set()
    aside = site / _ASIDE
    for folder in (aside / name for name in _FOLDERS):
        if folder.is_dir():
            folder.rename(site / folder.name)
            right |= set(_swept(site, folder.name, wanted, left))
    shutil.rmtree(aside, ignore_errors=True)
    return frozenset(right)


def put_index(site: Path, files: Mapping[str, bytes]) -> None:
    """Put the files of the index into the site, each by its name from the site's folder.

    Their one folder, which has another name after each change, is that of the build before as far as it is right.
    """
    before = [folder for folder in (site / _INDEX_ASIDE).glob("*") if folder.is_dir()]
    for folder in {(site / name).parent for name in files} - {site / _INDEX}:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if before and not folder.exists():
            before.pop().rename(folder)
            for path in [path for path in folder.iterdir() if path.relative_to(site).as_posix() not in files]:
                path.unlink()
        folder.mkdir(exist_ok=True)
    for name, data in files.items():
        path = site / name
        if (path.read_bytes() if path.exists() else None) != data:
            path.unlink(missing_ok=True)  # the file may have a second name in a folder of somebody's
            path.write_bytes(data)
    shutil.rmtree(site / _INDEX_ASIDE, ignore_errors=True)


def read(file: Path) -> Mapping[str, Left]:
    """How the build before left its pages; nothing where that cannot be told."""
    left: dict[str, Left] = {}
    try:
        told = json.loads(file.read_bytes())
        if told.pop("engine") == engine().hex():
            while told:  # of very many pages it would be large beside what is made of it
                name, (key, size, time) = told.popitem()
                left[name] = Left(str(key), int(size), int(time))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return left


def write(file: Path, site: Path, keys: Mapping[str, str]) -> None:
    """Remember how pages are left.  Where that is not possible the next build is slower, and no worse."""
    left = {name: (key, *_state(f"{site}/{name}")) for name, key in keys.items()}
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(file, json.dumps({"engine": engine().hex(), **left}).encode())


def _swept(site: Path, folder: str, wanted: Mapping[str, str], left: Mapping[str, Left]) -> Iterator[str]:
    """The files in a folder that are right; all others go, and folders in which nothing stays."""
    stays = False
    with os.scandir(site / folder) as items:
        for item in sorted(items, key=lambda item: item.name):
            name = f"{folder}/{item.name}"
            if item.is_dir(follow_symlinks=False):
                found = list(_swept(site, name, wanted, left))
                stays = stays or bool(found)
                yield from found
            elif _is_right(site, name, wanted, left):
                stays = True
                yield name
            else:
                (site / name).unlink()
    if not stays:
        (site / folder).rmdir()


def _is_right(site: Path, name: str, wanted: Mapping[str, str], left: Mapping[str, Left]) -> bool:
    before = left.get(name)
    return before is not None and wanted.get(name) == before.key and _state(f"{site}/{name}") == before[1:]


def _state_if_any(path: str) -> tuple[int, int] | None:
    try:
        return _state(path)
    except OSError:
        return None


def _state(path: str) -> tuple[int, int]:
    told = os.stat(path)  # noqa: PTH116  (there are very many, and a `Path` takes longer than this)
    return told.st_size, told.st_mtime_ns
