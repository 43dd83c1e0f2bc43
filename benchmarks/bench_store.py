"""What it costs to keep a capture: ours on SQLite and on PostgreSQL, `git-history`, a row-by-row loop, the floor.

Each way runs in a process of its own and is told by its ratio to the others of the same run. The machine may be busy:
all but the slow ways take three turns, one after the other, of which the quickest counts. `git-history` runs as its own
manual has it, and with its faster `--wal` as well; it takes minutes over long histories and is asked for the shorter
ones alone.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import mean, median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

PROGRAM = Path(__file__).with_name("store_ways.py")
WAYS = ("floor", "ours", "postgresql", "unread", "unchanged", "rows", "git-history", "git-history --wal")
SLOW = ("rows", "git-history", "git-history --wal")
TURNS = 3
KINDS = ("real", "10", "100", "400")


def run(way: str, kind: str, db: str = "") -> dict[str, Any]:
    """One way over one kind of captures."""
    with tempfile.TemporaryDirectory(prefix="bench-store-") as folder:
        command = [sys.executable, str(PROGRAM), way, kind, folder, db]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{way} over {kind}: {done.stderr.strip()[-600:]}")
        found: dict[str, Any] = json.loads(done.stdout)
    return found


def told(way: str, turns: list[dict[str, Any]]) -> float:
    """Print one line; returns the mean without the first, which also pays for what is loaded and compiled once.

    Ratios are those of the means, of the turn in which the captures took least. How they grow is told by the quickest
    turn of each capture: what else the machine does falls on one or another of them. What ends a run is paid once,
    however many there are, and told by itself.
    """
    found = min(turns, key=lambda turn: mean(turn["seconds"][1:]))
    seconds = [min(each) for each in zip(*(turn["seconds"] for turn in turns), strict=True)]
    tenth = seconds[-max(1, len(seconds) // 10) :]
    first, middle, usual, last = seconds[0], median(seconds), mean(found["seconds"][1:]), mean(tenth)
    size = f"{found['bytes'] / len(seconds) / 1024:8.1f}" if found["bytes"] else "       -"
    print(
        f"  {way:17} {first * 1e3:9.1f} {middle * 1e3:9.1f} {usual * 1e3:9.1f} {last * 1e3:9.1f} {last / middle:8.2f}"
        f" {found['end'] * 1e3:9.1f} {found['peak'] / 2**20:9.0f} {size}",
        flush=True,
    )
    return float(usual)


def compare(kind: str, server: Any) -> None:
    """All ways over one kind of captures."""
    print(f"{kind} captures" if kind != "real" else "real captures")
    words = " ".join(f"{word:>9}" for word in ("first ms", "median ms", "mean ms", "last 10th"))
    print(f"  {'':17} {words} {'/median':>8} {'end ms':>9} {'peak MB':>9} {'KB each':>8}")
    turns: dict[str, list[dict[str, Any]]] = {}
    for turn in range(TURNS):
        for way in WAYS:
            if (turn and way in SLOW) or (way.startswith("git-history") and kind == "400"):
                continue
            if way != "postgresql":
                turns.setdefault(way, []).append(run(way, kind))
            elif server is not None:
                with server.database() as url:
                    turns.setdefault(way, []).append(run(way, kind, url))
    spent = {way: told(way, turns[way]) for way in WAYS if way in turns}
    ours = spent["ours"]
    for other, aim in (("git-history", 20), ("git-history --wal", 20), ("rows", 10)):
        if other in spent:
            floors = spent[other] / spent["floor"]
            print(
                f"  {spent[other] / ours:5.1f} times faster than {other} (aim {aim}), which takes {floors:.0f} floors"
            )
    print(f"  {spent['unchanged'] / spent['unread']:5.1f} times gunzip and SHA-256 where nothing changed (aim 2)")
    print(f"  {ours / spent['floor']:5.1f} times the floor")
    if "postgresql" in spent:
        print(f"  {spent['postgresql'] / ours:5.1f} times as long on PostgreSQL (aim 2)")


def main(kinds: list[str]) -> None:
    with contextlib.ExitStack() as stack:
        try:
            from postgres_server import running_server

            server = stack.enter_context(running_server(durable=True))
        except BaseException as missing:  # a skip of pytest is no Exception
            if isinstance(missing, KeyboardInterrupt):
                raise
            print(f"without PostgreSQL: {missing}")
            server = None
        for kind in kinds or KINDS:
            compare(kind, server)


if __name__ == "__main__":
    main(sys.argv[1:])
