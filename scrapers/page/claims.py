"""What the performance summary of a page claims, beside the scores that its table has.

A score of the table that the summary repeats is one score, and gains the percentile that only the sentence states.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from scrapers.page.rows import Notes
from scrapers.prose.claims import BENCHMARKS, Claims, ScoreClaim, unqualified
from scrapers.records import BenchmarkScore, Rating


@dataclass(slots=True)
class Scores:
    """What a page says of its subject's performance."""

    scores: list[BenchmarkScore] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)


_LABEL = re.compile(
    r"(?:(?:response |overall )?speed|pric(?:e|ing)|cost|success rate)(?: percentile)?:?", re.IGNORECASE
)
"""What stands above a figure and says of what it is."""

_BENCHMARK = re.compile("|".join(BENCHMARKS), re.IGNORECASE)
_FIGURES = re.compile(r"(?:(?:accuracy|score)(?::| of| at)? ?)?[0-9]", re.IGNORECASE)

_LONGEST_FIGURES = 60
_ITEM = re.compile(r"[-*•–—+]\s|[0-9]{1,2}[.)]\s")
_WIDTHS = range(50, 251)
"""To how many characters extractors wrap."""

_BROKEN_WORD = re.compile(r"[A-Za-z]-\Z")
"""The end of a line that was wrapped within a word: `non-`, then `reasoning`."""


def paragraphs_of(lines: list[str]) -> list[str]:
    """The lines as paragraphs: what was wrapped in one piece, and a label that stands alone with the figure below it,
    `Speed`, then `43rd percentile`, or `Coding`, then `94.0% accuracy (74th percentile)`."""
    joined: list[str] = []
    last, width = "", max(map(len, lines), default=0)
    for line in lines:
        if not line.strip("*_ "):
            continue  # emphasis whose words stand on a line of their own
        if line in _DASHES and _BENCHMARK.fullmatch(last):
            last = f"{last}:"
            continue
        label = last.lstrip("-*• ").rstrip(":–— ")
        if (_LABEL.fullmatch(last) and re.match(r"[0-9]", line) and len(line) < 30) or (
            _BENCHMARK.fullmatch(label) and _FIGURES.match(line) and len(line) < _LONGEST_FIGURES
        ):
            joined[-1] = f"{joined[-1].rstrip(':–— ')}: {line}"
        elif width in _WIDTHS and _is_wrapped(last, line, width):
            joined[-1] += line if _BROKEN_WORD.search(last) else f" {line}"
        elif joined and _is_fragment(joined[-1], line):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
        last = line
    return joined


_DASHES = ("-", "–", "—", ":")
_OPEN = re.compile(
    r"\b(?:the|an?|in|of|for|at|with|and|or|but|is|are|was|were|to|by|from|its|on|than|only|achieving|scoring|reaching)$"
)
_LONGEST_OPEN = 12
"""Characters of the last word of a line that goes on, and of what stands before it."""

_GOES_ON = re.compile(r"[,;.)]|(?:[a-z]+|[–—]) ")
_FIGURE = re.compile(r"[0-9][0-9.]*(?: ?%|(?:st|nd|rd|th)(?: percentile)?)")
_FEWEST_BLANKS = 3
"""In a piece of a sentence that no label is."""


def _is_fragment(last: str, line: str) -> bool:
    """Whether a sentence was broken at its emphasis: `It ranks in the`, `43rd percentile`, `for speed.`"""
    if _ITEM.match(line) or last[-1:] in ".:;!?":
        return False
    words = last.count(" ")
    goes_on = (_GOES_ON.match(line) and words) or (_FIGURE.fullmatch(line) and words >= _FEWEST_BLANKS)
    return _OPEN.search(last[-_LONGEST_OPEN:]) is not None or bool(goes_on)


def _is_wrapped(last: str, line: str, width: int) -> bool:
    """Whether a line goes on in the next, whose first word had no room left on it."""
    is_full = len(last) + 1 + len(line.partition(" ")[0]) > width
    begins_anew = last[-1:] in ":;" and not line[:1].islower()
    return is_full and not begins_anew and not _ITEM.match(line)


def add_claims(found: Scores, claims: Claims, slug: str | None, heading: str, notes: Notes) -> None:
    """Put what a summary claims beside the scores of the table: nothing that these say, and nothing that they deny."""
    for claim in claims.scores:
        in_table = [score for score in found.scores if score.evidence == "table" and _is_of(score, claim)]
        if in_table and (claim.accuracy is None or any(score.accuracy_percent is not None for score in in_table)):
            _compare(in_table, claim, heading, notes)
            continue
        found.scores.append(
            BenchmarkScore(
                canonical_slug=slug,
                benchmark=claim.benchmark,
                is_reasoning=claim.is_reasoning,
                accuracy_percent=claim.accuracy,
                percentile=claim.percentile,
                evidence="prose",
                evidence_text=claim.sentence,
                place=heading,
            )
        )
    for rating in claims.ratings:
        found.ratings.append(
            Rating(
                canonical_slug=slug,
                dimension=rating.dimension,
                value=rating.value,
                evidence_text=rating.sentence,
                place=heading,
            )
        )
    for sentence, reason in claims.unread:
        notes.warn("unread_sentence", f"{reason}: {sentence}", heading)


def _is_of(score: BenchmarkScore, claim: ScoreClaim) -> bool:
    """Whether a row of the table is of the benchmark, and the mode of reasoning, that a sentence speaks of."""
    if score.benchmark.casefold() != claim.benchmark.casefold():
        qualified = [name.endswith(")") for name in (score.benchmark, claim.benchmark)]
        bare = {unqualified(name).casefold() for name in (score.benchmark, claim.benchmark)}
        if len(bare) > 1 or all(qualified):
            return False
    if claim.is_reasoning in (None, score.is_reasoning):
        return True
    return score.is_reasoning is None and _agree(score.accuracy_percent, claim.accuracy)


def _agree(stated: Decimal | None, said: Decimal | None) -> bool:
    """Whether a sentence says the figure of the table, be it rounded."""
    if stated is None or said is None:
        return stated is said
    return abs(stated - said) * 2 <= Decimal(1).scaleb(int(said.as_tuple().exponent))


def _compare(scores: list[BenchmarkScore], claim: ScoreClaim, heading: str, notes: Notes) -> None:
    """The table has the score; a percentile that only the prose states goes to the one row that it must mean."""
    meant = [score for score in scores if claim.accuracy is None or _agree(score.accuracy_percent, claim.accuracy)]
    if claim.accuracy is not None and not meant:
        stated = ", ".join(str(score.accuracy_percent) for score in scores)
        notes.warn("score_differs", f"{claim.accuracy} in prose, {stated} in the table: {claim.sentence}", heading)
    elif claim.percentile is not None and len(meant) > 1:
        notes.warn("unread_sentence", f"a percentile of one of {len(meant)} rows: {claim.sentence}", heading)
    elif claim.percentile is not None and meant[0].percentile is None:
        meant[0].percentile = claim.percentile
