"""The import law: who may import whom, open sockets, read the clock and the environment, and write to the database.

The law is read from the syntax trees, so that an import inside a function counts like one at the top of a file.
Each rule is also shown to catch an offender.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SOCKETS = {
    "httpx",
    "httpcore",
    "socket",
    "ssl",
    "urllib.request",
    "http.client",
    "asyncio.streams",
    "requests",
    "urllib3",
}
OUTSIDE_WORLD = SOCKETS | {
    "asyncio", "glob", "importlib.resources", "multiprocessing", "os", "pathlib", "random", "shutil", "sqlalchemy",
    "sqlite3", "sqlmodel", "subprocess", "tempfile", "threading", "time",
}  # fmt: skip
CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now", "datetime.date.today",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime",
}  # fmt: skip
ENVIRONMENT = {"os.environ", "os.getenv", "os.environb", "environ", "getenv"}
STATEMENTS = {"insert", "update", "delete"}
"""Functions of SQLAlchemy, and methods of a table that take no argument, as those of a list or a frame do."""
SAVES = {"add_all", "bulk_save_objects", "commit", "to_sql"}


MAY_OPEN_SOCKETS = {"scrapers.fetch", "catalog.standin.server"}
MAY_READ_CLOCK_AND_ENVIRONMENT = {"catalog.cli", "catalog.settings", "catalog.standin.server"}
MAY_WRITE = {"catalog.store"}
MAY_COMMIT = {"catalog.runs.lock"}
"""The lock of a server outlives the transaction that took it, which is ended; nothing is written by it."""


def modules(package: str) -> dict[str, Path]:
    """The modules of a package by their dotted names."""
    found = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


ALL = {**modules("scrapers"), **modules("catalog")}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(tree: ast.Module, *, module: str = "", is_package: bool = False) -> set[str]:
    """The dotted names that a module imports, wherever in it: `from a import b` gives both `a` and `a.b`."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                above = module.split(".")[: None if is_package and node.level == 1 else is_package - node.level]
                origin = ".".join([*above, *filter(None, [origin])])
            names |= {origin} | {f"{origin}.{alias.name}" for alias in node.names}
    return names


@cache
def imports_of(module: str) -> set[str]:
    path = ALL[module]
    return imported(tree_of(path), module=module, is_package=path.name == "__init__.py")


def neighbours(module: str) -> set[str]:
    """The modules of this project that a module imports: the file that holds the name, not the packages above it."""
    names = imports_of(module) & ALL.keys()
    return {name for name in names if not any(other.startswith(f"{name}.") for other in names)} - {module}


def dotted(node: ast.expr) -> str:
    """`os.environ.get` for that expression, and nothing for what is no chain of names."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (above := dotted(node.value)):
        return f"{above}.{node.attr}"
    return ""


def mentions(tree: ast.Module, forbidden: set[str]) -> Iterator[str]:
    """Where a module speaks of one of these names, as `line: name`."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Attribute, ast.Name)) and (name := dotted(node)) in forbidden:
            yield f"{node.lineno}: {name}"


def sql_writes(tree: ast.Module) -> Iterator[str]:
    """Where a module makes or runs a statement that writes, as `line: what`."""
    from_sqlalchemy = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("sqlalchemy", "sqlmodel")
        for alias in node.names
    }
    speaks_sql = bool(from_sqlalchemy) or "sqlite3" in imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value.split(None, 2)[:2]
            verb = " ".join(words).upper()
            if verb in ("INSERT INTO", "INSERT OR", "DELETE FROM", "REPLACE INTO") or (
                words[:1] == ["UPDATE"] and " SET " in node.value
            ):
                yield f"{node.lineno}: {verb}"
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in STATEMENTS & from_sqlalchemy
        ):
            yield f"{node.lineno}: {node.func.id}()"
        if speaks_sql and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_statement = node.func.attr in STATEMENTS and not node.args
            if is_statement or node.func.attr in SAVES:
                yield f"{node.lineno}: {dotted(node.func.value)}.{node.func.attr}()"


def folder_of(module: str) -> str:
    """The folder inside its package in which a module lies; nothing for one that lies in none."""
    package, _, name = module.partition(".")
    inside = name if ALL[module].name == "__init__.py" else name.rpartition(".")[0]
    return f"{package}.{inside.partition('.')[0]}" if inside else ""


def belongs(module: str, allowed: set[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in allowed)


def belongs_any(names: set[str], allowed: set[str]) -> set[str]:
    return {name for name in names if belongs(name, allowed)}


def what_parsers_reach() -> set[str]:
    """Every module that a source's parser can reach: what must be a function of bytes."""
    seen: set[str] = set()
    waiting = [name for name in ALL if name.startswith("scrapers.sources.")]
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting += neighbours(module)
    return seen


def test_scrapers_never_imports_catalog() -> None:
    offenders = {name for name in modules("scrapers") if belongs_any(imports_of(name), {"catalog"})}
    assert not offenders


def test_only_the_fetch_layer_opens_sockets() -> None:
    others = {name: sorted(imports_of(name) & SOCKETS) for name in ALL if not belongs(name, MAY_OPEN_SOCKETS)}
    assert {name: opened for name, opened in others.items() if opened} == {}


def test_only_the_command_line_and_the_settings_read_clock_and_environment() -> None:
    others = [name for name in ALL if not belongs(name, MAY_READ_CLOCK_AND_ENVIRONMENT)]
    looks = {name: list(mentions(tree_of(ALL[name]), CLOCKS | ENVIRONMENT)) for name in others}
    assert {name: found for name, found in looks.items() if found} == {}


def test_only_the_store_writes_to_the_database() -> None:
    writes = {name: list(sql_writes(tree_of(ALL[name]))) for name in ALL if not belongs(name, MAY_WRITE)}
    for name in MAY_COMMIT:
        writes[name] = [write for write in writes[name] if not write.endswith(".commit()")]
    assert {name: found for name, found in writes.items() if found} == {}


def test_a_migration_imports_neither_package() -> None:
    for path in sorted((ROOT / "migrations").rglob("*.py")):
        assert not belongs_any(imported(tree_of(path)), {"catalog", "scrapers"}), path.name


def test_what_a_parser_reaches_knows_no_clock_network_disk_or_database() -> None:
    reached = what_parsers_reach()
    assert {"scrapers.document", "scrapers.records"} <= reached
    worldly = {module: sorted(imports_of(module) & OUTSIDE_WORLD) for module in sorted(reached)}
    assert {module: names for module, names in worldly.items() if names} == {}


@pytest.mark.parametrize("package", ["scrapers", "catalog"])
def test_inside_a_package_imports_run_one_way(package: str) -> None:
    graph = {name: {other for other in neighbours(name) if belongs(other, {package})} for name in modules(package)}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize("package", ["scrapers", "catalog"])
def test_the_folders_of_a_package_run_one_way_too(package: str) -> None:
    """A folder is read as one step on the way; `sources/` and `cli/` stand at its ends."""
    graph: dict[str, set[str]] = {}
    for name in modules(package):
        if folder := folder_of(name):
            others = {folder_of(other) for other in neighbours(name) if belongs(other, {package})}
            graph.setdefault(folder, set()).update(others - {folder, ""})
    assert len(graph) > 5
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of folders: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize(
    "code",
    [
        "import socket",
        "from urllib import request",
        "def f():\n import httpx",
        "from http.client import HTTPSConnection",
    ],
)
def test_an_opened_socket_is_noticed(code: str) -> None:
    assert imported(ast.parse(code)) & SOCKETS


@pytest.mark.parametrize(
    "code",
    [
        "datetime.now(UTC)",
        "x = time.time",
        "os.environ['A']",
        "os.environ.get('A')",
        "date.today()",
        "f(os.getenv('A'))",
    ],
)
def test_a_look_at_the_clock_or_the_environment_is_noticed(code: str) -> None:
    assert list(mentions(ast.parse(code), CLOCKS | ENVIRONMENT))


@pytest.mark.parametrize(
    "code",
    [
        "from sqlalchemy import insert\nc.execute(insert(t))",
        "from sqlalchemy import text\nc.execute(text('DELETE FROM price'))",
        "from sqlalchemy import Table\nc.execute(table.insert())",
        "from sqlmodel import Session\nsession.commit()",
        "import sqlite3\nconnection.execute('''\n  INSERT OR REPLACE INTO price VALUES (1)''')",
    ],
)
def test_a_write_is_noticed(code: str) -> None:
    assert list(sql_writes(ast.parse(code)))


@pytest.mark.parametrize("code", ["seen.update(more)", "rows.insert(0, row)", "frame.insert(0, 'unit', units)"])
def test_a_dictionary_a_list_and_a_frame_are_no_database(code: str) -> None:
    assert not list(sql_writes(ast.parse(f"from sqlalchemy import select\n{code}")))


def test_relative_imports_are_understood() -> None:
    assert "catalog.cli.tables" in imported(ast.parse("from .tables import x"), module="catalog.cli.show")
    assert "catalog.cli.tables" in imported(ast.parse("from . import tables"), module="catalog.cli", is_package=True)
    assert "catalog.store" in imported(ast.parse("from ..store import x"), module="catalog.cli.show")
