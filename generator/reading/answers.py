"""Papers as the interfaces of scholarly services tell them, as rows with plain names.

Semantic Scholar (https://api.semanticscholar.org/api-docs/graph), OpenAlex (https://docs.openalex.org/api-entities/works),
OpenReview (https://docs.openreview.net) and Zotero (https://www.zotero.org/support/dev/web_api/v3/basics) nest what
others tell on one level.  Any other object is a row as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.reading.jsontext import list_of, mapping, number_of, text_of

_LONGEST_ABSTRACT = 20_000  # words


def row(told: Mapping[str, object]) -> Mapping[str, object] | None:
    """Return the fields of a paper by names that tables have; nothing for what belongs to another, as its PDF does."""
    match told:
        case {"externalIds": dict(ids), **rest}:
            return {**rest, "arxiv": ids.get("ArXiv"), "doi": ids.get("DOI"), "date": rest.get("publicationDate")}
        case {"authorships": list(authorships), **rest}:
            return _of_openalex(rest, authorships)
        case {"content": dict(content), **rest} if "title" in content:
            values = {str(name): mapping(value).get("value", value) for name, value in content.items()}
            page = f"https://openreview.net/forum?id={text_of(rest.get('forum') or rest.get('id'))}"
            return {"url": page, **values}
        case {"data": {"itemType": "attachment" | "note" | "annotation"}}:
            return None
        case {"data": {"itemType": str()} as data}:
            item = mapping(data)
            creators = [mapping(one) for one in list_of(item.get("creators"))]
            return {**item, "authors": [_whole_name(one) for one in creators if one.get("creatorType") == "author"]}
        case _:
            return told


def _of_openalex(told: Mapping[str, object], authorships: list[object]) -> Mapping[str, object]:
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


def _in_order(places: Mapping[str, object]) -> str:
    """Return the text of which it is told at which places each word stands."""
    told = ((at, word) for word, numbers in places.items() for at in map(number_of, list_of(numbers)) if at is not None)
    return " ".join(word for _, word in sorted(told)[:_LONGEST_ABSTRACT])


def _whole_name(creator: Mapping[str, object]) -> str:
    parts = (text_of(creator.get(part)) for part in ("firstName", "lastName"))
    return text_of(creator.get("name")) or " ".join(filter(None, parts))
