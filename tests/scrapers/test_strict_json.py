"""JSON is read as RFC 8259 has it: P11, P17, P20."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from scrapers.api.strict_json import Unreadable, decode, flaw, is_deeper_than
from scrapers.errors import CutDocument, UnreadableDocument


def test_a_fraction_keeps_every_digit() -> None:
    value = decode('{"price": 0.00000008333333333333334, "whole": 12}').value

    assert value == {"price": Decimal("0.00000008333333333333334"), "whole": 12}
    assert type(value["whole"]) is int


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity", "1e400", "1e999999999", "-1e-999999999"])
def test_p11_a_number_that_is_none_is_marked_and_does_not_hang(literal: str) -> None:
    value, is_suspect = decode(f'[{{"price": {literal}}}, {{"price": 0.5}}]')

    assert is_suspect
    assert isinstance(value[0]["price"], Unreadable)
    assert flaw(value[0]) is not None
    assert flaw(value[1]) is None


def test_p11_an_integer_of_ten_thousand_digits_is_marked() -> None:
    value, is_suspect = decode(f'{{"n": {"9" * 10_000}}}')

    assert is_suspect
    assert flaw(value) is not None


def test_a_fraction_of_more_digits_than_any_price_is_marked_not_rounded() -> None:
    value, is_suspect = decode(f"[0.{'1' * 60}]")

    assert is_suspect
    assert isinstance(value[0], Unreadable)


def test_p17_a_key_that_stands_twice_refuses_the_document() -> None:
    with pytest.raises(UnreadableDocument, match="'prompt' stands twice"):
        decode('{"pricing": {"prompt": "1", "prompt": "2"}}')


def test_p17_a_million_keys_one_of_them_twice_are_refused_without_a_hang() -> None:
    keys = ",".join(f'"k{number}":0' for number in range(200_000))

    with pytest.raises(UnreadableDocument, match="'k7' stands twice"):
        decode(f'{{{keys},"k7":1}}')


@pytest.mark.parametrize("opening, closing", [("[", "]"), ('{"a":', "}")])
def test_p17_nesting_without_end_is_refused(opening: str, closing: str) -> None:
    with pytest.raises(UnreadableDocument, match="nested"):
        decode(opening * 100_000 + "1" + closing * 100_000)


def test_p17_nesting_without_end_that_is_also_cut_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        decode("[" * 100_000)


def test_p17_a_string_of_fifty_megabytes_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="quotation mark"):
        decode('{"description": "' + "x" * 50_000_000 + '"}')


def test_depth_is_measured_without_recursion() -> None:
    value: object = 1
    for _ in range(5_000):
        value = [value]

    assert is_deeper_than(value, 100)
    assert not is_deeper_than([[{"a": [1]}]], 4)
    assert is_deeper_than([[{"a": [1]}]], 3)


def test_a_json_text_cut_anywhere_says_that_it_is_cut() -> None:
    whole = json.dumps({"data": [{"id": "orchard/pear", "note": 'a "quoted" \\ é ☃', "n": [1.5, -2, None, True]}]})

    for length in range(1, len(whole)):
        with pytest.raises(CutDocument):
            decode(whole[:length])


TOO_MUCH = ["[1,]", '{"a": [1],}', '{"a": 1}{}', '{"a": 1}]', '{"a": 1} trailing words']
"""At the end."""
BROKEN = ['{"a" 1, "b": 2, "c": 3}', "{'a': 1, 'b': 2, 'c': 3}"]
"""In the middle."""


@pytest.mark.parametrize("text", [*TOO_MUCH, *BROKEN])
def test_what_has_too_much_or_is_broken_is_unreadable_not_cut(text: str) -> None:
    with pytest.raises(UnreadableDocument):
        decode(text)


@pytest.mark.parametrize("text, words", [(r'["a\u0000b"]', "NUL"), (r'["\ud83d alone"]', "half a character")])
def test_p20_what_no_database_takes_is_found(text: str, words: str) -> None:
    value, is_suspect = decode(text)

    assert is_suspect
    assert words in (flaw(value) or "")


def test_p20_a_flaw_in_a_key_is_found_too() -> None:
    assert "NUL" in (flaw(decode(r'{"a\u0000": 1}').value) or "")


def test_a_pair_of_escapes_that_makes_one_character_is_no_flaw() -> None:
    assert flaw(decode(r'["\ud83c\udf50"]').value) is None
