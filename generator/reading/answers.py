"""Papers as the interfaces of scholarly services tell them, as rows with plain names.

Semantic Scholar (https://api.semanticscholar.org/api-docs/graph), OpenAlex (https://docs.openalex.org/api-entities/works),
OpenReview (https://docs.openreview.net), dblp (https://dblp.org/faq/How+to+use+the+dblp+search+API.html) and Zotero
(https://www.zotero.org/support/dev/web_api/v3/basics) nest what others tell on one level.  Any other object is a row as
it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from generator.reading.found import unescaped
from generator.reading.jsontext import list_of, mapping, number_of, text_of

_LONGEST_ABSTRACT: Final = 20_000  # words
_BESIDE_PAPERS: Final = ("attachment", "note", "annotation")  # of Zotero
_NUMBER: Final = re.compile(r" [0-9]{4}$")


def is_beside(told: Mapping[str, object]) -> bool:
    """Whether an object is no paper but belongs to one, as its PDF does, or a note."""
    return mapping(told.get("data")).get("itemType") in _BESIDE_PAPERS


def row(told: Mapping[str, object]) -> Mapping[str, object]:
    """Return the fields of a paper by names that tables have."""
    match told:
        case {"externalIds": dict(ids), **rest}:
            named = {**rest, "arxiv": ids.get("ArXiv"), "doi": ids.get("DOI"), "date": rest.get("publicationDate")}
        case {"authorships": list(authorships), **rest}:
            named = _of_openalex(rest, authorships)
        case {"content": dict(content), **rest} if "title" in content:
            values = {str(name): mapping(value).get("value", value) for name, value in content.items()}
            named = {"url": f"https://openreview.net/forum?id={text_of(rest.get('forum') or rest.get('id'))}", **values}
        case {"info": dict(info)} if "title" in info:
            named = _of_dblp(info)
        case {"data": {"itemType": str()} as data}:
            named = _of_zotero(mapping(data))
        case _:
            named = dict(told)
    return named


def _of_openalex(told: Mapping[str, object], authorships: list[object]) -> dict[str, object]:
    names = (mapping(mapping(one).get("author")).get("display_name") for one in authorships)
    place = mapping(told.get("primary_location"))
    addresses = (mapping(one).get("landing_page_url") for one in (place, *list_of(told.get("locations"))))
    return {
        "title": told.get("title") or told.get("display_name"),
        "abstract": _in_order(mapping(told.get("abstract_inverted_index"))),
        "authors": list(names),
        "date": told.get("publication_date"),
        "doi": told.get("doi"),
        "venue": mapping(place.get("source")).get("display_name"),
        "urls": [url for url in addresses if isinstance(url, str)],
    }


def _of_dblp(told: Mapping[str, object]) -> dict[str, object]:
    """One author stands alone, several in a list; those of the same name have numbers, and a title ends with a dot."""
    author = mapping(told.get("authors")).get("author")
    names = (text_of(mapping(one).get("text")) for one in list_of(author) or [author])
    return {
        **told,
        "title": unescaped(text_of(told.get("title"))).removesuffix("."),
        "authors": [_NUMBER.sub("", unescaped(name)) for name in names],
        "url": told.get("ee"),
    }


def _of_zotero(item: Mapping[str, object]) -> dict[str, object]:
    creators = [mapping(one) for one in list_of(item.get("creators"))]
    return {**item, "authors": [_whole_name(one) for one in creators if one.get("creatorType") == "author"]}


def _in_order(places: Mapping[str, object]) -> str:
    """Return the text of which it is told at which places each word stands."""
    told = ((at, word) for word, numbers in places.items() for at in map(number_of, list_of(numbers)) if at is not None)
    return " ".join(word for _, word in sorted(told)[:_LONGEST_ABSTRACT])


def _whole_name(creator: Mapping[str, object]) -> str:
    parts = (text_of(creator.get(part)) for part in ("firstName", "lastName"))
    return text_of(creator.get("name")) or " ".join(filter(None, parts))
