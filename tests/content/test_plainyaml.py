"""What is read without the YAML library is what the library reads; all that it refuses, or might, is left to it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.content import plainyaml, yamltext

KEYS = st.from_regex(r"[a-z][a-z0-9]{0,7}(?:[_-][a-z0-9]{1,3})?", fullmatch=True).filter(
    lambda key: key not in {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
)
TEXTS = st.text(st.characters(categories=["L", "M", "N", "P", "S"]) | st.just(" "), max_size=30)
SCALARS = TEXTS | KEYS | st.integers(0, 10**6) | st.dates() | st.booleans()
LISTS = st.lists(SCALARS, max_size=4)
FLOWS = st.dictionaries(KEYS, SCALARS | LISTS, max_size=4).map(yamltext.Flow)
METAS = st.dictionaries(KEYS, SCALARS | LISTS | FLOWS | st.lists(FLOWS, max_size=3), min_size=1, max_size=6)
WRITTEN = METAS.map(yamltext.dumped)

HOSTILE = [
    *"~&*!%@|>#:-?,[]{}'\"\\`=<. \t\n\r",
    *["\x00", "\x07", "\x1b", "\x7f", "\x85", "\xa0", "\xad", "\u200b", "\u2028", "\u2029", "\ud800", "\udfff"],
    *["\ue000", "\ufeff", "\ufffd", "\ufffe", "\uffff", "\U00010000", "\U0001f600", "\U0001fffe", "\U0010ffff"],
    *[": ", "- ", " #", "? ", "...", "---", "\n...\n", "\n---\n", "\n\n", "\n  ", "\n- ", "\n- - ", "\n# a\n", "\n\t"],
    *["a:b", "{a:b}", "[a:b]", '"a":b', '{"a":b}', "[a: b]", "{a}", "{a: }", "{a: b,}", "[a,]", "[,]", ",,", "[[a]]"],
    *["a: ", "a:\n", "a: b: c", "a: 1\na: 2\n", "{a: 1, a: 2}", "&x a", "*x", "!!str a", "<<: {a: b}", "? a\n: b\n"],
    *['"a" "b"', '"a"b', '"a\n b"', '"a\\\n b"', "\\/", "\\x41", "\\u0041", "\\U00000041", "\\n", "\\0", "\\L", "\\"],
    *["- a\n", "- {a: b}\n", "-a", "_a", "a b", "a: |\n  b\n", "a: >-\n  b\n", "'a'", "0x1F", "1e3", "-1", "+1", ".5"],
    *["a" * 2000, f"{'a' * 1030}: b\n", f"{{{'a' * 1030}: b}}", "%YAML 1.1\n", "é", "𝒜"],
]


def from_yaml(source: str) -> object:
    return yaml.load(source, Loader=yamltext.Loader)


def agrees(source: str) -> None:
    """Whether the two read the same, to the order of keys; an exception of the library's goes up."""
    read = plainyaml.mapping(source)
    if read is not None:
        assert repr(read) == repr(from_yaml(source))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A page's YAML with something put in, put in the place of something, taken out or said again."""
    source: str = draw(WRITTEN)
    for _ in range(draw(st.integers(1, 3))):
        first, last = sorted(draw(st.tuples(*[st.integers(0, len(source))] * 2)))
        end = draw(st.sampled_from([first, min(first + 1, len(source)), last]))
        new = draw(st.sampled_from(HOSTILE) | st.just("") | st.just(source[first:last]) | st.characters())
        source = source[:first] + new + source[end:]
    return source


@given(damaged())
def test_a_damaged_page_reads_as_the_library_reads_it_or_not_at_all(source):
    """Whatever was done to it."""
    agrees(source)


@given(st.text(alphabet='ab1-_.:, []{}"\\\n', max_size=24).map(lambda text: f"a: {text}\n"))
def test_signs_of_yaml_in_any_order_read_as_the_library_reads_them_or_not_at_all(source):
    """Whether or not they make sense."""
    agrees(source)


@given(st.characters())
def test_any_sign_reads_as_the_library_reads_it_or_not_at_all(sign):
    """In quotes, and bare."""
    agrees(f'a: "{sign}"\n')
    agrees(f"a: b{sign}\n")


@pytest.mark.parametrize("page", ["{}", "a: {}\n", "a: [b, {}]\n", "a: {{b: {}}}\n", 'a: "{}"\n', "a:\n- {{b: {}}}\n"])
def test_what_has_a_meaning_in_yaml_reads_as_the_library_reads_it_or_not_at_all(page):
    """Wherever it stands."""
    for hostile in [*HOSTILE, '"\\"', '"\\\\', '"\\\\"', "x", '"x"', "[x]", "{x: [y]}"]:
        agrees(page.format(hostile))


@given(METAS)
def test_what_we_write_of_ordinary_text_is_read_without_the_library(meta):
    """So the fast way is the usual one."""
    source = yamltext.dumped(meta)
    assert repr(plainyaml.mapping(source)) == repr(from_yaml(source))


def test_every_page_of_the_seeds_is_read_without_the_library(seeds):
    """Papers, topics and digests."""
    pages = [page for folder in ("papers", "topics", "digests") for page in (seeds.content / folder).glob("*.md")]
    assert len(pages) > 76
    for page in pages:
        source = page.read_text("utf-8").split("---\n")[1]
        assert plainyaml.mapping(source) == from_yaml(source) != {}, page


@pytest.mark.parametrize("source", ["", "\n", "{}", "{}\n", "a: 1", "a: 1\na: 2\n", "b: {a: 1, a: 2}\n", "a:\n"])
def test_what_is_no_list_of_different_keys_with_values_is_left_to_the_library(source):
    """It tells what is wrong, and where."""
    assert plainyaml.mapping(source) is None
