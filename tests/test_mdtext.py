"""Whatever a text holds, the page shows that text."""

from __future__ import annotations

import html
import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import mdtext

EXTENSIONS = ["toc", "tables", "fenced_code", "admonition", "footnotes"]
SIGNS = st.text(alphabet="\\`*_[](){}<>#&!|~+-=:.;'\"/1aA? \n\tx^$%@;", max_size=60)
HOSTILE = st.lists(
    st.sampled_from(
        [
            "<script>", "</title>", "&lt;", "&#60;", "[a](javascript:A)", "[x]: javascript:A", "![a](b)", "{: onclick=A }",
            "`", "``", "***", "__", "_a_", "a_b", "\\", "\\*", "1. ", "1) ", "- ", "+ ", "# ", "#", "> ", "!!! note", "??? x",
            "```", "~~~", "[^1]", "[^1]: a", "[TOC]", "*[A]: b", "|", "---", "===", ":", "A: b", "<!--", "-->", "&amp;", "&a",
            "http://a.b", "<http://a.b>", "a@b.c", "<a@b.c>", "C#", "word", " ", "\n", "é", "中文", "BERT_BASE", "$x$", "\\(", "Q&A;",
        ]
    ),
    max_size=12,
).map("".join)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), SIGNS, HOSTILE)


def rendered(source: str) -> str:
    return markdown.markdown(source, extensions=EXTENSIONS)


@given(TEXTS)
def test_a_paragraph_shows_the_text(text):
    """Nothing becomes markup, nothing is lost, nothing is added."""
    line = mdtext.one_line(text)
    expected = f"<p>{line}</p>" if line else ""
    assert html.unescape(rendered(mdtext.escape(text))) == expected


@given(TEXTS)
def test_a_heading_shows_the_text(text):
    """A title is shown to the letter, number signs at its end included."""
    line = mdtext.one_line(text)
    page = rendered(f"# {mdtext.escape(text)}")
    assert html.unescape(re.sub(r"^<h1(?: id=\"[\w-]*\")?>|</h1>$", "", page)) == line


@given(TEXTS.filter(mdtext.one_line))
def test_a_link_in_a_list_shows_the_text(text):
    """The lists of topic and digest pages are links around titles."""
    page = rendered(f"- [{mdtext.escape(text)}](a.md)\n- [b](b.md)")
    assert html.unescape(page).startswith(f'<ul>\n<li><a href="a.md">{mdtext.one_line(text)}</a></li>')


@given(TEXTS)
def test_the_text_can_be_had_back(text):
    """A page can be read again without loss."""
    line = mdtext.one_line(text)
    assert mdtext.unescape(mdtext.escape(text)) == line
    assert mdtext.plain(mdtext.escape(text)) == line
    assert mdtext.shown(mdtext.escape(text)) == line


@pytest.mark.parametrize(
    "prose",
    [
        'Pre-training: what it\'s for, and why (mostly) it works; 76.5% of "cases"!',
        "We reuse BERT_BASE and p < 0.05 ~ 3 > 2 + {x | y} at https://github.com/a/b_c.",
        "Q&A with AT&T, R&D & more = less? #1 [no]",
    ],
)
def test_ordinary_prose_stays_readable(prose):
    """A curator who opens the file sees the sentence, with few backslashes or none."""
    source = mdtext.escape(prose)
    assert len(source) - len(prose) <= 5
    assert source.replace("\\", "").replace("&lt;", "<") == prose


def test_markdown_of_a_person_is_told_from_text():
    """Emphasis and links that a curator writes are Markdown, and their words are still found."""
    assert mdtext.plain("An *edited* abstract") is None
    assert mdtext.shown("An *edited* [abstract](https://a.b)") == "An edited abstract"


def test_many_brackets_cost_little():
    """Brackets nest without end in Markdown; escaped they are signs."""
    text = "[" * 5000 + "x" + "]" * 5000
    assert html.unescape(rendered(mdtext.escape(text))) == f"<p>{text}</p>"
