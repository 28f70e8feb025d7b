"""The MkDocs plugin ``digest``: the second half, from ``content/`` to the site, inside any MkDocs build.

Thin on purpose: it loads, asks :mod:`generator.views` for the pages and
:mod:`generator.search` for the index, and hands them to MkDocs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from generator import addresses, fields, front, ingest, kept, ledger, run, store, theme
from generator.catalogue import Catalogue, catalogue, organizations
from generator.curated import PART, Curated
from generator.dumps import read_dumps
from generator.feeds import Publication, feed_files
from generator.found import as_found
from generator.front import Front
from generator.model import GeneratorError
from generator.policy import policy
from generator.search.documents import document
from generator.search.index import index_files
from generator.search.terms import Terms
from generator.sitemap import robots, sitemap
from generator.status import status
from generator.views import Site, View, views

# Safe to delete: it only makes the next build faster.
_KEPT_TERMS = ".cache/search-terms.txt"


class Options(Config):  # type: ignore[no-untyped-call]
    """What `mkdocs.yml` may say below `digest`."""

    raw_html = options.Type(bool, default=False)


class DigestPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """See the module."""

    def __init__(self) -> None:
        self._views: Mapping[str, View] = {}
        self._shown = Catalogue((), (), ())
        self._preview = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether MkDocs serves the pages: it then writes a script of its own into each."""
        self._preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Let nothing that a curator's Markdown holds act; after the other extensions, to see what they make."""
        config.markdown_extensions.append(Curated(raw_html=self.config.raw_html))  # type: ignore[arg-type]
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Load ``content/`` and add the pages and files that are on no disk."""
        try:
            _check_written_by_hand(files)
            site = _site(Path(config.docs_dir), run.kept_file(_root(config)))
        except (GeneratorError, OSError) as error:
            raise PluginError(str(error)) from None
        self._shown = site.shown
        self._views = views(site)
        _take_out(files, self._views)
        _take_out_scripts_of_the_theme(files, config)
        for name in self._views:
            if files.get_file_from_path(name) is None:
                files.append(_file(config, name, "", InclusionLevel.NOT_IN_NAV))
        feeds = feed_files(site.shown, _publication(config))
        for name, content in {**_assets(site, _root(config) / _KEPT_TERMS), **feeds, **self._for_crawlers(files, config)}.items():
            files.append(_file(config, name, content, InclusionLevel.NOT_IN_NAV))
        return files

    def _for_crawlers(self, files: Files, config: MkDocsConfig) -> Mapping[str, bytes]:
        """Our sitemap in the place of MkDocs' own, which also stamps a compressed copy with the day of the build."""
        config.theme.static_templates.discard("sitemap.xml")
        urls = {file.src_uri: file.url for file in files.documentation_pages()}
        address = config.site_url or ""
        return {"sitemap.xml": sitemap(urls, self._views, address), "robots.txt": robots(address)}

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """The Markdown that a person wrote for the page; all else is the template's, and Material reads no key."""
        view = self._views.get(page.file.src_uri)
        markdown = _by_hand(page).body if view is None or page.is_homepage else view.markdown
        return f"---\ntitle: ''\n---\n\n{markdown}"

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Choose the template, whatever the page's own front matter says."""
        view = self._views.get(page.file.src_uri)
        if view:
            page.meta = {"template": view.template, "title": view.title or config.site_name}
        else:  # whose title is text here, while YAML would take `no` and 2024-01-01 for something else
            title = _by_hand(page).meta.get("title")
            page.meta = {"title": title} if title else {}
        return markdown

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """Give the template its view."""
        page.toc = TableOfContents([])  # Material would make a second link past the header of it
        view = self._views.get(page.file.src_uri)
        if view is None:
            return context
        # The title is the page's only heading of the first level, whatever a person wrote below it.
        content = re.sub(r"<(/?)h1\b", r"<\1h2", page.content or "")
        above, written, below = [*content.split(PART), "", ""][:3]
        return {**context, **view.context, "view": view, "above": above, "written": written, "below": below}

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Without ``site_url`` MkDocs takes the host's root for the site's; a project's site has a path."""
        if template_name == "404.html" and not config.site_url:
            context["base_url"] = "."
        return context

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Escape in our templates, and give them the words and facts that all pages share."""
        templates = Path(config.theme.custom_dir or config.docs_dir)
        theme.prepare(env, self._shown, templates, _material_sheet(files), policy(preview=self._preview))
        return env


def _check_written_by_hand(files: Files) -> None:
    """Read the front matter of all pages before MkDocs does; it would print what is wrong with it as text.

    Those of papers are read with the rest of ``content/``.
    """
    for file in files.documentation_pages():
        is_plain = file.abs_src_path and not Path(file.abs_src_path).is_symlink()
        if is_plain and not file.src_uri.startswith("papers/"):
            page = front.read(file.content_string, file.src_uri)
            fields.refuse_switches(page)
            fields.scalar(page, "title", str, "")


def _by_hand(page: Page) -> Front:
    """A page of a person's, its front matter as we read it."""
    return front.read(page.file.content_string, page.file.src_uri)


def _take_out(files: Files, known: Mapping[str, View]) -> None:
    """Take out what only looks like a page of a paper, and links to what lies elsewhere on the disk."""
    for file in list(files):
        path = Path(file.abs_src_path) if file.abs_src_path else None
        stray = file.src_uri.startswith("papers/") and file.src_uri not in known
        if stray or (path and path.is_symlink()):
            files.remove(file)


def _take_out_scripts_of_the_theme(files: Files, config: MkDocsConfig) -> None:
    """Take out Material's bundle and workers, which no page loads: what is not there cannot be made to run."""
    ours = {config.docs_dir, config.theme.custom_dir}
    for file in list(files):
        if file.src_uri.startswith("assets/javascripts/") and file.src_dir not in ours:
            files.remove(file)


def _material_sheet(files: Files) -> str:
    """Material's style sheet, whose name has a hash that changes with each release."""
    sheets = (file.url for file in files if file.src_uri.startswith("assets/stylesheets/main."))
    return next((url for url in sheets if url.endswith(".css")), "")


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").parent


def _site(content: Path, memory: Path) -> Site:
    known = kept.read(memory)
    loaded = store.load(content, known)
    reading = read_dumps(store.dumps(content), loaded.dumps, kept=known)
    plan = ingest.plan(loaded, reading, remove=True, kept=known)
    kept.write(memory, known)
    papers = as_found(loaded.papers, ledger.papers(loaded.lines))
    shown = catalogue(papers, loaded.taxonomy.topics)
    moved = addresses.redirects(papers, loaded.taxonomy.topics, loaded.texts)
    told = status(shown, plan)
    return Site(shown, papers, loaded.taxonomy, loaded.texts, frozenset(loaded.lines), moved, told, plan.problems)


def _assets(site: Site, kept: Path) -> Mapping[str, bytes]:
    """The files of the site that are no pages; ``kept`` spares reading texts again that a build before has read."""
    topics = site.taxonomy.names
    names = {handle: who.name for handle, who in organizations(site.shown.entries).items()}
    new = site.shown.latest.new if site.shown.latest else frozenset()
    documents = [document(entry, topics, entry.slug in new) for entry in site.shown.entries]
    terms = Terms(_lines(kept))
    made = index_files(documents, topics, names, terms)
    if terms.read:
        with suppress(OSError):  # the next build is slower, and no worse
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text("".join(terms.to_keep()), encoding="utf-8", newline="\n")
    told = json.dumps(site.status, ensure_ascii=False, indent=1, sort_keys=True)
    return {**made, "status.json": told.encode()}


def _lines(file: Path) -> list[str]:
    """The lines of a file that may be gone or damaged."""
    try:
        return file.read_text("utf-8", errors="replace").split("\n")
    except OSError:
        return []


def _publication(config: MkDocsConfig) -> Publication:
    return Publication(
        name=config.site_name,
        url=config.site_url or "",
        description=config.site_description or "",
        language=str(config.theme.get("language", "en")),
    )


def _file(config: MkDocsConfig, name: str, content: str | bytes, inclusion: InclusionLevel) -> File:
    return File.generated(config, name, content=content, inclusion=inclusion)
