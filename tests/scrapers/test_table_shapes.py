"""Labels and values: in tables with one pair in a row or several, and on lines with a sign between."""

from __future__ import annotations

import pytest
from small_page import html_page

PAIRS = """<h2>Key Specifications</h2><table>
    <tr><th>Context Length</th><td>262K</td><th>Max Output</th><td>32,768</td></tr>
    <tr><th>Released</th><td>2026/07/15</td><th>Tokenizer</th><td>Acme</td></tr>
    <tr><th>Parameters</th><td colspan="3">1.2T</td></tr></table>"""


@pytest.mark.parametrize("table", [PAIRS, PAIRS.replace("th>", "td>")])
def test_specifications_may_stand_in_pairs_side_by_side(table: str) -> None:
    records = html_page(sections=table)
    model = records.models[0]
    assert (model.context_tokens, model.max_output_tokens, model.parameter_count) == (
        262_000,
        32_768,
        1_200_000_000_000,
    )
    assert (str(model.released_on), model.tokenizer) == ("2026-07-15", "Acme")
    assert model.extra == {}
    assert records.warnings == []


@pytest.mark.parametrize("between", [" · ", " — ", " - ", " = ", " → ", " ....... ", " | "])
def test_a_sign_may_stand_between_a_label_and_its_value(between: str) -> None:
    lines = "".join(f"<li>{between.join(pair)}</li>" for pair in (("Context Length", "8,192"), ("Tokenizer", "Acme")))
    records = html_page(sections=f"<h2>Key Specifications</h2><ul>{lines}</ul>")
    assert (records.models[0].context_tokens, records.models[0].tokenizer) == (8192, "Acme")
    assert records.warnings == []


@pytest.mark.parametrize("between", [" | ", " · ", " ; "])
def test_pairs_may_stand_on_one_line(between: str) -> None:
    line = between.join(("Context Length: 8,192", "Tokenizer: Acme", "Parameters 7B"))
    model = html_page(sections=f"<h2>Key Specifications</h2><p>{line}</p>").models[0]
    assert (model.context_tokens, model.tokenizer, model.parameter_count) == (8192, "Acme", 7_000_000_000)


def test_specifications_of_which_none_can_be_read_are_reported() -> None:
    sentence = "It has a context length of 262,144 tokens."
    records = html_page(sections=f"<h2>Key Specifications</h2><p>{sentence}</p>")
    assert [(w.code, sentence in w.message) for w in records.warnings] == [("unread_line", True)]
    assert html_page(sections="<h2>Key Specifications</h2><p>No data available.</p>").warnings == []
