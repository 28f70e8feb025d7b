"""Records are very many, and none is part of a circle: to look for garbage among them takes a sixth of a run.

While they are made nothing is looked for; while pages are printed from them, which leaves circles behind, only among
what came since.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def uncollected_before() -> Iterator[None]:
    """Look for garbage only among what is made from now on, in this process and in those that it forks."""
    was_on = gc.isenabled()
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.unfreeze()
        if not was_on:
            gc.disable()
