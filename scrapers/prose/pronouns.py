"""Sentences that say `this` of the score in the sentence before: `This drops to 71.0% without reasoning.`"""

from __future__ import annotations

import re

from scrapers.prose.modes import modes_in

_CHANGES = (
    r"(?:drops|dropped|falls|fell|declines|declined|decreases|decreased|slips|slipped|rises|rose|climbs|climbed|"
    r"increases|increased|improves|improved|jumps|jumped|goes (?:up|down)|went (?:up|down))\b"
)
_STATES = r"(?:is|was|becomes|reaches|reached|stands at|comes to)\b"
_SCORE = r"(?:(?:[Tt]h(?:is|at|e)|[Ii]ts) (?:score|accuracy|figure|result)|[Tt]his|[Tt]hat|[Aa]ccuracy)"
_TAKES_UP = re.compile(
    r"(?P<mode>[^,;.%]{0,40}(?:reasoning|thinking)[^,;.%]{0,20}, )?"
    rf"(?:{_SCORE}(?= (?:then |only |even )?(?:{_CHANGES}|{_STATES}))|[Ii]t(?= (?:then |even )?{_CHANGES})|"
    rf"(?<=, )it(?= (?:then |only |even )?{_STATES} (?:only |just |at )?[0-9.]+ ?%))"
)
_IS_RANKED = re.compile(
    rf"{_SCORE}(?= (?:still |only )?(?:places|puts|ranks|positions|corresponds|is|lands|falls)\b(?:[^,;.%]{{0,30}} "
    r"(?:in|at|to))? (?:only |just )?the [0-9]{1,3}(?:st|nd|rd|th) percentile\s*(?:[.,;]|$))"
)


_WITHOUT_IT = re.compile(r"(?P<word>[Ww]ithout|[Ww]ith(?= it\b))(?: it)?[,:] ")


def with_reasoning(sentence: str) -> str | None:
    """The sentence with what `without it` is without, for one that follows another of reasoning; None for others.

    >>> with_reasoning("Without it, Coding is at 71.0%.")
    'Without reasoning, Coding is at 71.0%.'
    """
    match = _WITHOUT_IT.match(sentence)
    return f"{match['word']} reasoning, {sentence[match.end() :]}" if match else None


_THERE = re.compile(
    r"(?:[Tt]here|[Hh]ere|(?:[Ii]n|[Oo]n) (?:this|that) (?:benchmark|category|area|test|discipline|field)),? "
    r"(?=(?:it|its|the model|accuracy|the score|only|just)\b)"
)


def speaks_of_a_place(sentence: str) -> bool:
    return _THERE.match(sentence) is not None


def placed_in(sentence: str, benchmark: str) -> str:
    """The sentence with the benchmark for the word that stands for it.

    >>> placed_in("There, it scores 71.0%.", "Coding")
    'In Coding, it scores 71.0%.'
    """
    return _THERE.sub(f"In {benchmark}, ", sentence, count=1)


_BARE_ORDINAL = re.compile(r"[^;%0-9]{3,60} (?:in|at|within) (?:only |just )?the [0-9]{1,3}(?:st|nd|rd|th)(?=[.,;]|$)")


def with_percentile(sentence: str) -> str | None:
    """The sentence with the word that it takes from the one before, for an ordinal that says not of what.

    >>> with_percentile("Its price is in the 41st."), with_percentile("Its price is in the 41st place.")
    ('Its price is in the 41st percentile.', None)
    """
    match = _BARE_ORDINAL.match(sentence) if " the " in sentence and "percentile" not in sentence else None
    return f"{match[0]} percentile{sentence[match.end() :]}" if match else None


_MODE_LABEL = re.compile(
    r"[*_#-]*\s*((?:[Rr]esults )?[Ww]ith(?:out)? (?:reasoning|thinking)(?: (?:enabled|on))?|"
    r"(?:[Nn]on-)?(?:[Rr]easoning|[Tt]hinking) mode|(?:Reasoning|Thinking) (?:enabled|disabled|on|off))\s*:?\s*[*_]*:?"
)
_ENTRY = re.compile(r"[-*•–] |\*\*|[A-Z][\w &()-]{2,40}[:–—]")


def label_of(line: str, label: str | None) -> tuple[str | None, bool]:
    """The mode of reasoning that a line is below, given that of the line before, and whether it is the label itself.

    >>> label_of("**With reasoning:**", None), label_of("- Coding: 95.0%", "With reasoning")
    (('With reasoning', True), ('With reasoning', False))
    >>> label_of("It is fine.", "With reasoning")
    (None, False)
    """
    if match := _MODE_LABEL.fullmatch(line):
        return match[1], True
    return (label if _ENTRY.match(line) else None), False


def with_benchmark(sentence: str, benchmark: str, is_reasoning: bool | None = None) -> str | None:
    """The sentence with the benchmark for its first word, where that takes up the only score of the sentence before.

    A figure is taken up where the sentence tells the mode of reasoning it is of, and a percentile where it tells of
    what: without, `this` might be the average, or the speed.

    >>> with_benchmark("This drops to 71.0% without reasoning.", "Coding")
    'Coding drops to 71.0% without reasoning.'
    >>> with_benchmark("This drops to 71.0% in Ethics.", "Coding")
    """
    if is_reasoning is not None:
        sentence = with_reasoning(sentence) or sentence
    if (match := _TAKES_UP.match(sentence)) and modes_in(sentence):
        return f"{match['mode'] or ''}{benchmark}{sentence[match.end() :]}"
    if match := _IS_RANKED.match(sentence):
        return benchmark + sentence[match.end() :]
    return None
