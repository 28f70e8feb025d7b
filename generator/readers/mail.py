"""Open a mail: an envelope around a dump of any format, such as arXiv's daily mail or a newsletter.

Only the letter's own texts are looked at, plain and HTML; attachments and what else the parts hold stay closed.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Final

from generator.dates import PartialDate
from generator.model import Place, Problem
from generator.readers.found import Capture
from generator.readers.text import plain

_HEADER: Final = re.compile(
    rb"(?:From [^\n]{1,200}\n)?(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]{0,2000}\r?\n(?:[ \t][^\n]{0,2000}\r?\n)*){2,99}\r?\n"
)
_OF_MAIL: Final = re.compile(
    rb"^(From|To|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Delivered-To|List-Id|Content-Type):",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_PARTS: Final = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail.  ``texts``: its bodies, each on the lines that it has in the file where it is not encoded."""

    texts: tuple[str, ...]
    day: PartialDate | None = None
    subject: str = ""
    lines: int = 1

    def problems(self, place: Place) -> tuple[Problem, ...]:
        """What there is to say of the envelope: nothing, if it holds a text."""
        if any(text.strip() for text in self.texts):
            return ()
        return (Problem(place, "error", "this mail holds no text that can be read: save it as plain text or HTML"),)

    def dated(self, capture: Capture) -> Capture:
        """Return ``capture`` with the day of the mail, if it tells none, and no line beyond the file's last."""
        return replace(
            capture,
            day=capture.day or self.day,
            line=min(capture.line, self.lines),
            found=tuple(
                replace(one, line=min(one.line, self.lines), problems=self._placed(one.problems))
                for one in capture.found
            ),
            problems=self._placed(capture.problems),
        )

    def _placed(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        places = (Place(one.place.file, min(one.place.line, self.lines)) for one in problems)
        return tuple(replace(one, place=place) for one, place in zip(problems, places, strict=True))


def opened(data: bytes) -> Letter | None:
    """Return the letter that ``data`` is, or ``None`` if it is no mail."""
    head = _HEADER.match(data[:100_000].lstrip(b"\xef\xbb\xbf\r\n"))
    if not head or len({name.lower() for name in _OF_MAIL.findall(head[0])}) < 3:
        return None
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        return Letter(
            texts=tuple(_texts(message, data)) or ("",),
            day=_day(str(message.get("Date", ""))),
            subject=_subject(str(message.get("Subject", ""))),
            lines=data.count(b"\n") + 1,
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


def _subject(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except (ValueError, LookupError, TypeError, AttributeError):
        return text
