"""When garbage is looked for."""

from __future__ import annotations

import gc
import weakref

from generator.garbage import frozen, thaw


class _Circle:
    def __init__(self) -> None:
        self.itself = self


def test_what_was_frozen_is_looked_at_again_only_after_a_thaw() -> None:
    circle = _Circle()
    left = weakref.ref(circle)
    with frozen():
        del circle
    gc.collect()
    assert left() is not None, "a program that ends would look at all there is once more"
    thaw()
    assert left() is None, "a preview would grow with each build"
    assert gc.isenabled()
