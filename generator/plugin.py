"""The MkDocs plugin ``digest``: the second half, from ``content/`` to the site, inside any MkDocs build.

Thin on purpose: it loads, asks :mod:`generator.site.views` for the pages and
:mod:`generator.search` for the index, and hands them to MkDocs.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment
from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from generator import cache, store, workers
from generator.content import front
from generator.content.front import Front
from generator.feeds import Publication, feed_files
from generator.garbage import frozen, thaw, uncollected
from generator.model import GeneratorError
from generator.site import doubles, reuse, site_data, site_files, theme
from generator.site.curated import PART, Curated
from generator.site.live import Built, Live
from generator.site.policy import policy
from generator.site.rendering import Press, context_of
from generator.site.sitemap import robots, sitemaps
from generator.site.surroundings import around, root, templates
from generator.site.viewkey import ViewKeys
from generator.site.views import views
from generator.workers import Begun

_MANY: Final = 2000  # papers: of so many a preview waits neither for the index nor, after an edit, for other pages
# Safe to delete: it only makes the next build faster.
_TERMS: Final = f"{cache.FOLDER}/search-terms.txt"
_DERIVED: Final = f"{cache.FOLDER}/site.kept"
_REST: Final = f"{cache.FOLDER}/rest-of-preview"


class Options(Config):  # type: ignore[no-untyped-call]
    """What `mkdocs.yml` may say below `digest`."""

    raw_html = options.Type(bool, default=False)


class DigestPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """See the module."""

    def __init__(self) -> None:
        self._preview = False
        self._index: Begun[None] | None = None
        self._built: Built | None = None  # unless a build is under way, or has failed

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether MkDocs serves the pages: it then writes a script of its own into each."""
        self._preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Let nothing that a curator's Markdown holds act; after the other extensions, to see what they make."""
        if not config.use_directory_urls:
            raise PluginError("`use_directory_urls: false` would move every page that was ever linked to: take it out")
        config.markdown_extensions.append(Curated(raw_html=self.config.raw_html))  # type: ignore[arg-type]
        return config

    def on_build_error(self, *, error: Exception) -> None:
        """End whoever still writes an index: the next build of a preview would find it in its site."""
        self._end_index()

    def on_shutdown(self) -> None:
        """End with whatever was begun."""
        self._end_index()

    def _end_index(self) -> None:
        if self._index:
            self._index.end()
            self._index = None

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Keep the pages of the build before from being cleaned away, and whoever still writes from doing so."""
        self._built = None
        thaw()
        self._end_index()
        reuse.set_aside(Path(config.site_dir))

    @uncollected()
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Load ``content/`` and add the pages and files that are on no disk."""
        try:
            site_files.check_written_by_hand(files)
            self._site = site = site_data.load(Path(config.docs_dir), store.pages_cache(root(config)))
            self._begin_index(config)
            derived = cache.read(root(config) / _DERIVED)
            self._views = dict(views(site, derived))
            made = {"status.json": site_data.status_json(site), **feed_files(site.shown, _publication(config), derived)}
            site_files.take_out(files, self._views)
            doubles.refuse(files, config.docs_dir, self._views, {*made, "sitemap.xml"})
        except (GeneratorError, OSError) as error:
            raise PluginError(str(error)) from None
        site_files.take_out_scripts_of_the_theme(files, config)
        self._sheets = site_files.add(files, self._views, config)
        cache.write(root(config) / _DERIVED, derived)
        del derived  # a tenth of the memory, which the rest needs
        for name, content in {**made, **self._for_crawlers(files, config)}.items():
            files.append(site_files.generated(config, name, content))
        has_about = files.get_file_from_path("about.md") is not None
        sheet = site_files.material_sheet(files)
        self._shared = theme.Shared(site.shown.topics, sheet, policy(preview=self._preview), has_about)
        self._put_back(config)
        return files

    def _begin_index(self, config: MkDocsConfig) -> None:
        """Make the index of the search meanwhile; where papers are many, a preview does not wait for it."""
        content, terms, site = Path(config.docs_dir), root(config) / _TERMS, Path(config.site_dir)
        if self._preview and len(self._site.papers) >= _MANY:
            paths = map(str, (content, terms, store.pages_cache(root(config)), site))
            self._index = workers.program([sys.executable, "-m", "generator.search", *paths])
        else:
            self._index = workers.begun(partial(site_data.write_search, self._site, terms, site))

    def _put_back(self, config: MkDocsConfig) -> None:
        """Put the pages of the build before back that are still right, before MkDocs writes beside them."""
        keys = ViewKeys(around(config, self._shared, self._site), self._site.shown.new)
        self._wanted = {sheet.dest_uri: keys.of(self._views[sheet.src_uri]) for sheet in self._sheets}
        there = reuse.put_back(Path(config.site_dir), self._wanted, reuse.read(self._left(config)))
        self._missing = [(one, self._views[one.src_uri]) for one in self._sheets if one.dest_uri not in there]

    def _left(self, config: MkDocsConfig) -> Path:
        return reuse.left_file(root(config), preview=self._preview)

    def _for_crawlers(self, files: Files, config: MkDocsConfig) -> Mapping[str, bytes]:
        """Our sitemap in the place of MkDocs' own, which also stamps a compressed copy with the day of the build.

        A ``robots.txt`` of a person's stays.
        """
        config.theme.static_templates.discard("sitemap.xml")
        urls = {file.src_uri: file.url for file in (*files.documentation_pages(), *self._sheets)}
        address = config.site_url or ""
        made = sitemaps(urls, self._views, address)
        by_hand = files.get_file_from_path("robots.txt")
        is_there = by_hand is not None and by_hand.inclusion is not InclusionLevel.EXCLUDED
        return made if is_there else {**made, "robots.txt": robots(address)}

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember what templates and links may ask for."""
        self._nav, self._files = nav, files
        return nav

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
        view = self._views.get(page.file.src_uri)
        if view is None:
            page.toc = TableOfContents([])
            return context
        # The title is the page's only heading of the first level, whatever a person wrote below it.
        content = re.sub(r"<(/?)h1\b", r"<\1h2", page.content or "")
        above, written, below = [*content.split(PART), "", ""][:3]
        return {**context, **context_of(view, page), "above": above, "written": written, "below": below}

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Without ``site_url`` MkDocs takes the host's root for the site's; a project's site has a path."""
        if template_name == "404.html" and not config.site_url:
            context["base_url"] = "."
        return context

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Escape in our templates, and give them the words and facts that all pages share."""
        theme.prepare(env, self._shared, self._site, templates(config))
        self._press = Press(env, config, self._nav)
        return env

    @frozen()
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Print the pages that are not there yet, and wait for the index of the search."""
        site = Path(config.site_dir)
        try:
            workers.do([*self._press.jobs(self._missing)])
            if self._index:
                self._index()
        except (GeneratorError, OSError) as error:
            raise PluginError(str(error)) from None
        reuse.write(self._left(config), site, self._wanted)
        self._built = Built(self._views, self._files, self._press)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the templates, too; where papers are many, have an edited page shown before the others are made."""
        if config.theme.custom_dir:
            server.watch(config.theme.custom_dir)
        rest = root(config) / _REST
        if len(self._site.papers) >= _MANY and os.access(rest.parent, os.W_OK):
            rest.touch()
            server.watch(str(rest))
            server.builder = Live(builder, Path(config.docs_dir), lambda: self._built, rest)
        return server


def _by_hand(page: Page) -> Front:
    """A page of a person's, its front matter as we read it."""
    return front.read(page.file.content_string, page.file.src_uri)


def _publication(config: MkDocsConfig) -> Publication:
    return Publication(
        name=config.site_name,
        url=config.site_url or "",
        description=config.site_description or "",
        language=str(config.theme.get("language", "en")),
    )
