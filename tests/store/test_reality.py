"""The same on real captures: in order, in reverse, shuffled."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from catalogue import Catalogue

from catalog.instants import instant_in_name

pytestmark = pytest.mark.reality
Captures = dict[datetime, tuple[bytes, bytes]]


@pytest.fixture(scope="module")
def captures(shared: Path) -> Captures:
    """All 79 answers by their time: as they came, and decompressed."""
    found = {}
    for path in sorted((shared / "openrouter" / "history").iterdir()):
        wire = path.read_bytes()
        found[instant_in_name(path.name)] = (wire, gzip.decompress(wire))
    assert len(found) == 79
    return found


def history(make: Callable[[], Catalogue], captures: Captures, order: list[datetime]) -> Catalogue:
    """A new catalogue that took the captures in an order."""
    made = make()
    for time in order:
        wire, body = captures[time]
        made.take(time, body, wire=wire)
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


@pytest.mark.parametrize("seed", range(20))
def test_s08_twenty_shuffles_give_the_digest_of_the_right_order(
    new_catalogue: Callable[[], Catalogue], captures: Captures, forward: str, seed: int
) -> None:
    order = some(captures, 8)
    random.Random(seed).shuffle(order)
    assert history(new_catalogue, captures, order).digest == forward


@pytest.fixture(scope="module")
def whole(captures: Captures, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The digest of all captures in their order."""
    folder = tmp_path_factory.mktemp("whole")
    with Catalogue(str(folder / "catalog.db"), folder / "raw") as made:
        for time, (wire, body) in sorted(captures.items()):
            made.take(time, body, wire=wire)
        return made.digest


@pytest.mark.slow
@pytest.mark.parametrize("order", ["reverse", "shuffled"])
def test_s08_all_of_them_in_any_order_are_believed_and_give_the_same_digest(
    new_catalogue: Callable[[], Catalogue], captures: Captures, whole: str, order: str
) -> None:
    times = sorted(captures, reverse=order == "reverse")
    if order != "reverse":
        random.Random(order).shuffle(times)
    made = history(new_catalogue, captures, times)
    assert made.verdicts == ["accepted"] * 79
    assert made.problems() == []
    assert made.digest == whole


def test_postgresql_has_the_digest_of_sqlite(captures: Captures, forward: str, catalogue: Catalogue) -> None:
    for time in reversed(some(captures, 8)):
        catalogue.take(time, captures[time][1])
    assert catalogue.digest == forward
