"""Tables of labels and values, with one pair in a row or several."""

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
