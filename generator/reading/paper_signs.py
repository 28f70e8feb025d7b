"""What tells a paper, its title and a sentence about it, in lists that people make.

Titles of lists are often short for the paper's, and what they say of it is no abstract: both stand in for what another
dump tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from generator.reading import columns, naming
from generator.reading.found import Link
from generator.reading.md_links import plain

STAND_INS: Final = ("title", "abstract", "date")
SHORTEST_BLURB: Final = 40

# What links to a paper are called, whatever the paper is.
GENERIC: Final = re.compile(
    r"\W*(?:pdf|papers?(?: ?[0-9])?|arxiv(?:[ :]?[0-9.v]+)?|abs|abstract|html|link|doi|openreview|preprint|report|url|"
    r"technical report|here|read|full text|hf|hugging ?face|acl|anthology|page|[0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?)\W*",
    re.IGNORECASE,
)
BOLD: Final = re.compile(r"\s*(?:\*\*|__)(?=\S)(.{2,500}?)(?<=\S)(?:\*\*|__)", re.DOTALL)
ITALIC: Final = re.compile(r"(?<![*\w])[*_](?=[^\s*_])([^*\n]{3,3000}?)(?<=[^\s*_])[*_](?![*\w])")
NUMBER: Final = re.compile(r"\A\s*(?:[0-9]{1,3}\)\.?|[0-9]{1,3}\.(?=\s)|#[0-9]{1,3}\b[.:]?(?=\s))\s*")
_TO_PAPER: Final = re.compile(r"\W*(?:pdf|paper(?: ?[0-9])?|arxiv|preprint|technical report|abs)\W*", re.IGNORECASE)
_LOCAL: Final = re.compile(r"(?:\./)?papers?/(?!reviews?/)[^\s#]{1,400}\.(?:md|pdf|html)", re.IGNORECASE)
_OF_PAGE: Final = re.compile(  # badges, and what mails of alerts end with
    r"https?://(?:img\.shields\.io/|scholar\.google\.|www\.semanticscholar\.org/me/)", re.IGNORECASE
)
_LABEL: Final = re.compile(r"(?:\*\*|__)?([A-Za-z][A-Za-z ]{1,20}?)(?:\*\*|__)?\s?:\s?(?:\*\*|__)?\s*(.*)", re.DOTALL)
_BLURB: Final = re.compile(r"^[\s:.]*(?:[-–—:]\s*)?")


def leads_to_paper(label: str, url: str) -> bool:
    """Whether a link is one to a paper, by where it leads or by what it is called."""
    if not url.startswith(("http://", "https://")):
        return bool(_LOCAL.fullmatch(url))
    return naming.is_paper(url) or bool(_TO_PAPER.fullmatch(label))


def may_be_title(text: str) -> bool:
    """Whether a text may be a paper's title: words, not an id or the name of a link."""
    letters = sum(letter.isalnum() for letter in text)
    return len(text) <= 400 and letters > 1 and not text.isdecimal() and not GENERIC.fullmatch(text)


def without_marks(text: str) -> str:
    """Return a title without the number before it and the asterisks around it."""
    return plain(NUMBER.sub("", text, count=1)).strip("* ")


def blurb_in(text: str) -> str:
    """Return the sentence that a list says of a paper behind its title, if there is one."""
    shown = plain(_BLURB.sub("", text, count=1)).strip(" |")
    return shown if len(shown) >= SHORTEST_BLURB else ""


def urls_of(links: Iterable[Link]) -> list[Link]:
    """Return the links, those to what the list says of itself left out."""
    return [(label, url) for label, url in links if url.startswith(("http://", "https://")) and not _OF_PAGE.match(url)]


def labelled(text: str) -> Mapping[str, str]:
    """Return by field what lines with labels tell: ``**Authors:** A. Author, B. Author``."""
    told: dict[str, str] = {}
    for line in text.split("\n"):
        found = _LABEL.fullmatch(line.strip())
        name = columns.field(found[1]) if found else ""
        if found and name:
            told.setdefault(name, plain(found[2]))
    return told
