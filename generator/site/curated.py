"""What a curator's Markdown may become: text, links, lists, tables, and nothing that acts.

An extension of Python-Markdown, by its own means.  Raw HTML is text like any other, unless the setting ``raw_html``
of the plugin allows it.  Links lead to pages of the site, to ``https:``, ``http:`` or ``mailto:``; what else calls
itself an address is no link.  Links to other hosts say ``noopener nofollow``.  A picture of another host becomes a link
to it, because a page asks nothing of others.
"""

from __future__ import annotations

import html
import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

# Parts what a person wrote for the converter: above the abstract, the abstract, below it; or above a list and below it.
PART: Final = "<!--part-of-a-page-7f3a91-->"

_LINKED: Final = frozenset({"https", "http", "mailto"})
_ADDRESSES: Final = frozenset(
    {"href", "src", "action", "formaction", "data", "poster", "cite", "background", "xlink:href"}
)
_ACTING: Final = re.compile(r"on.*|style|srcdoc|srcset|ping", re.IGNORECASE)
# What browsers leave out of an address before they look at its scheme (WHATWG URL: tabs and line ends anywhere, C0
# controls and spaces around it).
_LEFT_OUT: Final = re.compile(r"[\t\n\r]|^[\x00-\x20]+|[\x00-\x20]+$")
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class Curated(Extension):
    """Add it last, so that it sees what the others have made."""

    def __init__(self, *, raw_html: bool = False) -> None:
        super().__init__()
        self._raw_html = raw_html

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (the library's name)
        if not self._raw_html:
            md.preprocessors.deregister("html_block", strict=False)
            md.inlinePatterns.deregister("html", strict=False)
        md.parser.blockprocessors.register(_Parts(md.parser), "curated-parts", 200)
        md.treeprocessors.register(_Harmless(md), "curated-harmless", -100)


class _Parts(BlockProcessor):
    """The mark between the parts of a page goes through as it is."""

    def test(self, parent: Element, block: str) -> bool:
        return block.strip() == PART

    def run(self, parent: Element, blocks: list[str]) -> None:
        SubElement(parent, "p").text = self.parser.md.htmlStash.store(blocks.pop(0).strip())


class _Harmless(Treeprocessor):
    """No attribute acts, and no address does."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in [name for name in element.attrib if name != name.lower()]:  # which HTML does not tell apart
                element.attrib.setdefault(name.lower(), element.attrib.pop(name))
            for name in [*element.attrib]:
                if _ACTING.fullmatch(name) or (name in _ADDRESSES and not _is_harmless(element, name)):
                    del element.attrib[name]
            if is_elsewhere(element.get("href", "")):
                element.set("rel", "noopener nofollow")
            if element.tag == "img" and is_elsewhere(element.get("src", "")):
                _become_link(element)


def _is_harmless(element: Element, name: str) -> bool:
    scheme = _scheme(element.attrib[name])
    if element.tag == "img":  # that of another host becomes a link
        return scheme in ("", "https", "http")
    return not scheme or (scheme in _LINKED and name == "href")


def is_elsewhere(address: str) -> bool:
    """Whether an address as it stands in HTML is that of another host."""
    plain = _plain(address).replace("\\", "/")
    return plain.startswith("//") or _scheme(address) in ("https", "http")


def _scheme(address: str) -> str:
    """The scheme that a browser would see, in small letters; a relative address has none."""
    found = _SCHEME.match(_plain(address))
    return found[1].lower() if found else ""


def _plain(address: str) -> str:
    return _LEFT_OUT.sub("", html.unescape(address.replace(AMP_SUBSTITUTE, "&")))


def _become_link(image: Element) -> None:
    source, told = image.get("src", ""), image.get("alt", "")
    tail = image.tail
    image.clear()
    image.tag, image.text, image.tail = "a", told or source, tail
    image.set("href", source)
    image.set("rel", "noopener nofollow")
