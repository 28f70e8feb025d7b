"""Phrases: what a curator may write, and where a text has it.

A phrase is one to eight words.  It finds whole words in any case; a word with two
or more capitals (RL, MoE) is found in that spelling only, a ``*`` at the end of a
word stands for any ending, and a hyphen finds a hyphen, a space or nothing.
:func:`absurdity` says what is wrong with a phrase and :func:`spellings` reads one;
:func:`tree` puts many together, so that :func:`mentions` finds them all in one
pass.  Time grows with the length of the text, whatever the text holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

LONGEST_PHRASE: Final = 100

_MOST_WORDS: Final = 8
_STEM: Final = 2  # letters; no phrase has fewer before its *
_LONGEST_SHOWN: Final = 60

# Chinese and Japanese do without spaces, so each of their characters is a word.  Punctuation is a
# word that no phrase has, so that no phrase is found across the end of a sentence.
# A hyphen that joins two words is told with the first.
_WORD: Final = re.compile(
    r"(?P<word>[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+"
    r"|[.,;:!?()\[\]{}|\u3001\u3002\uff0c\uff1a\uff1b])(?P<hyphen>[-\u2010-\u2013](?=[^\W_]))?"
)
_PIECE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]\*?|[^\W_\u3040-\u30ff\u3400-\u9fff]+\*?")
_PART: Final = re.compile(r"[^\W_]+\*?")
_LETTERS: Final = re.compile(r"[^\W_]+")


class Word(NamedTuple):
    """One word of a phrase.  ``exact`` words count only in that spelling: RL, MoE."""

    text: str
    any_ending: bool
    exact: bool

    def fits(self, word: str) -> bool:
        seen = word if self.exact else word.lower()
        return seen.startswith(self.text) if self.any_ending else seen == self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to write a phrase of a rule; ``topic`` and ``rule`` are positions in the taxonomy."""

    words: tuple[Word, ...]
    topic: int
    rule: int
    weight: float


class Mention(NamedTuple):
    """A phrase where it stands in a title or an abstract, and how to show it to people."""

    start: int
    end: int
    phrase: Phrase
    shown: str
    in_title: bool


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Where one or more phrases stand after some of their words.

    ``phrases`` end here; ``after`` has the words that others go on with, by their first
    letters, so that most words of a paper are passed over at once.
    """

    phrases: tuple[Phrase, ...]
    after: Mapping[str, tuple[tuple[Word, Node], ...]]


_Readings = tuple[tuple[str, int], ...]


def absurdity(phrase: str) -> str:
    """What is wrong with a phrase that could never be meant, to be said after it; empty where nothing is."""
    parts = [part for spoken in phrase.split() for part in spoken.split("-")]
    if len(phrase) > LONGEST_PHRASE or len(parts) > _MOST_WORDS:
        return f"is too long: at most {_MOST_WORDS} words and {LONGEST_PHRASE} characters"
    if not all(map(_PART.fullmatch, parts)) or "*-" in phrase:
        return "may have letters, digits, single hyphens, and * at the end of a word"
    if any(len(part) <= _STEM for part in parts if part.endswith("*")):
        return "needs two letters or more before its *"
    if len(phrase) == 1 and phrase.isascii():
        return "is a single character"
    return ""


def spellings(phrase: str) -> list[tuple[Word, ...]]:
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
    exact = _capitals(text) > 1
    return Word(text if exact else text.lower(), part.endswith("*"), exact)


def _capitals(word: str) -> int:
    return sum(map(str.isupper, word))


def tree(phrases: Iterable[Phrase], depth: int = 0) -> Node:
    """The node of ``phrases`` that have the same first ``depth`` words."""
    ending: list[Phrase] = []
    going_on: defaultdict[Word, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        (going_on[phrase.words[depth]] if len(phrase.words) > depth else ending).append(phrase)
    after: defaultdict[str, list[tuple[Word, Node]]] = defaultdict(list)
    for word, found in going_on.items():
        after[_stem(word.text)].append((word, tree(found, depth + 1)))
    return Node(tuple(ending), {stem: tuple(nodes) for stem, nodes in after.items()})


def mentions(root: Node, text: str, in_title: bool) -> Iterator[Mention]:
    """Every place of every phrase, also where two overlap or two spellings of one fit; ``in_title`` is passed on."""
    words = [*_WORD.finditer(text)]
    readings = _readings(words)
    for position in _beginnings(root, readings):
        for phrase, after in _phrases_at(root, readings, position):
            start, end = words[position].start(), words[after - 1].end("word")
            yield Mention(start, end, phrase, _shown(text[start:end]), in_title)


def _readings(words: Sequence[re.Match[str]]) -> list[_Readings]:
    """For each position its word, and the word it makes with the next across a hyphen; each with the position after it.

    One position more than there are words, so that what follows the last word has no reading.
    """
    texts = [word["word"][: LONGEST_PHRASE + 1] for word in words]
    readings: list[_Readings] = [((text, position),) for position, text in enumerate(texts, 1)]
    for position, word in enumerate(words[:-1]):
        if word["hyphen"]:
            joined = texts[position] + texts[position + 1]
            readings[position] += ((joined[: LONGEST_PHRASE + 1], position + 2),)
    return [*readings, ()]


def _beginnings(root: Node, readings: Iterable[_Readings]) -> list[int]:
    """The positions where a phrase may start; most of a paper has none, and this is the fast way past it."""
    return [
        position for position, read in enumerate(readings) if read and (_following(root, read[0][0]) or len(read) > 1)
    ]


def _phrases_at(root: Node, readings: Sequence[_Readings], position: int) -> list[tuple[Phrase, int]]:
    """The phrases that start at a position, each with the position after it."""
    found: list[tuple[Phrase, int]] = []
    reached = [(root, position)]
    for node, at in reached:  # which grows meanwhile
        for word, after in readings[at]:
            for following in _following(node, word):
                if following.phrases:
                    found += [(phrase, after) for phrase in following.phrases]
                if following.after:
                    reached.append((following, after))
    return found


# Papers share most of their words.  (Words are cut to a little more than the longest phrase, so memory is bounded.)
@lru_cache(maxsize=1 << 16)
def _following(node: Node, word: str) -> tuple[Node, ...]:
    near = node.after.get(_stem(word), ())
    return tuple(following for expected, following in near if expected.fits(word))


def _stem(word: str) -> str:
    return word[:_STEM].lower()


def _shown(found: str) -> str:
    """The phrase as the paper has it, on one line, in lower case but for words such as RL, MoE and 3D."""
    line = _LETTERS.sub(_lowered, " ".join(found.split()))
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"


def _lowered(word: re.Match[str]) -> str:
    kept = _capitals(word[0]) > 1 or (word[0].isupper() and len(word[0]) > 1)
    return word[0] if kept else word[0].lower()
