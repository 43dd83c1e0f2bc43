"""A page of our own in every markup that we can think of, around the same facts."""

from __future__ import annotations

from html_rendering import card_markup, grid_markup, html_page
from page_facts import Page
from script_rendering import flight_page, next_data_page
from text_rendering import text_page


def renderings(page: Page) -> dict[str, str]:
    """Every rendering of one page by its name."""
    return {
        "table": html_page(page),
        "grid": html_page(page, grid_markup),
        "cards": html_page(page, card_markup),
        "script": next_data_page(page),
        "flight": flight_page(page),
        "pipes": text_page(page),
        "tabs": text_page(page, pipes=False),
        "markdown": text_page(page, marked=True),
    }
