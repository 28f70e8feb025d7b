"""Strings that were made to do harm, by class.

``strings.json`` has a list for each class; an item is a string, or a piece and how many times it stands.  Control
characters and all that is no ASCII stand there as escapes, so that no editor changes them unseen.
"""

from __future__ import annotations

import json
from pathlib import Path


def strings() -> dict[str, tuple[str, ...]]:
    """All strings by class."""
    read = json.loads(Path(__file__).with_name("strings.json").read_text("utf-8"))
    return {name: tuple(map(_whole, items)) for name, items in read.items()}


def every(step: int) -> tuple[str, ...]:
    """Each ``step``-th string, in the order of the classes."""
    return tuple(text for texts in strings().values() for text in texts)[::step]


def _whole(item: str | list[str | int]) -> str:
    if isinstance(item, str):
        return item
    piece, times = item
    return str(piece) * int(times)
