"""The kinds of timelines and the columns of their versions that records become, without a database.

`rows.py` makes rows of records in processes that parse and never see a database; importing SQLModel and the tables
for the names of their columns took such a process longer than its first twenty pages. `version_tables.py` holds the two
against each other.
"""

from __future__ import annotations

from dataclasses import fields

from scrapers.document import Group
from scrapers.records import STATISTICS, Endpoint, Model

FACT, PRICE, ENDPOINT, STATISTIC, SCORE, RATING = range(6)
"""A timeline's kind is the place of its version table in `schema.VERSIONS`."""

KINDS_OF_GROUP: dict[Group, tuple[int, ...]] = {
    "facts": (FACT,),
    "prices": (PRICE,),
    "endpoints": (ENDPOINT, STATISTIC),
    "scores": (SCORE,),
    "ratings": (RATING,),
}
"""Which timelines a group of a document speaks of."""

_LINEAGE = frozenset(("place", "places"))
_ENDPOINT = tuple(one.name for one in fields(Endpoint) if one.name not in _LINEAGE)

FACT_COLUMNS = tuple(one.name for one in fields(Model) if one.name not in _LINEAGE)
ENDPOINT_COLUMNS = ("model_id", "canonical_slug", *(name for name in _ENDPOINT[2:] if name not in STATISTICS))
STATISTIC_COLUMNS = tuple(name for name in _ENDPOINT if name in STATISTICS)
"""The columns whose names are those of the record, in the order of the table."""
