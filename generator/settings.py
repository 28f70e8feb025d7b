"""Which project a command works on: the folders that ``mkdocs.yml`` names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from generator.model import GeneratorError


@dataclass(frozen=True, slots=True)
class Settings:
    """Absolute paths of a project."""

    config: Path
    content: Path
    site: Path

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self.config.parent


def load(config: Path) -> Settings:
    """Read ``mkdocs.yml``.  Raises :class:`GeneratorError` where there is none, or it is not to be read."""
    try:
        with config.open("rb") as file:
            told: dict[str, Any] = yaml_load(file)
    except OSError as error:
        raise GeneratorError(
            f"{config}: error: {error.strerror}: go to the project, or name its file with --config"
        ) from None
    except (yaml.YAMLError, ConfigurationError, UnicodeDecodeError) as error:
        raise GeneratorError(f"{config}: error: this is not YAML: {' '.join(str(error).split())}") from None
    if not isinstance(told, dict):
        raise GeneratorError(f"{config}: error: this must be lines such as `site_name: My Papers`")
    root = config.resolve().parent
    content, site = _folder(config, told, "docs_dir", "docs"), _folder(config, told, "site_dir", "site").resolve()
    there = content.resolve()
    if root.is_relative_to(site) or there.is_relative_to(site) or site.is_relative_to(there):
        raise GeneratorError(
            f"{config}: error: `site_dir` must be a folder of its own: a build takes away what is there"
        )
    return Settings(config.resolve(), content, site)


def _folder(config: Path, told: dict[str, Any], key: str, default: str) -> Path:
    value = told.get(key, default)
    if not isinstance(value, str):
        raise GeneratorError(f"{config}: error: `{key}` must be the name of a folder")
    return config.resolve().parent / value
