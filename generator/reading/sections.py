"""One section of a newsletter as a paper, if it is one: a title, a heading or a paragraph, and what stands below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from generator.model import Organization
from generator.reading import columns, naming
from generator.reading.blocks import Block
from generator.reading.found import Found, found, publisher
from generator.reading.md_links import plain
from generator.reading.names import is_name_like, people
from generator.reading.paper_signs import (
    ITALIC,
    SHORTEST_BLURB,
    STAND_INS,
    labelled,
    leads_to_paper,
    may_be_title,
    urls_of,
    without_marks,
)

_READING: Final = re.compile(
    r"\s*\((?:[0-9]{1,3} minute read|GitHub Repo|Website|Sponsor|[0-9]{1,3} min)\)\s*$", re.IGNORECASE
)
# As in the mails of Google Scholar: what kind of file, and who published it where and when.
_KIND: Final = re.compile(r"(?:\[(?:PDF|HTML|BOOK|CITATION|B|C)\]\s*){1,2}")
_BYLINE: Final = re.compile(
    r"((?:[A-Z]{1,4} [^\W\d_][\w'’ -]{1,30}(?:, |…)?){1,20})\s{0,3}…? - "
    r"(?:([^\d-][^-]{2,120}?)(?: - |, ))?(?:19|20)[0-9]{2}(?: - \S{1,60})?"
)
_TLDR: Final = re.compile(r"TL;?DR\b", re.IGNORECASE)  # of Semantic Scholar: a model wrote it
_COUNTED: Final = re.compile(r"\s*\(([0-9]{1,5}) authors?\)")


def section(title: Block, below: Sequence[Block]) -> Found | None:
    """Return the paper of a title, a heading or a paragraph, and what stands below it."""
    pairs = [*title.pairs, *(pair for block in below for pair in block.pairs)]
    own = [link for link in title.pairs if link[1].startswith("http")]
    told = _told(below)
    if not any(leads_to_paper(*link) for link in (own or pairs)) and not naming.is_paper(told.get("url", "")):
        return None
    name = naming.bare_title(_KIND.sub("", _READING.sub("", without_marks(title.text))))
    if not may_be_title(name):
        return None
    texts = [plain(block.text) for block in below if block.kind == "paragraph" and not _told([block])]
    names = [plain(block.text) for block in below if ITALIC.fullmatch(block.text.strip())]
    authors = next((people(one) for one in (_COUNTED.sub("", name) for name in names) if is_name_like(one)), ())
    byline = next(filter(None, map(_BYLINE.fullmatch, texts)), None)
    said = [text for text in texts if text not in names and not (byline and text == byline[0])]
    blurbs = [text for text in said if len(text) >= SHORTEST_BLURB and not (_is_stats(text) or _TLDR.match(text))]
    if "authors" in told or "abstract" in told:
        urls = [told.get("url", ""), *(url for _, url in pairs)]
        return columns.paper({"abstract": "".join(blurbs[:1]), **told, "title": name, "url": urls}, title.line)
    stats = next((text for text in texts if _is_stats(text)), "")
    return found(
        name,
        title.line,
        abstract=blurbs[0] if blurbs and title.links else "",
        authors=people(byline[1]) if byline else authors,
        author_count=_count(_COUNTED.pattern, " ".join(texts)),
        organization=_organization(texts),
        comments=_count(r"💬\s*([0-9][0-9,]*)", stats),
        upvotes=_count(r"(?:▲|👍|⬆️?)\s*([0-9][0-9,]*)", stats),
        urls=urls_of(pairs),
        stand_ins=(*STAND_INS, "authors") if byline else STAND_INS,
        venue=byline[2] if byline else "",
        stars=_count(r"(?:⭐|★)\s*([0-9][0-9,]*)", stats),
    )


def _told(below: Iterable[Block]) -> Mapping[str, str]:
    """Return by field what lines with labels tell below a title."""
    return labelled("\n".join(block.text for block in below))


def _is_stats(text: str) -> bool:
    return bool(re.search(r"[▲👍💬⭐★]\s*[0-9]", text)) and len(text) < 200


def _count(pattern: str, text: str) -> int | None:
    told = re.search(pattern, text)
    return int(told[1].replace(",", "")[:9]) if told else None


def _organization(texts: Sequence[str]) -> Organization | None:
    told = next((text.removeprefix("🏢").strip() for text in texts if text.startswith("🏢")), "")
    return publisher(told)
