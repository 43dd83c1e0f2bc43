"""Where the output is not UTF-8 people see what can be shown, scripts lose nothing, and nothing ends in a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from called_program import exit_code

GEMMA = "google/gemma-3-27b-it"
POSIX = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
SIGNS = ["e", "é", "—", "“", "日", "🤖"]
ENCODINGS = ["ascii", "latin-1", "cp1252"]


def started(home: Path, *words: str) -> bytes:
    """What a process of its own prints on the sample; it must end well and complain of nothing."""
    command = [sys.executable, "-m", "catalog", "--db", str(home / "catalog.db"), *words]
    found = subprocess.run(command, capture_output=True, env={**os.environ, **POSIX})
    assert (found.returncode, found.stderr) == (0, b"")
    return found.stdout


def ran(home: Path, encoding: str, *words: str) -> bytes:
    """What the program prints on the sample to outputs of this encoding; it must end well and complain of nothing."""
    kept, said = io.BytesIO(), io.BytesIO()
    out = io.TextIOWrapper(kept, encoding)
    err = io.TextIOWrapper(said, encoding, "backslashreplace")
    code = exit_code(["--db", str(home / "catalog.db"), *words], out, err)
    out.flush()
    err.flush()
    assert (code, said.getvalue()) == (0, b"")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        *((f"history {GEMMA} --field prompt", encoding) for encoding in ENCODINGS),
        (f"prices {GEMMA}", "latin-1"),
        (f"show {GEMMA}", "ascii"),
        (f"compare {GEMMA} openai/gpt-4o", "cp1252"),
    ],
)
def test_a_table_shows_what_the_encoding_has_and_replaces_the_rest(
    sample_home: Path, words: str, encoding: str
) -> None:
    shown = ran(sample_home, encoding, *words.split(), "--format", "table").decode(encoding)
    assert GEMMA in shown
    assert shown.count("?") == 0


def test_titles_and_tables_stay_in_their_order(sample_home: Path) -> None:
    shown, whole = (
        ran(sample_home, one, "show", GEMMA, "--format", "markdown").decode(one) for one in ("ascii", "utf-8")
    )
    titles = [line for line in whole.splitlines() if line.startswith("## ")]
    assert [line for line in shown.splitlines() if line.startswith("## ")] == titles
    assert len(shown.splitlines()) == len(whole.splitlines())


@pytest.mark.parametrize("encoding", [*ENCODINGS, "POSIX"])
def test_csv_is_utf8_and_json_is_whole_wherever_they_go(sample_home: Path, encoding: str) -> None:
    words = ("sql", f"SELECT {', '.join(f'char({ord(sign)})' for sign in SIGNS)}", "--format")
    as_csv, as_json = (
        started(sample_home, *words, form) if encoding == "POSIX" else ran(sample_home, encoding, *words, form)
        for form in ("csv", "json")
    )
    assert list(csv.reader(io.StringIO(as_csv.decode("utf-8"))))[1] == SIGNS
    (told,) = json.loads(as_json)
    assert list(told.values()) == SIGNS


@pytest.mark.parametrize("words", ["--help", "models --help", "cost --help", "config show --format table"])
def test_help_is_shown_in_ascii_too(sample_home: Path, words: str) -> None:
    assert ran(sample_home, "ascii", *words.split()).isascii()


def test_help_is_shown_where_no_locale_is_set(sample_home: Path) -> None:
    assert started(sample_home, "models", "--help").isascii()
