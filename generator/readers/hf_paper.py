"""Read a page about one paper of Hugging Face, as crawlers write it down: Markdown or plain text.

``arxiv:ID``, the title, ``Published on``, the upvotes, the authors up to the abstract, the abstract up to the links to
arXiv.  Menus, avatars and who upvoted are no paper's; neither is a summary that was generated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from generator import dates
from generator.dates import PartialDate
from generator.model import Place, Problem
from generator.reading import counts, linked, md_links, naming
from generator.reading.found import Capture, Found, Link, found
from generator.reading.line import Line
from generator.reading.names import people

FORMAT: Final = "hf-paper"
EXAMPLE: Final = (
    "Paper page - Title / arxiv:2310.03714 / Published on Oct 5, 2023 / Upvote 33 / Authors: … / Abstract / …"
)

_OF_PAGE: Final = re.compile(r"Join the discussion on this paper page|^(?:#\s|[Tt]itle: )?Paper page - ", re.MULTILINE)
_ID_ALONE: Final = re.compile(r"^arxiv:\s?[0-9]{4}\.[0-9]{4,5}$", re.MULTILINE | re.IGNORECASE)
_OF_SITE: Final = re.compile(
    r"^(?:Published on [A-Z]|Models citing this paper|Get this paper in your agent)", re.MULTILINE
)
_ADDRESS: Final = re.compile(r"//(?:huggingface\.co|hf\.co)/papers/[0-9]{4}\.[0-9]{4,5}")
_ID: Final = re.compile(r"arxiv:\s?([0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?", re.IGNORECASE)
_BUTTON: Final = re.compile(r"Copy (?:markdown|page|link)", re.IGNORECASE)
_PREFIX: Final = re.compile(r"^Paper page - ")
_PUBLISHED: Final = re.compile(r"Published on ([A-Z][a-z]{2,8}\.? [0-9]{1,2}(?:, [0-9]{4})?)")
_UPVOTES: Final = re.compile(r"Upvote\s*([0-9]{1,6})")
_STARS: Final = re.compile(rf"GitHub\s*({counts.SHAPE})?", re.IGNORECASE)
_AUTHORS: Final = re.compile(r"Authors?:?")
_ABSTRACT: Final = re.compile(r"Abstract:?")
_GENERATED: Final = re.compile(r"AI-generated summary\W*$", re.IGNORECASE)
_BELOW: Final = re.compile(
    r"(?:View arXiv page|View PDF|Community|Add to collection|Models citing|Get this paper|Project page|GitHub).*"
)


def claims(text: str) -> int:
    """Return 1 for a page about one paper."""
    is_page = _OF_PAGE.search(text[:5000]) or (_ID_ALONE.search(text[:5000]) and _OF_SITE.search(text))
    is_page = is_page or _ADDRESS.search(linked.front_matter(text).get("url", ""))
    return int(bool(is_page and (_ID.search(text) or naming.arxiv_id_in_url(text[:5000]))))


def read(text: str, file: str) -> tuple[Capture, ...]:
    """Return the one capture that a page is."""
    front = linked.front_matter(text)
    days = (dates.iso(front.get(key, "")) for key in ("timestamp", "retrieved", "date"))
    lines = linked.lines(text)
    paper = _paper(lines, front)
    problem = Problem(Place(file), "error", "no title of a paper stands on this page: capture it again")
    return (
        Capture(
            line=1,
            day=next(filter(None, days), None),
            found=(paper,) if paper else (),
            problems=() if paper else (problem,),
            has_header=False,
        ),
    )


def _paper(lines: Sequence[Line], front: Mapping[str, str]) -> Found | None:
    at = next((index for index, line in enumerate(lines) if _ID.fullmatch(line.text)), None)
    title = _title(lines, at) or _title_of_front(front)
    if title is None:
        return None
    told = _ID.fullmatch(lines[at].text) if at is not None else None
    all_text = "\n".join(line.text for line in lines)
    upvotes = _UPVOTES.search(all_text)
    links = list(_code(lines))
    return found(
        md_links.plain(_PREFIX.sub("", title.text)),
        title.number,
        abstract=md_links.plain("\n".join(_section(lines, _ABSTRACT, _BELOW))),
        authors=[name for line in _section(lines, _AUTHORS, _ABSTRACT) for name in people(md_links.plain(line))],
        upvotes=int(upvotes[1]) if upvotes else None,
        arxiv=told[1] if told else naming.arxiv_id_in_url(front.get("url", "")) or naming.arxiv_id_in_url(all_text),
        urls=[link for link, _ in links],
        day=_published(all_text),
        stars=next((stars for _, stars in links if stars is not None), None),
    )


def _title(lines: Sequence[Line], at: int | None) -> Line | None:
    """Return the line with the title: the one below the id, or else the page's own heading."""
    below = lines[at + 1 :] if at is not None else ()
    title = next((line for line in below if not _BUTTON.fullmatch(line.text)), None)
    return title or next((line for line in lines if _PREFIX.match(line.text)), None)


def _title_of_front(front: Mapping[str, str]) -> Line | None:
    title = front.get("title", "")
    return Line(1, title) if _PREFIX.match(title) or _ADDRESS.search(front.get("url", "")) else None


def _section(lines: Sequence[Line], begin: re.Pattern[str], end: re.Pattern[str]) -> list[str]:
    """Return the texts between a line that is ``begin`` and the next that is ``end`` or a heading."""
    start = next((at for at, line in enumerate(lines) if begin.fullmatch(line.text)), None)
    if start is None:
        return []
    texts: list[str] = []
    label_first = False
    for line in lines[start + 1 :]:
        if end.fullmatch(line.text) or line.level:
            break
        if label_first:
            label_first = False
        elif _GENERATED.search(line.text):  # it stands below what was generated, behind it, or above it
            label_first = not texts and _GENERATED.match(line.text) is not None
            texts.clear()
        else:
            texts.append(line.text)
    return texts


def _code(lines: Sequence[Line]) -> Iterator[tuple[Link, int | None]]:
    """Yield the links to code and project, with the stars."""
    for line in lines:
        for label, url in line.links:
            stars = _STARS.fullmatch(label)
            if stars:
                yield ("code", url), counts.count(stars[1] or "")
            elif label == "Project page":
                yield ("project", url), None


def _published(text: str) -> PartialDate | None:
    told = _PUBLISHED.search(text)
    return dates.parse(told[1]) if told else None
