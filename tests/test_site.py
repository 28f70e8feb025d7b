"""The built site: every page, every link, the same bytes each time, and nothing of a dump that runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from generator import store
from tests.html import Page, parsed
from tests.project import ROOT, Project, dump, make, with_seeds

URL_ATTRIBUTES = ("href", "src", "action")
HOST = "https://user.example"

HOSTILE = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[click](javascript:alert(1))",
    "{{ 7*7 }} {% raw %} {# #}",
    "<!-- --> --> ]]>",
    "&lt;b&gt; &amp; &#60;",
    "`code` *star* _under_ ~~strike~~ $x$ \\(y\\)",
    "{: onclick=alert(1) } {#id .class}",
    "--8<-- 'mkdocs.yml'",
    '!!! note "<b>"',
    "[^1]: foot",
    "--- # YAML: {a: b}",
    "مرحبا 中文 🤗",
)


def pages(site: Path) -> dict[str, Page]:
    """Every page by its URL from the root of the site."""
    paths = sorted(site.rglob("*.html"))
    return {path.relative_to(site).as_posix().removesuffix("index.html"): parsed(path) for path in paths}


@pytest.fixture(scope="module")
def site(seeds: Project) -> dict[str, Page]:
    return pages(seeds.root / "site")


@pytest.mark.parametrize("base", ["/", "/repo/"])
def test_every_link_and_anchor_leads_somewhere(site, seeds, base):
    """Under any path of the host; links out are links on the web."""
    for url, page in site.items():
        for element in page.elements:
            for name in URL_ATTRIBUTES:
                if name in element.attributes:
                    _leads_somewhere(
                        urljoin(f"{HOST}{base}{url}", element.attributes[name]), base, site, seeds.root / "site"
                    )


def _leads_somewhere(target: str, base: str, site: dict[str, Page], folder: Path) -> None:
    parts = urlsplit(target)
    if f"{parts.scheme}://{parts.netloc}" != HOST:
        assert parts.scheme in ("http", "https"), target
        return
    assert parts.path.startswith(base), target
    path = unquote(parts.path.removeprefix(base))
    assert path in site or (folder / path).is_file(), target
    assert not parts.fragment or parts.fragment in site[path].ids, target


def test_every_page_has_a_title_one_heading_and_a_language(site):
    """And its landmarks: a header, the main part, a footer, a way past the header."""
    for url, page in site.items():
        (heading,) = page.all("h1")
        (title,) = page.all("title")
        assert heading.text.strip(), url
        assert title.text.endswith("Paper Digests"), url
        assert page.all("html")[0].attributes["lang"] == "en"
        assert [len(page.all(tag)) for tag in ("header", "main", "footer")] == [1, 1, 1], url
        assert page.all("a", class_="md-skip")[0].attributes["href"] == "#main"
        assert "main" in page.ids


def test_titles_of_pages_are_told_apart(site):
    """A reader with many tabs, and a search engine, can tell."""
    titles = [page.all("title")[0].text for page in site.values()]
    assert len(set(titles)) == len(titles)


def test_the_site_has_the_urls_that_it_promises(site, seeds):
    """Papers, topics, digests, organisations, archive, search, status."""
    content = store.load(seeds.content)
    assert {f"papers/{page.slug}/" for page in content.papers} <= set(site)
    assert {f"topics/{topic.id}/" for topic in content.taxonomy.topics} <= set(site)
    assert {
        *("", "404.html", "about/", "topics/", "digests/", "digests/2025-12-10/", "digests/2026-01-07/"),
        *("organizations/", "organizations/nvidia/", "organizations/cmu-lti/", "search/", "status/"),
        *("archive/", "archive/2019/", "archive/2025/", "archive/undated/"),
    } <= set(site)
    assert json.loads((seeds.root / "site" / "status.json").read_text("utf-8"))["papers"] == 76


def test_dumps_and_settings_are_not_published(seeds):
    """Nor is what belongs to the generator."""
    names = {path.name for path in (seeds.root / "site").rglob("*")}
    assert not names & {"dumps", "dumps.yml", "topics.yml", "removed.yml", "ledger.txt"}


def test_a_papers_page_shows_the_paper(site):
    """Title, day, byline, comments, abstract, topics with a reason, digests with position."""
    page = site["papers/rlp-reinforcement-as-a-pretraining-objective/"]
    assert page.all("h1")[0].text == "RLP: Reinforcement as a Pretraining Objective"
    assert page.all("time")[0].attributes["datetime"] == "2025-09-26"
    main = page.all("main")[0].text
    assert "NVIDIA" in main
    assert "4 comments" in main
    assert "No. 26 of 49, 4 comments" in main
    assert page.with_attribute("data-abstract")[0].text.startswith("The dominant paradigm for training")
    assert "in the title" in main


def test_nothing_is_asked_of_another_host(site):
    """No font, script, picture or sheet from elsewhere; links out are for the reader to follow."""
    for url, page in site.items():
        for element in page.elements:
            loaded = element.attributes.get("src") or (element.tag == "link" and element.attributes.get("href")) or ""
            assert element.attributes.get("rel") == "canonical" or not urlsplit(loaded).netloc, (url, loaded)


def test_a_papers_page_is_small(site, seeds):
    """Under 7,000 bytes on average."""
    sizes = [path.stat().st_size for path in (seeds.root / "site" / "papers").rglob("index.html")]
    assert sum(sizes) / len(sizes) < 7000


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs"])
def test_an_engine_alone_builds_the_same_bytes_elsewhere(seeds, tmp_path, engine: str):
    """From a copy in another folder, in another time zone, locale and hash seed, with `mkdocs build --strict`.

    ProperDocs carries MkDocs 1.6 on, and runs the same plugin and theme.
    """
    copy = tmp_path / "another place" / "Übung"
    copy.mkdir(parents=True)
    shutil.copy(seeds.root / "mkdocs.yml", copy)
    shutil.copytree(seeds.content, copy / "content")
    shutil.copytree(ROOT / "theme_overrides", copy / "theme_overrides")
    _build(copy, engine, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="7")
    assert files(copy / "site") == files(seeds.root / "site")


@pytest.mark.long
def test_a_commit_gives_the_same_bytes_wherever_and_whenever_it_is_built(tmp_path):
    """From the dumps on: other folders, time zones, locales, hash seeds, a year of the clock between them."""
    places = (
        {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Adak", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "424242", "SOURCE_DATE_EPOCH": "1"},
    )
    built = []
    for at, place in enumerate(places):
        project = with_seeds(tmp_path / f"place {at}")
        for path in project.content.rglob("*"):
            os.utime(path, (at * 30_000_000, at * 30_000_000))
        command = [sys.executable, "-c", "from generator.cli import main; main()", "ingest"]
        subprocess.run(command, cwd=project.root, env=_elsewhere(**place), check=True, capture_output=True)
        _build(project.root, "mkdocs", SITE_URL="https://user.example/repo/", **place)
        built.append((project.files(), files(project.root / "site")))
    assert built[1:] == built[:1] * 2


def _elsewhere(**place: str) -> dict[str, str]:
    there = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return {**there, "NO_MKDOCS_2_WARNING": "1", **place}


def _build(folder: Path, engine: str, **place: str) -> None:
    command = [sys.executable, "-m", engine, "build", "--strict", "--quiet", "--config-file", "mkdocs.yml"]
    subprocess.run(command, cwd=folder, env=_elsewhere(**place), check=True)


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_page_that_cannot_be_used_leaves_the_old_site(tmp_path):
    """Exit code 2, one clear line, and the site as it was."""
    project = make(tmp_path)
    project.add("a.txt", dump("Dec 10", ("A Paper on Agents", "Words.", "Mar 3, 2024")))
    assert project.run("build").exit_code == 0
    before = files(tmp_path / "site")
    project.edit("a-paper-on-agents", 'title: "', 'title: "" "')
    result = project.run("build")
    assert (result.exit_code, "papers/a-paper-on-agents.md:2: error:" in result.output) == (2, True)
    assert files(tmp_path / "site") == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".site")) == []


def test_organisations_have_one_page_each_whatever_their_handle(tmp_path):
    """Handles that differ in case alone are one; one that would leave its folder does not."""
    project = make(tmp_path)
    bylines = ("nvidia NVIDIA", "NVIDIA NVIDIA", "con Windows", "x-y Evil")
    papers = (f"Agents, part {n}\n\nAn LLM agent.\n\n{who}\n·\nMar {n + 1}, 2024\n\n" for n, who in enumerate(bylines))
    project.add("a.txt", dump("Dec 10") + "".join(papers))
    project.ingest()
    project.edit("agents-part-3", "handle: x-y", "handle: ../../x")
    result = project.run("build")
    assert result.exit_code == 0, result.output
    site = pages(tmp_path / "site")
    made = sorted(url for url in site if url.startswith("organizations/"))
    lists = ["organizations/", "organizations/NVIDIA/", "organizations/con-paper/", "organizations/x/"]
    assert made == sorted([*lists, "organizations/x-y/"])  # which was published once, and says that it is gone
    assert "2 papers" in site["organizations/NVIDIA/"].all("main")[0].text
    for url, page in site.items():
        for element in page.with_attribute("href"):
            _leads_somewhere(urljoin(f"{HOST}/{url}", element.attributes["href"]), "/", site, tmp_path / "site")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> dict[str, Page]:
    """A site whose every text is an attack."""
    project = make(tmp_path_factory.mktemp("hostile"))
    papers = [(f"{text} number {at}", f"Abstract: {text} on agents", "Mar 3, 2024") for at, text in enumerate(HOSTILE)]
    project.add("a.txt", dump("Dec 10", *papers))
    result = project.run("build")
    assert result.exit_code == 0, result.output
    return pages(project.root / "site")


def test_nothing_of_a_dump_becomes_markup(hostile):
    """No element, attribute or address that the templates did not write."""
    plain = {
        "a",
        "b",
        "br",
        "button",
        "dd",
        "div",
        "dl",
        "dt",
        "form",
        "h1",
        "h2",
        "h3",
        "header",
        "input",
        "label",
        "li",
    }
    plain |= {"html", "head", "body", "meta", "title", "link", "script", "main", "nav", "ol", "p", "section", "small"}
    plain |= {
        "bdi",
        "span",
        "time",
        "ul",
        "aside",
        "footer",
        "svg",
        "path",
        "details",
        "summary",
        "table",
        "thead",
        "tbody",
    }
    plain |= {"tr", "th", "td", "code", "article", "noscript", "style", "em"}
    for url, page in hostile.items():
        assert {element.tag for element in page.elements} <= plain, url
        assert not [e for e in page.elements for name in e.attributes if name.startswith("on")], url
        data = page.all("script", type="application/ld+json")
        assert all(json.loads(e.text)["@type"] == "ScholarlyArticle" for e in data)
        scripts = [e for e in page.all("script") if e not in data and "alert" in e.text + e.attributes.get("src", "")]
        assert scripts == [], url
        assert not [e for e in page.with_attribute("href") if not _is_address(e.attributes["href"])], url


def _is_address(url: str) -> bool:
    return urlsplit(url).scheme in ("", "http", "https")


def test_the_reader_sees_the_text_itself(hostile):
    """In the heading, the title of the window, the abstract and in lists."""
    by_heading = {page.all("h1")[0].text: page for url, page in hostile.items() if url.startswith("papers/")}
    listed = {element.text for page in hostile.values() for element in page.all("a")}
    for at, text in enumerate(HOSTILE):
        page = by_heading[f"{text} number {at}"]
        assert page.all("title")[0].text == f"{text} number {at} · Paper Digests"
        assert page.with_attribute("data-abstract")[0].text == f"Abstract: {text} on agents"
        assert f"{text} number {at}" in listed


def test_a_curators_markdown_is_shown_as_markdown(tmp_path):
    """Above and below the abstract, in it, and on a topic's page."""
    project = make(tmp_path)
    project.add("a.txt", dump("Dec 10", ("A Paper on Agents", "Words of it.", "Mar 3, 2024")))
    project.ingest()
    slug = "a-paper-on-agents"
    project.edit(slug, "Words of it.", "Note *well*.\n\nWords of it.\n\nSee [topics](../topics/agents.md).")
    topic = project.content / "topics" / "agents.md"
    topic.write_text(topic.read_text("utf-8").replace("## Papers", "**Mine.**\n\n## Papers"), encoding="utf-8")
    result = project.run("build")
    assert result.exit_code == 0, result.output
    page = parsed(tmp_path / "site" / "papers" / slug / "index.html")
    assert page.all("em")[0].text == "well"
    assert page.with_attribute("data-abstract")[0].text == "Words of it."
    assert page.all("a", href="../../topics/agents/")[-1].text
    assert parsed(tmp_path / "site" / "topics" / "agents" / "index.html").all("strong")[0].text == "Mine."


def test_long_lists_are_paged(tmp_path):
    """At most 100 entries a page, with the way to the others."""
    project = make(tmp_path)
    papers = [(f"Agents, part {n}", "An LLM agent that uses tools.", f"Mar {n % 28 + 1}, 2024") for n in range(205)]
    project.add("a.txt", dump("Dec 10", *papers))
    assert project.run("build").exit_code == 0
    counts = {}
    for url in ("topics/agents/", "topics/agents/2/", "topics/agents/3/", "archive/2024/3/"):
        page = parsed(tmp_path / "site" / url / "index.html")
        counts[url] = len([e for e in page.all("li") if "entry" in e.attributes.get("class", "")])
    assert counts == {"topics/agents/": 100, "topics/agents/2/": 100, "topics/agents/3/": 5, "archive/2024/3/": 5}
    assert "And 105 more on the site." in (project.content / "topics" / "agents.md").read_text("utf-8")


def test_a_removed_or_hidden_paper_answers_without_being_listed(tmp_path):
    """Its URL was published once: a short page, not for search engines."""
    project = make(tmp_path)
    papers = [(f"Agents, part {n}", "An LLM agent.", "Mar 3, 2024") for n in range(3)]
    project.add("a.txt", dump("Dec 10", *papers))
    project.ingest()
    project.page("agents-part-0").unlink()
    project.edit("agents-part-1", "\ntopics:", "\nhidden: true\ntopics:")
    assert project.run("build").exit_code == 0
    site = pages(tmp_path / "site")
    for slug in ("agents-part-0", "agents-part-1"):
        page = site[f"papers/{slug}/"]
        assert page.all("meta", name="robots")[0].attributes["content"] == "noindex"
    links = {e.attributes["href"] for page in site.values() for e in page.with_attribute("href")}
    assert not [href for href in links if "agents-part-0" in href or "agents-part-1" in href]
    assert json.loads(project.run("status", "--json").output)["papers"] == 1


def test_the_readme_names_every_command():
    """And what each is for is said where a newcomer reads."""
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in (
        "make site",
        "make test",
        "digest ingest",
        "digest build",
        "digest serve",
        "digest check",
        "digest status",
        "digest export",
        "digest formats",
    ):
        assert command in readme, command


def test_a_build_is_strict(tmp_path):
    """A link of a curator that leads nowhere fails it, and the old site stays."""
    project = make(tmp_path)
    project.add("a.txt", dump("Dec 10", ("A Paper on Agents", "Words.", "Mar 3, 2024")))
    (project.content / "about.md").write_text("# About\n\n[there](papers/nope.md)\n", encoding="utf-8")
    assert project.run("build").exit_code == 2
    assert not (tmp_path / "site").exists()


def test_pages_written_by_hand_are_checked_before_mkdocs_sees_them(tmp_path):
    """A key that would break the build is named; a title is text, whatever YAML makes of it."""
    project = make(tmp_path)
    about = project.content / "about.md"
    about.write_text("---\ntemplate: nope.html\n---\n\n# About\n", encoding="utf-8")
    result = project.run("build")
    assert (result.exit_code, "about.md:2: error: `template`" in result.output) == (2, True)
    about.write_text("---\ntitle: no\n---\n\nWords.\n", encoding="utf-8")
    assert project.run("build").exit_code == 0
    assert parsed(tmp_path / "site" / "about" / "index.html").all("title")[0].text == "no · Paper Digests"


@pytest.mark.parametrize("key", ["template", "icon", "hide", "search", "status", "tags"])
@pytest.mark.parametrize("name", ["about.md", "guide/more.md", "topics/agents.md", "digests/2025-12-10.md"])
def test_a_key_that_would_switch_the_theme_is_refused_wherever_it_stands(hand_written, key, name):
    """With file and line; the site stays as it was."""
    path = hand_written.content / name
    before = path.read_text("utf-8")
    path.write_text(before.replace("---\n", f"---\n{key}: 5\n", 1), encoding="utf-8")
    result = hand_written.run("build")
    path.write_text(before, encoding="utf-8")
    assert (result.exit_code, f"{name}:2: error: `{key}`" in result.output) == (2, True), result.output


@pytest.fixture(scope="module")
def hand_written(tmp_path_factory) -> Project:
    """A project with pages of a person's own, one of them in a folder."""
    project = make(tmp_path_factory.mktemp("hand"))
    project.add("a.txt", dump("Dec 10", ("A Paper on Agents", "Words.", "Mar 3, 2024")))
    (project.content / "guide").mkdir()
    (project.content / "guide" / "more.md").write_text("---\ntitle: More\n---\n\nWords.\n", encoding="utf-8")
    project.ingest()
    return project


def test_other_keys_of_a_page_have_no_effect(tmp_path):
    """Whatever Material or MkDocs would make of them; and what only looks like a key is text."""
    project = make(tmp_path)
    page = project.content / "more.md"
    page.write_text("---\ntitle: More\n---\n\nPurpose: to do.\n", encoding="utf-8")
    assert project.run("build").exit_code == 0
    before = files(tmp_path / "site")
    keys = ("description", "author", "subtitle", "comments", "robots", "date", "social", "glightbox")
    lines = "".join(f"{key}: <script>alert(1)</script>\n" for key in keys)
    page.write_text(f"---\ntitle: More\n{lines}---\n\nPurpose: to do.\n", encoding="utf-8")
    assert project.run("build").exit_code == 0
    assert files(tmp_path / "site") == before
    page.write_text("Purpose: to do.\n\nWords.\n", encoding="utf-8")
    assert project.run("build").exit_code == 0
    assert "Purpose: to do." in parsed(tmp_path / "site" / "more" / "index.html").all("main")[0].text


def test_what_only_looks_like_a_page_is_not_published(tmp_path):
    """Copies that an editor left, and links to elsewhere on the disk."""
    project = make(tmp_path)
    project.add("a.txt", dump("Dec 10", ("A Paper on Agents", "Words.", "Mar 3, 2024")))
    project.ingest()
    (tmp_path / "secret.md").write_text("# Secret\n", encoding="utf-8")
    (project.content / "leak.md").symlink_to(tmp_path / "secret.md")
    (project.content / "papers" / "a-paper-on-agents.md.orig").write_text("old", encoding="utf-8")
    (project.content / "papers" / "sub").mkdir()
    (project.content / "papers" / "sub" / "x.md").write_text("# X\n", encoding="utf-8")
    assert project.run("build").exit_code == 0
    published = [path.as_posix() for path in (tmp_path / "site").rglob("*")]
    assert not [path for path in published if "leak" in path or "orig" in path or "sub/" in path]


@pytest.mark.parametrize(
    "name",
    [
        "search.md",
        "archive/index.md",
        "topics/index.md",
        "Status.md",
        "archive/2024.md",
        "feeds/all.xml",
        "about/index.md",
    ],
)
def test_a_file_is_refused_where_the_site_has_another(hand_written, name):
    """One of the two would vanish without a word."""
    path = hand_written.content / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("Words of mine.\n", encoding="utf-8")
    result = hand_written.run("build")
    path.unlink()
    assert result.exit_code == 2
    assert f"{name}:1: error: it would be published as " in result.output
    assert "Traceback" not in result.output
    assert "Words of mine" not in "".join(path.read_text("utf-8") for path in hand_written.root.glob("site/**/*.html"))


def test_a_page_of_ones_own_has_a_heading_whoever_wrote_it(hand_written):
    """Its title is that, where the page has none of its own; as text."""
    path = hand_written.content / "plain.md"
    path.write_text('---\ntitle: "2024-01-01 <b>"\n---\n\nWords.\n', encoding="utf-8")
    assert hand_written.run("build").exit_code == 0
    path.unlink()
    site = hand_written.root / "site"
    for name, title in (("plain", "2024-01-01 <b>"), ("guide/more", "More"), ("about", "About")):
        (heading,) = parsed(site / name / "index.html").all("h1")
        assert heading.text.strip().startswith(title)


def test_a_picture_beside_a_papers_page_is_published(hand_written):
    """As beside any other page."""
    page = hand_written.page("a-paper-on-agents")
    text = page.read_text("utf-8")
    page.write_text(f"{text}\n![A figure](figure.png)\n", encoding="utf-8")
    picture = page.with_name("figure.png")
    picture.write_bytes(b"picture")
    result = hand_written.run("build")
    page.write_text(text, encoding="utf-8")
    picture.unlink()
    assert result.exit_code == 0, result.output
    published = hand_written.root / "site" / "papers"
    assert (published / "figure.png").read_bytes() == b"picture"
    assert 'src="../figure.png"' in (published / "a-paper-on-agents" / "index.html").read_text("utf-8")


def test_a_site_without_a_page_about_it_has_no_link_to_one(hand_written):
    """And a sheet of a curator's is linked from every page."""
    about, settings = hand_written.content / "about.md", hand_written.root / "mkdocs.yml"
    text, told = about.read_bytes(), settings.read_text("utf-8")
    about.unlink()
    (hand_written.content / "own.css").write_text("main {color: red}")
    without = [line for line in told.splitlines() if "about.md" not in line]
    settings.write_text("\n".join(without).replace("extra_css: []", "extra_css: [own.css]"), encoding="utf-8")
    result = hand_written.run("build")
    about.write_bytes(text)
    settings.write_text(told, encoding="utf-8")
    (hand_written.content / "own.css").unlink()
    assert result.exit_code == 0, result.output
    site = hand_written.root / "site"
    pages = [path.read_text("utf-8") for path in site.rglob("*.html") if "data-target" not in path.read_text("utf-8")]
    assert not [page for page in pages if ">About</a>" in page]
    assert all("own.css" in page for page in pages)


def test_a_robots_txt_of_ones_own_is_published(hand_written):
    """So is any other file that is no text for the generator alone."""
    own = {"robots.txt": "User-agent: Curious\nDisallow: /\n", "CNAME": "papers.example.org\n"}
    for name, text in own.items():
        (hand_written.content / name).write_text(text, encoding="utf-8")
    assert hand_written.run("build").exit_code == 0
    published = {name: (hand_written.root / "site" / name).read_text("utf-8") for name in own}
    for name in own:
        (hand_written.content / name).unlink()
    assert published == own


def test_a_site_that_is_a_checkout_stays_one(tmp_path):
    """Names with a dot in front are not the site's to take away."""
    project = make(tmp_path)
    (tmp_path / "site" / ".git").mkdir(parents=True)
    (tmp_path / "site" / "old.html").write_text("old", encoding="utf-8")
    assert project.run("build").exit_code == 0
    assert (tmp_path / "site" / ".git").is_dir()
    assert not (tmp_path / "site" / "old.html").exists()
