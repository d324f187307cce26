"""What the check of a model's sentences stops and lets by, on sentences of known kinds.

    python -m benchmarks.checks FILE... [--entailment MODEL] [--show]

A file holds JSON lines, plain or gzipped: {"passage", "sentence", "kind"} with an optional
"heading", where a kind that begins with "true" is true and any other a lie; or the questions of
../shared/everyday. Told as written: the check passes it. By instead: it does not, and the
passage's own words on the matter stand in. Lost: nothing is told. Stopped: not told as written.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answering.checking.check import Entails, Verdict, check
from bot.answering.checking.entailment import LLM, Entailed, Judged
from bot.answering.llm import Writer
from bot.settings import BotSettings
from ingest.models import CrossEncoder

_LISTS = {"model_strict": "true-strict", "model_free": "true-free", "lies": "lie"}


@dataclass(frozen=True)
class Item:
    """A sentence beside the passage that it cites."""

    sentence: str
    passage: str
    heading: str
    kind: str

    @property
    def true(self) -> bool:
        return self.kind.startswith("true")


def items(path: Path) -> Iterator[Item]:
    """The sentences of a file."""
    read = gzip.open if path.suffix == ".gz" else open
    with read(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from _of(json.loads(line))


def _of(row: dict[str, Any]) -> Iterator[Item]:
    if "claim" in row:
        return  # these are for /check
    if "passage" in row:
        yield Item(row["sentence"], row["passage"], row.get("heading", ""), row["kind"])
        return
    passages = {passage["n"]: passage for passage in row["passages"]}
    for name, kind in _LISTS.items():
        for one in row[name]:
            passage = passages[one["n"]]
            label = f"{kind}: {one['kind']}" if "kind" in one else kind
            yield Item(one["sentence"], passage["text"], passage["heading"], label)


def main() -> None:
    """Print what became of the sentences of each file, by kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--entailment", metavar="MODEL", help="a cross-encoder, or llm")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    entails = _model(options.entailment) if options.entailment else None
    check("It was warm on 2 May 2026.", "It was warm in Skarr on 2 May.")  # loads what is needed
    for path in options.files:
        found = list(items(path))
        started = time.perf_counter()
        verdicts = [check(i.sentence, i.passage, i.heading, None, entails) for i in found]
        seconds = time.perf_counter() - started
        _report(path, list(zip(found, verdicts, strict=True)), seconds)
        if options.show:
            _show(list(zip(found, verdicts, strict=True)))


def _model(name: str) -> Entails:
    if name == LLM:
        return Judged(Writer(BotSettings()))
    return Entailed(CrossEncoder("--entailment", name))


def _report(path: Path, told: list[tuple[Item, Verdict]], seconds: float) -> None:
    print(f"{path}: {len(told)} sentences, {1000 * seconds / len(told):.1f} ms a sentence")
    kinds: dict[str, list[Verdict]] = defaultdict(list)
    for item, verdict in told:
        kinds[item.kind].append(verdict)
        kinds["all true" if item.true else "all lies"].append(verdict)
        if item.true and "strict" in item.kind:
            kinds["all strict"].append(verdict)
    print(f"{'kind':32} {'n':>4} {'stopped':>8} {'written':>8} {'instead':>8} {'lost':>5}")
    for kind, verdicts in sorted(kinds.items()):
        written = sum(verdict.ok for verdict in verdicts)
        instead = sum(not verdict.ok and bool(verdict.instead) for verdict in verdicts)
        stopped, n = len(verdicts) - written, len(verdicts)
        print(
            f"{kind:32} {n:4} {stopped:4} {stopped / n:.2f} {written:4} {written / n:.2f} "
            f"{instead:4} {instead / n:.2f} {n - written - instead:4}"
        )


def _show(told: list[tuple[Item, Verdict]]) -> None:
    for item, verdict in told:
        if verdict.ok != item.true:
            print(f"\n{item.kind}: {item.sentence}\n  {verdict.reason}")
            print("  " + " … ".join((*verdict.quotes, verdict.instead)))


if __name__ == "__main__":
    main()
