"""Pages of topics and digests on disk: front matter, a curator's introduction, a list of papers.

The list is a snapshot that makes the folder readable by itself and shows in a pull
request what joined; the site renders its lists from the papers' pages.  All above the
heading ``## Papers`` and below the list is the curator's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from generator import fields, front, mdtext, yamltext
from generator.front import Front
from generator.paperpage import fingerprint
from generator.yamltext import Flow, Value

_LIST: Final = re.compile(r"^## Papers[ \t]*$", re.MULTILINE)
_HEADING: Final = re.compile(r"^#[ \t]+(?P<title>[^\n]*)$", re.MULTILINE)
# The list as we write it: a line a paper, or the sentence in its place, and perhaps how many more there are.
_ITEMS: Final = re.compile(
    r"(?:(?:- \[[^\n]*(?:\n|\Z))+|No paper yet\.(?:\n|\Z))(?:\nAnd \d+ more on the site\.(?:\n|\Z))?"
)


@dataclass(frozen=True, slots=True)
class ListPage:
    """A topic's or digest's page as it lies on disk."""

    meta: Mapping[str, Value]
    title: str
    intro: str
    listing: str
    below: str = ""

    @property
    def generated(self) -> Mapping[str, Value]:
        value = self.meta.get("generated")
        return value if isinstance(value, Mapping) else {}


def read(text: str, file: str) -> ListPage:
    """Take a page apart.  Raises :class:`~generator.model.ContentError` with the line of what is wrong."""
    page = front.read(text, file)
    fields.refuse_switches(page)
    above, listing, below = _split(page.body)
    heading = _HEADING.search(above)
    intro = above if heading is None else f"{above[: heading.start()]}\n{above[heading.end() :]}"
    return ListPage(page.meta, _title(page, heading), intro.strip("\n"), listing, below)


def _title(page: Front, heading: re.Match[str] | None) -> str:
    """The title of the front matter, unless a person changed only the heading."""
    told = mdtext.one_line(fields.scalar(page, "title", str, "") or "")
    shown = mdtext.shown(heading["title"]) if heading else ""
    last = fields.mapping(page, "generated").get("title")
    return shown if shown and (not told or fingerprint(told) == last) else told


def updated(text: str | None, file: str, told: Mapping[str, Value], listing: str) -> str:
    """The page's text with what is told now; a person's title, introduction, list and keys stay.

    ``told`` is the front matter, ``title`` first; ``listing`` the Markdown of the list.
    """
    if text is None:
        return front.written(_with_hashes(told, listing), _body(str(told["title"]), "", listing, ""))
    page = read(text, file)
    title = _kept(page.title, str(told["title"]), page.generated.get("title"))
    shown = _kept(page.listing, listing, page.generated.get("papers"))
    meta = yamltext.as_read(_with_hashes(told, listing) | {"title": title})
    changes = {key: value for key, value in meta.items() if page.meta.get(key) != value}
    if not changes and shown == page.listing:
        return text
    told_now = _with_hashes(told, listing) | {"title": title}
    return front.revised(
        text, {key: told_now[key] for key in changes}, file, _body(title, page.intro, shown, page.below)
    )


def _split(text: str) -> tuple[str, str, str]:
    """What is above the list, the list, and what a person wrote below it."""
    found = list(_LIST.finditer(text))
    if not found:
        return text.strip("\n"), "", ""
    rest = text[found[-1].end() :].strip("\n")
    listing = _ITEMS.match(rest)
    end = listing.end() if listing else 0
    return text[: found[-1].start()].strip("\n"), rest[:end].strip("\n"), rest[end:].strip("\n")


def _kept(now: str, told: str, last: Value) -> str:
    """What is told, unless a person changed what was last written."""
    return told if fingerprint(now) == last or not now else now


def _with_hashes(told: Mapping[str, Value], listing: str) -> dict[str, Value]:
    return {**told, "generated": Flow(title=fingerprint(told["title"]), papers=fingerprint(listing))}


def _body(title: str, intro: str, listing: str, below: str) -> str:
    parts = (f"# {mdtext.escape(title)}", intro, "## Papers", listing, below)
    return "\n\n".join(part for part in parts if part)
