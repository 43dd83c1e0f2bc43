"""Small frames of models, scores and ratings for the tests, with every column that the catalogue gives."""

from __future__ import annotations

import dataclasses
from typing import Any

import pandas as pd
from price_frames import price, price_frame

from catalog.comparing.measures import Frames
from scrapers.records import BenchmarkScore, Model, Rating


def model_frames(
    models: dict[str, dict[str, Any]],
    prices: list[dict[str, Any]] | None = None,
    scores: list[dict[str, Any]] | None = None,
    ratings: list[tuple[str, str, int | None]] | None = None,
) -> Frames:
    """Frames of these models; a model's `prompt`, `completion` and `ability` may be given beside its facts."""
    facts, listed = [], list(prices or [])
    rated = list(ratings or [])
    for name, given in models.items():
        stated = dict(given)
        for component in ("prompt", "completion"):
            if component in stated:
                listed.append(_stated(name, component, stated.pop(component)))
        for dimension in ("ability", "speed", "cost"):
            if dimension in stated:
                rated.append((name, dimension, stated.pop(dimension)))
        facts.append(_columns(Model(model_id=name, **stated)))
    frame = _table(Model, facts).set_axis(pd.Index(list(models), name="model", dtype=object))
    runs = [{"model": run.pop("model"), **_columns(BenchmarkScore(**run))} for run in map(dict, scores or [])]
    votes = [{"model": m, **_columns(Rating(dimension=d, value=v))} for m, d, v in rated]
    return Frames(frame, price_frame(*listed), _table(BenchmarkScore, runs), _table(Rating, votes))


def _stated(model: str, component: str, usd: str) -> dict[str, Any]:
    if usd in ("variable", "unknown"):
        return price(component, None, state=usd, model=model)
    return price(component, usd, model=model)


def _columns(record: Any) -> dict[str, Any]:
    return {
        one.name: getattr(record, one.name)
        for one in dataclasses.fields(record)
        if one.name[:5] not in ("place", "extra")
    }


def _table(record: type, rows: list[dict[str, Any]]) -> pd.DataFrame:
    names = [one.name for one in dataclasses.fields(record) if one.name[:5] not in ("place", "extra")]
    if record is not Model:
        names.insert(0, "model")
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in names})
