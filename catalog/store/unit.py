"""Works that share one transaction, done again from the first where the connection was lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Engine

from catalog.database import Interrupted, translated, writing
from catalog.errors import CatalogError
from catalog.store.transaction import Transaction

TRIES = 3
"""How often a transaction is tried whose connection was lost, or that the database asks to try again."""

Result = TypeVar("Result")
Work = Callable[[Transaction], Result]
Again = Callable[[Transaction, Result], object]
"""Does a work once more, given what came of it the first time; it may find that it was stored after all."""


class _Done(NamedTuple):
    again: Again[Any]
    result: Any


class _Abandoned(Exception):
    """Leaves a transaction without committing it."""


class Unit:
    """A transaction that the first work opens and `commit` ends: all of its works hold, or none.

    A work that raises has to leave nothing of itself, and the others stand; only an error of the database itself takes
    the whole unit back. Use it again after `commit`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._stack = ExitStack()
        self._transaction: Transaction | None = None
        self._done: list[_Done] = []

    def do(self, work: Work[Result], again: Again[Result]) -> Result:
        """Do one work more; it is stored with the next `commit`."""
        result = self._tried(lambda: work(self._opened()))
        self._done.append(_Done(again, result))
        return result

    def ask(self, work: Work[Result]) -> Result:
        """The answer to a question, of what is stored and of what is about to be."""
        return self._tried(lambda: work(self._opened()))

    def commit(self) -> None:
        """Make all works since the last commit hold. Raises `StoreError` where none of them does."""
        if self._transaction is not None or self._done:
            self._tried(self._end)
            self._done.clear()

    def abandon(self) -> None:
        """Take back everything since the last commit."""
        self._leave()
        self._done.clear()

    def _tried(self, step: Callable[[], Result]) -> Result:
        for left in reversed(range(TRIES)):
            try:
                with translated(self._engine):
                    return step()
            except Interrupted:
                self._leave()
                if not left:
                    self._done.clear()
                    raise
            except CatalogError:
                self.abandon()
                raise
        raise AssertionError("unreachable")

    def _opened(self) -> Transaction:
        """The transaction; a new one begins with all works that the lost one had done."""
        if self._transaction is None:
            self._transaction = Transaction(self._stack.enter_context(writing(self._engine)))
            for number, (again, result) in enumerate(self._done):
                self._done[number] = _Done(again, again(self._transaction, result))
        return self._transaction

    def _end(self) -> None:
        self._opened().flush()
        self._stack.close()
        self._transaction = None

    def _leave(self) -> None:
        """Roll back, as far as there is a connection to do it on."""
        stack, self._stack, self._transaction = self._stack, ExitStack(), None
        with suppress(_Abandoned, CatalogError), stack:
            raise _Abandoned
