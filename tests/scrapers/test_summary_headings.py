"""A performance summary that its writer parted by headings is one summary, whatever these are called."""

from __future__ import annotations

import pytest
from extracted_page import ENDPOINTS, MODELS, PRICES, read
from html_rendering import html_page
from page_facts import orchard

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

ABOUT = "## Author's Description\n\nA model.\n\n## Key Specifications\n\nContext: 8K\n\n## Performance Summary\n\n"
ALL = {"speed_percentile": 4, "price_percentile": 33, "Coding": 74, "Ethics": 37}


def _stated(records: Records) -> dict[str, int | None]:
    """The percentiles that the page states, by what they rank."""
    ratings = {
        rating.dimension: int(rating.value) for rating in records.ratings if rating.evidence_text and rating.value
    }
    return ratings | {score.benchmark: score.percentile for score in records.benchmark_scores}


@pytest.mark.parametrize("first", ["Overview", "Summary", "At a glance", "Speed"])
@pytest.mark.parametrize("last", ["Benchmarks", "Performance", "Accuracy", "Details"])
def test_headings_of_its_own_do_not_end_a_summary(first: str, last: str) -> None:
    records = read(
        before=f"{ABOUT}### {first}\n\nIt ranks in the 4th percentile for speed.\n\n### Pricing\n\n"
        "It is in the 33rd percentile for price.\n\n"
        f"### {last}\n\n- Coding: 94.0% (74th percentile)\n- Ethics: 98.5% (37th percentile)\n"
    )
    assert _stated(records) == ALL
    assert not records.warnings


@pytest.mark.parametrize("mark", ["", "- "])
def test_a_heading_without_marks_that_the_page_has_again_ends_no_summary(mark: str) -> None:
    text = (
        "Author's Description\nA model.\nKey Specifications\nPerformance Summary\n"
        "It ranks in the 4th percentile for speed.\nModel Pricing\nIt is in the 33rd percentile for price.\n"
        f"Benchmark Results\n{mark}Coding: 94.0% (74th percentile)\n{mark}Ethics: 98.5% (37th percentile)\n"
        f"Model Pricing\nCurrent Pricing\n{PRICES}\nPrice History\nAvailable Endpoints\n{ENDPOINTS}\n"
        f"Benchmark Results\n| Benchmark | Category | Accuracy |\n|---|---|---|\nOther Models by acme\n{MODELS}\n"
    )
    records = parse(Document(body=text.encode())).records()
    assert _stated(records) == ALL
    assert len(records.prices) == 3
    assert [one.code for one in records.warnings] == ["unknown_subject_row"]


def test_a_heading_that_nothing_else_on_the_page_has_begins_a_section_below_a_summary_too() -> None:
    records = read(
        before="## Performance\n\nIt is in the 4th percentile for speed.\n\n### About\n\nA model of pears.\n"
    )
    assert records.models[0].description == "A model of pears."


@pytest.mark.parametrize("mark", ["", "**", "### "])
def test_the_name_of_a_benchmark_above_its_figures_is_theirs(mark: str) -> None:
    end = mark.strip("# ")
    records = read(
        before=f"{ABOUT}{mark}Coding{end}\n94.0% accuracy (74th percentile)\n\n{mark}Ethics{end}\n"
        "Accuracy: 98.5%, 37th percentile\n\n"
        f"{mark}Reasoning{end}\nIt is its weakest category.\n"
    )
    assert _stated(records) == {"Coding": 74, "Ethics": 37}
    assert [str(score.accuracy_percent) for score in records.benchmark_scores] == ["94.0", "98.5"]


def test_a_table_of_measures_in_a_summary_is_read_with_its_sentences() -> None:
    records = read(
        before=f"{ABOUT}| Aspect | Rating | Comment |\n|---|---|---|\n| Speed | 4th percentile | slow |\n"
        "| Price | 33rd percentile | moderate |\n| Success rate | 99% | few failures |\n"
        "| Coding | 94.0%, 74th percentile | strong |\n"
    )
    assert _stated(records) == {"speed_percentile": 4, "price_percentile": 33, "success_rate_percent": 99, "Coding": 74}
    assert not records.warnings


def test_the_columns_of_a_table_in_a_summary_may_be_the_modes_of_reasoning() -> None:
    records = read(
        before=f"{ABOUT}| Benchmark | With reasoning | Without reasoning |\n|---|---|---|\n| Coding | 95.0% | 85.0% |\n"
    )
    assert {score.is_reasoning: str(score.accuracy_percent) for score in records.benchmark_scores} == {
        True: "95.0",
        False: "85.0",
    }


def test_a_row_of_several_figures_in_a_summary_is_reported() -> None:
    records = read(before=f"{ABOUT}| Area | Score | Of peers |\n|---|---|---|\n| Coding | 95.0% | 85.0% |\n")
    assert records.benchmark_scores == []
    assert [warning.code for warning in records.warnings] == ["unread_sentence"]


def test_the_modes_of_reasoning_may_be_labels_of_two_words() -> None:
    records = read(before=f"{ABOUT}Reasoning enabled\nCoding: 95.0%\nReasoning disabled\nCoding: 85.0%\n")
    assert {score.is_reasoning: str(score.accuracy_percent) for score in records.benchmark_scores} == {
        True: "95.0",
        False: "85.0",
    }


def test_what_is_called_perfect_alone_is_reported() -> None:
    records = read(before=f"{ABOUT}Ethics: perfect. Coding: 95.0%.\n")
    assert [score.benchmark for score in records.benchmark_scores] == ["Coding"]
    assert [warning.code for warning in records.warnings] == ["unread_sentence"]


RICH = (
    "<h3>Overview</h3><p>It ranks in the <strong>4th percentile</strong> for speed.</p><h3>Pricing</h3>"
    "<p>It is in the <em>33rd percentile</em> for price.</p><h3>Benchmarks</h3><ul>"
    "<li><strong>Coding</strong>: 94.0% (74th percentile)</li></ul><h4>Weaknesses</h4>"
    "<p><em>Ethics</em> – <code>98.5%</code> (37th percentile)</p>"
    "<table><tr><th>Metric</th><th>Value</th></tr><tr><td>Success rate</td><td>99%</td></tr></table>"
)


def test_a_summary_in_html_may_have_headings_lists_and_a_table() -> None:
    page = html_page(orchard())
    start = page.index("<p>Pear 2 Mini ranks")
    records = parse(Document(f"{page[:start]}{RICH}{page[page.index('</p>', start) :]}".encode())).records()
    ratings = {rating.dimension: rating.value for rating in records.ratings if rating.evidence_text}
    assert ratings == {"speed_percentile": 4, "price_percentile": 33, "success_rate_percent": 99}
    prose = [score for score in records.benchmark_scores if score.evidence == "prose"]
    assert ("Ethics", 37) in [(score.benchmark, score.percentile) for score in prose]


@pytest.mark.parametrize(
    "lines",
    [
        "It ranks in the\n4th percentile\nfor speed.",
        "It ranks in the\n**\n4th percentile\n**\nfor speed.",
        "Its speed ranks in the 4th percentile\n, which is low.",
    ],
)
def test_a_sentence_that_was_broken_at_its_emphasis_is_one(lines: str) -> None:
    records = read(before=f"{ABOUT}{lines}\n")
    assert _stated(records) == {"speed_percentile": 4}
    assert not records.warnings


@pytest.mark.parametrize("lines", ["Coding\n–\n94.0%", "- Coding –\n94.0%", "- Coding\n: 94.0%"])
def test_a_figure_that_was_broken_from_its_benchmark_is_its_own(lines: str) -> None:
    records = read(before=f"{ABOUT}{lines}\n")
    assert [(score.benchmark, str(score.accuracy_percent)) for score in records.benchmark_scores] == [
        ("Coding", "94.0")
    ]
    assert not records.warnings
