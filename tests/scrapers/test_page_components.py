"""Custom elements, tabs and cards of libraries of components: rows, panels and tables that only their users know."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, html_of, html_page, html_page_with, model_row, rating

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

PRICE = "<tr><td>Prompt</td><td>$1</td></tr>"
LABELS = (("Released", "Jan 02, 2025"), ("Context Length", "8,192"), ("Max Output", "4,096"), ("Params", "7B"))
NAMES = (("Acme: Two", "acme/two-1"), ("Acme: Three", "acme/three-1"))


def listed(records: Records) -> list[tuple[str | None, ...]]:
    return [(one.name, one.canonical_slug, str(one.context_tokens)) for one in records.models[1:]]


@pytest.mark.parametrize(
    "row",
    [
        '<ion-item><ion-label>{}</ion-label><ion-note slot="end">{}</ion-note></ion-item>',
        "<ion-item><ion-label><h3>{}</h3><p>{}</p></ion-label></ion-item>",
        "<x-fact><span>{}</span><span>{}</span></x-fact>",
    ],
)
def test_custom_elements_that_lay_out_others_are_rows_and_cards(row: str) -> None:
    facts = "".join(row.format(*pair) for pair in LABELS)
    model = html_page(sections=f"<h2>Key Specifications</h2><ion-list>{facts}</ion-list>").models[0]
    assert (model.context_tokens, model.max_output_tokens, str(model.released_on)) == (8192, 4096, "2025-01-02")


def test_cards_of_custom_elements_are_a_record_each() -> None:
    cards = "".join(
        f'<ion-card><ion-card-header><ion-card-title><a href="/models/{slug}">{name}</a></ion-card-title>'
        "</ion-card-header><ion-card-content><ion-list>"
        "<ion-item><ion-label>Context</ion-label><ion-note>8K</ion-note></ion-item>"
        "<ion-item><ion-label>Cost</ion-label><ion-note>$</ion-note></ion-item>"
        "</ion-list></ion-card-content></ion-card>"
        for name, slug in NAMES
    )
    assert listed(html_page_with("Other Models by acme", cards)) == [(*name, "8000") for name in NAMES]


def test_custom_elements_in_a_sentence_stay_in_it() -> None:
    text = "One reads <x-term><b>long</b> <i>texts</i></x-term> and more."
    records = html_page(sections=f"<h2>Author's Description</h2><p>{text}</p>")
    assert records.models[0].description == "One reads long texts and more."


TABS = (
    '<ul><li><button role="tab" data-bs-target="#a" data-bs-toggle="tab">Current Pricing</button></li><li><button '
    'role="tab" data-bs-target="#b" data-bs-toggle="tab">Price History</button></li></ul><div><div id="a">{}</div>'
    '<div id="b" hidden>{}</div></div>',
    '<ul><li><a data-toggle="tab" href="#a">Current Pricing</a></li><li><a data-toggle="tab" href="#b">Price History'
    '</a></li></ul><div><div id="a">{}</div><div id="b" style="display: none">{}</div></div>',
    '<div role="tablist"><button role="tab" aria-controls="a">Current Pricing</button><button role="tab" '
    'aria-controls="b">Price History</button></div><div role="tabpanel" id="a">{}</div>'
    '<div role="tabpanel" id="b" hidden>{}</div>',
    '<sl-tab-group><sl-tab panel="a">Current Pricing</sl-tab><sl-tab panel="b">Price History</sl-tab>'
    '<sl-tab-panel name="a">{}</sl-tab-panel><sl-tab-panel name="b">{}</sl-tab-panel></sl-tab-group>',
)


@pytest.mark.parametrize("tabs", TABS)
def test_a_panel_is_named_after_the_tab_that_opens_it(tabs: str) -> None:
    current = f"<table><tr><th>Feature</th><th>Price (per 1M tokens)</th></tr>{PRICE}</table>"
    history = "<ul><li>Jan 02, 2025: Prompt $3</li></ul>"
    before, _, after = html_of("", "", PRICE, ENDPOINT, "").partition("<h2>Current Pricing</h2>")
    page = f"{before}<h2>Model Pricing</h2>{tabs.format(current, history)}{after[after.index('<h2>') :]}"
    prices = parse(Document(body=page.encode())).records().prices
    assert [(str(price.usd), str(price.effective_from)) for price in prices if price.provider is None] == [
        ("1", "None"),
        ("3", "2025-01-02"),
    ]


@pytest.mark.parametrize("tag", ["b", "button", "label"])
def test_a_list_below_a_heading_that_nothing_marks_is_no_card_of_that_title(tag: str) -> None:
    terms = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in LABELS)
    records = html_page(sections=f"<div><{tag}>Key Specifications</{tag}><dl>{terms}</dl></div>")
    assert [model.name for model in records.models] == ["Acme: One"]
    assert records.models[0].context_tokens == 8192


@pytest.mark.parametrize("level", ["h1", "h2", "h5"])
def test_a_figure_in_large_letters_is_no_heading(level: str) -> None:
    tile = "<div><h4>{}</h4><div><{level}>${}<small> / 1M tokens</small></{level}></div></div>"
    tiles = tile.format("Prompt", "1.25", level=level) + tile.format("Completion", "10", level=level)
    records = html_page_with("Current Pricing", tiles)
    assert [(p.component, str(p.usd)) for p in records.prices if p.provider is None] == [
        ("prompt", "1.25"),
        ("completion", "10"),
    ]
    assert records.models[0].name == "Acme: One"


def test_a_custom_element_may_lead_to_its_model_as_a_whole() -> None:
    items = "".join(
        f'<ion-item href="/models/{slug}"><ion-label><h2>{name}</h2><p>Released: Jan 02, 2025</p><p>Context: 8K</p>'
        "</ion-label><ion-badge>New</ion-badge></ion-item>"
        for name, slug in NAMES
    )
    records = html_page_with("Other Models by acme", f"<ion-list>{items}</ion-list>")
    assert listed(records) == [(*name, "8000") for name in NAMES]


@pytest.mark.parametrize("badge", ["<span>Unavailable</span>", '<div class="foot"><span>Unavailable</span></div>'])
def test_a_badge_at_the_end_of_a_card_is_of_that_card_and_not_of_the_next(badge: str) -> None:
    cards = "".join(
        f'<div><h3><a href="/models/{slug}">{name}</a></h3><p>Released: Jan 02, 2025</p><p>Context: 8K</p>{end}</div>'
        for (name, slug), end in zip(NAMES, (badge, ""), strict=True)
    )
    records = html_page_with("Other Models by acme", cards)
    assert [(one.name, one.is_available) for one in records.models[1:]] == [("Acme: Two", False), ("Acme: Three", None)]


@pytest.mark.parametrize("name", ["summary", "heading", "header"])
def test_a_custom_element_may_have_its_heading_in_an_attribute(name: str) -> None:
    facts = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in LABELS)
    page = html_page(sections=f'<x-details {name}="Key Specifications" open><table>{facts}</table></x-details>')
    assert page.models[0].context_tokens == 8192


@pytest.mark.parametrize(
    "day",
    [
        '<x-format-date date="2025-01-02" month="long"></x-format-date>',
        '<x-format-date date="2025-01-02T00:00:00Z">1/2/2025</x-format-date>',
        '<x-relative-time datetime="2025-01-02">last year</x-relative-time>',
        '<time datetime="2025-01-02">02.01.2025</time>',
        '<time datetime="2025-01-02"></time>',
    ],
)
def test_a_day_is_the_one_that_its_element_means(day: str) -> None:
    facts = f"<dl><dt>Released</dt><dd>{day}</dd><dt>Context Length</dt><dd>8K</dd></dl>"
    assert str(html_page(sections=f"<h2>Key Specifications</h2>{facts}").models[0].released_on) == "2025-01-02"


def test_figures_may_stand_in_the_attributes_of_custom_elements_alone() -> None:
    stars = '<x-rating value="4" label="Speed" readonly></x-rating>'
    prices = '<x-format-number type="currency" currency="USD" value="1.25"></x-format-number>'
    context = '<x-format-number value="8192"></x-format-number>'
    records = html_page(
        models=model_row(speed=stars).replace("8K", context), prices=f"<tr><td>Prompt</td><td>{prices}</td></tr>"
    )
    assert (rating(records, "speed"), records.models[1].context_tokens) == (4, 8192)
    assert [str(price.usd) for price in records.prices if price.provider is None] == ["1.25"]
