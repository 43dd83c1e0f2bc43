"""Ratings that attributes state and scripts or style sheets draw, in tables and on cards."""

from __future__ import annotations

import pytest
from small_page import html_page, html_page_with, model_row, rating

ICON = '<svg viewBox="0 0 24 24"><path d="M12 2z"/></svg>'
THREE = [
    '<div class="Stars" style="--rating: 3;" aria-label="Rated 3 of 5."></div>',
    '<span class="rating" style="--value:3"></span>',
    '<span class="rating" style="--rating:3">★★★★★</span>',
    f'<div class="around"><div>{ICON * 5}</div><div class="over" style="width:60%"><div>{ICON * 5}</div></div></div>',
    '<div class="stars">☆☆☆☆☆<div style="clip-path: inset(0 40% 0 0)">★★★★★</div></div>',
    '<span class="stars stars-3"></span>',
    '<i class="rating rating--3"></i>',
    '<img src="/stars-3.9f3a.svg" alt="">',
    '<div data-stars="3"></div>',
    f'<div data-rating="3">{ICON * 5}</div>',
    '<x-stars rating="3"></x-stars>',
    '<ul class="rating">' + '<li class="on">★</li>' * 3 + "<li>★</li>" * 2 + "</ul>",
    '<div class="level">' + '<span class="bar active"></span>' * 3 + '<span class="bar"></span>' * 2 + "</div>",
    '<x-icon name="star" variant="solid"></x-icon>' * 3 + '<x-icon name="star" variant="regular"></x-icon>' * 2,
    f'<b data-highlighted="">{ICON}</b>' * 3 + f"<b>{ICON}</b>" * 2,
    "<span>★★★<span>★★</span></span>",
    '<div role="meter" aria-valuenow="3" aria-valuetext="3 of 5"></div>',
    '<input type="range" min="1" max="5" value="3" disabled>',
    "■■■□□",
    "🟢🟢🟢⚪⚪",
    "3.0/5.0",
]
"""Three of five."""


@pytest.mark.parametrize("stars", THREE)
def test_a_rating_in_a_table_is_what_its_attributes_state(stars: str) -> None:
    assert rating(html_page(models=model_row(speed=stars)), "speed") == 3


@pytest.mark.parametrize("stars", THREE)
def test_a_rating_on_a_card_is_what_its_attributes_state(stars: str) -> None:
    cards = "".join(
        f'<div><h3><a href="/models/acme/{name}-1">Acme: {name.title()}</a></h3><div><b>Released</b> <b>Jan 2, 2025</b>'
        f"</div><div><span>Speed</span><div>{stars}</div></div><div><b>Cost</b> <b>$$</b></div></div>"
        for name in ("two", "three")
    )
    ratings = html_page_with("Other Models by acme", cards).ratings
    assert [one.value for one in ratings if one.dimension == "speed"] == [3, 3]


@pytest.mark.parametrize(
    "drawn",
    [
        '<i class="icon-star-1"></i>' * 3,
        '<div class="bar skeleton"></div>' * 5,
        '<div data-rating="3" data-max="10"></div>',
        '<div data-rating="3">Third</div>',
        f'<div>{ICON * 5}<div style="width:63%">{ICON * 5}</div></div>',
    ],
)
def test_what_does_not_state_a_rating_of_five_is_not_taken_for_one(drawn: str) -> None:
    ratings = html_page(models=model_row(speed=drawn)).ratings
    assert not any("out of" in str(one.value) or one.value == 1 for one in ratings if one.dimension == "speed")
