"""The files that the browser's search loads, beside the modules of ``theme_overrides/assets/search/``.

``index.json`` says where all else is, so it is the only file whose content changes under the same name: the others lie
in a folder named for a hash of them all, and a browser that still has an older ``index.json`` misses them, rather than
reading two indexes as one. A question then loads what it needs:

- ``shard-N.bin``, the postings of some terms (:mod:`generator.search.postings`);
- ``terms-N.json``, some terms and in how many fields each is, for wildcards, typing mistakes and beginnings of words;
- ``papers-N.bin``, what the list of results shows of some documents: JSON, as raw DEFLATE (RFC 1951), since these texts
  are most of the index, and a host counts bytes as they lie on its disk;
- ``topic.json``, ``organization.json``, ``has.json``, ``comments.json`` (:mod:`generator.search.columns`).

Documents are numbered from 0 by date, the oldest first and before it those without one, and within a day by ref, the
last first. So results of one score are in the order of falling numbers, and what the newest digest adds comes last.
``lunr.js`` is the very file that the mkdocs package ships, made a module. Records in, bytes out: the same documents
give the same bytes, in whatever order they come, where zlib is the same.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Final, TypeVar

from generator.model import Topic
from generator.search import columns, postings
from generator.search.documents import Document
from generator.search.postings import Term, boundaries, shards
from generator.search.terms import Terms

FOLDER: Final = "assets/search/"
#: Changed whenever the modules of the browser could not read the files of before.
FORMAT: Final = 2
SHOWN_AUTHORS: Final = 3

# Small files are fetched fast, many files are a burden to the site: so they grow with it beyond these numbers of files.
_SHARD_BYTES, _MOST_SHARDS = 4096, 2048
_TERMS_A_PART, _MOST_PARTS = 1024, 128
_PAPERS_A_BLOCK, _MOST_BLOCKS = 2, 8192

_Item = TypeVar("_Item")


def index_files(
    documents: Sequence[Document],
    topics: Mapping[str, Topic],
    organizations: Mapping[str, str],
    terms: Terms | None = None,
) -> dict[str, bytes]:
    """The files by their path in the site; ``organizations`` names each handle, ``terms`` may remember texts."""
    by_ref = sorted(documents, key=lambda document: document.ref)
    last_ref_first = by_ref[::-1]
    numbered = sorted(last_ref_first, key=lambda document: document.date or "")
    encoded, lengths = _encoded(by_ref, {one.ref: number for number, one in enumerate(numbered)}, terms or Terms())
    runs = list(shards(encoded, max(_SHARD_BYTES, sum(len(term.lists) for term in encoded) // _MOST_SHARDS)))
    parts = list(_cut(encoded, _TERMS_A_PART, _MOST_PARTS))
    names = {"topic": {id: topic.name for id, topic in topics.items()}, "organization": organizations}
    data = {
        **{f"shard-{number}.bin": postings.shard(run) for number, run in enumerate(runs)},
        **{f"terms-{number}.json": _json(_part(part)) for number, part in enumerate(parts)},
        **{
            f"papers-{number}.bin": zlib.compress(_json(block), level=9, wbits=-zlib.MAX_WBITS)
            for number, block in enumerate(_blocks(numbered, organizations))
        },
        **{
            f"{facet}.json": _json(columns.facet(map(values, numbered), names.get(facet, {})))
            for facet, values in columns.FACETS.items()
        },
        "comments.json": _json(columns.comments(numbered)),
    }
    folder = _hash(data)
    manifest = {
        "format": FORMAT,
        "folder": folder,
        "documents": len(numbered),
        "block": _size(len(numbered), _PAPERS_A_BLOCK, _MOST_BLOCKS),
        "lengths": lengths,
        "years": columns.years(numbered),
        "topics": {id: topics[id].name for id in sorted(topics)},
        "former": {alias: id for id in sorted(topics) for alias in topics[id].aliases},
        "shards": boundaries([term.text for term in run] for run in runs),
        "terms": boundaries([term.text for term in part] for part in parts),
    }
    return {
        f"{FOLDER}index.json": _json(manifest),
        f"{FOLDER}lunr.js": _lunr_module(),
        **{f"{FOLDER}{folder}/{name}": content for name, content in data.items()},
    }


def _encoded(
    by_ref: Sequence[Document], numbers: Mapping[str, int], terms: Terms
) -> tuple[list[Term], tuple[int, ...]]:
    """All terms, and how many each field has; what was counted for it, a large part of the memory, is let go."""
    counted = postings.count(by_ref, numbers, terms)
    return list(postings.encoded(counted)), postings.lengths(counted)


def _part(terms: Sequence[Term]) -> dict[str, object]:
    """Some terms as one text, parted by line feeds, and in how many fields of documents each is."""
    return {"terms": "\n".join(term.text for term in terms), "counts": [sum(term.documents) for term in terms]}


def _blocks(documents: Sequence[Document], organizations: Mapping[str, str]) -> Iterator[list[dict[str, object]]]:
    for block in _cut(documents, _PAPERS_A_BLOCK, _MOST_BLOCKS):
        yield [_shown(document, organizations) for document in block]


def _shown(document: Document, organizations: Mapping[str, str]) -> dict[str, object]:
    """What the list of results shows of a document; what is not known or empty is not there."""
    handle = document.organization_handle
    told = {
        "ref": document.ref,
        "title": document.title,
        "url": None if document.url == f"papers/{document.ref}/" else document.url,
        "date": document.date,
        "comments": document.comments,
        "topics": document.topic_ids,
        "organization": [handle, organizations.get(handle, handle)] if handle else None,
        "has": document.has,
        "authors": document.author_names[:SHOWN_AUTHORS],
        "author_count": document.author_count,
        "new": document.new,
        "abstract": document.abstract,
    }
    return {name: value for name, value in told.items() if value or (value == 0 and value is not False)}


def _cut(items: Sequence[_Item], size: int, most: int) -> Iterator[Sequence[_Item]]:
    """The items in pieces of one size."""
    size = _size(len(items), size, most)
    return (items[at : at + size] for at in range(0, len(items), size))


def _size(count: int, size: int, most: int) -> int:
    """The size of pieces: ``size``, or what makes at most ``most`` pieces."""
    return max(size, -(-count // most))


def _hash(data: Mapping[str, bytes]) -> str:
    digest = sha256(str(FORMAT).encode())
    for name in sorted(data):
        digest.update(f"{name} {len(data[name])}\n".encode() + data[name])
    return digest.hexdigest()[:16]


def _lunr_module() -> bytes:
    """lunr.js asks for a global object or CommonJS; this gives it the latter and passes on what it exports."""
    source = files("mkdocs").joinpath("contrib/search/templates/search/lunr.js").read_bytes()
    head = b"const module = {exports: {}}, exports = module.exports;\n"
    return head + source + b"\nexport default module.exports;\n"


def _json(value: object) -> bytes:
    # A lone surrogate, which no file should hold, becomes "?" rather than the end of the build.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
