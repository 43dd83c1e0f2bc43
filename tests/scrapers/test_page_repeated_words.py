"""Words that a cell has twice, or that repeat its header: for narrow windows, for who points at it, for who listens."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_page import MODELS, SCORE, SCORES, html_page, model_row, rating

VALUES = ("Coding", "Code", "No", "—", "<svg class='lucide-check'></svg>", "1,250", "90%", "$0.5", "1s")


def labelled(headers: tuple[str, ...], values: tuple[str, ...], label: str) -> str:
    cells = (f"<td>{label.format(header)}{value}</td>" for header, value in zip(headers, values, strict=True))
    return f"<tr>{''.join(cells)}</tr>"


@pytest.mark.parametrize(
    "label",
    [
        '<span class="d-md-none">{}: </span>',
        "<b>{}:</b>",
        '<div class="md:hidden">{}:</div>',
        '<small class="sr-only">{}:</small>',
    ],
)
def test_a_cell_may_repeat_the_name_of_its_column(label: str) -> None:
    endpoint = labelled(
        ("Provider", "Endpoint Name", "Context Length", "Pricing (Input)", "Pricing (Output)"),
        ("Acme", "Acme | acme/one-1", "8K", "$1", "Free"),
        label,
    )
    prices = labelled(("Feature", "Price (per 1M tokens)"), ("Prompt", "$1"), label)
    records = html_page(scores=labelled(SCORES, VALUES, label), endpoints=endpoint, prices=prices)
    (score,), (served,) = records.benchmark_scores, records.endpoints
    assert (score.benchmark, score.is_reasoning, score.is_free) == ("Coding", False, True)
    assert (score.executions, score.accuracy_percent, score.cost_usd) == (1250, Decimal(90), Decimal("0.5"))
    assert (served.provider, served.endpoint_name, served.context_tokens) == ("Acme", "Acme | acme/one-1", 8000)
    assert [(price.provider, price.usd) for price in records.prices] == [(None, 1), ("Acme", 1), ("Acme", 0)]
    assert records.warnings == []


def test_icons_may_stand_behind_the_name_of_their_column() -> None:
    star = '<i class="bi bi-star{}"></i>'
    stars = star.format("-fill") * 2 + star.format("") * 3
    icons = '<i title="Image input"></i><i title="Text input"></i><i title="Text output"></i>'
    values = ("Acme: Two", "Jan 02, 2025", "7B", "8K", icons, stars, "—", "$")
    headers = ("Model", "Released", "Params", "Context", "Modalities", *MODELS[5:])
    row = labelled(headers, values, "<span>{}: </span>")
    table = f"<table><tr>{''.join(f'<th>{header}</th>' for header in headers)}</tr>{row}</table>"
    records = html_page(sections=f"<h2>More models by acme</h2>{table}")
    model = records.models[1]
    assert (model.name, model.input_modalities, model.output_modalities) == ("Acme: Two", ["image", "text"], ["text"])
    assert [rating(records, dimension) for dimension in ("speed", "ability", "cost")] == [2, None, 1]


def test_a_word_that_is_the_name_of_its_column_by_chance_is_kept() -> None:
    (score,) = html_page(scores=SCORE.format("No").replace("Coding", "Benchmark")).benchmark_scores
    assert (score.benchmark, score.category) == ("Benchmark", "Code")


@pytest.mark.parametrize(("icon", "is_free"), [("check", True), ("x", False)])
def test_an_icon_behind_the_name_of_its_column_is_not_outspoken_by_it(icon: str, is_free: bool) -> None:
    values = (*VALUES[:4], f"<svg class='lucide-{icon}'></svg>", *VALUES[5:])
    (score,) = html_page(scores=labelled(SCORES, values, "<div>{}</div>")).benchmark_scores
    assert (score.benchmark, score.is_free, score.accuracy_percent) == ("Coding", is_free, Decimal(90))


def test_what_is_not_read_behind_the_name_of_its_column_is_told() -> None:
    values = (*VALUES[:5], "<svg class='unheard-of'></svg>", *VALUES[6:])
    records = html_page(scores=labelled(SCORES, values, "<div>{}</div>"))
    (score,) = records.benchmark_scores
    assert (score.benchmark, score.executions) == ("Coding", None)
    assert [warning.where for warning in records.warnings] == ["Benchmark Results / row 1 / Executions"]


@pytest.mark.parametrize("style", ["", ' style="position:absolute;width:1px;clip:rect(0,0,0,0)"'])
def test_a_tooltip_that_repeats_a_price_is_no_part_of_it(style: str) -> None:
    price = f'<span aria-describedby="t">$1</span><span role="tooltip" id="t"{style}>$1 (USD)</span>'
    records = html_page(prices=f"<tr><td>Prompt</td><td>{price}</td></tr>")
    assert [(price.component, price.usd) for price in records.prices if price.provider is None] == [("prompt", 1)]


def test_who_listens_may_be_told_that_nothing_is_rated_where_others_see_a_dash() -> None:
    speed = '<span class="sr-only">Not rated</span><span aria-hidden="true">—</span>'
    records = html_page(models=model_row(speed=speed))
    assert rating(records, "speed") is None
    assert [warning.code for warning in records.warnings if warning.code == "unread_value"] == []


def test_cells_of_a_table_without_a_header_may_name_their_columns_themselves() -> None:
    others = ("Ethics", "—", "—", "—", "—", "—", "77.5%", "—", "—")
    rows = "".join(labelled(SCORES, values, "<div>{}</div>") for values in (others, VALUES))
    scores = html_page(sections=f"<h2>Benchmarks</h2><table>{rows}</table>").benchmark_scores
    assert [(one.benchmark, one.executions, str(one.accuracy_percent)) for one in scores] == [
        ("Ethics", None, "77.5"),
        ("Coding", 1250, "90"),
    ]


@pytest.mark.parametrize("icon", ["<svg class='unheard-of'></svg>", ""])
def test_the_name_of_its_column_is_no_value_where_every_cell_has_it(icon: str) -> None:
    values = (*VALUES[:4], icon, *VALUES[5:])
    records = html_page(scores=labelled(SCORES, values, "<div>{}</div>"))
    (score,) = records.benchmark_scores
    assert (score.benchmark, score.is_free) == ("Coding", None)
    assert [w.where for w in records.warnings] == ["Benchmark Results / row 1 / Free"] * bool(icon)
