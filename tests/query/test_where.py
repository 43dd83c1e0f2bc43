"""The filter grammar: what it answers, what it refuses and where, and that no word of it ever becomes SQL."""

from __future__ import annotations

import json
import operator
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from query_reference import holds
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Double,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    delete,
    insert,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from catalog.instants import micros
from catalog.rows import pico
from catalog.where import WhereColumn, WhereError, compile_where, required_values, requires_null

MODEL = Table(
    "model",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("author", Text),
    Column("context_tokens", BigInteger),
    Column("uptime", Double),
    Column("pico_usd", BigInteger),
    Column("usd", Text),
    Column("released_on", Date),
    Column("first_seen", BigInteger),
    Column("is_available", Boolean),
    Column("input_modalities", Text),
)
COLUMNS = {
    "author": WhereColumn(MODEL.c.author, "text"),
    "context_tokens": WhereColumn(MODEL.c.context_tokens, "number"),
    "uptime": WhereColumn(MODEL.c.uptime, "number"),
    "prompt_usd": WhereColumn(MODEL.c.pico_usd, "money"),
    "exact_usd": WhereColumn(MODEL.c.pico_usd, "money", exact=MODEL.c.usd),
    "released_on": WhereColumn(MODEL.c.released_on, "date"),
    "first_seen": WhereColumn(MODEL.c.first_seen, "instant"),
    "is_available": WhereColumn(MODEL.c.is_available, "bool"),
    "input_modalities": WhereColumn(MODEL.c.input_modalities, "list"),
}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """Both databases must give the same answers."""
    if request.param == "sqlite":
        yield from connected("sqlite://")
        return
    with request.getfixturevalue("postgres_server").database() as url:
        yield from connected(url.replace("postgresql://", "postgresql+psycopg://"))


def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    with engine.connect() as connection:
        MODEL.create(connection)
        yield connection
    engine.dispose()


def found(database: Connection, rows: list[dict[str, Any]], text: str) -> list[int]:
    """The places of the rows for which the database says that the filter holds."""
    database.execute(delete(MODEL))
    if rows:
        database.execute(insert(MODEL), [{**dict.fromkeys(MODEL.c.keys()), **r, "id": i} for i, r in enumerate(rows)])
    return list(database.scalars(select(MODEL.c.id).where(compile_where(text, COLUMNS)).order_by(MODEL.c.id)))


def rows_of(column: str, values: list[Any]) -> list[dict[str, Any]]:
    return [{column: value} for value in values]


# ---- what each kind of question answers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("context_tokens >= 200000", [1, 2]),
        ("context_tokens >= 200K", [1, 2]),
        ("context_tokens > 200_000", [2]),
        ("context_tokens = 0.2M", [1]),
        ("context_tokens == 199999", [0]),
        ("context_tokens != 200000", [0, 2]),
        ("context_tokens in (199999, 0.0002B)", [0, 1]),
        ("context_tokens not in (199999, 200000)", [2]),
        ("context_tokens < 199999.5", [0]),
        ("context_tokens is null", [3]),
        ("context_tokens IS NOT NULL", [0, 1, 2]),
    ],
)
def test_a_number_is_compared_exactly_and_takes_a_decimal_suffix(
    database: Connection, text: str, expected: list[int]
) -> None:
    assert found(database, rows_of("context_tokens", [199_999, 200_000, 200_001, None]), text) == expected


def test_whole_numbers_are_told_apart_beyond_what_a_double_can(database: Connection) -> None:
    rows = rows_of("context_tokens", [2**53, 2**53 + 1, 2**63 - 1])
    assert found(database, rows, f"context_tokens = {2**53 + 1}") == [1]
    assert found(database, rows, f"context_tokens >= {2**63 - 1}") == [2]


def test_money_is_compared_as_whole_pico_usd(database: Connection) -> None:
    rows = rows_of("pico_usd", [250_000_000_000, 250_000_000_001, 0, None])
    assert found(database, rows, "prompt_usd = 0.25") == [0]
    assert found(database, rows, "prompt_usd > '$0.25'") == [1]
    assert found(database, rows, "prompt_usd < 1e-12") == [2]


FINE = [
    "0",
    "0.5999999999999999",
    "0.60",
    "0.6000000000000001",
    "9.9999999999999999",
    "10",
    "10.0000000000000004",
    "11.0",
]
"""Amounts that 1e-12 USD cannot tell apart, in their order."""
SIGNS = {"=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


@pytest.mark.parametrize("sign", SIGNS)
def test_amounts_that_differ_by_less_than_the_store_sorts_by_are_compared_exactly(
    database: Connection, sign: str
) -> None:
    rows = [{"id": place, "usd": usd, "pico_usd": pico(Decimal(usd))[0]} for place, usd in enumerate(FINE)]
    rows.append({"id": len(FINE), "usd": None, "pico_usd": None})
    for written in (*FINE, "0.60", "'$10.0'", "1e-13"):
        amount = Decimal(written.strip("'$"))
        expected = [place for place, usd in enumerate(FINE) if SIGNS[sign](Decimal(usd), amount)]
        assert found(database, rows, f"exact_usd {sign} {written}") == expected, written
    assert found(database, rows, "exact_usd in (0.6000000000000001, 10)") == [3, 5]
    assert found(database, rows, "not exact_usd in (0.6000000000000001, 10)") == [0, 1, 2, 4, 6, 7]


def test_a_date_on_a_date_and_a_date_on_an_instant(database: Connection) -> None:
    days = rows_of("released_on", [date(2025, 12, 31), date(2026, 1, 1), None])
    assert found(database, days, "released_on >= 2026-01-01") == [1]
    assert found(database, days, "released_on in (2025-12-31, '2024-01-01')") == [0]
    times = [datetime(2025, 12, 31, 23, 59, 59, 999_999, UTC), datetime(2026, 1, 1, tzinfo=UTC)]
    times += [datetime(2026, 1, 1, 23, 59, 59, 999_999, UTC), datetime(2026, 1, 2, tzinfo=UTC)]
    seen = rows_of("first_seen", [micros(at) for at in times])
    assert found(database, seen, "first_seen = 2026-01-01") == [1, 2]
    assert found(database, seen, "first_seen != 2026-01-01") == [0, 3]
    assert found(database, seen, "first_seen < 2026-01-01") == [0]
    assert found(database, seen, "first_seen <= 2026-01-01") == [0, 1, 2]
    assert found(database, seen, "first_seen > 2026-01-01") == [3]
    assert found(database, seen, "first_seen >= 2026-01-01T23:59:59.999999Z") == [2, 3]
    assert found(database, seen, "first_seen > 2026-01-01T01:00+01:00") == [2, 3]


def test_a_truth_value_alone_or_compared(database: Connection) -> None:
    rows = rows_of("is_available", [True, False, None])
    assert found(database, rows, "is_available") == [0]
    assert found(database, rows, "not is_available") == [1]
    assert found(database, rows, "is_available = FALSE") == [1]
    assert found(database, rows, "is_available is null") == [2]


def test_has_is_exact_on_elements_whatever_they_hold(database: Connection) -> None:
    lists = [["image"], ["image-to-video", "text"], ["Image"], ["a,", ",b"], ['x"y'], ["100%"], ["é"], [], None]
    rows = rows_of("input_modalities", [None if v is None else json.dumps(v) for v in lists])
    assert found(database, rows, "input_modalities has image") == [0]
    assert found(database, rows, "input_modalities has 'i%'") == []
    assert found(database, rows, "input_modalities has ','") == []
    assert found(database, rows, "input_modalities has 'y'") == []
    assert found(database, rows, """input_modalities has 'x"y'""") == [4]
    assert found(database, rows, "input_modalities has '100%'") == [5]
    assert found(database, rows, "input_modalities has 'é'") == [6]
    assert found(database, rows, "input_modalities not has image") == [1, 2, 3, 4, 5, 6, 7]
    assert found(database, rows, "not input_modalities has image") == [1, 2, 3, 4, 5, 6, 7]


def test_like_folds_case_and_escapes_with_a_backslash(database: Connection) -> None:
    rows = rows_of("author", ["Google", "goo_gle", "goo%gle", "x", None])
    assert found(database, rows, "author like 'GOO%'") == [0, 1, 2]
    assert found(database, rows, r"author like 'goo\%%'") == [2]
    assert found(database, rows, r"author like 'goo\_gle'") == [1]
    assert found(database, rows, "author not like 'goo%'") == [3]


def test_texts_are_ordered_by_code_points_on_every_server(database: Connection) -> None:
    rows = rows_of("author", ["B", "a", "b", "é", "a-c", "ab"])
    assert found(database, rows, "author < b") == [0, 1, 4, 5]
    assert found(database, rows, "author >= ab and author <= 'é'") == [2, 3, 5]


def test_q05_null_compares_false_both_ways_and_only_is_null_sees_it(database: Connection) -> None:
    """Q05: an unknown value is neither equal nor unequal to anything, and never zero."""
    rows = rows_of("context_tokens", [None, 0])
    for text in ("= 0", "< 1", ">= 0", "in (0)"):
        assert found(database, rows, f"context_tokens {text}") == [1]
        assert found(database, rows, f"not context_tokens {text}") == []
    assert found(database, rows, "context_tokens != 5") == [1]
    assert found(database, rows, "not (context_tokens = 0 and author = x)") == []


# ---- against the slow reference --------------------------------------------------------------------------------

_words = st.text(st.sampled_from("ab%_,'\"\\ é[]"), max_size=4)
_row = st.fixed_dictionaries(
    {
        "author": st.none() | _words,
        "context_tokens": st.none() | st.integers(-3, 3),
        "is_available": st.none() | st.booleans(),
        "released_on": st.none() | st.dates(date(2025, 12, 30), date(2026, 1, 3)),
        "input_modalities": st.none() | st.lists(_words, max_size=3),
    }
)
_order = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
_null = st.sampled_from(["is null", "is not null"])
_leaf = (
    st.tuples(st.just("author"), _order, _words)
    | st.tuples(st.just("author"), st.just("like"), st.text(st.sampled_from("ab%_,"), max_size=4))
    | st.tuples(st.just("author"), st.sampled_from(["in", "not in"]), st.lists(_words, min_size=1, max_size=3))
    | st.tuples(st.just("context_tokens"), _order, st.integers(-3, 3))
    | st.tuples(st.just("released_on"), _order, st.dates(date(2025, 12, 30), date(2026, 1, 3)))
    | st.tuples(st.just("is_available"), st.sampled_from(["=", "!="]), st.booleans())
    | st.tuples(st.just("input_modalities"), st.sampled_from(["has", "not has"]), _words)
    | st.tuples(st.sampled_from(sorted(["author", "context_tokens", "input_modalities"])), _null, st.none())
)
_tree = st.recursive(
    _leaf,
    lambda inner: (
        st.tuples(st.just("not"), inner)
        | st.tuples(st.just("and"), inner, inner)
        | st.tuples(st.just("or"), inner, inner, inner)
    ),
    max_leaves=8,
)


def written(tree: Any) -> str:
    """A tree as its text."""
    match tree:
        case ("and" | "or" as word, *parts):
            return "(" + f" {word} ".join(map(written, parts)) + ")"
        case ("not", part):
            return f"not {written(part)}"
        case (name, asked, None):
            return f"{name} {asked}"
        case (name, asked, list(values)):
            return f"{name} {asked} ({', '.join(map(quoted, values))})"
        case (name, asked, value):
            return f"{name} {asked} {quoted(value)}"
    raise AssertionError(tree)


def quoted(value: Any) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value).lower()


@settings(max_examples=300, deadline=None)
@given(tree=_tree, rows=st.lists(_row, max_size=6))
def test_every_filter_answers_as_the_slow_reference_does(database: Connection, tree: Any, rows: list[Any]) -> None:
    stored = [
        {**row, "input_modalities": None if (v := row["input_modalities"]) is None else json.dumps(v)} for row in rows
    ]
    expected = [place for place, row in enumerate(rows) if holds(tree, row) is True]
    assert found(database, stored, written(tree)) == expected


# ---- what is refused, and where --------------------------------------------------------------------------------


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
        ("", 1),
        ("   ", 4),
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
    start = time.process_time()
    with pytest.raises(WhereError, match=r"characters|levels deep|more than 500"):
        compile_where(text, COLUMNS)
    assert time.process_time() - start < 2


def test_a_filter_within_the_bounds_is_read() -> None:
    compile_where("(" * 50 + "author = x" + ")" * 50, COLUMNS)
    compile_where(" and ".join(["author = x"] * 124), COLUMNS)


def test_the_error_shows_the_words_around_a_column_far_along() -> None:
    with pytest.raises(WhereError) as refused:
        compile_where("author = x and " * 20 + "author ! x" + " and author = y" * 20, COLUMNS)
    _, shown, caret = str(refused.value).splitlines()
    assert len(shown) < 80
    assert shown[caret.index("^")] == "!"


# ---- nothing of the text becomes SQL ---------------------------------------------------------------------------

_keywords = st.sampled_from(["and", "or", "not", "in", "has", "is", "null", "like", "true", "=", "!=", "<", ">="])
_marks = st.sampled_from([*"(),;'\"\\%?é\x00", "--", "1", "200K", "2026-01-01", "x", "'q;--'", "DROP", "$1", ":x"])
_pieces = st.sampled_from(sorted(COLUMNS)) | _keywords | _marks


@settings(max_examples=500, deadline=None)
@given(text=st.text(max_size=60) | st.lists(_pieces, max_size=12).map(" ".join))
def test_q01_any_text_is_refused_at_a_column_or_asks_with_bound_values_only(database: Connection, text: str) -> None:
    """Q01: whatever is typed, the database gets our own words and parameters, and answers without an error."""
    try:
        expression = compile_where(text, COLUMNS)
    except WhereError as refused:
        column = refused.column
    else:
        database.execute(select(MODEL.c.id).where(expression)).all()
        column = 1
    assert 1 <= column <= len(text) + 1


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
@settings(max_examples=200, deadline=None)
@given(first=_tree, value=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_q01_the_sql_is_the_same_whatever_the_values_are(dialect: Any, first: Any, value: str) -> None:
    """Q01: two filters of one shape make one statement; only the parameters differ."""
    text = f"author = {quoted(value)} and {written(first)}"
    other = f"author = 'other' and {written(first)}"
    one = compile_where(text, COLUMNS).compile(dialect=dialect)
    assert str(one) == str(compile_where(other, COLUMNS).compile(dialect=dialect))
    assert value in one.params.values()


@pytest.mark.parametrize(
    ("text", "values", "is_missing"),
    [
        ("component = prompt", {"prompt"}, False),
        ("component in (prompt, 'a b') and usd < 1", {"prompt", "a b"}, False),
        ("component = prompt and component in (prompt, image)", {"prompt"}, False),
        ("component = prompt or component = image", {"prompt", "image"}, False),
        ("(component = prompt or component = image) and component is null", {"prompt", "image"}, True),
        ("component = prompt or usd < 1", None, False),
        ("component != prompt", None, False),
        ("component not in (prompt, image)", None, False),
        ("not component = prompt", None, False),
        ("component like 'prompt'", None, False),
        ("component is null", None, True),
        ("component is not null", None, False),
        ("component is null or usd < 1", None, False),
        ("not component is null", None, False),
        ("usd < 1", None, False),
    ],
)
def test_what_a_filter_requires_of_a_column_is_seen(text: str, values: set[str] | None, is_missing: bool) -> None:
    assert required_values(text, "component") == values
    assert requires_null(text, "component") == is_missing
