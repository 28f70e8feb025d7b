"""The papers that the search is measured with: real ones, or as many as wanted recombined from these.

A recombined paper has sentences of the abstracts of several papers, and a title of the beginning of one and the end of
another; its other facts are those of one paper. The same seed gives the same papers.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from generator.model import Entry, Links, Organization, Paper, Topic  # noqa: E402  (so that it runs uninstalled)
from generator.search.documents import Document, document  # noqa: E402
from generator.search.index import index_files  # noqa: E402
from generator.search.terms import Terms  # noqa: E402
from generator.topics import assign, load  # noqa: E402

PAPERS: Final = ROOT / "../shared/digests/scale/hf_papers.jsonl"
TAXONOMY: Final = load((ROOT / "content/topics.yml").read_text("utf-8"), "content/topics.yml")
_DAY: Final = date(2026, 12, 1)
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+")


def topics() -> dict[str, Topic]:
    """The topics of the example site."""
    return {topic.id: topic for topic in TAXONOMY.topics}


def real(path: Path = PAPERS) -> list[Document]:
    """The papers of a JSON Lines file, each once."""
    with path.open(encoding="utf-8") as lines:
        papers = {told["id"]: _paper(told) for told in map(json.loads, lines)}
    names = topics()
    return [document(Entry(f"paper-{id}", paper), names) for id, paper in papers.items()]


def _paper(told: dict[str, Any]) -> Paper:
    handle = told.get("organization")
    title, abstract = (" ".join(told[key].split()) for key in ("title", "summary"))
    return Paper(
        title=title,
        abstract=abstract,
        date=date.fromisoformat((told.get("publishedAt") or told["day"])[:10]),
        authors=tuple(told["authors"]),
        organization=Organization(handle, told.get("organization_name") or handle) if handle else None,
        comments=told.get("numComments"),
        links=Links(code=(told["githubRepo"],) if told.get("githubRepo") else ()),
        topics=tuple(found.topic.id for found in assign(TAXONOMY, title, abstract)),
    )


def recombined(papers: Sequence[Document], count: int, seed: int = 2025) -> Iterator[Document]:
    """``count`` papers, made of ``papers``."""
    chance = random.Random(seed)
    sentences = [sentence for paper in papers for sentence in _SENTENCES.split(paper.abstract)]
    titles = [paper.title.split() for paper in papers]
    for number in range(count):
        begin, end = chance.choice(titles), chance.choice(titles)
        yield replace(
            chance.choice(papers),
            ref=f"paper-{number:06}",
            url=f"papers/paper-{number:06}/",
            title=" ".join([*begin[: -(-len(begin) // 2)], *end[len(end) // 2 :]]),
            abstract=" ".join(chance.choices(sentences, k=chance.randrange(5, 11))),
            date=(_DAY - timedelta(days=chance.randrange(3000))).isoformat(),
        )


def documents(count: int | None) -> list[Document]:
    """The real papers, or ``count`` recombined ones."""
    papers = real()
    return list(recombined(papers, count)) if count else papers


def write(documents: Sequence[Document], site: Path, terms: Terms | None = None) -> None:
    """The search of some papers as in a built site: the modules of the theme and the index."""
    import shutil  # noqa: PLC0415

    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(ROOT / "theme_overrides/assets/search", site / "assets/search")
    names = {paper.organization_handle: paper.organization for paper in documents if paper.organization_handle}
    for name, content in index_files(
        documents, topics(), {str(key): name for key, name in names.items()}, terms
    ).items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
