"""Questions over a million price versions of ten thousand models: ours, the bare driver, and DuckDB over the export.

Ours is asked twice: read through ADBC (the extra `fast`) and through Python's own driver. The other two are described
in `query_bare.py`. Times are of the processor, the least of some rounds in one process, all four in turn in each round;
what each question has of memory at its highest is measured in a process of its own, with what was there before it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from query_bare import AS_OF, AT_A_TIME, CHEAPEST, EVERYTHING, LOG, Bare, duck_questions
from query_catalogue import DAYS, START, build

from catalog import Catalog
from catalog.questions import answers
from catalog.workload import read_workload

Questions = dict[str, Callable[[], Any]]
WAYS = ("adbc", "driver", "bare", "duckdb")
BASE_PROMPT = "component = prompt and provider is not null and conditions is null and unit = mtok and state = priced"
ONCE = {"the same on 365 days", "every transition", "changes, classified"}
"""What takes so long that one round in two is enough."""


def our_questions(file: Path, way: str) -> Questions:
    """The questions as the catalogue answers them, read in one way."""
    catalog = Catalog(str(file))
    workload = read_workload(input_tokens="2M", output_tokens="400K")
    days = [START + timedelta(days=number) for number in range(DAYS)]

    def cheapest() -> pd.DataFrame:
        columns = ["model", "provider", "tag", "usd", "pico_usd"]
        offered = catalog.prices(as_of=AS_OF, where=BASE_PROMPT, columns=columns)
        return offered.sort_values(["pico_usd", "provider"]).drop_duplicates("model")

    asked: Questions = {
        "state as of a day": lambda: catalog.prices(as_of=AS_OF),
        "whole price history": catalog.price_history,
        "cheapest endpoint a model": cheapest,
        "pareto, price by context": lambda: catalog.pareto(["price", "context"], as_of=AS_OF),
        "a workload on one day": lambda: catalog.workload_cost(workload, as_of=AS_OF),
        "the same on 365 days": lambda: catalog.workload_cost_series(workload, days),
        "every transition": lambda: catalog.changes(raw=True),
        "changes, classified": catalog.changes,
    }

    def read_so(question: Callable[[], Any]) -> Callable[[], Any]:
        def ask() -> Any:
            answers.LARGE = 0 if way == "adbc" else 2**62
            return question()

        return ask

    return {name: read_so(question) for name, question in asked.items()}


def bare_questions(file: Path) -> Questions:
    """The same questions asked plainly. Nothing plain classifies changes: beside it stands what lists them."""
    bare = Bare(file)
    return {
        "state as of a day": lambda: bare.rows(AT_A_TIME),
        "whole price history": lambda: bare.rows(EVERYTHING),
        "cheapest endpoint a model": lambda: bare.rows(CHEAPEST),
        "pareto, price by context": bare.pareto,
        "a workload on one day": bare.workload,
        "the same on 365 days": bare.workload_over_days,
        "every transition": lambda: bare.rows(LOG),
        "changes, classified": lambda: bare.rows(LOG),
    }


def questions_of(way: str, folder: Path) -> Questions:
    """The questions in one of the four ways."""
    file = folder / "catalog.db"
    if way == "duckdb":
        return duck_questions(folder / "out")
    return bare_questions(file) if way == "bare" else our_questions(file, way)


def timed(question: Callable[[], Any]) -> float:
    """Seconds of the processor; what the answer takes to be let go is not counted."""
    began = time.process_time()
    answer = question()
    took = time.process_time() - began
    del answer
    return took


def peak_of(way: str, title: str, folder: Path) -> int:
    """Megabytes at the highest of a process that asks one question."""
    command = [sys.executable, __file__, "--peak", way, title, str(folder)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def compare(folder: Path) -> None:
    """Ask everything in every way, and print how they compare."""
    asked = {way: questions_of(way, folder) for way in WAYS}
    print(f"{'':<26}" + "".join(f"{way:>14}" for way in WAYS) + "    ours to bare     MB: " + ", ".join(WAYS[:3]))
    took: dict[tuple[str, str], float] = {}
    for title in asked["adbc"]:
        for _ in range(2 if title in ONCE else 5):
            for way in WAYS:
                if title in asked[way]:
                    took[title, way] = min(took.get((title, way), float("inf")), timed(asked[way][title]))
        cells = "".join(f"{took[title, way]:12.2f} s" if (title, way) in took else f"{'-':>14}" for way in WAYS)
        ratios = "  ".join(f"{took[title, way] / took[title, 'bare']:5.2f} x" for way in WAYS[:2])
        peaks = ", ".join(f"{peak_of(way, title, folder):,}" for way in WAYS[:3])
        print(f"{title:<26}{cells}  {ratios}     {peaks}", flush=True)
    for way in WAYS[:2]:
        year, day = took["the same on 365 days", way], took["a workload on one day", way]
        print(f"365 days are {year / day:.1f} single days ({way})")


def main(words: list[str]) -> None:
    if words[:1] == ["--peak"]:
        way, title, folder = words[1:]
        questions_of(way, Path(folder))[title]()
        status = Path("/proc/self/status").read_text().splitlines()  # `getrusage` would count those who began this one
        print(next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM")))
        return
    models = int(words[0]) if words else 10_000
    with tempfile.TemporaryDirectory(prefix="bench-query-") as name:
        folder = Path(name)
        began = time.perf_counter()
        versions = build(folder / "catalog.db", models)
        print(f"{versions:,} price versions of {models:,} models, built in {time.perf_counter() - began:.0f} s")
        Catalog(str(folder / "catalog.db")).export(folder / "out", format="parquet", tables=["price_history", "models"])
        compare(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
