"""What the commands cannot use: files that are no answer, folders, databases; one message and an exit code."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from called_program import Call, Ran, called
from forked_calls import Program, environment

Ends = Callable[..., tuple[int, str]]
LISTING = Path(__file__).resolve().parents[2] / "data" / "sample" / "openrouter_models"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0"


@pytest.fixture
def ends(program: Program, tmp_path: Path) -> Ends:
    """How the program ends, as a process whose answer goes there, and what it complains of."""

    def call(answer: int, *words: object) -> tuple[int, str]:
        with (tmp_path / "errors").open("w+b") as errors:
            ended = program.call([str(word) for word in words], tmp_path, environment(), answer, errors.fileno())
            os.close(answer)
            errors.seek(0)
            return ended, errors.read().decode()

    return call


def test_a_database_in_a_folder_that_cannot_be_written_is_read_all_the_same(
    command: Call, sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "image"
    folder.mkdir()
    shutil.copy(sample_home / "catalog.db", folder)
    folder.chmod(0o555)
    if os.access(folder, os.W_OK):  # whoever may write everywhere is told otherwise
        monkeypatch.setattr("catalog.database.os.access", lambda *_: False)
    ran = command("--db", folder / "catalog.db", "models", "--limit", "1")
    assert (ran.code, ran.out.count("\n")) == (0, 2)
    assert [one.name for one in folder.iterdir()] == ["catalog.db"]
    folder.chmod(0o755)


@pytest.mark.parametrize("words", ["models --db", "verify --db", "cost --usage"])
def test_a_folder_in_place_of_a_file_is_said_to_be_one(on_sample: Call, tmp_path: Path, words: str) -> None:
    ran = on_sample(*words.split(), tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"catalog: {tmp_path} is a folder")


def test_output_that_cannot_be_written_is_one_line_and_no_traceback(ends: Ends, sample_home: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    told = "catalog: the output: cannot be written: No space left on device\n"
    assert ends(full, "--db", sample_home / "catalog.db", "models") == (6, told)


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_a_reader_who_has_gone_ends_the_program_as_a_closed_pipe_does(ends: Ends, sample_home: Path, form: str) -> None:
    """Not with 1, which says of `catalog status` that a source is too old."""
    assert ends(unheard(), "--db", sample_home / "catalog.db", "models", "--format", form) == (141, "")


@pytest.mark.parametrize("words", ["--help", "--version", "models --help", "db --help", "config show"])
def test_a_reader_who_has_gone_does_not_mind_what_is_printed(ends: Ends, words: str) -> None:
    assert ends(unheard(), *words.split()) == (141, "")


def unheard() -> int:
    """An output that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def test_a_program_without_an_output_does_what_it_is_asked(sample_home: Path) -> None:
    words = [sys.executable, "-m", "catalog", "--db", sample_home / "catalog.db", "models"]
    ran = subprocess.run(words, preexec_fn=lambda: os.close(1), stderr=subprocess.PIPE, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("word", ["\udcff", "x\0y", "long" * 2000])
@pytest.mark.parametrize("words", ["sql", "parse", "import", "models --db", "copy --to", "models --where", "show"])
def test_what_is_no_text_or_no_name_of_a_file_is_refused(on_sample: Call, words: str, word: str) -> None:
    ran = on_sample(*words.split(), word)
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err


def test_a_query_that_is_not_in_the_encoding_of_the_input_is_refused(
    on_sample: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"SELECT '\xff'"), "utf-8", "strict"))
    ran = on_sample("sql", "-")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("catalog: the query on standard input cannot be read")


def test_a_decision_on_no_capture_is_refused(home: Home) -> None:
    ran = home("review", "--accept", "because")
    assert (ran.code, ran.out) == (2, "")
    assert "which capture" in ran.err


class Home:
    """A catalogue in a folder with two captures in it, and what must not change."""

    def __init__(self, command: Call, folder: Path) -> None:
        self.folder = folder
        self.db = folder / "catalog.db"
        self._command = command

    def __call__(self, *words: object) -> Ran:
        return self._command("--db", self.db, "--data-dir", self.folder, *words)

    @property
    def digest(self) -> str:
        found: str = json.loads(self("verify", "--format", "json").out)["digest"]
        return found


@pytest.fixture(scope="module")
def two_captures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of such a catalogue, to be copied."""
    folder = tmp_path_factory.mktemp("two captures")
    assert Home(called, folder)("import", *sorted(LISTING.iterdir())[:2]).code == 0
    return folder


@pytest.fixture
def home(command: Call, two_captures: Path, tmp_path: Path) -> Home:
    return Home(command, shutil.copytree(two_captures, tmp_path / "home"))


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


def test_a_data_folder_that_cannot_be_written_fails_the_store(command: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for folder in (tmp_path / "file" / "data", Path("/proc/nobody/data")):
        ran = command("--data-dir", folder, "import", sorted(LISTING.iterdir())[0])
        assert ran.code == 6, ran
        assert str(folder) in ran.err
        assert "Traceback" not in ran.err


def test_s18_a_symbolic_link_in_the_archive_fails_the_store(home: Home, tmp_path: Path) -> None:
    folder = home.folder / "raw" / "openrouter_models"
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    known, new = sorted(LISTING.iterdir())[1:3]
    for file in (known, new):
        ran = home("import", file)
        assert (ran.code, ran.out) == (6, "")
        assert "symbolic link" in ran.err


def test_s14_a_file_that_is_no_database_fails_the_store(command: Call, tmp_path: Path) -> None:
    other = tmp_path / "picture.db"
    other.write_bytes(PNG * 200)
    for words in (("models",), ("status",), ("sql", "SELECT 1"), ("import", sorted(LISTING.iterdir())[0])):
        ran = command("--db", other, *words)
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


def test_no_database_says_how_to_make_one(command: Call, tmp_path: Path) -> None:
    ran = command("--db", tmp_path / "none.db", "models")
    assert ran.code == 2
    assert "catalog import" in ran.err
    assert not (tmp_path / "none.db").exists()


def test_an_import_and_a_list_of_sources_are_objects_too_where_that_is_asked_for(command: Call, tmp_path: Path) -> None:
    called = command("--data-dir", tmp_path / "data", "import", tmp_path / "nothing", "--json")
    assert (called.code, json.loads(called.out)["exit_code"]) == (2, 2)
    assert "no such file" in json.loads(called.out)["error"]
    assert "no such file" in called.err
    sources = json.loads(command("scrape", "--sources", "--json").out)
    assert [one["source"] for one in sources] == ["benchable_page", "openrouter_endpoints", "openrouter_models"]


@pytest.mark.parametrize("word", ["export", "report", "feed"])
def test_an_empty_word_is_not_the_folder_one_is_in(
    on_sample: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = on_sample(word, "")
    assert (ran.code, ran.out, list(tmp_path.iterdir())) == (2, "", [])
    assert "nothing is no folder" in ran.err


@pytest.mark.parametrize(
    "words", [("replay",), ("copy", "--to", "other.db"), ("verify",), ("review", "1", "--reject", "why")]
)
def test_what_asks_for_a_database_makes_none(command: Call, tmp_path: Path, words: tuple[str, ...]) -> None:
    ran = command("--data-dir", tmp_path / "data", *words)
    assert (ran.code, ran.out) == (2, "")
    assert "catalog.db: there is no database here" in ran.err
    assert not list(tmp_path.rglob("*.db"))
