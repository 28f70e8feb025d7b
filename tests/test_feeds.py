"""The feeds, read by a parser that is not ours: what they tell, in which order, and that a paper is new only once."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from feedgenerator.django.utils import feedgenerator as library
from hypothesis import given
from hypothesis import strategies as st

from generator.cache import Cache
from generator.catalogue import Catalogue
from generator.feeds import MOST, Publication, entry_id, feed_files, latest_joined
from generator.model import ET_AL, Entry, Paper, Sighting, Topic
from tests.html import parsed
from tests.project import Project, dump, make

ADDRESS = "https://user.example/repo/"
SITE = Publication(name="Paper Digests", url=ADDRESS, description="Papers & more")
AGENTS = Topic("agents", "Agents", "Models that act")
VISION = Topic("vision", "Vision")


def entry(slug: str, captured: str = "2026-01-07", **known) -> Entry:
    """A paper that one dump of a day tells."""
    day = date.fromisoformat(captured) if captured else None
    known = {"title": slug.title(), "topics": ("agents",), "abstract": f"About {slug}.", **known}
    return Entry(slug, Paper(sightings=(Sighting("a.txt", 1, 1, day),), **known))


def shown(*entries: Entry) -> Catalogue:
    return Catalogue(tuple(entries), (AGENTS, VISION), ())


def read(files: dict[str, bytes], name: str = "feeds/all"):
    """The Atom feed as a parser reads it, and the JSON Feed."""
    headers = {"content-location": f"{ADDRESS}{name}.xml", "content-type": "application/atom+xml; charset=utf-8"}
    atom = feedparser.parse(files[f"{name}.xml"], response_headers=headers)
    assert not atom.bozo, atom.bozo_exception
    return atom, json.loads(files[f"{name}.json"])


def test_an_entry_tells_what_is_known_of_the_paper():
    """Title, link, abstract as text, authors, topics, the paper's day and that of its newest capture."""
    paper = entry(
        "x",
        title="A < B & C",
        abstract="If a < b, then <i>c</i> &amp; d.",
        authors=("Ada", "Bob"),
        date=date(2025, 12, 30),
        arxiv="2512.00001",
        topics=("agents", "unheard-of"),
    )
    later = Sighting("b.txt", 1, 1, date(2026, 2, 3))
    paper = replace(paper, paper=replace(paper.paper, sightings=(*paper.paper.sightings, later)))
    atom, told = read(feed_files(shown(paper), SITE))
    (one,) = atom.entries
    assert (one.title_detail.value, one.title_detail.type) == ("A < B & C", "text/plain")
    assert (one.summary_detail.value, one.summary_detail.type) == ("If a < b, then <i>c</i> &amp; d.", "text/plain")
    assert one.link == f"{ADDRESS}papers/x/"
    assert [author.name for author in one.authors] == ["Ada", "Bob"]
    assert [tag.term for tag in one.tags] == ["Agents", "unheard-of"]
    assert (one.published, one.updated) == ("2025-12-30T00:00:00Z", "2026-02-03T00:00:00Z")
    assert told["items"] == [
        {
            "id": one.id,
            "url": one.link,
            "title": "A < B & C",
            "content_text": "If a < b, then <i>c</i> &amp; d.",
            "external_url": "https://arxiv.org/abs/2512.00001",
            "date_published": one.published,
            "date_modified": one.updated,
            "authors": [{"name": "Ada"}, {"name": "Bob"}],
            "tags": ["Agents", "unheard-of"],
        }
    ]


def test_a_feed_for_programs_tells_what_a_citation_needs():
    """The BibTeX of a topic is made of it."""
    (one,) = read(
        feed_files(shown(entry("x", arxiv="2512.00001", doi="10.1/x", venue="ICML 2024", authors=("Ada", ET_AL))), SITE)
    )[1]["items"]
    assert one["authors"] == [{"name": "Ada"}]
    assert one["_paper"] == {"doi": "10.1/x", "conference": "ICML 2024", "year": "2024", "further_authors": True}
    (other,) = read(feed_files(shown(entry("x", venue="somewhere")), SITE))[1]["items"]
    assert "_paper" not in other


def test_what_is_not_known_is_not_told():
    """No authors, no topics, no abstract, no day: Atom alone has a day, because it must, and it is no day of ours."""
    atom, told = read(feed_files(shown(entry("x", captured="", topics=(), abstract="")), SITE))
    (one,) = atom.entries
    assert {"published", "summary", "tags"}.isdisjoint(one)
    assert one.updated == "1970-01-01T00:00:00Z"
    assert b"<author>" not in feed_files(shown(entry("x")), SITE)["feeds/all.xml"].partition(b"<entry>")[2]
    assert set(told["items"][0]) == {"id", "url", "title", "content_text"}


def test_a_feed_tells_where_it_is_and_when_it_changed():
    """Its title, its page, itself, and the newest capture of its papers."""
    files = feed_files(shown(entry("x", "2026-01-07"), entry("y", "2026-02-01", topics=("vision",))), SITE)
    atom, told = read(files)
    links = {link.rel: link.href for link in atom.feed.links}
    assert links == {"alternate": ADDRESS, "self": f"{ADDRESS}feeds/all.xml"}
    assert (atom.feed.title, atom.feed.subtitle) == ("Paper Digests", "Papers & more")
    assert (atom.feed.updated, atom.feed.author) == ("2026-02-01T00:00:00Z", "Paper Digests")
    assert (told["version"], told["title"]) == ("https://jsonfeed.org/version/1.1", "Paper Digests")
    assert (told["home_page_url"], told["feed_url"]) == (ADDRESS, f"{ADDRESS}feeds/all.json")
    atom, told = read(files, "feeds/topics/agents")
    assert [one.link for one in atom.entries] == [f"{ADDRESS}papers/x/"]
    assert (atom.feed.title, atom.feed.link) == ("Agents · Paper Digests", f"{ADDRESS}topics/agents/")
    assert atom.feed.updated == "2026-01-07T00:00:00Z"
    assert told["home_page_url"] == atom.feed.link


def test_papers_that_joined_last_come_first():
    """By the first capture, then by date, then by slug; one that no dated dump has counts from its own date."""
    papers = (
        entry("d-old", "2025-01-01", date=date(2024, 1, 1)),
        entry("b", date=date(2026, 1, 5)),
        entry("a", date=date(2026, 1, 5)),
        entry("c", date=date(2026, 1, 6)),
        entry("undated-paper"),
        entry("by-hand", captured="", date=date(2025, 6, 1)),
        entry("nothing-known", captured=""),
    )
    again = replace(papers[0].paper, sightings=(*papers[0].paper.sightings, Sighting("z", 1, 1, date(2026, 3, 1))))
    order = [one.slug for one in latest_joined((Entry("d-old", again), *papers[1:]))]
    assert order == ["c", "a", "b", "undated-paper", "by-hand", "d-old", "nothing-known"]


def test_a_feed_has_at_most_a_hundred_papers():
    """The newest; the feeds of topics, too."""
    papers = [entry(f"p-{n:03}", f"2025-{n // 28 + 1:02}-{n % 28 + 1:02}") for n in range(130)]
    for name in ("feeds/all", "feeds/topics/agents"):
        atom, told = read(feed_files(shown(*papers), SITE), name)
        assert len(atom.entries) == len(told["items"]) == MOST
        assert atom.entries[0].link == f"{ADDRESS}papers/p-129/"


def test_ids_stay_when_all_else_changes():
    """Title, name and address of the site, and the page's name while the former one is an alias."""
    before = feed_files(shown(entry("a-paper")), SITE)
    renamed = entry("a-better-name", title="Another", aliases=("a-paper", "a-second-name"))
    after = feed_files(shown(renamed), Publication(name="Elsewhere", url="https://other.example/"))
    for name in ("feeds/all", "feeds/topics/agents"):
        (old, old_told), (new, new_told) = read(before, name), read(after, name)
        assert [one.id for one in old.entries] == [one.id for one in new.entries]
        assert [one["id"] for one in old_told["items"]] == [one["id"] for one in new_told["items"]]
        assert old.feed.id == new.feed.id
    assert entry_id(entry("a-paper")) == "urn:uuid:a6f221bb-6c53-5e0e-a259-7c9e74dd0bf8"
    assert entry_id(entry("a-paper")) != entry_id(entry("another-paper"))


def test_ids_are_the_same_in_every_feed_and_differ_between_papers():
    """So that a reader of two feeds sees a paper once; no feed has the id of another."""
    files = feed_files(shown(entry("x"), entry("y")), SITE)
    ids = [sorted(one.id for one in read(files, name)[0].entries) for name in ("feeds/all", "feeds/topics/agents")]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2
    of_feeds = {read(files, name)[0].feed.id for name in ("feeds/all", "feeds/topics/agents", "feeds/topics/vision")}
    assert len(of_feeds) == 3


ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates, too
HOSTILE = "]]> <![CDATA[ \x00\x1b\x0b \ud800 \ufffe &#0; <!-- </title><script>alert(1)</script>"


@given(ANY_TEXT)
def test_any_text_gives_feeds_that_can_be_read(text):
    """And but for what no XML can hold, it is that text."""
    _assert_readable(text)


def test_hostile_text_stays_text():
    """Ends of sections, control characters, halves of signs, markup."""
    _assert_readable(HOSTILE)


def _assert_readable(text: str) -> None:
    paper = entry("x", title=text, abstract=text, authors=(text,), topics=("t", text), aliases=(text,))
    topic = Topic("t", text, text)
    files = feed_files(Catalogue((paper,), (topic,), ()), Publication(name=text, description=text, language=text))
    for name in ("feeds/all", "feeds/topics/t"):
        root = ElementTree.fromstring(files[f"{name}.xml"])
        (title,) = root.findall("{*}entry/{*}title")
        item = json.loads(files[f"{name}.json"])["items"][0]
        assert (title.text or "") == item["title"].replace("\r\n", "\n").replace("\r", "\n")
        assert len(item["title"]) == len(text)
        assert all(kept == sign or kept == "\ufffd" for kept, sign in zip(item["title"], text, strict=True))
    ElementTree.fromstring(files["feeds/topics.opml"])


def test_without_papers_the_feeds_are_there_and_empty():
    """Somebody may follow a topic before its first paper."""
    files = feed_files(shown(), SITE)
    for name in ("feeds/all", "feeds/topics/agents", "feeds/topics/vision"):
        atom, told = read(files, name)
        assert (atom.entries, told["items"]) == ([], [])
        assert atom.feed.updated == "1970-01-01T00:00:00Z"


def test_the_list_of_feeds_has_every_topic():
    """Well-formed OPML, with the feed and the page of each."""
    root = ElementTree.fromstring(feed_files(shown(), SITE)["feeds/topics.opml"])
    assert (root.tag, root.attrib, root.findtext("head/title")) == (
        "opml",
        {"version": "2.0"},
        "Topics of Paper Digests",
    )
    assert [outline.attrib for outline in root.iterfind("body/outline")] == [
        {
            "type": "rss",
            "text": f"{topic.name} · Paper Digests",
            "title": f"{topic.name} · Paper Digests",
            "xmlUrl": f"{ADDRESS}feeds/topics/{topic.id}.xml",
            "htmlUrl": f"{ADDRESS}topics/{topic.id}/",
        }
        for topic in (AGENTS, VISION)
    ]


def test_a_feed_that_was_written_before_is_found_again():
    """As long as neither its papers nor the site's name and address have changed."""
    memory = Cache()
    before = feed_files(shown(entry("x"), entry("y")), SITE, memory)
    memory = Cache(memory.used)
    assert feed_files(shown(entry("x"), entry("y")), SITE, memory) == before
    assert not memory.new
    for catalogue, site in (
        (shown(entry("x"), entry("z")), SITE),
        (shown(entry("x"), entry("y")), Publication(name="Elsewhere", url="https://other.example/")),
    ):
        assert feed_files(catalogue, site, Cache(memory.used)) == feed_files(catalogue, site) != before


def test_the_clock_has_no_say(monkeypatch):
    """The library likes to tell the time of the build: nothing of it is in a feed, not even in an empty one."""

    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2999, 1, 1, tzinfo=tz)

    catalogues = (shown(), shown(entry("x", captured="")), shown(entry("x", date=date(2025, 1, 1))))
    before = [feed_files(catalogue, SITE) for catalogue in catalogues]
    clock = SimpleNamespace(datetime=Later, time=datetime.time, timezone=datetime.timezone)
    monkeypatch.setattr(library, "datetime", clock)
    assert [feed_files(catalogue, SITE) for catalogue in catalogues] == before


def _addresses(site: Path) -> dict[str, set[str]]:
    """Every address in the built feeds, by the feed."""
    found = {}
    for path in sorted((site / "feeds").rglob("*.*")):
        if path.suffix == ".json":
            told = json.loads(path.read_bytes())
            urls = {told["home_page_url"], *(item["url"] for item in told["items"])}
        else:
            elements = list(ElementTree.parse(path).iter())
            urls = {e.attrib[name] for e in elements for name in ("href", "xmlUrl", "htmlUrl") if name in e.attrib}
        found[path.relative_to(site).as_posix()] = urls
    return found


def _lead_somewhere(site: Path) -> None:
    for name, urls in _addresses(site).items():
        for url in urls:
            target = urljoin(f"{ADDRESS}{name}", url)
            assert target.startswith(ADDRESS), (name, url)
            path = site / target.removeprefix(ADDRESS)
            assert path.is_file() or (path / "index.html").is_file(), (name, url)


def test_without_an_address_the_links_are_relative_to_the_feed(seeds):
    """They lead to pages of the site all the same."""
    site = seeds.root / "site"
    assert not [url for urls in _addresses(site).values() for url in urls if urlsplit(url).netloc]
    _lead_somewhere(site)
    for name in ("feeds/all", "feeds/topics/agents"):
        atom, _ = read({f"{name}.{e}": (site / f"{name}.{e}").read_bytes() for e in ("xml", "json")}, name)
        assert all(one.link.startswith(f"{ADDRESS}papers/") for one in atom.entries)


def test_every_topic_and_every_paper_has_its_feed(seeds):
    """All 76 papers of the seeds are in the feed of everything; each topic has a feed in both formats."""
    site = seeds.root / "site"
    topics = {path.parent.name for path in site.glob("topics/*/index.html")}
    for ending in ("xml", "json"):
        assert {path.stem for path in site.glob(f"feeds/topics/*.{ending}")} == topics
    atom = feedparser.parse((site / "feeds" / "all.xml").read_bytes())
    assert not atom.bozo
    assert len({one.id for one in atom.entries}) == 76
    assert atom.feed.updated == "2026-01-07T00:00:00Z"


def test_pages_name_their_feeds(seeds):
    """The feed of everything on every page, that of the topic on its pages; the footer leads there, too."""
    site = seeds.root / "site"
    for path in site.rglob("*.html"):
        page, url = parsed(path), path.relative_to(site).as_posix()
        feeds = page.all("link", rel="alternate", type="application/atom+xml")
        names = {urljoin(f"/{url}", link.attributes["href"]): link.attributes["title"] for link in feeds}
        assert names.pop("/feeds/all.xml") == "Paper Digests", url
        topic = url.split("/")[1] if url.startswith("topics/") and url != "topics/index.html" else None
        assert set(names) == ({f"/feeds/topics/{topic}.xml"} if topic else set()), url
        assert all((site / name[1:]).is_file() for name in names), url
        hrefs = {link.text: link.attributes.get("href", "") for link in page.all("a")}
        assert urljoin(f"/{url}", hrefs["Feeds"]) == "/feeds/all.xml"


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Project:
    """A site with an address, a hidden paper and a page by hand."""
    project = make(tmp_path_factory.mktemp("published"))
    papers = [(f"Agents & <tools>, part {n}", "An LLM agent.", "Mar 3, 2024") for n in range(3)]
    project.add("a.txt", dump("Dec 10", *papers))
    project.ingest()
    project.edit("agents-tools-part-1", "\ntopics:", "\nhidden: true\ntopics:")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", ADDRESS)
        result = project.run("build")
    assert result.exit_code == 0, result.output
    return project


def test_with_an_address_the_links_are_absolute(published):
    """And lead to pages of the site."""
    site = published.root / "site"
    assert not [url for urls in _addresses(site).values() for url in urls if not url.startswith(ADDRESS)]
    _lead_somewhere(site)


def test_hidden_papers_are_in_no_feed(published):
    """Neither by their address nor by their title."""
    texts = [path.read_text("utf-8") for path in (published.root / "site" / "feeds").rglob("*.*")]
    assert sum("part 0" in text for text in texts) >= 4
    assert not [text for text in texts if "part-1" in text or "part 1" in text]


def test_pages_tell_what_a_shown_link_shows(published):
    """Title, kind, site, address and description, for those that show a preview of a link."""
    site = published.root / "site"

    def shown_of(url: str) -> dict[str, str]:
        metas = parsed(site / url / "index.html").with_attribute("property")
        return {meta.attributes["property"]: meta.attributes["content"] for meta in metas}

    assert shown_of("papers/agents-tools-part-0/") == {
        "og:title": "Agents & <tools>, part 0",
        "og:type": "article",
        "og:site_name": "Paper Digests",
        "og:url": f"{ADDRESS}papers/agents-tools-part-0/",
        "og:description": "An LLM agent.",
    }
    assert shown_of("")["og:title"] == "Paper Digests"
    assert shown_of("about/")["og:title"] == "About this site"
    assert {shown_of(url)["og:type"] for url in ("", "about/", "topics/agents/")} == {"website"}
    assert "og:url" not in shown_of("papers/agents-tools-part-1/")
    for path in site.rglob("*.html"):
        (referrer,) = parsed(path).all("meta", name="referrer")
        assert referrer.attributes["content"] == "strict-origin-when-cross-origin"
