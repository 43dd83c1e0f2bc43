"""Tables whose cells have pipes between them and nothing around, with no line of dashes below the header."""

from __future__ import annotations

from contextlib import suppress

import pytest
from extracted_page import ACME, ENDPOINTS, PAGE, read, served
from patience import patience

from scrapers.document import Document
from scrapers.errors import CutDocument, DocumentError, LayoutDrift
from scrapers.sources.benchable_page import parse

NAMES = "Provider | Endpoint Name | Context Length | Pricing (Input) | Pricing (Output)"
ROWS = ("Acme | Acme | acme/one-1 | 8K | $1 | $2", "Pear Cloud | Pear | acme/one-1 |  | $3 | Free")
BOTH = [*ACME, ("Pear Cloud", "Pear | acme/one-1", None, ["3", "0"])]
MODELS = " | Released | Params | Context |  | Speed | Ability | Cost"
SCORES = "Benchmark | Category | Reasoning | Strategy | Free | Executions | Accuracy | Cost | Duration"


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_rows_without_outer_pipes_and_dashes_are_read_by_the_names_above_them(between: str) -> None:
    assert served(read(endpoints=between.join([NAMES, *ROWS]))) == BOTH


def test_nothing_need_stand_around_the_pipes() -> None:
    assert served(read(endpoints="\n".join([NAMES, *ROWS]).replace(" | ", "|"))) == BOTH


@pytest.mark.parametrize("mark", ["- ", "• ", "* ", "| ", "|"])
def test_each_line_may_have_a_mark_before_it(mark: str) -> None:
    assert served(read(endpoints="\n".join(mark + line for line in (NAMES, *ROWS)))) == BOTH


def test_icons_on_a_line_each_are_one_cell() -> None:
    row = "Acme: {} | Jan 02, 2025 | 7B | 8K | {}\nText output | ★★ | ★ | $"
    models = "\n".join([MODELS, row.format("One", "Text input"), row.format("Two", "Image input\nText input")])
    read_models = read(models=models).models
    assert [(model.name, model.input_modalities, model.output_modalities) for model in read_models] == [
        ("Acme: One", ["text"], ["text"]),
        ("Acme: Two", ["image", "text"], ["text"]),
    ]


def test_a_column_without_a_name_and_a_cell_of_several_lines_are_where_their_pipes_are() -> None:
    rows = "Acme: One Unavailable | Jan 02, 2025 | 7B | 8K | \nImage input\nText input\nText output\n | ★★ |  | $"
    (model,) = read(models=f"{MODELS}\n{rows}").models
    assert (model.name, model.is_available, model.parameter_count) == ("Acme: One", False, 7 * 10**9)
    assert (model.input_modalities, model.output_modalities) == (["image", "text"], ["text"])


def test_a_row_that_lacks_its_empty_cells_has_those_that_only_one_column_may_have() -> None:
    records = read(
        models=f"{MODELS}\nAcme: One | Jan 02, 2025 | 8K | Text input Text output | ★★ | ★ | $\n\nIn dollars.\n"
    )
    (model,) = records.models
    assert (model.context_tokens, model.parameter_count, model.input_modalities) == (8000, None, ["text"])
    assert [(rating.dimension, rating.value) for rating in records.ratings if rating.value] == [
        ("speed", 2),
        ("ability", 1),
        ("cost", 1),
    ]


def test_a_header_alone_is_an_empty_table() -> None:
    assert read(scores=SCORES).benchmark_scores == []


def test_words_between_two_rows_are_told() -> None:
    records = read(endpoints="\n".join([NAMES, ROWS[0], "of another region", ROWS[1]]))
    assert served(records) == BOTH
    assert [(warning.code, "of another region" in warning.message) for warning in records.warnings] == [
        ("torn_row", True)
    ]


def test_a_last_row_that_ends_with_the_text_is_cut() -> None:
    row = "Acme: {} | Jan 02, 2025 | 7B | 8K | Text input Text output | ★★ | ★ | $"
    page = PAGE.partition("| Model |")[0] + "\n".join([MODELS, row.format("One"), row.format("Two")])
    with pytest.raises(CutDocument):
        parse(Document(body=page.removesuffix("| ★★ | ★ | $").encode()))


@pytest.mark.parametrize("line", ["Provider | Endpoint Name | Context Length", "a | b", "Acme |", "| " * 9, "Cost | x"])
def test_a_great_many_lines_with_pipes_are_read_in_no_time(line: str) -> None:
    with patience():
        for text in ("\n".join([NAMES, *[line] * 5_000]), "\n".join([line] * 5_000), f"{NAMES}\n" + "Acme |" * 20_000):
            with suppress(DocumentError):
                read(endpoints=text)


RULED = "Model| Released| Params| Context| Speed| Ability| Cost{0}\n---|---|---|---|---|---|---{0}\n"


@pytest.mark.parametrize("end", ["", "  "])
def test_a_row_may_be_wrapped_before_its_first_pipe(end: str) -> None:
    rows = (
        f"[Acme: One of a\nGood Many](/models/acme/one-1)\nUnavailable| Jan 02, 2025| 7B| 8K| ★★| ★| ${end}\n"
        f"[Acme: Two](/models/acme/two-2)\nUnavailable| Feb\n03, 2025| 7B| 8K| ★★| ★| ${end}\n"
    )
    models = read(models=RULED.format(end) + rows, endpoints=ENDPOINTS).models
    assert [(model.name, model.is_available, str(model.released_on)) for model in models[-2:]] == [
        ("Acme: One of a Good Many", False, "2025-01-02"),
        ("Acme: Two", False, "2025-02-03"),
    ]


def test_a_word_that_is_wrapped_at_its_hyphen_is_whole() -> None:
    scores = (
        "Benchmark| Category| Strategy| Accuracy| Cost| Duration  \n---|---|---|---|---|---  \n"
        "Coding| Code| Zero-\nshot| 90%| $1| 1s  \n"
    )
    assert [score.strategy for score in read(scores=scores).benchmark_scores] == ["Zero-shot"]


@pytest.mark.parametrize("row", ["x | Jan 2, 2025 | 7B |", "Jan 02, 2025| 7B| 8K| ★★"])
def test_what_looks_like_rows_below_a_table_without_any_is_told(row: str) -> None:
    models = RULED.format("") + f"\nThe rows are elsewhere.\n{row}\n"
    assert "torn_row" in [warning.code for warning in read(models=models).warnings]


def test_a_row_that_says_free_does_not_say_that_there_is_nothing() -> None:
    endpoints = "Provider · Endpoint Name · Context Length\nAcme · Acme | acme/one-1 · 8K · Free · Free"
    with pytest.raises(LayoutDrift, match="Available Endpoints"):
        read(endpoints=endpoints)


IN_CELLS = {
    "lines": (" Image input  \nText input  \nText output", " Text input  \nText output"),
    "a list": (" \n\n  * Image input\n  * Text input\n  * Text output\n\n", " \n\n  * Text input\n  * Text output\n\n"),
}
"""html2text, of cells with `<br>` and with `<ul>` in them: lines within a row have the spaces of a row's end."""


@pytest.mark.parametrize(("one", "two"), IN_CELLS.values(), ids=IN_CELLS)
def test_what_a_cell_has_on_several_lines_does_not_break_off_its_row(one: str, two: str) -> None:
    names = "| Released| Params| Context| | Speed| Ability| Cost  \n---|---|---|---|---|---|---|---  \n"
    rows = f"Acme: One| Jan 02, 2025| 7B| 8K|{one}| ★| ★★| $  \nAcme: Two| Feb 03, 2025| —| 8K|{two}| ★★| —| $$  \n"
    records = read(models=names + rows, endpoints=ENDPOINTS)
    assert [(model.name, model.input_modalities) for model in records.models] == [
        ("Acme: One", ["image", "text"]),
        ("Acme: Two", ["text"]),
    ]
    assert [rating.value for rating in records.ratings] == [1, 2, 1, 2, None, 2]
    assert not records.warnings
