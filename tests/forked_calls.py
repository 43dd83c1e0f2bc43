"""The program as a process of its own, without its start: see `forked_program`."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def environment(**more: str) -> dict[str, str]:
    """A process's variables, without any setting of the user's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CATALOG_")}
    return {**kept, "PYTHONWARNINGS": "ignore", **more}


class Program:
    """What forks a process for every call of the program."""

    def __init__(self, told: socket.socket) -> None:
        self._told = told

    def call(self, words: Sequence[str], folder: Path, variables: Mapping[str, str], answer: int, errors: int) -> int:
        """Call the program with these words and outputs, with nothing to read; its exit code."""
        call = {"words": words, "folder": str(folder), "variables": dict(variables)}
        nothing = os.open(os.devnull, os.O_RDONLY)
        try:
            socket.send_fds(self._told, [json.dumps(call).encode()], [nothing, answer, errors])
        finally:
            os.close(nothing)
        return int(self._told.recv(100))


@pytest.fixture(scope="session")
def program() -> Iterator[Program]:
    """The one process of a session that forks those of all calls."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    words = [sys.executable, str(HERE / "forked_program.py"), str(its.fileno())]
    root = HERE.parent
    with (
        ours,
        subprocess.Popen(words, cwd=root, env=environment(PYTHONPATH=str(root)), pass_fds=[its.fileno()]) as process,
    ):
        its.close()
        yield Program(ours)
        ours.close()
        process.wait(60)
