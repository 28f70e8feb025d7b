"""What nobody sees is taken out, and what a script or an emoji needs stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.invisible import visible
from generator.terminal import printable

NEEDED = (
    "می‌خواهم",  # Persian: I want, with U+200C
    "क्‍ष और क्‌ष",  # Devanagari with both joiners
    "ශ්‍රී ලංකා",  # Sinhala
    "ភាសា\u200bខ្មែរ",  # Khmer with breaks
    "👩‍👩‍👧‍👦 👩🏽‍🚀 ❤️‍🔥 1️⃣ ©️ 🏴‍☠️ 🏳️‍🌈",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # England
    "葛\U000e0100飾区",  # a variant of an ideograph
    "English and \u200fعربي\u200e marks",
    "Plain text, naïve café, Ω, Привет, 中文, 한국어",
)
TAKEN_OUT = {
    "abc\u202egpj.exe": "abcgpj.exe",
    "\u2067a\u2069\u202ab\u202c": "ab",
    "p\u200da\u200cy\u200bp\u2060al": "paypal",
    "re\u00adsearch": "research",
    "a\u3164b\u115fc\uffa0": "abc",
    "x\u2061\u2062\u2063\u2064y": "xy",
    "say\U000e0069\U000e0067\U000e006e": "say",  # tags that spell letters
    "\U0001f3f4\U000e0067": "\U0001f3f4",  # tags without an end are no flag
    "a\ufe0f\ufe0e": "a",
    "😀\ufe0f\ufe0e\U000e0110\U000e0111": "😀\ufe0f",
    "\ufff9a\ufffab\ufffb": "ab",
    "a\u200b\u200b\u202e\u200d": "a",
}


@pytest.mark.parametrize("text", NEEDED)
def test_what_a_script_or_an_emoji_needs_stays(text):
    """To the last joiner."""
    assert visible(text) == text


@pytest.mark.parametrize(("text", "seen"), TAKEN_OUT.items())
def test_what_only_deceives_is_taken_out(text, seen):
    """Two titles that look alike are alike."""
    assert visible(text) == seen


@given(st.text())
def test_doing_it_again_changes_nothing(text):
    """And what has a shape is all there, in its order."""
    once = visible(text)
    assert visible(once) == once
    shaped = [
        sign for sign in text if unicodedata.category(sign)[0] in "LNPS" and sign not in "\u115f\u1160\u3164\uffa0"
    ]
    assert [sign for sign in once if unicodedata.category(sign)[0] in "LNPS"] == shaped


@given(st.text())
def test_a_terminal_is_given_one_line_that_it_only_shows(text):
    """No control, no turn of direction, no line end; what can be shown is shown as it is."""
    line = printable(text)
    acting = {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
    assert not [sign for sign in line if unicodedata.category(sign) in acting and sign not in "\u200c\u200d"]
    assert printable(line) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\x1b[31mred\x1b]0;title\x07", "\\x1b[31mred\\x1b]0;title\\x07"),
        ("a\r\nb", "a\\r\\nb"),
        ("\x9b2J", "\\x9b2J"),
        ("abc\u202etxt", "abc\\u202etxt"),
        ("“rightarrow” was put right: “→” 中文 é", "“rightarrow” was put right: “→” 中文 é"),
        ("می‌خواهم", "می‌خواهم"),
    ],
)
def test_what_a_terminal_would_act_on_is_spelt_out(text, line):
    """And all else is left alone."""
    assert printable(text) == line
