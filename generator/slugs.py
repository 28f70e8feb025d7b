"""Names of pages: from the title once, then never changed.

A slug is safe as a file name on Linux, macOS and Windows, on a disk that does not tell
capitals from small letters, and in HTML and URLs: ASCII small letters, digits and
single hyphens between them, at most :data:`LONGEST` signs.
"""

from __future__ import annotations

import re
from collections.abc import Container
from hashlib import sha256
from itertools import count
from typing import Final

from slugify import slugify

LONGEST: Final = 80
# Device names of Windows, and what MkDocs takes for the page of a folder.
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|index|readme)(?:\..*)?\Z")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_HANDLE: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?\Z")
# In front of which transliteration would put a hyphen: "it's" is one word.
_APOSTROPHES: Final = [("'", ""), ("\u2019", "")]
_MOST_SIGNS_READ: Final = 1000


def slug(title: str) -> str:
    """The slug that a title yields by itself; one without letters or digits gets a name all the same."""
    words: str = slugify(
        title[:_MOST_SIGNS_READ], max_length=LONGEST, word_boundary=True, save_order=True, replacements=_APOSTROPHES
    )
    if not words:
        return f"paper-{sha256(title.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return f"{words}-paper" if _RESERVED.match(words) else words


def free(wanted: str, taken: Container[str]) -> str:
    """``wanted``, or the first of ``wanted-2``, ``wanted-3``, … that is not taken."""
    if wanted not in taken:
        return wanted
    for number in count(2):
        ending = f"-{number}"
        candidate = wanted[: LONGEST - len(ending)].rstrip("-") + ending
        if candidate not in taken:
            return candidate
    raise AssertionError("count() has no end")


def segment(handle: str) -> str:
    """The part of a URL that stands for an organisation: its handle, unless that is not safe as a folder's name."""
    safe = _HANDLE.match(handle) and not _RESERVED.match(handle.lower())
    return handle if safe else slug(handle)


def is_slug(name: str) -> bool:
    """Whether a file of this name can be a page."""
    return len(name) <= LONGEST and _SLUG.match(name) is not None and not _RESERVED.match(name)
