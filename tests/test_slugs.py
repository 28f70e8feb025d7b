"""A page's name is safe on every disk and in every URL."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import slugs


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("UL2: Unifying Language Learning Paradigms", "ul2-unifying-language-learning-paradigms"),
        ("A Pretrainer's Guide & It’s Fun", "a-pretrainers-guide-its-fun"),
        ("Ünïcode – “quotes”", "unicode-quotes"),
        ("面向大语言模型", "mian-xiang-da-yu-yan-mo-xing"),
        ("CON", "con-paper"),
        ("Index", "index-paper"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_title_yields_its_slug(title, slug):
    """Letters of any script become ASCII; names that a disk or MkDocs reserves are avoided."""
    assert slugs.slug(title) == slug


@given(st.text(max_size=300))
def test_every_title_yields_a_safe_slug(title):
    """Titles without letters or digits, too; and the same title always yields the same."""
    assert slugs.is_slug(slugs.slug(title))
    assert slugs.slug(title) == slugs.slug(title)


@given(st.text(max_size=200), st.integers(1, 30))
def test_two_titles_of_one_slug_get_different_ones(title, count):
    """The first keeps the plain name, and all stay safe."""
    taken: set[str] = set()
    for _ in range(count):
        taken.add(slugs.free(slugs.slug(title), taken))
    assert len(taken) == count
    assert all(map(slugs.is_slug, taken))


@pytest.mark.parametrize(
    ("handle", "part"),
    [("nvidia", "nvidia"), ("ByteDance-Seed", "ByteDance-Seed"), ("a.b_c", "a.b_c"), ("../../x", "x"), ("a/b", "a-b")],
)
def test_an_organisation_has_its_handle_in_its_url_unless_that_is_not_safe(handle, part):
    """A handle is a folder's name, so it must not leave its folder."""
    assert slugs.segment(handle) == part


@given(st.text(min_size=1, max_size=100))
def test_no_handle_leaves_its_folder(handle):
    """Whatever a dump takes for one."""
    part = slugs.segment(handle)
    assert part.strip(".")
    assert not set(part) & set('/\\:*?"<>| \n')


def test_long_titles_are_cut_at_a_word():
    """No later word slips in where a longer one did not fit."""
    slug = slugs.slug("word " * 10 + "incomprehensibilities internationalization of a")
    assert slug == "-".join(["word"] * 10 + ["incomprehensibilities"])
