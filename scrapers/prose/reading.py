"""What one sentence claims, once it is marked: its figures bound to benchmarks, speed and price."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from scrapers.prose.bonds import bind
from scrapers.prose.marks import Marked
from scrapers.prose.modes import may_be_governed, mode_of
from scrapers.prose.percentiles import RatingClaim, ratings_of
from scrapers.prose.ranks import benchmark_ranks
from scrapers.prose.shares import may_be_made_up


class ScoreClaim(NamedTuple):
    """A score that a sentence states."""

    benchmark: str
    accuracy: Decimal | None
    percentile: int | None
    is_reasoning: bool | None
    sentence: str


class Claims(NamedTuple):
    """What some paragraphs state. `unread` has the sentences that could not be read with certainty, with the reason."""

    scores: list[ScoreClaim]
    ratings: list[RatingClaim]
    unread: list[tuple[str, str]]


def read_sentence(marked: Marked) -> Claims:
    """What one sentence claims."""
    claims = Claims([], [], [])
    doubts = list(marked.doubts)
    bound = bind(marked, doubts)
    ranks = benchmark_ranks(marked, bound)
    for rating in ratings_of(marked, set(ranks), bound, doubts):
        claims.ratings.append(rating)
    last = {percent: name for name, percent in sorted(bound, key=lambda pair: pair[0].start)}
    for name, percent in bound:
        if may_be_made_up(name.text, marked.clause_of(name, percent)):
            doubts.append(f"{percent.text} may be the share of answers with hallucinations")
            continue
        mode = mode_of(marked, percent, last[percent])
        if mode is None and may_be_governed(marked, percent):
            doubts.append(f"whether reasoning was on cannot be told of {percent.text}")
        rank = ranks.get(percent, ranks.get(name))
        claims.scores.append(ScoreClaim(name.text, percent.value, rank, mode, marked.sentence))
    used = {name for name, _ in bound}
    for name in (mark for mark in ranks if mark.kind == "name" and mark not in used):
        claims.scores.append(ScoreClaim(name.text, None, ranks[name], None, marked.sentence))
    if doubts:
        claims.unread.append((marked.sentence, "; ".join(dict.fromkeys(doubts))))
    return claims
