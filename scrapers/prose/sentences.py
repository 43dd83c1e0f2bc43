"""Paragraphs into sentences, and a sentence into marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from scrapers.prose.days import of_several_days
from scrapers.prose.hearsay import is_old_or_claimed, may_be_old_or_claimed
from scrapers.prose.marks import RANKS_JOIN, Mark, Marked, Span, plainly_written
from scrapers.prose.modes import is_of_amount, modes_in, unclear_mode
from scrapers.prose.names import names_in
from scrapers.prose.numerals import is_spelled
from scrapers.prose.outdone import MEASURE
from scrapers.prose.percents import percents_in
from scrapers.prose.subjects import Subjects, is_of_another

_ABBREVIATION = re.compile(r"(?:\b(?:a\.k\.a|e\.g|i\.e|vs|approx|incl|etc|no|(?-i:[A-Z]))\.)$", re.IGNORECASE)
_SENTENCE_END = re.compile(
    r"[.!?][\"'”’)\]]*\s+(?=[^\w\s$€£~<>≈≤≥%=+±−]{0,4} ?[A-Z0-9])|"
    r";\s+(?=with(?:out)? (?:it|reasoning|thinking)(?: [a-z]+)?,? (?:(?:these|they|those)\b|"
    r"(?:it|the model)\b[^;.A-Z]*(?:[0-9]\.[0-9][^;.A-Z]*)*\brespectively\b))"
)
"""`…; without reasoning, these drop to 84.0% and 61.0%, respectively` takes up the scores before it."""


def sentences_of(paragraph: str) -> list[str]:
    """The sentences of a paragraph. A point within a number or an abbreviation ends none.

    >>> sentences_of("It scores 98.0% in Coding. A.k.a. the best, e.g. in Ethics.")
    ['It scores 98.0% in Coding.', 'A.k.a. the best, e.g. in Ethics.']
    """
    sentences: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(paragraph):
        if not _ABBREVIATION.search(paragraph[max(start, end.start() - 8) : end.start() + 1]):
            sentences.append(paragraph[start : end.end()].strip())
            start = end.end()
    return [*sentences, paragraph[start:].strip()] if paragraph[start:].strip() else sentences


_FIGURES = ("%", "ercent", "erfect", "lawless", "core", "ccura", "full marks")
"""What a sentence with a score or a percentile has."""

_LONGEST_SENTENCE = 2000
"""No writer's sentence is longer; to bind thousands of figures would take minutes."""

_BARE_SCORE = re.compile(
    r"\b(?:scor(?:e|es|ed|ing)|accuracy):?"
    r"(?: (?:of|is|was|at|stands at|a|an|just|only|in [A-Za-z ]{3,30} (?:is|of|at)))*+"
    r" (?:[0-9]++(?:\.[0-9]++)?+|\.[0-9]++)(?! ?(?:%|percent|st\b|nd\b|rd\b|th\b)|[.,]?[0-9])|"
    r"(?<![\w.,$])[0-9]{0,3}\.[0-9]++ accuracy\b"
)
_WISHED_BEFORE = re.compile(
    r"\b(?:(?:will|would|could|should|might|may)(?: not| also| ideally)* (?:be(?! better:)|have|need|reach|scor|achiev|"
    r"get|hit|attain|exceed|requir|give|yield|see|expect|climb|rise|drop|fall|push|bring|raise|lift|improve|increase|"
    r"boost|take|move)|"
    r"\bcan (?:also )?(?:reach|achieve|score|hit|get|attain)|"
    r"sometimes|occasionally|at times|at (?:best|worst),?|in (?:some|one|a few|individual) (?:cases?|runs?),?|"
    r"^To (?:score|reach|achieve|get|hit|attain)|ideally,?|(?:maximum|minimum|threshold)|"
    r"(?:said|claimed|reported|rumou?red|believed|supposed|thought|estimated|predicted|expected) to|"
    r"aims? (?:for|at|to)|goal|target|"
    r"\b(?:if|unless|suppos(?:e|ing)|assum(?:e|ing)|provided that)\b|"
    r"(?-i:\b(?:Were|Had|Should) (?:it|its|the)\b)|"
    r"(?:tasks|applications|users|workloads|use cases|scenarios|situations) where)[^,;()]{0,60}$",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    r"\b(?:hopes? to|no longer|once (?:scored|reached|had|stood)|(?:almost|nearly) (?:scor|reach|achiev|hit)\w*|"
    r"(?:reportedly|allegedly|supposedly|presumably|in theory|theoretically|on paper|hypothetically),?|"
    r"(?:perhaps|maybe|possibly|probably) (?:it|the model)|(?:unclear|unknown|doubtful|uncertain) whether|not true)"
    r"[^,;()]{0,60}$",
    re.IGNORECASE,
)
"""`Reportedly, it scores 95.0% in Coding`."""

_SAYINGS = (
    "hope", " longer", " once ", "almost ", "nearly ", "eportedly", "llegedly", "upposedly", "resumably", "heor",
    "n paper", "ypothetic", "erhaps ", "aybe ", "ossibly ", "robably ", "hether", "not true",
)  # fmt: skip
_WISHES = (
    "will ",
    "aximum", "inimum", "hreshold", "can ", "ometimes", "ccasion", "t times", "t best", "t worst",
    "n some ", "n one ", "n a few ", "n individual ", "To ", "requires", "needs", "takes",
    "demands", "calls for", "d to ", "ght to ", "ould", "ight", "may ", "deally", "expected", "aim", "goal",
    "target", "if ", "If ", "nless", "uppos", "ssum", "rovided", "Were ", "Had ", " where ",
    "realistic", "possible", "able", "feasible", "likely", "within reach",
)  # fmt: skip
_WISHED_AFTER = re.compile(
    r"\s*(?:[A-Z][A-Za-z, ]{2,60} (?:accuracy|scores?|results?|marks?) |accuracy |score )?"
    r"(?:(?:(?:in|on|for) [A-Z][A-Za-z ]{2,25} )?(?:would|could|should|might)|"
    r"(?:in|on|for) [A-Z][A-Za-z ]{2,25} (?:requires|needs|takes|demands|calls for)|"
    r"(?:(?:in|on|for) [A-Z][A-Za-z ]{2,25} )?(?:is|are|seems?|looks?) (?:realistic|possible|achievable|feasible|"
    r"attainable|conceivable|plausible|likely|within reach))\b"
)
_SHARE_OF = re.compile(
    r"\b(?:shares?|proportion|portion|fraction|weight|usage|popularity|frequency) of (?:the )?[A-Z]|"
    r"\b(?:scores?|index|rating) (?:that )?(?:combines|weighs|is weighted)\b|\bcounts? [0-9.]+ ?%"
)
"""`The share of Coding in its usage is 45%`."""

_LABELLED_OTHERWISE = re.compile(
    r"(?:[-*•] )?(?:(?!(?:is|are|has|makes|low|high|few|its|worth|to|for|accuracy)\b)[A-Za-z]+ ){0,2}"
    r"(?:costs?|prices?|duration|run ?times?|tokens?|latency|failures?|errors?|timeouts?|refusals?|shares?|weights?|"
    r"variance|deviations?|changes?|gains?|improvements?)"
    r"(?: (?:rates?|usage|shares?|breakdown))?(?: (?:by|per|of|across|in|for|over|versus|vs)(?: [a-z]+){1,3})?: ",
    re.IGNORECASE,
)
"""`Error rates: Coding 2%, Ethics 3%.`"""

_OF_ALL = re.compile(r"Of (?:its|the|all)[a-z ]{0,20} (?:tokens|costs?|time|spending|runtime|budget)\b")
"""`Of its output tokens, 40% were spent on Coding and 35% on Ethics`."""

_BEST_OF_SEVERAL = re.compile(r"\bpass@(?!1\b)[0-9]")
_ONE_OF_TWO = re.compile(r"\b(?:former|latter)\b", re.IGNORECASE)
"""After it one cannot tell of which benchmark a figure is."""
_ODD_PERCENTILE = re.compile(
    r"\b(?![0-9]{1,4}(?:st|nd|rd|th)\b)\w*(?:[0-9]|th|first|second|third)[- ]percentile|"
    r"[0-9][.,][0-9]+(?:st|nd|rd|th)\b|percentile(?: rank(?:ing)?)?(?::| is| of| at)? (?:the )?[0-9]"
)
_ORDINAL = re.compile(
    r"(?<![\w.,])([0-9]{1,4})(?:st|nd|rd|th)(?:[- ](?:(?P<speed>speed|latency)|(?P<price>price|pricing|cost))?"
    r"(?(speed)[- ])(?(price)[- ])(?P<percentile>percentiles?))?"
)
_LABELLED_RANK = re.compile(
    r"(?:\b(?:(?P<speed>speed|latency|response times?)|(?P<price>price|pricing|costs?|cost[- ](?:efficiency|"
    r"effectiveness)|affordability)) |(?<=[(,;] ))percentile(?: rank(?:ing)?)?[:,]?"
    r"(?: (?:is|of|at))?(?: (?:just|only))?(?: the)? \(?(?P<number>[0-9]{1,4})(?:st|nd|rd|th)?(?![\w%]|[.,]?[0-9])",
    re.IGNORECASE,
)
"""`Speed percentile: 22nd`."""

_RANK_RANGE = re.compile(
    r"\b[0-9]{1,3}(?:st|nd|rd|th)(?: percentile)?\s*(?:to|through|–|-)\s*(?:the )?[0-9]{1,3}(?:st|nd|rd|th)|"
    r"\bbetween (?:the )?[0-9]{1,3}(?:st|nd|rd|th) and (?:the )?[0-9]{1,3}(?:st|nd|rd|th)"
)
_HEDGED = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|nearly|almost|over|under|above|below|at least|at most|better than|"
    r"exceed(?:s|ed|ing)?|behind|ahead of|out of|miss(?:es|ed|ing)?|"
    r"approach(?:es|ed|ing)?|leaves|left|beats?|tops|outranks?|short of|shy of|outside|up to|"
    r"top|bottom|from|beyond|close to|near|not|within)|[~≈<>≤≥])\s*(?:in |at )?(?:the )?$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(
    r"(?: (?:for|in|on) (?:its )?(?:speed|latency|pric(?:e|ing)|costs?))?(?: or (?:above|below|higher|lower|better|"
    r"worse|more|less|so)| at (?:best|worst|most)| (?:in|of|for) its (?:size|class|category|tier)|"
    r" (?:in|for|on) (?:one|some|most|many|several|(?!terms)[a-z0-9]+ (?:out )?of) [a-z0-9]+)\b|\+"
)
_AMONG_SOME = re.compile(
    r"[^,;.%]{0,30} among (?:the )?"
    r"(?!(?:all|other|tested|evaluated|available|benchmarked|listed|those|these|our|its)\b)[a-z-]+(?: [a-z-]+)? "
    r"models\b"
)
"""`in the 95th percentile for speed among open models`."""

_NOT_PLACED = re.compile(
    r"(?:\b(?:not(?! only)|never|nor|cannot|fail(?:s|ed)? to|hardly|barely|rarely)\b|n't)(?: [a-z]+){0,4} "
    r"(?:in|at|to|within|reach(?:ed)?|make|made|hit|crack(?:ed)?) the $|"
    r"^To (?:be|rank|reach|land|get)(?: [a-z]+){0,2} the $|"
    r"(?:^(?:Among|Within|Compared (?:to|with)) "
    r"(?!(?:all|the|its|evaluated|tested|benchmarked|available|other models)\b)"
    r"[^,;:]{3,40} models(?: of [^,;]{3,20})?,|"
    r"\b[Aa]mong (?:all )?models (?:of|in|at) (?:its|this|the same|an? (?:similar|comparable)) (?:size|class|"
    r"category)\b)[^;%]{0,60} the $|"
    r"(?:\bmodels|^A(?: [a-z]+)? model) (?:that [a-z]+ |ranked |ranking )?(?:in|at|within) the $",
    re.IGNORECASE,
)
"""`It does not rank in the 90th percentile`; `models in the 90th percentile` are others."""

_THRESHOLD = re.compile(
    r"\bthe [0-9]{1,3}(?:st|nd|rd|th) percentile\b(?:(?!\b(?:and|but|while|whereas|though|"
    r"its?)\b)[^,;%.—–:]){0,50}\b(?:is|was|starts|begins|lies|stands) "
    r"(?:at )?[0-9.]+ ?%",
    re.IGNORECASE,
)
"""`The 90th percentile in Coding starts at 95.0%`."""

_PLACED_WITHIN = re.compile(
    r"\b(?:falls?|fell|falling|lies?|lying|sits?|sitting|lands?|landed|landing|ranks?|ranked|ranking|plac(?:es?|ed|"
    r"ing)|position(?:s|ed|ing)) (?:well |squarely |firmly )?within (?:the )?$"
)
"""`it falls within the 43rd percentile` says where it is, and no bound."""

_LIKE_THE_LAST = re.compile(
    r"percentile\b[^.;]{0,60}(?:\band|\bbut|\byet|,)\s+(?:only |just )?(?:(?:in|at) )?(?:only |just )?(?:the )?$"
)
_NAMED_LIKE_THE_LAST = re.compile(r"percentile (?:for|in|on) [A-Z][^.;]{0,40}(?:\band|\bbut|,) (?:(?:in|at) )?the $")
_OF_NAME = re.compile(r" (?:for|in|on) (?=[A-Z])")
"""`in the 36th percentile in Hallucinations and the 55th in Ethics`."""

_BARE_ORDINAL = re.compile(r"\b(?:in|at|to|within) the ([0-9]{1,3}(?:st|nd|rd|th))(?=\s*(?:[,;.)]|$|for\b|and\b))")
"""`On price, it ranks in the 74th`, as the sentence before tells of a percentile."""

_PLACED_AT = re.compile(r".{0,80}\b(?:in|at|to|into|reach(?:es|ed|ing)?|(?:in terms of|on|for) [a-z]+,) the $")
"""`in the 61st percentile, Ethics in the 55th, and Reasoning in the 40th`, each behind the last."""

_CLAUSE_ENDS = re.compile(r"\s*(?:[,;.)—–]|$|(?:and|but|while|whereas)\b|(?:in|for|on) (?=[A-Z]))")


def mark_sentence(sentence: str, known: Mapping[str, str], subjects: Subjects) -> Marked:
    """The marks of one sentence. `known` has the benchmarks' names by their lower case."""
    text = plainly_written(sentence)
    marked = Marked(text, sentence, [], [])
    if not any(figure in text for figure in _FIGURES):
        if " the " in text and (bare := _BARE_ORDINAL.search(text)):
            marked.doubts.append(f"{bare[1]} of what is not said")
        return marked
    if len(text) > _LONGEST_SENTENCE:
        marked.doubts.append(f"a sentence of {len(text)} characters")
        return marked
    own_spans = subjects.own_spans(text)
    modes = [mode for mode in modes_in(text) if not any(span.start <= mode.start <= span.end + 2 for span in own_spans)]
    taken = [*own_spans, *(Span(mode.start, mode.end) for mode in modes)]
    unclear = unclear_mode(text, modes)
    modes = [mode for mode in modes if not is_of_amount(text, mode)]
    marked.marks = [*percents_in(text, marked.doubts, modes), *_ranks(text, marked.doubts)]
    if unclear and any(mark.kind == "percent" for mark in marked.marks):
        marked.doubts.append(f"whether reasoning was on cannot be told, {unclear}")
        marked.marks = [mark for mark in marked.marks if mark.kind not in ("percent", "rank")]
    names = list(names_in(text, known, subjects.own, taken))
    if names and _BARE_SCORE.search(text):
        marked.doubts.append("a score without its unit")
    if "percent" in text and is_spelled(text):
        marked.doubts.append("a percentage in words")
    if not text.isascii() and any(char.isdigit() and not char.isascii() for char in text):
        marked.doubts.append("digits that are not ASCII")
    if "ercentile" in text and _is_odd(text, marked):
        marked.doubts.append("a percentile that is no number")
    if marked.marks:
        _leave_out_others(marked, known, subjects)
        marked.marks = sorted([*marked.marks, *names, *modes], key=lambda mark: mark.start)
    return marked


def _is_odd(text: str, marked: Marked) -> bool:
    ranks = marked.of("rank")
    if text.count("ercentile") <= sum("ercentile" in rank.text for rank in ranks):
        return False
    return _ODD_PERCENTILE.search(text) is not None or (
        not ranks and not marked.doubts and any(char.isdigit() for char in text)
    )


def _leave_out_others(marked: Marked, known: Mapping[str, str], subjects: Subjects) -> None:
    """Takes away the figures that are no fact, or another's."""
    text, kept = marked.text, []
    either = _ONE_OF_TWO.search(text)
    is_none = text.endswith("?") or _SHARE_OF.search(text) or (text.startswith("Of ") and _OF_ALL.match(text))
    is_none = is_none or ("pass@" in text and _BEST_OF_SEVERAL.search(text))
    certain = 0 if is_none else either.start() if either else len(text)
    may_wish = any(word in text for word in _WISHES)
    may_be_said = any(word in text for word in _SAYINGS)
    is_old = may_be_old_or_claimed(text)
    owners = subjects.owners(text, known)
    if of_days := of_several_days(text, marked.marks):
        marked.doubts.append("the figures are of several days")
        marked.marks = [mark for mark in marked.marks if mark not in of_days]
    if threshold := _THRESHOLD.search(text) if "percentile" in text else None:
        marked.doubts.append(f"where a percentile begins, {threshold[0]}")
        marked.marks = [mark for mark in marked.marks if not threshold.start() <= mark.start < threshold.end()]
    labelled = label.end() if ": " in text and (label := _LABELLED_OTHERWISE.match(text)) else len(text)
    for mark in marked.marks:
        if mark.kind == "percent" and mark.start >= labelled:
            marked.doubts.append(f"{mark.text} may be of what stands before the colon")
        elif (
            mark.start >= certain
            or (may_wish and _is_wished(text, mark))
            or (may_be_said and _SAID_BEFORE.search(text, max(0, mark.start - 100), mark.start))
            or (is_old and is_old_or_claimed(text, mark))
        ):
            marked.doubts.append(
                f"{mark.text} may be said of what is not, of what was or is claimed, or of either of two"
            )
        elif (other := is_of_another(text, mark, owners) if owners else None) is None:
            kept.append(mark)
        elif not mark.is_flourish:
            marked.doubts.append(f"{mark.text} is said of another, {text[other.start : other.end]}")
    marked.marks = kept


def _is_wished(text: str, mark: Mark) -> bool:
    before = text[max(0, mark.start - 100) : mark.start]
    return _WISHED_AFTER.match(text, mark.end) is not None or _WISHED_BEFORE.search(before) is not None


def _ranks(text: str, doubts: list[str]) -> Iterator[Mark]:
    ranges = [match.span() for match in _RANK_RANGE.finditer(text)] if "percentile" in text else []
    if ranges:
        doubts.append("a range of percentiles")
    for match in _LABELLED_RANK.finditer(text) if "ercentile" in text else ():
        dimension = "speed_percentile" if match["speed"] else "price_percentile" if match["price"] else None
        value = int(match["number"])
        yield Mark("rank", *match.span(), match[0], rank=value if value <= 100 else None, dimension=dimension)
    yield from _ordinals(text, ranges, doubts)


def _ordinals(text: str, ranges: list[tuple[int, int]], doubts: list[str]) -> Iterator[Mark]:
    ordinals = [
        match for match in _ORDINAL.finditer(text) if not any(start <= match.start() < end for start, end in ranges)
    ]
    sharing = _sharing(text, ordinals)
    last_end = None
    for match in ordinals:
        before = text[max(0, match.start() - 90) : match.start()]
        is_of_name = _OF_NAME.match(text, match.end()) and _NAMED_LIKE_THE_LAST.search(before)
        is_like_the_last = (
            is_of_name
            or (_LIKE_THE_LAST.search(before) and MEASURE.match(text, match.end()))
            or (
                last_end is not None
                and _PLACED_AT.fullmatch(text, last_end, match.start())
                and _CLAUSE_ENDS.match(text, match.end())
            )
        )
        if match["percentile"] or match.start() in sharing or is_like_the_last or _is_alone(text, match):
            last_end = match.end()
            value = int(match[1])
            dimension = "speed_percentile" if match["speed"] else "price_percentile" if match["price"] else None
            is_hedged = (_HEDGED.search(before[-40:]) and not _PLACED_WITHIN.search(before[-40:])) or (
                " among " in text and _AMONG_SOME.match(text, match.end())
            )
            doubtful = value > 100 or is_hedged or _NOT_PLACED.search(before) or _OR_MORE.match(text, match.end())
            yield Mark("rank", *match.span(), match[0], rank=None if doubtful else value, dimension=dimension)
        elif before.endswith(
            ("the ", "% (") if last_end is not None else ("in the ", "at the ", "to the ", "% (")
        ) and re.match(r"\s*(?:[,;.)]|for\b|in\b|and\b)", text[match.end() :]):
            doubts.append(f"{match[0]} of what is not said")


def _is_alone(text: str, match: re.Match[str]) -> bool:
    """`A (46th percentile) and B (51st)`."""
    is_aside = text[match.start() - 1 : match.start()] == "(" and text.startswith(")", match.end())
    return is_aside and "percentile" in text[: match.start()]


_MEASURES_JOIN = re.compile(r",? and (?:its |the )?(?:speed|latency|pric(?:e|ing)|costs?) (?:is )?(?:in|at) the ")
"""`Speed in the 43rd and price in the 37th percentile`."""


def _sharing(text: str, ordinals: list[re.Match[str]]) -> set[int]:
    """Where the ordinals of a list stand that has `percentiles` after its last: `the 66th, 52nd and 41st "
    "percentiles`."""
    sharing: set[int] = set()
    for match, following in reversed(list(pairwise(ordinals))):
        is_told = following["percentile"] or following.start() in sharing
        joins = (RANKS_JOIN, _MEASURES_JOIN)
        if is_told and any(join.fullmatch(text, match.end(), following.start()) for join in joins):
            sharing.add(match.start())
    return sharing
