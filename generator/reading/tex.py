"""LaTeX in titles, names and abstracts as the text that it stands for.

Abstracts on arXiv mix prose with LaTeX, and a ``%`` or ``$`` in them is more often a sign of the prose than
of LaTeX.  So only what is LaTeX beyond doubt is given to pylatexenc, piece by piece: accents, known macros,
and formulas between dollars.  What it does not know stays as it is written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from pylatexenc.latex2text import LatexNodes2Text

_HINT: Final = re.compile(r"[\\$]|``|''|\{")
_ROUNDS: Final = 4  # of markup in markup

_LINK: Final = re.compile(r"\\href ?\{([^{}]{1,500})\} ?\{([^{}]{0,500})\}")
_URL: Final = re.compile(r"\\(?:url|nolinkurl) ?\{([^{}]{1,500})\}")
_NOTHING: Final = re.compile(
    r"[~ ]{0,2}\\(?:cite[a-z]{0,12}|ref|eqref|label|footnotemark)\*?(?:\[[^\[\]]{0,80}\]){0,2} ?\{[^{}]{0,300}\}"
)
_EMPTY: Final = re.compile(r"\\(?:relax|protect|noindent|xspace)(?![A-Za-z]) ?")
_MARKUP: Final = re.compile(
    r"\\(?:emph|text|textbf|textit|texttt|textsc|textsf|textrm|textsl|textup|textmd|textnormal|textsuperscript|"
    r"textsubscript|underline|mbox|uppercase|MakeUppercase|enquote|uline|hl|mathrm|mathbf|mathit|mathsf|mathtt) ?"
    r"\{([^{}]{0,3000})\}"
)
_SWITCH: Final = re.compile(
    r"\{\\(?:em|bf|it|tt|sc|sf|rm|sl|small|bfseries|itshape|ttfamily|scshape) +([^{}]{0,3000})\}"
)
_ACCENT: Final = re.compile(
    r"""\{?\\(?:['"`^~=.]|[uvHcdbkrt](?![A-Za-z])) ?(?:\{\\?[A-Za-z]{1,2}\}|\\[ij](?![A-Za-z])|[A-Za-z])\}?"""
)
_LETTER: Final = re.compile(
    r"\{?\\(?:ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|dj|DJ|ng|NG|[oOlLij])(?![A-Za-z])(?:\{\}|\}| (?=\w))?"
)
_MATH: Final = re.compile(r"(?<!\\)\$\$?(?=[^\s$])([^$]{1,400}?)(?<!\\)\$\$?|\\\((.{1,400}?)\\\)")
_LIKE_MATH: Final = re.compile(r"[\\^_=<>{}]|^[\w.,+*/!()'|-]{1,24}%?$")
_MACRO: Final = re.compile(r"\{\\[A-Za-z]{2,24}\}|\\[A-Za-z]{2,24}(?![A-Za-z])(?:\{\})?")
_QUOTE: Final = re.compile(r"``((?:(?!``|'').){1,500})''", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\([&%$#_{}])")
_BREAK: Final = re.compile(r"\\\\(?=\s|$)|\\ ")
_BRACES: Final = re.compile(r"[{}]")
_COMMENT: Final = re.compile(r"(?<!\\)%")
# What reference managers write for single signs, and pylatexenc leaves as it is.
_SIGNS: Final = {"textless": "<", "textgreater": ">", "textbar": "|", "copyright": "©"}


def plain(text: str) -> str:
    """Return ``text`` with what is certainly LaTeX as Unicode; no formula is left between dollars."""
    if not _HINT.search(text):
        return text
    text = _LINK.sub(_linked, text)
    text = _URL.sub(r"\1", text)
    text = _EMPTY.sub("", _NOTHING.sub("", text))
    text = _ACCENT.sub(lambda found: _converted(found[0]), text)
    text = _MATH.sub(_formula, text)
    text = _LETTER.sub(lambda found: _converted(found[0]), text)
    for _ in range(_ROUNDS):
        text, markups = _MARKUP.subn(r"\1", text)
        text, switches = _SWITCH.subn(r"\1", text)
        if not markups + switches:
            break
    text = _BREAK.sub(" ", text)
    text = _MACRO.sub(_macro, text)
    text = _QUOTE.sub(r"“\1”", text)
    return _ESCAPED.sub(r"\1", text)


def unbraced(text: str) -> str:
    """Return ``text`` of a BibTeX field: without LaTeX and without the braces that protect capitals."""
    if "\\textbackslash" in text:  # LaTeX that a reference manager took for plain text, and escaped
        text = _ESCAPED.sub(r"\1", re.sub(r"\\textbackslash(?:\{\})? ?", r"\\", text))
    return _BRACES.sub("", plain(text))


def _linked(found: re.Match[str]) -> str:
    url, text = found[1].strip(), found[2].strip()
    return url if not text or text.split("://")[-1] == url.split("://")[-1] else f"{text} ({url})"


def _formula(found: re.Match[str]) -> str:
    """Return a formula as text; what merely stands between two prices is no formula."""
    inner = found[1] or found[2]
    between_prices = inner[0].isdigit() and found.string[found.end() : found.end() + 1].isdigit()
    loose = inner[-1].isspace() and "\\" not in inner
    if between_prices or loose or not _LIKE_MATH.search(inner):
        return found[0]
    return _converted(_COMMENT.sub(r"\\%", inner))


def _macro(found: re.Match[str]) -> str:
    return _SIGNS.get(found[0].strip("{}\\")) or _converted(found[0]) or found[0]


@lru_cache(maxsize=10_000)
def _converted(latex: str) -> str:
    """Return what ``latex`` shows, on one line; itself if that cannot be told."""
    try:
        shown = _latex().latex_to_text(latex)
    except Exception:
        return latex
    return " ".join("".join(map(_usual, unicodedata.normalize("NFC", shown))).split())


def _usual(letter: str) -> str:
    """Return a letter of the mathematical alphabets as the letter that people type into a search."""
    return (
        unicodedata.normalize("NFKC", letter)
        if "\U0001d400" <= letter <= "\U0001d7ff" or "ℂ" <= letter <= "ℴ"
        else letter
    )


@cache
def _latex() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="text", strict_latex_spaces=False)
