"""What goes out comes back equal, whoever reads it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from catalogue import Catalogue
from odd_catalogues import PRICES, WORDS, exported

from catalog.errors import StoreError
from catalog.export.arrow import schema_of, stored_batch
from catalog.export.csv_writer import CsvWriter
from catalog.export.parquet_writer import ParquetWriter
from catalog.export.tables import TABLES

Read = Callable[[Path], list[dict[str, Any]]]


def by_csv(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


def by_pandas(path: Path) -> list[dict[str, Any]]:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def by_pyarrow(path: Path) -> list[dict[str, Any]]:
    header = path.open(encoding="utf-8").readline().strip().split(",")
    convert = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(header, pa.string()),
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )
    parse = pyarrow.csv.ParseOptions(newlines_in_values=True)
    return pyarrow.csv.read_csv(path, parse_options=parse, convert_options=convert).to_pylist()


def by_duckdb(path: Path) -> list[dict[str, Any]]:
    asked = f"SELECT * FROM read_csv('{path}', header = true, all_varchar = true, allow_quoted_nulls = false)"
    return duckdb.sql(asked).to_arrow_table().to_pylist()


CSV_READERS = [pytest.param(read, id=read.__name__) for read in (by_csv, by_pandas, by_pyarrow, by_duckdb)]


def by_pyarrow_parquet(path: Path) -> list[dict[str, Any]]:
    return pq.read_table(path).to_pylist()


def by_pandas_parquet(path: Path) -> list[dict[str, Any]]:
    frame = pd.read_parquet(path, dtype_backend="pyarrow")
    return pa.Table.from_pandas(frame, preserve_index=False).to_pylist()


def by_duckdb_parquet(path: Path) -> list[dict[str, Any]]:
    return duckdb.sql(f"SELECT * FROM read_parquet('{path}')").to_arrow_table().to_pylist()


PARQUET_READERS = [
    pytest.param(read, id=read.__name__) for read in (by_pyarrow_parquet, by_pandas_parquet, by_duckdb_parquet)
]


@pytest.mark.parametrize("read", CSV_READERS)
def test_every_odd_word_comes_back_from_csv(odd: Catalogue, tmp_path: Path, read: Read) -> None:
    """E04 and E06: NA, null, 007, 1e5, emoji, commas, quotes and line breaks are words like any other."""
    exported(odd, tmp_path, tables=["model_history"], raw=True)
    rows = read(tmp_path / "model_history.csv")
    assert {row["name"] for row in rows} >= set(WORDS)
    assert {row["description"] for row in rows} >= {f"{word} described" for word in WORDS}


@pytest.mark.parametrize("read", PARQUET_READERS)
def test_every_odd_word_comes_back_from_parquet(odd: Catalogue, tmp_path: Path, read: Read) -> None:
    """E04 and E06."""
    exported(odd, tmp_path, format="parquet", tables=["model_history"])
    assert {row["name"] for row in read(tmp_path / "model_history.parquet")} >= set(WORDS)


@pytest.mark.parametrize("read", CSV_READERS)
def test_a_price_keeps_its_sixteen_digits_in_csv(odd: Catalogue, tmp_path: Path, read: Read) -> None:
    exported(odd, tmp_path, tables=["price_history"])
    found = {row["usd"] for row in read(tmp_path / "price_history.csv")}
    assert {Decimal(price) * 10**6 for price in PRICES} <= {Decimal(usd) for usd in found if usd is not None}


@pytest.mark.parametrize("read", PARQUET_READERS)
def test_a_price_keeps_its_sixteen_digits_in_parquet(odd: Catalogue, tmp_path: Path, read: Read) -> None:
    exported(odd, tmp_path, format="parquet", tables=["price_history"])
    found = {row["usd"] for row in read(tmp_path / "price_history.parquet")}
    assert found >= {Decimal(price) * 10**6 for price in PRICES}


@pytest.mark.parametrize("read", [by_pyarrow, by_duckdb])
def test_an_empty_text_is_not_null_for_a_reader_that_looks_at_quotes(
    odd: Catalogue, tmp_path: Path, read: Read
) -> None:
    exported(odd, tmp_path, tables=["model_history"])
    rows = read(tmp_path / "model_history.csv")
    stated = odd.ask("SELECT count(*) FROM fact_version WHERE hugging_face_id = ''")[0][0]
    silent = odd.ask("SELECT count(*) FROM fact_version WHERE hugging_face_id IS NULL")[0][0]
    assert stated > 0
    assert [sum(row["hugging_face_id"] == "" for row in rows), sum(row["hugging_face_id"] is None for row in rows)] == [
        stated,
        silent,
    ]


@pytest.mark.parametrize("read", PARQUET_READERS)
def test_lists_are_lists_and_times_know_their_zone(odd: Catalogue, tmp_path: Path, read: Read) -> None:
    exported(odd, tmp_path, format="parquet", tables=["models", "model_history"])
    row = next(row for row in read(tmp_path / "model_history.parquet") if row["model_id"] == "lab/model-002")
    assert row["input_modalities"] == ["image", "text"]
    assert row["valid_from"].utcoffset().total_seconds() == 0
    assert row["valid_from"].isoformat() == "2026-03-01T00:00:00+00:00"


BIG = (2**53 + 1, 2**63 - 1, -(2**63))


def score(executions: int) -> list[Any]:
    """A row of `benchmark_scores` of so many runs."""
    stated = {"model": "m", "variant": "standard", "benchmark": "Coding", "evidence": "table", "source": "s",
              "scope": "all", "valid_from": 0, "executions": executions}  # fmt: skip
    return [stated.get(column.name) for column in TABLES["benchmark_scores"].columns]


@pytest.mark.parametrize("value", BIG)
def test_a_large_integer_stays_exact(tmp_path: Path, value: int) -> None:
    """E05: above 2^53, where a float would round."""
    table = TABLES["benchmark_scores"]
    batch = stored_batch(table.columns, [score(value)])
    for path, writer in (
        (tmp_path / "a.csv", CsvWriter(tmp_path / "a.csv", table, raw=False)),
        (tmp_path / "a.parquet", ParquetWriter(tmp_path / "a.parquet", table)),
    ):
        writer.write(batch)
        writer.close()
        read = by_duckdb if path.suffix == ".csv" else by_duckdb_parquet
        assert int(read(path)[0]["executions"]) == value


def test_an_integer_that_no_column_holds_is_an_error() -> None:
    """E05: 2^63 is not cut to fit."""
    with pytest.raises((OverflowError, pa.ArrowInvalid)):
        stored_batch(TABLES["benchmark_scores"].columns, [score(2**63)])


def price(usd: str) -> list[Any]:
    """A row of `prices` with this amount."""
    stated = {"model": "m", "variant": "standard", "component": "prompt", "state": "priced", "position": 0,
              "source": "s", "scope": "all", "valid_from": 0, "usd": usd}  # fmt: skip
    return [stated.get(column.name) for column in TABLES["prices"].columns]


@pytest.mark.parametrize("usd", ["0.1234567890123456789012345", "100000000000000"])
def test_an_amount_that_does_not_fit_is_an_error_in_parquet_and_exact_in_csv(tmp_path: Path, usd: str) -> None:
    """E05: refused with its digits, never rounded."""
    table = TABLES["prices"]
    batch = stored_batch(table.columns, [price("1"), price(usd)])
    writer = ParquetWriter(tmp_path / "a.parquet", table)
    with pytest.raises(StoreError, match=f"prices.usd: '{usd}' does not fit"):
        writer.write(batch)
    writer.discard()
    text = CsvWriter(tmp_path / "a.csv", table, raw=False)
    text.write(batch)
    text.close()
    assert [row["usd"] for row in by_csv(tmp_path / "a.csv")] == ["1", usd]


def test_csv_is_that_of_rfc_4180(odd: Catalogue, tmp_path: Path) -> None:
    """E04: UTF-8 without a mark, records that end in CRLF, quotes doubled inside quotes."""
    exported(odd, tmp_path, tables=["model_history"], raw=True)
    content = (tmp_path / "model_history.csv").read_bytes()
    assert content.startswith(b"model,canonical_slug,variant,model_id,")
    assert content.endswith(b"\r\n")
    assert b'"say ""hi"""' in content
    assert b'"cr\r\nlf"' in content
    with (tmp_path / "model_history.csv").open(encoding="utf-8", newline="") as file:
        widths = {len(row) for row in csv.reader(file, strict=True)}
    assert widths == {len(TABLES["model_history"].columns)}


def test_numbers_in_csv_are_plain(odd: Catalogue, tmp_path: Path) -> None:
    """E03: a column of numbers is never quoted, marked or put into exponents."""
    exported(odd, tmp_path, tables=["prices"])
    found = {row["usd"] for row in by_csv(tmp_path / "prices.csv") if row["usd"]}
    assert all(set(usd) <= set("0123456789.") for usd in found)


def test_all_columns_of_a_row_stand_under_their_own_names(odd: Catalogue, tmp_path: Path) -> None:
    """CSV and Parquet agree cell by cell on every table, as far as CSV can say it."""
    exported(odd, tmp_path, raw=True)
    exported(odd, tmp_path, format="parquet")
    filled = 0
    for name, table in TABLES.items():
        texts = by_pyarrow(tmp_path / f"{name}.csv")
        typed = pq.read_table(tmp_path / f"{name}.parquet")
        assert typed.schema.equals(schema_of(table)), name
        assert len(texts) == typed.num_rows
        for column in table.columns:
            words = [row[column.name] for row in texts]
            values = typed.column(column.name).to_pylist()
            assert [word is None for word in words] == [value is None for value in values], (name, column.name)
            if column.kind in ("string", "object"):
                assert words == values
            if column.kind in ("integer", "number", "decimal"):
                assert [word and Decimal(word) for word in words] == [
                    value if value is None else Decimal(str(value)) for value in values
                ]
            if column.kind == "date":
                assert words == [value and value.isoformat() for value in values]
        filled += typed.num_rows > 0
    assert filled == len(TABLES)
