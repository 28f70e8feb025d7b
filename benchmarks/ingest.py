"""How fast a folder of dumps becomes pages, where the time goes, and how much memory it takes.

    python benchmarks/ingest.py PAPERS [--limit N] [--one-more N]

``PAPERS`` is JSON Lines with the fields of the ``daily_papers`` API (``id``, ``title``, ``summary``, ``publishedAt``,
``day``, ``upvotes``, ``numComments``, ``authors``).  They are written out as dumps of several formats, a dump a day,
and ingested into an empty ``content/``; then one more dump of other papers is added, and all is ingested again.
Each run is a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generator import run as runs  # noqa: E402
from generator import store  # noqa: E402  (so that it runs without an installation)
from generator.ingest import planning  # noqa: E402
from generator.settings import load as load_settings  # noqa: E402

Row = Mapping[str, Any]


def page(day: str, rows: Sequence[Row]) -> str:
    """The Daily Papers page as text."""
    head = f"Daily Papers\n\nbyAK and the research community\n\n{written(day).split(',')[0]}\n\n"
    return head + "".join(
        f"{line(row['title'])}\n\n{line(row['summary'])}\n\n  • {len(row['authors']) or 1} authors\n·\n"
        f"{written(row['publishedAt'])} {row['numComments'] or ''}\n\n"
        for row in rows
    )


def api(day: str, rows: Sequence[Row]) -> str:
    """An answer of the API."""
    return json.dumps(
        [
            {
                "paper": {
                    "id": row["id"],
                    "title": row["title"],
                    "summary": row["summary"],
                    "publishedAt": row["publishedAt"],
                    "submittedOnDailyAt": day,
                    "upvotes": row["upvotes"],
                    "authors": [{"name": name} for name in row["authors"]],
                },
                "numComments": row["numComments"],
            }
            for row in rows
        ],
        indent=1,
    )


def atom(day: str, rows: Sequence[Row]) -> str:
    """An answer of arXiv's API."""
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{row['id']}v1</id><title>{escape(line(row['title']))}</title>"
        f"<published>{row['publishedAt']}</published><summary>{escape(line(row['summary']))}</summary>"
        + "".join(f"<author><name>{escape(name)}</name></author>" for name in row["authors"])
        + "</entry>\n"
        for row in rows
    )
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query: all</title>'
        f"<updated>{day}T00:00:00Z</updated>\n{entries}</feed>"
    )


def bibtex(day: str, rows: Sequence[Row]) -> str:
    """A bibliography."""
    return "".join(
        f"@article{{p{row['id']},\n  title = {{{braced(row['title'])}}},\n"
        f"  author = {{{' and '.join(row['authors'])}}},\n"
        f"  date = {{{row['publishedAt'][:10]}}},\n  eprint = {{{row['id']}}},\n  eprinttype = {{arXiv}},\n"
        f"  abstract = {{{braced(row['summary'])}}}\n}}\n\n"
        for row in rows
    )


def table(day: str, rows: Sequence[Row]) -> str:
    """A table in Markdown, with the first author of many."""
    return f"## Updated on {day}\n\n|Publish Date|Title|Authors|PDF|\n|---|---|---|---|\n" + "".join(
        f"|**{row['publishedAt'][:10]}**|**{line(row['title']).replace('|', ' ')}**|"
        f"{(*row['authors'], 'Nobody')[0]} et.al.|[{row['id']}](http://arxiv.org/abs/{row['id']})|\n"
        for row in rows
    )


FORMATS: Final[Mapping[str, tuple[str, Callable[[str, Sequence[Row]], str]]]] = {
    "page": ("txt", page),
    "api": ("json", api),
    "atom": ("xml", atom),
    "bibtex": ("bib", bibtex),
    "table": ("md", table),
}


def whole(row: Row) -> Row:
    """A row with all that the dumps need."""
    empty = {"summary": "", "publishedAt": row["day"], "upvotes": 0, "numComments": 0, "authors": []}
    return empty | {key: value for key, value in row.items() if value is not None}


def line(text: str) -> str:
    return " ".join(text.split())


def braced(text: str) -> str:
    return line(text).translate(str.maketrans("", "", "{}\\"))


def written(day: str) -> str:
    """A day as the page writes it."""
    return f"{date.fromisoformat(day[:10]):%b %d, %Y}".replace(" 0", " ")


def dumps(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """The dumps, a day each, in all formats in turn."""
    by_day: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_day[row["day"]].append(row)
    for number, (day, of_day) in enumerate(sorted(by_day.items())):
        name = list(FORMATS)[number % len(FORMATS)]
        ending, write = FORMATS[name]
        yield f"{name}_{day}.{ending}", write(day, of_day)


def run(project: Path) -> None:
    """One run of `digest ingest`, told as a line of JSON."""
    took: dict[str, float] = {}
    store.load = timed(took, "loading", store.load)
    runs.read_dumps = timed(took, "reading", runs.read_dumps)  # type: ignore[attr-defined]
    planning.plan = timed(took, "merging", planning.plan)
    store.write = timed(took, "writing", store.write)
    started = perf_counter()
    done = runs.planned(load_settings(project / "mkdocs.yml"))
    files = runs.finished(done)
    told = {
        **took,
        "total": perf_counter() - started,
        "papers": len(done.plan.catalogue.entries),
        "sightings": done.plan.catalogue.sightings,
        "files": len(files),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(told))


def timed(took: dict[str, float], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which notes how long it took."""

    def call(*arguments: Any, **options: Any) -> Any:
        started = perf_counter()
        value = function(*arguments, **options)
        took[name] = took.get(name, 0.0) + perf_counter() - started
        return value

    return call


def measured(title: str, project: Path) -> float:
    """Run in a process of its own, and print what it took."""
    command = [sys.executable, __file__, "--run", str(project)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    total = told["total"]
    shares = ", ".join(
        f"{name} {told[name]:.1f} s ({told[name] / total:.0%})" for name in ("loading", "reading", "merging", "writing")
    )
    print(
        f"{title}: {total:.1f} s, {told['papers']} papers in {told['sightings']} sightings, "
        f"{told['papers'] / total:.0f} papers/s, {told['files']} files written, "
        f"peak {told['megabytes']:.0f} MB\n  {shares}"
    )
    return float(total)


def main() -> None:
    """Write the dumps, and measure."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("papers", type=Path, nargs="?", help="JSON Lines with papers")
    arguments.add_argument("--limit", type=int, help="take only so many papers")
    arguments.add_argument("--one-more", type=int, default=50, help="papers in the one further dump")
    arguments.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.run:
        run(given.run)
        return
    if not given.papers:
        arguments.error("PAPERS is missing")
    rows = [whole(json.loads(row)) for row in given.papers.read_text("utf-8").splitlines()[: given.limit]]
    most, more = rows[: -given.one_more], rows[-given.one_more :]
    with TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        (content / "dumps").mkdir(parents=True)
        shutil.copy(ROOT / "mkdocs.yml", folder)
        shutil.copy(ROOT / "content" / "topics.yml", content)
        for name, text in dumps(most):
            (content / "dumps" / name).write_text(text, encoding="utf-8")
        sizes = [path.stat().st_size for path in (content / "dumps").iterdir()]
        print(f"{len(most)} papers in {len(sizes)} dumps of {len(FORMATS)} formats, {sum(sizes) / 1e6:.1f} MB")
        first = measured("into an empty folder", Path(folder))
        (content / "dumps" / "more_2027-01-01.json").write_text(api("2027-01-01", more), encoding="utf-8")
        again = measured(f"one more dump of {len(more)}", Path(folder))
        print(f"  the one more dump took {again / first:.0%} of the first run")


if __name__ == "__main__":
    main()
