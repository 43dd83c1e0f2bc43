"""Tables with a pipe behind each cell and none before the first, and headers whose empty cells went to their end."""

from __future__ import annotations

import re

import pytest

from scrapers.document import Document
from scrapers.errors import CutDocument
from scrapers.records import Records
from scrapers.sources.benchable_page import parse

PRICES = "Feature | Price (per 1M tokens) |\n---|---|\nPrompt | $1 |\nCompletion | $2 |"
HISTORY = "Date | Prompt | Completion |\n---|---|---|\nJan 02, 2025 | $1 | $2 |\nMar 04, 2025 | $0.9 | $2 |"
ENDPOINTS = (
    "Provider | Endpoint Name | Context Length | Pricing (Input) | Pricing (Output) |\n---|---|---|---|---|\n"
    "Acme | Acme | acme/one | 8K | $1 | $2 |\nAWS | AWS | acme/one | EU, US | 4,096 | $1.1 | $2.2 |"
)
NAMES = "Released | Params | Context | Speed | Ability | Cost | ||\n---|---|---|---|---|---|---|---|\n"
ONE = "Acme: One | Jan 02, 2025 | 7B | 8K | {} | ★★ | ★ | $ |\n"
TWO = "Acme: Two | Large Unavailable | Feb 03, 2025 | — | 65K | {} | — | ★★★ | $$ |"


def page(
    *, endpoints: str = ENDPOINTS, models: str = (NAMES + ONE + TWO).replace("{}", "Text input Text output")
) -> str:
    return (
        f"Acme: One\nCurrent Pricing\n{PRICES}\nPrice History\n{HISTORY}\nAvailable Endpoints\n{endpoints}\n"
        f"Benchmark Results\nNo results yet.\nOther Models by acme\n{models}"
    )


def read(text: str) -> Records:
    return parse(Document(body=text.encode())).records()


def listed(records: Records) -> list[tuple[str | None, int | None, int | None, list[str] | None, bool | None]]:
    return [
        (one.name, one.parameter_count, one.context_tokens, one.output_modalities, one.is_available)
        for one in records.models
    ]


MODELS = [("Acme: One", 7_000_000_000, 8_000, ["text"], None), ("Acme: Two | Large", None, 65_000, ["text"], False)]


def piped(text: str) -> str:
    return "\n".join(line if line.startswith("|") else f"| {line}" for line in text.split("\n"))


@pytest.mark.parametrize("icons", ["Text input Text output", "Text inputText output", "- Text input\n- Text output\n"])
@pytest.mark.parametrize("is_piped", [False, True])
def test_the_rows_show_where_the_empty_cells_of_a_header_belong(icons: str, is_piped: bool) -> None:
    rows = ONE + TWO
    header = NAMES.replace("---|---", "|---|---", 1) if is_piped else NAMES
    table = f"| {header}{piped(rows)}" if is_piped else header + rows
    records = read(page(models=table.replace("{}", icons)))
    assert listed(records) == MODELS
    assert [(rating.dimension, rating.value) for rating in records.ratings if rating.name == "Acme: One"] == [
        ("speed", 2), ("ability", 1), ("cost", 1),
    ]  # fmt: skip
    assert not records.warnings


def test_a_header_that_the_rows_fit_in_more_than_one_way_stays_as_it_is() -> None:
    records = read(page(models=(NAMES + ONE.replace("7B | 8K | {}", "— | — | —"))))
    assert all(one.context_tokens is None for one in records.models)
    assert records.warnings


def test_the_rows_of_a_table_may_lack_the_pipe_before_the_first_cell_though_its_header_has_it() -> None:
    header, dashes, *rows = ENDPOINTS.split("\n")
    records = read(page(endpoints="\n".join((f"| {header}", f"|{dashes}", *rows))))
    assert [(one.provider, one.endpoint_name, one.context_tokens) for one in records.endpoints] == [
        ("Acme", "Acme | acme/one", 8_000),
        ("AWS", "AWS | acme/one | EU, US", 4_096),
    ]
    assert records.models[0].canonical_slug == "acme/one"
    assert not records.warnings


def test_blank_lines_may_stand_between_the_rows() -> None:
    text = page()
    assert read(re.sub(r"\|\n(?!-)", "|\n\n", text)).as_dict() == read(text).as_dict()
    assert [str(price.effective_from) for price in read(text).prices if price.effective_from][::2] == [
        "2025-01-02",
        "2025-03-04",
    ]


@pytest.mark.parametrize("left", ["Acme: Two | Large | Feb", "Acme: Two | Lar"])
def test_a_page_that_is_cut_in_a_row_without_a_first_pipe_is_refused(left: str) -> None:
    text = page()
    with pytest.raises(CutDocument):
        read(text[: text.index("Acme: Two")] + left)


def test_what_may_be_the_beginning_of_a_row_at_the_end_of_a_page_is_told_of() -> None:
    text = page()
    records = read(text[: text.index("Acme: Two")] + "Acme: T")
    assert [(one.code, "Acme: T" in one.message) for one in records.warnings] == [("torn_row", True)]


def test_a_page_that_ends_with_the_header_of_its_list_is_read_and_told_of() -> None:
    whole = "| | Released | Params | Context | | Speed | Ability | Cost |\n|---|---|---|---|---|---|---|---|"
    records = read(page(models=whole))
    assert [price.component for price in records.prices][:2] == ["prompt", "completion"]
    assert "drift_empty_section" in [one.code for one in records.warnings]
    with pytest.raises(CutDocument):
        read(page(models=whole[:-6]))


@pytest.mark.parametrize("left", ["Released", "|\n|\nReleased"])
def test_a_page_that_ends_with_the_name_of_a_column_is_not_whole(left: str) -> None:
    assert "drift_empty_section" in [one.code for one in read(page(models=left)).warnings]
