"""What a run says of what it read, and the captures that it left: grouped, counted, and with where the rest is."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from called_program import Call
from listings import Said, listing

from catalog.cli.write import SHOWN, drift_lines
from catalog.runs.ingest import Outcome
from scrapers.records import Warning


def test_warnings_are_told_by_kind_a_few_of_each_with_how_many_more_there_are() -> None:
    many = [Warning(code="rejected_record", message=f"a/{number} is broken") for number in range(SHOWN + 20)]
    once = Warning(code="drift_word", message="a new word")
    outcomes = [Outcome("held", name, "one_list", warnings=[*many, once]) for name in ("first", "second")]
    lines = list(drift_lines(outcomes))
    assert lines[0] == "one_list: rejected_record: a/0 is broken (2 captures)"
    assert lines[SHOWN:] == [
        "one_list: rejected_record: … and 20 more",
        "one_list: drift_word: a new word (2 captures)",
        '`catalog sql "SELECT * FROM drift"` has all of these warnings',
    ]
    assert list(drift_lines(outcomes, dry_run=True))[-1] == "--json has all of these warnings"
    assert list(drift_lines([Outcome("accepted", "third", "one_list", warnings=[once])])) == [
        "one_list: drift_word: a new word"
    ]


def test_a_new_key_is_told_once_a_run_however_many_records_had_it_and_whatever_it_held() -> None:
    new, other = (f"`{key}` is new (text); it is kept under this name" for key in "ab")
    told = [
        [new],
        [f"{new}; 3 records, here the first"],
        [f"{new}; 4 records, here the first", "`a` is new (a list); it is kept under this name"],
        [
            other,
            *(f"`a` is new ({kind}); it is kept under this name" for kind in ("null", "an object", "true or false")),
        ],
    ]
    warnings = [[Warning(code="drift_unknown_key", message=one) for one in messages] for messages in told]
    outcomes = [Outcome("accepted", str(day), "one_list", warnings=found) for day, found in enumerate(warnings)]
    assert list(drift_lines(outcomes)) == [
        f"one_list: drift_unknown_key: {new} (4 captures)",
        f"one_list: drift_unknown_key: {other}",
    ]
    assert list(drift_lines(outcomes[1:2])) == [f"one_list: drift_unknown_key: {told[1][0]}"]


def test_what_a_run_does_not_show_is_where_it_says(command: Call, tmp_path: Path) -> None:
    file = tmp_path / "2026-03-01.json"
    file.write_bytes(listing({"lab/good": Said(), "lab/bad": Said(broken="price"), "lab/worse": Said(broken="id")}))
    words = ("--db", tmp_path / "catalog.db", "--data-dir", tmp_path)
    (document,) = json.loads(command(*words, "import", "--json", file).out)["documents"]
    found = csv.DictReader(io.StringIO(command(*words, "sql", "SELECT * FROM drift").out))
    told = [(one["code"], one["message"]) for one in document["warnings"]]
    assert sorted(told) == sorted((row["code"], row["message"]) for row in found)
    assert len(told) > 2


def test_the_last_captures_are_listed_by_their_dates(on_sample: Call) -> None:
    rows = list(csv.DictReader(io.StringIO(on_sample("review", "--last", "3").out)))
    times = [datetime.fromisoformat(row["observed_at"]) for row in rows]
    assert times == sorted(times, reverse=True)
    assert times[0] == datetime(2026, 7, 14, 3, 17, 37, tzinfo=UTC)
    assert {row["verdict"] for row in rows} == {"accepted"}
    assert all(row["capture"] and row["run"] for row in rows)


@pytest.mark.parametrize("more", [("--accept", "why"), ("--run", "1"), ("3",)])
def test_a_list_of_the_last_captures_decides_nothing(on_sample: Call, more: tuple[str, ...]) -> None:
    ran = on_sample("review", "--last", "3", *more)
    assert (ran.code, ran.out) == (2, "")
    assert "--last lists captures" in ran.err


def test_a_comparison_leaves_long_texts_out_of_a_table_and_of_nothing_else(on_sample: Call) -> None:
    words = ("compare", "google/gemini-2.5-pro", "openai/gpt-4o", "--format")
    brief, whole = on_sample(*words, "table").out, on_sample(*words, "table", "--all").out
    assert "supported_parameters" not in brief
    assert "supported_parameters" in whole
    assert "context_tokens" in brief  # though it differs no more than others
    for form in ("csv", "json"):
        assert on_sample(*words, form).out == on_sample(*words, form, "--all").out
        assert "supported_parameters" in on_sample(*words, form).out


def test_a_run_says_that_the_archive_is_not_that_of_the_database_and_goes_on(
    command: Call, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder, other = tmp_path / "kept", tmp_path / "mistyped"
    for day in (1, 2, 3):
        (tmp_path / f"2026-03-0{day}.json").write_bytes(listing({"lab/good": Said(context=day)}))

    def brought(day: int, data_dir: Path) -> list[str]:
        words = ("--db", folder / "catalog.db", "--data-dir", data_dir)
        caplog.clear()
        assert command(*words, "import", tmp_path / f"2026-03-0{day}.json").code == 0
        return [record.getMessage() for record in caplog.records if "right data folder" in record.getMessage()]

    assert brought(1, folder) == []
    assert brought(2, folder) == []
    (told,) = brought(3, other)
    assert told.startswith(f"{other / 'raw'} has none of the last 2 captures that {folder / 'catalog.db'} knows")
    assert (other / "raw" / "openrouter_models").is_dir()
    assert brought(3, other) == []  # it has the last one by now


def test_a_run_says_that_its_database_is_new_beside_an_archive_that_is_not(
    command: Call, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for day in (1, 2):
        (tmp_path / f"2026-03-0{day}.json").write_bytes(listing({"lab/good": Said(context=day)}))

    def brought(day: int, db: str) -> list[str]:
        caplog.clear()
        words = ("--db", tmp_path / db, "--data-dir", tmp_path / "data")
        assert command(*words, "import", tmp_path / f"2026-03-0{day}.json").code == 0
        return [record.getMessage() for record in caplog.records if "right database" in record.getMessage()]

    assert brought(1, "catalog.db") == []
    (told,) = brought(2, "catalogue.db")
    assert told.startswith(f"{tmp_path / 'data' / 'raw'} has captures, and {tmp_path / 'catalogue.db'} knows none")
    assert brought(2, "catalogue.db") == []


def test_a_dry_import_says_what_the_real_one_will_do_and_leaves_nothing(command: Call, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    for day, context in ((1, 8_000), (2, 9_000), (3, 9_000)):
        (folder / f"2026-03-0{day}.json").write_bytes(listing({"lab/one": Said(context=context)}))
    words = ("--data-dir", tmp_path / "data", "import", folder)
    rehearsed = command(*words, "--dry-run")
    assert not (tmp_path / "data").exists()
    first = command("--data-dir", tmp_path / "data", "import", folder / "2026-03-01.json")
    later = command(*words, "--dry-run")
    told = command(*words)
    total = [int(ran.out.partition("stored, ")[2].split()[0]) for ran in (rehearsed, first, told)]
    assert total[0] == total[1] + total[2]
    assert later.out == told.out.replace("captures stored", "captures would be stored")


def test_a_dry_import_heeds_what_a_person_decided_as_the_real_one_does(command: Call, tmp_path: Path) -> None:
    folder, data = tmp_path / "saved", tmp_path / "data"
    folder.mkdir()
    for day, models in ((1, 40), (2, 20)):
        said = {f"lab/{number}": Said() for number in range(models)}
        (folder / f"2026-03-0{day}.json").write_bytes(listing(said))
    words = ("--data-dir", data, "import", folder)
    assert command(*words).code == 4
    held = json.loads(command("--data-dir", data, "review", "--format", "json").out)[0]["capture"]
    assert command("--data-dir", data, "review", str(held), "--accept", "they moved").code == 0
    (data / "catalog.db").unlink()
    rehearsed = command(*words, "--dry-run")
    told = command(*words)
    assert (rehearsed.code, told.code) == (0, 0)
    assert rehearsed.out == told.out.replace("captures stored", "captures would be stored")
