"""Titles and names in other scripts, as Chromium lays them out: what stands beside them stays in its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.project import make
from tests.serving import serving

pytestmark = pytest.mark.browser

HEBREW = "אימון מקדים מתמשך של מודלי שפה גדולים: מחקר שיטתי"
CHINESE = "大规模语言模型的持续预训练：数据配比、学习率与灾难性遗忘的系统研究"
KOREAN = "대규모 언어 모델의 지속적 사전 학습을 위한 데이터 혼합 비율 최적화 연구"

PAGE = '---\ntitle: "{title}"\ndate: 2025-12-0{day}\n{more}topics: [pretraining]\ncomments: 4\n---\n\n# {title}\n\n{title}.\n'
LISTS = ("topics/pretraining/", "archive/2025/", "search/?q=")


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[str]:
    """The URL of a site of three papers."""
    project = make(tmp_path_factory.mktemp("scripts"))
    (project.content / "papers").mkdir()
    papers = {
        "he": (HEBREW, "organization: {handle: technion, name: הטכניון}\n"),
        "zh": (CHINESE, "authors: [李明, 王芳]\n"),
        "ko": (KOREAN, "authors: [محمد علي, Jane Doe]\n"),
    }
    for day, (slug, (title, more)) in enumerate(papers.items(), 1):
        project.page(slug).write_text(PAGE.format(title=title, day=day, more=more), encoding="utf-8")
    result = project.run("build")
    assert result.exit_code == 0, result.output
    with serving(project.root / "site") as host:
        yield f"{host}/"


@pytest.fixture
def page(browser) -> Iterator[Any]:
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    yield tab
    tab.close()


def _box(page: Any, selector: str) -> dict[str, float]:
    return page.locator(selector).first.bounding_box()


@pytest.mark.parametrize("url", LISTS)
def test_a_name_written_from_the_right_moves_nothing_beside_it(page, site, url):
    """The number of comments stays with its word, after the name; a Latin name stays after an Arabic one."""
    page.goto(site + url, wait_until="networkidle")
    entry = ".entry:has([href$='/technion/'])"
    name, comments = _box(page, f"{entry} .meta a"), _box(page, f"{entry} .meta b")
    assert name["x"] + name["width"] <= comments["x"]
    rows = page.eval_on_selector(f"{entry} .meta b", "element => element.getClientRects().length")
    assert rows == 1


@pytest.mark.parametrize("url", LISTS)
def test_a_title_written_from_the_right_begins_there(page, site, url):
    """In lists, and its full stop at its end is at the left."""
    page.goto(site + url, wait_until="networkidle")
    column = _box(page, ".entry:has([href$='/he/']) h3")
    first, last = (
        page.evaluate(
            """([at]) => {
              const text = document.querySelector(".entry h3 a[href$='/he/']");
              const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
              const node = walker.nextNode(), range = document.createRange();
              const start = at < 0 ? node.length + at : at;
              range.setStart(node, start); range.setEnd(node, start + 1);
              return range.getBoundingClientRect().x;
            }""",
            [at],
        )
        for at in (0, -1)
    )
    assert last < first
    assert first > column["x"] + column["width"] - 40


@pytest.mark.parametrize(("slug", "tag"), [("zh", "zh"), ("ko", "ko"), ("he", None)])
def test_the_page_tells_the_language_of_a_title_that_its_signs_tell(page, site, slug, tag):
    """For fonts, line breaks and voices; where signs belong to several languages it says nothing."""
    page.goto(f"{site}papers/{slug}/", wait_until="networkidle")
    assert page.get_attribute("h1", "lang") == tag
    assert page.get_attribute("[data-abstract]", "lang") == tag


def test_a_korean_title_breaks_between_words(page, site):
    """On a narrow phone, no line ends inside a word."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site}papers/ko/", wait_until="networkidle")
    inside = page.evaluate(
        """() => {
          const node = document.querySelector("h1").firstChild, range = document.createRange();
          const top = (at) => (range.setStart(node, at), range.setEnd(node, at + 1), range.getBoundingClientRect().top);
          const signs = [...node.data].map((sign, at) => ({ sign, top: top(at) }));
          return signs.filter(({ sign, top }, at) => at && sign !== " " && signs[at - 1].sign !== " " && signs[at - 1].top !== top);
        }"""
    )
    assert inside == []
