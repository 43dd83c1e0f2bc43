"""Every version of a file in a git history as an incoming document.

So years of somebody's captures, which a job committed one over the other, become history in one command.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from posixpath import basename, normpath, relpath
from typing import IO, NamedTuple

from catalog.errors import UsageError
from catalog.runs.importing import LARGEST_FILE, Documents, Unreadable, incoming_of
from catalog.runs.ingest import Incoming

RENAMED = "50%"
"""So alike are the two files of a rename at least, as git itself has it: many a file moves and grows in one commit."""


def git_versions(repository: Path, path: str) -> Documents:
    """Every version of a file in a git history, oldest first, with the time of its commit.

    `path` stands below `repository`, which may be a folder of one; where the file had another name before, its
    versions of that time are taken too. Commits of one second are kept apart by microseconds, in the order of the
    history. Raises `UsageError` where the folder is no repository or the file was never in it.
    """
    folder = _git(repository, "rev-parse", "--show-prefix").decode().strip()
    within = normpath(folder + path)
    commits = _commits(repository, folder, within)
    if not commits:
        raise UsageError(f"{repository}: no commit ever touched {path}")

    def read() -> Iterator[Incoming | Unreadable]:
        seconds: Counter[str] = Counter()
        for (commit, second, called), stored in zip(commits, _blobs(repository, commits), strict=True):
            if stored is None:
                continue  # the commit that removed the file
            name = f"{commit[:12]}:{path if called == within else called}"
            if len(stored) > LARGEST_FILE:
                yield Unreadable(name, f"more than {LARGEST_FILE // 2**20} MiB")
                continue
            yield incoming_of(
                stored, name, name, datetime.fromtimestamp(int(second), UTC) + timedelta(microseconds=seconds[second])
            )
            seconds[second] += 1

    return Documents(len(commits), read)


def is_shallow(repository: Path) -> bool:
    """Whether a clone was made without the older commits, as jobs make theirs: it has some versions of a file only."""
    return _git(repository, "rev-parse", "--is-shallow-repository").strip() == b"true"


class _Commit(NamedTuple):
    """A commit that touched the file, its time in seconds, and the file's path in it from the top of the repository."""

    name: str
    second: str
    path: str


def _commits(repository: Path, folder: str, path: str) -> list[_Commit]:
    """The commits that touched a file, oldest first, through its renames; `repository` may be a folder of one.

    Those of a branch that gave way to another one in a merge are among them: what it held was captured all the same.
    """
    found: dict[_Commit, None] = {}
    asked: set[tuple[str, str]] = set()
    waiting = [("HEAD", path)]
    while waiting:
        since, name = waiting.pop()
        place = relpath(name, folder or ".")
        told = _git(repository, "log", *_FULLY, since, "--", place).decode(errors="replace")
        for commit, second, *status in map(str.split, told.split("\0")[1:]):
            if not status:
                continue  # a merge that took what one of its parents had
            found.setdefault(_Commit(commit, second, name))
            before = _name_before(repository, commit, name) if status[0] == "A" else None
            if before is not None and (commit, before) not in asked:
                asked.add((commit, before))
                waiting.append((f"{commit}^", before))
    return list(found)[::-1]


_FULLY = ("--full-history", "-c", "--no-renames", "--name-status", "--format=%x00%H %ct")


def _name_before(repository: Path, commit: str, path: str) -> str | None:
    """The name that a commit took a file's content from, None where it did not move the file.

    That is what git takes for a rename. A list on one line, or one that was compressed as it moved, is like no other
    for git: there it is the one file of the same name that went from another folder, or lost or got the ending `.gz`.
    """
    told = _git(repository, "show", "--format=", "--name-status", "-z", f"-M{RENAMED}", "--diff-filter=DR", commit)
    words = iter(told.decode(errors="surrogateescape").split("\0"))
    gone: list[str] = []
    for status, old in zip(words, words, strict=False):
        if status == "D":
            gone.append(old)
        elif next(words) == path:
            return old
    namesakes = [old for old in gone if _bare_name(old) == _bare_name(path)]
    return namesakes[0] if len(namesakes) == 1 else None


def _bare_name(path: str) -> str:
    return basename(path).removesuffix(".gz")


def _blobs(repository: Path, commits: Iterable[_Commit]) -> Iterator[bytes | None]:
    """What a file held in each of some commits, None where it was not there; one process of git reads all."""
    command = [*_COMMAND, str(repository), "cat-file", "--batch"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as git:
        if git.stdin is None or git.stdout is None:
            raise UsageError("git takes no questions")
        for commit in commits:
            git.stdin.write(f"{commit.name}:{commit.path}\n".encode(errors="surrogateescape"))
            git.stdin.flush()
            yield _answer(git.stdout)
        git.stdin.close()


def _answer(stream: IO[bytes]) -> bytes | None:
    """The next object that `git cat-file --batch` gives; None for one that is missing, or is no file."""
    *_, kind, size = stream.readline().split() or (b"", b"missing", b"0")
    if not size.isdigit():  # `<name> missing`
        return None
    content = stream.read(int(size))
    stream.read(1)
    return content if kind == b"blob" else None


_AS_SET = ("log.follow=false", "log.showRoot=true", "log.showSignature=false")
"""What decides which commits are told and how, whatever its owner has set."""

_COMMAND = ("git", "--literal-pathspecs", *(word for setting in _AS_SET for word in ("-c", setting)), "-C")


def _git(repository: Path, *arguments: str) -> bytes:
    command = [*_COMMAND, str(repository), *arguments]
    try:
        return subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout
    except FileNotFoundError as error:
        raise UsageError("git is not installed; it is needed to read a history") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        raise UsageError(f"git {' '.join(arguments[:2])} in {repository}: {said}") from error
