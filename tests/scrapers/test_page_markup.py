"""Markup that says the same in other ways: tables that nothing marks, names with badges, panels out of sight."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, SCORE, html_of, html_page, model_row, rating

from scrapers.document import Document
from scrapers.errors import LayoutDrift
from scrapers.sources.benchable_page import parse


@pytest.mark.parametrize(
    "name",
    [
        '<a href="/models/acme/two-1">Acme: Two<span class="badge">Unavailable</span></a>',
        '<a href="/models/acme/two-1">Acme: Two</a><code>acme/two-1</code><span>Unavailable</span>',
        '<a href="/models/acme/two-1">Acme: Two</a><button>Copy</button><span>Unavailable</span>',
        '<span class="badge">Unavailable</span><a href="/models/acme/two-1">Acme: Two</a>',
        "Unavailable<b>Acme: Two</b>",
    ],
)
def test_a_badge_and_a_button_beside_a_name_are_no_part_of_it(name: str) -> None:
    model = html_page(models=model_row(name=name)).models[1]
    assert (model.name, model.is_available) == ("Acme: Two", False)


def test_an_author_with_a_link_of_his_own_is_part_of_the_name_as_displayed() -> None:
    name = '<a href="/authors/acme">Acme</a>: <a href="/models/acme/two-1">Two: Mini</a><i>(Unavailable)</i>'
    model = html_page(models=model_row(name=name)).models[1]
    assert (model.name, model.canonical_slug, model.is_available) == ("Acme: Two: Mini", "acme/two-1", False)


@pytest.mark.parametrize("between", [" + ", " / ", " &amp; ", " • "])
def test_a_sign_may_stand_between_the_modalities(between: str) -> None:
    cell = between.join(("Image input", "Text input", "Text output"))
    model = html_page(models=model_row(modalities=cell)).models[1]
    assert (model.input_modalities, model.output_modalities) == (["image", "text"], ["text"])


def test_a_name_that_ends_in_a_capital_keeps_it_when_a_badge_is_glued_to_it() -> None:
    model = html_page(models=model_row(name="Acme: Two 8BUnavailable")).models[1]
    assert (model.name, model.is_available) == ("Acme: Two 8B", False)


HEADERS = ("Provider", "Endpoint Name", "Context Length", "Pricing (Input)", "Pricing (Output)")


CELLS = ("Acme", "Acme | acme/one-1", "8K", "$1", "$2")


def page_with_endpoints(endpoints: str) -> Document:
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", "@@", "")
    start, end = page.index("<h2>Available Endpoints</h2>"), page.index("<h2>Benchmark Results</h2>")
    return Document(body=f"{page[:start]}<h2>Available Endpoints</h2>{endpoints}{page[end:]}".encode())


def row_of(cells: tuple[str, ...], row: str, cell: str) -> str:
    return row.format("".join(cell.format(words) for words in cells))


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("<div>{}</div>", "<div>{}</div>"),
        ("<div>{}</div>", "<span>{}</span>"),
        ('<div class="row"><div class="grid">{}</div></div>', "<div>{}</div>"),
        ("<section>{}</section>", "<div>{}</div>"),
        ("{}", "<div>{}</div>"),
    ],
)
def test_rows_of_divs_without_roles_are_a_table_by_their_headers(row: str, cell: str) -> None:
    grid = f"<div>{row_of(HEADERS, row, cell)}{row_of(CELLS, row, cell) * 2}</div>"
    records = parse(page_with_endpoints(grid)).records()
    (endpoint,) = records.endpoints
    assert (endpoint.provider, endpoint.endpoint_name, endpoint.context_tokens) == (*CELLS[:2], 8000)
    assert [str(price.usd) for price in records.prices if price.provider == "Acme"] == ["1", "2"]


def test_a_grid_of_divs_that_is_empty_has_no_rows() -> None:
    records = parse(page_with_endpoints(f"<div>{row_of(HEADERS, '<div>{}</div>', '<div>{}</div>')}</div>")).records()
    assert records.endpoints == []


@pytest.mark.parametrize("name", ["data-title", "data-th"])
def test_cells_may_name_their_columns_themselves(name: str) -> None:
    cells = "".join(f'<td {name}="{header}">{cell}</td>' for header, cell in zip(HEADERS, CELLS, strict=True))
    (endpoint,) = parse(page_with_endpoints(f"<table><tr>{cells}</tr></table>")).records().endpoints
    assert (endpoint.provider, endpoint.context_tokens) == ("Acme", 8000)


@pytest.mark.parametrize(
    "header",
    ["Pricing<br>(Input)", 'Pricing (Input)<span class="sr-only">Sort by price</span>', "Pricing (In&shy;put)"],
)
def test_a_header_in_pieces_is_one_header(header: str) -> None:
    headers = "".join(f"<th>{words}</th>" for words in (*HEADERS[:2], "Context Length <small>tokens</small>", header))
    cells = "".join(f"<td>{cell}</td>" for cell in CELLS[:4])
    records = parse(page_with_endpoints(f"<table><tr>{headers}</tr><tr>{cells}</tr></table>")).records()
    assert records.endpoints[0].context_tokens == 8000
    assert [price.component for price in records.prices if price.provider] == ["prompt"]


def test_the_foot_of_a_table_is_no_row_of_it() -> None:
    foot = f"</tbody><tfoot>{SCORE.format('No').replace('Coding', 'Average')}</tfoot>"
    assert [score.benchmark for score in html_page(scores=SCORE.format("No") + foot).benchmark_scores] == ["Coding"]


@pytest.mark.parametrize("veil", ["hidden", 'style="display: none"'])
def test_a_panel_out_of_sight_states_facts_where_the_page_shows_none(veil: str) -> None:
    """The panels of tabs and of an accordion, which a script shows one at a time."""
    page = html_of(SCORE.format("No"), model_row(), "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    start = page.index("<h2>Available Endpoints</h2>")
    shown = "<h2>Features</h2><ul><li>Tools</li></ul>"
    veiled = f"{page[:start]}{shown}<div {veil}>{page[start:-14]}</div></body></html>"
    records = parse(Document(body=veiled.encode())).records()
    assert (len(records.models), len(records.endpoints), len(records.benchmark_scores)) == (2, 1, 1)
    assert records.models[0].supported_features == ["Tools"]


@pytest.mark.parametrize(
    "heading",
    [
        '<h2>Available Endpoints <span class="badge">1</span></h2>',
        '<h2>Available Endpoints<button class="sr-only">Copy link</button></h2>',
        '<h2>Available Endpoints <b role="tooltip">Who serves it</b></h2>',
        "<h2><svg><title>Section icon</title></svg>Available Endpoints</h2>",
    ],
)
def test_what_else_stands_in_a_heading_does_not_hide_it(heading: str) -> None:
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    page = page.replace("<h2>Available Endpoints</h2>", heading)
    assert len(parse(Document(body=page.encode())).records().endpoints) == 1


def test_prices_of_other_models_below_a_heading_of_their_own_are_not_the_pages() -> None:
    header = "<tr><th>Model</th><th>Input Price</th><th>Output Price</th></tr>"
    table = f"<table>{header}<tr><td>B</td><td>$9</td><td>$8</td></tr></table>"
    records = html_page(sections=f"<h2>Compare</h2>{table}")
    assert [str(price.usd) for price in records.prices if price.provider is None] == ["1"]


def test_a_list_of_cards_that_is_empty_leaves_nothing_and_a_table_leaves_its_header() -> None:
    terms = "".join(f"<dt>{header}</dt><dd>{cell}</dd>" for header, cell in zip(HEADERS, CELLS, strict=True))
    page = (
        "<html><body><h1>Acme: One</h1><h2>Current Pricing</h2><dl><dt>Prompt</dt><dd>$1</dd></dl>"
        "<h2>Available Endpoints</h2>{}<h2>Benchmark Results</h2><h2>Other Models by acme</h2></body></html>"
    )
    records = parse(Document(body=page.format(f"<dl>{terms}</dl>").encode())).records()
    assert (len(records.endpoints), records.benchmark_scores) == (1, [])
    assert [warning.code for warning in records.warnings].count("drift_empty_section") == 2
    heads, cells = (row_of(words, "<tr>{}</tr>", "<td>{}</td>") for words in (HEADERS, CELLS))
    with pytest.raises(LayoutDrift):
        parse(Document(body=page.format(f"<table>{heads}{cells}</table>").encode()))


def test_a_page_whose_facts_a_script_assigns_is_read_from_there() -> None:
    data = (
        '{"currentPricing": [{"feature": "Prompt", "price": "$1"}], "endpoints": [{"provider": "Acme", "context": "8K",'
        ' "endpointName": "Acme | acme/one-1"}], "otherModels": [{"name": "Acme: Two", "releaseDate": "2025-01-02",'
        ' "context": "8K", "params": "7B", "available": false}]}'
    )
    page = f"<html><body><div id='root'></div><script>window.__DATA__ = {data};start()</script></body></html>"
    records = parse(Document(body=page.encode())).records()
    assert (records.endpoints[0].provider, str(records.prices[0].usd)) == ("Acme", "1")
    assert [(model.name, model.is_available) for model in records.models[1:]] == [("Acme: Two", False)]


def test_definition_lists_below_different_headings_are_different_tables() -> None:
    list_of = "<h2>{}</h2><dl><dt>{}</dt><dd>{}</dd></dl>".format
    lists = list_of("Key Specifications", "Parameters", "7B") + list_of("Features", "Tools", "Yes")
    model = html_page(sections=lists).models[0]
    assert (model.parameter_count, model.supported_features) == (7_000_000_000, ["Tools"])


@pytest.mark.parametrize("odd", ["\x03", "&#3;", "\ufffe", "&#xFFFF;"])
def test_characters_that_lxml_reads_and_does_not_write_end_in_no_crash(odd: str) -> None:
    """P22."""
    icons = f'<p><svg><title>Text{odd} input</title></svg>{odd}<i title="Yes">{odd}</i>{odd}<b>★</b><b>{odd}★</b></p>'
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, f"<h2>Features</h2>{icons}")
    page = page.replace("</table>", f"</table>{odd}").replace("<h2>", f'<time datetime="2{odd}">Aug 2</time><h2>')
    assert len(parse(Document(body=page.encode())).records().endpoints) == 1


@pytest.mark.parametrize(
    "name",
    [
        '<a href="/models/acme/two"><span aria-label="Unavailable">🚫</span> Acme: Two</a>',
        '<a href="/models/acme/two">Acme: Two <i title="Unavailable">⛔</i></a>',
        '<span title="Unavailable">⚠</span> Acme: Two',
    ],
)
def test_a_mark_that_says_unavailable_is_no_part_of_the_name(name: str) -> None:
    models = html_page(models=model_row(name=name)).as_dict()["models"]
    assert [(model["name"], model["is_available"]) for model in models[1:]] == [("Acme: Two", False)]


def test_a_time_that_lasts_is_read_in_its_words_and_not_in_those_for_machines() -> None:
    score = SCORE.format("No").replace("<td>1s</td>", '<td><time datetime="PT1M5S">1m 5s</time></td>')
    records = html_page(scores=score).as_dict()
    assert [row["duration_s"] for row in records["benchmark_scores"]] == ["65"]


def test_words_for_those_who_only_listen_are_no_part_of_a_name() -> None:
    link = '<a href="/models/acme/two">Acme: Two<span class="sr-only"> (opens in a new tab)</span></a>'
    assert html_page(models=model_row(name=link)).models[1].name == "Acme: Two"


@pytest.mark.parametrize(
    "hint",
    ['<button aria-label="About this benchmark">i</button>', "<button>?</button>", " ⓘ", '<span class="ml-1">ℹ️</span>'],
)
def test_what_opens_a_hint_is_no_part_of_the_words_beside_it(hint: str) -> None:
    records = html_page(scores=SCORE.format("No").replace("Coding", f"Coding{hint}"))
    assert [score.benchmark for score in records.benchmark_scores] == ["Coding"]


def test_a_count_that_may_be_a_thousand_or_one_is_refused() -> None:
    records = html_page(scores=SCORE.format("No").replace("<td>5</td>", "<td>1.000</td>"))
    assert [score.executions for score in records.benchmark_scores] == [None]
    assert [w.code for w in records.warnings if "1.000" in w.message] == ["unread_value"]


@pytest.mark.parametrize("bar", ["", "<th></th>"])
def test_a_header_that_stays_in_sight_is_of_the_table_below_it(bar: str) -> None:
    head = "".join(f"<th>{name}</th>" for name in HEADERS)
    measure = f'<tr aria-hidden="true">{"<td>&nbsp;</td>" * len(HEADERS)}</tr>'
    row = f"<tr>{''.join(f'<td>{cell}</td>' for cell in CELLS)}</tr>"
    tables = (
        f"<div><table><thead><tr>{head}{bar}</tr></thead></table></div><table><tbody>{measure}{row}</tbody></table>"
    )
    records = parse(page_with_endpoints(tables)).records()
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8000)]


def test_the_name_of_an_icon_may_be_all_that_its_label_says() -> None:
    icon = '<span role="img" aria-label="{}-circle"><svg></svg></span>'
    scores = SCORE.format(icon.format("check")).replace("<td>No</td>", f"<td>{icon.format('close')}</td>")
    (score,) = html_page(scores=scores).benchmark_scores
    assert (score.is_reasoning, score.is_free) == (True, False)


def test_a_page_without_the_tags_of_its_body_is_read_all_the_same() -> None:
    page = html_of("", model_row(), "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    bare = page.replace("<body>", "<title>Acme: One</title><main>").replace("</body>", "</main><footer>2026</footer>")
    assert "<body" not in bare
    assert (
        parse(Document(body=bare.encode())).records().as_dict()
        == parse(Document(body=page.encode())).records().as_dict()
    )


@pytest.mark.parametrize("mark", ["shadowrootmode=open", 'shadowroot="open"'])
def test_what_stands_in_the_shadow_of_an_element_is_shown_and_a_template_is_not(mark: str) -> None:
    page = html_of("", model_row(), "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    template = (
        "<template><table><tr><th>Feature</th><th>Price</th></tr><tr><td>Image</td><td>$9</td></tr></table></template>"
    )
    table = page[page.index("<h2>Current") : page.index("<h2>Available")]
    shadowed = page.replace(table, f"<x-prices><template {mark}>{table}</template></x-prices>{template}")
    records = parse(Document(body=shadowed.encode())).records()
    assert [(one.component, str(one.usd)) for one in records.prices if one.provider is None] == [("prompt", "1")]


def test_badges_below_words_that_introduce_them_are_an_entry_each() -> None:
    badges = "<span>Image Generation</span> <span>Structured Outputs</span>"
    listed = f"<div>This model supports the following features: {badges}</div>"
    model = html_page(sections=f"<h2>Features</h2>{listed}").models[0]
    assert model.supported_features == ["Image Generation", "Structured Outputs"]


def test_the_prices_of_a_day_may_stand_on_one_line_with_a_sign_between() -> None:
    days = (("Dec 09, 2025", "$0.3", "$2.5"), ("Oct 07, 2025", "$0.4", "$30"))
    lines = "".join(
        f"<li><time>{day}</time><div><span>Prompt: {prompt}</span> · <span>Completion: {completion}</span></div></li>"
        for day, prompt, completion in days
    )
    prices = html_page(sections=f"<h2>Price History</h2><ol>{lines}</ol>").prices
    assert [(one.component, str(one.usd), str(one.effective_from)) for one in prices if one.effective_from] == [
        ("prompt", "0.3", "2025-12-09"),
        ("completion", "2.5", "2025-12-09"),
        ("prompt", "0.4", "2025-10-07"),
        ("completion", "30", "2025-10-07"),
    ]


def test_stars_in_elements_of_another_kind_are_not_lit() -> None:
    records = html_page(models=model_row(speed="<b>★★</b><s>★★★</s>"))
    assert rating(records, "speed") == 2


def test_a_custom_element_may_say_in_its_content_what_an_icon_means() -> None:
    icons = "".join(
        f'<x-tooltip content="{words}"><x-icon name="a"></x-icon></x-tooltip>'
        for words in ("Image input", "Text output")
    )
    model = html_page(models=model_row(modalities=icons)).models[1]
    assert (model.input_modalities, model.output_modalities) == (["image"], ["text"])
