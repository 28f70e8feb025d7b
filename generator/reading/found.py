"""Papers as they stand in a dump, before days are decided and text is repaired; and how a reader makes one.

Formats tell the same things in different clothes: an arXiv id as an id, a URL or a DOI; authors as a list, a
sentence or the first of many.  :func:`found` undresses them in the same way for every format.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from generator import arxiv, links, venues
from generator import doi as dois
from generator.dates import PartialDate
from generator.model import ET_AL, Links, Organization, Paper, Problem, known
from generator.reading import naming, tex
from generator.reading.byline import MOST_AUTHORS, MOST_COMMENTS
from generator.reading.names import listed

LONGEST_TITLE: Final = 500
LONGEST_VENUE: Final = 300

Link = tuple[str, str]  # what a page calls it, and its URL


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A paper as it stands in a dump: its text unrepaired, its day perhaps without a year.

    ``stand_ins`` are as in :class:`~generator.model.Record`.
    """

    paper: Paper
    line: int
    day: PartialDate | None = None
    problems: tuple[Problem, ...] = ()
    stand_ins: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One page that a dump holds; ``line`` is where its day stands, or else where it begins.

    ``has_header``: pages of this kind show the day of capture, so that one without it has lost something.
    ``may_be_empty``: it says itself that there are no papers, or its problems say why none was read.
    """

    line: int
    day: PartialDate | None
    found: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()
    has_header: bool = True
    may_be_empty: bool = False


def found(
    title: str,
    line: int,
    *,
    abstract: str = "",
    authors: Sequence[str] = (),
    author_count: int | None = None,
    organization: Organization | None = None,
    comments: int | None = None,
    upvotes: int | None = None,
    arxiv: str | None = None,
    doi: str | None = None,
    urls: Iterable[Link] = (),
    remarks: str = "",
    day: PartialDate | None = None,
    problems: tuple[Problem, ...] = (),
    stand_ins: Iterable[str] = (),
    venue: str = "",
    stars: int | None = None,
) -> Found:
    """Return a paper of these: names and counts that make no sense left out, links by kind, ids without version.

    Texts may hold LaTeX; entities and markup are the format's business, see :func:`unescaped`.  A list of
    authors that ends in "et al." stands in for a whole one.  ``remarks`` is text of which only the links count, as
    what they lead to may be another paper, or data.
    """
    pairs = [(label, url) for label, given in urls for url in links.urls(given.strip())[:1]]
    named = _doi(doi or "", pairs)
    further = [("", url) for url in (naming.short_doi_url(doi or ""), *links.urls(remarks)) if url]
    names = listed([shown(name) for name in authors])
    paper = Paper(
        title=shown(title)[:LONGEST_TITLE],
        abstract=shown(_LISTING.sub("", " ".join(abstract.split()))),
        authors=names,
        author_count=None if names and names[-1] != ET_AL else _within(author_count or None, MOST_AUTHORS),
        organization=organization,
        comments=_within(comments, MOST_COMMENTS),
        upvotes=_within(upvotes, MOST_COMMENTS),
        arxiv=_arxiv(arxiv, doi, pairs),
        doi=named,
        venue=_venue(venue),
        stars=_within(stars, 10 * MOST_COMMENTS),
        links=_links([*pairs, *further], named),
    )
    cut = {"title": title, "abstract": abstract, "authors": ", ".join(names)}
    unsure = {*stand_ins, *(name for name, text in cut.items() if _is_poor(text))}
    unsure = {name for name in unsure if (day if name == "date" else known(paper, name))}
    return Found(
        paper=paper,
        line=line,
        day=day,
        problems=problems,
        stand_ins=frozenset(unsure),
    )


def with_year(one: Found, date: str) -> Found:
    """Return the paper with the year of its date beside its venue, where it has no day to keep it."""
    year, venue = venues.year(date), one.paper.venue
    if one.day or not venue or not year or year in venue:
        return one
    return replace(one, paper=replace(one.paper, venue=f"{venue}, {year}"))


def publisher(name: str, handle: str = "") -> Organization | None:
    """Return the organisation of a name, under a handle that is made of it where none is told."""
    safe = _NOT_IN_HANDLES.sub("-", handle or name).strip("-.")[:_LONGEST_HANDLE]
    return Organization(safe, name[:_LONGEST_ORGANIZATION]) if safe else None


def shown(text: str) -> str:
    """Return ``text`` without LaTeX, on one line."""
    return " ".join(tex.plain(" ".join(text.split())).split())


def unescaped(text: str) -> str:
    """Return ``text`` with its character references, such as ``&amp;``, as characters: once."""
    return _REFERENCE.sub(lambda reference: html.unescape(reference[0]), text) if "&" in text else text


_REFERENCE: Final = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_NOT_IN_HANDLES: Final = re.compile(r"[^\w.-]+", re.ASCII)
_LONGEST_HANDLE: Final = 96
_LONGEST_ORGANIZATION: Final = 120
# The end of a block of arXiv's mails, which tools take for the abstract's.
_LISTING: Final = re.compile(r"\s*(?:\\\\)? ?\( ?https?://arxiv\.org/abs/\S{1,40} ?, {0,3}[0-9]{1,9}kb\)\s*$")
# Where a preprint lies is no venue, and arXiv's id tells it better.
_PREPRINT: Final = re.compile(r"(?:arxiv|corr|(?:arxiv )?preprint)(?:\W.{0,300})?", re.IGNORECASE)
# DOIs of archives for code and data: Zenodo, figshare, Dataverse, Code Ocean, Mendeley, Dryad, OSF, Hugging Face.
_OF_DATA: Final = re.compile(r"10\.(?:5281|6084|7910|24433|17632|5061|17605|57967)/")


def _venue(text: str) -> str:
    """Return the journal or conference that a dump names, if it is one."""
    venue = shown(text)[:LONGEST_VENUE].strip(" .,;:")
    return "" if _PREPRINT.fullmatch(venue) else venue


def _doi(told: str, pairs: Sequence[Link]) -> str | None:
    """Return the DOI that is told, or the one that links lead to, if that is one alone and none of data."""
    doi = dois.normal(told)
    if doi and not dois.is_arxivs(doi):
        return doi
    linked = {doi for _, url in pairs if (doi := dois.normal(url)) and not (dois.is_arxivs(doi) or _OF_DATA.match(doi))}
    return linked.pop() if len(linked) == 1 else None


def _is_poor(text: str) -> bool:
    """Whether somebody cut this text off, or lost letters of it."""
    return text.rstrip().endswith(("...", "…", ":", ET_AL)) or "\ufffd" in text


def _within(number: int | None, most: int) -> int | None:
    return number if number is not None and 0 <= number <= most else None


def _arxiv(told: str | None, doi: str | None, pairs: Sequence[Link]) -> str | None:
    """Return the id that is told, or that a link to the paper shows; one that is no id is none."""
    ids = (
        arxiv.normal(told or ""),
        naming.arxiv_id_in(doi or ""),
        *(naming.arxiv_id_in_url(url) for _, url in pairs),
    )
    return next(filter(None, ids), None)


_KINDS: Final = (
    (
        "code",
        re.compile(
            r"\b(?:code|github|gitlab|repo(?:sitory)?|implementation|official|tensorflow|pytorch|torch)\b",
            re.IGNORECASE,
        ),
    ),
    ("model", re.compile(r"\b(?:models?|weights|checkpoints?)\b", re.IGNORECASE)),
    ("data", re.compile(r"\b(?:data(?:sets?)?|benchmark)\b", re.IGNORECASE)),
    ("demo", re.compile(r"\b(?:demo|playground|space)\b", re.IGNORECASE)),
    ("project", re.compile(r"\b(?:project|homepage|website|web|page|site)\b", re.IGNORECASE)),
)


def _links(pairs: Sequence[Link], doi: str | None) -> Links:
    """Return links by kind: what a page calls one decides where its host does not; the arXiv id is no link."""
    others = ((label, url) for label, url in pairs if not (naming.is_about_papers(url) or _names_it(url, doi)))
    kept = list(dict.fromkeys((_kind(label, url), url) for label, url in others))
    return Links(**{kind: tuple(url for told, url in kept if told == kind) for kind in dict(kept)})


def _names_it(url: str, doi: str | None) -> bool:
    """Whether an address says no more than the paper's DOI or arXiv id."""
    named = dois.normal(url)
    return named is not None and (named == doi or dois.is_arxivs(named))


def _kind(label: str, url: str) -> str:
    kind = links.kind(url)
    if kind != "project":
        return kind
    if naming.is_paper(url) or url.lower().split("?")[0].endswith(".pdf"):
        return "other"
    return next((name for name, words in _KINDS if words.search(label)), "project" if label else "other")
