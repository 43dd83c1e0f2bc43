"""Labels and values that an extractor put on one line with nothing between, and lists and headers that it glued."""

from __future__ import annotations

import pytest
from extracted_page import CARD, ENDPOINTS, MODELS, read, served

PAIRS = (("Context Length", "32,768 tokens"), ("Released", "Jan 02, 2025"), ("Input Modalities", "Text"))


@pytest.mark.parametrize("dashes", ["|---|---|\n", "", "| --- | :-- |\n"])
def test_the_first_pair_of_a_table_of_pairs_is_no_header(dashes: str) -> None:
    first, *others = (f"| {label} | {value} |\n" for label, value in PAIRS)
    records = read(
        before=f"## Key Specifications\n\n{first}{dashes}{''.join(others)}",
        prices=f"| Prompt | $0.25 |\n{dashes}| Completion | $1.5 |",
    )
    model = records.models[0]
    assert (model.context_tokens, model.context_is_rounded, str(model.released_on)) == (32_768, False, "2025-01-02")
    assert [(price.component, str(price.usd)) for price in records.prices if price.provider is None] == [
        ("prompt", "0.25"),
        ("completion", "1.5"),
    ]
    assert not records.warnings


GLUED = "\n\n".join("{}{}".format(*pair) for pair in zip(*[iter(CARD.split("\n\n"))] * 2, strict=True))
SPACED = "\n\n".join("{} {}".format(*pair) for pair in zip(*[iter(CARD.split("\n\n"))] * 2, strict=True))


@pytest.mark.parametrize("card", [GLUED, SPACED])
def test_a_label_may_be_glued_to_its_value(card: str) -> None:
    card_of_pear = card.replace("Acme", "Pear").replace("8K", "16K")
    records = read(endpoints=f"* Acme\n\n{card}\n\n* Pear\n\n{card_of_pear}")
    assert served(records) == [
        ("Acme", "Acme | acme/one-1", 8000, ["1", "2"]),
        ("Pear", "Pear | acme/one-1", 16_000, ["1", "2"]),
    ]


def test_a_label_may_be_glued_to_stars_and_a_rating_to_nothing() -> None:
    card = (
        "[Acme: {}](/models/acme/{}-1)\n\nReleasedJan 2, 2025\n\nParams7B\n\nContext8K\n\nSpeed★★\n\nAbility—\n\nCost$"
    )
    records = read(models="\n\n".join(card.format(name, name.lower()) for name in ("One", "Two", "Six")))
    assert [model.name for model in records.models] == ["Acme: One", "Acme: Two", "Acme: Six"]
    ratings = {(rated.name, rated.dimension): rated.value for rated in records.ratings}
    assert [ratings["Acme: Six", name] for name in ("speed", "ability", "cost")] == [2, None, 1]


@pytest.mark.parametrize("title", ["ModelScope", "HostPort", "InputLabs", "Task Force"])
def test_a_name_that_begins_with_a_label_is_a_name(title: str) -> None:
    assert [one.provider for one in read(endpoints=f"{title}\n\n{GLUED}").endpoints] == [title]


def test_a_benchmark_that_begins_with_a_label_is_one() -> None:
    cards = "".join(f"{name}\n\nCategoryCode\n\nExecutions5\n\nAccuracy90%\n\n" for name in ("TypeScript", "TestOps"))
    scores = read(scores=cards).benchmark_scores
    assert [(score.benchmark, score.category, score.executions) for score in scores] == [
        ("TypeScript", "Code", 5),
        ("TestOps", "Code", 5),
    ]


def test_a_label_without_its_value_takes_nothing_from_the_next_card() -> None:
    cards = "Acme: One\nReleased: Jan 2, 2025\nParams: 7B\nContext: 8K\nCost:\n"
    records = read(models=cards + cards.replace("One", "Two").replace("Cost:", "Cost: $$"))
    assert [model.name for model in records.models] == ["Acme: One", "Acme: Two"]


def test_a_page_may_have_its_list_as_cards_and_as_a_table_for_two_widths_in_either_order() -> None:
    headers = ("Benchmark", "Category", "Reasoning", "Executions", "Accuracy")
    rows = (("Logic", "Thought", "No", "5", "90%"), ("Ethics", "Morals", "Yes", "7", "80%"))
    table = "\n".join([*headers, *(cell for row in rows for cell in row)])
    cards = "\n".join(
        line
        for name, *cells in rows
        for line in (name, *(word for pair in zip(headers[1:], cells, strict=True) for word in pair))
    )
    for scores in (f"{cards}\n{table}", f"{table}\n{cards}"):
        records = read(scores=scores)
        stated = [(s.benchmark, s.category, s.is_reasoning, s.executions) for s in records.benchmark_scores]
        assert stated == [("Logic", "Thought", False, 5), ("Ethics", "Morals", True, 7)]
        assert not records.warnings


def test_badges_that_are_glued_are_told_apart_where_all_of_them_are_known() -> None:
    before = "## Supported Parameters\n\nstoptop_kmax_tokensmin_p\n\n## Features\n\nVisionPrompt cachingJSON mode"
    model = read(before=before).models[0]
    assert model.supported_parameters == ["stop", "top_k", "max_tokens", "min_p"]
    assert model.supported_features == ["Vision", "Prompt caching", "JSON mode"]


def test_badges_of_which_one_is_unknown_stay_as_they_are() -> None:
    before = "## Supported Parameters\n\ntop_kzeal\n\n## Features\n\nOpenAI compatible"
    model = read(before=before).models[0]
    assert (model.supported_parameters, model.supported_features) == (["top_kzeal"], ["OpenAI compatible"])


@pytest.mark.parametrize("hint", ["Sort", "Sort ↕", " Sort by this column", " ↕"])
def test_a_button_that_sorts_is_no_part_of_a_header(hint: str) -> None:
    def hinted(table: str) -> str:
        header, *rows = table.split("\n")
        names = [name.strip() for name in header.strip("|").split("|")]
        return "\n".join(["|" + "|".join(name + hint for name in names) + "|", *rows])

    records = read(endpoints=hinted(ENDPOINTS), models=hinted(MODELS))
    assert not records.warnings
    assert records.models[0].parameter_count == 7 * 10**9


MODELS_MOVED = """| | Released | Params | Context | | Speed | Ability | Cost |
|---|---|---|---|---|---|---|---|
| Acme: One | Jan 02, 2025 | 7B | 8K | ★★ | ★★★ | $$$$ | |
| Acme: Two | Jan 02, 2024 | 7B | 8K | — | ★ | $ | |
"""


def test_ratings_that_stand_below_the_header_of_others_are_none() -> None:
    records = read(models=MODELS_MOVED)
    assert not [rated for rated in records.ratings if rated.value is not None]
    assert "shifted_columns" in {warning.code for warning in records.warnings}
    assert [str(model.released_on) for model in records.models] == ["2025-01-02", "2024-01-02"]


def test_dollar_signs_below_another_header_leave_no_rating_in_its_place() -> None:
    records = read(models=MODELS.replace("| ★ | $ |", "| $ | |").replace("|---|---|", "|-|---|"))
    assert not [rated for rated in records.ratings if rated.value is not None]
    assert [warning.code for warning in records.warnings] == ["shifted_columns"]
    assert [model.name for model in records.models] == ["Acme: One"]


def test_a_row_whose_cells_are_not_what_the_headers_say_is_set_aside() -> None:
    scores = (
        "| Benchmark | Category | Reasoning | Strategy | Free | Executions | Accuracy | Cost |\n" + "|---" * 8 + "|\n"
    )
    moved = "| Logic | Thought | Zero-shot | No | 5 | 58.0% | $0.7 | |\n"
    records = read(scores=scores + moved + "| Ethics | Morals | No | Zero-shot | No | 5 | 60.0% | $0.7 |")
    assert [(score.benchmark, score.strategy) for score in records.benchmark_scores] == [("Ethics", "Zero-shot")]
    assert [warning.code for warning in records.warnings] == ["shifted_row"]


def test_a_piece_of_the_page_is_no_name() -> None:
    heap = "ReleasedParamsContextAcme: One" * 9
    records = read(models=f"{heap}\n\nSpeed\n\n★★\n\nCost\n\n$", scores=f"{heap}\n\nAccuracy\n\n90%\n\nCost\n\n$1")
    assert [model.is_subject for model in records.models] == [True]
    assert not records.benchmark_scores
    assert {warning.code for warning in records.warnings} >= {"nameless_row"}


def test_a_line_of_names_of_columns_is_no_provider() -> None:
    records = read(endpoints="Provider Endpoint Name\nContext Length\n8K\nPricing (Input)\n$1\nPricing (Output)\n$2")
    assert [one.provider for one in records.endpoints] == []
    assert "drift_missing_header" in [one.code for one in records.warnings]
