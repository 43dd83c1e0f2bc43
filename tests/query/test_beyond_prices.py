"""What prices alone do not tell: zeros that are no prices, prompts that do not fit. Q05: unknown is never zero."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from model_frames import model_frames
from price_frames import BASE, price, price_frame
from workloads import work

from catalog.comparing.alternatives import alternatives
from catalog.comparing.compare import compare
from catalog.comparing.pareto import pareto
from catalog.comparing.rank import rank
from catalog.costs.beyond_prices import BeyondPrices, Context, context_of
from catalog.costs.card_history import Offer
from catalog.costs.cost import workload_cost, workload_cost_series
from catalog.costs.usage import price_usage
from catalog.errors import UsageError
from catalog.workload import Workload

WHY = "0 is stated for tokens, but it writes video and is paid for otherwise"
FILMS = BeyondPrices(doubts={"lab/model": WHY})
ZEROS = (price("prompt", "0"), price("completion", "0"))
TOKENS = work(input_tokens=1_000_000, output_tokens=1_000)


def cost_of(workload: Workload, beyond: BeyondPrices, *rows: dict[str, Any]) -> dict[str, Any]:
    (found,) = workload_cost(price_frame(*rows), workload, beyond=beyond).to_dict("records")
    return found


# ---- zeros that are no prices ----------------------------------------------------------------------------------


def test_q05_tokens_at_0_of_a_model_that_is_paid_for_otherwise_are_refused_and_not_free() -> None:
    found = cost_of(TOKENS, FILMS, *ZEROS)
    assert (found["state"], found["reason"]) == ("refused", WHY)
    assert {name: found[name] for name in found if "usd" in name} == dict.fromkeys(
        ("cost_usd", "cost_usd_low", "cost_usd_high", "usd.prompt", "usd.completion", "usd.request")
    )


def test_what_is_priced_of_such_a_model_is_charged_with_its_tokens_at_0() -> None:
    found = cost_of(work(input_tokens=50, image_outputs=2), FILMS, *ZEROS, price("image_output", "3", unit="image"))
    assert (found["cost_usd"], found["state"]) == (6, "exact")


def test_what_may_cost_something_is_no_zero_whose_price_is_doubted() -> None:
    rows = (price("prompt", "2"), price("input_cache_read", None))
    found = cost_of(work(input_tokens=1_000_000, cached_tokens=1_000_000), FILMS, *rows)
    usage = "date,model,input_tokens,output_tokens,cached_tokens\n2026-05-01,lab/model,1000000,0,1000000\n"
    (used,) = price_usage(StringIO(usage), price_frame(*rows), lambda *_: "lab/model", FILMS).rows.to_dict("records")
    for one in (found, used):
        assert (one["state"], one["cost_usd_low"], one["cost_usd_high"]) == ("interval", 0, 2)


def test_a_workload_of_nothing_costs_nothing_anywhere() -> None:
    assert cost_of(work(), FILMS, *ZEROS)["state"] == "exact"


def test_zeros_that_are_no_prices_are_refused_on_every_day_on_which_they_stand() -> None:
    history = price_frame(
        price("prompt", "0", valid_from="2026-05-01T00:00:00Z", valid_to="2026-05-02T00:00:00Z"),
        price("prompt", "1", valid_from="2026-05-02T00:00:00Z"),
    )
    found = workload_cost_series(history, work(input_tokens=1_000_000), ["2026-05-01", "2026-05-02"], FILMS)
    assert found[["state", "reason"]].astype(object).values.tolist()[0] == ["refused", WHY]
    assert found["cost_usd"].tolist() == [None, 1]


def test_a_row_of_usage_at_such_zeros_could_not_be_priced() -> None:
    usage = StringIO("date,model,input_tokens,output_tokens\n2026-05-01,M,5,5\n2026-05-01,M,0,0\n")
    found = price_usage(usage, price_frame(*ZEROS), lambda *_: "lab/model", FILMS)
    assert found.unpriced["reason"].to_dict() == {2: WHY}
    assert found.priced["cost_usd"].to_dict() == {3: 0}  # it asks for nothing


FREE = {"prompt": "0", "completion": "0"}
OFFERED: dict[str, dict[str, Any]] = {
    "films": {**FREE, "output_modalities": ["video"]},
    "gift": {**FREE, "output_modalities": ["video"], "variant": "free"},
    "songs": {**FREE, "output_modalities": ["text", "audio"]},
    "unsaid": FREE,
    "words": {**FREE, "output_modalities": ["text"]},
}


@pytest.mark.parametrize("by", ["price", "prompt"])
def test_q05_only_what_writes_text_alone_or_is_a_free_variant_is_ranked_as_free(by: str) -> None:
    answer = rank(model_frames(OFFERED), by)
    assert answer[["model", "class"]].values.tolist() == [[name, "free"] for name in ("gift", "unsaid", "words")]
    assert answer.left_out["reason"].to_dict() == {"films": WHY, "songs": WHY.replace("video", "text and audio")}


def test_q05_a_front_with_free_models_has_none_that_is_paid_for_otherwise() -> None:
    frames = model_frames({name: {**OFFERED[name], "context_tokens": 9} for name in ("films", "words")})
    answer = pareto(frames, ["price", "context"], include_free=True)
    assert (answer["model"].tolist(), answer.left_out["reason"].to_dict()) == (["words"], {"films": WHY})


def test_q05_what_is_paid_for_otherwise_is_no_cheaper_alternative_and_has_none() -> None:
    pictures = {"output_modalities": ["image"]}
    frames = model_frames({"own": {"prompt": "1", "completion": "1", **pictures}, "other": {**FREE, **pictures}})
    answer = alternatives(frames, "own")
    assert (len(answer), answer.left_out.index.tolist()) == (0, ["other"])
    with pytest.raises(UsageError, match="it writes image and is paid for otherwise"):
        alternatives(frames, "other")


def test_a_zero_that_is_no_price_is_shown_beside_others_and_is_not_the_better_one() -> None:
    frames = model_frames({"films": OFFERED["films"], "a": {"prompt": "1"}, "b": {"prompt": "2"}})
    assert compare(frames).loc["price.prompt"].tolist() == [0, 1, 2, "USD per mtok", True, "a"]


# ---- what is priced all the same, and noted --------------------------------------------------------------------


def test_a_model_that_writes_no_text_is_priced_by_its_input_and_that_is_noted() -> None:
    vectors = BeyondPrices(without_text={"lab/model": "it is stated to write embeddings, not text"})
    rows = (price("prompt", "2"), price("completion", "0"))
    found = cost_of(TOKENS, vectors, *rows)
    assert (found["cost_usd"], found["note"]) == (2, "it is stated to write embeddings, not text")
    assert cost_of(work(input_tokens=5), vectors, *rows)["note"] is None


@pytest.mark.parametrize(
    ("tokens", "is_rounded", "fits", "fits_not"),
    [(131_072, False, 131_072, 131_073), (65_000, True, 66_000, 66_001), (None, None, 10**9, None), (0, None, 9, None)],
)
def test_a_prompt_that_is_longer_than_the_context_is_noted(
    tokens: int | None, is_rounded: bool | None, fits: int, fits_not: int | None
) -> None:
    """A context that a page rounds may be as much more as its last digit; one of 0 is none."""
    context = context_of(tokens, is_rounded)
    beyond = BeyondPrices(contexts={} if context is None else {"lab/model": context})
    assert cost_of(work(input_tokens=fits), beyond, *BASE)["note"] is None
    assert cost_of(work(input_tokens=2 * fits, requests=2), beyond, *BASE)["note"] is None
    if fits_not is not None:
        said = f"prompt over the context of {tokens:,}"
        found = cost_of(work(input_tokens=fits_not), beyond, *BASE)
        assert (found["state"], found["note"]) == ("exact", said)


def test_an_endpoint_takes_what_it_states_and_else_what_its_model_takes() -> None:
    beyond = BeyondPrices(
        contexts={"lab/model": Context(10)}, of_endpoints={Offer("lab/model", "P", "p"): Context(100)}
    )
    rows = [*BASE, *(price("prompt", "1", provider=provider, tag=provider.lower()) for provider in "PQ")]
    found = workload_cost(price_frame(*rows), work(input_tokens=50), beyond=beyond)
    assert found["note"].notna().tolist() == [True, False, True]


def test_a_note_on_the_context_follows_what_is_noted_of_the_price() -> None:
    beyond = BeyondPrices(contexts={"lab/model": Context(10)})
    found = cost_of(work(input_tokens=50, cached_tokens=5), beyond, *BASE)
    assert found["note"] == (
        "no price is stated for input_cache_read: charged as prompt; prompt over the context of 10"
    )


def test_a_row_of_usage_that_no_context_takes_as_one_prompt_is_noted() -> None:
    usage = StringIO("date,model,input_tokens,output_tokens,requests\n2026-05-01,M,50,0,1\n2026-05-01,M,50,0,5\n")
    beyond = BeyondPrices(contexts={"lab/model": Context(10)})
    found = price_usage(usage, price_frame(*BASE), lambda *_: "lab/model", beyond)
    assert found.priced["note"].tolist() == ["prompt over the context of 10", None]


def test_the_price_of_long_prompts_is_noted_where_it_is_taken() -> None:
    tier = price("prompt", "2.5", conditions={"min_prompt_tokens": 200_000}, position=1)
    long, short = (cost_of(work(input_tokens=tokens), BeyondPrices(), *BASE, tier) for tokens in (200_001, 200_000))
    assert (long["note"], long["reason"], long["state"]) == (
        "at the price of prompts over 200,000 tokens",
        None,
        "exact",
    )
    assert short["note"] is None
