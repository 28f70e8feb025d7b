"""What the second half begins with: ``content/`` as the site needs it, and the files of the site that are no pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from generator import cache, store
from generator.cache import Cache
from generator.catalogue import catalogue, organizations
from generator.content.paperpage import PaperPage
from generator.content.yamltext import Value
from generator.ingest import addresses, findings, ledger
from generator.ingest.found import as_found
from generator.search.documents import document
from generator.search.terms import Terms
from generator.site import reuse
from generator.site.view import Site
from generator.status import status


def load(content: Path, memory: Path | None = None) -> Site:
    """All that the views are made of; of the dumps only whether they were read, and what was found then.

    ``memory`` is the file of pages that were taken apart before, which spares doing that again.
    """
    known = cache.read(memory) if memory else Cache()
    loaded = store.load(content, known, texts=False)
    if memory:
        cache.write(memory, known)
    last, lines = loaded.findings, loaded.lines
    new = findings.unread(store.dumps(content), loaded.dumps, last)
    told = replace(last, problems=tuple(sorted((*last.problems, *new))))
    papers = tuple(map(_lean, as_found(loaded.papers, ledger.papers(lines))))
    shown = catalogue(papers, loaded.taxonomy.topics)
    return Site(
        shown,
        papers,
        loaded.taxonomy,
        loaded.rules,
        loaded.texts,
        published=frozenset(lines),
        redirects=addresses.redirects(papers, shown, loaded.texts),
        status=status(shown, told),
        problems=told.problems,
    )


def _lean(page: PaperPage) -> PaperPage:
    """The page without what only those need who write pages: a third of what it takes in memory."""
    topics = page.generated.get("topics")
    return replace(page, generated=_of_topics(tuple(topics) if isinstance(topics, list) else ()))


@lru_cache(maxsize=1 << 14)
def _of_topics(hashes: tuple[str, ...]) -> Mapping[str, Value]:
    return {"topics": list(hashes)}


def status_json(site: Site) -> bytes:
    """What `status.json` holds."""
    return json.dumps(site.status, ensure_ascii=False, indent=1, sort_keys=True).encode()


def search_files(site: Site, memory: Path) -> Mapping[str, bytes]:
    """The index of the search; ``memory`` spares reading texts again that a build before has read."""
    # NumPy takes a sixth of a second to come, for which only the process that makes the index shall wait.
    from generator.search.index import index_files  # noqa: PLC0415

    topics = site.taxonomy.names
    names = {handle: who.name for handle, who in organizations(site.shown.entries).items()}
    documents = [document(entry, topics, entry.slug in site.shown.new) for entry in site.shown.entries]
    return index_files(documents, topics, names, Terms(_lines(memory), partial(_keep, memory)))


def _keep(memory: Path, lines: Iterable[str]) -> None:
    with suppress(OSError):  # the next build is slower, and no worse
        memory.parent.mkdir(parents=True, exist_ok=True)
        with memory.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)


def write_search(site: Site, memory: Path, folder: Path) -> None:
    """Put :func:`search_files` where the site in a folder has them."""
    reuse.put_index(folder, search_files(site, memory))


def _lines(file: Path) -> Iterator[str]:
    """The lines of a file that may be gone or damaged."""
    with suppress(OSError), file.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        yield from lines
