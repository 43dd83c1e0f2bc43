"""What a page says twice or draws twice, models that are not the author's, and links in other forms."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_page import ENDPOINT, SCORE, SCORES, html_page, html_page_with, model_row, rating

from scrapers.records import BenchmarkScore


def heard(seen: str, said: str) -> str:
    return f'<span aria-hidden="true">{seen}</span><span class="sr-only">{said}</span>'


def score_of(row: str) -> BenchmarkScore:
    (score,) = html_page(scores=row).benchmark_scores
    return score


def test_words_for_those_who_listen_are_not_added_to_the_number_that_others_see() -> None:
    row = (
        SCORE.format(heard("✓", "Yes")).replace("90%", heard("90%", "90 percent")).replace("$0", heard("$0.5", "half"))
    )
    score = score_of(row)
    assert (score.is_reasoning, score.accuracy_percent, score.cost_usd) == (True, Decimal(90), Decimal("0.5"))
    models = model_row(speed=heard("★★★", "3 out of 5")).replace(
        "Jan 02, 2025", heard("Jan 02, 2025", "January 2, 2025")
    )
    price = f"<tr><td>Prompt</td><td>{heard('$1.50', '1.50 dollars per million tokens')}</td></tr>"
    records = html_page(models=models.replace("8K", heard("8K", "8 thousand tokens")), prices=price)
    assert [one.usd for one in records.prices if one.provider is None] == [Decimal("1.5")]
    assert (str(records.models[1].released_on), records.models[1].context_tokens) == ("2025-01-02", 8000)
    assert rating(records, "speed") == 3


def test_a_specification_outside_of_tables_is_said_twice_too() -> None:
    lines = f"<div><p>Context Length</p><p>{heard('131,072', '131 thousand')}</p></div>"
    model = html_page(sections=f"<h2>Key Specifications</h2>{lines}").models[0]
    assert model.context_tokens == 131072


@pytest.mark.parametrize("word", ["Yes", "No"])
def test_an_icon_for_light_and_one_for_dark_windows_say_it_once(word: str) -> None:
    icons = (
        f'<img class="dark:hidden" src="a.svg" alt="{word}"><img class="hidden dark:inline" src="b.svg" alt="{word}">'
    )
    assert score_of(SCORE.format(icons)).is_reasoning == (word == "Yes")


def test_the_label_of_an_icon_may_say_that_it_is_one() -> None:
    icons = "".join(f'<img src="i.svg" alt="{name} icon">' for name in ("image input", "text input", "text output"))
    model = html_page(models=model_row(modalities=icons)).models[1]
    assert (model.input_modalities, model.output_modalities) == (["image", "text"], ["text"])


def test_an_author_on_a_line_of_his_own_is_part_of_the_name_as_displayed() -> None:
    names = [
        f'<a href="/models/acme/{slug}"><q>Acme:<br>{name}</q></a>' for slug, name in (("two", "Two"), ("six", "Six"))
    ]
    records = html_page(models="".join(model_row(name=name) for name in names))
    assert [(model.name, model.canonical_slug) for model in records.models[1:]] == [
        ("Acme: Two", "acme/two"),
        ("Acme: Six", "acme/six"),
    ]


@pytest.mark.parametrize("address", ["../../models/acme/two-1/", "/models/acme%2Ftwo-1", "./models/acme/two-1#top"])
def test_a_link_to_a_model_has_many_forms(address: str) -> None:
    model = html_page(models=model_row(name=f'<a href="{address}">Acme: Two</a>')).models[1]
    assert model.canonical_slug == "acme/two-1"


def test_models_of_others_that_are_trending_are_not_the_authors() -> None:
    headers = "<tr><th>Model</th><th>Released</th><th>Context</th><th>Speed</th><th>Ability</th></tr>"
    rows = (
        "<tr><td>Rival: Nova</td><td>Jan 9, 2026</td><td>77K</td><td>★</td><td>★★</td></tr>"
        '<tr><td><a href="/models/other/zed">Zed</a></td><td>Jan 8, 2026</td><td>78K</td><td>★</td><td>★★</td></tr>'
        "<tr><td>Acme: Three</td><td>Jan 7, 2026</td><td>79K</td><td>★</td><td>★★</td></tr>"
    )
    trending = f"<aside><h3>Trending this week</h3><table>{headers}{rows}</table></aside>"
    own = model_row(name='<a href="/models/acme/two-1">Acme: Two</a>')
    records = html_page(models=own, sections=trending)
    assert [model.name for model in records.models[1:]] == ["Acme: Three", "Acme: Two"]
    (warning,) = [warning for warning in records.warnings if warning.code == "foreign_models"]
    assert (warning.where, "'Rival: Nova', 'Zed'" in warning.message) == ("Trending this week", True)


def test_the_flag_of_a_country_before_a_name_is_no_part_of_it() -> None:
    title = "<h3>🇺🇸 <a href='/models/acme/{0}'>Acme: {0}</a></h3>"
    card = f"<div>{title}<p>Context: 8K</p><p>Speed <i aria-label='2 Stars'></i></p></div>"
    records = html_page(sections=f"<h2>More models by acme</h2>{card.format('two')}{card.format('six')}")
    assert [(model.name, model.canonical_slug) for model in records.models[1:]] == [
        ("Acme: two", "acme/two"),
        ("Acme: six", "acme/six"),
    ]
    assert [rated.value for rated in records.ratings] == [2, 2]


@pytest.mark.parametrize("author", ["Acme", "Acme AI"])
@pytest.mark.parametrize(
    "name",
    [
        '<a href="/models/acme/two-1"><div>{author}</div><div>Two</div></a>',
        '<a href="/models/acme/two-1"><div class="flex flex-col"><span>{author}</span><span>Two</span></div></a>',
        '<a href="/models/acme/two-1"><span class="block">{author}</span><span class="block">Two</span></a><b>New</b>',
    ],
)
def test_an_author_above_a_name_in_its_link_is_not_the_name(name: str, author: str) -> None:
    model = html_page(models=model_row(name=name.format(author=author)).replace("two-1", "two-20250102")).models[1]
    assert (model.name, model.canonical_slug) == ("Two", "acme/two-20250102")


def test_a_model_that_is_called_like_its_author_keeps_its_name() -> None:
    name = '<a href="/models/acme/acme-20250102"><div>Acme</div><div>Small and fast</div></a>'
    assert html_page(models=model_row(name=name)).models[1].name == "Acme"


@pytest.mark.parametrize(
    "label",
    [
        '<span class="md:hidden" aria-hidden="true">{}</span>',
        '<span class="label">{}:</span> ',
        "<div>{}</div>",
        "<b>{}</b> ",
    ],
)
def test_a_cell_may_say_the_name_of_its_column_again_for_narrow_windows(label: str) -> None:
    def cells(headers: tuple[str, ...], values: tuple[str, ...]) -> str:
        return "".join(f"<td>{label.format(h)}{v}</td>" for h, v in zip(headers, values, strict=True))

    endpoint = cells(
        ("Provider", "Endpoint Name", "Context Length", "Pricing (Input)", "Pricing (Output)"),
        ("Acme", "Acme | acme/one-1", "8K", "$1", "$2"),
    )
    score = cells(SCORES, ("Reasoning", "Logic", "Yes", "Zero-shot", "No", "5", "90%", "$0.1", "1s"))
    price = cells(("Feature", "Price (per 1M tokens)"), ("Prompt", "$1"))
    records = html_page(endpoints=f"<tr>{endpoint}</tr>", scores=f"<tr>{score}</tr>", prices=f"<tr>{price}</tr>")
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8000)]
    assert [(p.provider, p.component, str(p.usd)) for p in records.prices] == [
        (None, "prompt", "1"),
        ("Acme", "prompt", "1"),
        ("Acme", "completion", "2"),
    ]
    (one,) = records.benchmark_scores
    assert (one.benchmark, one.is_reasoning, str(one.accuracy_percent)) == ("Reasoning", True, "90")
    assert records.warnings == []


def test_a_cell_may_hold_those_of_hidden_columns_below_its_own_words() -> None:
    def stacked(first: str, *others: tuple[str, str]) -> str:
        terms = "".join(
            f'<dt class="sr-only">{name}</dt><dd class="mt-1"><span>{value}</span></dd>' for name, value in others
        )
        return f'<td>{first}<dl class="font-normal sm:hidden">{terms}</dl></td>'

    endpoint = (
        f"<tr>{stacked('Acme', ('Context Length', '8K'), ('Pricing (Input)', '$1'))}<td>Acme | acme/one-1</td>"
        '<td class="hidden sm:table-cell">8K</td><td>$1</td><td>$2</td></tr>'
    )
    model = model_row(name="\0").replace("<td>\0</td>", stacked("Acme: Two", ("Released", "Jan 02, 2025")))
    records = html_page(endpoints=endpoint, models=model)
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8000)]
    assert [(p.provider, str(p.usd)) for p in records.prices if p.provider] == [("Acme", "1"), ("Acme", "2")]
    assert records.models[1].name == "Acme: Two"


def test_a_list_in_a_cell_that_is_of_no_column_is_kept() -> None:
    about = "<td>Acme<dl><dt>Region</dt><dd>EU</dd></dl></td>"
    (endpoint,) = html_page(endpoints=ENDPOINT.replace("<td>Acme</td>", about)).endpoints
    assert endpoint.provider is not None
    assert "EU" in endpoint.provider


@pytest.mark.parametrize("is_first", [True, False])
def test_columns_that_are_drawn_again_to_stay_in_sight_are_no_table_of_their_own(is_first: bool) -> None:
    headers = ("Provider", "Endpoint Name", "Context Length", "Pricing (Input)")
    rows = (("Acme", "Acme | acme/one-1", "8K", "$1"), ("Nimbus", "Nimbus | acme/one-1", "32K", "$2"))

    def table(width: int) -> str:
        cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row[:width])}</tr>" for row in rows)
        names = "".join(f"<th>{header}</th>" for header in headers[:width])
        return f"<div><table><thead><tr>{names}</tr></thead><tbody>{cells}</tbody></table></div>"

    tables = table(1) + table(4) if is_first else table(4) + table(1)
    records = html_page_with("Available Endpoints", f"<div>{tables}</div>")
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8000), ("Nimbus", 32000)]
    assert [w.code for w in records.warnings if w.code != "unknown_subject_row"] == []
