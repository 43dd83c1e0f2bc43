"""A wheel carries all that the program needs away from its checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the tree as it is, without isolation, so that nothing is downloaded."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    built = subprocess.run([*command, "-w", str(folder), str(root)], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("model_catalog-*.whl")
    return path


def test_the_wheel_carries_both_packages_the_migrations_the_sample_and_the_aliases(root: Path, wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tree = {
        "catalog": "catalog",
        "scrapers": "scrapers",
        "migrations": "catalog/migrations",
        "data/sample": "catalog/data/sample",
    }
    for folder, inside in tree.items():
        for path in (root / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"{inside}/{path.relative_to(root / folder).as_posix()}" in names
    assert "catalog/data/aliases.csv" in names


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"catalog", "scrapers"}


def test_the_command_is_called_catalog(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (entry_points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
    assert "catalog = catalog.cli:main" in archive.read(entry_points).decode()
