"""The index of the search as a program of its own, beside a preview that does not wait for it.

    python -m generator.search CONTENT MEMORY PAGES SITE

``CONTENT`` is read again, since a program with threads, as a preview is, cannot share what it has loaded; ``PAGES``
and ``MEMORY`` keep pages that were taken apart, and their words.  The files go below ``SITE``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from generator.garbage import uncollected
from generator.site import site_data


def main(content: Path, memory: Path, pages: Path, site: Path) -> None:
    """Read, and write the index."""
    with uncollected():
        site_data.write_search(site_data.load(content, pages), memory, site)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
