"""The marks in a sentence: names of benchmarks, percentages by their kind, percentiles, reasoning on or off.

What a percentage is, is told by the words right beside it: `99% success rate`, `faster than 95% of models`, `20%
cheaper`. Only what is left may be a score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["name", "percent", "rank", "rating", "mode"]


class Span(NamedTuple):
    """From where to where in the sentence."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that the sentence says.

    `value` is a percentage, `rank` a percentile or the number of a rating, `dimension` the rating's, `mode` whether
    reasoning was on, `is_known` whether a name is that of a known benchmark, `is_flourish` whether a perfect score
    is said in words that may be mere praise (`perfectly accurate`).
    """

    kind: Kind
    start: int
    end: int
    text: str
    value: Decimal | None = None
    rank: int | None = None
    dimension: str | None = None
    mode: bool | None = None
    is_known: bool = True
    is_flourish: bool = False


@dataclass(slots=True)
class Marked:
    """A sentence, its marks in their order, and what makes it doubtful as a whole."""

    text: str
    marks: list[Mark]
    doubts: list[str]

    def of(self, *kinds: Kind) -> list[Mark]:
        return [mark for mark in self.marks if mark.kind in kinds]

    def between(self, left: Mark, right: Mark) -> str:
        """The words between two marks, without what is said of reasoning there."""
        start, pieces = left.end, []
        for mode in self.of("mode"):
            if left.end <= mode.start and mode.end <= right.start:
                pieces.append(self.text[start : mode.start])
                start = mode.end
        return "".join([*pieces, self.text[start : right.start]]).replace("( ", "(").replace("()", "")

    def in_parenthesis(self, mark: Mark) -> bool:
        before = self.text[: mark.start]
        return before.count("(") > before.count(")")


_PERCENT = re.compile(r"(?<![\w.,$€£-])([0-9]{1,4}(?:\.[0-9]{1,6})?) ?(?:%|percent\b)(?! ?points?)")
_PERFECT = re.compile(
    r"\b(?:near-|nearly |almost )?perfect (?:(?:accuracy )?(?:scores?|accuracy|marks?|"
    r"results?))(?: of)?(?: ?\(?100(?:\.0+)?%\)?)?"
    r"|\b(?:near-|nearly |almost )?perfectly accurate",
    re.IGNORECASE,
)
_HUNDRED = re.compile(r"100(?:\.0+)?")
_FIGURE_SOON = re.compile(r"[^%;]{0,60}[0-9] ?%")
"""`near-perfect accuracy in Coding (99.0%)` says itself how near."""

_PERFECT_SUCCESS = re.compile(r"(?<!near-)(?<!nearly )(?<!almost )\bperfect success rate", re.IGNORECASE)
_ORDINAL = re.compile(r"\b([0-9]{1,4})(?:st|nd|rd|th)(?:[- ](percentiles?))?")
_LIKE_THE_LAST = re.compile(r"percentile\b[^.;]{0,60}(?:\band|\bbut|,)\s+(?:(?:in|at) )?(?:the )?$")
_MODE = re.compile(
    r"\b(?P<off>[Ww]ithout (?:its |any |extended )?(?:reasoning|thinking)(?: mode| enabled)?|[Ww]ith no reasoning|"
    r"in non-reasoning mode|non-reasoning|(?:with )?reasoning (?:is |was )?(?:turned |switched )?(?:disabled|off)\b|"
    r"[Ww]ithout(?: it)?(?=[.,;)]|$))"
    r"|\b(?P<on>[Ww]ith (?:its |extended )?(?:reasoning|thinking)(?: mode)?(?: enabled| on)?|"
    r"[Ww]ith Reasoning (?:enabled|on|mode)|"
    r"(?:when )?reasoning (?:is |was )?(?:turned |switched )?(?:enabled|on)\b|in reasoning mode)"
)

_OF_MODELS = re.compile(
    r"\s*of (?:all |the |other |its |comparable |similar |competing |tested |evaluated )*(?:models|"
    r"peers|competitors|alternatives)"
)
_SUCCESS_AFTER = re.compile(r"\s*(?:overall |task |request |completion )?success rate", re.IGNORECASE)
_ADJECTIVES = (
    r"(?:(?:an?|the|its|perfect|impressive|exceptional|full|solid|excellent|high|remarkable|strong|near-flawless|"
    r"robust)\s+)*"
)
_SUCCESS_BEFORE = re.compile(
    r"success rate(?:\s*(?:of|is|at|stands at|stood at|stays at|sits at|remains(?: at)?|being|"
    r"reaching|reached|reaches|hitting|:|\(|–|-))?\s*" + _ADJECTIVES + "$",
    re.IGNORECASE,
)
_FASTER = re.compile(r"\b(?:faster|quicker) than\s+(?:only |just )?$", re.IGNORECASE)
_CHEAPER = re.compile(
    r"\b(?:cheaper|less expensive|more affordable|more economical|more cost[- ](?:effective|efficient)|lower[- ]priced|"
    r"priced lower|priced below) than\s+(?:only |just )?$",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:outperform(?:s|ed|ing)?|beat(?:s|ing)?|ahead of)\s+$", re.IGNORECASE)
_MEASURE = re.compile(
    r"\s*(?:for|in|on|by)(?: terms of)? (?:the )?(?:(?P<speed>speed|response times?|latency)|"
    r"(?:price|pricing|costs?|affordability))\b(?! and\b)"
)
_NO_SCORE_AFTER = re.compile(
    r"\s*(?:above|below|ahead of|behind|"
    r"cheaper|faster|slower|quicker|more|less|lower|higher|fewer|better|worse|discount|off\b|"
    r"reduction|savings?|saving|increase|"
    r"decrease|improvement|premium|markup|mark-up|cost|price|pricing|uptime|downtime|"
    r"(?:technical )?(?:failure|error|timeout|refusal|hallucination|cache[- ]hit|cache)s?\b(?: rates?)?|"
    r"of (?:the |its |that |all )?(?:cost|price|prompt|input|output|tokens?|requests?|executions?|runs?|traffic))",
    re.IGNORECASE,
)
_NO_SCORE_BEFORE = re.compile(
    r"\b(?:reduc\w*|cut\w*|sav\w*|discount\w*|cost\w*|pric\w*|lower\w*|drop(?:ped|s)? (?:in )?price|"
    r"uptime|availability|"
    r"(?:failure|error|timeout|refusal|hallucination|cache[- ]hit) rates?)\b[^,;()%]{0,40}$"
    r"|\bby\s+(?:an? |about |up to |nearly )?$",
    re.IGNORECASE,
)
_DOUBTFUL_BEFORE = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|nearly|almost|over|under|above|below|more than|"
    r"less than|at least|at most|exceed(?:s|ed)?|surpass(?:es|ed|ing)?|tops|topping|past|in excess of|shy of|"
    r"up to|compared (?:to|with)|versus|vs\.?|than|against|from|averag\w+(?: \w+)?(?: of)?|exceeding|"
    r"close to|minimum|between|top|bottom|"
    r"fails? to \w+|not(?: \w+)?|upwards of|beyond|within|nor)|[<>~≈≤≥±])\s*(?:an? |the |its )?$",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r"\b(?:from|versus|vs\.?|against|compared (?:to|with))\s+$", re.IGNORECASE)
_OWNER = re.compile(r"([\w.-]+)['’]s\s+$")
_BARE_SCORE = re.compile(
    r"\b(?:scor(?:e|es|ed|ing)(?: of)?|accuracy of)\s+[0-9]++(?:\.[0-9]++)?+(?! ?(?:%|percent|st|nd|rd|th))"
)
_FROM_TO = re.compile(
    r"\bfrom [0-9.]+ ?%? to [0-9.]+ ?%|\bbetween [0-9.]+ ?%? and [0-9.]+ ?%|(?<![0-9.])[0-9.]+ ?%? ?[–-] ?[0-9.]+ ?%"
)
_TWO_FIGURES = re.compile(r"[0-9.] ?%? ?(?:to |and |[–-] ?)[0-9.]")
"""What any of these has, found in a fraction of their time."""

_UNREAL = re.compile(
    r"\b(?:would|could|should|might|ideally|expected to|aims? (?:for|at|to)|goal|target)\b", re.IGNORECASE
)
_ODD_PERCENTILE = re.compile(r"\b(?![0-9]{1,4}(?:st|nd|rd|th)\b)\w*(?:[0-9]|th)[- ]percentile")
_MODEL_FAMILY = re.compile(
    r"\b(?:GPT|ChatGPT|Claude|Gemini|Gemma|Llama|Qwen|Mistral|Mixtral|DeepSeek|Grok|Nova|Phi|Kimi|GLM|"
    r"MiniMax|Sonar)(?![a-z])"
)


def mark_sentence(text: str, known: dict[str, str], own_names: tuple[str, ...]) -> Marked:
    """The marks of one sentence.

    `known` has the benchmarks' names by their lower case, `own_names` what the model itself is called.
    """
    marked = Marked(text, [], [])
    if "%" not in text and "percent" not in text and "erfect" not in text and "core" not in text:
        return marked
    own = " ".join(own_names).casefold()
    marked.marks = sorted(
        [*_percents(text, marked.doubts), *_ranks(text, marked.doubts), *_modes(text), *_names(text, known, own)],
        key=lambda mark: mark.start,
    )
    if not text.isascii() and any(char.isdigit() and not char.isascii() for char in text):
        marked.doubts.append("digits that are not ASCII")
    if "percentile" in text and _ODD_PERCENTILE.search(text):
        marked.doubts.append("a percentile that is no number")
    if marked.of("percent") and _UNREAL.search(text):
        marked.doubts.append("it may speak of what is not")
        marked.marks = [mark for mark in marked.marks if mark.kind != "percent"]
    if marked.of("name") and _BARE_SCORE.search(text):
        marked.doubts.append("a score without its unit")
    if own and marked.of("percent") and (family := _family_spoken_of(text, own)):
        marked.doubts.append(f"another model is spoken of, {family}")
        marked.marks = [mark for mark in marked.marks if mark.kind not in ("percent",)]
    return marked


def _family_spoken_of(text: str, own: str) -> str | None:
    """The first family of models named that is not the model's own."""
    return next((m[0] for m in _MODEL_FAMILY.finditer(text) if m[0].casefold() not in own), None)


def _percents(text: str, doubts: list[str]) -> Iterator[Mark]:
    taken: list[Span] = []
    for match in _FROM_TO.finditer(text) if _TWO_FIGURES.search(text) else ():
        taken.append(Span(*match.span()))
        doubts.append(f"which of two it is cannot be told, {match[0]}")
    for match in _PERFECT_SUCCESS.finditer(text):
        yield Mark("rating", *match.span(), match[0], rank=100, dimension="success_rate_percent")
    for match in _PERFECT.finditer(text):
        taken.append(Span(*match.span()))
        if match[0].lower().startswith(("near", "almost")):
            if not _FIGURE_SOON.match(text, match.end()):
                doubts.append("a score that is nearly perfect")
            continue
        figure = _HUNDRED.search(match[0])
        flourish = match[0].lower().endswith("accurate")
        yield Mark(
            "percent", *match.span(), match[0], value=Decimal(figure[0] if figure else 100), is_flourish=flourish
        )
    for match in _PERCENT.finditer(text):
        if any(span.start <= match.start() < span.end for span in taken):
            continue
        mark = _percent(text, match, doubts)
        if mark is not None:
            yield mark


def _percent(text: str, match: re.Match[str], doubts: list[str]) -> Mark | None:
    """What one percentage is; None for what is no score, with a doubt where it might have been one."""
    before, after = text[: match.start()], text[match.end() :]
    value = Decimal(match[1])
    rating = _rating(before, after)
    if (
        rating is not None
        and value <= 100
        and value == value.to_integral_value()
        and not _doubtful_rating(rating, before)
    ):
        return Mark("rating", *match.span(), match[0], rank=int(value), dimension=rating)
    of_models = _OF_MODELS.match(after)
    if rating is None and not of_models and (_NO_SCORE_AFTER.match(after) or _NO_SCORE_BEFORE.search(before)):
        return None
    owner = _OWNER.search(before) if before.rstrip().endswith(("'s", "’s")) else None
    doubtful = _DOUBTFUL_BEFORE.search(before) and not (_CONTRAST.search(before) and _MODE.match(after.lstrip(" (")))
    if rating is not None or value > 100 or doubtful or of_models:
        doubts.append(f"{match[0]} is no exact figure, or not one of this kind")
        return None
    if owner and owner[1].lower() not in ("model", "it", "that"):
        doubts.append(f"{match[0]} is said of {owner[1]}")
        return None
    return Mark("percent", *match.span(), match[0], value=value)


def _rating(before: str, after: str) -> str | None:
    if _SUCCESS_AFTER.match(after) or ("success" in before.casefold() and _SUCCESS_BEFORE.search(before)):
        return "success_rate_percent"
    beside = _OF_MODELS.match(after)
    of_models = beside or _OF_MODELS.search(before)
    if of_models and _FASTER.search(before):
        return "speed_percentile"
    if of_models and _CHEAPER.search(before):
        return "price_percentile"
    if beside and _AHEAD.search(before) and (measure := _MEASURE.match(after, beside.end())):
        return "speed_percentile" if measure["speed"] else "price_percentile"
    return None


def _doubtful_rating(rating: str, before: str) -> bool:
    return rating == "success_rate_percent" and bool(_DOUBTFUL_BEFORE.search(before))


def _ranks(text: str, doubts: list[str]) -> Iterator[Mark]:
    ordinals = list(_ORDINAL.finditer(text))
    for index, match in enumerate(ordinals):
        following = ordinals[index + 1] if index + 1 < len(ordinals) else None
        shared = (
            following is not None
            and following[2]
            and re.fullmatch(r"\s*(?:and|,)\s*(?:the )?", text[match.end() : following.start()])
        )
        if match[2] or shared or (_LIKE_THE_LAST.search(text[: match.start()]) and _MEASURE.match(text, match.end())):
            value = int(match[1])
            doubtful = value > 100 or _DOUBTFUL_BEFORE.search(text[: match.start()])
            yield Mark("rank", *match.span(), match[0], rank=None if doubtful else value)
        elif re.search(r"\bin the $", text[: match.start()]) and re.match(
            r"\s*(?:[,;.)]|for\b|in\b|and\b)", text[match.end() :]
        ):
            doubts.append(f"{match[0]} of what is not said")


def _modes(text: str) -> Iterator[Mark]:
    for match in _MODE.finditer(text):
        yield Mark("mode", *match.span(), match[0], mode=match["on"] is not None)


_PHRASE = re.compile(r"\b[A-Z][A-Za-z0-9+]*(?:[ -][A-Z][A-Za-z0-9+]*)*")
_LEADING = frozenset((
    "while", "in", "on", "the", "it", "its", "notably", "however", "overall", "with", "although", "both", "and",
    "but", "similarly", "meanwhile", "additionally", "also", "for", "at", "as", "this", "that", "a", "an",
    "despite", "though", "even", "most", "among", "where", "when", "scoring", "achieving", "strong", "perfect",
    "excels", "notable", "exceptional", "solid", "impressive", "it's", "particularly", "specifically", "accuracy",
    "score", "scores", "performance", "finally", "conversely", "by", "contrast", "model", "models", "results",
    "result", "likewise", "furthermore", "moreover", "without", "using",
))  # fmt: skip
_TRAILING = frozenset((
    "accuracy", "score", "scores", "benchmark", "benchmarks", "test", "tests", "task", "tasks", "category",
))  # fmt: skip
_AFTER_LOWER_CASE = re.compile(
    r"\s*(?:[,.;:()]|$|and\b|at\b|with\b|is\b|are\b|as\b|respectively\b|tasks?\b|benchmarks?\b)"
)
_BEFORE_LOWER_CASE = re.compile(r"(?:\b(?:in|on|for|and|both|with|as|at)|,)\s+$", re.IGNORECASE)


def _names(text: str, known: dict[str, str], own: str) -> Iterator[Mark]:
    """The benchmarks named: known ones in any case, and unknown ones where they are written as names."""
    taken = [Span(*match.span()) for match in _MODE.finditer(text)]
    lowered = text.lower()
    longer = tuple(key for key in known if " " in key)
    for match in _PHRASE.finditer(text):
        start, words = match.start(), re.split(r"([ -])", match[0])
        while len(words) > 1 and words[0].lower() in _LEADING:
            start += len(words[0]) + len(words[1])
            words = words[2:]
        while len(words) > 1 and words[-1].lower() in _TRAILING:
            words = words[:-2]
        name = "".join(words)
        if lowered.startswith(longer, start):
            name = next((text[start : start + len(key)] for key in longer if _starts(lowered, key, start)), name)
        end = start + len(name)
        if name.casefold() in known:
            taken.append(Span(start, end))
            yield Mark("name", start, end, known[name.casefold()])
        elif not start and end == len(match[0]) and text[end : end + 1] == "," and " " not in name:
            continue  # an adverb, `Elsewhere, Coding …`
        elif name.lower() not in _LEADING | _TRAILING and name.casefold() not in own and len(name) > 2:
            taken.append(Span(start, end))
            yield Mark("name", start, end, name, is_known=False)
    for key, name in known.items():
        if key not in lowered:
            continue
        for match in re.finditer(rf"\b{re.escape(key)}\b", lowered):
            free = not any(span.start <= match.start() < span.end for span in taken)
            written = text[match.start() : match.end()]
            around = _AFTER_LOWER_CASE.match(text, match.end()) and _BEFORE_LOWER_CASE.search(text[: match.start()])
            if (
                free
                and around
                and not re.search(r"\bwith(?:out)? $", text[: match.start()])
                and written == written.lower()
            ):
                yield Mark("name", match.start(), match.end(), name)


def _starts(lowered: str, key: str, start: int) -> bool:
    """Whether a benchmark of several words is named here, as a sentence begins: `Instruction following`."""
    end = start + len(key)
    return lowered.startswith(key, start) and not lowered[end : end + 1].isalnum()
