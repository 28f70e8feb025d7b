"""Make what is measured: a project of ours with its pages, and the same papers as a Hugo site.

    python benchmarks/build/project.py FOLDER [--papers 100000]

``FOLDER/project`` is as after a ``digest ingest`` of all dumps but the last, which lies beside ``content``;
``FOLDER/hugo`` has the same pages, and those that the last dump adds in ``more/``. What is there already stays, but
for templates and settings. As many papers as the large corpus has, or fewer, are its own; more are recombined.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from measure import DIGEST, LAST, ROOT, cost

sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks"), str(ROOT / "benchmarks/search")]

from corpus import PAPERS, real, recombined  # noqa: E402  (so that it runs without an installation)
from ingest import Row, api, dumps, whole  # noqa: E402

from generator import mdtext, run  # noqa: E402
from generator.catalogue import Catalogue  # noqa: E402
from generator.model import Paper  # noqa: E402
from generator.settings import load as load_settings  # noqa: E402

MORE: Final = 50
_HUGO: Final = Path(__file__).parent / "hugo"
_KEYWORD: Final = re.compile(r"[^\W\d_][\w-]{3,}")


def rows(count: int) -> list[Row]:
    """The papers as the API tells them."""
    lines = PAPERS.read_text("utf-8").splitlines()
    if count <= len(lines):
        return [whole(json.loads(line)) for line in lines[:count]]
    return [
        whole(
            {
                "id": f"{str(paper.date)[2:4]}{str(paper.date)[5:7]}.{number:05}",
                "title": paper.title,
                "summary": paper.abstract,
                "publishedAt": paper.date,
                "day": paper.date,
                "numComments": paper.comments,
                "authors": list(paper.author_names),
            }
        )
        for number, paper in enumerate(recombined(real(), count))
    ]


def make_project(project: Path, papers: Sequence[Row]) -> None:
    """A project into which all dumps but the last are ingested."""
    content = project / "content"
    (content / "dumps").mkdir(parents=True)
    for name in ("topics.yml", "topics-learnt.json", "index.md", "about.md"):
        if (ROOT / "content" / name).exists():
            shutil.copy(ROOT / "content" / name, content)
    furnish(project)
    for name, text in dumps(papers[:-MORE]):
        (content / "dumps" / name).write_text(text, encoding="utf-8")
    (project / LAST).write_text(api("2027-01-01", papers[-MORE:]), encoding="utf-8")
    cost([*DIGEST, "ingest"], project)


def furnish(project: Path) -> None:
    """Give it the settings and the templates of this checkout."""
    shutil.copy(ROOT / "mkdocs.yml", project)
    (project / "theme_overrides").unlink(missing_ok=True)
    (project / "theme_overrides").symlink_to(ROOT / "theme_overrides")


def after_the_last_dump(project: Path) -> Catalogue:
    """All papers, as they would be with the last dump."""
    last = Path(shutil.copy(project / LAST, project / "content/dumps"))
    plan = run.planned(load_settings(project / "mkdocs.yml")).plan
    last.unlink()
    return plan.catalogue


def make_hugo(site: Path, shown: Catalogue, before: frozenset[str], about: str) -> None:
    """A Hugo site of all papers; those that are not in ``before`` lie aside."""
    pages: dict[Path, str] = {site / "content/about.md": about}
    for topic in shown.topics:
        pages[site / f"content/topics/{topic.id}/_index.md"] = _page(
            {"title": topic.name, "description": topic.description}, ""
        )
    for entry in shown.entries:
        folder = "content/papers" if entry.slug in before else "more"
        pages[site / folder / f"{entry.slug}.md"] = _page(
            front_matter(entry.paper), str(mdtext.escape(entry.paper.abstract))
        )
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def front_matter(paper: Paper) -> dict[str, Any]:
    """What Hugo is told of a paper: the facts of its page, and what sorts it into lists."""
    newest_first = sorted(_seen(paper), key=lambda seen: seen["day"], reverse=True)
    told = {
        "title": paper.title,
        "date": str(paper.date) if paper.date else None,
        "authors": list(paper.named_authors),
        "further": paper.has_further_authors,
        "author_count": paper.author_count,
        "arxiv": paper.arxiv,
        "doi": paper.doi,
        "venue": paper.venue,
        "stars": paper.stars,
        "links": {kind: list(paper.links.of(kind)) for kind in paper.links.kinds()},
        "organizations": [paper.organization.name] if paper.organization else [],
        "topics": list(paper.topics),
        "keywords": sorted({word.lower() for word in _KEYWORD.findall(paper.title)}),
        "archive": [str(paper.date.year) if paper.date else "undated"],
        "sightings": newest_first,
        "digests": [seen["day"] for seen in newest_first],
        "digests_weight": newest_first[0]["position"] if newest_first else None,
    }
    known = {key: value for key, value in told.items() if value}
    return known | {"comments": paper.comments or 0, "subject": paper.topics[0] if paper.topics else ""}


def _seen(paper: Paper) -> Iterator[Mapping[str, Any]]:
    for sighting in paper.sightings:
        if sighting.captured:
            yield {"day": str(sighting.captured), "position": sighting.position, "comments": sighting.comments}


def _page(told: Mapping[str, Any], body: str) -> str:
    return f"{json.dumps(told, ensure_ascii=False)}\n\n{body}\n"  # JSON is what Hugo reads fastest


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="A project and a Hugo site of the same papers.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--papers", type=int, default=12961)
    options = parser.parse_args(arguments)
    project, site = options.folder.resolve() / "project", options.folder.resolve() / "hugo"
    making = project.with_name("project-unfinished")
    if not project.exists():
        shutil.rmtree(making, ignore_errors=True)
        make_project(making, rows(options.papers))
        making.rename(project)
    furnish(project)
    if not site.exists():
        making = site.with_name("hugo-unfinished")
        shutil.rmtree(making, ignore_errors=True)
        before = frozenset(path.stem for path in (project / "content/papers").glob("*.md"))
        about = (project / "content/about.md").read_text("utf-8")
        make_hugo(making, after_the_last_dump(project), before, about)
        making.rename(site)
    shutil.rmtree(site / "layouts", ignore_errors=True)
    shutil.copytree(_HUGO, site, dirs_exist_ok=True)
    shutil.copytree(ROOT / "theme_overrides/assets", site / "static/assets", dirs_exist_ok=True)


if __name__ == "__main__":
    main()
