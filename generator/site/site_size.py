"""How much the built site weighs, and whether it fits where it is published.

The limits are those of GitHub Pages: a published site has at most 1 GB, and a file in a repository 100 MB
(https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generator.model import GeneratorError
from generator.words import counted

MOST_OF_A_SITE: Final = 10**9  # bytes
MOST_OF_A_FILE: Final = 10**8

_PAPERS: Final = "papers"
_KINDS: Final = {
    _PAPERS: _PAPERS,
    "search": "search",
    "assets/search": "search",
    "feeds": "feeds",
    "assets": "assets",
    **dict.fromkeys(("topics", "digests", "organizations", "archive", "titles"), "lists"),
}
_OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Sized:
    """A file of the site: its path from there, and its bytes."""

    path: str
    bytes: int

    @property
    def kind(self) -> str:
        folder, inner, *_ = [*self.path.split("/"), ""]
        return _KINDS.get(f"{folder}/{inner}") or _KINDS.get(folder, _OTHER)


def sized(site: Path) -> tuple[Sized, ...]:
    """All files of the built site, in the order of their paths.  Raises :class:`GeneratorError` where there is none."""
    if not site.is_dir():
        raise GeneratorError(f"{site}: error: there is no site yet: run `digest build`")
    found = (Path(folder, name) for folder, _, names in os.walk(site) for name in names)
    return tuple(sorted((Sized(f.relative_to(site).as_posix(), f.stat().st_size) for f in found), key=lambda f: f.path))


def too_large(files: Sequence[Sized]) -> Iterator[str]:
    """What would not fit, a line each."""
    total = _sum(files)
    if total > MOST_OF_A_SITE:
        yield f"the site has {_megabytes(total)}: GitHub Pages takes {_megabytes(MOST_OF_A_SITE)}"
    for file in files:
        if file.bytes > MOST_OF_A_FILE:
            yield f"{file.path} has {_megabytes(file.bytes)}: GitHub takes {_megabytes(MOST_OF_A_FILE)} a file"


def summary(files: Sequence[Sized]) -> Iterator[str]:
    """Files and bytes of each kind and in all, what a paper takes, and how many would fit."""
    for kind in dict.fromkeys([*_KINDS.values(), _OTHER]):
        its = [file for file in files if file.kind == kind]
        yield f"{kind:8}{len(its):>9,} files {_megabytes(_sum(its)):>12}"
    yield f"{'in all':8}{len(files):>9,} files {_megabytes(_sum(files)):>12}"
    pages = [file for file in files if file.kind == _PAPERS]
    if pages:
        each = _sum(files) / len(pages)
        page = _sum(pages) // len(pages)
        yield f"{counted(len(pages), 'paper')}: {page:,} bytes a page, {each:,.0f} in all."


def _sum(files: Sequence[Sized]) -> int:
    return sum(file.bytes for file in files)


def _megabytes(count: int) -> str:
    return f"{count / 10**6:,.1f} MB"
