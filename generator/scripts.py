"""Which language the signs of a text tell, for fonts, line breaks and voices: only where they tell it for certain."""

from __future__ import annotations

import re
from typing import Final

_KANA: Final = re.compile("[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_ANY: Final = re.compile(f"{_KANA.pattern}|{_HANGUL.pattern}|{_HAN.pattern}")
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]")
_LETTERS_OF_A_WORD: Final = 3  # Latin letters that say about as much as one sign of these scripts


def language(text: str) -> str | None:
    """``ja``, ``ko`` or ``zh`` as a BCP 47 tag, or ``None``: a few such signs in an English text make it no other.

    Without it, browsers draw Chinese signs in the shapes of the reader's own system, and break Korean inside words.
    """
    if text.isascii() or not _ANY.search(text):
        return None
    kana, hangul, han = (len(script.findall(text)) for script in (_KANA, _HANGUL, _HAN))
    if (kana + hangul + han) * _LETTERS_OF_A_WORD < len(_LATIN.findall(text)):
        return None
    if hangul > kana:
        return "ko"
    return "ja" if kana else "zh"
