"""How long the index takes to build and how much memory, beside the ``lunr`` package on the same documents.

    python benchmarks/search/build.py [--papers 100000]

Each is measured in a process of its own, one after the other; ``lunr`` builds one whole index with its own pipeline.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from time import perf_counter, process_time

from corpus import documents, topics

from generator.search.documents import FIELDS, Document
from generator.search.index import index_files
from generator.search.terms import Terms


def sharded(papers: Sequence[Document]) -> None:
    """The index of this project, every text read."""
    index_files(papers, topics(), {}, Terms())


def lunr(papers: Sequence[Document]) -> None:
    """One whole index."""
    from lunr import get_default_builder  # type: ignore[import-untyped]  # noqa: PLC0415

    builder = get_default_builder()
    builder.ref("ref")
    for name, boost in FIELDS.items():
        builder.field(name, boost)
    for paper in papers:
        builder.add({"ref": paper.ref, **{name: paper.field(name) for name in FIELDS}})
    json.dumps(builder.build().serialize())


BUILDS: dict[str, Callable[[Sequence[Document]], None]] = {"sharded": sharded, "lunr": lunr}


def measured(name: str, papers: Sequence[Document]) -> str:
    """Seconds and memory of one build; of the sharded one also again, with the terms of the first kept."""
    before = _peak()
    lines = [_timed(name, lambda: BUILDS[name](papers))]
    lines.append(f"{name}: {_peak():.0f} MB at most, {before:.0f} MB of it before")
    if name == "sharded":
        terms = Terms()
        index_files(papers, topics(), {}, terms)
        kept = list(terms.to_keep())
        lines.append(_timed("sharded, unchanged papers", lambda: _again(papers, kept)))
    return "\n".join(lines)


def _again(papers: Sequence[Document], kept: list[str]) -> None:
    terms = Terms(kept)
    index_files(papers, topics(), {}, terms)
    assert terms.read == 0


def _timed(name: str, build: Callable[[], None]) -> str:
    start, used = perf_counter(), process_time()
    build()
    return f"{name}: {perf_counter() - start:.1f} s, {process_time() - used:.1f} s of the processor"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="How long the index takes to build, beside lunr.")
    parser.add_argument("--papers", type=int, help="recombined papers; the real ones if not told")
    parser.add_argument("--only", choices=BUILDS)
    options = parser.parse_args(arguments)
    if options.only:
        print(measured(options.only, documents(options.papers)))
        return
    count = ["--papers", str(options.papers)] if options.papers else []
    for name in BUILDS:
        subprocess.run([sys.executable, __file__, "--only", name, *count], check=True)


if __name__ == "__main__":
    main()
