"""Boxes that fold a section, labels for those who listen, signs with hints, and other marks of what stands where."""

from __future__ import annotations

import pytest
from small_page import html_of, html_page, html_page_with

from scrapers.document import Document
from scrapers.sources.benchable_page import parse

ENDPOINT = "<tr><td>Acme</td><td>{}</td><td>8K</td><td>$1</td><td>$2</td></tr>"


def test_a_box_that_folds_a_section_says_nothing_of_it() -> None:
    box = '<div class="collapse"><input type="checkbox" checked><div>{}</div><div>{}</div></div>'
    facts = "<dl><dt>Context Length</dt><dd>8K</dd><dt>Max Output</dt><dd>4K</dd></dl>"
    sections = box.format("Author's Description", "<p>It is green.</p>") + box.format("Key Specifications", facts)
    records = html_page(sections=sections)
    assert (records.models[0].description, records.models[0].context_tokens) == ("It is green.", 8000)
    assert records.warnings == []


def test_a_label_may_be_said_again_to_those_who_listen() -> None:
    cards = "".join(
        f'<div><h3><a href="/models/acme/{name}-1">Acme: {name.title()}</a></h3><div><b>Context</b> <b>8K</b></div>'
        '<div><span>Speed</span><div><span class="sr-only">Speed</span><span aria-hidden="true">—</span></div></div>'
        "<div><span>Cost</span><span>$$</span></div></div>"
        for name in ("two", "three")
    )
    records = html_page_with("Other Models by acme", cards)
    assert [(one.name, one.context_tokens) for one in records.models[1:]] == [
        ("Acme: Two", 8000),
        ("Acme: Three", 8000),
    ]
    assert {(one.name, one.dimension, one.value) for one in records.ratings if one.value} == {
        ("Acme: Two", "cost", 2),
        ("Acme: Three", "cost", 2),
    }


@pytest.mark.parametrize(
    "modalities",
    [
        '<div class="tooltip" data-tip="Image input"><span>🖼️</span></div><div class="tooltip" data-tip="Text input">'
        '<span>📝</span></div><div class="tooltip" data-tip="Text output"><span>📝</span></div>',
        "Image input Text input › Text output",
        "Image, Text » Text",
        "image, text => text",
    ],
)
def test_modalities_may_be_signs_with_hints_or_stand_beside_other_arrows(modalities: str) -> None:
    row = f'<tr><td><a href="/models/acme/two-1">Acme: Two</a></td><td>8K</td><td>{modalities}</td></tr>'
    table = f"<table><tr><th>Model</th><th>Context</th><th>Modalities</th></tr>{row}</table>"
    model = html_page_with("Other Models by acme", table).models[1]
    assert (model.input_modalities, model.output_modalities) == (["image", "text"], ["text"])


def test_six_buttons_of_which_the_first_is_for_none_are_five_stars() -> None:
    stars = "".join(
        f'<div><input type="radio" name="s" value="{n}" id="s{n}"{" checked" * (n == 3)}><label><span>{n}</span>'
        "</label></div>"
        for n in range(6)
    )
    row = f'<tr><td><a href="/models/acme/two-1">Acme: Two</a></td><td>8K</td><td><div>{stars}</div></td></tr>'
    table = f"<table><tr><th>Model</th><th>Context</th><th>Speed</th></tr>{row}</table>"
    ratings = html_page_with("Other Models by acme", table).ratings
    assert [(one.dimension, one.value) for one in ratings if one.value] == [("speed", 3)]


def test_two_prices_with_their_labels_may_stand_on_one_line_below_a_day() -> None:
    days = "".join(
        f'<li><div>{day}</div><div class="box">Prompt ${price} / Completion ${2 * price} per 1M tokens</div></li>'
        for day, price in (("Jan 2, 2025", 3), ("Mar 4, 2025", 2))
    )
    prices = html_page(sections=f"<h2>Price History</h2><ul>{days}</ul>").prices
    assert [(str(one.effective_from), one.component, str(one.usd)) for one in prices if one.effective_from] == [
        ("2025-01-02", "prompt", "3"),
        ("2025-01-02", "completion", "6"),
        ("2025-03-04", "prompt", "2"),
        ("2025-03-04", "completion", "4"),
    ]


@pytest.mark.parametrize(("endpoint", "is_same"), [("acme/pear-2.5-pro", True), ("acme/pear-2.5-mini", False)])
def test_a_slug_with_a_day_is_the_permanent_form_of_one_with_its_words(endpoint: str, *, is_same: bool) -> None:
    head = "<h1>Acme: Pear Pro 2.5</h1><p>acme/pear-pro-2-5-20260101</p>"
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT.format(f"Acme | {endpoint}"), "")
    model = parse(Document(body=page.replace("<h1>Acme: One</h1>", head).encode())).records().models[0]
    assert model.canonical_slug == ("acme/pear-pro-2-5-20260101" if is_same else endpoint)
