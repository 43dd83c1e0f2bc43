"""A rating that is no whole number is exact in every answer, and a whole one shows no point; on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from called_program import called
from catalogue import Catalogue
from listings import at
from rated_page import rated_page

from catalog import Catalog
from catalog.export import export

SUMMARY = "Acme: One shows a 99.5% success rate and is faster than 87% of models."
MODELS = ("| Acme: One | Jan 02, 2025 | 3.3 out of 5 | ★★★★★ | — |", "| Acme: Two | Jan 03, 2025 | ★★★ | ★★★★½ | $$ |")
STATED = {"success_rate_percent": "99.5", "speed_percentile": "87", "speed": "3.3", "ability": "5", "cost": None}


@pytest.fixture
def rated(both: Catalogue) -> Catalogue:
    assert both.take(at(0), rated_page(SUMMARY, *MODELS)).verdict == "accepted"
    return both


def test_a_frame_has_the_exact_value(rated: Catalogue) -> None:
    with Catalog(rated.db) as catalog:
        frame = catalog.ratings("Acme: One")
        found = dict(zip(frame["dimension"], frame["value"], strict=True))
        assert found == {name: value and Decimal(value) for name, value in STATED.items()}
        assert {name: value and str(value) for name, value in found.items()} == STATED
        assert catalog.models(columns=["speed", "ability"]).to_dict("list") == {
            "speed": [3, Decimal("3.3")], "ability": [Decimal("4.5"), 5]
        }  # fmt: skip
        ranked = catalog.rank("ability")
        assert list(zip(ranked["model"], ranked["value"], strict=True)) == [
            ("acme/one-1", 5), ("Acme: Two", Decimal("4.5"))
        ]  # fmt: skip
        side = catalog.compare(["acme/one-1", "Acme: Two"])
        assert side.loc["rating.speed", "better"] == "acme/one-1"
        assert catalog.explain("acme/one-1", "success_rate_percent")["value"][0] == Decimal("99.5")


def test_a_filter_compares_fractions_and_whole_ratings_as_numbers(rated: Catalogue) -> None:
    with Catalog(rated.db) as catalog:
        for where, found in {
            "ability > 4.5": ["acme/one-1"],
            "ability >= 4.5": ["Acme: Two", "acme/one-1"],
            "speed = 3.3": ["acme/one-1"],
            "speed in (3, 4)": ["Acme: Two"],
            "cost is null": ["acme/one-1"],
        }.items():
            assert list(catalog.models(where=where).index) == found, where


def test_the_view_has_numbers_that_sort(rated: Catalogue) -> None:
    rows = rated.ask("SELECT model_id, canonical_slug, value FROM rating_now WHERE value > 4.9 ORDER BY value DESC")
    assert [float(value) for *_, value in rows] == [99.5, 87, 5]


def test_whole_ratings_show_no_point_and_fractions_all_their_digits(rated: Catalogue) -> None:
    def printed(*words: str) -> str:
        return called(*words, "--db", rated.db).out

    sql = "SELECT dimension, value FROM rating_now WHERE canonical_slug = 'acme/one-1'"
    asked: dict[str, Callable[[str], str]] = {
        "ratings": lambda form: printed("ratings", "acme/one-1", "--format", form),
        "sql": lambda form: printed("sql", sql, "--format", form),
    }
    for ask in asked.values():
        numbers = {one["dimension"]: one["value"] for one in json.loads(ask("json"))}
        assert json.dumps(numbers, sort_keys=True) == json.dumps(
            {name: value and json.loads(value) for name, value in STATED.items()}, sort_keys=True
        )
        lines = ask("csv").splitlines()
        header = lines[0].split(",")
        cells = [dict(zip(header, line.split(","), strict=False)) for line in lines[1:]]
        assert {one["dimension"]: one["value"] or None for one in cells} == STATED
    table = printed("models", "--columns", "speed,ability,cost", "--format", "table")
    assert [line.split()[-3:] for line in table.splitlines()[-2:]] == [["★★★", "4.5", "$$"], ["3.3", "★★★★★", "—"]]


def test_an_export_has_the_exact_digits(rated: Catalogue, tmp_path: Path) -> None:
    export(rated.engine, tmp_path / "csv", format="csv")
    texts = pd.read_csv(tmp_path / "csv" / "ratings.csv", dtype=str, keep_default_na=False)
    mine = texts[texts["model"] == "acme/one-1"]
    assert dict(zip(mine["dimension"], mine["value"], strict=True)) == {
        name: value or "" for name, value in STATED.items()
    }
    export(rated.engine, tmp_path / "parquet", format="parquet")
    rows = pq.read_table(tmp_path / "parquet" / "ratings.parquet").to_pylist()
    exact = {one["dimension"]: one["value"] for one in rows if one["model"] == "acme/one-1"}
    assert exact == {name: value and Decimal(value) for name, value in STATED.items()}


def test_the_history_tells_of_half_a_percent(rated: Catalogue) -> None:
    rated.take(at(24), rated_page(SUMMARY.replace("99.5%", "99%"), *MODELS))
    assert rated.problems() == []
    with Catalog(rated.db) as catalog:
        history = catalog.history("acme/one-1", field="rating.success_rate_percent")
        assert list(history["value"]) == ["99.5", "99"]
