"""What looks like prices around those of a model and is none: plans, credits, other models, charts of spend or use."""

from __future__ import annotations

import json

import pytest
from small_page import html_page, html_page_with

from scrapers.records import Records

DAYS = ["2025-12-02", "2025-12-03"]
CALCULATOR = (
    "<div><label>Prompt tokens</label><input type=range value=1000><label>Completion tokens</label>"
    "<input type=range value=500><p>Cost for this request</p><p>$0.0012</p></div>"
)
POINTS = "".join(f"<circle><title>Dec {day}, 2025: $12</title></circle>" for day in (2, 3))
HISTORY = "<h2>Price History</h2>"


def dated(records: Records) -> list[tuple[str, str]]:
    return [(price.component, str(price.usd)) for price in records.prices if price.effective_from]


@pytest.mark.parametrize(
    "beside",
    [
        ("Free credits", "$5"),
        ("Enterprise", "$99"),
        ("Gift card", "$25"),
        ("Batch discount", "$0.50"),
        ("Blended price", "$1.25 / 1M tokens"),
        ("Team", "$20 / month"),
        ("Similar models", "Mistral Large", "$2 / 1M tokens"),
        ("Mistral Large", "$2 / 1M tokens"),
        ("A thousand emails", "$0.80"),
    ],
)
def test_what_stands_below_the_prices_of_cards_is_no_price_of_the_model(beside: tuple[str, ...]) -> None:
    known, other = (
        "".join(f"<div>{''.join(f'<p>{line}</p>' for line in card)}</div>" for card in cards)
        for cards in ((("Prompt", "$1 / 1M tokens"), ("Completion", "$2 / 1M tokens")), (beside,))
    )
    prices = html_page_with("Current Pricing", f"<div>{known}</div>{other}").prices
    assert [(one.component, str(one.usd)) for one in prices if not one.provider] == [
        ("prompt", "1"),
        ("completion", "2"),
    ]


def test_the_result_of_a_calculator_takes_nothing_from_the_prices_above_it() -> None:
    known = "<div><h4>Prompt</h4><p>$1 / 1M tokens</p></div><div><h4>Completion</h4><p>$2 / 1M tokens</p></div>"
    prices = html_page_with("Current Pricing", f"<div>{known}</div>{CALCULATOR}").prices
    assert [(one.component, str(one.usd)) for one in prices if not one.provider] == [
        ("prompt", "1"),
        ("completion", "2"),
    ]


@pytest.mark.parametrize(
    "chart",
    [
        f"<svg aria-label='Daily spend'><g aria-label='Prompt'>{POINTS}</g></svg>",
        f"<svg aria-label='GPT-4o price over time'><g aria-label='Prompt'>{POINTS}</g></svg>",
        f"<svg aria-label='Acme: Two price'><g aria-label='Prompt'>{POINTS}</g></svg>",
        f"<figure><figcaption>Usage</figcaption><svg><g aria-label='Prompt'>{POINTS}</g></svg></figure>",
        f"<h4>GPT-4o</h4><svg><g aria-label='Prompt'>{POINTS}</g></svg>",
        f"<svg aria-label='Prompt'>{POINTS.replace('$12', '$12 total')}</svg>",
        f"<div data-usage='{json.dumps([{'date': day, 'prompt': 120, 'completion': 300} for day in DAYS])}'></div>",
        f"<div data-chart='{json.dumps([{'date': day, 'prompt': 1200, 'completion': 300} for day in DAYS])}'></div>",
    ],
)
def test_a_chart_of_something_else_is_no_history_of_prices(chart: str) -> None:
    assert dated(html_page(sections=HISTORY + chart)) == []


TITLE = ", options: {{plugins: {{title: {{text: '{}'}}}}}}"


def chart_of(first: int, title: str = "") -> str:
    more = TITLE.format(title) if title else ""
    return f"new Chart(box, {{data: {{labels: {DAYS}, datasets: [{{label: 'Prompt', data: [{first}, 13]}}]}}{more}}});"


@pytest.mark.parametrize(
    ("heading", "script", "count"),
    [
        (HISTORY, chart_of(12), 2),
        ("", chart_of(12), 0),
        ("", chart_of(12, "Price per 1M tokens"), 2),
        (HISTORY, chart_of(1200), 0),
        (HISTORY, "draw(box, {series: [{name: 'Prompt', data: [['2025-12-02', 1200], ['2025-12-03', 13]]}]});", 0),
        (HISTORY, chart_of(12, "Tokens processed per day"), 0),
        (HISTORY, chart_of(12, "Spend"), 0),
    ],
)
def test_a_script_draws_prices_where_the_page_or_the_chart_says_so(heading: str, script: str, count: int) -> None:
    assert len(dated(html_page(sections=f"{heading}<canvas></canvas><script>{script}</script>"))) == count


@pytest.mark.parametrize("model", ["acme/one-1", "acme/two-1"])
@pytest.mark.parametrize("form", ['{"model": "%s", "priceHistory": %s}', '{"%s": {"priceHistory": %s}}'])
def test_data_say_of_which_model_a_history_is(model: str, form: str) -> None:
    rows = json.dumps([{"date": day, "prompt": 0.5} for day in DAYS])
    head = '<link rel="canonical" href="/models/acme/one-1">'
    records = html_page(sections=f'{head}<script type="application/json">{form % (model, rows)}</script>')
    assert len(dated(records)) == (2 if model == "acme/one-1" else 0)


def test_points_of_a_chart_are_no_text_of_a_description() -> None:
    text = "One is a small model of Acme."
    chart = f"<svg><g aria-label='Prompt'>{POINTS}</g></svg>"
    records = html_page(sections=f"<h2>Author's Description</h2><p>{text}</p>{chart}")
    assert next(one.description for one in records.models if one.is_subject) == text


@pytest.mark.parametrize(
    "below",
    [
        "<p>Updated 3 minutes ago</p>",
        "<p>You save</p><p>$3</p>",
        "<p>Cost</p><p>$4</p>",
        "<p>As of</p><p>Mar 3, 2026</p>",
    ],
)
@pytest.mark.parametrize(
    "history",
    [
        "<h5>Prompt</h5><ul><li>Dec 2, 2025: $0.6</li><li>Sep 9, 2025: $0.8</li></ul>",
        "<svg><g aria-label='Prompt'><circle><title>Dec 2, 2025: $0.6</title></circle>"
        "<circle><title>Sep 9, 2025: $0.8</title></circle></g></svg>",
    ],
)
def test_what_stands_below_a_history_takes_nothing_from_it(history: str, below: str) -> None:
    assert dated(html_page(sections=HISTORY + history + below)) == [("prompt", "0.6"), ("prompt", "0.8")]


def test_a_sentence_of_the_news_is_no_name_of_what_is_paid_for() -> None:
    news = "<ul><li>Mar 3, 2026: We cut the price of Two to $0.30</li></ul>"
    records = html_page(sections=HISTORY + news)
    assert dated(records) == []
    assert "unread_line" in [one.code for one in records.warnings]
