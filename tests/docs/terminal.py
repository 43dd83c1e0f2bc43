"""A terminal of a fixed size in which the commands of the documents are typed.

The commands run inside this process, as `catalog` runs them: their words are split as a shell does, both outputs go to
one screen in their order, and the exit code is kept for `echo $?`. What needs a shell (a pipe, a redirection, another
program) gets one.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

WIDTH = 120

_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_SHELL = re.compile(r"[|<>;&]|\$\(|\*")


class _Screen(io.StringIO):
    """Answers go to a terminal."""

    def isatty(self) -> bool:
        return True


class _Log(io.StringIO):
    """Messages go to the same screen, but as to a log: without a progress bar."""

    def __init__(self, screen: _Screen) -> None:
        super().__init__()
        self.screen = screen

    def write(self, text: str) -> int:
        return self.screen.write(text)


class Terminal:
    """A terminal in `folder`; `PATH`, the settings and the size of the screen are the same everywhere."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.exit_code = 0
        monkeypatch.chdir(folder)
        for name in [name for name in os.environ if name.startswith("CATALOG_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("COLUMNS", str(WIDTH))
        monkeypatch.setenv("LINES", "50")
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")

    def run(self, command: str) -> str:
        """What a command prints, without colours and without blanks at the ends of lines."""
        if command.strip() == "echo $?":
            return str(self.exit_code)
        words = shlex.split(command.replace("\\\n", " "), comments=True)
        quoted = re.sub(r"'[^']*'|\"[^\"]*\"", "", command)
        printed = (
            self._catalog(words[1:]) if words[0] == "catalog" and not _SHELL.search(quoted) else self._shell(command)
        )
        printed = _COLOUR.sub("", printed).replace(str(self.folder) + "/", "")
        return "\n".join(line.rstrip() for line in printed.splitlines()).strip("\n")

    def _catalog(self, words: list[str]) -> str:
        from catalog.cli import main
        from catalog.cli.app import _GLOBAL

        screen = _Screen()
        typed, sys.argv = sys.argv, ["catalog", *words]
        _GLOBAL.clear()
        try:
            with redirect_stdout(screen), redirect_stderr(_Log(screen)):
                main()
            self.exit_code = 0
        except SystemExit as ended:
            self.exit_code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        finally:
            sys.argv = typed
        return screen.getvalue()

    def _shell(self, command: str) -> str:
        ran = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.exit_code = ran.returncode
        return ran.stdout
