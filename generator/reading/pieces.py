"""The pieces that a copy of the Daily Papers page is made of: header, days, bylines and paragraphs.

What belongs to the page and not to a paper, the furniture, is left out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from generator.reading import byline, counts
from generator.reading.byline import Byline, Dated

LONGEST_TITLE: Final = 300
_MARKS: Final = " \t\u200b\u200c\u200d\u200e\u200f\u2060←→‹›❮❯"

_ENDS: Final = ".:;,"
_SAYING: Final = re.compile(r"[^\W_]")
_RESEARCHERS: Final = re.compile(r"by ?AK and the research community", re.IGNORECASE)
_FURNITURE: Final = re.compile(
    r"new|by(?: ?ak)?|ak|and the research community|daily papers|trending papers|daily|weekly|monthly|previous|next|"
    r"subscribe|get trending papers in your email inbox(?: once a day)?!|upvote|hugging face|models|datasets|spaces|"
    r"buckets|community|docs|enterprise|pricing|log in|sign up|system theme|company|tos|terms|privacy|about|careers|"
    r"jobs|website|©.{0,40}|thumbnail|\[?image\]?|view all|load more|show more|github(?: [0-9][0-9.,]{0,6}k?)?|"
    r"(?:view )?arxiv page|view pdf|search by arxiv id or title|search models, datasets, users\.{3}|```\w*|"
    r"daily papers - hugging face|hugging face's logo(?: hugging face)?",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(
    rf"(?:upvotes?:? ?|▲ ?|👍 ?|💬 ?)?(-|{counts.SHAPE})(?: (?:upvotes?|comments?))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Header:
    """A line that only the head of a page has."""

    line: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day that stands alone: the page's own, or all that is left of a byline."""

    line: int
    dated: Dated


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph on one line: a title, an abstract or a part of it.  ``upvotes`` are those of the paper it begins."""

    line: int
    text: str
    upvotes: int | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The byline that ends a paper."""

    line: int
    byline: Byline


Piece = Header | Day | Text | End


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of ``text``, in order, each with the number of its first line."""
    lines = [line.strip().strip(_MARKS) for line in text.split("\n")]
    at = 0
    while at < len(lines):
        found, at = _read(lines, at)
        yield from found


def is_header(line: str) -> bool:
    """Whether a line without white space around it is one that only the head of a page has."""
    return line == "Daily Papers" or bool(_RESEARCHERS.fullmatch(line))


def count(text: str) -> int | None:
    """The number of upvotes or comments that a line is, however it is told: ``42``, ``1.2k``, ``Upvote 7``, ``-``."""
    found = _COUNT.fullmatch(text)
    return (0 if found[1] == "-" else counts.count(found[1])) if found else None


def may_be_title(text: str) -> bool:
    """Whether ``text`` has the length of a title, and not the full stop of a short abstract."""
    return len(text) <= LONGEST_TITLE and not (len(text) > LONGEST_TITLE / 2 and text.endswith("."))


def _read(lines: Sequence[str], at: int) -> tuple[tuple[Piece, ...], int]:
    """Return what stands at this line, which may be nothing, and the index of the line after it."""
    line, number = lines[at], at + 1
    if _is_furniture(lines, at):
        return ((Header(number),) if is_header(line) else ()), number
    if byline.begins(lines, at):
        found = byline.read(lines, at)
        return (End(number, found),), found.end
    day = byline.dated(line)
    if day:
        return (Day(number, day),), number
    end = next((index for index in range(number, len(lines)) if _ends_text(lines, index)), len(lines))
    return tuple(_texts(lines[at:end], number)), end


def _is_furniture(lines: Sequence[str], at: int) -> bool:
    """Whether this line is empty, or a paragraph of the page and not of a paper."""
    if not _SAYING.search(lines[at]) and not byline.begins(lines, at):
        return True  # empty, or a rule
    if _RESEARCHERS.fullmatch(lines[at]):
        return True
    around = (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2])
    # The page's day beside a label is as good as an empty line: dumps lose empty lines.
    return _is_label(lines[at]) and all(not line or _is_label(line) or _is_number(line) for line in around)


def _is_number(line: str) -> bool:
    """Whether a line is a count, or a day with or without one."""
    return count(line) is not None or byline.dated(line) is not None


def _is_label(line: str) -> bool:
    return bool(_FURNITURE.fullmatch(line)) or is_header(line)


def _ends_text(lines: Sequence[str], at: int) -> bool:
    return _is_furniture(lines, at) or byline.begins(lines, at) or byline.dated(lines[at]) is not None


def _texts(lines: Sequence[str], number: int) -> Iterator[Text]:
    """Yield a paragraph; several, where counts, titles and abstracts lost the empty lines between them."""
    at = 0
    while at + 1 < len(lines) and count(lines[at]) is not None:
        yield Text(number + at, lines[at])
        at += 1
    while _are_title_and_abstract(lines, at):
        others = (other for other in range(at + 2, len(lines)) if _is_next_title(lines, other))
        title = next(others, len(lines))
        end = title - 1 if title < len(lines) and count(lines[title - 1]) is not None else title
        yield Text(number + at, lines[at])
        yield Text(number + at + 1, " ".join(lines[at + 1 : end]))
        yield from (Text(number + line, lines[line]) for line in range(end, title))
        at = title
    if at < len(lines):
        yield Text(number + at, " ".join(lines[at:]))


def _is_next_title(lines: Sequence[str], at: int) -> bool:
    """Whether another paper begins here, below an abstract."""
    return lines[at][-1] not in _ENDS and _are_title_and_abstract(lines, at)


def _are_title_and_abstract(lines: Sequence[str], at: int) -> bool:
    """Whether a short line stands here above one that is longer than any title."""
    return len(lines) > at + 1 and may_be_title(lines[at]) and len(lines[at + 1]) > LONGEST_TITLE
