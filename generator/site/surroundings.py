"""All that the pages of a site depend on beside what they say: templates, hooks, settings, and the engine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

from generator.cache import engine
from generator.site.theme import Shared
from generator.site.view import Site

_NOT_ON_PAGES: Final = frozenset({"config_file_path", "docs_dir", "site_dir", "strict"})  # of the settings


def root(config: MkDocsConfig) -> Path:
    """The folder of the project."""
    return Path(config.config_file_path or "mkdocs.yml").parent


def templates(config: MkDocsConfig) -> Path:
    """The folder of our templates."""
    return Path(config.theme.custom_dir or config.docs_dir)


def around(config: MkDocsConfig, shared: Shared, site: Site) -> str:
    """A hash of all that any page depends on beside its view."""
    told, folder = sha256(engine()), templates(config)
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = file.relative_to(folder).as_posix()
        if not name.startswith("assets/"):
            told.update(f"{name}\0".encode() + file.read_bytes())
    for hook in config.hooks:
        told.update((root(config) / hook).read_bytes())
    told.update(_settings_told(config).encode())
    told.update(repr((shared, site.rules)).encode())
    return told.hexdigest()


def _settings_told(config: MkDocsConfig) -> str:
    """The settings as they hold, whatever file or variable of the system they come from."""
    here = {name: value for name, value in config.items() if name not in _NOT_ON_PAGES}
    return json.dumps(here, skipkeys=True, default=_plain)


def _plain(value: object) -> object:
    """What JSON can hold of a setting, and of a plugin its settings."""
    told = value.config if isinstance(value, BasePlugin) else value
    return dict(told) if isinstance(told, Mapping) else type(told).__name__
