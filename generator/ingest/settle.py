"""Settle a conflict: one side of it becomes the page's value, and the other is known from then on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Literal

from generator.content.paperpage import PaperPage, fingerprint
from generator.ingest.merge import Conflict, Merged
from generator.ingest.papers import rewritten
from generator.model import GeneratorError

Side = Literal["dump", "page"]


def settled(
    slug: str, field: str, take: Side, conflicts: Collection[tuple[PaperPage, Conflict]], disk: Collection[PaperPage]
) -> PaperPage:
    """The page with the conflict settled.  Raises :class:`GeneratorError` where there is none in that field."""
    mine = {conflict.field: conflict for page, conflict in conflicts if page.slug == slug}
    page = next((page for page in disk if page.slug == slug), None)
    if page is None:
        raise GeneratorError(f"digest: error: there is no page papers/{slug}.md")
    if field not in mine:
        there = f"its conflicts are in: {', '.join(mine)}" if mine else "`digest check --conflicts` lists all there are"
        raise GeneratorError(f"digest: error: papers/{slug}.md has no conflict in `{field}`: {there}")
    conflict = mine[field]
    value = {field: conflict.value} if take == "dump" else {}
    generated = {**page.generated, field: fingerprint(conflict.dump)}
    return rewritten(page, Merged(replace(page.paper, **value), generated))  # type: ignore[arg-type]
