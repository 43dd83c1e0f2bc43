"""What stands around the values of a page and is none of them: remarks in place of rows, hidden rows, greyed-out
glyphs, words for screen readers, logos, struck-through names."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, MODELS, SCORE, html_of, html_page, model_row, rating, text_page

from scrapers.document import Document
from scrapers.errors import CutDocument, ForeignPage
from scrapers.sources.benchable_page import parse


@pytest.mark.parametrize(
    "row",
    [
        '<tr><td colspan="9" class="h-24 text-center">No benchmark results available.</td></tr>',
        "<tr><td>No results.</td></tr>",
        f"<tr><td>There are no results yet</td>{'<td></td>' * 8}</tr>",
    ],
)
def test_a_remark_in_place_of_rows_is_no_score(row: str) -> None:
    records = html_page(scores=row)
    assert records.benchmark_scores == []
    assert not [item for item in records.warnings if item.code in ("unread_value", "torn_row")]


def test_any_other_remark_across_a_table_is_reported_and_is_no_score() -> None:
    records = html_page(scores='<tr><td colspan="9">Code, run in May</td></tr>' + SCORE.format("No"))
    assert [item.benchmark for item in records.benchmark_scores] == ["Coding"]
    assert "unread_row" in [item.code for item in records.warnings]


def test_rows_and_bodies_that_nobody_sees_are_not_read() -> None:
    rows = model_row() + model_row(attributes="hidden", name="Acme: Ghost")
    rows += f"</tbody><tbody style='display: none'>{model_row(name='Acme: Phantom')}"
    assert [item.name for item in html_page(models=rows).models] == ["Acme: One", "Acme: Two"]


@pytest.mark.parametrize(
    ("cost", "value"),
    [
        ('$$<span class="opacity-30">$$$</span>', 2),
        ('<span class="text-green-600">$$$$</span><span class="text-gray-300 dark:text-gray-600">$</span>', 4),
        ('<b class="text-gray-900">$</b><b style="opacity: 0.3">$</b><b style="opacity: .3">$</b>', 1),
        ('<span class="text-muted-foreground">$$$</span>', 3),
        ('<span class="sr-only">Cost: 2 out of 5</span><span aria-hidden="true">$$<i class="dim">$$$</i></span>', 2),
    ],
)
def test_glyphs_greyed_out_beside_others_are_not_counted(cost: str, value: int) -> None:
    assert rating(html_page(models=model_row(cost=cost)), "cost") == value


def test_stars_greyed_out_beside_others_are_not_counted() -> None:
    stars = '<span class="text-yellow-400">★★★</span><span class="text-gray-300">★★</span>'
    assert rating(html_page(models=model_row(speed=stars)), "speed") == 3


def test_a_grey_currency_sign_is_still_one() -> None:
    price = '<tr><td>Prompt</td><td><span class="text-muted-foreground">$</span>0.25</td></tr>'
    assert str(html_page(prices=price).prices[0].usd) == "0.25"


@pytest.mark.parametrize(
    ("mark", "flag"),
    [
        ('<span class="sr-only">Yes</span>✓', True),
        ("<span>No</span> ✗", False),
        ('<span class="sr-only">No</span><span aria-hidden="true">○</span>', False),
        ("Yes ✗", None),
    ],
)
def test_a_mark_and_its_words_for_screen_readers_must_agree(mark: str, flag: bool | None) -> None:
    assert html_page(scores=SCORE.format(mark)).benchmark_scores[0].is_reasoning is flag


def test_a_table_without_outer_pipes_may_begin_with_an_unnamed_column() -> None:
    header = " | Released | Params | Context |  | Speed | Ability | Cost\n---|---|---|---|---|---|---|---\n"
    row = "[Acme: Two](/models/acme/two-1) | Jan 02, 2025 | 7B | 8K | Text input Text output | ★★ | — | "
    records = text_page(header + row)
    assert records.models[1].canonical_slug == "acme/two-1"
    assert (rating(records, "speed"), rating(records, "ability")) == (2, None)


def test_logos_strikes_and_code_marks_of_markdown_are_no_words() -> None:
    header = f"| {' | '.join(MODELS)} |\n|---|---|---|---|---|---|---|---|\n"
    pictures = "![Text input](a.svg)![Text output](b.svg)"
    row = f"| ~~Acme: Two~~ Unavailable | Jan 02, 2025 | 7B | 8K | {pictures} | ★★ | — | $ |"
    records = text_page(header + row, endpoint="![Acme](/acme.svg)Acme | Acme \\| acme/one-1 | 8K | $1 | $2")
    assert records.endpoints[0].provider == "Acme"
    assert (records.models[1].name, records.models[1].is_available) == ("Acme: Two", False)
    assert (records.models[1].input_modalities, records.models[1].output_modalities) == (["text"], ["text"])
    assert records.models[0].supported_parameters == ["top_p", "seed"]
    assert records.benchmark_scores == []


@pytest.mark.parametrize(
    "name",
    [
        '<a href="/models/acme/two-1">Acme: Two</a><span class="sr-only"> (Unavailable)</span>',
        '<a href="/models/acme/two-1" title="Unavailable">Acme: Two</a>',
        '<a href="/models/acme/two-1">Acme: Two</a> <span class="badge">unavailable</span>',
        "Acme: Two - Unavailable",
    ],
)
def test_a_badge_is_no_part_of_a_name_wherever_it_stands(name: str) -> None:
    model = html_page(models=model_row(name=name)).models[1]
    assert (model.name, model.is_available) == ("Acme: Two", False)


def test_a_summary_may_be_cards_of_a_label_and_a_figure() -> None:
    figures = {"Speed": "43rd percentile", "Price": "37th percentile", "Success Rate": "99%"}
    cards = "".join(f"<div><span>{label}</span><span>{value}</span></div>" for label, value in figures.items())
    ratings = html_page(sections=f"<h2>Performance Summary</h2><div>{cards}</div>").ratings
    assert {item.dimension: item.value for item in ratings} == {
        "speed_percentile": 43,
        "price_percentile": 37,
        "success_rate_percent": 99,
    }


def test_a_header_that_is_printed_again_is_no_endpoint() -> None:
    headers = ("Provider", "Endpoint Name", "Context Length", "Pricing (Input)", "Pricing (Output)")
    again = f"<tr>{''.join(f'<th>{header}</th>' for header in headers)}</tr>"
    records = html_page(endpoints=ENDPOINT + again + ENDPOINT.replace("<td>Acme</td>", "<td>Groq</td>"))
    assert [item.provider for item in records.endpoints] == ["Acme", "Groq"]


def test_an_icon_says_of_the_feature_beside_it_whether_it_is_there() -> None:
    entries = "".join(
        f'<div class="flex"><svg class="lucide lucide-{icon}"></svg><span>{name}</span></div>'
        for icon, name in (("check", "Tool Calling"), ("x", "Vision"), ("check", "Caching"))
    )
    records = html_page(sections=f"<h2>Features</h2><div>{entries}</div>")
    assert records.models[0].supported_features == ["Tool Calling", "Caching"]


def test_a_specification_may_stand_behind_its_label_without_a_colon() -> None:
    lines = "<p><b>Context Length</b> 163,840</p><p><b>Parameters</b> ~671B</p><p><b>Released</b> Aug 21, 2025</p>"
    model = html_page(sections=f"<h2>Key Specifications</h2>{lines}").models[0]
    assert (model.context_tokens, model.parameter_count, model.parameter_count_is_approximate) == (
        163_840,
        671_000_000_000,
        True,
    )
    assert str(model.released_on) == "2025-08-21"


def test_each_date_of_a_timeline_has_its_own_prices() -> None:
    timeline = (
        '<ol><li><time datetime="2025-08-21">Aug 21</time><div>Prompt: $0.30</div></li>'
        '<li><time datetime="2025-09-01">Sep 1</time><div>Completion: $1.00</div></li></ol>'
    )
    prices = html_page(sections=f"<h2>Price History</h2>{timeline}").prices
    assert [(item.component, str(item.usd), str(item.effective_from)) for item in prices if item.effective_from] == [
        ("prompt", "0.30", "2025-08-21"),
        ("completion", "1.00", "2025-09-01"),
    ]


def test_a_heading_may_count_what_stands_below_it() -> None:
    sections = "<h2>Supported Parameters (2)</h2><ul><li>seed</li><li>top_p</li></ul>"
    assert html_page(sections=sections).models[0].supported_parameters == ["seed", "top_p"]


def test_a_slug_with_a_variant_is_no_label_with_its_value() -> None:
    lines = "".join(f"<div><div>{word}</div></div>" for word in ("Model ID", "acme/one:free", "Tokenizer", "Pear"))
    records = html_page(sections=f"<h2>Key Specifications</h2>{lines}")
    assert (records.models[0].model_id, records.models[0].tokenizer) == ("acme/one:free", "Pear")
    assert not [warning for warning in records.warnings if warning.code == "drift_unknown_header"]


def test_a_list_of_prices_may_have_one_for_longer_prompts() -> None:
    pairs = (("Prompt", "$1"), ("Prompt (&gt;200K tokens)", "$2"), ("Completion", "$4"))
    listed = f"<dl>{''.join(f'<dt>{label}</dt><dd>{price}</dd>' for label, price in pairs)}</dl>"
    page = html_of("", "", "", ENDPOINT, "")
    table = page[page.index("<table>") : page.index("</table>") + len("</table>")]
    records = parse(Document(body=page.replace(table, listed).encode())).records()
    stated = [(price.component, str(price.usd), price.conditions) for price in records.prices if not price.provider]
    assert stated == [("prompt", "1", None), ("prompt", "2", {"min_prompt_tokens": 200000}), ("completion", "4", None)]
    assert not [warning for warning in records.warnings if "header" in warning.code]


def test_a_page_without_endpoints_has_its_slug_from_its_row_among_the_models() -> None:
    row = model_row(name='<a href="/models/acme/one-1">Acme: One</a>')
    records = html_page(endpoints="", models=row)
    assert [(model.canonical_slug, model.author, model.is_subject) for model in records.models] == [
        ("acme/one-1", "acme", True)
    ]
    assert {price.canonical_slug for price in records.prices} == {"acme/one-1"}


def test_a_summary_that_a_page_has_twice_for_two_widths_is_one() -> None:
    summary = "<h2>Performance Summary</h2><p>Acme: One is faster than 95% of models.</p>"
    assert [rated.value for rated in html_page(sections=summary * 2).ratings] == [95]


def test_a_header_that_is_cut_makes_no_model() -> None:
    for models in ("|\n|\nReleased | Params | Context |\n|\nSpeed", "|\n|\nReleased |", "| Model | Rel"):
        with pytest.raises(CutDocument):
            text_page(models.strip())


def test_a_page_of_another_site_that_has_prices_too_is_foreign() -> None:
    table = "<table><tr><th>Plan</th><th>Price</th></tr><tr><td>Pro</td><td>$20 / month</td></tr></table>"
    page = f"<html><body><h1>Plans</h1><h2>Pricing</h2>{table}<h2>Features</h2><p>Backups</p></body></html>"
    with pytest.raises(ForeignPage):
        parse(Document(body=page.encode()))


def test_a_header_in_a_table_of_its_own_is_of_the_table_below_it() -> None:
    """A header that stays in sight while the rows below it scroll."""
    split = "</table><table>".join
    page = html_of("", model_row(speed="★★"), "<tr><td>Prompt</td><td>Free</td></tr>", ENDPOINT, "")
    assert "</thead><tbody>" in page
    records = parse(Document(body=page.replace("</thead><tbody>", split(("</thead>", "<tbody>"))).encode())).records()
    assert [(price.component, price.state) for price in records.prices[:1]] == [("prompt", "free")]
    assert ([one.provider for one in records.endpoints], rating(records, "speed")) == (["Acme"], 2)


@pytest.mark.parametrize(
    "card",
    [
        '<div><h3><a href="/models/acme/two">Acme: Two</a></h3>{}</div>',
        '<a href="/models/acme/two"><div><h3>Acme: Two</h3>{}</div></a>',
    ],
)
def test_the_title_of_a_card_may_lead_to_its_model(card: str) -> None:
    pairs = (("Released", "Jan 02, 2025"), ("Params", "7B"), ("Context", "8K"), ("Speed", "★★"))
    cards = card.format("".join(f"<div><span>{label}</span><span>{value}</span></div>" for label, value in pairs))
    page = html_of("", "", "", ENDPOINT, "")
    at = page.rindex("<table>")
    records = parse(Document(body=(page[:at] + cards + "</body></html>").encode())).records()
    assert [(model.name, model.canonical_slug) for model in records.models[1:]] == [("Acme: Two", "acme/two")]


def test_labels_may_stand_below_their_values_in_cards_with_titles() -> None:
    values = (("Acme | acme/one-1", "Endpoint Name"), ("8K", "Context Length"), ("$1", "Input"), ("$2", "Output"))
    card = "".join(f"<div><p>{value}</p><p>{label}</p></div>" for value, label in values)
    page = html_of("", "", "", "", "")
    at = page.index("<h2>Available Endpoints</h2>") + len("<h2>Available Endpoints</h2>")
    end = page.index("</table>", at) + len("</table>")
    page = page[:at] + f"<div><h3>Acme</h3>{card}</div><div><h3>Reef</h3>{card}</div>" + page[end:]
    records = parse(Document(body=page.encode())).records()
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8000), ("Reef", 8000)]
    assert [str(price.usd) for price in records.prices] == ["1", "2", "1", "2"]


def test_labels_that_nothing_certain_stands_below_are_reported_with_what_does() -> None:
    words = ("Released", "Params", "Context", "Speed", "Acme: Two", "—", "7B", "8K", "★★", "Acme: Six", "—")
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    listed = "".join(f"<p>{word}</p>" for word in words)
    records = parse(Document(body=(page[: page.rindex("<table>")] + listed + "</body></html>").encode())).records()
    assert any("Acme: Six" in warning.message for warning in records.warnings)


def test_a_last_value_that_is_missing_turns_no_card_around() -> None:
    lines = ("Acme", "Endpoint Name", "Acme | acme/one-1", "Context Length", "8K", "Input", "$1", "Output")
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", "", "")
    at = page.index("<h2>Available Endpoints</h2>") + len("<h2>Available Endpoints</h2>")
    end = page.index("</table>", at) + len("</table>")
    page = page[:at] + "".join(f"<p>{line}</p>" for line in lines) + page[end:]
    records = parse(Document(body=page.encode())).records()
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8000)]
    assert [(price.component, str(price.usd)) for price in records.prices[1:]] == [("prompt", "1")]


@pytest.mark.parametrize("sign", ["?", "ⓘ", "<svg></svg>", "i"])
def test_a_button_that_opens_a_hint_is_no_content_of_a_section(sign: str) -> None:
    head = "<header><h2>{}</h2><button aria-label='About this'>" + sign + "</button></header>"
    sections = f"<section>{head.format('Features')}<div><span>Vision</span><span>Tools</span></div></section>"
    sections += f"<section>{head.format('Description')}<p>One is a model.</p></section>"
    model = html_page(sections=sections).models[0]
    assert (model.supported_features, model.description) == (["Vision", "Tools"], "One is a model.")


@pytest.mark.parametrize("badge", ["2", "2 providers"])
def test_a_badge_beside_the_heading_of_a_section_is_no_line_of_it(badge: str) -> None:
    facts = "<p>Context Length: 8K</p><p>Pricing (Input): $1 / 1M tokens</p>"
    cards = "".join(f"<b>{name}</b>{facts}" for name in ("Acme", "Nimbus"))
    sections = "<h2>Benchmark Results</h2><p>No results.</p>"
    sections += f"<h2>Available Endpoints <span class='badge'>{badge}</span></h2>{cards}"
    assert [one.provider for one in html_page(endpoints="", sections=sections).endpoints] == ["Acme", "Nimbus"]
