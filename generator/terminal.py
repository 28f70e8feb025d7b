"""Text of strangers on a terminal: nothing in it moves the cursor, changes colours or turns letters around."""

from __future__ import annotations

import unicodedata
from typing import Final

# Controls, surrogates, private use and unassigned: a terminal may do anything with them.  Format characters (Cf) turn
# letters around or hide; line and paragraph separators part lines.
_ACTING: Final = frozenset({"Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp"})


def printable(text: str) -> str:
    """One line that shows ``text``: what a terminal would act on stands as an escape such as ``\\x1b``.

    The joiners that scripts and emoji need (U+200C, U+200D) stay.  Backslashes stay, too: this is to be read by people,
    not to be read back.
    """
    return "".join(sign if _is_shown(sign) else sign.encode("unicode_escape").decode("ascii") for sign in text)


def _is_shown(sign: str) -> bool:
    return sign in "\u200c\u200d" or unicodedata.category(sign) not in _ACTING
