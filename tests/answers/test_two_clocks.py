"""Q06: what was true at T as far as anybody had told by K, on random histories and at every boundary of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import answer_reference as reference
import pandas as pd
import pytest
from answer_reference import Told
from catalogue import Catalogue
from hypothesis import example, given, settings
from hypothesis import strategies as st
from listings import Said, at, listing
from measured import assert_measured_alone_as_among_everything
from no_doubt import NEVER_IN_DOUBT

from catalog import Catalog
from catalog.cli.whole_model import everything

MODELS = ["lab/one", "lab/one:free", "lab/two", "other/three"]
MICROSECOND = timedelta(microseconds=1)
KNOWN = at(1000)


saids = st.builds(
    Said,
    prices=st.dictionaries(
        st.sampled_from(["prompt", "completion", "request"]),
        st.sampled_from(["0", "0.000001", "0.0000015", "-1"]),
        min_size=1,
    ),
    context=st.sampled_from([8_000, 128_000]),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Told]:
    """Listings at different hours, told at once or later, handed in in any order."""
    hours = sorted(draw(st.sets(st.integers(0, 30), min_size=1, max_size=5)))
    listings = st.dictionaries(st.sampled_from(MODELS), saids, min_size=1)
    told = [Told(at(hour), KNOWN + timedelta(hours=draw(st.integers(0, 4))), draw(listings)) for hour in hours]
    return draw(st.permutations(told))


@contextmanager
def asked(history: list[Told]) -> Iterator[Catalog]:
    """A catalogue that was told this, opened for questions."""
    with tempfile.TemporaryDirectory() as folder:
        with Catalogue(f"{folder}/catalog.db", Path(folder) / "raw", limits=NEVER_IN_DOUBT) as catalogue:
            for one in history:
                outcome = catalogue.take(one.observed_at, listing(one.models), known_at=one.known_at)
                assert outcome.verdict == "accepted", outcome
        with Catalog(f"{folder}/catalog.db") as catalog:
            yield catalog


def moments(times: list[datetime]) -> list[datetime]:
    """Before the first, on each, just before and after it, and long after the last."""
    edges = {time + step for time in times for step in (-MICROSECOND, timedelta(0), MICROSECOND)}
    return sorted({min(times) - timedelta(days=9), *edges, max(times) + timedelta(days=9)})


def prices_of(catalog: Catalog, as_of: datetime, known_at: datetime) -> dict[tuple[str, str], Any]:
    frame = catalog.prices(as_of=as_of, known_at=known_at)
    assert frame.index.is_unique
    return {(row.model_id, row.component): (row.state, row.usd) for row in frame.itertuples(index=False)}


def models_of(catalog: Catalog, as_of: datetime, known_at: datetime) -> dict[str, Any]:
    frame = catalog.models(as_of=as_of, known_at=known_at)
    return {
        row.model_id: (
            row.context_tokens,
            row.first_seen,
            None if pd.isna(row.missing_since) else row.missing_since.to_pydatetime(),
        )
        for row in frame.itertuples(index=False)
    }


GONE_ONLY_FOR_THOSE_WHO_KNEW = [
    Told(at(0), KNOWN, {"lab/one": Said(), "lab/two": Said()}),
    Told(at(3), KNOWN + timedelta(hours=4), {"lab/two": Said()}),
    Told(at(10), KNOWN, {"lab/two": Said()}),
]
CAME_ONLY_FOR_THOSE_WHO_KNEW = [
    Told(at(0), KNOWN, {"lab/two": Said()}),
    Told(at(5), KNOWN + timedelta(hours=4), {"lab/one": Said(), "lab/two": Said()}),
    Told(at(10), KNOWN, {"lab/two": Said()}),
]

GONE_AFTER_SIX_HOURS_TO_THE_MICROSECOND = [
    Told(at(0), KNOWN, {"lab/one": Said(), "lab/two": Said()}),
    Told(at(3), KNOWN, {"lab/two": Said()}),
    Told(at(9), KNOWN, {"lab/two": Said()}),
]


def agree(catalog: Catalog, history: list[Told], as_of: datetime, known_at: datetime) -> None:
    where = (as_of, known_at)
    assert prices_of(catalog, *where) == reference.prices_at(history, *where), where
    assert models_of(catalog, *where) == reference.models_at(history, *where), where


@pytest.mark.parametrize(
    "history",
    [GONE_ONLY_FOR_THOSE_WHO_KNEW, CAME_ONLY_FOR_THOSE_WHO_KNEW, GONE_AFTER_SIX_HOURS_TO_THE_MICROSECOND],
)
def test_q06_every_boundary_of_a_history_that_some_heard_late(history: list[Told]) -> None:
    with asked(history) as catalog:
        for known_at in {one.known_at for one in history}:
            for as_of in moments([one.observed_at for one in history]):
                agree(catalog, history, as_of, known_at)


def test_q06_no_capture_that_had_not_arrived_begins_or_ends_what_a_price_was_known_to_be() -> None:
    """A table that is cited with both clocks stays as it is, whatever is captured later or added behind it."""
    later = KNOWN + timedelta(hours=1)
    history = [
        Told(at(hour), known_at, {"lab/one": Said(prices={"prompt": f"0.00000{price}"})})
        for hour, price, known_at in (
            (0, 1, KNOWN), (20, 2, KNOWN), (40, 1, later), (60, 2, KNOWN), (80, 2, later), (90, 3, later),
            (-10, 1, later), (10, 2, later),
        )
    ]  # fmt: skip
    with asked(history) as catalog:
        for hour, known_at, since, until in (
            (5, KNOWN, 0, 20), (5, later, -10, 10),
            (70, KNOWN, 20, None), (70, later, 60, 90),
        ):  # fmt: skip
            price = catalog.prices("lab/one", as_of=at(hour), known_at=known_at)
            assert list(price["valid_from"]) == [at(since)]
            assert list(price["valid_to"].dropna()) == ([] if until is None else [at(until)])
        everybody = catalog.prices(as_of=at(70), known_at=KNOWN, columns=["valid_from", "usd"])
        assert everybody.values.tolist() == [[at(20), 2]]


@settings(max_examples=10, deadline=None)
@given(histories(), st.data())
def test_q06_the_state_at_any_time_as_known_at_any_time_is_that_of_the_last_listing_told(
    history: list[Told], data: st.DataObject
) -> None:
    times, told = (moments([getattr(one, name) for one in history]) for name in ("observed_at", "known_at"))
    with asked(history) as catalog:
        for _ in range(5):
            as_of, known_at = data.draw(st.sampled_from(times)), data.draw(st.sampled_from(told))
            agree(catalog, history, as_of, known_at)
        assert_measured_alone_as_among_everything(catalog, as_of=as_of, known_at=known_at)


def price_rows(catalog: Catalog, known_at: datetime) -> list[tuple[Any, ...]]:
    frame = catalog.price_history(known_at=known_at)
    ends = [None if pd.isna(end) else end for end in frame["valid_to"]]
    named = zip(*(frame[name] for name in ("model_id", "component", "state", "usd", "valid_from")), ends, strict=True)
    return list(named)


@settings(max_examples=10, deadline=None)
@example(GONE_ONLY_FOR_THOSE_WHO_KNEW)
@given(histories())
def test_the_history_of_prices_is_the_run_lengths_of_what_had_been_told(history: list[Told]) -> None:
    with asked(history) as catalog:
        for known_at in {one.known_at for one in history}:
            found = price_rows(catalog, known_at)
            assert set(found) == reference.price_runs(history, known_at), known_at
            assert len(set(found)) == len(found)


BROKEN = Said(broken="price")
LATE_BEHIND_A_RECORD_SET_ASIDE = [
    Told(at(0), KNOWN, {"lab/one": Said(), "lab/two": Said()}),
    Told(at(5), KNOWN + timedelta(hours=4), {"lab/one": Said({"prompt": "0.000009"}), "lab/two": Said()}),
    Told(at(10), KNOWN, {"lab/one": BROKEN, "lab/two": Said()}),
    Told(at(20), KNOWN, {"lab/one": BROKEN, "lab/two": Said()}),
]
"""The late one speaks of the first model through both that came before it."""
GONE_BEHIND_A_RECORD_SET_ASIDE = [
    LATE_BEHIND_A_RECORD_SET_ASIDE[0],
    Told(at(5), KNOWN + timedelta(hours=4), {"lab/two": Said()}),
    *LATE_BEHIND_A_RECORD_SET_ASIDE[2:],
]


@st.composite
def broken_histories(draw: st.DrawFn) -> list[Told]:
    """Histories in some of whose listings a record cannot be taken, or not even be told whose it is."""
    found = []
    for told in draw(histories()):
        broken = draw(st.dictionaries(st.sampled_from(MODELS), st.sampled_from(["price", "id"]), max_size=2))
        models = dict(told.models) | {name: Said(broken=how) for name, how in broken.items()}
        found.append(told._replace(models=models if broken.keys() < models.keys() else told.models))
    return found


def told_of(catalog: Catalog, **when: Any) -> dict[str, Any]:
    """What a catalogue answers to plain questions, without what only the order of arrival decides."""
    prices, models = catalog.prices(**when), catalog.models(**when)
    return {
        "prices": sorted(map(str, prices[["model_id", "component", "usd", "state"]].itertuples(index=False))),
        "models": sorted(map(str, models[["context_tokens", "first_seen", "missing_since"]].itertuples())),
        "history": sorted(
            (row.model_id, row.component, str(row.usd), row.valid_from)
            for row in catalog.price_history(**when).itertuples(index=False)
        ),
    }


def raw_log(catalog: Catalog, **when: Any) -> list[str]:
    raw = catalog.changes(raw=True, **when)
    columns = ["observed_at", "model_id", "kind", "field", "old", "new", "previous_at"]
    return sorted(map(str, raw[columns].itertuples(index=False)))


@settings(max_examples=2, deadline=None)
@example(LATE_BEHIND_A_RECORD_SET_ASIDE)
@example(GONE_BEHIND_A_RECORD_SET_ASIDE)
@given(broken_histories())
def test_what_was_known_is_what_a_catalogue_says_that_was_told_no_more(history: list[Told]) -> None:
    """Of whom a record is set aside the listing before tells, be it one that came later: then not yet."""
    with asked(history) as catalog:
        for known_at in {one.known_at for one in history} - {max(one.known_at for one in history)}:
            told = [one for one in history if one.known_at <= known_at]
            with asked(told) as then:
                latest = max(one.observed_at for one in told)
                assert raw_log(catalog, known_at=known_at) == raw_log(then), known_at
                assert told_of(catalog, known_at=known_at) == told_of(then), known_at
                for as_of in {one.observed_at for one in history if one.observed_at <= latest}:
                    when = {"as_of": as_of, "known_at": known_at}
                    assert told_of(catalog, **when) == told_of(then, as_of=as_of), when


def test_a_model_is_meant_under_the_id_that_it_was_known_by(new_catalogue: Callable[[], Catalogue]) -> None:
    """It got another id in a capture that was not yet told."""
    one, slug, dearer = (
        new_catalogue(),
        "lab/model-20260101",
        Said(prices={"prompt": "0.00001", "completion": "0.00001"}),
    )
    for days, model in enumerate(("lab/preview", "lab/model")):
        told = {model: Said(slug=slug), "lab/dear": dearer, "lab/dearer": dearer}
        one.take(at(24 * days), listing(told), known_at=KNOWN + timedelta(days=days))
    with Catalog(one.db) as catalog:
        before = KNOWN + timedelta(hours=1)
        for known_at, key in ((before, "lab/preview"), (None, "lab/model")):
            shown = everything(catalog, slug, known_at=known_at)
            assert (shown.facts["model_id"], shown.facts["prompt_usd"]) == (key, 1)
            assert list(catalog.alternatives("lab/dear", known_at=known_at)["model"]) == [key]
            assert catalog.alternatives(slug, known_at=known_at).empty
