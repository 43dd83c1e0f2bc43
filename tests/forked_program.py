"""The program, called again and again: what has imported it forks a process for every call, which saves its start.

It is told of each call through a socket, the number of which is its argument: the words, the folder and the variables,
and with them the three files that are to be the standard input and the outputs. It answers with the exit code.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import random
import signal
import socket
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from typing import Any

LIMIT_S = 120


def next_call() -> tuple[dict[str, Any], list[int]]:
    """Returns in a new process, once for every call; here, answers what became of it."""
    told = socket.socket(fileno=int(sys.argv[1]))
    while True:
        message, files, _, _ = socket.recv_fds(told, 1 << 20, 3)
        if not message:
            raise SystemExit
        child = os.fork()
        if not child:
            told.close()
            return json.loads(message), files
        for file in files:
            os.close(file)
        _, status = os.waitpid(child, 0)
        told.send(f"{os.waitstatus_to_exitcode(status)}".encode())


def main() -> None:
    import pandas  # noqa: F401 - the imports are what is saved
    from called_program import commands
    from forked_readers import share_with_children

    import catalog.api
    import catalog.cli
    import catalog.database
    import catalog.migrate
    import catalog.runs.job
    import scrapers.model_page
    import scrapers.source

    scrapers.source.all_sources()
    commands()
    with tempfile.TemporaryDirectory() as folder:  # what makes a schema is imported where one is made
        engine = catalog.database.open_engine(f"{folder}/catalog.db")
        catalog.migrate.ensure_schema(engine)
        engine.dispose()
    share_with_children()
    gc.freeze()  # else each process copies all of this when its collector looks at it, and once more when it ends
    call, files = next_call()
    signal.alarm(LIMIT_S)
    random.seed()
    os.chdir(call["folder"])
    os.environ.clear()
    os.environ.update(call["variables"])
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.argv = ["catalog", *call["words"]]
    os._exit(_ended(_called(catalog.cli.main)))


def _called(main: Callable[[], None]) -> int:
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def _ended(code: int) -> int:
    """What the interpreter does at its end, but for letting all objects go, which takes longer than most calls."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
    except OSError as error:
        sys.stderr.write(f"Exception ignored while the output was flushed: {error}\n")
        code = 120
    sys.stderr.flush()
    return code


if __name__ == "__main__":
    main()
