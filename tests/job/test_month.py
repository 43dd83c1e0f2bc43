"""A month of nightly jobs against a site with random faults ends with the store of a month without any."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from market import night, write_market
from nights import Clock, archived, digest_of, run_night

from catalog.runs.ingest import Outcome
from catalog.standin.captures import Captures
from catalog.standin.faults import Reply, damaged
from catalog.standin.server import StandInSite, served

NIGHTS = 30
FAULTS = {
    "503": 0.08,
    "429:7": 0.03,
    "429:86400": 0.0008,
    "reset": 0.03,
    "cut": 0.03,
    "cutgzip": 0.03,
    "challenge": 0.01,
    "empty": 0.01,
    "error": 0.01,
    "half": 0.01,
    "404": 0.01,
    "slow": 0.0008,
    "stall": 0.0008,
}
OF_THE_BODY = ("reset", "cut", "cutgzip", "half", "slow")
"""Faults that mean nothing for an answer without a body."""


@dataclass
class FaultySite(StandInSite):
    """Damages answers at random, and remembers of each night what it served whole."""

    seed: int = 0
    night: int = 0
    whole: set[tuple[int, str]] = field(default_factory=set)

    def reply(self, target: str, headers: Mapping[str, str]) -> Reply:
        reply = super().reply(target, headers)
        dice = random.Random(f"{self.seed} {len(self.served)} {target}")
        (fault,) = dice.choices(["", *FAULTS], [1 - sum(FAULTS.values()), *FAULTS.values()])
        # The first list of all has nothing to be compared with: half of it would be believed.
        if (reply.status == 304 and fault in OF_THE_BODY) or (fault == "half" and self.night == 0):
            fault = ""
        if not fault:
            self.whole.add((self.night, target))
            return reply
        broken = damaged(reply, fault)
        return Reply(broken.status, {"Date": reply.headers["Date"], **broken.headers}, broken.body, broken.manner)


@dataclass
class PartialSite(StandInSite):
    """Has, each night, nothing but what the other site served whole."""

    night: int = 0
    whole: set[tuple[int, str]] = field(default_factory=set)

    def reply(self, target: str, headers: Mapping[str, str]) -> Reply:
        if target != "/robots.txt" and (self.night, target) not in self.whole:
            return Reply(404, {"Content-Type": "text/plain"}, b"not this night")
        return super().reply(target, headers)


def interruption(after: int):  # type: ignore[no-untyped-def]
    """Ends the run, as Ctrl-C does, after so many answers."""
    heard = 0

    def tell(more: int | None, outcome: Outcome | None) -> None:
        nonlocal heard
        heard += more is None
        if heard == after:
            raise KeyboardInterrupt

    return tell


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_a_month_with_faults_ends_with_the_store_of_a_month_without(tmp_path: Path, seed: int) -> None:
    captures = Captures(tmp_path / "market")
    write_market(captures.folder, NIGHTS, seed=seed, models=12)
    captures = Captures(captures.folder)
    clock = Clock(night(0))
    dice = random.Random(seed)
    codes = set()

    faulty = FaultySite(captures, clock, seed=seed)
    with served(faulty) as url:
        for number in range(NIGHTS):
            clock.now, faulty.night = night(number), number
            if dice.random() < 0.2:
                with pytest.raises(KeyboardInterrupt):
                    run_night(url, tmp_path / "faulty", clock, tell=interruption(dice.randint(1, 40)))
                # What was on its way to the run when it ended was served in vain.
                faulty.whole &= {(number, target) for target in archived(tmp_path / "faulty", clock.now)} | {
                    one for one in faulty.whole if one[0] < number
                }
            codes.add(run_night(url, tmp_path / "faulty", clock).exit_code)

    partial = PartialSite(captures, clock, whole=faulty.whole)
    with served(partial) as url:
        for number in range(NIGHTS):
            clock.now, partial.night = night(number), number
            run_night(url, tmp_path / "partial", clock)

    assert {3, 5} & codes, "the faults were none"
    assert len(faulty.whole) > NIGHTS * 16, "hardly anything was served"
    assert digest_of(tmp_path / "faulty" / "catalog.db") == digest_of(tmp_path / "partial" / "catalog.db")
