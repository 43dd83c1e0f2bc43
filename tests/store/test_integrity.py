"""What is damaged behind the program's back is found: pages, rows, intervals, documents, names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from catalogue import Catalogue
from listings import Said, at, listing
from sqlalchemy import func, select, text

from catalog.database import open_engine, reading, writing
from catalog.errors import StoreError
from catalog.instants import FOREVER, micros
from catalog.migrate import current_revision
from catalog.store import tables
from catalog.store.unit import Unit
from catalog.verify import problems
from scrapers.archive import Archive
from scrapers.document import Document, Reading
from scrapers.errors import ArchiveError, BlobAltered, BlobMissing
from scrapers.sidecar import Sidecar
from scrapers.source import all_sources


@pytest.fixture
def filled(catalogue: Catalogue) -> Catalogue:
    """Three captures in which things move."""
    for hour in range(3):
        catalogue.take(at(hour), listing({"a/b": Said(context=1000 + hour), "c/d": Said(elo=1200 + hour)}))
    assert catalogue.problems() == []
    return catalogue


def alter(catalogue: Catalogue, sql: str, **values: object) -> None:
    with writing(catalogue.engine) as connection:
        assert connection.execute(text(sql), values).rowcount >= 1


def kinds(catalogue: Catalogue) -> set[str]:
    return {problem.kind for problem in catalogue.problems()}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE fact_version SET context_tokens = 1 WHERE context_tokens = 1001",
        "UPDATE fact_version SET description = 'other words' WHERE context_tokens = 1001",
        "UPDATE price_version SET usd = '9' WHERE component = 'prompt'",
        "UPDATE price_version SET pico_usd = pico_usd + 1 WHERE component = 'prompt'",
        "UPDATE score_version SET elo = 1 WHERE elo = 1200",
        "UPDATE fact_version SET row_hash = row_hash + 1 WHERE context_tokens = 1001",
    ],
)
def test_s15_an_altered_value_is_found_by_its_hash(filled: Catalogue, sql: str) -> None:
    alter(filled, sql)
    assert "altered" in kinds(filled)


def test_s15_a_version_that_was_taken_out_without_a_trace_is_found_by_its_document(filled: Catalogue) -> None:
    alter(filled, "DELETE FROM fact_version WHERE context_tokens = 1001")
    alter(filled, "UPDATE fact_version SET valid_to = :end WHERE context_tokens = 1000", end=micros(at(2)))
    assert kinds(filled) == {"misstated"}


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("identity", "model SET name = 'another'"),
        ("identity", "model SET model_id = 'a/other' WHERE model_id = 'a/b'"),
        ("identity", "model SET canonical_slug = 'a/other' WHERE canonical_slug = 'a/b'"),
        ("identity", "subject SET resolved_id = (SELECT max(id) FROM model) WHERE key = 'a/b:standard'"),
        ("identity", "subject SET resolved_by = 'name' WHERE key = 'a/b:standard'"),
        ("misstated", "subject SET voice = 2 WHERE key = 'a/b:standard'"),
        ("capture", "scope SET key = 'all'"),
        ("capture", "scope SET source_id = (SELECT max(id) FROM source)"),
        ("capture", "capture SET known_at = known_at - 1"),
        ("capture", "capture SET url = 'https://example.org/'"),
        ("capture", "capture SET review = 'it is right'"),
        ("capture", "capture SET stated = 3"),
        ("capture", "capture SET rejected = 1"),
        ("capture", "capture SET verdict = 'held'"),
        ("capture", "capture SET verdict = 'refused'"),
        ("capture", "capture SET scope_id = NULL"),
    ],
)
def test_s15_what_is_altered_of_a_model_or_a_capture_is_found(filled: Catalogue, kind: str, change: str) -> None:
    """No version is other than its document then, and yet the answers are."""
    filled.take(at(3), listing({"a/b": Said(context=1002), "c/d": Said(elo=1202)}))  # where nothing begins or ends
    assert filled.problems() == []
    alter(filled, "INSERT INTO source (id, slug) VALUES (99, 'another')")
    alone, last = change.startswith("capture "), micros(at(3))
    alter(filled, f"UPDATE {change}" + (f" WHERE observed_at = {last}" if alone else ""))
    assert kinds(filled) == {kind}


def test_s16_a_lost_sidecar_comes_again_with_what_was_known_and_decided(catalogue: Catalogue) -> None:
    """Else a rebuilt database would hold what somebody accepted, and would have been told of it later."""
    catalogue.take(at(0), listing({"lab/a": Said()}), review="it is right")
    (lost,) = catalogue.archive.root.rglob("*.meta.json")
    before = Path(lost).read_bytes()
    lost.unlink()
    catalogue.now += timedelta(days=1)
    assert catalogue.take(at(0), listing({"lab/a": Said()})).verdict == "known"
    assert lost.read_bytes() == before
    assert catalogue.problems() == []


def test_s15_a_renamed_subject_is_found_by_its_document(filled: Catalogue) -> None:
    alter(filled, "UPDATE subject SET key = 'a/other:standard' WHERE key = 'a/b:standard'")
    assert kinds(filled) == {"misstated"}


def test_an_interval_that_overlaps_another_is_found(filled: Catalogue) -> None:
    alter(filled, "UPDATE fact_version SET valid_to = :end WHERE context_tokens = 1000", end=micros(at(2)))
    assert "interval" in kinds(filled)


def test_an_interval_that_begins_where_nothing_was_captured_is_found(filled: Catalogue) -> None:
    alter(filled, "UPDATE fact_version SET valid_from = valid_from + 1 WHERE context_tokens = 1000")
    assert "lineage" in kinds(filled)


def test_a_capture_that_is_gone_is_found(filled: Catalogue) -> None:
    with writing(filled.engine) as connection:
        connection.execute(text("DELETE FROM drift"))
        connection.execute(text("DELETE FROM capture WHERE observed_at = :at"), {"at": micros(at(1))})
    assert "lineage" in kinds(filled)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE fact_version SET valid_to = valid_from WHERE context_tokens = 1001",
        "UPDATE fact_version SET known_to = known_from WHERE context_tokens = 1001",
        f"UPDATE fact_version SET valid_to = {FOREVER} WHERE context_tokens = 1001",
    ],
    ids=["empty in valid time", "empty in known time", "a second open one"],
)
def test_the_database_itself_refuses_an_interval_that_cannot_be(filled: Catalogue, sql: str) -> None:
    before = filled.digest
    with pytest.raises(StoreError), writing(filled.engine) as connection:
        connection.execute(text(sql))
    assert filled.digest == before


def blobs(catalogue: Catalogue) -> list[Path]:
    return sorted(path for path in catalogue.archive.root.glob("*/*/*") if not path.name.endswith(".meta.json"))


def test_s16_a_flipped_byte_in_a_raw_file_is_found(filled: Catalogue) -> None:
    blob = blobs(filled)[1]
    content = bytearray(blob.read_bytes())
    content[len(content) // 2] ^= 1
    blob.write_bytes(bytes(content))
    found = [problem for problem in filled.problems() if problem.kind == "document"]
    assert [problem.where.split()[1] for problem in found] == [blob.name.split(".")[0]]


@pytest.mark.parametrize("deep", [False, True])
def test_s16_a_missing_raw_file_is_found_by_its_name(filled: Catalogue, deep: bool) -> None:
    blob = blobs(filled)[0]
    blob.unlink()
    with reading(filled.engine) as connection:
        found = [problem for problem in problems(connection, filled.archive, deep=deep) if problem.kind == "document"]
    assert [problem.where.split()[1] for problem in found] == [blob.name.split(".")[0]]
    with pytest.raises(BlobMissing, match=blob.name.split(".")[0]):
        filled.archive.body("openrouter_models", blob.name.split(".")[0])


def test_s16_an_archived_capture_that_the_database_lacks_is_found(filled: Catalogue) -> None:
    """As a database that was restored lacks the nights after it was copied; nothing else would ever miss them."""
    known = next(filled.archive.sidecars())
    filled.archive.describe(replace(known, observed_at="2026-03-09T00:00:00Z"))
    filled.archive.describe(replace(known, observed_at="2026-03-10T00:00:00Z", verdict="pending"))  # the next run's
    (found,) = filled.problems()
    assert found.kind == "unstored"
    assert found.message == "the database lacks the capture of 2026-03-09T00:00:00Z"


@pytest.mark.parametrize("damage", ["missing", "half"])
def test_s16_a_sidecar_that_cannot_be_read_is_found(filled: Catalogue, damage: str) -> None:
    sidecar = sorted(filled.archive.root.glob("*/*/*.meta.json"))[0]
    if damage == "missing":
        sidecar.unlink()
    else:
        sidecar.write_bytes(sidecar.read_bytes()[:40])
    assert [problem.kind for problem in filled.problems()] == ["document"]


def test_a_document_that_speaks_twice_of_one_subject_is_kept_as_it_is_checked(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = all_sources()["openrouter_models"]

    def twice(document: Document) -> Reading:
        reading = source.parse(document)
        reading.add(*reading.parts)
        return reading

    monkeypatch.setitem(all_sources(), source.slug, replace(source, parse=twice))
    catalogue.take(at(0), listing({"a/b": Said(context=1000)}))
    assert any("#2" in version.key for version in catalogue.versions)
    assert catalogue.problems() == []


# The database file


@pytest.fixture
def file(new_catalogue: Callable[[], Catalogue]) -> Path:
    """A closed SQLite database with a history."""
    catalogue = new_catalogue()
    for hour in range(4):
        catalogue.take(at(hour), listing({f"a{n}/b": Said(context=1000 + hour * n) for n in range(40)}))
    with writing(catalogue.engine):
        pass
    catalogue.close()
    return Path(catalogue.db)


def found_in(file: Path) -> set[str]:
    engine = open_engine(str(file), read_only=True)
    try:
        with reading(engine) as connection:
            return {problem.kind for problem in problems(connection)}
    finally:
        engine.dispose()


def test_s14_an_overwritten_page_is_found(file: Path) -> None:
    size = file.stat().st_size
    with file.open("r+b") as pages:
        pages.seek(size // 4096 // 2 * 4096)
        pages.write(b"\xa5" * 4096 * 3)
    assert "damaged" in found_in(file)


def test_s14_a_truncated_file_is_found(file: Path) -> None:
    with file.open("r+b") as pages:
        pages.truncate(file.stat().st_size // 2)
    assert "damaged" in found_in(file)


def test_s14_what_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "catalog.db"
    file.write_bytes(b"These are the notes of last summer.\n" * 200)
    engine = open_engine(str(file))
    with pytest.raises(StoreError, match="not a database") as refused:
        current_revision(engine)
    engine.dispose()
    assert refused.value.exit_code == 6
    assert file.read_bytes() == b"These are the notes of last summer.\n" * 200


def test_s14_a_run_on_a_damaged_file_fails_and_the_archive_has_everything(tmp_path: Path, file: Path) -> None:
    raw = Archive(file.parent / "raw")
    with file.open("r+b") as pages:
        pages.seek(4096)
        pages.write(b"\0" * (file.stat().st_size - 4096))
    with pytest.raises(StoreError), Catalogue(str(file), raw.root) as damaged:
        damaged.take(at(9), listing({"a/b": Said()}))
    with Catalogue(str(tmp_path / "again.db"), tmp_path / "raw-again") as again:
        for sidecar in raw.sidecars():
            if sidecar.observed_at < "2026-03-01T09":
                again.take(at(int(sidecar.observed_at[11:13])), raw.body(sidecar.source, sidecar.sha256))
        assert again.verdicts == ["accepted"] * 4


# Names


HOSTILE = ["../../etc/passwd", "a/b:free", "con/aux", "a\0b/c", "x" * 300 + "/y", "A/B", "a/b", "/abs/olute", "a/../b"]


def test_s17_whatever_a_model_is_called_the_archive_is_named_by_hashes(catalogue: Catalogue, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if "raw" not in path.parts}
    for hour, name in enumerate(HOSTILE):
        catalogue.take(at(hour), listing({name: Said(), "good/model": Said()}))
    plain = re.compile(r"openrouter_models/[0-9a-f]{2}/[0-9a-f]{64}\.(json|\d{8}T\d{6}Z\.meta\.json)")
    names = [path.relative_to(catalogue.archive.root).as_posix() for path in catalogue.archive.root.rglob("*.*")]
    assert names
    assert [name for name in names if not plain.fullmatch(name)] == []
    assert {path for path in tmp_path.rglob("*") if "raw" not in path.parts} - before <= set(
        tmp_path.glob("catalog.db*")
    )
    keys = {key for (key,) in catalogue.ask("SELECT key FROM subject")}
    assert {"A/B:standard", "a/b:standard", "a/b:free", "good/model:standard"} <= keys  # twins in case are two
    assert not any(".." in key or "\0" in key for key in keys)


@pytest.mark.parametrize("source", ["../outside", "a/b", "", "con\0", "X" * 65])
@pytest.mark.parametrize("digest", ["0" * 64, "../../etc/passwd"])
def test_s17_the_archive_takes_no_path_for_a_name(tmp_path: Path, source: str, digest: str) -> None:
    archive = Archive(tmp_path / "raw")
    sidecar = Sidecar(source=source, sha256=digest, observed_at="2026-03-01T00:00:00Z", known_at="2026-03-01T00:00:00Z")
    with pytest.raises(ArchiveError):
        archive.put(sidecar, b"x", extension="json")
    with pytest.raises(ArchiveError):
        archive.body(source, digest)
    assert not list(tmp_path.rglob("*.json"))


@pytest.mark.parametrize("where", ["source", "shard", "blob"])
def test_s18_a_symbolic_link_in_the_archive_is_not_followed(tmp_path: Path, where: str) -> None:
    archive, outside = Archive(tmp_path / "raw"), tmp_path / "outside"
    digest = sha256(b"secret").hexdigest()  # what is behind the link would pass for the document
    sidecar = Sidecar(source="page", sha256=digest, observed_at="2026-03-01T00:00:00Z", known_at="2026-03-01T00:00:00Z")
    shard = archive.root / "page" / digest[:2]
    link = {"source": shard.parent, "shard": shard, "blob": shard / f"{digest}.json"}[where]
    link.parent.mkdir(parents=True)
    outside.mkdir()
    target = outside
    if where == "blob":
        target = outside / "file"
        target.write_bytes(b"secret")
    link.symlink_to(target)
    with pytest.raises((BlobAltered, ArchiveError)):
        archive.body("page", digest)
    if where != "blob":
        with pytest.raises(ArchiveError, match="symbolic link"):
            archive.put(sidecar, b"x", extension="json")
    assert [path.name for path in outside.iterdir()] == (["file"] if where == "blob" else [])


@pytest.mark.postgres
@pytest.mark.parametrize("copied_after", [2, 1_000])
def test_what_postgresql_refuses_of_many_rows_is_said_and_nothing_of_it_is_kept(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch, copied_after: int
) -> None:
    monkeypatch.setattr(tables, "COPIED_AFTER", copied_after)
    with Catalogue(postgres_url, tmp_path / "raw") as catalogue:
        nobody = [(number, 1_000 + number, 0, "a timeline of nobody") for number in range(1, 4)]
        unit = Unit(catalogue.engine)
        unit.do(lambda opened: opened.add(tables.TIMELINE, nobody), lambda opened, _: None)
        with pytest.raises(StoreError, match="foreign key"):
            unit.commit()
        assert catalogue.problems() == []
        with catalogue.engine.connect() as connection:
            assert connection.execute(select(func.count()).select_from(tables.TIMELINE)).scalar() == 0
