"""Feeds as they are out there: every file parses or fails with a clear reason.

    python -m benchmarks.feed_files PATH/feeds

Each of the files goes through the product's own door, up to clean articles, in a process of its own
kind with a limit of ten seconds. Ends with 1 if one crashes or hangs.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tarfile
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

from ingest.article import Submission
from ingest.errors import SourceError
from ingest.polling.poll import parse_feed
from ingest.reading.clean import to_article
from ingest.reading.extract import html_to_text
from ingest.sources.fetch import Page
from ingest.sources.read import key_of

SECONDS = 10
TYPES = {".json": "application/feed+json"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    counts: Counter[str] = Counter()
    worker = Worker()
    with tarfile.open(folder / "feeds.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is None or not member.name.endswith((".xml", ".json")):
                continue
            kind = worker.read(member.name, file.read())
            counts[kind.split(":")[0]] += 1
            if kind.startswith(("crashed", "hung", "failed")):
                print(f"{member.name}: {kind}")
    worker.end()
    print(f"{counts.total()} files")
    for kind in dict.fromkeys([*(kind for kind, _ in counts.most_common()), "crashed", "hung"]):
        print(f"  {kind}: {counts[kind]}")
    sys.exit(bool(counts["crashed"] or counts["hung"]))


class Worker:
    """A process that reads files, started anew if it hangs or dies."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self._ours, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=work, args=(theirs,), daemon=True)
        self._process.start()

    def read(self, name: str, body: bytes) -> str:
        self._ours.send((name, body))
        if self._ours.poll(SECONDS):
            try:
                return str(self._ours.recv())
            except EOFError:
                self._start()
                return "crashed: the process died"
        self.end()
        self._start()
        return "hung"

    def end(self) -> None:
        self._process.kill()
        self._process.join()


def work(pipe: Connection) -> None:
    while True:
        name, body = pipe.recv()
        pipe.send(outcome(name, body))


def outcome(name: str, body: bytes) -> str:
    """What became of one file."""
    kind = TYPES.get(Path(name).suffix, "application/xml")
    try:
        feed = parse_feed(Page("https://feed.example/feed", body, kind), name)
        read = 0
        for item in feed.items:
            text = html_to_text(item.html)
            submission = Submission(key_of(item, name), text, name, item.title, item.url)
            try:
                to_article(submission)
                read += 1
            except SourceError:
                continue
    except SourceError as error:
        return f"failed with a reason: {error.reason}"
    except Exception as error:
        return f"crashed: {type(error).__name__}: {error}"
    if not feed.items:
        return "read, without items"
    return "read, with articles" if read else "read, its items without text"


if __name__ == "__main__":
    main()
