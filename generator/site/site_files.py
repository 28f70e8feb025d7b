"""MkDocs' list of the files of a site: what this project puts in, and what it takes out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from generator import store
from generator.content import fields, front
from generator.site.rendering import Rendered
from generator.site.view import View

_READ_ELSEWHERE: Final = ("papers/", "topics/", "digests/")


def check_written_by_hand(files: Files) -> None:
    """Read the front matter of all pages before MkDocs does; it would print what is wrong with it as text.

    Those of papers, topics and digests are read with the rest of ``content/``.
    """
    for file in files.documentation_pages():
        if file.src_uri.startswith(_READ_ELSEWHERE):
            continue
        if file.abs_src_path and not Path(file.abs_src_path).is_symlink():
            page = front.read(store.read_text(Path(str(file.src_dir)), file.src_uri), file.src_uri)
            fields.refuse_switches(page)
            fields.scalar(page, "title", str, "")


def add(files: Files, all_views: Mapping[str, View], config: MkDocsConfig) -> tuple[Rendered, ...]:
    """Add the pages that are on no disk; those without Markdown of a person's, which are not for MkDocs to print."""
    ours: list[Rendered] = []
    for name, view in all_views.items():
        there = files.get_file_from_path(name)
        if not view.is_converted(name):
            if there:
                files.remove(there)
            ours.append(Rendered.of(config, name))
            files.append(ours[-1])
        elif there is None:
            files.append(generated(config, name, ""))
    return tuple(ours)


def take_out(files: Files, known: Mapping[str, View]) -> None:
    """Take out what only looks like a page of a paper, and links to what lies elsewhere on the disk."""
    for file in list(files):
        stray = file.src_uri.startswith("papers/") and ".md" in file.src_uri and file.src_uri not in known
        if stray or (file.abs_src_path and os.path.islink(file.abs_src_path)):  # noqa: PTH114  (there are very many)
            files.remove(file)


def take_out_scripts_of_the_theme(files: Files, config: MkDocsConfig) -> None:
    """Take out Material's bundle and workers, which no page loads: what is not there cannot be made to run."""
    ours = {config.docs_dir, config.theme.custom_dir}
    for file in list(files):
        if file.src_uri.startswith("assets/javascripts/") and file.src_dir not in ours:
            files.remove(file)


def material_sheet(files: Files) -> str:
    """Material's style sheet, whose name has a hash that changes with each release."""
    sheets = (file.url for file in files if file.src_uri.startswith("assets/stylesheets/main."))
    return next((url for url in sheets if url.endswith(".css")), "")


def generated(config: MkDocsConfig, name: str, content: str | bytes) -> File:
    """A file that is on no disk."""
    return File.generated(config, name, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
