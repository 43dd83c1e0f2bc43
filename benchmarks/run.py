"""Run the benchmarks, each in a process of its own, so that none inherits another's memory or warm imports.

`python benchmarks/run.py` runs every `bench_*.py` beside this file; each word after it chooses those whose name has it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def chosen(words: list[str], folder: Path = HERE) -> list[Path]:
    """The benchmarks whose name has one of the words; all of them where no word is given."""
    found = sorted(folder.glob("bench_*.py"))
    return [path for path in found if not words or any(word in path.stem for word in words)]


def main(words: list[str]) -> int:
    """Run them in turn and print what they print. The exit code is 1 where one failed, 2 where the words fit none."""
    benchmarks = chosen(words)
    if not benchmarks:
        names = ", ".join(path.stem.removeprefix("bench_") for path in chosen([])) or "none yet"
        print(f"no benchmark has a name with {' or '.join(words) or 'bench_'}; there are: {names}", file=sys.stderr)
        return 2
    failed = []
    for path in benchmarks:
        print(f"== {path.stem.removeprefix('bench_')}", flush=True)
        if subprocess.run([sys.executable, str(path)], cwd=HERE.parent, check=False).returncode:
            failed.append(path.stem)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
