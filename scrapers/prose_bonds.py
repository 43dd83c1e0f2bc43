"""Which percentage a sentence gives to which benchmark.

A percentage may be bound to the names before it or to those after it, each by the words between. The sentence is read
as a whole: of all ways to bind, that which leaves the fewest percentages unbound, then that with the firmest bonds.
Where two ways are as good, what they disagree on is in doubt.
"""

from __future__ import annotations

import re

from scrapers.prose_marks import Mark, Marked
from scrapers.prose_modes import mode_of
from scrapers.prose_ways import Bond, Pair, best_ways

FIRM, FAIR, LOOSE = 3, 2, 1

_NAMES_JOIN = re.compile(
    r"\s*(?:,|and|&|,\s*and|,?\s*as well as|/|plus|along with|alongside)\s*(?:both |in |on |the |its )*"
)
_PERCENTS_JOIN = re.compile(
    r"\s*(?:accuracy|scores?)?\s*(?:,|and|&|/|,\s*and|,?\s*(?:versus|vs\.?|to|against|compared (?:to|with)))\s*"
    r"(?:an? |only |just )*"
)
_CONTRASTS_JOIN = re.compile(
    r"\s*(?:accuracy|scores?|results?)?\s*\)?[\s,;]*(?:(?:and|but|versus|vs\.?|dropping|falling|rising|to|only|just|"
    r"an?|"
    r"is|was|up|down|higher|lower|better|worse|than|from|against|compared (?:to|with)|while|whereas|which|this|that|it|"
    r"(?:the|its) (?:accuracy|score|figure|result)|accuracy|drops|dropped|falls|fell|declines|declined|decreases|"
    r"decreased|slips|slipped|rises|rose|climbs|climbed|increases|increased|improves|improved|jumps|jumped|goes|went|"
    r"beats?|tops?|outperforms?|outscores?|exceeds?|surpasses|"
    r"changes|changed|reaches|reached|scores|scored|gets|got|achieves|achieved|still|even)\b\s*)*+\(?"
)
"""What may stand between two scores of which one is with and one without reasoning."""

_BACKWARD = re.compile(
    r"\s*(?:accurac(?:y|ies)|scores?|accurate|marks?|results?|performance|accuracy scores?|accuracy rates?)?\)?"
    r"(?P<loose>\s*,)?\s*"
    r"(?:(?:was|were|is|are) (?:achieved|attained|earned|measured|observed|obtained|posted|reached|recorded|reported|"
    r"seen)\s+|(?:came|comes|occurs|occurred|appears|appeared|was|is)\s+)?(?:each\s*|respectively\s*,?\s*)*"
    r"(?:in|on|for|across|at|from|of)\s+(?:both |all |the |its |of |handling )*"
    r"(?:benchmarks? |(?:[a-z]+ )?(?:benchmarks|categories|areas|tests|tasks)\s*(?:[:(–—]|, ?(?:namely|including)|"
    r"such as|like)\s*|(?:an? |one )?(?:second|third|fourth|fifth|sixth|seventh|eighth|further|other|another|last|"
    r"remaining)"
    r"(?: (?:one|benchmark|category|area))? ?(?:\(|, ))?"
)
_BACKWARD_PERFECT = re.compile(r"\s*(?::|,? ?alongside)\s*")
_ADJECTIVE_AFTER = re.compile(
    r"\s*(?:(?:benchmark |test )?(?:accuracy|scores?|results?|marks?|performance)\b|[,;.]|and\b|$)"
)
"""`a 95% Coding score`, `95% Coding, 97% Ethics`."""

_HEAD = re.compile(
    r"(?:^|[;—] |,? (?:and|but|while|whereas|though|although) |\b[A-Z][a-z]+(?: [a-z]+)?, )"
    r"(?:with|at|scoring|achieving|reaching|posting|earning|attaining)\s+"
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
    r"on the other hand|in particular)\s*,|\b(?:above|below)[- ]average\b|"
    r"\b(?:at|for|in|within) (?:its|this|that|the same|an? (?:comparable|similar)) (?:price|cost)(?: and speed)?"
    r"(?: (?:point|range|class|tier|bracket|level))?(?: and speed)?\b|"
    r"\bbenchmark, which (?:measures|tests|evaluates|assesses|checks|covers|probes|consists|contains|asks)\b[^,;()%]*,|"
    r"\bamong (?:the )?models (?:of|at|with) (?:its|this|an? )?(?:comparable |similar )?(?:speed|price|cost)s?\b"
)
"""Words in a clause that would part a figure from its name, and do not."""
_BREAKS = re.compile(
    r"\b(?:while|but|whereas|although|though|than|not|except|unlike|versus|compared|models|average|"
    r"overall|costs? (?:is|are|was|of|at)|price[ds]?|cheaper|discount|failed|below|above|despite|margin|"
    r"errors?|rates?|combined|total|trail\w*(?! at\b)|gap|share|confidence)\b|[;!?]|\.(?![0-9])",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:^\s*(?:accuracy |scores? |benchmark |tasks? |tests? |problems |questions )?|"
    r"'s\s+|[(:=|\[–—-]\s*|(?:->|→)\s*|,\s*|"
    r"\b(?:at|with|by|of|is|are|was|were|to|from|see|sees|seeing|"
    r"in at|in|solv\w+|answer\w*|muster\w*|"
    r"scor\w+|achiev\w+|reach\w+|hit|hits|hitting|earn\w*|attain\w*|post\w*|record\w*|obtain\w*|manag\w+|"
    r"deliver\w*|gets?|getting|got|secur\w+|register\w*|yield\w*|produc\w+|show\w*|has|have|had|having|return\w*|"
    r"boast\w*|notch\w*|garner\w*|receiv\w+|hold\w*|maintain\w*|display\w*|demonstrat\w+|exhibit\w*|equals|only|"
    r"perfectly|where)\s+(?:precisely |exactly )?)"
    r"(?:(?:an?|the|its|just|only|merely|even|still|both|each|all)\s+(?:[a-z-]+,?\s+){0,4})?$",
    re.IGNORECASE,
)
"""How the words before a percentage end that give it to the name before them."""

_NAMED_BOND = re.compile(
    r"\s*(?:accuracy|scores?|benchmark)?\s*(?:[(:–—-]|,? ?(?:(?:(?:it|this|the model|which) )?(?:scor(?:es?|ed|ing)|"
    r"achiev(?:es?|ed|ing)|reach(?:es|ed|ing)?|attain(?:s|ed|ing)?|gets|got|earn(?:s|ed|ing)?|record(?:s|ed|ing)?|"
    r"post(?:s|ed|ing)?|hits?|deliver(?:s|ed|ing)?|manag(?:es?|ed|ing))|(?:(?:was|is) (?:passed|solved) )?(?:with|"
    r"at)|of|is|is at|"
    r"was|stands at|stood at|comes in at|came in at|sits at))\s*(?:an? )?(?:(?:solid|strong|respectable|modest|"
    r"impressive|"
    r"weak|high|low) )?(?:accuracy of |score of )?(?:just |only )?",
    re.IGNORECASE,
)
"""What may stand between an unknown benchmark and its score."""

_SHARED = re.compile(r"\b(?:both|each|all|are|were)\b", re.IGNORECASE)
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
            joins = _NAMES_JOIN if mark.kind == "name" else _PERCENTS_JOIN
            between = marked.between(groups[-1][-1], mark)
            following = marks[index + 1] if index + 1 < len(marks) else None
            is_listed = joins.fullmatch(between) is not None and not _begins_anew(groups[-1], mark, following, between)
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


def _are_contrasted(marked: Marked, one: Mark, other: Mark, between: str) -> bool:
    if _CONTRASTS_JOIN.fullmatch(between) is None:
        return False
    return {mode_of(marked, one), mode_of(marked, other)} == {True, False}


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
    elif _HEAD_BOND.fullmatch(bond) and _HEAD.search(marked.text[: percents[0].start]):
        names = names if len(names) == 1 and _PREDICATE.match(marked.text, names[0].end) else []
    elif not bond.strip() and _ADJECTIVE_AFTER.match(marked.text, names[-1].end):
        names = names if len(names) == 1 else []
    elif _is_labelled(marked, percents[0], names):
        before = [name for name in marked.of("name") if name.end <= percents[0].start]
        firmness = FAIR if before and not marked.in_parenthesis(before[-1]) else FIRM
    elif not (percents[0].is_perfect and _BACKWARD_PERFECT.fullmatch(bond)):
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
    """`98.0% (Coding)`."""
    label = names[0]
    return (
        len(names) == 1
        and marked.text[percent.end : label.start].strip() == "("
        and marked.text[label.end : label.end + 1] == ")"
    )


def _forward(marked: Marked, names: list[Mark], percents: list[Mark]) -> list[Bond]:
    """`Ethics is solid at 77.0%`, `Ethics (98.0%)`, `A and B, achieving 98.0% and 100.0% respectively`."""
    bond = marked.between(names[-1], percents[0])
    in_parenthesis = bond.lstrip().startswith("(")
    plain = _INTERJECTION.sub(" ", _ASIDE.sub("", bond))
    if len(plain) > _LONGEST_BOND or (in_parenthesis and _are_of_two(marked, names[0], percents[-1])):
        return []
    if len(names) == len(percents) == 1 and _has_two_modes(marked, names[0], percents[0], bond):
        return [Bond(((names[0], percents[0]),), LOOSE, False)]
    is_bound = _TAIL.search(plain) if not percents[0].is_perfect else True
    if not is_bound or _BREAKS.search(plain) or (")" in plain and not in_parenthesis):
        return []
    if not names[-1].is_known and not _NAMED_BOND.fullmatch(bond):
        return []
    firmness = FIRM if in_parenthesis else LOOSE if "," in plain else FAIR
    bonds = [Bond(pairs, firmness, False)] if (pairs := _given(marked, names, percents, bond)) else []
    if len(names) > 1 and any(mark.kind == "percent" and mark.end <= names[0].start for mark in marked.marks):
        own = _last_clause(marked, names, len(percents))
        if len(own) < len(names) and (pairs := _given(marked, own, percents, bond)):
            bonds.append(Bond(pairs, firmness, False, tuple(names[: -len(own)])))
    return bonds


_THAN = re.compile(r"\b(?:than|versus|vs\.?|over) (?:in |on |for |at |its )*$")
_OF_ANOTHER = re.compile(r"\s*(?:vs\.?|versus|against|to|and|,|/|compared (?:to|with))\s*[0-9.]+ ?%")


def _are_of_two(marked: Marked, name: Mark, percent: Mark) -> bool:
    """`higher in A than in B (88.0% vs 71.0%)`: the figures are of both, and which is whose is not said."""
    return (
        _THAN.search(marked.text[: name.start]) is not None and _OF_ANOTHER.match(marked.text, percent.end) is not None
    )


def _has_two_modes(marked: Marked, name: Mark, percent: Mark, bond: str) -> bool:
    """`95.0% in Coding with reasoning and 90.0% without it`: whether the name before has a figure of the other mode."""
    mode = mode_of(marked, percent)
    if mode is None or not name.is_known or _CONTRASTS_JOIN.fullmatch(bond) is None:
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
    is_list = bond.lstrip().startswith("(") and marked.between(names[-2], names[-1]).strip() == ","
    return ((names[-1], percents[0]),) if is_list else ()


def _last_clause(marked: Marked, names: list[Mark], count: int) -> list[Mark]:
    """The names of an enumeration that may begin a clause of their own: `95% in A, and B and C are at 90%`."""
    if count > 1:
        return names[-count:]
    first = len(names) - 1
    while first > 0 and "," not in marked.between(names[first - 1], names[first]):
        first -= 1
    return names[first:] if first else names[-1:]


def _is_shared(marked: Marked, names: list[Mark], percent: Mark) -> bool:
    """`both A and B scored 97%`, `A and B at 97% each`, `A and B with perfect scores`."""
    return (
        (len(names) == 2 and re.search(r"\bboth $", marked.text[: names[0].start], re.IGNORECASE) is not None)
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
