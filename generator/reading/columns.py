"""Papers told by named values: labels before lines, columns of a table, keys of an object.

Curators and programs call the same thing by many names; here each has one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from generator import arxiv, dates, links
from generator.dates import PartialDate
from generator.model import Organization
from generator.reading import feeds, naming
from generator.reading.found import Found, Link, found, publisher, unescaped, with_year
from generator.reading.jsontext import list_of, mapping, number_of, text_of
from generator.reading.markup import shown
from generator.reading.names import people

_NAMES: Final[Mapping[str, str]] = {
    "title": "title|paper title|paper|papertitle|paper name|article title|name|标题|论文标题",
    "abstract": "abstract|summary|abstract note|abstractnote|description|摘要",
    "authors": "authors|author|author names|authors names|author s|作者",
    "date": "date|published|publication date|published date|published at|publishedat|publish date|submitted|"
    "date published|日期",
    "year": "year|publication year",
    "captured": "day|captured|capture date|retrieved|date added|scraped at|crawled|on page|submittedondailyat",
    "arxiv": "arxiv|arxiv id|arxivid|id|paper id|paperid|arxiv identifier",
    "doi": "doi",
    "url": "url|abs|link|pdf|url abs|url pdf|paper url|arxiv url|pdf url|paper link|pdf link|urls|links|href|abs url|"
    "entry id|huggingface url|hf url",
    "code": "code|github|githubrepo|github repo|github url|code url|repo|repository|code link",
    "project": "project|project page|projectpage|project url|homepage|website",
    "model": "model|models|model url",
    "data": "dataset|datasets|data|dataset url",
    "venue": "venue|journal|conference|publication title|source title|publication|booktitle|journal ref|"
    "container title",
    "upvotes": "upvotes|votes|likes|score",
    "comments": "comments|numcomments|num comments|comment count",
    "stars": "stars|githubstars|github stars",
    "author_count": "author count|number of authors|num authors|n authors",
    "organization": "organization|organisation|institution|affiliation|org",
}
NAMES: Final[Mapping[str, str]] = {name: field for field, names in _NAMES.items() for name in names.split("|")}
# A list as Python, JSON or NumPy writes it into a cell.
_LISTED: Final = re.compile(r"\s*\[\s*(['\"]).*\1\s*,?\s*\]\s*", re.DOTALL)
_QUOTED: Final = re.compile(r"'([^'\n]{1,200})'(?=\s*[,\]'\"\s])|\"([^\"\n]{1,200})\"")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORD: Final = re.compile(r"[\W_]+")


@lru_cache(maxsize=1000)
def field(name: str) -> str:
    """Return which field a label, a column or a key tells; nothing for other names."""
    names = (name, _CAMEL.sub(" ", name))
    return next((NAMES[told] for one in names if (told := _NOT_WORD.sub(" ", one.lower()).strip()) in NAMES), "")


def fields(told: Mapping[str, object]) -> dict[str, object]:
    """Return what is told by field: the first of several names that tells anything."""
    known: dict[str, object] = {}
    for name, value in told.items():
        known_as = field(name)
        is_told = value not in (None, "", [], {}) and (known_as != "arxiv" or _arxiv(value) is not None)
        if known_as and is_told and known_as not in known:
            known[known_as] = value
    return known


def has_title(told: Mapping[str, object]) -> bool:
    """Whether these fields have a title."""
    return any(letter.isalnum() for letter in text_of(told.get("title")))


def paper(told: Mapping[str, object], line: int) -> Found:
    """Return the paper of these fields, which have a title."""
    others = {_TOLD_AS.get(name, name): read(told[name]) for name, read in _READ.items() if name in told}
    paper = found(_text(told["title"]), line, urls=urls(told), **others)  # type: ignore[arg-type]
    return with_year(paper, str(told.get("date") or told.get("year") or ""))


def urls(told: Mapping[str, object]) -> list[Link]:
    """Return the links that these fields tell."""
    names = (name for name in ("url", "code", "project", "model", "data") if name in told)
    return [link for name in names for link in _links(name, told[name])]


def day(value: object) -> PartialDate | None:
    """Return a day, if all of it is told, in any of the ways that people and programs write one."""
    text = text_of(value)
    found = dates.edtf(text.replace("/", "-")) or dates.parse(text) or feeds.day(text)
    return found if found and found.exists and found.year else None


def _text(value: object) -> str:
    return shown(unescaped(text_of(value)))


def authors(value: object) -> tuple[str, ...]:
    """Return the names in a list, or in a text that parts them in any of the usual ways."""
    if isinstance(value, list):
        return tuple(text_of(one) or text_of(mapping(one).get("name")) for one in value)
    text = unescaped(text_of(value))
    if _LISTED.fullmatch(text):
        return tuple(first or second for first, second in _QUOTED.findall(text))
    if ";" in text or "|" in text:
        return tuple(_in_order(name) for name in re.split(r"\s*[;|]\s*", text) if name.strip())
    last, _, first = text.partition(",")
    alone = last.strip() and " " not in last.strip() and "," not in first and 0 < len(first.split()) <= 3
    return (_in_order(text),) if alone else people(text)


def _in_order(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma else name.strip()


def _organization(value: object) -> Organization | None:
    told = mapping(value)
    name = " ".join((text_of(told.get("fullname") or told.get("name")) or text_of(value)).split())
    return publisher(name, text_of(told.get("name")))


def _arxiv(value: object) -> str | None:
    identity = text_of(value) or str(value)
    return arxiv.normal(identity) or naming.arxiv_id_in(identity)


def _links(name: str, value: object) -> list[Link]:
    """Return the URLs of a value, which may be one, several in a text, or a list."""
    texts = [text_of(one) for one in list_of(value)] or [text_of(value)]
    return [("" if name == "url" else name, url) for text in texts for url in links.urls(text)]


_READ: Final[Mapping[str, Callable[[object], object]]] = {
    "abstract": _text,
    "authors": authors,
    "author_count": number_of,
    "organization": _organization,
    "comments": number_of,
    "upvotes": number_of,
    "arxiv": _arxiv,
    "doi": text_of,
    "date": day,
    "venue": _text,
    "stars": number_of,
}
_TOLD_AS: Final = {"date": "day"}  # what `found` calls them
