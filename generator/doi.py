"""DOIs: one way of writing each, and the address that it leads to.

A DOI is the same in capitals and small letters (DOI Handbook, 2.4), so that it is kept in small ones, bare:
``10.1145/3292500.3330701``.  What arXiv registers for its own papers (``10.48550/arXiv.2509.20186``) says no more
than the arXiv id.
"""

from __future__ import annotations

import re
import string
from typing import Final
from urllib.parse import quote, unquote

_PREFIX: Final = r"(?:https?://(?:(?:dx|www)\.)?doi\.org/|doi:\s{0,4}|^)"
_REGISTRANT: Final = r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,3}"
_WHOLE: Final = re.compile(rf"{_PREFIX}({_REGISTRANT}/[!-~]{{1,200}})", re.IGNORECASE)
_IN_TEXT: Final = re.compile(rf"{_PREFIX}({_REGISTRANT}/[!#-;=?-{{}}~]{{1,200}})(?=[\s\"<>|]|$)", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"(https?://(?:(?:dx|www)\.)?doi\.org/[^\s?#]{1,600})(?:[?#]\S{0,2000})?", re.IGNORECASE)
_OF_ARXIV: Final = "10.48550/arxiv."
_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_BRACKETS: Final = {")": "(", "]": "["}


def normal(text: str) -> str | None:
    """Return the DOI that ``text`` is or begins with, bare and in small letters, be it labelled or an address."""
    text = text.strip()
    address = _ADDRESS.fullmatch(text)
    text = unquote(address[1]) if address else text
    found = _WHOLE.fullmatch(text) or _IN_TEXT.match(text)
    return _ended(found[1]) if found else None


def is_arxivs(doi: str) -> bool:
    """Whether arXiv gave this DOI, so that it names the same as an arXiv id."""
    return doi.startswith(_OF_ARXIV)


def page(doi: str) -> str:
    """Where a DOI leads."""
    return f"https://doi.org/{quote(doi, safe='/:;().,!*_~$@=+&-')}"


def _ended(doi: str) -> str | None:
    """Return a DOI without what a sentence puts behind it, such as a bracket that it did not open itself."""
    while doi[-1] in ".,;/*'" or (doi[-1] in _BRACKETS and doi.count(doi[-1]) > doi.count(_BRACKETS[doi[-1]])):
        doi = doi[:-1]
    return doi.translate(_LOWER) if "/" in doi else None
