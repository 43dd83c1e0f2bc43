"""Icons, glyphs and buttons on cards, which are lines and no cells; cards below headings of other kinds."""

from __future__ import annotations

import re

import pytest
from small_page import html_of, html_page, rating

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

PAGE = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", "", "")


def cards(content: str) -> Records:
    """The records of a page that lists two models in cards with this line."""
    listed = "".join(
        f"<article><h3>Acme: {name}</h3><ul><li>Context: 8K</li>{content}<li>Released: Jan 2, 2025</li></ul></article>"
        for name in ("Two", "Three")
    )
    return html_page(sections=f"<h2>More models by acme</h2><div>{listed}</div>")


STAR = '<i class="bi bi-star{}"></i>'


@pytest.mark.parametrize(
    "stars",
    [
        STAR.format("-fill") * 3 + STAR.format("") * 2,
        '<ul role="radiogroup">'
        + "".join(f'<li><div role="radio" aria-checked="{str(at < 3).lower()}"></div></li>' for at in range(5))
        + "</ul>",
        '<x-rating value="3" max="5"></x-rating>',
        '<span title="Rated 3 of 5">★★★★★</span>',
        '<span aria-label="Speed 3 of 5"><b>★★★</b><b class="opacity-30">★★</b></span>',
    ],
)
@pytest.mark.parametrize("label", ["<strong>Speed:</strong> {}", "<span>Speed</span><span>{}</span>"])
def test_a_rating_stands_behind_its_label_in_whatever_it_is_drawn_in(stars: str, label: str) -> None:
    line = f"<li>{label.format(stars)}</li>"
    assert rating(cards(line), "speed") == 3


@pytest.mark.parametrize(
    "icon",
    [
        '<x-tip content="{0}"><x-icon name="i"></x-icon></x-tip>',
        '<span title="{0}">🖼️</span>',
        '<x-icon label="{0}"></x-icon>',
        '<span class="iconify" title="{0}"></span>',
    ],
)
def test_modalities_stand_behind_their_label_in_whatever_they_are_drawn_in(icon: str) -> None:
    icons = " ".join(icon.format(name) for name in ("Image input", "Text input", "Text output"))
    line = f"<li><span>Modalities</span> <span>{icons}</span></li>"
    model = cards(line).models[1]
    assert (model.input_modalities, model.output_modalities) == (["image", "text"], ["text"])


def test_a_sign_on_a_button_of_a_card_that_copies_is_no_part_of_a_name() -> None:
    card = (
        "<div><h4>{0}</h4><p>{0} | acme/one-1<button aria-label='Copy'>⧉</button></p>"
        "<p>Context Length: 8K</p><p>Pricing (Input): $1 / 1M tokens</p></div>"
    )
    listed = card.format("Acme") + card.format("Nimbus")
    records = html_page(endpoints="", sections=f"<h2>Available Endpoints</h2>{listed}")
    assert [(one.provider, one.endpoint_name) for one in records.endpoints] == [
        ("Acme", "Acme | acme/one-1"),
        ("Nimbus", "Nimbus | acme/one-1"),
    ]


def test_a_list_of_terms_takes_no_title_that_only_its_role_makes_a_heading() -> None:
    terms = "<dl><dt>Context Length</dt><dd>131,072</dd><dt>Max Output</dt><dd>8,192</dd></dl>"
    panel = '<x-panel><x-head role="heading" aria-level="2">{}</x-head>{}</x-panel>'
    sections = panel.format("Description", "<p>It is green.</p>") + panel.format("Key Specifications", terms)
    (model, *others) = html_page(sections=sections).models
    assert (model.description, model.context_tokens, model.max_output_tokens) == ("It is green.", 131072, 8192)
    assert others == []


@pytest.mark.parametrize("price", ["$0", "Free"])
def test_a_row_of_which_every_price_is_nothing_is_no_remark(price: str) -> None:
    table = (
        "<table><tr><th>Prompt</th><th>Completion</th><th>Request</th></tr>"
        f"<tr><td>{price}</td><td>{price}</td><td>{price}</td></tr></table>"
    )
    records = html_page(prices="", sections=f"<h2>Current Pricing</h2>{table}")
    assert [(one.component, one.state) for one in records.prices if one.provider is None] == [
        ("prompt", "free"),
        ("completion", "free"),
        ("request", "free"),
    ]


def test_scores_in_cards_may_be_none_beside_prices_in_a_table() -> None:
    card = "<div><h4>Acme</h4><p>Acme | acme/one-1</p><p>Context Length: 8K</p><p>Pricing (Input): $1</p></div>"
    model = "<div><h4>Acme: Two</h4><p>Context: 8K</p><p>Released: Jan 2, 2025</p><p>Cost: $</p></div>"
    page = re.sub(r"(<h2>Available Endpoints</h2>)<table>.*?</table>", rf"\1{card}", PAGE)
    page = re.sub(r"(<h2>Benchmark Results</h2>)<table>.*?</table>", r"\1<div></div>", page)
    page = re.sub(r"(<h2>Other Models by acme</h2>)<table>.*?</table>", rf"\1{model}", page)
    records = parse(Document(body=page.encode())).records()
    assert (len(records.endpoints), records.benchmark_scores, len(records.models)) == (1, [], 2)
    assert "drift_empty_section" in [warning.code for warning in records.warnings]


@pytest.mark.parametrize("news", ["", "<span>New</span>"])
def test_a_slug_in_the_title_of_a_card_is_no_part_of_the_name(news: str) -> None:
    title = "<h3><a href='/models/acme/{0}'>Acme: {0}</a> <code>acme/{0}</code> {1}</h3>"
    listed = "".join(
        f"<div>{title.format(name, news)}<p>Context: 8K</p><p>Cost: $</p></div>" for name in ("two", "six")
    )
    records = html_page(sections=f"<h2>More models by acme</h2>{listed}")
    assert [(model.name, model.canonical_slug) for model in records.models[1:]] == [
        ("Acme: two", "acme/two"),
        ("Acme: six", "acme/six"),
    ]
