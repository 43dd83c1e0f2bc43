"""Measures are read each with what it needs; here they are held against those of everything that is known."""

from __future__ import annotations

from typing import Any

import pandas as pd

from catalog import Catalog
from catalog.comparing.pareto import pareto
from catalog.comparing.rank import rank

MEASURES = ("price", "context", "max_output_tokens")


def assert_measured_alone_as_among_everything(catalog: Catalog, **when: Any) -> None:
    """The answers of a question are those over the whole frames of its moment, with the same models left out."""
    everything = catalog.frames(**when)
    pairs = [(catalog.rank(by, **when), rank(everything, by)) for by in MEASURES]
    pairs.append((catalog.pareto(["price", "context"], **when), pareto(everything, ["price", "context"])))
    for found, expected in pairs:
        pd.testing.assert_frame_equal(found.frame, expected.frame)
        pd.testing.assert_frame_equal(found.left_out, expected.left_out)
