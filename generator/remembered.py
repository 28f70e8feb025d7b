"""What is made of the pieces of a text between white space, most of which papers share."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeVar

Made = TypeVar("Made")

_PIECES: Final = 1 << 17
_SHARED: Final = 60  # characters; what is longer is hardly shared, and in a hostile text could be of any length


def remembered(make: Callable[[str], Made]) -> Callable[[str], Made]:
    """The same function, which makes what it is asked for again only of pieces that are long."""
    known = lru_cache(maxsize=_PIECES)(make)
    return lambda piece: known(piece) if len(piece) <= _SHARED else make(piece)
