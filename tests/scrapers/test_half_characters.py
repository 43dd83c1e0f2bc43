"""P20: NUL and half characters, which JSON can write and no database takes, in what a page's scripts hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalog.kinds import FACT
from catalog.rows import row_hash
from scrapers.document import Document
from scrapers.errors import UnreadableDocument
from scrapers.html.data.assigned import assigned_values
from scrapers.html.data.flight import flight_lines
from scrapers.html.data.sections import json_of
from scrapers.sources.benchable_page import parse

CASES = Path(__file__).parents[1] / "sources" / "benchable_page"


@pytest.mark.parametrize(("case", "name"), [("facts_in_flight_data", "Nimbus"), ("facts_in_next_data", "Reef")])
@pytest.mark.parametrize("half", [r"\ud83d", r"\udc00", r"\u0000"])
def test_p20_a_name_with_half_a_character_is_read_as_a_browser_shows_it(case: str, name: str, half: str) -> None:
    page = (CASES / case / "input.html").read_text(encoding="utf-8")
    said = [f"{name[:3]}\ufffd{name[3:]}" if one.provider == name else one.provider for one in records(page).endpoints]
    assert name not in said
    assert [one.provider for one in records(page.replace(name, name[:3] + half + name[3:])).endpoints] == said


def records(page: str):  # type: ignore[no-untyped-def]
    return parse(Document(page.encode())).records()


@pytest.mark.parametrize("escaped", [r'"\ud83d\ude00 \\ud83d"', r'"\uD83D\uDE00 \\ud83d"', '"\U0001f600 \\\\ud83d"'])
def test_a_whole_character_and_a_backslash_stay_what_they_are(escaped: str) -> None:
    assert json_of(escaped) == "\U0001f600 \\ud83d"


def test_p20_halves_in_keys_lists_and_an_answer_within_an_answer_are_found() -> None:
    assert json_of(r'{"a\ud83d": ["\udc00", 1]}') == {"a\ufffd": ["\ufffd", 1]}
    assert json_of(json.dumps({"status": 200, "body": json.dumps(["\ud83d"])})) == ["\ufffd"]
    assert assigned_values(r'window.__DATA__ = {"a": "\ud83d"}') == [("__DATA__", {"a": "\ufffd"})]


def test_a_character_that_is_cut_between_two_parts_of_the_flight_data_is_whole() -> None:
    scripts = [f"self.__next_f.push([1,{part}])" for part in (r'"5:[\"so \ud83d"', r'"\ude00\"]\n"')]
    assert flight_lines(scripts) == {"5": ["so \U0001f600"]}


def test_p20_whatever_a_parser_lets_through_is_refused_before_it_is_stored() -> None:
    assert row_hash(FACT, ["\U0001f600", "한국어", r"\ud83d", None]) == row_hash(
        FACT, ["\U0001f600", "한국어", r"\ud83d", None]
    )
    for value in ("a\ud83db", "\udc00", "a\0b"):
        with pytest.raises(UnreadableDocument, match="no database takes it"):
            row_hash(FACT, ["sound", value])
