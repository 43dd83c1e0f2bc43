"""What every test may ask for: the flag that rewrites goldens, the real captures beside the checkout, a server."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))
pytest_plugins = ("postgres_server", "forked_calls")

settings.register_profile("by hand", deadline=None)  # a busy machine is no fault of the program
settings.register_profile(
    "ci", deadline=None, derandomize=True
)  # one commit, one verdict; runs by hand go on searching
settings.load_profile("ci" if os.environ.get("CI") else "by hand")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the expected records of tests/sources anew")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Spare the collector, here and in every child, thousands of tests that are never garbage."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take long, so that no worker is left alone with one of them at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real captures and pages beside the checkout."""
    folder = Path(__file__).resolve().parents[1] / "../shared"
    if not folder.is_dir():
        pytest.skip(f"no real captures at {folder}")
    return folder
