"""Since when a field has had its value: a version holds many fields, and a new one begins where any of them changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, text

from catalog.questions.frames import Moment
from catalog.version_tables import TABLES


def stands_since(
    connection: Connection, moment: Moment, kind: int, line: int, said_from: int, value_in: Callable[[Any], Any]
) -> int:
    """The instant from which a timeline has had the value of its version at `said_from` without a break.

    `value_in` reads the value from a row of the version table.
    """
    versions = connection.execute(
        text(
            f"SELECT * FROM {TABLES[kind].name} WHERE timeline_id = :line AND valid_from <= :said_from"
            " AND known_from <= :known AND known_to > :known ORDER BY valid_from DESC"
        ),
        {"line": line, "said_from": said_from, "known": moment.known},
    )
    since, value = said_from, None
    for place, version in enumerate(versions):
        if place == 0:
            value = value_in(version)
        elif version.valid_to != since or value_in(version) != value:
            break
        since = version.valid_from
    return since
