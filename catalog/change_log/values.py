"""The values of transitions: which amounts are equal numbers, and how facts are written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from catalog.fact_words import extra_facts, fact_as_text
from catalog.words import Ints, Objects, objects

_PLAIN = r"^(0|[1-9][0-9]*)([.][0-9]*[1-9])?$"
"""An amount as a number is written in one way alone; most are."""


def number_codes(texts: Any) -> Ints:
    """A code for each text of an amount, the same for equal numbers."""
    said = np.asarray(texts, dtype=object)
    other = np.flatnonzero(~pc.match_substring_regex(pa.array(said, pa.string()), _PLAIN).to_numpy(False))
    if len(other):
        said = said.copy()
        said[other] = [_written(one) for one in said[other]]
    return pd.factorize(said)[0].astype(np.int64)


def _written(said: str) -> str:
    """An amount in its one way to be written; any other word as it is."""
    if not (said[:1].isdigit() or said[:1] == "-"):
        return said
    amount = Decimal(said)
    plain = f"{amount:f}"
    return "0" if not amount else plain.rstrip("0").rstrip(".") if "." in plain else plain


def as_texts(value: Objects, kind: int, field: str) -> Objects:
    """The values of a field of facts as text."""
    return objects([fact_as_text(kind, field, one) for one in value])


def inside_extra(old: Objects, new: Objects) -> tuple[list[int], list[str], Objects, Objects]:
    """Each key of the extra facts that differs: whose row, its name, and both values as text."""
    found: list[tuple[int, str, str | None, str | None]] = []
    for row, texts in enumerate(zip(old, new, strict=True)):
        before, after = (extra_facts(one) for one in texts)
        found += [
            (row, word, before.get(word), after.get(word))
            for word in sorted(before.keys() | after.keys())
            if before.get(word) != after.get(word)
        ]
    rows, names = [one[0] for one in found], [one[1] for one in found]
    return rows, names, objects([one[2] for one in found]), objects([one[3] for one in found])
