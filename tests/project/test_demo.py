"""`catalog demo`, which `make run` runs: a tour of the sample, and of nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from called_program import called

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"


@pytest.fixture
def database(tmp_path: Path) -> list[str]:
    """The options that name a catalogue of the test's own."""
    return ["--db", str(tmp_path / "catalog.db"), "--data-dir", str(tmp_path)]


def test_the_tour_is_the_same_the_second_time_but_stores_nothing(database: list[str]) -> None:
    first, second = called("demo", *database), called("demo", *database)
    assert (first.code, second.code) == (0, 0), first.err + second.err
    assert "Stored 17 captures of the sample" in first.out
    assert "Nothing new: all 17 captures of the sample are stored already, 0 changes" in second.out
    assert first.out.splitlines()[2:] == second.out.splitlines()[2:]


def test_the_sample_stays_out_of_a_catalogue_of_other_captures(database: list[str], tmp_path: Path) -> None:
    """Its history is an illustration, and would be told as that of the market."""
    other = tmp_path / "other.json"
    other.write_text(
        '{"data": [{"id": "lab/one", "canonical_slug": "lab/one", "name": "Lab: One", "created": 1767225600,'
        ' "context_length": 8192, "pricing": {"prompt": "0.000001", "completion": "0.000002"}}]}'
    )
    stored = called("import", str(other), "--observed-at", "2026-05-01", "--source", "openrouter_models", *database)
    assert "1 captures stored" in stored.err + stored.out
    ran = called("demo", *database)
    assert (ran.code, ran.out) == (2, "")
    assert "has other captures" in ran.err
    assert called("models", "--format", "csv", *database).out.count("\n") == 2
