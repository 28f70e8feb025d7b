"""A node process that makes citations with the site's own module."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Cite = Callable[[dict[str, Any]], dict[str, str]]


def need_node() -> str:
    """The path of node; without it the test fails under CI and is skipped elsewhere."""
    node = shutil.which("node")
    if node is None and os.environ.get("CI"):
        pytest.fail("node is needed to make citations")
    if node is None:
        pytest.skip("SKIPPED: node is not installed: nothing reads the citations back")
    return node


@pytest.fixture(scope="session")
def cite() -> Iterator[Cite]:
    """What the page offers for a paper, by extension."""
    command = [need_node(), str(Path(__file__).with_name("citing.mjs"))]
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
