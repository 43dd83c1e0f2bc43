"""Tables, icons and cards as libraries of components draw them."""

from __future__ import annotations

from small_page import ENDPOINT, SCORE, html_of, html_page, model_row

from scrapers.document import Document
from scrapers.sources.benchable_page import parse


def test_icons_of_buttons_that_sort_name_no_column() -> None:
    icons = '<span role="img" aria-label="caret-up"></span><span role="img" aria-label="caret-down"></span>'
    rows = model_row(name="Acme: Two") + model_row(name="Acme: Three")
    page = html_of(SCORE.format("No"), rows, "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    records = parse(Document(body=page.replace("</th>", f"{icons}</th>").encode())).records()
    assert [model.name for model in records.models] == ["Acme: One", "Acme: Two", "Acme: Three"]
    assert records.models[1].output_modalities == ["text"]
    assert [w.code for w in records.warnings if w.code != "unknown_subject_row"] == []


def test_names_above_columns_lead_to_their_models() -> None:
    names = "".join(
        f'<th><a href="/models/acme/{name}-1">Acme: {name.title()}</a>{badge}</th>'
        for name, badge in (("two", ""), ("three", "<span>Unavailable</span>"))
    )
    rows = (
        "<tr><th>Released</th><td>Jan 02, 2025</td><td>Feb 03, 2025</td></tr>"
        "<tr><th>Context</th><td>8K</td><td>131,072</td></tr><tr><th>Cost</th><td>$</td><td>$$</td></tr>"
    )
    table = f"<table><thead><tr><th>Model</th>{names}</tr></thead><tbody>{rows}</tbody></table>"
    _, two, three = html_page(sections=f"<h2>More models by acme</h2>{table}").models
    assert (two.name, two.canonical_slug, two.is_available) == ("Acme: Two", "acme/two-1", None)
    assert (three.name, three.canonical_slug, three.is_available) == ("Acme: Three", "acme/three-1", False)
    assert (two.context_tokens, three.context_tokens) == (8000, 131072)


def test_a_row_that_only_keeps_the_height_of_those_that_are_not_drawn_is_none() -> None:
    space = '<tr><td style="height: 4200px"></td></tr>'
    records = html_page(scores=space + SCORE.format("No") + space, models=space + model_row())
    assert [score.benchmark for score in records.benchmark_scores] == ["Coding"]
    assert [w.code for w in records.warnings if w.code != "unknown_subject_row"] == []
