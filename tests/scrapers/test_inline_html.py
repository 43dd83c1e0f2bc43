"""Text in which a converter left elements of HTML that it has no marks for, and text with two tabs between cells."""

from __future__ import annotations

import pytest
from extracted_page import ACME, ENDPOINTS, read, served

from scrapers.document import Document
from scrapers.errors import CutDocument
from scrapers.sources.benchable_page import claims, parse

HEADERS = ("Provider", "Endpoint Name", "Context Length", "Pricing (Input)", "Pricing (Output)")
ROW = ("Acme", "Acme | acme/one-1", "8K", "$1", "$2")


def table_of(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<td><b>{cell}</b></td>" for cell in row) for row in rows)
    return f"<table border=1><tbody>{''.join(f'<tr>{row}</tr>' for row in cells)}</tbody></table>"


@pytest.mark.parametrize("end", ["", "\n\nBelow it stands a remark.", "</div>"])
def test_a_table_may_have_stayed_one_of_html(end: str) -> None:
    whole = table_of(HEADERS, ROW)
    for table in (whole, whole.replace("><", ">\n<"), f'<div class="x"\nid="y">\n\n{whole}'):
        records = read(endpoints=table + end)
        assert served(records) == ACME
        assert not records.warnings


def test_a_table_in_a_table_is_no_table_of_its_own() -> None:
    records = read(endpoints=table_of(HEADERS, ("Acme", *ROW[1:4], f"$2{table_of(('a', 'b'))}")))
    assert [one.provider for one in records.endpoints] == ["Acme"]


def test_a_table_that_does_not_end_is_cut() -> None:
    with pytest.raises(CutDocument):
        read(models=table_of(HEADERS, ROW).partition("</tbody>")[0])


def test_tags_around_lines_are_no_words() -> None:
    first = "<h2>Author's Description</h2>\n<p>It is green &amp; <em>small</em>, 1 < 2.</p>"
    before = f"{first}\n<h2>Features</h2>\n<p>Vision</p>"
    model = read(before=before).models[0]
    assert (model.description, model.supported_features) == ("It is green & small, 1 < 2.", ["Vision"])


def test_text_that_begins_with_a_tag_is_text_where_headings_are_marked() -> None:
    prices = "| Feature | Price |\n|---|---|\n| Prompt | $1 |"
    text = (
        f"<div>\n\n# Acme: One\n\n## Current Pricing\n\n{prices}\n\n</div>\n\n## Available Endpoints\n\n{ENDPOINTS}"
        "\n\n## Benchmark Results\n\nNone yet.\n\n## Other Models by acme\n\nNone.\n"
    )
    document = Document(body=text.encode())
    assert claims(document)
    assert served(parse(document).records()) == ACME


def test_two_tabs_may_stand_between_cells() -> None:
    endpoints = "\n".join("\t\t".join(row) for row in (HEADERS, ROW, ("Pear", "", "\n16K", "", "$2")))
    records = read(endpoints=endpoints)
    assert served(records) == [*ACME, ("Pear", None, 16_000, ["2"])]


def test_icons_that_were_wrapped_are_all_of_one_value() -> None:
    icons = "Audio input File input\nText input Text output"
    card = f"### Acme: {{}}\n\n**Released:** Jan 2, 2025\n\n**Context:** 8K\n\n**Modalities:** {icons}"
    models = read(models="\n\n".join(card.format(name) for name in ("One", "Two"))).models
    assert [model.input_modalities for model in models] == [["audio", "file", "text"]] * 2


def test_links_of_markdown_stay_links_within_a_table_of_html() -> None:
    names = ("Model", "Released", "Params", "Context")
    rows = (names, ("[Acme: One](/models/acme/one-1)", "Jan 02, 2025", "7B", "8K"))
    models = "\n".join(
        ["<table>", *(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows), "</table>"]
    )
    (model,) = read(models=models).models
    assert (model.name, model.canonical_slug, model.context_tokens) == ("Acme: One", "acme/one-1", 8000)
