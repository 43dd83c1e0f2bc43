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
