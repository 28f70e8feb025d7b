"""What is made of the pieces of a text between white space, most of which papers share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

Made = TypeVar("Made")

_PIECES: Final = 1 << 16  # the first so many: what is frequent is among them
_SHARED: Final = 60  # characters; what is longer is hardly shared, and in a hostile text could be of any length


def remembered(make: Callable[[str], Made]) -> Callable[[str], Made]:
    """The same function, which makes what it is asked for again only of pieces that are long, or of very many."""
    return _Pieces(make).__getitem__  # which is found without a step in Python


class _Pieces(dict[str, Made]):
    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, piece: str) -> Made:
        made = self._make(piece)
        if len(piece) <= _SHARED and len(self) < _PIECES:
            self[piece] = made
        return made
