"""The files that the browser's search loads, beside the modules of ``theme_overrides/assets/search/``.

``index.json`` is an index as lunr.js 2.3.9 serialises it, ``documents.json`` what the page shows, filters and orders
by, and ``lunr.js`` the very file that the mkdocs package ships, made a module. Records in, bytes out: the same
documents give the same bytes, in whatever order they come.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Final

from lunr.builder import Builder  # type: ignore[import-untyped]

from generator.model import Topic
from generator.search.documents import FIELDS, Document
from generator.search.pipeline import to_term, words

FOLDER: Final = "assets/search/"
LUNR_VERSION: Final = "2.3.9"
SHOWN_AUTHORS: Final = 3


def index_files(
    documents: Sequence[Document], topics: Mapping[str, Topic], organizations: Mapping[str, str]
) -> dict[str, bytes]:
    """The files by their path in the site; ``organizations`` names each handle."""
    ordered = sorted(documents, key=lambda document: document.ref)
    return {
        f"{FOLDER}index.json": _json(_index(ordered)),
        f"{FOLDER}documents.json": _json(_listing(ordered, topics, organizations)),
        f"{FOLDER}lunr.js": _lunr_module(),
    }


def _index(documents: Sequence[Document]) -> dict[str, object]:
    postings, vectors = _built(documents) if documents else ({}, {})
    return {
        "version": LUNR_VERSION,
        "fields": list(FIELDS),
        "fieldVectors": [[ref, elements] for ref, elements in vectors.items()],
        "invertedIndex": [[term, postings[term]] for term in _in_browser_order(postings)],
        "pipeline": ["stemmer"],
    }


def _built(documents: Sequence[Document]) -> tuple[dict[str, object], dict[str, list[float]]]:
    """The postings of each term, and the weights of each field of each document."""
    builder = Builder()
    builder.ref("ref")
    builder.pipeline.add(to_term)
    for name, boost in FIELDS.items():
        builder.field(name, boost)
    for document in documents:
        # A list is taken as words already parted, so the package's own separator has no say.
        builder.add({"ref": document.ref, **{name: words(document.field(name)) for name in FIELDS}})
    built = builder.build()
    return built.inverted_index, {ref: vector.serialize() for ref, vector in built.field_vectors.items()}


def _in_browser_order(terms: Iterable[str]) -> list[str]:
    """Sorted as JavaScript sorts, by UTF-16 units: lunr.js refuses to load terms in another order."""
    return sorted(terms, key=lambda term: term.encode("utf-16-be", "surrogatepass"))


def _listing(
    documents: Sequence[Document], topics: Mapping[str, Topic], organizations: Mapping[str, str]
) -> dict[str, object]:
    return {
        "topics": {id: topics[id].name for id in sorted(topics)},
        "organizations": {handle: organizations[handle] for handle in sorted(organizations)},
        "documents": [_shown(document) for document in documents],
    }


def _shown(document: Document) -> dict[str, object]:
    return {
        "ref": document.ref,
        "title": document.title,
        "url": document.url,
        "date": document.date,
        "comments": document.comments,
        "topics": list(document.topic_ids),
        "organization": document.organization_handle,
        "has": list(document.has),
        "authors": list(document.author_names[:SHOWN_AUTHORS]),
        "author_count": document.author_count,
        "abstract": document.abstract,
    }


def _lunr_module() -> bytes:
    """lunr.js asks for a global object or CommonJS; this gives it the latter and passes on what it exports."""
    source = files("mkdocs").joinpath("contrib/search/templates/search/lunr.js").read_bytes()
    head = b"const module = {exports: {}}, exports = module.exports;\n"
    return head + source + b"\nexport default module.exports;\n"


def _json(value: object) -> bytes:
    # A lone surrogate, which no file should hold, becomes "?" rather than the end of the build.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
