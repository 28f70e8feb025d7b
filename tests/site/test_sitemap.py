"""What search engines are told: every page that they shall list and no other, with days from the data."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.site.sitemap import MOST, robots, sitemaps
from generator.site.views import View
from tests.html import parsed
from tests.project import dump, make

ADDRESS = "https://user.example/repo/"


def listed(text: bytes) -> dict[str, str | None]:
    """The day of each URL of a sitemap, ``None`` where it tells none."""
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset"
    return {element.findtext("{*}loc") or "": element.findtext("{*}lastmod") for element in root}


def test_only_pages_to_be_found_are_listed_in_the_order_of_urls():
    """Not the search, nor a paper that was taken out, nor the page for lost visitors; pages by hand are."""
    urls = {
        "search.md": "search/",
        "z.md": "z/",
        "index.md": "./",
        "gone.md": "gone/",
        "404.md": "404/",
        "a.md": "a&b/",
    }
    views = {
        "index.md": View("home.html", "", updated=date(2026, 1, 7)),
        "z.md": View("paper.html", "Z"),
        "gone.md": View("gone.html", "Gone", updated=date(2026, 1, 7), indexed=False),
        "search.md": View("search.html", "Search"),
    }
    found = listed(sitemaps(urls, views, ADDRESS)["sitemap.xml"])
    assert list(found.items()) == [(ADDRESS, "2026-01-07"), (f"{ADDRESS}a&b/", None), (f"{ADDRESS}z/", None)]


def test_without_an_address_the_sitemap_is_empty_and_valid():
    """A sitemap cannot have relative URLs."""
    assert listed(sitemaps({"z.md": "z/"}, {}, "")["sitemap.xml"]) == {}


def test_more_urls_than_a_sitemap_may_hold_are_in_several_that_it_names():
    """The protocol allows 50,000 in a file; each URL is in one of them."""
    urls = {f"{number:06}.md": f"{number:06}/" for number in range(2 * MOST + 1)}
    made = sitemaps(urls, {}, ADDRESS)
    index = ElementTree.fromstring(made["sitemap.xml"])
    assert index.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}sitemapindex"
    names = [(element.findtext("{*}loc") or "").removeprefix(ADDRESS) for element in index]
    assert names == [name for name in made if name != "sitemap.xml"] == [f"sitemap-{n}.xml.gz" for n in (1, 2, 3)]
    found = [listed(gzip.decompress(made[name])) for name in names]
    assert [len(part) for part in found] == [MOST, MOST, 1]
    assert {url for part in found for url in part} == {f"{ADDRESS}{url}" for url in urls.values()}
    assert [*sitemaps(urls, {}, "")] == ["sitemap.xml"]
    assert sitemaps(urls, {}, ADDRESS) == made


def test_robots_txt_forbids_nothing_and_names_the_sitemap():
    """Where the address is known."""
    assert robots(ADDRESS) == f"User-agent: *\nDisallow:\n\nSitemap: {ADDRESS}sitemap.xml\n".encode()
    assert robots("") == b"User-agent: *\nDisallow:\n"


@pytest.fixture
def site(tmp_path, monkeypatch) -> Path:
    """A site with an address, a hidden paper, one that was taken out, one without a date and one far too late."""
    project = make(tmp_path)
    papers = [(f"Agents, part {n}", "An LLM agent.", f"Mar {n + 1}, 2024") for n in range(5)]
    project.add("a.txt", dump("Dec 10", *papers))
    project.ingest()
    project.page("agents-part-0").unlink()
    project.edit("agents-part-1", "\ntopics:", "\nhidden: true\ntopics:")
    project.edit("agents-part-2", "\ndate: 2024-03-03", "\ndate: 2099-03-03")
    project.page("by-hand").write_text('---\ntitle: "By hand"\n---\n', encoding="utf-8")
    monkeypatch.setenv("SITE_URL", ADDRESS)
    result = project.run("build")
    assert result.exit_code == 0, result.output
    return tmp_path / "site"


def test_the_sitemap_lists_every_page_to_be_indexed_and_no_other(site):
    """The pages of the built site that do not ask to be left out, but for the search and the page for lost visitors."""
    pages = {
        path.relative_to(site).as_posix().removesuffix("index.html"): parsed(path) for path in site.rglob("*.html")
    }
    wanted = {url for url, page in pages.items() if not page.all("meta", name="robots")} - {"404.html", "search/"}
    found = listed((site / "sitemap.xml").read_bytes())
    assert set(found) == {f"{ADDRESS}{url}" for url in wanted}
    assert f"{ADDRESS}papers/agents-part-4/" in found
    for url in wanted:
        assert pages[url].all("link", rel="canonical")[0].attributes["href"] in found
    assert found[f"{ADDRESS}papers/agents-part-4/"] == "2025-12-10"  # when it was captured, as that is the later day
    assert found[f"{ADDRESS}papers/agents-part-2/"] == "2099-03-03"
    assert found[f"{ADDRESS}papers/by-hand/"] is None
    assert found[f"{ADDRESS}about/"] is None
    assert date.today().isoformat() not in found.values()


def test_no_copy_of_the_sitemap_tells_the_day_of_the_build(site):
    """MkDocs compresses its own and stamps it; ours is the only one, and robots.txt leads to it."""
    assert [path.name for path in site.glob("sitemap*")] == ["sitemap.xml"]
    assert f"Sitemap: {ADDRESS}sitemap.xml\n" in (site / "robots.txt").read_text("utf-8")


def test_without_papers_and_without_an_address_the_site_is_built(tmp_path, monkeypatch):
    """A new project: nothing has a date."""
    monkeypatch.delenv("SITE_URL", raising=False)
    result = make(tmp_path).run("build")
    assert result.exit_code == 0, result.output
    assert listed((tmp_path / "site" / "sitemap.xml").read_bytes()) == {}
    assert (tmp_path / "site" / "feeds" / "all.xml").is_file()
