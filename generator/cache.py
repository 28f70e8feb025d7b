"""What a run leaves for the next: values by what they were made from, in a file that is safe to delete.

A value is found again only where all that it was made from is the same to the letter, the code that made it
included, so that a run with a memory and one without come to the same.  A file that is damaged, of other code or
of another Python counts as none.  It is a pickle in which nothing but records of this package can stand: a file
that somebody else has written runs nothing.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import is_dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar

from generator import atomic
from generator.pickled import dumps, record

T = TypeVar("T")

FOLDER: Final = ".cache"
_DISTRIBUTION: Final = "paper-digests"
_PACKAGE: Final = Path(__file__).parent
_A_PART: Final = 4096  # values
_MANY: Final = 1 << 15  # values: a process that builds again and again holds no more of a file, it reads them anew
_FILES: Final = 8  # a process holds what is in so many: those of a project, and no more where it sees to many projects
_HEAD: Final = 8 + 32  # of each part: its length, and its SHA-256
_State = tuple[bytes, int, int, int]
_HELD: Final[dict[Path, tuple[_State, Mapping[bytes, Any]]]] = {}  # what this process has read or written
_PLAIN: Final = frozenset({("datetime", "date"), ("builtins", "frozenset")})


class Cache:
    """Call it to have a value (never ``None``) made, or found again; :func:`write` keeps those that were asked for.

    ``made_from`` is all that a value depends on, but for the code; its ``repr`` must tell that wholly.
    """

    def __init__(self, values: Mapping[bytes, Any] | None = None) -> None:
        self._before = dict(values or {})
        self._now: dict[bytes, Any] = {}

    def __call__(self, make: Callable[[], T], *made_from: object) -> T:
        """The value of ``make()``."""
        key = key_of(*made_from)
        value: T | None = self.get_by_key(key)
        if value is None:
            value = self._now[key] = make()
        return value

    def get(self, *made_from: object) -> Any:
        """The value that was made from these; ``None`` where none was kept."""
        return self.get_by_key(key_of(*made_from))

    def get_by_key(self, key: bytes) -> Any:
        """The same by the key of what it was made from."""
        if key in self._before:
            self._now[key] = self._before[key]
        return self._now.get(key)

    def put(self, value: object, *made_from: object) -> None:
        """Keep the value that was, or would be, made from these."""
        self.put_by_key(key_of(*made_from), value)

    def put_by_key(self, key: bytes, value: object) -> None:
        """The same by the key of what it was made from."""
        self._now[key] = value

    @property
    def new(self) -> Mapping[bytes, Any]:
        """What was asked for, and was not there before."""
        return {key: value for key, value in self._now.items() if key not in self._before}

    @property
    def used(self) -> Mapping[bytes, Any]:
        """All that was asked for."""
        return self._now

    @property
    def all(self) -> Mapping[bytes, Any]:
        """What was asked for, and what was not."""
        return self._before | self._now

    @property
    def unused(self) -> int:
        """How many values nobody asked for."""
        return len(self._before.keys() - self._now.keys())


def key_of(*made_from: object) -> bytes:
    """A hash; texts count as ``length:text``, which is faster than their ``repr`` and as unambiguous."""
    told = "".join(f"{len(each)}:{each}" if type(each) is str else f"={each!r}" for each in made_from)
    return hashlib.sha256(told.encode("utf-8", "backslashreplace")).digest()[:16]


def read(file: Path) -> Cache:
    """What runs before have kept; nothing where that is of no use."""
    try:
        state = _state(file)
        if file in _HELD and _HELD[file][0] == state:  # a build after a run, and each build of a preview
            return Cache(_HELD[file][1])
        values: dict[bytes, Any] = {}
        with file.open("rb") as lying:
            for part in _parts(lying):
                values |= _Reader(io.BytesIO(part)).load()
    except Exception:  # whatever stands in such a file, or keeps it from being read
        return Cache()
    _hold(file, state, values)
    return Cache(values)


def write(file: Path, cache: Cache) -> None:
    """Keep what was asked for.  Where that is not possible, the next run is slower, and no worse.

    What is new goes to the end of the file, until more of it is of no use than of use.
    """
    with suppress(OSError):
        if cache.unused > len(cache.used) // 2 or (cache.new and not _is_ours(file)):
            file.parent.mkdir(parents=True, exist_ok=True)
            atomic.write(file, engine())
            _append(file, cache.used)
            _hold(file, _state(file), cache.used)
        elif cache.new:
            _append(file, cache.new)
            _hold(file, _state(file), cache.all)


def _hold(file: Path, state: _State, values: Mapping[bytes, Any]) -> None:
    _HELD.pop(file, None)
    if len(values) <= _MANY:
        _HELD[file] = state, values
    for oldest in [*_HELD][:-_FILES]:
        del _HELD[oldest]


def _state(file: Path) -> _State:
    told = file.stat()
    return engine(), told.st_ino, told.st_size, told.st_mtime_ns


def _is_ours(file: Path) -> bool:
    """Whether more can be added: of the same code, and whole."""
    try:
        with file.open("rb") as lying:
            return len(engine()) + sum(_HEAD + len(part) for part in _parts(lying)) == file.stat().st_size
    except OSError:
        return False


def _append(file: Path, values: Mapping[bytes, Any]) -> None:
    """Add values in parts, since together they may be large: of each its length, its hash, and a pickle."""
    items = iter(values.items())
    with file.open("ab") as end:
        while part := dict(islice(items, _A_PART)):
            pickled = dumps(part)
            end.write(len(pickled).to_bytes(8, "big") + hashlib.sha256(pickled).digest())
            end.write(pickled)


def _parts(file: BinaryIO) -> Iterator[bytes]:
    """The pickles in a file, up to the first that is damaged."""
    if file.read(len(engine())) != engine():
        return
    while head := file.read(_HEAD):
        size, told = int.from_bytes(head[:8], "big"), head[8:]
        pickled = file.read(size) if size <= os.fstat(file.fileno()).st_size else b""
        if len(pickled) != size or hashlib.sha256(pickled).digest() != told:
            return
        yield pickled


@cache
def engine() -> bytes:
    """A hash of all that turns the same content into the same result: this package's files, Python, the libraries."""
    told = hashlib.sha256(sys.version.encode())
    for file in sorted(_PACKAGE.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            told.update(f"{file.relative_to(_PACKAGE).as_posix()}\0".encode())
            told.update(file.read_bytes())
    for name in _libraries():
        with suppress(PackageNotFoundError):  # an extra
            told.update(f"{name} {version(name)}\0".encode())
    return told.digest()[:16]


def _libraries() -> list[str]:
    """The names of the libraries that this package asks for; none where it is not installed."""
    try:
        return sorted({re.split(r"[^\w.-]", need)[0] for need in requires(_DISTRIBUTION) or ()})
    except PackageNotFoundError:
        return []


class _Reader(pickle.Unpickler):
    """Makes records of this package, days and plain values, and calls nothing else.

    See https://docs.python.org/3/library/pickle.html#restricting-globals.
    """

    def find_class(self, module: str, name: str) -> Any:
        own = module.startswith("generator.") and name.isidentifier()
        if own or (module, name) in _PLAIN:
            found = super().find_class(module, name)
            if found is record or (isinstance(found, type) and (is_dataclass(found) or not own)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no record")
