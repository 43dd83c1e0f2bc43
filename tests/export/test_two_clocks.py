"""As of a time, and as far as the catalogue had been told by then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from catalogue import Catalogue
from odd_catalogues import at, bytes_below, days_of_prices, exported, filled, listing, record

from catalog.errors import UsageError
from catalog.export import TABLES
from catalog.instants import micros
from catalog.questions.frames import Moment

STATED = [name for name in TABLES if name != "captures"]


def without_descriptor(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in bytes_below(folder).items() if name != "datapackage.json"}


def test_an_export_as_of_a_day_is_that_of_the_day(new_catalogue: Callable[[], Catalogue], tmp_path: Path) -> None:
    """What came later changes nothing of it, not even an end that nobody could know then."""
    catalogue = filled(new_catalogue(), days_of_prices(8))
    exported(catalogue, tmp_path / "then", tables=STATED)
    filled(catalogue, iter(list(days_of_prices(14))[8:]))
    exported(catalogue, tmp_path / "later", tables=STATED, moment=Moment(as_of=micros(at(7.5))))
    assert without_descriptor(tmp_path / "then") == without_descriptor(tmp_path / "later")


@pytest.mark.parametrize("partition", [None, "day"])
def test_an_export_as_known_at_a_time_knows_nothing_of_late_captures(
    new_catalogue: Callable[[], Catalogue], tmp_path: Path, partition: str | None
) -> None:
    """Late captures split and move the versions; the histories are told as they stood before."""
    captures = list(days_of_prices(14))
    catalogue = new_catalogue()
    told = catalogue.now
    filled(catalogue, iter(captures[::3]))
    exported(catalogue, tmp_path / "then", tables=STATED, partition=partition)
    catalogue.now = told + timedelta(days=1)
    filled(catalogue, (capture for number, capture in enumerate(captures) if number % 3))
    known = Moment(known=micros(told))
    exported(catalogue, tmp_path / "as_known", tables=STATED, partition=partition, moment=known)
    assert without_descriptor(tmp_path / "then") == without_descriptor(tmp_path / "as_known")


def test_a_version_that_a_late_capture_parted_is_one_as_known_before(
    new_catalogue: Callable[[], Catalogue], tmp_path: Path
) -> None:
    catalogue = new_catalogue()
    told = catalogue.now

    def price(day: float, usd: str) -> tuple[datetime, bytes]:
        return at(day), listing(record("Lab: One", 1, price=usd))

    filled(catalogue, iter([price(0, "0.000001"), price(10, "0.000001")]))
    catalogue.now = told + timedelta(days=1)
    filled(catalogue, iter([price(5, "0.000007")]))
    only = {"tables": ["price_history"], "format": "parquet"}
    for moment, rows in ((Moment(known=micros(told)), 1), (Moment(), 3)):
        exported(catalogue, tmp_path, moment=moment, **only)
        found = pq.read_table(tmp_path / "price_history.parquet").to_pylist()
        assert len([row for row in found if row["component"] == "prompt"]) == rows


def test_a_value_that_a_late_capture_interrupts_stands_as_long_as_known_before(
    new_catalogue: Callable[[], Catalogue], tmp_path: Path
) -> None:
    """The table of what is in force says since when as the history does, and as it did before the late capture."""
    catalogue = new_catalogue()
    told = catalogue.now
    only = {"tables": ["prices"], "format": "parquet"}
    for day in (0, 5, 10, 20):
        catalogue.now = told + timedelta(days=day == 10)
        price = "0.000007" if day == 10 else "0.000001"
        filled(catalogue, iter([(at(day), listing(record("Lab: One", 1, price=price)))]))
    exported(catalogue, tmp_path, moment=Moment(known=micros(told)), **only)
    then = pq.read_table(tmp_path / "prices.parquet").to_pylist()
    exported(catalogue, tmp_path, **only)
    now = pq.read_table(tmp_path / "prices.parquet").to_pylist()
    found = [{row["valid_from"] for row in rows if row["component"] == "prompt"} for rows in (then, now)]
    assert found == [{at(0)}, {at(20)}]


def test_since_gives_what_held_then_or_later(new_catalogue: Callable[[], Catalogue], tmp_path: Path) -> None:
    catalogue = filled(new_catalogue(), days_of_prices(14))
    since = at(9)
    exported(catalogue, tmp_path / "all", format="parquet", tables=["price_history", "changes"])
    exported(catalogue, tmp_path / "since", format="parquet", tables=["price_history", "changes"], since=micros(since))

    def rows(folder: str, table: str) -> list[dict[str, object]]:
        return pq.read_table(tmp_path / folder / f"{table}.parquet").to_pylist()

    assert rows("since", "price_history") == [
        row
        for row in rows("all", "price_history")
        if row["valid_to"] is None or row["valid_to"] >= since  # type: ignore[operator]
    ]
    assert rows("since", "changes") == [row for row in rows("all", "changes") if row["observed_at"] >= since]  # type: ignore[operator]
    assert 0 < len(rows("since", "changes")) < len(rows("all", "changes"))


def test_an_unknown_table_is_answered_with_the_known_ones(odd: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no table is called price; there are models, prices"):
        exported(odd, tmp_path, tables=["price"])


@pytest.mark.parametrize(
    ("asked", "known"), [({"format": "xml"}, "csv, parquet"), ({"partition": "year"}, "day, month")]
)
def test_a_form_that_there_is_not_is_answered_with_those_that_there_are(
    odd: Catalogue, tmp_path: Path, asked: dict[str, Any], known: str
) -> None:
    with pytest.raises(UsageError, match=known):
        exported(odd, tmp_path, **asked)
    assert not list(tmp_path.iterdir())


def test_progress_is_told_by_table(odd: Catalogue, tmp_path: Path) -> None:
    told: dict[str, int] = {}
    files = exported(odd, tmp_path, progress=told.__setitem__)
    assert told == {file.table: file.rows for file in files.values()}
