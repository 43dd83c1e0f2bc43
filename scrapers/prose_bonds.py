"""Which percentage a sentence gives to which benchmark.

A percentage may be bound to the names before it or to those after it, each by the words between. The sentence is read
as a whole: of all ways to bind, that which leaves the fewest percentages unbound, then that with the firmest bonds.
Where two ways are as good, what they disagree on is in doubt.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scrapers.prose_marks import Mark, Marked
from scrapers.prose_modes import mode_of

Pair = tuple[Mark, Mark]
"""A name and its percentage."""

FIRM, FAIR, LOOSE = 3, 2, 1

_NAMES_JOIN = re.compile(
    r"\s*(?:,|and|&|,\s*and|,?\s*as well as|/|plus|along with|alongside)\s*(?:both |in |on |the |its )*"
)
_PERCENTS_JOIN = re.compile(
    r"\s*(?:accuracy|scores?)?\s*(?:,|and|&|/|,\s*and|,?\s*(?:versus|vs\.?|to|against|compared (?:to|with)))\s*"
    r"(?:an? |only |just )*"
)
_CONTRASTS_JOIN = re.compile(
    r"\s*(?:accuracy|scores?)?\s*\)?[\s,;]*(?:(?:and|but|versus|vs\.?|dropping|falling|rising|to|only|just)\s*)*\(?"
)
"""What may stand between two scores of which one is with and one without reasoning."""

_BACKWARD = re.compile(
    r"\s*(?:accurac(?:y|ies)|scores?|accurate|marks?|results?|performance|accuracy scores?|accuracy rates?)?\)?"
    r"(?P<loose>\s*,)?\s*"
    r"(?:(?:was|were|is|are) (?:achieved|attained|earned|measured|observed|obtained|posted|reached|recorded|reported|"
    r"seen)\s+|(?:came|comes|occurs|occurred|appears|appeared)\s+)?(?:each\s*|respectively\s*,?\s*)*"
    r"(?:in|on|for|across|at|from)\s+(?:both |all |the |its |of |handling )*"
    r"(?:benchmarks? |(?:[a-z]+ )?(?:benchmarks|categories|areas|tests|tasks)\s*(?:[:(–—]|, ?(?:namely|including)|"
    r"such as|like)\s*)?"
)
_BACKWARD_PERFECT = re.compile(r"\s*(?::|,? ?alongside)\s*")
_ADJECTIVE_AFTER = re.compile(
    r"\s*(?:(?:benchmark |test )?(?:accuracy|scores?|results?|marks?|performance)\b|[,;.]|and\b|$)"
)
"""`a 95% Coding score`, `95% Coding, 97% Ethics`."""

_HEAD = re.compile(
    r"(?:^|[;—] |, (?:and|but|while) )(?:with|at|scoring|achieving|reaching|posting|earning|attaining)\s+"
    r"(?:[a-z-]+ ){0,3}(?:(?:accuracy|score) of )?$",
    re.IGNORECASE,
)
_HEAD_BOND = re.compile(r"\s*(?:accuracy|score)?\s*,\s*")
_PREDICATE = re.compile(
    r"(?: accuracy| performance)? (?:is|was|remains|stands|marks|represents|proves|ranks|emerges|comes)\b"
)
"""`At 93.0% accuracy, Mathematics is a strong point`."""

_NAME_ENDS = re.compile(
    r"\s*(?:[,.;:()!?–—\"]|$|(?:and|but|while|with|at|for|respectively|each|as|which|where|benchmarks?|tests?|tasks?|"
    r"though|although|whereas|on|in|is|are|to|from)\b)"
)
_ACHIEVED = re.compile(r"accura|scor|achiev|reach|mark", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()0-9%]*\)")
_INTERJECTION = re.compile(
    r",\s*(?:however|meanwhile|notably|for (?:example|instance)|by contrast|in contrast|in turn|too|though|"
    r"on the other hand|in particular)\s*,|\b(?:above|below)[- ]average\b"
)
_BREAKS = re.compile(
    r"\b(?:while|but|whereas|although|though|than|not|except|unlike|versus|compared|models|average|"
    r"overall|costs? (?:is|are|was|of|at)|price[ds]?|cheaper|discount|failed|below|above|despite|margin|"
    r"errors?|rates?|combined|total|trail\w*|gap|share|confidence)\b|[;!?]|\.(?![0-9])",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:^\s*(?:accuracy |scores? |benchmark )?|[(:=|\[–—-]\s*|(?:->|→)\s*|,\s*|"
    r"\b(?:at|with|of|is|are|was|were|to|from|see|sees|seeing|"
    r"in at|scor\w+|achiev\w+|reach\w+|hit|hits|hitting|earn\w*|attain\w*|post\w*|record\w*|obtain\w*|manag\w+|"
    r"deliver\w*|gets?|getting|got|secur\w+|register\w*|yield\w*|produc\w+|show\w*|has|have|had|having|return\w*|"
    r"boast\w*|notch\w*|garner\w*|receiv\w+|hold\w*|maintain\w*|display\w*|demonstrat\w+|exhibit\w*|equals|only|"
    r"perfectly|where)\s+(?:precisely |exactly )?)"
    r"(?:(?:an?|the|its|just|only|merely|even|still|both|each|all)\s+(?:[a-z-]+,?\s+){0,4})?$",
    re.IGNORECASE,
)
"""How the words before a percentage end that give it to the name before them."""

_NAMED_BOND = re.compile(
    r"\s*(?:accuracy|scores?|benchmark)?\s*(?:[(:–—-]|,? ?(?:scoring|achieving|reaching|with|at|of|is|is at|was|"
    r"stands at|stood at|comes in at|sits at))\s*(?:an? )?(?:accuracy of |score of )?(?:just |only )?",
    re.IGNORECASE,
)
"""What may stand between an unknown benchmark and its score."""

_SHARED = re.compile(r"\b(?:both|each|all|are|were)\b", re.IGNORECASE)
_PLURAL = re.compile(r"scores|marks|results|accuracies", re.IGNORECASE)
_LONGEST_BOND = 90


class Bond(NamedTuple):
    """A way to bind a group of percentages: which names take part and how firmly."""

    pairs: tuple[Pair, ...]
    firmness: int
    is_backward: bool
    is_partial: bool = False
    """Whether it binds the last name of an enumeration alone, whose others must be bound to the figure before."""


class _Way(NamedTuple):
    bound: int
    firmness: int
    bonds: tuple[Bond | None, ...]


def bind(marked: Marked, doubts: list[str]) -> list[Pair]:
    """Pairs of a name and the percentage that the sentence gives it."""
    groups = _groups(marked)
    at = [index for index, group in enumerate(groups) if group[0].kind == "percent"]
    if not at:
        return []
    best = _best_ways([_bonds(marked, groups, index) for index in at], [groups[index] for index in at], marked)
    pairs: list[Pair] = []
    for number, index in enumerate(at):
        readings = {bond.pairs if (bond := way.bonds[number]) is not None else () for way in best}
        if len(readings) == 1 and (found := next(iter(readings))):
            pairs += found
        elif not all(mark.is_flourish for mark in groups[index]):
            doubts.append("a percentage that no benchmark can be bound to with certainty")
    return pairs


def _best_ways(choices: list[list[Bond]], groups: list[list[Mark]], marked: Marked) -> list[_Way]:
    """The ways to bind all groups that are best, at most a few of those that are equally good."""
    ways = [_Way(0, 0, ())]
    for bonds, group in zip(choices, groups, strict=True):
        longer: dict[Bond | None, list[_Way]] = {}
        for way in ways:
            for bond in (None, *bonds):
                last = way.bonds[-1] if way.bonds else None
                left = _left_of(last, bond, marked)
                if (last is not None and left is None) or (
                    bond and bond.is_partial and not (last and last.is_backward)
                ):
                    continue
                bonds_so_far = (*way.bonds[:-1], left) if way.bonds else ()
                firmness = way.firmness - (left != last) + (bond.firmness if bond else 0)
                counted = len(group) if bond else 0
                longer.setdefault(bond, []).append(_Way(way.bound + counted, firmness, (*bonds_so_far, bond)))
        ways = [way for kept in longer.values() for way in _foremost(kept)]
    return _foremost(ways)


def _foremost(ways: list[_Way]) -> list[_Way]:
    top = max(way[:2] for way in ways)
    return [way for way in ways if way[:2] == top][:3]


def _left_of(earlier: Bond | None, bond: Bond | None, marked: Marked) -> Bond | None:
    """What is left of a bond to names ahead once the next group has taken some of them; None where nothing is."""
    if earlier is None or bond is None or not earlier.is_backward or bond.is_backward:
        return earlier
    taken = dict(bond.pairs)
    left = tuple(pair for pair in earlier.pairs if pair[0] not in taken or _may_share(marked, pair, taken[pair[0]]))
    if len(left) == len(earlier.pairs):
        return earlier
    is_whole = len({percent for _, percent in left}) == len({percent for _, percent in earlier.pairs})
    return earlier._replace(pairs=left) if left and is_whole else None


def _may_share(marked: Marked, pair: Pair, percent: Mark) -> bool:
    """Whether a name may have two percentages: the same one twice, or one with and one without reasoning."""
    modes = {mode_of(marked, pair[1]), mode_of(marked, percent)}
    return pair[1].value == percent.value or modes == {True, False}


def _groups(marked: Marked) -> list[list[Mark]]:
    """Names and percentages in their order, those of one enumeration together."""
    groups: list[list[Mark]] = []
    for mark in marked.of("name", "percent"):
        if groups and groups[-1][0].kind == mark.kind:
            last = groups[-1][-1]
            between = marked.between(last, mark)
            if mark.kind == "name":
                is_joined = _NAMES_JOIN.fullmatch(between) is not None
            else:
                is_joined = _PERCENTS_JOIN.fullmatch(between) is not None or (
                    _CONTRASTS_JOIN.fullmatch(between) is not None
                    and {mode_of(marked, last), mode_of(marked, mark)} == {True, False}
                )
            if is_joined:
                groups[-1].append(mark)
                continue
        groups.append([mark])
    return groups


def _bonds(marked: Marked, groups: list[list[Mark]], index: int) -> list[Bond]:
    group = groups[index]
    before = groups[index - 1] if index and groups[index - 1][0].kind == "name" else []
    after = groups[index + 1] if index + 1 < len(groups) and groups[index + 1][0].kind == "name" else []
    found = list(_backward(marked, group, after, bool(before))) if after else []
    if before and not group[0].is_end_of_range:
        found += _forward(marked, before, group)
    return found


def _backward(marked: Marked, percents: list[Mark], names: list[Mark], has_before: bool) -> list[Bond]:
    """`91.5% on Mathematics`, `perfect scores in A and B`, `98.0% and 99.0% in A and B respectively`."""
    bond = marked.between(percents[-1], names[0])
    match = _BACKWARD.fullmatch(bond)
    firmness = FIRM
    if match is not None:
        if match["loose"] or (")" in bond and has_before):
            firmness = LOOSE
    elif len(percents) > 1:
        return []
    elif not has_before and _HEAD_BOND.fullmatch(bond) and _HEAD.search(marked.text[: percents[0].start]):
        names = names if len(names) == 1 and _PREDICATE.match(marked.text, names[0].end) else []
    elif not bond.strip() and _ADJECTIVE_AFTER.match(marked.text, names[-1].end):
        names = names if len(names) == 1 else []
    elif not (
        _is_labelled(marked, percents[0], names) or (percents[0].is_perfect and _BACKWARD_PERFECT.fullmatch(bond))
    ):
        return []
    if not all(name.is_known or _NAME_ENDS.match(marked.text, name.end) for name in names):
        return []
    if not all(name.is_known for name in names) and not _ACHIEVED.search(marked.text[: percents[0].start] + bond):
        return []
    if len(percents) == 1:
        pairs = tuple((name, percents[0]) for name in names)
    else:
        pairs = tuple(_paired(marked, names, percents))
    return [Bond(pairs, firmness, True)] if pairs else []


def _is_labelled(marked: Marked, percent: Mark, names: list[Mark]) -> bool:
    """`98.0% (Coding)`, where no name before it claims the percentage."""
    label, before = names[0], [name for name in marked.of("name") if name.end <= percent.start]
    return (
        len(names) == 1
        and marked.text[percent.end : label.start].strip() == "("
        and marked.text[label.end : label.end + 1] == ")"
        and (not before or marked.in_parenthesis(before[-1]))
    )


def _forward(marked: Marked, names: list[Mark], percents: list[Mark]) -> list[Bond]:
    """`Ethics is solid at 77.0%`, `Ethics (98.0%)`, `A and B, achieving 98.0% and 100.0% respectively`."""
    bond = marked.between(names[-1], percents[0])
    in_parenthesis = bond.lstrip().startswith("(")
    if len(bond) > _LONGEST_BOND:
        return []
    plain = _INTERJECTION.sub(" ", _ASIDE.sub("", bond))
    is_bound = _TAIL.search(plain) if not percents[0].is_perfect else True
    if not is_bound or _BREAKS.search(plain) or (")" in plain and not in_parenthesis):
        return []
    if not names[-1].is_known and not _NAMED_BOND.fullmatch(bond):
        return []
    firmness = FIRM if in_parenthesis else LOOSE if "," in plain else FAIR
    is_partial = False
    if len(percents) > 1 or len(names) == 1:
        pairs = tuple(_paired(marked, names, percents))
    elif _SHARED.search(bond) or _is_shared(marked, names, percents[0]):
        pairs = tuple((name, percents[0]) for name in names)
    else:
        last_join = marked.between(names[-2], names[-1])
        listed = in_parenthesis and last_join.strip() == ","
        follows = any(mark.kind == "percent" and mark.end <= names[0].start for mark in marked.marks)
        pairs = ((names[-1], percents[0]),) if listed or follows else ()
        is_partial = not listed
    return [Bond(pairs, firmness, False, is_partial)] if pairs else []


def _is_shared(marked: Marked, names: list[Mark], percent: Mark) -> bool:
    """`both A and B scored 97%`, `A and B at 97% each`, `A and B with perfect scores`."""
    return (
        re.search(r"\bboth $", marked.text[: names[0].start], re.IGNORECASE) is not None
        or re.match(r"\s*(?:accuracy )?each\b", marked.text[percent.end :]) is not None
        or (percent.is_perfect and _PLURAL.search(percent.text) is not None)
    )


def _paired(marked: Marked, names: list[Mark], percents: list[Mark]) -> list[Pair]:
    """Each name with its percentage, or one benchmark with and without reasoning.

    `Mathematics at 95.0% with reasoning and 88.0% without` has one name for two; of two names, `A and B at 95.0% with
    reasoning and 88.0% without` does not say which is whose.
    """
    modes = [mode_of(marked, percent) for percent in percents]
    are_contrasted = len(percents) > 1 and None not in modes and len(set(modes)) == len(modes)
    if are_contrasted:
        return [(names[0], percent) for percent in percents] if len(names) == 1 else []
    return list(zip(names, percents, strict=True)) if len(names) == len(percents) else []
