"""The benchmark of exports runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "bench_export.py"


@pytest.mark.slow
def test_the_benchmark_runs_on_a_small_history() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARK), "--rows", "1000"], capture_output=True, text=True, check=True
    )
    assert re.findall(r"^(csv|parquet) +(ours|pandas|stream) +[0-9.]+ s", done.stdout, re.MULTILINE) == [
        (form, way) for form in ("csv", "parquet") for way in ("ours", "pandas", "stream")
    ]
