"""Tables whose columns are told by where their characters stand, as browsers for text and converters write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from extracted_page import ACME, read, served
from patience import patience

from scrapers.errors import DocumentError
from scrapers.sizes import token_count

FRAMED = """
+----------+-----------------+---------+-----------+------------+
| Provider | Endpoint Name   | Context | Pricing   | Pricing    |
|          |                 | Length  | (Input)   | (Output)   |
+==========+=================+=========+===========+============+
| []Acme   | Acme |          | 8K      | $1 / 1M   | $2 / 1M    |
|          | acme/one-1      |         | tokens    | tokens     |
+----------+-----------------+---------+-----------+------------+
| Pear     | Pear |          | 16K     | $3 / 1M   | $4 / 1M    |
| Cloud    | acme/           |         | tokens    | tokens     |
|          | one-1           |         |           |            |
+----------+-----------------+---------+-----------+------------+
"""
BOXED = """
┌──────────┬──────────────────┬────────────────┬─────────────────┬─────────────────┐
│Provider  │Endpoint Name     │Context Length  │Pricing (Input)  │Pricing (Output) │
├──────────┼──────────────────┼────────────────┼─────────────────┼─────────────────┤
│Acme      │Acme | acme/one-1 │8K              │$1               │$2               │
├──────────┼──────────────────┼────────────────┼─────────────────┼─────────────────┤
│Pear Cloud│Pear | acme/one-1 │16K             │$3               │$4               │
└──────────┴──────────────────┴────────────────┴─────────────────┴─────────────────┘
"""
RULED_ONCE = """
┏━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━┓
┃ Provider   ┃ Endpoint Name     ┃ Context Length ┃ Pricing (Input) ┃ Pricing (Output) ┃
┡━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━┩
│ Acme       │ Acme | acme/one-1 │ 8K             │ $1              │ $2               │
│ Pear       │ Pear | acme/one-1 │ 16K            │ $3              │ $4               │
│ Cloud      │                   │                │                 │                  │
└────────────┴───────────────────┴────────────────┴─────────────────┴──────────────────┘
"""
PIPED = """
  Provider  |   Endpoint Name   | Context Length | Pricing (Input) | Pricing (Output)
------------+-------------------+----------------+-----------------+------------------
 Acme       | Acme | acme/one-1 | 8K             | $1              | $2
 Pear Cloud | Pear | acme/one-1 | 16K            | $3              | $4
(2 rows)
"""
RULED = """
  Provider     Endpoint Name       Context Length   Pricing (Input)   Pricing (Output)
  ------------ ------------------- ---------------- ----------------- ------------------
  Acme         Acme | acme/one-1   8K               $1                $2
  Pear Cloud   Pear | acme/one-1   16K              $3                $4
"""
TALL = """
  -------------------------------------------------------------------------
  Provider     Endpoint Name     Context   Pricing (Input)       Pricing
                                 Length                          (Output)
  ------------ ----------------- --------- --------------------- ----------
  Acme         Acme |            8K        $1                    $2
               acme/one-1

  Pear         Pear |            16K       $3                    $4
  Cloud        acme/one-1
  -------------------------------------------------------------------------
"""
WRAPPED = """
Provider      Endpoint Name      Context Length  Pricing (Input)  Pricing (Output)
Acme          Acme |             8K              $1 / 1M          $2 / 1M tokens
              acme/one-1                         tokens
Pear          Pear |             16K             $3 / 1M tokens   $4 / 1M tokens
Cloud         acme/one-1
"""
WIDE = """
        Provider      Endpoint Name      Context Length  Pricing (Input)  Pricing (Output)
          Acme        Acme | acme/one-1  8K              $1               $2
          Pear Cloud  Pear | acme/one-1  16K             $3               $4
"""
NARROW = """
 Provider     Endpoint Name   Context Length Pricing (Input) Pricing (Output)
Acme       Acme | acme/one-1  8K             $1 / 1M tokens  $2 / 1M tokens
Pear Cloud Pear | acme/one-1  16K            $3 / 1M tokens  $4 / 1M tokens
"""


@pytest.mark.parametrize("table", [FRAMED, BOXED, RULED_ONCE, PIPED, RULED, TALL, WRAPPED, WIDE, NARROW])
def test_columns_are_told_by_frames_by_rulers_and_by_gaps(table: str) -> None:
    records = read(endpoints=table)
    assert [(name, *rest) for name, _, *rest in served(records)] == [
        ("Acme", 8000, ["1", "2"]),
        ("Pear Cloud", 16_000, ["3", "4"]),
    ]
    assert {one.canonical_slug for one in records.endpoints} == {"acme/one-1"}
    assert records.endpoints[0].endpoint_name == ACME[0][1]
    assert not records.warnings


def test_lines_of_a_frame_that_may_be_one_row_or_several_are_torn_and_not_joined() -> None:
    records = read(endpoints=RULED_ONCE.replace("$3 ", "n/s").replace("$1 ", "low"))
    assert records.endpoints == []
    assert "torn_row" in {warning.code for warning in records.warnings}


def test_pairs_between_two_rulers_have_no_header() -> None:
    rulers = "  ---------------- ---------------\n"
    pairs = "  Context Length   32,768 tokens\n  Released         Jan 02, 2025\n"
    model = read(before=f"## Key Specifications\n\n{rulers}{pairs}{rulers}").models[0]
    assert (model.context_tokens, str(model.released_on)) == (32_768, "2025-01-02")


def test_the_names_of_models_need_no_header_where_all_else_has_one() -> None:
    table = """
                        Released   Params Context                         Speed Ability Cost
Acme: One             Jan 02, 2025 7B     8K      Text input Text output  ★★    ★       $
Acme: Two Unavailable Jan 03, 2024 —      1M      Image input Text output —     ★★★     $$
"""
    models = read(models=table).models
    assert [(model.name, model.is_available, model.context_tokens) for model in models] == [
        ("Acme: One", None, 8000),
        ("Acme: Two", False, 1_000_000),
    ]
    assert models[1].input_modalities == ["image"]


@pytest.mark.parametrize(
    "rows",
    [
        "Acme        Acme | acme/one-1  8K\n            Pear | acme/one-1  16K\n$1  $2",
        "Acme        Acme | acme/one-1  $1              8K               $2",
        "            Acme |\nAcme        acme/one-1         8K              $1               $2",
        "Acme        acme/one-1         8K              $1               $2\n$3",
    ],
)
def test_lines_that_fit_no_columns_are_told_of_and_make_no_endpoint(rows: str) -> None:
    header = "Provider    Endpoint Name      Context Length  Pricing (Input)  Pricing (Output)"
    records = read(endpoints=f"{header}\n{rows}")
    assert not records.endpoints
    assert [warning.code for warning in records.warnings] == ["torn_row"]
    assert "acme/one-1" in records.warnings[0].message


def test_endless_columns_are_seen_at_once() -> None:
    """P22."""
    header = "Provider  " + " ".join(["Input"] * 30)
    rows = "\n".join(f"Acme{n}     " + " ".join(["$1000"] * 30) for n in range(500))
    with patience():
        for more in ("", "Cost  " * 50_000, "Cost \n" * 5000, ("+---" * 200 + "+\n") * 300):
            with suppress(DocumentError):
                read(endpoints=f"{header}\n{rows}\n{more}")


@pytest.mark.parametrize("text", ["235B", "0.5B", "~1T", "7 billion"])
def test_the_size_of_a_model_is_no_number_of_tokens(text: str) -> None:
    with pytest.raises(ValueError, match="not a number of tokens"):
        token_count(text)


SPANNING = """
+-----------+----------+-----------+----------+
| Benchmark | Category | Reasoning | Accuracy |
+===========+==========+===========+==========+
| Coding    | Code     | No        | 90.5%    |
|           |          +-----------+----------+
|           |          | Yes       | 95.5%    |
+-----------+----------+-----------+----------+
| Ethics    | Law      | No        | 99%      |
+-----------+----------+-----------+----------+
"""
CENTRED = """
┌─────────┬────────┬─────────┬────────┐
│Benchmark│Category│Reasoning│Accuracy│
├─────────┼────────┼─────────┼────────┤
│         │        │No       │90.5%   │
│Coding   │Code    ├─────────┼────────┤
│         │        │Yes      │95.5%   │
├─────────┼────────┼─────────┼────────┤
│Ethics   │Law     │No       │99%     │
└─────────┴────────┴─────────┴────────┘
"""


@pytest.mark.parametrize("table", [SPANNING, CENTRED])
def test_a_cell_of_several_rows_is_in_each_of_them(table: str) -> None:
    found = read(scores=table).benchmark_scores
    assert [(one.benchmark, one.category, one.is_reasoning, str(one.accuracy_percent)) for one in found] == [
        ("Coding", "Code", False, "90.5"),
        ("Coding", "Code", True, "95.5"),
        ("Ethics", "Law", False, "99"),
    ]


def test_a_column_of_unknown_name_does_not_hide_the_table() -> None:
    table = (
        "Provider   Endpoint Name      Context Length  Pricing (Input)  Pricing (Output)  Uptime\n"
        "Acme       Acme | acme/one-1  8K              $1               $2                99.1%\n"
    )
    assert served(read(endpoints=table)) == ACME


WIDE_RULED = """
                    Released       Params   Context   Speed
  ----------------- -------------- -------- --------- -------
  Acme: 千问 Max    Jan 02, 2025   7B       8K        ★
  Acme: One         Jan 03, 2025   70B      16K       ★★★
"""
WIDE_FRAMED = """
+----------------+--------------+--------+---------+-------+
|                | Released     | Params | Context | Speed |
+================+==============+========+=========+=======+
| Acme: 千问 Max | Jan 02, 2025 | 7B     | 8K      | ★     |
+----------------+--------------+--------+---------+-------+
| Acme: One      | Jan 03, 2025 | 70B    | 16K     | ★★★   |
+----------------+--------------+--------+---------+-------+
"""
WIDE_ALONE = """
               Released     Params Context Speed
Acme: 千问 Max Jan 02, 2025 7B     8K      ★
Acme: One      Jan 03, 2025 70B    16K     ★★★
"""


@pytest.mark.parametrize("table", [WIDE_RULED, WIDE_FRAMED, WIDE_ALONE])
@pytest.mark.parametrize("are_wide", [True, False])
def test_letters_may_take_up_the_room_of_two(table: str, are_wide: bool) -> None:
    records = read(models=table if are_wide else table.replace("千问 Max", "千问 Max  "))
    assert {(model.name, str(model.released_on), model.parameter_count) for model in records.models} == {
        ("Acme: 千问 Max", "2025-01-02", 7 * 10**9),
        ("Acme: One", "2025-01-03", 70 * 10**9),
    }
    assert not [one for one in records.warnings if one.where.startswith("Other Models")]


def test_no_blank_stands_where_a_line_broke_between_two_letters_of_chinese() -> None:
    table = WIDE_FRAMED.replace("Acme: 千问 Max", "Acme: 千      ").replace(
        "| ★     |\n", "| ★     |\n| 问 Max         |              |        |         |       |\n"
    )
    assert {model.name for model in read(models=table).models} == {"Acme: One", "Acme: 千问 Max"}
