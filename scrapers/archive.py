"""The archive: every answer as the bytes that came, under the SHA-256 of its content. The database is a view of it.

Layout below the root (`data/raw`):

    <source>/<aa>/<sha256>.<extension>[.gz]       the bytes, gzip as they came where they came so
    <source>/<aa>/<sha256>.<time>.meta.json       one sidecar a capture: url, times, status, headers, verdict, …

File names are made of hashes and times alone, never of what a document says. Everything is written to a temporary
file in the same folder, synced and renamed, so that a file is whole or absent.
"""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, fields
from json.encoder import encode_basestring_ascii
from pathlib import Path
from typing import NamedTuple

from scrapers.errors import ScraperError

_SLUG = re.compile(r"[a-z0-9_]{1,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NO_STAMP = re.compile(r"[^0-9TZ]")


class ArchiveError(ScraperError):
    """The archive could not be read or written, or what it holds is not what its name says."""


class BlobMissing(ArchiveError):
    """The bytes that a sidecar speaks of are not there."""


class BlobAltered(ArchiveError):
    """The bytes are there, but are not those that were archived."""


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
    run: str | None = None
    attempts: int | None = None


_SAID = tuple(sorted(item.name for item in fields(Sidecar)))
"""What a sidecar says of its document."""


class Kept(NamedTuple):
    """An answer to keep: what is known of it, and its bytes under the name of their file."""

    sidecar: Sidecar
    content: bytes
    name: str

    @classmethod
    def of(cls, sidecar: Sidecar, body: bytes, extension: str, wire: bytes | None) -> Kept:
        """An answer with its body, or with the gzip form in which it came."""
        name = f"{sidecar.sha256}.{extension}"
        return cls(sidecar, body, name) if wire is None else cls(sidecar, wire, f"{name}.gz")

    @property
    def body(self) -> bytes:
        """The bytes of the answer, decompressed."""
        return gzip.decompress(self.content) if self.name.endswith(".gz") else self.content


class Archive:
    """The folder of archived answers."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._altered: set[tuple[str, str]] = set()

    def put(self, sidecar: Sidecar, body: bytes, *, extension: str, wire: bytes | None = None) -> Path:
        """Keep an answer and its sidecar; the bytes first, so that a sidecar never speaks of nothing.

        `wire` is the gzip form in which the body came, kept in place of the body where given. Returns the sidecar's
        path. Raises `ArchiveError` where the folder cannot be written.
        """
        self.put_all([Kept.of(sidecar, body, extension, wire)])
        return Path(self._described_in(sidecar.source, sidecar.sha256, sidecar.observed_at))

    def put_all(self, answers: Iterable[Kept], others: Iterable[Sidecar] = ()) -> None:
        """Keep answers and their sidecars, and the sidecars of others that are kept already: all of them or none."""
        files: dict[str, bytes] = {}
        replaced: list[str] = []
        altered: list[tuple[str, str]] = []
        for sidecar, content, name in answers:
            folder = self._folder(sidecar.source, sidecar.sha256)
            document = sidecar.source, sidecar.sha256
            if (blob := self._blob(folder, sidecar.sha256)) is None or document in self._altered:
                files[f"{folder}/{name}"] = content
                altered.append(document)
                if blob is not None and blob != f"{folder}/{name}":
                    replaced.append(blob)
            files[self._described_in(*document, sidecar.observed_at)] = _described(sidecar)
        for one in others:
            files[self._described_in(one.source, one.sha256, one.observed_at)] = _described(one)
        _write(files)
        for blob in replaced:
            Path(blob).unlink(missing_ok=True)
        self._altered.difference_update(altered)

    def describe(self, sidecar: Sidecar, *, durable: bool = True) -> Path:
        """Write the sidecar anew: its verdict or its review has changed.

        Without `durable` a power cut may leave the old one, which is whole too; the next reader judges it again.
        """
        path = self._described_in(sidecar.source, sidecar.sha256, sidecar.observed_at)
        _write({path: _described(sidecar)}, durable=durable)
        return Path(path)

    def body(self, source: str, sha256: str) -> bytes:
        """The bytes of an answer, decompressed and checked against their name.

        Raises `BlobMissing` or `BlobAltered`, naming the file.
        """
        folder = self._folder(source, sha256)
        path = self._blob(folder, sha256)
        if path is None:
            raise BlobMissing(f"{folder}/{sha256}.*: the archived document is missing")
        try:
            stored = _read(path)
            body = gzip.decompress(stored) if path.endswith(".gz") else stored
        except (OSError, EOFError, zlib.error) as error:
            self._altered.add((source, sha256))
            raise BlobAltered(f"{path}: cannot be read: {error}") from error
        if hashlib.sha256(body).hexdigest() != sha256:
            self._altered.add((source, sha256))
            raise BlobAltered(f"{path}: its content is not what was archived under this name")
        return body

    def holds(self, source: str, sha256: str) -> bool:
        """True where the bytes are there, and were not found to be altered; says nothing else of their being whole."""
        return (source, sha256) not in self._altered and self._blob(self._folder(source, sha256), sha256) is not None

    def describes(self, source: str, sha256: str, observed_at: str) -> bool:
        """True where a sidecar of that capture is there; says nothing of its being whole."""
        return os.path.exists(self._described_in(source, sha256, observed_at))  # noqa: PTH110

    def sidecars(self, source: str | None = None) -> Iterator[Sidecar]:
        """Every sidecar, in the order of valid time within a source. Raises `ArchiveError` for one that is broken."""
        found = [_sidecar(path) for path in self._descriptions(source)]
        yield from sorted(found, key=lambda sidecar: (sidecar.source, sidecar.observed_at, sidecar.sha256))

    def readable_sidecars(self) -> Iterator[Sidecar]:
        """Every sidecar that is not broken, one at a time and in no order."""
        for path in self._descriptions():
            with suppress(ArchiveError):
                yield _sidecar(path)

    def _descriptions(self, source: str | None = None) -> Iterator[Path]:
        return self.root.glob(f"{source or '*'}/[0-9a-f][0-9a-f]/*.meta.json")

    def sidecar(self, source: str, sha256: str, observed_at: str) -> Sidecar:
        """What is known of one capture. Raises `ArchiveError` where nothing is."""
        return _sidecar(self._described_in(source, sha256, observed_at))

    def size(self) -> tuple[int, int]:
        """How many files the archive holds and how many bytes."""
        sizes = list(_sizes(self.root)) if self.root.is_dir() else []
        return len(sizes), sum(sizes)

    def clean(self) -> int:
        """Remove what a killed writer left behind; returns how many files that were."""
        left = [path for path in self.root.glob("*/[0-9a-f][0-9a-f]/.tmp-*") if path.is_file()]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _folder(self, source: str, sha256: str) -> str:
        """Where a document is. Names within the archive are texts: they are asked for several times a capture."""
        if not _SLUG.fullmatch(source) or not _SHA256.fullmatch(sha256):
            raise ArchiveError(f"not a source and a hash: {source!r}, {sha256!r}")
        mine = f"{self.root}/{source}"
        for link in (mine, f"{mine}/{sha256[:2]}"):
            if os.path.islink(link):  # noqa: PTH114
                raise ArchiveError(f"{link}: a symbolic link stands in the archive; remove it")
        return link

    def _described_in(self, source: str, sha256: str, observed_at: str) -> str:
        stamp = _NO_STAMP.sub("", observed_at.replace("+00:00", "Z"))
        return f"{self._folder(source, sha256)}/{sha256}.{stamp}.meta.json"

    @staticmethod
    def _blob(folder: str, sha256: str) -> str | None:
        try:
            names = os.listdir(folder)  # noqa: PTH208 - names are all that is wanted
        except FileNotFoundError:
            return None
        mine = [name for name in names if name.startswith(f"{sha256}.") and not name.endswith(".meta.json")]
        return f"{folder}/{min(mine)}" if mine else None


def _sizes(folder: Path | str) -> Iterator[int]:
    """The sizes of all files in a folder: of hundreds of thousands, for which `Path` takes four times as long."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _sizes(entry.path)
            elif entry.is_file(follow_symlinks=False):
                yield entry.stat(follow_symlinks=False).st_size


def _described(sidecar: Sidecar) -> bytes:
    """A field a line, as `json` would write it with an indent of 1, for which it takes three times as long."""
    said = [f' "{name}": {_as_json(getattr(sidecar, name))}' for name in _SAID]
    return ("{\n" + ",\n".join(said) + "\n}\n").encode()


def _as_json(value: str | int | dict[str, str] | None) -> str:
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if isinstance(value, dict):
        return json.dumps(value, indent=1, sort_keys=True).replace("\n", "\n ")
    return "null" if value is None else repr(value)


def _sidecar(path: str | Path) -> Sidecar:
    try:
        return Sidecar(**{key: value for key, value in json.loads(_read(path)).items() if key in _SAID})
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ArchiveError(f"{path}: this sidecar cannot be read: {error}") from error


def _read(path: str | Path) -> bytes:
    """A file's bytes, refusing to follow a symbolic link out of the archive."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def _write(files: Mapping[str, bytes], *, durable: bool = True) -> None:
    """Write files in their order: all are synced, then each is renamed into place, then their folders are synced.

    Without `durable` nothing is synced; each file is whole all the same, be it the old one or the new one.
    """
    temporary: list[tuple[str, str]] = []
    try:
        for path, content in files.items():
            try:
                temporary.append((_written_beside(path, content), path))
            except OSError as error:
                raise ArchiveError(f"{path}: cannot be written: {error.strerror or error}") from error
        if durable:
            _sync_all([name for name, _ in temporary])
        for name, path in temporary:
            os.replace(name, path)  # noqa: PTH105
        if durable:
            _sync_all(list(dict.fromkeys(map(os.path.dirname, files))))
    except BaseException as failure:
        for name, _ in temporary:
            with suppress(FileNotFoundError):
                os.unlink(name)  # noqa: PTH108
        if isinstance(failure, OSError):
            where = failure.filename or next(iter(files))
            raise ArchiveError(f"{where}: cannot be written: {failure.strerror or failure}") from failure
        raise


_NUMBERS = itertools.count()


def _written_beside(path: str, content: bytes) -> str:
    """The name of a new temporary file in the same folder."""
    if os.path.islink(path):  # noqa: PTH114
        raise ArchiveError(f"{path}: a symbolic link stands in the archive; remove it")
    folder = os.path.dirname(path)  # noqa: PTH120
    name = f"{folder}/.tmp-{os.getpid()}-{next(_NUMBERS)}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        descriptor = os.open(name, flags, 0o600)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        descriptor = os.open(name, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except BaseException:
        os.unlink(name)  # noqa: PTH108
        raise
    return name


SYNCED_AT_ONCE = 8
"""Files that are synced at the same time: the disk is asked once for those that come together."""


def _sync_all(names: Sequence[str]) -> None:
    """Wait until the disk has these files, or folders."""
    if len(names) < SYNCED_AT_ONCE:
        for name in names:
            sync(name)
        return
    shares = [names[first::SYNCED_AT_ONCE] for first in range(SYNCED_AT_ONCE)]
    with ThreadPoolExecutor(SYNCED_AT_ONCE, thread_name_prefix="sync") as pool:
        list(pool.map(_sync_each, shares))


def _sync_each(names: Iterable[str]) -> None:
    for name in names:
        sync(name)


def sync(name: str | Path) -> None:
    """Have a file's content, or a folder's entries, on the disk."""
    descriptor = os.open(name, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
