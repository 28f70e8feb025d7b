"""The Content Security Policy of every page: what browsers may load and run, whatever a page holds.

It stands in a ``<meta>``, because a host such as GitHub Pages sends no headers of ours; so it can say nothing of frames
that hold the page.  Scripts, styles, workers and data come from the site itself, and no script or style may stand in a
page: the data of ``application/ld+json`` is no script.  The live preview is an exception, because MkDocs writes a
script into each page that it serves.
"""

from __future__ import annotations

from typing import Final

_SOURCES: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the sheets draw signs as data
    "connect-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}


def policy(*, preview: bool = False) -> str:
    """The policy as the content of a ``<meta>``; ``preview``: with scripts in the page."""
    sources = _SOURCES | ({"script-src": "'self' 'unsafe-inline'"} if preview else {})
    return ";".join(f"{name} {value}" for name, value in sources.items())
