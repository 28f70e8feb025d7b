"""Read dumps: one call for every format, which is told by a dump's own shape.

A reader is a module with four names, listed in :data:`READERS`: what it calls its format, a line that shows it,
how much of a text looks like it, and how to read that.  Everything here is pure: bytes go in, records and problems
come out, and no bytes whatever raise an exception.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from generator.model import GeneratorError, Place, Problem
from generator.readers import (
    arxiv_feed,
    arxiv_listing,
    arxiv_mail,
    bibtex,
    csl,
    daily_papers,
    feed,
    hf_api,
    hf_page,
    hf_paper,
    labelled,
    paper_list,
    ris,
    table_file,
)
from generator.reading import mail
from generator.reading.capture import Captured, Result, Source, Told, settled
from generator.reading.found import Capture
from generator.reading.text import decode

__all__ = ["READERS", "Captured", "Reader", "Result", "Source", "Told", "formats", "read"]


class Reader(Protocol):
    """What a module must have to read a format."""

    @property
    def FORMAT(self) -> str:  # noqa: N802
        """The name of the format."""

    @property
    def EXAMPLE(self) -> str:  # noqa: N802
        """A line that shows what a dump of this format looks like."""

    def claims(self, text: str, /) -> int:
        """How much of ``text`` is of this format, as a count of papers; 0 if it is none of it."""

    def read(self, text: str, file: str, /) -> tuple[Capture, ...]:
        """The captures in ``text``; ``file`` is for the places of problems."""


# The more specific first: it reads what two claim, unless it sees less than half of what the other does.
READERS: Final[tuple[Reader, ...]] = (
    hf_api,
    hf_paper,
    hf_page,
    daily_papers,
    arxiv_feed,
    arxiv_mail,
    arxiv_listing,
    csl,
    bibtex,
    ris,
    labelled,
    feed,
    table_file,
    paper_list,
)

_ANY_SOURCE: Final[tuple[Reader, ...]] = (labelled, feed, table_file, paper_list)
_NO_TEXT: Final = "this mail holds no text that can be read: save it as plain text or HTML"
_FULL: Final = 4000  # letters for each paper; an abstract has 1,500
_NEAREST: Final = 3


def formats() -> Mapping[str, str]:
    """The name of each format, and a line that shows it."""
    return {reader.FORMAT: reader.EXAMPLE for reader in READERS}


def read(data: bytes, name: str, *, captured: Told = None, format: str = "") -> Result:
    """Return all that the dump called ``name`` tells.

    ``captured`` is the day of capture as a person told it, or one day or ``None`` for each capture
    in the dump; it wins over the file's name, which wins over what the page's bylines let infer.
    ``format`` is the name of the reader that a person chose; :class:`GeneratorError` is raised if there is none.
    """
    place = Place(f"dumps/{name}")
    chosen = _named(format) if format else None
    letters = mail.opened(data)
    if letters:
        return _of_mail(letters, place, name, captured, chosen)
    text, problems = decode(data, place)
    if text is None or not text.strip():
        return Result(problems=problems)
    claims = _claims(text)
    reader = chosen or _reader(claims)
    if reader is None:
        return Result(problems=(*problems, _unknown(text, place)))
    choice = () if chosen else _choice(reader, claims, place)
    return settled(reader.FORMAT, reader.read(text, place.file), name, captured, (*problems, *choice))


def _of_mail(letters: Sequence[mail.Letter], place: Place, name: str, captured: Told, chosen: Reader | None) -> Result:
    """Return what mails tell, each read in its own format; that of the dump is the one with most papers."""
    captures: list[Capture] = []
    papers: Counter[str] = Counter()
    unread = 0
    for letter in letters:
        texts = [text for text in (_best(letter), *letter.attached) if text.strip()]
        pairs = [(text, reader) for text in texts if (reader := chosen or _reader(_claims(text)))]
        unread += not pairs
        for text, reader in pairs:
            of_text = [letter.dated(capture) for capture in reader.read(text, place.file)]
            papers[reader.FORMAT] += sum(len(capture.found) for capture in of_text)
            captures += of_text
    if captures:
        note = f"{unread} of {len(letters)} mails are of no format that is known: left out"
        problems = (Problem(place, "note", note),) if unread else ()
        return settled(papers.most_common(1)[0][0], captures, name, captured, problems)
    text = next((text for letter in letters for text in letter.texts if text.strip()), "")
    return Result(problems=(_unknown(text, place) if text else Problem(place, "error", _NO_TEXT),))


def _named(format: str) -> Reader:
    found = next((reader for reader in READERS if format == reader.FORMAT), None)
    if found is None:
        raise GeneratorError(f"--format: error: there is no format `{format}`: use one of {', '.join(formats())}")
    return found


def _best(letter: mail.Letter) -> str:
    """Return the text of a letter of which a reader knows most; of the same as plain text and as HTML, the latter."""
    return max(reversed(letter.texts), key=lambda text: max(reader.claims(text) for reader in READERS))


def _claims(text: str) -> Mapping[Reader, int]:
    """Return what each reader claims; formats of no particular source are not asked where a text is full of another."""
    claims = {reader: reader.claims(text) for reader in READERS if reader not in _ANY_SOURCE}
    full = len(text) < _FULL * max(claims.values())
    return claims | {reader: 0 if full else reader.claims(text) for reader in _ANY_SOURCE}


def _reader(claims: Mapping[Reader, int]) -> Reader | None:
    most = max(claims.values())
    return next((reader for reader, count in claims.items() if count and 2 * count >= most), None)


def _choice(reader: Reader, claims: Mapping[Reader, int], place: Place) -> tuple[Problem, ...]:
    """Return a note on what else the dump may be; a format of no particular source counts if it sees more."""
    least = {other: claims[reader] + 1 if other in _ANY_SOURCE else (claims[reader] + 1) // 2 for other in claims}
    rivals = {other: count for other, count in claims.items() if count >= least[other] and other is not reader}
    others = [f"`{other.FORMAT}` ({count})" for other, count in rivals.items()]
    if not others:
        return ()
    message = (
        f"read as `{reader.FORMAT}` ({claims[reader]} papers by its shape), though {', '.join(others)} would read it, "
        f"too: `digest ingest --format NAME` forces one"
    )
    return (Problem(place, "note", message),)


def _unknown(text: str, place: Place) -> Problem:
    message = (
        f"no reader knows this dump; the nearest formats are {', '.join(_nearest(text))} (`digest formats` shows all): "
        "capture it anew, force one with `digest ingest --format NAME`, or take it away"
    )
    return Problem(place, "error", message)


def _nearest(text: str) -> Sequence[str]:
    """Return the formats whose example has most words and signs in common with the begin of ``text``."""
    seen = set(_signs(text[:20_000]))
    return sorted(formats(), key=lambda name: -len(seen.intersection(_signs(formats()[name]))))[:_NEAREST]


def _signs(text: str) -> Sequence[str]:
    return (
        *text.lower().replace('"', " ").replace("<", " <").split(),
        *(sign for sign in "[{<@|#" if sign in text[:300]),
    )
