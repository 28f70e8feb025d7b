"""Turn the bytes of a dump into text that every reader can rely on.

The text has ``\\n`` for every line end, and no control character but that and the tab, no
byte order mark and no lone surrogate, so that line numbers are those an editor shows and
nothing invisible reaches a page.  Where all of it is a quotation, the marks of that are gone.
What was decoded by guess or taken out is a problem with a line; what is no text at all is an
error and gives ``None``.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from generator.model import Place, Problem

_LINE_END: Final = re.compile(r"\r\n?")
# Vertical tab, form feed and their kin part words: they leave a space behind, unlike the others.
_PARTING: Final = re.compile(r"[\x0b\x0c\x1c-\x1f\x85\xa0\u2000-\u200a\u202f]")
_UNWANTED: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_QUOTES: Final = re.compile(r"^(?:> ?){1,9}", re.MULTILINE)
# Encodings of text alone: Python knows others, which unpack, or take for ever.
_ENCODING: Final = re.compile(
    rb"<(?:\?xml|meta)\s[^<>]{0,200}?(?:encoding|charset)=[\"']?"
    rb"((?:iso-?8859|windows-12|cp12|latin|gb|big5|euc-|shift_?jis|koi8)[A-Za-z0-9_-]{0,12})",
    re.IGNORECASE,
)
_UTF16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def decode(data: bytes, place: Place) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text of ``data`` and what was wrong with it; no text is ``None`` and an error."""
    text, guessed = _text(data, place)
    if _is_binary(text):
        return None, (Problem(place, "error", "this is no text: save the page as plain text and put that here"),)
    text = _LINE_END.sub("\n", text)
    cleaned, removed = _without_controls(text, place)
    cleaned = _unquoted(cleaned)
    if not cleaned.strip():
        return None, (Problem(place, "error", "the dump is empty: capture the page again, or take the file away"),)
    return cleaned, (*guessed, *removed)


def _unquoted(text: str) -> str:
    """Return a text without the marks of a quotation, where nearly all of it is one."""
    said = [line for line in text.split("\n") if line.strip()]
    is_quoted = 10 * sum(line.startswith(">") for line in said) > 9 * len(said)
    return _QUOTES.sub("", text) if is_quoted else text


def plain(text: str) -> str:
    """Return ``text`` with ``\\n`` as its only line end and without characters that no page may hold."""
    return _UNWANTED.sub("", _PARTING.sub(" ", _LINE_END.sub("\n", text)))


def _text(data: bytes, place: Place) -> tuple[str, tuple[Problem, ...]]:
    encoding = _UTF16.get(data[:2])
    if encoding:
        return _utf16(data[2:], encoding, place)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        # Cut off inside a letter, if the text before shows that UTF-8 is what it is written in.
        whole = data[: error.start]
        if error.reason == "unexpected end of data" and not whole.isascii():
            return whole.decode("utf-8"), (_cut_off(whole, place),)
        return _declared(data) or _line_by_line(data, place)


def _declared(data: bytes) -> tuple[str, tuple[Problem, ...]] | None:
    """Decode XML and HTML that name their own encoding, if it is one of text and all of the data is in it."""
    named = _ENCODING.search(data[:2000])
    try:
        text = data.decode(named[1].decode("ascii")) if named else None
    except (UnicodeError, LookupError):
        return None
    return None if text is None else (text, ())


def _cut_off(whole: bytes, place: Place) -> Problem:
    line = len(_LINE_END.sub("\n", whole.decode("utf-8")).split("\n"))
    return Problem(Place(place.file, line), "warning", "the file ends inside a letter: capture the page again")


def _utf16(data: bytes, encoding: str, place: Place) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        message = "damaged UTF-16: what could not be read shows as �; capture the page again if that matters"
        return data.decode(encoding, "replace"), (Problem(place, "warning", message),)


def _line_by_line(data: bytes, place: Place) -> tuple[str, tuple[Problem, ...]]:
    """Decode each line by itself, so that one stray byte does not spoil the lines around it."""
    raw = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    decoded = [_line(line) for line in raw]
    guessed = [number for number, (_, valid) in enumerate(decoded, 1) if not valid]
    text = "\n".join(line for line, _ in decoded)
    message = (
        f"{len(guessed)} {'line is' if len(guessed) == 1 else 'lines are'} not UTF-8 and read as Windows-1252, "
        "the first one here: save the file as UTF-8 if letters look wrong"
    )
    return text, (Problem(Place(place.file, guessed[0]), "warning", message),)


def _line(raw: bytes) -> tuple[str, bool]:
    try:
        return raw.decode("utf-8"), True
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace"), False


def _is_binary(text: str) -> bool:
    """Whether ``text`` holds NUL in more than a trace."""
    return text.count("\0") > 3 + len(text) // 1000


def _without_controls(text: str, place: Place) -> tuple[str, tuple[Problem, ...]]:
    """Take a byte order mark away silently, other unwanted characters with a note."""
    text = text.removeprefix("\ufeff")
    first = _UNWANTED.search(text)
    if not first:
        return plain(text), ()
    line = text.count("\n", 0, first.start()) + 1
    count = len(_UNWANTED.findall(text))
    message = f"{count} invisible control {'character' if count == 1 else 'characters'} taken out, the first one here"
    return plain(text), (Problem(Place(place.file, line), "note", message),)
