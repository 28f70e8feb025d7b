"""Pages that crawlers wrote down, as lines with the links that stand on them, whichever way these are written.

As Markdown (``[text](url)``, over several lines, too), as ``[LINK: text](url)``, as numbers with the addresses at the
end, as addresses on lines of their own, or as HTML.  A line keeps its number; a link belongs to the line on which its
text begins.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from generator.readers import markup, naming
from generator.readers.found import Link, unescaped

HEADING: Final = re.compile(r"[ ]{0,3}(#{1,6})(?:\s+|$)(.*)")
ADDRESS_ALONE: Final = re.compile(r"[(<\[]?(https?://[^\s<>\[\]]{4,2000}?)[)>\]]?")

_FEWEST_REFERENCES: Final = 3
_DEEPEST: Final = 6  # brackets in brackets: an image within a link has two

_TOKEN: Final = re.compile(r"\\.|!?\[|\](?:\(| \((?=https?:))|\]", re.DOTALL)
_ADDRESS: Final = re.compile(
    r"\s{0,4}<?([^\s()<>]{0,2000}(?:\([^\s()<>]{0,300}\)[^\s()<>]{0,2000}){0,4})>?(?:\s{1,4}(?:\"[^\"]{0,300}\"|'[^']{0,300}'))?\s{0,4}\)"
)
_PLACEHOLDER: Final = re.compile(r"\[(?:图片|圖片|Image|IMAGE|Img)\s{0,4}[:：][^\[\]]{0,200}\]")
_REFERENCE: Final = re.compile(
    r"^[ \t]{0,8}(?:\[([0-9]{1,5})\]:?|([0-9]{1,5})\.)[ \t]{1,8}<?(https?://\S{1,2000}?)>?[ \t]{0,8}$", re.MULTILINE
)
_DEFINITION: Final = re.compile(
    r"^ {0,3}\[([^\[\]\n]{1,100})\]:[ \t]{1,8}<?(https?://[^\s<>]{1,2000})>?[^\n]{0,300}$", re.MULTILINE
)
_BY_NAME: Final = re.compile(r"(?<!\])\[([^\[\]\n]{1,500})\]\[([^\[\]\n]{0,100})\]")
_NUMBERED: Final = re.compile(r"\[([0-9]{1,5})\]")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINE_END: Final = re.compile(r"\\{1,2}(?=\s|$)")
# What pandoc keeps of HTML: `{.class}` behind links, pictures and headings, and fences around what were boxes.
_SPAN: Final = re.compile(r"(?<!!)\[([^\[\]\n]{0,500})\]\{[#.][^{}\n]{0,500}\}")
_ATTRIBUTES: Final = re.compile(r"(?:(?<=[\])])| )\{[#.][^{}\n]{0,500}\}|^:::[^\n]{0,500}$", re.MULTILINE)
_UNDERLINE: Final = re.compile(r"={3,}|-{5,}")
_FRONT: Final = re.compile(r"\A---\n((?:[^\n]{0,2000}\n){1,60}?)---\n")
_JINA: Final = re.compile(
    r"\A\s{0,4}Title: ([^\n]{0,500})\n+URL Source: ([^\n]{0,2000})\n+"
    r"(?:[A-Z][A-Za-z ]{1,40}: [^\n]{0,2000}\n+){0,5}Markdown Content:[ ]*\n"
)
_KEY: Final = re.compile(r"^([A-Za-z_]{1,40}): (.{1,500})$", re.MULTILINE)
_ANCHOR: Final = re.compile(
    r"<a\s[^<>]{0,300}>\s{0,4}</a>|<!--.{0,200}?-->|</?(?:b|i|em|strong|sup|sub|br|p|div|span|u|details|summary|center|ul|li|ol|h[1-6])(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE | re.DOTALL,
)
_EMPHASIS: Final = re.compile(
    r"(?<![\w\\*])(\*{1,3}|_{1,3}|~~)(?=[^\s*_])((?:(?!\1).){1,2000}?)(?<=[^\s])\1(?![\w*])", re.DOTALL
)
_CODE: Final = re.compile(r"(?<!`)`([^`\n]{1,300})`(?!`)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a reader sees it.  ``level`` is a heading's, 0 for text; ``indent`` is the white space before it.

    ``row`` and ``column`` tell the cell of a table with a header in which it stands; they count from 1, rows through
    all tables, and the header's ``row`` is negative.
    """

    number: int
    text: str
    links: tuple[Link, ...] = ()
    level: int = 0
    indent: int = 0
    is_item: bool = False
    row: int = 0
    column: int = 0

    @property
    def urls(self) -> tuple[str, ...]:
        return tuple(url for _, url in self.links)


def lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a page, empty ones and front matter left out."""
    if is_html(text):
        return tuple(_of_html(text))
    front = _FRONT.match(text) or _JINA.match(text)
    body = "\n" * text.count("\n", 0, front.end()) + text[front.end() :] if front else text
    if "{." in body or "\n:::" in body:
        body = _ATTRIBUTES.sub("", _SPAN.sub(r"\1", body))
    references = {one[1] or one[2]: one[3] for one in _REFERENCE.finditer(body)}
    numbered = len(references) >= _FEWEST_REFERENCES and "](" not in body[:5000]
    if numbered:
        body = _REFERENCE.sub("", body)
    return tuple(_with_addresses(_with_levels(_of_text(body, references if numbered else {}))))


def is_html(text: str) -> bool:
    """Whether a text is HTML, rather than Markdown that begins with some, as many lists do."""
    tag = markup.first_tag(text)
    return tag in ("html", "body", "head") or (bool(tag) and text.count("](") <= text.lower().count("<a "))


def front_matter(text: str) -> Mapping[str, str]:
    """Return what a crawler wrote above the page, as keys and values."""
    jina = _JINA.match(text)
    if jina:
        return {"title": jina[1], "url": jina[2]}
    front = _FRONT.match(text)
    return {key.lower(): value.strip("\"' ") for key, value in _KEY.findall(front[1])} if front else {}


def unlinked(text: str) -> tuple[str, tuple[tuple[int, str, str], ...]]:
    """Return Markdown without images and with the text of links in their place, and the links: where, text, URL.

    No line end is added or taken, so that a place tells the line.
    """
    shown = _Unlinked()
    at = 0
    for token in _TOKEN.finditer(text):
        if token.start() < at:
            continue
        shown.put(text[at : token.start()])
        at = token.end()
        sign = "" if token[0].startswith("\\") else token[0]
        address = _ADDRESS.match(text, at) if sign.endswith("(") and shown.opened else None
        if sign.endswith("["):
            shown.open(sign)
        elif address:
            shown.close(address)
            at = address.end()
        else:
            if sign.startswith("]") and shown.opened:
                shown.opened.pop()
            shown.put(token[0])
    shown.put(text[at:])
    return "".join(shown.pieces), tuple(sorted(shown.links))


@dataclass(slots=True)
class _Unlinked:
    """Markdown while its links are taken out.

    ``opened``: how many pieces stand before a bracket, their size, and whether it is an image's.
    """

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    opened: list[tuple[int, int, bool]] = field(default_factory=list)
    links: list[tuple[int, str, str]] = field(default_factory=list)

    def put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.size += len(piece)

    def open(self, bracket: str) -> None:
        self.opened = [*self.opened[1 - _DEEPEST :], (len(self.pieces), self.size, bracket == "![")]
        self.put(bracket)

    def close(self, address: re.Match[str]) -> None:
        """Put what stands since the last bracket, if it is no image, and the line ends of all."""
        pieces, place, is_image = self.opened.pop()
        inner = "".join(self.pieces[pieces + 1 :])
        del self.pieces[pieces:]
        self.size = place
        self.put("\n" * inner.count("\n") if is_image else inner)
        self.put("\n" * address[0].count("\n"))
        if not is_image:
            self.links.append((place, inner, address[1]))


def plain(text: str) -> str:
    """Return what a piece of Markdown without links shows: no escapes, emphasis, tags or entities."""
    text = _ANCHOR.sub(" ", _LINE_END.sub(" ", text))
    text = _EMPHASIS.sub(lambda one: one[2], _EMPHASIS.sub(lambda one: one[2], text))
    return " ".join(unescaped(_ESCAPE.sub(r"\1", _CODE.sub(r"\1", text))).split())


def raw_lines(text: str) -> Iterator[tuple[str, tuple[tuple[int, str, str], ...]]]:
    """Yield each line of Markdown as :func:`unlinked` leaves it, with its links: where on the line, text, URL."""
    shown, found = unlinked(_inline(_PLACEHOLDER.sub("", text)))
    links = list(reversed(found))
    place = 0
    for raw in shown.split("\n"):
        here: list[tuple[int, str, str]] = []
        while links and links[-1][0] <= place + len(raw):
            start, label, url = links.pop()
            here.append((start - place, _label(label), naming.direct(url)))
        yield raw, tuple(here)
        place += len(raw) + 1


def _inline(text: str) -> str:
    """Return Markdown with each ``[text][name]`` as ``[text](URL)`` where a line ``[name]: URL`` tells it."""
    if "][" not in text:
        return text
    urls = {one[1].lower(): one[2] for one in _DEFINITION.finditer(text)}

    def inline(one: re.Match[str]) -> str:
        url = urls.get((one[2] or one[1]).lower())
        return f"[{one[1]}]({url})" if url else one[0]

    return _BY_NAME.sub(inline, _DEFINITION.sub("", text)) if urls else text


def _of_text(text: str, references: Mapping[str, str]) -> Iterator[Line]:
    for number, (raw, found) in enumerate(raw_lines(text), 1):
        here = [(label, url) for _, label, url in found]
        if references:
            here += _by_number(raw, references)
        unnumbered = _NUMBERED.sub(lambda one: "" if one[1] in references else one[0], raw) if references else raw
        line = unnumbered.strip().removeprefix("LINK: ")
        if line or here:
            yield Line(number, line, tuple(here), indent=len(raw) - len(raw.lstrip()))


def _by_number(text: str, references: Mapping[str, str]) -> Iterator[Link]:
    """Yield the links whose numbers stand on a line: before their text, or else behind it."""
    before, *parts = _NUMBERED.split(text)
    for number, after in zip(parts[::2], parts[1::2], strict=True):
        if number in references:
            yield _label(after) or _label(before), references[number]
        before = after


def _label(text: str) -> str:
    return " ".join(text.split()).removeprefix("LINK: ")


def _with_levels(found: Iterator[Line]) -> Iterator[Line]:
    """Take the marks of headings away, be they before or below the text."""
    last: Line | None = None
    for line in found:
        if last and not last.level and _UNDERLINE.fullmatch(line.text) and line.number == last.number + 1:
            last = replace(last, level=1 if line.text[0] == "=" else 2)
            continue
        if last:
            yield last
        heading = HEADING.fullmatch(line.text)
        last = replace(line, text=heading[2].strip(" #"), level=len(heading[1])) if heading else line
    if last:
        yield last


def _with_addresses(found: Iterator[Line]) -> Iterator[Line]:
    """Give an address that stands alone to the line above it."""
    last: Line | None = None
    for line in found:
        alone = ADDRESS_ALONE.fullmatch(line.text)
        if alone and last and not line.links and last.text:
            last = replace(last, links=(*last.links, (last.text, alone[1])))
            continue
        if last:
            yield last
        last = line
    if last:
        yield last


def _of_html(text: str) -> Iterator[Line]:
    """Yield the lines that HTML shows, a block each."""
    root = markup.html(text)
    if root is None:
        return
    pieces: list[str] = []
    links: list[Link] = []
    open_links: list[tuple[str, int]] = []
    place = _Place(frozenset(filter(_has_header, root.iter("table"))))
    for event, element in markup.walk(root):
        name = markup.name(element)
        if markup.is_block(element):
            if _joined(pieces):
                still = ((_joined(pieces[start:]), url) for url, start in open_links)
                yield place.line(_joined(pieces), (*links, *still))
            pieces, links, open_links = [], [], [(url, 0) for url, _ in open_links]
            place.move(event, name, element)
        if name == "a" and event == "start":
            open_links.append((naming.direct(element.get("href") or ""), len(pieces)))
        if name == "a" and event == "end" and open_links:
            url, start = open_links.pop()
            links += [(_joined(pieces[start:]), url)] if _joined(pieces[start:]) else []
        pieces.append(markup.text_at(event, element))
    if _joined(pieces):
        yield place.line(_joined(pieces), tuple(links))


@dataclass(slots=True)
class _Place:
    """Where in HTML the text stands that is being read; ``tables`` are those with a header."""

    tables: Container[markup.Element]
    number: int = 1
    level: int = 0
    is_item: bool = False
    row: int = 0
    column: int = 0
    rows: int = 0

    def move(self, event: str, name: str, element: markup.Element) -> None:
        """Go to the beginning of an element, or behind its end."""
        begins = event == "start"
        self.number, self.is_item = markup.line(element), begins and name == "li"
        self.level = int(name[1]) if begins and name in markup.HEADINGS else 0
        if name in ("td", "th"):
            self.column += bool(begins and self.row)
        elif name == "tr":
            self.row, self.column = 0, 0
            if begins and next(element.iterancestors("table"), None) in self.tables:
                self.rows += 1
                self.row = self.rows if element.find("td") is not None else -self.rows

    def line(self, text: str, links: tuple[Link, ...]) -> Line:
        return Line(self.number, text, links, self.level, is_item=self.is_item, row=self.row, column=self.column)


def _has_header(table: markup.Element) -> bool:
    """Whether a table tells the names of its columns, as one that only puts things in their places does not."""
    first = next(table.iter("tr"), None)
    return first is not None and len(first.findall("th")) > 1 and next(table.iterdescendants("table"), None) is None


def _joined(pieces: Sequence[str]) -> str:
    return " ".join("".join(pieces).split())
