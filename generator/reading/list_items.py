"""One item of a list as a paper, if it is one: if it has a title and leads to a paper.

It does by an address that only papers have, or by a link that is called ``pdf`` or ``paper``.
"""

from __future__ import annotations

import re
from typing import Final

from generator import dates, venues
from generator.dates import PartialDate
from generator.reading import columns, naming
from generator.reading.blocks import Block
from generator.reading.found import Found, found
from generator.reading.md_links import plain
from generator.reading.names import is_name_like, people
from generator.reading.paper_signs import (
    BOLD,
    GENERIC,
    ITALIC,
    SHORTEST_BLURB,
    STAND_INS,
    blurb_in,
    labelled,
    leads_to_paper,
    may_be_title,
    urls_of,
    without_marks,
)

_DATED: Final = re.compile(r"((?:1[0-9]|2[0-9])(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])) (?=\S)")  # 210714 Title
_OPEN_CODE: Final = re.compile(r"[`\s]*[0-9]{4}\.[0-9]{4,5}[`\s]*(?:[—–:-]\s*)?")  # `2401.01234` — Title
_BESIDE: Final = re.compile(  # what links beside the paper's are called
    r"(?<![\w-])(?:code|github|project(?: ?page)?|website|web ?page|homepage|demo|videos?|slides|poster|talk|tweet|"
    r"blog(?: ?post)?|models?|weights|checkpoints?|data(?:sets?)?|colab|bib(?:tex)?|supp(?:lementary)?|pytorch|jax|"
    r"tensorflow|official|unofficial|pdf|papers?|arxiv|html|link|openreview|hf|hugging ?face|page)(?![\w-])",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\s*\(?,?\s*\(((?:19|20)[0-9]{2})\)?,?\s*")  # Title (2024), A. Author
_MONTH: Final = re.compile(r"\s*[(\[]?20[0-9]{2}[-./][0-9]{1,2}(?:[-./][0-9]{1,2})?[)\]]?[:,]?\s+")  # [2024.05] Title
_VENUE: Final = re.compile(r"[(\[]([A-Z][A-Za-z' -]{1,40}(?:19|20)[0-9]{2})[)\]]")  # (NeurIPS 2023)
# , A. Author et al., NeurIPS 2023
_FIRST_OF_MANY: Final = re.compile(
    r"[\s,]*([^\W\d_][^.,()\[\]]{1,60} et al\b)\.?,?\s*([A-Z][A-Za-z' -]{1,40}(?:19|20)[0-9]{2})?"
)
_CLOSING: Final = re.compile(r"^[*_]{1,3}(?=[\s,.(|]|$)")  # of a title in bold whose link was within
_PREPRINT: Final = re.compile(r"(?:arxiv|preprint)\b.{0,30}", re.IGNORECASE)
_BLURB_MARK: Final = re.compile(r"\s*[-–—:#|·`]")  # Title: a sentence about it
_INITIALS: Final = re.compile(r"[.,]\s+(?=(?:[A-Z]\.[ -]?){1,3}[A-Z])")  # Title. A. B. Author


def item(block: Block) -> Found | None:
    """Return the paper of an item of a list, below whose title may be lines with labels."""
    first, _, below = block.text.partition("\n")
    told, name = labelled(below), naming.bare_title(without_marks(first))
    if naming.is_paper(told.get("url", "")) and may_be_title(name):
        return columns.paper({**told, "title": name}, block.line)
    paper_link = next((link for link in block.links if leads_to_paper(*link[1:])), None)
    if paper_link is None:
        return None
    title, rest = _title_of_item(block, paper_link)
    if not may_be_title(title):
        return None
    title = naming.bare_title(title)
    dated = _DATED.match(title)
    authors, venue, blurb = _rest_of_item(rest)
    return found(
        title[dated.end() :] if dated else title,
        block.line,
        abstract=blurb,
        authors=authors,
        urls=urls_of(block.pairs),
        day=_compact(dated[1]) if dated else None,
        stand_ins=STAND_INS,
        upvotes=naming.upvotes(block.text),
        venue=venue,
    )


def _title_of_item(block: Block, paper: tuple[int, str, str]) -> tuple[str, str]:
    """Return the title and what stands behind it: bold, the link's own text, or what stands before the link."""
    text = block.text
    bold = BOLD.match(text)
    if bold:
        return plain(bold[1]).rstrip(".").strip(), text[bold.end() :]
    place, label, _ = paper
    named = next((link for link in block.links if link[0] <= 3 and not GENERIC.fullmatch(link[1])), None)
    if named and not leads_to_paper(*named[1:]) and not GENERIC.fullmatch(label):
        return plain(label), ""  # the item is about something else, and names the paper behind it
    if named:
        end = named[0] + len(named[1])
        return _OPEN_CODE.sub("", plain(named[1]), count=1), text[end:]
    if place > 8 and GENERIC.fullmatch(label):
        return _title_before(text[:place].rstrip(" [(|·-–—\n"))
    return ("", "") if GENERIC.fullmatch(label) else (plain(label), text[place + len(label) :])


def _title_before(text: str) -> tuple[str, str]:
    """Return the title that a text before a link begins with, and the authors behind it: after a year, or as names."""
    text = _MONTH.sub("", text, count=1) if _MONTH.match(text) else text
    parted = _YEAR.split(text, maxsplit=1)
    if len(parted) > 1:
        return plain(parted[0]), f" {parted[2]} "
    initials = _INITIALS.split(text, maxsplit=1)
    if len(initials) > 1:
        return plain(initials[0]), f" {initials[1]} "
    sentence, _, behind = text.rpartition(". ")
    named = len(sentence) >= SHORTEST_BLURB // 2 and is_name_like(plain(behind))
    return (plain(sentence), f" {behind} ") if named else (plain(text).rstrip("."), "")


def _rest_of_item(rest: str) -> tuple[tuple[str, ...], str, str]:
    """Return authors, venue and a sentence about the paper from what stands behind its title."""
    rest = _CLOSING.sub("", rest, count=1)
    if rest.lstrip().startswith("#"):  # tags
        return (), "", ""
    many = _FIRST_OF_MANY.match(rest)
    if many:
        return people(many[1]), many[2] or "", ""
    published = next((one for one in ITALIC.finditer(rest) if _is_venue(plain(one[1]))), None)
    before = plain(rest[: published.start()]).strip(" .,;") if published else ""
    if published and is_name_like(before):
        return people(before), plain(published[1]), ""
    italic = next((one for one in ITALIC.finditer(rest) if is_name_like(plain(one[1])) and one is not published), None)
    if italic:
        venue = plain(rest[: italic.start()]).strip(" .,")
        return people(plain(italic[1])), venue if len(venue) <= 60 and venue.lower() != "preprint" else "", ""
    year = _YEAR.match(rest)
    behind = plain(re.sub(r"\[\[?[^\[\]]{0,40}\]?\]|\[\]", " ", rest[year.end() :] if year else rest)).strip(" .,;")
    names = _BESIDE.sub(" ", behind).strip(" .,;|()")
    is_word = not set(names) & set(" ,.")  # a venue, or what else links are called
    if names and is_name_like(names) and not (is_word or behind.startswith("(") or _BLURB_MARK.match(rest)):
        return people(names), "", ""
    venue = next((venue for venue in _VENUE.findall(rest) if venues.kind(venue)), "")
    return (), venue, blurb_in(rest)


def _is_venue(text: str) -> bool:
    return "," not in text and (bool(venues.kind(text)) or _PREPRINT.fullmatch(text) is not None)


def _compact(digits: str) -> PartialDate | None:
    """Read ``210714``."""
    return dates.of_parts(f"20{digits[:2]}", digits[2:4], digits[4:])
