"""How long the largest and oddest dumps take to be read, and how much memory: `python benchmarks/limits.py`.

What is looked for is a time or a size out of proportion; every case is linear in its bytes.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator import readers

_HEAD = "new\n\nDaily Papers\n\nbyAK and the research community\n\nDec 10\n\n"


def paper(title: str, abstract: str) -> str:
    return f"{title}\n\n{abstract}\n\n  • 3 authors\n·\nSep 24, 2024\n\n"


def cases() -> Iterator[tuple[str, bytes]]:
    yield "a line of 50 MB", (_HEAD + paper("A Title", "word " * 10_000_000)).encode()
    yield "a word of 50 MB", (_HEAD + paper("A Title", "w" * 50_000_000)).encode()
    many = (paper(f"Paper number {number} on agents", "An agent learns to walk.") for number in range(200_000))
    yield "200,000 papers", (_HEAD + "".join(many)).encode()
    yield from floods()
    yield "words of 10,000 letters", (_HEAD + paper("A Title", ("w" * 10_000 + " ") * 100)).encode()
    yield "5,000 brackets", (_HEAD + paper("A Title", "[" * 5_000 + "]" * 5_000)).encode()
    yield "deep JSON", b"[" * 100_000
    yield "deep JSON with keys", b'[{"paper":' * 50_000
    yield "deep XML", b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>" + b"<entry>" * 200_000
    yield "deep BibTeX", b"@article{a, title={" + b"{" * 100_000
    yield "a wide table", b"|a|b|c|\n|-|-|-|\n" + b"|x" * 500_000
    yield "deep HTML", b"<html>" + b"<div>" * 200_000
    yield "50 MB of line ends", b"\n" * 50_000_000
    yield "50 MB of spaces", b" " * 50_000_000


def floods() -> Iterator[tuple[str, bytes]]:
    """A megabyte each of records that are as small as they can be: what one costs beside its bytes."""
    for name, head, record in (
        ("RIS", "", "TY  - J\nTI  - t{0}\n"),
        ("CSV", "title,url\n", "t{0},u\n"),
        ("JSON Lines", "", '{{"title":"t{0}","url":"u"}}\n'),
        ("a list of links", "", "- [t{0}](https://arxiv.org/abs/2506.{0:05})\n"),
        ("headings with a day", "", "# 2025-01-01\n- [t{0}](https://arxiv.org/abs/2506.{0:05})\n"),
        ("paragraphs", "- [t](https://arxiv.org/abs/2506.00001)\n", "a\n\n"),
        (
            "cards",
            "Daily Papers\nby AK and the research community\nhttps://huggingface.co/papers\n",
            "### [T{0}](https://huggingface.co/papers/2506.{0:05})\n",
        ),
        ("mails", "", "From a\nTo: b\nSubject: c\nDate: d\n\n- [t{0}](https://arxiv.org/abs/2506.{0:05})\n\n"),
        ("a value of many lines", "TY  - J\nTI  - t\nAB  - ", "a\n"),
    ):
        numbers = range(1_000_000 // len(record.format(10_000)))
        yield f"small: {name}", (head + "".join(record.format(number) for number in numbers)).encode()


def measure(name: str, data: bytes) -> None:
    """Read in this process, and print a row."""
    started = process_time()
    result = readers.read(data, "dump.txt")
    took = process_time() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = f"{len(result.records):,} papers, {len(result.problems)} problems"
    print(f"| {name} | {len(data) / 1e6:.1f} | {took:.1f} | {megabytes:,.0f} | {found} |", flush=True)


if __name__ == "__main__":
    print("| dump | MB | seconds | peak MB | read |\n| --- | ---: | ---: | ---: | --- |", flush=True)
    for name_and_data in cases():
        process = get_context("spawn").Process(target=measure, args=name_and_data)
        process.start()
        process.join()
