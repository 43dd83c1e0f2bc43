"""Saved files as incoming documents: one file, a folder of them, or every version of a file in a git history.

A year of captures is gigabytes, so that each is read when its turn comes and not before.
"""

from __future__ import annotations

import json
import subprocess
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from posixpath import basename, normpath, relpath
from typing import IO, NamedTuple

from catalog.errors import UsageError
from catalog.ingest import Incoming
from catalog.instants import day_in_name, instant_in_name, read_instant
from scrapers.document import Document
from scrapers.errors import DocumentError
from scrapers.source import Source, source_of

ENDINGS = (".json", ".html", ".htm", ".txt")
"""What is taken from a folder, each also with `.gz`; other files are none of ours."""

LARGEST_FILE = 256 * 2**20
"""Bytes of one document, decompressed."""

RENAMED = "50%"
"""So alike are the two files of a rename at least, as git itself has it: many a file moves and grows in one commit."""


class Unreadable(NamedTuple):
    """A file that did not even become a document, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents to import: how many there are at most, and a way to read them one after the other, oldest first."""

    count: int
    read: Callable[[], Iterator[Incoming | Unreadable]]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Incoming | Unreadable]:
        return self.read()

    def of(self, source: Source | None) -> Iterator[Incoming | Unreadable]:
        """The same, taken for documents of a source; None leaves that to their content."""
        return (replace(item, source=source) if isinstance(item, Incoming) else item for item in self)


class _File(NamedTuple):
    """A file, the folders between it and the path that was named, and what a sidecar says of it."""

    path: Path
    folders: tuple[str, ...]
    sidecar: dict[str, str]


def saved_documents(paths: Iterable[Path], *, observed_at: datetime | None) -> Documents:
    """The documents in files and folders, oldest first.

    A file's own word on when it was seen (its sidecar, or a time in its name) comes before `observed_at`, unless it is
    the only file; the folders inside the path that was named, `2026/03/03` or `2026-03-03`, come last. Raises
    `UsageError` for a path that is not there.
    """
    files = [_File(path, folders, _sidecar(path)) for path, folders in _files(paths)]
    seen = [_seen(file, observed_at, alone=len(files) == 1) for file in files]
    dated = [(at, file) for at, file in zip(seen, files, strict=True) if at is not None]
    dated.sort(key=lambda item: (item[0], item[1].path.name))

    def read() -> Iterator[Incoming | Unreadable]:
        for at, file in zip(seen, files, strict=True):
            if at is None:
                yield Unreadable(str(file.path), "nothing says when it was seen; name the time with --observed-at")
        for when, file in dated:
            yield _document(file, when)

    return Documents(len(files), read)


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for path in paths:
        if path.is_dir():
            for file in sorted(file for file in path.rglob("*") if file.is_file() and _is_ours(file)):
                yield file, file.relative_to(path).parts[:-1]
        elif path.is_file():
            yield path, ()
        else:
            raise UsageError(f"{path}: there is no such file or folder")


def _is_ours(file: Path) -> bool:
    name = file.name.lower()
    return name.removesuffix(".gz").endswith(ENDINGS) and not name.endswith(".meta.json") and not name.startswith(".")


def _seen(file: _File, observed_at: datetime | None, *, alone: bool) -> datetime | None:
    """When a file was seen, None where nothing says so."""
    if observed_at is not None and alone:
        return observed_at
    if stated := file.sidecar.get("observed_at"):
        return read_instant(stated)
    if (at := instant_in_name(file.path.name)) is not None:
        return at
    if observed_at is not None:
        return observed_at
    if (at := day_in_name(file.path.name)) is not None and _speaks_of_all(file):
        return at
    days = (*reversed(file.folders), "-".join(file.folders[-3:]))
    return next((at for day in days if (at := instant_in_name(f"{day}T{file.path.name}")) is not None), None)


def _speaks_of_all(file: _File) -> bool:
    """Whether a file speaks of no one model, so that a date in its name is no part of a model's name."""
    found = _document(file, datetime.min.replace(tzinfo=UTC))
    try:
        return isinstance(found, Incoming) and source_of(found.document).asks == "once"
    except DocumentError:
        return False


def _document(file: _File, seen: datetime) -> Incoming | Unreadable:
    try:
        stored = file.path.read_bytes()
    except OSError as error:
        return Unreadable(str(file.path), f"cannot be read: {error}")
    item = _incoming(stored, str(file.path), file.path.name, seen)
    if isinstance(item, Unreadable):
        return item
    url, content_type = (file.sidecar.get(word) for word in ("url", "content_type"))
    return replace(item, document=replace(item.document, url=url, content_type=content_type))


def _incoming(stored: bytes, called: str, name: str, seen: datetime) -> Incoming | Unreadable:
    """Stored bytes as a document, decompressed where they are gzip."""
    if stored.startswith(_POINTER):
        return Unreadable(called, "a pointer of Git LFS; what it points to is kept elsewhere")
    zipped = stored[:2] == b"\x1f\x8b"
    try:
        body = _decompressed(stored) if zipped else stored
    except (EOFError, zlib.error, ValueError) as error:
        return Unreadable(called, f"cannot be read: {error}")
    return Incoming(Document(body, name=name, observed_at=seen), seen, wire=stored if zipped else None)


_POINTER = b"version https://git-lfs.github.com/spec/"


def _decompressed(stored: bytes) -> bytes:
    """The content of a gzip file, whole or not at all, and within bounds."""
    body = b""
    rest = stored
    while rest:
        member = zlib.decompressobj(wbits=31)
        body += member.decompress(rest, LARGEST_FILE - len(body) + 1)
        if len(body) > LARGEST_FILE:
            raise ValueError(f"more than {LARGEST_FILE // 2**20} MiB when decompressed")
        if not member.eof:
            raise EOFError("the compressed data stop in the middle")
        rest = member.unused_data
    return body


def _sidecar(file: Path) -> dict[str, str]:
    path = file.with_name(f"{file.name}.meta.json")
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: this sidecar cannot be read: {error}") from error
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


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
            yield _incoming(
                stored, name, name, datetime.fromtimestamp(int(second), UTC) + timedelta(microseconds=seconds[second])
            )
            seconds[second] += 1

    return Documents(len(commits), read)


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


_COMMAND = ("git", "--literal-pathspecs", "-C")


def _git(repository: Path, *arguments: str) -> bytes:
    command = [*_COMMAND, str(repository), *arguments]
    try:
        return subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout
    except FileNotFoundError as error:
        raise UsageError("git is not installed; it is needed to read a history") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        raise UsageError(f"git {' '.join(arguments[:2])} in {repository}: {said}") from error
