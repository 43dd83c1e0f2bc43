"""Small frames of prices for the tests, with every column that the catalogue gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd


def price(
    component: str,
    usd: str | None,
    *,
    model: str = "lab/model",
    provider: str | None = None,
    tag: str | None = None,
    unit: str | None = "mtok",
    state: str | None = None,
    conditions: Mapping[str, Any] | None = None,
    position: int = 0,
    effective_from: date | None = None,
    valid_from: str | datetime = "2026-01-01T00:00:00Z",
    valid_to: str | datetime | None = None,
) -> dict[str, Any]:
    """One row; the state follows from the amount where it is not given."""
    stated = state or ("unknown" if usd is None else "free" if Decimal(usd) == 0 else "priced")
    return {
        "model": model,
        "canonical_slug": model,
        "variant": "standard",
        "model_id": model,
        "provider": provider,
        "tag": tag,
        "component": component,
        "usd": None if usd is None else Decimal(usd),
        "unit": unit,
        "conditions": conditions,
        "state": stated,
        "effective_from": effective_from,
        "position": position,
        "source": "test",
        "valid_from": valid_from,
        "valid_to": valid_to,
    }


BASE = (price("prompt", "1.25"), price("completion", "10"))
"""What nearly every card states."""


def price_frame(*rows: dict[str, Any]) -> pd.DataFrame:
    """The rows as the catalogue hands them over: objects as they are, timestamps in UTC."""
    names = price("prompt", "1")
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in names})
    for name in ("valid_from", "valid_to"):
        frame[name] = pd.to_datetime(frame[name], utc=True)
    return frame
