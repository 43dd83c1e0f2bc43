"""Marks of footnotes are no part of the numbers that they stand at, and a price that is struck out is no price."""

from __future__ import annotations

import pytest
from small_page import SCORE, html_page, model_row, text_page

PRICE = "<tr><td>Prompt</td><td>{}</td></tr>"
MARKED = (("One", "91.5%*"), ("Two", "91.5% †"), ("Three", "91.5% ± 1.2"), ("Four", "91.5% (±1.2%)"))


@pytest.mark.parametrize(
    "price",
    [
        "$0.07<sup>2</sup>",
        "$0.07<!-- --><sup>2</sup>",
        "<span>$0.07</span><sup>2</sup>",
        "<span>$0.07<span><sup>2</sup></span></span>",
        '$0.07<sup><a href="#note-2">2</a></sup>',
        "$0.07<sup>[2]</sup>",
        "$0.07<sup>*</sup>",
        "$0.07 / 1M tokens<sup>1, 2</sup>",
    ],
)
def test_a_price_with_a_note_is_the_price_without_it(price: str) -> None:
    records = html_page(prices=PRICE.format(price)).as_dict()
    headline = [(row["component"], row["usd"]) for row in records["prices"] if row["provider"] is None]
    assert headline == [("prompt", "0.07")]


@pytest.mark.parametrize("price", ["$3<sup>75</sup> a<sup>1</sup>", "$3<sup>7</sup>", "$1 per 10<sup>6</sup> pages"])
def test_raised_digits_that_may_be_cents_or_a_power_are_refused_and_not_read_as_more_digits(price: str) -> None:
    records = html_page(prices=PRICE.format(price)).as_dict()
    assert [row["usd"] for row in records["prices"] if row["provider"] is None] == []
    assert [warning["code"] for warning in records["warnings"] if "Prompt" in warning["message"]] == ["unread_price"]


@pytest.mark.parametrize(
    "price", ["$3<sup>75</sup>", "<b>$3</b><sup>75</sup> / 1M tokens", "$<span>3</span><sup>75</sup>"]
)
def test_two_raised_digits_behind_dollars_are_cents_where_no_note_has_a_number(price: str) -> None:
    assert [str(one.usd) for one in html_page(prices=PRICE.format(price)).prices if one.provider is None] == ["3.75"]


def test_raised_cents_are_read_where_a_converter_kept_their_tags() -> None:
    models = "| | Released | Params | Context | | Speed | Ability | Cost |\n|---|---|---|---|---|---|---|---|\n"
    records = text_page(models, endpoint="Acme | Acme \\| acme/one-1 | 8K | $1<sup>25</sup> | $2<sup>50</sup>")
    assert [str(one.usd) for one in records.prices if one.provider] == ["1.25", "2.50"]


def test_a_noted_component_and_a_noted_provider_go_by_their_names() -> None:
    endpoint = "<tr><td>Acme<sup>4</sup></td><td>Acme | acme/one-1</td><td>8K</td><td>$1</td><td>$2</td></tr>"
    prices = "<tr><td>Completion<sup>1</sup></td><td>$2</td></tr>"
    records = html_page(prices=prices, endpoints=endpoint).as_dict()
    assert [row["provider"] for row in records["endpoints"]] == ["Acme"]
    assert records["prices"][0]["component"] == "completion"


def test_a_raised_word_stands_apart_from_the_word_before_it() -> None:
    sections = "<h2>Author's Description</h2><p>One is fast<sup>Beta</sup>.<sup>1</sup></p>"
    model = html_page(sections=sections).as_dict()["models"][0]
    assert model["description"] == "One is fast Beta."


def test_notes_whose_tags_a_converter_kept_are_no_digits_of_prices() -> None:
    endpoint = "Acme<sup>1</sup> | Acme \\| acme/one-1 | 8K | $1.5<sup>2</sup> | $2.25<sup>[3]</sup>"
    records = text_page("No other models.", endpoint=endpoint).as_dict()
    assert [(row["provider"], row["usd"]) for row in records["prices"][1:]] == [("Acme", "1.5"), ("Acme", "2.25")]


@pytest.mark.parametrize(
    "price",
    [
        "<s>$15.00</s> $12",
        "<del>$15</del><ins>$12</ins>",
        '<span class="text-muted line-through">$15.00 / 1M tokens</span> <span>$12 / 1M tokens</span>',
        '<div style="text-decoration: line-through">$15</div><div>$12</div>',
        '<span><s>$15</s></span> <b>$12</b> <span class="badge">-20%</span>',
        "<s>$15</s> $12 <em>20% off</em>",
    ],
)
def test_of_a_struck_price_and_another_the_other_is_the_price(price: str) -> None:
    records = html_page(prices=PRICE.format(price)).as_dict()
    assert [row["usd"] for row in records["prices"] if row["provider"] is None] == ["12"]


@pytest.mark.parametrize("price", ["<s>$15</s> soon", "<s>$15</s>", '<span class="line-through">$15</span>'])
def test_a_struck_price_without_another_is_reported_and_a_struck_name_is_a_name(price: str) -> None:
    endpoint = "<tr><td><s>Acme</s></td><td>Acme | acme/one-1</td><td>8K</td><td>$1</td><td>$2</td></tr>"
    records = html_page(prices=PRICE.format(price), endpoints=endpoint).as_dict()
    assert [row["provider"] for row in records["endpoints"]] == ["Acme"]
    assert [row["component"] for row in records["prices"] if row["provider"] is None] == []
    assert [warning["code"] for warning in records["warnings"] if "Prompt" in warning["message"]] == ["unread_price"]


def test_a_price_struck_out_in_markdown_is_no_price_beside_another() -> None:
    records = text_page("No other models.", endpoint="Acme | Acme \\| acme/one-1 | 8K | ~~$15~~ **$12** | ~~$2~~ Free")
    assert [(row["component"], row["usd"]) for row in records.as_dict()["prices"][1:]] == [
        ("prompt", "12"),
        ("completion", "0"),
    ]


@pytest.mark.parametrize("price", ["$0.07*", "$0.07 †", "$0.07* / 1M tokens", "$0.07 / 1M tokens**", "$0.07‡"])
def test_a_mark_that_is_not_raised_is_none_of_the_price(price: str) -> None:
    records = html_page(prices=f"<tr><td>Prompt</td><td>{price}</td></tr>")
    assert [str(p.usd) for p in records.prices if p.provider is None] == ["0.07"]


def test_an_accuracy_may_have_a_mark_or_an_interval() -> None:
    rows = "".join(SCORE.format("No").replace("Coding", name).replace("90%", said) for name, said in MARKED)
    assert [str(score.accuracy_percent) for score in html_page(scores=rows).benchmark_scores] == ["91.5"] * len(MARKED)


@pytest.mark.parametrize("mark", ["*", " †", "‡"])
def test_a_name_a_day_and_a_size_with_a_mark_are_those_without_it(mark: str) -> None:
    records = html_page(
        scores=SCORE.format("No").replace("Coding", f"Coding{mark}"),
        endpoints=f"<tr><td>Acme{mark}</td><td>Acme | acme/one-1</td><td>8K{mark}</td><td>$1</td><td>$2</td></tr>",
        models=model_row().replace("8K", f"8K{mark}").replace("2025", f"2025{mark}"),
    )
    assert [score.benchmark for score in records.benchmark_scores] == ["Coding"]
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8000)]
    assert (str(records.models[1].released_on), records.models[1].context_tokens) == ("2025-01-02", 8000)


@pytest.mark.parametrize("link", ['<a href="#fn1">1</a>', '<a href="#x" role="doc-noteref">2</a>'])
def test_a_link_to_a_note_is_no_digit_of_a_price(link: str) -> None:
    records = html_page(prices=PRICE.format(f"$0.07{link}"))
    assert [str(p.usd) for p in records.prices if p.provider is None] == ["0.07"]
