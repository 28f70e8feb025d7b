"""The only place that knows how text becomes Markdown, and Markdown text again.

The promise, held by a property in ``tests/test_mdtext.py``: for any text, Python-Markdown
with the extensions of ``mkdocs.yml`` shows ``escape(text)`` as that very text, in a
paragraph, a heading and a list.  As little is escaped as the promise allows, because a
curator reads and edits the result: ordinary prose comes out as it went in.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Final

import markdown

from generator.invisible import visible
from generator.site.curated import Curated

# What cannot be shown: C0 and C1 controls (Python-Markdown keeps its placeholders between
# U+0002 and U+0003), lone surrogates, the byte order mark, U+FFFE and U+FFFF.
_UNSHOWABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")

# Each branch begins with the sign itself, so that the search goes from one such sign to the next.
_INLINE: Final = re.compile(
    r"""
    \\ | ` | \* | \[ | \]           # escapes, code, emphasis, links, footnotes, reference definitions
    | <                             # tags, autolinks, comments
    | &(?=\#?\w{1,32};)             # what would be read as a character reference
    | _(?:(?<![^\W_]_)|(?![^\W_]))  # emphasis; inside a word it is an ordinary sign
    """,
    re.VERBOSE,
)
_START: Final = re.compile(r"[#>+=~:|-]|!(?=!!)|\?(?=\?\?)|(?P<number>\d+)(?=[.)](?:\s|$))")
_REFERENCES: Final = {"<": "&lt;", "&": "&amp;"}
_BACKSLASHED: Final = frozenset("\\`*_[]#>+-.!")
_ESCAPED: Final = re.compile(r"\\([\\`*_\[\]#>+\-.!)])|&(?:lt|amp|#\d+);")


class Markdown(str):
    """Text that is Markdown already, and goes to the page as it stands."""

    __slots__ = ()


def one_line(text: str) -> str:
    """The text as a page can show it: white space folded to single spaces, nothing unshowable, nothing unseen."""
    if text.isascii() and _is_folded(text):  # nearly all text, and the fast half of this
        return text.strip()
    return " ".join(visible(_UNSHOWABLE.sub("", text)).split())


def _is_folded(text: str) -> bool:
    """Whether there are only single spaces; of all white space, the space alone counts as printable."""
    return "  " not in text and text.isprintable()


def escape(text: object) -> Markdown:
    """Markdown of one line that shows ``text``, whatever it holds; :class:`Markdown` goes through unchanged."""
    if isinstance(text, Markdown):
        return text
    line = _INLINE.sub(_inline, one_line(str(text)))
    return Markdown(_quoted_end(_quoted_start(line)))


def unescape(line: str) -> str:
    """The text that a line made by :func:`escape` shows."""
    if "\\" not in line and "&" not in line:
        return line
    return _ESCAPED.sub(lambda seen: seen[1] or html.unescape(seen[0]), line)


def plain(block: str) -> str | None:
    """The text of a block that is plain text, or ``None`` if it holds Markdown that a person wrote."""
    line = block.strip() if _is_folded(block) else " ".join(block.split())
    text = unescape(line)
    return text if escape(text) == line else None


def shown(block: str) -> str:
    """The text that a reader sees of any Markdown, without markup, on one line."""
    text = plain(block)
    return _text_of(markdown.markdown(block, extensions=[Curated()])) if text is None else text


def _inline(sign: re.Match[str]) -> str:
    defines = sign[0] == "]" and sign.string.startswith(":", sign.end())
    return "&#93;" if defines else _quoted(sign[0])


def _quoted(sign: str) -> str:
    return _REFERENCES.get(sign) or (f"\\{sign}" if sign in _BACKSLASHED else f"&#{ord(sign)};")


def _quoted_start(line: str) -> str:
    """Quote what would make a block of the line: a heading, a quotation, a list, a fence, an admonition."""
    start = _START.match(line)
    if start is None:
        return line
    if start["number"]:
        return f"{start[0]}\\{line[start.end() :]}"
    return _quoted(line[0]) + line[1:]


def _quoted_end(line: str) -> str:
    """Quote closing number signs, which a heading would lose."""
    bare = line.rstrip("#")
    backslashes = len(bare) - len(bare.rstrip("\\"))
    quoted_already = "\\" * (backslashes % 2)  # the first of a line that is number signs alone
    return bare.removesuffix("\\" * len(quoted_already)) + "\\#" * (len(line) - len(bare))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _text_of(page: str) -> str:
    parser = _Text()
    parser.feed(page)
    parser.close()
    return one_line("".join(parser.parts))
