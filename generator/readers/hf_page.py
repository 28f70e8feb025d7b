"""Read the Daily Papers and the trending page of Hugging Face as crawlers keep them: with links, or as HTML.

A card is told by its title, which is a heading or leads to ``huggingface.co/papers/ID``.  Below it come the abstract,
who published it, the day and the comments; the upvotes stand before the title on one page and below it on the other.
What stands elsewhere (who submitted it, menus, avatars) is the page's and no paper's.  A page as a browser saved it
holds the answer of the API that it was made from, which tells more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator import dates
from generator.model import Place, Problem
from generator.readers import daily_papers, hf_paper, hf_saved
from generator.reading import hf_cards, hf_lines, markup, md_links, naming
from generator.reading.byline import Complaint
from generator.reading.found import Capture, Found, found
from generator.reading.hf_cards import Card

FORMAT: Final = "hf-page"
EXAMPLE: Final = "### [Title](https://huggingface.co/papers/2606.00683) / abstract / [Name](…) / · / May 29[6](…)"

_OF_PAGE: Final = re.compile(r"(?:Daily|Trending) Papers|huggingface\.co/papers(?:/trending|\?|[\s\"')])")
_CARD: Final = re.compile(r"^#{3} .{1,400}$", re.MULTILINE)
_NUMBERED: Final = re.compile(r"(?:huggingface\.co|[\s(\"'<])/papers/([0-9]{4}\.[0-9]{4,5})\b")


def claims(text: str) -> int:
    """Return how many papers a page of Hugging Face links to, be it by their ids or as cards with their code."""
    of_site = "uggingface" in text or "Hugging Face" in text or "and the research community" in text
    if not of_site or not _OF_PAGE.search(text):
        return 0
    if hf_paper.claims(text):
        return 0
    if markup.first_tag(text) == "html" and "data-props=" in text:
        return max(len(list(hf_saved.papers(text))), 1) if "papers" in text.lower() else 0
    ids = {one[1] for one in hf_cards.LOGIN.finditer(text)}
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
    cards = hf_cards.cards(lines)
    first = cards[0].line if cards else len(lines) + 1
    header = next((line for line in lines if line.number < first and dates.parse(line.text)), None)
    above = dates.parse(header.text) if header else None
    return (
        Capture(
            line=header.number if header else 1,
            day=told or (hf_lines.with_year(above, text) if above else None),
            found=tuple(_found(card, complaints, file) for card, complaints in _with_complaints(cards)),
            has_header=header is not None,
        ),
    )


def _with_complaints(cards: Sequence[Card]) -> Iterator[tuple[Card, Sequence[Complaint]]]:
    """Yield each card with what it lacks that others of its page have."""
    has_abstracts, has_days = any(card.abstract for card in cards), any(card.day for card in cards)
    for card in cards:
        complaints = [daily_papers.NO_ABSTRACT] if has_abstracts and not card.abstract else []
        if has_days and not card.day:
            complaints.append(daily_papers.CUT_OFF if card is cards[-1] else daily_papers.NO_BYLINE)
        yield card, complaints


def _found(card: Card, complaints: Iterable[Complaint], file: str) -> Found:
    day, comments = card.day, card.comments
    abstract = md_links.plain("\n".join(card.abstract))
    place = Place(file, card.line)
    title = md_links.plain(" ".join(card.title))
    return found(
        naming.bare_title(title),
        card.line,
        abstract=abstract if "]" in abstract else abstract.removeprefix("["),  # of a link that is cut off
        author_count=card.author_count,
        organization=card.organization,
        comments=0 if comments is None and day and not card.urls else comments,
        upvotes=naming.upvotes(title) if card.upvotes is None else card.upvotes,
        arxiv=card.arxiv,
        urls=card.urls,
        day=day,
        problems=tuple(Problem(place, "warning", one.message, one.settled_by) for one in complaints),
        stand_ins=("abstract",) if card.urls else (),  # which a trending page may have cut
        stars=card.stars,
    )
