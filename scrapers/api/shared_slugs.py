"""Several ids of one listing that state the same permanent slug and variant, and the key of each.

A slug and a variant name one model, and in every listing seen so far they belong to one id. Where several ids state
them (an alias beside its target, a renamed id beside the old one), the records must neither be lost nor merged: each
has prices of its own. So one id keeps the key that the slug gives, and the others are known by their ids, as a model
without a slug is. Which one keeps it depends on these ids alone, so that a listing has the same keys whatever was read
before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from scrapers.api.model_card import Identity


def known_by_id(everybody: Iterable[Identity]) -> dict[Identity, str]:
    """Those whose slug and variant another id stands for, each with the key that it has instead of its own."""
    sharing: defaultdict[str, set[Identity]] = defaultdict(set)
    for who in everybody:
        sharing[who.key].add(who)
    return {
        who: f"id:{who.model_id}"
        for several in sharing.values()
        if len(several) > 1
        for who in sorted(several, key=_stands_for_the_slug)[1:]
    }


def _stands_for_the_slug(who: Identity) -> tuple[bool, bool, str]:
    """The id that is the slug itself comes first, and an alias last."""
    model_id = who.model_id or ""
    return model_id.partition(":")[0] != who.canonical_slug, model_id.startswith("~"), model_id
