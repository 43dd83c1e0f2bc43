"""The committed lines that say whom a name means, and where they are."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from catalog.errors import UsageError


class Alias(NamedTuple):
    """One committed line: what is called `alias` (an id, a slug or a name) is this model."""

    alias: str
    canonical_slug: str
    variant: str


def read_aliases(path: Path) -> list[Alias]:
    """The lines of an alias file with the columns `alias`, `canonical_slug`, `variant` (`standard` where empty).

    A missing file is an empty one. Raises `UsageError` for a line that lacks a column, and for what is no CSV.
    """
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: cannot be read as CSV in UTF-8: {error}") from error
    try:
        return [Alias(line["alias"], line["canonical_slug"], line["variant"] or "standard") for line in lines]
    except KeyError as error:
        raise UsageError(f"{path}: the column {error} is missing; it needs alias, canonical_slug, variant") from error


def default_aliases(data_dir: Path) -> list[Alias]:
    """The committed aliases, and those of the user's own data folder after them."""
    package = Path(__file__).resolve().parent
    inside = package / "data" / "aliases.csv"
    committed = inside if inside.exists() else package.parent / "data" / "aliases.csv"
    own = data_dir / "aliases.csv"
    return read_aliases(committed) + (read_aliases(own) if own.resolve() != committed.resolve() else [])
