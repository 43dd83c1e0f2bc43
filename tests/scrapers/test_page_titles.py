"""Titles of sections in other places than a heading above them, and words that stand with a heading."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, html_of, html_page, model_row

from scrapers.document import Document
from scrapers.sources.benchable_page import parse

RIVALS = "<table><tr><th>Model</th><th>Context</th></tr><tr><td>Rival: Nine</td><td>9K</td></tr></table>"


@pytest.mark.parametrize(
    "head",
    [
        "<header><p>Insight of the day</p><h2>{}</h2><p>Updated 3 days ago</p></header>",
        "<hgroup><span>Insight of the day, by all of us here</span><h2>{}</h2></hgroup>",
        "<div><span>More insights</span><h2>{}</h2><p>Updated 3 days ago</p></div>",
    ],
)
def test_words_above_a_heading_are_of_its_head_and_no_end_of_what_came_before(head: str) -> None:
    sections = [
        head.format("Description") + "<p>It is green.</p>",
        head.format("Features") + "<ul><li>Tools</li></ul>",
        head.format("Supported Parameters") + "<ul><li>top_p</li></ul>",
    ]
    records = html_page(sections="".join(f"<section>{section}</section>" for section in sections))
    model = records.models[0]
    assert model.description == "It is green."
    assert (model.supported_features, model.supported_parameters) == (["Tools"], ["top_p"])


def test_the_words_of_a_head_with_nothing_below_are_no_features() -> None:
    head = "<section><header><p>More insights</p><h2>{}</h2></header></section>"
    records = html_page(sections=head.format("Key Specifications") + head.format("Features"))
    assert records.models[0].supported_features is None
    assert records.warnings == []


def test_a_title_of_unknown_name_ends_the_section_before_where_both_can_be_folded() -> None:
    folded = "<details open><summary>{}</summary>{}</details>"
    models = "<table><tr><th></th><th>Released</th></tr><tr><td>Acme: Two</td><td>Jan 2, 2025</td></tr></table>"
    sections = folded.format("Other Models by acme", models) + folded.format("Compare with rivals", RIVALS)
    assert [model.name for model in html_page(sections=sections).models[1:]] == ["Acme: Two"]


def test_a_caption_may_stand_below_its_table() -> None:
    days = "<tr><td>Jan 2, 2025</td><td>$1</td></tr>"
    table = f"<table><tr><th>Date</th><th>Prompt</th></tr>{days}</table>"
    figure = f"<figure>{table}<figcaption>Price History</figcaption></figure>"
    listed = f"<figure><table>{model_row()}</table><figcaption>A picture</figcaption></figure>"
    prices = html_page(sections=figure + listed).prices
    assert [str(price.effective_from) for price in prices if price.effective_from] == ["2025-01-02"]


@pytest.mark.parametrize("space", ["&#8201;", "&#8202;", "&#8239;", "&#8199;"])
def test_spaces_may_have_any_width(space: str) -> None:
    price = f"<b>$</b><b>1</b><b>.5</b><i>{space}/ 1M{space}tokens</i>"
    models = model_row(name=f"<b>Acme:</b>{space}Two").replace("7B", f"<b>7</b>{space}B")
    records = html_page(prices=f"<tr><td>Prompt</td><td>{price}</td></tr>", models=models)
    assert [str(price.usd) for price in records.prices if price.provider is None] == ["1.5"]
    assert (records.models[1].name, records.models[1].parameter_count) == ("Acme: Two", 7 * 10**9)


@pytest.mark.parametrize("space", ["&#8201;", "&#8202;", "&#8239;", "&#8199;", "&nbsp;"])
def test_a_space_of_any_width_between_digits_makes_a_price_none(space: str) -> None:
    records = html_page(prices=f"<tr><td>Prompt</td><td><b>$1</b>{space}<b>000</b></td></tr>")
    assert [price for price in records.prices if price.provider is None] == []
    assert [warning.code for warning in records.warnings] == ["unread_price"]


def test_what_stands_above_the_title_of_a_card_is_kept() -> None:
    cards = "".join(
        f"<article><header><span>{provider}</span><h3>{provider} | acme/one-1</h3></header>"
        f"<p>Context Length: {context}</p><p>Input: $1 / 1M tokens</p></article>"
        for provider, context in (("Acme", "8K"), ("Nimbus", "32K"))
    )
    endpoints = html_page(endpoints="", sections=f"<h2>Available Endpoints</h2>{cards}").endpoints
    assert [(one.provider, one.context_tokens) for one in endpoints] == [("Acme", 8000), ("Nimbus", 32000)]


@pytest.mark.parametrize("tags", [("details", "summary"), ("fieldset", "legend"), ("figure", "figcaption")])
def test_a_title_of_unknown_name_ends_the_section_before_in_every_element_with_a_title(tags: tuple[str, str]) -> None:
    whole, title = tags
    sections = "".join(
        f"<{whole}><{title}>{name}</{title}><p>{text}</p></{whole}>"
        for name, text in (("Description", "It is green."), ("Questions", "Is it free?"))
    )
    assert html_page(sections=sections).models[0].description == "It is green."


def test_an_author_above_the_name_in_the_title_of_a_page_is_not_the_name() -> None:
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    page = page.replace("<h1>Acme: One</h1>", "<h1><small>Acme</small><br>One</h1>")
    page = page.replace("<body>", "<head><title>Acme: One - AI Model Details</title></head><body>")
    assert parse(Document(body=page.encode())).records().models[0].name == "Acme: One"


@pytest.mark.parametrize(
    "title", ["<span>Acme</span><span>One</span>", "<span>Acme</span> <span>/</span> <span>One</span>", "Acme – One"]
)
def test_an_author_beside_the_name_stands_before_a_colon_where_another_title_has_one(title: str) -> None:
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    page = page.replace("<h1>Acme: One</h1>", f"<h1>{title}</h1>")
    page = page.replace("<body>", "<head><title>Acme: One - AI Model Details</title></head><body>")
    assert parse(Document(body=page.encode())).records().models[0].name == "Acme: One"


def test_no_space_stands_before_the_colon_of_a_name_in_two_pieces() -> None:
    cards = "".join(
        f'<div><p><a href="/models/acme/{name.lower()}-1"><span>Acme</span>: <span>{name}</span></a></p>'
        "<div><div>Context</div><div>8K</div></div><div><div>Cost</div><div>$</div></div></div>"
        for name in ("Two", "Three")
    )
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    page = f"{page[: page.index('<h2>Other')]}<h2>Other Models by acme</h2>{cards}</body></html>"
    models = parse(Document(body=page.encode())).records().models
    assert [model.name for model in models[1:]] == ["Acme: Two", "Acme: Three"]


def cards_of_endpoints(*, foot: str) -> str:
    return "".join(
        f"<div><h4>{provider}</h4><div><div>Endpoint Name</div><div>{provider} | acme/one-1</div></div>"
        f"<div><div>Context Length</div><div>{size}</div></div>{foot}</div>"
        for provider, size in (("Acme", "8K"), ("Nimbus", "16K"), ("Pear", "32K"))
    )


@pytest.mark.parametrize("foot", ["<button>Try it</button>", "<p>Try it</p>", '<a href="/chat">Try it</a>'])
def test_what_stands_at_the_foot_of_every_card_is_no_part_of_the_next_title(foot: str) -> None:
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", "", "")
    before, _, after = page.partition("<h2>Available Endpoints</h2>")
    cards = cards_of_endpoints(foot=foot)
    page = f"{before}<h2>Available Endpoints</h2>{cards}{after[after.index('<h2>') :]}"
    records = parse(Document(body=page.encode())).records()
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [
        ("Acme", 8000),
        ("Nimbus", 16000),
        ("Pear", 32000),
    ]


@pytest.mark.parametrize("level", ["h2", "h3"])
@pytest.mark.parametrize("topic", ["Available Endpoints", "Other Models by acme"])
def test_a_table_of_labels_and_values_has_its_title_above(topic: str, level: str) -> None:
    labels = {
        "Available Endpoints": (("Endpoint Name", "{} | acme/one-1"), ("Context Length", "8K"), ("Input", "$1")),
        "Other Models by acme": (("Released", "Jan 02, 2025"), ("Params", "7B"), ("Context", "8K"), ("Cost", "$")),
    }[topic]
    cards = "".join(
        f'<details><summary><h4><a href="/models/{slug}">{name}</a></h4></summary><table><tbody>'
        + "".join(f"<tr><th scope='row'>{label}</th><td>{value.format(name)}</td></tr>" for label, value in labels)
        + "</tbody></table></details>"
        for name, slug in (("Acme: Two", "acme/two-1"), ("Acme: Three", "acme/three-1"))
    )
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    before, _, after = page.partition(f"<h2>{topic}</h2>")
    rest = after[after.index("<h2>") :] if "<h2>" in after else "</body></html>"
    records = parse(Document(body=f"{before}<{level}>{topic}</{level}>{cards}{rest}".encode())).records()
    if topic == "Available Endpoints":
        assert [one.provider for one in records.endpoints] == ["Acme: Two", "Acme: Three"]
        assert [p.provider for p in records.prices if p.provider] == ["Acme: Two", "Acme: Three"]
    else:
        assert [(one.name, one.canonical_slug, one.context_tokens) for one in records.models[1:]] == [
            ("Acme: Two", "acme/two-1", 8000),
            ("Acme: Three", "acme/three-1", 8000),
        ]


def test_specifications_with_headings_go_on_below_one_that_is_not_known() -> None:
    tiles = "".join(
        f"<section><h3>{label}</h3><p>{value}</p></section>"
        for label, value in (("Context Length", "8,192"), ("License", "MIT"), ("Max Output", "4,096"))
    )
    section = f"<h3>Key Specifications</h3><div>{tiles}</div>"
    model = html_page(sections=section).models[0]
    assert (model.context_tokens, model.max_output_tokens) == (8192, 4096)
