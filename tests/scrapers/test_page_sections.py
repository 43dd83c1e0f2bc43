"""Sections that are lists, prices and their history, in the forms that pages and text extractors give them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from small_page import ENDPOINT, SCORE, html_of, html_page, model_row, text_page

from scrapers.document import Document
from scrapers.records import Price
from scrapers.source import source_of
from scrapers.sources.benchable_page import parse


@pytest.mark.parametrize(
    "listed",
    [
        "<p>This model supports the following parameters: top_p, seed.</p>",
        "<p>top_p · seed</p>",
        "<p>top_p | seed</p>",
        "<p>This model supports the following parameters: top_p and seed</p>",
        '<ul><li><svg class="lucide-check"></svg>top_p</li><li><svg class="lucide-check"></svg>seed</li></ul>',
        '<ul><li><b class="sr-only">Supported</b>top_p</li><li><b class="sr-only">Supported</b>seed</li></ul>',
        "<dl><dt>top_p</dt><dd>How likely a word must be</dd><dt>seed</dt><dd>For repeatable answers</dd></dl>",
        "<ul><li><code>top_p</code> - how likely a word must be</li><li><code>seed</code>: a number</li></ul>",
    ],
)
def test_the_parameters_are_the_same_in_every_list(listed: str) -> None:
    model = html_page(sections=f"<h2>Supported Parameters</h2>{listed}").models[0]
    assert model.supported_parameters == ["top_p", "seed"]


@pytest.mark.parametrize(
    "listed",
    [
        "<p>This model supports the following features: Tool Calling, JSON Mode</p>",
        "<div><h4>Tool Calling</h4><p>It calls tools.</p></div><div><h4>JSON Mode</h4><p>It writes JSON.</p></div>",
        "<dl><dt>Tool Calling</dt><dd>Yes</dd><dt>JSON Mode</dt><dd>Yes</dd></dl>",
    ],
)
def test_the_features_are_the_same_in_every_list(listed: str) -> None:
    model = html_page(sections=f"<h2>Features</h2>{listed}").models[0]
    assert model.supported_features == ["Tool Calling", "JSON Mode"]


def test_the_words_in_the_head_of_a_card_are_not_its_content() -> None:
    head = "<div><div><h2>{}</h2><p>Everything in one place</p></div><div>{}</div></div>"
    sections = head.format("Description", "<p>It is green.</p>") + head.format("Features", "<ul><li>Tools</li></ul>")
    model = html_page(sections=sections).models[0]
    assert (model.description, model.supported_features) == ("It is green.", ["Tools"])


@pytest.mark.parametrize(
    "description",
    [
        "<p>It is green.</p><p>It is sweet.</p><button>Read more</button>",
        '<div class="whitespace-pre-wrap">It is green.\n\nIt is sweet.</div><a href="#">Show less</a>',
        '<div style="white-space: pre-wrap">It is green.\n\nIt is sweet.</div>',
    ],
)
def test_a_description_has_its_paragraphs_and_no_button(description: str) -> None:
    model = html_page(sections=f"<h2>Description</h2>{description}").models[0]
    assert model.description == "It is green.\nIt is sweet."


@pytest.mark.parametrize("hidden", ["hidden", 'style="display: none"'])
def test_the_rest_of_a_description_is_read_where_a_button_would_show_it(hidden: str) -> None:
    text = f"<p>It is gre<span>…</span><span {hidden}>en and it is sweet.</span></p><button>Read more</button>"
    records = html_page(sections=f"<h2>Description</h2>{text}")
    assert (records.models[0].description, records.warnings) == ("It is green and it is sweet.", [])


def test_a_description_that_is_cut_short_is_told() -> None:
    warnings = html_page(sections="<h2>Description</h2><p>It is green and…</p><button>Read more</button>").warnings
    assert [warning.code for warning in warnings] == ["cut_description"]


def test_labels_below_their_values_are_still_theirs() -> None:
    cards = "<div><div>131,072</div><div>Context Length</div></div><div><div>7B</div><div>Parameters</div></div>"
    model = html_page(sections=f"<h2>Key Specifications</h2>{cards}").models[0]
    assert (model.context_tokens, model.parameter_count) == (131_072, 7_000_000_000)


def history(section: str) -> list[tuple[date | None, str, Decimal | None]]:
    prices: list[Price] = html_page(sections=f"<h2>Price History</h2>{section}").prices
    return [(price.effective_from, price.component, price.usd) for price in prices if price.effective_from]


def table(*rows: tuple[str, ...]) -> str:
    header, *others = [[f"<td>{cell}</td>" for cell in row] for row in rows]
    cells = "".join(f"<tr>{''.join(row)}</tr>" for row in others)
    return f"<table><tr>{''.join(header).replace('td>', 'th>')}</tr>{cells}</table>"


@pytest.mark.parametrize(
    "section",
    [
        table(("Date", "Input ($ per 1M)", "Output ($ per 1M)"), ("2025-01-02", "0.9", "1.8 USD")),
        table(("Component", "Jan 02, 2025"), ("Prompt", "$0.9"), ("Completion", "$1.8")),
        "<h3>Jan 2, 2025</h3>" + table(("Feature", "Price"), ("Prompt", "$0.9"), ("Completion", "$1.8")),
        "<h3>Prompt</h3>"
        + table(("Date", "Price"), ("Jan 2, 2025", "$0.9"))
        + "<h3>Completion</h3>"
        + table(("Date", "Price"), ("Jan 2, 2025", "$1.8")),
        table(
            ("Date", "Feature", "Change"), ("2025/01/02", "Prompt", "$1 → $0.9"), ("2 Jan 2025", "Output", "$2 → $1.8")
        ),
        "<ul><li>Thu, Jan 2, 2025: $0.9 (prompt), $1.8 (completion)</li></ul>",
        "<ul><li>02-Jan-2025 — prompt $0.9 / completion $1.8</li></ul>",
        "<p>1. Jan 2, 2025: Prompt $0.9, Completion $1.8</p>",
        table(("Date", "Prompt", "Completion"), ("Jan 2, 2025", "$0.9 <b>-10%</b>", "$1.8 (+5.5%)")),
        table(("Period", "Prompt", "Completion"), ("Jan 2, 2025 – present", "$0.9", "$1.8")),
        table(("Dates", "Prompt", "Completion"), ("Jan 2, 2025 - Feb 3, 2025", "$0.9", "$1.8")),
    ],
)
def test_a_price_history_is_read_in_every_orientation(section: str) -> None:
    day = date(2025, 1, 2)
    assert history(section) == [(day, "prompt", Decimal("0.9")), (day, "completion", Decimal("1.8"))]


def test_a_share_beside_a_price_of_today_may_be_a_discount_and_is_refused() -> None:
    records = html_page(prices="<tr><td>Prompt</td><td>$0.9 <b>-10%</b></td></tr>")
    assert [price for price in records.prices if price.provider is None] == []
    assert [warning.code for warning in records.warnings] == ["unread_price"]


def test_bare_numbers_are_dollars_where_their_header_says_so_and_nowhere_else() -> None:
    assert history(table(("Date", "Input (per 1M tokens)"), ("2025-01-02", "0.9"))) == []


def test_counts_and_shares_may_name_what_they_are_of() -> None:
    score = html_page(scores=SCORE.format("No").replace("<td>5</td><td>90%</td>", "<td>1,204 runs</td><td>90/100</td>"))
    assert (score.benchmark_scores[0].executions, score.benchmark_scores[0].accuracy_percent) == (1204, Decimal("90"))


@pytest.mark.parametrize(
    ("provider", "name"),
    [("<b>A</b><b>Acme</b>", "Acme"), ("Acme 🇺🇸", "Acme"), ("AI Acme", "AI Acme"), ("A Bee", "A Bee")],
)
def test_flags_and_initials_beside_a_provider_are_no_part_of_its_name(provider: str, name: str) -> None:
    row = f"<tr><td>{provider}</td><td><div>Acme</div><div>acme/one-1</div></td><td>8K</td><td>$1</td><td>$2</td></tr>"
    (endpoint,) = html_page(endpoints=row).endpoints
    assert (endpoint.provider, endpoint.endpoint_name) == (name, "Acme | acme/one-1")


def test_a_cards_title_may_be_the_name_of_a_label() -> None:
    """A benchmark is called `Reasoning`, as is the column that says whether the model reasoned."""
    terms = (("Category", "{}"), ("Reasoning", "No"), ("Accuracy", "{}%"))
    card = f"<div><div>{{}}</div>{''.join(f'<div><b>{label}</b><b>{value}</b></div>' for label, value in terms)}</div>"
    cards = card.format("Coding", "Code", 91) + card.format("Reasoning", "Logic", 78) + card.format("Ethics", "Law", 99)
    page = html_page(scores=SCORE.format("No"), sections=f"<h2>Benchmark Results</h2>{cards}")
    found = [(score.benchmark, score.accuracy_percent) for score in page.benchmark_scores[:3]]
    assert found == [("Coding", Decimal(91)), ("Reasoning", Decimal(78)), ("Ethics", Decimal(99))]


@pytest.mark.parametrize(("variant", "name"), [(":free", "Acme: One (free)"), ("", "Acme: One")])
def test_a_variant_is_told_from_the_model_that_it_is_one_of(variant: str, name: str) -> None:
    header = "| | Released | Params | Context | | Speed | Ability | Cost |\n|---|---|---|---|---|---|---|---|\n"
    row = "| {} | Jan 02, 2025 | 7B | 8K | Text input Text output | ★★ | — | $ |\n"
    text = text_page(
        header + row.format("Acme: One (free)") + row.format("Acme: One"),
        endpoint=f"Acme | Acme \\| acme/acme-one{variant} | 8K | $1 | $2",
        title="",
    )
    assert text.models[0].name == name


def test_text_may_begin_with_a_link_and_have_linked_headings() -> None:
    text = "[Site](/)\n\n## [Features](#features)\n\n- Tools\n\n## Price History[](#history)\n"
    assert source_of(Document(body=text.encode())).slug == "benchable_page"


def test_the_header_of_a_text_table_may_stand_below_an_empty_one() -> None:
    header = f"|{'  |' * 8}\n|{'---|' * 8}\n| Model | Released | Params | Context | | Speed | Ability | Cost |\n"
    link = '[Acme: Two (base)](/models/acme/two-1 "Acme: Two (base)")'
    row = f"| {link} | Jan 02, 2025 | 7B | 8K | Text input | ★★ | — | \\$\\$ |"
    (_, model), rating = text_page(header + row).models, text_page(header + row).ratings[-1]
    assert (model.name, model.canonical_slug, rating.value) == ("Acme: Two (base)", "acme/two-1", 2)


def test_a_row_of_a_model_names_its_day_in_many_ways() -> None:
    for words in ("Thu, Jan 2, 2025", "Released on Jan 2, 2025", "2025/01/02", "02-Jan-2025"):
        models = html_page(models=model_row().replace("Jan 02, 2025", words)).models
        assert models[1].released_on == date(2025, 1, 2)


@pytest.mark.parametrize(("heading", "author"), [("ACME", "acme"), ("Acme (12)", "acme"), ("Pear Labs", None)])
def test_the_author_of_a_list_is_the_pages_where_it_is_called_so(heading: str, author: str | None) -> None:
    page = html_of("", model_row(), "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    page = page.replace("Other Models by acme", f"Other Models by {heading}")
    assert parse(Document(body=page.encode())).records().models[1].author == author


@pytest.mark.parametrize(
    "tables",
    [
        "<h3>Without Reasoning</h3>{0}<h3>With Reasoning</h3>{1}",
        "<h2>Results (no reasoning)</h2>{0}<h2>Results with reasoning</h2>{1}",
        '<div role="tablist"><b role="tab" id="a">No Reasoning</b><b role="tab" id="b">Reasoning</b></div>'
        '<div role="tabpanel" aria-labelledby="a">{0}</div><div role="tabpanel" aria-labelledby="b" hidden>{1}</div>',
    ],
)
def test_a_title_may_say_whether_its_runs_used_reasoning(tables: str) -> None:
    both = [table(("Benchmark", "Accuracy", "Cost"), ("Coding", share, "$1")) for share in ("90%", "95%")]
    page = html_of("@@", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    start, end = page.index("Benchmark Results</h2>"), page.index("<h2>Other Models")
    page = f"{page[:start]}Benchmark Results</h2>{tables.format(*both)}{page[end:]}"
    scores = parse(Document(body=page.encode())).records().benchmark_scores
    assert [(score.accuracy_percent, score.is_reasoning) for score in scores] == [(90, False), (95, True)]


@pytest.mark.parametrize(
    "section",
    [
        "<details><summary>Key Specifications</summary>{}</details>",
        '<section aria-label="Key Specifications">{}</section>',
        "<fieldset><legend>Key Specifications</legend>{}</fieldset>",
        '<div class="card"><div><div class="text-2xl">Key Specifications</div></div><div>{}</div></div>',
    ],
)
def test_a_definition_list_does_not_take_the_title_of_its_panel_with_it(section: str) -> None:
    model = html_page(sections=section.format("<dl><dt>Context Length</dt><dd>131,072</dd></dl>")).models[0]
    assert (model.context_tokens, model.context_is_rounded) == (131_072, False)


def test_cards_may_have_headings_of_the_level_of_their_sections() -> None:
    name = "<div><div>Endpoint Name</div><div><b>Acme</b><b> | </b><b>acme/one-1</b></div></div>"
    card = f"<div><h2>{{}}</h2>{name}<p>Context Length: 8K</p><p>Pricing (Input): $1</p></div>"
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", "@@", "")
    heading = "<h2>Available Endpoints</h2>"
    start, end = page.index(heading) + len(heading), page.index("<h2>Benchmark Results")
    page = f"{page[:start]}{card.format('Acme')}{card.format('Groq')}{page[end:]}"
    endpoints = parse(Document(body=page.encode())).records().endpoints
    assert [(served.provider, served.context_tokens) for served in endpoints] == [("Acme", 8000), ("Groq", 8000)]
    assert {served.endpoint_name for served in endpoints} == {"Acme | acme/one-1"}


def test_a_title_of_a_card_may_say_that_its_model_is_unavailable() -> None:
    card = '<div><h3><s title="Unavailable"><a href="/models/acme/two-1">Acme: Two</a></s></h3><p>Context: 8K</p></div>'
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    page = f"{page[: page.index('Other Models by acme')]}Other Models by acme</h2>{card}</body></html>"
    model = parse(Document(body=page.encode())).records().models[1]
    assert (model.name, model.is_available, model.context_tokens) == ("Acme: Two", False, 8000)


def test_a_time_may_begin_a_line_of_a_history() -> None:
    assert history("<ul><li>2025-01-02T00:00:00Z: Prompt $0.9</li></ul>") == [
        (date(2025, 1, 2), "prompt", Decimal("0.9"))
    ]


def test_a_unit_in_a_label_with_its_value_on_the_line_makes_it_no_header() -> None:
    card = "<div><h4>{}</h4><p>Price / 1M tokens: {}</p></div>".format
    cards = card("Prompt", "$2") + card("Completion", "$3")
    page = html_of("", "", "@@", ENDPOINT, "")
    start, end = page.index("<table>"), page.index("<h2>Available Endpoints</h2>")
    prices = parse(Document(body=f"{page[:start]}{cards}{page[end:]}".encode())).records().prices
    assert [(price.component, price.usd) for price in prices[:2]] == [("prompt", 2), ("completion", 3)]


def test_a_button_beside_a_heading_and_a_picture_before_an_entry_are_no_features() -> None:
    entries = "<span><i>⚡</i>Function Calling</span><span>🔧 JSON Mode</span><span>✗ Vision</span>"
    listed = f"<div><h2>Features</h2><button>Share</button></div><div>{entries}</div>"
    assert html_page(sections=listed).models[0].supported_features == ["Function Calling", "JSON Mode"]


@pytest.mark.parametrize("after", ["", "<form><label>Email</label><button>Subscribe</button><p>Get alerts.</p></form>"])
@pytest.mark.parametrize("unknown", ["", "<div><p>Apache 2.0</p><p>License</p></div>"])
def test_labels_below_their_values_are_theirs_whatever_stands_beside(after: str, unknown: str) -> None:
    pairs = (("No", "Moderated"), ("131,072", "Context Length"), ("8,192", "Max Output"), ("Feb 26, 2026", "Released"))
    stated = "".join(f"<div><p>{value}</p><p>{label}</p></div>" for value, label in (*pairs[:2],))
    stated += unknown + "".join(f"<div><p>{value}</p><p>{label}</p></div>" for value, label in pairs[2:])
    records = html_page(sections=f"<h2>Key Specifications</h2>{stated}{after}")
    model = records.models[0]
    assert (model.is_moderated, model.context_tokens, model.max_output_tokens) == (False, 131_072, 8192)
    assert (str(model.released_on), model.tokenizer) == ("2026-02-26", None)
    assert {warning.code for warning in records.warnings} <= {"torn_row"}
    assert bool(records.warnings) == bool(after + unknown)
