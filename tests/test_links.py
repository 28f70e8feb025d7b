"""URLs in text: where they end, and what they lead to."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.fields import is_web
from generator.links import kind, links, united, urls
from generator.model import LINK_KINDS, Links
from generator.site.urls import host


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Code is at https://github.com/gqk/LAE.", ["https://github.com/gqk/LAE"]),
        ("(see https://a.io/b), and", ["https://a.io/b"]),
        ('"https://a.io/b"', ["https://a.io/b"]),
        ("'https://a.io/b'.", ["https://a.io/b"]),
        ("https://a.io/Set_(logic) [https://a.io/c]", ["https://a.io/Set_(logic)", "https://a.io/c"]),
        (r"\url{https://a.io/p/}{page}", ["https://a.io/p/"]),
        ("[code](https://a.io/b)", ["https://a.io/b"]),
        ("<https://a.io/b>", ["https://a.io/b"]),
        ("https://a.io/x,https://b.io/y;", ["https://a.io/x", "https://b.io/y"]),
        ("https://a.io/b。然后", ["https://a.io/b"]),
        ("https://a.io/?q=1&r=2#top!", ["https://a.io/?q=1&r=2#top"]),
        ("http://http://geometry.org/S/", ["http://geometry.org/S/"]),
        ("http://10.0.0.1:8080/x", ["http://10.0.0.1:8080/x"]),
        ("HTTPS://GitHub.com/A/b", ["https://GitHub.com/A/b"]),
        ("https://a.io/b https://a.io/b/ http://a.io/b https://a.io/c", ["https://a.io/b", "https://a.io/c"]),
        ("https://github.com@evil.example/x https://github.com:x@evil.example", ["https://github.com"]),
        ("ftp://a.io javascript:https xhttps://a.io https:// https://a https://-.", []),
    ],
)
def test_a_url_ends_where_the_sentence_goes_on(text: str, found: list[str]) -> None:
    """Each URL once, in order, without the punctuation around it; no half URL and no disguise."""
    assert list(urls(text)) == found


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/a/demo", "code"),
        ("https://www.github.com/a/b", "code"),
        ("https://gitlab.inria.fr/a/b", "code"),
        ("https://bitbucket.org/a/b", "code"),
        ("https://codeberg.org/a/b", "code"),
        ("https://anonymous.4open.science/r/x", "code"),
        ("https://huggingface.co/a/b", "model"),
        ("https://hf.co/a", "model"),
        ("https://huggingface.co/datasets/a/b", "data"),
        ("https://huggingface.co/spaces/a/b", "demo"),
        ("https://huggingface.co/papers/2509.20186", "other"),
        ("https://huggingface.co/collections/a/b", "other"),
        ("https://huggingface.co/", "other"),
        ("https://zenodo.org/records/1", "data"),
        ("https://www.kaggle.com/datasets/a", "data"),
        ("https://a.github.io/b", "project"),
        ("https://a.github.io/b-demo/", "demo"),
        ("https://sites.google.com/view/a", "project"),
        ("https://www.volcengine.com/experience/ark?launch=seedream", "demo"),
        ("https://demo.example.org", "demo"),
        ("https://playground.example.org/x", "demo"),
        ("https://democracy.example.org/experiences", "project"),
        ("https://arxiv.org/abs/2509.20186", "other"),
        ("https://doi.org/10.5281/zenodo.1", "other"),
        ("https://youtu.be/x", "other"),
        ("https://github.com.evil.example/a", "project"),
        ("no url", "other"),
    ],
)
def test_host_and_path_tell_what_a_url_leads_to(url: str, expected: str) -> None:
    """A host that settles it counts more than words in the path."""
    assert kind(url) == expected


def test_links_are_sorted_by_kind_and_united_without_doubles() -> None:
    """In the order of the text."""
    first = links("https://b.io/1 https://github.com/a/b https://a.io/2")
    assert first == Links(code=("https://github.com/a/b",), project=("https://b.io/1", "https://a.io/2"))
    assert united(first, links("https://a.io/2 https://c.io")).project == (
        "https://b.io/1",
        "https://a.io/2",
        "https://c.io",
    )
    assert not links("no link here")


@given(st.text(st.sampled_from("htps:/.ab()[]{}@#?,; -1é中\n")))
def test_any_text_has_urls_or_none(text: str) -> None:
    """What is found stands in the text, and stays one URL when looked at again."""
    for url in urls(text):
        assert urls(url) == (url,)
        assert kind(url) in LINK_KINDS


@pytest.mark.parametrize(
    "piece", ["https://a.", "https://a.io/)", "(https://a.io/", "a.", "http://a-", ")", "https://"]
)
def test_long_texts_take_linear_time(piece: str) -> None:
    """A third of a second is a hundred times what it takes."""
    started = time.perf_counter()
    links("https://a.io/" + piece * 20_000)
    assert time.perf_counter() - started < 2


def test_a_number_that_no_port_has_makes_no_link():
    """Browsers take such a thing for no URL at all."""
    assert urls("See http://a.example:99999/x and http://a.example:8080/y and http://a.example:0/z.") == (
        "http://a.example:8080/y",
    )


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "//a.example/", "https:a.example", "ftp://a.example/", "https://", "https:///x"),
        *(
            "http://a.example:99999/",
            "http://a.example:0/",
            "https://a.example/ b",
            'https://a.example/"',
            "https://[::/",
        ),
        *(
            "https://a.example/\u202egpj",
            "https://a\u200b.example/",
            "https://a.example/\x1b[31m",
            "https://a.example/\n",
        ),
    ],
)
def test_what_is_no_url_of_the_web_is_refused_in_front_matter(url):
    """Nor one with what nobody sees."""
    assert not is_web(url)
    assert is_web("https://a.example:8443/b?c=d#é")


def test_the_host_of_a_link_is_shown_for_what_it_is():
    """Cyrillic letters that look Latin are no Latin ones."""
    assert host("https://Arxiv.org/abs/1") == "arxiv.org"
    assert host("https://аррӏе.example/") == "xn--80ak6aa92e.example"
    assert host(f"https://{'ä' * 300}.example/") == f"{'ä' * 300}.example"


@pytest.mark.parametrize("sign", ["\u0378", "\u061c", "\u1680", "\u180e", "\u200b", "\ue000"])
def test_a_url_ends_where_nothing_can_be_seen(sign):
    """Marks, spaces of other scripts, and signs that no standard knows."""
    assert urls(f"See https://a.example/b{sign}c.") == ("https://a.example/b",)


@given(st.lists(st.sampled_from(["https://", "a.io", "/", "é", "\u061c", "\u0378", "\u1680", " ", "[", "?", ":80"])))
def test_what_is_found_in_a_text_is_let_through_on_a_page(pieces):
    """Or the page could not be read back."""
    assert all(map(is_web, urls("".join(pieces))))
