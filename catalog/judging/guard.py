"""Whether an answer is believed. What it states is one claim, that all else is gone another, and a weaker one.

The guard compares an answer with the accepted capture before it, and with nothing else: so the verdicts, like the
versions, are a function of the set of captures and not of the order in which they came. A doubtful answer is archived
and held for `catalog review`; it closes nothing. A doubt about some authors' models alone also goes away when a second
capture, hours later, says the same.

All numbers are defaults of `Limits`, which the settings can change. Churn grows with time: in a year of real captures
no day lost more than 7 % of the list, and 105 days lost 22 %; so the shares grow with the days between two captures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from catalog.instants import DAY, HOUR
from catalog.rows import MAIN_PRICES


@dataclass(frozen=True, slots=True)
class Limits:
    """When an answer is no longer believed."""

    missing_count: int = 5
    missing_share: float = 0.10
    author_size: int = 5
    author_share: float = 0.5
    author_days: float = 7.0
    moved_share: float = 1 / 3
    moved_count: int = 10
    flipped_count: int = 3
    flipped_share: float = 0.02
    flipped_few: int = 2
    rejected_count: int = 2
    rejected_share: float = 0.02
    churn_per_day: float = 0.0025
    churn_after_days: float = 7.0
    confirm_after_us: int = 6 * HOUR


LIMITS = Limits()


class Move(NamedTuple):
    """One price that differs from the capture before, in 1e-12 USD a unit."""

    old: int
    new: int


Prices = Mapping[str, Mapping[str, int | None]]
"""The prices of some subjects, by the subject's key and the timeline's, in 1e-12 USD a unit."""


@dataclass(frozen=True, slots=True)
class Believed:
    """What the accepted capture before states; the defaults stand for the first capture of a scope.

    Attributes:
        before_at: when it was made, in microseconds.
        before: the keys of its subjects.
        count_prices: counts its prices; called only where many have moved, because it asks the database.
    """

    before_at: int | None = None
    before: frozenset[str] = frozenset()
    count_prices: Callable[[], int] = int


@dataclass(frozen=True, slots=True)
class Seen:
    """What this answer states, as far as the guard looks at it.

    Attributes:
        at: when it was made, in microseconds.
        subjects: the keys of its subjects, and of those of the capture before that it does not report gone: their
            record was set aside, or their id is there under another key.
        moves: the prices that differ from the capture before.
        stated, rejected: how many records it has, and how many of them were set aside.
        silenced: how many of its subjects had an amount for the prompt or the completion before, and have none now.
    """

    at: int
    subjects: frozenset[str]
    moves: Sequence[Move] = field(default_factory=tuple)
    stated: int = 0
    rejected: int = 0
    silenced: int = 0


class Doubt(NamedTuple):
    """Why an answer is not believed. `missing` are the subjects whose absence is doubted, where nothing else is."""

    reason: str
    missing: frozenset[str] = frozenset()


def under_other_keys(missing: Mapping[str, str | None], ids: Collection[str | None]) -> frozenset[str]:
    """Those missing keys whose model is there all the same: `ids` has the id that the subject of the key bore.

    That is the case where a source begins to state permanent slugs, and where an id is pointed to another model.
    """
    return frozenset(key for key, model_id in missing.items() if model_id is not None and model_id in ids)


def new_keys(
    missing: Mapping[str, str | None], stated: Mapping[str, str | None], before: Container[str]
) -> dict[str, str]:
    """The key that the model of each missing one has now: that of the subject, not stated before, that bears its id."""
    bearers = {model_id: key for key, model_id in stated.items() if model_id is not None and key not in before}
    return {old: bearers[model_id] for old, model_id in missing.items() if model_id in bearers}


def moves_under_new_keys(keys: Mapping[str, str], before: Prices, now: Prices) -> tuple[list[Move], set[str]]:
    """The prices that differ of models whose key is another now, and those without an amount that they had."""
    moves: list[Move] = []
    silenced: set[str] = set()
    for old_key, new_key in keys.items():
        stated = now.get(new_key, {})
        for name, old in before.get(old_key, {}).items():
            new = stated.get(name)
            if old is not None and new is not None and new != old:
                moves.append(Move(old, new))
            elif old is not None and old > 0 and new is None and name in MAIN_PRICES:
                silenced.add(new_key)
    return moves, silenced


def doubt_of(seen: Seen, believed: Believed, limits: Limits = LIMITS) -> Doubt | None:
    """The first reason not to believe an answer, None where there is none."""
    missing = _doubtful(seen, believed)
    return (
        _rejected(seen, limits)
        or _missing(missing, seen, believed, limits)
        or _moved(seen, believed, limits)
        or _author(missing, seen, believed, limits)
    )


def _rejected(seen: Seen, limits: Limits) -> Doubt | None:
    if seen.rejected >= limits.rejected_count and seen.rejected > limits.rejected_share * seen.stated:
        return Doubt(f"{seen.rejected} of {seen.stated} records could not be read or believed")
    return None


def _missing(missing: frozenset[str], seen: Seen, believed: Believed, limits: Limits) -> Doubt | None:
    allowed = max(limits.missing_count, _with_time(limits.missing_share, seen, believed, limits) * len(believed.before))
    if len(missing) > allowed:
        return Doubt(f"{len(missing)} of {len(believed.before)} models are missing at once")
    return None


def _author(missing: frozenset[str], seen: Seen, believed: Believed, limits: Limits) -> Doubt | None:
    if believed.before_at is None or seen.at - believed.before_at > limits.author_days * DAY:
        return None
    fewest = limits.author_share * limits.author_size  # fewer are not that share of any author large enough
    losses = [(author, lost) for author, lost in sorted(Counter(map(author_of, missing)).items()) if lost >= fewest]
    if not losses:
        return None
    sizes = Counter(map(author_of, believed.before))
    doubted = [
        (author, lost)
        for author, lost in losses
        if sizes[author] >= limits.author_size and lost >= limits.author_share * sizes[author]
    ]
    if not doubted:
        return None
    authors = {author for author, _ in doubted}
    told = "; ".join(f"{lost} of {author}'s {sizes[author]} models are missing at once" for author, lost in doubted)
    return Doubt(told, frozenset(key for key in missing if author_of(key) in authors))


def _moved(seen: Seen, believed: Believed, limits: Limits) -> Doubt | None:
    flips = [move for move in seen.moves if _is_flip(move)]
    if _are_many(flips, believed, limits):
        return Doubt(f"{len(flips)} prices moved by a factor near a thousand or a million: another unit?")
    share = _with_time(limits.moved_share, seen, believed, limits)
    if len(seen.moves) > limits.moved_count and len(seen.moves) > share * (prices := believed.count_prices()):
        return Doubt(f"{len(seen.moves)} of {prices} prices moved at once")
    if seen.silenced > limits.moved_count and seen.silenced > share * len(believed.before):
        return Doubt(f"{seen.silenced} of {len(believed.before)} models lost a price at once that had an amount")
    return None


def _are_many(flips: Sequence[Move], believed: Believed, limits: Limits) -> bool:
    """Whether so many prices flipped that their unit must have changed.

    In an answer with few prices `flipped_few` are enough. By a factor of a million no price has ever moved, so that
    `flipped_count` of those are enough however many prices there are.
    """
    if len(flips) < min(limits.flipped_count, limits.flipped_few):
        return False
    if sum(_is_near(_MILLION, move) for move in flips) >= limits.flipped_count:
        return True
    prices = believed.count_prices()
    return (len(flips) >= limits.flipped_count and len(flips) > limits.flipped_share * prices) or (
        len(flips) >= limits.flipped_few and len(flips) > limits.moved_share * prices
    )


def _doubtful(seen: Seen, believed: Believed) -> frozenset[str]:
    """The subjects that the capture before states and this one lacks, but for variants that went as a whole."""
    missing = believed.before - seen.subjects
    return missing - _unlisted(missing, believed.before) if missing else missing


def _unlisted(missing: frozenset[str], before: Iterable[str]) -> frozenset[str]:
    """The missing subjects of variants that went as a whole, as sixty `:batch` ids once did: the listing changed."""
    gone = Counter(map(variant_of, missing))
    many = {variant: count for variant, count in gone.items() if variant != "standard" and count >= 5}
    if not many:
        return frozenset()
    listed = Counter(map(variant_of, before))
    whole = {variant for variant, count in many.items() if count >= 0.8 * listed[variant]}
    return frozenset(key for key in missing if variant_of(key) in whole)


def _is_flip(move: Move) -> bool:
    return move.old > 0 and move.new > 0 and any(_is_near(factor, move) for factor in (1_000, _MILLION))


_MILLION = 1_000_000


def _is_near(factor: int, move: Move) -> bool:
    return 0.95 * factor <= max(move) / min(move) <= 1.05 * factor


def _with_time(share: float, seen: Seen, believed: Believed, limits: Limits) -> float:
    if believed.before_at is None:
        return share
    days = (seen.at - believed.before_at) / DAY
    return min(1.0, share + limits.churn_per_day * max(0.0, days - limits.churn_after_days))


def author_of(key: str) -> str:
    """The author in a subject's key; a name alone is nobody's."""
    return "" if key.startswith("name:") else key.removeprefix("id:").partition("/")[0]


def variant_of(key: str) -> str:
    """The variant in a subject's key."""
    return "standard" if key.startswith("name:") else key.removeprefix("id:").partition(":")[2] or "standard"
