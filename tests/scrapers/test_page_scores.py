"""A score that the table has and the summary repeats is one score; what only the summary says is kept beside it."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from small_page import SCORE, html_page, html_page_with

from scrapers.outline import Cell, Outline, Section, Table
from scrapers.page import scores as page_scores
from scrapers.page.rows import Notes
from scrapers.page.scores import Scores, scores_of
from scrapers.text.outline import outline_of_text


def read(summary: str, *rows: tuple[str, str, str]) -> tuple[Scores, list[str]]:
    """The scores of a page whose table has rows of a benchmark, its mode of reasoning and its accuracy."""
    lines = [f"| {name} | Base | {mode} | — | No | 10 | {accuracy} | $0.01 | 1.2s |" for name, mode, accuracy in rows]
    return read_lines(summary, lines)


def read_row(accuracy: str, cost: str, duration: str) -> tuple[Scores, list[str]]:
    """The scores of a page whose table has one row with these figures."""
    figures = (figure.replace("|", "\\|") for figure in (accuracy, cost, duration))
    return read_lines("Nothing to tell.", ["| Coding | Base | No | — | No | 10 | " + " | ".join(figures) + " |"])


def read_lines(summary: str, lines: list[str]) -> tuple[Scores, list[str]]:
    """The scores of a page with these rows of a table, and the codes of its warnings."""
    header = "| Benchmark | Category | Reasoning | Strategy | Free | Executions | Accuracy | Cost | Duration |"
    page = "\n".join(["Performance Summary", summary, "Benchmark Results", header, "|---" * 9 + "|", *lines])
    notes = Notes()
    return scores_of(outline_of_text(page), None, ["Acme: Pear 2"], notes), [note.code for note in notes.warnings]


@pytest.mark.parametrize("accuracy", ["98.0%", "98%", "97.96%"])
def test_a_score_of_the_table_that_prose_repeats_is_one_and_gains_its_percentile(accuracy: str) -> None:
    found, warnings = read("It scores 98.0% in Coding (80th percentile).", ("Coding", "No", accuracy))
    assert [(score.evidence, score.percentile) for score in found.scores] == [("table", 80)]
    assert warnings == []


@pytest.mark.parametrize(
    ("accuracy", "cost", "duration", "expected"),
    [
        ("94% 89th percentile", "$0.01 45th percentile", "3.2s 22nd percentile", ("94", "0.01", "3.2", 89, 45, 22)),
        ("94.0%89th percentile", "$0.0123", "3.2s22nd percentile", ("94.0", "0.0123", "3.2", 89, None, 22)),
        ("94% (1st percentile)", "$0.01 · 3rd Percentile", "1m 3s (99th percentile)", ("94", "0.01", "63", 1, 3, 99)),
        ("94.0%", "$0 (100th percentile)", "0:42 | 2nd percentile", ("94.0", "0", "42", None, 100, 2)),
        ("100% Most accurate at its price point", "🥇 $0.01", "1.2s 🏆", ("100", "0.01", "1.2", None, None, None)),
        ("89th percentile 94%", "5th percentile: $0.01", "1.2s, 3rd %ile 🥉", ("94", "0.01", "1.2", 89, 5, 3)),
        ("94% (47/50)", "$0.02 / run", "1.2s", ("94", "0.02", "1.2", None, None, None)),
        ("93.9%, 46 of 49 81st percentile", "$1.2e-5", "1.2s", ("93.9", "0.000012", "1.2", 81, None, None)),
        ("94% 89th percentile (Best in category!)", "$0.01 cheapest", "1.2s", ("94", "0.01", "1.2", 89, None, None)),
    ],
)  # fmt: skip
def test_a_figure_is_read_with_the_percentile_beside_it(
    accuracy: str, cost: str, duration: str, expected: tuple[str, str, str, int | None, int | None, int | None]
) -> None:
    scores, warnings = read_row(accuracy, cost, duration)
    (score,) = scores.scores
    figures = (str(score.accuracy_percent), str(score.cost_usd), str(score.duration_s))
    ranks = (score.percentile, score.extra.get("cost_percentile"), score.extra.get("duration_percentile"))
    assert (*figures, *ranks) == expected
    assert warnings == []


@pytest.mark.parametrize(
    ("accuracy", "cost", "duration", "missing"),
    [
        ("94.0% (99th)", "$0.01", "1.2s", "percentile"),  # of a hundred models, or of a hundred parts
        ("94.0% 120th percentile", "$0.01", "1.2s", "percentile"),
        ("94.0%", "$0.012345th percentile", "1.2s", "cost_usd"),
        ("94.0%", "$0.01", "1.222nd percentile", "duration_s"),
        ("94.089th percentile", "$0.01", "1.2s", "accuracy_percent"),
        ("94.0% top 5%", "$0.01", "1.2s", "percentile"),
        ("94.0% 3rd 89th percentile", "$0.01", "1.2s", "accuracy_percent"),
        ("94.0% (46/50)", "$0.01", "1.2s", "accuracy_percent"),
        ("0% (0/0)", "$0.01", "1.2s", "accuracy_percent"),
        ("94.0% error", "$0.01", "1.2s", "accuracy_percent"),
        ("94.0%", "$0.01", "1.2s P95", "duration_s"),
        ("94.0%", "$0.01 less", "1.2s", "cost_usd"),
    ],
)
def test_what_may_be_a_figure_or_a_rank_is_warned_of(accuracy: str, cost: str, duration: str, missing: str) -> None:
    scores, warnings = read_row(accuracy, cost, duration)
    (score,) = scores.scores
    absent = [name for name in ("accuracy_percent", "cost_usd", "duration_s") if getattr(score, name) is None]
    assert absent == [missing] * (missing != "percentile")
    assert (score.percentile, score.extra) == (None, {})
    assert warnings == ["unread_value"]


@pytest.mark.parametrize("names", [("Coding (Baseline)", "Coding"), ("Coding", "Coding (Baseline)")])
def test_a_score_of_the_table_is_repeated_with_or_without_what_qualifies_its_name(names: tuple[str, str]) -> None:
    found, warnings = read(f"It scores 98.0% in {names[0]} (80th percentile).", (names[1], "No", "98.0%"))
    assert [(score.benchmark, score.evidence, score.percentile) for score in found.scores] == [(names[1], "table", 80)]
    assert warnings == []


def test_prose_that_contradicts_the_table_adds_no_score_and_is_reported() -> None:
    found, warnings = read("It scores 97.0% in Coding.", ("Coding", "No", "98.0%"))
    assert [str(score.accuracy_percent) for score in found.scores] == ["98.0"]
    assert warnings == ["score_differs"]


def test_a_score_that_the_table_leaves_blank_counts_from_prose() -> None:
    found, _ = read("It scores 98.0% in Coding.", ("Coding", "No", "—"))
    assert [(score.evidence, str(score.accuracy_percent)) for score in found.scores] == [
        ("table", "None"),
        ("prose", "98.0"),
    ]


def test_a_mode_of_reasoning_that_the_table_does_not_tell_makes_no_second_score() -> None:
    found, warnings = read("With reasoning enabled, it scores 98.0% in Coding.", ("Coding", "—", "98.0%"))
    assert [score.evidence for score in found.scores] == ["table"]
    assert warnings == []


def test_a_percentile_of_one_of_two_rows_is_reported_where_one_cannot_tell_which() -> None:
    rows = (("Coding", "No", "98.0%"), ("Coding", "Yes", "98.0%"))
    found, warnings = read("It scores 98.0% in Coding (80th percentile).", *rows)
    assert [score.percentile for score in found.scores] == [None, None]
    assert warnings == ["unread_sentence"]


@pytest.mark.parametrize("width", [60, 78, 100])
def test_sentences_that_were_wrapped_are_read_whole(width: int) -> None:
    summary = (
        "Its best fields are Coding and Reasoning, reaching 96.5% and 99.0% accuracy respectively, while Instruction "
        "Following comes in at 71.0%. In speed it ranks in the 52nd percentile of everything that was measured, and it "
        "has a 97% success rate. Ethics and General Knowledge come to 95.5% and 93.0% respectively."
    )
    found, warnings = read(textwrap.fill(summary, width))
    assert {score.benchmark: str(score.accuracy_percent) for score in found.scores} == {
        "Coding": "96.5",
        "Reasoning": "99.0",
        "Instruction Following": "71.0",
        "Ethics": "95.5",
        "General Knowledge": "93.0",
    }
    assert [rating.value for rating in found.ratings] == [52, 97]
    assert all(score.evidence_text and score.evidence_text in summary for score in found.scores)
    assert warnings == []


def test_a_summary_is_read_the_same_wherever_it_was_wrapped() -> None:
    summary = (
        "With reasoning enabled, it gets 96.5% in Coding. In non-reasoning mode, Coding is at 80.0%. In short: Ethics "
        "is fine, and the rest is not. Its best field is Ethics. There it scores 99.0%. Mathematics: excellent (93.0% "
        "accuracy). Its speed is in the 52nd percentile; its price, in the 37th percentile, is fair."
    )
    whole, _ = read(summary)
    assert len(whole.scores) == 4
    for width in range(60, 101):
        found, warnings = read(textwrap.fill(summary, width))
        assert [(score.benchmark, score.is_reasoning) for score in found.scores] == [
            (score.benchmark, score.is_reasoning) for score in whole.scores
        ], width
        assert ([rating.value for rating in found.ratings], warnings) == ([52, 37], [])


def test_lines_of_their_own_lengths_are_not_taken_for_a_wrapped_sentence() -> None:
    lines = (
        "Coding: 98.0% accuracy, by far the best of its class",
        "Ethics: 47.0%",
        "It ranks low in Mathematics (30.0%) and a little better in Reasoning (60.0%)",
    )
    found, _ = read("\n".join(lines))
    assert [score.evidence_text for score in found.scores] == [lines[0], lines[1], lines[2], lines[2]]


def test_items_of_a_list_are_not_taken_for_a_wrapped_sentence() -> None:
    items = (
        "- Coding: 98.0% accuracy, the best of its class and price point",
        "- Ethics: 47.0% accuracy, the least of its class and price point",
    )
    found, warnings = read("\n".join(items))
    assert [score.evidence_text for score in found.scores] == list(items)
    assert warnings == []


FIGURES = st.lists(st.text("0123456789.%$ms ,-\n", max_size=8), min_size=3, max_size=3)


@given(rows=st.lists(FIGURES, min_size=1, max_size=6))
@example(rows=[["100%", "$0.00", "3m 5s"], ["98.50%", "$0.0120", "1.50s"], ["0%", "$0", "7 s"]])
def test_figures_that_are_read_ahead_are_those_that_the_readers_make(rows: list[list[str]]) -> None:
    table = Table(
        ("Benchmark", "Accuracy", "Cost", "Duration"),
        [[Cell(f"Benchmark {number}"), *map(Cell, row)] for number, row in enumerate(rows)],
    )
    outline = Outline([Section("Benchmark Results", "benchmarks", tables=[table])])
    ahead, one_by_one = Notes(), Notes()
    found = scores_of(outline, None, [], ahead)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_scores, "_PLAIN", {})
        assert repr(found) == repr(scores_of(outline, None, [], one_by_one))
    assert ahead.warnings == one_by_one.warnings


def test_a_category_on_a_card_may_be_called_as_a_column_is() -> None:
    cards = "".join(
        f"<div><div>{name}</div>"
        + "".join(f"<div><div>{label}</div><div>{value}</div></div>" for label, value in facts)
        + "</div>"
        for name, facts in (
            ("Logic", (("Category", "Reasoning"), ("Reasoning", "Yes"), ("Accuracy", "91%"), ("Cost", "$1"))),
            ("Coding", (("Category", "Code"), ("Reasoning", "No"), ("Accuracy", "80%"), ("Cost", "$1"))),
        )
    )
    scores = html_page_with("Benchmark Results", cards).benchmark_scores
    assert [(score.benchmark, score.category, score.is_reasoning) for score in scores] == [
        ("Logic", "Reasoning", True),
        ("Coding", "Code", False),
    ]


@pytest.mark.parametrize(
    "words, mode", [("Reasoning enabled", True), ("Without reasoning", False), ("Thinking off", False)]
)
def test_a_mode_may_be_told_in_words(words: str, mode: bool) -> None:
    icon = f"<svg><title>{words}</title></svg>"
    assert [one.is_reasoning for one in html_page(scores=SCORE.format(icon)).benchmark_scores] == [mode]


@pytest.mark.parametrize(
    "cell, mode", [("<i>●</i><span class='sr-only'>Yes</span>", True), ("○ No", False), ("✗ no", False)]
)
def test_a_sign_beside_a_yes_or_no_says_nothing_else(cell: str, mode: bool) -> None:
    assert [one.is_reasoning for one in html_page(scores=SCORE.format(cell)).benchmark_scores] == [mode]
