"""How fast the fetch layer is: 700 pages at 16 requests at once, from a stand-in site in a process of its own.

    python benchmarks/bench_fetch.py [--pages 700] [--concurrency 16] [--rounds 5] [--folder data/sample]

Compared are our fetcher (with every bound, check and robots.txt, but no distance between requests) and bare httpx
clients that make the same requests with the same concurrency; all of them decode the bodies and write them to
disk. Every round runs each candidate once, in a process of its own, and the best of the rounds counts. The aim is at
most 1.2 times the faster bare client.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AIM = 1.2
Save = Callable[[int, bytes], object]


def ours(urls: list[str], concurrency: int, save: Save) -> None:
    """`scrapers.fetching.fetcher.Fetcher.fetch_many`."""
    from scrapers.fetching.fetched import Request
    from scrapers.fetching.fetcher import Fetcher
    from scrapers.fetching.settings import FetchSettings

    settings = FetchSettings(concurrency=concurrency, spacing_s=0, trust_private_hosts=frozenset({"127.0.0.1"}))
    with Fetcher(settings, now=lambda: datetime.now(UTC)) as fetcher:
        for outcome in fetcher.fetch_many(Request(url, tag=number) for number, url in enumerate(urls)):
            if outcome.answer is None:
                raise SystemExit(str(outcome.error))
            save(outcome.request.tag, outcome.answer.body)


def httpx_threads(urls: list[str], concurrency: int, save: Save) -> None:
    """A bare `httpx.Client` in a pool of threads."""
    import httpx

    limits = httpx.Limits(max_connections=concurrency, max_keepalive_connections=concurrency)
    with httpx.Client(limits=limits) as client, ThreadPoolExecutor(concurrency) as pool:
        for _ in pool.map(lambda number: save(number, client.get(urls[number]).content), range(len(urls))):
            pass


def httpx_async(urls: list[str], concurrency: int, save: Save) -> None:
    """A bare `httpx.AsyncClient` behind a semaphore."""
    import httpx

    async def run() -> None:
        limits = httpx.Limits(max_connections=concurrency, max_keepalive_connections=concurrency)
        gate = asyncio.Semaphore(concurrency)
        async with httpx.AsyncClient(limits=limits) as client:

            async def one(number: int) -> None:
                async with gate:
                    save(number, (await client.get(urls[number])).content)

            await asyncio.gather(*map(one, range(len(urls))))

    asyncio.run(run())


CANDIDATES = {function.__name__: function for function in (ours, httpx_threads, httpx_async)}


def measure(name: str, urls: list[str], concurrency: int) -> dict[str, float]:
    """One run of one candidate in this process: seconds by the clock and of the processor, bytes, files."""
    with tempfile.TemporaryDirectory() as folder:

        def save(number: int, body: bytes) -> None:
            (Path(folder) / f"{number}.body").write_bytes(body)

        wall, cpu = time.perf_counter(), time.process_time()
        CANDIDATES[name](urls, concurrency, save)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        sizes = [path.stat().st_size for path in Path(folder).iterdir()]
    return {"wall_s": wall, "cpu_s": cpu, "bytes": sum(sizes), "files": len(sizes)}


@contextmanager
def stand_in(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "catalog.standin.server", str(folder), "--port", "0", "--quiet"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def page_addresses(folder: Path, base_url: str, pages: int) -> list[str]:
    """The addresses of the folder's model pages, as often as it takes, each time with another query."""
    from catalog.standin.captures import Captures

    subjects = [subject for subject in Captures(folder).subjects() if subject.startswith("page ")]
    paths = [re.sub("^page ", "/models/", subject) for subject in subjects]
    if not paths:
        raise SystemExit(f"{folder} holds no model page")
    return [f"{base_url}{paths[number % len(paths)]}?n={number}" for number in range(pages)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=700)
    parser.add_argument("--concurrency", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=ROOT / "data" / "sample")
    parser.add_argument("--one", choices=CANDIDATES, help=argparse.SUPPRESS)
    parser.add_argument("--base-url", help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = options.folder.resolve()
    if options.one:
        urls = page_addresses(folder, options.base_url, options.pages)
        sys.stdout.write(json.dumps(measure(options.one, urls, options.concurrency)))
        return 0

    best: dict[str, dict[str, float]] = {}
    with stand_in(folder) as base_url:
        common = ["--base-url", base_url, "--pages", str(options.pages), "--concurrency", str(options.concurrency)]
        for _ in range(options.rounds):
            for name in CANDIDATES:
                command = [sys.executable, __file__, "--one", name, "--folder", str(folder), *common]
                done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
                result = json.loads(done.stdout)
                if name not in best or result["wall_s"] < best[name]["wall_s"]:
                    best[name] = result
    bare = min(best["httpx_threads"]["wall_s"], best["httpx_async"]["wall_s"])
    for name, result in best.items():
        sys.stdout.write(
            f"{name:14} {result['wall_s']:6.2f} s  {result['cpu_s']:6.2f} s of processor  "
            f"{result['files']:.0f} pages  {result['bytes'] / 1e6:6.1f} MB  {result['wall_s'] / bare:5.2f} times\n"
        )
    ratio = best["ours"]["wall_s"] / bare
    sys.stdout.write(f"aim: at most {AIM} times the faster bare client; measured {ratio:.2f}\n")
    return 0 if ratio <= AIM else 1


if __name__ == "__main__":
    raise SystemExit(main())
