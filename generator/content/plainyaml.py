"""The YAML that we write ourselves, read without a YAML library, several times faster: that of nearly every page.

:func:`mapping` knows one form, that of :func:`~generator.content.yamltext.dumped`: a line a key, with a bare word, text
in double quotes, or a list or mapping in brackets; or a line for each mapping of a list.  What says anything else, or
might, is left to the library: a comment, another kind of quotes, an empty value, an indented line, a rare character.
``tests/test_plainyaml.py`` holds that the two agree on whatever is read here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

# A letter or digit, and then nothing that has a meaning in YAML: names, numbers, days, names of files.
_BARE: Final = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
# What YAML does not take as it stands: a control, an end of a line but "\n", a byte order mark, a lone surrogate.
# Looked for once, since a pattern that has these in each of its many parts takes a sixteenth of a second to compile.
_RARE: Final = re.compile(r"[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_SIGNS: Final = r'[^"\\\n]*'
_QUOTED: Final = rf'"{_SIGNS}(?:\\["\\]{_SIGNS})*"'
_KEY: Final = r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}"  # YAML takes one of more than 1,024 signs for none

_SCALAR: Final = f"(?:{_BARE}|{_QUOTED})"
_LIST: Final = rf"\[(?:{_SCALAR}(?:, {_SCALAR})*)?\]"
_PAIR: Final = f"{_KEY}: (?:{_SCALAR}|{_LIST})"
_MAPPING: Final = rf"\{{(?:{_PAIR}(?:, {_PAIR})*)?\}}"
_PLAIN: Final = re.compile(rf"\n?(?:{_KEY}:(?: (?:{_SCALAR}|{_LIST}|{_MAPPING})\n|\n(?:- {_MAPPING}\n)+))+")

# The parts of what is known to be of our form.
_ENTRIES: Final = re.compile(rf"({_KEY}):(?: (.*)|((?:\n- .*)+))\n")
_PAIRS: Final = re.compile(rf"({_KEY}): ({_SCALAR}|{_LIST})")
_SCALARS: Final = re.compile(_SCALAR)
_ESCAPE: Final = re.compile(r"\\(.)")


class _TwiceError(ValueError):
    """A key stands twice in a mapping."""


def mapping(source: str) -> dict[str, Any] | None:
    """What the YAML holds, every scalar as text; ``None`` where it is not of our form, or a key stands twice."""
    if _RARE.search(source) or not _PLAIN.fullmatch(source):
        return None
    try:
        return _dict([(key, _value(text) if text else _items(lines)) for key, text, lines in _ENTRIES.findall(source)])
    except _TwiceError:
        return None


def _items(lines: str) -> list[Any]:
    return [_value(line) for line in lines.removeprefix("\n- ").split("\n- ")]


def _value(text: str) -> Any:
    match text[0]:
        case "{":
            return _dict([(key, _value(value)) for key, value in _PAIRS.findall(text)])
        case "[":
            return [_value(item) for item in _SCALARS.findall(text)]
        case '"':
            return _ESCAPE.sub(r"\1", text[1:-1]) if "\\" in text else text[1:-1]
    return text


def _dict(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _TwiceError
    return made
