"""What stands beside a figure and is no part of it: what it was before, and what is told to those who listen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from small_page import SCORES, html_page, html_page_with

from scrapers.dates import calendar_date
from scrapers.money import amount
from scrapers.page.modalities import modalities
from scrapers.page.score_figures import accuracy_of
from scrapers.values import whole_number


@pytest.mark.parametrize("text", ["$12 was $15", "$12 (was $15)", "$12 previously $15.00", "Price: $12"])
def test_what_an_amount_was_before_is_no_part_of_it(text: str) -> None:
    assert amount(text).usd == 12


@pytest.mark.parametrize(
    "text", ["$12 $15", "$12 or $15", "$12 20%", "$12 −20%", "$12 20% off", "Was: $12", "$12 was €15"]
)
def test_amounts_of_which_nobody_knows_when_they_hold_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        amount(text)


@pytest.mark.parametrize("said", ["title", "aria-label"])
def test_a_day_that_is_shown_to_who_points_at_how_long_ago_it_was(said: str) -> None:
    rows = "".join(
        f'<tr><td><span {said}="{day}">{ago}</span></td><td>${usd}</td></tr>'
        for day, ago, usd in (("May 05, 2026", "6 months ago", 1), ("Jan 02, 2026", "10 months ago", 2))
    )
    prices = html_page(
        sections=f"<h2>Price History</h2><table><tr><th>Date</th><th>Prompt</th></tr>{rows}</table>"
    ).prices
    assert {one.effective_from: one.usd for one in prices if one.effective_from} == {
        date(2026, 5, 5): 1,
        date(2026, 1, 2): 2,
    }


def test_a_day_that_is_in_pieces_is_one() -> None:
    assert calendar_date("Apr 20 , 2026") == date(2026, 4, 20)


def test_counts_beside_a_share_may_have_commas() -> None:
    assert accuracy_of("91.5% (915/1,000)", "Accuracy") == (Decimal("91.5"), None)
    with pytest.raises(ValueError, match="counts"):
        accuracy_of("91.5% (815/1,000)", "Accuracy")


def test_a_sign_before_a_count() -> None:
    assert whole_number("×1,000") == 1000


def test_categories_with_the_number_of_their_rows() -> None:
    header = "".join(f"<th>{name}</th>" for name in SCORES if name != "Category")
    rows = "".join(
        f'<tr><th colspan="8">{category} (1)</th></tr>'
        f"<tr><td>{name}</td><td>No</td><td>—</td><td>No</td><td>5</td><td>90%</td><td>$0</td><td>1s</td></tr>"
        for category, name in (("Code", "Coding"), ("Office", "Mails"))
    )
    scores = html_page_with("Benchmark Results", f"<table><tr>{header}</tr>{rows}</table>").benchmark_scores
    assert [(one.benchmark, one.category) for one in scores] == [("Coding", "Code"), ("Mails", "Office")]


@pytest.mark.parametrize(
    "text",
    [
        "Accepts image Accepts text Generates text",
        "Input image\nInput text\nOutput text",
        "Reads image, Reads text, Writes text",
    ],
)
def test_the_side_of_a_modality_may_come_first(text: str) -> None:
    assert modalities(text) == (["image", "text"], ["text"])
