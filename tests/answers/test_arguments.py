"""Whatever the methods of `Catalog` are given that they cannot use, they say so by a `UsageError`."""

from __future__ import annotations

import inspect
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from catalog import Catalog
from catalog.errors import CatalogError, UsageError

PRO, OMNI = "google/gemini-2.5-pro", "openai/gpt-4o"
WORK = {"input_tokens": "1M"}
ASKED: dict[str, dict[str, Any]] = {
    **{name: {} for name in ("models", "prices", "price_history", "endpoints", "benchmarks", "ratings")},
    **{name: {} for name in ("changes", "conflicts", "frames")},
    "history": {"models": PRO},
    "compare": {"models": [PRO, OMNI]},
    "rank": {"by": "price"},
    "pareto": {"by": ["price", "context"]},
    "alternatives": {"model": PRO},
    "explain": {"model": PRO, "field": "prompt"},
    "resolve": {"model": PRO},
    "unlisted": {"models": [PRO]},
    "workload_cost": {"workload": WORK, "models": PRO},
    "workload_cost_series": {"workload": WORK, "days": ["2026-05-01"], "models": PRO},
    "price_usage": {"file": io.StringIO("")},
}
ODD = [5, 5.5, b"x", object(), [5], [None], {"a": 1}, "", "x\0y", "\ud800", -1, float("nan"), ()]


@pytest.fixture(scope="module")
def catalog(sample_home: Path) -> Iterator[Catalog]:
    with Catalog(sample_home / "catalog.db", data_dir=sample_home) as opened:
        yield opened


@pytest.mark.parametrize("method", ASKED)
def test_an_argument_that_cannot_be_meant_is_a_usage_error_or_is_answered(catalog: Catalog, method: str) -> None:
    asked = getattr(catalog, method)
    for argument in inspect.signature(asked).parameters:
        for value in ODD:
            try:
                asked(**{**ASKED[method], argument: value})
            except CatalogError:
                continue


@pytest.mark.parametrize(
    ("method", "argument", "value", "told"),
    [
        ("models", "where", 5, "where must be a text, not 5"),
        ("models", "columns", 5, "columns must be a text or several, not 5"),
        ("models", "columns", ["name", 5], "columns must be a text, not 5"),
        ("models", "limit", "5", "a limit is a whole number from 0, not '5'"),
        ("models", "limit", 2.5, "a limit is a whole number from 0, not 2.5"),
        ("models", "as_of", 5, "not a time: 5"),
        ("prices", "models", 5, "models must be a text or several, not 5"),
        ("resolve", "model", None, "model must be a text, not None"),
        ("rank", "weights", 3, "weights must be values by their names, not 3"),
        ("rank", "by", ["price"], "a ranking is by one measure"),
        ("compare", "as_of", [], "as_of is a time or several"),
        ("workload_cost", "workload", 5, "a workload is its quantities by their names, not 5"),
    ],
)
def test_the_error_names_the_argument(catalog: Catalog, method: str, argument: str, value: object, told: str) -> None:
    with pytest.raises(UsageError) as error:
        getattr(catalog, method)(**{**ASKED[method], argument: value})
    assert str(error.value).startswith(told)


def test_several_are_several_in_whatever_they_come(catalog: Catalog) -> None:
    for models in ((PRO, OMNI), {PRO: 1, OMNI: 2}, pd.Index([PRO, OMNI]), iter([PRO, OMNI])):
        assert set(catalog.prices(models)["model"]) == {PRO, OMNI}
    assert len(catalog.models(limit=pd.Series([3])[0])) == 3


def test_the_methods_keep_their_names_arguments_and_documents() -> None:
    assert list(inspect.signature(Catalog.rank).parameters) == ["self", "by", "where", "weights", "as_of", "known_at"]
    assert "the best first" in (Catalog.rank.__doc__ or "")
