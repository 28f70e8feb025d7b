"""Read CSL-JSON, as Zotero and Pandoc write it: https://docs.citationstyles.org (citeproc's input model).

What Crossref answers (https://api.crossref.org) is the same but for the names of types, and for titles in lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from generator import dates, doi
from generator.dates import PartialDate
from generator.model import Place, Problem
from generator.reading import bibliography, naming
from generator.reading.found import Capture, Found, found, unescaped
from generator.reading.jsontext import entries, list_of, mapping, number_of, text_of
from generator.reading.markup import shown

FORMAT: Final = "csl-json"
EXAMPLE: Final = '[{"type": "article-journal", "title": "…", "issued": {"date-parts": [[2025, 1, 10]]}, "DOI": "10.…"}]'

_ITEM: Final = re.compile(r'"(?:issued|DOI|container-title|citation-key|citation-label)"\s{0,9}:')
_TYPE: Final = re.compile(
    r'"type"\s{0,9}:\s{0,9}"(?:article|book|chapter|paper-conference|report|thesis|manuscript|webpage|post|dataset|software|'
    r"entry|document|speech|review|journal-article|proceedings-article|dissertation|monograph|peer-review)"
)
_HEADING: Final = re.compile(r"<(?:jats:)?title>[^<>]{0,40}</(?:jats:)?title>")  # “Abstract”


def claims(text: str) -> int:
    """Return how many items ``text`` has."""
    if text.lstrip()[:1] not in ("[", "{") or not _ITEM.search(text):
        return 0
    return sum(1 for _ in _TYPE.finditer(text))


def read(text: str, file: str) -> tuple[Capture, ...]:
    """Return the one capture that a bibliography is; it tells no day of capture."""
    read = [_paper(mapping(entry.value), entry.line, file) for entry in entries(text)]
    return (bibliography.capture(read, file),)


def _paper(item: Mapping[str, object], line: int, file: str) -> tuple[Found | Problem, str]:
    title = _text(item.get("title"))
    if not title.strip():
        return Problem(
            Place(file, line), "error", "no item with a title stands here: it was left out; export it again"
        ), ""
    issued = item.get("issued")
    day, date = _day({"raw": issued} if isinstance(issued, str) else mapping(issued))
    note, url = text_of(item.get("note")), text_of(item.get("URL"))
    named = (_text(item.get(name)) for name in ("number", "DOI", "URL", "archive_location", "note", "container-title"))
    paper = found(
        shown(unescaped(title)),
        line,
        abstract=shown(unescaped(_HEADING.sub("", text_of(item.get("abstract"))))),
        authors=[_name(mapping(author)) for author in list_of(item.get("author"))],
        arxiv=next(filter(None, map(naming.arxiv_id_in, named)), None),
        doi=_doi(text_of(item.get("DOI")), url),
        urls=[("", url)],
        remarks=note,
        day=day,
        venue=_text(item.get("container-title") or item.get("event-title")),
    )
    return paper, date


def _text(value: object) -> str:
    """Return a text, or the first of a list of them."""
    return text_of(next(iter(list_of(value)), value))


def _doi(told: str, url: str) -> str:
    """Return the DOI; the one of the URL where the other is short (``10/fqd6hj``), which few tools resolve."""
    return doi.normal(url) or told if told.startswith("10/") else told


def _name(author: Mapping[str, object]) -> str:
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    told = " ".join(filter(None, (text_of(author.get(part)) for part in parts)))
    return text_of(author.get("literal") or author.get("name")) or told


def _day(issued: Mapping[str, object]) -> tuple[PartialDate | None, str]:
    """Return the day, if all of it is told, and the date as it stands there: numbers may be strings."""
    first = list_of(next(iter(list_of(issued.get("date-parts"))), None))
    parts = [str(number) for number in map(number_of, first) if number is not None]
    text = "-".join(parts) or text_of(issued.get("raw") or issued.get("literal"))
    return (dates.of_parts(*parts[:3]) if len(parts) >= 3 else dates.edtf(text)), text
