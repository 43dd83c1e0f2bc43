"""Catalogues full of words that go wrong elsewhere, and what the tests ask of an export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from catalogue import Catalogue

from catalog.export import ExportedFile, export

FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "＝1+1", "＋1", "－1", "＠A1",
)  # fmt: skip
WORDS = (
    "NA", "null", "NULL", "nan", "None", "007", "1e5", "1E400", "true", "TRUE", "2026-05-01", "1,5", "a;b",
    "🦜 parrot", "日本語", "e\u0301", "say \"hi\"", "two\nlines", "cr\r\nlf", "'apostrophe", "''two", "#REF!", "\\N",
    "<script>alert(1)</script>", *FORMULAS,
)  # fmt: skip
"""Names that some reader takes for something else."""

PRICES = ("0.0000001234567890123456", "0.1234567890123456", "0.00000000000000001", "0", "9007.199254740993")
"""Per token, as the source states them: sixteen digits, very small, nothing, and more than a float holds."""

START = datetime(2026, 3, 1, tzinfo=UTC)


def at(days: float) -> datetime:
    """So many days after the first capture."""
    return START + timedelta(days=days)


def record(name: str, number: int, *, price: str = "0.000001", **other: Any) -> dict[str, Any]:
    """One model of a listing, with a name that may be anything."""
    return {
        "id": f"lab/model-{number:03}",
        "canonical_slug": f"lab/model-{number:03}-20260101",
        "name": name,
        "description": f"{name} described",
        "created": 1_750_000_000,
        "hugging_face_id": "",
        "context_length": 128_000,
        "architecture": {
            "input_modalities": ["text", "image"],
            "output_modalities": ["text"],
            "modality": "text+image->text",
            "tokenizer": "Other",
            "instruct_type": None,
        },
        "pricing": {"prompt": price, "completion": "0.000002"},
        "top_provider": {"context_length": 128_000, "max_completion_tokens": None, "is_moderated": False},
        "per_request_limits": None,
        "supported_parameters": ["temperature", "tools"],
        **other,
    }


def listing(*records: dict[str, Any]) -> bytes:
    """The answer's bytes."""
    return json.dumps({"data": records}).encode()


def hostile() -> list[dict[str, Any]]:
    """A model for every word, with prices of every kind."""
    return [record(word, number, price=PRICES[number % len(PRICES)]) for number, word in enumerate(WORDS)]


def days_of_prices(count: int) -> Iterator[tuple[datetime, bytes]]:
    """A capture a day on which every third model changes its price; one goes on the fifth day, one comes."""
    for day in range(count):
        models = [
            record(f"Lab: {number}", number, price=f"0.00000{1 + (day + number) // 3}")
            for number in range(9)
            if not (number == 4 and day >= 5) and not (number == 7 and day < 5)
        ]
        yield at(day), listing(*models)


def filled(catalogue: Catalogue, captures: Iterator[tuple[datetime, bytes]]) -> Catalogue:
    """The catalogue with these captures in it."""
    for when, body in captures:
        outcome = catalogue.take(when, body)
        assert outcome.verdict == "accepted", outcome
    return catalogue


def exported(catalogue: Catalogue, folder: Path, **options: Any) -> dict[str, ExportedFile]:
    """Export and give the files by their paths below the folder."""
    return {file.path.relative_to(folder).as_posix(): file for file in export(catalogue.engine, folder, **options)}


def bytes_below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
