"""What work costs by a catalogue: on which models, and what is said of those that it cannot be priced on."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from catalogue import Catalogue
from listings import Said, at, listing

from catalog import Catalog
from catalog.errors import UsageError

WORK = {"input_tokens": "1M", "output_tokens": "1K"}
FREE = {"prompt": "0", "completion": "0"}
OFFERED = {
    "lab/films": Said(FREE, context=0, writes=("video",)),
    "lab/films:free": Said(FREE, context=0, writes=("video",)),
    "lab/gone": Said(FREE, writes=("image",)),
    "lab/small": Said(context=8_000),
    "lab/vectors": Said({"prompt": "0.000001", "completion": "0"}, context=2_000_000, writes=("embeddings",)),
    "lab/words:free": Said(FREE, context=2_000_000),
}


@pytest.fixture
def catalog(new_catalogue: Callable[[], Catalogue]) -> Catalog:
    """A catalogue of some models, of which one is listed no more since its second day, and one since then."""
    one = new_catalogue()
    one.take(at(0), listing(OFFERED))
    later = {name: said for name, said in OFFERED.items() if name != "lab/gone"}
    for hour in (24, 48):
        one.take(at(hour), listing({**later, "lab/late": Said(context=2_000_000), "lab/mute": Said({})}))
    return Catalog(one.db)


def by_model(frame: Any, column: str) -> dict[str, Any]:
    return dict(zip(frame["model"], frame[column], strict=True))


def test_q05_a_list_of_the_cheapest_has_no_zero_that_is_no_price(catalog: Catalog) -> None:
    costs = catalog.workload_cost(WORK)
    assert by_model(costs, "state")["lab/films"] == "refused"
    assert by_model(costs, "reason")["lab/films"] == (
        "0 is stated for tokens, but it writes video and is paid for otherwise"
    )
    free = {model: str(usd) for model, usd in by_model(costs, "cost_usd").items() if not usd and usd is not None}
    assert set(free) == {"lab/films:free", "lab/words:free"}
    ranked = catalog.rank("price")
    assert set(ranked[ranked["class"] == "free"]["model"]) == set(free)
    assert catalog.rank("price", where="context_tokens is null or context_tokens < 9K").left_out.index.tolist() == [
        "lab/films"
    ]


def test_q05_no_database_takes_a_zero_for_a_price_or_a_long_prompt_without_a_word(both: Catalogue) -> None:
    both.take(at(0), listing(OFFERED))
    with Catalog(both.db) as kept:
        costs = kept.workload_cost(WORK, ["lab/films", "lab/small"])
    assert by_model(costs, "state") == {"lab/films": "refused", "lab/small": "exact"}
    assert by_model(costs, "note") == {"lab/films": None, "lab/small": "prompt over the context of 8,000"}


def test_what_a_model_wrote_when_it_was_listed_last_decides_of_its_past_too(catalog: Catalog) -> None:
    series = catalog.workload_cost_series(WORK, [at(1)], ["lab/gone", "lab/small"])
    assert by_model(series, "state") == {"lab/gone": "refused", "lab/small": "exact"}
    usage = f"date,model,input_tokens,output_tokens\n{at(1).isoformat()},lab/gone,1,1\n"
    assert catalog.price_usage(io.StringIO(usage)).unpriced["reason"].tolist() == [
        "0 is stated for tokens, but it writes image and is paid for otherwise"
    ]


def test_what_does_not_fit_a_model_is_noted_on_a_day_and_over_days(catalog: Catalog) -> None:
    notes = {
        "lab/films:free": "it is stated to write video, not text",
        "lab/small": "prompt over the context of 8,000",
        "lab/vectors": "it is stated to write embeddings, not text",
    }
    told = by_model(catalog.workload_cost(WORK), "note")
    assert {model: note for model, note in told.items() if note is not None} == notes
    series = catalog.workload_cost_series(WORK, [at(30)], list(notes))
    assert by_model(series.astype(object), "note") == notes
    assert not by_model(catalog.workload_cost({**WORK, "requests": 1000}), "note")["lab/small"]


NOW = "it is not listed now; `catalog history` says when it was"
THEN = f"it is not listed as of {at(1):%Y-%m-%dT%H:%M:%SZ}; `catalog history` says when it was"


@pytest.mark.parametrize(
    ("as_of", "reasons"),
    [
        (None, {"lab/gone": NOW, "lab/mute": "no price is stated now", "lab/late": None, "lab/small": None}),
        (at(1), {"lab/late": THEN, "lab/mute": THEN, "lab/small": None}),
    ],
)
def test_each_model_that_is_named_has_a_row_with_a_price_or_with_the_reason(
    catalog: Catalog, as_of: Any, reasons: dict[str, str | None]
) -> None:
    found = catalog.workload_cost(WORK, list(reasons), as_of=as_of)
    assert (found["model"].tolist(), found.index.name, found.index[0]) == (sorted(reasons), "offer", 0)
    assert by_model(found, "reason") == reasons
    assert by_model(found, "state") == {name: "refused" if why else "exact" for name, why in reasons.items()}
    assert found["cost_usd"].isna().tolist() == [reasons[model] is not None for model in found["model"]]


def test_the_reason_says_that_one_list_alone_lacked_a_model(both: Catalogue) -> None:
    for hour, there in ((0, ["lab/kept", "lab/missed"]), (24, ["lab/kept"]), (48, ["lab/kept"])):
        both.take(at(hour), listing({name: Said() for name in there}))
    with Catalog(both.db) as kept:
        costs = kept.workload_cost(WORK, ["lab/missed"], as_of=at(25))
        moment = f"as of {at(25):%Y-%m-%dT%H:%M:%SZ}"
        assert by_model(costs, "reason") == {
            "lab/missed": f"no price is stated {moment}: the last list lacks it, which one capture alone does not prove"
        }
        assert by_model(kept.workload_cost(WORK, ["lab/missed"]), "reason") == {"lab/missed": NOW}


def test_a_filter_chooses_among_the_models_that_are_priced(catalog: Catalog) -> None:
    costs = catalog.workload_cost(WORK, where="variant != free and output_modalities has text")
    assert costs["model"].tolist() == ["lab/late", "lab/small"]
    named = catalog.workload_cost(WORK, ["lab/words:free", "lab/mute", "lab/late"], where="variant != free")
    assert named["model"].tolist() == ["lab/late", "lab/mute"]
    with pytest.raises(UsageError, match="nonsense"):
        catalog.workload_cost(WORK, where="nonsense = 1")


def test_a_filter_of_a_series_is_asked_on_its_last_day(catalog: Catalog) -> None:
    days = [at(1), at(30)]
    series = catalog.workload_cost_series(WORK, days, where="variant != free and context_tokens > 1M")
    assert [(row.model, row.day) for row in series.itertuples()] == [
        ("lab/late", days[1]),
        ("lab/vectors", days[0]),
        ("lab/vectors", days[1]),
    ]
