"""Settings: a flag beats the environment, the environment beats `catalog.toml`, that beats the default.

`Settings.origin` says for each where its value came from; `catalog config show` prints it.
"""

from __future__ import annotations

import math
import os
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from catalog.errors import UsageError
from scrapers.fetching.settings import what_is_wrong


class Setting(NamedTuple):
    """One setting: its type, its default, and what it is for."""

    kind: type
    default: Any
    description: str
    words: tuple[str, ...] = ()
    """All that it may be, where that is a choice of words."""


_MOST = {
    "_share": (1, "a share, from 0 to 1"),
    "_s": (86_400, "at most 86400, a day"),
    "_days": (3_650, "at most 3650, ten years"),
}
"""The most that a setting may be, by the unit in which its name ends."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")

PREFIX = "CATALOG_"
"""How the variables begin."""

CONFIG = f"{PREFIX}CONFIG"
"""The variable that names the file."""

SETTINGS: dict[str, Setting] = {
    "db": Setting(str, "", "the database: a SQLite file or a postgresql:// URL; default catalog.db in data_dir"),
    "data_dir": Setting(str, "data", "the folder of the archive, the exports and the SQLite file"),
    "contact": Setting(str, "", "an e-mail or web address told to the sites that are asked, so that they can complain"),
    "concurrency": Setting(int, 16, "requests under way at once"),
    "spacing_s": Setting(float, 0.1, "seconds between two requests to one host"),
    "deadline_s": Setting(float, 60.0, "seconds for one whole answer"),
    "retries": Setting(int, 4, "further attempts after a failure that may pass"),
    "outage_wait_s": Setting(float, 30.0, "seconds, in all, that a run waits for a host that fails to come back"),
    "log_format": Setting(str, "text", "text or json, on stderr", ("text", "json")),
    "proxy": Setting(str, "", "an http(s) proxy to ask the sites through; the environment's are ignored"),
    "ca_file": Setting(str, "", "certificates of authorities to trust in place of the usual ones"),
    "notify": Setting(str, "", "a command or an http(s) address that is told of changes after a run"),
    "busy_timeout_s": Setting(float, 5.0, "seconds to wait for another process that is writing"),
    "flap_days": Setting(float, 3.0, "a value that goes back within so many days has flapped, not changed"),
    "guard_missing_share": Setting(float, 0.10, "share of the models that may be missing at once"),
    "guard_missing_count": Setting(int, 5, "number of models that may be missing at once, whatever their share"),
    "guard_moved_share": Setting(float, 1 / 3, "share of the prices that may move at once"),
    "guard_rejected_share": Setting(float, 0.02, "share of the records that may be unreadable"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting's value, and where it came from: `flag`, `environment`, a file's name, or `default`."""

    values: Mapping[str, Any]
    origin: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def data_dir(self) -> Path:
        return Path(self.values["data_dir"])

    @property
    def db(self) -> str:
        return str(self.values["db"]) or str(self.data_dir / "catalog.db")


def read_settings(
    flags: Mapping[str, Any] | None = None, *, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> Settings:
    """The settings from flags (those that are None were not given), `CATALOG_…` variables and `catalog.toml`.

    Raises `UsageError` for a file that is no TOML, a name that is no setting, and a value of the wrong type or out of
    its range; it says where that is stated.
    """
    environment = os.environ if environment is None else environment
    file = Path(environment.get(CONFIG, "") or (folder or Path()) / "catalog.toml")
    stated = _stated(file, required=bool(environment.get(CONFIG)))
    values: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for name, setting in SETTINGS.items():
        variable = _variable(name)
        if flags and flags.get(name) is not None:
            values[name], origin[name] = _typed(name, flags[name], f"--{name.replace('_', '-')}"), "flag"
        elif environment.get(variable):
            values[name], origin[name] = _typed(name, environment[variable], variable), "environment"
        elif name in stated:
            values[name], origin[name] = _typed(name, stated[name], str(file)), str(file)
        else:
            values[name], origin[name] = setting.default, "default"
    return Settings(values, origin)


def _stated(file: Path, *, required: bool) -> Mapping[str, Any]:
    try:
        stated = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if required:
            raise UsageError(f"{file}: {CONFIG} names this file, and it is not there") from None
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{file}: cannot be read: {error}") from error
    unknown = sorted(set(stated) - set(SETTINGS))
    if unknown:
        nearest = "".join(f"; {name} may mean {', '.join(near)}" for name in unknown if (near := _nearest(name)))
        raise UsageError(f"{file}: no such setting: {', '.join(unknown)}{nearest}; there are {', '.join(SETTINGS)}")
    return stated


def unknown_variables(environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """A line on each variable that is called as a setting would be, and is none: it has no effect."""
    environment = os.environ if environment is None else environment
    known = {CONFIG, *map(_variable, SETTINGS)}
    for variable in sorted(environment.keys() - known):
        if variable.startswith(PREFIX) and environment[variable]:
            near = ", ".join(map(_variable, _nearest(variable.removeprefix(PREFIX).lower())))
            meant = f"did you mean {near}?" if near else "`catalog config show` lists those that there are"
            yield f"{variable} is no setting and has no effect; {meant}"


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _nearest(name: str) -> list[str]:
    from difflib import get_close_matches

    # A unit, or a first word, that was left out counts for little.
    words = {
        part: setting for setting in SETTINGS for part in (*setting.split("_"), setting.removesuffix("_s"), setting)
    }
    return list(dict.fromkeys(words[near] for near in get_close_matches(name, words, n=3, cutoff=0.75)))


def _typed(name: str, value: Any, where: str) -> Any:
    kind = SETTINGS[name].kind
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise UsageError(f"{where}: {name} must be {kind.__name__}, not {value!r}")
    try:
        found = kind(value)
    except (ValueError, OverflowError):
        raise UsageError(f"{where}: {name} must be {kind.__name__}, not {value!r}") from None
    if kind is float and not math.isfinite(found):
        raise UsageError(f"{where}: {name} must be a number, not {value!r}")
    if kind is not str and found < 0:
        raise UsageError(f"{where}: {name} must not be negative, as {value!r} is")
    for ending, (most, meaning) in _MOST.items():
        if name.endswith(ending) and found > most:
            raise UsageError(f"{where}: {name} must be {meaning}, not {value!r}")
    if SETTINGS[name].words and found not in SETTINGS[name].words:
        raise UsageError(f"{where}: {name} must be {' or '.join(SETTINGS[name].words)}, not {value!r}")
    if kind is int and found != value and not isinstance(value, str):
        raise UsageError(f"{where}: {name} must be a whole number, not {value!r}")
    # a range that other users of the fetch layer have too is stated there
    problem = what_is_wrong_with_listener(found) if name == "notify" else what_is_wrong(name, found)
    if found != "" and problem:
        raise UsageError(f"{where}: {problem}")
    return found


def what_is_wrong_with_listener(notify: str) -> str | None:
    """Why nobody could be told by this address or command; None where somebody could. It may hold a secret.

    >>> what_is_wrong_with_listener("ftp://example.org/in")
    'notify begins with ftp://; only http:// and https:// can be told, or a command'
    """
    scheme, is_address, rest = notify.partition("://")
    if is_address and _SCHEME.fullmatch(scheme):
        if scheme.lower() not in ("http", "https"):
            return f"notify begins with {scheme}://; only http:// and https:// can be told, or a command"
        return None if rest.partition("/")[0] else "notify is an address without a host"
    try:
        return None if shlex.split(notify) else "notify is neither a command nor an address"
    except ValueError as error:
        return f"notify is a command that no shell could read: {error}"
