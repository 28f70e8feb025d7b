"""A node process that makes citations with the site's own module."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.node import need_node

Cite = Callable[[dict[str, Any]], dict[str, str]]


@pytest.fixture(scope="session")
def cite() -> Iterator[Cite]:
    """What the page offers for a paper, by extension."""
    command = [need_node("make citations and read them back"), str(Path(__file__).with_name("citing.mjs"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        source, sink = process.stdout, process.stdin
        assert source
        assert sink

        def made(paper: dict[str, Any]) -> dict[str, str]:
            sink.write(json.dumps(paper) + "\n")
            sink.flush()
            answer: dict[str, str] = json.loads(source.readline())
            return answer

        yield made
        sink.close()
        assert process.wait(timeout=30) == 0
