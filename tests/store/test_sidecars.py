"""What stands in a sidecar: every field, in the form that `json` itself would give it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrapers.archive import Archive
from scrapers.sidecar import Sidecar

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
SIDECARS = st.builds(
    Sidecar,
    source=st.just("openrouter_models"),
    sha256=st.just("0" * 64),
    observed_at=st.just("2026-03-01T00:00:00Z"),
    known_at=st.just("2026-03-01T00:00:01Z"),
    url=st.none() | WORDS,
    status=st.none() | st.integers(100, 599),
    headers=st.dictionaries(WORDS, WORDS, max_size=3),
    reason=st.none() | WORDS,
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sidecar=SIDECARS)
def test_sidecar_is_json_with_a_field_a_line(sidecar: Sidecar, tmp_path: Path) -> None:
    path = Archive(tmp_path).describe(sidecar, durable=False)
    assert path.read_text(encoding="utf-8") == json.dumps(asdict(sidecar), indent=1, sort_keys=True) + "\n"
    assert Archive(tmp_path).sidecar(sidecar.source, sidecar.sha256, sidecar.observed_at) == sidecar
