"""Catalogue in, Markdown pages out: the bodies of papers' pages, and the pages of topics and digests.

A template writes Markdown and need not think of escaping: every value that it prints is
quoted, unless its type says that it is Markdown already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from generator import mdtext, words
from generator.cache import Cache
from generator.catalogue import PER_PAGE, Catalogue, by_topic, newest_first
from generator.content import listpage
from generator.content.listpage import ListPage
from generator.content.paperpage import Body
from generator.content.yamltext import Value
from generator.model import Digest, Entry, Paper, Topic


def paper_body(paper: Paper) -> Body:
    """The body of a page that nobody has added to."""
    heading, _, abstract = _environment().get_template("paper.md.j2").render(paper=paper).partition("\n")
    return Body(heading=heading.removeprefix("#").strip(), abstract=abstract.strip())


def list_pages(catalogue: Catalogue, existing: Mapping[str, str], cache: Cache) -> Mapping[str, str | None]:
    """File (below ``content/``) to text, for every topic and digest; ``existing`` holds the texts there are now.

    A page that has another name now takes a person's words along; one whose list is no more is ``None``,
    to be taken away, unless a person wrote on it.
    """
    of_topic = by_topic(catalogue.entries)
    there = {
        file: cache(partial(listpage.read, text, file), "list page", file, text)
        for file, text in existing.items()
        if _is_list_page(file)
    }
    files = {f"topics/{topic.id}.md" for topic in catalogue.topics} | {_file(digest) for digest in catalogue.digests}
    left = {file: page for file, page in there.items() if file not in files}
    moved = _moved(catalogue.digests, there)
    former = _former(catalogue.topics, there, left) | _taken(moved, there)
    topics = (_of_topic(topic, of_topic.get(topic.id, ())) for topic in catalogue.topics)
    digests = (_of_digest(one, _aliases(_file(one), files, there, moved)) for one in catalogue.digests)
    wanted = (*topics, *sorted(digests, key=lambda one: _steps(one.file, former)))
    texts = {one.file: _text(one, existing.get(former.get(one.file, one.file)), cache) for one in wanted}
    gone = {*former.values(), *_repeated(there, left)}
    return texts | {file: None for file, page in left.items() if page.untouched or file in gone}


def digest_aliases(existing: Mapping[str, str], digests: Iterable[Digest]) -> Mapping[str, str]:
    """Days that ``digests`` once had and none has now, to the days that they have now."""
    days = {_day(_file(digest)) for digest in digests}
    texts = {day: existing.get(f"digests/{day}.md", "") for day in days}
    pages = {day: listpage.read(text, f"digests/{day}.md") for day, text in texts.items() if "aliases" in text}
    return {alias: day for day, page in sorted(pages.items()) for alias in page.aliases if alias not in days}


@dataclass(frozen=True, slots=True)
class _List:
    """A page of a topic or digest as it should be; ``told`` is its front matter."""

    file: str
    told: Mapping[str, Value]
    entries: Sequence[Entry]


def _of_topic(topic: Topic, entries: Sequence[Entry]) -> _List:
    return _List(f"topics/{topic.id}.md", {"title": topic.name, "papers": len(entries)}, entries)


def _of_digest(digest: Digest, aliases: Sequence[str]) -> _List:
    told = {
        "title": digest_title(digest),
        "date": digest.day,
        "dumps": list(digest.dumps),
        "papers": len(digest.entries),
        "new": len(digest.new),
        **({"aliases": list(aliases)} if aliases else {}),
    }
    return _List(_file(digest), told, newest_first(digest.entries))


def _aliases(
    file: str, files: Collection[str], there: Mapping[str, ListPage], moved: Mapping[str, str]
) -> Sequence[str]:
    """The days that the digest of a file once had, and that none of ``files`` has now."""
    own = there[file].aliases if file in there and file not in moved else ()
    came = [day for old, now in moved.items() if now == file for day in (*there[old].aliases, _day(old))]
    return tuple(dict.fromkeys(day for day in (*own, *came) if f"digests/{day}.md" not in files))


def _text(wanted: _List, before: str | None, cache: Cache) -> str:
    """The page's text; ``before`` is what it was."""
    file, told, entries = wanted.file, wanted.told, wanted.entries[:PER_PAGE]
    more = len(wanted.entries) - len(entries)
    listed = told, [(entry.slug, entry.paper.title, entry.paper.date) for entry in entries], more
    text = cache(lambda: listpage.updated(before, file, told, _listing(entries, more)), "list", file, before, listed)
    cache.put(text, "list", file, text, listed)
    return text


def _former(topics: Iterable[Topic], there: Mapping[str, ListPage], left: Mapping[str, ListPage]) -> dict[str, str]:
    """The file of each topic that has another id now, to the one whose place it takes."""
    files = {f"topics/{topic.id}.md": [f"topics/{old}.md" for old in topic.aliases] for topic in topics}
    return {
        file: next(old for old in olds if old in left)
        for file, olds in files.items()
        if file not in there and any(old in left for old in olds)
    }


def _moved(digests: Sequence[Digest], there: Mapping[str, ListPage]) -> dict[str, str]:
    """The pages of digests whose days were corrected, to the files of those that have all their dumps now."""
    dumps = {_file(digest): {*digest.dumps} for digest in digests}
    moved: dict[str, str] = {}
    for file, page in sorted(there.items()):
        its = _dumps(page)
        if its and not its <= dumps.get(file, set()):
            now = [new for new, theirs in dumps.items() if its <= theirs]
            if now:
                moved[file] = next((new for new in now if new not in there), now[0])
    return moved


def _taken(moved: Mapping[str, str], there: Mapping[str, ListPage]) -> dict[str, str]:
    """The file of each digest to that of the page whose words it takes, which is none for a page that is new.

    No page takes the place of one on which a person wrote, unless that one goes on elsewhere, too.
    """
    concerned = {file for file in (*moved, *moved.values()) if file in there}
    written = {file for file in concerned if not there[file].untouched}
    done = {
        file
        for file, now in moved.items()
        if any(there[file].words) and now in there and there[file].words == there[now].words
    }
    taken: dict[str, str] = {}
    for file in sorted(moved, key=lambda file: (file not in written, file)):
        if file in written - done or moved[file] not in there:
            taken.setdefault(moved[file], file)
    while blocked := [now for now in taken if now in written - done and now not in taken.values()]:
        taken = {now: file for now, file in taken.items() if now not in blocked}
    return dict.fromkeys((*taken.values(), *done), "") | taken


def _steps(file: str, former: Mapping[str, str]) -> int:
    """How many pages must be written before this one, so that at any moment all words stand in one of them."""
    takes = {old: new for new, old in former.items()}
    steps = 0
    while file in takes and steps < len(takes):
        file, steps = takes[file], steps + 1
    return steps


def _repeated(there: Mapping[str, ListPage], left: Mapping[str, ListPage]) -> Iterator[str]:
    """The files whose words another has, too: a run was broken off before it took them away."""
    words = {page.words for file, page in there.items() if file not in left}
    return (file for file, page in left.items() if any(page.words) and page.words in words)


def _dumps(page: ListPage) -> set[str]:
    told = page.meta.get("dumps")
    return set(map(str, told)) if isinstance(told, list) else set()


def _is_list_page(file: str) -> bool:
    return file.startswith(("topics/", "digests/"))


def _file(digest: Digest) -> str:
    return f"digests/{digest.day.isoformat()}.md"


def _day(file: str) -> str:
    return file.removeprefix("digests/").removesuffix(".md")


def digest_title(digest: Digest) -> str:
    return f"The digest of {words.long_date(digest.day)}"


def _listing(entries: Sequence[Entry], more: int) -> str:
    return _environment().get_template("list.md.j2").render(entries=entries, more=more).strip()


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
