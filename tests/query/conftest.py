"""What the query tests share: the folder itself on the path, for what stands beside them, and a table to filter."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

sys.path.insert(0, str(Path(__file__).parent))

from filtered_table import connected


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """The table to filter, empty; both databases must give the same answers."""
    if request.param == "sqlite":
        yield from connected("sqlite://")
        return
    with request.getfixturevalue("postgres_server").database() as url:
        yield from connected(url.replace("postgresql://", "postgresql+psycopg://"))
