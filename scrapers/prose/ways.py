"""All the ways to bind the percentages of a sentence, and the best of them.

A group of percentages goes to names before it or after it, and each name is given away once; so what one group takes
leaves less to the next. The best ways are found from left to right, by the bond of the last group alone.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from scrapers.prose.marks import Mark, Marked
from scrapers.prose.modes import mode_of

Pair = tuple[Mark, Mark]
"""A name and its percentage."""


class Bond(NamedTuple):
    """A way to bind a group of percentages: which names take part and how firmly."""

    pairs: tuple[Pair, ...]
    firmness: int
    is_backward: bool
    left_over: tuple[Mark, ...] = ()
    """The names of the enumeration that it leaves, which must be bound to the figure before."""


class Way(NamedTuple):
    """How many percentages are bound, how firmly, and a bond or none for each group of them."""

    bound: int
    firmness: int
    bonds: tuple[Bond | None, ...]


def best_ways(choices: list[list[Bond]], groups: list[list[Mark]], marked: Marked) -> list[Way]:
    """The ways to bind all groups that are best, at most a few of those that are equally good."""
    ways = [Way(0, 0, ())]
    for bonds, group in zip(choices, groups, strict=True):
        longer: dict[Bond | None, list[Way]] = {}
        for way in ways:
            for bond in (None, *bonds):
                last = way.bonds[-1] if way.bonds else None
                left = _left_of(last, bond, marked)
                if (last is not None and left is None) or (bond is not None and not _leaves_none(left, bond)):
                    continue
                bonds_so_far = (*way.bonds[:-1], left) if way.bonds else ()
                firmness = way.firmness - (left != last) + (bond.firmness if bond else 0)
                counted = len(group) if bond else 0
                longer.setdefault(bond, []).append(Way(way.bound + counted, firmness, (*bonds_so_far, bond)))
        ways = [way for kept in longer.values() for way in _foremost(kept)]
    best = _foremost(ways)
    return best[:1] if len({_facts(way) for way in best}) == 1 else best


def _facts(way: Way) -> frozenset[tuple[Mark, Decimal | None]]:
    return frozenset((name, percent.value) for bond in way.bonds if bond is not None for name, percent in bond.pairs)


def _leaves_none(earlier: Bond | None, bond: Bond) -> bool:
    """Whether the names that a bond leaves are those of the figure before."""
    if not bond.left_over:
        return True
    return earlier is not None and set(bond.left_over) <= {name for name, _ in earlier.pairs}


def _foremost(ways: list[Way]) -> list[Way]:
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
    modes = {mode_of(marked, pair[1], pair[0]), mode_of(marked, percent)}
    return pair[1].value == percent.value or modes == {True, False}
