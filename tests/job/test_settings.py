"""Settings: a flag beats the environment, the environment beats the file, the file beats the default."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

from catalog.errors import UsageError
from catalog.settings import SETTINGS, read_settings, unknown_variables
from scrapers.fetching.settings import FetchSettings

STATED = 'concurrency = 3\ncontact = "mailto:file@example.org"\ndeadline_s = 9\n'


def test_each_setting_comes_from_the_strongest_that_states_it(tmp_path: Path) -> None:
    (tmp_path / "catalog.toml").write_text(STATED)
    variables = {"CATALOG_CONCURRENCY": "4", "CATALOG_CONTACT": "mailto:variable@example.org"}
    found = read_settings({"concurrency": 5, "contact": None}, environment=variables, folder=tmp_path)
    names = ("concurrency", "contact", "deadline_s", "retries")
    assert [found[name] for name in names] == [5, "mailto:variable@example.org", 9.0, 4]
    file = str(tmp_path / "catalog.toml")
    assert [found.origin[name] for name in names] == ["flag", "environment", file, "default"]


def test_an_empty_variable_is_none(tmp_path: Path) -> None:
    found = read_settings(environment={"CATALOG_CONTACT": ""}, folder=tmp_path)
    assert found.origin["contact"] == "default"


@pytest.mark.parametrize(
    ("variable", "meant"),
    [
        ("CATALOG_TIMOUT", "did you mean CATALOG_BUSY_TIMEOUT_S?"),
        ("CATALOG_CONTACTS", "did you mean CATALOG_CONTACT?"),
        ("CATALOG_DEADLINE", "did you mean CATALOG_DEADLINE_S?"),
        ("CATALOG_SHELF", "`catalog config show` lists those that there are"),
    ],
)
def test_a_variable_that_is_no_setting_is_told_with_the_nearest_that_is(variable: str, meant: str) -> None:
    others = {"CATALOG_CONFIG": "a.toml", "CATALOG_DB": "a.db", "HOME": "/", "CATALOG_RETRY": ""}
    assert list(unknown_variables({variable: "3", **others})) == [
        f"{variable} is no setting and has no effect; {meant}"
    ]


def test_a_mistyped_variable_is_told_on_stderr_and_nothing_else_changes(catalog: Run) -> None:
    plain, mistyped = (catalog("config", "show", "--format", "json", **more) for more in ({}, {"CATALOG_TIMOUT": "3"}))
    assert (mistyped.returncode, mistyped.stdout, plain.stderr) == (0, plain.stdout, "")
    assert mistyped.stderr.splitlines() == [f"catalog: {line}" for line in unknown_variables({"CATALOG_TIMOUT": "3"})]
    told = catalog("scrape", "nobody", "--log-format", "json", CATALOG_TIMOUT="3")
    assert [json.loads(line)["level"] for line in told.stderr.splitlines()] == ["error", "error"]


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("concurency = 3", "no such setting: concurency; concurency may mean concurrency; there are "),
        ("concurrency = 'many'", "must be int"),
        ("concurrency = true", "must be int"),
        ("concurrency =", "cannot be read"),
        ("retries = 1.5", "must be a whole number"),
        ("spacing_s = nan", "must be a number"),
        ("busy_timeout_s = -1", "must not be negative"),
        ("log_format = 'xml'", "must be text or json"),
        ("guard_missing_share = 10", "must be a share, from 0 to 1"),
        ("concurrency = 0", "concurrency is 0; it must be 1 to 64"),
        ("retries = 5", "retries is 5; it must be 0 to 4"),
        ("deadline_s = 0", "no answer comes in no time"),
        ("deadline_s = 1e300", "must be at most 86400, a day"),
        ("flap_days = 1e18", "must be at most 3650, ten years"),
        ("contact = 'mailto:café@example.org'", "in plain ASCII"),
        ("proxy = 'me:hush-hush@proxy.example.org'", "proxy must be http://host:port"),
        ("notify = 'ftp://me:hush-hush@example.org'", "notify begins with ftp://; only http:// and https://"),
        ("notify = 'https:///hook'", "notify is an address without a host"),
        ("notify = 'tell \"unclosed'", "notify is a command that no shell could read: No closing quotation"),
        ("notify = ' '", "notify is neither a command nor an address"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_with_its_name(tmp_path: Path, stated: str, said: str) -> None:
    (tmp_path / "catalog.toml").write_text(stated)
    with pytest.raises(UsageError, match=r"catalog\.toml") as error:
        read_settings(environment={}, folder=tmp_path)
    assert said in str(error.value)
    assert "hush-hush" not in str(error.value)


@pytest.mark.parametrize("command", ["config show", "scrape openrouter_models", "models"])
def test_every_command_refuses_a_setting_out_of_its_range_and_says_where_it_stands(
    catalog: Run, tmp_path: Path, command: str
) -> None:
    by_variable = catalog(*command.split(), CATALOG_CONCURRENCY="0")
    (tmp_path / "catalog.toml").write_text("concurrency = 0")
    by_file = catalog(*command.split())
    assert (by_variable.returncode, by_file.returncode) == (2, 2)
    assert by_variable.stderr == "catalog: CATALOG_CONCURRENCY: concurrency is 0; it must be 1 to 64\n"
    assert by_file.stderr == "catalog: catalog.toml: concurrency is 0; it must be 1 to 64\n"


def test_a_flag_out_of_its_range_is_refused_by_its_name() -> None:
    with pytest.raises(UsageError, match=r"^--notify: notify begins with ftp://"):
        read_settings({"notify": "ftp://example.org/in"}, environment={})


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not there"):
        read_settings(environment={"CATALOG_CONFIG": str(tmp_path / "other.toml")}, folder=tmp_path)


def test_a_file_may_begin_with_a_byte_order_mark_and_a_variable_may_name_none(tmp_path: Path) -> None:
    (tmp_path / "catalog.toml").write_text(f"\ufeff{STATED}", encoding="utf-8")
    assert read_settings(environment={}, folder=tmp_path)["concurrency"] == 3
    assert read_settings(environment={"CATALOG_CONFIG": ""}, folder=tmp_path / "none")["concurrency"] == 16


def test_the_defaults_are_those_of_the_fetch_layer() -> None:
    limits = FetchSettings()
    shared = ("concurrency", "spacing_s", "deadline_s", "retries", "outage_wait_s")
    assert {name: SETTINGS[name].default for name in shared} == {name: getattr(limits, name) for name in shared}


def test_the_command_says_where_each_value_came_from_and_hides_the_password(catalog: Run, tmp_path: Path) -> None:
    (tmp_path / "catalog.toml").write_text(STATED)
    variables = {
        "CATALOG_DB": "postgresql://me:hush-hush@db.example.org/catalog",
        "CATALOG_CONTACT": "https://a.example",
    }
    done = catalog("config", "show", "--format", "json", "--data-dir", "elsewhere", **variables)
    rows = {row["setting"]: row for row in json.loads(done.stdout)}
    origins = [rows[name]["origin"] for name in ("data_dir", "contact", "concurrency", "retries")]
    assert origins == ["flag", "environment", "catalog.toml", "default"]
    assert rows.keys() == SETTINGS.keys()
    assert "hush-hush" not in done.stdout
    assert "db.example.org" in rows["db"]["value"]


@pytest.mark.parametrize(
    ("name", "address", "shown"),
    [
        ("notify", "https://hooks.example.org/T0/hush-hush", "https://hooks.example.org/…"),
        ("proxy", "http://me:hush-hush@proxy.example.org:3128", "http://proxy.example.org:3128/…"),
        ("notify", "HTTPS://hooks.example.org/hush-hush", "https://hooks.example.org/…"),
        ("notify", "/bin/tell --token hush-hush", "/bin/tell …"),
        ("db", "postgresql://me:hush-hush@db.example.org/catalog", "postgresql://me:***@db.example.org/catalog"),
        ("db", "postgresql://me@/x?password=hush-hush&host=db", "postgresql://me@/x?host=db&password=***"),
        ("db", "postgresql://me:hush-hush@host:port/x", "postgresql:…@host:port/x"),
        ("db", "postgresql://?user=me&password=hu@sh", "postgresql://?user=me&password=***"),
        ("db", "postgresql://db:5432/x?password=hu@sh&user=me", "postgresql://db:5432/x?password=***&user=me"),
        ("db", "host=db password=hush-hush", "host=db password=***"),
    ],
)
def test_an_address_that_holds_a_secret_is_shown_without_it(catalog: Run, name: str, address: str, shown: str) -> None:
    done = catalog("config", "show", "--format", "json", **{f"CATALOG_{name.upper()}": address})
    (row,) = [row for row in json.loads(done.stdout) if row["setting"] == name]
    assert (row["value"], row["origin"]) == (shown, "environment")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:hush-hush@host:port/x",
        "postgresql:/me:hush-hush@host/x",
        "sqlite://me:hush-hush@host/x.db",
        "postgresql://host?user=me&password=hu@hush-hush",
        "host=127.0.0.1 dbname=x password=hush-hush",
        "sqlite://",
        ":memory:",
    ],
)
def test_a_database_address_that_cannot_be_read_is_told_without_its_password(
    catalog: Run, tmp_path: Path, address: str
) -> None:
    done = catalog("scrape", "--db", address)
    assert done.returncode == 2, done.stderr
    assert "hush-hush" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_database_that_cannot_be_had_is_told_without_its_password(catalog: Run) -> None:
    done = catalog("verify", "--db", "postgresql://me@127.0.0.1:1/x?password=hush-hush")
    assert (done.returncode, "password=***" in done.stderr) == (6, True)
    assert "hush-hush" not in done.stderr


@pytest.mark.parametrize("password", ["hush@hush", "@hush@hush", "hu@sh/hush", "hush@"])
def test_a_password_with_an_at_sign_is_told_how_to_be_written_and_not_shown(catalog: Run, password: str) -> None:
    address = f"postgresql://me:{password}@127.0.0.1:1/x"
    for words in (("verify", "--db", address), ("copy", "--to", address)):
        done = catalog(*words)
        if words[0] == "verify":
            assert (done.returncode, "@ is written %40" in done.stderr) == (2, True)
        assert "sh" not in done.stderr
    shown = catalog("config", "show", "--db", address)
    assert (shown.returncode, "sh@" in shown.stdout, "hu@" in shown.stdout) == (0, False, False)
    kept = catalog("verify", "--db", "postgresql://me:hush%40hush@127.0.0.1:1/x")
    assert (kept.returncode, kept.stderr.count("\n")) == (6, 1), "one line of what the server's driver says in two"


@pytest.mark.parametrize("mirror", ["https://me:hush-hush@a.example", "https://a.example/?token=hush-hush"])
def test_a_mirror_without_its_source_is_refused_without_its_secret(catalog: Run, mirror: str) -> None:
    done = catalog("scrape", "--base-url", mirror)
    assert (done.returncode, "SOURCE=URL" in done.stderr) == (2, True)
    assert "hush-hush" not in done.stderr
