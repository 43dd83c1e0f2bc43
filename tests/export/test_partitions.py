"""Histories as folders of files by date: read as one table, and appended to."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from catalogue import Catalogue
from frictionless import validate
from odd_catalogues import at, bytes_below, days_of_prices, exported, filled

from catalog.export import TABLES
from catalog.instants import micros

DATED = [name for name, table in TABLES.items() if table.shape in ("history", "changes")]
OPEN = "__HIVE_DEFAULT_PARTITION__"


@pytest.fixture
def growing(new_catalogue: Callable[[], Catalogue]) -> Catalogue:
    """Forty days of prices."""
    return filled(new_catalogue(), days_of_prices(40))


def rows_of(path: Path) -> list[dict[str, Any]]:
    return pq.read_table(path).to_pylist()


def in_order(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(repr(row) for row in rows)


@pytest.mark.parametrize("by", ["day", "month"])
def test_the_partitions_are_the_whole_table(growing: Catalogue, tmp_path: Path, by: str) -> None:
    exported(growing, tmp_path / "whole", format="parquet", tables=DATED)
    exported(growing, tmp_path / "parts", format="parquet", tables=DATED, partition=by)
    for name in DATED:
        parts = [row for path in (tmp_path / "parts" / name).glob(f"{by}=*/part.parquet") for row in rows_of(path)]
        assert in_order(parts) == in_order(rows_of(tmp_path / "whole" / f"{name}.parquet")), name


def test_a_row_lies_where_it_became_final(growing: Catalogue, tmp_path: Path) -> None:
    exported(growing, tmp_path, format="parquet", tables=["price_history", "changes"], partition="month")
    for path in (tmp_path / "price_history").glob("month=*/part.parquet"):
        month = path.parent.name.removeprefix("month=")
        ends = {row["valid_to"] for row in pq.ParquetFile(path).read().to_pylist()}
        assert {end.isoformat()[:7] if end else OPEN for end in ends} == {month}
    assert {path.name for path in (tmp_path / "changes").iterdir()} == {"month=2026-03", "month=2026-04"}


def test_duckdb_and_arrow_read_the_folder_as_one_table(growing: Catalogue, tmp_path: Path) -> None:
    files = exported(growing, tmp_path, format="parquet", tables=["price_history"], partition="month")
    total = sum(file.rows for file in files.values())
    folder = tmp_path / "price_history"
    asked = "SELECT count(*), count(month), min(month) FROM read_parquet('{}/**/*.parquet', hive_partitioning = true)"
    rows, dated, first = duckdb.sql(asked.format(folder)).fetchall()[0]
    assert (rows, first) == (total, "2026-03")
    assert dated == total - files[f"price_history/month={OPEN}/part.parquet"].rows
    assert ds.dataset(folder, partitioning="hive").count_rows() == total


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_later_export_leaves_the_old_partitions_alone(
    new_catalogue: Callable[[], Catalogue], tmp_path: Path, form: str
) -> None:
    """Appended to without rewriting: not a byte and not a time of a past day changes."""
    catalogue = filled(new_catalogue(), days_of_prices(20))
    exported(catalogue, tmp_path, format=form, tables=DATED, partition="day")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*/day=2*/*")}
    filled(catalogue, islice(days_of_prices(30), 20, None))
    exported(catalogue, tmp_path, format=form, tables=DATED, partition="day")
    after = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*/day=2*/*")}
    assert before.items() <= after.items()
    assert len(after) > len(before) > 10


def test_since_writes_the_new_partitions_and_keeps_the_old_ones(
    new_catalogue: Callable[[], Catalogue], tmp_path: Path
) -> None:
    """A nightly `--since` ends with the folder and the descriptor of a whole export."""
    catalogue = filled(new_catalogue(), days_of_prices(20))
    exported(catalogue, tmp_path / "nightly", tables=DATED, partition="day")
    filled(catalogue, islice(days_of_prices(30), 20, None))
    written = exported(catalogue, tmp_path / "nightly", tables=DATED, partition="day", since=micros(at(18.7)))
    exported(catalogue, tmp_path / "whole", tables=DATED, partition="day")
    assert not [name for name in written if "day=2026-03-0" in name]
    nightly, whole = bytes_below(tmp_path / "nightly"), bytes_below(tmp_path / "whole")
    first, second = (json.loads(one.pop("datapackage.json")) for one in (nightly, whole))
    assert nightly == whole
    assert first["resources"] == second["resources"]
    assert validate(str(tmp_path / "nightly" / "datapackage.json")).valid


def test_a_partition_that_no_row_is_in_any_more_goes(new_catalogue: Callable[[], Catalogue], tmp_path: Path) -> None:
    """Or a reader of the folder would count what nobody states."""
    exported(filled(new_catalogue(), days_of_prices(20)), tmp_path, tables=["changes"], partition="day")
    assert (tmp_path / "changes" / "day=2026-03-16").exists()
    fewer = filled(new_catalogue(), days_of_prices(10))
    files = exported(fewer, tmp_path, tables=["changes"], partition="day")
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("changes/*/*")} == set(files)
    assert not (tmp_path / "changes" / "day=2026-03-16").exists()


def test_files_of_somebody_else_stay(growing: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    exported(growing, tmp_path, partition="month")
    exported(growing, tmp_path, partition="month")
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_an_empty_history_has_one_partition_with_the_schema(
    new_catalogue: Callable[[], Catalogue], tmp_path: Path
) -> None:
    """E07."""
    files = exported(new_catalogue(), tmp_path, format="parquet", tables=DATED, partition="month")
    assert set(files) == {f"{name}/month={OPEN}/part.parquet" for name in DATED}


def test_many_days_are_written_a_few_at_a_time(growing: Catalogue, tmp_path: Path) -> None:
    """More partitions than are open at once: none is cut or written twice."""
    files = exported(growing, tmp_path, tables=["price_history"], partition="day")
    assert len(files) > 32
    assert sum(file.rows for file in files.values()) == growing.ask("SELECT count(*) FROM price_version")[0][0]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_table_is_there_once_whole_or_in_parts(growing: Catalogue, tmp_path: Path, form: str) -> None:
    """Whoever reads the folder of a table would find the rows of another day beside those of today."""
    folder = tmp_path / "out"
    exported(growing, folder, format=form, tables=["price_history"], partition="day")
    exported(growing, folder, format=form, tables=["price_history"])
    assert {path.name for path in folder.iterdir()} == {"datapackage.json", f"price_history.{form}"}
    exported(growing, folder, format=form, tables=["price_history"], partition="month")
    assert {path.name for path in folder.iterdir()} == {"datapackage.json", "price_history"}
