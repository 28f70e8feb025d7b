"""Where a text mentions phrases: every place of each, in one pass.

Time grows with the length of the text, whatever the text holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from functools import lru_cache, reduce
from operator import or_
from typing import Final, NamedTuple

from generator.topics.phrases import CHARACTER, LONGEST_PHRASE, NAME, RUN, SIGNED, Phrase, capitals
from generator.topics.phrasetree import Node, Tree, following, stem
from generator.topics.remembered import remembered

_LONGEST_SHOWN: Final = 60

# Punctuation is a word that no phrase has, so that no phrase is found across the end of a sentence.
# A hyphen that joins two words is told with the first.
_SIGNS: Final = ".,;:!?()[]{}|\u3001\u3002\uff0c\uff1a\uff1b"
_WORD: Final = re.compile(rf"({CHARACTER}|{RUN}|[{re.escape(_SIGNS)}])((?:{SIGNED})?)([-\u2010-\u2013](?=[^\W_]))?")
_LONGER: Final = re.compile(NAME)
_IN_NAMES: Final = re.compile(rf"[0-9]\.[0-9]|{SIGNED}")
_LETTERS: Final = re.compile(r"[^\W_]+")


class Mention(NamedTuple):
    """A phrase in a title or an abstract, from the position of its first word to that after its last.

    A position is greater for a later word; all else is for this module to know.
    """

    start: int
    end: int
    phrase: Phrase
    in_title: bool


def mentioned(phrases: Tree, text: str, in_title: bool, topics: Set[int] | None = None) -> Iterator[Mention]:
    """Every place of every phrase, also where two overlap or two spellings of one fit; ``in_title`` is passed on.

    Of these ``topics``, or of all.  The case of a text that has but one tells nothing.
    """
    root = phrases.in_any_case if text.islower() or text.isupper() else phrases.as_written
    wanted = root.topics if topics is None else sum(1 << topic for topic in topics)
    pieces = _pieces(text)
    for number, beginnings in _beginnings(root, text):
        if beginnings.topics & wanted:
            for at, node, after in beginnings.nodes:
                if node.topics & wanted:
                    start = number * _PIECE_LENGTH
                    for phrase, end in _phrases_from(node, start + after, pieces, wanted):
                        yield Mention(start + at, end, phrase, in_title)


def part(mention: Mention, text: str) -> str:
    """What a mention is in the text where it was found, white space as single spaces."""
    pieces = _pieces(text)
    (first, at), (last, until) = divmod(mention.start, _PIECE_LENGTH), divmod(mention.end - 1, _PIECE_LENGTH)
    start, end = _words(pieces[first])[at].start, _words(pieces[last])[until].end
    if first == last:
        return pieces[first][start:end]
    return " ".join([pieces[first][start:], *pieces[first + 1 : last], pieces[last][:end]])


def shown(mention: Mention, text: str) -> str:
    """A phrase as the text has it, on one line, in lower case but for words such as RL, MoE and 3D."""
    line = _line(part(mention, text))
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"


_Reading = tuple[str, str, int]


class _Word(NamedTuple):
    """A word of a text: what may be read there, and where it begins and ends between white space.

    That is the word, the word that it makes with the next across a hyphen, and the name that it begins (3.5, C++); each
    with its first letters and how many words it takes.
    """

    readings: tuple[_Reading, ...]
    start: int
    end: int


# Papers share most pieces of their texts between white space.  A word is known by the number of its piece times this,
# plus its own number there.
_PIECE_LENGTH: Final = 1 << 32


@lru_cache(maxsize=4)  # the phrases of each of a paper's topics are looked for in the same two texts
def _pieces(text: str) -> Sequence[str]:
    return text.split()


def _words_of_piece(text: str) -> Sequence[_Word]:
    """The words of a text that has no white space, past which no word goes on, nor one with a hyphen."""
    found = [*_WORD.finditer(text)]
    told = [word[1][: LONGEST_PHRASE + 1] for word in found]
    signed = _IN_NAMES.search(text)
    return [
        _Word(
            (
                *_readings(told[at : at + 2] if word[3] else told[at : at + 1]),
                *(_as_name(text, word) if signed else ()),
            ),
            word.start(),
            word.end(2),
        )
        for at, word in enumerate(found)
    ]


def _as_name(text: str, word: re.Match[str]) -> tuple[_Reading, ...]:
    """The name that begins with a word and has signs in it: of 3.5 the point is a word, of C++ the signs are none."""
    name = _LONGER.match(text, word.start(), word.start() + LONGEST_PHRASE + 1)
    return (_reading(name[0], 1 + 2 * name[0].count(".")),) if name and name.end() > word.end(1) else ()


# A piece that is too long to be remembered may have very many phrases, for each of which its words are asked for.
_words: Final = remembered(lru_cache(maxsize=4)(_words_of_piece))


def _readings(texts: Sequence[str]) -> tuple[_Reading, ...]:
    """A word, and the word that it makes with the next."""
    alone = _reading(texts[0], 1)
    return (alone, _reading("".join(texts)[: LONGEST_PHRASE + 1], 2)) if len(texts) == 2 else (alone,)


def _reading(text: str, count: int) -> _Reading:
    return text, stem(text), count


class _Beginnings(NamedTuple):
    """Where phrases may start in a text without white space, and the ``topics`` of all these, a bit each.

    Each of ``nodes`` with the number of the word that it begins with, and that of the word after it.
    """

    topics: int
    nodes: Sequence[tuple[int, Node, int]]


@lru_cache(maxsize=4)
def _beginnings(root: Node, text: str) -> Sequence[tuple[int, _Beginnings]]:
    """The pieces in which phrases may start, each with its number; most of a paper has none."""
    return [(number, its) for number, its in enumerate(map(_beginnings_of_piece(root), _pieces(text))) if its]


@lru_cache(maxsize=4)
def _beginnings_of_piece(root: Node) -> Callable[[str], _Beginnings | None]:
    """A function that tells the same of one piece."""

    def beginnings(piece: str) -> _Beginnings | None:
        word = piece.strip(_SIGNS)
        if word.isascii() and word.isalnum() and len(word) <= LONGEST_PHRASE:  # as most are
            at = piece.index(word)
            found = [(at, node, at + 1) for node in following(root, word)] if stem(word) in root.stems else []
        else:
            words = enumerate(_words_of_piece(piece))
            found = [(at, node, at + count) for at, word in words for node, count in _read(root, word)]
        return _Beginnings(reduce(or_, (node.topics for _, node, _ in found)), tuple(found)) if found else None

    return remembered(beginnings)


def _read(node: Node, word: _Word) -> Sequence[tuple[Node, int]]:
    """Where phrases stand after a word, and how many words that takes."""
    return [
        (each, count) for told, first, count in word.readings if first in node.stems for each in following(node, told)
    ]


def _phrases_from(node: Node, position: int, pieces: Sequence[str], topics: int) -> Iterator[tuple[Phrase, int]]:
    """The phrases that stand at a node and a position, or go on from there, each with the position after it."""
    reached = [(node, position)]
    for here, after in reached:  # which grows meanwhile
        for phrase in here.phrases:
            if topics >> phrase.topic & 1:
                yield phrase, after
        if here.stems and (found := _next(pieces, after)):
            at, word = found
            reached += [(each, at + count) for each, count in _read(here, word) if each.topics & topics]


def _next(pieces: Sequence[str], position: int) -> tuple[int, _Word] | None:
    """The first word from a position on, and where it stands; pieces may be without a word."""
    number, at = divmod(position, _PIECE_LENGTH)
    while number < len(pieces):
        if at < len(words := _words(pieces[number])):
            return number * _PIECE_LENGTH + at, words[at]
        number, at = number + 1, 0
    return None


_line: Final = remembered(lambda part: _LETTERS.sub(_lowered, part))


def _lowered(word: re.Match[str]) -> str:
    kept = capitals(word[0]) > 1 or (word[0].isupper() and len(word[0]) > 1)
    return word[0] if kept else word[0].lower()
