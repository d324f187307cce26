"""Kills an ingest run at random moments; does the archive end as after one clean run?

python -m benchmarks.resume PATH/realtimeqa [--articles 300] [--kills 10]
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.realtimeqa import articles, write
from ingest import Newsroom, Settings


def main() -> int:
    """Print what was seen; 0 if both archives hold the same passages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--kills", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        rows = [row for row, _ in zip(articles(options.folder), range(options.articles))]  # noqa: B905
        source = write(rows, work / "articles.jsonl")
        seconds, clean = _clean_run(work / "clean", source)
        killed = _killed_runs(work / "killed", source, options.kills, seconds)
    print(f"clean: {len(clean[0])} passages in SQL, {len(clean[1])} in Chroma")
    print(f"killed and resumed: {len(killed[0])} in SQL, {len(killed[1])} in Chroma")
    print("the same ids" if clean == killed and clean[0] == clean[1] else "DIFFERENT")
    return 0 if clean == killed else 1


def _clean_run(data: Path, source: str) -> tuple[float, tuple[set[str], set[str]]]:
    started = time.perf_counter()
    print("clean run:", _run(data, source))
    seconds = time.perf_counter() - started
    print("again:    ", _run(data, source))
    return seconds, _held(data)


def _killed_runs(data: Path, source: str, kills: int, seconds: float) -> tuple[set[str], set[str]]:
    moments = random.Random(7)
    for _ in range(kills):
        process = _start(data, source)
        wait = moments.uniform(0.04, 0.16) * seconds  # so that no run gets to its end
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        with Newsroom(Settings(data_dir=data)) as newsroom:
            state = newsroom.status()
        print(f"killed after {wait:.1f} s: {state.articles} articles, {state.unindexed} unindexed")
    print("resumed:  ", _run(data, source))
    return _held(data)


def _start(data: Path, source: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ingest", "ingest", source],
        env=os.environ | {"DATA_DIR": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _run(data: Path, source: str) -> str:
    return _start(data, source).communicate()[0].strip()


def _held(data: Path) -> tuple[set[str], set[str]]:
    with Newsroom(Settings(data_dir=data)) as newsroom:
        ids = [article.id for article in newsroom.latest(10**6)]
        in_sql = {passage.id for passage in newsroom._store.passages_of(ids)}
        return in_sql, newsroom._index.ids()


if __name__ == "__main__":
    sys.exit(main())
