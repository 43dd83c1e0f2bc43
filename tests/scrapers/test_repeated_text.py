"""Texts that a page has twice: for two widths of a window, or whole behind a button and before it their beginning."""

from __future__ import annotations

import pytest
from small_page import SCORE, html_page

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


def test_a_link_to_the_rest_of_a_description_is_no_part_of_it() -> None:
    content = f'<p>{WHOLE} <a href="#more">Read more</a></p>'
    assert html_page(sections=f"<h2>Author's Description</h2>{content}").models[0].description == WHOLE


@pytest.mark.parametrize(
    "row", ["<tr><td><svg></svg></td><td>{}</td><td>{}</td></tr>", "<tr><td>{}</td><td>{}</td><td></td></tr>"]
)
def test_blank_columns_beside_specifications(row: str) -> None:
    rows = row.format("Context Length", "8,192") + row.format("Tokenizer", "GPT")
    (model,) = html_page(sections=f"<h2>Key Specifications</h2><table>{rows}</table>").models
    assert (model.context_tokens, model.tokenizer) == (8192, "GPT")


@pytest.mark.parametrize(
    "name",
    [
        '<span class="md:hidden">Mail Sort</span><span class="hidden md:inline">Mail Sort</span>',
        'Mail Sort <span class="badge">New</span>',
        "Mail Sort 🏆",
    ],
)
def test_badges_and_a_second_width_are_no_part_of_the_name_of_a_benchmark(name: str) -> None:
    row = SCORE.format("No").replace("<td>Coding</td><td>Code</td>", f"<td>{name}</td><td>📧 Office</td>")
    (score,) = html_page(scores=row).benchmark_scores
    assert (score.benchmark, score.category) == ("Mail Sort", "Office")


@pytest.mark.parametrize(("file", "is_reasoning"), [("/icons/check.svg", True), ("x.png?v=2", False)])
def test_an_icon_that_its_file_names(file: str, is_reasoning: bool) -> None:
    (score,) = html_page(scores=SCORE.format(f'<img src="{file}" alt="">')).benchmark_scores
    assert score.is_reasoning is is_reasoning
