"""What goes into a citation comes out of it again, read by the libraries that others read citations with."""

from __future__ import annotations

import json
import re
from typing import Any

import bibtexparser
import rispy
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

SIGNS = st.sampled_from(
    [*"\\{}&%$#_~^\"'@,=-:() \n\r\t\u2028\u0085", "{{", "}}", "and", " and ", "ER  - ", "TY  - GEN"]
)
WORDS = st.sampled_from(
    ["LLMs", "GPT-4", "Überblick", "数学推理", "مرحبا", "Обучение", "İ", "🤗", "van", "Jr.", "others"]
)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
TEXTS = st.lists(SIGNS | WORDS | ANY, min_size=1, max_size=8).map("".join)
PAPERS = st.fixed_dictionaries(
    {
        "title": TEXTS.filter(lambda text: on_a_line(text) != ""),
        "authors": st.lists(TEXTS.filter(lambda text: on_a_line(text) != ""), max_size=4),
        "date": st.sampled_from(["", "2013"]) | st.dates().map(str),
        "arxiv": st.sampled_from(["", "2406.14833", "cs/9901001"]),
        "doi": st.sampled_from(["", "10.1145/3292500.3330701", "10.1000/a_1(2)17:15<16::aid>3.0.co;2-#"]),
        "journal": st.just("") | TEXTS,
        "conference": st.just("") | TEXTS,
        "url": st.sampled_from(["", "https://user.example/~me/re_po/papers/100%25/"]),
    }
)


def on_a_line(text: str) -> str:
    """As the formats have it: runs of white space and control characters are one space."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\ufeff]+", " ", text).strip(" ")


def _latex() -> LatexNodes2Text:
    macros = get_default_latex_context_db()
    signs = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    specs = [MacroTextSpec(name, sign) for name, sign in signs.items()]
    macros.add_context_category("signs", prepend=True, macros=specs)
    return LatexNodes2Text(latex_context=macros, keep_comments=True, strict_latex_spaces=True)


LATEX = _latex()


def shown(tex: str) -> str:
    """What LaTeX would print."""
    return str(LATEX.latex_to_text(tex))


def set_in_type(text: str) -> str:
    """With TeX's ligatures, which everyone who writes BibTeX by hand counts on, too."""
    signs = {"---": "—", "--": "–", "``": "“", "''": "”", "!`": "¡", "?`": "¿"}
    return re.sub("|".join(map(re.escape, signs)), lambda found: signs[found[0]], text)


def straight(name: str) -> list[str]:
    """The words of a name, family name last: two spellings of one name are equal."""
    parts = [part.strip() for part in name.split(",")]
    return sorted(" ".join(parts).split())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(paper=PAPERS)
def test_bibtex_reads_back(cite, paper):
    """Title, authors, year, eprint, URL; one entry, with a key of ASCII."""
    library = bibtexparser.parse_string(cite(paper)["bib"], append_middleware=[])
    assert library.failed_blocks == []
    (entry,) = library.entries
    journal, conference = on_a_line(paper["journal"]), on_a_line(paper["conference"])
    assert entry.entry_type == ("article" if journal else "inproceedings" if conference else "misc")
    assert re.fullmatch("[a-z0-9]+", entry.key)
    fields: dict[str, Any] = {field.key: field.value for field in entry.fields}
    assert shown(fields["title"]) == set_in_type(on_a_line(paper["title"]))
    names = split_multiple_persons_names(fields["author"]) if "author" in fields else []
    told = [set_in_type(on_a_line(name)) for name in paper["authors"]]
    assert [_words(name) for name in names] == [straight(name) for name in told]
    assert fields.get("year", "") == paper["date"][:4]
    assert fields.get("eprint", "") == paper["arxiv"]
    assert fields.get("url", "") == paper["url"]
    assert fields.get("doi", "") == paper["doi"]
    assert shown(fields.get("journal", "")) == set_in_type(journal)
    assert shown(fields.get("booktitle", "")) == ("" if journal else set_in_type(conference))


def _words(name: str) -> list[str]:
    parts = parse_single_name_into_parts(name)
    return straight(" ".join(shown(" ".join(part)) for part in (parts.first, parts.von, parts.last, parts.jr) if part))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(paper=PAPERS)
def test_ris_reads_back(cite, paper):
    """Title, authors, year, day, URL; one record."""
    (record,) = rispy.loads(cite(paper)["ris"])
    assert record["title"] == on_a_line(paper["title"])
    assert [straight(name) for name in record.get("authors", [])] == [straight(on_a_line(n)) for n in paper["authors"]]
    assert record.get("year", "") == paper["date"][:4]
    assert record.get("date", "") == paper["date"].replace("-", "/")
    assert "".join(record.get("urls", [])) == paper["url"]
    assert record.get("doi", "") == paper["doi"]
    assert record.get("secondary_title", "") == (on_a_line(paper["journal"]) or on_a_line(paper["conference"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(paper=PAPERS)
def test_csl_reads_back(cite, paper):
    """Title, authors, date parts, URL."""
    (item,) = json.loads(cite(paper)["json"])
    assert item["title"] == on_a_line(paper["title"])
    names = [" ".join(name.values()) for name in item.get("author", [])]
    assert [straight(name) for name in names] == [straight(on_a_line(name)) for name in paper["authors"]]
    parts = item["issued"]["date-parts"][0] if "issued" in item else []
    assert parts == [int(part) for part in paper["date"].split("-") if part]
    assert item.get("URL", "") == paper["url"]
    assert item.get("DOI", "") == paper["doi"]
    assert item.get("container-title", "") == (on_a_line(paper["journal"]) or on_a_line(paper["conference"]))
