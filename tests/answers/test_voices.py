"""Several voices of a model: who is there, who is believed, and what each said when it was last heard."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from catalogue import Catalogue
from hypothesis import example, given, settings
from hypothesis import strategies as st
from listings import Said, at, listing
from measured import assert_measured_alone_as_among_everything
from no_doubt import NEVER_IN_DOUBT

from catalog import Catalog
from catalog.asof import PRICES
from catalog.questions.frames import fetch, typed
from catalog.questions.voices import listed, voices_at
from catalog.runs.ingest import Incoming
from scrapers.document import Document

DAYS = ("2025-08-01", "2025-12-01", "2026-04-21", "2026-05-20", "2026-07-14")


@pytest.mark.parametrize("day", [None, *DAYS])
def test_a_measure_reads_of_several_voices_what_the_whole_frames_say(sample: Catalog, day: str | None) -> None:
    assert_measured_alone_as_among_everything(sample, as_of=day)


@pytest.mark.parametrize("day", [None, *DAYS])
def test_the_models_that_are_there_are_those_of_the_sql(sample: Catalog, day: str | None) -> None:
    assert there(sample, day) == set(sample.models(as_of=day).index)


def there(catalog: Catalog, as_of: Any) -> set[str]:
    """The models that are there, as the voices have it."""
    with catalog.answered(as_of, None) as (connection, moment, answers):
        numbers = set(listed(voices_at(answers, *moment))["resolved_id"].to_pylist())
        who = catalog._people(connection, moment, answers)
    return {who[number].key for number in numbers}


SCOPES = ("output_modalities=all", "output_modalities=text", "category=programming")
lists = st.lists(
    st.tuples(
        st.integers(0, 20),
        st.sampled_from(SCOPES),
        st.sets(st.sampled_from(["lab/one", "lab/two", "lab/three"]), min_size=1),
    ),
    min_size=2,
    max_size=7,
    unique_by=lambda one: one[:2],
)


@settings(max_examples=10, deadline=None)
@example([(0, SCOPES[1], {"lab/one", "lab/two"}), (9, SCOPES[0], {"lab/two"})])
@example([(0, SCOPES[1], {"lab/one", "lab/two"}), (0, SCOPES[0], {"lab/two"})])
@given(lists)
def test_of_several_lists_the_freshest_says_who_is_there_as_in_the_sql(said: list[tuple[int, str, set[str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with Catalogue(f"{folder}/catalog.db", Path(folder) / "raw", limits=NEVER_IN_DOUBT) as catalogue:
            for hour, scope, models in sorted(said, key=lambda one: one[:2]):
                body = listing({name: Said() for name in sorted(models)})
                url = f"https://openrouter.ai/api/v1/models?{scope}"
                catalogue.ingest.take(Incoming(Document(body, url=url), at(hour)))
            catalogue.ingest.finish()
        with Catalog(f"{folder}/catalog.db") as catalog:
            for hour, *_ in said:
                assert there(catalog, at(hour)) == set(catalog.models(as_of=at(hour)).index), hour


@pytest.mark.parametrize("day", [None, *DAYS])
def test_the_prices_of_voices_last_heard_at_different_times_are_those_of_the_sql(
    sample: Catalog, day: str | None
) -> None:
    told = sample.prices(as_of=day, all_sources=True)
    with sample.asked(day, None) as (connection, moment):
        who = sample._people(connection, moment)
        stated = fetch(connection, PRICES, moment)
    stated = typed(stated[stated["effective_from"].isna() & stated["resolved_id"].notna()].copy())
    stated["model"] = [who[int(number)].key for number in stated["resolved_id"]]
    assert cells(told) == cells(stated)
    assert cells(sample.prices(as_of=day)) == cells(stated[stated["place"] == 1])


def cells(frame: pd.DataFrame) -> Counter[tuple[str, ...]]:
    """The rows by what names them and what they cost, in any order."""
    named = ["model", "component", "provider", "tag", "usd", "unit", "state", "source", "scope"]
    return Counter(tuple("-" if pd.isna(cell) else str(cell) for cell in row) for row in frame[named].values.tolist())


def test_who_states_only_other_prices_is_told_from_who_states_none(new_catalogue: Callable[[], Catalogue]) -> None:
    one = new_catalogue()
    one.take(
        at(0), listing({"lab/one": Said(), "lab/two": Said(prices={"image": "0.01"}), "lab/three": Said(prices={})})
    )
    one.close()
    with Catalog(one.db) as catalog:
        assert catalog.rank("price").left_out["reason"].to_dict() == {
            "lab/three": "no price is stated",
            "lab/two": "no price is stated for prompt",
        }


@pytest.mark.reality
def test_a_measure_reads_of_real_captures_what_the_whole_frames_say(real: Callable[[str], Catalog]) -> None:
    for day in (None, "2025-11-20", "2026-01-15"):
        assert_measured_alone_as_among_everything(real("history"), as_of=day)
