"""Catalogue in, Markdown pages out: the bodies of papers' pages, and the pages of topics and digests.

A template writes Markdown and need not think of escaping: every value that it prints is
quoted, unless its type says that it is Markdown already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from generator import listpage, mdtext, words
from generator.catalogue import PER_PAGE, Catalogue, by_topic, newest_first
from generator.listpage import ListPage
from generator.model import Digest, Entry, Paper, Topic
from generator.paperpage import Body


def paper_body(paper: Paper) -> Body:
    """The body of a page that nobody has added to."""
    heading, _, abstract = _environment().get_template("paper.md.j2").render(paper=paper).partition("\n")
    return Body(heading=heading.removeprefix("#").strip(), abstract=abstract.strip())


def list_pages(catalogue: Catalogue, existing: Mapping[str, str]) -> Mapping[str, str | None]:
    """File (below ``content/``) to text, for every topic and digest; ``existing`` holds the texts there are now.

    A page that has another name now takes a person's words along; one whose list is no more is ``None``,
    to be taken away, unless a person wrote on it.
    """
    of_topic = by_topic(catalogue.entries)
    there = {file: listpage.read(text, file) for file, text in existing.items() if _is_list_page(file)}
    files = {f"topics/{topic.id}.md" for topic in catalogue.topics} | {_file(digest) for digest in catalogue.digests}
    left = {file: page for file, page in there.items() if file not in files}
    former = _former(catalogue, there, left)
    topics = (topic_page(topic, of_topic.get(topic.id, ()), existing, former) for topic in catalogue.topics)
    digests = (digest_page(digest, existing, former) for digest in catalogue.digests)
    gone = ((file, None) for file, page in left.items() if page.untouched or file in former.values())
    return dict([*topics, *digests, *gone])


def topic_page(
    topic: Topic, entries: Sequence[Entry], existing: Mapping[str, str], former: Mapping[str, str]
) -> tuple[str, str]:
    """The file of a topic, and its text."""
    file = f"topics/{topic.id}.md"
    told = {"title": topic.name, "papers": len(entries)}
    return file, listpage.updated(existing.get(former.get(file, file)), file, told, _listing(entries))


def digest_page(digest: Digest, existing: Mapping[str, str], former: Mapping[str, str]) -> tuple[str, str]:
    """The file of a digest, and its text."""
    file = _file(digest)
    text = existing.get(former.get(file, file))
    aliases = [*(listpage.read(text, file).aliases if text else ()), *filter(None, [_day(former.get(file, ""))])]
    told = {
        "title": digest_title(digest),
        "date": digest.day,
        "dumps": list(digest.dumps),
        "papers": len(digest.entries),
        "new": len(digest.new),
        **({"aliases": list(dict.fromkeys(aliases))} if aliases else {}),
    }
    return file, listpage.updated(text, file, told, _listing(newest_first(digest.entries)))


def digest_aliases(existing: Mapping[str, str]) -> Mapping[str, str]:
    """Days that digests once had, to the days that they have now."""
    pages = {file: listpage.read(text, file) for file, text in existing.items() if file.startswith("digests/")}
    return {alias: _day(file) for file, page in pages.items() for alias in page.aliases}


def _former(catalogue: Catalogue, there: Mapping[str, ListPage], left: Mapping[str, ListPage]) -> Mapping[str, str]:
    """File to the one whose place it takes: of a topic with another id, of a digest whose day was corrected."""
    topics = {f"topics/{topic.id}.md": [f"topics/{old}.md" for old in topic.aliases] for topic in catalogue.topics}
    digests = {
        _file(digest): [file for file, page in left.items() if _dumps(page) and _dumps(page) <= set(digest.dumps)]
        for digest in catalogue.digests
    }
    return {
        file: next(old for old in olds if old in left)
        for file, olds in (topics | digests).items()
        if file not in there and any(old in left for old in olds)
    }


def _dumps(page: ListPage) -> set[str]:
    told = page.meta.get("dumps")
    return set(told) if isinstance(told, list) else set()


def _is_list_page(file: str) -> bool:
    return file.startswith(("topics/", "digests/"))


def _file(digest: Digest) -> str:
    return f"digests/{digest.day.isoformat()}.md"


def _day(file: str) -> str:
    return file.removeprefix("digests/").removesuffix(".md")


def digest_title(digest: Digest) -> str:
    return f"The digest of {words.long_date(digest.day)}"


def _listing(entries: Sequence[Entry]) -> str:
    template = _environment().get_template("list.md.j2")
    return template.render(entries=entries[:PER_PAGE], more=max(0, len(entries) - PER_PAGE)).strip()


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701  (Markdown, and `finalize` escapes it)
        loader=PackageLoader("generator"),
        finalize=mdtext.escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["long_date"] = words.long_date
    return environment
