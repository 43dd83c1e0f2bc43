"""Tables of an extractor that breaks rows at their cells and leaves out those that are empty."""

from __future__ import annotations

import pytest

from scrapers.document import Document
from scrapers.errors import CutDocument
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

ENDPOINTS = "|\nGroq\n|\nGroq | acme/one | 8K | $1 / 1M tokens | $2 / 1M tokens |"
SCORES = "| Coding | Programming | Yes | Default | No | 25 | 98.0% | $0.01 | 3.4s |"
ONE = "| Acme: One | Jan 02, 2025 | 7B | 8K |\nText input\nText output\n|\n★★ | ★ | $ |"


def read(*, endpoints: str = ENDPOINTS, scores: str = SCORES, models: str = ONE) -> Records:
    text = (
        "Current Pricing\n| Feature | Price (per 1M tokens) |\n|---|---|\n| Prompt | $1 |\n"
        "Available Endpoints\n| Provider | Endpoint Name | Context Length | Pricing (Input) | Pricing (Output) |\n"
        f"|---|---|---|---|---|\n{endpoints}\nBenchmark Results\n"
        "| Benchmark | Category | Reasoning | Strategy | Free | Executions | Accuracy | Cost | Duration |\n"
        f"|---|---|---|---|---|---|---|---|---|\n{scores}\nOther Models by acme\n"
        f"|\n|\nReleased | Params | Context |\n|\nSpeed | Ability | Cost |\n|---|---|---|---|---|---|---|---|\n{models}"
    )
    return parse(Document(body=text.encode())).records()


def test_a_score_whose_row_lacks_cells_is_read_by_what_they_say() -> None:
    records = read(scores=f"| Ethics | Safety | Zero-shot | 1,200 | 61.25% | 95s | |||\n{SCORES}")
    first, second = records.benchmark_scores
    assert (first.category, first.strategy, first.executions) == ("Safety", "Zero-shot", 1200)
    assert (str(first.accuracy_percent), str(first.duration_s)) == ("61.25", "95")
    assert (first.cost_usd, first.is_reasoning, first.is_free) == (None, None, None)
    assert (second.is_reasoning, second.is_free, str(second.cost_usd)) == (True, False, "0.01")
    assert not records.warnings


def test_a_cell_that_two_columns_may_say_is_read_as_neither() -> None:
    short = "| Ethics | Safety | ✓ | Default | 25 | 98.0% | 95s | ||\n| Coding | Code | ✓ | 25 | 9.0% | |||||"
    records = read(scores=f"{short}\n{SCORES}")
    first, second, _ = records.benchmark_scores
    assert (first.is_reasoning, first.is_free, first.strategy) == (True, None, "Default")
    assert (second.is_reasoning, second.is_free, second.executions) == (None, None, 25)
    assert [warning.code for warning in records.warnings] == ["unplaced_cells"]
    assert "'Code | ✓'" in records.warnings[0].message


def test_the_last_row_of_a_table_may_be_shorter_than_the_others() -> None:
    records = read(scores=f"{SCORES}\n| Ethics | Safety | Yes | Default | No | 25 | 98.0% | 95s |")
    assert [(score.benchmark, score.cost_usd) for score in records.benchmark_scores][1] == ("Ethics", None)


def test_one_price_of_two_is_nobodys_and_said_to_be_unread() -> None:
    body = "|\nGroq\n|\nGroq | acme/one | 8K | $1 / 1M tokens | |\n" + ENDPOINTS.replace("Groq", "Azure")
    records = read(endpoints=body)
    assert [(price.provider, str(price.usd)) for price in records.prices if price.provider] == [
        ("Azure", "1"),
        ("Azure", "2"),
    ]
    assert [endpoint.endpoint_name for endpoint in records.endpoints] == ["Groq | acme/one", "Azure | acme/one"]
    assert [warning.code for warning in records.warnings] == ["unplaced_cells"]


def test_the_name_of_an_endpoint_stays_whole_where_a_price_is_left_out_of_the_last_row() -> None:
    records = read(endpoints="|\nGroq\n|\nGroq | acme/one | 8K | $1 / 1M tokens |")
    assert [(one.endpoint_name, one.context_tokens) for one in records.endpoints] == [("Groq | acme/one", 8000)]


def test_a_listed_model_without_a_size_keeps_its_context() -> None:
    other = "| Acme: Two Unavailable | Feb 03, 2025 | 65K |\nText input\nText output\n|\n★★ | $$ | ||\n"
    records = read(models=other + ONE)
    model = next(model for model in records.models if model.name == "Acme: Two")
    assert (model.parameter_count, model.context_tokens, model.output_modalities) == (None, 65_000, ["text"])
    assert {rating.dimension: rating.value for rating in records.ratings if rating.name == "Acme: Two"} == {"cost": 2}
    assert [warning.code for warning in records.warnings] == ["unplaced_cells"]


def test_the_last_model_of_a_page_may_lack_a_cell_and_a_page_that_is_cut_is_refused_all_the_same() -> None:
    last = "\n| Acme: Two | Feb 03, 2025 | 65K |\nText input\nText output\n|\n★★ | ★ | $$ |"
    records = read(models=ONE + last)
    assert [model.context_tokens for model in records.models if model.name == "Acme: Two"] == [65_000]
    with pytest.raises(CutDocument):
        read(models=ONE + last.removesuffix(" ★ | $$ |"))
    with pytest.raises(CutDocument):
        read(models=ONE.replace("| $ |", "| |") + last.partition(" 65K |")[0])
    assert len(read(models=ONE.replace("| $ |", "| |") + last.removesuffix(" $$ |")).models) == 2


def test_the_name_of_a_model_may_have_a_pipe_in_it() -> None:
    records = read(models=ONE + "\n" + ONE.replace("One", "Two | Large"))
    assert [model.name for model in records.models] == ["Acme: One", "Acme: Two | Large"]
    assert not records.warnings


def test_a_row_goes_on_where_it_has_enough_pipes_only_since_the_name_of_its_endpoint_has_one() -> None:
    prices = "$1 / 1M tokens\nCache read: $0.1 / 1M tokens\n|\n$2 / 1M tokens\n|"
    body = "\n".join(f"|\n{name}\n|\n{name} | acme/one | 8K |\n{prices}" for name in ("Groq", "Azure"))
    records = read(endpoints=body)
    assert [one.endpoint_name for one in records.endpoints] == ["Groq | acme/one", "Azure | acme/one"]
    assert [str(price.usd) for price in records.prices if price.provider == "Azure"] == ["1", "0.1", "2"]
    assert not records.warnings


def test_words_that_stray_between_two_rows_end_no_table() -> None:
    other = "| Acme: Two | Feb 03, 2025 | 9B | 65K |\nText input\nText output\n|\n★★ | ★ | $$ |"
    records = read(
        endpoints=f"{ENDPOINTS}\nShow more\n{ENDPOINTS.replace('Groq', 'Azure')}", models=f"{ONE}\nSponsored\n{other}"
    )
    assert [one.provider for one in records.endpoints] == ["Groq", "Azure"]
    assert [model.name for model in records.models] == ["Acme: One", "Acme: Two"]
    assert [warning.code for warning in records.warnings] == ["torn_row"]
    assert "Sponsored" in records.warnings[0].message


def test_rows_that_stand_apart_from_their_table_are_not_passed_over_in_silence() -> None:
    more = ENDPOINTS.replace("Groq", "Azure")
    records = read(endpoints=f"{ENDPOINTS}\nOne remark.\nAnother one.\nA third one.\n{more}")
    assert [one.provider for one in records.endpoints] == ["Groq"]
    assert any("Azure" in warning.message for warning in records.warnings)


@pytest.mark.parametrize("name", ["Acme | Two", "Acme|Two: Large"])
def test_a_pipe_in_a_name_makes_up_for_no_cell_that_was_left_out(name: str) -> None:
    row = f"| {name} | Jan 03, 2025 | 16K |\nText input\nText output\n|\n★★ | ★ | $ |"
    models = {model.name: model for model in read(models=f"{ONE}\n{row}").models}
    assert (str(models[name].released_on), models[name].context_tokens) == ("2025-01-03", 16_000)
    assert models[name].parameter_count is None
