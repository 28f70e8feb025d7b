"""The formats that a person forced on dumps: ``format`` in ``content/dumps.yml``, beside the day of capture."""

from __future__ import annotations

from collections.abc import Mapping

from generator import yamledit
from generator.model import ContentError, Place
from generator.readers import formats
from generator.yamltext import Flow, Value, yaml_of


def read(text: str, file: str) -> Mapping[str, str]:
    """The format of each dump that has one.  Raises :class:`ContentError` for a name that no format has."""
    told = yaml_of(text, file) or {}
    entries = told.items() if isinstance(told, Mapping) else ()
    forced = {name: entry.get("format") for name, entry in entries if isinstance(entry, Mapping)}
    return {name: _known(format, name, text, file) for name, format in forced.items() if format}


def text_with(text: str, forced: Mapping[str, str], file: str) -> str:
    """The file's text with formats set; all else stays."""
    changes: dict[str, Value] = {name: Flow({"format": format}) for name, format in forced.items()}
    return yamledit.edited(text, changes, file) if changes else text


def _known(format: Value, name: str, text: str, file: str) -> str:
    if isinstance(format, str) and format in formats():
        return format
    lines = text.splitlines()
    line = next((number for number, line in enumerate(lines, 1) if line.lstrip("\"' ").startswith(name)), 1)
    raise ContentError(Place(file, line), f"there is no format `{format}`: use one of {', '.join(formats())}")
