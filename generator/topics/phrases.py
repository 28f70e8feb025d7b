"""Phrases, as a curator writes them in a rule.

A phrase is one to eight words.  It finds whole words in any case; a word with two or more capitals (RL, MoE) is found
in that spelling only, unless all of the text is in small letters or in capitals.  A ``*`` at the end of a word stands
for any ending, and a hyphen finds a hyphen, a space or nothing.  A word may have a point between digits (GPT-3.5), and
``++`` or ``#`` at its end (C++, C#).
:func:`absurdity` says what is wrong with a phrase, :func:`spellings` reads one, and
:func:`generator.topics.mentions.mentioned` finds them in a text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

LONGEST_PHRASE: Final = 100
STEM: Final = 2  # letters; no phrase has fewer before its *

_MOST_WORDS: Final = 8

# What words are made of, in phrases and in texts.  Chinese and Japanese do without spaces, so each of their characters
# is a word.
CHARACTER: Final = r"[\u3040-\u30ff\u3400-\u9fff]"
RUN: Final = r"[^\W_\u3040-\u30ff\u3400-\u9fff]+"
SIGNED: Final = r"\+\+|\#(?![^\W_])"
NAME: Final = rf"{RUN}(?:(?<=[0-9])\.(?=[0-9]){RUN})*(?:{SIGNED})?"  # GPT3.5, C++, C#
_PIECE: Final = re.compile(rf"(?:{CHARACTER}|{NAME})\*?")
_PART: Final = re.compile(rf"(?:{CHARACTER}|{NAME})+\*?")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a phrase.  ``exact`` words count only in that spelling: RL, MoE."""

    text: str
    any_ending: bool
    exact: bool


Words = tuple[Word, ...]  # one way to write a phrase


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to write a phrase of a rule; ``topic`` and ``rule`` are positions in the taxonomy."""

    words: Words
    topic: int
    rule: int
    weight: float


def absurdity(phrase: str) -> str:
    """What is wrong with a phrase that could never be meant, to be said after it; empty where nothing is."""
    parts = [part for spoken in phrase.split() for part in spoken.split("-")]
    if len(phrase) > LONGEST_PHRASE or len(parts) > _MOST_WORDS:
        return f"is too long: at most {_MOST_WORDS} words and {LONGEST_PHRASE} characters"
    if not all(map(_PART.fullmatch, parts)) or "*-" in phrase:
        return "may have letters, digits, single hyphens, and * at the end of a word"
    if any(len(part) <= STEM for part in parts if part.endswith("*")):
        return "needs two letters or more before its *"
    if len(phrase) == 1 and phrase.isascii():
        return "is a single character"
    return ""


def spellings(phrase: str) -> list[Words]:
    """A phrase that is not absurd, with its hyphens as spaces and as nothing: pre training, pretraining."""
    ways = product(*(_gluings(spoken.split("-")) for spoken in phrase.split()))
    return [tuple(map(_word, _PIECE.findall(" ".join(part for word in way for part in word)))) for way in ways]


def _gluings(parts: Sequence[str]) -> list[tuple[str, ...]]:
    """All ways to write parts together or apart: (a, b) and (ab) for a-b."""
    ways: list[tuple[str, ...]] = [(parts[0],)]
    for part in parts[1:]:
        ways = [way for last in ways for way in ((*last, part), (*last[:-1], last[-1] + part))]
    return ways


def _word(part: str) -> Word:
    text = part.removesuffix("*")
    exact = capitals(text) > 1
    return Word(text if exact else text.lower(), part.endswith("*"), exact)


def capitals(word: str) -> int:
    """How many of its letters are capitals."""
    return sum(map(str.isupper, word))
