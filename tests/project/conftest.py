"""What the tests of the project as a whole read: its own files."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def sample(root: Path) -> Path:
    """The bundled sample."""
    return root / "data" / "sample"
