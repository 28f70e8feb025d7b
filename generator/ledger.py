"""What was published once, and what a person took out: two plain files in ``content/``.

``ledger.txt`` has a URL a line, from the root of the site, and remembers which were
taken out; ``removed.yml`` is a list of slugs, and taking a line out of it brings the
paper back.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final

import yaml

from generator.model import ContentError, Place

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
    try:
        told = yaml.load(text, Loader=yaml.CBaseLoader) or []
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(Place(file, line), f"this is not YAML: {error.problem}") from None
    if not isinstance(told, list) or not all(isinstance(slug, str) for slug in told):
        raise ContentError(Place(file), "this must be a list of slugs, a line `- slug` each")
    return frozenset(told)


def removed_text(text: str, gone: Iterable[str]) -> str:
    """The file's text with more slugs at its end; comments and order stay."""
    more = "".join(f"- {slug}\n" for slug in sorted(gone))
    start = text if text.strip() else _HEAD_REMOVED
    return start.rstrip("\n") + "\n" + more if more else start


def papers(published: Iterable[str]) -> frozenset[str]:
    """The slugs of the papers among the URLs."""
    return frozenset(slug for url in published if (slug := _slug(url)))


def _slug(url: str) -> str:
    folder, _, rest = url.partition("/")
    return rest.removesuffix("/") if folder == "papers" else ""


def _entries(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]
