"""What is no filter, is of no column or is too large is refused, and the error says where and what there is."""

from __future__ import annotations

import pytest
from filtered_table import COLUMNS
from patience import patience

from catalog.where import WhereError, compile_where


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("1=1; DROP TABLE model", 4),
        ("' OR ''='", 1),
        ("author = 'x' OR ''=''", 17),
        ("__import__('os')", 11),
        ("@pd.io.common.os.system('x')", 1),
        ("a.__class__ = 1", 1),
        ("author = (select 1)", 10),
        ("author = x -- and more", 12),
        ("author = x /* y */", 12),
        ("author = x) or (1 = 1", 11),
        ("author = 'unfinished", 10),
        ("author = 'nul\x00inside'", 10),
        ("author = x union select 1", 12),
        ("author = google author = x", 17),
        ("`author` = x", 1),
        ("author = $1", 10),
        ("author = :x", 10),
        ("author = ?", 10),
        ("ａuthor = x", 1),
        ("author\u00a0= x", 7),
        ("and", 1),
        ("author", 1),
        ("author =", 9),
        ("author = null", 10),
        ("author is 3", 11),
        ("author not = x", 12),
        ("author in x", 11),
        ("author in ()", 12),
        ("author in (a, )", 15),
        ("author in (a", 13),
        ("(author = a", 12),
        ("context_tokens > 12abc", 18),
        ("context_tokens > ١٢", 18),
        ("context_tokens > 1e99", 18),
        ("context_tokens > NaN", 18),
        ("context_tokens > 99999999999999999999", 18),
        ("prompt_usd > 9e12", 14),
        ("released_on > 2026-02-30", 15),
        ("released_on > 26", 15),
        ("first_seen > yesterday", 14),
        ("first_seen > 9999-12-31", 14),
        ("is_available = 1", 16),
        (r"author like 'x\'", 13),
        (r"author like 'x\n'", 13),
        ("context_tokens like x", 16),
        ("input_modalities = image", 18),
        ("author has x", 8),
        ("author = '\ud800'", 10),
    ],
)
def test_q01_q02_what_is_no_filter_is_refused_at_its_column(text: str, column: int) -> None:
    """Q01, Q02: hostile or mistaken, the error says the column, and the caret stands under it."""
    with pytest.raises(WhereError) as refused:
        compile_where(text, COLUMNS)
    assert refused.value.column == column
    assert str(refused.value).splitlines()[-1] == "  " + " " * (column - 1) + "^"


@pytest.mark.parametrize("text", ["", "   ", "\t\n"])
def test_a_filter_without_a_word_is_told_in_one_line_without_a_caret_below_nothing(text: str) -> None:
    with pytest.raises(WhereError) as refused:
        compile_where(text, COLUMNS)
    assert str(refused.value) == "the filter is empty; write one, such as author = google"


def test_q02_an_unknown_column_lists_the_names_nearest_first() -> None:
    with pytest.raises(WhereError) as refused:
        compile_where("contxt_tokens > 3", COLUMNS)
    names = refused.value.message.partition("there are: ")[2].split(", ")
    assert names[0] == "context_tokens"
    assert sorted(names) == sorted(COLUMNS)


def test_q02_an_operator_that_the_column_lacks_lists_those_it_has() -> None:
    with pytest.raises(WhereError, match="`has` is not for released_on, a date; there are: =, !=, <, <=, >, >=, in"):
        compile_where("released_on has x", COLUMNS)


@pytest.mark.parametrize(
    "text",
    [
        "author = '" + "x" * 1_000_000 + "'",
        "(" * 10_000 + "author = x" + ")" * 10_000,
        "(" * 1_900 + "author = x" + ")" * 1_900,
        "(" * 60 + "author = x" + ")" * 60,
        "not " * 60 + "author = x",
        " or ".join(["author = x"] * 200),
        "author in (" + ",".join("x" * 600) + ")",
    ],
    ids=["1 MB", "10k parentheses", "1.9k parentheses", "60 parentheses", "60 nots", "200 terms", "600 values"],
)
def test_q03_length_depth_and_size_are_bounded_and_refused_at_once(text: str) -> None:
    """Q03: no work that grows with the text, no exhausted stack."""
    with patience(), pytest.raises(WhereError, match=r"characters|levels deep|more than 500"):
        compile_where(text, COLUMNS)


def test_a_filter_within_the_bounds_is_read() -> None:
    compile_where("(" * 50 + "author = x" + ")" * 50, COLUMNS)
    compile_where(" and ".join(["author = x"] * 124), COLUMNS)


def test_the_error_shows_the_words_around_a_column_far_along() -> None:
    with pytest.raises(WhereError) as refused:
        compile_where("author = x and " * 20 + "author ! x" + " and author = y" * 20, COLUMNS)
    _, shown, caret = str(refused.value).splitlines()
    assert len(shown) < 80
    assert shown[caret.index("^")] == "!"
