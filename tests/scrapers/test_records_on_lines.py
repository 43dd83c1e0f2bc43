"""Records that a list has on a line each, with the names of columns before their values."""

from __future__ import annotations

from datetime import date

import pytest
from small_page import html_page_with

from scrapers.outline import Line
from scrapers.text.labels.records_on_lines import records_apart


@pytest.mark.parametrize("between", [" · ", " | ", " • ", ", "])
def test_models_of_a_line_each_are_read(between: str) -> None:
    lines = "".join(
        "<li>"
        + between.join(
            (
                f'<a href="/models/acme/{slug}">{name}</a>',
                "Released: Jan 02, 2025",
                "Params: 7B",
                "Context: 8K",
                "Speed: ★★",
            )
        )
        + "</li>"
        for slug, name in (("two-1", "Acme: Two"), ("three-1", "Acme: Three"))
    )
    models = html_page_with("Other Models by acme", f"<ul>{lines}</ul>").models[1:]
    assert [(one.canonical_slug, one.name) for one in models] == [
        ("acme/two-1", "Acme: Two"),
        ("acme/three-1", "Acme: Three"),
    ]
    assert {(one.released_on, one.parameter_count, one.context_tokens) for one in models} == {
        (date(2025, 1, 2), 7 * 10**9, 8000)
    }


def test_scores_of_a_line_each_are_read() -> None:
    lines = "".join(
        f"<li>Benchmark: {name}, Category: Code, Reasoning: No, Executions: 5, Accuracy: 90%, Duration: 1s</li>"
        for name in ("Coding", "Mails")
    )
    scores = html_page_with("Benchmark Results", f"<ul>{lines}</ul>").benchmark_scores
    assert [(one.benchmark, one.category, str(one.accuracy_percent)) for one in scores] == [
        ("Coding", "Code", "90"),
        ("Mails", "Code", "90"),
    ]


def test_lines_of_which_one_is_no_record_stay() -> None:
    lines = [Line("Acme: Two · Released: Jan 02, 2025 · Params: 7B · Context: 8K"), Line("Of Acme: all of 2025")]
    assert records_apart("models", lines) is lines
