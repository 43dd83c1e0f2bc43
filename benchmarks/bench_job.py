"""How fast a night is: 700 pages fetched, archived, read and stored, and how soon the program is there.

    python benchmarks/bench_job.py [--pages 700] [--concurrency 16] [--rounds 3]

The site is a stand-in in a process of its own, over pages made from the sample, no two alike. A bare httpx client
makes the same requests with the same concurrency and writes the bodies to disk. What a soup of every page costs, with
nothing fetched, read from it or stored, is told beside them. Aims: a first night of at most 3 times the bare client; a
start of `catalog --help` of at most 1.5 times that of a bare Typer command.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench_fetch import ROOT, httpx_async, httpx_threads, stand_in

AIM, START_AIM = 3.0, 1.5
PAGES = "benchable_page"
SLUG, CONTEXT = "deepseek/deepseek-v4-flash-20260423", "1,048,576 tokens"

BARE_TYPER = """
import typer
app = typer.Typer()
@app.command()
def hello(name: str = "you") -> None:
    "Say hello."
    typer.echo(name)
@app.command()
def bye(name: str = "you") -> None:
    "Say bye."
    typer.echo(name)
app()
"""


def write_site(folder: Path, pages: int) -> list[str]:
    """A folder of so many pages; returns the models' slugs."""
    text = next((ROOT / "data" / "sample" / "benchable_page").glob("*.html")).read_text(encoding="utf-8")
    slugs = [f"lab{number % 7}/model-{number}-20260101" for number in range(pages)]
    for number, slug in enumerate(slugs):
        page = text.replace(SLUG, slug).replace(CONTEXT, f"{100_000 + number:,} tokens")
        (folder / f"2026-03-01T000000Z_{slug.replace('/', '__')}.html").write_text(page, encoding="utf-8")
    return slugs


def ours(base_url: str, slugs: list[str], concurrency: int, folder: Path) -> None:
    """The job itself: session, fetcher, archive, parser, store."""
    from catalog.runs.job import Job
    from catalog.runs.session import writing_session
    from catalog.runs.targets import Plan
    from catalog.settings import read_settings
    from scrapers.fetching.fetcher import Fetcher
    from scrapers.fetching.settings import FetchSettings

    limits = FetchSettings(concurrency=concurrency, spacing_s=0, trust_private_hosts=frozenset({"127.0.0.1"}))
    settings = read_settings({"data_dir": str(folder)}, environment={}, folder=folder)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731
    plan = Plan((PAGES,), models=slugs, base_urls={PAGES: base_url})
    with writing_session(settings, "scrape", now=now) as session, Fetcher(limits, now=now) as fetcher:
        job = Job(session, fetcher, plan)
        job.run(lambda more, outcome: None)
    if job.reports[PAGES].count("accepted") != len(slugs):
        raise SystemExit(f"{job.reports[PAGES].count('accepted')} of {len(slugs)} pages were stored")


def bare(base_url: str, slugs: list[str], concurrency: int, folder: Path) -> None:
    """The faster of the bare clients; see `bench_fetch.py`."""
    urls = [f"{base_url}/models/{slug}" for slug in slugs]
    client = httpx_threads if concurrency <= 16 else httpx_async
    client(urls, concurrency, lambda number, body: (folder / f"{number}.body").write_bytes(body))


def soups(folder: Path) -> float:
    """Seconds to make BeautifulSoup's tree of every page over lxml, and no more."""
    from bs4 import BeautifulSoup

    pages = [path.read_bytes() for path in sorted(folder.iterdir())]
    began = time.perf_counter()
    for page in pages:
        BeautifulSoup(page, "lxml")
    return time.perf_counter() - began


CANDIDATES = {"first night": ours, "second night": ours, "bare httpx": bare}


def one(name: str, base_url: str, slugs: list[str], concurrency: int) -> float:
    """Seconds of one candidate in this process; the second night comes after a first that is not timed."""
    with tempfile.TemporaryDirectory() as folder:
        if name == "second night":
            ours(base_url, slugs, concurrency, Path(folder))
        elif name == "first night":
            import catalog.runs.job  # noqa: F401 - imports are measured below
        began = time.perf_counter()
        CANDIDATES[name](base_url, slugs, concurrency, Path(folder))
        return time.perf_counter() - began


def start_seconds(*words: str, rounds: int) -> float:
    """The shortest of some starts of a process, in seconds of its processor time."""
    import resource

    found = []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=700)
    parser.add_argument("--concurrency", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=2, metavar=("CANDIDATE", "URL"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        slugs = write_site(Path(folder), options.pages)
        if options.one:
            name, url = options.one
            sys.stdout.write(json.dumps(one(name, url, slugs, options.concurrency)))
            return 0
        best: dict[str, float] = {}
        sizes = ["--pages", str(options.pages), "--concurrency", str(options.concurrency)]
        best["soups alone"] = soups(Path(folder))
        with stand_in(Path(folder)) as base_url:
            for _ in range(options.rounds):
                for name in CANDIDATES:
                    command = [sys.executable, __file__, "--one", name, base_url, *sizes]
                    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
                    best[name] = min(best.get(name, 1e9), json.loads(done.stdout))
    for name, seconds in best.items():
        sys.stdout.write(f"{name:14} {seconds:6.2f} s  {seconds / best['bare httpx']:5.2f} times\n")
    program = "from catalog.cli import main; main()"
    typer = start_seconds(sys.executable, "-c", BARE_TYPER, "--help", rounds=5)
    helped = start_seconds(sys.executable, "-c", program, "--help", rounds=5)
    job = start_seconds(sys.executable, "-c", "import catalog.runs.job, scrapers.sources.benchable_page", rounds=5)
    sys.stdout.write(f"start: bare Typer {typer:.2f} s, catalog --help {helped:.2f} s, all of the job {job:.2f} s\n")
    ratio, start = best["first night"] / best["bare httpx"], helped / typer
    later = best["second night"] / best["bare httpx"]
    sys.stdout.write(f"aim of a night: {AIM} times; the first {ratio:.2f}, one that finds nothing new {later:.2f}\n")
    sys.stdout.write(f"aim of a start: {START_AIM} times, measured {start:.2f}\n")
    return 0 if ratio <= AIM and start <= START_AIM else 1


if __name__ == "__main__":
    raise SystemExit(main())
