"""What a paper's page tells machines, and what it gives readers to copy and to download."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from generator.citations import json_ld, tags
from generator.model import Paper
from tests.html import Page, parsed
from tests.project import dump, make
from tests.serving import until

TEXTS = st.text(st.sampled_from("</script>!-&\u2028\u2029\"'\\ abc中") | st.characters(exclude_categories=["Cs"]))
KNOWN = "efficient-continual-pre-training-by-mitigating-the-stability-gap"


@given(title=TEXTS, authors=st.lists(TEXTS), topics=st.lists(TEXTS), day=st.none() | st.dates())
def test_json_ld_is_the_data_and_ends_no_script(title, authors, topics, day):
    """For any text: nothing in it is markup, and what is read back is what was told."""
    paper = Paper(title=title, authors=tuple(authors), date=day, arxiv="2406.14833")
    written = json_ld(paper, topics)
    assert not set(written) & set("<>&\u2028\u2029")
    read = json.loads(written)
    assert read["@type"] == "ScholarlyArticle"
    assert read.get("headline", "") == title
    named = Paper(title=title, authors=tuple(authors)).named_authors  # without “et al.”
    assert read.get("author", []) == [{"@type": "Person", "name": name} for name in named]
    assert read.get("keywords", []) == topics
    assert read.get("datePublished") == (day and day.isoformat())
    assert (read["url"], read["sameAs"]) == (".", "https://arxiv.org/abs/2406.14833")


def test_what_is_not_known_is_not_told():
    """A title alone makes one tag and a record of a title, which is that of the page where it stands."""
    assert list(tags(Paper(title="Robix"), None)) == [("citation_title", "Robix")]
    assert json.loads(json_ld(Paper(title="Robix"), ())) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": "Robix",
        "url": ".",
    }


def test_all_that_is_known_is_told():
    """One tag for each author, the day with slashes."""
    paper = Paper(title="T", authors=("Ada Lovelace", "李明"), date=date(2024, 6, 20), arxiv="2406.14833")
    assert list(tags(paper, "https://user.example/papers/t/")) == [
        ("citation_title", "T"),
        ("citation_author", "Ada Lovelace"),
        ("citation_author", "李明"),
        ("citation_publication_date", "2024/06/20"),
        ("citation_arxiv_id", "2406.14833"),
        ("citation_pdf_url", "https://arxiv.org/pdf/2406.14833"),
        ("citation_abstract_html_url", "https://user.example/papers/t/"),
    ]


@pytest.mark.parametrize(
    ("venue", "tag"),
    [
        ("Proceedings of the 37th International Conference on Machine Learning", "citation_conference_title"),
        ("Advances in Neural Information Processing Systems 30", "citation_conference_title"),
        ("EMNLP 2019", "citation_conference_title"),
        ("Advances in neural information processing systems", "citation_conference_title"),
        ("European conference on computer vision", "citation_conference_title"),
        ("IEEE transactions on pattern analysis", "citation_journal_title"),
        ("Icml", "citation_conference_title"),
        ("Findings of the Association for Computational Linguistics", "citation_conference_title"),
        ("Proceedings of the National Academy of Sciences", "citation_journal_title"),
        ("Proceedings of the IEEE", "citation_journal_title"),
        ("Proceedings of the IEEE Conference on Computer Vision", "citation_conference_title"),
        ("IEEE Transactions on Pattern Analysis and Machine Intelligence", "citation_journal_title"),
        ("Nature 518, 529-533 (2015)", "citation_journal_title"),
        ("OpenReview", None),
        ("A talk in Nature's garden of KDDs", "citation_journal_title"),
    ],
)
def test_a_venue_is_cited_as_what_it_says_that_it_is(venue, tag):
    """Proceedings may be a journal's; what is unsure is shown on the page, and not cited."""
    told = dict(tags(Paper(title="T", venue=venue), None))
    kinds = ("citation_conference_title", "citation_journal_title")
    assert {name: told[name] for name in kinds if name in told} == ({tag: venue} if tag else {})
    with_year = dict(tags(Paper(title="T", venue=f"{venue}, 1998"), None))
    assert {name: with_year[name] for name in kinds if name in with_year} == ({tag: venue} if tag else {})
    assert json.loads(json_ld(Paper(title="T", venue=venue), ()))["isPartOf"]["name"] == venue


@pytest.mark.parametrize(
    ("venue", "day", "told"),
    [
        ("ICML 2024", None, "2024"),
        ("Nature 518, 529-533 (2015)", None, "2015"),
        ("Journal of Things 3, pp. 1905–1990, 2013", None, "2013"),
        ("Journal of Things 3, pp. 1905-1990", None, None),
        ("Journal of Things 120133", None, None),
        ("ICML 2024", date(2023, 5, 6), "2023/05/06"),
    ],
)
def test_a_paper_without_a_day_has_the_year_of_its_venue(venue, day, told):
    """For those who cite it; its own day is surer."""
    paper = Paper(title="T", venue=venue, date=day)
    assert dict(tags(paper, None)).get("citation_publication_date") == told
    assert json.loads(json_ld(paper, ())).get("datePublished") == (told.replace("/", "-") if told else None)


def test_a_doi_is_told_and_authors_that_nobody_names_are_not():
    """Its address stands beside arXiv's; "et al." is nobody's name."""
    paper = Paper(title="T", authors=("Ada Lovelace", "et al."), arxiv="2406.14833", doi="10.1000/a<1>")
    told = list(tags(paper, None))
    assert ("citation_doi", "10.1000/a<1>") in told
    assert [value for name, value in told if name == "citation_author"] == ["Ada Lovelace"]
    record = json.loads(json_ld(paper, ()))
    assert record["sameAs"] == ["https://arxiv.org/abs/2406.14833", "https://doi.org/10.1000/a%3C1%3E"]
    assert record["author"] == [{"@type": "Person", "name": "Ada Lovelace"}]


@pytest.mark.parametrize(
    ("authors", "count", "further"),
    [
        (("A", "B"), None, False),
        (("A", "B"), 2, False),
        (("A", "B"), 3, True),
        (("A", "et al."), None, True),
        (("A", "and others"), 2, True),
        ((), 3, False),
    ],
)
def test_authors_are_not_all_where_a_list_or_a_count_says_so(authors, count, further):
    """Nobody named is nobody cited."""
    assert Paper(title="T", authors=authors, author_count=count).has_further_authors is further


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> tuple[Path, Page]:
    """The page of a paper of which everything is known, on a site whose address is known."""
    project = make(tmp_path_factory.mktemp("told"))
    project.add("a.txt", dump("Dec 10", ("</script><!-- Agents", "An LLM agent.", "Mar 3, 2024")))
    project.ingest()
    (page,) = project.content.glob("papers/*.md")
    names = '["Ada Lovelace", "José García", "李明", "Plato"]'
    told = (
        f'date: 2024-03-03\nauthors: {names}\narxiv: "2406.14833"\n'
        'doi: https://doi.org/10.1145/ABC.1\nvenue: "ICML <2024>"\nstars: 1200'
    )
    text = page.read_text("utf-8").replace("date: 2024-03-03", told).replace("author_count: 3", "author_count: 6")
    page.write_text(text, encoding="utf-8")
    settings = project.root / "mkdocs.yml"
    text = settings.read_text("utf-8").replace('!ENV [SITE_URL, ""]', "https://user.example/repo/")
    settings.write_text(text, encoding="utf-8")
    result = project.run("build")
    assert result.exit_code == 0, result.output
    built = project.root / "site" / "papers" / page.stem / "index.html"
    return built, parsed(built)


def test_the_page_has_the_tags_and_the_record(told):
    """Known authors all, in the tags; three of them in the byline; links to arXiv first."""
    built, page = told
    content = [e.attributes["content"] for e in page.all("meta", name="citation_author")]
    assert content == ["Ada Lovelace", "José García", "李明", "Plato"]
    url = f"https://user.example/repo/papers/{built.parent.name}/"
    assert page.all("meta", name="citation_abstract_html_url")[0].attributes["content"] == url
    (record,) = page.all("script", type="application/ld+json")
    assert json.loads(record.text)["headline"] == page.all("h1")[0].text == "</script><!-- Agents"
    assert urljoin(url, json.loads(record.text)["url"]) == url
    main = page.all("main")[0].text
    assert "Ada Lovelace, José García, 李明 and 3 more" in main  # of six, as the count says
    assert "No capture names the authors" not in main
    assert "ICML <2024>" in main
    assert "1,200 stars for its code" in main
    (doi,) = [e for e in page.all("a") if e.text == "10.1145/abc.1"]
    assert doi.attributes["href"] == "https://doi.org/10.1145/abc.1"
    assert page.all("meta", name="citation_conference_title")[0].attributes["content"] == "ICML <2024>"
    assert page.all("meta", name="citation_doi")[0].attributes["content"] == "10.1145/abc.1"
    assert any("data-further-authors" in e.attributes for e in page.all("div"))
    links = [e.attributes["href"] for e in page.all("a") if "arxiv.org" in e.attributes["href"]]
    assert links == ["https://arxiv.org/abs/2406.14833", "https://arxiv.org/pdf/2406.14833"]


@pytest.fixture
def reader(browser, address) -> Iterator[Any]:
    """A tab that may use the clipboard, on the page of a paper."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(f"{address}papers/{KNOWN}/", wait_until="networkidle")
    yield page
    context.close()
    assert trouble == []


def _reads(name: str, text: str) -> bool:
    title = "Efficient Continual Pre-training by Mitigating the Stability Gap"
    match name:
        case "BibTeX":
            (entry,) = bibtexparser.parse_string(text).entries
            return (entry["title"], entry["year"]) == (title, "2024")
        case "RIS":
            (record,) = rispy.loads(text)
            return (record["title"], record["year"]) == (title, "2024")
    (item,) = json.loads(text)
    return (item["title"], item["issued"]) == (title, {"date-parts": [[2024, 6, 20]]})


@pytest.mark.browser
@pytest.mark.parametrize(("name", "extension"), [("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json")])
def test_each_format_can_be_copied_and_downloaded(reader, name, extension):
    """With the keyboard as with the mouse, whether its fold is open or not; the copy is announced."""
    copy = reader.get_by_role("button", name=f"Copy {name}")
    copy.focus()
    reader.keyboard.press("Enter")
    until(reader, "document.querySelector('main [role=status]').textContent !== ''")
    assert reader.text_content("main [role=status]") == f"{name} copied"
    assert copy.text_content() == "Copied"
    copied = reader.evaluate("navigator.clipboard.readText()")
    with reader.expect_download() as download:
        reader.get_by_role("link", name=f"Download {name}").click()
    assert download.value.suggested_filename == f"{KNOWN}.{extension}"
    assert Path(download.value.path()).read_text("utf-8") == copied
    assert _reads(name, copied)
    assert reader.url.split("#")[0] in copied


@pytest.mark.browser
def test_a_topics_papers_are_given_away_as_one_file(reader, address):
    """BibTeX of all that the page lists, each under a key of its own and with the address of its page."""
    reader.goto(f"{address}topics/pretraining/", wait_until="networkidle")
    listed = reader.eval_on_selector_all(".entry h3 a", "links => links.map(link => [link.textContent, link.href])")
    link = reader.get_by_role("link", name="BibTeX")
    assert f"All {len(listed)} in search or as BibTeX." in reader.inner_text("aside")
    with reader.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "pretraining.bib"
    read = bibtexparser.parse_string(Path(download.value.path()).read_text("utf-8"))
    assert not read.failed_blocks
    assert len({entry.key for entry in read.entries}) == len(listed) > 20
    assert {entry["url"] for entry in read.entries} == {url for _, url in listed}


@pytest.mark.browser
def test_without_the_clipboard_the_text_is_selected(browser, address):
    """On a host without https, say."""
    page = browser.new_page()
    page.add_init_script("delete Navigator.prototype.clipboard")
    page.goto(f"{address}papers/{KNOWN}/", wait_until="networkidle")
    page.get_by_role("button", name="Copy RIS").click()
    until(page, "getSelection().toString().startsWith('TY  - GEN')")
    assert "copy it with your keyboard" in page.text_content("main [role=status]")
    page.close()


@pytest.mark.browser
def test_without_a_script_the_page_says_how_to_cite(browser, address):
    """In one line, and what is missing."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}papers/{KNOWN}/")
    section = page.inner_text("section:has(#cite)")
    assert "By title, date and the address of this page." in section
    assert "No capture names the authors: add them to cite." in section
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 900, 1280])
def test_a_title_from_right_to_left_stands_above_its_abstract(browser, tmp_path, width):
    """Both end at one line, and neither it nor a long Chinese one makes the page scroll sideways."""
    project = make(tmp_path)
    arabic, chinese = "نماذج اللغة الكبيرة للاستدلال الرياضي agents", "用于数学推理的大型语言模型" * 6
    long = "تعلم الآلة في معالجة اللغات الطبيعية " * 12
    project.add("a.txt", dump("Dec 10", (arabic, long, "Mar 3, 2024"), (chinese, chinese * 3, "Mar 4, 2024")))
    assert project.run("build").exit_code == 0
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path in sorted((tmp_path / "site" / "papers").rglob("index.html")):
        page.set_content(_with_styles(path, tmp_path / "site"))
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        ends = page.evaluate(
            "[...document.querySelectorAll('h1,[data-abstract]')].map(e => e.getBoundingClientRect().right)"
        )
        if page.inner_text("h1").startswith("ن"):
            assert ends[0] == pytest.approx(ends[1], abs=1)
    page.close()


def _with_styles(path: Path, site: Path) -> str:
    sheet = (site / "assets" / "look.css").read_text("utf-8")
    return path.read_text("utf-8").replace("</head>", f"<style>{sheet}</style></head>")
