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
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, product
from typing import Final, NamedTuple

from generator.remembered import remembered

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


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a phrase.  ``exact`` words count only in that spelling: RL, MoE."""

    text: str
    any_ending: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to write a phrase of a rule; ``topic`` and ``rule`` are positions in the taxonomy."""

    words: tuple[Word, ...]
    topic: int
    rule: int
    weight: float


class Mention(NamedTuple):
    """A phrase in a title or an abstract, from the position of its first word to that after its last."""

    start: int
    end: int
    phrase: Phrase
    in_title: bool


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Where one or more phrases stand after some of their words.

    ``phrases`` end here.  Others go on with a word: one in any case (``words``, by small letters), one in its own
    spelling (``spelled``), or one of which the beginning is told (``begun``, by its first letters, so that most words
    of a paper are passed over at once).  ``topics`` are those of all of them.
    """

    phrases: tuple[Phrase, ...]
    words: Mapping[str, Node]
    spelled: Mapping[str, Node]
    begun: Mapping[str, tuple[tuple[Word, Node], ...]]
    topics: frozenset[int]

    @property
    def goes_on(self) -> bool:
        return bool(self.words or self.spelled or self.begun)


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
    topics: set[int] = set()
    for phrase in phrases:
        topics.add(phrase.topic)
        (going_on[phrase.words[depth]] if len(phrase.words) > depth else ending).append(phrase)
    words: dict[str, Node] = {}
    spelled: dict[str, Node] = {}
    begun: defaultdict[str, tuple[tuple[Word, Node], ...]] = defaultdict(tuple)
    for word, found in going_on.items():
        node = tree(found, depth + 1)
        if word.any_ending:
            begun[_stem(word.text)] += ((word, node),)
        else:
            (spelled if word.exact else words)[word.text] = node
    return Node(tuple(ending), words, spelled, dict(begun), frozenset(topics))


def mentions(root: Node, text: str, in_title: bool, topic: int | None = None) -> Iterator[Mention]:
    """Every place of every phrase, also where two overlap or two spellings of one fit; ``in_title`` is passed on.

    Of one ``topic``, or of all.
    """
    words = _read(text).words
    for position, topics in _beginnings(root, text):
        if topic is None or topic in topics:
            for phrase, after in _phrases_at(root, words, position, topic):
                yield Mention(position, after, phrase, in_title)


def part(mention: Mention, text: str) -> str:
    """What a mention is in the text where it was found, white space as single spaces."""
    pieces, words, firsts = _read(text)
    at, until = (bisect_right(firsts, word) for word in (mention.start, mention.end - 1))
    start, end = words[mention.start].start, words[mention.end - 1].end
    if at == until:
        return pieces[at - 1][start:end]
    head, *between, tail = pieces[at - 1 : until]
    return " ".join([head[start:], *between, tail[:end]])


def shown(mention: Mention, text: str) -> str:
    """A phrase as the text has it, on one line, in lower case but for words such as RL, MoE and 3D."""
    line = _line(part(mention, text))
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"


class _Word(NamedTuple):
    """A word of a text: what may be read there, and where it begins and ends between white space.

    That is the word, and the word that it makes with the next across a hyphen; each with how many words it takes.
    """

    readings: tuple[tuple[str, int], ...]
    start: int
    end: int


class _Text(NamedTuple):
    """What stands between white space, the words, and the first word of each of the former, or the next after it.

    There is one word more than there are, so that what follows the last has no reading.
    """

    pieces: Sequence[str]
    words: Sequence[_Word]
    firsts: Sequence[int]


@lru_cache(maxsize=4)  # the phrases of each of a paper's topics are looked for in the same two texts
def _read(text: str) -> _Text:
    pieces = text.split()
    read = [*map(_piece, pieces)]
    words = [*chain.from_iterable(read), _Word((), 0, 0)]
    return _Text(pieces, words, [*accumulate(map(len, read), initial=0)][:-1])


def _words(text: str) -> Sequence[_Word]:
    """The words of a text that has no white space, past which no word goes on, nor one with a hyphen."""
    if text.isascii() and text.isalnum():  # as most are
        return (_Word(_readings([text[: LONGEST_PHRASE + 1]]), 0, len(text)),)
    words = [*_WORD.finditer(text)]
    texts = [word["word"][: LONGEST_PHRASE + 1] for word in words]
    readings = [_readings(texts[at : at + (2 if word["hyphen"] else 1)]) for at, word in enumerate(words)]
    return [_Word(its, word.start(), word.end("word")) for its, word in zip(readings, words, strict=True)]


_piece: Final = remembered(_words)


def _readings(texts: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """A word, and the word that it makes with the next."""
    return tuple(("".join(texts[:count])[: LONGEST_PHRASE + 1], count) for count in range(1, len(texts) + 1))


@lru_cache(maxsize=4)
def _beginnings(root: Node, text: str) -> Sequence[tuple[int, frozenset[int]]]:
    """The positions where phrases may start, and of which topics; most of a paper has none."""
    pieces, _, firsts = _read(text)
    of_pieces = map(_beginnings_of_piece(root), pieces)
    return [(first + at, topics) for first, its in zip(firsts, of_pieces, strict=True) if its for at, topics in its]


@lru_cache(maxsize=4)
def _beginnings_of_piece(root: Node) -> Callable[[str], Sequence[tuple[int, frozenset[int]]]]:
    """A function that tells the same of a text without white space."""

    def beginnings(piece: str) -> Sequence[tuple[int, frozenset[int]]]:
        starting = ([node for told, _ in word.readings for node in _following(root, told)] for word in _piece(piece))
        return tuple(
            (at, frozenset().union(*(node.topics for node in nodes))) for at, nodes in enumerate(starting) if nodes
        )

    return remembered(beginnings)


def _phrases_at(root: Node, words: Sequence[_Word], position: int, topic: int | None) -> list[tuple[Phrase, int]]:
    """The phrases that start at a position, each with the position after it."""
    found: list[tuple[Phrase, int]] = []
    reached = [(root, position)]
    for node, at in reached:  # which grows meanwhile
        for told, count in words[at].readings:
            for following in _following(node, told):
                if topic is None or topic in following.topics:
                    found += [(phrase, at + count) for phrase in following.phrases if topic in (None, phrase.topic)]
                    if following.goes_on:
                        reached.append((following, at + count))
    return found


# Papers share most of their words.  (Words are cut to a little more than the longest phrase, so memory is bounded.)
@lru_cache(maxsize=1 << 16)
def _following(node: Node, word: str) -> tuple[Node, ...]:
    small = word.lower()
    found = [node.words[small]] if small in node.words else []
    if word in node.spelled:
        found.append(node.spelled[word])
    for expected, following in node.begun.get(_stem(word), ()):
        if (word if expected.exact else small).startswith(expected.text):
            found.append(following)
    return tuple(found)


def _stem(word: str) -> str:
    return word[:_STEM].lower()


_line: Final = remembered(lambda part: _LETTERS.sub(_lowered, part))


def _lowered(word: re.Match[str]) -> str:
    kept = _capitals(word[0]) > 1 or (word[0].isupper() and len(word[0]) > 1)
    return word[0] if kept else word[0].lower()
