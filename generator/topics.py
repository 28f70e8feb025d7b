"""The taxonomy, and why a paper is in a topic.

``content/topics.yml`` lists the topics and their rules: phrases with a weight.
:func:`load` reads it, :func:`assign` puts a paper into at most four topics, and
:func:`explain` says in words which phrases of the paper did it.  A paper earns

    weight x (4, if the title has a phrase of the rule, + its mentions in the abstract, at most 4)

from each rule.  It joins a topic at 3 points, unless its best topic has more
than three times as many.  Where phrases of one topic overlap, the one that starts
first counts, then the longest; so a longer phrase with weight 0 or less takes
its words away from a shorter one.  Time grows with the length of the text,
whatever the text holds.  Nothing here touches the disk.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

import yaml
from yaml.reader import ReaderError

from generator.model import ContentError, Place, Topic

MOST_TOPICS: Final = 4
TITLE_POINTS: Final = 4
MOST_MENTIONS: Final = 4
ENOUGH: Final = 3.0
SHARE_OF_BEST: Final = 0.3

_STEM: Final = 2  # letters; no phrase has fewer before its *
_MOST_WORDS: Final = 8
_LONGEST_PHRASE: Final = 100
_HEAVIEST: Final = 10
_REASONS_SHOWN: Final = 4
_LONGEST_SHOWN: Final = 60

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Chinese and Japanese do without spaces, so each of their characters is a word.  Punctuation is a
# word that no phrase has, so that no phrase is found across the end of a sentence.
# A hyphen that joins two words is told with the first.
_WORD: Final = re.compile(
    r"(?P<word>[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+"
    r"|[.,;:!?()\[\]{}|\u3001\u3002\uff0c\uff1a\uff1b])(?P<hyphen>[-\u2010-\u2013](?=[^\W_]))?"
)
_LETTERS: Final = re.compile(r"[^\W_]+")
_PIECE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]\*?|[^\W_\u3040-\u30ff\u3400-\u9fff]+\*?")
_PART: Final = re.compile(r"[^\W_]+\*?")


class _Word(NamedTuple):
    """One word of a phrase.  ``exact`` words count only in that spelling: RL, MoE."""

    text: str
    any_ending: bool
    exact: bool

    def fits(self, word: str) -> bool:
        seen = word if self.exact else word.lower()
        return seen.startswith(self.text) if self.any_ending else seen == self.text


_Readings = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One way to write a phrase of a rule; ``topic`` and ``rule`` are positions in the taxonomy."""

    words: tuple[_Word, ...]
    topic: int
    rule: int
    weight: float


class _Mention(NamedTuple):
    """A phrase where it stands in a title or an abstract."""

    start: int
    end: int
    phrase: _Phrase
    shown: str
    in_title: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Node:
    """Where one or more phrases stand after some of their words.

    ``phrases`` end here; ``after`` has the words that others go on with, by their first
    letters, so that most words of a paper are passed over at once.
    """

    phrases: tuple[_Phrase, ...]
    after: Mapping[str, tuple[tuple[_Word, _Node], ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Taxonomy:
    """The topics in the order of the file, the same by id (``names``), and their rules."""

    topics: tuple[Topic, ...]
    names: Mapping[str, Topic]
    _root: _Node = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reason:
    """A phrase as the paper has it, and how often its title and its abstract do."""

    phrase: str
    title: int
    abstract: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """A topic of a paper; the reasons that weigh most come first."""

    topic: Topic
    score: float
    reasons: tuple[Reason, ...]


# ---------------------------------------------------------------------------------------------
# Assigning


def assign(taxonomy: Taxonomy, title: str, abstract: str) -> tuple[Assignment, ...]:
    """At most four topics, the most central first; none where no rule fits.

    Equal scores keep the order of the taxonomy.
    """
    mentions: defaultdict[int, list[_Mention]] = defaultdict(list)
    for text, in_title in ((title, True), (abstract, False)):
        for mention in _mentions(taxonomy._root, text, in_title):
            mentions[mention.phrase.topic].append(mention)
    found = [_assignment(taxonomy.topics[topic], mentions[topic]) for topic in sorted(mentions)]
    return _central(found)


def explain(assignment: Assignment) -> str:
    """Why the paper is in the topic, in words: “medical” 4 times in the abstract."""
    shown = assignment.reasons[:_REASONS_SHOWN]
    more = len(assignment.reasons) - len(shown)
    rest = [f"and {more} more {'phrase' if more == 1 else 'phrases'}"] if more else []
    return "; ".join([*map(_told, shown), *rest])


def _central(assignments: Sequence[Assignment]) -> tuple[Assignment, ...]:
    best = max((found.score for found in assignments), default=0.0)
    least = max(ENOUGH, best * SHARE_OF_BEST)
    enough = [found for found in assignments if found.score >= least]
    return tuple(sorted(enough, key=lambda found: -found.score)[:MOST_TOPICS])


def _assignment(topic: Topic, mentions: Iterable[_Mention]) -> Assignment:
    kept = _apart(mentions)
    return Assignment(topic, _score(kept), _reasons(kept))


def _apart(mentions: Iterable[_Mention]) -> list[_Mention]:
    """The mentions that count: of those that overlap, the first and then the longest."""
    kept: list[_Mention] = []
    for mention in sorted(mentions, key=lambda found: (not found.in_title, found.start, -found.end, found.phrase.rule)):
        last = kept[-1] if kept else None
        if last is None or last.in_title != mention.in_title or mention.start >= last.end:
            kept.append(mention)
    return kept


def _score(mentions: Iterable[_Mention]) -> float:
    weights: dict[int, float] = {}
    titles: set[int] = set()
    abstracts: Counter[int] = Counter()
    for mention in mentions:
        weights[mention.phrase.rule] = mention.phrase.weight
        if mention.in_title:
            titles.add(mention.phrase.rule)
        else:
            abstracts[mention.phrase.rule] += 1
    points = {rule: TITLE_POINTS * (rule in titles) + min(abstracts[rule], MOST_MENTIONS) for rule in weights}
    return round(sum(weights[rule] * points[rule] for rule in sorted(weights)), 2)


def _reasons(mentions: Sequence[_Mention]) -> tuple[Reason, ...]:
    speaking = [mention for mention in mentions if mention.phrase.weight > 0]
    weights = {mention.shown: mention.phrase.weight for mention in speaking}
    titles = Counter(mention.shown for mention in speaking if mention.in_title)
    abstracts = Counter(mention.shown for mention in speaking if not mention.in_title)

    def points(shown: str) -> float:
        return weights[shown] * (TITLE_POINTS * (titles[shown] > 0) + min(abstracts[shown], MOST_MENTIONS))

    # Sorting is stable: among equals the phrase that the paper has first leads.
    ranked = sorted(weights, key=lambda shown: -points(shown))
    return tuple(Reason(shown, titles[shown], abstracts[shown]) for shown in ranked)


def _told(reason: Reason) -> str:
    places = [_times(reason.title, "in the title"), _times(reason.abstract, "in the abstract")]
    return f"“{reason.phrase}” {' and '.join(place for place in places if place)}"


def _times(count: int, where: str) -> str:
    match count:
        case 0:
            return ""
        case 1:
            return where
        case 2:
            return f"twice {where}"
        case _:
            return f"{count} times {where}"


# ---------------------------------------------------------------------------------------------
# Finding phrases


def _mentions(root: _Node, text: str, in_title: bool) -> Iterator[_Mention]:
    words = [*_WORD.finditer(text)]
    readings = _readings(words)
    for position in _beginnings(root, readings):
        for phrase, after in _phrases_at(root, readings, position):
            start, end = words[position].start(), words[after - 1].end("word")
            yield _Mention(start, end, phrase, _shown(text[start:end]), in_title)


def _beginnings(root: _Node, readings: Iterable[_Readings]) -> list[int]:
    """The positions where a phrase may start; most of a paper has none, and this is the fast way past it."""
    return [
        position for position, read in enumerate(readings) if read and (_following(root, read[0][0]) or len(read) > 1)
    ]


def _phrases_at(root: _Node, readings: Sequence[_Readings], position: int) -> list[tuple[_Phrase, int]]:
    """The phrases that start at a position, each with the position after it."""
    found: list[tuple[_Phrase, int]] = []
    reached = [(root, position)]
    while reached:
        node, position = reached.pop()
        for word, after in readings[position]:
            for following in _following(node, word):
                found += [(phrase, after) for phrase in following.phrases]
                if following.after:
                    reached.append((following, after))
    return found


# Papers share most of their words.  (Words are cut to a little more than the longest phrase, so memory is bounded.)
@lru_cache(maxsize=1 << 16)
def _following(node: _Node, word: str) -> tuple[_Node, ...]:
    near = node.after.get(_stem(word), ())
    return tuple(following for expected, following in near if expected.fits(word))


def _stem(word: str) -> str:
    return word[:_STEM].lower()


def _readings(words: Sequence[re.Match[str]]) -> list[_Readings]:
    """For each position its word, and the word it makes with the next across a hyphen; each with the position after it.

    One position more than there are words, so that what follows the last word has no reading.
    """
    texts = [word["word"][: _LONGEST_PHRASE + 1] for word in words]
    readings: list[_Readings] = [((text, position),) for position, text in enumerate(texts, 1)]
    for position, word in enumerate(words[:-1]):
        if word["hyphen"]:
            joined = texts[position] + texts[position + 1]
            readings[position] += ((joined[: _LONGEST_PHRASE + 1], position + 2),)
    return [*readings, ()]


def _shown(found: str) -> str:
    """The phrase as the paper has it, on one line, in lower case but for words such as RL, MoE and 3D."""
    line = _LETTERS.sub(_lowered, " ".join(found.split()))
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"


def _lowered(word: re.Match[str]) -> str:
    kept = _capitals(word[0]) > 1 or (word[0].isupper() and len(word[0]) > 1)
    return word[0] if kept else word[0].lower()


def _capitals(word: str) -> int:
    return sum(map(str.isupper, word))


# ---------------------------------------------------------------------------------------------
# Reading topics.yml


def load(text: str, file: str) -> Taxonomy:
    """The taxonomy that ``text`` tells; ``file`` is what errors call it.

    Raises ContentError, with the line, for what is not a taxonomy: broken YAML, an unknown key,
    a wrong type, a duplicate, an id that is no slug, a phrase that could never be meant.
    """
    topics: list[Topic] = []
    phrases: list[_Phrase] = []
    lines: dict[str, int] = {}
    for node in _items(_composed(text, file), file, "a list of topics"):
        topic, rules = _topic(node, file)
        if topic.id in lines:
            raise _error(node, file, f"the topic “{topic.id}” is already on line {lines[topic.id]}")
        lines[topic.id] = _line(node)
        phrases += _phrases(rules, len(topics), file)
        topics.append(topic)
    return Taxonomy(tuple(topics), {topic.id: topic for topic in topics}, _node(phrases))


def _composed(text: str, file: str) -> yaml.Node:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ContentError(Place(file, line), f"this is not YAML: {error.problem or error.context}") from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ContentError(Place(file, line), "this is not YAML: a character that no text file may have") from None
    except RecursionError:
        raise ContentError(Place(file), "this is nested too deeply") from None
    if node is None:
        raise ContentError(Place(file), "a list of topics is expected, and the file is empty")
    return node


def _topic(node: yaml.Node, file: str) -> tuple[Topic, yaml.Node | None]:
    """A topic and the node of its rules, which it may lack: then only people put papers into it."""
    keys = _keys(node, file, "a topic", required=("id", "name"), optional=("description", "rules"))
    id_ = _string(keys["id"], file, "id")
    if not _SLUG.fullmatch(id_):
        raise _error(keys["id"], file, f"the id “{id_}” may have a-z, 0-9 and single hyphens between them")
    description = _string(keys["description"], file, "description") if "description" in keys else ""
    return Topic(id_, _string(keys["name"], file, "name"), description), keys.get("rules")


def _phrases(rules: yaml.Node | None, topic: int, file: str) -> Iterator[_Phrase]:
    """Every way to write every phrase of a topic's rules."""
    lines: dict[tuple[_Word, ...], int] = {}
    for rule, node in enumerate(_items(rules, file, "a list of rules") if rules else ()):
        keys = _keys(node, file, "a rule", required=("phrases", "weight"))
        weight = _weight(keys["weight"], file)
        for phrase in _items(keys["phrases"], file, "a list of phrases", empty=False):
            for words in _spellings(phrase, file):
                if words in lines:
                    raise _error(phrase, file, f"“{phrase.value}” is already in this topic, on line {lines[words]}")
                lines[words] = _line(phrase)
                yield _Phrase(words, topic, rule, weight)


def _spellings(node: yaml.Node, file: str) -> list[tuple[_Word, ...]]:
    """The phrase with its hyphens as spaces and as nothing: pre training, pretraining."""
    phrase = _string(node, file, "phrase", kinds=("str", "int"))
    spoken = [word.split("-") for word in phrase.split()]
    parts = [part for word in spoken for part in word]
    if problem := _absurdity(phrase, parts):
        raise _error(node, file, f"the phrase “{phrase[:_LONGEST_PHRASE]}” {problem}")
    ways = product(*map(_gluings, spoken))
    return [tuple(map(_word, _PIECE.findall(" ".join(part for word in way for part in word)))) for way in ways]


def _absurdity(phrase: str, parts: Sequence[str]) -> str:
    """What is wrong with a phrase, if anything."""
    if len(phrase) > _LONGEST_PHRASE or len(parts) > _MOST_WORDS:
        return f"is too long: at most {_MOST_WORDS} words and {_LONGEST_PHRASE} characters"
    if not all(map(_PART.fullmatch, parts)) or re.search(r"\*-", phrase):
        return "may have letters, digits, single hyphens, and * at the end of a word"
    if any(len(part) <= _STEM for part in parts if part.endswith("*")):
        return "needs two letters or more before its *"
    if len(phrase) == 1 and phrase.isascii():
        return "is a single character"
    return ""


def _gluings(parts: Sequence[str]) -> list[tuple[str, ...]]:
    """All ways to write parts together or apart: (a, b) and (ab) for a-b."""
    ways: list[tuple[str, ...]] = [(parts[0],)]
    for part in parts[1:]:
        ways = [way for last in ways for way in ((*last, part), (*last[:-1], last[-1] + part))]
    return ways


def _word(part: str) -> _Word:
    text = part.removesuffix("*")
    exact = _capitals(text) > 1
    return _Word(text if exact else text.lower(), part.endswith("*"), exact)


def _node(phrases: Iterable[_Phrase], depth: int = 0) -> _Node:
    """The node of ``phrases`` that have the same first ``depth`` words."""
    ending: list[_Phrase] = []
    going_on: defaultdict[_Word, list[_Phrase]] = defaultdict(list)
    for phrase in phrases:
        (going_on[phrase.words[depth]] if len(phrase.words) > depth else ending).append(phrase)
    after: defaultdict[str, list[tuple[_Word, _Node]]] = defaultdict(list)
    for word, found in going_on.items():
        after[_stem(word.text)].append((word, _node(found, depth + 1)))
    return _Node(tuple(ending), {stem: tuple(nodes) for stem, nodes in after.items()})


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _error(node: yaml.Node, file: str, message: str) -> ContentError:
    return ContentError(Place(file, _line(node)), message)


def _items(node: yaml.Node, file: str, what: str, *, empty: bool = True) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise _error(node, file, f"{what} is expected here")
    if not node.value and not empty:
        raise _error(node, file, f"{what} is expected here, and this one is empty")
    return list(node.value)


def _keys(
    node: yaml.Node, file: str, what: str, *, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> dict[str, yaml.Node]:
    """The values of a mapping by key, when it has all keys it needs, none twice and no other."""
    known = (*required, *optional)
    if not isinstance(node, yaml.MappingNode):
        raise _error(node, file, f"{what} is expected here, with the keys {', '.join(known)}")
    keys: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "a list or mapping"
        if name not in known:
            raise _error(key, file, f"{what} has no key “{name}”: it may have {', '.join(known)}")
        if name in keys:
            raise _error(key, file, f"{what} has the key “{name}” twice")
        keys[name] = value
    if missing := [name for name in required if name not in keys]:
        raise _error(node, file, f"{what} needs the key “{missing[0]}”")
    return keys


def _string(node: yaml.Node, file: str, what: str, *, kinds: tuple[str, ...] = ("str",)) -> str:
    if not isinstance(node, yaml.ScalarNode) or str(node.tag).rpartition(":")[2] not in kinds:
        raise _error(node, file, f"the {what} must be text; put it in quotes if it looks like something else")
    value = str(node.value).strip()
    if not value:
        raise _error(node, file, f"the {what} is empty")
    return value


def _weight(node: yaml.Node, file: str) -> float:
    message = f"the weight must be a number from -{_HEAVIEST} to {_HEAVIEST}"
    if not isinstance(node, yaml.ScalarNode) or str(node.tag).rpartition(":")[2] not in ("int", "float"):
        raise _error(node, file, message)
    try:
        weight = float(node.value)
    except ValueError:  # .inf, 0x10: numbers to YAML, not to us
        raise _error(node, file, message) from None
    if not math.isfinite(weight) or abs(weight) > _HEAVIEST:
        raise _error(node, file, message)
    return weight
