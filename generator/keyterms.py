"""The terms of a text: words and phrases of two words that two papers may share, and how these are written.

Forms of a word (plural, hyphen, capitals) are one term.  Common words, numbers and addresses are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from itertools import chain, pairwise
from typing import Final, NamedTuple

from generator.model import Paper
from generator.topics.remembered import remembered

_MARKS: Final = "".join(sign for sign in map(chr, range(0x300, 0x10000)) if unicodedata.category(sign)[0] == "M")
_LETTERS: Final = rf"(?:[^\W_]+|[{_MARKS}])+"
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S*\.(?:com|io|org|ai|net|dev)\b\S*")
_OF_ADDRESSES: Final = ("://", "www.", ".com", ".io", ".org", ".ai", ".net", ".dev")
_WORD: Final = re.compile(rf"{_LETTERS}(?:[-‐‑'’.]{_LETTERS})*|[^\s\w]")
_HYPHENS: Final = str.maketrans("", "", "-‐‑'’")
_ENDS: Final = frozenset(".!?:")
_LONGEST: Final = 32

# What stands in papers of any kind.  Where papers are many, their number tells; where they are few, this list must.
_COMMON: Final = frozenset((files("generator") / "data" / "common-words.txt").read_text("utf-8").split())


def terms(text: str) -> set[str]:
    """Words, and phrases of two words with nothing between them; without common words, numbers and addresses."""
    _, keys = _written(text)
    return {*filter(None, keys), *_phrases(keys)}


class Among:
    """Finds those terms of texts that are known, as they are known; of a phrase, its words are known, too."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._of_piece = remembered(lambda text: tuple(known.get(key, "") for key in _piece(text)[1]))

    def terms(self, text: str) -> set[str]:
        """The known of the :func:`terms` of a text."""
        keys = list(chain.from_iterable(map(self._of_piece, text.split())))
        return {*filter(None, keys), *(self._known[phrase] for phrase in _phrases(keys) if phrase in self._known)}


def words(paper: Paper, other: Paper, terms: Sequence[str]) -> tuple[str, ...]:
    """Terms as they are written in the one or the other paper: as where their capitals are surest their own."""
    mine = _forms(paper, terms)
    theirs = _forms(other, [term for term in terms if mine[term].doubt > _NO_DOUBT])
    return tuple(min(mine[term], theirs.get(term, mine[term]), key=lambda form: form.doubt).text for term in terms)


def _phrases(keys: Sequence[str]) -> Iterator[str]:
    return (f"{one} {after}" for one, after in pairwise(keys) if one and after)


class _Form(NamedTuple):
    """How a term is written.  The less ``doubt``, the surer that its capitals are its own."""

    text: str
    doubt: tuple[bool, int]


_NO_DOUBT: Final = (False, 0)


def _forms(paper: Paper, terms: Sequence[str]) -> Mapping[str, _Form]:
    """The surest form of each term in a paper that has them all."""
    found: dict[str, _Form] = {}
    if not terms:
        return found
    for text, in_title in ((paper.title, True), (paper.abstract, False)):
        written, keys = _written(text)
        for term in terms:
            for at in _places(keys, term.split()):
                form = _form_at(written, at, len(term.split()), in_title)
                found[term] = min(found.get(term, form), form, key=lambda one: one.doubt)
    return found


@lru_cache(maxsize=16)  # a paper's page asks for its own with each paper that is related
def _written(text: str) -> tuple[Sequence[str], Sequence[str]]:
    """The words and signs of a text, and their keys."""
    words: list[str] = []
    keys: list[str] = []
    for its_words, its_keys in map(_piece, text.split()):
        words += its_words
        keys += its_keys
    return words, keys


# No word goes on past white space.
def _of_piece(text: str) -> tuple[Sequence[str], Sequence[str]]:
    """The words and signs of a text without white space, a sign for an address, and their keys."""
    if text.isalnum():  # one word, as most are
        return (text,), (_key(text),)
    if any(sign in text for sign in _OF_ADDRESSES):
        text = _ADDRESS.sub(" . ", text)
    words = tuple(_WORD.findall(text))
    return words, tuple(map(_key, words))


_piece: Final = remembered(_of_piece)


def _places(keys: Sequence[str], wanted: Sequence[str]) -> Iterator[int]:
    at = -1
    with suppress(ValueError):  # where there is no more
        while True:
            at = keys.index(wanted[0], at + 1)
            if keys[at : at + len(wanted)] == wanted:
                yield at


def _form_at(written: Sequence[str], at: int, count: int, in_title: bool) -> _Form:
    begins = at == 0 or written[at - 1] in _ENDS
    first, *others = written[at : at + count]
    text = " ".join([_form(first, begins or in_title), *(_form(word, in_title) for word in others)])
    return _Form(text, (begins or in_title, sum(map(str.isupper, text))))


def _form(word: str, lowered: bool) -> str:
    """As it stands, or with the first letter of each part lowered where the part has no other capital."""
    parts = re.split(r"(?<=[-‐‑])", word.removesuffix("'s").removesuffix("’s"))
    return "".join(part.lower() if lowered and not any(map(str.isupper, part[1:])) else part for part in parts)


def _key(word: str) -> str:
    """What forms of a word have in common; empty for what relates nothing."""
    plain = word.casefold()
    if plain in _COMMON or len(plain) > _LONGEST or not any(map(str.isalpha, plain)):
        return ""
    folded = _singular(plain.removesuffix("'s").removesuffix("’s").translate(_HYPHENS))
    short = len(folded) < 3 and folded.isascii()
    return "" if short or folded in _COMMON else folded


def _singular(word: str) -> str:
    if len(word) < 5 or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
