"""The same on real captures: in order, in reverse, shuffled."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from catalogue import Catalogue
from real_histories import real_history

from catalog.database import open_engine, reading
from catalog.instants import instant_in_name
from catalog.rows import Prepared, prepared
from catalog.runs.ingest import Incoming
from catalog.verify import content_digest
from scrapers.document import Document
from scrapers.source import all_sources

pytestmark = pytest.mark.reality
Captures = dict[datetime, tuple[bytes, bytes]]
NOTHING_READ: Mapping[datetime, Prepared] = {}


@pytest.fixture(scope="module")
def captures(shared: Path) -> Captures:
    """All 79 answers by their time: as they came, and decompressed."""
    found = {}
    for path in sorted((shared / "openrouter" / "history").iterdir()):
        wire = path.read_bytes()
        found[instant_in_name(path.name)] = (wire, gzip.decompress(wire))
    assert len(found) == 79
    return found


def history(
    made: Catalogue, captures: Captures, order: list[datetime], read_ahead: Mapping[datetime, Prepared] = NOTHING_READ
) -> Catalogue:
    """A catalogue that took the captures in an order, each in a transaction of its own."""
    for time in order:
        wire, body = captures[time]
        made.ingest.take(Incoming(Document(body), time, wire=wire, reading=read_ahead.get(time)))
    made.ingest.finish()
    return made


def some(captures: Captures, every: int) -> list[datetime]:
    return sorted(captures)[::every]


@pytest.fixture(scope="module")
def forward(captures: Captures, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("forward")
    with Catalogue(str(folder / "catalog.db"), folder / "raw") as made:
        for time in some(captures, 8):
            made.take(time, captures[time][1])
        assert made.problems() == []
        return made.digest


@pytest.fixture(scope="module")
def read_ahead(captures: Captures) -> dict[datetime, Prepared]:
    """What the parser makes of some captures, as a job hands it to the store; that is the same in every order."""
    parse = all_sources()["openrouter_models"].parse
    return {time: prepared(parse(Document(captures[time][1]))) for time in some(captures, 8)}


@pytest.mark.slow
def test_s08_twenty_shuffles_give_the_digest_of_the_right_order(
    new_catalogue: Callable[[], Catalogue],
    captures: Captures,
    read_ahead: dict[datetime, Prepared],
    forward: str,
) -> None:
    for seed in range(20):
        order = some(captures, 8)
        random.Random(seed).shuffle(order)
        made = history(new_catalogue(), captures, order, read_ahead)
        assert (seed, made.digest) == (seed, forward)
        made.close()


@pytest.fixture(scope="module")
def whole(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The digest of all captures in their order."""
    engine = open_engine(str(real_history(tmp_path_factory, shared, "history") / "catalog.db"), read_only=True)
    with reading(engine) as connection:
        digest = content_digest(connection)
    engine.dispose()
    return digest


@pytest.mark.slow
def test_s08_all_of_them_in_any_order_are_believed_and_give_the_same_digest(
    new_catalogue: Callable[[], Catalogue], captures: Captures, whole: str
) -> None:
    times = sorted(captures)
    random.Random("any order").shuffle(times)
    made = history(new_catalogue(), captures, times)
    assert made.verdicts == ["accepted"] * 79
    assert made.problems() == []
    assert made.digest == whole


def test_postgresql_has_the_digest_of_sqlite(captures: Captures, forward: str, catalogue: Catalogue) -> None:
    for time in reversed(some(captures, 8)):
        catalogue.take(time, captures[time][1])
    assert catalogue.digest == forward
