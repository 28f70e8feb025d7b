"""A paper's page, ``content/papers/<slug>.md``: front matter, ``# title``, the abstract, a curator's text.

:func:`read` takes a page apart and :func:`written` puts one together;
``written(read(text)) == text`` tells a page that only the generator has written
from one that a person's hand has formatted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from sys import intern  # what very many pages share is in memory once
from typing import Final

from generator import mdtext
from generator.cache import Cache, key_of
from generator.content import fields, front
from generator.content.front import Front
from generator.content.yamltext import Flow, Value
from generator.model import LINK_KINDS, Links, Organization, Paper, Place, Sighting

_HEADING: Final = re.compile(r"#[ \t]+(?P<title>.*)")
_GAP: Final = re.compile(r"\n[ \t]*\n+")
_NO_PARAGRAPH: Final = re.compile(r"[#>|<]|[-*+] |\d+[.)] |!!!|```|~~~|    ")
_MUCH_SHORTER: Final = 3  # times
_HASH_ALPHABET: Final = str.maketrans("0123456789abcdef", "bcdfghjkmnpqrstv")


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown of a page: what stands between the heading and the abstract, the abstract, and the rest."""

    heading: str | None = None
    above: str = ""
    abstract: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A page as it lies on disk.  ``generated`` holds what the generator last wrote, as hashes."""

    slug: str
    paper: Paper
    generated: Mapping[str, Value] = field(default_factory=dict)
    body: Body = Body()
    text: str = ""

    @property
    def file(self) -> str:
        return f"papers/{self.slug}.md"

    @property
    def own(self) -> frozenset[str]:
        """The fields to which a person gave markup: theirs, even if the words are the generator's."""
        parts = {"title": self.body.heading or "", "abstract": self.body.abstract}
        return frozenset(name for name, source in parts.items() if mdtext.plain(source) is None)

    @property
    def given(self) -> tuple[str, ...]:
        """The topics that the generator gave the paper; any other is a person's choice."""
        last = self.generated.get("topics")
        mine = last if isinstance(last, list) else []
        return tuple(topic for topic in self.paper.topics if fingerprint(topic) in mine)

    @property
    def formatted_by_hand(self) -> bool:
        """Whether the page looks other than the generator would write it."""
        return written(self.paper, self.generated, self.body) != self.text


def fingerprint(value: object) -> str:
    """A short hash of a parsed value; of letters alone, so that YAML reads it as text.

    Line ends and trailing space do not count: editors change them unasked.
    """
    text = "\n".join(line.rstrip() for line in str(value).splitlines()).strip()
    return hashed(text, 8)


def hashed(text: str, letters: int) -> str:
    """The start of a text's SHA-256 in consonants: never a number, a word or a date to a reader of YAML."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:letters].translate(_HASH_ALPHABET)


NOTHING: Final = fingerprint("")  # of an abstract that was taken back: a person's words around it are none


def read(text: str, slug: str) -> PaperPage:
    """Take a page apart.  Raises :class:`~generator.model.ContentError` with the line of what is wrong."""
    page = front.read(text, f"papers/{slug}.md")
    generated = fields.hashes(page, "generated")
    body = _body(page.body, generated.get("abstract"))
    paper = _paper(page, body, generated)
    return PaperPage(slug, paper, generated, body, text)


def keep(page: PaperPage, cache: Cache) -> None:
    """Spare the next run taking apart a page that this one put together."""
    cache.put_by_key(key(page.text, page.slug), replace(page, text=""))


def key(text: str, slug: str) -> bytes:
    """What a page that was taken apart is kept by; without its text, which stands in its file."""
    return key_of("page", slug, text)


def place(page: PaperPage, name: str) -> Place:
    """The line where a field stands on a page, or the file's first line."""
    if name == "abstract" and page.body.abstract:
        start = page.text.find(page.body.abstract)
        return Place(page.file, page.text.count("\n", 0, max(start, 0)) + 1)
    return front.read(page.text, page.file).place(name)


def written(paper: Paper, generated: Mapping[str, Value], body: Body) -> str:
    """The page as the generator writes it."""
    return front.written(meta(paper) | ({"generated": Flow(generated)} if generated else {}), markdown(body))


def revised(old: PaperPage, paper: Paper, generated: Mapping[str, Value], body: Body) -> str:
    """The page of a person's making with new values: only keys whose value changed are written again."""
    before, after = meta(old.paper), meta(paper)
    changes = {key: after.get(key) for key in (*before, *after) if before.get(key) != after.get(key)}
    if generated != old.generated:
        changes["generated"] = Flow(generated)
    before["generated"] = old.generated
    return front.revised(old.text, changes, old.file, None if body == old.body else markdown(body), before)


def markdown(body: Body) -> str:
    """The Markdown below the front matter."""
    heading = f"# {body.heading}" if body.heading else ""
    return "\n\n".join(part for part in (heading, body.above, body.abstract, body.below) if part)


def meta(paper: Paper) -> dict[str, Value]:
    """The front matter of a paper: what is not known is not there."""
    told: dict[str, Value] = {
        "title": paper.title,
        "date": paper.date,
        "authors": list(paper.authors),
        "author_count": paper.author_count,
        "organization": organization(paper.organization),
        "comments": paper.comments,
        "upvotes": paper.upvotes,
        "arxiv": paper.arxiv,
        "doi": paper.doi,
        "venue": paper.venue or None,
        "stars": paper.stars,
        "links": links(paper.links),
        "topics": list(paper.topics),
        "sightings": [_sighting(sighting) for sighting in paper.sightings],
        "aliases": list(paper.aliases),
        "hidden": paper.hidden or None,
        "featured": paper.featured or None,
        "same_as": paper.same_as,
        "topics_reviewed": paper.topics_reviewed or None,
    }
    return {key: value for key, value in told.items() if value is not None and value != [] and value != {}}


def organization(who: Organization | None) -> Flow | None:
    return Flow(handle=who.handle, name=who.name) if who else None


def links(known: Links) -> Flow:
    return Flow({kind: list(known.of(kind)) for kind in known.kinds()})


def _sighting(sighting: Sighting) -> Flow:
    told = {
        "dump": sighting.dump,
        "captured": sighting.captured,
        "position": sighting.position,
        "line": sighting.line,
        "comments": sighting.comments,
        "upvotes": sighting.upvotes,
    }
    return Flow({key: value for key, value in told.items() if value is not None})


def _body(text: str, abstract_hash: Value) -> Body:
    """Find the abstract: the paragraph that still is as it was written, else the likeliest one."""
    heading = _HEADING.match(text)
    rest = text[heading.end() :].strip("\n") if heading else text
    spans = _blocks(rest)
    at = _abstract_at([rest[start:end] for start, end in spans], abstract_hash)
    title = heading["title"].rstrip(" \t") if heading else None
    if at is None:
        return Body(title, below=rest.strip("\n"))
    start, end = spans[at]
    return Body(title, rest[:start].strip("\n"), rest[start:end].strip("\n"), rest[end:].strip("\n"))


def _blocks(text: str) -> Sequence[tuple[int, int]]:
    """Where the blocks of Markdown stand, which empty lines part."""
    ends = [0, *(at for gap in _GAP.finditer(text) for at in gap.span()), len(text)]
    return [(start, end) for start, end in zip(ends[::2], ends[1::2], strict=True) if text[start:end].strip()]


def _abstract_at(blocks: Sequence[str], abstract_hash: Value) -> int | None:
    if abstract_hash == NOTHING:
        return None
    for at, block in enumerate(blocks):
        if fingerprint(mdtext.unescape(mdtext.one_line(block))) == abstract_hash:
            return at
    words = [at for at, block in enumerate(blocks) if not _NO_PARAGRAPH.match(block)]
    if abstract_hash:  # it was edited: the first that is not much shorter than others, as what is said of it may be
        longest = max((len(blocks[at]) for at in words), default=0)
        return next((at for at in words if _MUCH_SHORTER * len(blocks[at]) >= longest), None)
    return 0 if 0 in words else None


def _paper(page: Front, body: Body, generated: Mapping[str, Value]) -> Paper:
    fields.refuse_switches(page)
    return Paper(
        title=_title(page, body, generated),
        abstract=mdtext.shown(body.abstract),
        date=fields.day(page, "date"),
        authors=fields.texts(page, "authors"),
        author_count=fields.count(page, "author_count"),
        organization=_organization(page),
        comments=fields.count(page, "comments"),
        upvotes=fields.count(page, "upvotes"),
        arxiv=fields.arxiv(page, "arxiv"),
        doi=fields.doi(page, "doi"),
        venue=mdtext.one_line(fields.scalar(page, "venue", str, "") or ""),
        stars=fields.count(page, "stars"),
        links=_links(page),
        topics=tuple(dict.fromkeys(map(intern, fields.texts(page, "topics")))),
        sightings=tuple(_sighting_of(page, item) for item in fields.items(page, "sightings")),
        aliases=fields.texts(page, "aliases"),
        hidden=fields.flag(page, "hidden"),
        featured=fields.flag(page, "featured"),
        same_as=fields.scalar(page, "same_as", str, ""),
        topics_reviewed=fields.flag(page, "topics_reviewed"),
    )


def _title(page: Front, body: Body, generated: Mapping[str, Value]) -> str:
    """The title of the front matter, unless a person changed only the heading."""
    told = mdtext.one_line(fields.scalar(page, "title", str, "") or "")
    heading = mdtext.shown(body.heading or "")
    if heading and (heading == told or not told or fingerprint(told) == generated.get("title")):
        return heading  # the very text of the body, where they are equal, so that memory holds it once
    if not told:
        raise page.error("title", "the page has no title: add a line `title: ...`")
    return told


def _organization(page: Front) -> Organization | None:
    told = fields.mapping(page, "organization")
    if not told:
        return None
    handle, name = told.get("handle"), told.get("name")
    if not isinstance(handle, str) or not handle.strip():
        raise page.error("organization", "`organization` must be {handle: short-name, name: Full Name}")
    return Organization(handle, name if isinstance(name, str) and name else handle)


def _links(page: Front) -> Links:
    told = fields.mapping(page, "links")
    for kind, urls in told.items():
        if kind not in LINK_KINDS:
            raise page.error("links", f"`{kind}` is no kind of link: use {', '.join(LINK_KINDS)}")
        if not isinstance(urls, list) or not all(fields.is_web(url) for url in urls):
            raise page.error("links", f"`links: {kind}` must be a list of https: or http: URLs")
    return Links(**{kind: tuple(urls) for kind, urls in told.items()})


def _sighting_of(page: Front, told: Value) -> Sighting:
    if not isinstance(told, Mapping) or not isinstance(told.get("dump"), str):
        raise page.error("sightings", "each of `sightings` must be {dump: file, position: n, line: n}")
    one = Front(told, "", page.file, dict.fromkeys(told, page.lines.get("sightings", 1)))
    return Sighting(
        dump=intern(str(told["dump"])),
        position=fields.count(one, "position") or 0,
        line=fields.count(one, "line") or 1,
        captured=fields.day(one, "captured"),
        comments=fields.count(one, "comments"),
        upvotes=fields.count(one, "upvotes"),
    )
