"""Records are very many, and none is part of a circle: to look for garbage among them takes a sixth of a run.

While they are made nothing is looked for. Templates leave circles behind, so while pages are printed it is
looked for now and then, but only among what came since the last time.
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
def frozen() -> Iterator[None]:
    """As :func:`uncollected`, and what is there now is not looked at, in this process and in those that it forks.

    That lasts: a program that ends would look at all of it once more, for nothing.  One that goes on calls
    :func:`thaw`.  Whoever leaves garbage behind meanwhile calls :func:`collect_lately`.
    """
    gc.freeze()
    with uncollected():
        yield


def thaw() -> None:
    """Look for garbage among all that :func:`frozen` has kept from being looked at, if there is any."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()


def collect_lately() -> None:
    """Look for garbage among what was made since this was last called."""
    gc.collect(1)
