"""Real dumps as curators have them, which lie beside the checkout: how many papers each tells, and what of them.

The numbers were counted in the files, without the readers: entries of the JSON, ``<entry>`` and ``<item>``, ``@type{``
and ``TY  -``, rows, bullets with a link to a paper, blocks of a listing; less what stands in a file twice.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from generator.model import Organization, Record
from generator.readers import Result, read
from tests.readers.reading import holds

DIGESTS = Path(__file__).parents[3] / "shared" / "digests"
pytestmark = pytest.mark.skipif(not DIGESTS.is_dir(), reason=f"SKIPPED: no real dumps in {DIGESTS}")

# file: format, papers, and how many of these tell an arXiv id, an abstract, authors, a date, upvotes, comments
COUNTED = {
    "hf-api/api_2024-06-03.json": ("hf-api", 6, 6, 6, 6, 6, 6, 6),
    "hf-api/api_2024-12-12.json": ("hf-api", 18, 18, 18, 18, 18, 18, 18),
    "hf-api/api_2025-01-08.json": ("hf-api", 15, 15, 15, 15, 15, 15, 15),
    "hf-api/api_2025-01-10.json": ("hf-api", 9, 9, 9, 9, 9, 9, 9),
    "hf-api/api_2025-06-02.json": ("hf-api", 20, 20, 20, 20, 20, 20, 20),
    "hf-api/api_2025-10-06.json": ("hf-api", 16, 16, 16, 16, 16, 16, 16),
    "hf-api/api_2026-02-03.json": ("hf-api", 44, 44, 44, 44, 44, 44, 44),
    "hf-api/api_2026-03-27.json": ("hf-api", 16, 16, 16, 16, 16, 16, 16),
    "hf-api/api_2026-07-22.json": ("hf-api", 21, 21, 21, 21, 21, 21, 21),
    "hf-api/api_2026-08-14.json": ("hf-api", 23, 23, 23, 23, 23, 23, 23),
    "hf-api/raw_2026-06.json": ("hf-api", 30, 30, 30, 30, 30, 30, 30),
    "hf-api/repr_2025-03-07.json": ("hf-api", 19, 19, 19, 19, 19, 19, 19),
    "hf-api/repr_2025-03-08.json": ("hf-api", 0, 0, 0, 0, 0, 0, 0),
    "hf-api/repr_2026-01-05.json": ("hf-api", 13, 13, 13, 13, 13, 13, 13),
    "hf-page/A_firecrawl_source-citations_2026-10-02.HEAD8.md": ("hf-page", 8, 8, 8, 0, 8, 8, 8),
    "hf-page/A_firecrawl_source-citations_2026-10-02.TAIL2.md": ("hf-page", 2, 2, 2, 0, 2, 2, 2),
    # The other abstracts of these two are summaries that a model wrote.
    "hf-page/D_text-LINK_trending_pwc-redirect_2026-01.HEAD10.md": ("hf-page", 10, 0, 2, 0, 0, 0, 0),
    "hf-page/E_structured-html_trending_2026-10.HEAD6.md": ("hf-page", 3, 3, 2, 0, 3, 3, 0),
    "hf-page/F_jina-single-paper_dspy_2025-01-20.HEAD.md": ("hf-paper", 1, 1, 1, 1, 1, 1, 0),
    "arxiv/atom_lukasschwab_two_ids.json": ("arxiv-feed", 1, 1, 1, 1, 1, 0, 0),
    "arxiv/atom_malkreide_glacier.xml": ("arxiv-feed", 2, 2, 2, 2, 2, 0, 0),
    "arxiv/atom_sotawhat_transformer.xml": ("arxiv-feed", 5, 5, 5, 5, 5, 0, 0),
    "arxiv/rss_jmamath_cs_ai.xml": ("arxiv-feed", 3, 3, 3, 3, 3, 0, 0),
    "arxiv/rss_jmamath_cs_cl.xml": ("arxiv-feed", 3, 3, 3, 3, 3, 0, 0),
    "arxiv/mail_crosslist_replace_2026-02_assembled.txt": ("arxiv-mail", 2, 2, 1, 2, 1, 0, 0),
    "arxiv/mail_nschuler_2026-01-23.txt": ("arxiv-mail", 5, 5, 5, 5, 5, 0, 0),
    "arxiv/mail_nschuler_malformed.txt": ("arxiv-mail", 4, 3, 4, 4, 4, 0, 0),
    "arxiv/mail_willjay_2024-11-21.txt": ("arxiv-mail", 2, 2, 2, 2, 2, 0, 0),
    "bibliography/asreview_baseline_zotero.ris": ("ris", 99, 0, 97, 99, 93, 0, 0),
    "bibliography/bbt_collections_901.bibtex": ("bibtex", 36, 0, 9, 30, 0, 0, 0),
    "bibliography/bbt_csl_1178.csl.json": ("csl-json", 26, 0, 0, 26, 4, 0, 0),
    "bibliography/bbt_edtf_590.biblatex": ("bibtex", 14, 0, 5, 14, 4, 0, 0),
    "bibliography/bbt_preprint_2163.biblatex": ("bibtex", 6, 5, 6, 6, 6, 0, 0),
    "bibliography/rispy_example_extraneous.ris": ("ris", 2, 0, 2, 2, 0, 0, 0),
    "bibliography/rispy_example_full.ris": ("ris", 2, 0, 2, 2, 0, 0, 0),
    "bibliography/terryum_top100papers.bib": ("bibtex", 101, 34, 0, 101, 0, 0, 0),
    "bibliography/willjay_arxiv.bib": ("bibtex", 2, 2, 2, 2, 0, 0, 0),
    "bibliography/willjay_arxiv.ris": ("ris", 2, 2, 2, 2, 0, 0, 0),
    "curated/G_emoji-trending_excerpt.md": ("paper-list", 2, 2, 2, 2, 0, 2, 2),
    "curated/awesome-llm_README.md": ("paper-list", 64, 50, 0, 0, 0, 0, 0),
    "curated/terryum_README.md": ("paper-list", 217, 113, 0, 214, 0, 0, 0),
    "curated/cv-arxiv-daily_first-200kB.md": ("paper-list", 1097, 1097, 0, 1097, 1097, 0, 0),
    "curated/dair_ml-papers-of-the-week_README.md": ("paper-list", 1299, 1100, 1287, 0, 0, 0, 0),
    "curated/hiwei93_20230911.md": ("paper-list", 5, 5, 0, 0, 0, 0, 0),
    "curated/promptpapers_README.md": ("paper-list", 95, 92, 0, 95, 0, 0, 0),
    "curated/rosinality_README.md": ("paper-list", 1588, 0, 0, 0, 1588, 0, 0),
    "curated/vollero_2026-07-15.md": ("paper-list", 15, 15, 0, 0, 0, 0, 0),
    "feeds/hepml_atom.xml": ("feed", 226, 226, 226, 226, 226, 0, 0),
    "feeds/huangboming_feed.xml": ("feed", 30, 30, 30, 30, 30, 30, 0),
    "feeds/scirate_digest_feed.xml": ("feed", 25, 25, 0, 0, 0, 0, 0),
    "mail/paramita_2026-05-01.eml": ("paper-list", 0, 0, 0, 0, 0, 0, 0),
    "mail/tldr-ai_2025-06-11.md": ("paper-list", 4, 4, 4, 0, 0, 0, 0),
}


def reading(name: str) -> Result:
    return read((DIGESTS / name).read_bytes(), Path(name).name)


def paper(name: str, title: str) -> Record:
    """The one paper of a file whose title begins so."""
    (found,) = [record for record in reading(name).records if record.paper.title.startswith(title)]
    return found


@pytest.mark.parametrize("name", COUNTED)
def test_a_real_dump_tells_as_many_papers_and_fields_as_were_counted(name: str) -> None:
    """None that is not there, none lost."""
    result = reading(name)
    holds(result)
    papers = [record.paper for record in result.records]
    counts = [
        sum(1 for one in papers if one.arxiv),
        sum(1 for one in papers if one.abstract),
        sum(1 for one in papers if one.authors),
        sum(1 for one in papers if one.date),
        sum(1 for one in papers if one.upvotes is not None),
        sum(1 for one in papers if one.comments is not None),
    ]
    assert (result.format, len(papers), *counts) == COUNTED[name]


def test_answers_of_the_api_tell_what_their_json_does() -> None:
    """Every id, count and number of authors, as the JSON has them."""
    for path in sorted((DIGESTS / "hf-api").glob("api_202[4-6]-??-??.json")):
        told = json.loads(path.read_text("utf-8"))
        if isinstance(told, dict) or isinstance(told[0], str):
            continue
        records = read(path.read_bytes(), path.name).records
        expected = [(one["paper"]["id"], one["numComments"], one["paper"]["upvotes"]) for one in told]
        assert [(one.paper.arxiv, one.paper.comments, one.paper.upvotes) for one in records] == expected
        assert [len(one.paper.authors) for one in records] == [
            len({author["name"] for author in one["paper"]["authors"]}) for one in told
        ]


@pytest.mark.parametrize(
    "path", sorted((DIGESTS / "curated" / "inmatrix").glob("*.txt")), ids=lambda path: path.stem[-10:]
)
def test_a_week_of_labelled_text_tells_each_title_with_its_id_and_abstract(path: Path) -> None:
    """5,524 in 111 weeks; the ids in the order of the file."""
    text = path.read_text("utf-8")
    result = read(path.read_bytes(), path.name)
    ids = re.findall(r"^PDF: https?://arxiv\.org/pdf/(\S+?)(?:v\d+)?$", text, re.MULTILINE)
    assert (result.format, [one.paper.arxiv for one in result.records]) == ("labelled", ids)
    assert len(result.records) == len(re.findall("^Title: ", text, re.MULTILINE))
    assert all(one.paper.abstract for one in result.records)


def test_captures_of_the_page_tell_upvotes_comments_and_who() -> None:
    """Comments are glued to the day, and a dash is no upvote."""
    first = paper("hf-page/A_firecrawl_source-citations_2026-10-02.HEAD8.md", "OCC-RAG").paper
    assert (first.date, first.comments, first.upvotes, first.arxiv) == (date(2026, 5, 29), 6, 101, "2606.00683")
    assert first.organization == Organization("occ-ai", "OCC")
    assert first.abstract.startswith("Recent progress in the development")
    assert first.abstract.endswith("refusal (MuSiQue-Un) benchmarks.")
    noisy = paper("hf-page/A_firecrawl_source-citations_2026-10-02.HEAD8.md", "The Noisy Path").paper
    assert noisy.title.endswith("Measuring How Scholars Engage with Past Research")
    assert (noisy.upvotes, noisy.arxiv) == (0, "2502.20581")
    trending = paper("hf-page/E_structured-html_trending_2026-10.HEAD6.md", "Kandinsky")
    assert (trending.paper.upvotes, trending.paper.stars) == (117, 131)
    assert trending.paper.links.code == ("https://github.com/kandinskylab/kandinsky-6",)
    wrapped = paper("hf-page/D_text-LINK_trending_pwc-redirect_2026-01.HEAD10.md", "SmolDocling")
    assert wrapped.paper.title.endswith("for end-to-end multi-modal document conversion")
    assert wrapped.paper.stars == 50_800


def test_no_paper_of_a_page_holds_the_pages_furniture() -> None:
    """Menus, logins, avatars, upvoters, submitters."""
    furniture = re.compile(
        r"Submitted by|Upvote|Subscribe|huggingface\.co/login|avatars|图片|\[LINK|Join the discussion"
    )
    for path in sorted((DIGESTS / "hf-page").iterdir()):
        for record in read(path.read_bytes(), path.name).records:
            assert not furniture.search(f"{record.paper.title} {record.paper.abstract} {record.paper.links}")


def test_a_page_of_one_paper_tells_its_authors_and_not_who_upvoted() -> None:
    """Thirteen names, as on the page."""
    dspy = paper("hf-page/F_jina-single-paper_dspy_2025-01-20.HEAD.md", "DSPy").paper
    assert (dspy.date, dspy.upvotes, len(dspy.authors)) == (date(2023, 10, 5), 33, 13)
    assert (dspy.authors[0], dspy.authors[3], dspy.authors[-1]) == (
        "Omar Khattab",
        "Zhiyuan Zhang",
        "Christopher Potts",
    )


def test_arxiv_tells_authors_dois_and_journals() -> None:
    """Accents in TeX, a name that was decoded wrongly, a DOI."""
    listed = paper("arxiv/mail_crosslist_replace_2026-02_assembled.txt", "Can Complexity").paper
    assert listed.authors == ("Alberto Hernández-Espinosa", "Luan Ozelim", "Felipe S. Abrahão", "Hector Zenil")
    water = paper("arxiv/mail_willjay_2024-11-21.txt", "Integrated Water")
    assert water.paper.venue == "Journal of Environmental Management, Volume 370, 2024, ISSN 0301-4797"
    assert water.paper.doi == "10.1016/j.jenvman.2024.122526"
    assert "642 million cubic meters (hm^3)" in water.paper.abstract
    workshop = paper("arxiv/atom_lukasschwab_two_ids.json", "Proceedings").paper
    assert "Dirk Wübben" in workshop.authors
    assert paper("arxiv/atom_malkreide_glacier.xml", "GLACIER").paper.title == "GLACIER and related R&D"


def test_weeks_of_a_list_are_captures_of_their_last_days() -> None:
    """Also where the heading tells no year."""
    result = reading("curated/dair_ml-papers-of-the-week_README.md")
    assert len(result.captures) == 130
    assert (result.captured[0], result.captured[-1]) == (date(2025, 6, 29), date(2023, 1, 8))
    assert list(result.captured) == sorted(filter(None, result.captured), reverse=True)


def test_a_newsletter_tells_its_four_papers_and_a_filler_none() -> None:
    """Fifteen further headlines lead elsewhere; links at the end of generated text name no paper."""
    news = reading("mail/tldr-ai_2025-06-11.md")
    assert [record.paper.arxiv for record in news.records] == ["2505.23075", "2505.17548", "2506.08007", "2506.07330"]
    assert "15 entries lead to no paper" in news.problems[0].message
    filler = reading("mail/paramita_2026-05-01.eml")
    assert (filler.records, [problem.level for problem in filler.problems]) == ((), ["warning"])
