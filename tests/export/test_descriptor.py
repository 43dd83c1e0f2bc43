"""`datapackage.json` says of every column what it is, and another program agrees."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from catalogue import Catalogue
from frictionless import validate
from odd_catalogues import at, bytes_below, exported

from catalog.export import TABLES
from catalog.instants import iso, micros
from catalog.questions.frames import Moment

FORMATS = ("csv", "parquet")


@pytest.mark.parametrize("options", [{"format": "csv"}, {"format": "csv", "raw": True}, {"format": "parquet"},
                                     {"format": "csv", "partition": "month"}])  # fmt: skip
def test_frictionless_finds_nothing_wrong(odd: Catalogue, tmp_path: Path, options: dict[str, object]) -> None:
    exported(odd, tmp_path, **options)
    report = validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "note", "rowNumber", "fieldName"])[:5]


@pytest.mark.parametrize("form", FORMATS)
def test_frictionless_finds_an_altered_file(odd: Catalogue, tmp_path: Path, form: str) -> None:
    exported(odd, tmp_path, format=form, tables=["prices"])
    path = tmp_path / f"prices.{form}"
    path.write_bytes(path.read_bytes()[:-2])
    assert not validate(str(tmp_path / "datapackage.json")).valid


@pytest.mark.parametrize("form", FORMATS)
def test_hashes_sizes_and_counts_are_those_of_the_files(odd: Catalogue, tmp_path: Path, form: str) -> None:
    files = exported(odd, tmp_path, format=form)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert [one["path"] for one in package["resources"]] == list(files)
    for one in package["resources"]:
        content = (tmp_path / one["path"]).read_bytes()
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert one["bytes"] == len(content)
        assert one["rowCount"] == files[one["path"]].rows


def test_every_column_is_described(odd: Catalogue, tmp_path: Path) -> None:
    exported(odd, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["licenses"]
    assert {source["slug"] for source in package["sources"]} >= {"openrouter_models", "benchable_page"}
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == [one.name for one in TABLES[resource["name"]].columns]
        assert all(field["description"] and field["type"] for field in fields)
        assert resource["schema"]["missingValues"] == [""]


def test_a_unit_in_a_name_is_the_unit_of_the_column() -> None:
    """`_tokens` are tokens, `_ms` milliseconds, `_percent` percent: in the descriptor as in the name."""
    units = {"_tokens": "tokens", "_percent": "percent", "_s": "s"}
    for table in TABLES.values():
        for column in table.columns:
            for ending, unit in units.items():
                if column.name.endswith(ending) and column.kind in ("integer", "number", "decimal"):
                    assert column.unit == unit, (table.name, column.name)


@pytest.mark.reality
@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_the_real_captures_leave_in_both_formats(real_catalogue: Catalogue, tmp_path: Path, form: str) -> None:
    """E08: exported twice to the same bytes, validated, and read by pandas, pyarrow and DuckDB to the same counts."""
    files = exported(real_catalogue, tmp_path / "a", format=form)
    exported(real_catalogue, tmp_path / "b", format=form)
    assert bytes_below(tmp_path / "a") == bytes_below(tmp_path / "b")
    assert validate(str(tmp_path / "a" / "datapackage.json")).valid
    versions = real_catalogue.ask("SELECT count(*) FROM price_version")[0][0]
    assert files[f"price_history.{form}"].rows == versions > 3000
    for name in ("models", "prices", "price_history", "changes"):
        path = tmp_path / "a" / f"{name}.{form}"
        rows = files[f"{name}.{form}"].rows
        assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(rows,)]
        if form == "csv":
            assert len(pd.read_csv(path, keep_default_na=False)) == rows
        else:
            assert len(pd.read_parquet(path)) == rows == pq.read_metadata(path).num_rows


def test_a_table_exported_alone_leaves_the_others_described(odd: Catalogue, tmp_path: Path) -> None:
    """With what they are answers to, which may be of another day; until they are exported again themselves."""
    exported(odd, tmp_path, format="csv", moment=Moment(as_of=micros(at(1))))
    exported(odd, tmp_path, format="csv", tables=["models"])
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    asked = {one["name"]: one.get("query", {}).get("as_of") for one in package["resources"]}
    assert asked == {name: None if name == "models" else iso(micros(at(1))) for name in TABLES}
    assert package["query"]["as_of"] == "now"
    assert validate(str(tmp_path / "datapackage.json")).valid
    exported(odd, tmp_path, format="csv")
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert not any("query" in one for one in package["resources"])
