"""What was published once, and what a person took out: two plain files in ``content/``.

``ledger.txt`` has a line for every URL, from the root of the site.  A paper's line goes on with the
keys that it was ever known by (:func:`~generator.ingest.identity.keys`), so that it is known again when its
page has another title, or none is there; and with what became of it.  ``removed.yml`` is a list of
slugs, and taking a line out of it brings the paper back.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from generator.content.yamltext import refuse_conflicts, yaml_of
from generator.model import ContentError, Place
from generator.slugs import is_slug

State = Literal["", "moved", "removed", "forgotten"]

_HEAD: Final = "# Every URL that was ever published, from the root of the site. Written by `digest ingest`.\n"
_HEAD_REMOVED: Final = "# Papers that a person took out. Take a line out to have the paper back.\n"
_STATES: Final[Mapping[str, State]] = {f"({state})": state for state in ("moved", "removed", "forgotten")}
_MARKS: Final = {state: f" {mark}" for mark, state in _STATES.items()}
_INDENT: Final = re.compile(r"^ *(?=- )", re.MULTILINE)
_FOLDERS: Final = ("papers", "topics", "digests", "organizations", "archive")


@dataclass(frozen=True, slots=True)
class Line:
    """What the ledger knows of a URL.

    ``moved``: it leads to another page.  ``removed``: a person took the paper out.  ``forgotten``: only a dump told
    it that was taken back.
    """

    keys: frozenset[str] = frozenset()
    state: State = ""


def read(text: str, file: str) -> Mapping[str, Line]:
    """URL to what is known of it; a line that begins with none counts for nothing.

    Raises :class:`ContentError` where git left the marks of a conflict.
    """
    refuse_conflicts(text, file)
    lines: dict[str, Line] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            url, *more = line.split()
            if not _is_within_the_site(url):
                continue
            state: State = next((_STATES[word] for word in more if word in _STATES), "")
            old = lines.get(url, Line(state=state))  # a merge of branches may leave two lines of a URL
            lines[url] = Line(old.keys | {word for word in more if word not in _STATES}, state if old.state else "")
    return lines


def written(lines: Mapping[str, Line]) -> str:
    """The ledger's text; the order is that of the URLs."""
    return _HEAD + "".join(
        f"{' '.join([url, *sorted(line.keys)])}{_MARKS.get(line.state, '')}\n" for url, line in sorted(lines.items())
    )


def place(text: str, url: str, file: str) -> Place:
    """The line of a URL."""
    found = (number for number, line in enumerate(text.splitlines(), 1) if line.split(" ")[0] == url)
    return Place(file, next(found, 1))


def papers(lines: Mapping[str, Line]) -> Mapping[str, Line]:
    """The papers among the URLs, by slug."""
    return {slug: line for url, line in lines.items() if is_slug(slug := slug_of(url))}


def slug_of(url: str) -> str:
    """The slug of a paper's URL; empty for another's."""
    folder, _, rest = url.partition("/")
    return rest.removesuffix("/") if folder == "papers" else ""


def removed(text: str, file: str) -> frozenset[str]:
    """The slugs of ``removed.yml``, and URLs such as ``topics/a-topic`` of what is no paper.

    Raises :class:`ContentError` where it is no list of these.
    """
    told = yaml_of(text, file) or []
    if not isinstance(told, list):
        raise ContentError(Place(file), "this must be a list of slugs, a line `- slug` each")
    for slug in told:
        if not isinstance(slug, str) or not (is_slug(slug) or _is_url(slug)):
            message = f"{str(slug)[:80]!r} is no slug: the name of a page without its ending"
            raise ContentError(removed_place(text, str(slug), file), message)
    return frozenset(told)


def removed_place(text: str, slug: str, file: str) -> Place:
    """The line of ``removed.yml`` that has a slug, or the first."""
    alone = re.compile(rf"(?<![\w/-]){re.escape(slug)}(?![\w/-])")
    lines = enumerate(text.splitlines(), 1)
    return Place(file, next((number for number, line in lines if alone.search(line.partition("#")[0])), 1))


def removed_text(text: str, gone: Iterable[str], file: str) -> str:
    """The file's text with more slugs at its end; comments and order stay where the list has a slug a line."""
    before, more = removed(text, file), sorted(gone)
    start = text if text.strip() else _HEAD_REMOVED
    if not more:
        return start
    indent = _INDENT.search(start)
    appended = start.rstrip("\n") + "\n" + textwrap.indent(_lines(more), indent[0] if indent else "")
    return appended if _says(appended, before.union(more)) else _HEAD_REMOVED + _lines(sorted(before.union(more)))


def _is_within_the_site(url: str) -> bool:
    """Whether a page can stand there, rather than beside the site or nowhere."""
    parts = url.removesuffix("/").split("/")
    return not any(part.strip(".") == "" or set(part) & set("\\:") for part in parts)


def _is_url(text: str) -> bool:
    folder, slash, name = text.partition("/")
    return folder in _FOLDERS and bool(slash) and is_slug(name.removesuffix("/").lower())


def _lines(slugs: Iterable[str]) -> str:
    return "".join(f"- {slug}\n" for slug in slugs)


def _says(text: str, slugs: frozenset[str]) -> bool:
    try:
        return removed(text, "") == slugs
    except ContentError:
        return False
