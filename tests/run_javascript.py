"""Run the JavaScript tests with the Node that is there; without one, skip loudly, or fail in CI."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (20, 12)  # knows the compression of the index


def main() -> int:
    node = shutil.which("node")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout if node else "v0"
    if tuple(map(int, version.strip("v\n").split(".")[:2])) < OLDEST:
        print("SKIPPED: the JavaScript tests need Node 20.12 or newer, and it is not there", file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    tests = sorted(map(str, Path(__file__).parent.rglob("*.test.js")))
    return subprocess.run([str(node), "--test", *tests], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
