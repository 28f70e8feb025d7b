"""Names of people, as sentences and lists tell them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from generator.model import ET_AL

_BETWEEN_NAMES: Final = re.compile(r"\s*(?:,\s*and\s|,\s*&\s|[,;]|\sand\s|\s&\s)\s*")
_BEFORE_NAMES: Final = re.compile(r"^(?:by|authors?:)\s", re.IGNORECASE)
_ET_AL: Final = re.compile(r"(?:\bet[ .]{0,2}al\b\.?|\band others\b)[\s.,;]*$", re.IGNORECASE)
_NOT_NAME: Final = re.compile(r"[0-9#:·@/\[\]{}<>=+|?!]")
_LONGEST_NAME: Final = 80
_WORDS_IN_NAME: Final = 7


def people(text: str) -> tuple[str, ...]:
    """Return the names in a sentence such as ``A. Author, B. Author and C. Author et al.``, that last one, too."""
    text = _BEFORE_NAMES.sub("", " ".join(text.split()).strip(" .;:")) + " "
    whole = _ET_AL.sub(" ", text)
    names = [name.strip(" .;*") if name.endswith("*") else name.strip(" ;") for name in _BETWEEN_NAMES.split(whole)]
    listed = tuple(name for name in names if any(letter.isalpha() for letter in name))
    return (*listed, ET_AL) if listed and whole != text else listed


def is_name_like(text: str) -> bool:
    """Whether ``text`` may be the names of people, rather than a sentence."""
    names = () if _NOT_NAME.search(text) else people(text)
    return bool(names) and all(len(name) <= _LONGEST_NAME and len(name.split()) <= _WORDS_IN_NAME for name in names)


def listed(authors: Sequence[str]) -> tuple[str, ...]:
    """Return the names, each once, and at their end what stands for others, however it was written."""
    told = [name.strip(" ,;") for name in authors]
    whole = ["" if name.lower() == "others" else _ET_AL.sub("", name).strip(" ,;") for name in told]
    known = tuple(dict.fromkeys(name for name in whole if name))
    return (*known, ET_AL) if known and whole != told else known
