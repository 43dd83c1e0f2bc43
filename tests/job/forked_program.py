"""The program, called again and again: what has imported it forks a process for every call, which saves its start.

Each line of the standard input is one call: its words, its folder, its variables, and the files that its outputs go to.
Its exit code is answered.
"""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import sys
from typing import Any

LIMIT_S = 120


def next_call() -> dict[str, Any]:
    """Returns in a new process, once for every call; here, answers what became of it."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            call: dict[str, Any] = json.loads(line)
            return call
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    raise SystemExit


def main() -> None:
    import pandas  # noqa: F401 - the imports are what is saved

    import catalog.cli
    import catalog.migrate
    import catalog.runs.job
    import scrapers.model_page
    import scrapers.source

    scrapers.source.all_sources()
    gc.freeze()  # else each process copies all of this when its collector looks at it, and once more when it ends
    call = next_call()
    signal.alarm(LIMIT_S)
    random.seed()
    os.chdir(call["folder"])
    os.environ.clear()
    os.environ.update(call["variables"])
    for number, name in ((0, os.devnull), (1, call["answer"]), (2, call["errors"])):
        file = os.open(name, os.O_RDWR)
        os.dup2(file, number)
        os.close(file)
    sys.argv = ["catalog", *call["words"]]
    catalog.cli.main()


if __name__ == "__main__":
    main()
