"""Pages of topics and digests on disk: front matter, a curator's introduction, a list of papers.

The list is a snapshot that makes the folder readable by itself and shows in a pull
request what joined; the site renders its lists from the papers' pages.  Everything else
below the front matter is the curator's, and so is whatever they change in title, keys
or list: ``generated`` has a hash of each as it was last written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from generator import mdtext
from generator.content import fields, front, yamltext
from generator.content.front import Front
from generator.content.paperpage import fingerprint
from generator.content.yamltext import Flow, Value
from generator.slugs import is_slug

_LIST: Final = re.compile(r"^## Papers[ \t]*$", re.MULTILINE)
_CODE: Final = re.compile(r"^(?:```|~~~)", re.MULTILINE)
_HEADING: Final = re.compile(r"^#[ \t]+(?P<title>[^\n]*)$", re.MULTILINE)
# The list as we write it: a line a paper, or the sentence in its place, and perhaps how many more there are.
_ITEMS: Final = re.compile(
    r"(?:^(?:- \[[^\n]*(?:\n|\Z))+|^No paper yet\.(?:\n|\Z))(?:\nAnd \d+ more on the site\.(?:\n|\Z))?", re.MULTILINE
)
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ListPage:
    """A topic's or digest's page as it lies on disk; ``listing`` and ``heading`` are parts of ``body``."""

    meta: Mapping[str, Value]
    title: str
    body: str
    heading: _Span | None
    papers: _Span | None  # the line `## Papers`
    listing: _Span | None

    @property
    def generated(self) -> Mapping[str, Value]:
        value = self.meta.get("generated")
        return value if isinstance(value, Mapping) else {}

    @property
    def title_by_hand(self) -> str:
        """The title, where a person chose another than was last written."""
        return self.title if _edited(self.title, self.generated.get("title")) else ""

    @property
    def intro(self) -> str:
        """What a person wrote above the list."""
        end = (self.papers or self.listing or (len(self.body), 0))[0]
        start, after = self.heading or (0, 0)
        above = f"{self.body[:start]}\n{self.body[after:end]}".strip("\n")
        between = self.body[self.papers[1] : self.listing[0]].strip("\n") if self.papers and self.listing else ""
        return f"{above}\n\n{between}".strip("\n")

    @property
    def below(self) -> str:
        """What a person wrote below the list."""
        last = self.listing or self.papers
        return self.body[last[1] :].strip("\n") if last else ""

    @property
    def words(self) -> tuple[str, str]:
        """All that a person wrote above and below the list."""
        return self.intro, self.below

    @property
    def aliases(self) -> tuple[str, ...]:
        """The names that the page once had."""
        told = self.meta.get("aliases")
        return tuple(filter(is_slug, map(str, told))) if isinstance(told, list) else ()

    @property
    def untouched(self) -> bool:
        """Whether nothing of a person's would go with the page."""
        hashes = {key: fingerprint(_printed(value)) for key, value in self.meta.items() if key != "generated"}
        if self.listing:
            hashes["list"] = fingerprint(_part(self.body, self.listing))
        return bool(self.generated) and not (self.intro or self.below) and hashes == self.generated


@lru_cache(maxsize=1 << 13)  # a build asks for each several times
def read(text: str, file: str) -> ListPage:
    """Take a page apart.  Raises :class:`~generator.model.ContentError` with the line of what is wrong."""
    page = front.read(text, file)
    fields.refuse_switches(page)
    papers, listing = _list(page.body, fields.hashes(page, "generated").get("list"))
    heading = _heading(page.body, (papers or listing or (len(page.body),))[0])
    return ListPage(page.meta, _title(page, heading), page.body, heading.span() if heading else None, papers, listing)


def updated(text: str | None, file: str, told: Mapping[str, Value], listing: str) -> str:
    """The page's text with what is told now; what a person wrote or changed stays.

    ``told`` is the front matter, ``title`` first; ``listing`` the Markdown of the list.  What was told before and is
    not told any more goes.
    """
    hashes = Flow({key: fingerprint(_printed(value)) for key, value in told.items()} | {"list": fingerprint(listing)})
    if text is None:
        return front.written({**told, "generated": hashes}, _body(str(told["title"]), listing))
    page = read(text, file)
    now = {**page.meta, "title": page.title}
    kept = {key: value for key, value in told.items() if not _edited(now.get(key), page.generated.get(key))}
    wanted: dict[str, Value] = {"title": page.title, **kept, "generated": hashes}
    as_read = yamltext.as_read(wanted)
    changes = {key: wanted[key] for key in wanted if page.meta.get(key) != as_read[key]}
    past = (key for key in page.generated if key in page.meta and key not in told)
    changes |= {key: None for key in past if not _edited(page.meta[key], page.generated[key])}
    body = _revised(page, str(wanted["title"]), listing)
    if not changes and body == page.body:
        return text
    return front.revised(text, changes, file, None if body == page.body else body, page.meta)


def _edited(now: Value, last: Value) -> bool:
    return last is not None and fingerprint(_printed(now)) != last


def _printed(value: Value) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _title(page: Front, heading: re.Match[str] | None) -> str:
    """The title of the front matter, unless a person changed only the heading."""
    told = mdtext.one_line(fields.scalar(page, "title", str, "") or "")
    shown = mdtext.shown(heading["title"]) if heading else ""
    last = fields.mapping(page, "generated").get("title")
    return shown if shown and (not told or fingerprint(told) == last) else told


def _heading(body: str, end: int) -> re.Match[str] | None:
    """The page's heading, above its list; what stands in a block of code is none."""
    found = _HEADING.finditer(body, 0, end)
    return next((one for one in found if len(_CODE.findall(body, 0, one.start())) % 2 == 0), None)


def _list(body: str, last: Value) -> tuple[_Span | None, _Span | None]:
    """Where the heading of the list is, and the list: the one that was last written, else what is below a heading."""
    headings = [heading.span() for heading in _LIST.finditer(body)]
    written = next((one.span() for one in _ITEMS.finditer(body) if fingerprint(_part(body, one.span())) == last), None)
    if written:
        return next((heading for heading in reversed(headings) if heading[1] <= written[0]), None), written
    starts = {heading: len(body) - len(body[heading[1] :].lstrip("\n")) for heading in headings}
    below = {heading: items.span() for heading, start in starts.items() if (items := _ITEMS.match(body, start))}
    heading = next(reversed([*below] or headings), None)
    return heading, below.get(heading) if heading else None


def _revised(page: ListPage, title: str, listing: str) -> str:
    """The body with the list as it is now, and the title in its heading."""
    body = page.body
    if page.listing and not _edited(_part(body, page.listing), page.generated.get("list")):
        body = f"{body[: page.listing[0]]}{listing}\n{body[page.listing[1] :]}"
    elif page.papers and not page.listing:
        rest = body[page.papers[1] :].lstrip("\n")
        body = f"{body[: page.papers[1]]}\n\n{listing}\n\n{rest}"
    if page.heading and mdtext.shown(page.body[slice(*page.heading)].lstrip("# \t")) != title:
        body = f"{body[: page.heading[0]]}# {mdtext.escape(title)}{body[page.heading[1] :]}"
    return body.strip("\n")


def _part(body: str, span: _Span) -> str:
    return body[slice(*span)].strip("\n")


def _body(title: str, listing: str) -> str:
    return f"# {mdtext.escape(title)}\n\n## Papers\n\n{listing}"
