"""`catalog cost` as people call it: what is refused, a series of days, a file of usage."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from called_program import Call
from catalogue import Catalogue
from listings import Said, at, listing

COST = ("cost", "google/gemini-2.5-pro")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say what is to be priced"),
        (("--requests", "5", "--at", "10:00"), "say what is to be priced"),
        (("--input", "1M", "--until", "2026-05-01"), "needs both --since"),
        (("--input", "1M", "--since", "2026-05-01"), "needs both --since"),
        (("--input", "1", "--since", "2026-05-01", "--until", "2026-05-02", "--as-of", "2026-05-01"), "one of the two"),
        (("--usage", "usage.csv"), "give it alone"),
    ],
)
def test_a_cost_of_nothing_and_options_that_would_go_unheard_are_refused(
    on_sample: Call, words: tuple[str, ...], said: str
) -> None:
    ran = on_sample(*COST, *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_series_has_days_and_says_which_have_no_price(on_sample: Call) -> None:
    ran = on_sample(*COST, "--input", "1M", "--requests", "10", "--since", "2025-11-05", "--until", "2025-11-08")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [(row["day"], row["cost_usd"]) for row in rows] == [("2025-11-07", "1.25"), ("2025-11-08", "1.25")]
    assert "no price is known on 2 of 4 days, from 2025-11-05 to 2025-11-06" in ran.err


def test_every_row_of_a_usage_file_is_printed_and_what_is_odd_is_told_once(on_sample: Call, tmp_path: Path) -> None:
    lines = ["date,model,input_tokens,output_tokens", "2026-05-20,google/gemini-2.5-pro,1000,0"]
    lines += ["2026-05-20,nobody,1,0"] * 3 + ["2030-01-01,google/gemini-2.5-pro,1000,0"]
    lines += ["2020-01-01,google/gemini-2.5-pro,1,0", "2020-01-02,google/gemini-2.5-pro,1,0"]
    (tmp_path / "usage.csv").write_text("\n".join(lines))
    ran = on_sample("cost", "--usage", tmp_path / "usage.csv")
    assert [row["line"] for row in csv.DictReader(io.StringIO(ran.out))] == [f"{n}" for n in range(2, 9)]
    assert "5 rows could not be priced:\n  line 3 and 2 more: no model 'nobody'" in ran.err
    assert "\n  line 7 and 1 more: no price of google/gemini-2.5-pro is known on its day" in ran.err
    assert "1 row later than the last capture, 2026-07-14 03:17" in ran.err


def test_what_is_later_than_the_last_capture_is_so_as_far_as_was_known(
    new_catalogue: Callable[[], Catalogue], command: Call, tmp_path: Path
) -> None:
    one = new_catalogue()
    for days in range(2):
        one.take(at(24 * days), listing({"lab/one": Said()}), known_at=at(24 * days))
    (tmp_path / "usage.csv").write_text("date,model,input_tokens,output_tokens\n2026-03-01T12:00:00Z,lab/one,1,1\n")
    words = ("--db", one.db, "cost", "--usage", "usage.csv")
    assert "later than the last capture" not in command(*words).err
    then = command(*words, "--known-at", "2026-03-01T20:00:00Z")
    assert "1 row later than the last capture, 2026-03-01 00:00, at the prices of then" in then.err
