"""Counts as pages shorten them: ``131``, ``1,234``, ``3.29k``."""

from __future__ import annotations

import re
from typing import Final

SHAPE: Final = r"[0-9][0-9.,]{0,12}[kKmM]?"
_SHAPE: Final = re.compile(SHAPE)
_FACTORS: Final = {"k": 1000, "m": 1_000_000}


def count(text: str) -> int | None:
    """Return the count that ``text`` is, as far as it is told; ``None`` if it is none."""
    if not _SHAPE.fullmatch(text):
        return None
    try:
        return round(float(text.rstrip("kKmM").replace(",", "")) * _FACTORS.get(text[-1].lower(), 1))
    except ValueError:  # of two points
        return None
