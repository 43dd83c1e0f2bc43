"""What a list does not show, and its page's data have; what is paid for under names that nobody knows."""

from __future__ import annotations

import json

import pytest
from small_page import SCORE, html_of, html_page, html_page_with, model_row, rating

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

RUNS = [{"benchmark": name, "accuracy": accuracy} for name, accuracy in (("Coding", "90.0"), ("Ethics", "80"))]


def beside_data(foot: str, runs: list[dict[str, str]]) -> Records:
    """The records of a page that shows one run, with these words below its table and these runs in its data."""
    page = html_of(SCORE.format("No"), "", "<tr><td>Prompt</td><td>$1</td></tr>", "", "")
    page = page.replace("<h2>Other Models", f"<div>{foot}</div><h2>Other Models")
    data = json.dumps({"props": {"pageProps": {"model": {"name": "Acme: One", "benchmarkResults": runs}}}})
    script = f'<script id="__NEXT_DATA__" type="application/json">{data}</script></body>'
    return parse(Document(body=page.replace("</body>", script).encode())).records()


def test_rows_on_later_pages_of_a_list_are_in_its_data() -> None:
    for foot in ("Page 1 of 2", "<span>1-1 of 2</span>", "<button>Show 1 more</button>"):
        assert [s.benchmark for s in beside_data(foot, RUNS).benchmark_scores] == ["Coding", "Ethics"]


@pytest.mark.parametrize(("foot", "runs"), [("Measured in May", RUNS), ("Page 1 of 2", RUNS[1:])])
def test_data_add_no_rows_to_a_whole_list_nor_to_another_one(foot: str, runs: list[dict[str, str]]) -> None:
    assert [s.benchmark for s in beside_data(foot, runs).benchmark_scores] == ["Coding"]


@pytest.mark.parametrize(
    "chart",
    [
        "<canvas data-points='[@]'></canvas>",
        '<div data-chart="{&quot;labels&quot;: [&quot;2026-01-31&quot;], &quot;datasets&quot;: '
        '[{&quot;label&quot;: &quot;Prompt&quot;, &quot;data&quot;: [2]}]}"></div>',
    ],
)
@pytest.mark.parametrize("scores", ["", SCORE.format("No")])
def test_an_empty_history_may_be_drawn_from_an_attribute(chart: str, scores: str) -> None:
    chart = chart.replace("@", json.dumps({"date": "2026-01-31", "prompt": 2, "completion": 4, "note": "x" * 30}))
    prices = html_page(scores=scores, sections=f"<h2>Price History</h2>{chart}").prices
    assert [str(one.usd) for one in prices if one.effective_from][:1] == ["2"]


@pytest.mark.parametrize(
    "cards",
    [
        "<div><p>{}</p><p>{}</p></div>",
        "<div><h4>{}</h4><p>{}</p></div>",
        "<li><span>{}</span> <span>{}</span></li>",
    ],
)
def test_what_is_paid_for_under_a_name_of_its_own_is_kept(cards: str) -> None:
    prices = (("Prompt", "$1"), ("Video Generation", "$0.5 / second"), ("Cache Write tokens", "$3"))
    shown = "".join(cards.format(*price) for price in (*prices, ("Estimated cost", "$12")))
    records = html_page_with("Current Pricing", f"<div>{shown}</div>")
    assert [(one.component, str(one.usd), one.unit) for one in records.prices if not one.provider] == [
        ("prompt", "1", "mtok"),
        ("video_generation", "0.5", "second"),
        ("input_cache_write", "3", "mtok"),
    ]
    assert "drift_unknown_component" in [one.code for one in records.warnings]


def test_the_row_of_a_category_may_say_how_many_rows_it_has() -> None:
    group = '<tr><td colspan="3"><b>{}</b> <span>{}</span></td></tr>'
    run = "<tr><td>{}</td><td>5</td><td>90%</td></tr>"
    rows = (
        group.format("Code", 2),
        run.format("Coding"),
        run.format("Tests"),
        group.format("Law", 1),
        run.format("Ethics"),
    )
    head = "<tr><th>Benchmark</th><th>Executions</th><th>Accuracy</th></tr>"
    scores = html_page_with("Benchmark Results", f"<table>{head}{''.join(rows)}</table>").benchmark_scores
    assert [one.category for one in scores] == ["Code", "Code", "Law"]


def test_sentences_side_by_side_may_say_what_a_day_changed() -> None:
    line = "Dec 2, 2025: Prompt price decreased from $1.5 to $1. Completion price decreased from $3 to $2."
    prices = html_page(sections=f"<h2>Price History</h2><p>{line}</p>").prices
    assert [(one.component, str(one.usd)) for one in prices if one.effective_from] == [
        ("prompt", "1"),
        ("completion", "2"),
    ]


def test_a_slug_below_the_title_of_a_table_is_the_endpoints_name() -> None:
    pairs = (("Context Length", "8K"), ("Pricing (Input)", "$1"), ("Pricing (Output)", "$2"))
    facts = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in pairs)
    endpoint = "<section><h4>{}</h4><p><code>acme/one-1</code></p><table><tbody>" + facts + "</tbody></table></section>"
    records = html_page_with("Available Endpoints", endpoint.format("Groq") + endpoint.format("Azure"))
    assert [(one.provider, one.endpoint_name) for one in records.endpoints] == [
        ("Groq", "acme/one-1"),
        ("Azure", "acme/one-1"),
    ]


def test_a_heading_may_count_the_scores_of_a_category() -> None:
    head = "<tr><th>Benchmark</th><th>Executions</th><th>Accuracy</th></tr>"
    table = f"<table>{head}<tr><td>{{}}</td><td>5</td><td>90%</td></tr></table>"
    group = "<div><h4>{}<span>1</span></h4>{}</div>"
    groups = group.format("Code", table.format("Coding")) + group.format("Law", table.format("Ethics"))
    scores = html_page_with("Benchmark Results", groups).benchmark_scores
    assert [(one.benchmark, one.category) for one in scores] == [("Coding", "Code"), ("Ethics", "Law")]


@pytest.mark.parametrize("names", [["top_p", "seed", "reasoning"], ["Vision", "Reasoning", "Deep thoughts"]])
def test_a_list_may_be_a_table_of_several_columns(names: list[str]) -> None:
    cells = "".join(f'<td><svg class="lucide lucide-check"></svg> {name}</td>' for name in names)
    heading = "Supported Parameters" if "seed" in names else "Features"
    model = html_page(sections=f"<h2>{heading}</h2><table><tbody><tr>{cells}</tr></tbody></table>").models[0]
    assert (model.supported_parameters or model.supported_features) == names


def test_a_box_that_shows_the_rest_of_a_text_says_nothing() -> None:
    box = '<label><input type="checkbox"> Show full description</label>'
    assert html_page(sections=f"<h2>Description</h2><p>One is small.</p>{box}").models[0].description == "One is small."


def test_dollars_may_be_said_to_those_who_listen() -> None:
    price = '<tr><td>Prompt</td><td>$0.3<span class="sr-only"> US dollars</span> / 1M tokens</td></tr>'
    assert [str(one.usd) for one in html_page(prices=price).prices[:1]] == ["0.3"]


def test_a_dash_may_stand_between_a_label_and_its_price() -> None:
    row = '<li><span>{}</span><span aria-hidden="true"> — </span><span><b>{}</b> <i>per 1M tokens</i></span></li>'
    records = html_page_with(
        "Current Pricing", f"<ul>{row.format('Prompt', '$1')}{row.format('Completion', '$3')}</ul>"
    )
    assert [(one.component, str(one.usd)) for one in records.prices if not one.provider] == [
        ("prompt", "1"),
        ("completion", "3"),
    ]


def test_prices_in_the_head_of_an_endpoint_are_no_part_of_its_name() -> None:
    pairs = (("Endpoint Name", "acme/one-1"), ("Pricing (Input)", "$1"), ("Context Length", "8K"))
    facts = f"<dl>{''.join(f'<dt>{label}</dt><dd>{value}</dd>' for label, value in pairs)}</dl>"
    panels = "".join(
        f"<details><summary><span>{name}</span><span>$1 / $2</span></summary>{facts}</details>"
        for name in ("Groq", "Azure")
    )
    assert [one.provider for one in html_page_with("Available Endpoints", panels).endpoints] == ["Groq", "Azure"]


def test_what_opens_a_whole_list_is_no_entry_of_it() -> None:
    listed = "<details><summary>Show all 2</summary><ul><li>top_p</li><li>seed</li></ul></details>"
    model = html_page(sections=f"<h2>Supported Parameters</h2>{listed}").models[0]
    assert model.supported_parameters == ["top_p", "seed"]


def test_words_say_how_many_of_five_glyphs_are_lit_by_their_colours() -> None:
    stars = '<b aria-hidden="true" class="lit">★</b>' * 3 + '<b aria-hidden="true">★</b>' * 2
    said = f'{stars}<span class="sr-only">3 out of 5</span>'
    assert rating(html_page(models=model_row(speed=said, cost=said.replace("★", "$"))), "speed") == 3
    assert rating(html_page(models=model_row(speed=said, cost=said.replace("★", "$"))), "cost") == 3


def test_a_badge_may_stand_between_the_title_of_a_card_and_its_table() -> None:
    pairs = (("Released", "Jan 02, 2025"), ("Params", "7B"), ("Context", "8K"), ("Cost", "$"))
    rows = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in pairs)
    card = '<div><h4><a href="/models/acme/{0}-1">Acme: {0}</a></h4>{1}<table><tbody>' + rows + "</tbody></table></div>"
    cards = card.format("two", "<span>Unavailable</span>") + card.format("three", "")
    models = html_page_with("Other Models by acme", cards).models[1:]
    assert [(one.name, one.is_available, one.canonical_slug) for one in models] == [
        ("Acme: two", False, "acme/two-1"),
        ("Acme: three", None, "acme/three-1"),
    ]


def test_what_explains_a_price_stands_between_its_label_and_it() -> None:
    row = "<div><div>{}<div>Charged per token sent</div></div><div><b>{}</b><span>/ 1M tokens</span></div></div>"
    records = html_page_with("Current Pricing", row.format("Prompt", "$1") + row.format("Completion", "$3"))
    assert [(one.component, str(one.usd)) for one in records.prices if not one.provider] == [
        ("prompt", "1"),
        ("completion", "3"),
    ]


def test_the_category_of_a_benchmark_may_stand_below_its_title() -> None:
    pairs = (("Executions", "5"), ("Accuracy", "90%"), ("Cost", "$0.1"))
    rows = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in pairs)
    card = "<article><h4>{}</h4><p>{}</p><table><tbody>" + rows + "</tbody></table></article>"
    cards = card.format("Coding", "Code") + card.format("Ethics", "Law")
    scores = html_page_with("Benchmark Results", cards).benchmark_scores
    assert [(one.benchmark, one.category) for one in scores] == [("Coding", "Code"), ("Ethics", "Law")]


def test_a_block_of_data_may_have_the_history_alone() -> None:
    data = json.dumps({"priceHistory": {"labels": ["2026-01-31"], "datasets": [{"label": "Prompt", "data": [2]}]}})
    script = f'<script type="application/json" class="chart">{data}</script>'
    prices = html_page(sections=f"<h2>Price History</h2>{script}").prices
    assert [(str(one.effective_from), str(one.usd)) for one in prices if one.effective_from] == [("2026-01-31", "2")]


def test_a_link_to_the_top_of_the_page_is_no_content() -> None:
    sections = '<h2>Description</h2><p>One is small.</p><p><a href="#top">Back to top</a></p>'
    assert html_page(sections=sections).models[0].description == "One is small."
