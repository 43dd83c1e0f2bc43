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
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from scrapers.durable_files import read_file, write_files
from scrapers.errors import ArchiveError, BlobAltered, BlobMissing
from scrapers.sidecar import Sidecar, described, read_sidecar

_SLUG = re.compile(r"[a-z0-9_]{1,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NO_STAMP = re.compile(r"[^0-9TZ]")


class Kept(NamedTuple):
    """An answer to archive: its sidecar, and the bytes of its file with the file's name."""

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
            files[self._described_in(*document, sidecar.observed_at)] = described(sidecar)
        for one in others:
            files[self._described_in(one.source, one.sha256, one.observed_at)] = described(one)
        write_files(files)
        for blob in replaced:
            Path(blob).unlink(missing_ok=True)
        self._altered.difference_update(altered)

    def describe(self, sidecar: Sidecar, *, durable: bool = True) -> Path:
        """Write the sidecar anew, because its verdict or its review has changed.

        Without `durable` a power cut may leave the old one, which is whole too; the next run brings it up to date.
        """
        path = self._described_in(sidecar.source, sidecar.sha256, sidecar.observed_at)
        write_files({path: described(sidecar)}, durable=durable)
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
            stored = read_file(path)
            body = gzip.decompress(stored) if path.endswith(".gz") else stored
        except (OSError, EOFError, zlib.error) as error:
            self._altered.add((source, sha256))
            raise BlobAltered(f"{path}: cannot be read: {error}") from error
        if hashlib.sha256(body).hexdigest() != sha256:
            self._altered.add((source, sha256))
            raise BlobAltered(f"{path}: its content is not what was archived under this name")
        return body

    def holds(self, source: str, sha256: str) -> bool:
        """Whether the bytes are there, unless `body` found them altered before; they are not read for it."""
        return (source, sha256) not in self._altered and self._blob(self._folder(source, sha256), sha256) is not None

    def describes(self, source: str, sha256: str, observed_at: str) -> bool:
        """Whether there is a sidecar of that capture; it is not read for it."""
        return os.path.exists(self._described_in(source, sha256, observed_at))  # noqa: PTH110

    def sidecars(self, source: str | None = None) -> Iterator[Sidecar]:
        """Every sidecar, in the order of valid time within a source. Raises `ArchiveError` for one that is broken."""
        found = [read_sidecar(path) for path in self._descriptions(source)]
        yield from sorted(found, key=in_order)

    def readable_sidecars(self, broken: Callable[[ArchiveError], object] = lambda _: None) -> Iterator[Sidecar]:
        """Every sidecar that is not broken, one at a time and in no order; `broken` hears of the others."""
        for path in self._descriptions():
            try:
                yield read_sidecar(path)
            except ArchiveError as error:
                broken(error)

    def _descriptions(self, source: str | None = None) -> Iterator[Path]:
        return self.root.glob(f"{source or '*'}/[0-9a-f][0-9a-f]/*.meta.json")

    def sidecar(self, source: str, sha256: str, observed_at: str) -> Sidecar:
        """What is known of one capture. Raises `ArchiveError` where nothing is."""
        return read_sidecar(self._described_in(source, sha256, observed_at))

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
        except OSError as error:
            raise ArchiveError(f"{folder}: cannot be read: {error.strerror or error}") from error
        mine = [name for name in names if name.startswith(f"{sha256}.") and not name.endswith(".meta.json")]
        return f"{folder}/{min(mine)}" if mine else None


def in_order(sidecar: Sidecar) -> tuple[str, str, str]:
    """The key that sorts sidecars by valid time within a source."""
    return sidecar.source, sidecar.observed_at, sidecar.sha256


def _sizes(folder: Path | str) -> Iterator[int]:
    """The sizes of all files in a folder: of hundreds of thousands, for which `Path` takes four times as long."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _sizes(entry.path)
            elif entry.is_file(follow_symlinks=False):
                yield entry.stat(follow_symlinks=False).st_size
