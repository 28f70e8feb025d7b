"""Where the seconds of a build go: ``cd PROJECT; python parts.py`` builds it on one processor, and in one process.

Every few milliseconds it is noted which code is at work; the seconds since the note before are that code's. A library
that works for a part of ours counts as that part, unless it is a part itself.
"""

from __future__ import annotations

import os
import signal
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from time import perf_counter, process_time
from types import FrameType
from typing import Final

# What stands in the file of the code, the first that fits; and the parts that count only where no other does.
_PARTS: Final = (
    ("search index", ("/generator/search/", "/lunr/")),
    ("related papers", ("/generator/related.py", "/generator/keyterms.py")),
    ("topics and why", ("/generator/topics/",)),
    ("pages taken apart", ("/generator/content/paperpage.py", "/generator/content/listpage.py")),
    ("front matter", ("/yaml/", "/ruamel/", "/generator/content/")),
    ("Markdown", ("/markdown/", "/pymdownx/", "/generator/mdtext.py", "/generator/site/curated.py")),
    ("feeds and sitemap", ("/generator/feeds.py", "/generator/site/sitemap.py", "/feedgenerator/")),
    ("keys of pages", ("/generator/site/viewkey.py",)),
    ("Jinja", ("/jinja2/", ".html")),
    ("what is kept between runs", ("/generator/cache.py", "/generator/site/reuse.py", "/generator/atomic.py")),
    ("views", ("views.py", "/generator/site/groups.py", "/generator/catalogue.py")),
)
_REST: Final = (
    ("pages: links, files, writing", ("/generator/site/rendering.py",)),
    ("the rest of this project", ("/generator/",)),
    ("MkDocs and its files", ("/mkdocs/",)),
)
_EVERY: Final = 0.005


class Sampler:
    """Counts the seconds of the processor under the part whose code is at work."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._last = process_time()

    def __call__(self, signum: int, frame: FrameType | None) -> None:
        now = process_time()
        self.seconds[self._part(frame)] += now - self._last
        self._last = now

    def _part(self, frame: FrameType | None) -> str:
        """The innermost part that is at work; what calls a library counts where the library is none."""
        files = tuple(_files(frame))
        named = (_named(file, parts) for parts in (_PARTS, _REST) for file in files)
        return next(filter(None, named), "starting, and the rest")


@cache
def _named(file: str, parts: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """The part that a file belongs to, or nothing."""
    return next((name for name, ways in parts if any(way in file for way in ways)), "")


def _files(frame: FrameType | None) -> Iterator[str]:
    while frame:
        yield frame.f_code.co_filename
        frame = frame.f_back


def main() -> None:
    """Build, and print the table."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])  # the build takes one process a processor
    sampler, started = Sampler(), perf_counter()
    signal.signal(signal.SIGPROF, sampler)
    signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
    from mkdocs.__main__ import cli  # noqa: PLC0415  (to be counted, too)

    cli(["build", "--quiet", "--strict"], standalone_mode=False)
    signal.setitimer(signal.ITIMER_PROF, 0)
    whole = sum(sampler.seconds.values())
    print(f"| {whole:.1f} seconds of one processor, {perf_counter() - started:.1f} by the clock | seconds | share |")
    print("| --- | ---: | ---: |")
    for name, seconds in sorted(sampler.seconds.items(), key=lambda part: -part[1]):
        print(f"| {name} | {seconds:.1f} | {seconds / whole:.0%} |")


if __name__ == "__main__":
    main()
