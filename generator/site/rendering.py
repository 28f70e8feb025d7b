"""Views become HTML: what MkDocs does with a page that has no Markdown, without what it does around that.

MkDocs knows each such page as a :class:`Rendered` file, so that links to it are checked and lead there; it neither
converts nor writes it.  What comes out is what MkDocs would have written, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Self

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _populate_page, get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from generator.garbage import collect_lately
from generator.model import GeneratorError
from generator.site.view import View

_A_JOB: Final = 64  # pages


class Rendered(File):
    """A page of the site that is none of MkDocs'."""

    @classmethod
    def of(cls, config: MkDocsConfig, name: str) -> Self:
        """The page that stands for a Markdown file of this name."""
        page = name.removesuffix(".md")
        dest_uri = f"{page}.html" if page.rpartition("/")[2] == "index" else f"{page}/index.html"
        return cls(name, None, config.site_dir, True, dest_uri=dest_uri, inclusion=InclusionLevel.NOT_IN_NAV)

    def is_documentation_page(self) -> bool:
        """Whether MkDocs shall convert it: no."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Leave it to a :class:`Press`."""


def context_of(view: View, page: Page) -> Mapping[str, Any]:
    """What a view's template is given beside what MkDocs gives to every page."""
    page.toc = TableOfContents([])  # Material would make a second link past the header of it
    return {**view.context, "view": view, "above": "", "written": "", "below": ""}


@dataclass(frozen=True, slots=True)
class Press:
    """Prints views."""

    env: Environment
    config: MkDocsConfig
    nav: Navigation

    def write(self, sheets: Iterable[tuple[File, View]]) -> None:
        """Put each view where the site has its page.  Raises :class:`GeneratorError` that names the page."""
        for file, view in sheets:
            try:
                html = self.html(file, view)
            except Exception as error:
                raise GeneratorError(f"Error building page '{file.src_uri}': {error}") from error
            path = Path(file.abs_dest_path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(html)
        collect_lately()

    def jobs(self, sheets: Sequence[tuple[Rendered, View]]) -> Iterator[Callable[[], None]]:
        """The same in parts, for several processes."""
        return (partial(self.write, sheets[at : at + _A_JOB]) for at in range(0, len(sheets), _A_JOB))

    def html(self, file: File, view: View) -> bytes:
        """The page of a view."""
        page = Page(None, file, self.config)
        file.page = None  # which would stay in memory
        page.meta = {"template": view.template, "title": view.title or self.config.site_name}
        context = {**get_context(self.nav, (), self.config, page), **context_of(view, page)}
        text = self.env.get_template(view.template).render(context)
        return text.encode("utf-8", errors="xmlcharrefreplace")

    def convert(self, file: File, files: Files) -> None:
        """Print one page with Markdown once more, after a build; MkDocs has no public function that does it."""
        page = Page(None, file, self.config) if file.page is None else file.page
        _populate_page(page, self.config, files)
        _build_page(page, self.config, files.documentation_pages(), self.nav, self.env)
