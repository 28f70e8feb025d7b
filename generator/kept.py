"""What a run leaves for the next: values by what they were made from, in a file that is safe to delete.

A value is found again only where all that it was made from is the same to the letter, the code that made it
included, so that a run with a memory and one without come to the same.  A file that is damaged, of other code or
of another Python counts as none.  It is a pickle in which nothing but records of this package can stand: a file
that somebody else has written runs nothing.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import is_dataclass
from functools import cache
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any, Final, TypeVar

from packaging.requirements import Requirement

from generator import atomic

T = TypeVar("T")

FOLDER: Final = ".cache"
_PACKAGE: Final = Path(__file__).parent
_PLAIN: Final = frozenset({("datetime", "date"), ("builtins", "frozenset")})


class Kept:
    """Call it to have a value (never ``None``) made, or found again; :func:`write` keeps those that were asked for.

    ``made_from`` is all that a value depends on, but for the code; its ``repr`` must tell that wholly.
    """

    def __init__(self, values: Mapping[bytes, Any] | None = None) -> None:
        self._before = dict(values or {})
        self._now: dict[bytes, Any] = {}

    def __call__(self, make: Callable[[], T], *made_from: object) -> T:
        """The value of ``make()``."""
        value: T | None = self.find(*made_from)
        if value is None:
            value = make()
            self.remember(value, *made_from)
        return value

    def find(self, *made_from: object) -> Any:
        """What was kept of what was made from these; ``None`` where nothing was."""
        key = _key(made_from)
        if key in self._before:
            self._now[key] = self._before[key]
        return self._now.get(key)

    def remember(self, value: object, *made_from: object) -> None:
        """Keep what was, or would be, made from these."""
        self._now[_key(made_from)] = value

    @property
    def values(self) -> Mapping[bytes, Any]:
        """What was asked for."""
        return self._now

    @property
    def is_new(self) -> bool:
        """Whether these are other values than those of the beginning."""
        return self._now.keys() != self._before.keys()


def _key(made_from: tuple[object, ...]) -> bytes:
    return hashlib.sha256(repr(made_from).encode("utf-8", "backslashreplace")).digest()[:16]


def read(file: Path) -> Kept:
    """What a run before has kept; nothing where that is of no use."""
    try:
        data = file.read_bytes()
    except OSError:
        return Kept()
    head = _head(data[len(_head(b"")) :])
    if not data.startswith(head):
        return Kept()
    try:
        return Kept(_Reader(io.BytesIO(data[len(head) :])).load())
    except Exception:  # whatever stands in such a file
        return Kept()


def write(file: Path, kept: Kept) -> None:
    """Keep the values that were asked for.  Where that is not possible, the next run is slower, and no worse."""
    if not kept.is_new:
        return
    with suppress(OSError):
        data = pickle.dumps(dict(kept.values), protocol=5)
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(file, _head(data) + data)


@cache
def engine() -> bytes:
    """A hash of all that turns the same content into the same result: this package's files, Python, the libraries."""
    told = hashlib.sha256(sys.version.encode())
    for file in sorted(_PACKAGE.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            told.update(f"{file.relative_to(_PACKAGE).as_posix()}\0".encode())
            told.update(file.read_bytes())
    for need in sorted(requires("paper-digests") or ()):
        name = Requirement(need).name
        with suppress(ModuleNotFoundError):  # an extra that is not installed
            told.update(f"{name} {version(name)}\0".encode())
    return told.digest()[:16]


def _head(data: bytes) -> bytes:
    return engine() + hashlib.sha256(data).digest()


class _Reader(pickle.Unpickler):
    """Makes records of this package, days and plain values, and calls nothing else.

    See https://docs.python.org/3/library/pickle.html#restricting-globals.
    """

    def find_class(self, module: str, name: str) -> Any:
        own = module.startswith("generator.") and name.isidentifier()
        if own or (module, name) in _PLAIN:
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or not own):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no record")
