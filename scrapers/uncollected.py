"""Python's cyclic garbage collector, put off while a document becomes records."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector. It is switched on again only where it was on before.

    An answer becomes tens of thousands of dictionaries and rows, none of them in a cycle; while they are made, the
    collector would walk all of them again and again.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def spare_what_is_there() -> None:
    """Leave what has been loaded up to now out of all collections to come: the program's modules outlive its work.

    Else each full collection walks them all, which is a sixth of what it takes to store a history of captures.
    """
    gc.freeze()
