"""A terminal of a fixed size in which the commands of the documents are typed.

The commands run inside this process, as `catalog` runs them: their words are split as a shell does, both outputs go to
one screen in their order, and the exit code is kept for `echo $?`. An answer that goes into a pipe or a file is no
longer on a terminal, and what stands behind the pipe runs in a shell, as other programs do.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from called_program import exit_code

WIDTH = 120

_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_SHELL = re.compile(r"[|<>;&]|\$\(|\*")
_REDIRECTED = re.compile(r"(?: (?P<errors>2>/dev/null|2>&1))?(?: \| (?P<pipe>.*)| > (?P<file>\S+))?$")


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
        command = command.replace("\\\n", " ")
        masked = _QUOTED.sub(lambda quoted: "q" * len(quoted.group()), command)
        redirected = _REDIRECTED.search(masked)
        assert redirected is not None
        if masked.startswith("catalog ") and not _SHELL.search(masked[: redirected.start()]):
            printed = self._redirected(command, redirected)
        else:
            printed = self._shell(command)
        printed = _COLOUR.sub("", printed).replace(str(self.folder) + "/", "")
        return "\n".join(line.rstrip() for line in printed.splitlines()).strip("\n")

    def _redirected(self, command: str, redirected: re.Match[str]) -> str:
        """What is seen of a call of the program whose answer goes to the screen, into a pipe or into a file."""
        words = shlex.split(command[: redirected.start()], comments=True)[1:]
        screen = _Screen()
        answer = screen if redirected["pipe"] is None and redirected["file"] is None else io.StringIO()
        errors = {"2>/dev/null": io.StringIO(), "2>&1": answer}.get(redirected["errors"], _Log(screen))
        self.exit_code = exit_code(words, answer, errors)
        if redirected["pipe"] is not None:
            screen.write(self._shell(command[redirected.start("pipe") :], answer.getvalue()))
        elif redirected["file"] is not None:
            (self.folder / redirected["file"]).write_text(answer.getvalue(), encoding="utf-8")
        return screen.getvalue()

    def _shell(self, command: str, given: str = "") -> str:
        ran = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=self.folder,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.exit_code = ran.returncode
        return ran.stdout
