"""Days of two numbers and a year are told by the others of the page, or refused."""

from __future__ import annotations

import pytest
from extracted_page import MODELS, read


def history(*days: str, header: str = "Date") -> str:
    rows = "".join(f"| {day} | $1 |\n" for day in days)
    return f"## Price History\n\n| {header} | Prompt |\n|---|---|\n{rows}"


@pytest.mark.parametrize(
    ("days", "read_as"),
    [
        (["10/12/2025", "10/23/2025"], ["2025-10-12", "2025-10-23"]),
        (["10/12/2025, 10:15 AM", "10/23/2025, 9:00 PM"], ["2025-10-12", "2025-10-23"]),
        (["1/2/2025", "23/10/2025"], ["2025-02-01", "2025-10-23"]),
        (["1.2.2025", "23.10.2025"], ["2025-02-01", "2025-10-23"]),
        (["10/12/2025", "11/12/2025"], []),
        (["10/12/2025", "10/23/2025", "24/10/2025"], ["2025-10-23", "2025-10-24"]),
    ],
)
def test_the_days_of_a_page_are_written_in_one_order(days: list[str], read_as: list[str]) -> None:
    records = read(before=history(*days))
    dated = [str(price.effective_from) for price in records.prices if price.effective_from]
    assert dated == read_as
    assert bool(records.warnings) == (len(read_as) < len(days))


def test_the_days_of_one_table_tell_those_of_another() -> None:
    model = read(before=history("10/23/2025"), models=MODELS.replace("Jan 02, 2025", "1/2/2025")).models[0]
    assert str(model.released_on) == "2025-01-02"


@pytest.mark.parametrize("header", ["Changed At", "Recorded on"])
def test_the_column_of_days_has_other_names(header: str) -> None:
    records = read(before=history("Jan 2, 2025", header=header))
    assert [str(price.effective_from) for price in records.prices if price.effective_from] == ["2025-01-02"]
