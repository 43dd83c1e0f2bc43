"""`docs/exports.md` says what is so: its Python runs, its tables and options are those of the program."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from catalogue import Catalogue
from odd_catalogues import WORDS, days_of_prices, exported, filled

from catalog.export import TABLES

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "exports.md"


def test_its_examples_run(odd: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """E06: and reading as it advises gives back every odd word."""
    for form in ("csv", "parquet"):
        exported(odd, tmp_path / "out", format=form)
    exported(odd, tmp_path / "parts", format="parquet", tables=["price_history"], partition="month")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in re.findall(r"^```python\n(.*?)^```", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        exec(compile(block, str(DOCUMENT), "exec"), names)
    assert set(names["names"]) >= set(WORDS[:-1])  # type: ignore[call-overload] # the last one's model is gone


def test_its_way_to_read_partitions_holds_before_anything_has_ended(
    new_catalogue: Callable[[], Catalogue], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = exported(
        filled(new_catalogue(), days_of_prices(1)), tmp_path / "parts", format="parquet", partition="month"
    )
    block = re.search(r"^```python\n([^`]*^growing = .*?)^```", DOCUMENT.read_text(encoding="utf-8"), re.M | re.S)
    assert block is not None
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"pd": pd}
    exec(compile(block[1], str(DOCUMENT), "exec"), names)
    assert (len(names["growing"]), names["growing"]["month"].isna().all()) == (
        sum(file.rows for file in files.values() if file.table == "price_history"),
        True,
    )


def test_it_names_every_table() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [name for name in TABLES if f"`{name}`" not in text] == []
