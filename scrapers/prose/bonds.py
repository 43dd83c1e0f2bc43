"""Which percentage a sentence gives to which benchmark.

A percentage may be bound to the names before it or to those after it, each by the words between. The sentence is read
as a whole: of all ways to bind, that which leaves the fewest percentages unbound, then that with the firmest bonds.
Where two ways are as good, what they disagree on is in doubt.
"""

from __future__ import annotations

import re

from scrapers.prose.bond_words import (
    ACHIEVED,
    ADJECTIVE_AFTER,
    ASIDE,
    BACKWARD,
    BACKWARD_PERFECT,
    BREAKS,
    CONTRASTS_JOIN,
    FAULTS_IN,
    HEAD,
    HEAD_BOND,
    INTERJECTION,
    NAME_ENDS,
    NAMED_BOND,
    NAMES_JOIN,
    PERCENTS_JOIN,
    PREDICATE,
    TAIL,
    WERE_WRONG,
)
from scrapers.prose.compared import are_of_two, is_compared_with, is_set_against
from scrapers.prose.marks import Mark, Marked
from scrapers.prose.modes import mode_of
from scrapers.prose.ways import Bond, Pair, best_ways

FIRM, FAIR, LOOSE = 3, 2, 1

_SHARED = re.compile(r"\b(?:both|each|all|are|were|ties?|tied|share)\b", re.IGNORECASE)
_EACH_OF = re.compile(r"\b(?:each|all(?: [a-z]+)?) of (?:the )?$", re.IGNORECASE)
_THE_SAME = re.compile(r"\b(?:same|identical|equal) (?:accuracy|scores?|results?) (?:in|on|for) (?:both |the )?$")
_PLURAL = re.compile(r"scores|marks|results|accuracies", re.IGNORECASE)
_LONGEST_BOND = 90


def bind(marked: Marked, doubts: list[str]) -> list[Pair]:
    """Pairs of a name and the percentage that the sentence gives it."""
    groups = _groups(marked)
    at = [index for index, group in enumerate(groups) if group[0].kind == "percent"]
    if not at:
        return []
    best = best_ways([_bonds(marked, groups, index) for index in at], [groups[index] for index in at], marked)
    pairs: list[Pair] = []
    for number, index in enumerate(at):
        readings = {bond.pairs if (bond := way.bonds[number]) is not None else () for way in best}
        if len(readings) == 1 and (found := next(iter(readings))):
            pairs += found
        elif not all(mark.is_flourish for mark in groups[index]):
            doubts.append("a percentage that no benchmark can be bound to with certainty")
    return pairs


def _groups(marked: Marked) -> list[list[Mark]]:
    """Names and percentages in their order, those of one enumeration together."""
    groups: list[list[Mark]] = []
    marks = marked.of("name", "percent")
    for index, mark in enumerate(marks):
        if groups and groups[-1][0].kind == mark.kind:
            joins = NAMES_JOIN if mark.kind == "name" else PERCENTS_JOIN
            between = marked.between(groups[-1][-1], mark)
            following = marks[index + 1] if index + 1 < len(marks) else None
            is_listed = joins.fullmatch(between) is not None and not (
                _begins_anew(groups[-1], mark, following, between) or is_set_against(marked, groups[-1], mark)
            )
            if is_listed or (mark.kind == "percent" and _are_contrasted(marked, groups[-1][-1], mark, between)):
                groups[-1].append(mark)
                continue
        groups.append([mark])
    return groups


def _begins_anew(group: list[Mark], mark: Mark, following: Mark | None, between: str) -> bool:
    """Whether what looks like the second of an enumeration begins a clause: lists of two have no comma."""
    if mark.is_perfect or group[-1].is_perfect:
        return True
    if len(group) > 1 or "," not in between:
        return False
    is_last = following is None or following.kind != mark.kind
    return "and" in between or (is_last and mark.kind == "percent")


_COST = re.compile(r" (?:at|for) (?:an? (?:[a-z]+ )?cost of )?\$[0-9]+(?:\.[0-9]+)?")
"""`95.0% at a cost of $0.03 with reasoning and 90.0% for $0.01 without`."""


def _are_contrasted(marked: Marked, one: Mark, other: Mark, between: str) -> bool:
    if CONTRASTS_JOIN.fullmatch(_COST.sub("", between)) is None:
        return False
    modes = (mode_of(marked, one), mode_of(marked, other))
    return set(modes) == {True, False} or (between == " (" and modes[0] is None and modes[1] is not None)


def _bonds(marked: Marked, groups: list[list[Mark]], index: int) -> list[Bond]:
    group = groups[index]
    before = groups[index - 1] if index and groups[index - 1][0].kind == "name" else []
    after = groups[index + 1] if index + 1 < len(groups) and groups[index + 1][0].kind == "name" else []
    if before and after and not after[0].is_known and marked.between(group[-1], after[0]).strip() == "for":
        return []  # `Coding accuracy is 92.0% for Python and 85.0% for Rust`
    found = list(_backward(marked, group, after, bool(before))) if after else []
    if before and not group[0].is_end_of_range:
        found += _forward(marked, before, group)
    return found


def _backward(marked: Marked, percents: list[Mark], names: list[Mark], has_before: bool) -> list[Bond]:
    """`91.5% on Mathematics`, `perfect scores in A and B`, `98.0% and 99.0% in A and B respectively`."""
    bond = marked.between(percents[-1], names[0])
    if WERE_WRONG.match(marked.text, names[-1].end):
        return []
    match = BACKWARD.fullmatch(bond)
    firmness = FIRM
    if match is not None:
        if match["loose"] or (")" in bond and has_before):
            firmness = LOOSE
    elif len(percents) > 1:
        return []
    elif HEAD_BOND.fullmatch(bond) and HEAD.search(marked.text[: percents[0].start]):
        names = names if len(names) == 1 and PREDICATE.match(marked.text, names[0].end) else []
    elif not bond.strip() and ADJECTIVE_AFTER.match(marked.text, names[-1].end):
        names = names if len(names) == 1 or percents[0].is_perfect else []
    elif _is_labelled(marked, percents[0], names):
        before = [name for name in marked.of("name") if name.end <= percents[0].start]
        firmness = FAIR if before and not marked.in_parenthesis(before[-1]) else FIRM
    elif not (percents[0].is_perfect and BACKWARD_PERFECT.fullmatch(bond)):
        return []
    if not all(name.is_known or NAME_ENDS.match(marked.text, name.end) for name in names):
        return []
    if not all(name.is_known for name in names) and not ACHIEVED.search(marked.text[: percents[0].start] + bond):
        return []
    if len(percents) == 1 and len(names) > 1 and _ACROSS.search(bond):
        return []
    if len(percents) == 1:
        pairs = tuple((name, percents[0]) for name in names)
    else:
        pairs = tuple(_paired(marked, names, percents))
    return [Bond(pairs, firmness, True)] if pairs else []


_ACROSS = re.compile(r"\bacross (?!both |all |each )(?:the )?$")
"""`An accuracy of 91.0% across Coding and Ethics` may be their average."""


_CLOSED = re.compile(r"(?:, (?:the )?[0-9]{1,3}(?:st|nd|rd|th) percentile)?\)")


def _is_labelled(marked: Marked, percent: Mark, names: list[Mark]) -> bool:
    """`98.0% (Coding)`, `98.0% (Coding, 80th percentile)`."""
    label = names[0]
    is_opened = marked.text[percent.end : label.start].strip() == "("
    return len(names) == 1 and is_opened and _CLOSED.match(marked.text, label.end) is not None


def _forward(marked: Marked, names: list[Mark], percents: list[Mark]) -> list[Bond]:
    """`Ethics is solid at 77.0%`, `Ethics (98.0%)`, `A and B, achieving 98.0% and 100.0% respectively`."""
    bond = marked.between(names[-1], percents[0])
    in_parenthesis = bond.lstrip().startswith("(")
    plain = INTERJECTION.sub(" ", ASIDE.sub("", bond))
    if len(plain) > _LONGEST_BOND or (in_parenthesis and are_of_two(marked, names[0], percents[-1])):
        return []
    if len(names) > 1 and _BETWEEN.search(marked.text, 0, names[0].start):
        return []
    if FAULTS_IN.search(marked.text, 0, names[0].start) or (not in_parenthesis and is_compared_with(marked, names[0])):
        return []
    if len(names) == len(percents) == 1 and _has_two_modes(marked, names[0], percents[0], bond):
        return [Bond(((names[0], percents[0]),), LOOSE, False)]
    is_bound = TAIL.search(plain) if not percents[0].is_perfect else True
    if not is_bound or BREAKS.search(plain) or (")" in plain and not in_parenthesis):
        return []
    if not names[-1].is_known and not NAMED_BOND.fullmatch(bond) and not _is_listed(marked, names[-1], bond):
        return []
    if _SAID_OF_OTHERS.match(bond) and _EXCLUDED.search(marked.text, max(0, names[0].start - 25), names[0].start):
        return []
    if bond == " by ":  # `Coding drops by 3% and Ethics by 1%`
        return []
    if _ANEW.search(plain) and _names_its_own(marked, percents[-1]):
        return []
    firmness = FIRM if in_parenthesis else LOOSE if "," in plain else FAIR
    bonds = [Bond(pairs, firmness, False)] if (pairs := _given(marked, names, percents, bond)) else []
    if len(names) > 1 and any(mark.kind == "percent" and mark.end <= names[0].start for mark in marked.marks):
        own = _last_clause(marked, names, len(percents))
        if len(own) < len(names) and (pairs := _given(marked, own, percents, bond)):
            bonds.append(Bond(pairs, firmness, False, tuple(names[: -len(own)])))
    return bonds


_EXCLUDED = re.compile(
    r"\b(?:excluding|except(?:ing)?(?: for)?|(?:everything|anything|all|nothing) but|(?:apart|aside) from|other than|"
    r"leaving (?:out|aside)|outside(?: of)?|disregarding|ignoring) (?:in |the )?$",
    re.IGNORECASE,
)
_SAID_OF_OTHERS = re.compile(r",(?! (?:which|where|with|at)\b)|\s+(?:is|was|are|were)\b")
"""`Excluding Coding, accuracy is 90.0%`, `everything but Coding is at 90.0%`."""

_BETWEEN = re.compile(r"\b[Bb]etween (?:the )?$")
"""`Between Coding and Ethics there are 7.0%` is a difference."""

_ANEW = re.compile(r"\band (?:with|at) (?:an? )?$")
_OWN_NAME = re.compile(r"[^,;.()%]*\b(?:in|on|for) (?:the )?")


def _names_its_own(marked: Marked, percent: Mark) -> bool:
    """`it is third in A, and with 98.0% tenth in B`: whether a benchmark is named after a figure, in its clause."""
    name = next((mark for mark in marked.of("name") if mark.start >= percent.end), None)
    return name is not None and _OWN_NAME.fullmatch(marked.text, percent.end, name.start) is not None


_ON = re.compile(r"\b(?:on|in) (?:the )?$")


def _is_listed(marked: Marked, name: Mark, bond: str) -> bool:
    """`72.5% on A, and on B 61.0%`."""
    return bond == " " and _ON.search(marked.text, 0, name.start) is not None


def _has_two_modes(marked: Marked, name: Mark, percent: Mark, bond: str) -> bool:
    """`95.0% in Coding with reasoning and 90.0% without it`: whether the name before has a figure of the other mode."""
    mode = mode_of(marked, percent)
    if mode is None or not name.is_known or CONTRASTS_JOIN.fullmatch(bond) is None:
        return False
    earlier = [mark for mark in marked.of("percent") if mark.end <= name.start]
    modes = [mode_of(marked, other, name if other is earlier[-1] else None) for other in earlier[-2:]]
    return bool(modes) and modes[-1] == (not mode) and modes[:-1] != [not mode]


def _given(marked: Marked, names: list[Mark], percents: list[Mark], bond: str) -> tuple[Pair, ...]:
    """What names before percentages get of them, the words between being a bond."""
    if len(percents) > 1 or len(names) == 1:
        return tuple(_paired(marked, names, percents))
    shared = _SHARED.search(bond)
    if (shared and (shared[0].lower() != "both" or len(names) == 2)) or _is_shared(marked, names, percents[0]):
        return tuple((name, percents[0]) for name in names)
    is_whole = bond.strip() == ":" and _ENDS.match(marked.text, percents[0].end)
    if is_whole and _HEADS.fullmatch(marked.text, 0, names[0].start):
        return tuple((name, percents[0]) for name in names)
    is_list = bond.lstrip().startswith("(") and marked.between(names[-2], names[-1]).strip() == ","
    return ((names[-1], percents[0]),) if is_list else ()


_HEADS = re.compile(r"[-*•–\s]*(?:[Bb]oth )?")
_ENDS = re.compile(r"(?: accuracy)?\s*(?:[.;]|$)")
"""`A and B: 97%.` has one figure for both."""


def _last_clause(marked: Marked, names: list[Mark], count: int) -> list[Mark]:
    """The names of an enumeration that may begin a clause of their own: `95% in A, and B and C are at 90%`."""
    if count > 1:
        return names[-count:]
    first = len(names) - 1
    while first > 0 and "," not in marked.between(names[first - 1], names[first]):
        first -= 1
    return names[first:] if first else names[-1:]


def _is_shared(marked: Marked, names: list[Mark], percent: Mark) -> bool:
    """`both A and B scored 97%`, `each of A, B and C`, `the same accuracy in A and B (97%)`, `A and B at 97% each`,
    `A and B with perfect scores`."""
    return (
        _EACH_OF.search(marked.text, 0, names[0].start) is not None
        or _THE_SAME.search(marked.text, 0, names[0].start) is not None
        or (len(names) == 2 and re.search(r"\bboth $", marked.text[: names[0].start], re.IGNORECASE) is not None)
        or re.match(r"\s*(?:accuracy )?(?:each|apiece)\b", marked.text[percent.end :]) is not None
        or (percent.is_perfect and _PLURAL.search(percent.text) is not None)
    )


def _paired(marked: Marked, names: list[Mark], percents: list[Mark]) -> list[Pair]:
    """Each name with its percentage, or one benchmark with and without reasoning.

    `Mathematics at 95.0% with reasoning and 88.0% without` has one name for two, as `Mathematics: 95.0% (88.0% without
    reasoning)` has; of two names, `A and B at 95.0% with
    reasoning and 88.0% without` does not say which is whose.
    """
    modes = [mode_of(marked, percent) for percent in percents]
    are_contrasted = len(percents) > 1 and None not in modes[1:] and len(set(modes)) == len(modes)
    if are_contrasted:
        return [(names[0], percent) for percent in percents] if len(names) == 1 else []
    return list(zip(names, percents, strict=True)) if len(names) == len(percents) else []
