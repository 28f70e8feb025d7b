"""Node for the tests that need it."""

from __future__ import annotations

import os
import shutil

import pytest


def need_node(purpose: str) -> str:
    """The path of node; without it the test fails under CI and is skipped elsewhere, naming its purpose."""
    node = shutil.which("node")
    if node is None and os.environ.get("CI"):
        pytest.fail(f"node is needed to {purpose}")
    if node is None:
        pytest.skip(f"SKIPPED: node is not installed, which is needed to {purpose}")
    return node
