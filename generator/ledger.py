"""What was published once, and what a person took out: two plain files in ``content/``.

``ledger.txt`` has a URL a line, from the root of the site, and remembers which were
taken out; ``removed.yml`` is a list of slugs, and taking a line out of it brings the
paper back.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final

from generator.model import ContentError, Place
from generator.slugs import is_slug
from generator.yamltext import yaml_of

_HEAD: Final = "# Every URL that was ever published, from the root of the site. Written by `digest ingest`.\n"
_HEAD_REMOVED: Final = "# Papers that a person took out. Take a line out to have the paper back.\n"
_MARK: Final = " (removed)"


def urls(text: str) -> frozenset[str]:
    """Every URL that was ever published."""
    return frozenset(line.removesuffix(_MARK) for line in _entries(text))


def standing(text: str) -> frozenset[str]:
    """The URLs whose pages were there when the ledger was written."""
    return frozenset(line for line in _entries(text) if not line.endswith(_MARK))


def ledger_text(published: Iterable[str], removed: Container[str]) -> str:
    """The ledger; ``removed`` are slugs of papers."""
    return _HEAD + "".join(f"{url}{_MARK if _slug(url) in removed else ''}\n" for url in sorted(published))


def removed(text: str, file: str) -> frozenset[str]:
    """The slugs of ``removed.yml``.  Raises :class:`ContentError` where it is no list of slugs."""
    told = yaml_of(text, file) or []
    if not isinstance(told, list):
        raise ContentError(Place(file), "this must be a list of slugs, a line `- slug` each")
    for slug in told:
        if not isinstance(slug, str) or not is_slug(slug):
            line = next((at for at, line in enumerate(text.splitlines(), 1) if str(slug) in line), 1)
            raise ContentError(
                Place(file, line), f"{str(slug)[:80]!r} is no slug: the name of a page without its ending"
            )
    return frozenset(told)


def removed_text(text: str, gone: Iterable[str], file: str) -> str:
    """The file's text with more slugs at its end; comments and order stay where the list has a slug a line."""
    before, more = removed(text, file), sorted(gone)
    start = text if text.strip() else _HEAD_REMOVED
    if not more:
        return start
    appended = start.rstrip("\n") + "\n" + _lines(more)
    return appended if _says(appended, before.union(more)) else _HEAD_REMOVED + _lines(sorted(before.union(more)))


def _lines(slugs: Iterable[str]) -> str:
    return "".join(f"- {slug}\n" for slug in slugs)


def _says(text: str, slugs: frozenset[str]) -> bool:
    try:
        return removed(text, "") == slugs
    except ContentError:
        return False


def papers(published: Iterable[str]) -> frozenset[str]:
    """The slugs of the papers among the URLs."""
    return frozenset(slug for url in published if is_slug(slug := _slug(url)))


def _slug(url: str) -> str:
    folder, _, rest = url.partition("/")
    return rest.removesuffix("/") if folder == "papers" else ""


def _entries(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]
