"""Rows and headers that an extractor broke at the elements within their cells, and links that hold more than a name."""

from __future__ import annotations

import pytest
from extracted_page import ACME, ENDPOINTS, MODELS, read, served

HEADER = "| Provider | Endpoint Name | Context Length | Pricing (Input) | Pricing (Output) |\n|---|---|---|---|---|\n"
ROW = "Acme | acme/one-1 | 8K | $1 | $2 |"


@pytest.mark.parametrize("first", ["", f"| {ROW}\n", f"|\nAcme\n|\n{ROW}\n"])
def test_a_row_may_begin_with_a_block_that_has_no_pipe_before_it(first: str) -> None:
    records = read(endpoints=f"{HEADER}{first.replace('Acme', 'Pear', 1)}Acme\n|\n{ROW}\n")
    assert served(records)[-1:] == ACME
    assert not records.warnings


def test_names_of_models_may_be_such_blocks() -> None:
    row = "Acme: One Unavailable\n|\nJan 02, 2025 | 7B | 8K |\nText input\nText output\n|\n★★ | ★ | $ |\n"
    (model,) = read(models=MODELS.partition("| Acme: One")[0] + row).models
    assert (model.name, model.is_available, model.context_tokens) == ("Acme: One", False, 8000)


def test_a_stray_word_between_rows_is_no_cell() -> None:
    records = read(endpoints=f"{ENDPOINTS}\nSponsored\n| Pear | Pear | acme/one-1 | 8K | $3 | $4 |\n")
    assert [endpoint.provider for endpoint in records.endpoints] == ["Acme", "Pear"]


@pytest.mark.parametrize("tab, blank", [("\t", "\t"), ("\t\t", "")])
def test_a_header_may_be_broken_at_an_empty_element(tab: str, blank: str) -> None:
    header = [
        f"{tab}{tab.join(('Released', 'Params', 'Context'))}{blank}",
        f"{tab}{tab.join(('Speed', 'Ability', 'Cost'))}",
    ]
    rows = [
        line
        for name in ("Acme: One", "Acme: Two")
        for line in (
            f"{name}{tab}Jan 02, 2025{tab}7B{tab}8K{blank}",
            "Text input",
            "Text output",
            f"{tab}★★{tab}★{tab}$",
        )
    ]
    records = read(models="\n".join([*header, *rows]))
    assert [(model.name, model.context_tokens, model.output_modalities) for model in records.models] == [
        ("Acme: One", 8000, ["text"]),
        ("Acme: Two", 8000, ["text"]),
    ]
    assert [str(rating.value) for rating in records.ratings] == ["2", "1", "1", "2", "1", "1"]


@pytest.mark.parametrize("gap", [" ", "  "])
def test_a_header_alone_is_an_empty_table(gap: str) -> None:
    names = ("Provider", "Endpoint Name", "Context Length", "Pricing (Input)", "Pricing (Output)")
    records = read(endpoints=gap.join(names))
    assert (records.endpoints, records.warnings) == ([], [])


@pytest.mark.parametrize(
    "link, name",
    [
        ("[ Acme: Two ](/models/acme/two-1)", "Acme: Two"),
        ("[Acme: Two [Beta]](/models/acme/two-1)", "Acme: Two [Beta]"),
    ],
)
def test_a_linked_name_has_no_blanks_around_it_and_may_have_brackets(link: str, name: str) -> None:
    row = MODELS.splitlines()[-1]
    records = read(models=f"{MODELS}\n{row.replace('Acme: One', link)}")
    assert [model.name for model in records.models] == ["Acme: One", name]


def test_a_description_has_common_spaces() -> None:
    records = read(before="## Author's Description\n\nSee the\xa0paper.\n")
    assert records.models[0].description == "See the paper."


@pytest.mark.parametrize("gap", ["\n", "  "])
def test_a_variable_price_is_an_amount_in_tables_without_lines(gap: str) -> None:
    names = ("Provider", "Endpoint Name", "Context Length", "Pricing (Input)", "Pricing (Output)")
    cells = ("Acme", "Acme | acme/one-1", "8K", "Variable", "Variable")
    prices = gap.join(("Feature", "Price (per 1M tokens)")) + "\n" + gap.join(("Prompt", "Variable"))
    if gap == "\n":
        endpoints = gap.join((*names, *cells))
    else:
        endpoints = "\n".join(gap.join(cell.ljust(17) for cell in row).rstrip() for row in (names, cells))
    records = read(prices=prices, endpoints=endpoints)
    assert [(price.provider, price.component, price.state) for price in records.prices] == [
        (None, "prompt", "variable"),
        ("Acme", "prompt", "variable"),
        ("Acme", "completion", "variable"),
    ]
    assert not records.warnings


def test_a_cost_below_what_is_printed_leaves_its_row_whole() -> None:
    names = "Benchmark Category Reasoning Strategy Free Executions Accuracy Cost Duration".split()
    cells = ["Coding", "Programming", "No", "Zero-shot", "No", "50", "80.5%", "<$0.001", "0.4s"]
    records = read(scores="\n".join([*names, *cells]))
    (score,) = records.benchmark_scores
    assert (score.benchmark, str(score.accuracy_percent), score.cost_usd) == ("Coding", "80.5", None)
    assert [warning.code for warning in records.warnings] == ["unread_value"]


def test_labels_may_stand_below_their_values_in_cards_that_nothing_parts() -> None:
    """What an extractor leaves of such cards, a line each."""
    endpoint = "\n\n{}\n\n8K\n\nContext Length\n\n$1\n\nPricing (Input)\n\n$2\n\nPricing (Output)".format
    score = "\n\n{}\n\nProgramming\n\nCategory\n\n{}\n\nAccuracy".format
    records = read(
        endpoints=endpoint("Acme") + endpoint("Reef"), scores=score("Coding", "95.0%") + score("Ethics", "90.0%")
    )
    assert served(records) == [("Acme", None, 8000, ["1", "2"]), ("Reef", None, 8000, ["1", "2"])]
    assert [(one.benchmark, one.category, str(one.accuracy_percent)) for one in records.benchmark_scores] == [
        ("Coding", "Programming", "95.0"),
        ("Ethics", "Programming", "90.0"),
    ]


def test_a_model_or_a_score_that_is_listed_twice_counts_once_and_a_contradiction_is_told() -> None:
    """P15"""
    listed = MODELS.splitlines()[-1]
    scores = "| Benchmark | Category | Accuracy |\n|---|---|---|\n| Coding | Programming | 95.0% |"
    scored = scores.splitlines()[-1]
    models = f"{MODELS}\n{listed}\n{listed.replace('7B', '8B')}"
    records = read(models=models, scores=f"{scores}\n{scored}\n{scored.replace('95.0', '90.0')}")
    assert [model.parameter_count for model in records.models] == [7_000_000_000]
    assert [str(score.accuracy_percent) for score in records.benchmark_scores] == ["95.0", "90.0"]
    assert [warning.code for warning in records.warnings] == ["duplicate_row", "duplicate_row"]
