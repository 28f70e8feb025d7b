"""Characters that nobody sees but that make one text look like another: taken out, unless the writing needs them.

- Controls of the direction of text (embeddings, overrides, isolates; Unicode Annex 9): taken out.  Each title and
  name is isolated on the page, and its letters tell the direction.  Marks (U+200E, U+200F, U+061C) change nothing
  beyond their own text and stay.
- Joiners and breaks without width: stay after a letter or vowel sign of a script that writes with them, such as
  Persian, Hindi, Khmer or Thai; the joiner also after an emoji.
- Tags (U+E0020 to U+E007F): stay after a black flag, where they make the flag of a region; elsewhere they are letters
  that only machines read.
- Variation selectors: stay singly after what can vary.  Interlinear annotation, invisible operators, fillers and soft
  hyphens: taken out.
"""

from __future__ import annotations

import re
from typing import Final

# Hebrew to Mongolian, and what of these scripts was encoded later: none of Latin, Greek, Cyrillic or CJK.
_JOINING: Final = "\u0590-\u10ff\u1200-\u1cff\u2d80-\u2ddf\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff"
_EMOJI: Final = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_VARYING: Final = "0-9#*\u00a9\u00ae\u2000-\u32ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\U0001f000-\U0001faff"

_NEVER: Final = (
    "\u00ad\u115f\u1160\u17b4\u17b5\u202a-\u202e\u2061-\u206f"  # with the isolates, U+2066 to U+2069
    "\u3164\uffa0\ufff0-\ufffb\U000e0001"
)
_BREAKS: Final = "\u034f\u180b-\u180f\u200b\u200c\u2060"
_JOINER: Final = "\u200d"
_SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAG: Final = "\U000e0020-\U000e007f"

_UNSEEN: Final = re.compile(
    f"""
    [{_NEVER}]
    | (?<![{_JOINING}]) [{_BREAKS}]
    | (?<![{_JOINING}{_EMOJI}]) {_JOINER}
    | (?<![{_VARYING}{_JOINING}]) [{_SELECTORS}]
    """,
    re.VERBOSE,
)
_TAGS: Final = re.compile(f"(\U0001f3f4[\U000e0020-\U000e007e]{{1,8}}\U000e007f)|[{_TAG}]")
_ANY: Final = re.compile(f"[{_NEVER}{_BREAKS}{_JOINER}{_SELECTORS}{_TAG}]")  # fast to look for, and rare


def visible(text: str) -> str:
    """The text without what would be unseen in it; doing it again changes nothing."""
    if text.isascii() or not _ANY.search(text):
        return text
    before, text = "", _TAGS.sub(lambda found: found[1] or "", text)
    while text != before:  # what is taken out may have stood between a sign and what it does not carry
        before, text = text, _UNSEEN.sub("", text)
    return text
