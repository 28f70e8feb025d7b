"""Numbers as bytes, the few ways that the files of the search have them.

A *varint* is a number from 0 in groups of seven bits, the lowest first, each byte but the last with its highest bit
set (as in Protocol Buffers and Lucene). An ascending list is its *gaps*: each number less the one before it, less one;
the first less zero. A *text list* is the count of texts, the length in bytes, and the texts parted by line feeds, in
UTF-8. ``theme_overrides/assets/search/coding.js`` reads what this writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

_MORE: Final = 0x80


def varint(number: int) -> bytes:
    """One number from 0."""
    groups = bytearray()
    while number >= _MORE:
        groups.append(number & 0x7F | _MORE)
        number >>= 7
    groups.append(number)
    return bytes(groups)


# Nearly all numbers are small, and looking them up is many times faster than the loop above.
_READY: Final = tuple(varint(number) for number in range(1 << 15))


def varints(numbers: Sequence[int]) -> bytes:
    """One number after the other."""
    try:
        return b"".join(map(_READY.__getitem__, numbers))
    except IndexError:
        return b"".join([_READY[number] if number < len(_READY) else varint(number) for number in numbers])


def varints_and_bytes(numbers: Numbers, single: NDArray[np.bool_]) -> tuple[bytes, Numbers]:
    """Very many numbers from 0 one after the other, and where each ends; those ``single`` are one byte each."""
    sizes = np.ones_like(numbers)
    rest = np.where(single, 0, numbers >> 7)
    while rest.any():
        sizes += rest > 0
        rest >>= 7
    ends = np.cumsum(sizes)
    data = np.empty(sizes.sum(), np.uint8)
    for at in range(sizes.max(initial=0)):
        groups = numbers >> 7 * at & 0x7F | np.where(sizes > at + 1, _MORE, 0)
        here = sizes > at
        data[(ends - sizes + at)[here]] = np.where(single, numbers, groups)[here]
    return data.tobytes(), ends


def gaps(ascending: Sequence[int]) -> list[int]:
    """The gaps of a list in which every number is greater than the one before."""
    return [after - before - 1 for before, after in zip((-1, *ascending), ascending, strict=False)]


def text_list(texts: Sequence[str]) -> bytes:
    """Texts without line feeds; a lone surrogate, which no file should hold, becomes "?"."""
    joined = "\n".join(texts).encode("utf-8", "replace")
    return varints((len(texts), len(joined))) + joined
