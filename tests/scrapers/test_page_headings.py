"""Headings that say more than what they are above, and those that nothing but their look marks as such."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, html_of, html_page

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

HEADINGS = ("Current Pricing", "Available Endpoints", "Benchmark Results", "Other Models by acme")


def page(html: str) -> Records:
    return parse(Document(body=html.encode())).records()


def plain(sections: str = "") -> str:
    return html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, sections)


@pytest.mark.parametrize(
    "headings",
    [
        ("Pricing for One", "Providers for Acme: One", "One benchmarks", "Other models from acme"),
        ("One’s pricing", "One: Endpoints", "Acme: One Benchmark Results", "Related models"),
        ("Pricing for One #", "Providers for One (3)", "Benchmarks of One", "Models by acme"),
        ("1. Pricing", "2) Endpoints", "3. Benchmarks of One", "4. Other models by acme"),
        ("API pricing", "API providers", "Evaluation results", "More from Acme"),
        ("📊 One pricing", "Providers for One 3", "Benchmarks", "All Acme models"),
    ],
)
def test_a_heading_may_name_the_model_and_have_a_number(headings: tuple[str, ...]) -> None:
    html = plain("<h2>About One</h2><p>It is green.</p>")
    for heading, other in zip(HEADINGS, headings, strict=True):
        html = html.replace(f"<h2>{heading}</h2>", f"<h2>{other}</h2>")
    read = page(html)
    assert read.warnings == []
    assert read.models[0].description == "It is green."
    assert [endpoint.provider for endpoint in read.endpoints] == ["Acme"]
    assert [(price.provider, price.usd) for price in read.prices] == [(None, 1), ("Acme", 1), ("Acme", 2)]


@pytest.mark.parametrize("heading", ["More from Acme", "Also by Acme", "Acme models", "Other Acme models (2)"])
def test_a_list_of_models_may_be_called_after_their_author(heading: str) -> None:
    card = "<div><h3>Acme: {}</h3><dl><dt>Context</dt><dd>8K</dd><dt>Params</dt><dd>4B</dd></dl></div>"
    html = plain().partition("<h2>Other Models by acme</h2>")[0] + f"<h2>{heading}</h2>"
    read = page(f"{html}<div>{card.format('One')}{card.format('Two')}</div></body></html>")
    assert [(model.name, model.context_tokens) for model in read.models] == [("Acme: One", 8000), ("Acme: Two", 8000)]


def test_the_prices_of_another_model_are_not_those_of_the_page() -> None:
    rows = "<tr><th>Feature</th><th>Price</th></tr><tr><td>Image</td><td>$9</td></tr>"
    rival = f"<h2>Pricing for Two</h2><table>{rows}</table>"
    assert [price.usd for price in page(plain(rival)).prices] == [1, 1, 2]


@pytest.mark.parametrize(
    "heading",
    ['<div class="section-title">{}</div>', "<p><strong>{}</strong></p>", '<span class="Card_heading">{}</span>'],
)
def test_where_no_heading_is_marked_those_that_look_like_one_are(heading: str) -> None:
    sections = [("Overview", "<p>It is green.</p>"), ("Capabilities", "<ul><li>Tools</li></ul>")]
    html = plain("".join(f"{heading.format(title)}{content}" for title, content in sections))
    for title, other in zip(
        HEADINGS, ("Prices", "Hosting providers", "Benchmarks", "More models by acme"), strict=True
    ):
        html = html.replace(f"<h2>{title}</h2>", heading.format(other))
    model = page(html).models[0]
    assert (model.description, model.supported_features) == ("It is green.", ["Tools"])


def test_a_hint_is_no_part_of_a_heading() -> None:
    heading = '<h2>About One <span role="tooltip">In its author\'s words</span></h2>'
    assert page(plain(f"{heading}<p>It is green.</p>")).models[0].description == "It is green."


def test_a_title_that_repeats_the_name_of_its_region_is_no_content() -> None:
    section = '<section aria-label="Description"><p><strong>Description</strong></p><p>It is green.</p></section>'
    assert html_page(sections=section).models[0].description == "It is green."


@pytest.mark.parametrize("called", ['id="cookie-banner"', 'class="consent-notice"'])
def test_what_asks_for_consent_is_no_content_wherever_it_stands(called: str) -> None:
    asked = f"<div {called}><p>We use cookies.</p><button>OK</button></div>"
    sections = f"<h2>Features</h2><ul><li>Tools</li></ul>{asked}<h2>Description</h2><p>It is green.</p>{asked}"
    model = html_page(sections=sections).models[0]
    assert (model.description, model.supported_features) == ("It is green.", ["Tools"])
