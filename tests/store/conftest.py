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
def empty_db_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without a schema: a SQLite file that is not there yet, then one of a PostgreSQL server."""
    if request.param == "sqlite":
        return str(tmp_path / "catalog.db")
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


@pytest.fixture(params=BOTH)
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalogue]:
    """An empty catalogue on either kind of database."""
    postgres = request.param == "postgresql"
    url = request.getfixturevalue("postgres_url") if postgres else str(tmp_path / "catalog.db")
    with Catalogue(url, tmp_path / "raw") as one:
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
