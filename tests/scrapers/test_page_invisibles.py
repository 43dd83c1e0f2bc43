"""Characters that nobody sees: where a word may be broken, where it must not be, narrow spaces."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from small_page import ENDPOINT, SCORE, html_of, html_page, model_row

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse


def page(sign: str, *, price: str = "$1") -> Records:
    score = SCORE.format("No").replace("Coding", f"Instruction Follow{sign}ing").replace("90%", f"90{sign}%")
    models = model_row(name=f"{sign}Acme: Tw{sign}o").replace(", 2025", ",\u202f2025")
    prices = f"<tr><td>Pro{sign}mpt</td><td>{price}</td></tr>"
    endpoint = ENDPOINT.replace("acme/one", f"acme/{sign}one").replace("8K", "8,192\u202ftokens")
    body = html_of(score, models, prices, endpoint, "").replace("Context", f"Con{sign}text")
    return parse(Document(body=body.encode())).records()


@pytest.mark.parametrize("sign", ["\xad", "\u200b", "\u2060", "\ufeff", "&shy;", "&#8203;", "&#xAD;", "<wbr>"])
def test_what_nobody_sees_is_no_part_of_a_word(sign: str) -> None:
    records = page(sign)
    (score,), (endpoint,), other = records.benchmark_scores, records.endpoints, records.models[1]
    assert (score.benchmark, score.accuracy_percent) == ("Instruction Following", Decimal(90))
    assert (endpoint.canonical_slug, endpoint.context_tokens) == ("acme/one-1", 8192)
    assert (other.name, other.context_tokens, other.released_on) == ("Acme: Two", 8000, date(2025, 1, 2))
    assert [price.component for price in records.prices] == ["prompt", "prompt", "completion"]


@pytest.mark.parametrize("sign", ["\u200b", "&#8203;"])
def test_a_number_with_something_unseen_between_its_digits_is_refused(sign: str) -> None:
    """P14"""
    records = page("\u2060", price=f"$1{sign}0")
    assert [price for price in records.prices if price.provider is None] == []
    assert "unread_price" in [warning.code for warning in records.warnings]


def test_what_follows_a_letter_and_belongs_to_it_makes_one_character() -> None:
    """With each character that Unicode composes with one before it."""
    pairs = {
        parts[1]: parts for code in range(0xC0, 0x30000) if len(parts := unicodedata.normalize("NFD", chr(code))) == 2
    }
    composed = [pair for pair in pairs.values() if len(unicodedata.normalize("NFC", pair)) == 1]
    assert len(composed) > 70
    for pair in composed:
        body = html_of(SCORE.format("No").replace("Coding", f"x{pair}"), "", "", "", "")
        (score,) = parse(Document(body=body.encode())).records().benchmark_scores
        assert score.benchmark == unicodedata.normalize("NFC", f"x{pair}")


@pytest.mark.parametrize(
    "cell",
    [
        '\n  <a href="/models/acme/two-1">\n    Acme: Two of a\n    Good Many\n  </a>\n',
        '<a href="/models/acme/two-1">Acme: Two\nof a Good\nMany</a>',
        "<div>Acme: Two\n  of a\n  <b>Good</b>\n  Many</div>",
    ],
)
def test_a_line_break_within_a_text_is_a_space_wherever_an_editor_wrapped_it(cell: str) -> None:
    page = html_page(models=model_row(name=cell), endpoints=ENDPOINT.replace("Acme | acme", "Acme |\n <b>acme</b>"))
    assert page.models[1].name == "Acme: Two of a Good Many"
    assert page.endpoints[0].endpoint_name == "Acme | acme/one-1"
