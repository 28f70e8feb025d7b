"""Read text in which the lines of a paper have labels: ``Title:``, ``PDF:``, ``Summary:``, with rules between papers.

Values may go on over the next lines.  A paper begins with its title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from generator.model import Place, Problem
from generator.reading import columns
from generator.reading.found import Capture

FORMAT: Final = "labelled"
EXAMPLE: Final = "Title: … / PDF: https://arxiv.org/pdf/2406.14539 / Summary: … / ---"

_LABEL: Final = re.compile(
    r"[ \t]{0,4}(?:[-*] )?(?:\*\*)?([A-Za-z][A-Za-z ]{1,20})(?:\*\*)?[ \t]?:(?:\*\*)?(?:[ \t]+(.*)|)"
)
_RULE: Final = re.compile(r"\s*(?:[-=*_#]\s?){3,}")
_TITLE: Final = re.compile(r"^[ \t]{0,4}(?:\*\*)?(?:Paper )?Title(?:\*\*)?:", re.MULTILINE | re.IGNORECASE)
_OTHER: Final = re.compile(
    r"^[ \t]{0,4}(?:[-*] )?(?:\*\*)?(?:PDF|URL|Link|Summary|Abstract|Authors?|Arxiv(?: ID)?)(?:\*\*)?:",
    re.MULTILINE | re.IGNORECASE,
)
_UNREAD: Final = frozenset(["categories", "keywords", "tags", "category", "subjects", "comment", "note"])


@dataclass(slots=True)
class Labelled:
    """A paper whose lines had labels: the texts by field, and the line of the title."""

    line: int
    lines: dict[str, list[str]] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, object]:
        return {name: "\n".join(texts) for name, texts in self.lines.items() if name}


def claims(text: str) -> int:
    """Return how many titles with further labels ``text`` has."""
    return min(sum(1 for _ in _TITLE.finditer(text)), sum(1 for _ in _OTHER.finditer(text)))


def read(text: str, file: str) -> tuple[Capture, ...]:
    """Return the one capture that a text is."""
    told = [(one, columns.has_title(one.fields)) for one in _blocks(text)]
    named = [one for one, has_title in told if has_title]
    lost = [one for one, has_title in told if one.lines and not has_title]
    message = "no title stands above these lines: they were left out; capture it again"
    return (
        Capture(
            line=named[0].line if named else 1,
            day=None,
            found=tuple(columns.paper(one.fields, one.line) for one in named),
            problems=tuple(Problem(Place(file, one.line), "error", message) for one in lost),
            has_header=False,
        ),
    )


def papers(text: str) -> Iterator[Labelled]:
    """Yield the papers that have a title."""
    return (one for one in _blocks(text) if columns.has_title(one.fields))


def unlabelled(text: str) -> str:
    """Return the lines of a text that begin with no label of a paper's."""
    return "\n".join(line for line in text.split("\n") if not _is_told(_LABEL.fullmatch(line)))


def _is_told(label: re.Match[str] | None) -> bool:
    """Whether a label is one whose value is a paper's, read or not."""
    return label is not None and (bool(columns.field(label[1])) or label[1].lower().strip() in _UNREAD)


def _labels(text: str) -> Callable[[re.Match[str]], bool]:
    """Return what tells a label from the words before a colon on a line of a title or an abstract that goes on.

    It is written like the titles' labels, as far as indentation and capitals go, or stands half as often.
    """
    lines = [found for line in text.split("\n") if (found := _LABEL.fullmatch(line))]
    titles = [found for found in lines if columns.field(found[1]) == "title"]
    ways = {_way(found) for found in titles}
    count = Counter((_way(found), found[1].lower()) for found in lines)
    return lambda found: _way(found) in ways or 2 * count[_way(found), found[1].lower()] >= len(titles)


def _way(label: re.Match[str]) -> tuple[str, bool]:
    return label[0][: label.start(1)], label[1].islower()


def _blocks(text: str) -> Iterator[Labelled]:
    """Yield what stands between rules and before titles, as far as it has labels."""
    block = Labelled(1)
    label = ""
    is_label = _labels(text)
    for number, line in enumerate(text.split("\n"), 1):
        told = _LABEL.fullmatch(line)
        told = told if told and is_label(told) else None
        name = columns.field(told[1]) if told else ""
        if _RULE.fullmatch(line) or name == "title":
            yield block
            block, label = Labelled(number), ""
        if _is_told(told):
            label = name
        value = (told[2] or "") if told and label == name else line
        if label and value.strip():
            block.line = block.line if block.lines else number
            block.lines.setdefault(label, []).append(value)
    yield block
