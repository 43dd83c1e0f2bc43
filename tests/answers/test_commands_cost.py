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

from catalog import workload

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
    assert ran.err == "no price is known on 2 of 4 days, from 2025-11-05 to 2025-11-06\n"
    later = on_sample(*COST, "--input", "1M", "--since", "2026-07-13", "--until", "2026-07-16").err
    assert later == "2 days later than the last capture, 2026-07-14 03:17, at the prices of then\n"


def test_every_row_of_a_usage_file_is_printed_and_what_is_odd_is_told_once(on_sample: Call, tmp_path: Path) -> None:
    lines = ["date,model,input_tokens,output_tokens", "2026-05-20,google/gemini-2.5-pro,1000,0"]
    lines += ["2026-05-20,nobody,1,0"] * 3 + ["2030-01-01,google/gemini-2.5-pro,1000,0"]
    lines += ["2020-01-01,google/gemini-2.5-pro,1,0", "2020-01-02,google/gemini-2.5-pro,1,0"]
    lines += [f"2026-05-20,google/gemini-2.5-pro,about {n},0" for n in range(19)]
    (tmp_path / "usage.csv").write_text("\n".join(lines))
    ran = on_sample("cost", "--usage", tmp_path / "usage.csv")
    assert [row["line"] for row in csv.DictReader(io.StringIO(ran.out))] == [f"{n}" for n in range(2, 28)]
    assert "24 rows could not be priced:\n  line 3 and 2 more: no model 'nobody'" in ran.err
    assert "\n  line 7 and 1 more: no price of google/gemini-2.5-pro is known on its day" in ran.err
    assert "\n  and 1 more reason; the rows above" in ran.err
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


QUANTITIES = {
    "input_tokens": ("--input",),
    "output_tokens": ("--output",),
    "cached_tokens": ("--input", "--cached"),
    "cache_write_tokens": ("--input", "--cache-write"),
    "cache_write_1h_tokens": ("--input", "--cache-write-hour"),
    "audio_tokens": ("--input", "--audio"),
    "reasoning_tokens": ("--output", "--reasoning"),
    "audio_output_tokens": ("--output", "--audio-output"),
    "images": ("--images",),
    "tokens_per_image": ("--images", "--tokens-per-image"),
    "image_outputs": ("--image-outputs",),
    "tokens_per_image_output": ("--image-outputs", "--tokens-per-image-output"),
    "web_searches": ("--searches",),
    "requests": ("--input", "--requests"),
}
"""The options that ask for each quantity of a workload."""
PRICES = {
    "prompt": "0.000001", "input_cache_read": "0.000002", "input_cache_write": "0.000003",
    "input_cache_write_1h": "0.000004", "audio": "0.000005", "completion": "0.000006", "internal_reasoning": "0.000007",
    "audio_output": "0.000008", "image": "0.25", "image_output": "0.5", "web_search": "0.75",
}  # fmt: skip


@pytest.fixture
def lab(new_catalogue: Callable[[], Catalogue], command: Call) -> Call:
    """Calls the program on a small catalogue: a model with a price for everything, some with less, one that is gone."""
    kept = new_catalogue()
    models = {"lab/all": Said(PRICES), "lab/free:free": Said({"prompt": "0", "completion": "0"}), "lab/mute": Said({})}
    kept.take(at(0), listing({**models, "lab/gone": Said()}))
    for hour in (24, 48):
        kept.take(at(hour), listing(models))
    return lambda *words: command("--db", kept.db, *words)


def test_every_quantity_of_a_workload_is_asked_for_below() -> None:
    assert tuple(QUANTITIES) == workload.QUANTITIES


@pytest.mark.parametrize("quantity", list(QUANTITIES))
def test_whatever_a_usage_file_can_say_has_an_option(lab: Call, tmp_path: Path, quantity: str) -> None:
    flags = QUANTITIES[quantity]
    asked = lab("cost", "lab/all", *(word for flag in flags for word in (flag, "8")))
    (row,) = csv.DictReader(io.StringIO(asked.out))
    needed = {name for name, words in QUANTITIES.items() if words[-1] in flags}
    stated = dict.fromkeys(("input_tokens", "output_tokens"), "0") | dict.fromkeys(needed, "8")
    usage = tmp_path / "usage.csv"
    usage.write_text(f"date,model,{','.join(stated)}\n2026-03-03,lab/all,{','.join(stated.values())}\n")
    (told,) = csv.DictReader(io.StringIO(lab("cost", "--usage", usage).out))
    assert (row["state"], row["cost_usd"]) == ("exact", told["cost_usd"])
    assert float(row["cost_usd"]) > 0


def test_parts_that_exceed_their_total_are_named_as_they_were_given(lab: Call) -> None:
    said = lab("cost", "--input", "2M", "--cached", "150%").err
    assert "--cached is a part of the input and exceeds it" in said
    both = lab("cost", "--output", "9", "--reasoning", "5", "--audio-output", "5").err
    assert "--reasoning and --audio-output are parts of the output and exceed it" in both


@pytest.mark.parametrize("quantity", list(QUANTITIES))
def test_a_quantity_that_cannot_be_is_named_by_its_option(lab: Call, quantity: str) -> None:
    option = QUANTITIES[quantity][-1]
    ran = lab("cost", "--input", "1", "--output", "1", option, "-5")
    assert (ran.code, ran.err) == (2, f"catalog: {option} is a number from 0 to 10^18, not -5\n")
    ran = lab("cost", "--input", "1", "--output", "1", option, "many")
    assert (ran.code, ran.err.partition(" cannot be read")[0]) == (2, f"catalog: {option}: 'many'")


def test_a_filter_leaves_out_what_is_free(lab: Call) -> None:
    rows = csv.DictReader(io.StringIO(lab("cost", "--input", "1M", "--where", "variant != free").out))
    assert {row["model"] for row in rows} == {"lab/all"}
    assert "give it alone" in lab("cost", "--usage", "usage.csv", "--where", "variant = free").err


def test_a_named_model_that_cannot_be_priced_is_told_on_a_day_beyond_a_limit_and_over_days(lab: Call) -> None:
    words = ("cost", "--input", "1M", "lab/gone", "lab/all", "lab/mute")
    ran = lab(*words)
    told = [(row["model"], row["state"], row["reason"]) for row in csv.DictReader(io.StringIO(ran.out))]
    gone, mute = "it is not listed now; `catalog history` says when it was", "no price is stated now"
    assert (ran.code, ran.err) == (0, "")
    assert told == [("lab/all", "exact", ""), ("lab/gone", "refused", gone), ("lab/mute", "refused", mute)]
    few = lab(*words, "--limit", "1").err
    assert few == f"lab/gone could not be priced: {gone}\nlab/mute could not be priced: {mute}\n"
    days = lab(*words, "--since", "2026-03-02", "--until", "2026-03-03")
    assert days.err == (
        "lab/gone could not be priced: no price is known on any of the days\n"
        "lab/mute could not be priced: no price is known on any of the days\n"
    )


def test_usage_of_which_nothing_could_be_priced_has_no_total(lab: Call, tmp_path: Path) -> None:
    usage = tmp_path / "usage.csv"
    usage.write_text("date,model,input_tokens,output_tokens\n2026-03-03,nobody,1,1\n")
    assert lab("cost", "--usage", usage).err.startswith("no total: nothing could be priced\n1 row could not be priced:")
    usage.write_text("date,model,input_tokens,output_tokens\n")
    assert lab("cost", "--usage", usage).err == "no total: the file has no rows\n"


def test_a_table_of_usage_shows_the_reasons_first_and_counts_that_can_be_read(
    lab: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    usage = tmp_path / "usage.csv"
    quantities = "input_tokens,output_tokens,cached_tokens,cache_write_tokens,requests"
    usage.write_text(
        f"date,model,{quantities}\n2026-03-03,lab/all,1200000,80000,0,0,12\n2026-03-03,lab/mute,1000,oops,0,0,1\n"
    )
    lines = lab("cost", "--usage", usage, "--format", "table").out.splitlines()
    assert lines[0].split()[:7] == ["line", "date", "model", "cost", "$", "state", "note"]
    end = lines[0].index("input") + len("input")
    assert [line[:end].split()[-1] for line in lines[2:4]] == ["1,200,000", "1,000"]
    assert "no price of lab/mute" in lines[3]
