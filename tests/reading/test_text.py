"""Bytes become text: any encoding that dumps come in, any line end, nothing invisible."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Place
from generator.reading.text import decode, plain

HERE = Place("dumps/a.txt")


@pytest.mark.parametrize(
    "data",
    [
        "one\nÉtude ·\n".encode(),
        codecs.BOM_UTF8 + "one\nÉtude ·\n".encode(),
        "one\r\nÉtude ·\r\n".encode(),
        "one\rÉtude ·\r".encode(),
        codecs.BOM_UTF16_LE + "one\r\nÉtude ·\r\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "one\nÉtude ·\n".encode("utf-16-be"),
    ],
)
def test_every_way_to_save_a_text_reads_as_the_same_text(data: bytes) -> None:
    """UTF-8 and UTF-16, with byte order marks and any line ends, without a word about it."""
    assert decode(data, HERE) == ("one\nÉtude ·\n", ())


def test_lines_that_are_not_utf8_are_read_as_windows_1252_with_one_warning() -> None:
    """The warning stands at the first such line and counts them; the other lines stay UTF-8."""
    data = "naïve ·\n".encode() + b"\x93caf\xe9\x94\r\nplain\r\n\x80 5\n"
    text, problems = decode(data, HERE)
    assert text == "naïve ·\n“café”\nplain\n€ 5\n"
    assert [(problem.place.line, problem.level, problem.message[:32]) for problem in problems] == [
        (2, "warning", "2 lines are not UTF-8 and read a")
    ]


def test_a_text_cut_off_inside_a_letter_lacks_only_that() -> None:
    """If it was UTF-8 before; a last letter of Windows-1252 is a letter."""
    text, problems = decode("·\n  •".encode()[:-1], HERE)
    assert text == "·\n  "
    assert [str(problem) for problem in problems] == [
        "dumps/a.txt:2: warning: the file ends inside a letter: capture the page again"
    ]
    assert decode(b"caf\xe9", HERE)[0] == "café"


def test_control_characters_are_taken_out_with_one_note() -> None:
    """So are byte order marks within the text; a form feed parts words as a space does."""
    text, problems = decode("one\ntw\x02o\x1b\x00\ufeff\x85three\x0cfour\tfive\n".encode(), HERE)
    assert text == "one\ntwo three four\tfive\n"
    assert [str(problem) for problem in problems] == [
        "dumps/a.txt:2: note: 4 invisible control characters taken out, the first one here"
    ]


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"\x00\x01"])
def test_a_file_without_a_letter_is_empty(data: bytes) -> None:
    """And that is an error."""
    text, problems = decode(data, HERE)
    assert text is None
    assert [problem.message.split(":")[0] for problem in problems] == ["the dump is empty"]


@pytest.mark.parametrize("data", ["a dump".encode("utf-16-le") * 9, b"PK\x03\x04" + bytes(99), bytes(10_000)])
def test_nul_bytes_in_more_than_a_trace_are_no_text(data: bytes) -> None:
    """Archives, pictures, and UTF-16 without a mark."""
    text, problems = decode(data, HERE)
    assert text is None
    assert [problem.level for problem in problems] == ["error"]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<?xml version="1.0" encoding="ISO-8859-2"?>', "iso-8859-2"),
        ('<html><head><meta charset="gb18030">', "gb18030"),
        ("<html><head><meta http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>", "shift_jis"),
    ],
)
def test_pages_that_name_their_encoding_are_read_in_it(head: str, encoding: str) -> None:
    """Without a word, if all of the page is in it."""
    page = f"{head}\n<p>{'Łódź' if encoding == 'iso-8859-2' else '論文'}</p>"
    assert decode(page.encode(encoding), HERE) == (page, ())


@pytest.mark.parametrize("name", ["punycode", "idna", "zip", "utf-7", "unicode_escape", "nonsense"])
def test_an_encoding_that_is_none_of_text_is_not_believed(name: str) -> None:
    """The lines are read as Windows-1252, with a warning."""
    text, problems = decode(f'<?xml version="1.0" encoding="{name}"?>\n<p>é</p>'.encode("cp1252"), HERE)
    assert text == f'<?xml version="1.0" encoding="{name}"?>\n<p>é</p>'
    assert [problem.level for problem in problems] == ["warning"]


@given(st.binary(max_size=200))
def test_any_bytes_become_text_that_a_page_may_hold(data: bytes) -> None:
    """No control character but newline and tab, and the text can be encoded again."""
    text, problems = decode(data, HERE)
    if text is None:
        assert problems[-1].level == "error"
    else:
        assert text.encode().decode() == text == plain(text)
        assert not [sign for sign in text if ord(sign) < 32 and sign not in "\n\t"]


@given(st.text(st.characters(codec=None)))
def test_text_from_elsewhere_is_made_plain_once_and_for_all(text: str) -> None:
    """Lone surrogates, as JSON can hold them, are gone as well."""
    assert plain(plain(text)) == plain(text)
    plain(text).encode()


def test_wide_and_hard_spaces_are_spaces() -> None:
    """Copied pages have them between names and numbers."""
    assert plain("3\xa0authors\u2009·\u202fMay\u20035") == "3 authors · May 5"
