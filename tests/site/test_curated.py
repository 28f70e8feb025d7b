"""A curator's Markdown is shown as Markdown, and nothing in it acts."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import mdtext
from generator.site.curated import PART, Curated
from tests.hostile import corpus
from tests.html import Page, parsed
from tests.project import Project, dump, make

# More than mkdocs.yml has: what a curator may add, the ones that let attributes through included.
EXTENSIONS = [
    "toc",
    "tables",
    "fenced_code",
    "admonition",
    "footnotes",
    "attr_list",
    "abbr",
    "def_list",
    "md_in_html",
    "sane_lists",
]
KNOWN = frozenset(
    [
        "p",
        "a",
        "em",
        "strong",
        "code",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "hr",
        "br",
        "img",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "sup",
        "abbr",
        "dl",
        "dt",
        "dd",
    ]
)
SIGNS = st.lists(
    st.sampled_from(
        [
            "<script>", "</script>", "<img src=x onerror=alert(1)>", "[a](", "![a](", "<", ">", ")", "javascript:alert(1)", "java\tscript:",
            "&#106;avascript:", "data:text/html,x", "//elsewhere.example/x", "\\\\elsewhere.example", "https://elsewhere.example/", "mailto:a@b.c",
            "[x]: ", "[x]", "[^1]", "[^1]: ", "{: onclick=alert(1) href=javascript:alert(1) style=x }", "{onclick=x}", "# ", "- ", "    ", "```",
            "!!! note \"<b>\"", "`", "*", "_", "\\", "|", "\n", "\n\n", " ", "<div markdown=1>", "</div>", "<!--", "-->", "*[a]: <b>", "word", PART,
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


class Tags(HTMLParser):
    """Every element and attribute of a piece of HTML, as a browser would see them."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data


def rendered(source: str, **options: bool) -> str:
    return markdown.markdown(source, extensions=[*EXTENSIONS, Curated(**options)])


def is_harmless(tag: str, attributes: dict[str, str]) -> bool:
    names = set(attributes)
    href, source = attributes.get("href", ""), attributes.get("src", "")
    squeezed = href.replace("\t", "").replace("\n", "").replace("\r", "").strip("".join(map(chr, range(33))))
    return (
        tag in KNOWN
        and not any(name.startswith("on") or name in ("style", "srcdoc", "formaction") for name in names)
        and _scheme(squeezed) in ("", "http", "https", "mailto")
        and not _scheme(source)
        and not source.replace("\\", "/").startswith("//")
        and (not is_away(squeezed) or attributes.get("rel") == "noopener nofollow")
    )


def _scheme(url: str) -> str:
    try:
        return urlsplit(url).scheme
    except ValueError:  # what is no URL leads nowhere
        return ""


def is_away(url: str) -> bool:
    return url.replace("\\", "/").startswith(("//", "http:", "https:"))


@pytest.mark.parametrize("name", corpus.strings())
def test_no_hostile_string_acts_as_markdown(name):
    """As a paragraph, a heading, a link's target and text, a picture, a reference, a title of a box."""
    for text in corpus.strings()[name]:
        line = text[:400]
        for source in (
            line,
            f"# {line}",
            f"[a]({line})",
            f"[{line}](b.md)",
            f"![a]({line})",
            f"[x]: {line}\n\n[x]",
            f'!!! note "{line}"',
        ):
            found = Tags(rendered(source)).found
            assert not [one for one in found if not is_harmless(*one)], source


@given(SIGNS)
def test_nothing_that_markdown_makes_acts(source):
    """Whatever is put together from what is dangerous alone."""
    found = Tags(rendered(source)).found
    assert not [one for one in found if not is_harmless(*one)]


def test_attributes_are_the_same_in_capitals():
    """As browsers read them, where an extension lets people write any."""
    html = markdown.markdown(
        '[x](a.md){HREF="javascript:alert(2)" OnClick="alert(1)"} ![y](z.png){SRC="//c.example/y.png"}',
        extensions=["attr_list", Curated()],
    )
    assert "javascript" not in html
    assert "alert" not in html
    assert "<img" not in html or "c.example" not in html.split("<img")[1].split(">")[0]


@given(st.text(alphabet="<>ab/=\"' !-?", max_size=40).map(lambda text: f"a{text}b"))
def test_raw_html_is_shown_to_the_letter(text):
    """Tags, comments and declarations are text."""
    line = " ".join(text.split())
    assert Tags(markdown.markdown(line, extensions=[Curated()])).text == line
    assert mdtext.shown(line) == line


def test_links_and_pictures_of_others():
    """Links say that they are no recommendation; a picture becomes a link; the site's own stay."""
    assert rendered("[a](https://b.example/)") == '<p><a href="https://b.example/" rel="noopener nofollow">a</a></p>'
    assert rendered("<https://b.example/>").count('rel="noopener nofollow"') == 1
    assert rendered("[a](//b.example/)").count('rel="noopener nofollow"') == 1
    assert rendered("[a](b.md#c)") == '<p><a href="b.md#c">a</a></p>'
    assert rendered("![a *b*](https://c.example/d.png) e") == (
        '<p><a href="https://c.example/d.png" rel="noopener nofollow">a *b*</a> e</p>'
    )
    assert rendered("![a](b.png)") == '<p><img alt="a" src="b.png" /></p>'
    assert rendered("[a](j&#97;vascript:alert(1))") == "<p><a>a</a></p>"


def test_the_setting_allows_raw_html():
    """And then the parts of a page are still told from each other."""
    assert rendered("<b class='x'>a</b>", raw_html=True) == "<p><b class='x'>a</b></p>"
    for raw_html in (False, True):
        parts = rendered(f"a\n\n{PART}\n\nb", raw_html=raw_html).split(PART)
        assert [part.strip() for part in parts] == ["<p>a</p>", "<p>b</p>"]


def _written(project: Project) -> dict[str, Page]:
    """A site whose every page of a person's has raw HTML and a link that is none."""
    hostile = (
        "A <b>bold</b> <script>alert(1)</script> [word](javascript:alert(1)).\n\n<div onclick=alert(1)>Block</div>"
    )
    project.add("a.txt", dump("Dec 10", ("A Paper on Agents", "Words of it.", "Mar 3, 2024")))
    project.ingest()
    project.edit("a-paper-on-agents", "Words of it.", f"{hostile}\n\nWords of it.\n\n{hostile}")
    for name in ("topics/agents.md", "digests/2025-12-10.md"):
        path = project.content / name
        path.write_text(path.read_text("utf-8").replace("## Papers", f"{hostile}\n\n## Papers"), encoding="utf-8")
    for name in ("index.md", "about.md"):
        (project.content / name).write_text(f"# Title\n\n{hostile}\n", encoding="utf-8")
    (project.content / "guide").mkdir()
    (project.content / "guide" / "more.md").write_text(f"# More\n\n{hostile}\n", encoding="utf-8")
    result = project.run("build")
    assert result.exit_code == 0, result.output
    urls = ("papers/a-paper-on-agents/", "topics/agents/", "digests/2025-12-10/", "", "about/", "guide/more/")
    return {url: parsed(project.root / "site" / url / "index.html") for url in urls}


def test_on_every_page_raw_html_is_text(tmp_path):
    """Papers, topics, digests, the home page, pages of a person's own, in a folder too."""
    for url, page in _written(make(tmp_path)).items():
        assert "A <b>bold</b> <script>alert(1)</script> word." in page.all("main")[0].text, url
        assert "<div onclick=alert(1)>Block</div>" in page.all("main")[0].text, url
        assert not page.with_attribute("onclick"), url
        assert not [e for e in page.with_attribute("href") if "javascript" in e.attributes["href"]], url


def test_a_setting_of_the_plugin_lets_raw_html_through(tmp_path):
    """For curators who trust all that they paste; the policy still lets no script run."""
    project = make(tmp_path)
    settings = project.root / "mkdocs.yml"
    text = settings.read_text("utf-8")
    assert "\n- digest" in text
    settings.write_text(text.replace("\n- digest", "\n- digest:\n    raw_html: true\n#", 1), encoding="utf-8")
    for url, page in _written(project).items():
        assert "bold" in [e.text for e in page.all("b")] or url == "", url
