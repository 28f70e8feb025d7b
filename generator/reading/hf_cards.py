"""The cards of a page of Hugging Face: title, abstract, who published it, day, comments, upvotes, code and stars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from generator import dates
from generator.dates import PartialDate
from generator.model import Organization
from generator.reading import byline, counts, hf_lines, md_links, naming
from generator.reading.found import Link
from generator.reading.line import Line

LONGEST_TITLE: Final = 300
SHORTEST_ABSTRACT: Final = 400  # generated summaries have one sentence or two
_NARROW, _WIDE = 60, 80  # signs on a line of what browsers for terminals write
LONGEST_NAME: Final = 100
_MOST_HEADING: Final = 2  # the level of the page's own headings

_PAPER: Final = re.compile(
    r"https?://(?:www\.)?huggingface\.co/papers/([0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?(#community)?/?$"
)
LOGIN: Final = re.compile(r"(?:huggingface\.co|[\s(\"'<])/login\?next=(?:%2F|/)papers(?:%2F|/)([0-9]{4}\.[0-9]{4,5})")
_PROFILE: Final = re.compile(r"https?://(?:www\.)?huggingface\.co/([A-Za-z0-9][\w.-]{0,95})/?")
_NO_PROFILES: Final = frozenset(
    [
        "papers",
        "models",
        "datasets",
        "spaces",
        "posts",
        "docs",
        "pricing",
        "enterprise",
        "login",
        "join",
        "blog",
        "learn",
        "tasks",
        "akhaliq",
    ]
)
_NUMBER: Final = re.compile(rf"(?:Upvote\s*)?(-|{counts.SHAPE})(?:\s*Upvotes?)?", re.IGNORECASE)
_BOX: Final = re.compile(r"^(?:[-*] )?\[(?:[ x-]\])? ?")  # a button that some tools take for a box to tick
_STARS: Final = re.compile(rf"(?:GitHub\s*)?({counts.SHAPE})|GitHub", re.IGNORECASE)
_AUTHORS: Final = re.compile(r"(?:[•*·-]\s{0,4}){0,2}([0-9][0-9,]{0,6}) authors?")
_FURNITURE: Final = re.compile(
    r"submitted by|upvote|previous|next|\+ ?[0-9]{1,5}|[·•*—–|-]+|[0-9.,]+[kKmM]?|github|arxiv page|"
    r"view arxiv page|new|daily|weekly|monthly|trending papers(?: ranked by github stars activity)?|published on|"
    r"authors?:?|community",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Card:
    """A paper while its lines are read; ``ends`` once a line came that stands below abstracts."""

    line: int
    title: list[str]
    arxiv: str | None = None
    abstract: list[str] = field(default_factory=list)
    author_count: int | None = None
    organization: Organization | None = None
    day: PartialDate | None = None
    comments: int | None = None
    upvotes: int | None = None
    stars: int | None = None
    urls: list[Link] = field(default_factory=list)
    ends: bool = False


def cards(lines: Sequence[Line]) -> list[Card]:
    """Return the cards in the order of the page."""
    found = list(_cards(lines))
    is_trending = any(card.urls for card in found)
    for card in found:
        if not _is_abstract(card, is_trending):
            card.abstract = []
    if (
        not is_trending and len(found) > 2 and not any(card.abstract for card in found[:-1])
    ):  # what stands below the last is the page's
        found[-1].abstract = []
    return found


def _is_abstract(card: Card, is_trending: bool) -> bool:
    """Whether it is one that stands there: not what a model wrote, on a trending page, nor an organisation's name."""
    text = md_links.plain("\n".join(card.abstract))
    is_name = not card.arxiv and len(text) < LONGEST_NAME and not text.endswith(".")
    return not is_name and (len(text) >= SHORTEST_ABSTRACT or not is_trending)


def _cards(lines: Sequence[Line]) -> Iterator[Card]:
    card: Card | None = None
    upvotes: dict[str, int | None] = {}
    last: Line | None = None
    for line in lines:
        asked = next((one[1] for url in line.urls if (one := LOGIN.search(url))), None)
        if asked:
            told = (_number(line.links[0][0]), _number(line.text))
            upvotes[asked] = next((number for number in told if number is not None), None)
            if card and card.arxiv in (None, asked) and card.ends:
                card.arxiv, card.upvotes = asked, upvotes[asked]
            card = _ended(card)
        elif _is_title(line, card):
            if card and _goes_on(line, card, last):
                card.title.append(line.text)
            else:
                if card:
                    yield card
                arxiv = _id(line)
                card = Card(line.number, [line.text], arxiv, upvotes=upvotes.get(arxiv or "", _above(last)))
        elif card:
            _read_line(card, line, last)
        last = line
    if card:
        yield card


def _above(last: Line | None) -> int | None:
    """Return the upvotes that stand above a title, where no address says whose they are."""
    return _number(last.text) if last and not last.links and _NUMBER.fullmatch(last.text) else None


def _ended(card: Card | None) -> Card | None:
    if card:
        card.ends = True
    return card


def _id(line: Line) -> str | None:
    return next((one[1] for url in line.urls if (one := _PAPER.match(unquote(url)))), None)


def _is_title(line: Line, card: Card | None) -> bool:
    if not line.text or len(line.text) > LONGEST_TITLE or _AUTHORS.fullmatch(line.text):
        return False
    if line.level:
        return line.level > _MOST_HEADING
    arxiv = _id(line)
    if not arxiv or _FURNITURE.fullmatch(line.text) or dates.split(line.text)[0] or "#community" in line.urls[0]:
        return False
    return card is None or card.arxiv != arxiv


def _goes_on(line: Line, card: Card, last: Line | None) -> bool:
    """Whether a title goes on over a second heading: nothing stands between or says that it is another paper."""
    if last is None or card.abstract or card.ends or not last.level:
        return False
    arxiv = _id(line)
    return arxiv == card.arxiv and (arxiv is not None or line.text[:1].islower() or card.title[-1][-1:] in ":-,")


def _read_line(card: Card, line: Line, last: Line | None) -> None:
    """Add a line below a title to its card."""
    text = line.text
    if hf_lines.SUBMITTED.match(text):  # by a user, who is no organisation
        card.ends = True
        return
    if last and card.comments is None and not line.links and _AUTHORS.fullmatch(last.text) and text.isdecimal():
        card.comments = _number(text)
        return
    authors = _AUTHORS.search(text)
    if authors and len(text) < 80:
        card.author_count = int(authors[1].replace(",", ""))
        card.ends = True
    if _byline(card, line) or (authors and len(text) < 80):
        return
    if not card.abstract and not card.ends and last and line.number == last.number + 1 and _is_wrapped(line, last):
        card.title.append(text)
    else:
        _text(card, line)


def _is_wrapped(line: Line, title: Line) -> bool:
    """Whether a line goes on with a title: below a heading indented, below a link as short as a terminal's lines."""
    if title.level:
        return line.indent > 0
    full = len(title.text) + len(line.text.split(" ")[0]) >= _NARROW and len(title.text) <= _WIDE
    return bool(title.links) and not line.links and full and len(line.text) <= _WIDE and line.text[-1] not in ".…"


def _text(card: Card, line: Line) -> None:
    text = md_links.plain(line.text)
    if not card.ends and text and not _FURNITURE.fullmatch(text):
        alone = (url for label, url in line.links if label == line.text and not naming.is_about_papers(url))
        card.abstract.append(" ".join([line.text, *alone]))


def _byline(card: Card, line: Line) -> bool:
    """Read what stands below an abstract: who, when, comments, code and stars; whether this was such a line."""
    seen = False
    for label, url in line.links:
        profile = _PROFILE.fullmatch(url)
        if profile and profile[1].lower() not in _NO_PROFILES and label and not card.ends:
            card.organization = Organization(profile[1], label)
            seen = True
        elif "#community" in url and _number(label) is not None:
            card.comments, seen = _number(label), True
        elif "github.com/" in url and _STARS.fullmatch(label.strip()):
            card.urls.append(("code", url))
            card.stars = _number(label)
            seen = True
        elif naming.arxiv_id_in_url(url) and "arxiv" in label.lower():
            card.arxiv, seen = card.arxiv or naming.arxiv_id_in_url(url), True
    return _dated(card, line) or seen


def _dated(card: Card, line: Line) -> bool:
    """Read the day from ``May 29 6``, ``· Published on Oct 4, 2026``, or ``Name · Oct 4, 2026``."""
    text = line.text
    for label, url in line.links:
        if "#community" in url and label and text.endswith(label):
            text = text[: -len(label)]
    text = re.sub(r"^Published on ", "", text.rpartition("·")[2].strip(), flags=re.IGNORECASE)
    dated = byline.dated(text) if len(text) < 40 else None
    if dated is None:
        return line.text == byline.DOT and _without_organization(card) is not None
    if card.day:  # the page's own, below the last paper
        return True
    card.day = dated.day
    card.comments = card.comments if card.comments is not None else dated.comments or None
    card.ends = True
    return True


def _without_organization(card: Card) -> Card:
    """End a card's abstract, of which the last line is the organisation, if it may be one: ``nvidia NVIDIA``."""
    if len(card.abstract) > 1 and not card.ends and not card.organization and byline.may_be_half(card.abstract[-1]):
        handle, _, name = card.abstract.pop().partition(" ")
        card.organization = Organization(handle, name or handle)
    card.ends = True
    return card


def _number(text: str) -> int | None:
    """Read ``131``, ``3.29k`` or ``-``, which is none."""
    bare = _BOX.sub("", " ".join(text.split())).removesuffix("]")
    found = _NUMBER.fullmatch(bare) or _STARS.fullmatch(bare)
    digits = (found[1] or "") if found else ""
    return 0 if digits == "-" else counts.count(digits)
