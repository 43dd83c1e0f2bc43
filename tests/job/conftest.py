"""A stand-in site over a market of the tests' own, and the program as a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from forked_calls import Program, environment
from forked_readers import fork_readers
from market import night, write_market
from nights import Clock

from catalog.standin.captures import Captures
from catalog.standin.server import StandInSite, served

fork_readers()
Run = Callable[..., "subprocess.CompletedProcess[str]"]
LISTING, PAGES = "/api/v1/models?", "-20260101"
"""Words of the addresses of the list, and of the pages."""


@dataclass
class Stand:
    """A site that is served, and its clock."""

    site: StandInSite
    clock: Clock
    url: str

    @property
    def mirrors(self) -> list[str]:
        """The options that send `catalog scrape` here."""
        slugs = ("openrouter_models", "openrouter_endpoints", "benchable_page")
        return [word for slug in slugs for word in ("--base-url", f"{slug}={self.url}")]

    def asked(self) -> list[str]:
        """What was asked since the last call, robots.txt left out."""
        found = [target for target in self.site.served if target != "/robots.txt"]
        self.site.served.clear()
        return found


def failing(part: str, fault: str) -> Callable[[int, str], str | None]:
    """A plan that damages every answer whose address has these words."""
    return lambda number, target: fault if part in target else None


def scraped(catalog: Run, stand: Stand, *more: str) -> tuple[int, dict[str, Any], str]:
    """The exit code, the run as an object, and what was said on stderr."""
    done = catalog("--data-dir", "data", "scrape", *stand.mirrors, "--json", *more, CATALOG_OUTAGE_WAIT_S="0")
    return done.returncode, json.loads(done.stdout), done.stderr


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight nights of captures."""
    folder = tmp_path_factory.mktemp("market")
    write_market(folder, 8)
    return folder


@pytest.fixture
def stand(market: Path) -> Iterator[Stand]:
    """The market on the loopback, in its first night."""
    clock = Clock(night(0))
    site = StandInSite(Captures(market), clock)
    with served(site) as url:
        yield Stand(site, clock, url)


def command(*arguments: str) -> list[str]:
    """The program as a process of this interpreter."""
    return [sys.executable, "-c", "from catalog.cli import main; main()", *arguments]


def killed(stand: Stand, folder: Path, *arguments: str, when: Callable[[int, str], bool]) -> None:
    """Run the program, and kill it while the site has the request in hand, by its number and address, that is said."""
    running: list[subprocess.Popen[bytes]] = []
    plan = stand.site.plan

    def plan_and_kill(number: int, target: str) -> str | None:
        if when(number, target):
            os.kill(running[0].pid, signal.SIGKILL)
        return plan(number, target) if plan else None

    stand.site.plan = plan_and_kill
    with subprocess.Popen(command(*arguments), cwd=folder, env=environment(), stderr=subprocess.DEVNULL) as process:
        running.append(process)
        assert process.wait(120) == -signal.SIGKILL
    stand.site.plan = plan


def asks_for_endpoints(_: int, target: str) -> bool:
    return target.endswith("/endpoints")


@pytest.fixture
def catalog(program: Program, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs `catalog …` as a process in a folder of its own, and gives what it printed and its exit code."""
    outputs = tmp_path_factory.mktemp("outputs")

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        with (outputs / "answer").open("w+b") as answer, (outputs / "errors").open("w+b") as errors:
            ended = program.call(arguments, tmp_path, environment(**variables), answer.fileno(), errors.fileno())
            printed, said = (file.seek(0) or file.read().decode() for file in (answer, errors))
        return subprocess.CompletedProcess(arguments, ended, printed, said)

    return run
