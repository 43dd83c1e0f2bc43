"""Every source reads every one of its cases as the golden beside it says.

A case is a folder `tests/sources/<source>/<case>/` with `input.<ending>` (the bytes that came), perhaps `meta.json`
(`url`, `observed_at`, `content_type`), and either `expected.json` (the records) or `error.json` (`{"code": …}`).
Only `pytest --update-goldens` writes a golden; read the difference before committing it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from scrapers.document import Document
from scrapers.errors import DocumentError
from scrapers.source import all_sources, source_of

FOLDER = Path(__file__).parent
CASES = sorted(path.parent for path in FOLDER.glob("*/*/input.*"))


def name_of(case: Path) -> str:
    return f"{case.parent.name}/{case.name}"


def document_of(case: Path) -> Document:
    (source_file,) = case.glob("input.*")
    meta_file = case / "meta.json"
    meta = json.loads(meta_file.read_text("utf-8")) if meta_file.exists() else {}
    if "observed_at" in meta:
        meta["observed_at"] = datetime.fromisoformat(meta["observed_at"])
    return Document(body=source_file.read_bytes(), name=source_file.name, **meta)


def outcome_of(case: Path) -> tuple[str, Any]:
    """The golden's file name and what belongs in it."""
    try:
        records = all_sources()[case.parent.name].parse(document_of(case)).records()
    except DocumentError as error:
        return "error.json", {"code": error.code}
    return "expected.json", json.loads(json.dumps(records.as_dict()))


def differences(expected: Any, actual: Any, path: str = "") -> Iterator[str]:
    """Each place where two outcomes differ: the list, the row and the field."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in [*expected, *(key for key in actual if key not in expected)]:
            place = f"{path}.{key}" if path else key
            if key not in actual:
                yield f"{place}: expected {expected[key]!r}, and the field is missing"
            elif key not in expected:
                yield f"{place}: not expected, and is {actual[key]!r}"
            else:
                yield from differences(expected[key], actual[key], place)
    elif isinstance(expected, list) and isinstance(actual, list):
        for number, (one, other) in enumerate(zip(expected, actual, strict=False)):
            yield from differences(one, other, f"{path}[{number}]")
        for number, row in enumerate(expected[len(actual) :], len(actual)):
            yield f"{path}[{number}]: missing, expected {row!r}"
        for number, row in enumerate(actual[len(expected) :], len(expected)):
            yield f"{path}[{number}]: not expected: {row!r}"
    elif type(expected) is not type(actual) or expected != actual:
        yield f"{path}: expected {expected!r}, got {actual!r}"


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_source_reads_its_case_as_the_golden_says(case: Path, request: pytest.FixtureRequest) -> None:
    name, actual = outcome_of(case)
    golden = case / name
    if request.config.getoption("--update-goldens"):
        for stale in {"expected.json", "error.json"} - {name}:
            (case / stale).unlink(missing_ok=True)
        golden.write_text(json.dumps(actual, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.skip(f"wrote {golden.relative_to(FOLDER)}")
    assert golden.exists(), f"{name_of(case)}: no {name}, and the source says {str(actual)[:300]}"
    found = list(differences(json.loads(golden.read_text("utf-8")), actual))
    assert not found, f"{name_of(case)} differs in {len(found)} places:\n" + "\n".join(found[:20])


@pytest.mark.parametrize("slug", all_sources())
def test_every_source_has_a_case_with_records_and_one_with_an_error(slug: str) -> None:
    cases = [case for case in CASES if case.parent.name == slug]
    assert any((case / "expected.json").exists() for case in cases), f"{slug} has no case with records"
    assert any((case / "error.json").exists() for case in cases), f"{slug} has no case that is refused"


def test_every_folder_of_cases_belongs_to_a_source() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir() and not path.name.startswith(("_", "."))}
    assert folders <= set(all_sources())


@pytest.mark.parametrize("case", [case for case in CASES if (case / "expected.json").exists()], ids=name_of)
def test_a_case_is_claimed_by_its_own_source(case: Path) -> None:
    assert source_of(document_of(case)).slug == case.parent.name


def test_a_difference_names_list_row_and_field() -> None:
    expected = {"models": [{"name": "Pear", "author": "orchard"}], "prices": []}
    actual = {"models": [{"name": "Apple", "author": "orchard"}], "prices": [{"usd": "1"}]}

    assert list(differences(expected, actual)) == [
        "models[0].name: expected 'Pear', got 'Apple'",
        "prices[0]: not expected: {'usd': '1'}",
    ]


def test_null_zero_and_a_missing_field_are_different_in_a_golden() -> None:
    assert list(differences({"a": None}, {"a": 0})) == ["a: expected None, got 0"]
    assert list(differences({"a": None}, {})) == ["a: expected None, and the field is missing"]
    assert list(differences({"a": 1}, {"a": True})) == ["a: expected 1, got True"]
