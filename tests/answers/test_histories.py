"""Histories as they stood at a time, values as they were stated, and words that nothing is called by."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from catalogue import Catalogue
from listings import Said, at, listing

from catalog import Catalog
from catalog.errors import UsageError
from catalog.judging.guard import LIMITS

STANDARD = "google/gemma-3-27b-it"
MOVED = "2026-04-22T03:30:26Z"
"""The capture since which the standard model's prompt costs 0.08."""


def test_whole_numbers_stay_whole_where_a_source_is_silent(catalog: Catalog) -> None:
    models = list(catalog.models().index)
    for field in ("max_output_tokens", "context_tokens", "parameter_count"):
        values = catalog.history(models, field=field)["value"].dropna()
        assert len(values)
        assert values.str.fullmatch(r"\d+").all(), field


def test_the_history_of_a_price_has_its_conditional_tiers(catalog: Catalog) -> None:
    """Those by the length of the prompt, which the list states since July 2026."""
    model = "google/gemini-3.1-pro-preview"
    told = catalog.history(model, field="prompt")
    tier = 'price.prompt if {"min_prompt_tokens":200000}'
    assert list(zip(told["field"], told["value"], strict=True)) == [("price.prompt", "2"), (tier, "4")]
    assert set(catalog.history(model, field="price.prompt")["field"]) == {"price.prompt", tier}
    for name in (tier, tier.removeprefix("price.")):
        assert list(catalog.history(model, field=name)["field"]) == [tier]


def test_the_conditions_of_the_change_log_are_the_conditional_prices(catalog: Catalog) -> None:
    history = catalog.history("google/gemini-3.1-pro-preview", field="price.conditions")
    every = catalog.history("google/gemini-3.1-pro-preview")
    assert not history.empty
    assert set(history["field"]) == {field for field in every["field"] if " if " in field}


def test_a_score_that_is_a_whole_number_is_told_as_one(catalog: Catalog) -> None:
    elo = catalog.history("google/gemini-2.5-pro", field="design_arena.models.website")
    assert set(elo["unit"]) == {"elo"}
    assert elo["value"].str.fullmatch(r"\d+").all()
    assert set(catalog.history("deepseek/deepseek-v4-flash", field="Coding")["value"]) == {"88.0", "96.0"}


def test_the_history_of_a_score_tells_its_runs_apart(catalog: Catalog) -> None:
    model = "deepseek/deepseek-v4-flash"
    runs = {"score.Coding (reasoning, Zero-shot)": "96.0", "score.Coding (no reasoning, Zero-shot)": "88.0"}
    for name in ("Coding", "score.Coding"):
        told = catalog.history(model, field=name)
        assert dict(zip(told["field"], told["value"], strict=True)) == runs
    for name, value in runs.items():
        assert catalog.history(model, field=name)["value"].tolist() == [value]


def test_truths_are_true_or_false(catalog: Catalog) -> None:
    assert set(catalog.history(STANDARD, field="is_moderated")["value"].dropna()) <= {"true", "false"}
    assert set(catalog.history(STANDARD, field="context_is_rounded")["value"].dropna()) == {"true", "false"}


def test_a_history_as_of_a_time_ends_there_and_what_held_then_is_open(catalog: Catalog) -> None:
    whole = catalog.history(STANDARD, field="prompt")
    before = catalog.history(STANDARD, field="prompt", as_of="2026-04-21")
    assert list(before["value"]) == list(whole["value"][:3])
    assert list(before["valid_to"].isna()) == [False, False, True]
    assert before.index.equals(pd.RangeIndex(3, name="change"))
    assert list(catalog.history(STANDARD, field="prompt", as_of=MOVED)["value"]) == list(whole["value"])
    assert catalog.history(STANDARD, field="prompt", as_of="2020-01-01").empty


def test_the_history_of_prices_as_of_a_time_has_open_exactly_the_prices_of_that_time(catalog: Catalog) -> None:
    for day in ("2025-12-01", MOVED, "2026-05-20", "2026-07-14"):
        history = catalog.price_history(STANDARD, as_of=day)
        still = history[history["valid_to"].isna() & history["effective_from"].isna()]
        now = catalog.prices(STANDARD, as_of=day, all_sources=True)
        now = now[now["effective_from"].isna()]
        columns = ["source", "component", "usd", "valid_from"]
        assert sorted(still[columns].values.tolist()) == sorted(now[columns].values.tolist())


def test_a_history_as_believed_has_at_each_moment_the_prices_that_are_the_answer_then(catalog: Catalog) -> None:
    """A page states a price of this model too, and goes on stating it beside the list that is believed."""
    model = "deepseek/deepseek-v4-flash"
    history = catalog.price_history(model, as_believed=True)
    columns = ["source", "scope", "component", "usd"]
    for day in ("2026-05-20", "2026-06-10", "2026-07-01", "2026-07-20"):
        at = pd.Timestamp(day, tz="UTC") + pd.Timedelta(days=1, microseconds=-1)
        stands = (history["valid_from"] <= at) & ~(history["valid_to"] <= at)
        answer = catalog.prices(model, as_of=day)
        assert sorted(map(repr, history[stands][columns].values.tolist())) == sorted(
            map(repr, answer[columns].values.tolist())
        )


def test_no_model_at_all_has_no_history(catalog: Catalog) -> None:
    assert catalog.history([]).empty
    assert len(catalog.history(None))


def test_changes_until_an_instant_are_those_before_it_and_until_a_date_those_of_its_day(catalog: Catalog) -> None:
    def moves(**when: str) -> int:
        return len(catalog.changes(models=STANDARD, kinds="price", since="2026-04-22", **when))

    assert moves(until=MOVED) == 0
    assert moves(until="2026-04-22T03:30:26.000001Z") == moves(until="2026-04-22") == moves(as_of=MOVED) > 0
    assert moves(as_of="2026-04-22T03:30:25Z") == 0


def test_changes_of_what_there_is_not_are_refused_with_what_there_is(catalog: Catalog) -> None:
    with pytest.raises(UsageError, match=r"no source 'openruter_models'; there are openrouter_models"):
        catalog.changes(source="openruter_models")
    with pytest.raises(UsageError, match=r"no author 'gogle'; .* google"):
        catalog.changes(author="gogle")
    with pytest.raises(UsageError, match=r"no kind of transition 'price'; there are .*changed"):
        catalog.changes(raw=True, kinds=["price"])
    with pytest.raises(UsageError, match="run backward"):
        catalog.changes(since="2026-06-01", until="2026-05-01")


def test_the_changes_of_an_author_are_all_that_bore_the_name_in_id_or_slug(both: Catalogue) -> None:
    """Once `reka/reka-edge`, with a slug of `rekaai`, became `rekaai/reka-edge`; some ids keep another lab's name."""
    dear = {"prompt": "0.000009", "completion": "0.000002"}
    both.take(at(0), listing({"lab/other": Said(), "old/one": Said(slug="new/one-26")}))
    both.take(at(24), listing({"lab/other": Said(), "old/one": Said(dear, slug="new/one-26")}))
    both.take(at(48), listing({"lab/other": Said(), "new/one": Said(dear, slug="new/one-26")}))
    both.take(at(72), listing({"lab/other": Said(), "new/one": Said(dear, slug="new/one-26")}))
    with Catalog(both.db) as catalog:
        moved, went, came = ["old/one", "changed"], ["old/one", "removed"], ["new/one", "added"]
        told = {name: catalog.changes(author=name, raw=True)[["model_id", "kind"]] for name in ("old", "new")}
        assert told["old"].values.tolist() == [moved, went]
        assert told["new"].values.tolist() == [moved, came, went]
        assert catalog.changes(author="old", models="new/one", raw=True)["model_id"].unique().tolist() == []
        assert list(catalog.changes(author="old")["kind"]) == ["price"]
        with pytest.raises(UsageError, match="no author 'nobody'; there are "):
            catalog.changes(author="nobody")


def test_the_changes_of_an_id_that_nobody_bears_now_are_those_of_all_who_bore_it(both: Catalogue) -> None:
    first, second = Said(slug="lab/first"), Said(slug="lab/second")
    both.take(at(0), listing({"lab/id": first}))
    both.take(at(24), listing({"lab/id": replace(first, context=64_000)}))
    both.take(at(48), listing({"lab/one": replace(first, context=64_000), "lab/id": second}))
    both.take(at(72), listing({"lab/one": replace(first, context=64_000), "lab/two": second}))
    with Catalog(both.db) as catalog:
        told = catalog.changes(models="lab/id", raw=True)
    contexts = told[(told["model_id"] == "lab/id") & (told["field"] == "context_tokens")]
    assert list(contexts["observed_at"]) == [at(24), at(48)]


def test_a_removed_model_has_its_slug_though_a_capture_that_is_held_by_now_knew_only_its_id(both: Catalogue) -> None:
    names = {f"lab/model-{number}": Said() for number in range(12)}
    few = dict(list(names.items())[:4])
    both.limits = LIMITS
    both.reopen()
    both.take(at(72), listing(names))
    both.take(at(48), listing(few, states_slugs=False))
    both.take(at(0), listing(names))
    both.take(at(24), listing({name: said for name, said in names.items() if name != "lab/model-0"}))
    assert both.verdicts == ["accepted", "accepted", "held", "accepted"]
    with Catalog(both.db) as catalog:
        told = catalog.changes(raw=True, kinds="removed")
    assert told[["model_id", "canonical_slug"]].values.tolist() == [["lab/model-0", "lab/model-0"]]


def test_a_window_tells_a_removed_id_of_the_model_that_bore_it_and_not_of_who_bears_it_later(both: Catalogue) -> None:
    both.take(at(0), listing({"lab/other": Said(), "lab/id": Said(slug="lab/first")}))
    both.take(at(24), listing({"lab/other": Said()}))
    both.take(at(48), listing({"lab/other": Said()}))
    both.take(at(72), listing({"lab/other": Said(), "lab/id": Said(slug="lab/second")}))
    with Catalog(both.db) as catalog:
        told = catalog.changes(raw=True, until=at(48))
    assert told[["kind", "canonical_slug"]].values.tolist() == [["removed", "lab/first"]]


def test_what_is_no_time_is_refused(catalog: Catalog) -> None:
    for nonsense in ("2026-05", "yesterday", "", 5, "0001-01-01T00:00+14:00"):
        with pytest.raises(UsageError, match="not a time"):
            catalog.models(as_of=nonsense)  # type: ignore[arg-type]


def test_what_was_said_of_an_id_before_slugs_were_stated_stays_with_the_model_that_it_was_pointed_to(
    both: Catalogue,
) -> None:
    """The id is pointed to another model later, whose history begins there."""
    dear = {"prompt": "0.000009", "completion": "0.000009"}
    others = {f"other/m{number}": Said() for number in range(3)}
    both.take(at(72), listing(others | {"lab/id": Said(slug="lab/second", prices=dear)}))
    both.take(at(24), listing(others | {"lab/id": Said(slug="lab/first")}))
    both.take(at(0), listing(others | {"lab/id": Said()}, states_slugs=False))
    with Catalog(both.db) as catalog:
        told = {
            slug: catalog.history(slug, field="prompt")[["value", "valid_from"]].to_numpy().tolist()
            for slug in ("lab/first", "lab/second")
        }
        assert catalog.resolve("lab/id", as_of=at(0)).canonical_slug == "lab/first"
    assert told == {"lab/first": [["1", at(0)]], "lab/second": [["9", at(72)]]}


def test_two_records_of_one_listing_are_two_models_in_any_order(both: Catalogue) -> None:
    """One states no slug, and bears the id that the other's model had before."""
    pear, dear = Said(slug="lab/pear"), Said(prices={"prompt": "0.000009", "completion": "0.000009"})
    beside = listing({"lab/id": dear, "lab/new": pear}).replace(
        b'"canonical_slug": "lab/id"', b'"canonical_slug": null'
    )
    both.take(at(24), beside)
    both.take(at(48), beside)
    both.take(at(0), listing({"lab/id": pear}))
    with Catalog(both.db) as catalog:
        for hour in (24, 48):
            there = catalog.models(as_of=at(hour), columns=["prompt_usd", "canonical_slug"])
            assert {key: str(row.prompt_usd) for key, row in there.iterrows()} == {"lab/id": "9", "lab/new": "1"}
        assert list(catalog.history("lab/pear", field="prompt")["value"]) == ["1"]


def test_a_value_that_stays_is_one_row_though_the_listing_began_to_state_permanent_slugs(both: Catalogue) -> None:
    names = {f"lab{number}/model": Said() for number in range(8)}
    for hour, states_slugs in ((0, False), (24, True)):
        both.take(at(hour), listing(names, states_slugs=states_slugs))
    dearer = Said(prices={"prompt": "0.000004", "completion": "0.000002"})
    both.take(at(48), listing(names | {"lab1/model": dearer}))
    with Catalog(both.db) as catalog:
        prompt = catalog.history("lab1/model", field="prompt")
        assert list(prompt["value"]) == ["1", "4"]
        assert list(prompt["valid_from"]) == [at(0), at(48)]
        context = catalog.history("lab1/model", field="context_tokens")
        assert list(context["value"]) == ["128000"]
        assert context["valid_to"].isna().all()


@pytest.mark.parametrize("hours", [(0, 24), (24, 0)])
def test_no_model_is_missing_where_the_listing_begins_to_state_permanent_slugs(
    both: Catalogue, hours: tuple[int, ...]
) -> None:
    """The capture that does is the only one so far to lack the keys of before, in whatever order the two are told."""
    names = {f"lab/{name}": Said(slug=f"lab/{name}-26") for name in ("one", "two")}
    for hour in hours:
        both.take(at(hour), listing(names, states_slugs=hour > 0))
    with Catalog(both.db) as catalog:
        assert catalog.models()["missing_since"].isna().all()
        assert list(catalog.models()["canonical_slug"]) == ["lab/one-26", "lab/two-26"]
    assert both.ask("SELECT canonical_slug, missing_since FROM model_now ORDER BY model_id") == [
        ("lab/one-26", None),
        ("lab/two-26", None),
    ]


def test_a_model_that_went_and_came_back_as_it_was_changed_no_fact(both: Catalogue) -> None:
    here, gone = Said(), {"lab/other": Said()}
    for hour, context in ((0, 8_000), (24, None), (48, None), (72, 8_000), (96, 9_000)):
        both.take(at(hour), listing(gone if context is None else gone | {"lab/one": replace(here, context=context)}))
    with Catalog(both.db) as catalog:
        history = catalog.history("lab/one")
        told = history[~history["field"].str.startswith("price.")]
        assert set(told["field"]) == {"context_tokens"}
        assert told["value"].tolist() == ["8000", "8000", "9000"]
        assert catalog.history("lab/one", field="name")["value"].tolist() == ["Lab: One"] * 2
        assert catalog.history("lab/one", field="expires_on").empty
