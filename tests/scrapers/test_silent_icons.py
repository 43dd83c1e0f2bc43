"""Modalities and availability that icons say by their names alone, and words that say them in other forms."""

from __future__ import annotations

import pytest
from small_page import html_page, html_page_with, model_row

from scrapers.records import Model

MODALITIES = [
    '<i class="icon-image-input"></i><i class="icon-text-input"></i><i class="icon-text-output"></i>',
    '<i class="modality modality--input modality--image"></i><i class="modality modality--input modality--text"></i>'
    '<i class="modality modality--output modality--text"></i>',
    '<b data-modality="image" data-direction="input"></b><b data-modality="text" data-direction="input"></b>'
    '<b data-modality="text" data-direction="output"></b>',
    '<img src="/icons/image-input.svg" alt=""><img src="/icons/text-in.svg" alt=""><img src="/text-output.svg" alt="">',
    '<svg><use href="#image-in"/></svg><svg><use href="#text-in"/></svg><svg><use href="#text-out"/></svg>',
    '<svg class="lucide lucide-image"></svg><svg class="lucide lucide-type"></svg>'
    '<svg class="lucide lucide-arrow-right"></svg><svg class="lucide lucide-type"></svg>',
    '<i class="fa-solid fa-image"></i><i class="fa-solid fa-font"></i> → <i class="fa-solid fa-font"></i>',
    '<b data-tooltip="Image input"><i class="fa-solid fa-image"></i></b><b data-tooltip="Text input"><i class="fa '
    'fa-font"></i></b><b data-tooltip="Text output"><i class="fa-solid fa-font"></i></b>',
    '<span class="badge">Image in</span><span class="badge">Text in</span><span class="badge">Text out</span>',
    "<dl><dt>Input</dt><dd>Image, Text</dd><dt>Output</dt><dd>Text</dd></dl>",
]
"""Image and text to text."""


def listed(cell: str, header: str = "Modalities") -> list[Model]:
    """Two models of which a column says this."""
    rows = "".join(
        f'<tr><td><a href="/models/acme/{name}-1">Acme: {name.title()}</a></td><td>8K</td><td>{cell}</td></tr>'
        for name in ("two", "three")
    )
    table = f"<table><tr><th>Model</th><th>Context</th><th>{header}</th></tr>{rows}</table>"
    return html_page_with("Other Models by acme", table).models[1:]


@pytest.mark.parametrize("icons", MODALITIES)
def test_modalities_are_read_from_what_an_icon_is_called(icons: str) -> None:
    assert [(one.input_modalities, one.output_modalities) for one in listed(icons)] == [
        (["image", "text"], ["text"])
    ] * 2


@pytest.mark.parametrize(
    "icons",
    [
        '<svg class="lucide lucide-image"></svg><svg class="lucide lucide-type"></svg>',
        '<svg class="image fade-in"></svg>',
        "<span>Image in</span>",
        '<svg class="lucide-brain"></svg><svg class="lucide-arrow-right"></svg><svg class="lucide-type"></svg>',
    ],
)
def test_icons_that_do_not_tell_their_side_tell_no_modalities(icons: str) -> None:
    assert [(one.input_modalities, one.output_modalities) for one in listed(icons)] == [(None, None)] * 2


def test_icons_that_say_no_modality_are_told() -> None:
    table = "<table><tr><th>Model</th><th>Context</th><th>Modalities</th></tr>{}</table>"
    row = (
        '<tr><td><a href="/models/acme/two-1">Acme: Two</a></td><td>8K</td><td><svg class="unheard-of"></svg></td></tr>'
    )
    records = html_page_with("Other Models by acme", table.format(row))
    assert [w.where for w in records.warnings if w.code == "unread_value"] == [
        "Other Models by acme / row 1 / Modalities"
    ]


@pytest.mark.parametrize(
    ("status", "is_available"),
    [
        ('<span class="status status-available"></span>', True),
        ('<span class="status status-unavailable"></span>', False),
        ("Active", True),
        ("Inactive", False),
        ("🔴", False),
    ],
)
def test_a_status_is_read_from_words_and_icons(status: str, is_available: bool) -> None:
    assert [one.is_available for one in listed(status, "Status")] == [is_available] * 2


@pytest.mark.parametrize(("badge", "is_available"), [("Available", True), ("Not available", False)])
def test_a_badge_of_a_card_is_no_label_without_a_value(badge: str, is_available: bool) -> None:
    cards = "".join(
        f'<div><div><h3><a href="/models/acme/{name}-1">Acme: {name.title()}</a></h3><b>{badge}</b>'
        "</div><div><span>Released</span><span>Jan 2, 2025</span></div><div><b>Cost</b> <b>$$</b></div></div>"
        for name in ("two", "three")
    )
    models = html_page_with("Other Models by acme", cards).models[1:]
    assert [(one.name, one.is_available) for one in models] == [
        ("Acme: Two", is_available),
        ("Acme: Three", is_available),
    ]


def test_a_badge_beside_a_name_may_say_not_available() -> None:
    models = html_page(models=model_row(name="Acme: Two <span>Not available</span>")).models
    assert (models[1].name, models[1].is_available) == ("Acme: Two", False)
