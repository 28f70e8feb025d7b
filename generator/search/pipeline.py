"""From text to the terms of the index, exactly as lunr.js 2.3.9 does it after ``setUp``.

The index is built here and asked in the browser, so both must make the same term of the same word. The ``lunr``
package and lunr.js do not: they part words at different spaces, trim differently, and stem ``key`` to ``kei`` and
``key``. The functions here follow lunr.js, its trimmer apart: that one empties words of other scripts than Latin, so
``setUp`` in ``theme_overrides/assets/search/pipeline.js`` has one that knows all letters, and so has this module.
``tests/search/test_pipeline.py`` compares all of it with lunr.js, word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from unicodedata import category

from lunr.stop_word_filter import WORDS as STOP_WORDS  # type: ignore[import-untyped]

# What JavaScript's \s matches: U+FEFF is in it, and the separators U+001C to U+001F and U+0085 are not.
_SPACES: Final = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_WORD: Final = re.compile(rf"[^{_SPACES}\-]+")


def words(text: str) -> list[str]:
    """The lower-cased words of ``text``, parted at white space and hyphens, with their punctuation."""
    lower = text.lower()
    # The one space that Python calls printable is the plain one.
    return lower.replace("-", " ").split() if lower.isprintable() else _WORD.findall(lower)


def trimmed(word: str) -> str:
    """``word`` without what is no letter, number, mark or underscore at its ends; perhaps the empty string."""
    if word.isalnum():  # nearly all are
        return word
    start, end = 0, len(word)
    while start < end and not _holds_meaning(word[start]):
        start += 1
    while start < end and not _holds_meaning(word[end - 1]):
        end -= 1
    return word[start:end]


def _holds_meaning(char: str) -> bool:
    return char == "_" or category(char)[0] in "LNM"


@lru_cache(maxsize=200_000)
def term(word: str) -> str | None:
    """The term that a word of a document is indexed under; ``None`` for a stop word, which is not indexed.

    Like lunr.js, this keeps what was trimmed to nothing: the empty term counts in the length of a field.
    """
    bare = trimmed(word)
    return None if bare in STOP_WORDS else stem(bare)


# Porter's algorithm as lunr.js has it. A word is consonants and vowels in turn; "y" is a vowel after a consonant.
_SHORTEST: Final = 3
_C: Final = "[^aeiou][^aeiouy]*"
_V: Final = "[aeiouy][aeiou]*"
_HAS_VOWEL: Final = re.compile(f"(?:{_C})?[aeiouy]")
_LONG: Final = re.compile(f"(?:{_C})?{_V}{_C}")
_LONGER: Final = re.compile(f"(?:{_C})?{_V}{_C}{_V}{_C}")
_JUST_LONG: Final = re.compile(rf"(?:{_C})?{_V}{_C}(?:{_V})?\Z")
_SHORT: Final = re.compile(rf"{_C}[aeiouy][^aeiouwxy]\Z")

_PLURAL: Final = re.compile(r"(.+(?:ss|i))es\Z|(.+[^s])s\Z")
_ED_ING: Final = re.compile(r"(.+?)(?:ed|ing)\Z")
_WANTS_E: Final = re.compile(r"(?:at|bl|iz)\Z")
_DOUBLE: Final = re.compile(r"([^aeiouylsz])\1\Z")
_Y: Final = re.compile(r"(.+[^aeiou])y\Z")

_LONG_ENDINGS: Final = {
    **{"ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble"},
    **{"alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate"},
    **{"alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive"},
    **{"biliti": "ble", "logi": "log"},
}
_NEXT_ENDINGS: Final = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_LAST_ENDINGS: Final = (
    *("al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement"),
    *("ment", "ent", "ou", "ism", "ate", "iti", "ous", "ive", "ize"),
)


class _Endings:
    """Parts a word before the longest of the endings that leaves something of it."""

    def __init__(self, endings: Iterable[str]) -> None:
        self._endings = tuple(endings)
        self._parted = re.compile(rf"(.+?)({'|'.join(self._endings)})\Z")

    def match(self, word: str) -> re.Match[str] | None:
        """The word's beginning, and its ending; most words have none of them, which a look at their end tells."""
        return self._parted.match(word) if word.endswith(self._endings) else None


_STEP_2: Final = _Endings(_LONG_ENDINGS)
_STEP_3: Final = _Endings(_NEXT_ENDINGS)
_STEP_4: Final = _Endings(_LAST_ENDINGS)
_STEP_4_ION: Final = re.compile(r"(.+[st])ion\Z")


def stem(word: str) -> str:
    """The stem of a lower-case word, letter for letter the one of lunr.js."""
    if word.isascii() or max(word) <= "\uffff":
        return _stem(word)
    return _joined(_stem(_parted(word)))


def _stem(word: str) -> str:
    if len(word) < _SHORTEST:
        return word
    first = word[0]
    # A "y" at the start is a consonant; as a capital no rule takes it for a vowel.
    text = ("Y" if first == "y" else first) + word[1:]
    for step in (_plural, _past, _final_y, _long_ending, _next_ending, _last_ending, _final_e, _double_l):
        text = step(text)
    return first + text[1:]


def _plural(word: str) -> str:
    found = _PLURAL.match(word) if word.endswith("s") else None
    return found[1] or found[2] if found else word


def _past(word: str) -> str:
    if word[1:].endswith("eed"):
        return word[:-1] if _LONG.match(word[:-3]) else word
    found = _ED_ING.match(word) if word.endswith(("ed", "ing")) else None
    return _mended(found[1]) if found and _HAS_VOWEL.match(found[1]) else word


def _mended(word: str) -> str:
    """What is left before "ed" or "ing", as the verb is written: hoping, hope; hopping, hop."""
    if _WANTS_E.search(word):
        return word + "e"
    if _DOUBLE.search(word):
        return word[:-1]
    return word + "e" if _SHORT.match(word) else word


def _final_y(word: str) -> str:
    found = _Y.match(word) if word.endswith("y") else None
    return found[1] + "i" if found else word


def _long_ending(word: str) -> str:
    found = _STEP_2.match(word)
    return found[1] + _LONG_ENDINGS[found[2]] if found and _LONG.match(found[1]) else word


def _next_ending(word: str) -> str:
    found = _STEP_3.match(word)
    return found[1] + _NEXT_ENDINGS[found[2]] if found and _LONG.match(found[1]) else word


def _last_ending(word: str) -> str:
    found = _STEP_4.match(word) or _STEP_4_ION.match(word)
    return found[1] if found and _LONGER.match(found[1]) else word


def _final_e(word: str) -> str:
    rest = word[:-1]
    if not rest or not word.endswith("e"):
        return word
    drops = _LONGER.match(rest) or (_JUST_LONG.match(rest) and not _SHORT.match(rest))
    return rest if drops else word


def _double_l(word: str) -> str:
    return word[:-1] if word.endswith("ll") and _LONGER.match(word) else word


def _parted(word: str) -> str:
    """``word`` as JavaScript counts it: a character beyond U+FFFF is two, which the rules see as two consonants."""
    units = word.encode("utf-16-le", "surrogatepass")
    return "".join(chr(units[at] | units[at + 1] << 8) for at in range(0, len(units), 2))


def _joined(units: str) -> str:
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
