"""Pages that crawlers wrote down, as lines with the links that stand on them, whichever way these are written.

As Markdown (``[text](url)``, over several lines, too), as ``[LINK: text](url)``, as numbers with the addresses at the
end, as addresses on lines of their own, or as HTML.  A line keeps its number; a link belongs to the line on which its
text begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from generator.reading import html_lines, markup
from generator.reading.found import Link
from generator.reading.line import Line
from generator.reading.md_links import label_of, raw_lines

HEADING: Final = re.compile(r"[ ]{0,3}(#{1,6})(?:\s+|$)(.*)")
ADDRESS_ALONE: Final = re.compile(r"[(<\[]?(https?://[^\s<>\[\]]{4,2000}?)[)>\]]?")
_FEWEST_REFERENCES: Final = 3
_REFERENCE: Final = re.compile(
    r"^[ \t]{0,8}(?:\[([0-9]{1,5})\]:?|([0-9]{1,5})\.)[ \t]{1,8}<?(https?://\S{1,2000}?)>?[ \t]{0,8}$", re.MULTILINE
)
_NUMBERED: Final = re.compile(r"\[([0-9]{1,5})\]")
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


def lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a page, empty ones and front matter left out."""
    if is_html(text):
        return tuple(html_lines.lines(text))
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
            yield label_of(after) or label_of(before), references[number]
        before = after


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
