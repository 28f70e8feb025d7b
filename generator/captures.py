"""``content/dumps.yml``: the day on which each dump was captured, as told or inferred, for a person to correct."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from generator import fields, yamledit, yamltext
from generator.front import Front
from generator.model import ContentError, Place
from generator.yamltext import Flow, Value, yaml_of

Days = tuple[date | None, ...]  # one for each capture in the dump, most often one

_UNKNOWN: Final = ("", "null", "~")  # of a capture in a dump with several, whose day nobody told yet
_HEAD: Final = "# When each dump was captured, as told or inferred. Correct a day here, then run `digest ingest`.\n"


def days(text: str, file: str) -> Mapping[str, Days]:
    """Dump to days.  Raises :class:`ContentError` with the line of what is no day."""
    told = yaml_of(text, file) or {}
    if not isinstance(told, Mapping):
        raise ContentError(Place(file), "this must be lines such as `name.txt: {captured: 2025-12-10}`")
    return {name: _days(name, entry, text, file) for name, entry in told.items()}


def text_with(text: str, new: Mapping[str, Days], file: str) -> str:
    """The file's text with the days of ``new`` set; comments, order and other keys stay."""
    old = days(text, file)
    changes: dict[str, Value] = {
        name: Flow(captured=_written(captured))
        for name, captured in sorted(new.items())
        if any(captured) and captured != old.get(name)
    }
    if not changes:
        return text
    return yamledit.edited(text, changes, file) if old else _HEAD + yamltext.dumped(changes)


def _written(captured: Days) -> Value:
    return captured[0] if len(captured) == 1 else list(captured)


def _days(name: str, entry: Value, text: str, file: str) -> Days:
    lines = {name: next((n for n, line in enumerate(text.splitlines(), 1) if line.lstrip("\"' ").startswith(name)), 1)}
    page = Front({name: entry}, "", file, lines)
    captured = fields.mapping(page, name).get("captured") or []
    return tuple(
        fields.day(Front({name: day}, "", file, lines), name) if day not in _UNKNOWN else None
        for day in (captured if isinstance(captured, list) else [captured])
    )
