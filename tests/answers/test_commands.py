"""The commands as scripts and people call them: what is printed where, and the exit code, on good and on bad input."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer

from catalog.cli import app, main

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
LISTING = SAMPLE / "openrouter_models"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0"


class Ran(NamedTuple):
    """What a call printed and how it ended."""

    code: int
    out: str
    err: str


Catalog = Callable[..., Ran]


@pytest.fixture
def catalog(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Catalog:
    """The command, called in this process with output that is no terminal."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        monkeypatch.setattr(sys, "argv", ["catalog", *map(str, words)])
        code = 0
        with redirect_stdout(out), redirect_stderr(err):
            try:
                main()
            except SystemExit as end:
                code = int(end.code or 0)
        return Ran(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def on_sample(catalog: Catalog, sample_home: Path) -> Catalog:
    """The command on a catalogue of the bundled sample."""
    return lambda *words: catalog("--db", sample_home / "catalog.db", "--data-dir", sample_home, *words)


def commands() -> Iterator[tuple[str, ...]]:
    """Every command and subcommand by its words."""
    with redirect_stdout(io.StringIO()):
        from catalog.cli import ask, compare, demo, job, keep, parse, write  # noqa: F401 - they register themselves
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        yield from ((name, other) for other in inner) if inner else [(name,)]


@pytest.mark.parametrize("words", sorted(commands()), ids=" ".join)
def test_every_command_has_help_with_an_example(catalog: Catalog, words: tuple[str, ...]) -> None:
    ran = catalog(*words, "--help")
    assert ran.code == 0
    assert re.search(rf"Example: `?catalog {' '.join(words)}", " ".join(ran.out.split())), ran.out


ROWS = [
    ("models",),
    ("prices", "google/gemini-2.5-pro"),
    ("history", "google/gemini-2.5-flash", "--field", "prompt"),
    ("changes",),
    ("changes", "--raw"),
    ("endpoints",),
    ("benchmarks",),
    ("benchmarks", "--rows"),
    ("ratings",),
    ("explain", "google/gemini-2.5-pro", "prompt"),
    ("conflicts",),
    ("compare", "google/gemini-2.5-pro", "google/gemini-2.5-flash"),
    ("compare", "google/gemini-2.5-flash", "--as-of", "2026-01-01", "--as-of", "2026-06-30"),
    ("rank", "--by", "price"),
    ("pareto", "--y", "ability"),
    ("alternatives", "openai/gpt-4o"),
    ("cost", "--input", "2M", "--output", "400K"),
    ("sql", "SELECT model_id, usd FROM price_now ORDER BY model_id, component"),
    ("config", "show"),
    ("sources",),
    ("status",),
    ("show", "google/gemini-2.5-pro"),
]


@pytest.mark.parametrize("words", ROWS, ids=" ".join)
def test_rows_come_in_four_forms_and_as_csv_where_nobody_looks(on_sample: Catalog, words: tuple[str, ...]) -> None:
    piped = on_sample(*words)
    as_csv, as_json, table, markdown = (on_sample(*words, "--format", f) for f in ("csv", "json", "table", "markdown"))
    assert [ran.code for ran in (piped, as_csv, as_json, table, markdown)] == [0] * 5
    assert piped.out == as_csv.out
    rows = list(csv.reader(io.StringIO(as_csv.out)))
    assert len({len(row) for row in rows}) == 1, "every line has as many cells as the heading"
    found = json.loads(as_json.out)
    if isinstance(found, list):
        assert [list(one) for one in found] == [rows[0]] * (len(rows) - 1)
    assert re.search(r"^\|[-:|]+\|$", markdown.out, re.MULTILINE)
    assert "\x1b" not in piped.out + as_json.out + table.out + markdown.out
    assert max(map(len, table.out.splitlines())) <= 160


def test_a_process_whose_output_is_piped_prints_plain_csv(sample_home: Path) -> None:
    words = ["--db", sample_home / "catalog.db", "models", "--columns", "model_id,prompt_usd"]
    ran = subprocess.run([sys.executable, "-m", "catalog", *words], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[0] == "model,model_id,prompt_usd"
    assert "\x1b" not in ran.stdout


def test_an_unknown_model_is_answered_with_the_nearest_ones(on_sample: Catalog) -> None:
    for words in (("show",), ("prices",), ("history",), ("endpoints",), ("alternatives",)):
        ran = on_sample(*words, "google/gemini-2.5-pr")
        assert (ran.code, ran.out) == (2, "")
        assert "google/gemini-2.5-pro" in ran.err


def test_q02_an_unknown_column_is_answered_with_those_that_there_are(on_sample: Catalog) -> None:
    for words in (("--where", "contxt_tokens > 5"), ("--columns", "contxt_tokens"), ("--sort", "contxt_tokens")):
        ran = on_sample("models", *words)
        assert (ran.code, ran.out) == (2, "")
        assert "contxt_tokens" in ran.err
        assert "context_tokens" in ran.err


def test_q05_what_is_unknown_sorts_last_and_is_never_zero(on_sample: Catalog) -> None:
    for order in ("prompt_usd", "-prompt_usd"):
        rows = list(csv.DictReader(io.StringIO(on_sample("models", "--sort", order).out)))
        known = [row["prompt_usd"] for row in rows if row["prompt_usd"]]
        assert rows[-1]["prompt_usd"] == ""
        assert [row["prompt_usd"] for row in rows[: len(known)]] == known
    ran = on_sample("models", "--where", "prompt_usd = 0")
    assert all(row["prompt_usd"] == "0" for row in csv.DictReader(io.StringIO(ran.out)))


def test_a_filter_that_is_repeated_holds_with_the_others(on_sample: Catalog) -> None:
    first, second = "author = google or author = openai", "context_tokens > 1M"
    for command in (("models",), ("rank", "--by", "price"), ("pareto",), ("alternatives", "google/gemini-2.5-pro")):
        both = on_sample(*command, "--where", first, "-w", second)
        assert both.out == on_sample(*command, "--where", f"({first}) and {second}").out
        assert both.code == 0
    assert on_sample("models", "--where", first, "--where", second).out != on_sample("models", "--where", second).out
    assert on_sample("models", "--where", "author = google) or (author = x", "--where", second).code == 2


def test_an_order_by_two_measures_is_refused_and_not_by_the_last(on_sample: Catalog) -> None:
    ran = on_sample("rank", "--by", "price", "--by", "ability")
    assert (ran.code, ran.out) == (2, "")
    assert "one measure, not 2" in ran.err
    assert "price, ability" in ran.err


@pytest.mark.parametrize(
    "command, option, several",
    [
        ("changes", "--kind", ("price", "new")),
        ("changes", "--author", ("google", "openai")),
        ("changes", "--model", ("google/gemini-2.5-pro", "openai/gpt-4o")),
        ("models", "--columns", ("author", "name")),
        ("models", "--sort", ("author", "-name")),
    ],
)
def test_an_option_that_takes_several_words_adds_up_when_it_is_repeated(
    on_sample: Catalog, command: str, option: str, several: tuple[str, str]
) -> None:
    first, second = several
    repeated = on_sample(command, option, first, option, second)
    alone = [on_sample(command, option, word).out for word in several]
    assert repeated.code == 0
    assert repeated.out not in alone
    if option != "--model":
        assert repeated.out == on_sample(command, option, f"{first},{second}").out


def test_changes_that_were_not_asked_for_are_not_called_noise(on_sample: Catalog) -> None:
    from catalog.changes import NOISE

    ran = on_sample("changes", "--kind", "price")
    kinds = {row["kind"] for row in csv.DictReader(io.StringIO(ran.out))}
    assert kinds == {"price"}
    told = re.findall(r"\d+ (\w+)", ran.err.partition("market:")[2])
    assert set(told) <= set(NOISE)


def test_whatever_a_query_returns_is_printed_in_every_form_and_every_column_of_it(on_sample: Catalog) -> None:
    query = "SELECT 1 AS a, 2 AS a, x'00ff' AS bytes, 1e999 AS endless, NULL AS unknown"
    assert on_sample("sql", query).out == "a,a_2,bytes,endless,unknown\n1,2,00ff,inf,\n"
    (found,) = json.loads(on_sample("sql", query, "--format", "json").out, parse_constant=lambda word: word)
    assert found == {"a": 1, "a_2": 2, "bytes": "00ff", "endless": "inf", "unknown": None}
    assert on_sample("sql", query, "--format", "table").out.split()[:6] == [
        "a",
        "a",
        "2",
        "bytes",
        "endless",
        "unknown",
    ]


def test_a_table_has_every_column_that_was_asked_for_though_it_says_nothing(on_sample: Catalog) -> None:
    words = ("models", "--where", "author = openai", "--columns", "author,parameter_count,prompt_usd")
    lines = on_sample(*words, "--format", "table").out.splitlines()
    assert lines[0].split() == ["model", "author", "params", "prompt", "$/M"]
    assert all(line.split()[1:3] == ["openai", "—"] for line in lines[2:])


def test_a_model_is_not_set_beside_itself(on_sample: Catalog) -> None:
    for words in (["--as-of", "2026-05-01", "--as-of", "2026-05-01"], ["google/gemini-2.5-pro"]):
        ran = on_sample("compare", "google/gemini-2.5-pro", *words)
        assert (ran.code, ran.out) == (2, "")
        assert "nothing can be set beside itself" in ran.err


@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_comparison_shows_every_model_whole_words_and_numbers_at_any_width(
    on_sample: Catalog, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    models = ("google/gemini-2.5-pro", "google/gemini-2.5-flash", "deepseek/deepseek-v4-flash")
    lines = on_sample("compare", *models, "--format", "table").out.splitlines()
    assert max(map(len, lines)) <= width
    (context,) = (line for line in lines if "1,048,576 ✓" in line or line.count("1,048,576") == 3)
    assert context.count("1,048,5") == 3
    assert all(len(line.split()[-1]) > 3 for line in lines if "author" in line)


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
    on_sample: Catalog, words: tuple[str, ...], said: str
) -> None:
    ran = on_sample(*COST, *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_series_has_days_and_says_which_have_no_price(on_sample: Catalog) -> None:
    ran = on_sample(*COST, "--input", "1M", "--requests", "10", "--since", "2025-11-05", "--until", "2025-11-08")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [(row["day"], row["cost_usd"]) for row in rows] == [("2025-11-07", "1.25"), ("2025-11-08", "1.25")]
    assert "no price is known on 2 of 4 days, from 2025-11-05 to 2025-11-06" in ran.err


def test_every_row_of_a_usage_file_is_printed_and_what_is_odd_is_told_once(on_sample: Catalog, tmp_path: Path) -> None:
    lines = ["date,model,input_tokens,output_tokens", "2026-05-20,google/gemini-2.5-pro,1000,0"]
    lines += ["2026-05-20,nobody,1,0"] * 3 + ["2030-01-01,google/gemini-2.5-pro,1000,0"]
    (tmp_path / "usage.csv").write_text("\n".join(lines))
    ran = on_sample("cost", "--usage", tmp_path / "usage.csv")
    assert [row["line"] for row in csv.DictReader(io.StringIO(ran.out))] == ["2", "3", "4", "5", "6"]
    assert "3 rows could not be priced:\n  line 3 and 2 more: no model 'nobody'" in ran.err
    assert "1 row later than the last capture, 2026-07-14 03:17" in ran.err


def test_a_database_in_a_folder_that_cannot_be_written_is_read_all_the_same(
    catalog: Catalog, sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "image"
    folder.mkdir()
    shutil.copy(sample_home / "catalog.db", folder)
    folder.chmod(0o555)
    if os.access(folder, os.W_OK):  # whoever may write everywhere is told otherwise
        monkeypatch.setattr("catalog.database.os.access", lambda *_: False)
    ran = catalog("--db", folder / "catalog.db", "models", "--limit", "1")
    assert (ran.code, ran.out.count("\n")) == (0, 2)
    assert [one.name for one in folder.iterdir()] == ["catalog.db"]
    folder.chmod(0o755)


def test_output_that_cannot_be_written_is_one_line_and_no_traceback(sample_home: Path) -> None:
    words = [sys.executable, "-m", "catalog", "--db", sample_home / "catalog.db", "models"]
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True)
    assert ran.returncode == 6
    assert ran.stderr == "catalog: the output: cannot be written: No space left on device\n"


def test_a_table_says_in_words_what_is_odd_to_read(on_sample: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")

    def table(*words: str) -> str:
        return on_sample(*words, "--format", "table").out

    assert table("rank", "--by", "ability", "--limit", "2").startswith("of 5\n")
    assert "per M tokens" in table("history", "google/gemma-3-27b-it", "--field", "prompt")
    assert "no number to draw" not in table("history", "google/gemma-3-27b-it", "--field", "name")
    assert table("prices", "openai/gpt-4o", "--as-of", "2020-01-01").endswith("(no rows)\n")
    assert "prompt > 200,000 tokens: audio 2.5, completion 15" in " ".join(
        table("changes", "--model", "google/gemini-2.5-pro", "--kind", "price").split()
    )
    assert "1.0 times" not in on_sample("endpoints", "--format", "table").err
    assert (
        "nothing was stated of it by then"
        in on_sample("explain", "openai/gpt-4o", "prompt", "--as-of", "2020-01-01").err
    )


def test_columns_that_a_source_names_keep_their_names(on_sample: Catalog) -> None:
    heads = on_sample("benchmarks").out.splitlines()[0].split(",")[1:]
    assert any("_" in head for head in heads)
    in_table = on_sample("benchmarks", "--format", "markdown").out.splitlines()[0]
    assert [head.strip() for head in in_table.strip("|").split("|")][1:] == heads


class Home:
    """A catalogue in a folder with two captures in it, and what must not change."""

    def __init__(self, catalog: Catalog, folder: Path) -> None:
        self.folder = folder
        self.db = folder / "catalog.db"
        self._catalog = catalog
        assert self("import", *sorted(LISTING.iterdir())[:2]).code == 0

    def __call__(self, *words: object) -> Ran:
        return self._catalog("--db", self.db, "--data-dir", self.folder, *words)

    @property
    def digest(self) -> str:
        found: str = json.loads(self("verify", "--format", "json").out)["digest"]
        return found


@pytest.fixture
def home(catalog: Catalog, tmp_path: Path) -> Home:
    return Home(catalog, tmp_path / "home")


HALF = sorted(LISTING.iterdir())[0].read_bytes()[:20_000]


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("empty.json", b"", "not one byte"),
        ("empty.html", b"", "not one byte"),
        ("picture.png", PNG, "PNG"),
        ("picture.json", PNG, "PNG"),
        ("half.json", HALF, "stops in the middle"),
        ("nothing.json", b"{}", "nothing.json"),
        ("error.json", b'{"error": {"message": "rate limited"}}', "error.json"),
        ("noise.txt", b"just some words\n", "noise.txt"),
    ],
)
def test_a_file_that_is_no_answer_is_refused_and_nothing_is_stored(
    home: Home, tmp_path: Path, name: str, body: bytes, told: str
) -> None:
    before = home.digest
    (tmp_path / name).write_bytes(body)
    ran = home("import", "--observed-at", "2026-01-01", tmp_path / name)
    assert ran.code == 5
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert home.digest == before


def test_one_bad_file_in_a_folder_does_not_keep_the_good_ones_out(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for file in sorted(LISTING.iterdir())[2:4]:
        shutil.copy(file, folder)
    (folder / "2026-03-10T000000Z.json").write_bytes(HALF)
    ran = home("import", folder)
    assert ran.code == 3
    assert "2026-03-10T000000Z.json" in ran.err
    assert ran.out.startswith("2 captures stored")
    again = home("import", folder)
    assert again.out.startswith("0 captures stored, 0 changes; ")


def test_a_file_that_is_not_there_is_wrong_usage(home: Home) -> None:
    ran = home("import", "nowhere.json")
    assert ran.code == 2
    assert "nowhere.json" in ran.err


def test_a_data_folder_that_cannot_be_written_fails_the_store(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for folder in (tmp_path / "file" / "data", Path("/proc/nobody/data")):
        ran = catalog("--data-dir", folder, "import", sorted(LISTING.iterdir())[0])
        assert ran.code == 6, ran
        assert str(folder) in ran.err
        assert "Traceback" not in ran.err


def test_s14_a_file_that_is_no_database_fails_the_store(catalog: Catalog, tmp_path: Path) -> None:
    other = tmp_path / "picture.db"
    other.write_bytes(PNG * 200)
    for words in (("models",), ("status",), ("sql", "SELECT 1"), ("import", sorted(LISTING.iterdir())[0])):
        ran = catalog("--db", other, *words)
        assert (ran.code, ran.out) == (6, "")
        assert "picture.db" in ran.err
    assert other.read_bytes() == PNG * 200


def test_s11_a_newer_schema_is_neither_read_nor_written(home: Home) -> None:
    with sqlite3.connect(home.db) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for words in (("models",), ("verify",), ("sql", "SELECT 1"), ("import", sorted(LISTING.iterdir())[3])):
        ran = home(*words)
        assert (ran.code, ran.out) == (7, "")
        assert "9999" in ran.err


def test_no_database_says_how_to_make_one(catalog: Catalog, tmp_path: Path) -> None:
    ran = catalog("--db", tmp_path / "none.db", "models")
    assert ran.code == 2
    assert "catalog import" in ran.err
    assert not (tmp_path / "none.db").exists()


def test_a_time_that_is_none_is_wrong_usage(on_sample: Catalog) -> None:
    for words in (("models", "--as-of", "yesterday"), ("changes", "--since", "2026-13-01")):
        ran = on_sample(*words)
        assert ran.code == 2
        assert words[2] in ran.err


def test_conflicts_list_headline_prices_that_two_sources_state_otherwise(on_sample: Catalog) -> None:
    rows = list(csv.DictReader(io.StringIO(on_sample("conflicts", "--format", "csv").out)))
    prompt = [row for row in rows if (row["model"], row["field"]) == ("deepseek/deepseek-v4-flash", "price.prompt")]
    assert [(row["source"], row["value"], row["answers"]) for row in prompt] == [
        ("openrouter_models", "0.09", "true"),
        ("benchable_page", "0.0983", "false"),
    ]
