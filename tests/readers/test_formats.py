"""Each format's small dumps read as the JSON files beside them say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.readers import read
from tests.readers.reading import told

HERE = Path(__file__).parent
# The captures of the Daily Papers page as plain text have a module of their own.
DUMPS = sorted(
    path
    for folder in HERE.iterdir()
    if folder.is_dir() and folder.name not in ("daily_papers", "__pycache__")
    for path in folder.iterdir()
    if not path.name.endswith(".read.json")
)


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: f"{dump.parent.name}/{dump.name}")
def test_a_dump_reads_as_the_file_beside_it_says(dump: Path, golden: Callable[[str, Path], None]) -> None:
    """Its format, papers, days and problems, with their places."""
    golden(told(read(dump.read_bytes(), dump.name)), dump.with_name(f"{dump.name}.read.json"))
