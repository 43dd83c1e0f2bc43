"""Tables, icons and cards as libraries of components draw them."""

from __future__ import annotations

import re

import pytest
from small_page import ENDPOINT, MODELS, SCORE, SCORES, html_of, html_page, model_row, rating

from scrapers.document import Document
from scrapers.records import Model
from scrapers.sources.benchable_page import parse


def test_icons_of_buttons_that_sort_name_no_column() -> None:
    icons = '<span role="img" aria-label="caret-up"></span><span role="img" aria-label="caret-down"></span>'
    rows = model_row(name="Acme: Two") + model_row(name="Acme: Three")
    page = html_of(SCORE.format("No"), rows, "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    records = parse(Document(body=page.replace("</th>", f"{icons}</th>").encode())).records()
    assert [model.name for model in records.models] == ["Acme: One", "Acme: Two", "Acme: Three"]
    assert records.models[1].output_modalities == ["text"]
    assert [w.code for w in records.warnings if w.code != "unknown_subject_row"] == []


def models_a_column_each(names: str) -> list[Model]:
    """The models of a list that has them side by side, with these names above their columns."""
    rows = (
        "<tr><th>Released</th><td>Jan 02, 2025</td><td>Feb 03, 2025</td></tr>"
        "<tr><th>Context</th><td>8K</td><td>131,072</td></tr><tr><th>Cost</th><td>$</td><td>$$</td></tr>"
    )
    table = f"<table><thead><tr><th>Model</th>{names}</tr></thead><tbody>{rows}</tbody></table>"
    return html_page(sections=f"<h2>More models by acme</h2>{table}").models[1:]


@pytest.mark.parametrize("after_author", [" ", "<br>"])
def test_names_above_columns_lead_to_their_models(after_author: str) -> None:
    names = "".join(
        f'<th><a href="/models/acme/{name}-1">Acme:{after_author}{name.title()}</a>{badge}</th>'
        for name, badge in (("two", ""), ("three", "<span>Unavailable</span>"))
    )
    two, three = models_a_column_each(names)
    assert (two.name, two.canonical_slug, two.is_available) == ("Acme: Two", "acme/two-1", None)
    assert (three.name, three.canonical_slug, three.is_available) == ("Acme: Three", "acme/three-1", False)
    assert (two.context_tokens, three.context_tokens) == (8000, 131072)


def test_a_row_that_only_keeps_the_height_of_those_that_are_not_drawn_is_none() -> None:
    space = '<tr><td style="height: 4200px"></td></tr>'
    records = html_page(scores=space + SCORE.format("No") + space, models=space + model_row())
    assert [score.benchmark for score in records.benchmark_scores] == ["Coding"]
    assert [w.code for w in records.warnings if w.code != "unknown_subject_row"] == []


@pytest.mark.parametrize("name", ["#icon-{}-{}", "/sprite.svg#{}-{}", "#{1}-{0}"])
def test_an_icon_of_a_sheet_may_be_named_for_what_it_means(name: str) -> None:
    icons = [("image", "input"), ("text", "input"), ("text", "output")]
    drawn = "".join(f'<svg class="icon"><use href="{name.format(*icon)}"></use></svg>' for icon in icons)
    model = html_page(models=model_row(modalities=drawn)).models[1]
    assert (model.input_modalities, model.output_modalities) == (["image", "text"], ["text"])


@pytest.mark.parametrize(
    ("filled", "empty"), [("#star-filled", "#star-empty"), ("#s1", "#s2"), ("/i.svg#star-fill", "/i.svg#star-line")]
)
def test_stars_of_a_sheet_are_counted_by_what_they_draw(filled: str, empty: str) -> None:
    star = '<svg class="icon"><use xlink:href="{}"></use></svg>'
    records = html_page(models=model_row(speed=star.format(filled) * 3 + star.format(empty) * 2))
    assert rating(records, "speed") == 3


def test_an_icon_of_a_sheet_means_what_the_sheet_says() -> None:
    titles = {"i1": "Image input", "i2": "Text input", "i3": "Text output", "i4": "Star", "i5": "Check"}
    symbols = "".join(f'<symbol id="{name}"><title>{title}</title></symbol>' for name, title in titles.items())
    sheet = f'<svg style="display:none">{symbols}</svg>'
    icon = '<svg><use href="#{}"></use></svg>'
    row = model_row(modalities="".join(map(icon.format, ("i1", "i2", "i3"))), speed=icon.format("i4") * 4)
    records = html_page(models=row, scores=SCORE.format(icon.format("i5")), sections=sheet)
    model = records.models[1]
    assert (model.input_modalities, model.output_modalities) == (["image", "text"], ["text"])
    assert rating(records, "speed") == 4
    assert [score.is_reasoning for score in records.benchmark_scores] == [True]


def test_a_slot_shows_what_is_put_in_it_and_not_what_it_has_of_its_own() -> None:
    card = (
        '<x-card><template shadowrootmode="open"><header><slot name="title">Untitled</slot></header>'
        "<section><slot>Nothing yet</slot></section><footer><slot name=foot>No foot</slot></footer></template>"
        "<p>This model supports the following features:</p><ul><li>Vision</li><li>Streaming</li></ul>"
        '<h2 slot="title">Features</h2></x-card>'
    )
    model = html_page(sections=card).models[0]
    assert model.supported_features == ["Vision", "Streaming"]


def test_a_slot_that_nothing_is_put_in_shows_what_it_has() -> None:
    badge = '<x-badge><template shadowrootmode="open"><slot><b>Unavailable</b></slot></template></x-badge>'
    model = html_page(models=model_row(name=f"Acme: Two {badge}")).models[1]
    assert (model.name, model.is_available) == ("Acme: Two", False)


def test_elements_of_unknown_names_may_be_tables_by_their_roles() -> None:
    header = "".join(f'<mat-header-cell role="columnheader">{name}</mat-header-cell>' for name in SCORES)
    values = ("Coding", "Code", "No", "—", "No", "5", "90%", "$0", "1s")
    cells = "".join(f'<mat-cell role="cell">{value}</mat-cell>' for value in values)
    rows = f'<mat-header-row role="row">{header}</mat-header-row><mat-row role="row">{cells}</mat-row>'
    page = html_of("", model_row(), "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    grid = f'<mat-table class="scores" role="table">{rows}</mat-table>'
    page = re.sub("(<h2>Benchmark Results</h2>)<table>.*?</table>", rf"\1{grid}", page)
    records = parse(Document(body=page.encode())).records()
    assert [(score.benchmark, score.executions) for score in records.benchmark_scores] == [("Coding", 5)]


@pytest.mark.parametrize(
    "icon",
    [
        '<mat-icon role="img" class="mat-icon material-icons mat-ligature-font" aria-hidden="true">{}</mat-icon>',
        '<span class="material-symbols-outlined">{}</span>',
        '<i class="material-icons">{}</i>',
    ],
)
def test_icons_that_a_font_draws_for_their_names_are_no_words(icon: str) -> None:
    stars = icon.format("star") * 3 + icon.format("star_border") * 2
    row = model_row(speed=stars, cost=icon.format("attach_money") * 4, name=f"{icon.format('smart_toy')} Acme: Two")
    features = f"<ul><li>{icon.format('check')} Vision</li><li>{icon.format('bolt')} Streaming</li></ul>"
    records = html_page(
        models=row,
        scores=SCORE.format(icon.format("check_circle"))
        + SCORE.format(icon.format("cancel")).replace("Coding", "Ethics"),
        sections=f"<h2>Features</h2>{features}",
    )
    assert [rating(records, dimension) for dimension in ("speed", "ability", "cost")] == [3, None, 4]
    assert [score.is_reasoning for score in records.benchmark_scores] == [True, False]
    assert records.models[0].supported_features == ["Vision", "Streaming"]
    assert records.models[1].name == "Acme: Two"


def test_columns_that_count_or_choose_rows_say_nothing() -> None:
    box = '<input type="checkbox" aria-label="{}">'
    headers = "".join(f"<th>{name}</th>" for name in (box.format("Select all"), "#", *MODELS, "Actions"))
    rows = "".join(
        model_row(name=name)
        .replace("<tr >", f"<tr><td>{box.format(f'Select {name}')}</td><td>{number}</td>")
        .replace("</tr>", "<td><button>Compare</button></td></tr>")
        for number, name in enumerate(("Acme: Two", "Acme: Three"), 1)
    )
    records = html_page(sections=f"<h2>More models by acme</h2><table><tr>{headers}</tr>{rows}</table>")
    assert [(model.name, model.context_tokens, model.extra) for model in records.models[1:]] == [
        ("Acme: Two", 8000, {}),
        ("Acme: Three", 8000, {}),
    ]


def test_a_sign_on_a_button_that_copies_is_no_part_of_a_name() -> None:
    endpoint = ENDPOINT.replace("acme/one-1", '<code>acme/one-1</code><button aria-label="Copy">⧉</button>')
    (served,) = html_page(endpoints=endpoint).endpoints
    assert served.endpoint_name == "Acme | acme/one-1"


def test_codes_with_nothing_but_space_between_are_an_entry_each() -> None:
    paragraph = "<p><code>Vision</code> <code>Streaming</code></p>"
    model = html_page(sections=f"<h2>Features</h2>{paragraph}").models[0]
    assert model.supported_features == ["Vision", "Streaming"]


def test_days_may_be_the_terms_of_a_list_with_a_price_each_below() -> None:
    days = (("Jan 14, 2026", "$1", "$2"), ("Feb 01, 2026", "$3", "$4"))
    terms = "".join(f"<dt>{day}</dt><dd>Prompt: {prompt}</dd><dd>Completion: {out}</dd>" for day, prompt, out in days)
    prices = html_page(sections=f"<h2>Price History</h2><dl>{terms}</dl>").prices
    assert [(str(one.effective_from), one.component, one.usd) for one in prices if one.effective_from] == [
        ("2026-01-14", "prompt", 1),
        ("2026-01-14", "completion", 2),
        ("2026-02-01", "prompt", 3),
        ("2026-02-01", "completion", 4),
    ]


def test_columns_may_stand_beside_each_other_with_their_headers_above() -> None:
    columns = {
        "Benchmark": ("Coding", "Ethics"), "Category": ("Code", "Safety"), "Executions (n)": ("5", "1,250"),
        "Accuracy": ("90% ▲ 2.1%", "77.5%"), "Cost": ("$0", "$1"), "Duration": ("1s", "2s"),
    }  # fmt: skip
    drawn = "".join(
        f"<div><div>{header}</div>{''.join(f'<div>{cell}</div>' for cell in cells)}</div>"
        for header, cells in columns.items()
    )
    records = html_page(sections=f"<h2>Benchmarks</h2><div>{drawn}</div>")
    assert [(one.benchmark, one.executions, str(one.accuracy_percent)) for one in records.benchmark_scores] == [
        ("Coding", 5, "90"),
        ("Ethics", 1250, "77.5"),
    ]


def test_a_copied_id_is_read_without_the_words_of_the_button_that_copies_it() -> None:
    button = '<button aria-label="Copy to clipboard"><svg class="copy"></svg><span class="sr-only">Copy</span></button>'
    row = f"<div><span>Model ID</span><span><code>acme/one</code>{button}</span></div>"
    model = html_page(sections=f"<h2>Key Specifications</h2>{row}").models[0]
    assert model.model_id == "acme/one"


@pytest.mark.parametrize("label", ["Acme: Two", "View Acme: Two", ""])
def test_a_link_that_lies_over_a_row_and_shows_no_words_leads_to_the_model_of_the_row(label: str) -> None:
    link = f'<a href="/models/acme/two-1" class="absolute inset-0" aria-label="{label}"></a>'
    name = f'{link}<p class="truncate">Acme: Two</p><span class="badge">Deprecated</span>'
    model = html_page(models=model_row(name=name)).models[1]
    assert (model.name, model.canonical_slug) == ("Acme: Two", "acme/two-1")


def test_the_title_of_a_card_is_a_heading_where_its_slot_says_that_it_is_one() -> None:
    card = (
        '<div data-slot="card"><div data-slot="card-header"><div data-slot="card-title">{}</div></div>'
        '<div data-slot="card-content"><p>{}</p></div></div>'
    )
    sections = card.format("Description", "One answers.") + card.format("Capabilities", "Vision")
    model = html_page(sections=sections).models[0]
    assert (model.description, model.supported_features) == ("One answers.", ["Vision"])


def test_a_figure_in_the_title_of_a_card_is_no_heading() -> None:
    card = '<div data-slot="card"><div data-slot="card-description">{}</div><div data-slot="card-title">{}</div></div>'
    sections = f"<h2>Key Specifications</h2>{card.format('Context Length', '8,192')}{card.format('Max Output', '4K')}"
    model = html_page(sections=sections).models[0]
    assert (model.context_tokens, model.max_output_tokens) == (8192, 4000)


@pytest.mark.parametrize("role", ["dialog", "alertdialog"])
def test_a_dialog_made_of_any_element_is_no_part_of_the_section_it_opens_in(role: str) -> None:
    dialog = f'<div role="{role}" aria-label="Cookies"><p>We use cookies.</p><button>Accept</button></div>'
    model = html_page(sections=f"<h2>Features</h2><ul><li>Vision</li></ul>{dialog}").models[0]
    assert model.supported_features == ["Vision"]


def test_a_page_that_opens_as_a_dialog_is_read() -> None:
    dialog = '<div role="dialog" aria-modal="true"><h2>Features</h2><ul><li>Vision</li></ul></div>'
    assert html_page(sections=dialog).models[0].supported_features == ["Vision"]


def test_a_badge_between_a_name_and_its_slug_says_whether_a_model_above_a_column_is_there() -> None:
    names = "".join(
        f'<th><div><a href="/models/acme/{name}-1">Acme: {name.title()}</a>{badge}</div><div>acme/{name}-1</div></th>'
        for name, badge in (("two", ""), ("three", "<span>Unavailable</span>"))
    )
    two, three = models_a_column_each(names)
    assert (two.name, two.is_available) == ("Acme: Two", None)
    assert (three.name, three.is_available) == ("Acme: Three", False)


@pytest.mark.parametrize("stat", ["<dl><dt>{}</dt><dd>{}</dd></dl>", "<div><dl><dt>{}</dt><dd>{}</dd></dl></div>"])
def test_every_term_of_a_card_may_have_a_list_of_its_own(stat: str) -> None:
    def card(title: str, *terms: tuple[str, str]) -> str:
        return f"<div><div><p>{title}</p></div><div>{''.join(stat.format(*term) for term in terms)}</div></div>"

    cards = (
        card("Acme", ("Endpoint Name", "Acme | acme/one-1"), ("Context Length", "8K"), ("Pricing (Input)", "$1")),
        card("Nimbus", ("Endpoint Name", "Nimbus | acme/one-1"), ("Context Length", "16K"), ("Pricing (Input)", "$2")),
    )
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    before, _, after = page.partition("<h2>Available Endpoints</h2>")
    page = f"{before}<h2>Available Endpoints</h2><div>{''.join(cards)}</div>{after[after.index('<h2>') :]}"
    records = parse(Document(body=page.encode())).records()
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8000), ("Nimbus", 16000)]
    assert [(p.provider, str(p.usd)) for p in records.prices if p.provider] == [("Acme", "1"), ("Nimbus", "2")]
    assert records.warnings == []


def test_a_table_for_narrow_windows_has_the_names_of_its_columns_in_the_cells() -> None:
    names = ("Provider", "Endpoint Name", "Context Length", "Pricing (Input)")
    rows = (("Acme", "Acme | acme/one-1", "8K", "$1"), ("Nimbus", "Nimbus | acme/one-1", "16K", "$2"))
    cell = "<td><div class='title'>{}</div><div class='value'>{}</div></td>"
    body = "".join(f"<tr>{''.join(map(cell.format, names, row))}</tr>" for row in rows)
    table = f"<table><thead><tr><th colspan='1'><label>Sort by</label></th></tr></thead><tbody>{body}</tbody></table>"
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    before, _, after = page.partition("<h2>Available Endpoints</h2>")
    page = f"{before}<h2>Available Endpoints</h2>{table}{after[after.index('<h2>') :]}"
    records = parse(Document(body=page.encode())).records()
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8000), ("Nimbus", 16000)]
