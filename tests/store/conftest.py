"""What the store's tests share: an empty database of each kind, and a catalogue in it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from catalogue import Catalogue

BOTH = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def db_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: a SQLite file, then one of a PostgreSQL server."""
    if request.param == "sqlite":
        return str(tmp_path / "catalog.db")
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def catalogue(db_url: str, tmp_path: Path) -> Iterator[Catalogue]:
    """An empty catalogue on either kind of database."""
    with Catalogue(db_url, tmp_path / "raw") as one:
        yield one


@pytest.fixture
def new_catalogue(tmp_path: Path) -> Iterator[Callable[[], Catalogue]]:
    """As many empty catalogues on SQLite as a test asks for."""
    made: list[Catalogue] = []

    def make() -> Catalogue:
        folder = tmp_path / f"catalogue-{len(made)}"
        made.append(Catalogue(str(folder / "catalog.db"), folder / "raw"))
        return made[-1]

    yield make
    for one in made:
        one.close()
