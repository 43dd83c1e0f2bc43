"""Whether reasoning was on, as sentences say it: `with reasoning enabled`, `without`, `(non-reasoning)`."""

from __future__ import annotations

import re
from itertools import pairwise

from scrapers.prose.marks import Mark, Marked

_ON = r"(?:turned |switched )?on\b|enabled|active\b|activated|used\b|in use\b|engaged|allowed|applied"
_OFF = (
    r"(?:turned |switched )?off\b|disabled|inactive|deactivated|"
    rf"not (?:{_ON})|n't (?:{_ON})"
)
_MODE = re.compile(
    r"\b(?P<off>[Ww](?:ithout|/o) (?:its |any |extended |the )?(?:reasoning|thinking)\b(?: mode\b| enabled| on\b)?|"
    r"(?<=\()[Nn]o[ -](?:reasoning|thinking)(?=\))|"
    r"(?:[Rr]easoning|[Tt]hinking)-(?:disabled|off)\b|"
    r"(?:[Dd]isabling|[Tt]urning off) (?:reasoning|thinking)\b|[Ww]ith no reasoning|"
    r"(?:[Ii]n )?(?:[Ii]ts |[Tt]he )?[Nn]on-(?:reasoning|thinking)\b"
    r"(?: mode\b| variant| version| configuration| setting)?|"
    rf"(?:(?:[Ww]ith|[Ww]hen|[Oo]nce|[Ii]f) )?(?:[Rr]easoning|[Tt]hinking) (?:mode )?(?:is |was )?(?:{_OFF})|"
    rf"(?:when|once|if) (?:it is |it's |it was |it isn't |it wasn't )?(?:{_OFF})|"
    rf"(?:when|if) (?:it is|it's|it was) not(?=[.,;)]|$)|[Ww]hen not thinking(?=,)|"
    r"[Ww]ithout using (?:reasoning|thinking)\b|"
    r"[Ww](?:ithout|/o)(?: it)?(?=[.,;)]|$|\s+(?:and |but |to )?[0-9]|\s+(?:in|on|for) [A-Z]))"
    r"|\b(?P<on>[Ww](?:ith|/) (?:its |extended |the )?(?:reasoning|thinking)\b"
    rf"(?! (?:task|problem|question|benchm|effort|budget|tokens|at [0-9.]+ ?%,? and [a-z]+ (?:[a-z]+ )?at ))"
    rf"(?: mode\b)?(?: (?:{_ON}))?|"
    r"(?:[Rr]easoning|[Tt]hinking)(?:-(?:enabled|on)\b|(?= \([0-9.]+ ?%\),? (?:and|vs\.?|versus) non-))|"
    r"(?:[Ee]nabling|[Aa]ctivating|[Tt]urning on) (?:reasoning|thinking)\b|"
    r"[Uu]sing (?:its |extended )?(?:reasoning|thinking)(?=[.,:;)]|$| (?:and|versus|vs\.?|but|while|compared|against|"
    r"in|on|for)\b)|"
    r"[Ww]ith Reasoning (?:enabled|on|mode)\b|"
    rf"(?:(?:[Ww]ith|[Ww]hen|[Oo]nce|[Ii]f) )?(?:reasoning|thinking) (?:mode )?(?:is |was )?(?:{_ON})|"
    rf"(?:[Ww]hen|[Oo]nce|[Ii]f) (?:[Rr]easoning|[Tt]hinking) (?:mode )?(?:is |was )(?:{_ON})|"
    r"when (?:it is |it's |it was )(?:(?:turned |switched )on\b|enabled|activated)|"
    r"(?:[Rr]easoning|[Tt]hinking)(?= (?:rais|lift|boost|push|br[io]|improve[sd] (?:its|the|accuracy|[A-Z]))[a-z]*\b)|"
    r"(?:(?<=^)|(?<=[.;:(] ))(?:Reasoning|Thinking) (?:mode )?(?:enabled|activated|(?:turned |switched )?on)(?=[:,)])|"
    r"[Ww]hen thinking(?=,)|"
    r"(?:[Ii]n (?:its )?)?(?:[Rr]easoning|[Tt]hinking) mode\b|"
    r"(?:[Ii]n )?(?:[Ii]ts|[Tt]he) (?:reasoning|thinking) (?:variant|version|mode|configuration|setting)\b)|"
    r"(?<=\()(?P<aside>reasoning|thinking)(?=\))|(?<=% )(?P<bare>with(?: it)?)(?=[.,;)]|$| and [0-9])"
)
_SHORT = re.compile(r"[Ww](?:ithout|/o)(?: it)?|with(?: it)?|(?:when|once|if) .*")
"""A mode that only another mention of reasoning tells from what else may be with or without."""

_UNCLEAR = re.compile(
    r"\b(?:[Ww]hen|[Oo]nce|[Ii]f|[Uu]nless|[Ww]henever|[Uu]sing|[Vv]ia|[Ww]ith(?:out)?) (?:[a-z]+ ){0,2}"
    r"(?:reasoning|thinking)\b(?= (?:is|was|isn't|wasn't|turned|switched|tokens|effort|budget|steps|at |"
    r"and |versus |vs )|[.,;)]|$)|"
    r"\b(?:high|low|medium|minimal|maximum)(?:-reasoning|[- ](?:reasoning )?effort)\b|"
    r"\b(?:turned|switched) (?:on|off)\b|\b(?:enabled|disabled|activated|deactivated)(?=[.,;)]|$)|"
    r"\bin (?:both|either) modes?\b|\bwith (?:and|or) without (?:reasoning|thinking)\b"
)
"""Words of a mode of reasoning that is not one of the two."""

_DOES = re.compile(r"Thinking [a-z]+s\b")
_STANDARD = re.compile(
    r"\b(?:[Ss]tandard|[Dd]efault|normal|regular|base|fast|instant|chat|deep|max|high|low|medium) mode\b"
)
"""Modes that a page does not say to be with or without reasoning."""

_PLAIN_LABEL = re.compile(r"(?<=[;,.] )(?:[Ss]tandard|[Dd]efault|[Nn]ormal|[Rr]egular|[Bb]ase)(?=:)")

_NO_MODE_BEFORE = re.compile(r"\bmodels $|\b(?:combin|pair|blend|mix|fus|integrat|marr)\w* (?:[\w-]+ ){1,4}$")
"""`Unlike models with reasoning, …`, `It combines search with reasoning`."""

_TELLING = ("easoning", "hinking", "ithout", "/o", "when ", "% with")
"""What any of these has, found in a fraction of their time."""


def modes_in(text: str) -> list[Mark]:
    """What is said of reasoning."""
    if not any(word in text for word in _TELLING):
        return []
    modes = [
        Mark("mode", *match.span(), match[0], mode=match["off"] is None)
        for match in _MODE.finditer(text)
        if not _NO_MODE_BEFORE.search(text, max(0, match.start() - 50), match.start())
    ]
    if "easoning" in text or "hinking" in text:
        return modes
    return [mode for mode in modes if not _SHORT.fullmatch(mode.text)]


_AMOUNT = re.compile(
    r"(?:\$ ?[0-9][0-9.,]*|[0-9][0-9.]* ?(?:ms|s|secs?|seconds|minutes|tokens|cents))"
    r"(?: (?:per|a|an|each|on) [a-z]+(?: [a-z]+)?)?[ (]+$"
)


def is_of_amount(text: str, mode: Mark) -> bool:
    """Whether a mode is only that of a cost or a time right before it: `it costs $0.05 with reasoning, and …`."""
    return _AMOUNT.search(text, max(0, mode.start - 60), mode.start) is not None


def unclear_mode(text: str, modes: list[Mark]) -> str | None:
    """What is said of reasoning that is neither on nor off: `with medium thinking effort`."""
    if "easoning" in text or "hinking" in text:
        if text.startswith("Thinking ") and _DOES.match(text):
            return "Thinking"
        for match in _UNCLEAR.finditer(text):
            inside = [mode for mode in modes if mode.start < match.end() and match.start() < mode.end]
            if not inside or match.start() < inside[0].start:
                return match[0]
    if modes and (plain := _PLAIN_LABEL.search(text)):
        return plain[0]
    if " mode" in text and (standard := _STANDARD.search(text)):
        return standard[0]
    return None


_OF_MODE = re.compile(r"(?:for|in|with|by|from) (?=the |its |non-)")


def begins_with_mode(text: str) -> bool:
    """Whether a mode comes first: `without reasoning`, `for the non-reasoning variant`, `(no reasoning)`."""
    start = len(text) - len(text.lstrip(" ("))
    of = _OF_MODE.match(text, start)
    return _MODE.match(text, of.end() if of else start) is not None


def mode_of(marked: Marked, percent: Mark, name: Mark | None = None) -> bool | None:
    """Whether the score was reached with reasoning: said right after it, else before its benchmark."""
    marks = marked.of("mode", "percent", "name")
    if percent.mode is not None or not any(mark.kind == "mode" for mark in marks):
        return percent.mode
    at = marks.index(percent)
    last = name if name is not None and name.start > percent.start else percent
    right = marks[at + 1] if at + 1 < len(marks) else percent
    if at and marks[at - 1].kind == "mode" and _IS_SUBJECT.search(marked.text, marks[at - 1].start, percent.start):
        return marks[at - 1].mode
    if right.kind == "mode" and marked.text[percent.end : right.start].strip(" (") in ("", "accuracy"):
        return right.mode
    if at and marks[at - 1].kind == "mode" and marked.text[marks[at - 1].end : percent.start].strip() == "(":
        return marks[at - 1].mode
    following = next((mark for mark in marks if mark.start >= last.end), None)
    if following is not None and following.kind == "mode" and _is_beside(marked, last, following):
        return following.mode
    if (governing := _at_head(marked, percent) or _at_tail(marked, last)) is not None:
        return governing.mode
    if name is not None and at and (left := marks[at - 1]).kind == "mode" and name.end <= left.start:
        return None if ";" in marked.text[left.end : percent.start] else left.mode
    return _before_list(marked, marks[: at + 1], name)


_IS_SUBJECT = re.compile(
    r"(?:variant|version|configuration|setting|mode) (?:(?:scor(?:es|ed)|reach(?:es|ed)|achiev(?:es|ed)|gets|got|"
    r"posts|posted|attain(?:s|ed)|ha[sd]|is|was|at|only|just) )*$"
)
"""`the reasoning variant scores 94.0% and the non-reasoning variant 80.0%`."""


def _before_list(marked: Marked, marks: list[Mark], name: Mark | None) -> bool | None:
    """The mode said before a score, the last of the marks, or before the list that it is in."""
    first = len(marks) - 2 if name is not None and marks[-2:-1] == [name] else len(marks) - 1
    while first and marks[first - 1].kind != "mode" and _are_listed(marked, *marks[first - 1 : first + 1]):
        first -= 1
    earlier = [mark for mark in marks[:first] if mark.kind != "name"]
    if earlier and earlier[-1].kind == "mode" and _is_of_another_name(marked, earlier[-1], marks):
        return None
    if not earlier or earlier[-1].kind != "mode" or ";" in marked.text[earlier[-1].end : marks[first].start]:
        return None
    of_another = len(earlier) > 1 and earlier[-2].kind == "percent" and _is_beside(marked, earlier[-2], earlier[-1])
    return None if of_another else earlier[-1].mode


def _is_of_another_name(marked: Marked, mode: Mark, marks: list[Mark]) -> bool:
    """Whether a mode stands with a name, and another follows: `Coding (without reasoning): 79.0%, Ethics: 84.0%`."""
    at = marks.index(mode)
    is_aside = marked.text[mode.start - 1 : mode.start] == "(" and marked.text.startswith(")", mode.end)
    return is_aside and at > 0 and marks[at - 1].kind == "name" and any(mark.kind == "name" for mark in marks[at:])


_LISTED = re.compile(r"\s*\)?\s*(?:accuracy\b)?\s*,?\s*(?:and\b)?\s*(?:(?:in|on|for|at)\b)?\s*\(?")


def _are_listed(marked: Marked, left: Mark, right: Mark) -> bool:
    return _LISTED.fullmatch(marked.between(left, right)) is not None


_GOVERNS = re.compile(
    r"(?:[,:]| (?:is|are|was|were|it|(?:the|this) model|raises|raised|lifts|lifted|boosts|boosted|improves|improved|"
    r"pushes|pushed|brings|brought|takes|took|lowers|lowered)\b)"
    r"(?!.*\b(?:while|but|whereas|although|though|compared|versus)\b)"
)
_HEAD = re.compile(
    r"\s*(?:and |but |while |- |• )?"
    r"(?:(?:[Tt]he |[Ii]ts )?(?:[Rr]esults|[Ss]cores|[Aa]ccuracy|[Aa]ccuracies|[Ff]igures) )?"
)


def _at_head(marked: Marked, percent: Mark) -> Mark | None:
    """`With reasoning enabled, …` at the head of a clause, of all that follows."""
    start, end = marked.text.rfind(";", 0, percent.start) + 1, marked.text.find(";", percent.end)
    modes = [mark for mark in marked.of("mode") if start <= mark.start and (end < 0 or mark.end <= end)]
    if not modes or modes[0].end > percent.start or not _HEAD.fullmatch(marked.text, start, modes[0].start):
        return None
    if any(mode.start < percent.start for mode in modes[1:]):
        return None
    return modes[0] if _GOVERNS.match(marked.text, modes[0].end, percent.start) else None


_CONTRASTED = re.compile(r"(?:[,:]| [a-z]).*\b(?:while|but|whereas|although|though)\b")


def may_be_governed(marked: Marked, percent: Mark) -> bool:
    """Whether nobody can tell if a mode at the head of a sentence is that of a clause in contrast to the next one:
    `With reasoning, it reaches 95.0% in A, while B climbs to 90.0%`."""
    modes = marked.of("mode")
    if len(modes) != 1 or modes[0].end > percent.start or not _HEAD.fullmatch(marked.text, 0, modes[0].start):
        return False
    between = marked.text[modes[0].end : percent.start]
    return ";" not in between and _CONTRASTED.match(between) is not None


_OF_ALL = re.compile(r" |\)?,? (?:both|all|each) |\)? (?:are|were) [a-z ]{0,30}")
_ENDS = re.compile(r"\s*(?:[.,;)]|$|(?:but|while|whereas|compared|versus)\b)")


def _at_tail(marked: Marked, last: Mark) -> Mark | None:
    """`95% in Coding, 92% in Ethics and 90% in Reasoning with reasoning`, of all that is listed."""
    listed = [mark for mark in marked.of("mode", "percent", "name") if mark.start >= last.start]
    is_pair = len(marked.of("percent")) < 3
    for left, right in pairwise(listed):
        if right.kind == "mode":
            words = marked.text[left.end : right.start]
            is_labelled = left.kind == "name" and words == ") "  # `93.0% (A) and 98.0% (B) with reasoning`
            is_end = (is_labelled or _OF_ALL.fullmatch(words)) and _ENDS.match(marked.text, right.end)
            return right if is_end and left.kind == last.kind else None
        words = marked.text[left.end : right.start]
        is_aside = left.kind == right.kind and "(" in words  # `93.0% (71.0% without reasoning)`
        if is_aside or not _are_listed(marked, left, right) or (is_pair and ", and" in words):
            return None
    return None


_PARTS = re.compile(r"[,;:%—–]|\b(?:than|versus|vs|while|but|whereas|beats?|against|compared|outperforms?|exceeds?)\b")


def _is_beside(marked: Marked, left: Mark, right: Mark) -> bool:
    return not _PARTS.search(marked.text, left.end, right.start)
