"""Article bodies: how much of an article we take from its page, beside trafilatura alone.

    python -m benchmarks.pages PATH/pages

4-gram F1 as in scrapinghub's article-extraction-benchmark: rows of four words of what was taken and
of the true body, compared as multisets; precision and recall are means over the pages. What was
chosen in extraction and cleaning was chosen on the even pages. Ends with 1 if ours is lower.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import trafilatura

from ingest.errors import SourceError
from ingest.reading.clean import clean_text
from ingest.reading.extract import from_html

ROW = 4
Pair = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=0, help="show where we lose most")
    arguments = parser.parse_args()
    truth = json.loads((arguments.folder / "ground-truth.json").read_text())
    files = sorted((arguments.folder / "html").glob("*.html.gz"))
    names = [file.name.removesuffix(".html.gz") for file in files]
    bodies = [truth[name]["articleBody"] for name in names]
    pages = [gzip.decompress(file.read_bytes()) for file in files]
    plain = [trafilatura.extract(page.decode("utf-8", "replace")) or "" for page in pages]
    mine = [ours(page) for page in pages]
    lower = False
    for part, indices in (
        ("even", range(0, len(names), 2)),
        ("odd", range(1, len(names), 2)),
        ("all", range(len(names))),
    ):
        theirs = f1([(bodies[n], plain[n]) for n in indices])
        found = f1([(bodies[n], mine[n]) for n in indices])
        lower = lower or (part != "even" and found < theirs)
        print(f"{part:5} {len(indices):3} pages: trafilatura {theirs:.4f}  newsdesk {found:.4f}")
    gains = sorted((f1([(b, m)]) - f1([(b, p)]), name) for b, m, p, name in
                   zip(bodies, mine, plain, names, strict=True))  # fmt: skip
    for gain, name in gains[: arguments.worst]:
        print(f"  {gain:+.3f} {name}")
    sys.exit(lower)


def ours(page: bytes) -> str:
    """The body as the pipeline keeps it."""
    try:
        found = from_html(page, None, None, "page")
    except SourceError:
        return ""
    return clean_text(found.text, found.title or "")


def f1(pairs: Sequence[Pair]) -> float:
    """Harmonic mean of mean precision and mean recall over (true, found) bodies."""
    precisions, recalls = [], []
    for true, found in pairs:
        a, b = rows(true), rows(found)
        both = (a & b).total()
        precisions.append(both / b.total() if b else float(not a))
        recalls.append(both / a.total() if a else 1.0)
    precision, recall = sum(precisions) / len(pairs), sum(recalls) / len(pairs)
    return 2 * precision * recall / max(precision + recall, 1e-9)


def rows(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    count = max(len(words) - ROW + 1, 1 if words else 0)
    return Counter(tuple(words[n : n + ROW]) for n in range(count))


if __name__ == "__main__":
    main()
