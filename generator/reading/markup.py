"""HTML and XML by lxml, with nothing fetched and no entity expanded; and what HTML shows, as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from html.entities import html5
from typing import Final

from lxml import etree
from lxml import html as lxml_html
from lxml.html import defs

from generator.reading.text import plain

Element = etree._Element  # lxml's one name for elements of both

HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])

_UNSHOWN: Final = frozenset(["script", "style", "head", "noscript", "template", "svg", "iframe", "object"])
_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "blockquote",
        "pre",
        "hr",
        "dd",
        "dt",
        "details",
        "summary",
        "figure",
        "main",
        "nav",
        "aside",
    ]
)
# What texts are marked up with: HTML, JATS (publishers) and MathML.  Papers write <think>, and that n<k and k>m.
_JATS: Final = frozenset(
    [
        *("bold", "italic", "roman", "sc", "monospace", "overline", "underline", "xref", "ext-link", "disp-quote"),
        *("inline-formula", "disp-formula", "tex-math", "sec", "list", "list-item", "fn"),
    ]
)
_MATHML: Final = frozenset(
    [
        *("mi", "mo", "mn", "ms", "mtext", "mrow", "mfrac", "msup", "msub", "msubsup", "mover", "munder", "munderover"),
        *("msqrt", "mroot", "mstyle", "mspace", "mfenced", "mpadded", "mtable", "mtr", "mtd", "menclose", "mphantom"),
        *("merror", "mmultiscripts", "semantics", "annotation"),
    ]
)
_SINCE_HTML5: Final = frozenset(["main", "header", "footer", "figure", "bdi", "picture", "template"])
_ELEMENTS: Final = defs.tags | _SINCE_HTML5 | _JATS | _MATHML
_TAG: Final = re.compile(r"<(?:/?([A-Za-z][\w.:-]{0,40})(?:\s[^<>=]{0,200}=[^<>]{0,2000})?\s{0,9}/?>|[!?][A-Za-z\[-])")
_OPENING: Final = re.compile("<")
_CDATA_OR_NAMED: Final = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!#)(?:([A-Za-z][A-Za-z0-9]{1,30});)?", re.DOTALL)
_OF_XML: Final = frozenset(["amp", "lt", "gt", "quot", "apos"])
_FIRST_TAG: Final = re.compile(
    r"(?:(?:<\?xml[^<>]{0,200}\?>|<!--(?:(?!-->).){0,2000}-->|<!DOCTYPE[^<>\[]{0,300}(?:\[[^\[\]]{0,3000}\]\s{0,9})?>)\s*){0,20}"
    r"<(?:[A-Za-z]{1,20}:)?([A-Za-z]{1,20})",
    re.DOTALL | re.IGNORECASE,
)


def first_tag(text: str) -> str:
    """Return the name of the element that an XML or HTML text begins with, in lower case; nothing for other texts."""
    found = _FIRST_TAG.match(text[:20_000].lstrip())
    return found[1].lower() if found else ""


def xml(text: str) -> tuple[Element | None, int | None]:
    """Return the root of an XML text, ``None`` if it has none, and the line on which it breaks, if it does."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(_CDATA_OR_NAMED.sub(_of_html, text.lstrip("\n\t ")).encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, 1
    broken = [error.line for error in parser.error_log if error.level == etree.ErrorLevels.FATAL]
    return root, min(broken, default=None)


def _of_html(found: re.Match[str]) -> str:
    """Return what HTML's reference by name is in XML, which has five; any other ``&`` as the sign that it is.

    Feeds write both, and behind the first one the parser would lose each ``&lt;``.
    """
    if found[0][0] == "<" or found[1] in _OF_XML:
        return found[0]
    return escape(html5.get(f"{found[1]};", found[0]))


def html(text: str) -> Element | None:
    """Return the root of an HTML text, which may be a piece of a page; ``None`` if it shows nothing."""
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def name(element: Element) -> str:
    """Return an element's name in lower case and without its namespace."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def line(element: Element) -> int:
    """Return the line on which an element begins."""
    return element.sourceline or 1


def content(element: Element) -> str:
    """Return the text of an element and all within it, as it stands."""
    return plain("".join(_texts(element)))


def shown(text: str) -> str:
    """Return what a piece of HTML shows: paragraphs on lines of their own.  Text without a tag stays as it is."""
    if not any(map(_is_tag, _TAG.finditer(text))):
        return text
    root = html(f"<div>{_OPENING.sub(_opening, text)}</div>")
    return "" if root is None else shown_by(root)


def _opening(sign: re.Match[str]) -> str:
    """Return ``<`` where a tag begins, and its reference where it is text."""
    tag = _TAG.match(sign.string, sign.start())
    return "<" if tag and _is_tag(tag) else "&lt;"


def _is_tag(found: re.Match[str]) -> bool:
    """Whether it is a comment or the like, or the tag of an element that is known or has a prefix."""
    prefix, _, name = (found[1] or "").rpartition(":")
    return bool(prefix) or not name or name.lower() in _ELEMENTS


def shown_by(root: Element) -> str:
    """Return what an element shows, one line a block."""
    pieces = [("\n" if is_block(element) else "") + text_at(event, element) for event, element in walk(root)]
    lines = (" ".join(one.split()) for one in "".join(pieces).split("\n"))
    return "\n".join(one for one in lines if one)


def is_block(element: Element) -> bool:
    """Whether what is before and after an element stands on other lines."""
    return name(element) in _BLOCKS


def text_at(event: str, element: Element) -> str:
    """Return the text behind the beginning or the end of an element, up to the next tag."""
    return " ".join(plain((element.text if event == "start" else element.tail) or "").split("\n"))


def walk(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield the beginning and the end of each element that shows anything, in order."""
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if name(element) in _UNSHOWN or not name(element):
            if event == "start":
                walker.skip_subtree()
            if event == "end" and element is not root:
                yield "end", element
            continue
        yield event, element


def _texts(element: Element) -> Iterator[str]:
    return (str(text) for text in element.itertext())
