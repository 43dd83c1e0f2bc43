"""What a page shows shortened, a name or a count, and says whole beside it or where it is pointed at."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, html_of, html_page, model_row

from scrapers.document import Document
from scrapers.records import Endpoint, Model
from scrapers.sizes import token_count
from scrapers.sources.benchable_page import parse


def endpoint(context: str) -> Endpoint:
    return html_page(endpoints=ENDPOINT.replace("<td>8K</td>", context)).endpoints[0]


@pytest.mark.parametrize(
    "cell",
    [
        '<td title="8,192">8K</td>',
        '<td><span title="8,192 tokens">8K</span></td>',
        '<td><abbr title="8192">~8K</abbr></td>',
        '<td data-order="8192">8K</td>',
        "<td title='8,192'>8K</td>",
        '<td><data value="8192">8K tokens</data></td>',
        '<td><span aria-label="8,192 tokens">8K</span></td>',
        '<td><b>8K<span role="tooltip" class="hidden">8,192 tokens</span></b></td>',
        '<td><span aria-hidden="true">8K</span><span class="sr-only">8,192 tokens</span></td>',
        "<td>8K (8,192)</td>",
        "<td>8,192 (8K)</td>",
        "<td>~8K [8,192 tokens]</td>",
        "<td>8K = 8192</td>",
    ],
)
def test_an_exact_count_that_is_said_beside_a_rounded_one_is_the_count(cell: str) -> None:
    read = endpoint(cell)
    assert (read.context_tokens, read.context_is_rounded) == (8192, False)


@pytest.mark.parametrize(
    "cell",
    [
        '<td title="16,384">8K</td>',
        '<td data-order="8000">8K</td>',
        '<td title="Up to 8,192">8K</td>',
        '<td><span title="8,192"><b>8K</b><i>new</i></span></td>',
    ],
)
def test_what_is_no_exact_form_of_a_count_leaves_it_rounded(cell: str) -> None:
    assert endpoint(cell).context_is_rounded in (True, None)


def test_a_size_may_be_said_exactly_too() -> None:
    row = model_row().replace("<td>7B</td>", '<td><span title="7,241,732,096">7B</span></td>')
    assert html_page(models=row).models[1].parameter_count == 7_241_732_096


@pytest.mark.parametrize("text", ["8,192 (16K)", "8K = 16,384", "8,1 (8K)", "8K (8K)", "8,192 (8,192)"])
def test_two_counts_that_are_not_one_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number of tokens"):
        token_count(text)


def other(name: str) -> Model:
    return html_page(models=model_row(name=name)).models[1]


@pytest.mark.parametrize("dots", ["…", "...", "&hellip;", "&#8230;", "... "])
@pytest.mark.parametrize(
    "shown",
    [
        '<a title="Acme: Two of Many" href="/models/acme/two-2">Acme: Two{}</a>',
        '<a href="/models/acme/two-2"><span aria-label="Acme: Two of Many">Acme: Two{}</span></a>',
        '<div title="Acme: Two of Many"><a href="/models/acme/two-2">Acme: Two{}</a><b>Unavailable</b></div>',
    ],
)
def test_a_name_that_is_cut_with_dots_of_any_kind_is_the_one_in_the_title(shown: str, dots: str) -> None:
    assert other(shown.format(dots)).name == "Acme: Two of Many"


@pytest.mark.parametrize("title", ["Acme: Three of Many", "Acme: Two…", "Acme: Two"])
def test_a_title_that_does_not_go_on_with_a_cut_name_is_another(title: str) -> None:
    assert other(f'<a title="{title}">Acme: Two…</a>').name == "Acme: Two…"


def test_a_page_that_cuts_the_name_in_its_own_row_has_it_whole_in_its_heading() -> None:
    own = model_row(name='<a href="/models/acme/one-1">Acme: One of…</a>')
    body = html_of("", own, "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    page = body.replace("<h1>Acme: One</h1>", "<h1>Acme: One of Many</h1>")
    records = parse(Document(body=page.encode())).records()
    assert [(model.name, model.is_subject) for model in records.models] == [("Acme: One of Many", True)]
    assert [warning.code for warning in records.warnings] == ["cut_name"]


def test_a_header_that_is_an_abbreviation_is_what_it_stands_for() -> None:
    page = html_of("", model_row(), "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    page = page.replace("<th>Params</th>", '<th><abbr title="Params">P</abbr></th>')
    records = parse(Document(body=page.encode())).records()
    assert [model.parameter_count for model in records.models if model.name == "Acme: Two"] == [7_000_000_000]
