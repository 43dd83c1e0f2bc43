"""Saved files become documents with the time at which they were seen, and none that is damaged stops the rest."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from called_program import called
from catalogue import Catalogue
from listings import Said, listing

from catalog.errors import UsageError
from catalog.instants import instant_in_name
from catalog.runs.git_history import git_versions
from catalog.runs.importing import Unreadable, saved_documents
from catalog.runs.ingest import Incoming

DAY = datetime(2024, 5, 1, tzinfo=UTC)
NOON = DAY + timedelta(hours=12)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("2024-05-01.json", DAY),
        ("2024_05_01.json.gz", DAY),
        ("20240501.json", DAY),
        ("20240501T120000Z.json", NOON),
        ("20240501120000.json", NOON),
        ("2024-05-01 12.00.00.json", NOON),
        ("2024-05-01_12-00.json", NOON),
        ("models_20240501_120000.json", NOON),
        ("models-2024-05-01T12-00-00Z.json.gz", NOON),
        ("2024-05-01T14:00:00+02:00.json", NOON),
        ("2024-05-01T12:00:00.250Z.json", NOON + timedelta(milliseconds=250)),
        ("1714564800.json", NOON),
        ("1714564800250.json", NOON + timedelta(milliseconds=250)),
        ("2024-05-01_1200_30ab.json", NOON),
        ("2024-05-01_9999.json", DAY),
        ("gpt-4o-2024-05-01.html", None),
        ("claude-3-5-sonnet-20240501.html", None),
        ("model-20240501-1024k.html", None),
        ("2024-13-01.json", None),
        ("1234.json", None),
    ],
)
def test_a_name_tells_when_its_file_was_seen(name: str, seen: datetime | None) -> None:
    assert instant_in_name(name) == seen


def listed(context: int) -> bytes:
    return listing({"a/b": Said(context=context)})


def times(folder: Path) -> dict[str, datetime | None]:
    """When each file of a folder was seen, None where it became no document."""
    return {
        Path(item.name).name if isinstance(item, Unreadable) else item.document.name or "": (
            None if isinstance(item, Unreadable) else item.observed_at
        )
        for item in saved_documents([folder], observed_at=None)
    }


def test_a_time_that_is_given_is_for_files_that_state_none_and_for_a_file_alone(tmp_path: Path) -> None:
    given, stated = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 3, 3, 20, 13, 30, tzinfo=UTC)
    for number, name in enumerate(("2026-03-03T201330Z.json", "list.json")):
        (tmp_path / name).write_bytes(listed(number))

    def seen(path: Path) -> list[datetime]:
        found = saved_documents([path], observed_at=given)
        return [item.observed_at for item in found if isinstance(item, Incoming)]

    assert seen(tmp_path) == [stated, given]
    assert seen(tmp_path / "2026-03-03T201330Z.json") == [given]


def test_a_date_in_the_middle_of_a_name_counts_where_the_file_speaks_of_no_one_model(tmp_path: Path) -> None:
    (tmp_path / "models-2024-05-01.json").write_bytes(listed(1))
    (tmp_path / "gpt-4o-2024-08-06.html").write_text("<title>GPT-4o (2024-08-06)</title>")
    (tmp_path / "from-2024-05-01-to-2024-05-02.json").write_bytes(listed(1))
    assert times(tmp_path) == {
        "models-2024-05-01.json": DAY,
        "gpt-4o-2024-08-06.html": None,
        "from-2024-05-01-to-2024-05-02.json": None,
    }


@pytest.mark.parametrize(
    ("place", "seen"),
    [("2024/05/01/a.json", DAY), ("2024-05-01/a.json", DAY), ("x/2024-05-01/deep/a.json", DAY),
     ("2024-05-01/12-00-00.json", NOON), ("2024/05/a.json", None)],
)  # fmt: skip
def test_the_folders_inside_the_path_that_was_named_may_be_dates(
    tmp_path: Path, place: str, seen: datetime | None
) -> None:
    root = tmp_path / "2020-01-01-backup"
    file = root / place
    file.parent.mkdir(parents=True)
    file.write_bytes(listed(1))
    assert list(times(root).values()) == [seen]


def test_documents_are_read_when_their_turn_comes(tmp_path: Path) -> None:
    for day in ("2024-05-02", "2024-05-01", "2024-05-03"):
        (tmp_path / f"{day}.json").write_bytes(listed(1))
    documents = saved_documents([tmp_path], observed_at=None)
    assert len(documents) == 3
    (tmp_path / "2024-05-02.json").unlink()
    first, second, third = documents
    assert isinstance(first, Incoming)
    assert isinstance(second, Unreadable)
    assert isinstance(third, Incoming)
    assert (first.observed_at, third.observed_at) == (DAY, DAY + timedelta(days=2))


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., None]:
    """Runs git in an empty repository, at so many seconds after noon."""
    repository = tmp_path / "repository"
    repository.mkdir()

    def run(*arguments: str, seconds: int = 0) -> None:
        when = f"{int(NOON.timestamp()) + seconds} +0000"
        who = {f"GIT_{role}_{what}": "nobody" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        times_of = {f"GIT_{role}_DATE": when for role in ("AUTHOR", "COMMITTER")}
        environment = {**os.environ, "HOME": str(tmp_path), **who, **times_of}
        subprocess.run(["git", "-C", str(repository), *arguments], check=True, capture_output=True, env=environment)

    run("init", "--quiet")
    return run


@pytest.fixture
def commit(tmp_path: Path, git: Callable[..., None]) -> Callable[..., None]:
    """Commits a version of the only file, at so many seconds after noon; without content it is removed."""

    def one(content: bytes | None, seconds: int, name: str = "data/models.json") -> None:
        repository = tmp_path / "repository"
        for folder in ("data", "lists"):
            shutil.rmtree(repository / folder, ignore_errors=True)
        if content is not None:
            (repository / name).parent.mkdir()
            (repository / name).write_bytes(content)
        git("add", "--all")
        git("commit", "--message", f"at {seconds}", seconds=seconds)

    return one


def history(tmp_path: Path, path: str = "data/models.json") -> list[Incoming | Unreadable]:
    return list(git_versions(tmp_path / "repository", path))


def test_every_version_of_a_file_in_a_git_history_is_a_document_of_its_commit(
    tmp_path: Path, commit: Callable[..., None], new_catalogue: Callable[[], Catalogue]
) -> None:
    commit(listed(1000), 0)
    commit(json.dumps(json.loads(listed(1000)), indent=1).encode(), 60)  # written anew, and says the same
    commit(None, 120)
    commit(gzip.compress(listed(2000)), 180)
    commit(json.dumps(json.loads(listed(3000))["data"]).encode(), 90)  # a clock that was wrong
    found = history(tmp_path)
    assert [item.observed_at for item in found if isinstance(item, Incoming)] == [
        NOON + timedelta(seconds=seconds) for seconds in (0, 60, 180, 90)
    ]
    catalogue = new_catalogue()
    for item in found:
        assert isinstance(item, Incoming)
        assert catalogue.ingest.take(item).verdict == "accepted"
    starts = {v.valid_from for v in catalogue.versions if v.kind == 0}
    assert starts == {int((NOON + timedelta(seconds=seconds)).timestamp()) * 1_000_000 for seconds in (0, 90, 180)}


def test_a_clone_that_lacks_the_older_versions_is_said_to(tmp_path: Path, commit: Callable[..., None]) -> None:
    commit(listed(1000), 0)
    commit(listed(2000), 60)
    whole, newest = tmp_path / "repository", tmp_path / "newest"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", whole.as_uri(), newest], check=True, capture_output=True)
    for repository, said in ((whole, False), (newest, True)):
        ran = called("import", "--data-dir", tmp_path, "--git", repository, "--path", "data/models.json", "--dry-run")
        assert (ran.code, "shallow clone" in ran.err) == (0, said)


def test_versions_of_one_second_are_kept_apart_wherever_they_stand_in_the_history(
    tmp_path: Path, commit: Callable[..., None]
) -> None:
    for number, seconds in enumerate((60, 60, 0, 60)):
        commit(listed(1000 + number), seconds)
    late = [NOON + timedelta(seconds=60, microseconds=number) for number in range(3)]
    found = [item.observed_at for item in history(tmp_path) if isinstance(item, Incoming)]
    assert found == [late[0], late[1], NOON, late[2]]


def test_the_versions_of_a_file_that_was_moved_are_taken_from_where_it_was(
    tmp_path: Path, commit: Callable[..., None]
) -> None:
    commit(listed(1000), 0, "data/old.json")
    commit(listed(2000), 1, "data/old.json")
    commit(listed(2000), 2, "lists/models é.json")
    commit(listed(3000), 3, "lists/models é.json")
    commit(listed(3000), 4)
    commit(listed(4000), 5)
    taken = [(item.observed_at, item.document.body) for item in history(tmp_path) if isinstance(item, Incoming)]
    bodies = [listed(number) for number in (1000, 2000, 2000, 3000, 3000, 4000)]
    assert taken == [(NOON + timedelta(seconds=second), body) for second, body in enumerate(bodies)]
    assert taken == [
        (item.observed_at, item.document.body)
        for item in git_versions(tmp_path / "repository" / "data", "models.json")
        if isinstance(item, Incoming)
    ]
    assert len(history(tmp_path, "lists/models é.json")) == 4


def test_a_file_that_replaced_another_one_is_not_taken_for_it(tmp_path: Path, commit: Callable[..., None]) -> None:
    commit(b"something else entirely\n" * 40, 0, "data/notes.json")
    commit(listed(1000), 1)
    assert len(history(tmp_path)) == 1


def test_a_file_that_changes_as_it_is_moved_is_followed(tmp_path: Path, commit: Callable[..., None]) -> None:
    lines = json.dumps(json.loads(listed(1000)), indent=1).encode().splitlines(keepends=True)
    commit(b"".join(lines[: len(lines) * 3 // 4]), 0, "data/old.json")
    commit(b"".join(lines), 1)
    assert len(history(tmp_path)) == 2


def test_a_list_on_one_line_that_changes_as_it_is_moved_or_compressed_is_followed(
    tmp_path: Path, commit: Callable[..., None]
) -> None:
    commit(listed(1000), 0, "lists/models.json")
    commit(gzip.compress(listed(2000)), 1, "lists/models.json.gz")
    commit(b"\n" + listed(3000)[::-1], 2)
    assert [len(history(tmp_path, name)) for name in ("data/models.json", "lists/models.json.gz")] == [3, 2]


def test_a_file_that_was_moved_away_and_back_is_followed_there(tmp_path: Path, commit: Callable[..., None]) -> None:
    for number, name in enumerate(("models", "models", "else", "else", "models", "else", "models")):
        commit(listed(1000 + number), number, f"data/{name}.json")
    taken = [item.observed_at for item in history(tmp_path) if isinstance(item, Incoming)]
    assert sorted(taken) == [NOON + timedelta(seconds=second) for second in range(7)]
    assert len(taken) == 7


def test_the_versions_of_a_branch_that_gave_way_in_a_merge_are_taken_too(
    tmp_path: Path, commit: Callable[..., None], git: Callable[..., None]
) -> None:
    commit(listed(1000), 0)
    git("branch", "other")
    commit(listed(2000), 1)
    git("checkout", "--quiet", "other")
    commit(listed(3000), 2)
    git("checkout", "--quiet", "-")
    git("merge", "--quiet", "--strategy", "ours", "--message", "mine", "other", seconds=3)
    commit(listed(4000), 4)
    bodies = {item.observed_at: item.document.body for item in history(tmp_path) if isinstance(item, Incoming)}
    assert bodies == {
        NOON + timedelta(seconds=at): listed(1000 * number) for at, number in ((0, 1), (1, 2), (2, 3), (4, 4))
    }


@pytest.mark.parametrize("setting", ["log.showRoot=false", "log.follow=true", "color.ui=always", "diff.renames=copies"])
def test_how_somebody_likes_his_logs_loses_no_version(
    tmp_path: Path, commit: Callable[..., None], git: Callable[..., None], setting: str
) -> None:
    commit(listed(1000), 0, "data/old.json")
    commit(listed(2000), 1, "data/old.json")
    commit(listed(2000), 2)
    commit(listed(3000), 3)
    git("config", *setting.split("="))
    taken = [(item.observed_at, item.document.body) for item in history(tmp_path) if isinstance(item, Incoming)]
    bodies = [listed(number) for number in (1000, 2000, 2000, 3000)]
    assert taken == [(NOON + timedelta(seconds=second), body) for second, body in enumerate(bodies)]


def test_a_version_that_cannot_be_decompressed_stops_none_of_the_others(
    tmp_path: Path, commit: Callable[..., None]
) -> None:
    for number, content in enumerate((listed(1000), gzip.compress(listed(2000))[:-20], b"\x1f\x8bno", listed(3000))):
        commit(content, number)
    assert [isinstance(item, Unreadable) for item in history(tmp_path)] == [False, True, True, False]


def test_a_pointer_to_a_file_that_is_kept_elsewhere_is_named_as_one(
    tmp_path: Path, commit: Callable[..., None]
) -> None:
    commit(listed(1000), 0)
    commit(b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 9\n", 1)
    whole, pointer = history(tmp_path)
    assert isinstance(whole, Incoming)
    assert isinstance(pointer, Unreadable)
    assert "Git LFS" in pointer.reason


def test_a_folder_of_a_repository_may_be_named_with_the_path_below_it(
    tmp_path: Path, commit: Callable[..., None]
) -> None:
    commit(listed(1000), 0)
    assert len(history(tmp_path)) == len(history(tmp_path, "./data/models.json")) == 1
    assert len(list(git_versions(tmp_path / "repository" / "data", "models.json"))) == 1
    with pytest.raises(UsageError, match="no commit ever touched"):
        history(tmp_path, "data/*.json")
