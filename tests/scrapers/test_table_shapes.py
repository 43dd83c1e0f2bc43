"""Labels and values: in tables with one pair in a row or several, and on lines with a sign between."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, html_of, html_page

from scrapers.document import Document
from scrapers.sources.benchable_page import parse

PAIRS = """<h2>Key Specifications</h2><table>
    <tr><th>Context Length</th><td>262K</td><th>Max Output</th><td>32,768</td></tr>
    <tr><th>Released</th><td>2026/07/15</td><th>Tokenizer</th><td>Acme</td></tr>
    <tr><th>Parameters</th><td colspan="3">1.2T</td></tr></table>"""


@pytest.mark.parametrize("table", [PAIRS, PAIRS.replace("th>", "td>")])
def test_specifications_may_stand_in_pairs_side_by_side(table: str) -> None:
    records = html_page(sections=table)
    model = records.models[0]
    assert (model.context_tokens, model.max_output_tokens, model.parameter_count) == (
        262_000,
        32_768,
        1_200_000_000_000,
    )
    assert (str(model.released_on), model.tokenizer) == ("2026-07-15", "Acme")
    assert model.extra == {}
    assert records.warnings == []


@pytest.mark.parametrize("between", [" · ", " — ", " - ", " = ", " → ", " ....... ", " | "])
def test_a_sign_may_stand_between_a_label_and_its_value(between: str) -> None:
    lines = "".join(f"<li>{between.join(pair)}</li>" for pair in (("Context Length", "8,192"), ("Tokenizer", "Acme")))
    records = html_page(sections=f"<h2>Key Specifications</h2><ul>{lines}</ul>")
    assert (records.models[0].context_tokens, records.models[0].tokenizer) == (8192, "Acme")
    assert records.warnings == []


@pytest.mark.parametrize("between", [" | ", " · ", " ; "])
def test_pairs_may_stand_on_one_line(between: str) -> None:
    line = between.join(("Context Length: 8,192", "Tokenizer: Acme", "Parameters 7B"))
    model = html_page(sections=f"<h2>Key Specifications</h2><p>{line}</p>").models[0]
    assert (model.context_tokens, model.tokenizer, model.parameter_count) == (8192, "Acme", 7_000_000_000)


def test_specifications_of_which_none_can_be_read_are_reported() -> None:
    sentence = "It has a context length of 262,144 tokens."
    records = html_page(sections=f"<h2>Key Specifications</h2><p>{sentence}</p>")
    assert [(w.code, sentence in w.message) for w in records.warnings] == [("unread_line", True)]
    assert html_page(sections="<h2>Key Specifications</h2><p>No data available.</p>").warnings == []


def benchmark_cards(label: str, value: str) -> str:
    facts = (("Category", "Code"), ("Reasoning", "Yes"), ("Free", "No"), ("Accuracy", "90%"))
    listed = "".join(f"<{label}>{name}</{label}><{value}>{text}</{value}>" for name, text in facts)
    cards = "".join(f"<section><h3>{name}</h3>{listed}</section>" for name in ("Coding", "Reasoning", "Ethics"))
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    before, _, rest = page.partition("<h2>Benchmark Results</h2>")
    return f"{before}<h2>Benchmark Results</h2>{cards}{rest[rest.index('<h2>Other') :]}"


@pytest.mark.parametrize("label, value", [("h4", "p"), ("h5", "div"), ("dt", "dd"), ("label", "output")])
def test_the_labels_of_benchmark_cards_may_be_headings(label: str, value: str) -> None:
    records = parse(Document(body=benchmark_cards(label, value).encode())).records()
    assert [(one.benchmark, one.is_reasoning, str(one.accuracy_percent)) for one in records.benchmark_scores] == [
        ("Coding", True, "90"),
        ("Reasoning", True, "90"),
        ("Ethics", True, "90"),
    ]


def test_a_section_of_which_no_row_can_be_told_is_reported() -> None:
    in_words = benchmark_cards("label", "output").replace("</h3>", "</h3>Run with no limits ")
    reading = parse(Document(body=in_words.encode()))
    assert [warning.code for warning in reading.warnings if warning.where == "Benchmark Results"] == ["unread_section"]
    assert list(reading.unread_lines.values()) == [{"scores": frozenset({""})}]


def test_a_label_that_few_cards_have_is_of_the_card_that_has_it() -> None:
    facts = "<p>Released</p><p>May 28, 2025</p><p>Total parameters</p><p>8B</p>"
    cards = [("Acme: One", ""), ("Acme: Two", "<p>Status</p><p>Unavailable</p>"), ("Acme: Three", "")]
    listed = "".join(f"<li><h4>{name}</h4>{status}{facts}</li>" for name, status in cards)
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    body = f"{page[: page.rindex('<table>')]}<ul>{listed}</ul></body></html>"
    records = parse(Document(body=body.encode())).records()
    assert [(model.name, model.is_available) for model in records.models] == [
        ("Acme: One", None),
        ("Acme: Two", False),
        ("Acme: Three", None),
    ]
    assert {model.parameter_count for model in records.models} == {8_000_000_000}


def test_a_cell_may_hold_a_label_and_its_value() -> None:
    cells = (("Context Length", "262,144<i>tokens</i>"), ("Tokenizer", "Other"), ("Max Output", "—"))
    row = "".join(f"<td><span>{label}</span><span>{value}</span></td>" for label, value in cells)
    records = html_page(sections=f"<h2>Key Specifications</h2><table><tr>{row}</tr></table>")
    model = records.models[0]
    assert (model.context_tokens, model.context_is_rounded, model.tokenizer) == (262_144, False, "Other")
    assert records.warnings == []


def test_two_rows_of_two_cells_in_a_group_are_no_row_of_two() -> None:
    rows = "".join(
        f"<div><div>{label}</div><div>{price}</div></div>" for label, price in (("Prompt", "$1"), ("Completion", "$2"))
    )
    header = "<div><div><div>Feature</div><div>Price (per 1M tokens)</div></div></div>"
    page = html_of("", "", "", ENDPOINT, "")
    before, _, rest = page.partition("<h2>Current Pricing</h2>")
    body = f"{before}<h2>Current Pricing</h2><div>{header}<div>{rows}</div></div>{rest[rest.index('<h2>Available') :]}"
    prices = parse(Document(body=body.encode())).records().prices
    assert [(one.component, str(one.usd)) for one in prices if one.provider is None] == [
        ("prompt", "1"),
        ("completion", "2"),
    ]


@pytest.mark.parametrize("count", [1, 2])
def test_endpoints_may_have_a_column_each(count: int) -> None:
    columns = (("Acme", "Pear"), ("Acme | acme/one-1", "Pear | acme/one-1"), ("8K", "16K"), ("$1", "$3"), ("$2", "$4"))
    names = ("Provider", "Endpoint Name", "Context Length", "Pricing (Input)", "Pricing (Output)")
    rows = zip(names, columns, strict=True)
    cells = "".join(
        f"<tr><th>{name}</th>{''.join(f'<td>{cell}</td>' for cell in row[:count])}</tr>" for name, row in rows
    )
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", "", "")
    before, _, rest = page.partition("<h2>Available Endpoints</h2>")
    body = f"{before}<h2>Available Endpoints</h2><table>{cells}</table>{rest[rest.index('<h2>Benchmark') :]}"
    records = parse(Document(body=body.encode())).records()
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8000), ("Pear", 16_000)][
        :count
    ]
    assert [str(one.usd) for one in records.prices if one.provider == "Acme"] == ["1", "2"]


def test_endpoints_with_a_column_each_may_state_what_nobody_knows() -> None:
    rows = "".join(
        f"<tr><th>{label}</th>{''.join(f'<td>{value}</td>' for value in values)}</tr>"
        for label, values in (
            ("Endpoint Name", ("Acme | acme/one-1", "Nimbus | acme/one-1")),
            ("Uptime", ("99.9%", "98%")),
            ("Context Length", ("8K", "16K")),
            ("Latency", ("0.4s", "2s")),
            ("Pricing (Input)", ("$1", "$2")),
            ("Pricing (Output)", ("$3", "$4")),
        )
    )
    head = "<tr><th>Provider</th><th>Acme</th><th>Nimbus</th></tr>"
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    before, _, after = page.partition("<h2>Available Endpoints</h2>")
    table = f"<h2>Available Endpoints</h2><table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    page = f"{before}{table}{after[after.index('<h2>') :]}"
    records = parse(Document(body=page.encode())).records()
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8000), ("Nimbus", 16000)]
    assert [(p.provider, p.component, str(p.usd)) for p in records.prices if p.provider] == [
        ("Acme", "prompt", "1"),
        ("Acme", "completion", "3"),
        ("Nimbus", "prompt", "2"),
        ("Nimbus", "completion", "4"),
    ]
    assert [warning.message for warning in records.warnings] == [
        "no column of this name is known: 'Uptime'",
        "no column of this name is known: 'Latency'",
    ]
