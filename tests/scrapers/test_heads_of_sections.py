"""What stands in the head of a section, and what a button or a tab brings into sight below it."""

from __future__ import annotations

import json

import pytest
from small_page import html_of, html_page, html_page_with, model_row, rating

from scrapers.document import Document
from scrapers.sources.benchable_page import parse

HEADS = [
    "<header><h2>{}</h2><span>Updated Mar 1, 2026</span></header>",
    "<div><h2>{}</h2><time>Mar 1, 2026</time></div>",
    "<div><div><svg></svg><h2>{}</h2></div><span>Updated 2 days ago</span></div>",
    "<div><div><h2>{}</h2><div>Last synced 3 hours ago</div></div></div>",
]


@pytest.mark.parametrize("head", HEADS)
def test_when_a_section_was_updated_is_no_content_of_it(head: str) -> None:
    said = {"Description": "<p>One is small.</p>", "Supported Parameters": "<ul><li>top_p</li><li>seed</li></ul>"}
    sections = "".join(f"<section>{head.format(name)}{content}</section>" for name, content in said.items())
    model = html_page(sections=sections).models[0]
    assert (model.description, model.supported_parameters) == ("One is small.", ["top_p", "seed"])


def test_a_section_that_only_says_when_it_was_updated_has_its_content_in_data() -> None:
    head = HEADS[0].format("Price History")
    data = '<script type="application/json" id="price-history">[{"date": "2026-01-31", "prompt": "2"}]</script>'
    prices = html_page(sections=f"<section>{head}<div></div></section>{data}").prices
    assert [str(price.effective_from) for price in prices if price.effective_from] == ["2026-01-31"]


@pytest.mark.parametrize("rest", ["<div hidden>@</div>", '<div style="display: none">@</div>'])
def test_the_rest_of_a_list_may_be_out_of_sight(rest: str) -> None:
    badge = "<span>{}</span>"
    shown, hidden = ("".join(map(badge.format, names)) for names in (("top_p", "seed"), ("stop", "tools")))
    content = f"<div>{shown}<button>+2 more</button>{rest.replace('@', hidden)}</div>"
    records = html_page(sections=f"<h2>Supported Parameters</h2>{content}")
    assert records.models[0].supported_parameters == ["top_p", "seed", "stop", "tools"]
    assert "rows_not_shown" not in [one.code for one in records.warnings]
    records = html_page(sections=f"<h2>Supported Parameters</h2><div>{shown}<button>+2 more</button></div>")
    assert "rows_not_shown" in [one.code for one in records.warnings]


TAB = '<button role="tab" id="t{0}" aria-controls="{0}">{1}</button>'
PANEL = '<div role="tabpanel" id="{0}" aria-labelledby="t{0}" hidden>{1}</div>'


def tabs(content: dict[str, str]) -> str:
    buttons = "".join(TAB.format(at, name) for at, name in enumerate(content))
    return f'<div role="tablist">{buttons}</div>' + "".join(PANEL.format(*one) for one in enumerate(content.values()))


def test_a_tab_may_say_who_serves_the_endpoint_below_it() -> None:
    facts = (
        "<dl><dt>Endpoint Name</dt><dd>acme/one-1</dd><dt>Context Length</dt><dd>8K</dd><dt>Input</dt><dd>$1</dd></dl>"
    )
    records = html_page_with("Available Endpoints", tabs({"Groq": facts, "Azure": facts}))
    assert [one.provider for one in records.endpoints] == ["Groq", "Azure"]


def test_a_tab_may_say_of_what_category_the_scores_below_it_are() -> None:
    head = "<tr><th>Benchmark</th><th>Executions</th><th>Accuracy</th></tr>"
    table = f"<table>{head}<tr><td>{{}}</td><td>5</td><td>90%</td></tr></table>"
    records = html_page_with("Benchmark Results", tabs({"Code": table.format("Coding"), "Law": table.format("Ethics")}))
    assert [(s.benchmark, s.category) for s in records.benchmark_scores] == [("Coding", "Code"), ("Ethics", "Law")]
    records = html_page_with("Benchmark Results", tabs({"All results": table.format("Coding")}))
    assert [(s.benchmark, s.category) for s in records.benchmark_scores] == [("Coding", None)]


CARD = "<dl><dt>Released</dt><dd>Jan 2, 2025</dd><dt>Context</dt><dd>8K</dd></dl>"


@pytest.mark.parametrize(
    "card",
    [
        '<a href="/models/acme/{0}-1"><h3>Acme: {1}</h3>@</a>',
        '<article><a href="/models/acme/{0}-1"><span class="sr-only">View Acme: {1}</span></a>'
        "<h3>Acme: {1}</h3>@</article>",
    ],
)
def test_a_link_may_lie_over_a_whole_card(card: str) -> None:
    cards = "".join(card.format(name.lower(), name).replace("@", CARD) for name in ("Two", "Three"))
    models = html_page_with("Other Models by acme", f"<div>{cards}</div>").models[1:]
    assert [(one.name, one.canonical_slug) for one in models] == [
        ("Acme: Two", "acme/two-1"),
        ("Acme: Three", "acme/three-1"),
    ]


def test_dollar_signs_may_be_cut_off_by_their_width() -> None:
    signs = '<div>$$$$$<div style="overflow: hidden; width: 60%">$$$$$</div></div>'
    stars = signs.replace("$", "★")
    assert rating(html_page(models=model_row(speed=stars, cost=signs)), "cost") == 3


def test_a_badge_may_repeat_the_precision_that_a_column_states() -> None:
    head = "".join(f"<th>{name}</th>" for name in ("Provider", "Endpoint Name", "Quantization", "Pricing (Input)"))
    row = "<tr><td>Azure <span>fp8</span></td><td>acme/one-1</td><td>{}</td><td>$1</td></tr>"
    for precision, provider in (("fp8", "Azure"), ("FP8", "Azure"), ("bf16", "Azure fp8")):
        records = html_page_with("Available Endpoints", f"<table><tr>{head}</tr>{row.format(precision)}</table>")
        assert [(one.provider, one.quantization) for one in records.endpoints] == [(provider, precision)]


def test_data_name_the_model_by_a_slug_that_its_title_says() -> None:
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", "", "")
    for slug, days in (("acme/one-20260101", 1), ("acme/two-20260101", 0)):
        model = {"slug": slug, "priceHistory": [{"date": "2026-01-31", "prompt": "2"}]}
        line = json.dumps(f'5:["$","$L1",null,{json.dumps(model)}]\n')
        script = f"<script>self.__next_f.push([1,{line}])</script></body>"
        records = parse(Document(body=page.replace("</body>", script).encode())).records()
        assert sum(price.effective_from is not None for price in records.prices) == days
