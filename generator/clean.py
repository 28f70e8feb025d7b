"""Repair what a crawler did to titles and abstracts, and tell what was repaired.

Stripped LaTeX (``sim0.6`` was ``\\sim0.6``), broken character references (``scratchx2013even``
was ``scratch&#x2013;even``) and links to mirrors.  Every rule is conservative: ordinary words,
names such as ``sim2real`` or ``alpha1``, what a backslash precedes and, mirrors apart, URLs stay
as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import ftfy
from ftfy.badness import is_bad

from generator.invisible import visible

_SHOWN: Final = 80  # letters of a word in a note

MIRRORS: Final = {"hfjiasu.pages.dev": "huggingface.co", "hf-mirror.com": "huggingface.co"}


@dataclass(frozen=True, slots=True)
class Repair:
    """What stood in a text, and what it became: whole words, so that a person recognises them."""

    before: str
    after: str

    def __str__(self) -> str:
        return f"“{_shortened(self.before)}” was put right: “{_shortened(self.after)}”"


def repaired(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Return ``text`` on one line, with single spaces and repaired, and each repair once.

    White space and what nobody sees is no repair.  Repairing prose twice changes nothing more.
    """
    line = " ".join(visible(text).split())
    parts = _URL.split(line) if "://" in line else [line]
    parts[::2] = map(_words_repaired, parts[::2])
    parts[1::2] = map(_host_repaired, parts[1::2])
    after = "".join(parts)
    if after == line:
        return line, ()
    # No rule adds or takes a space, so that the words before and after pair up.
    changes = (Repair(*pair) for pair in zip(line.split(" "), after.split(" "), strict=True) if pair[0] != pair[1])
    return after, tuple(dict.fromkeys(changes))


def names(people: Iterable[str]) -> tuple[str, ...]:
    """Return names without what nobody sees, repaired where they were decoded wrongly."""
    return tuple(name for name in map(line, people) if name)


def line(text: str) -> str:
    """Return a short text on one line, without what nobody sees, repaired where it was decoded wrongly."""
    return " ".join(mended(visible(text)).split())


def mended(text: str) -> str:
    """Return ``text`` as it was before it was decoded wrongly (``WÃ¼bben`` was ``Wübben``), where that is certain."""
    if not _MOJIBAKE.search(text):
        return text
    return " ".join(_word_mended(word) for word in text.split(" "))


# What UTF-8 looks like when it is read as Windows-1252 or Latin-1: a letter of its first bytes, then one of the others.
_MOJIBAKE: Final = re.compile("[Â-ôŒœŠšŽžŸƒ€][\u0080-\u00bfŒœŠšŽžŸƒˆ˜–-•‚„†‡…‰‹›€™]")


def _word_mended(word: str) -> str:
    """Repair one word, so that what is certain of it needs no other: ftfy looks for signs that are no language's."""
    if not _MOJIBAKE.search(word) or not is_bad(word):
        return word
    fixed = ftfy.fix_encoding(word)
    certain = not is_bad(fixed) and "\ufffd" not in fixed and len(fixed.split()) == 1 == len(fixed.splitlines())
    return fixed if certain and fixed.isprintable() else word


_URL: Final = re.compile(r"(https?://[^\s]+)", re.IGNORECASE)
_MIRROR: Final = re.compile(
    rf"(?<=://)(?:www\.)?({'|'.join(map(re.escape, MIRRORS))})(?![\w@-]|\.\w|:[^/\s]*@)", re.IGNORECASE
)

# No letter and no backslash on either side; nor what makes a path or a domain of it.
_ALONE: Final = r"(?<![^\W\d_])(?<![\\/@#]){}(?![^\W\d_])(?!/|\.\w)"

_UNIT: Final = (
    "(?:times|billion|million|thousand|[kKMGT]?B|[xXkKMTsmhW%]|ms|sec|min|hrs?|[cmk]m|kg|[kMG]?Hz|fps|FPS|pp|px|dB)"
)
# ``2real`` is no number with a unit, nor is the ``2`` of ``sim2 real`` or ``sim2-to-real``.
_NUMBER: Final = rf"(?![0-9][- ](?:to[- ])?(?:real|sim))[0-9][0-9,.]{{0,15}}{_UNIT}?(?!\w)"

_SIGNS: Final = {
    "rightarrow": "→",
    "leftarrow": "←",
    "leftrightarrow": "↔",
    "longrightarrow": "⟶",
    "longleftarrow": "⟵",
    "Rightarrow": "⇒",
    "Leftarrow": "⇐",
    "Leftrightarrow": "⇔",
    "uparrow": "↑",
    "downarrow": "↓",
    "leq": "≤",
    "geq": "≥",
    "neq": "≠",
    "infty": "∞",
    "cdot": "·",
    "propto": "∝",
}

# What may stand broken before a space as well; the other codes look like years (``codex2021``).
_CODE: Final = r"x(?P<code>20(?:1[0-9a-f]|2[0-6]))"
_CODE_AT_END: Final = r"x(?P<code>20(?:13|14|19|1c|1d|26))"
_WORDS_IN_X: Final = frozenset(
    [
        "apex",
        "codex",
        "complex",
        "convex",
        "cortex",
        "fedex",
        "index",
        "latex",
        "linux",
        "matrix",
        "netflix",
        "phoenix",
        "prefix",
        "reflex",
        "relax",
        "simplex",
        "suffix",
        "syntax",
        "unix",
        "vertex",
        "vortex",
    ]
)
_CLOCK: Final = re.compile(r"(?:0?[1-9]|1[0-2])\.[0-5][0-9]")


def _character(found: re.Match[str]) -> str:
    return chr(int(found["code"], 16))


def _character_at_end(found: re.Match[str]) -> str:
    if f"{found['word']}x" in _WORDS_IN_X:
        return found[0]
    return found["word"] + chr(int(found["code"], 16))


def _plus_minus(found: re.Match[str]) -> str:
    left, space, right = found["left"], found["space"], found["right"]
    evening = space and "." not in right and _CLOCK.fullmatch(left)
    if evening or "." not in left + right:
        return found[0]
    return f"{left}{space}±{space}{right}"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A repair, and two signs of its being needed that are far cheaper to look for than the pattern, in this order."""

    word: str
    hint: re.Pattern[str]
    pattern: re.Pattern[str]
    sign: str | Callable[[re.Match[str]], str]


def _rule(word: str, hint: str, pattern: str, sign: str | Callable[[re.Match[str]], str]) -> _Rule:
    return _Rule(word, re.compile(hint), re.compile(pattern), sign)


_DECIMAL: Final = r"[0-9]{1,12}(?:\.[0-9]{1,12})?"

_RULES: Final = (
    # First what parts words that the others look for.
    _rule("x20", "x20[12]", rf"(?<=[a-z)]){_CODE}(?=[A-Za-z])", _character),
    _rule("x20", "x20[12]", rf"(?P<word>(?<![\w/@.\\-])[a-z]{{4,40}}|\)){_CODE_AT_END}(?=[\s,;]|$)", _character_at_end),
    *(_rule(word, word, _ALONE.format(word), sign) for word, sign in _SIGNS.items()),
    _rule("sim", "sim ?[0-9]", rf"(?<![\w.,\\])([0-9][0-9.,]{{0,15}}[%kKMB]?)sim(?= ?{_NUMBER})", r"\1∼"),
    _rule("sim", "sim[0-9]", rf"(?<![\w\\./-])sim(?={_NUMBER})", "∼"),
    _rule("approx", r"approx\.?[0-9]", rf"(?<![^\W\d])(?<!\\)approx(?=\.?{_NUMBER})", "≈"),
    _rule("times", "[0-9]times", r"(?<=[0-9])times(?![^\W\d])", "×"),
    _rule(
        "pm",
        "pm ?[0-9]",
        rf"(?<![\w.,\\])(?P<left>{_DECIMAL}%?)(?P<space> ?)pm(?P=space)(?P<right>{_DECIMAL})(?![^\W\d])",
        _plus_minus,
    ),
)


def _words_repaired(text: str) -> str:
    text = mended(text)
    for rule in _RULES:
        if rule.word in text and rule.hint.search(text):
            text = rule.pattern.sub(rule.sign, text)
    return text


def _host_repaired(url: str) -> str:
    return _MIRROR.sub(lambda found: MIRRORS[found[1].lower()], url)


def _shortened(word: str) -> str:
    return word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…"
