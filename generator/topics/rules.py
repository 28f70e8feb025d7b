"""Read the rules of a topic: phrases with a weight, and when they count.

    {phrases: ["agent*"], all: ["language model*", ["tool*", "API*"]], not: ["user agent*"], weight: 1}

Any of the ``phrases`` is a mention, in a paper that has every item of ``all`` (one phrase of an item that is a
list) and no phrase of ``not``, be it in the title or in the abstract.  Without ``phrases``, those of ``all`` are the
mentions.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Final

import yaml

from generator.content import yamlnodes
from generator.content.yamlnodes import mistake
from generator.mdtext import one_line
from generator.topics.phrases import LONGEST_PHRASE, Phrase, Words, absurdity, spellings

_HEAVIEST: Final = 10


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule counts: a paper has a phrase of each set of ``all``, and none of ``none``."""

    all: tuple[frozenset[Words], ...] = ()
    none: frozenset[Words] = frozenset()

    @property
    def phrases(self) -> frozenset[Words]:
        """What is to be looked for in a paper."""
        return self.none.union(*self.all)

    def holds(self, found: Set[Words]) -> bool:
        """Whether it does in a paper that has these of :attr:`phrases`."""
        return self.none.isdisjoint(found) and not any(wanted.isdisjoint(found) for wanted in self.all)


@dataclass(frozen=True, slots=True)
class Rule:
    """Every way to write every phrase of a rule, and when they count."""

    phrases: tuple[Phrase, ...]
    condition: Condition


def read(node: yaml.Node, topic: int, file: str) -> list[Rule]:
    """The rules that a list of YAML tells; ``topic`` is the number that their phrases get.

    Raises ContentError, with the line, for what is no rule, and for a phrase that could never count, because it is
    absurd or counts already in a rule above that has no condition.
    """
    lines: dict[Words, int] = {}
    told = enumerate(yamlnodes.items(node, file, "a list of rules"))
    return yamlnodes.each(told, lambda numbered: _rule(numbered[1], topic, numbered[0], lines, file))


def _rule(node: yaml.Node, topic: int, number: int, lines: dict[Words, int], file: str) -> Rule:
    """The rule that a node tells; ``lines`` is where phrases stand that count in any paper, and is added to."""
    keys = yamlnodes.keys(node, file, "a rule", required=("weight",), optional=("phrases", "all", "not"))
    weight = _weight(keys["weight"], file)
    clauses = [_clause(item, file) for item in _phrases(keys, "all", file)]
    unwanted = _words(_phrases(keys, "not", file), file)
    condition = Condition(tuple(_words(clause, file) for clause in clauses), unwanted)
    told = _phrases(keys, "phrases", file) or [phrase for clause in clauses for phrase in clause]
    if not told:
        raise mistake(node, file, "a rule needs the key “phrases”, or “all”")
    known = dict(lines)
    for phrase in told:
        for words in _spellings(phrase, file):
            if words in known:
                where = f"“{one_line(phrase.value)}” is already in this topic, on line {known[words]}"
                hint = "; a rule that counts in some papers only goes before that one" if condition.phrases else ""
                raise mistake(phrase, file, f"{where}{hint}")
            known[words] = yamlnodes.line(phrase)
    mentioned = tuple(words for words in known if words not in lines)
    if not condition.phrases:
        lines.update(known)
    return Rule(tuple(Phrase(words, topic, number, weight) for words in mentioned), condition)


def _phrases(keys: Mapping[str, yaml.Node], key: str, file: str) -> list[yaml.Node]:
    return yamlnodes.items(keys[key], file, "a list of phrases", empty=False) if key in keys else []


def _clause(node: yaml.Node, file: str) -> list[yaml.Node]:
    """The phrases of which a paper must have one: a phrase, or a list of them."""
    is_list = isinstance(node, yaml.SequenceNode)
    return yamlnodes.items(node, file, "a list of phrases", empty=False) if is_list else [node]


def _words(clause: Iterable[yaml.Node], file: str) -> frozenset[Words]:
    return frozenset(words for phrase in clause for words in _spellings(phrase, file))


def _spellings(node: yaml.Node, file: str) -> list[Words]:
    phrase = yamlnodes.string(node, file, "phrase", kinds=("str", "int", "float"))
    if problem := absurdity(phrase):
        raise mistake(node, file, f"the phrase “{phrase[:LONGEST_PHRASE]}” {problem}")
    return spellings(phrase)


def _weight(node: yaml.Node, file: str) -> float:
    message = f"the weight must be a number from -{_HEAVIEST} to {_HEAVIEST}"
    if not isinstance(node, yaml.ScalarNode) or yamlnodes.kind(node) not in ("int", "float"):
        raise mistake(node, file, message)
    try:
        weight = float(node.value)
    except ValueError:  # .inf, 0x10: numbers to YAML, not to us
        raise mistake(node, file, message) from None
    if not math.isfinite(weight) or abs(weight) > _HEAVIEST:
        raise mistake(node, file, message)
    return weight
