"""Texts that a page has twice: for two widths of a window, or whole behind a button and before it their beginning."""

from __future__ import annotations

import pytest
from small_page import html_page

FIRST = "One is a model by Acme for long documents and for agents."
WHOLE = f"{FIRST} It reads images and answers in text."
SUMMARY = "It ranks in the 43rd percentile for speed. Its pricing is positioned in the 37th percentile."


@pytest.mark.parametrize(
    "content",
    [
        f'<p class="md:hidden">{WHOLE}</p><p class="hidden md:block">{WHOLE}</p>',
        f"<p>{FIRST} It reads…</p><button>Read more</button><p hidden>{WHOLE}</p>",
        f"<p>{FIRST} It reads...</p><button>Read more</button><div hidden><p>{WHOLE}</p></div>",
    ],
)
def test_a_description_that_stands_twice_is_told_once_and_whole(content: str) -> None:
    records = html_page(sections=f"<h2>Author's Description</h2>{content}")
    assert records.models[0].description == WHOLE
    assert not [one for one in records.warnings if one.code == "cut_description"]


def test_other_words_out_of_sight_are_no_part_of_a_description() -> None:
    content = f"<p>{FIRST} It reads…</p><p hidden>Copied to the clipboard.</p>"
    records = html_page(sections=f"<h2>Author's Description</h2>{content}")
    assert records.models[0].description == f"{FIRST} It reads…"


def test_a_summary_that_is_cut_is_read_whole() -> None:
    cut = f"<p>{SUMMARY[:42]}…</p><button>Read more</button><div hidden><p>{SUMMARY}</p></div>"
    records = html_page(sections=f"<h2>Performance Summary</h2>{cut}")
    assert {one.dimension: one.value for one in records.ratings} == {"speed_percentile": 43, "price_percentile": 37}
