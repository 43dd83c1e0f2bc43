"""Many rows are read through ADBC where it is there, else through the driver: the frames are the same to the bit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from catalogue import Catalogue
from listings import Said, at, listing

from catalog import Catalog
from catalog.errors import UsageError
from catalog.questions import answers
from catalog.questions.answers import AdbcAnswers, DriverAnswers
from catalog.where import WhereError

QUESTIONS: dict[str, Callable[[Catalog], pd.DataFrame]] = {
    "prices": lambda catalog: catalog.prices(),
    "prices then": lambda catalog: catalog.prices(as_of="2026-05-01"),
    "no prices": lambda catalog: catalog.prices(as_of="2001-01-01"),
    "prices of all sources": lambda catalog: catalog.prices(all_sources=True),
    "prices of some": lambda catalog: catalog.prices(list(catalog.models().index[:3])),
    "prices that a filter leaves": lambda catalog: catalog.prices(where="component = prompt and usd < 0.5"),
    "some columns": lambda catalog: catalog.prices(columns=["usd", "model"], where="provider is null"),
    "a front": lambda catalog: catalog.pareto(["price", "context"]).frame,
    "who is left out of it": lambda catalog: catalog.pareto(["price", "context"]).left_out,
    "price history": lambda catalog: catalog.price_history(),
    "price history of some": lambda catalog: catalog.price_history(list(catalog.models().index[:3])),
    "price history as known": lambda catalog: catalog.price_history(known_at="2001-01-01"),
    "a workload over time": lambda catalog: catalog.workload_cost_series(
        {"input_tokens": "2M", "cached_tokens": "50%", "output_tokens": "400K"}, ["2026-05-01", "2026-07-20"]
    ),
    "transitions": lambda catalog: catalog.changes(raw=True),
    "changes": lambda catalog: catalog.changes(),
}


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has every question read in one way, however small the file."""

    def choose(way: str) -> None:
        monkeypatch.setattr(answers, "LARGE", 0 if way == "adbc" else 2**62)

    return choose


def plain(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The cells with their types, so that 1 is not 1.0 and an exact amount is not another that equals it."""
    cells = frame.astype(object).where(frame.notna(), None)
    return [tuple((type(cell).__name__, str(cell)) for cell in row) for row in cells.itertuples()]


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_ways_give_the_same_frame(catalog: Catalog, through: Callable[[str], None], question: str) -> None:
    pytest.importorskip("adbc_driver_sqlite")
    found = {}
    for way in ("adbc", "driver"):
        through(way)
        found[way] = QUESTIONS[question](catalog)
    pd.testing.assert_frame_equal(found["adbc"], found["driver"], check_exact=True)
    assert plain(found["adbc"]) == plain(found["driver"])
    assert found["adbc"].attrs == found["driver"].attrs


@pytest.mark.reality
@pytest.mark.parametrize("question", QUESTIONS)
def test_both_ways_give_the_same_frame_of_real_captures(
    real: Callable[[str], Catalog], through: Callable[[str], None], question: str
) -> None:
    test_both_ways_give_the_same_frame(real("history"), through, question)


def test_a_large_file_is_read_through_adbc_and_a_small_one_through_the_driver(
    catalog: Catalog, through: Callable[[str], None]
) -> None:
    pytest.importorskip("adbc_driver_sqlite")
    with catalog.answered() as (_, _, reader):
        assert isinstance(reader, DriverAnswers)
    through("adbc")
    with catalog.answered() as (_, _, reader):
        assert isinstance(reader, AdbcAnswers)


def test_without_the_extra_a_large_file_is_read_through_the_driver(
    catalog: Catalog, through: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    through("adbc")
    monkeypatch.setitem(__import__("sys").modules, "adbc_driver_sqlite", None)
    with catalog.answered() as (_, _, reader):
        assert isinstance(reader, DriverAnswers)


@pytest.mark.parametrize("way", ["adbc", "driver"])
def test_what_is_odd_comes_back_as_it_was_stated(
    new_catalogue: Callable[[], Catalogue], through: Callable[[str], None], way: str
) -> None:
    pytest.importorskip("adbc_driver_sqlite")
    one = new_catalogue()
    one.take(at(0), listing({"lab/one": Said(), "lab/two": Said()}))
    one.close()
    digits = "0.100000000000000000000000000000000000000000000000000000001"
    with sqlite3.connect(one.db) as connection:  # texts and numbers that no listing would state
        connection.execute(
            "UPDATE price_version SET usd = ?, pico_usd = 9007199254740993, provider = ?, tag = NULL, unit = ''"
            " WHERE timeline_id = (SELECT min(timeline_id) FROM price_version)",
            (digits, "Ünï\N{SNOWMAN} 'x'"),
        )
        connection.execute(
            "UPDATE price_version SET pico_usd = NULL, usd = '1E+3', tag = 'NA' WHERE timeline_id ="
            " (SELECT max(timeline_id) FROM price_version)"
        )
    connection.close()
    through(way)
    with Catalog(one.db) as catalog:
        for frame in (catalog.prices(), catalog.price_history()):
            odd = frame[frame["provider"].notna()].iloc[0]
            assert (odd["provider"], odd["unit"], str(odd["usd"])) == ("Ünï\N{SNOWMAN} 'x'", "", digits)
            assert odd["pico_usd"] == 9007199254740993
            unknown = frame[frame["pico_usd"].isna()].iloc[0]
            assert (unknown["tag"], str(unknown["usd"])) == ("NA", "1E+3")
            assert {type(one) for one in frame["usd"]} == {Decimal}


def test_prices_of_whom_no_model_is_known_are_not_told_of_another(new_catalogue: Callable[[], Catalogue]) -> None:
    one = new_catalogue()
    one.take(at(0), listing({"lab/one": Said(), "lab/two": Said()}))
    one.close()
    with sqlite3.connect(one.db) as connection:
        connection.execute("UPDATE subject SET resolved_id = NULL WHERE key LIKE 'lab/one%'")
    connection.close()
    with Catalog(one.db) as catalog:
        assert set(catalog.price_history()["model"]) == set(catalog.prices()["model"]) == {"lab/two"}


FILTERS: dict[str, Callable[[pd.DataFrame], Any]] = {
    "component = prompt": lambda frame: frame["component"] == "prompt",
    "provider is not null": lambda frame: frame["provider"].notna(),
    "component in (prompt, completion) and provider is null": lambda frame: (
        frame["component"].isin(["prompt", "completion"]) & frame["provider"].isna()
    ),
    "(component = prompt or component = image) and scope != all": lambda frame: (
        frame["component"].isin(["prompt", "image"]) & (frame["scope"] != "all")
    ),
    "component = prompt or provider is null": lambda frame: (frame["component"] == "prompt") | frame["provider"].isna(),
    "not component = prompt": lambda frame: frame["component"] != "prompt",
    "component = prompt and component = image": lambda frame: frame["component"] == "",
    "usd < 1": lambda frame: (frame["pico_usd"] < 10**12).fillna(False),
    "source = benchable_page": lambda frame: frame["source"] == "benchable_page",
    "conditions is not null": lambda frame: frame["conditions"].notna(),
    "valid_from >= 2026-05-01": lambda frame: frame["valid_from"] >= pd.Timestamp("2026-05-01", tz="UTC"),
    "valid_to is null": lambda frame: frame["valid_to"].isna(),
    "state = free or unit != mtok": lambda frame: (frame["state"] == "free") | (frame["unit"] != "mtok").fillna(False),
}


@pytest.mark.parametrize("all_sources", [False, True])
@pytest.mark.parametrize("where", FILTERS)
def test_a_filter_leaves_some_of_the_prices_that_are_told_without_it(
    sample: Catalog, where: str, all_sources: bool
) -> None:
    everything = sample.prices(all_sources=all_sources)
    expected = everything[FILTERS[where](everything).astype(bool)]
    expected.index = pd.RangeIndex(len(expected), name="price")
    pd.testing.assert_frame_equal(sample.prices(where=where, all_sources=all_sources), expected)


@pytest.mark.parametrize("where", [None, "component in (prompt, image) and provider is null"])
def test_some_columns_of_prices_are_those_of_all_in_the_order_asked_for(sample: Catalog, where: str | None) -> None:
    columns = ["usd", "valid_from", "model", "conditions", "source", "pico_usd", "tag"]
    pd.testing.assert_frame_equal(sample.prices(where=where, columns=columns), sample.prices(where=where)[columns])
    assert list(sample.prices(columns="usd").columns) == ["usd"]
    with pytest.raises(UsageError, match="no such column: used; there are usd"):
        sample.prices(columns=["model", "used"])


@pytest.mark.parametrize("as_of", [None, "2026-05-01"])
def test_some_columns_of_a_history_are_those_of_all(sample: Catalog, as_of: str | None) -> None:
    columns = ["usd", "model", "component"]
    expected = sample.price_history(as_of=as_of)
    assert len(expected)
    pd.testing.assert_frame_equal(sample.price_history(as_of=as_of, columns=columns), expected[columns])
    with pytest.raises(UsageError, match="no such column: used; there are usd"):
        sample.price_history(columns=["usd", "used"])


def test_a_filter_over_what_is_no_column_of_prices_is_refused(sample: Catalog) -> None:
    with pytest.raises(WhereError, match="there is no column 'author'"):
        sample.prices(where="author = google")
