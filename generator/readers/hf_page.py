"""Read the Daily Papers and the trending page of Hugging Face as crawlers keep them: with links, or as HTML.

A card is told by its title, which is a heading or leads to ``huggingface.co/papers/ID``.  Below it come the abstract,
who published it, the day and the comments; the upvotes stand before the title on one page and below it on the other.
What stands elsewhere (who submitted it, menus, avatars) is the page's and no paper's.  A page as a browser saved it
holds the answer of the API that it was made from, which tells more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from generator import dates
from generator.dates import PartialDate
from generator.model import Organization, Place, Problem
from generator.readers import byline, counts, daily_papers, hf_lines, hf_paper, hf_saved, linked, markup, naming
from generator.readers.byline import Complaint
from generator.readers.found import Capture, Found, Link, found
from generator.readers.linked import Line

FORMAT: Final = "hf-page"
EXAMPLE: Final = "### [Title](https://huggingface.co/papers/2606.00683) / abstract / [Name](…) / · / May 29[6](…)"

LONGEST_TITLE: Final = 300
SHORTEST_ABSTRACT: Final = 400  # generated summaries have one sentence or two
_NARROW, _WIDE = 60, 80  # signs on a line of what browsers for terminals write
LONGEST_NAME: Final = 100
_MOST_HEADING: Final = 2  # the level of the page's own headings

_OF_PAGE: Final = re.compile(r"(?:Daily|Trending) Papers|huggingface\.co/papers(?:/trending|\?|[\s\"')])")
_PAPER: Final = re.compile(
    r"https?://(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com|hfjiasu\.pages\.dev)/papers/"
    r"([0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?(#community)?/?$"
)
_CARD: Final = re.compile(r"^#{3} .{1,400}$", re.MULTILINE)
_NUMBERED: Final = re.compile(r"(?:huggingface\.co|[\s(\"'<])/papers/([0-9]{4}\.[0-9]{4,5})\b")
_LOGIN: Final = re.compile(r"(?:huggingface\.co|[\s(\"'<])/login\?next=(?:%2F|/)papers(?:%2F|/)([0-9]{4}\.[0-9]{4,5})")
_PROFILE: Final = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/([A-Za-z0-9][\w.-]{0,95})/?")
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
_STARS: Final = re.compile(rf"(?:GitHub\s*)?({counts.SHAPE})|GitHub", re.IGNORECASE)
_AUTHORS: Final = re.compile(r"(?:[•*·-]\s{0,4}){0,2}([0-9][0-9,]{0,6}) authors?")
_FURNITURE: Final = re.compile(
    r"submitted by|upvote|previous|next|\+[0-9]{1,5}|[·•*—–|-]+|[0-9.,]+[kKmM]?|github|arxiv page|view arxiv page|new|"
    r"daily|weekly|monthly|trending papers(?: ranked by github stars activity)?|published on|author(?:s)?:?|community",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Card:
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


def claims(text: str) -> int:
    """Return how many papers a page of Hugging Face links to, be it by their ids or as cards with their code."""
    of_site = "uggingface" in text or "Hugging Face" in text or "and the research community" in text
    if not of_site or not _OF_PAGE.search(text):
        return 0
    if hf_paper.claims(text):
        return 0
    if markup.first_tag(text) == "html" and "data-props=" in text:
        return max(len(list(hf_saved.papers(text))), 1) if "papers" in text.lower() else 0
    ids = {one[1] for one in _LOGIN.finditer(text)}
    is_page = "and the research community" in text or "Trending Papers" in text[:3000]
    cards = sum(1 for _ in _CARD.finditer(text))
    numbered = {one[1] for one in _NUMBERED.finditer(text)}
    submitted = sum(1 for _ in hf_lines.SUBMITTED.finditer(text))
    return max(len(ids), *((cards, len(numbered), submitted) if is_page else (0,)))


def read(text: str, file: str) -> tuple[Capture, ...]:
    """Return the one capture that a page is."""
    told = hf_lines.day(text)
    of_props = list(hf_saved.papers(text)) if "data-props=" in text else []
    if of_props:
        return (
            Capture(line=of_props[0].line, day=told or hf_saved.day(text), found=tuple(of_props), has_header=False),
        )
    lines = hf_lines.lines(text)
    cards = [_without_summary(card) for card in _cards(lines)]
    first = cards[0].line if cards else len(lines) + 1
    header = next((line for line in lines if line.number < first and dates.parse(line.text)), None)
    return (
        Capture(
            line=header.number if header else 1,
            day=told or (dates.parse(header.text) if header else None),
            found=tuple(_found(card, complaints, file) for card, complaints in _with_complaints(cards)),
            has_header=header is not None,
        ),
    )


def _without_summary(card: _Card) -> _Card:
    """Take away what is no abstract: what a model wrote, on a trending page, or the name of an organisation."""
    text = linked.plain("\n".join(card.abstract))
    is_name = not card.arxiv and len(text) < LONGEST_NAME and not text.endswith(".")
    if is_name or (card.urls and len(text) < SHORTEST_ABSTRACT):
        card.abstract = []
    return card


def _with_complaints(cards: Sequence[_Card]) -> Iterator[tuple[_Card, Sequence[Complaint]]]:
    """Yield each card with what it lacks that others of its page have."""
    has_abstracts, has_days = any(card.abstract for card in cards), any(card.day for card in cards)
    for card in cards:
        complaints = [daily_papers.NO_ABSTRACT] if has_abstracts and not card.abstract else []
        if has_days and not card.day:
            complaints.append(daily_papers.CUT_OFF if card is cards[-1] else daily_papers.NO_BYLINE)
        yield card, complaints


def _found(card: _Card, complaints: Iterable[Complaint], file: str) -> Found:
    day, comments = card.day, card.comments
    abstract = linked.plain("\n".join(card.abstract))
    place = Place(file, card.line)
    return found(
        linked.plain(" ".join(card.title)),
        card.line,
        abstract=abstract if "]" in abstract else abstract.removeprefix("["),  # of a link that is cut off
        author_count=card.author_count,
        organization=card.organization,
        comments=0 if comments is None and day and not card.urls else comments,
        upvotes=card.upvotes,
        arxiv=card.arxiv,
        urls=card.urls,
        day=day,
        problems=tuple(Problem(place, "warning", one.message, one.settled_by) for one in complaints),
        stand_ins=("abstract",) if card.urls else (),  # which a trending page may have cut
        stars=card.stars,
    )


def _cards(lines: Sequence[Line]) -> Iterator[_Card]:
    card: _Card | None = None
    upvotes: dict[str, int] = {}
    last: Line | None = None
    for line in lines:
        asked = next((one[1] for url in line.urls if (one := _LOGIN.search(url))), None)
        if asked:
            upvotes[asked] = _number(line.links[0][0]) or _number(line.text) or 0
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
                card = _Card(line.number, [line.text], arxiv, upvotes=upvotes.get(arxiv or "", _above(last)))
        elif card:
            _read_line(card, line, last)
        last = line
    if card:
        yield card


def _above(last: Line | None) -> int | None:
    """Return the upvotes that stand above a title, where no address says whose they are."""
    return _number(last.text) if last and not last.links and _NUMBER.fullmatch(last.text) else None


def _ended(card: _Card | None) -> _Card | None:
    if card:
        card.ends = True
    return card


def _id(line: Line) -> str | None:
    return next((one[1] for url in line.urls if (one := _PAPER.match(unquote(url)))), None)


def _is_title(line: Line, card: _Card | None) -> bool:
    if not line.text or len(line.text) > LONGEST_TITLE or _AUTHORS.fullmatch(line.text):
        return False
    if line.level:
        return line.level > _MOST_HEADING
    arxiv = _id(line)
    if not arxiv or _FURNITURE.fullmatch(line.text) or dates.split(line.text)[0] or "#community" in line.urls[0]:
        return False
    return card is None or card.arxiv != arxiv


def _goes_on(line: Line, card: _Card, last: Line | None) -> bool:
    """Whether a title goes on over a second heading: nothing stands between or says that it is another paper."""
    if last is None or card.abstract or card.ends or not last.level:
        return False
    arxiv = _id(line)
    return arxiv == card.arxiv and (arxiv is not None or line.text[:1].islower() or card.title[-1][-1:] in ":-,")


def _read_line(card: _Card, line: Line, last: Line | None) -> None:
    """Add a line below a title to its card."""
    text = line.text
    if hf_lines.SUBMITTED.match(text):  # by a user, who is no organisation
        card.ends = True
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


def _text(card: _Card, line: Line) -> None:
    text = linked.plain(line.text)
    if not card.ends and text and not _FURNITURE.fullmatch(text):
        card.abstract.append(line.text)


def _byline(card: _Card, line: Line) -> bool:
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


def _dated(card: _Card, line: Line) -> bool:
    """Read the day from ``May 29 6``, ``· Published on Oct 4, 2026``, or ``Name · Oct 4, 2026``."""
    text = line.text
    for label, url in line.links:
        if "#community" in url and label and text.endswith(label):
            text = text[: -len(label)]
    text = re.sub(r"^Published on ", "", text.rpartition("·")[2].strip(), flags=re.IGNORECASE)
    dated = byline.dated(text) if len(text) < 40 else None
    if dated is None:
        return line.text == byline.DOT and _without_organization(card) is not None
    card.day = dated.day
    card.comments = card.comments if card.comments is not None else dated.comments or None
    card.ends = True
    return True


def _without_organization(card: _Card) -> _Card:
    """End a card's abstract, of which the last line is the organisation, if it may be one: ``nvidia NVIDIA``."""
    if len(card.abstract) > 1 and not card.ends and not card.organization and byline.may_be_half(card.abstract[-1]):
        handle, _, name = card.abstract.pop().partition(" ")
        card.organization = Organization(handle, name or handle)
    card.ends = True
    return card


def _number(text: str) -> int | None:
    """Read ``131``, ``3.29k`` or ``-``, which is none."""
    found = _NUMBER.fullmatch(" ".join(text.split())) or _STARS.fullmatch(" ".join(text.split()))
    digits = (found[1] or "") if found else ""
    return 0 if digits == "-" else counts.count(digits)
