"""Pages of topics and digests on disk: front matter, a curator's introduction, a list of papers.

The list is a snapshot that makes the folder readable by itself and shows in a pull
request what joined; the site renders its lists from the papers' pages.  All above the
heading ``## Papers`` is the curator's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from generator import fields, front, mdtext
from generator.front import Flow, Value
from generator.paperpage import fingerprint

_LIST: Final = re.compile(r"^## Papers[ \t]*$", re.MULTILINE)
_HEADING: Final = re.compile(r"#[ \t]+(?P<title>[^\n]*)(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class ListPage:
    """A topic's or digest's page as it lies on disk."""

    meta: Mapping[str, Value]
    title: str
    intro: str
    listing: str

    @property
    def generated(self) -> Mapping[str, Value]:
        value = self.meta.get("generated")
        return value if isinstance(value, Mapping) else {}


def read(text: str, file: str) -> ListPage:
    """Take a page apart.  Raises :class:`~generator.model.ContentError` with the line of what is wrong."""
    page = front.read(text, file)
    fields.refuse_switches(page)
    heading = _HEADING.match(page.body)
    rest = page.body[heading.end() :] if heading else page.body
    above, listing = _split(rest)
    title = mdtext.one_line(fields.scalar(page, "title", str, "") or "")
    return ListPage(page.meta, title or (mdtext.shown(heading["title"]) if heading else ""), above, listing)


def updated(text: str | None, file: str, told: Mapping[str, Value], listing: str) -> str:
    """The page's text with what is told now; a person's title, introduction, list and keys stay.

    ``told`` is the front matter, ``title`` first; ``listing`` the Markdown of the list.
    """
    if text is None:
        return front.written(_with_hashes(told, listing), _body(str(told["title"]), "", listing))
    page = read(text, file)
    title = _kept(page.title, str(told["title"]), page.generated.get("title"))
    shown = _kept(page.listing, listing, page.generated.get("papers"))
    meta = front.as_read(_with_hashes(told, listing) | {"title": title})
    changes = {key: value for key, value in meta.items() if page.meta.get(key) != value}
    if not changes and shown == page.listing:
        return text
    told_now = _with_hashes(told, listing) | {"title": title}
    return front.revised(text, {key: told_now[key] for key in changes}, _body(title, page.intro, shown))


def _split(text: str) -> tuple[str, str]:
    found = list(_LIST.finditer(text))
    if not found:
        return text.strip("\n"), ""
    return text[: found[-1].start()].strip("\n"), text[found[-1].end() :].strip("\n")


def _kept(now: str, told: str, last: Value) -> str:
    """What is told, unless a person changed what was last written."""
    return told if fingerprint(now) == last or not now else now


def _with_hashes(told: Mapping[str, Value], listing: str) -> dict[str, Value]:
    return {**told, "generated": Flow(title=fingerprint(told["title"]), papers=fingerprint(listing))}


def _body(title: str, intro: str, listing: str) -> str:
    parts = (f"# {mdtext.escape(title)}", intro, "## Papers", listing)
    return "\n\n".join(part for part in parts if part)
