"""Projects in which every text is an attack: one of dumps, one of pages and topics that a person wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator import mdtext
from generator.clean import repaired
from generator.content import front
from generator.reading.text import plain
from tests.project import HEAD, Project, make

LONGEST_TITLE = 250  # with what stands around it; a longer paragraph of a dump is no title
LONGEST_NAME = 100


@dataclass(frozen=True)
class Expected:
    """What the reader of a paper's page shall see, letter for letter."""

    title: str
    abstract: str
    organization: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Attacked:
    """A project, and what its papers shall look like by slug; ``fields`` counts where a string stands."""

    project: Project
    papers: dict[str, Expected]
    fields: int


def of_dumps(root: Path, texts: Sequence[str]) -> Attacked:
    """A dump in which each string is part of a title, an abstract and an organisation; and dumps named by strings.

    A title may be marked as Markdown marks headings.
    """
    project = make(root)
    papers = [_in_a_dump(at, text) for at, text in enumerate(texts)]
    project.add("strings.txt", HEAD.format(day="Dec 10") + "".join(source for source, _ in papers))
    names = [name for name in map(_file_name, texts) if name]
    for at, name in enumerate(names):
        source = _in_a_dump(10_000 + at, f"In a file of name {at}")[0]
        project.add(name, (HEAD.format(day="Dec 11") + source).encode("utf-8", "surrogateescape"))
    result = project.run("build")
    assert result.exit_code == 0, result.output[-2000:]
    pages = {page.stem: front.read(page.read_text("utf-8"), page.name) for page in project.content.glob("papers/*.md")}
    slugs = {page.meta["title"]: slug for slug, page in pages.items()}
    expected = {slugs[told.title]: told for _, told in papers}
    assert len(expected) == len(texts)
    return Attacked(project, expected, fields=3 * len(texts) + len(names))


def _in_a_dump(at: int, text: str) -> tuple[str, Expected]:
    in_title = text if len(text) <= LONGEST_TITLE - 20 else f"{text[:100]} and more"
    title, abstract = f"{in_title} number {at}", f"Abstract: {text} on agents, {at}."
    name = text if len(text) <= LONGEST_NAME else text[:LONGEST_NAME]
    is_line = plain(text).isprintable() and plain(text).strip()
    who = f"org-{at} {name}" if is_line else f"  • {at + 1} authors"
    source = f"{title}\n\n{abstract}\n\n{who}\n·\nMar 3, 2024\n\n"
    shown = Expected(
        _shown(re.sub("^#{1,6} ", "", title)), _shown(abstract), mdtext.one_line(plain(name)) if is_line else ""
    )
    return source, shown


def _shown(text: str) -> str:
    return mdtext.one_line(repaired(plain(text))[0])


def _file_name(text: str) -> str:
    """The string as the name of a dump, if a disk takes it."""
    name = text.replace("/", "∕").replace("\0", "") + ".txt"
    try:
        size = len(name.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return ""
    return "" if size > 200 or name.startswith(".") else name


def of_pages(root: Path, texts: Sequence[str]) -> Attacked:
    """Pages whose front matter holds a string in every field of text, each in a topic that is called so."""
    project = make(root)
    (project.content / "papers").mkdir()
    shown = {at: mdtext.one_line(text) for at, text in enumerate(texts) if mdtext.one_line(text)}
    topics = [{"id": f"t-{at}", "name": texts[at], "description": texts[at]} for at in shown]
    with (project.content / "topics.yml").open("a", encoding="utf-8") as file:
        yaml.safe_dump(topics, file)
    for at in shown:
        project.page(f"p-{at}").write_text(_page(texts[at], at), encoding="utf-8")
    result = project.run("build")
    assert result.exit_code == 0, result.output[-2000:]
    expected = {f"p-{at}": Expected(line, f"Abstract: {line}", line, line) for at, line in shown.items()}
    return Attacked(project, expected, fields=9 * len(shown))


def _page(text: str, at: int) -> str:
    told = {
        "title": text,
        "date": "2024-03-03",
        "authors": [text, f"Jane {text}"],
        "organization": {"handle": f"{at} {text}", "name": text},  # one of its own: alike ones are one
        "comments": "3",
        "aliases": [text],
        "topics": [f"t-{at}", text],
        "note": text,
    }
    source = yaml.safe_dump(told, default_style='"', width=10**9)  # with escapes for all that is no ASCII
    return f"---\n{source}---\n\n{mdtext.escape(f'Abstract: {text}')}\n"
