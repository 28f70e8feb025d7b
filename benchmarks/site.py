"""How much the site weighs, and what Lighthouse says of it on a phone.

    python benchmarks/site.py [--project FOLDER] [--lighthouse PROGRAM]

Builds the site of the project and serves it compressed, as GitHub Pages does.  Prints, for each kind of page, the
bytes of its HTML and of all that Chromium asks for when it opens the largest one with an empty cache; then Lighthouse's
four scores where that program is found (``npm install -g lighthouse``).  Exits with 1 where a limit is not kept.
"""

from __future__ import annotations

import argparse
import gzip
import json
import mimetypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import mean
from threading import Thread
from typing import Final
from urllib.parse import unquote, urlsplit

from playwright.sync_api import sync_playwright

ROOT: Final = Path(__file__).resolve().parent.parent
COMPRESSED: Final = ("text/", "application/json", "application/xml", "image/svg+xml", "text/javascript")
MOST_OF_A_PAPER: Final = 7_000  # bytes of HTML, on average
MOST_OF_A_COLD_PAPER: Final = 20_000  # bytes of all that is asked for, compressed
LEAST: Final = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
JUDGED: Final = ("home", "paper", "topic", "digest", "search")
CHROMIUM_FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True, slots=True)
class Kind:
    """Pages of one kind: the bytes of each page's HTML by its URL from the root of the site."""

    name: str
    pages: Mapping[str, bytes]

    @property
    def largest(self) -> str:
        return max(self.pages, key=lambda url: (len(self.pages[url]), url))

    @property
    def average(self) -> float:
        return mean(map(len, self.pages.values()))

    @property
    def average_compressed(self) -> float:
        return mean(len(gzip.compress(page)) for page in self.pages.values())


def kinds(site: Path) -> Iterator[Kind]:
    """Every page of the site, under the name of its kind."""
    found: dict[str, dict[str, bytes]] = {}
    for path in sorted(site.rglob("index.html")):
        url = path.relative_to(site).as_posix().removesuffix("index.html")
        found.setdefault(_kind(url), {})[url] = path.read_bytes()
    for name, pages in sorted(found.items()):
        yield Kind(name, pages)


def _kind(url: str) -> str:
    folder, _, rest = url.partition("/")
    if not folder:
        return "home"
    return folder.removesuffix("s") if rest and folder != "status" else folder


@dataclass
class Served:
    """A server of a folder, and how many bytes of content it has sent."""

    address: str
    sent: int = 0


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve the folder, text compressed."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = folder / unquote(urlsplit(self.path).path).lstrip("/")
            path = path / "index.html" if path.is_dir() else path
            if not path.is_file():
                self.send_error(404)
                return
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            small = kind.startswith(COMPRESSED)
            body = gzip.compress(path.read_bytes()) if small else path.read_bytes()
            served.sent += len(body)
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
            self.send_header("Cache-Control", "max-age=600")
            if small:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Served(f"http://127.0.0.1:{server.server_port}/")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def cold_loads(served: Served, urls: Sequence[str]) -> Iterator[int]:
    """The compressed bytes of everything that Chromium asks for, page by page, each with an empty cache."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM_FLAGS)
        for url in urls:
            before, context = served.sent, chromium.new_context()
            context.new_page().goto(served.address + url, wait_until="networkidle")
            context.close()
            yield served.sent - before
        chromium.close()


def scores(program: Sequence[str], url: str) -> dict[str, int]:
    """Lighthouse's scores of a page on its phone settings, out of 100."""
    flags = " ".join(["--headless=new", *CHROMIUM_FLAGS])
    command = [*program, url, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    there = {**os.environ, "CHROME_PATH": _chromium() or ""}
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=there).stdout)
    return {name: round(100 * (told["categories"][name]["score"] or 0)) for name in LEAST}


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


def _build(project: Path, site: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
    subprocess.run(command, cwd=project, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})


def _weigh(served: Served, found: Sequence[Kind]) -> list[str]:
    """Print the weights; what is too heavy."""
    print(f"{'kind':14}{'pages':>6}{'HTML':>9}{'gzip':>8}{'largest':>9}{'cold':>9}  bytes; cold: in all, gzip")
    trouble = []
    loads = cold_loads(served, [kind.largest for kind in found])
    for kind, cold in zip(found, loads, strict=True):
        sizes = f"{kind.average:9,.0f}{kind.average_compressed:8,.0f}{len(kind.pages[kind.largest]):9,}{cold:9,}"
        print(f"{kind.name:14}{len(kind.pages):6}{sizes}")
        if kind.name == "paper" and kind.average >= MOST_OF_A_PAPER:
            trouble.append(f"a paper's page has {kind.average:,.0f} bytes on average, not below {MOST_OF_A_PAPER:,}")
        if kind.name == "paper" and cold >= MOST_OF_A_COLD_PAPER:
            trouble.append(f"the largest paper's page loads {cold:,} bytes, not below {MOST_OF_A_COLD_PAPER:,}")
    return trouble


def _judge(served: Served, found: Sequence[Kind], program: Sequence[str]) -> list[str]:
    """Print the scores; what is too low."""
    print("\n" + f"{'Lighthouse':14}" + "".join(f"{name:>16}" for name in LEAST))
    trouble = []
    for kind in found:
        if kind.name in JUDGED:
            got = scores(program, served.address + kind.largest)
            print(f"{kind.name:14}" + "".join(f"{got[name]:16}" for name in LEAST))
            trouble += [
                f"{kind.name}: {name} {got[name]}, not {least}" for name, least in LEAST.items() if got[name] < least
            ]
    return trouble


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--project", type=Path, default=ROOT, help="the folder of mkdocs.yml")
    parser.add_argument("--lighthouse", default=shutil.which("lighthouse"), help="the program, if it is not in PATH")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _build(options.project, Path(folder) / "site")
        found = tuple(kinds(Path(folder) / "site"))
        with serving(Path(folder) / "site") as served:
            trouble = _weigh(served, found)
            if options.lighthouse:
                trouble += _judge(served, found, [options.lighthouse])
            else:
                print("\nLighthouse was not found: npm install -g lighthouse")
    for line in trouble:
        print(line, file=sys.stderr)
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
