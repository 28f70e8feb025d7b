"""Many phrases put together, so that one pass over a text finds them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.topics.phrases import STEM, Phrase, Word, Words


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Where one or more phrases stand after some of their words.

    ``phrases`` end here.  Others go on with a word: one in any case (``words``, by small letters), one in its own
    spelling (``spelled``), or one of which the beginning is told (``begun``, by its first letters).  ``stems`` are the
    first letters of all these, so that most words of a paper are passed over at once.  ``topics`` are those of all
    phrases, a bit each.
    """

    phrases: tuple[Phrase, ...]
    words: Mapping[str, Node]
    spelled: Mapping[str, Node]
    begun: Mapping[str, tuple[tuple[Word, Node], ...]]
    stems: frozenset[str]
    topics: int


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Phrases as they are written, and the same in any case, for texts in which capitals tell nothing."""

    as_written: Node
    in_any_case: Node


def tree(phrases: Iterable[Phrase]) -> Tree:
    """The phrases, put together so that :func:`~generator.topics.mentions.mentioned` finds them all in one pass."""
    written = [(phrase.words, phrase) for phrase in phrases]
    return Tree(_node(written), _node([(_in_any_case(words), phrase) for words, phrase in written]))


def _in_any_case(words: Words) -> Words:
    return tuple(Word(word.text.lower(), word.any_ending, exact=False) for word in words)


def _node(phrases: Iterable[tuple[Words, Phrase]], depth: int = 0) -> Node:
    """The node of phrases whose words have the same beginning of this ``depth``."""
    ending: list[Phrase] = []
    going_on: defaultdict[Word, list[tuple[Words, Phrase]]] = defaultdict(list)
    topics = 0
    for words, phrase in phrases:
        topics |= 1 << phrase.topic
        if len(words) > depth:
            going_on[words[depth]].append((words, phrase))
        else:
            ending.append(phrase)
    nodes: dict[str, Node] = {}
    spelled: dict[str, Node] = {}
    begun: defaultdict[str, tuple[tuple[Word, Node], ...]] = defaultdict(tuple)
    for word, found in going_on.items():
        node = _node(found, depth + 1)
        if word.any_ending:
            begun[stem(word.text)] += ((word, node),)
        else:
            (spelled if word.exact else nodes)[word.text] = node
    stems = frozenset(stem(word.text) for word in going_on)
    return Node(tuple(ending), nodes, spelled, dict(begun), stems, topics)


def following(node: Node, word: str) -> Sequence[Node]:
    """Where phrases stand after a word whose first letters fit."""
    small = word.lower()
    found = [node.words[small]] if small in node.words else []
    if word in node.spelled:
        found.append(node.spelled[word])
    for expected, following in node.begun.get(stem(word), ()):
        if (word if expected.exact else small).startswith(expected.text):
            found.append(following)
    return found


def stem(word: str) -> str:
    """The first letters in any case; folded, since a letter in lower case may depend on those beside it."""
    return word[:STEM].casefold()[:STEM]
