"""Usage from a CSV file at the rates of each day, and the rows that could not be priced. Q05: never at zero."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from price_frames import price, price_frame
from workloads import work

from catalog.costs.cost import workload_cost
from catalog.costs.usage import PricedUsage, price_usage
from catalog.errors import UnknownModel, UsageError

HISTORY = price_frame(
    price("prompt", "1", valid_from="2026-05-01T00:00:00Z", valid_to="2026-05-03T00:00:00Z"),
    price("completion", "10", valid_from="2026-05-01T00:00:00Z"),
    price("prompt", "2", valid_from="2026-05-03T00:00:00Z"),
    price("prompt", "3", provider="P", tag="p/a", valid_from="2026-05-01T00:00:00Z"),
    price("prompt", "4", provider="P", tag="p/b", valid_from="2026-05-01T00:00:00Z"),
    price("prompt", None, state="variable", model="router", valid_from="2026-05-01T00:00:00Z"),
    price("prompt", "1", model="night", valid_from="2026-05-01T00:00:00Z"),
    price(
        "prompt",
        "7",
        model="night",
        conditions={"utc_start": 2200, "utc_end": 600},
        position=1,
        valid_from="2026-05-01T00:00:00Z",
    ),
    price("prompt", "1", model="tiered", valid_from="2026-05-01T00:00:00Z"),
    price(
        "prompt",
        "5",
        model="tiered",
        conditions={"min_prompt_tokens": 100},
        position=1,
        valid_from="2026-05-01T00:00:00Z",
    ),
)


def resolve(text: str, at: datetime) -> str | None:
    assert at.tzinfo is not None
    if text == "twice":
        raise UnknownModel("'twice' may be two models")
    return {"M": "lab/model"}.get(text, text if text in set(HISTORY["model"]) else None)


def priced(text: str, history: Any = HISTORY) -> PricedUsage:
    return price_usage(StringIO(text), history, resolve)


HEADER = "date,model,input_tokens,output_tokens\n"


def test_each_row_is_priced_at_the_rates_of_its_day() -> None:
    found = priced(HEADER + "2026-05-01,M,1000000,0\n2026-05-02,M,1000000,100000\n2026-05-03,M,1000000,0\n")
    assert found.priced["cost_usd"].tolist() == [1, 2, 2]
    assert found.priced["model"].tolist() == ["lab/model"] * 3
    assert (found.priced.index.name, found.priced.index.tolist()) == ("line", [2, 3, 4])
    assert found.total_usd_low == found.total_usd_high == 5
    assert found.unpriced.empty


def test_a_row_after_the_last_price_has_ended_is_not_priced() -> None:
    ended = price_frame(price("prompt", "1", valid_from="2026-05-01T00:00:00Z", valid_to="2026-05-03T00:00:00Z"))
    found = priced(HEADER + "2026-05-02,M,1000000,0\n2026-05-03,M,1000000,0\n", ended)
    assert found.priced["cost_usd"].tolist() == [1]
    assert found.unpriced["reason"].tolist() == ["no price of lab/model is known for 2026-05-03"]


def test_cached_and_other_quantities_are_taken_by_their_names_and_empty_ones_by_their_default() -> None:
    found = priced("date,model,input_tokens,output_tokens,cached_tokens,requests\n2026-05-01,M,2000000,0,1000000,\n")
    assert found.priced["cost_usd"].tolist() == [2]
    assert "charged as prompt" in found.priced["note"].tolist()[0]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2026-05-01,nobody,1,1", "no model is known as 'nobody'"),
        ("2026-05-01,twice,1,1", "'twice' may be two models"),
        ("2026-04-30,M,1,1", "no price of lab/model is known for 2026-04-30"),
        ("2026-05-01,router,1,0", "the price of prompt is variable"),
        ("2026-05-01,night,1,1", "no price is stated for completion"),
        ("2026-02-30,M,1,1", "not a time"),
        (",M,1,1", "date is empty"),
        ("2026-05-01,,1,1", "model is empty"),
        ("2026-05-01,M,,1", "input_tokens is empty"),
        ("2026-05-01,M,-1,1", "input_tokens is no plain number"),
        ("2026-05-01,M,1e3,1", "input_tokens is no plain number"),
        ('2026-05-01,M,"1,000",1', "input_tokens is no plain number"),
        ("2026-05-01,M,NaN,1", "input_tokens is no plain number"),
        ("2026-05-01,M,١,1", "input_tokens is no plain number"),
        ("2026-05-01,M,1", "it has 3 cells under 4 names"),
        ("2026-05-01,M,1,1,1", "it has 5 cells under 4 names"),
    ],
)
def test_q05_a_row_that_cannot_be_priced_is_listed_with_its_line_and_the_reason(row: str, reason: str) -> None:
    """Q05: it is in no sum, not even as a zero."""
    found = priced(HEADER + "2026-05-01,M,1000000,0\n" + row + "\n2026-05-01,M,1000000,0\n")
    assert found.priced.index.tolist() == [2, 4]
    assert found.total_usd_high == 2
    assert found.unpriced.index.tolist() == [3]
    assert reason in found.unpriced["reason"].tolist()[0]


def test_parts_that_exceed_their_total_are_listed_too() -> None:
    found = priced("date,model,input_tokens,output_tokens,cached_tokens\n2026-05-01,M,1,0,2\n")
    assert "exceed" in found.unpriced["reason"].tolist()[0]


def test_a_time_takes_the_price_of_that_moment_and_a_day_that_of_all_its_hours() -> None:
    rows = ["2026-05-01T21:59:59Z", "2026-05-01T22:00:00Z", "2026-05-01T01:00:00+03:00", "2026-05-01"]
    found = priced(HEADER + "".join(f"{at},night,1000000,0\n" for at in rows))
    assert found.priced["cost_usd"].tolist()[:2] == [1, 7]
    assert "no price of night is known" in found.unpriced["reason"].tolist()[0]
    assert found.priced["cost_usd"].tolist()[2] == 3  # 8 of 24 hours at 7, the rest at 1


def test_the_length_of_each_row_s_prompts_decides_its_tier() -> None:
    text = "date,model,input_tokens,output_tokens,requests\n"
    rows = ["100,0,1", "101,0,1", "200,0,2", "201,0,2", "100,0,1"]
    found = priced(text + "".join(f"2026-05-01,tiered,{row}\n" for row in rows))
    micro = [cost * 1_000_000 for cost in found.priced["cost_usd"]]
    assert micro == [100, 505, 200, 1005, 100]


def test_pictures_are_charged_by_the_piece_or_the_token_whatever_the_row_before_said() -> None:
    day = "2026-05-01T00:00:00Z"
    pictures = [price("prompt", "1.25", valid_from=day), price("image", "0.00000125", unit="image", valid_from=day)]
    header = "date,model,input_tokens,output_tokens,images,tokens_per_image\n"
    rows = ("0,0,10,258", "0,0,10,", "0,0,20,258", "0,0,,")
    found = priced(header + "".join(f"2026-05-02,lab/model,{row}\n" for row in rows), price_frame(*pictures))
    assert found.priced["cost_usd"].tolist() == [Decimal("0.003225"), Decimal("0.00645"), 0]
    assert found.unpriced["reason"].tolist() == [
        "what is stated per image looks like the price of a token (say the tokens per image)"
    ]


def test_an_endpoint_is_named_by_its_provider_and_where_it_has_several_by_the_tag() -> None:
    text = "date,model,provider,tag,input_tokens,output_tokens\n"
    found = priced(
        text + "2026-05-01,M,P,p/b,1000000,0\n2026-05-01,M,P,,1,0\n2026-05-01,M,Q,,1,0\n2026-05-01,M,,,1000000,0\n"
        "2026-05-01,M,,p/a,1,0\n"
    )
    assert found.priced["cost_usd"].tolist() == [4, 1]
    assert found.unpriced["reason"].tolist() == [
        "P has several endpoints of lab/model; give the tag: p/a, p/b",
        "no price of lab/model at Q (there are P) is known for 2026-05-01",
        "a tag alone names no endpoint; give its provider too: p/a",
    ]


@pytest.fixture
def longest_cell() -> Iterator[int]:
    """The longest cell that `csv` reads unless told otherwise, in characters; other libraries tell it for everybody."""
    before = csv.field_size_limit(131_072)
    yield 131_072
    csv.field_size_limit(before)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no column date, model, input_tokens, output_tokens"),
        ("date,model,input_tokens\n", "no column output_tokens"),
        (HEADER.replace(",", ",,", 1) + "2026-05-01,,M,1,0\n", "a column without a name, number 2 of 5"),
        (HEADER.rstrip() + ",,\n2026-05-01,M,1,0,,\n", "a column without a name, number 5 of 6"),
        ("date,model,input_tokens,output_tokens,colour\n", "colour"),
        ("date,model,model,input_tokens,output_tokens\n", "twice"),
        (HEADER + '2026-05-01,"M,1,1\n', "cannot be read as CSV at line 2"),
    ],
)
def test_a_file_that_is_no_usage_file_is_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        priced(text)


def test_a_cell_longer_than_any_name_is_refused_with_its_line(longest_cell: int) -> None:
    with pytest.raises(UsageError, match="cannot be read as CSV at line 2"):
        priced(HEADER + "2026-05-01," + "M" * (longest_cell + 1) + ",1,1\n")


def test_a_file_with_a_byte_order_mark_and_blank_lines_is_read(tmp_path: Path) -> None:
    path = tmp_path / "usage.csv"
    path.write_bytes(b"\xef\xbb\xbf" + HEADER.encode() + b"\r\n2026-05-01,M,1000000,0\r\n\r\n")
    assert price_usage(path, HISTORY, resolve).priced["cost_usd"].tolist() == [1]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(HEADER.encode() + b"\x89PNG\r\n\x1a\n\xff\xfe")
    with pytest.raises(UsageError, match="cannot be read as CSV"):
        price_usage(path, HISTORY, resolve)


def test_names_that_pandas_takes_for_missing_stay_names() -> None:
    history = price_frame(price("prompt", "1", model="NA"), price("prompt", "1", model="null"))
    found = price_usage(StringIO(HEADER + "2026-05-01,NA,1,0\n2026-05-01,null,1,0\n"), history, lambda name, _: name)
    assert found.priced["model"].tolist() == ["NA", "null"]


_rows = st.tuples(
    st.integers(1, 5), st.sampled_from(["lab/model", "tiered", "night"]), st.integers(0, 300), st.integers(0, 3)
)


@settings(max_examples=50, deadline=None)
@given(st.lists(_rows, max_size=12))
def test_every_row_costs_what_its_workload_costs_on_its_day(rows: list[tuple[int, str, int, int]]) -> None:
    text = "".join(f"2026-05-0{day},{model},{tokens},0,{cached * tokens // 4}\n" for day, model, tokens, cached in rows)
    found = priced("date,model,input_tokens,output_tokens,cached_tokens\n" + text)
    for line, (day, model, tokens, cached) in enumerate(rows, 2):
        end = f"2026-05-0{day}T23:59:59.999999Z"
        stands = (HISTORY["valid_from"] <= end) & ~(HISTORY["valid_to"] <= end) & (HISTORY["model"] == model)
        workload = work(input_tokens=tokens, cached_tokens=cached * tokens // 4)
        alone = workload_cost(HISTORY[stands & HISTORY["provider"].isna()], workload).to_dict("records")[0]
        assert found.priced.loc[line, "cost_usd"] == alone["cost_usd"]
        assert found.priced.loc[line, "note"] == alone["note"]


def test_every_row_of_the_file_is_told_in_its_order_the_refused_ones_with_their_reason() -> None:
    found = priced(HEADER + "2026-05-01,M,1000000,0\n2026-05-01,nobody,7,\n2026-05-02,M,1000000,0\n").rows
    assert found.index.tolist() == [2, 3, 4]
    assert found["state"].tolist() == ["exact", "refused", "exact"]
    assert found["cost_usd"].tolist() == [1, None, 1]
    assert found.loc[3, ["model", "input_tokens", "output_tokens"]].tolist() == ["nobody", "7", None]
    assert found.loc[3, "note"] == "no model is known as 'nobody'"
    assert priced(HEADER).rows.empty
    assert priced(f"{HEADER}\n,,,\n , ,,,,\n").rows.empty, "as spreadsheets write below their last row"


def test_rows_after_an_instant_are_counted_and_a_date_is_after_it_from_the_next_day_on() -> None:
    found = priced(HEADER + "2026-05-03,M,1,0\n2026-05-03T09:00Z,M,1,0\n2026-05-04,M,1,0\n2026-05-04,M,2,0\n")
    assert found.later_than(datetime(2026, 5, 3, 8, tzinfo=UTC)) == 3
    assert found.later_than(datetime(2026, 5, 4, tzinfo=UTC)) == found.later_than(None) == 0


def test_a_day_in_the_short_form_of_iso_8601_is_a_whole_day() -> None:
    (day, short) = priced(HEADER + "2026-05-01,night,24,0\n20260501,night,24,0\n").priced["cost_usd"]
    assert day == short == Decimal("0.00007200")


def test_a_byte_order_mark_is_no_part_of_the_first_name_wherever_the_file_comes_from(tmp_path: Path) -> None:
    text = "\ufeff" + HEADER + "2026-05-01,M,1000000,0\n"
    file = tmp_path / "usage.csv"
    file.write_text(text, encoding="utf-8")
    for found in (priced(text), price_usage(file, HISTORY, resolve)):
        assert found.priced["cost_usd"].tolist() == [1]


def test_what_is_no_file_of_usage_is_refused_with_what_was_seen(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        price_usage(tmp_path, HISTORY, resolve)
    with pytest.raises(UsageError, match="with commas between; its first line is 'date;model'"):
        priced("date;model\n")
    (tmp_path / "utf16.csv").write_text(HEADER, encoding="utf-16")
    with pytest.raises(UsageError, match="no UTF-8"):
        price_usage(tmp_path / "utf16.csv", HISTORY, resolve)
