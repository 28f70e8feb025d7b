"""Papers of plain lists in which each has a title and a bare address: on one line, or the one below the other.

::

    A Title https://arxiv.org/abs/2512.08123
    https://arxiv.org/abs/2512.08124 - Another Title
    A Third One
    https://arxiv.org/abs/2512.08125

Prose has addresses, too: a text is such a list if all that it says are titles and their addresses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from generator.reading import naming
from generator.reading.found import Found, found
from generator.reading.paper_signs import STAND_INS, may_be_title

_LONGEST: Final = 250
_FEWEST: Final = 2
_ADDRESS: Final = re.compile(r"[(<\[]?(https?://[^\s<>()\[\]]{4,500})[)>\]]?")
_MARK: Final = re.compile(r"^(?:[-*•·]|[0-9]{1,3}[.)])\s+")
_AROUND: Final = " \t-–—:|·•"


def papers(text: str) -> Sequence[Found]:
    """Return the papers of a plain list; none of a text that says anything else below its first paper."""
    read: list[Found] = []
    above: tuple[int, str] | None = None
    for number, raw in enumerate(text.split("\n"), 1):
        line = _MARK.sub("", raw.strip())
        address = _ADDRESS.search(line)
        if not line:
            continue
        if not address:
            if above and read:  # two lines without an address
                return ()
            above = (number, line)
            continue
        beside = naming.bare_title(_ADDRESS.sub(" ", line, count=1).strip(_AROUND))
        place, title = (number, beside) if beside else above or (number, "")
        if not naming.is_paper(address[1]) or not _is_title(title):
            return ()
        read.append(found(title, place, urls=[("", address[1])], stand_ins=STAND_INS))
        above = None
    return tuple(read) if len(read) >= _FEWEST and not above else ()


def _is_title(text: str) -> bool:
    return may_be_title(text) and len(text) <= _LONGEST and "://" not in text and not text.endswith((".", ":", ","))
