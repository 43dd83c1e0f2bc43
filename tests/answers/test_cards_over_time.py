"""What a workload costs over time is what it costs at each time, whoever spoke of a model when."""

from __future__ import annotations

import gzip
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from catalogue import Catalogue
from conftest import real_captures
from hypothesis import example, given, settings
from hypothesis import strategies as st
from listings import Said, at, listing
from no_doubt import NEVER_IN_DOUBT

from catalog import Catalog
from catalog.instants import instant_in_name
from catalog.runs.ingest import Incoming
from scrapers.document import Document

WORK = {"input_tokens": "2M", "output_tokens": "400K"}
LISTS = "https://openrouter.ai/api/v1/models?output_modalities="
Captures = list[tuple[int, str, dict[str, str]]]
"""The hour and the list of each capture, and the prices of a prompt in it."""


def costs(frame: pd.DataFrame) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return {
        (row.model, row.provider, row.tag): (row.state, row.cost_usd, row.cost_usd_low, row.reason)
        for row in plain.itertuples()
    }


def assert_each_time_is_as_alone(catalog: Catalog, times: list[Any], known_at: Any = None) -> None:
    series = catalog.workload_cost_series(WORK, times, known_at=known_at)
    for time in times:
        of_then = series[series["day"] == pd.to_datetime(time, utc=True)]
        alone = costs(catalog.workload_cost(WORK, as_of=time, known_at=known_at))
        assert costs(of_then) == alone, time


def kept(folder: str, captures: Captures) -> str:
    """The database of a catalogue that took the captures."""
    db = f"{folder}/catalog.db"
    with Catalogue(db, Path(folder) / "raw", limits=NEVER_IN_DOUBT) as one:
        for hour, which, amounts in captures:
            prices = {name: Said(prices={"prompt": usd, "completion": usd}) for name, usd in amounts.items()}
            one.ingest.take(Incoming(Document(listing(prices), url=LISTS + which), at(hour)))
        one.ingest.finish()
    return db


def hours_of(captures: Captures) -> list[int]:
    """Those of the captures, and one before or with the first and after the last: between them nothing changes."""
    return sorted({0, 13, *(hour for hour, _, _ in captures)})


A, B = "lab/one", "lab/two"
LEFT_OFF: Captures = [(0, "text", {A: "0.000001"}), (1, "all", {A: "0.000001"}), (2, "all", {A: "0.000003"})]
"""One list was asked until the other was."""

BACK_AGAIN: Captures = [*LEFT_OFF, (3, "text", {A: "0.000002", B: "0.000001"}), (4, "all", {B: "0.000003"})]

captures = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.sampled_from(("all", "text", "all&category=programming")),
        st.dictionaries(st.sampled_from((A, B)), st.sampled_from(("0", "0.000001", "0.000002", "-1")), min_size=1),
    ),
    min_size=2,
    max_size=7,
    unique_by=lambda one: one[:2],
)


@settings(max_examples=9, deadline=None)
@example(LEFT_OFF)
@example(BACK_AGAIN)
@given(captures)
def test_of_several_lists_the_one_heard_last_is_priced_at_every_time(captures: Captures) -> None:
    with tempfile.TemporaryDirectory() as folder, Catalog(kept(folder, captures)) as catalog:
        assert_each_time_is_as_alone(catalog, [at(hour) for hour in hours_of(captures)])


@settings(max_examples=9, deadline=None)
@example(BACK_AGAIN)
@given(captures)
def test_only_what_is_there_has_a_price_and_the_list_heard_last_says_which(captures: Captures) -> None:
    with tempfile.TemporaryDirectory() as folder, Catalog(kept(folder, captures)) as catalog:
        for hour in hours_of(captures):
            priced, there = catalog.prices(as_of=at(hour)), catalog.models(as_of=at(hour))
            assert set(priced["model"]) <= set(there.index), hour
            now = priced.loc[priced["component"] == "prompt"].set_index("model")["usd"]
            assert now.dropna().to_dict() == there["prompt_usd"].dropna().to_dict(), hour


def test_usage_is_priced_by_the_list_that_is_still_asked(tmp_path: Path) -> None:
    usage = f"date,model,input_tokens,output_tokens\n{at(9):%Y-%m-%d},{A},1000000,0\n"
    with Catalog(kept(str(tmp_path), LEFT_OFF)) as catalog:
        priced = catalog.price_usage(io.StringIO(usage))
    assert [str(cost) for cost in priced.priced["cost_usd"]] == ["3"]
    assert priced.unpriced.empty


def test_each_day_of_the_sample_is_priced_by_the_source_that_is_believed_then(sample: Catalog) -> None:
    assert_each_time_is_as_alone(sample, ["2026-05-20", "2026-07-14", "2026-07-20"])


@pytest.mark.reality
def test_real_lists_of_two_kinds_contradict_each_other_on_no_day(
    new_catalogue: Callable[[], Catalogue], shared: Path
) -> None:
    kept = new_catalogue()
    for folder in ("history", "history_all_modalities"):
        for file in real_captures(shared, folder)[-1::-9]:
            when = instant_in_name(file.name)
            assert when is not None
            kept.ingest.take(Incoming(Document(gzip.decompress(file.read_bytes()), name=file.name), when))
    kept.ingest.finish()
    with Catalog(kept.db) as catalog:
        assert_each_time_is_as_alone(catalog, ["2026-07-20", "2026-08-10"])
        series = catalog.workload_cost_series(WORK, ["2026-06-09", "2026-07-20", "2026-08-10"])
        assert not series["reason"].astype(str).str.contains("two different prices").any()
