"""A wheel carries all that the program needs away from its checkout."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
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


@pytest.mark.slow
def test_a_catalog_from_the_wheel_upgrades_a_database_and_imports_with_no_checkout_near(
    wheel: Path, sample: Path, tmp_path: Path
) -> None:
    """An empty environment that borrows the dependencies of this one, and nothing of the checkout."""
    here, venv = tmp_path / "elsewhere", tmp_path / "venv"
    here.mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    (packages,) = (venv / "lib").glob("python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [sys.executable, "-m", "pip", "--python", str(venv / "bin" / "python"), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", "--ignore-installed", str(wheel)], check=True)

    def catalog(*words: str) -> str:
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8", "PYTHONSAFEPATH": "1"}
        command = [str(venv / "bin" / "catalog"), *words]
        done = subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = [str(venv / "bin" / "python"), "-c", "import catalog; print(catalog.__file__)"]
    origin = subprocess.run(where, cwd=here, capture_output=True, text=True, check=True).stdout
    assert Path(origin.strip()).is_relative_to(venv)

    catalog("db", "upgrade")
    catalog("import", str(sample / "openrouter_models" / "2026-06-10T042345Z.json"))
    (model,) = json.loads(catalog("models", "--where", "model_id = 'google/gemini-2.5-pro'", "--format", "json"))
    assert model["context_tokens"] == 1_048_576
