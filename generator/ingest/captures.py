"""``content/dumps.yml``: what is known of each dump that was ever read.

``captured`` is its day, as told or inferred, for a person to correct; ``sha256`` is the start of
the hash of its bytes, by which a dump is known again under another name; ``format`` is that which a
person forced on it.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Final

from generator.content import fields, yamledit, yamltext
from generator.content.front import Front
from generator.content.yamltext import Flow, Value, yaml_of
from generator.model import ContentError, Place

Days = tuple[date | None, ...]  # one for each capture in the dump, most often one

_UNKNOWN: Final = ("", "null", "~")  # of a capture in a dump with several, whose day nobody told yet
_HEAD: Final = "# When each dump was captured, as told or inferred. Correct a day here, then run `digest ingest`.\n"
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class Dump:
    """What is known of a dump."""

    days: Days = ()
    sha256: str = ""
    format: str = ""


def hash_of(data: bytes) -> str:
    """The start of the SHA-256 of a dump's bytes, in hexadecimal digits."""
    return sha256(data).hexdigest()[:_DIGITS]


def read(text: str, file: str) -> Mapping[str, Dump]:
    """What is known, by the dump's name.  Raises :class:`ContentError` with the line of what is no day."""
    told = yaml_of(text, file) or {}
    if not isinstance(told, Mapping):
        raise ContentError(Place(file), "this must be lines such as `name.txt: {captured: 2025-12-10}`")
    lines = _lines(text)
    return {name: _dump(Front({name: entry}, "", file, lines), name) for name, entry in told.items()}


def text_with(text: str, new: Mapping[str, Dump], file: str, without: str = "") -> str:
    """The file's text with what is known now, and ``without`` a dump; comments and other keys stay.

    A dump that is new has its line among the others by name, so that it does not matter when it came.
    """
    old = read(text, file)
    now = {name: _together(dump, old.get(name, Dump())) for name, dump in sorted(new.items())}
    changes: dict[str, Value] = {
        name: _written(dump) for name, dump in now.items() if name in old and dump != old[name]
    }
    if without in old:
        changes[without] = None
    kept = yamledit.edited(text, changes, file) if changes else text
    fresh = {name: _written(dump) for name, dump in now.items() if name not in old}
    if not fresh:
        return kept or _HEAD
    return _with_lines(kept, fresh, file) if old else (text or _HEAD) + yamltext.dumped(fresh)


def renamed(dumps: Mapping[str, Dump], here: Mapping[str, str]) -> Mapping[str, str]:
    """Former name to new, of dumps that are gone while their bytes are ``here`` (name to hash) under another name."""
    by_hash = {digest: name for name, digest in sorted(here.items(), reverse=True)}
    gone = ((name, dump.sha256) for name, dump in dumps.items() if name not in here)
    return {name: by_hash[digest] for name, digest in gone if digest in by_hash}


def _together(now: Dump, before: Dump) -> Dump:
    """A day that was known stays known."""
    return Dump(now.days if any(now.days) else before.days, now.sha256, now.format or before.format)


def _written(dump: Dump) -> Flow:
    days = [day or "" for day in dump.days] if any(dump.days) else []
    told = {"captured": days[0] if len(days) == 1 else days} if days else {}
    return Flow({**told, "sha256": dump.sha256, **({"format": dump.format} if dump.format else {})})


def _with_lines(text: str, fresh: Mapping[str, Value], file: str) -> str:
    """The text with more lines, each before the first whose name comes after it."""
    lines = f"{text.removesuffix(chr(10))}\n".splitlines(keepends=True)
    starts = sorted((name, first) for name, (first, _) in (yamledit.spans(text) or {}).items())
    names = [name for name, _ in starts]
    for name in sorted(fresh, reverse=True):
        after = bisect(names, name)
        at = starts[after][1] if after < len(starts) else len(lines)
        while 1 < at < len(lines) and lines[at - 1].startswith("#"):  # which is about the line below it
            at -= 1
        lines.insert(at, yamltext.dumped({name: fresh[name]}))
    with_lines = "".join(lines)
    told = {**(yaml_of(text, file) or {}), **yamltext.as_read(fresh)}
    return with_lines if _is(with_lines, told, file) else yamledit.edited(text, fresh, file)


def _is(text: str, told: Value, file: str) -> bool:
    try:
        return bool(yaml_of(text, file) == told)
    except ContentError:
        return False


def _lines(text: str) -> Mapping[str, int]:
    """The line of each name."""
    lines = list(enumerate(text.splitlines(), 1))
    return {line.partition(": ")[0].strip("\"' "): number for number, line in reversed(lines)}


def _dump(page: Front, name: str) -> Dump:
    told = fields.mapping(page, name)
    captured = told.get("captured") or []
    digest, format = told.get("sha256"), told.get("format") or ""
    if not isinstance(format, str):
        raise page.error(name, "`format` must be the name of one: see `digest formats`")
    if format and format not in (known := _formats()):
        raise page.error(name, f"there is no format `{format}`: use one of {', '.join(known)}")
    return Dump(
        tuple(
            fields.day(replace(page, meta={name: day}), name) if day not in _UNKNOWN else None
            for day in (captured if isinstance(captured, list) else [captured])
        ),
        digest if isinstance(digest, str) else "",
        format,
    )


def _formats() -> Iterable[str]:
    # The readers take a tenth of a second to come, for which a build that reads no dump shall not wait.
    from generator.readers import formats  # noqa: PLC0415

    return formats()
