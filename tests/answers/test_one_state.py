"""Whatever a command puts together from several questions is of one state, though a job stores captures meanwhile."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from called_program import Call
from catalogue import Catalogue
from listings import Said, at, listing
from sqlalchemy import Connection, Engine, event
from test_commands import ROWS

from catalog import Catalog
from catalog.cli.whole_model import everything

ONE, TWO = "lab/one", "lab/two"


@pytest.fixture
def busy(both: Catalogue) -> Iterator[Catalogue]:
    """A catalogue in which a job stores another capture after every statement of a reader.

    Each makes both models dearer and both of their contexts larger.
    """
    hours = iter(range(1, 10_000))

    def store_another() -> None:
        hour = next(hours)
        prices = {"prompt": f"0.{hour:06}", "completion": f"0.{hour:06}"}
        said = Said(prices=prices, context=hour * 1_000)
        both.take(at(hour), listing({ONE: said, TWO: said}))

    def after_a_statement(connection: Connection, *_: Any) -> None:
        if connection.engine.url == both.engine.url and connection.engine is not both.engine:
            store_another()

    store_another()
    event.listen(Engine, "after_cursor_execute", after_a_statement)
    yield both
    event.remove(Engine, "after_cursor_execute", after_a_statement)


def test_what_is_shown_of_a_model_is_of_one_state(busy: Catalogue) -> None:
    with Catalog(busy.db) as catalog:
        shown = everything(catalog, ONE)
    prompt = shown.prices[shown.prices["component"] == "prompt"]["usd"].item()
    assert shown.facts["prompt_usd"] == prompt
    assert shown.facts["context_tokens"] == int(prompt) * 1_000


def test_models_side_by_side_are_of_one_state(busy: Catalogue) -> None:
    with Catalog(busy.db) as catalog:
        compared = catalog.compare([ONE, TWO])
    for model in (ONE, TWO):
        assert compared.loc["context_tokens", model] == int(compared.loc["price.prompt", model]) * 1_000


def test_the_frames_of_a_comparison_are_of_one_state(busy: Catalogue) -> None:
    with Catalog(busy.db) as catalog:
        frames = catalog.frames()
    prompt = frames.prices[frames.prices["component"] == "prompt"].set_index("model")["usd"]
    assert (frames.models["prompt_usd"] == prompt).all()


def test_questions_in_a_snapshot_are_of_one_state_and_those_after_it_of_the_next(busy: Catalogue) -> None:
    with Catalog(busy.db) as catalog:
        with catalog.snapshot():
            first = catalog.models()["prompt_usd"]
            with catalog.snapshot():
                assert catalog.models()["prompt_usd"].equals(first)
            usd = catalog.prices(ONE, where="component = prompt")["usd"].item()
            assert Decimal(usd) == first[ONE]
        assert catalog.models()["prompt_usd"][ONE] > first[ONE]


def test_an_export_in_a_snapshot_is_of_its_state(busy: Catalogue, tmp_path: Path) -> None:
    with Catalog(busy.db) as catalog, catalog.snapshot():
        usd = catalog.prices(ONE, where="component = prompt")["usd"].item()
        (file,) = catalog.export(tmp_path / "out", tables=["prices"])
    with file.path.open(encoding="utf-8") as lines:
        exported = [
            row["usd"] for row in csv.DictReader(lines) if (row["model_id"], row["component"]) == (ONE, "prompt")
        ]
    assert [Decimal(amount) for amount in exported] == [usd]


def test_a_snapshot_is_that_of_its_thread(busy: Catalogue) -> None:
    with Catalog(busy.db) as catalog, catalog.snapshot():
        held = catalog.models()["prompt_usd"][ONE]
        seen: list[Decimal] = []
        other = threading.Thread(target=lambda: seen.append(catalog.models()["prompt_usd"][ONE]))
        other.start()
        other.join()
        assert seen[0] > held == catalog.models()["prompt_usd"][ONE]


@pytest.mark.parametrize("words", [*ROWS, ("report", "site"), ("export", "out")], ids=" ".join)
def test_a_command_reads_in_one_transaction(on_sample: Call, words: tuple[str, ...]) -> None:
    """One more looks at the schema before."""
    began: list[object] = []

    def count(connection: Connection) -> None:
        began.append(connection)

    event.listen(Engine, "begin", count)
    try:
        assert on_sample(*words).code == 0
    finally:
        event.remove(Engine, "begin", count)
    assert len(began) <= 2


def test_usage_is_priced_in_one_transaction(on_sample: Call, tmp_path: Path) -> None:
    file = tmp_path / "usage.csv"
    file.write_text("date,model,input_tokens,output_tokens\n2026-05-01,google/gemini-2.5-pro,1000,1000\n")
    test_a_command_reads_in_one_transaction(on_sample, ("cost", "--usage", str(file)))
