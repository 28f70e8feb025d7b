"""One row, one item of a list or one section of a newsletter as a paper, if it is one.

It is one if it has a title and leads to a paper: to an address that only papers have, or by a link that is called
``pdf`` or ``paper``.  Titles of lists are often short for the paper's, and what they say of it is no abstract: both
stand in for what another dump tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from generator import arxiv, dates, venues
from generator.dates import PartialDate
from generator.model import Organization
from generator.readers import columns as named
from generator.readers import counts, naming
from generator.readers.blocks import Block, Cell
from generator.readers.found import Found, Link, found, is_name_like, people, publisher
from generator.readers.linked import plain

STAND_INS: Final = ("title", "abstract", "date")
SHORTEST_BLURB: Final = 40

_GENERIC: Final = re.compile(
    r"\W*(?:pdf|papers?(?: ?[0-9])?|arxiv(?:[ :]?[0-9.v]+)?|abs|abstract|html|link|doi|openreview|preprint|report|url|"
    r"technical report|here|read|full text|hf|hugging ?face|acl|anthology|page|[0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?)\W*",
    re.IGNORECASE,
)
_TO_PAPER: Final = re.compile(r"\W*(?:pdf|paper(?: ?[0-9])?|arxiv|preprint|technical report|abs)\W*", re.IGNORECASE)
_LOCAL: Final = re.compile(r"(?:\./)?papers?/(?!reviews?/)[^\s#]{1,400}\.(?:md|pdf|html)", re.IGNORECASE)
_BOLD: Final = re.compile(r"\s*(?:\*\*|__)(?=\S)(.{2,500}?)(?<=\S)(?:\*\*|__)", re.DOTALL)
_ITALIC: Final = re.compile(r"(?<![*\w])[*_](?=[^\s*_])([^*\n]{3,3000}?)(?<=[^\s*_])[*_](?![*\w])")
_BESIDE: Final = re.compile(  # what links beside the paper's are called
    r"(?<![\w-])(?:code|github|project(?: ?page)?|website|web ?page|homepage|demo|videos?|slides|poster|talk|tweet|"
    r"blog(?: ?post)?|models?|weights|checkpoints?|data(?:sets?)?|colab|bib(?:tex)?|supp(?:lementary)?|pytorch|jax|"
    r"tensorflow|official|unofficial|pdf|papers?|arxiv|html|link|openreview|hf|hugging ?face|page)(?![\w-])",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\s*\(?,?\s*\(((?:19|20)[0-9]{2})\)?,?\s*")
_NUMBER: Final = re.compile(r"\A\s*(?:[0-9]{1,3}\)\.?|[0-9]{1,3}\.(?=\s)|#[0-9]{1,3}\b[.:]?(?=\s))\s*")
_MONTH: Final = re.compile(r"\s*[(\[]?20[0-9]{2}[-./][0-9]{1,2}(?:[-./][0-9]{1,2})?[)\]]?[:,]?\s+")
_VENUE: Final = re.compile(r"[(\[]([A-Z][A-Za-z' -]{1,40}(?:19|20)[0-9]{2})[)\]]")
_FIRST_OF_MANY: Final = re.compile(
    r"[\s,]*([^\W\d_][^.,()\[\]]{1,60} et al\b)\.?,?\s*([A-Z][A-Za-z' -]{1,40}(?:19|20)[0-9]{2})?"
)
_READING: Final = re.compile(
    r"\s*\((?:[0-9]{1,3} minute read|GitHub Repo|Website|Sponsor|[0-9]{1,3} min)\)\s*$", re.IGNORECASE
)
# As in the mails of Google Scholar: what kind of file, and who published it where and when.
_CLOSING: Final = re.compile(r"^[*_]{1,3}(?=[\s,.(|]|$)")  # of a title in bold whose link was within
_PREPRINT: Final = re.compile(r"(?:arxiv|preprint)\b.{0,30}", re.IGNORECASE)
_LABEL: Final = re.compile(r"(?:\*\*|__)?([A-Za-z][A-Za-z ]{1,20}?)(?:\*\*|__)?\s?:\s?(?:\*\*|__)?\s*(.*)", re.DOTALL)
_KIND: Final = re.compile(r"(?:\[(?:PDF|HTML|BOOK|CITATION|B|C)\]\s*){1,2}")
_BYLINE: Final = re.compile(
    r"((?:[A-Z]{1,4} [^\W\d_][\w'’ -]{1,30}(?:, |…)?){1,20})\s{0,3}…? - "
    r"(?:([^\d-][^-]{2,120}?)(?: - |, ))?(?:19|20)[0-9]{2}(?: - \S{1,60})?"
)
_OF_PAGE: Final = re.compile(  # badges, and what mails of alerts end with
    r"https?://(?:img\.shields\.io/|scholar\.google\.|www\.semanticscholar\.org/me/)", re.IGNORECASE
)
_TLDR: Final = re.compile(r"TL;?DR\b", re.IGNORECASE)  # of Semantic Scholar: a model wrote it
_COUNTED: Final = re.compile(r"\s*\(([0-9]{1,5}) authors?\)")
_DATED: Final = re.compile(r"((?:1[0-9]|2[0-9])(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])) (?=\S)")
_WIDE: Final = re.compile(r"\s{2,}|\s[-–—:]\s")
_VERB: Final = re.compile(
    r" (?=(?:Introduces|Presents|Proposes|Investigates|This (?:paper|work|study)|We |The authors)\b)"
)
_BLURB: Final = re.compile(r"^[\s:.]*(?:[-–—:]\s*)?")
_BLURB_MARK: Final = re.compile(r"\s*[-–—:#|·`]")
_INITIALS: Final = re.compile(r"[.,]\s+(?=(?:[A-Z]\.[ -]?){1,3}[A-Z])")
_OPEN_CODE: Final = re.compile(r"[`\s]*[0-9]{4}\.[0-9]{4,5}[`\s]*(?:[—–:-]\s*)?")

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "paper title", "paper", "papers", "name", "论文", "标题", "论文标题"),
    "date": ("publish date", "date", "published", "publication date", "time", "日期"),
    "authors": ("authors", "author", "作者"),
    "venue": ("venue", "conference", "journal", "publication", "pub", "publisher"),
    "organization": ("institute", "institution", "affiliation", "organization", "organisation", "lab"),
    "abstract": ("abstract", "summary", "description", "摘要"),
    "code": ("code", "github", "repo", "repository"),
    "arxiv": ("arxiv", "arxiv id", "id"),
    "upvotes": ("upvotes", "votes", "👍", "⬆️"),
}


def leads_to_paper(label: str, url: str) -> bool:
    """Whether a link is one to a paper, by where it leads or by what it is called."""
    if not url.startswith(("http://", "https://")):
        return bool(_LOCAL.fullmatch(url))
    return naming.is_paper(url) or bool(_TO_PAPER.fullmatch(label))


def row(block: Block) -> Found | None:
    """Return the paper of a table's row, by the names of the columns."""
    columns = {kind: _column(block, names) for kind, names in _COLUMNS.items()}
    title_cell = columns["title"]
    links = [link for cell in block.cells for link in cell.links]
    identity = arxiv.normal(plain(columns["arxiv"].text)) if columns["arxiv"] else None
    if title_cell is None or not (identity or _says_paper(block, links) or (columns["authors"] and columns["date"])):
        return None
    title, blurb = _of_cell(title_cell)
    if not may_be_title(title):
        return None
    abstract = columns["abstract"]
    return found(
        title,
        block.line,
        abstract=plain(abstract.text) if abstract else blurb,
        authors=people(plain(columns["authors"].text)) if columns["authors"] else (),
        upvotes=counts.count(plain(columns["upvotes"].text)) if columns["upvotes"] else None,
        arxiv=identity,
        urls=_urls(links),
        day=_day(plain(columns["date"].text)) if columns["date"] else None,
        stand_ins=STAND_INS,
        venue=plain(columns["venue"].text) if columns["venue"] else "",
    )


def item(block: Block) -> Found | None:
    """Return the paper of an item of a list, below whose title may be lines with labels."""
    first, _, below = block.text.partition("\n")
    told, name = _labelled(below), naming.bare_title(_without_marks(first))
    if naming.is_paper(told.get("url", "")) and may_be_title(name):
        return named.paper({**told, "title": name}, block.line)
    paper_link = next((link for link in block.links if leads_to_paper(*link[1:])), None)
    if paper_link is None:
        return None
    title, rest = _title_of_item(block, paper_link)
    if not may_be_title(title):
        return None
    title = naming.bare_title(title)
    dated = _DATED.match(title)
    authors, venue, blurb = _rest_of_item(rest)
    return found(
        title[dated.end() :] if dated else title,
        block.line,
        abstract=blurb,
        authors=authors,
        urls=_urls(block.pairs),
        day=_compact(dated[1]) if dated else None,
        stand_ins=STAND_INS,
        upvotes=naming.upvotes(block.text),
        venue=venue,
    )


def section(title: Block, below: Sequence[Block]) -> Found | None:
    """Return the paper of a title, a heading or a paragraph, and what stands below it."""
    pairs = [*title.pairs, *(pair for block in below for pair in block.pairs)]
    own = [link for link in title.pairs if link[1].startswith("http")]
    told = _told(below)
    if not any(leads_to_paper(*link) for link in (own or pairs)) and not naming.is_paper(told.get("url", "")):
        return None
    name = naming.bare_title(_KIND.sub("", _READING.sub("", _without_marks(title.text))))
    if not may_be_title(name):
        return None
    texts = [plain(block.text) for block in below if block.kind == "paragraph" and not _told([block])]
    names = [plain(block.text) for block in below if _ITALIC.fullmatch(block.text.strip())]
    authors = next((people(one) for one in (_COUNTED.sub("", name) for name in names) if is_name_like(one)), ())
    byline = next(filter(None, map(_BYLINE.fullmatch, texts)), None)
    said = [text for text in texts if text not in names and not (byline and text == byline[0])]
    blurbs = [text for text in said if len(text) >= SHORTEST_BLURB and not (_is_stats(text) or _TLDR.match(text))]
    if "authors" in told or "abstract" in told:
        urls = [told.get("url", ""), *(url for _, url in pairs)]
        return named.paper({"abstract": "".join(blurbs[:1]), **told, "title": name, "url": urls}, title.line)
    stats = next((text for text in texts if _is_stats(text)), "")
    return found(
        name,
        title.line,
        abstract=blurbs[0] if blurbs and title.links else "",
        authors=people(byline[1]) if byline else authors,
        author_count=_count(_COUNTED.pattern, " ".join(texts)),
        organization=_organization(texts),
        comments=_count(r"💬\s*([0-9][0-9,]*)", stats),
        upvotes=_count(r"(?:▲|👍|⬆️?)\s*([0-9][0-9,]*)", stats),
        urls=_urls(pairs),
        stand_ins=(*STAND_INS, "authors") if byline else STAND_INS,
        venue=byline[2] if byline else "",
        stars=_count(r"(?:⭐|★)\s*([0-9][0-9,]*)", stats),
    )


def _told(below: Iterable[Block]) -> Mapping[str, str]:
    """Return by field what lines with labels tell below a title."""
    return _labelled("\n".join(block.text for block in below))


def _labelled(text: str) -> Mapping[str, str]:
    """Return by field what lines with labels tell: ``**Authors:** A. Author, B. Author``."""
    told: dict[str, str] = {}
    for line in text.split("\n"):
        found = _LABEL.fullmatch(line.strip())
        name = named.field(found[1]) if found else ""
        if found and name:
            told.setdefault(name, plain(found[2]))
    return told


def _says_paper(block: Block, links: Sequence[Link]) -> bool:
    """Whether a row leads to a paper, or anywhere from a table whose first words are that these are papers."""
    listed = any(name in ("paper", "papers", "论文") for name in block.columns)
    return any(leads_to_paper(*link) or (listed and link[1].startswith("http")) for link in links)


def _column(block: Block, names: Sequence[str]) -> Cell | None:
    at = next((block.columns.index(name) for name in names if name in block.columns), None)
    return block.cells[at] if at is not None and at < len(block.cells) else None


def _of_cell(cell: Cell) -> tuple[str, str]:
    """Return the title in a cell, and what is said of the paper behind it."""
    text = _NUMBER.sub("", cell.text, count=1)
    bold = _BOLD.match(text)
    if bold:
        return plain(bold[1]), _blurb(text[bold.end() :])
    label = next((label for label, url in cell.links if not _GENERIC.fullmatch(label)), "")
    if label and text.startswith(label):
        return plain(label), _blurb(text[len(label) :])
    ends = [end for end in (_WIDE.search(text), _VERB.search(text)) if end]
    end = min(ends, key=lambda end: end.start(), default=None)
    return plain(text[: end.start()] if end else text).strip("* "), _blurb(text[end.end() :] if end else "")


def _title_of_item(block: Block, paper: tuple[int, str, str]) -> tuple[str, str]:
    """Return the title and what stands behind it: bold, the link's own text, or what stands before the link."""
    text = block.text
    bold = _BOLD.match(text)
    if bold:
        return plain(bold[1]).rstrip(".").strip(), text[bold.end() :]
    place, label, _ = paper
    named = next((link for link in block.links if link[0] <= 3 and not _GENERIC.fullmatch(link[1])), None)
    if named and not leads_to_paper(*named[1:]) and not _GENERIC.fullmatch(label):
        return plain(label), ""  # the item is about something else, and names the paper behind it
    if named:
        end = named[0] + len(named[1])
        return _OPEN_CODE.sub("", plain(named[1]), count=1), text[end:]
    if place > 8 and _GENERIC.fullmatch(label):
        return _title_before(text[:place].rstrip(" [(|·-–—\n"))
    return ("", "") if _GENERIC.fullmatch(label) else (plain(label), text[place + len(label) :])


def _title_before(text: str) -> tuple[str, str]:
    """Return the title that a text before a link begins with, and the authors behind it: after a year, or as names."""
    text = _MONTH.sub("", text, count=1) if _MONTH.match(text) else text
    parted = _YEAR.split(text, maxsplit=1)
    if len(parted) > 1:
        return plain(parted[0]), f" {parted[2]} "
    initials = _INITIALS.split(text, maxsplit=1)
    if len(initials) > 1:
        return plain(initials[0]), f" {initials[1]} "
    sentence, _, behind = text.rpartition(". ")
    named = len(sentence) >= SHORTEST_BLURB // 2 and is_name_like(plain(behind))
    return (plain(sentence), f" {behind} ") if named else (plain(text).rstrip("."), "")


def _rest_of_item(rest: str) -> tuple[tuple[str, ...], str, str]:
    """Return authors, venue and a sentence about the paper from what stands behind its title."""
    rest = _CLOSING.sub("", rest, count=1)
    if rest.lstrip().startswith("#"):  # tags
        return (), "", ""
    many = _FIRST_OF_MANY.match(rest)
    if many:
        return people(many[1]), many[2] or "", ""
    published = next((one for one in _ITALIC.finditer(rest) if _is_venue(plain(one[1]))), None)
    before = plain(rest[: published.start()]).strip(" .,;") if published else ""
    if published and is_name_like(before):
        return people(before), plain(published[1]), ""
    italic = next((one for one in _ITALIC.finditer(rest) if is_name_like(plain(one[1])) and one is not published), None)
    if italic:
        venue = plain(rest[: italic.start()]).strip(" .,")
        return people(plain(italic[1])), venue if len(venue) <= 60 and venue.lower() != "preprint" else "", ""
    year = _YEAR.match(rest)
    behind = plain(re.sub(r"\[\[?[^\[\]]{0,40}\]?\]|\[\]", " ", rest[year.end() :] if year else rest)).strip(" .,;")
    names = _BESIDE.sub(" ", behind).strip(" .,;|()")
    is_word = not set(names) & set(" ,.")  # a venue, or what else links are called
    if names and is_name_like(names) and not (is_word or behind.startswith("(") or _BLURB_MARK.match(rest)):
        return people(names), "", ""
    venue = next((venue for venue in _VENUE.findall(rest) if venues.kind(venue)), "")
    return (), venue, _blurb(rest)


def _is_venue(text: str) -> bool:
    return "," not in text and (bool(venues.kind(text)) or _PREPRINT.fullmatch(text) is not None)


def _blurb(text: str) -> str:
    shown = plain(_BLURB.sub("", text, count=1)).strip(" |")
    return shown if len(shown) >= SHORTEST_BLURB else ""


def _without_marks(text: str) -> str:
    return plain(_NUMBER.sub("", text, count=1)).strip("* ")


def may_be_title(text: str) -> bool:
    """Whether a text may be a paper's title: words, not an id or the name of a link."""
    letters = sum(letter.isalnum() for letter in text)
    return len(text) <= 400 and letters > 1 and not text.isdecimal() and not _GENERIC.fullmatch(text)


def _urls(links: Iterable[Link]) -> list[Link]:
    """Return the links, those to what the list says of itself left out."""
    return [(label, url) for label, url in links if url.startswith(("http://", "https://")) and not _OF_PAGE.match(url)]


def _is_stats(text: str) -> bool:
    return bool(re.search(r"[▲👍💬⭐★]\s*[0-9]", text)) and len(text) < 200


def _count(pattern: str, text: str) -> int | None:
    told = re.search(pattern, text)
    return int(told[1].replace(",", "")[:9]) if told else None


def _organization(texts: Sequence[str]) -> Organization | None:
    told = next((text.removeprefix("🏢").strip() for text in texts if text.startswith("🏢")), "")
    return publisher(told)


def _day(text: str) -> PartialDate | None:
    return dates.edtf(text.replace(".", "-").replace("/", "-")) or _whole(dates.parse(text))


def _whole(day: PartialDate | None) -> PartialDate | None:
    return day if day and day.year and day.exists else None


def _compact(digits: str) -> PartialDate | None:
    """Read ``210714``."""
    return dates.of_parts(f"20{digits[:2]}", digits[2:4], digits[4:])
