"""CSV for people runs nothing when a spreadsheet opens it, and can be taken back."""

from __future__ import annotations

import csv
import shutil
import subprocess
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest
from catalogue import Catalogue
from hypothesis import given
from hypothesis import strategies as st
from odd_catalogues import FORMULAS, WORDS, exported

from catalog.export.spreadsheet import RUNS, SKIPPED, safe_texts, safe_to_raw

OWASP = [
    *FORMULAS, "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "  @A1", '"=1+1', "'=1+1", "\u00a0=1+1", "\ufeff=1+1", "−1",
    "“=1", "=", "-", "+", "@", "\t", "- a list", "--", "'",
]  # fmt: skip
HARMLESS = ["GPT-4o", "a=b", "1-1", "e-mail@host", "", "0", "3.5", "🦜", "(=1)", ".-", "'tis"[1:], "a\n=b"]


def to_safe(*texts: str) -> list[str]:
    safe: list[str] = safe_texts(pa.array(texts, pa.string())).to_pylist()
    return safe


@pytest.mark.parametrize("text", OWASP)
def test_a_cell_that_would_run_gets_an_apostrophe(text: str) -> None:
    """E02: = + - @, tab and line breaks, their full-width twins, also after a space or a quote."""
    assert to_safe(text) == [f"'{text}"]


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_cell_stays_as_it_is(text: str) -> None:
    """E02."""
    assert to_safe(text) == [text]


odd_texts = st.text(st.one_of(st.sampled_from("=+-@＝＋－＠ \t\r\n'\"ab−\ufeff"), st.characters(codec="utf-8")))


@given(odd_texts)
def test_the_way_back_gives_the_text_again(text: str) -> None:
    """E02: reversible for every text."""
    assert list(map(safe_to_raw, to_safe(text))) == [text]


@given(odd_texts)
def test_a_safe_cell_never_begins_with_what_runs(text: str) -> None:
    """E02: whatever a program skips."""
    from ast import literal_eval

    skipped, runs = (literal_eval(f"'''{part}'''") for part in (SKIPPED.replace("'", "\\'"), RUNS.replace("\\-", "-")))
    [safe] = to_safe(text)
    assert safe.startswith("'") or not safe.lstrip(skipped).startswith(tuple(runs))


@given(st.lists(odd_texts, max_size=20))
def test_a_column_is_made_safe_like_its_cells(texts: list[str]) -> None:
    """E02."""
    assert to_safe(*texts) == [safe for text in texts for safe in to_safe(text)]


def names_in(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def test_an_export_for_people_is_safe_and_reversible(odd: Catalogue, tmp_path: Path) -> None:
    """E02: the default."""
    exported(odd, tmp_path / "safe", tables=["model_history"])
    exported(odd, tmp_path / "raw", tables=["model_history"], raw=True)
    safe = names_in(tmp_path / "safe" / "model_history.csv")
    raw = names_in(tmp_path / "raw" / "model_history.csv")
    assert [safe_to_raw(name) for name in safe] == raw
    assert set(raw) >= set(FORMULAS)
    assert not [name for name in safe if name[:1] in "=+-@＝＋－＠"]


def test_a_negative_number_keeps_its_sign_alone(tmp_path: Path) -> None:
    """E03: by the column's type, never by its look: -1 is a number in one column and a word in another."""
    from catalog.export.arrow import stored_batch
    from catalog.export.csv_writer import CsvWriter
    from catalog.export.tables import TABLES

    table = TABLES["endpoint_statistics"]
    stated = {"model": "-1", "variant": "standard", "status": -1, "latency_ms_p50": -2.5, "source": "s", "scope": "a",
              "valid_from": 0}  # fmt: skip
    writer = CsvWriter(tmp_path / "a.csv", table, raw=False)
    writer.write(stored_batch(table.columns, [[stated.get(column.name) for column in table.columns]]))
    writer.close()
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["model"], row["status"], row["latency_ms_p50"]) == ("'-1", "-1", "-2.5")


@pytest.mark.slow
def test_a_real_spreadsheet_finds_no_formula(odd: Catalogue, tmp_path: Path) -> None:
    """E02 and E04: LibreOffice opens the file, evaluates nothing and has every word."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    exported(odd, tmp_path, tables=["model_history"])
    home = (tmp_path / "profile").as_uri()
    # 44: comma, 34: quote, 76: UTF-8; then: from the first row, no column formats, English, quoted cells as text: no,
    # detect numbers: yes, and formulas evaluated where there are any
    reading = "--infilter=CSV:44,34,76,1,,1033,false,true,false,false,false,-1,true"
    subprocess.run(
        [office, f"-env:UserInstallation={home}", "--headless", reading, "--convert-to", "fods", "--outdir",
         str(tmp_path / "out"), str(tmp_path / "model_history.csv")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    sheet = next((tmp_path / "out").glob("*.fods")).read_text(encoding="utf-8")
    assert "table:formula" not in sheet
    assert "🦜 parrot" in sheet
    assert not zipfile.is_zipfile(tmp_path / "out" / "model_history.fods")


def test_the_words_of_these_tests_are_dangerous_enough() -> None:
    """E02: the sample has each sign once at least."""
    assert {word[0] for word in WORDS} >= set("=+-@＝＋－＠'")
