"""One schema a table, and the same bytes for the same data."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from catalogue import Catalogue
from odd_catalogues import at, bytes_below, days_of_prices, exported, filled, listing, record

from catalog.database import reading
from catalog.export import TABLES, export
from catalog.export.arrow import schema_of
from catalog.questions.frames import Moment
from scrapers.records import BenchmarkScore, Endpoint, Model, Price, Rating, fields_of

FORMATS = ("csv", "parquet")


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_catalogue_has_the_schema_of_a_full_one(
    odd: Catalogue, new_catalogue: Callable[[], Catalogue], tmp_path: Path, form: str
) -> None:
    """E07: every table is there with every column, whether there are rows or not."""
    empty = exported(new_catalogue(), tmp_path / "empty", format=form)
    full = exported(odd, tmp_path / "full", format=form)
    assert set(empty) == set(full) == {f"{name}.{form}" for name in TABLES}
    assert {file.rows for file in empty.values()} == {0}
    assert min(file.rows for file in full.values()) > 0
    for name in full:
        first, second = (tmp_path / folder / name for folder in ("empty", "full"))
        if form == "parquet":
            assert pq.read_schema(first).equals(pq.read_schema(second))
        else:
            assert first.read_text(encoding="utf-8").splitlines() == second.read_text(encoding="utf-8").splitlines()[:1]


def test_a_column_that_is_null_throughout_keeps_its_type(
    new_catalogue: Callable[[], Catalogue], tmp_path: Path
) -> None:
    """E07: conditions, providers and dates that no source states are no columns of null type."""
    exported(filled(new_catalogue(), days_of_prices(2)), tmp_path, format="parquet", tables=["price_history"])
    found = pq.read_table(tmp_path / "price_history.parquet")
    assert found.num_rows > 0
    assert {name for name in found.column_names if found.column(name).null_count == found.num_rows} >= {
        "provider",
        "conditions",
        "effective_from",
    }
    assert found.schema.equals(schema_of(TABLES["price_history"]))


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_data_give_the_same_bytes(odd: Catalogue, tmp_path: Path, form: str) -> None:
    """E08: the descriptor included."""
    exported(odd, tmp_path / "a", format=form)
    exported(odd, tmp_path / "b", format=form)
    assert bytes_below(tmp_path / "a") == bytes_below(tmp_path / "b")


@pytest.mark.parametrize("form", FORMATS)
def test_the_order_in_which_captures_arrived_cannot_be_seen(
    new_catalogue: Callable[[], Catalogue], tmp_path: Path, form: str
) -> None:
    """E08: rows are sorted by what they say."""
    captures = list(days_of_prices(12))
    shuffled = captures.copy()
    random.Random(7).shuffle(shuffled)
    for name, order in (("a", captures), ("b", shuffled)):
        exported(filled(new_catalogue(), iter(order)), tmp_path / name, format=form)
    assert bytes_below(tmp_path / "a") == bytes_below(tmp_path / "b")


@pytest.mark.postgres
@pytest.mark.parametrize("form", FORMATS)
def test_both_kinds_of_database_give_the_same_bytes(
    new_catalogue: Callable[..., Catalogue], postgres_url: str, tmp_path: Path, form: str
) -> None:
    """E08: the order of words is that of their bytes, whatever the database's locale."""
    for name, db in (("a", None), ("b", postgres_url)):
        exported(filled(new_catalogue(db), days_of_prices(8)), tmp_path / name, format=form, partition="month")
    assert bytes_below(tmp_path / "a") == bytes_below(tmp_path / "b")


def test_both_ways_of_reading_sqlite_give_the_same_bytes(odd: Catalogue, tmp_path: Path) -> None:
    """E08: through ADBC, and through a connection that a caller has open already."""
    exported(odd, tmp_path / "a")
    with reading(odd.engine) as connection:
        export(connection, tmp_path / "b", moment=Moment())
    assert bytes_below(tmp_path / "a") == bytes_below(tmp_path / "b")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_who_brought_the_captures_changes_no_file_but_theirs(
    new_catalogue: Callable[[], Catalogue], tmp_path: Path, form: str
) -> None:
    """E08: a rebuild is one run, and what it exports is what was exported before."""
    many, one = new_catalogue(), new_catalogue()
    for number, captured in enumerate(days_of_prices(5)):
        many.reopen()
        filled(many, iter([captured]))
        filled(one, iter([captured]))
        assert many.ask("SELECT max(run_id) FROM capture") == [(number + 2,)]
    for catalogue, name in ((many, "many"), (one, "one")):
        exported(catalogue, tmp_path / name, format=form, partition="month")
    found = {name: content for name, content in bytes_below(tmp_path / "many").items() if name != "datapackage.json"}
    same = bytes_below(tmp_path / "one")
    assert {name for name, content in found.items() if content != same[name]} == {f"captures.{form}"}


def test_a_file_that_would_be_the_same_is_not_touched(odd: Catalogue, tmp_path: Path) -> None:
    exported(odd, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    exported(odd, tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_rows_stand_in_an_order_that_people_expect(new_catalogue: Callable[[], Catalogue], tmp_path: Path) -> None:
    exported(filled(new_catalogue(), days_of_prices(8)), tmp_path, format="parquet", tables=["price_history"])
    found = pq.read_table(tmp_path / "price_history.parquet").to_pylist()
    keys = [(row["model"], row["component"], row["valid_from"]) for row in found]
    assert keys == sorted(keys)


def test_a_parquet_file_says_what_it_is(odd: Catalogue, tmp_path: Path) -> None:
    exported(odd, tmp_path, format="parquet", tables=["price_history"], moment=Moment(as_of=1_772_500_000_000_000))
    written = pq.ParquetFile(tmp_path / "price_history.parquet")
    metadata = {key.decode(): value.decode() for key, value in written.metadata.metadata.items()}
    assert metadata["catalog.schema_version"] == "0002" or metadata["catalog.schema_version"] > "0002"
    assert json.loads(metadata["catalog.query"])["as_of"] == "2026-03-03T01:06:40Z"
    assert metadata["catalog.newest_capture"] == "2026-03-03T00:00:00Z"
    assert written.metadata.row_group(0).column(0).compression == "ZSTD"


def test_the_words_of_a_column_are_those_of_its_record() -> None:
    """No second list: type, unit and description come from the records."""
    for name, kind in (
        ("models", Model), ("prices", Price), ("endpoints", Endpoint), ("benchmark_scores", BenchmarkScore),
        ("ratings", Rating),
    ):  # fmt: skip
        columns = {column.name: column for column in TABLES[name].columns}
        for item in fields_of(kind):
            assert (columns[item.name].description, columns[item.name].unit) == (item.description, item.unit)


def test_a_null_and_its_stand_in_do_not_meet(new_catalogue: Callable[[], Catalogue], tmp_path: Path) -> None:
    """Columns that are null in the first batches and text later keep both: the types are not guessed from some rows."""
    catalogue = new_catalogue()
    many = [record(f"Lab: {number}", number, instruct_type=None) for number in range(12)]
    catalogue.take(at(0), listing(*many))
    many[11]["architecture"] = {**many[11]["architecture"], "instruct_type": "chatml"}
    catalogue.take(at(1), listing(*many))
    exported(catalogue, tmp_path, format="parquet", tables=["model_history"])
    found = pq.read_table(tmp_path / "model_history.parquet").column("instruct_type").to_pylist()
    assert found == [None] * 12 + ["chatml"]
