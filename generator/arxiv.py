"""arXiv ids: one way of writing each, without its version, and the addresses that they lead to.

The forms are those of arXiv's own page on its identifiers, https://info.arxiv.org/help/arxiv_identifier.html:
``2509.20186`` since April 2007, ``hep-th/9901001`` and ``math.GT/0309136`` before, of which arXiv tells the latter
as ``math/0309136``, too.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

_NEW: Final = r"[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}"
_OLD: Final = r"[a-z]{2,12}(?:-[a-z]{2,12})?(?:\.[A-Z]{2})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3}"
#: An id with or without its version, as a part of further patterns; the group ``id`` is the former.
ID: Final = rf"(?P<id>{_NEW}|{_OLD})(?:v[0-9]{{1,3}})?"
_LABEL: Final = r"(?:arxiv:\s{0,4}|(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/)?"
_WHOLE: Final = re.compile(rf"{_LABEL}{ID}(?:\.pdf)?/?", re.IGNORECASE)


def normal(text: str) -> str | None:
    """Return the id that ``text`` is, be it labelled (``arXiv:2509.20186v2``) or an address of arXiv's."""
    found = _WHOLE.fullmatch(text.strip())
    return canonical(found["id"]) if found else None


def canonical(id: str) -> str:
    """Return the one way of writing an id, as arXiv's own addresses do: in small letters, without a subject class."""
    archive, slash, number = id.lower().rpartition("/")
    return f"{archive.partition('.')[0]}{slash}{number}"


def page(arxiv: str) -> str:
    """Where arXiv shows the paper."""
    return f"https://arxiv.org/abs/{quote(arxiv)}"


def pdf(arxiv: str) -> str:
    """Where arXiv keeps the paper itself."""
    return f"https://arxiv.org/pdf/{quote(arxiv)}"
