"""What the tests of answers share: the store's catalogue and small listings, real histories, the sample, commands."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
sys.path.insert(0, str(Path(__file__).parent))

from called_program import Call, called
from catalogue import Catalogue
from no_doubt import NEVER_IN_DOUBT
from real_histories import real_history

from catalog import Catalog
from catalog.runs.importing import saved_documents
from catalog.runs.ingest import Incoming

BOTH = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture
def new_catalogue(tmp_path: Path) -> Iterator[Callable[[], Catalogue]]:
    """As many empty catalogues on SQLite as a test asks for."""
    made: list[Catalogue] = []

    def make() -> Catalogue:
        folder = tmp_path / f"catalogue-{len(made)}"
        made.append(Catalogue(str(folder / "catalog.db"), folder / "raw", limits=NEVER_IN_DOUBT))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture(params=BOTH)
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalogue]:
    """An empty catalogue in a SQLite file, then in a database of a PostgreSQL server."""
    postgres = request.param == "postgresql"
    url = request.getfixturevalue("postgres_url") if postgres else str(tmp_path / "catalog.db")
    with Catalogue(url, tmp_path / "raw", limits=NEVER_IN_DOUBT) as one:
        yield one


def real_captures(shared: Path, folder: str) -> list[Path]:
    """The files of one folder of real captures, in the order of their times."""
    return sorted((shared / "openrouter" / folder).iterdir())


@pytest.fixture(scope="session")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Catalog]]:
    """The catalogue of one folder of real captures, made once."""
    opened: dict[str, Catalog] = {}

    def catalog_of(folder: str) -> Catalog:
        if folder not in opened:
            opened[folder] = Catalog(str(real_history(tmp_path_factory, shared, folder) / "catalog.db"))
        return opened[folder]

    yield catalog_of
    for one in opened.values():
        one.close()


SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"


def take_sample(catalogue: Catalogue) -> None:
    """Store every capture of the bundled sample."""
    for item in saved_documents([SAMPLE], observed_at=None):
        assert isinstance(item, Incoming), item
        assert catalogue.ingest.take(item).verdict == "accepted"
    catalogue.ingest.finish()


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the bundled sample in it: the archive in `raw`, the database in `catalog.db`."""
    home = tmp_path_factory.mktemp("sample")
    with Catalogue(str(home / "catalog.db"), home / "raw") as made:
        take_sample(made)
    return home


@pytest.fixture(scope="module")
def catalog(sample_home: Path) -> Iterator[Catalog]:
    """The bundled sample, opened anew for each file of tests."""
    with Catalog(str(sample_home / "catalog.db")) as opened:
        yield opened


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """The command `catalog`, called in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return called


@pytest.fixture
def on_sample(command: Call, sample_home: Path) -> Call:
    """The command on a catalogue of the bundled sample."""
    return lambda *words: command("--db", sample_home / "catalog.db", "--data-dir", sample_home, *words)


@pytest.fixture(scope="session", params=BOTH)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """The bundled sample on either kind of database, made once and only read."""
    if request.param == "sqlite":
        with Catalog(str(request.getfixturevalue("sample_home") / "catalog.db")) as catalog:
            yield catalog
        return
    with request.getfixturevalue("postgres_server").catalogue() as url:
        with Catalogue(url, tmp_path_factory.mktemp("raw")) as made:
            take_sample(made)
        with Catalog(url) as catalog:
            yield catalog
