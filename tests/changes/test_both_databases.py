"""The change log of SQLite and of PostgreSQL is the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from catalog.change_log.changes import KINDS, market_changes
from catalog.change_log.transitions import transitions
from catalog.database import reading
from catalog.instants import FOREVER
from catalog.questions.frames import Moment


@pytest.mark.postgres
def test_the_change_log_is_the_same_on_both_databases(
    postgres_server: Any, kept_in: Callable[..., Any], model: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    override = {"utc_start": 100, "utc_end": 900, "prompt": "0.000003"}
    cards = [
        {"prompt": "0.000001", "completion": "0.000002", "overrides": [override]},
        {"prompt": "0.000003", "completion": "-1", "overrides": [override]},
        {"prompt": "0.000003", "completion": "0.000002", "request": "0.1"},
    ]
    facts: list[dict[str, Any]] = [
        {"expiration_date": "2026-12-01", "hugging_face_id": "a/b", "shiny": [1]},
        {"top_provider": {"context_length": 1, "max_completion_tokens": None, "is_moderated": True}},
        {"context_length": 7, "description": "Ünï – 名"},
    ]
    nights = {
        f"2026-05-0{day}": [model(pricing=card, **other), *([model("two")] if day != 2 else [])]
        for day, (card, other) in enumerate(zip(cards, facts, strict=True), start=1)
    }
    endpoint = {
        "name": "B | maker/one-20260101", "model_id": "maker/one", "provider_name": "B", "tag": "b/fp8",
        "quantization": "fp8", "context_length": 9, "max_prompt_tokens": None, "max_completion_tokens": 5,
        "supported_parameters": [], "pricing": cards[0],
    }  # fmt: skip
    served = {name: model()[name] for name in ("id", "name", "created", "description", "architecture")}
    answers = {
        "2026-05-01": {"data": {**served, "endpoints": [endpoint]}},
        "2026-05-02": {"data": {**served, "endpoints": [{**endpoint, "tag": "b/fp4", "quantization": "fp4"}]}},
    }
    with postgres_server.catalogue() as url:
        logs = []
        for database in (None, url):
            folder = tmp_path / ("sqlite" if database is None else "postgres")
            folder.mkdir()
            kept = kept_in(folder, database)
            kept.take(nights)
            kept.take(answers)
            with kept.engine.begin() as connection:  # a reading that was taken back
                connection.exec_driver_sql(
                    f"UPDATE price_version SET known_to = 5 WHERE component = 'request' AND known_to = {FOREVER}"
                )
            with reading(kept.engine) as connection:
                logs.append((transitions(connection, Moment()), market_changes(connection, Moment(), kinds=KINDS)))
            kept.engine.dispose()
    for sqlite, postgres in zip(*logs, strict=True):
        pd.testing.assert_frame_equal(sqlite, postgres)
        assert len(sqlite) > 10
    assert {"downgrade", "correction", "time_of_day", "flap"} <= set(logs[0][1]["kind"])
