"""What all dumps tell together: the records, the problems, and what `dumps.yml` shall remember."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from hashlib import sha256

from generator import readers
from generator.cache import Cache
from generator.ingest import captures
from generator.ingest.captures import Days, Dump
from generator.model import Place, Problem, Record


@dataclass(frozen=True, slots=True)
class Reading:
    """What all dumps tell.  ``dumps``: those that were read; ``renamed``: former name to new."""

    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    dumps: Mapping[str, Dump] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)


def read_dumps(
    dumps: Mapping[str, bytes | None],
    known: Mapping[str, Dump],
    told: Mapping[str, date] | None = None,
    progress: Callable[[str], None] = lambda name: None,
    cache: Cache | None = None,
) -> Reading:
    """Read all dumps.  ``known`` is what `dumps.yml` says, ``told`` a day of capture that somebody tells now.

    ``cache`` spares reading dumps again that a run before has read.
    """
    cache = cache or Cache()
    records: list[Record] = []
    problems: list[Problem] = []
    read: dict[str, Dump] = {}
    hashes = {name: captures.hash_of(data) for name, data in sorted(dumps.items()) if data is not None}
    renamed = captures.renamed(known, hashes)
    first = {hashes[name]: name for name in sorted(hashes, key=lambda name: (name not in known, name), reverse=True)}
    former = {new: old for old, new in renamed.items()}
    for name, data in sorted(dumps.items()):
        progress(name)
        if data is None:
            problems.append(_unreadable(name))
        elif first[hashes[name]] != name:
            twin = first[hashes[name]]
            problems.append(Problem(Place(f"dumps/{name}"), "warning", f"the same as dumps/{twin}: not read twice"))
        else:
            before = known.get(name) or known.get(former.get(name, ""), Dump())
            days = (told or {}).get(name) or before.days
            reading = _read_once(data, name, days, before.format, cache)
            records += reading.records
            problems += reading.problems
            read[name] = Dump(reading.captured, hashes[name], before.format)
    return Reading(tuple(records), tuple(problems), read, renamed)


def undated(reading: Reading) -> Iterator[str]:
    """The dumps with a capture whose day nothing tells."""
    return (name for name, dump in reading.dumps.items() if not all(dump.days))


def _read_once(data: bytes, name: str, days: Days | date, format: str, cache: Cache) -> readers.Result:
    digest = sha256(data).hexdigest()
    reading = cache(partial(_read, data, name, days, format), "dump", digest, name, days, format)
    cache.put(reading, "dump", digest, name, reading.captured, format)  # from now on its days are known
    return reading


def _read(data: bytes, name: str, days: Days | date, format: str) -> readers.Result:
    """Read as the dump tells by itself; only days that a person corrected are told to the reader."""
    reading = readers.read(data, name, format=format)
    if days == reading.captured or (isinstance(days, tuple) and not any(days)):
        return reading
    return readers.read(data, name, captured=days, format=format)


def _unreadable(name: str) -> Problem:
    return Problem(
        Place(f"dumps/{name}"),
        "error",
        "this is no plain file that can be read, or its name is not plain text: left out",
    )
