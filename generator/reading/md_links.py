"""Links and other marks of Markdown: text as it shows, and where its links stand and lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from generator.reading import naming
from generator.reading.found import unescaped

_DEEPEST: Final = 6  # brackets in brackets: an image within a link has two

_TOKEN: Final = re.compile(r"\\.|!?\[|\](?:\(| \((?=https?:))|\]", re.DOTALL)
_ADDRESS: Final = re.compile(
    r"\s{0,4}<?([^\s()<>]{0,2000}(?:\([^\s()<>]{0,300}\)[^\s()<>]{0,2000}){0,4})>?(?:\s{1,4}(?:\"[^\"]{0,300}\"|'[^']{0,300}'))?\s{0,4}\)"
)
_PLACEHOLDER: Final = re.compile(r"\[(?:图片|圖片|Image|IMAGE|Img)\s{0,4}[:：][^\[\]]{0,200}\]")
_DEFINITION: Final = re.compile(
    r"^ {0,3}\[([^\[\]\n]{1,100})\]:[ \t]{1,8}<?(https?://[^\s<>]{1,2000})>?[^\n]{0,300}$", re.MULTILINE
)
_BY_NAME: Final = re.compile(r"(?<!\])\[([^\[\]\n]{1,500})\]\[([^\[\]\n]{0,100})\]")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINE_END: Final = re.compile(r"\\{1,2}(?=\s|$)")
_ANCHOR: Final = re.compile(
    r"<a\s[^<>]{0,300}>\s{0,4}</a>|<!--.{0,200}?-->|</?(?:b|i|em|strong|sup|sub|br|p|div|span|u|details|summary|center|ul|li|ol|h[1-6])(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE | re.DOTALL,
)
_EMPHASIS: Final = re.compile(
    r"(?<![\w\\*])(\*{1,3}|_{1,3}|~~)(?=[^\s*_])((?:(?!\1).){1,2000}?)(?<=[^\s])\1(?![\w*])", re.DOTALL
)
_CODE: Final = re.compile(r"(?<!`)`([^`\n]{1,300})`(?!`)")


def plain(text: str) -> str:
    """Return what a piece of Markdown without links shows: no escapes, emphasis, tags or entities."""
    text = _ANCHOR.sub(" ", _LINE_END.sub(" ", text))
    text = _EMPHASIS.sub(lambda one: one[2], _EMPHASIS.sub(lambda one: one[2], text))
    return " ".join(unescaped(_ESCAPE.sub(r"\1", _CODE.sub(r"\1", text))).split())


def raw_lines(text: str) -> Iterator[tuple[str, tuple[tuple[int, str, str], ...]]]:
    """Yield each line of Markdown as a reader sees it, without images and addresses.

    With it go its links: where on the line, text, URL.
    """
    shown, found = _unlinked(_inline(_PLACEHOLDER.sub("", text)))
    links = list(reversed(found))
    place = 0
    for raw in shown.split("\n"):
        here: list[tuple[int, str, str]] = []
        while links and links[-1][0] <= place + len(raw):
            start, label, url = links.pop()
            here.append((start - place, label_of(label), naming.direct(url)))
        yield raw, tuple(here)
        place += len(raw) + 1


def _unlinked(text: str) -> tuple[str, tuple[tuple[int, str, str], ...]]:
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


def _inline(text: str) -> str:
    """Return Markdown with each ``[text][name]`` as ``[text](URL)`` where a line ``[name]: URL`` tells it."""
    if "][" not in text:
        return text
    urls = {one[1].lower(): one[2] for one in _DEFINITION.finditer(text)}

    def inline(one: re.Match[str]) -> str:
        url = urls.get((one[2] or one[1]).lower())
        return f"[{one[1]}]({url})" if url else one[0]

    return _BY_NAME.sub(inline, _DEFINITION.sub("", text)) if urls else text


def label_of(text: str) -> str:
    """Return what a link is called, on one line."""
    return " ".join(text.split()).removeprefix("LINK: ")
