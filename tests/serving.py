"""Serve a folder on this machine for as long as a test needs it, and wait for what a page of it shall show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server of ``folder``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def until(page: Any, condition: str, seconds: float = 30) -> None:
    """Wait until ``condition`` holds in the page; Playwright's own way to wait needs `eval`, which the policy forbids."""
    end = monotonic() + seconds
    while not page.evaluate(condition):
        assert monotonic() < end, f"not so after {seconds} seconds: {condition}"
        sleep(0.02)
