"""Read lists that people and programs keep: weekly tables, tables per topic, bullets, awesome lists, newsletters.

Markdown or HTML.  Papers are :mod:`~generator.reading.rows` of tables, :mod:`~generator.reading.list_items`, and
:mod:`~generator.reading.sections` under a heading or a linked title.  A heading with a day, such as that of a week,
begins a capture of that day.
What leads to no paper becomes none, and is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from generator import dates
from generator.dates import PartialDate
from generator.model import Place, Problem
from generator.reading import (
    address_lines,
    linked,
    list_items,
    md_links,
    naming,
    paper_signs,
    rows,
    sections,
)
from generator.reading.blocks import Block, blocks
from generator.reading.found import Capture, Found, unescaped

FORMAT: Final = "paper-list"
EXAMPLE: Final = (
    "| 1) **Title** - what it is | [Paper](https://arxiv.org/abs/2509.20186) | or - [Title](https://arxiv.org/abs/…)"
)

SECTION: Final = 2
DEEPEST: Final = 6

_LINK: Final = re.compile(r"https?://[^\s()<>\"']{4,500}|\]\(\.?/?papers?/[^\s()]{4,300}\.md")
_CALLED: Final = re.compile(r"\[\[?(?:pdf|paper|arxiv)\]?\]\(https?://", re.IGNORECASE)
_DAY: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[-./年]([01]?[0-9])[-./月]([0-3]?[0-9])(?![0-9])")
_WEEK: Final = re.compile(
    r"\(?([A-Z][a-z]{2,8})\.? ?([0-9]{1,2})\s?[-–—]\s?(?:([A-Z][a-z]{2,8})\.? ?)?([0-9]{1,2})\)?"
    r"(?:\s?[-–—,]?\s?((?:19|20)[0-9]{2}))?(?![0-9])"
)
_ENGLISH: Final = re.compile(r"([A-Z][a-z]{2,8}\.? [0-9]{1,2}, (?:19|20)[0-9]{2})(?![0-9])")


@dataclass(slots=True)
class _Page:
    """A capture while its blocks are read."""

    line: int
    day: PartialDate | None = None
    papers: list[Found] = field(default_factory=list)


def claims(text: str) -> int:
    """Return how many links to papers ``text`` has, each once."""
    if text.lstrip()[:1] in ("{", "[") and '":' in text[:2000]:
        return 0
    urls = {_address(found[0]) for found in _LINK.finditer(text)}
    ids = {naming.arxiv_id_in_url(url) or url for url in urls if paper_signs.leads_to_paper("", url)}
    return max(len(ids), sum(1 for _ in _CALLED.finditer(text)))


def read(text: str, file: str) -> tuple[Capture, ...]:
    """Return a capture for each day that a heading tells, or the one that the list is."""
    every = list(blocks(text))
    pages = [_Page(1, _of_front(text))]
    others = 0
    for one in _entries(every):
        if isinstance(one, Block):
            day = _day_of_heading(one.text, pages[-1].day)
            if day and pages[-1].papers:
                pages.append(_Page(one.line, day))
            elif day:
                pages[-1].line, pages[-1].day = one.line, day
        elif isinstance(one, Found):
            pages[-1].papers.append(one)
        else:
            others += 1
    if not any(page.papers for page in pages):
        pages[0].papers += address_lines.papers(text)
    papers = sum(len(page.papers) for page in pages)
    problems = _problems(text, every, papers, others, file)
    return tuple(_captures([page for page in pages if page.papers] or pages[:1], problems))


def _captures(pages: Sequence[_Page], problems: tuple[Problem, ...]) -> Iterator[Capture]:
    """Yield a capture a page; the first has what there is to say of all."""
    for page in pages:
        said = problems if page is pages[0] else ()
        yield Capture(
            line=page.line,
            day=page.day,
            found=tuple(page.papers),
            problems=said,
            has_header=False,
            may_be_empty=bool(problems),
        )


def _entries(every: Sequence[Block]) -> Iterator[Block | Found | None]:
    """Yield the headings, the papers, and ``None`` for an entry that leads to no paper."""
    titles = Counter(block.text for block in every if _is_linked_title(block))
    repeated = {
        name for name, times in Counter(one.text for one in every if one.kind == "heading").items() if times > 1
    }
    deepest = _level_of_titles(every)
    repeated |= {one.text for one in every if one.kind == "heading" and one.level > deepest}
    heading: Block | None = None
    title: Block | None = None
    below: list[Block] = []
    for block in every:
        is_title = titles[block.text] == 1 and _is_linked_title(block)  # “read on” stands below each
        starts = block.kind in ("rule", "heading") or is_title
        if title and (starts if block.kind != "heading" else block.text not in repeated):
            yield sections.section(title, below)
            title = None
        if block.kind == "heading":
            yield block
            heading = block if block.text not in repeated else heading
            title, below = (heading, []) if heading is block and block.level > 1 else (title, below)
        elif is_title:
            title, below = block, []
        elif block.kind in ("row", "item"):
            paper = rows.row(block) if block.kind == "row" else list_items.item(block)
            if paper or any(url.startswith("http") for _, url in block.pairs):
                yield paper
            title = None if paper else title  # what stands under a heading is a list, and no paper's
        below += [block] if block.kind in ("paragraph", "item") and block is not title else []
    if title:
        yield sections.section(title, below)


def _level_of_titles(every: Sequence[Block]) -> int:
    """Return the level of the headings that are titles: 2, if no section of that level leads to two papers."""
    papers: Counter[int] = Counter()
    section = 0
    for block in every:
        section += block.kind == "heading" and block.level <= SECTION
        papers[section] += block.kind == "paragraph" and any(paper_signs.leads_to_paper(*link) for link in block.pairs)
    return SECTION if len(papers) > 1 and max(papers.values()) == 1 else DEEPEST


def _is_linked_title(block: Block) -> bool:
    """Whether a paragraph is nothing but a link whose text may be a title."""
    if block.kind != "paragraph" or "\n" in block.text or not any(url.strip("#") for _, url in block.pairs):
        return False
    text = md_links.plain(block.text).strip("* ")
    whole = [label for label, _ in block.pairs if md_links.plain(label).strip("* ") == text]
    return bool(whole) and paper_signs.may_be_title(text)


def _problems(text: str, every: Sequence[Block], papers: int, others: int, file: str) -> tuple[Problem, ...]:
    """Return what there is to say of what became no paper."""
    if papers:
        note = f"{others} {'entry leads' if others == 1 else 'entries lead'} to no paper: left out"
        return (Problem(Place(file), "note", note),) if others and any(one.kind == "paragraph" for one in every) else ()
    found = next((one for one in _LINK.finditer(text) if paper_signs.leads_to_paper("", _address(one[0]))), None)
    line = text.count("\n", 0, found.end()) + 1 if found else 1
    message = (
        "no paper was read: links to papers stand only in running text, without a title that is a link, "
        "a heading or in bold"
    )
    return (Problem(Place(file, line), "warning", message),)


def _address(match: str) -> str:
    return naming.direct(unescaped(match[match.find("http") :])) if "http" in match else match.rpartition("(")[2]


def _of_front(text: str) -> PartialDate | None:
    front = linked.front_matter(text)
    days = (dates.iso(front.get(key, "")) for key in ("date", "retrieved", "timestamp", "published"))
    return next(filter(None, days), None)


def _day_of_heading(text: str, above: PartialDate | None) -> PartialDate | None:
    """Read the day of a heading, of a week the last; without a year it follows the heading above, which is later."""
    whole, english, week = _DAY.search(text), _ENGLISH.search(text), _WEEK.search(text)
    if whole:
        return dates.of_parts(*whole.groups())
    if english:
        return dates.parse(english[1])
    if not week:
        return None
    day = dates.parse(f"{week[3] or week[1]} {week[4]}{f', {week[5]}' if week[5] else ''}")
    if day is None or day.year or above is None or above.year is None:
        return day if day and day.exists else None
    turned = (day.month, day.day) > (above.month, above.day)
    return PartialDate(day.month, day.day, above.year - turned)
