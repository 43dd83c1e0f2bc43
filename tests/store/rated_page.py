"""A saved page of a model that is there for its ratings: those of its summary and those of the list of models."""

from __future__ import annotations

_PAGE = """# Acme: One

## Performance Summary

{summary}

## Current Pricing

| Feature | Price (per 1M tokens) |
|---|---|
| Prompt | $1 |

## Available Endpoints

| Provider | Endpoint Name | Context Length | Pricing (Input) | Pricing (Output) |
|---|---|---|---|---|
| Acme | Acme \\| acme/one-1 | 8K | $1 | $2 |

## Benchmark Results

No benchmark results available.

## Other Models by acme

| Model | Released | Speed | Ability | Cost |
|---|---|---|---|---|
{models}
"""


def rated_page(summary: str, *models: str) -> bytes:
    """The page of `Acme: One`; `models` are rows of name, release, speed, ability and cost."""
    return _PAGE.format(summary=summary, models="\n".join(models)).encode()
