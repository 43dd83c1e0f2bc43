"""Paragraphs into sentences, and a sentence into marks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scrapers.prose.days import of_several_days
from scrapers.prose.hearsay import is_old_or_claimed, may_be_old_or_claimed
from scrapers.prose.marks import Mark, Marked, Span, plainly_written
from scrapers.prose.modes import is_of_amount, modes_in, unclear_mode
from scrapers.prose.names import names_in
from scrapers.prose.numerals import is_spelled
from scrapers.prose.ordinals import ranks_in
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
    "will ", "aximum", "inimum", "hreshold", "can ", "ometimes", "ccasion", "t times", "t best", "t worst",
    "n some ", "n one ", "n a few ", "n individual ", "To ", "requires", "needs", "takes",
    "demands", "calls for", "said to ", "imed to ", "rted to ", "oured to ", "mored to ", "eved to ", "posed to ",
    "mated to ", "icted to ", "ght to ", "ould", "might", "Might", "may ", "deally", "expected", "aim", "goal",
    "target", "if ", "If ", "nless", "uppos", "ssum", "rovided", "Were ", "Had ", " where ",
    "realistic", "possible", "plausible", "evable", "inable", "ivable", "feasible", "likely", "within reach",
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
    r"(?: (?:rates?|usage|shares?|breakdown))?"
    r"(?: (?:by|per|of|across|in|for|over|versus|vs)(?: [a-z]+){1,3})?: (?=(?-i:[A-Z]))",
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


_THRESHOLD = re.compile(
    r"\bthe [0-9]{1,3}(?:st|nd|rd|th) percentile\b(?:(?!\b(?:and|but|while|whereas|though|"
    r"its?)\b)[^,;%.—–:]){0,50}\b(?:is|was|starts|begins|lies|stands) "
    r"(?:at )?[0-9.]+ ?%",
    re.IGNORECASE,
)
"""`The 90th percentile in Coding starts at 95.0%`."""


_BARE_ORDINAL = re.compile(r"\b(?:in|at|to|within) the ([0-9]{1,3}(?:st|nd|rd|th))(?=\s*(?:[,;.)]|$|for\b|and\b))")
"""`On price, it ranks in the 74th`, as the sentence before tells of a percentile."""


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
    marked.marks = [*percents_in(text, marked.doubts, modes), *ranks_in(text, marked.doubts)]
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
