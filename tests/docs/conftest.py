"""What the tests of the documents share: the flag that rewrites what they show, and a folder with the sample in it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

from pages import ROOT
from terminal import Terminal


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-docs", action="store_true", help="write what the documents show anew")


@pytest.fixture(scope="session")
def update_docs(pytestconfig: pytest.Config) -> bool:
    """Whether the documents are to be brought up to date; only ever by this flag."""
    return bool(pytestconfig.getoption("--update-docs", default=False))


@pytest.fixture(scope="session")
def sample_imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample in `data/sample`, imported into `data/catalog.db`."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "data" / "sample", folder / "data" / "sample")
    with pytest.MonkeyPatch.context() as monkeypatch:
        terminal = Terminal(folder, monkeypatch)
        printed = terminal.run("catalog import data/sample")
        assert terminal.exit_code == 0, printed
    return folder


@pytest.fixture
def project(sample_imported: Path, tmp_path: Path) -> Path:
    """A copy of that folder, for one page to do with as it likes."""
    folder = tmp_path / "project"
    shutil.copytree(sample_imported, folder)
    return folder


@pytest.fixture
def terminal(project: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in a folder in which the sample is imported."""
    return Terminal(project, monkeypatch)


@pytest.fixture
def empty_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in a folder that has the sample, and no database yet."""
    folder = tmp_path / "fresh"
    shutil.copytree(ROOT / "data" / "sample", folder / "data" / "sample")
    return Terminal(folder, monkeypatch)
