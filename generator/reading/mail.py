"""Open mails: envelopes around dumps of any format, such as arXiv's daily mail, a newsletter or an attached list.

One mail (``.eml``) or a folder of them (``mbox``).  The letter's own texts are looked at, plain and HTML, and what is
attached as text; what else the parts hold stays closed.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import pairwise
from typing import Final

from generator.dates import PartialDate
from generator.model import Place, Problem
from generator.reading.found import Capture
from generator.reading.text import decode, plain

_HEADER: Final = re.compile(
    rb"(?:From [^\n]{1,200}\n)?(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]{0,2000}\r?\n(?:[ \t][^\n]{0,2000}\r?\n)*){2,99}\r?\n"
)
_OF_MAIL: Final = re.compile(
    rb"^(From|To|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Delivered-To|List-Id|Content-Type):",
    re.IGNORECASE | re.MULTILINE,
)
_FROM: Final = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]{1,200}\n")  # between the mails of an mbox
_LIST: Final = re.compile(r"\.(?:bib|bibtex|biblatex|ris|csv|tsv|jsonl?|txt|md|html?|xml|rss|atom|eml)$", re.IGNORECASE)
_MOST_PARTS: Final = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail.

    ``texts``: its body, in one way of writing or several, each on the lines that it has below the mail's first where
    it is not encoded.  ``attached``: the texts of attachments.  ``above``: how many lines of the file stand before it.
    """

    texts: tuple[str, ...]
    attached: tuple[str, ...] = ()
    day: PartialDate | None = None
    lines: int = 1
    above: int = 0

    def dated(self, capture: Capture) -> Capture:
        """Return ``capture`` with the day of the mail, if it tells none, and on the lines of the file."""
        return replace(
            capture,
            day=capture.day or self.day,
            line=self._line(capture.line),
            found=tuple(
                replace(one, line=self._line(one.line), problems=self._placed(one.problems)) for one in capture.found
            ),
            problems=self._placed(capture.problems),
        )

    def _line(self, line: int) -> int:
        return min(line, self.lines) + self.above

    def _placed(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        places = (Place(one.place.file, self._line(one.place.line)) for one in problems)
        return tuple(replace(one, place=place) for one, place in zip(problems, places, strict=True))


def opened(data: bytes) -> tuple[Letter, ...]:
    """Return the letters that ``data`` is, none if it is no mail."""
    if not _begins(data, len(data) - len(data.lstrip(b"\xef\xbb\xbf\r\n"))):
        return ()
    starts = [one.start() for one in _FROM.finditer(data) if one.start() and _begins(data, one.start())]
    above = 0
    letters: list[Letter | None] = []
    for start, end in pairwise([0, *starts, len(data)]):
        letters.append(_letter(data[start:end], above))
        above += data.count(b"\n", start, end)
    return tuple(letter for letter in letters if letter)


def _begins(data: bytes, at: int) -> bool:
    """Whether the header of a mail stands here."""
    head = _HEADER.match(data, at, at + 100_000)
    return head is not None and len({name.lower() for name in _OF_MAIL.findall(head[0])}) >= 3


def _letter(data: bytes, above: int) -> Letter | None:
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        return Letter(
            texts=tuple(_texts(message, data)) or ("",),
            attached=tuple(_attached(message)),
            day=_day(str(message.get("Date", ""))),
            lines=data.count(b"\n") + 1,
            above=above,
        )
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ):  # at hostile mails
        return None


def _texts(message: Message, data: bytes) -> Iterator[str]:
    for _, part in zip(range(_MOST_PARTS), message.walk(), strict=False):
        if part.get_content_type() in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield "\n" * _line(content, data) + plain(_decoded(content, part.get_content_charset() or "utf-8"))


def _attached(message: Message) -> Iterator[str]:
    """Yield the attachments that are text by their type or by the ending of their name."""
    for _, part in zip(range(_MOST_PARTS), message.walk(), strict=False):
        named = _LIST.search(part.get_filename() or "")
        if part.get_content_disposition() == "attachment" and (named or part.get_content_maintype() == "text"):
            content = part.get_payload(decode=True)
            text = decode(content, Place(""))[0] if isinstance(content, bytes) else None
            yield from [text] if text else []


def _line(content: bytes, data: bytes) -> int:
    """Return how many lines stand above a part that is not encoded; those of the header for others."""
    at = data.find(content[:200]) if content else -1
    end = at if at >= 0 else data.find(b"\n\n")
    return data.count(b"\n", 0, max(end, 0))


def _decoded(content: bytes, charset: str) -> str:
    for encoding in ("utf-8", charset, "cp1252"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("utf-8", "replace")


def _day(text: str) -> PartialDate | None:
    try:
        sent: datetime = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return PartialDate(sent.month, sent.day, sent.year)
