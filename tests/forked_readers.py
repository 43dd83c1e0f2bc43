"""Readers that are forked from a process which has imported what they need, where each would begin with its imports."""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver

from catalog.runs import readers

IMPORTED = ["catalog.runs.readers", "scrapers.model_page", *(f"scrapers.sources.{name}" for name in (
    "benchable_page", "openrouter_endpoints", "openrouter_models"
))]  # fmt: skip


def fork_readers() -> None:
    """From now on; what they are forked from is started with the first of them."""
    readers.START = "forkserver"
    multiprocessing.set_forkserver_preload(IMPORTED)


def share_with_children() -> None:
    """Start at once what readers are forked from, for every process that is forked from this one."""
    fork_readers()
    forkserver.ensure_running()
    # A child would look after it as after its own child, which it is not.
    forkserver._forkserver.ensure_running = lambda: None  # type: ignore[attr-defined]
