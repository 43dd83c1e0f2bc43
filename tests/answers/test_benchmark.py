"""The benchmark of questions compares what answers alike: the bare driver's answers are the catalogue's."""

from __future__ import annotations

import importlib
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
HEADLINE = (
    "UPDATE price_version SET {} WHERE provider IS NULL AND timeline_id IN"
    " (SELECT id FROM timeline WHERE kind = 1 AND subject_id IN ({}))"
)
CONTEXT = (
    "UPDATE fact_version SET context_tokens = {} WHERE timeline_id IN"
    " (SELECT id FROM timeline WHERE kind = 0 AND subject_id IN ({}))"
)
ODD = (
    HEADLINE.format("usd = '0.000001', pico_usd = 1000000", "1, 2, 3"),
    CONTEXT.format("8000", "1, 2"),
    CONTEXT.format("1", "3"),
    HEADLINE.format("usd = '0', pico_usd = 0, state = 'free'", "4"),
    HEADLINE.format("usd = NULL, pico_usd = NULL, state = 'unknown'", "5"),
    CONTEXT.format("NULL", "6"),
    HEADLINE.format("unit = 'image'", "7"),
    HEADLINE.format("conditions = '{{\"min_prompt_tokens\":1}}', position = 1", "8")
    .replace("{{", "{")
    .replace("}}", "}"),
)
"""Two that are equal and cheapest, one that they beat, a free one, and four that lack something."""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The questions of the benchmark in two ways, over a small catalogue with what is odd in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        bench = importlib.import_module("bench_query")
    folder = tmp_path_factory.mktemp("bench")
    bench.build(folder / "catalog.db", 60)
    with sqlite3.connect(folder / "catalog.db") as connection:
        for odd in ODD:
            assert connection.execute(odd).rowcount > 0
    connection.close()
    return {way: bench.questions_of(way, folder) for way in ("driver", "bare")}


def test_the_cheapest_endpoint_of_each_model_is_the_same(asked: dict[str, Any]) -> None:
    found = {}
    for way, questions in asked.items():
        cheapest: pd.DataFrame = questions["cheapest endpoint a model"]()
        found[way] = sorted(zip(cheapest["model"], cheapest["provider"], map(float, cheapest["usd"]), strict=True))
    assert found["driver"] == found["bare"]
    assert len(found["bare"]) == 60


def test_the_front_and_those_left_out_of_it_are_the_same(asked: dict[str, Any]) -> None:
    ours = asked["driver"]["pareto, price by context"]()
    front, left_out = asked["bare"]["pareto, price by context"]()
    assert ours[["model", "price", "context_tokens"]].values.tolist() == front.values.tolist()
    assert sorted(ours.left_out.index) == sorted(left_out["model"])
    assert list(front["model"])[:2] == ["author0/model-0", "author1/model-1"]
    assert len(left_out) == 5


def test_what_a_workload_costs_is_the_same(asked: dict[str, Any]) -> None:
    ours, bare = (asked[way]["a workload on one day"]() for way in ("driver", "bare"))
    exact = ours[(ours["state"] == "exact") & ours["provider"].notna()]
    bare = bare[bare["provider"].notna()].sort_values(["model_id", "provider"])
    assert exact["cost_usd"].tolist() == bare["cost"].tolist()
