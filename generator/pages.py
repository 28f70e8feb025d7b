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
from generator.model import Digest, Entry, Paper, Topic
from generator.paperpage import Body


def paper_body(paper: Paper) -> Body:
    """The body of a page that nobody has added to."""
    heading, _, abstract = _environment().get_template("paper.md.j2").render(paper=paper).partition("\n")
    return Body(heading=heading.removeprefix("#").strip(), abstract=abstract.strip())


def list_pages(catalogue: Catalogue, existing: Mapping[str, str]) -> Mapping[str, str]:
    """File (below ``content/``) to text, for every topic and digest; ``existing`` holds the texts there are now."""
    of_topic = by_topic(catalogue.entries)
    topics = (topic_page(topic, of_topic.get(topic.id, ()), existing) for topic in catalogue.topics)
    digests = (digest_page(digest, existing) for digest in catalogue.digests)
    return dict([*topics, *digests])


def topic_page(topic: Topic, entries: Sequence[Entry], existing: Mapping[str, str]) -> tuple[str, str]:
    """The file of a topic, and its text."""
    file = f"topics/{topic.id}.md"
    told = {"title": topic.name, "papers": len(entries)}
    return file, listpage.updated(existing.get(file), file, told, _listing(entries))


def digest_page(digest: Digest, existing: Mapping[str, str]) -> tuple[str, str]:
    """The file of a digest, and its text."""
    file = f"digests/{digest.day.isoformat()}.md"
    told = {
        "title": digest_title(digest),
        "date": digest.day,
        "dumps": list(digest.dumps),
        "papers": len(digest.entries),
        "new": len(digest.new),
    }
    return file, listpage.updated(existing.get(file), file, told, _listing(newest_first(digest.entries)))


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
