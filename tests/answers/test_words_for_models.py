"""Whom a word means at a moment: an id that moves to another model, a name that another model bears from now on."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pandas as pd
import pytest
from catalogue import Catalogue
from listings import Said, at, listing

from catalog import Catalog


def endpoints(slug: str | None, prompt: str) -> bytes:
    """The answer for the endpoints of `lab/m`: one, whose name states the permanent slug, where it states any."""
    one = {"name": f"Acme | {slug}" if slug else "Acme", "provider_name": "Acme", "tag": "acme"}
    one |= {"pricing": {"prompt": prompt, "completion": "0.000002"}}
    return json.dumps({"data": {"id": "lab/m", "name": "Lab: M", "endpoints": [one]}}).encode()


def priced(prompt: str, slug: str) -> Said:
    return Said(prices={"prompt": prompt, "completion": "0.000002"}, slug=slug)


@pytest.mark.parametrize("slugs", [("lab/a-2025", "lab/b-2026"), ("lab/b-2025", "lab/a-2026")])
def test_an_id_that_was_pointed_elsewhere_means_at_once_whom_the_newest_list_says(
    new_catalogue: Callable[[], Catalogue], slugs: tuple[str, str]
) -> None:
    before, after = slugs
    one = new_catalogue()
    one.take(at(0), listing({"lab/m": priced("0.000001", before)}))
    one.take(at(24), listing({"lab/m": priced("0.000003", after)}))
    one.close()
    with Catalog(one.db) as catalog:
        for hour, slug, usd in ((0, before, 1), (24, after, 3)):
            told = catalog.prices("lab/m", as_of=at(hour))
            assert told.loc[told["component"] == "prompt", ["canonical_slug", "usd"]].values.tolist() == [[slug, usd]]
        assert catalog.models().loc["lab/m", "canonical_slug"] == after
        assert catalog.models(columns=["missing_since"]).loc[f"{before}:standard"].notna().all()


@pytest.mark.parametrize("is_late", [False, True])
def test_two_models_have_two_keys_though_the_slug_of_the_one_has_the_words_of_the_id_of_both(
    new_catalogue: Callable[[], Catalogue], is_late: bool
) -> None:
    """A free variant's id moves on from `lab/m` to `lab/m-2`, and its old permanent slug is what the id begins with."""
    answers = [(at(hour), listing({"lab/m:free": priced("0", slug)})) for hour, slug in ((0, "lab/m"), (24, "lab/m-2"))]
    one = new_catalogue()
    for time, body in reversed(answers) if is_late else answers:
        one.take(time, body)
    one.close()
    with Catalog(one.db) as catalog:
        models = catalog.models()
        assert models.index.is_unique
        assert dict(models["canonical_slug"]) == {"lab/m:free": "lab/m-2", "slug:lab/m:free": "lab/m"}
        for key, slug in models["canonical_slug"].items():
            assert set(catalog.price_history(key)["canonical_slug"]) == {slug}


def test_past_usage_of_an_id_is_priced_as_the_model_that_it_meant_on_that_day(both: Catalogue) -> None:
    """Though the model that it means today was there that day as well, under an id of its own and dearer."""
    both.take(at(0), listing({"lab/m": priced("0.000001", "lab/m-1"), "lab/beta": priced("0.000003", "lab/m-2")}))
    for hour in (24, 48, 72):
        both.take(at(hour), listing({"lab/m": priced("0.000005", "lab/m-2"), "lab/other": Said()}))
    rows = [("2026-03-01", 1), ("2026-03-01T23:59:59Z", 1), ("2026-03-02T00:00:00Z", 5), ("2026-03-03", 5)]
    usage = "".join(f"{when},{word},1000000,0\n" for when, _ in rows for word in ("lab/m", "lab/m-2"))
    usage += "2026-03-01,nobody,1,0\n2026-03-04,nobody,1,0\nthen,lab/m,1,0\n"
    with Catalog(both.db) as catalog:
        found = catalog.price_usage(io.StringIO(f"date,model,input_tokens,output_tokens\n{usage}"))
        told = found.priced["cost_usd"].tolist()
        assert told[::2] == [usd for _, usd in rows]
        assert told[1::2] == [3, 3, 5, 5]
        for when, usd in rows:
            (cost,) = catalog.workload_cost({"input_tokens": "1M"}, "lab/m", as_of=when)["cost_usd"]
            assert cost == usd
        days = [when for when, _ in rows if "T" not in when]
        series = catalog.workload_cost_series({"input_tokens": "1M"}, [*days, "2026-02-28"], "lab/m")
        assert series.sort_values("day")["cost_usd"].tolist() == [1, 5]
        assert series.index.equals(pd.RangeIndex(2, name="row"))
        assert catalog.workload_cost_series({"input_tokens": "1M"}, days, "lab/m-2")["cost_usd"].tolist() == [3, 5]
    assert [reason.partition(";")[0] for reason in found.unpriced["reason"]] == [
        *["no model 'nobody'"] * 2,
        "not a time: 'then'",
    ]


def test_what_was_said_of_an_id_stays_with_the_model_that_it_meant(new_catalogue: Callable[[], Catalogue]) -> None:
    one = new_catalogue()
    for hour, slug, headline, served in ((0, "lab/m-2025", "1", "2"), (24, "lab/m-2026", "3", "4")):
        one.take(at(hour), listing({"lab/m": priced(f"0.00000{headline}", slug)}))
        one.take(at(hour + 1), endpoints(slug, f"0.00000{served}"))
    one.close()
    with Catalog(one.db) as catalog:
        for hour, prompts in ((2, [1, 2]), (26, [3, 4])):
            told = catalog.prices("lab/m", as_of=at(hour))
            assert told.loc[told["component"] == "prompt", "usd"].tolist() == prompts
        assert catalog.models(as_of=at(2)).index.tolist() == ["lab/m"]


def test_a_list_says_whose_an_id_is_before_an_answer_that_states_no_slug(
    new_catalogue: Callable[[], Catalogue],
) -> None:
    one = new_catalogue()
    one.take(at(0), listing({"lab/m": priced("0.000001", "lab/m-2025")}))
    one.take(at(1), endpoints(None, "0.000002"))
    one.take(at(24), listing({"lab/m": priced("0.000003", "lab/m-2026")}))
    one.close()
    with Catalog(one.db) as catalog:
        told = catalog.prices("lab/m", as_of=at(2))
        assert told.loc[told["component"] == "prompt", "usd"].tolist() == [1]


def test_what_a_list_says_of_an_id_counts_though_another_answer_has_it_since(
    new_catalogue: Callable[[], Catalogue],
) -> None:
    """The model that had the id is missing from one list alone, and counts as listed; the newer answer is no list."""
    one = new_catalogue()
    one.take(at(0), listing({"lab/m": priced("0.000001", "lab/m-1")}))
    one.take(at(1), listing({"lab/m": priced("0.000003", "lab/m-2")}))
    one.take(at(2), endpoints("lab/m-2", "0.000003"))
    with Catalog(one.db) as catalog:
        assert dict(catalog.models()["canonical_slug"]) == {"lab/m": "lab/m-2", "lab/m-1:standard": "lab/m-1"}


def test_a_name_means_the_model_that_is_listed_before_one_that_is_gone(new_catalogue: Callable[[], Catalogue]) -> None:
    one = new_catalogue()
    gone = listing({"lab/m-a": priced("0.000001", "lab/m-a-2025")}).replace(b"Lab: M-A", b"Lab: M")
    here = listing({"lab/m-b": priced("0.000003", "lab/m-b-2026")}).replace(b"Lab: M-B", b"Lab: M")
    for hour, body in ((0, gone), (24, here), (48, here)):
        one.take(at(hour), body)
    one.close()
    with Catalog(one.db) as catalog:
        assert set(catalog.prices("Lab: M")["model_id"]) == {"lab/m-b"}
        assert set(catalog.prices("Lab: M", as_of=at(0))["model_id"]) == {"lab/m-a"}


def test_a_name_that_is_stated_with_spaces_around_it_means_its_model_without_them(both: Catalogue) -> None:
    """The file of a usage loses them, and nobody sees them in a table; who bore the name last is meant too."""
    gone = listing({"lab/m-a": priced("0.000001", "lab/m-a-2025"), "lab/c": Said()})
    here = listing({"lab/m-b": priced("0.000003", "lab/m-b-2026"), "lab/c": Said()})
    gone = gone.replace(b"Lab: M-A", b"Lab: M ").replace(b"Lab: C", b" Lab: C ")
    for hour, body in ((0, gone), (24, here), (48, here)):
        both.take(at(hour), body.replace(b"Lab: M-B", b" Lab: M").replace(b'Lab: C"', b'Lab: See"'))
    usage = "".join(f"2026-03-0{day},Lab: M,1000000,0\n" for day in (1, 3))
    with Catalog(both.db) as catalog:
        for hour, model in ((0, "lab/m-a"), (48, "lab/m-b")):
            assert set(catalog.prices("Lab: M", as_of=at(hour))["model_id"]) == {model}
        assert set(catalog.prices("Lab: C")["model_id"]) == {"lab/c"}
        found = catalog.price_usage(io.StringIO(f"date,model,input_tokens,output_tokens\n{usage}"))
        assert found.priced["cost_usd"].tolist() == [1, 3]
        series = catalog.workload_cost_series({"input_tokens": "1M"}, ["2026-03-01", "2026-03-03"], "Lab: M")
        assert series.sort_values("day")["cost_usd"].tolist() == [1, 3]
