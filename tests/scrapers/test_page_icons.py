"""What icons say, however they are drawn: stars that are counted, ticks and switches, modalities."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, SCORE, html_of, html_page, model_row, rating

from scrapers.document import Document
from scrapers.sources.benchable_page import parse

STAR = '<svg viewBox="0 0 20 20" fill="currentColor"{}><path d="M9 2"/></svg>'


RADIOS = '<ul class="rate" role="radiogroup">{}</ul>'


RADIO = '<li class="star-{1}"><div role="radio" aria-checked="{0}"><i aria-label="star" class="icon"></i></div></li>'


CHOICE = (
    "<fieldset>"
    + "".join(
        f'<label><input type="radio" name="speed" value="{n}"{" checked" * (n == 3)}>{{0}}</label>' for n in range(1, 6)
    )
    + "</fieldset>"
)
"""Five buttons of which the third is chosen."""


def of_five(filled: str, empty: str) -> str:
    return filled * 3 + empty * 2


@pytest.mark.parametrize(
    "stars",
    [
        of_five(f'<span class="text-yellow-400">{STAR}</span>', f'<span class="text-gray-300">{STAR}</span>'),
        of_five(f'<span class="lit">{STAR}</span>', f'<span class="dark">{STAR}</span>'),
        of_five(STAR.format(""), STAR.format(' class="opacity-20"')),
        of_five(STAR.format(' class="rated hover:text-gray-300"'), STAR.format(' class="text-gray-300"')),
        of_five("<svg><title>Filled star</title></svg>", "<svg><title>Empty star</title></svg>"),
        of_five('<img src="/a.svg" alt="★">', '<img src="/b.svg" alt="☆">'),
        of_five('<img src="/star-filled.svg" alt="">', '<img src="/star-empty.svg" alt="">'),
        of_five('<i class="fas fa-star"></i>', '<i class="far fa-star"></i>'),
        of_five('<i class="fa fa-star"></i>', '<i class="fa fa-star-o"></i>'),
        of_five('<svg data-testid="StarIcon"><path/></svg>', '<svg data-testid="StarBorderIcon"><path/></svg>'),
        of_five('<span class="size-2 bg-primary"></span>', '<span class="size-2 bg-muted"></span>'),
        of_five('<div class="h-3 one"></div>', '<div class="h-3 other"></div>'),
        of_five('<b style="color: #16a34a">★</b>', '<b style="color: #d1d5db">★</b>'),
        of_five('<span class="text-zinc-100">★</span>', '<span class="text-zinc-700">★</span>'),
        '<span class="text-primary">★★★</span><span class="text-zinc-600">★★</span>',
        '<div class="stars"><div class="stars-inner" style="width: 60%"></div></div>',
        '<meter min="0" max="5" value="3"></meter>',
        '<div role="progressbar" aria-valuenow="3" aria-valuemax="5" aria-label="Speed"></div>',
        '<div data-rating="3"></div>',
        '<div title="Medium (3/5)">★★★</div>',
        '<span aria-label="3 stars">★★★★★</span>',
        '<div role="img" aria-labelledby="n"><svg class="filled"></svg><svg class="regular"></svg><b>3</b></div>',
        '<div role="radiogroup" aria-label="Rating value is 3 of 5"><i></i></div>',
        RADIOS.format(of_five(RADIO.format("true", "full"), RADIO.format("false", "zero"))),
        RADIOS.format(RADIO.format("false", "") * 2 + RADIO.format("true", "") + RADIO.format("false", "") * 2),
        '<div class="stars">☆☆☆☆☆<div style="width: 60%">★★★★★</div></div>',
        of_five('<ion-icon name="star"></ion-icon>', '<ion-icon name="star-outline"></ion-icon>'),
        of_five('<x-icon icon="mdi:star"></x-icon>', '<x-icon icon="mdi:star-outline"></x-icon>'),
        CHOICE.format(""),
        CHOICE.format('<span class="sr-only">3 stars</span>'),
        "3.0",
    ],
)
def test_three_of_five_are_three_however_they_are_drawn(stars: str) -> None:
    assert rating(html_page(models=model_row(speed=stars)), "speed") == 3


@pytest.mark.parametrize(
    "stars",
    [
        '<i class="fas fa-star"></i>' * 3 + '<i class="fas fa-star-half"></i>' + '<i class="far fa-star"></i>',
        '<meter min="0" max="5" value="3.5"></meter>',
        '<div data-rating="3.5"></div>',
        "★★★½☆",
        RADIOS.format(RADIO.format("true", "full") * 3 + RADIO.format("true", "half") + RADIO.format("false", "zero")),
        "3.5 out of 5",
    ],
)
def test_three_and_a_half_of_five_are_no_whole_rating(stars: str) -> None:
    stated = html_page(models=model_row(speed=stars)).as_dict()["ratings"]
    assert [one["value"] for one in stated if (one["name"], one["dimension"]) == ("Acme: Two", "speed")] == [3.5]


def test_a_fraction_that_does_not_say_of_what_is_no_rating() -> None:
    for cell in ("1.5", '<div data-value="1.5"></div>'):
        ratings = html_page(models=model_row(speed=cell)).ratings
        assert "speed" not in {rated.dimension for rated in ratings if rated.value}


def test_a_width_that_is_no_whole_star_is_no_rating() -> None:
    bar = '<div class="stars"><div class="stars-inner" style="width: 50%"></div></div>'
    ratings = html_page(models=model_row(speed=bar)).ratings
    assert "speed" not in {rated.dimension for rated in ratings if rated.value}


def test_five_icons_of_one_look_are_five() -> None:
    assert rating(html_page(models=model_row(speed=STAR.format("") * 5)), "speed") == 5


@pytest.mark.parametrize(
    ("mark", "flag"),
    [
        ('<svg class="lucide lucide-circle-check-big"><path d="M0"/></svg>', True),
        ('<svg class="size-5 text-green-500"><path d="M4.5 12.75l6 6 9-13.5"/></svg>', True),
        ('<svg class="size-5 text-red-500"><path d="M6 18L18 6M6 6l12 12"/></svg>', False),
        ('<input type="checkbox" disabled checked>', True),
        ('<input type="checkbox" disabled>', False),
        ('<button role="switch" aria-checked="false"></button>', False),
        ('<i class="pi pi-times-circle text-red-500"></i>', False),
        ('<span class="i-lucide:check text-primary"></span>', True),
        ('<i class="i-heroicons-x-circle-20-solid"></i>', False),
        ('<i class="bx bxs-check-circle"></i>', True),
        ("●", True),
        ('<span aria-hidden="true">✓</span><span class="sr-only">Yes</span>', True),
        ('<span aria-hidden="true">✗</span> <span class="sr-only">No</span>', False),
        ('<span class="badge">Reasoning</span>', True),
        ('<span class="badge">Non-reasoning</span>', False),
        ("—", None),
    ],
)
def test_a_flag_is_read_from_ticks_and_switches(mark: str, flag: bool | None) -> None:
    assert html_page(scores=SCORE.format(mark)).benchmark_scores[0].is_reasoning is flag


ICONS = ("Text", "Image")


@pytest.mark.parametrize(
    "modalities",
    [
        "text, image → text",
        '<b class="sr-only">Inputs: text, image; outputs: text</b><b aria-hidden="true"><svg></svg>→<svg></svg></b>',
        'In: <b role="img" aria-label="text">T</b> <b role="img" aria-label="image">I</b> · '
        'Out: <b role="img" aria-label="text">T</b>',
        "".join(f"<svg><title>{word}</title></svg>" for word in ICONS) + "<span>→</span><svg><title>Text</title></svg>",
        "".join(f'<svg aria-label="Supports {word.lower()} input"/>' for word in ICONS)
        + '<svg aria-label="Text output"/>',
        "".join(f'<i title="Input: {word}"></i>' for word in ICONS) + '<i title="Output: Text"></i>',
        '<div aria-label="Inputs"><svg aria-label="Text"/><svg aria-label="Image"/></div>'
        '<div aria-label="Outputs"><svg aria-label="Text"/></div>',
        "".join(f'<i data-tip="{word} input"><svg/></i>' for word in ICONS) + '<i data-tip="Text output"><svg/></i>',
        "".join(f'<u><svg/><b role="tooltip">{word} input</b></u>' for word in ICONS)
        + '<u><svg/><b role="tooltip">Text output</b></u>',
    ],
)
def test_modalities_in_a_column_without_a_name_are_read_in_every_form(modalities: str) -> None:
    row = model_row().replace("Text input Text output", modalities)
    remark = '<tr><td colspan="8"><button>Show more</button></td></tr>'
    model = html_page(models=row + remark).models[1]
    assert (model.input_modalities, model.output_modalities) == (["image", "text"], ["text"])


CARD = """<div><div><a href="/models/acme/two-1">Acme: Two</a></div>
<div><div>Released</div><div>Jan 02, 2025</div></div>
<div><div>Params</div><div></div></div><div><div>Speed</div><div>{}</div></div>
<div><div>Modalities</div><div>{}</div></div>
<div><div>Cost</div><div>{}</div></div></div>"""


@pytest.mark.parametrize(
    "stars",
    [
        of_five(f'<span class="text-yellow-400">{STAR}</span>', f'<span class="text-gray-300">{STAR}</span>'),
        f'<span role="img" aria-label="3 out of 5 stars">{STAR * 5}</span>',
        '<b>★★★</b><b class="text-muted">★★</b>',
        '<meter max="5" value="3"></meter>',
        f"<p>{of_five('<i class=bi-star-fill></i>', '<i class=bi-star></i>')}</p>",
        f"<p>{of_five('<ion-icon name=star></ion-icon>', '<ion-icon name=star-outline></ion-icon>')}</p>",
        CHOICE.format("<span>3 stars</span>"),
    ],
)
def test_the_icons_of_cards_speak_as_those_of_tables_do(stars: str) -> None:
    icons = '<span title="Text input"><svg aria-hidden="true"/></span><img src="/a.svg" alt="Text output">'
    cards = CARD.format(stars, icons, "$$") + CARD.replace("Two", "Three").replace("two", "three").format("", icons, "")
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    page = f"{page[: page.index('Other Models by acme')]}Other Models by acme</h2>{cards}</body></html>"
    records = parse(Document(body=page.encode())).records()
    assert [model.name for model in records.models] == ["Acme: One", "Acme: Two", "Acme: Three"]
    assert [(rated.dimension, rated.value) for rated in records.ratings] == [
        ("speed", 3),
        ("cost", 2),
        ("speed", None),
        ("cost", None),
    ]
    assert {tuple(model.input_modalities or ()) for model in records.models[1:]} == {("text",)}
    all_lit = page.replace(stars, STAR.format("") * 5)
    assert parse(Document(body=all_lit.encode())).records().ratings[0].value == 5
    assert [model.parameter_count for model in records.models[1:]] == [None, None]


def test_one_cell_of_other_words_does_not_hide_the_modalities_of_all() -> None:
    odd = model_row(name="Acme: Three").replace("Text input Text output", "Multimodal")
    records = html_page(models=model_row() + model_row(name="Acme: Four").replace("Text input", "File input") + odd)
    inputs = {model.name: model.input_modalities for model in records.models}
    assert inputs == {"Acme: One": None, "Acme: Two": ["text"], "Acme: Four": ["file"], "Acme: Three": None}
    assert [w.message for w in records.warnings if "Multimodal" in w.message] != []


def test_a_column_without_a_name_that_says_something_else_is_reported() -> None:
    records = html_page(models=model_row().replace("Text input Text output", "Text in, text back"))
    assert [w.code for w in records.warnings if "Text in, text back" in w.message] == ["unread_column"]


@pytest.mark.parametrize(
    "icon, expected",
    [('<i class="bi bi-check2"></i>', True), ("✖", False), ("☐", False), ('<svg class="lucide-brain"></svg>', None)],
)
def test_an_icon_says_yes_or_no_or_is_reported(icon: str, expected: bool | None) -> None:
    records = html_page(scores=SCORE.format(icon))
    assert [score.is_reasoning for score in records.benchmark_scores] == [expected]
    assert ("unread_value" in {warning.code for warning in records.warnings}) == (expected is None)


def test_five_buttons_of_which_none_is_chosen_are_no_rating() -> None:
    records = html_page(models=model_row(speed=CHOICE.replace(" checked", "").format("<span>3 stars</span>")))
    assert rating(records, "speed") is None
    assert [w.code for w in records.warnings if w.code != "unknown_subject_row"] == []


@pytest.mark.parametrize(
    "bar",
    [
        '<meter value="0.915"></meter>',
        '<meter value="0.915" max="1">91.5%</meter>',
        '<progress value="0.915"></progress>',
        '<div role="progressbar" aria-valuenow="91.5"></div>',
        '<div role="progressbar" aria-valuenow="92"></div><span>91.5%</span>',
        "<svg><title>Accuracy over the last 30 days</title></svg><span>91.5%</span>",
    ],
)
@pytest.mark.parametrize("is_card", [False, True])
def test_a_bar_says_a_share_where_no_words_do(bar: str, *, is_card: bool) -> None:
    if is_card:
        facts = (("Category", "Code"), ("Executions", "5"), ("Accuracy", bar), ("Cost", "$0"))
        labels = "".join(f"<div><div>{label}</div><div>{value}</div></div>" for label, value in facts)
        before, _, after = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "").partition(
            "Results</h2>"
        )
        page = f"{before}Results</h2><div><h4>Coding</h4>{labels}</div>{after[after.index('<h2>') :]}"
        (score,) = parse(Document(body=page.encode())).records().benchmark_scores
    else:
        (score,) = html_page(scores=SCORE.format("No").replace("90%", bar)).benchmark_scores
    assert str(score.accuracy_percent) == "91.5"


@pytest.mark.parametrize("icon", ["checkmark", "checkmark-circle"])
def test_a_custom_icon_says_yes(icon: str) -> None:
    (score,) = html_page(scores=SCORE.format(f'<ion-icon name="{icon}"></ion-icon>')).benchmark_scores
    assert score.is_reasoning is True


def test_a_width_of_stars_of_which_some_are_empty_is_no_rating() -> None:
    assert rating(html_page(models=model_row(speed='<div style="width: 100%">★★★☆☆</div>')), "speed") == 3


def test_of_five_stars_the_current_one_is_the_rating() -> None:
    stars = "".join(
        f'<div class="mask" aria-label="{n} star"{" aria-current=true" if n == 3 else ""}></div>' for n in range(1, 6)
    )
    records = html_page(models=model_row(speed=f'<div class="rating">{stars}</div>'))
    assert rating(records, "speed") == 3


def test_a_block_around_a_silent_icon_says_what_its_hint_says() -> None:
    icons = "".join(
        f'<div class="tip" data-tip="{words}"><svg></svg></div>' for words in ("Text input", "Image output")
    )
    (model,) = [one for one in html_page(models=model_row(modalities=icons)).models if one.name == "Acme: Two"]
    assert (model.input_modalities, model.output_modalities) == (["text"], ["image"])


def test_icons_stand_behind_the_side_that_they_are_of() -> None:
    icons = '<div><span>In:</span> <i aria-label="Text"></i><i aria-label="Image"></i></div>'
    icons += '<div><span>Out:</span> <i aria-label="Text"></i></div>'
    (model,) = [one for one in html_page(models=model_row(modalities=icons)).models if one.name == "Acme: Two"]
    assert (model.input_modalities, model.output_modalities) == (["image", "text"], ["text"])


DOLLAR = '<i class="bi bi-currency-dollar"></i>'


@pytest.mark.parametrize(
    "dollars",
    [
        f'<span class="text-success">{DOLLAR * 3}</span><span class="opacity-25">{DOLLAR * 2}</span>',
        f'<div><span class="one">{DOLLAR * 3}</span><span class="other">{DOLLAR * 2}</span></div>',
    ],
)
def test_what_holds_some_of_five_icons_tells_whether_they_are_lit(dollars: str) -> None:
    assert rating(html_page(models=model_row(speed=dollars)), "speed") == 3
