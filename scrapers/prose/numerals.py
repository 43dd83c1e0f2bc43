"""Numbers that a writer spells out before `percent` and `percentile`, as digits."""

from __future__ import annotations

import re

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_CARDINALS = {word: number for number, word in enumerate(_SMALL)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_ORDINALS = {
    {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
     "twelve": "twelfth"}.get(word, f"{word.removesuffix('y')}ieth" if word in _TENS else f"{word}th"): number
    for word, number in _CARDINALS.items()
}  # fmt: skip

_SPELLED = re.compile(
    rf"\b(?P<words>(?:(?:{'|'.join([*_CARDINALS, *_ORDINALS, 'hundred', 'hundredth', 'thousand', 'point', 'half'])}|"
    r"and|an?)[ -]){1,8})per ?cent(?P<rank>iles?)?\b",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"\b([A-Za-z]+)[ -]per ?cent")
_LAST_WORDS = frozenset((*_CARDINALS, *_ORDINALS, "hundred", "hundredth", "thousand", "half"))
_DIGITS_PER_CENT = re.compile(r"(?<=[0-9] )per cent\b")


def in_digits(text: str) -> str:
    """A sentence with the numbers that are spelled out before `percent` and `percentile` written in digits.

    What is no whole number from 0 to 100 is left as it stands.

    >>> in_digits("Ninety-eight percent in Ethics, one hundred per cent in Coding, the forty-third percentile.")
    '98 percent in Ethics, 100 percent in Coding, the 43rd percentile.'
    """
    if "per cent" in text:
        text = _DIGITS_PER_CENT.sub("percent", text)
    return _SPELLED.sub(_written, text) if _may_be_spelled(text) else text


def _may_be_spelled(text: str) -> bool:
    return any(word.lower() in _LAST_WORDS for word in _WORD_BEFORE.findall(text))


def is_spelled(text: str) -> bool:
    """Whether a number before `percent` is still spelled out: one that is not whole, or more than a hundred."""
    match = _SPELLED.search(text) if _may_be_spelled(text) else None
    return match is not None and not set(re.split("[ -]", match["words"].lower())) <= {"half", "a", "an", "and", ""}


def _written(match: re.Match[str]) -> str:
    words = re.split("[ -]", match["words"].strip(" -").lower())
    start = 0
    while len(words) > 1 and words[0] in ("a", "an", "and") and words[1] != "hundred":
        start += len(words.pop(0)) + 1
    if words[0] == "and":
        return match[0]
    rank = match["rank"] or ""
    number = _number(words, _ORDINALS if rank else _CARDINALS, "hundredth" if rank else "hundred")
    if number is None:
        return match[0]
    return f"{match['words'][:start]}{number}{_suffix(number) if rank else ''} percent{rank}"


def _number(words: list[str], last: dict[str, int], hundred: str) -> int | None:
    if words[-1] == hundred and words[:-1] in ([], ["a"], ["one"]):
        return 100
    if len(words) == 1:
        return last.get(words[0])
    if len(words) == 2 and words[0] in _TENS and 0 < last.get(words[1], 0) < 10:
        return _CARDINALS[words[0]] + last[words[1]]
    return None


def _suffix(number: int) -> str:
    return "th" if number // 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
