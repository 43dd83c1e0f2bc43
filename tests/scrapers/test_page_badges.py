"""Badges and other words that stand side by side: features, modalities, and what is glued to a name."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, SCORE, html_of, html_page, model_row, rating, text_page

from scrapers.document import Document
from scrapers.sources.benchable_page import parse


@pytest.mark.parametrize(
    "badges",
    [
        "<div><p>This model supports these features:</p> <span>Tool Use</span> <span>JSON Mode</span></div>",
        "<p>This model supports the following features:</p><span>Tool Use</span><span>JSON Mode</span>",
        "<p>This model supports the following features:</p><x-tag>Tool Use</x-tag>\n<x-tag>JSON Mode</x-tag><br>",
    ],
)
def test_badges_beside_a_paragraph_are_an_entry_each(badges: str) -> None:
    assert html_page(sections=f"<h2>Features</h2>{badges}").models[0].supported_features == ["Tool Use", "JSON Mode"]


@pytest.mark.parametrize("status, is_available", [("Available", True), ("Unavailable", False)])
def test_a_status_among_specifications_is_no_badge_of_their_heading(status: str, is_available: bool) -> None:
    pairs = {"Context": "8K", "Parameters": "7B", "Status": status}
    facts = "".join(f"<div><span>{name}</span><span>{value}</span></div>" for name, value in pairs.items())
    records = html_page(sections=f"<div><div><h2>Key Specifications</h2></div><div>{facts}</div></div>")
    assert (records.models[0].is_available, records.warnings) == (is_available, [])


def test_words_in_several_elements_between_paragraphs_are_one_line_where_text_joins_them() -> None:
    description = "<div><p>One.</p><b>It</b> is <i>green</i><p>Two.</p></div>"
    assert html_page(sections=f"<h2>Description</h2>{description}").models[0].description == "One.\nIt is green\nTwo."


def test_features_with_spaces_alone_between_are_told_apart_where_all_are_known() -> None:
    glued = "<p>Function Calling Structured Output Reasoning</p>"
    kept = "<p>Multimodal Reasoning</p>"
    features = html_page(sections=f"<h2>Features</h2>{glued}{kept}").models[0].supported_features
    assert features == ["Function Calling", "Structured Output", "Reasoning", "Multimodal Reasoning"]


@pytest.mark.parametrize(
    "stated",
    [
        "<div><div>Input</div><div><span>Image</span> <span>Text</span></div></div>",
        "<div><div>Input</div><div><div>Image</div><div>Text</div></div></div>",
        "<ul><li><b>Input:</b> <span>Image</span> <span>Text</span></li></ul>",
        "<div><h4>Input Modalities</h4><ul><li>Image</li><li>Text</li></ul></div>",
    ],
)
def test_every_badge_of_a_modality_is_read(stated: str) -> None:
    records = html_page(sections=f"<h2>Key Specifications</h2>{stated}")
    assert (records.models[0].input_modalities, records.warnings) == (["image", "text"], [])


@pytest.mark.parametrize(
    "badge", ["(Unavailable since May)", " · Unavailable as of 2 May 2025", "<i>Unavailable</i> <sup>NEW</sup>"]
)
def test_a_badge_of_many_words_is_no_part_of_a_name(badge: str) -> None:
    model = html_page(models=model_row(name=f"Acme: Two {badge}")).models[1]
    assert (model.name, model.is_available) == ("Acme: Two", False)


@pytest.mark.parametrize(
    "badge",
    [
        "<sup>New</sup>",
        "<span class='badge'>NEW</span>",
        "(NEW)",
        "POPULAR",
        "Deprecated",
        "Retired",
        "Coming soon",
        "🔥",
    ],
)
@pytest.mark.parametrize("name", ["Acme: Two {}", '<a href="/models/acme/two-1">Acme: Two {}</a>'])
def test_what_is_new_is_not_called_new(name: str, badge: str) -> None:
    assert html_page(models=model_row(name=name.format(badge))).models[1].name == "Acme: Two"


@pytest.mark.parametrize(
    "provider", ["Azure <b>fp8</b>", "Azure<span class='chip'>fp8</span>", "Azure<b>fp8</b>", "Azure (fp8)"]
)
def test_the_precision_beside_a_provider_is_the_endpoints(provider: str) -> None:
    row = f"<tr><td>{provider}</td><td>acme/one-1</td><td>8K</td><td>$1</td><td>$2</td></tr>"
    records = html_page(endpoints=row)
    (endpoint,) = records.endpoints
    assert (endpoint.provider, endpoint.quantization) == ("Azure", "fp8")
    assert {price.provider for price in records.prices} == {None, "Azure"}


@pytest.mark.parametrize("attribute", ["title", "aria-label"])
def test_a_name_that_is_cut_short_is_read_whole_where_the_page_says_it_whole(attribute: str) -> None:
    name = f'<a href="/models/acme/two-1" {attribute}="Acme: Two with a Long Name"><b>Acme: Two wi…</b></a>'
    records = html_page(models=model_row(name=name))
    assert (records.models[1].name, records.warnings[-1].code) == ("Acme: Two with a Long Name", "unknown_subject_row")


def test_a_whole_name_with_a_control_character_ends_no_reading() -> None:
    name = '<a href="/models/acme/two-1" title="Acme: Two with\x08 a Long Name">Acme: Two wi…</a>'
    assert html_page(models=model_row(name=name)).models[1].name == "Acme: Two with a Long Name"


def test_a_name_that_is_cut_short_everywhere_is_told() -> None:
    records = html_page(models=model_row(name="Acme: Two wi…"))
    assert [warning.message for warning in records.warnings if warning.code == "cut_name"] == [
        "the page cuts this name short: 'Acme: Two wi…'"
    ]


@pytest.mark.parametrize("label", ["2 Dollars", "2 out of 5 for cost", "Cost level 2 of 5"])
def test_what_is_rated_may_be_said_with_the_rating(label: str) -> None:
    records = html_page(models=model_row(cost=f'<span role="img" aria-label="{label}"></span>'))
    assert rating(records, "cost") == 2


@pytest.mark.parametrize(
    "stated, context, size",
    [("8K (8,192 tokens)", 8192, "7B (2B active)"), ("<b>8K</b> <i>8,192 tokens</i>", 8192, "7B total, 2B active")],
)
def test_the_exact_count_and_the_active_parameters_may_stand_beside(stated: str, context: int, size: str) -> None:
    sections = f"<h2>Key Specifications</h2><table><tr><th>Context</th><td>{stated}</td></tr>"
    model = html_page(sections=f"{sections}<tr><th>Parameters</th><td>{size}</td></tr></table>").models[0]
    assert (model.context_tokens, model.context_is_rounded, model.parameter_count) == (context, False, 7 * 10**9)


def test_the_row_that_sums_the_others_is_no_benchmark() -> None:
    row = SCORE.format("No")
    total = row.replace("Coding", "Average").replace("<td>Code</td>", "<td></td>")
    own = row.replace("Coding", "Average").replace("Code", "Mathematics")
    records = html_page(scores=row + total + own)
    assert [(one.benchmark, one.category) for one in records.benchmark_scores] == [
        ("Coding", "Code"),
        ("Average", "Mathematics"),
    ]
    assert "unread_row" in [warning.code for warning in records.warnings]


def test_a_flat_list_whose_ratings_are_glued_to_names_is_not_read_in_rows() -> None:
    lines = "Released Params Context Speed Ability Cost".split()
    for name in ("Acme: Two", "Acme: Three"):
        lines += [name, "Jan 02, 2025", "7B", "8K", "2 out of 5★★★★★", "2 out of 5★★★★★", "Cost level 2 of 5$$$$$"]
    assert all(
        "★" not in (model.name or "") and "$" not in (model.name or "")
        for model in text_page("\n\n".join(lines)).models
    )


def test_a_specification_may_say_yes_to_being_available() -> None:
    sections = "<h2>Key Specifications</h2><table><tr><th>Available</th><td>No</td></tr></table>"
    assert html_page(sections=sections).models[0].is_available is False


@pytest.mark.parametrize(
    "label",
    [
        "Prompt<p>Input tokens</p>",
        "<b>Prompt</b><br>Tokens that go in",
        "PromptInput tokens",
        '<div class="flex flex-col"><span>Prompt</span><span>Input tokens</span></div>',
        'Prompt <span class="block text-xs">Input tokens</span>',
    ],
)
def test_the_description_below_a_component_is_no_part_of_its_name(label: str) -> None:
    records = html_page(prices=f"<tr><td>{label}</td><td>$1</td></tr>")
    assert [price.component for price in records.prices if price.provider is None] == ["prompt"]


def test_a_component_of_unknown_name_is_kept_under_it_and_reported() -> None:
    records = html_page(prices="<tr><td>Hologram</td><td>$1 / 1M tokens</td></tr>")
    assert [price.component for price in records.prices if price.provider is None] == ["hologram"]
    assert [warning.code for warning in records.warnings] == ["drift_unknown_component"]


@pytest.mark.parametrize(
    "price", ["<i>$</i><i>0</i><i>.4</i>", "$0<small>.4</small>", "$ 0 .4", "<i>$</i><i>0</i><i>.</i><i>4</i>"]
)
def test_cents_that_are_set_apart_are_of_the_same_amount(price: str) -> None:
    records = html_page(prices=f"<tr><td>Prompt</td><td>{price}</td></tr>", scores=SCORE.format("No"))
    assert [str(one.usd) for one in records.prices if one.provider is None] == ["0.4"]
    split = html_page(scores=SCORE.format("No").replace("90%", "<b>90</b><small>.5%</small>"))
    assert [str(one.accuracy_percent) for one in split.benchmark_scores] == ["90.5"]


@pytest.mark.parametrize(
    "lines",
    [
        "<p>$1/M input tokens</p><p>$2/M output tokens</p><p>$0.3 per image</p>",
        "<ul><li>$1 per 1M prompt tokens</li><li>$2 per million completion tokens</li><li>$0.3 / image</li></ul>",
        "<div><span>$1/M input tokens</span><span>$2/M output tokens</span><span>$0.3/image</span></div>",
    ],
)
def test_a_price_may_say_itself_what_it_is_for(lines: str) -> None:
    page = html_of("", "", "", ENDPOINT, "")
    before, _, rest = page.partition("<h2>Current Pricing</h2>")
    body = f"{before}<h2>Current Pricing</h2>{lines}{rest[rest.index('<h2>Available') :]}"
    records = parse(Document(body=body.encode())).records()
    assert [(one.component, str(one.usd), one.unit) for one in records.prices if one.provider is None] == [
        ("prompt", "1", "mtok"),
        ("completion", "2", "mtok"),
        ("image", "0.3", "image"),
    ]


@pytest.mark.parametrize("provider", ["DEDeepInfra", "DDeepInfra", "<b>DE</b>DeepInfra"])
def test_the_initials_of_a_provider_may_be_glued_to_it(provider: str) -> None:
    row = f"<tr><td>{provider}</td><td>acme/one-1<b>Copy endpoint name</b></td><td>8K</td><td>$1</td><td>$2</td></tr>"
    (endpoint,) = html_page(endpoints=row).endpoints
    assert (endpoint.provider, endpoint.endpoint_name) == ("DeepInfra", "acme/one-1")


@pytest.mark.parametrize(
    "provider", ["AI21", "xAI", "DeepInfra", "GMICloud", "NVIDIA", "AWS", "IONOS", "IO Intelligence"]
)
def test_a_provider_of_many_capitals_keeps_them(provider: str) -> None:
    row = f"<tr><td>{provider}</td><td>acme/one-1</td><td>8K</td><td>$1</td><td>$2</td></tr>"
    assert html_page(endpoints=row).endpoints[0].provider == provider


@pytest.mark.parametrize("before", ["", '<input type="radio" class="rating-hidden"/>'])
@pytest.mark.parametrize("label", ["", 'aria-label="{} star"'])
def test_the_checked_one_of_five_radio_buttons_is_the_rating(before: str, label: str) -> None:
    said = [f'<input type="radio" {label.format(k)} {"checked" if k == 4 else ""}/>' for k in range(1, 6)]
    assert rating(html_page(models=model_row(speed=f"<div>{before}{''.join(said)}</div>")), "speed") == 4


@pytest.mark.parametrize("attribute", ["data-bs-title", "data-tippy-content", "data-tip"])
def test_what_an_icon_shows_when_pointed_at_is_what_it_says(attribute: str) -> None:
    icons = "".join(f'<i class="fa-solid fa-x" {attribute}="{word}"></i>' for word in ("Image input", "Text output"))
    model = html_page(models=model_row().replace("Text input Text output", icons)).models[1]
    assert (model.input_modalities, model.output_modalities) == (["image"], ["text"])


def test_icons_that_say_nothing_are_reported_where_no_modalities_are() -> None:
    silent = '<svg class="a"><path d="M1"/></svg><svg class="b"><path d="M2"/></svg>'
    records = html_page(models=model_row().replace("Text input Text output", silent))
    assert records.models[1].input_modalities is None
    assert [warning.message for warning in records.warnings if warning.code == "unread_column"] == [
        "a column of icons that say nothing, and none that says the modalities"
    ]


def test_custom_elements_say_what_their_attributes_say() -> None:
    icons = '<x-icon name="i" label="Image input"></x-icon><x-icon name="t" label="Text output"></x-icon>'
    row = model_row(speed='<x-rating label="Speed" value="3" max="5"></x-rating>').replace(
        "Text input Text output", icons
    )
    records = html_page(models=row)
    assert rating(records, "speed") == 3
    assert (records.models[1].input_modalities, records.models[1].output_modalities) == (["image"], ["text"])


@pytest.mark.parametrize(
    "below", ["<span class='badge'>Unavailable</span>", "<p>acme/one</p><div><span>Unavailable</span></div>"]
)
def test_a_badge_beside_the_title_of_a_page_is_of_its_model(below: str) -> None:
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    page = page.replace("</h1>", f"</h1>{below}")
    assert parse(Document(body=page.encode())).records().models[0].is_available is False


def test_a_badge_below_another_heading_is_of_another_model() -> None:
    aside = '<h2>Trending</h2><p>Zenith: Base</p><span class="badge">Unavailable</span>'
    assert html_page(sections=aside).models[0].is_available is None


@pytest.mark.parametrize("words", ["Loading…", "Loading...", "Loading more…", "Loading"])
def test_what_a_page_says_while_it_fetches_more_is_no_content(words: str) -> None:
    spin = f"<span class='htmx-indicator'>{words}</span>"
    model = html_page(
        sections=f"<h2>Description</h2><p>One answers.</p>{spin}<h2>Features</h2><ul><li>Vision</li></ul>{spin}"
    ).models[0]
    assert (model.description, model.supported_features) == ("One answers.", ["Vision"])


@pytest.mark.parametrize("arrow", ['<span aria-hidden="true">→</span>', " ↗", " ›", "<span>»</span>"])
def test_an_arrow_behind_a_name_only_says_that_it_leads_on(arrow: str) -> None:
    name = f'<a href="/models/acme/two-1">Acme: Two {arrow}</a><b>New</b>'
    assert html_page(models=model_row(name=name)).models[1].name == "Acme: Two"


@pytest.mark.parametrize("badge", ['<span data-slot="badge">New</span>', "<sup>NEW</sup>", " Deprecated"])
def test_what_is_new_in_the_title_of_a_page_is_not_called_new(badge: str) -> None:
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "").replace("</h1>", f"{badge}</h1>")
    assert parse(Document(body=page.encode())).records().models[0].name == "Acme: One"


@pytest.mark.parametrize(
    "letters", ['<span data-slot="avatar-fallback">AC</span>', '<div class="MuiAvatar-root"><b>A</b></div>']
)
def test_the_letters_in_place_of_a_logo_are_no_part_of_a_name(letters: str) -> None:
    card = (
        f'<li><h3><span class="flex">{letters}</span><span><a href="/models/acme/two-1">Acme: Two</a></span></h3>'
        "<div><p>Released</p><p>Jan 02, 2025</p></div><div><p>Context</p><p>8K</p></div>"
        "<div><p>Cost</p><p>$</p></div></li>"
    )
    row = ENDPOINT.replace("<td>Acme</td>", f"<td>{letters} Acme</td>")
    records = html_page(sections=f"<h2>More models by acme</h2><ul>{card}</ul>", endpoints=row)
    assert (records.models[1].name, records.endpoints[0].provider) == ("Acme: Two", "Acme")


@pytest.mark.parametrize("badge", ["<span class='badge'>Current</span>", " <b>now</b>", " (latest)", " · initial"])
def test_a_badge_beside_a_day_is_no_part_of_it(badge: str) -> None:
    rows = f"<tr><td>May 05, 2026{badge}</td><td>$1</td></tr><tr><td>Jan 02, 2026</td><td>$2</td></tr>"
    table = f"<table><thead><tr><th>Date</th><th>Prompt</th></tr></thead><tbody>{rows}</tbody></table>"
    records = html_page(sections=f"<h2>Price History</h2>{table}")
    assert [str(one.effective_from) for one in records.prices if one.effective_from] == ["2026-05-05", "2026-01-02"]


@pytest.mark.parametrize("number", ["<span>{}</span><span>", "#{} <span>", "<div>{}.</div><span>"])
def test_the_number_of_a_row_before_a_name_is_no_part_of_it(number: str) -> None:
    row = "<tr><td>{0}{1}</span></td><td>{1} | acme/one-1</td><td>8K</td><td>$1</td><td>$2</td></tr>"
    names = ("Acme", "Nimbus")
    rows = "".join(row.format(number.format(at), name) for at, name in enumerate(names, 1))
    assert [one.provider for one in html_page(endpoints=rows).endpoints] == ["Acme", "Nimbus"]


def test_numbers_that_do_not_count_the_rows_are_parts_of_names() -> None:
    row = "<tr><td>{0}</td><td>x | acme/one-1</td><td>8K</td><td>$1</td><td>$2</td></tr>"
    rows = "".join(row.format(name) for name in ("1 Acme", "3 Nimbus"))
    assert [one.provider for one in html_page(endpoints=rows).endpoints] == ["1 Acme", "3 Nimbus"]


@pytest.mark.parametrize(
    "provider",
    [
        '<img src="/groq.svg" alt="Groq logo">',
        '<img src="/groq.svg" alt="Groq Logo">',
        '<span><span class="sr-only">Online</span></span>Groq',
        '<a href="/providers/groq">Groq</a> <a href="https://groq.example/privacy" aria-label="Privacy policy">🔒</a>',
        "Groq ⚡",
        "☁️ Groq",
    ],
)
def test_logos_states_and_signs_beside_a_provider_are_no_part_of_its_name(provider: str) -> None:
    row = f"<tr><td>{provider}</td><td>Groq | acme/one-1</td><td>8K</td><td>$1</td><td>$2</td></tr>"
    assert [one.provider for one in html_page(endpoints=row).endpoints] == ["Groq"]


@pytest.mark.parametrize(
    "name",
    [
        "Acme: Two <b>Retired</b>",
        '<a href="/models/acme/two-1">Acme: Two</a> <span class="badge">Offline</span>',
        '<a href="/models/acme/two-1">Acme: Two</a> (discontinued)',
        '<a href="/models/acme/two-1">Acme: Two</a> <small>No longer available</small>',
        '<a href="/models/acme/two-1">Acme: Two</a><sup>Sunset</sup>',
        '<a href="/models/acme/two-1">Acme: Two <span>Removed</span></a>',
    ],
)
def test_a_model_that_is_out_of_use_is_not_available(name: str) -> None:
    model = html_page(models=model_row(name=name)).models[1]
    assert (model.name, model.is_available) == ("Acme: Two", False)


@pytest.mark.parametrize("name", ["Acme: Two <b>Deprecated</b>", '<a href="/models/acme/two-1">Acme: Two</a> Archived'])
def test_a_model_that_is_out_of_favour_may_be_available(name: str) -> None:
    model = html_page(models=model_row(name=name)).models[1]
    assert (model.name, model.is_available) == ("Acme: Two", None)
