"""What is known of one capture beside its bytes, and the file that says so."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from json.encoder import encode_basestring_ascii
from pathlib import Path

from scrapers.durable_files import read_file
from scrapers.errors import ArchiveError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar:
    """What is known of one capture beside its bytes.

    Times are ISO 8601 in UTC. `observed_at` is when the source said so (valid time), `known_at` when this catalogue
    was told. `verdict` is `pending`, `accepted`, `held` or `refused`; a review adds its reason to `review`. `attempts`
    says how many requests the answer took.
    """

    source: str
    sha256: str
    observed_at: str
    known_at: str
    url: str | None = None
    name: str | None = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str | None = None
    parser_version: str = ""
    verdict: str = "pending"
    reason: str | None = None
    review: str | None = None
    attempts: int | None = None


_SAID = tuple(sorted(item.name for item in fields(Sidecar)))
"""What a sidecar says of its document."""


def described(sidecar: Sidecar) -> bytes:
    """The content of a sidecar's file: what `json.dumps` writes with an indent of 1, in a third of its time."""
    said = [f' "{name}": {_as_json(getattr(sidecar, name))}' for name in _SAID]
    return ("{\n" + ",\n".join(said) + "\n}\n").encode()


def _as_json(value: str | int | dict[str, str] | None) -> str:
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if isinstance(value, dict):
        return json.dumps(value, indent=1, sort_keys=True).replace("\n", "\n ")
    return "null" if value is None else repr(value)


def read_sidecar(path: str | Path) -> Sidecar:
    """The sidecar in a file; words that this program does not know are passed over. Raises `ArchiveError`."""
    try:
        return Sidecar(**{key: value for key, value in json.loads(read_file(path)).items() if key in _SAID})
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ArchiveError(f"{path}: this sidecar cannot be read: {error}") from error
