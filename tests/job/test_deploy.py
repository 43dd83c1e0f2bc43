"""The files that schedule the job, and the page about it, name only what there is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml
from called_program import commands, options
from conftest import Run, Stand, environment
from market import night

from catalog import errors
from catalog.settings import SETTINGS, read_settings
from scrapers.source import all_sources

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "operations.md"
FILES = sorted(path for path in (ROOT / "deploy").rglob("*") if path.is_file())
UNITS = [path for path in FILES if path.suffix in (".service", ".timer")]

_CALL = re.compile(r"(?:^|[\s`/(])catalog ((?:[a-z]+(?: |$|`))[^`|>\n&;]*)", re.MULTILINE)


def calls(text: str) -> list[list[str]]:
    """Every call of `catalog` in a text, as words after the program's name."""
    found = [match.rstrip("`) ,.:").split() for match in _CALL.findall(text)]
    return [words for words in found if words and words[0] in commands()]


def options_of(words: list[str]) -> tuple[set[str], set[str]]:
    """The options that a call has, and those that its command knows."""
    called = words[0]
    if hasattr(commands()[called], "commands"):
        called = " ".join(words[:2])
        assert called in commands(), f"no command {called}"
    return {word.partition("=")[0] for word in words if word.startswith("--")}, set(options(commands()[called]))


@pytest.mark.parametrize("path", [*FILES, PAGE], ids=lambda path: path.name)
def test_every_command_and_flag_that_a_file_names_exists(path: Path) -> None:
    for words in calls(path.read_text(encoding="utf-8")):
        used, known = options_of(words)
        assert used <= known, f"{' '.join(words)}: no {', '.join(used - known)}"


def test_the_search_for_calls_finds_them() -> None:
    text = "run `catalog scrape --dry-run`, or\n/opt/bin/catalog status --max-age 26h > x\nthe catalog of models"
    assert calls(text) == [["scrape", "--dry-run"], ["status", "--max-age", "26h"]]
    assert sum(len(calls(path.read_text(encoding="utf-8"))) for path in (*FILES, PAGE)) > 25
    used, known = options_of(["scrape", "--for-ever"])
    assert used - known == {"--for-ever"}


@pytest.mark.parametrize("path", [*FILES, PAGE], ids=lambda path: path.name)
def test_every_variable_that_a_file_names_is_a_setting(path: Path) -> None:
    named = set(re.findall(r"\bCATALOG_[A-Z_]+\b", path.read_text(encoding="utf-8")))
    assert named <= {f"CATALOG_{name.upper()}" for name in SETTINGS} | {"CATALOG_CONFIG"}


def test_the_crontab_has_five_fields_and_a_command_a_line() -> None:
    lines = (ROOT / "deploy" / "crontab").read_text().splitlines()
    jobs = [line for line in lines if line and line[0] not in "#ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    assert len(jobs) == 4
    for line in jobs:
        *fields, command = line.split(None, 5)
        assert all(re.fullmatch(r"\*|\d+", field) for field in fields)
        assert command.startswith("/srv/model-catalog/.venv/bin/catalog ")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text().replace("/opt/model-catalog/bin/catalog", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.iterdir())], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "model-catalog" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


def test_each_timer_has_its_service_and_both_services_one_folder() -> None:
    parsed = {}
    for unit in UNITS:
        parsed[unit.name] = ConfigParser(strict=False, interpolation=None)
        parsed[unit.name].optionxform = str  # type: ignore[assignment, method-assign]
        parsed[unit.name].read(unit)
    timers = [name for name in parsed if name.endswith(".timer")]
    assert {name.replace(".timer", ".service") for name in timers} == parsed.keys() - set(timers)
    services = [parsed[name]["Service"] for name in parsed if name.endswith(".service")]
    for name in ("StateDirectory", "WorkingDirectory", "User", "Environment"):
        assert len({service[name] for service in services}) == 1


def test_the_workflow_runs_every_night_and_ends_as_the_job_ended() -> None:
    workflow = yaml.safe_load((ROOT / "deploy" / "github" / "scrape.yml").read_text())
    assert workflow[True]["schedule"] == [{"cron": "17 3 * * *"}]  # YAML 1.1 reads `on` as a truth
    steps = workflow["jobs"]["scrape"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    for script in scripts:
        plain = re.sub(r"\$\{\{.*?\}\}", "x", script)
        subprocess.run(["bash", "-n"], input=plain, text=True, check=True)
    assert "exit" in scripts[-1]
    assert workflow["permissions"] == {"contents": "write"}


def test_the_workflow_begins_a_branch_only_where_there_is_none(tmp_path: Path) -> None:
    steps = yaml.safe_load((ROOT / "deploy" / "github" / "scrape.yml").read_text())["jobs"]["scrape"]["steps"]
    scripts = {step["id"]: step["run"] for step in steps if step.get("id") in ("archive", "publish")}
    variables = environment(GITHUB_OUTPUT=str(tmp_path / "output"), HOME=str(tmp_path), GIT_CONFIG_NOSYSTEM="1")

    def shell(script: str, folder: Path) -> int:
        words = ["bash", "-e", "-c", script]
        return subprocess.run(words, cwd=folder, env=variables, capture_output=True, check=False).returncode

    made = (
        "git init -q -b main . && git config user.name me && git config user.email me@example.org"
        " && touch code && git add code && git commit -q -m begun && git clone -q --bare . ../origin.git"
    )
    (tmp_path / "begun").mkdir()
    assert shell(made, tmp_path / "begun") == 0
    for name in ("first", "second"):
        assert shell(f"git clone -q origin.git {name}", tmp_path) == 0
        folder = tmp_path / name
        assert shell(scripts["archive"], folder) == 0
        assert (folder / "store" / "first").exists() == (name == "second")
        (folder / "store" / name).touch()
        assert shell(scripts["publish"], folder / "store") == 0
    assert shell("git -C origin.git ls-tree --name-only data | grep -x second", tmp_path) == 0

    assert shell("git clone -q origin.git third && rm -r origin.git", tmp_path) == 0
    assert shell(scripts["archive"], tmp_path / "third") != 0
    assert not (tmp_path / "third" / "store").exists()


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="sqlite3 is not here")
def test_the_backup_of_the_page_can_be_made_every_night_and_is_good(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8").partition("## Backup and restore")[2].partition("\n## ")[0]
    raw, database, restore = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    assert restore.split("\n")[:2] == ["catalog rebuild", "catalog verify --deep"]
    if shutil.which("rsync") is None:
        raw = f'rsync() {{ test -d "$3" || mkdir "$3"; cp -R "$2." "$3"; }}\n{raw}'
    for night_of in (0, 1):
        stand.clock.now = night(night_of)
        assert catalog("--data-dir", "data", "scrape", *stand.mirrors).returncode == 0
        for script in (database, raw):
            subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, check=True)
        if not night_of:
            shutil.copy(tmp_path / "backup" / "catalog.db", tmp_path / "old.db")
    assert catalog("--data-dir", "backup", "verify", "--deep").returncode == 0

    old = catalog("--data-dir", "backup", "--db", "old.db", "verify", "--deep")
    assert (old.returncode, "the database lacks the capture of" in old.stdout) == (6, True)


def test_the_workflow_keeps_a_database_only_with_the_archive_that_it_was_made_of() -> None:
    """A night that ends with 3 fails the job; its database is kept all the same, or the next one lacks that night."""
    steps = yaml.safe_load((ROOT / "deploy" / "github" / "scrape.yml").read_text())["jobs"]["scrape"]["steps"]
    by_action = {step["uses"].partition("@")[0]: step for step in steps if "uses" in step}
    assert "actions/cache" not in by_action, "it keeps nothing where a later step fails"
    restored, saved = by_action["actions/cache/restore"], by_action["actions/cache/save"]
    assert restored["with"] == {"path": "store/catalog.db", "key": "catalog-${{ steps.archive.outputs.commit }}"}
    assert saved["with"] == {"path": "store/catalog.db", "key": "catalog-${{ steps.publish.outputs.commit }}"}
    assert steps.index(saved) < len(steps) - 1, "before the step that ends as the job ended"


def test_the_container_copies_what_there_is() -> None:
    text = (ROOT / "deploy" / "Containerfile").read_text()
    copied = [word for line in re.findall(r"^COPY (?!--)(.*) \S+$", text, re.MULTILINE) for word in line.split()]
    assert copied
    for name in copied:
        assert (ROOT / name).exists(), name


def test_the_page_has_every_exit_code_and_every_key_of_a_run(stand: Stand, catalog: Run) -> None:
    text = PAGE.read_text(encoding="utf-8")
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert codes == {0} | {
        kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)
    }
    done = catalog("--data-dir", "data", "scrape", *stand.mirrors, "--json", "--dry-run")
    run = json.loads(done.stdout)
    keys = {*run, *next(iter(run["sources"].values())), *run["documents"][0]}
    assert {key for key in keys if f"`{key}`" not in text} == set()


def test_the_settings_file_of_the_page_is_read(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "catalog.toml").write_text(example)
    found = read_settings(environment={}, folder=tmp_path)
    stated = [name for name, origin in found.origin.items() if origin != "default"]
    assert stated == ["contact", "concurrency", "spacing_s", "outage_wait_s", "proxy", "notify"]
    for name in ("concurrency", "spacing_s", "outage_wait_s"):
        assert found[name] == SETTINGS[name].default


def test_the_sources_of_the_page_are_those_that_there_are() -> None:
    named = re.findall(r"(?:scrape|--base-url) (openrouter_\w+|benchable_\w+)", PAGE.read_text(encoding="utf-8"))
    assert named
    assert set(named) <= set(all_sources())
