"""Every method answers with a DataFrame, and takes one word where it takes several."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from catalog import Catalog
from catalog.errors import UsageError
from catalog.workload import Workload

PRO, FLASH = "google/gemini-2.5-pro", "google/gemini-2.5-flash"


def test_every_method_of_the_interface_returns_a_frame_with_a_unique_sorted_named_index(catalog: Catalog) -> None:
    answers: dict[str, pd.DataFrame] = {
        "models": catalog.models(),
        "compare": catalog.compare([PRO, FLASH]),
        "prices": catalog.prices(PRO),
        "price_history": catalog.price_history(PRO),
        "changes": catalog.changes(),
        "endpoints": catalog.endpoints(),
        "benchmarks": catalog.benchmarks(),
        "ratings": catalog.ratings(),
        "rank": catalog.rank("price"),
        "pareto": catalog.pareto(["price", "ability"]),
        "alternatives": catalog.alternatives(PRO),
        "workload_cost": catalog.workload_cost(Workload(input_tokens=Decimal(5)), PRO),
        "explain": catalog.explain(PRO, "prompt"),
        "history": catalog.history(PRO),
        "conflicts": catalog.conflicts(),
    }
    for name, frame in answers.items():
        assert isinstance(frame, pd.DataFrame), name
        assert not frame.empty, name
        assert frame.index.name, name
        assert frame.index.is_unique, name
        assert frame.index.is_monotonic_increasing, name


def test_a_comparison_keeps_its_order_and_is_asked_by_the_names_of_fields(catalog: Catalog) -> None:
    found = catalog.compare([PRO, FLASH])
    fields = list(found.index)
    assert fields.index("context_tokens") < fields.index("price.prompt") < fields.index("rating.ability")
    assert found.loc["price.prompt", PRO] == Decimal("1.25")
    assert list(found.sort_index().index) == fields


def test_an_answer_knows_who_was_left_out_and_what_is_made_of_it_is_a_plain_frame(catalog: Catalog) -> None:
    answer = catalog.rank("price")
    assert set(answer["model"]).isdisjoint(answer.left_out.index)
    assert type(answer.head(2)) is type(answer.frame) is pd.DataFrame
    assert answer.frame.equals(answer)
    again: Any = pickle.loads(pickle.dumps(answer))
    assert again.equals(answer)
    assert again.left_out.equals(answer.left_out)
    assert copy.deepcopy(catalog.pareto(["price", "ability"])).attrs["measures"]["price"]["better"] == "lower"


def test_one_word_will_do_where_several_may_stand(catalog: Catalog) -> None:
    assert list(catalog.models(columns="prompt_usd").columns) == ["prompt_usd"]
    assert catalog.changes(kinds="price").equals(catalog.changes(kinds=["price"]))
    assert catalog.alternatives(PRO, by="ability").equals(catalog.alternatives(PRO, by=["ability"]))
    with pytest.raises(UsageError, match="two or three measures, not 1"):
        catalog.pareto("price")


def test_the_index_of_the_models_may_be_named_like_a_column(catalog: Catalog) -> None:
    frame = catalog.models(columns=["model", "prompt_usd"], sort="-model")
    assert list(frame.columns) == ["prompt_usd"]
    assert list(frame.index) == sorted(catalog.models().index, reverse=True)


def test_a_workload_may_be_given_by_its_quantities(catalog: Catalog) -> None:
    work = Workload(input_tokens=Decimal(2_000_000), cached_tokens=Decimal(1_000_000), requests=Decimal(400))
    words = {"input_tokens": "2M", "cached_tokens": "50%", "requests": 400}
    assert catalog.workload_cost(words, PRO).equals(catalog.workload_cost(work, PRO))
    with pytest.raises(UsageError, match=r"a workload has no inputs; it has input_tokens"):
        catalog.workload_cost({"inputs": 5}, PRO)
    with pytest.raises(UsageError, match=r"from 0 to 10\^18, not -5"):
        catalog.workload_cost({"input_tokens": -5}, PRO)


def test_a_negative_limit_is_refused(catalog: Catalog) -> None:
    with pytest.raises(UsageError, match="not -1"):
        catalog.models(limit=-1)


def test_who_is_not_listed_is_said_with_the_time(catalog: Catalog) -> None:
    with pytest.raises(UsageError, match="not listed now: google/gemma-3-27b-it:free; `catalog history`"):
        catalog.alternatives("google/gemma-3-27b-it:free")
    with pytest.raises(UsageError, match="not listed as of 2025-12-01: deepseek/deepseek-v4-flash"):
        catalog.compare([PRO, "deepseek/deepseek-v4-flash"], as_of="2025-12-01")
    with pytest.raises(UsageError, match=f"not listed now, as known at 2020-01-01: {PRO}"):
        catalog.alternatives(PRO, known_at="2020-01-01")
