"""Make the search of many papers, to measure it: ``python benchmarks/search/make_site.py SITE [--papers 100000]``.

Beside it lies ``documents.jsonl``, the same documents as ``digest export`` prints them, for other searches.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from corpus import documents, write

from generator.search.documents import record


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="The search of many papers.")
    parser.add_argument("site", type=Path)
    parser.add_argument("--papers", type=int, help="recombined papers; the real ones if not told")
    options = parser.parse_args(arguments)
    papers = documents(options.papers)
    write(papers, options.site)
    lines = (json.dumps(record(paper), ensure_ascii=False) + "\n" for paper in papers)
    (options.site / "documents.jsonl").write_text("".join(lines), encoding="utf-8")
    files = [path for path in options.site.rglob("*") if path.is_file() and path.parent.parent.name == "search"]
    sizes = {kind: [path.stat().st_size for path in files if path.name.startswith(kind)] for kind in _KINDS}
    for kind, several in sizes.items():
        print(f"{kind}: {len(several)} files, {sum(several)} bytes")


_KINDS = ("shard", "terms", "papers", "topic", "organization", "has", "comments")

if __name__ == "__main__":
    main()
