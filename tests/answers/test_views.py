"""The views answer what the questions of Python answer at "now", on both kinds of database."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import text

from catalog import Catalog
from catalog.cli.shown import plain
from catalog.database import reading

PRICE = ("model_id", "canonical_slug", "variant", "provider", "tag", "component", "usd", "pico_usd", "unit", "state",
         "conditions", "effective_from", "position", "source", "valid_from")  # fmt: skip
FACTS = ("model_id", "canonical_slug", "variant", "author", "name", "description", "released_on", "context_tokens",
         "context_is_rounded", "max_output_tokens", "parameter_count", "parameter_count_is_approximate",
         "input_modalities", "output_modalities", "is_available", "tokenizer", "hugging_face_id",
         "knowledge_cutoff_on", "expires_on", "is_moderated", "supported_parameters", "supported_features",
         "missing_since")  # fmt: skip
ENDPOINT = ("model_id", "canonical_slug", "provider", "endpoint_name", "tag", "quantization", "context_tokens",
            "max_output_tokens", "status", "uptime_percent_30m", "latency_ms_p50", "discount", "source")  # fmt: skip
SCORE = ("model_id", "benchmark", "category", "is_reasoning", "strategy", "is_free", "executions", "accuracy_percent",
         "elo", "rank", "win_rate_percent", "index_value", "cost_usd", "duration_s", "evidence", "source")  # fmt: skip
LISTS = ("input_modalities", "output_modalities", "supported_parameters", "supported_features", "conditions")
RATING = ("model_id", "canonical_slug", "dimension", "value", "source", "valid_from")


def value(one: Any, column: str) -> Any:
    """A value as both ways of asking have it: objects and numbers by their words, times without their zone."""
    one = plain(one)
    if isinstance(one, str) and column in LISTS:
        one = json.loads(one)
    if column in ("valid_from", "missing_since"):
        return one and str(one)[:19]
    if column.startswith("is_") or column.endswith(("_is_rounded", "_is_approximate")):
        return None if one is None else bool(one)
    return f"{one:g}" if isinstance(one, float) else json.dumps(one, sort_keys=True, default=str).strip('"')


def answered(frame: pd.DataFrame, columns: Sequence[str]) -> Counter[tuple[Any, ...]]:
    found = frame[list(columns)].itertuples(index=False)
    return Counter(tuple(map(value, row, columns)) for row in found)


def view(catalog: Catalog, name: str, columns: Sequence[str]) -> Counter[tuple[Any, ...]]:
    with reading(catalog.engine) as connection:
        found = connection.execute(text(f"SELECT {', '.join(columns)} FROM {name}")).fetchall()
    return Counter(tuple(map(value, row, columns)) for row in found)


def same(one: Counter[Any], other: Counter[Any]) -> None:
    assert ((one - other).most_common(2), (other - one).most_common(2)) == ([], [])


def assert_views_agree(catalog: Catalog) -> None:
    same(view(catalog, "model_now", FACTS), answered(catalog.models(), FACTS))
    same(view(catalog, "price_now", PRICE), answered(catalog.prices(), PRICE))
    same(view(catalog, "price_history", (*PRICE, "scope")), answered(catalog.price_history(), (*PRICE, "scope")))
    same(view(catalog, "rating_now", RATING), answered(catalog.ratings(), RATING))
    assert answered(catalog.endpoints(), ENDPOINT) <= view(catalog, "endpoint_now", ENDPOINT)
    assert answered(catalog.benchmarks(), SCORE) <= view(catalog, "benchmark_now", SCORE)


def test_the_views_of_now_are_the_answers_without_a_date(sample: Catalog) -> None:
    assert_views_agree(sample)


@pytest.mark.reality
@pytest.mark.parametrize("history", ["history", "history_all_modalities"])
def test_the_views_of_now_are_the_answers_on_real_captures(real: Callable[[str], Catalog], history: str) -> None:
    assert_views_agree(real(history))


def raw_changes(catalog: Catalog) -> Counter[tuple[Any, ...]]:
    frame = catalog.changes(raw=True)
    assert frame["provider"].isna().all()
    fields = [field if isinstance(field, str) else None for field in frame["field"]]
    moments = [at.isoformat()[:19] for at in frame["observed_at"]]
    return Counter(zip(moments, frame["source"], frame["kind"], fields, strict=True))


def logged(catalog: Catalog) -> Counter[tuple[Any, ...]]:
    with reading(catalog.engine) as connection:
        found = connection.execute(text("SELECT observed_at, source, kind, field FROM change_log")).fetchall()
    return Counter((row[0][:19], row[1], row[2], row[3]) for row in found)


RENAMED = "2026-04-02T02:54:18"
"""When `reka/reka-edge` became `rekaai/reka-edge`: by id one model gone and one come, by slug one that goes on."""


@pytest.mark.reality
def test_the_change_log_has_the_transitions_of_the_fields_that_it_logs(real: Callable[[str], Catalog]) -> None:
    log, raw = logged(real("history")), raw_changes(real("history"))
    split = ("extra", "reasoning")  # one field each in the view, a field for every leaf in the transitions
    log = Counter({row: count for row, count in log.items() if row[0] != RENAMED and row[3] not in split})
    fields = {field for _, _, _, field in log}
    assert len(fields) > 20
    assert log == Counter({row: n for row, n in raw.items() if row[3] in fields and row[0] != RENAMED})
