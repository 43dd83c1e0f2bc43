"""Runs the job in child processes that die by SIGKILL at their n-th step, at the word of the test that drives it.

    python killed_run.py BASE_URL NOW

A step is a statement that is sent to the database, the end of a transaction, or a file that gets its name in the
archive. Each line of input is `FOLDER STEP`: a child runs the job on that folder and dies before that step (0: never).
The answer is a line of JSON: `steps`, how many there were, where the child lived to tell, and its `digest`.

One process that forks, because every child then begins with everything imported.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from datetime import datetime
from itertools import count
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

from forked_readers import share_with_children
from nights import Clock, digest_of, run_night
from sqlalchemy import Engine, event


def die_before(step: int) -> count[int]:
    """Count the steps of this process from now on, and kill it before the given one."""
    steps = count(1)

    def stepped() -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", lambda *_: stepped())
    event.listen(Engine, "commit", lambda *_: stepped())
    sys.addaudithook(lambda name, _: stepped() if name == "os.rename" else None)
    return steps


def in_child(base_url: str, now: datetime, folder: Path, step: int) -> dict[str, object]:
    """What a child tells that runs the job; nothing where it was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        steps = die_before(step)
        run_night(base_url, folder, Clock(now), migrates=True)
        told = {"steps": next(steps) - 1, "digest": digest_of(folder / "catalog.db")}
        os.write(writer, json.dumps(told).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        told_text = pipe.read()
    _, status = os.waitpid(child, 0)
    was_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return {"killed": was_killed, **(json.loads(told_text) if told_text else {})}


def main() -> None:
    base_url, now = sys.argv[1], datetime.fromisoformat(sys.argv[2])
    share_with_children()
    gc.freeze()
    for line in sys.stdin:
        folder, _, step = line.strip().rpartition(" ")
        sys.stdout.write(json.dumps(in_child(base_url, now, Path(folder), int(step))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
