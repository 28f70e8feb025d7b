r"""Read the daily mails of arXiv's listings.

A paper is a block between lines of dashes: ``\\``, its id and fields as ``Key: value`` with continuations indented by
two spaces, ``\\``, the abstract, and ``\\ ( https://arxiv.org/abs/ID ,  215kb)``.  A replacement has no abstract; its
date is that of the revision, so that the paper's own stays open.  See https://info.arxiv.org/help/subscribe.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from generator import arxiv
from generator.dates import PartialDate
from generator.model import Place, Problem
from generator.readers.arxiv_feed import without_affiliations
from generator.reading import feeds, naming
from generator.reading.found import Capture, Found, found
from generator.reading.names import people

FORMAT: Final = "arxiv-mail"
EXAMPLE: Final = (
    r"\\ / arXiv:2601.15305 / Date: Mon, 12 Jan 2026 … / Title: … / Authors: … / \\ / abstract / \\ ( https://…"
)

_BLOCK: Final = re.compile(
    r"^[> ]{0,4}\\\\[ \t]{0,8}\n(?:[> ]{0,4}\n)?[> ]{0,4}(?:arXiv:|Paper:|Date:|Title:)", re.MULTILINE
)
_QUOTES: Final = re.compile(r"^(?:> ?){1,9}")
_RULE: Final = re.compile(r"-{40,}|(?:%%--){3,}%%")
_END: Final = re.compile(r"\\\\ {0,4}\( ?(\S{1,200})")
_FIELD: Final = re.compile(
    r"(Title|Authors?|Date|Categories|Comments|Journal-ref|DOI|Report-no|MSC-class|ACM-class|License|Proxy): ?(.*)"
)
_ID: Final = re.compile(r"(?:arXiv|Paper): ?(\S{1,40})")
_REPLACED: Final = re.compile(r"replaced with revised version", re.IGNORECASE)
_RECEIVED: Final = re.compile(r"received from .{1,60}? to +[A-Z][a-z]{2} +([0-9]{1,2} [A-Z][a-z]{2} [0-9]{2,4})")


@dataclass(slots=True)
class _Block:
    """A block while it is read."""

    line: int
    identity: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    title_line: int = 0
    abstract: list[str] | None = None
    is_replacement: bool = False
    is_whole: bool = False


def claims(text: str) -> int:
    """Return how many blocks of a listing ``text`` has."""
    return sum(1 for _ in _BLOCK.finditer(text))


def read(text: str, file: str) -> tuple[Capture, ...]:
    """Return the one capture that a mail is; its day is the last on which the listed papers were received."""
    lines = [_unquoted(line) for line in text.split("\n")]
    read = [_paper(block, file) for block in _blocks(lines)]
    received = _RECEIVED.search(text)
    at = text.count("\n", 0, received.start()) + 1 if received else 1
    return (
        Capture(
            line=at,
            day=_day_of_listing(received[1]) if received else None,
            found=tuple(one for one in read if isinstance(one, Found)),
            problems=tuple(one for one in read if isinstance(one, Problem)),
        ),
    )


def _unquoted(line: str) -> str:
    """Return a line without the ``>`` of a forwarded mail; the indentation behind it tells continuations."""
    return _QUOTES.sub("", line).rstrip()


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    block: _Block | None = None
    for number, line in enumerate(lines, 1):
        end = _END.match(line)
        if block and (end or _RULE.fullmatch(line.strip())):
            block.identity = block.identity or (naming.arxiv_id_in_url(end[1]) or "" if end else "")
            block.is_whole = end is not None
            yield block
            block = None
        elif line.strip() == "\\\\":
            if block and block.abstract is None:
                block.abstract = []
                continue
            if block:
                yield block
            block = _Block(number)
        elif block and block.abstract is not None:
            block.abstract.append(line)
        elif block:
            _read_field(block, line, number)
    if block:
        yield block


def _read_field(block: _Block, line: str, number: int) -> None:
    """Add a line above the abstract: the id, a field, or more of the field before it."""
    identity, told = _ID.match(line), _FIELD.match(line)
    if identity:
        block.identity = arxiv.normal(identity[1]) or ""
    elif told:
        block.fields[told[1].removesuffix("s")] = told[2]
        block.title_line = number if told[1] == "Title" else block.title_line
    elif line[:1] == " " and block.fields:
        last = next(reversed(block.fields))
        block.fields[last] = f"{block.fields[last]} {line.strip()}"
    elif _REPLACED.match(line):
        block.is_replacement = True


def _paper(block: _Block, file: str) -> Found | Problem:
    place = Place(file, block.title_line or block.line)
    title = block.fields.get("Title", "")
    if not title.strip():
        return Problem(place, "error", "this block has no title: it was left out")
    abstract = "\n".join(block.abstract or ())
    cut_off = not block.is_whole and bool(abstract)
    return found(
        title,
        place.line,
        abstract=abstract,
        authors=people(without_affiliations(block.fields.get("Author", ""))),
        arxiv=block.identity,
        doi=block.fields.get("DOI"),
        remarks=block.fields.get("Comment", ""),
        day=None if block.is_replacement else feeds.day(block.fields.get("Date", "").split("(")[0]),
        problems=tuple(_problems(block, place, cut_off)),
        stand_ins=("abstract",) if cut_off else (),
        venue=block.fields.get("Journal-ref", ""),
    )


def _problems(block: _Block, place: Place, cut_off: bool) -> Iterator[Problem]:
    if not block.identity:
        yield Problem(place, "warning", "this block has no arXiv id: fill in `arxiv` on the paper's page", ("arxiv",))
    if cut_off:
        yield Problem(
            place, "note", "this block breaks off: another dump's abstract is taken instead, where there is one"
        )


def _day_of_listing(text: str) -> PartialDate | None:
    """Read ``22 Jan 26``: the year has two digits."""
    *rest, year = text.split()
    return feeds.day(" ".join([*rest, year if len(year) == 4 else f"20{year}"]) + " 00:00:00 GMT")
