"""The command `catalog`. Each file here holds the commands of one concern and registers them on `app`.

What a question needs (pandas, SQLAlchemy, parsers) is imported inside the command that asks it, so that `--help` and a
job that finds nothing new start at once.
"""

from __future__ import annotations

import errno
import logging
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from catalog.cli.app import InterruptedProgramError, TerminatedError, app
from catalog.cli.logs import writes_json

log = logging.getLogger(__name__)

CLOSED = 128 + 13
"""How a shell names a program that SIGPIPE ended."""


def register() -> None:
    """Put every command on `app`, in the order in which its help lists them."""
    # ruff: isort: off
    from catalog.cli import models, history, measured, lineage, compare, ranking, cost  # noqa: F401
    from catalog.cli import write, demo, tell, job, keep, parse  # noqa: F401
    # ruff: isort: on


def main() -> None:
    """Run the command line; every error of ours is one message on stderr and its exit code."""
    from catalog.cli.encoding import replace_what_cannot_be_shown
    from catalog.cli.output import complain
    from catalog.errors import CatalogError, exit_code_of
    from scrapers.errors import ScraperError

    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the program
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115
    replace_what_cannot_be_shown()
    register()
    signal.signal(signal.SIGTERM, _terminate)
    try:
        try:
            app(prog_name="catalog")
        finally:
            sys.stdout.flush()
    except (CatalogError, ScraperError) as error:
        complain(str(error))
        sys.exit(exit_code_of(error))
    except BrokenPipeError:
        _end_unheard()
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):
            _end_unheard()
        raise
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            complain(f"{str(error.filename)[:60]}…: no file can be called so: {error.strerror}")
            sys.exit(2)
        if error.errno not in (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG):
            raise
        complain(f"{error.filename or 'the output'}: cannot be written: {error.strerror}")
        sys.exit(6)
    except (InterruptedProgramError, KeyboardInterrupt) as error:
        complain("interrupted; what was stored stays stored")
        if isinstance(error, TerminatedError) or isinstance(error.__cause__, TerminatedError):
            _end_terminated()
        sys.exit(130)
    except Exception:
        if not writes_json():
            raise
        log.critical("a fault of the program itself", exc_info=True)
        sys.exit(1)


def _terminate(number: int, frame: object) -> NoReturn:
    """End as on Ctrl-C: what is under way is ended, and no process or semaphore is left behind."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # whoever sends it twice means at once
    raise TerminatedError


def _end_terminated() -> NoReturn:
    """End by the signal itself, as whoever sent it expects; process 1 of a container, which cannot, says so."""
    os.kill(os.getpid(), signal.SIGTERM)
    sys.exit(128 + signal.SIGTERM)


def _end_unheard() -> NoReturn:
    """End as a program does whose reader has gone, such as `head` with enough lines; Typer would end with 1."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains at its end
    sys.exit(CLOSED)


__all__ = ["app", "main", "register"]
