"""What the tests of exports share: catalogues full of odd words, and real histories."""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "store")]

from catalogue import Catalogue  # noqa: E402
from made_once import made_once  # noqa: E402
from no_doubt import NEVER_IN_DOUBT  # noqa: E402
from odd_catalogues import at, hostile, listing  # noqa: E402
from real_histories import real_history  # noqa: E402

from catalog.instants import instant_in_name  # noqa: E402


@pytest.fixture
def new_catalogue(tmp_path: Path) -> Iterator[Callable[[], Catalogue]]:
    """As many empty catalogues on SQLite as a test asks for."""
    made: list[Catalogue] = []

    def make(db: str | None = None) -> Catalogue:
        folder = tmp_path / f"catalogue-{len(made)}"
        made.append(Catalogue(db or str(folder / "catalog.db"), folder / "raw", limits=NEVER_IN_DOUBT))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """A catalogue of odd words, scored and served, that no test writes to."""
    folder = tmp_path_factory.mktemp("odd")
    with Catalogue(str(folder / "catalog.db"), folder / "raw", limits=NEVER_IN_DOUBT) as one:
        scored = {"benchmarks": {"design_arena": [
            {"arena": "models", "category": "code", "elo": 1234.5, "win_rate": 50.5, "rank": 3}
        ]}}  # fmt: skip
        models = hostile()
        models[0] |= scored
        one.take(at(0), listing(*models))
        models[1]["pricing"] = {"prompt": "0.000003", "completion": "-1"}
        one.take(at(1), listing(*models[:-1]))
        examples = Path(__file__).parents[1] / "sources"
        one.take(at(2), (examples / "openrouter_endpoints/three_providers/input.json").read_bytes())
        one.take(at(2), (examples / "benchable_page/table_with_every_section/input.html").read_bytes())
        yield one


@pytest.fixture(scope="session")
def real_catalogue(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The catalogue of all real captures of the list, and of the newest two of that of all modalities."""

    def make(home: Path) -> None:
        shutil.copytree(real_history(tmp_path_factory, shared, "history"), home, dirs_exist_ok=True)
        with Catalogue(str(home / "catalog.db"), home / "raw", limits=NEVER_IN_DOUBT) as one:
            for file in sorted((shared / "openrouter" / "history_all_modalities").iterdir())[-2:]:
                when = instant_in_name(file.name)
                assert when is not None
                one.take(when, gzip.decompress(file.read_bytes()))

    mine = tmp_path_factory.mktemp("real")
    shutil.copy(made_once(tmp_path_factory, "export-real", make) / "catalog.db", mine)
    with Catalogue(str(mine / "catalog.db"), mine / "raw", limits=NEVER_IN_DOUBT) as one:
        yield one
