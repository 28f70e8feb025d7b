"""The last lines of a paper on the Daily Papers page: who published it, and when.

Either ``  • 4 authors`` or an organisation as handle and name, then a line ``·``, then the day and,
if there are any, the number of comments; some tools write all that on one line.  What is missing or
makes no sense is said, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from generator import dates
from generator.dates import PartialDate
from generator.model import Organization

DOT: Final = "·"
MOST_COMMENTS: Final = 99_999
MOST_AUTHORS: Final = 99_999

_DIGITS: Final = 9
_FEW_WORDS: Final = 4
_LONGEST_DAY: Final = len("September 27, 2025 10000")

_AUTHORS: Final = re.compile(r"(?:[•*·-] {0,4})?([0-9][0-9,]{0,30}) authors?(?: ?·)?")
_ORGANIZATION: Final = re.compile(r"([A-Za-z0-9][\w.-]{0,95})(?:\s+(\S.{0,120}))?")
_COMMENTS: Final = re.compile(r"[+-]?[0-9][0-9.,]*[kKmM]?")
_AROUND_COMMENTS: Final = re.compile(r"^[·(💬 ]{1,4}|\)$| comments?\)?$")
_SENTENCE_ENDS: Final = ".,;:!?)"
_BARE_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a byline lacks, and the fields that a person can fill in for it."""

    message: str
    settled_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """A byline.  ``comments`` is 0 when a whole byline has no number, ``None`` when nobody can tell.

    ``head`` is the line that was read as an organisation, ``end`` the index of the line after the byline.
    """

    end: int
    head: str = ""
    author_count: int | None = None
    organization: Organization | None = None
    day: PartialDate | None = None
    comments: int | None = None
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """A line with a day and perhaps a number."""

    day: PartialDate | None
    comments: int | None
    complaints: tuple[Complaint, ...] = ()


def begins(lines: Sequence[str], at: int) -> bool:
    """Whether a byline begins at this line, in lines without white space around them."""
    return lines[at] == DOT or is_authors(lines[at]) or _is_organization(lines, at) or _halves(lines[at]) is not None


def is_authors(line: str) -> bool:
    """Whether this is a line such as ``• 4 authors``."""
    return bool(_AUTHORS.fullmatch(line))


def may_be_half(line: str) -> bool:
    """Whether this may be what is left of ``• 4 authors`` or of an organisation that was cut off."""
    return line.startswith("•") or (bool(_ORGANIZATION.fullmatch(line)) and len(line.split()) <= _FEW_WORDS)


def dated(line: str) -> Dated | None:
    """Read a line such as ``Jul 12 2`` or ``Jul 24, 2024``; ``None`` if it is not of that shape."""
    day, rest = dates.split(line.removeprefix(DOT))
    rest = _AROUND_COMMENTS.sub("", rest)
    if day is None or (rest and not _COMMENTS.fullmatch(rest)):
        return None
    if day.year is None and _BARE_YEAR.fullmatch(rest):
        return Dated(None, None, (_no_day(f"“{line}” has a year or a number of comments, unclear which"),))
    comments = _number(rest or "0", MOST_COMMENTS)
    return Dated(day, comments, () if comments is not None else (_uncounted(rest),))


def read(lines: Sequence[str], at: int) -> Byline:
    """Return the byline that begins at this line; see :func:`begins`."""
    halves = _halves(lines[at])
    if halves:
        return replace(read(["", halves[0], DOT, halves[1]], 1), end=at + 1)
    head = lines[at] if _is_organization(lines, at) else ""
    authors, end = _skip(lines, at + bool(head), is_authors)
    dots, end = _skip(lines, end, DOT.__eq__)
    when, end = _when(lines, end, bool(dots))
    count, organization = _author_count(authors), _organization(head)
    nobody = count is None and organization is None
    return Byline(
        end=end,
        head=head,
        author_count=count,
        organization=organization,
        day=when.day,
        comments=when.comments,
        complaints=(*((NOBODY,) if nobody else ()), *when.complaints),
    )


def _halves(line: str) -> tuple[str, str] | None:
    """Return who and when of a byline that stands on one line."""
    who, _, when = map(str.strip, line.rpartition(DOT))
    is_byline = (is_authors(who) or _ORGANIZATION.fullmatch(who)) and dated(when)
    return (who, when) if is_byline else None


def without_head(byline: Byline) -> Byline:
    """Return the byline without what was read as an organisation."""
    return replace(byline, head="", organization=None, complaints=(NOBODY, *byline.complaints))


NOBODY: Final = Complaint(
    "the byline does not say who published this: fill in `authors`, `author_count` or `organization` on the page",
    ("authors", "author_count", "organization"),
)


def _is_organization(lines: Sequence[str], at: int) -> bool:
    """Whether an organisation stands here with the dot or the day after it.

    Right below an abstract it may stand before the dot alone: a day may also be the end of a sentence's line.
    """
    line = lines[at]
    if at + 1 >= len(lines) or not _ORGANIZATION.fullmatch(line) or is_authors(line) or dated(line):
        return False
    if at and lines[at - 1]:
        return lines[at + 1] == DOT and len(line.split()) <= _FEW_WORDS and line[-1] not in _SENTENCE_ENDS
    return lines[at + 1] == DOT or dated(lines[at + 1]) is not None


def _skip(lines: Sequence[str], at: int, wanted: Callable[[str], bool]) -> tuple[str, int]:
    """Return the wanted line that comes next, or nothing, and the index after it and its repetitions."""
    seen = ""
    following = _next(lines, at)
    while following is not None and wanted(lines[following]):
        seen = seen or lines[following]
        at = following + 1
        following = _next(lines, at)
    return seen, at


def _next(lines: Sequence[str], at: int) -> int | None:
    """Return the index of the next line, over an empty line or a few."""
    return next((index for index in range(at, min(at + 4, len(lines))) if lines[index]), None)


def _author_count(line: str) -> int | None:
    found = _AUTHORS.fullmatch(line)
    return (_number(found[1], MOST_AUTHORS) or None) if found else None


def _organization(line: str) -> Organization | None:
    found = _ORGANIZATION.fullmatch(line)
    return Organization(found[1], found[2] or found[1]) if found else None


def _when(lines: Sequence[str], at: int, after_dot: bool) -> tuple[Dated, int]:
    """Read the day; right after a dot, a short line that is none is a day that was cut off."""
    following = _next(lines, at)
    found = dated(lines[following]) if following is not None else None
    if following is not None and found:
        return found, following + 1
    line = lines[at] if after_dot and at < len(lines) else ""
    if line and len(line) <= _LONGEST_DAY:
        return Dated(None, None, (_no_day(f"“{line}” is no day that can be read"),)), at + 1
    return Dated(None, None, (_no_day("no date in the byline"),)), at


def _number(text: str, most: int) -> int | None:
    digits = text.replace(",", "")
    return int(digits) if digits.isdecimal() and len(digits) <= _DIGITS and int(digits) <= most else None


def _no_day(message: str) -> Complaint:
    return Complaint(f"{message}: fill in `date` on the paper's page", ("date",))


def _uncounted(text: str) -> Complaint:
    return Complaint(f"“{text[:40]}” is no number of comments: fill in `comments` on the paper's page", ("comments",))
