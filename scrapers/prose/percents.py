"""Percentages in sentences, told apart: scores, ratings, and what is neither.

What a percentage is, is told by the words right beside it: `99% success rate`, `faster than 95% of models`, `20%
cheaper`. Only what is left may be a score. What might be one and is not exact, or is denied, is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scrapers.prose.marks import Mark, Span
from scrapers.prose.modes import begins_with_mode
from scrapers.prose.outdone import OF_SOME_MODELS, outdone
from scrapers.prose.praise import DENIED, LOOKED_BACK, said_in_words
from scrapers.prose.shares import (
    IN_SOME,
    NAME_OF_BENCHMARK,
    SUCCESS_IN_ONE,
    SUCCESS_IN_SOME,
    SUCCESS_OF_ONE,
    SUCCESS_OF_PART,
    are_answered,
    are_solved,
    is_success_rate,
    may_be_answered,
)
from scrapers.prose.two_figures import NO_POINTS, PERCENT, two_figures_in

_GLUED = frozenset("_.,$€£\u2212\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad-")
"""What stands right before a number makes it part of another one, as a letter does."""

_ANY_PERCENT = re.compile(rf"[0-9] ?%{NO_POINTS}")
_SCORED_AFTER = re.compile(r"\s*(?:accura(?:cy|te)\b|scores?\b)", re.IGNORECASE)
_NO_SCORE_AFTER = re.compile(
    r"\s*(?:above|below|ahead of|behind|short of|shy of|away from|off (?:the|its)\b|"
    r"cheaper|faster|slower|quicker|more|less|lower|higher|fewer|better|worse|longer|shorter|discount|off\b|"
    r"(?:price |cost )?(?:reduction|savings?|saving|increase|decrease|improvement|premium|markup|mark-up|cut|drop|"
    r"gain|boost|uplift|hike)s?\b|cost|price|pricing|uptime|downtime|availability|"
    r"(?:technical )?(?:failure|error|timeout|refusal|cache[- ]hit|cache)s?\b(?: rates?)?|hallucination rates?|"
    r"of (?:the |its |that |all )?(?:cost|price|prompt|input|output|tokens?|requests?|executions?|runs?|traffic))",
    re.IGNORECASE,
)
_UNBROKEN = r"(?:(?!\b(?:and|but|while|scor|achiev|reach|accura|earn|attain|percentile))[^,;:()%—–]){0,40}:?\s*$"
_NO_SCORE_BEFORE = re.compile(
    r"\b(?:(?:reduc\w*|cut\w*|sav\w*|discount\w*|costs?|costing|"
    r"(?<!(?:at|or) its )(?<!(?:at|or) this )(?<!(?:at|or) that )pric(?:e|es|ed|ing)\b(?! points?| range| class| tier|"
    r" bracket)|lower(?:s|"
    r"ed|ing)|drop(?:ped|s)? (?:in )?price|uptime|availability|confidence|margin|gap|"
    r"(?:failure|error|timeout|refusal|hallucination|cache[- ]hit) rates?)\b" + _UNBROKEN + r"|"
    r"(?:improv|ris|rose|increas|decreas|declin|fall|fell|drop|grow|grew|trail|lead|lag|beat|outperform|exceed|edg|"
    r"widen|narrow|higher|lower|better|worse|up|down)\w*\b[^,;%]{0,40}\bby\s+(?:an? |about |up to |nearly )?$|"
    r"(?:gap|difference|distance) between\b[^;:.%]{0,80}(?<!\()$|"
    r"(?<!puts )(?<!put )up (?:a |an |another )?$)",
    re.IGNORECASE,
)
_NAME_WITHIN = re.compile(r" [A-Z][a-z]{3,}")
_DOUBTFUL_BEFORE = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|approx\.?|circa|nearly|almost|over|under|above|below|more than|"
    r"less than|better than|at least|at most|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|tops|topping|past|in excess of|"
    r"shy of|short of|some|up to|"
    r"compared (?:to|with)|versus|vs\.?|than|against|"
    r"(?:(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bremains )(?<!\babove )(?<!\bbelow )average|averag(?:es|ed|"
    r"ing))(?: \w+)?(?: of)?|"
    r"close to|near|approach(?:es|ed|ing)?|minimum|maximum|top|bottom|"
    r"fail(?:s|ed|ing)? to \w+|(?:los(?:es?|ing|t)|(?:gain|improv|increas|decreas|declin|add|climb|jump|dip|grow)"
    r"(?:e?s|e?d|ing)?|ris(?:es?|ing)|rose|f[ae]ll(?:s|ing)?|grew|(?:drop|slip)(?:s|ped|ping)?|shed(?:s|ding)?)"
    r"(?: only)?|"
    r"(?:not|\w+n't|never|cannot|hardly|scarcely|barely|rarely)(?: (?!only)\w+)?|out of|upwards of|beyond|within|nor|"
    r"if|"
    r"expected|estimated|potential|theoretical|projected|hypothetical|anticipated|reported|nominal|"
    r"as (?:much|high|low|little) as|(?<![a-z]ed )(?<!own )by|"
    r"(?:overall|aggregate|total|combined|composite|cumulative|mean) (?:\w+ )?(?:of|is|at|was)?)|[<>~≈≤≥±+]|"
    r"(?<! 20[0-9])[0-9])\s*(?:an? |the |its |(?:just|well|slightly|comfortably) |mere |impressive )*$",
    re.IGNORECASE,
)
_NO_SCORE_WORDS = frozenset((
    "wasted", "wastes", "refused", "refuses", "skipped", "skips", "missed", "misses", "botched", "ignored", "ignores",
    "truncated", "misjudged", "burned", "burns", "consumed", "consumes", "used", "uses", "spent", "spends", "failed",
    "fails", "advertised", "weighted", "relative", "unofficial", "previous", "minus",
))  # fmt: skip
"""Words right before a figure that make it no score: `it refused 12.0% in Ethics`."""

_NO_SCORE_ENDS = ("got wrong ", "left out ", "something like ", "anywhere from ", "north of ", "south of ")
_NOUN_OF = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Ii]ts|in|hopes?) (?:[a-z-]+ ){0,3}?((?:(?:accuracy|pass) )?[a-z-]+) of "
    r"(?:an? |only |just |some )*$"
)
_NOUNS_OF_SCORES = frozenset((
    "accuracy", "accuracies", "score", "scores", "result", "results", "mark", "grade", "figure", "value", "performance",
    "high", "low", "peak",
    "percentage", "rating", "level", "tally", "accuracy rate", "pass rate", "accuracy score", "accuracy level",
))  # fmt: skip
"""`an accuracy of 95%`; not `a gain of 5%`."""

_WHAT_IS_SCORED = frozenset((
    "rate", "showing", "outcome", "achievement", "proficiency", "ability", "abilities",
    "capability", "capabilities", "skill", "skills", "strength", "weakness", "competence", "quality", "precision",
    "model", "only",
))  # fmt: skip
"""What `in Coding` may stand behind beside these: `its ability in Coding is 95.0%`; not `the variance in Coding`."""

_NOUN_IN = re.compile(
    rf"(?:^|[,;] |\b(?:and|but|while) )(?:[Tt]he|[Ii]ts|[Aa]n?) (?P<words>(?:[A-Za-z-]+ ){{1,4}})(?:in|for|on) "
    rf"{NAME_OF_BENCHMARK} (?:is|was|stands|stood|lies|comes|came|amounts|remains)"
    r"(?: (?:at|to|in at|only|just|about))*+ $"
)
_ENDS_OF_VERBS = (" is ", " was ", " at ", " to ", " stands ", " remains ", " only ", " just ")
_NOUNS_OF_OTHERS = frozenset(("top", "highest", "best", "typical", "record", "leading", "pass", "passing"))
"""`The top score in Coding is 99.0%` may be another's; `its top score` is the model's own."""

_RANGE_BEFORE = re.compile(r"\b(?:from|between)\s+(?:an? )?(?:(?!at\b)\w+ )?$", re.IGNORECASE)
_DOUBTFUL_AFTER = re.compile(
    r"\s?(?:\+|±|plus\b|-plus|\s*or (?:more|higher|above|better|so|less|lower)\b|\s*(?:range|marks?|threshold|barrier|"
    r"line|chance|probability|likelihood|confidence|CI|interval|share|lead|gap|margin|drop|shortfall|"
    r"deficit|band|rates?(?! of success)|weight(?:ing)?|coverage|consistency|agreement|completion(?: rate)?|validity|"
    r"compliance)\b|"
    r"\s*of\b(?! (?:all )?models)|"
    r"\)?\s*(?:(?:were|are|was|got) )?(?:failed|wrong(?:ly)?|incorrect(?:ly)?|mistaken|refused|unsolved|unanswered)\b|"
    r"\s*(?:were|did) not\b|"
    r"\s*(?:is|are) (?:the norm|typical|usual|common|standard|normal)\b|"
    r"\s*(?:in|on|for|across) (?:all|every|each)(?: [a-z]+)? (?:but|except|save)\b|"
    r"\s*(?:accuracy |scores? )?(?:elsewhere\b|(?:in|on|for|across|at) (?:all |every |most |many |its |the |some )*"
    r"(?:others?|rest|remaining|remainder|everything else|all else|anything else)\b)|"
    r"\s*(?:vs\.?|versus|against|compared (?:to|with)) (?:only |just )?[0-9.]+ ?%\)|"
    r"[\s,]*(?:except|apart from|other than)\b|"
    rf"{SUCCESS_IN_SOME})",
    re.IGNORECASE,
)
_HEDGED_AFTER = re.compile(
    rf"(?: accuracy)?(?: (?:in|on|for) {NAME_OF_BENCHMARK})?,? "
    r"(?:at (?:best|worst|most)|in theory|on paper|in (?:one|some|a few|individual|single) runs?|of the (?:time|cost|"
    r"tokens)|or (?:more|less|so|better|higher|above|below)|give or take|plus or minus|"
    r"(?:if|unless) (?!(?:it|reasoning|thinking)\b)[a-z]+)\b"
)
"""`95.0% in Coding at best`."""

_CONTRAST = re.compile(r"\b(?:from|versus|vs\.?|against|than|compared (?:to|with))\s+$", re.IGNORECASE)
_OF_NAME = re.compile(r" (?:accuracy )?(?:in|on|for) [A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)* \(?")
_IN_NAME = re.compile(rf" (?:in|on|for) {NAME_OF_BENCHMARK}")
_OWNER = re.compile(r"([\w.-]+)'s\s+(?:\w+ )?$")


_RATES_BEFORE = re.compile(r"\brates (?:of |are |were |stand at |at |between )?(?:an? )?$", re.IGNORECASE)
_NEXT_OF_RATES = re.compile(
    rf"(?: success rates?)?(?: (?:in|on|for|with) {NAME_OF_BENCHMARK})?\)?\s*(?:,?\s*(?:and|but)\b|,)\s*"
    rf"(?:(?:(?:it |that )?(?:is|was) )?(?:in|on|for) {NAME_OF_BENCHMARK} (?:it is |is |was )?)?"
    r"(?:at |an? |only |just )*"
)
_NEXT_LISTED = re.compile(
    rf" (?:in|on|for) {NAME_OF_BENCHMARK}(?:, and|,| and) |(?:, and|,| and) {NAME_OF_BENCHMARK} (?:by )?"
)
"""`it loses 2% in Ethics and 4% in Coding`."""

_RATE_OF_ONE = re.compile(
    rf"\brates? (?:in|on|for) {NAME_OF_BENCHMARK} (?:is|was|are|of|at|stands at|reaches) (?:at |only |just )?$"
)
"""`a success rate of 98% in Ethics, 95% in Coding`."""


_IN_SOME = re.compile(rf"(?! success){IN_SOME}", re.IGNORECASE)
"""`Its success rate is 99% in six of eight benchmarks`."""

_HEDGE_LENGTH = 50
"""How far back words are looked for that make a figure doubtful."""


def percents_in(text: str, doubts: list[str], modes: list[Mark]) -> Iterator[Mark]:
    """The percentages that may be scores, and those that are ratings. `modes` is what is said of reasoning."""
    taken: list[Span] = []
    yield from two_figures_in(text, taken, doubts, modes)
    if "erfect" in text or "lawless" in text or "ull marks" in text:
        yield from said_in_words(text, taken, doubts)
    read: set[int] = set()
    rate_end = governed_end = -1
    for match in PERCENT.finditer(text):
        glued = text[match.start() - 1] if match.start() else " "
        if glued in _GLUED or glued.isalnum():
            continue
        read.add(match.end())
        if not any(span.start <= match.start() < span.end for span in taken):
            mark = None
            if rate_end >= 0 and _NEXT_OF_RATES.fullmatch(text, rate_end, match.start()):
                doubts.append(f"{match[0]} may be a success rate of one benchmark")
                rate_end = match.end()
            elif governed_end >= 0 and _NEXT_LISTED.fullmatch(text, governed_end, match.start()):
                doubts.append(f"{match[0]} may be no score, like the figure before it")
                governed_end = match.end()
            elif (mark := _percent(text, match, doubts)) is not None:
                yield mark
            elif (end := _governed_end(text, match)) >= 0:
                governed_end = end
            if _is_rate_of_one(text, match) or (mark is None and _RATE_OF_ONE.search(text, 0, match.start())):
                rate_end = match.end()
    for figure in _ANY_PERCENT.finditer(text):
        if figure.end() not in read and not any(span.start <= figure.start() < span.end for span in taken):
            doubts.append(f"a percentage that is no plain number, {text[max(0, figure.start() - 8) : figure.end()]!r}")


def _percent(text: str, match: re.Match[str], doubts: list[str]) -> Mark | None:
    """What one percentage is; None for what is no score, with a doubt where it might have been one."""
    before, after = text[max(0, match.start() - LOOKED_BACK) : match.start()], text[match.end() :]
    value = Decimal(match[1])
    is_rate = is_success_rate(before, after) or are_answered(before, after)
    rating = "success_rate_percent" if is_rate else outdone(before, after)
    is_none = before.endswith(_NO_SCORE_ENDS) or not _NO_SCORE_WORDS.isdisjoint(before.split()[-1:])
    doubtful = is_none or _DOUBTFUL_BEFORE.search(before[-_HEDGE_LENGTH:])
    if not doubtful and (DENIED.search(before) or not (are_answered(before, after) or are_solved(before, after))):
        doubtful = _DOUBTFUL_AFTER.match(after) or _HEDGED_AFTER.match(after)
    if rating == "success_rate_percent" and not doubtful:
        doubtful = SUCCESS_OF_PART.search(f"{before[-_HEDGE_LENGTH:]}{after[:_HEDGE_LENGTH]}") or _IN_SOME.match(after)
    if rating is not None:
        is_doubted = DENIED.search(before) or (
            rating == "success_rate_percent" and (doubtful or _is_one_of_rates(before, after))
        )
        if value <= 100 and not is_doubted:
            return Mark("rating", *match.span(), match[0], value=value, dimension=rating)
    of_models = OF_SOME_MODELS.match(after)
    if rating is None and may_be_answered(before, after):
        doubts.append(f"{match[0]} may be a success rate")
        return None
    may_be_none = rating is None and not of_models and not _SCORED_AFTER.match(after)
    if may_be_none and _NO_SCORE_AFTER.match(after):
        return None
    if may_be_none and (none := _NO_SCORE_BEFORE.search(before)):
        if _NAME_WITHIN.search(none[0]) or (":" in none[0] and _IN_NAME.match(after)):
            doubts.append(f"{match[0]} may be a score, or what {none[0].split()[0]} is of")
        return None
    is_of_mode = begins_with_mode(after) or (
        doubtful is not None and (aside := _OF_NAME.match(after)) is not None and begins_with_mode(after[aside.end() :])
    )
    if before.endswith(" and of ") and "success rate" in before:
        doubts.append(f"{match[0]} may be a success rate of one benchmark")
        return None
    noun = _NOUN_OF.search(before)
    doubtful = doubtful or (noun if noun is not None and noun[1] not in _NOUNS_OF_SCORES else None)
    doubtful = doubtful or _of_another_noun(before)
    if doubtful and is_of_mode and _CONTRAST.search(before):
        doubtful = None
    if rating is not None or value > 100 or doubtful or of_models or SUCCESS_OF_ONE.search(before):
        doubts.append(f"{match[0]} is no exact figure, or not one of this kind")
        return None
    owner = _OWNER.search(before) if "'s " in before else None
    if owner and owner[1].lower() not in ("model", "it", "that") and owner[1].islower():
        doubts.append(f"{match[0]} is said of {owner[1]}")
        return None
    is_end = not is_of_mode and _RANGE_BEFORE.search(before) is not None
    return Mark("percent", *match.span(), match[0], value=value, is_end_of_range=is_end)


def _of_another_noun(before: str) -> re.Match[str] | None:
    """`The variance in Coding is `: whether what is in a benchmark is no score, or not certainly the model's."""
    match = _NOUN_IN.search(before) if before.endswith(_ENDS_OF_VERBS) else None
    if match is None:
        return None
    words = match["words"].split()
    if words[-1].endswith("ed"):  # `the accuracy reached in`
        words = words[:1]
    is_score = words[-1] in _NOUNS_OF_SCORES or words[-1] in _WHAT_IS_SCORED
    is_others = not match[0].lstrip(",; ").lower().startswith("its") and not _NOUNS_OF_OTHERS.isdisjoint(words)
    return match if is_others or not is_score else None


_PART_OF = re.compile(r"\s*of (?:the |its |all )?[a-z ]{3,30}(?=,? and\b|,)")
"""`Coding took 38% of the total time and Reasoning 22%`."""


def _governed_end(text: str, match: re.Match[str]) -> int:
    """Where a figure ends that the words beside it make no score, as they may do to those listed after it; or -1."""
    before = text[max(0, match.start() - LOOKED_BACK) : match.start()]
    if part := _PART_OF.match(text, match.end()):
        return part.end()
    is_none = _DOUBTFUL_BEFORE.search(before[-_HEDGE_LENGTH:]) or _NO_SCORE_BEFORE.search(before)
    return match.end() if is_none else -1


def _is_rate_of_one(text: str, match: re.Match[str]) -> bool:
    """Whether a success rate, or the first of several, is that of one benchmark."""
    before = text[max(0, match.start() - LOOKED_BACK) : match.start()]
    return SUCCESS_OF_ONE.search(before) is not None or SUCCESS_IN_ONE.match(text, match.end()) is not None


def _is_one_of_rates(before: str, after: str) -> bool:
    """Whether a success rate is one of several: `success rates of 99% (standard) and 96% (reasoning)`."""
    return _RATES_BEFORE.search(before) is not None and PERCENT.search(after) is not None
