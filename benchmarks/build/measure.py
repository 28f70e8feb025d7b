"""What a command costs, with all the processes that it starts, and what it leaves on the disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
# The checkout that this file is in is what is measured, installed or not.
ENVIRONMENT: Final = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "SITE_URL": "https://papers.example/",
    "NO_MKDOCS_2_WARNING": "1",
}
DIGEST: Final = (sys.executable, "-c", "from generator.cli import main; main()")
LAST: Final = "more_2027-01-01.json"  # the dump of a project that is not ingested yet


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the clock and of all processors, and the memory of the largest process."""

    wall: float
    processor: float
    megabytes: float


def total(costs: Iterable[Cost]) -> Cost:
    """Of several commands, one after the other."""
    several = tuple(costs)
    return Cost(
        sum(cost.wall for cost in several),
        sum(cost.processor for cost in several),
        max(cost.megabytes for cost in several),
    )


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a folder; where it fails, the program ends with what it said."""
    os.sync()  # it shall not write what others have left to be written
    with tempfile.TemporaryFile() as said:
        started = perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        wall = perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)}: failed in {folder}\n{said.read().decode(errors='replace')[-3000:]}")
    # A process begins with the peak of the one that started it, so this program has to stay small.
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024))


@contextmanager
def rubbish(folder: Path) -> Iterator[Path]:
    """A folder for what is in the way while things are measured, which goes afterwards.

    ext4 looks past each file that was deleted in the last minutes whenever it makes one: after the removal of a site a
    file takes up to twenty times as long as in a fresh checkout, whichever tool makes it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def set_aside(path: Path, rubbish: Path) -> None:
    """Move a file or folder that may be there out of the way."""
    if path.exists():
        path.rename(Path(tempfile.mkdtemp(dir=rubbish)) / path.name)


def files(folder: Path) -> tuple[int, float]:
    """How many files a folder has, and their megabytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes) / 1e6
