"""Work in threads, a little ahead of whoever takes the results."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


IDLE_S = 0.25
"""For so long the loop waits for a result before it is told that there is none."""

HURRY_S = 0.1
"""So often what is under way is told to end, once the loop was left."""


def arrivals(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    workers: int,
    stopping: threading.Event,
    *,
    idle: Callable[[], object] | None = None,
    hurry: Callable[[], object] | None = None,
) -> Iterator[Result]:
    """The result of `work` for every item, as they arrive; `workers` of them are under way at once.

    Items are taken in the caller's thread, and no more than `2 * workers` are ahead of the loop, so that whoever stores
    the results sets the pace. What `work` raises is raised in the loop.

    Args:
        stopping: set while the loop is being left early, so that threads that wait give up.
        idle: called in the caller's thread whenever nothing has arrived for `IDLE_S`.
        hurry: ends the work that is under way. It is called again and again when the loop is left early, until no
            thread is left: work that had not quite begun at the first call begins after it.
    """
    waiting = iter(items)
    arrived: queue.SimpleQueue[tuple[Result] | BaseException] = queue.SimpleQueue()

    def run(item: Item) -> None:
        try:
            arrived.put((work(item),))
        except BaseException as error:  # handed to the loop, which raises it
            arrived.put(error)

    pool = ThreadPoolExecutor(workers, thread_name_prefix="fetch")
    under_way = 0
    futures: set[Future[None]] = set()
    is_done = False
    try:
        while True:
            while under_way < 2 * workers:
                try:
                    item = next(waiting)
                except StopIteration:
                    break
                future = pool.submit(run, item)
                futures.add(future)
                future.add_done_callback(futures.discard)
                under_way += 1
            if not under_way:
                break
            try:
                result = arrived.get(timeout=IDLE_S if idle is not None else None)
            except queue.Empty:
                assert idle is not None
                idle()
                continue
            under_way -= 1
            if isinstance(result, BaseException):
                raise result
            yield result[0]
        is_done = True
    finally:
        if is_done or stopping.is_set():
            pool.shutdown(cancel_futures=True)
        else:
            stopping.set()
            pool.shutdown(wait=False, cancel_futures=True)
            while hurry is not None and futures:
                hurry()
                wait(futures.copy(), timeout=HURRY_S)
            pool.shutdown()
            stopping.clear()
