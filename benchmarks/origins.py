"""Origins: which texts are copies, on synthetic copies of real pages against look-alike stories.

    python -m benchmarks.origins PATH          PATH holds pages/, ecbplus/ and realtimeqa/
    python -m benchmarks.origins PATH --silver 30     pairs of realtimeqa to read by hand

Each page's text is copied as other publishers would: a new headline, cut at the end, paragraphs in
another order, 5 to 40 percent of its sentences left out or written anew (words exchanged, order of
clauses turned). True pairs are (text, copy) and (copy, copy); false pairs are articles of two
look-alike stories of one topic. The even half serves to choose the limits, the odd half is
reported.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from ingest.sources.addresses import host_of
from ingest.stories.origins import LIKELY, Overlap, is_copy, overlap, signature
from ingest.text.sentences import sentence_spans

COPIES = 3
MIN_SENTENCES = 6
Pair = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--silver", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    if arguments.silver:
        show_silver(arguments.folder / "realtimeqa", arguments.silver)
        return
    pages = read_pages(arguments.folder / "pages")
    topics = read_topics(arguments.folder / "ecbplus")
    for name, part in (("chosen on (even)", 0), ("reported (odd)", 1)):
        true = list(true_pairs(pages[part::2]))
        false = list(false_pairs([topics[key] for key in sorted(topics)[part::2]]))
        report(name, true, false)


def report(name: str, true: Sequence[Pair], false: Sequence[Pair]) -> None:
    found = sum(map(same_origin, true))
    wrong = [pair for pair in false if same_origin(pair)]
    precision = found / max(found + len(wrong), 1)
    print(f"{name}: {len(true)} pairs of copies, {len(false)} pairs of look-alike stories")
    print(f"  precision {precision:.4f}  recall {found / len(true):.4f}  ({len(wrong)} wrong)")
    ranked = sorted((overlap(*pair).shared for pair in true), reverse=True)
    limit = ranked[int(0.95 * len(ranked)) - 1]
    above = sum(overlap(*pair).shared >= limit for pair in false)
    at_recall = 0.95 * len(ranked)
    print(f"  at recall .95 (overlap {limit:.2f}): precision {at_recall / (at_recall + above):.4f}")


def same_origin(pair: Pair) -> bool:
    """What the newsroom decides: signatures first, then the words."""
    if (signature(pair[0]) == signature(pair[1])).mean() < LIKELY:
        return False
    return is_copy(overlap(*pair))


def read_pages(folder: Path) -> list[str]:
    bodies = json.loads((folder / "ground-truth.json").read_text())
    present = {path.name.removesuffix(".html.gz") for path in (folder / "html").iterdir()}
    texts = [bodies[name]["articleBody"] for name in sorted(bodies) if name in present]
    return [text for text in texts if len(sentence_spans(text)) >= MIN_SENTENCES]


def read_topics(folder: Path) -> dict[int, dict[str, list[str]]]:
    """Texts by topic and story."""
    topics: dict[int, dict[str, list[str]]] = {}
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            stories = topics.setdefault(int(row["topic"]), {})
            stories.setdefault(row["story"], []).append(row["text"])
    return topics


def true_pairs(texts: Sequence[str]) -> Iterator[Pair]:
    for n, text in enumerate(texts):
        chance = random.Random(n)
        copies = [copied(text, chance, texts) for _ in range(COPIES)]
        yield from ((text, copy) for copy in copies)
        yield (copies[0], copies[1])


def false_pairs(topics: Sequence[dict[str, list[str]]]) -> Iterator[Pair]:
    for stories in topics:
        for first, second in combinations(sorted(stories), 2):
            yield from ((a, b) for a in stories[first] for b in stories[second])


def copied(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """The text as another publisher might print it."""
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    share = chance.uniform(0.05, 0.4)
    kept = []
    for sentence in sentences:
        if chance.random() >= share:
            kept.append(sentence)
        elif chance.random() < 0.5:
            kept.append(rewritten(sentence, chance, others))
    if chance.random() < 0.5:  # cut at the end
        kept = kept[: max(3, int(len(kept) * chance.uniform(0.5, 1)))]
    if chance.random() < 0.5:  # in another order, in blocks of up to four sentences
        blocks = [kept[at : at + 4] for at in range(0, len(kept), 4)]
        head, rest = blocks[:1], blocks[1:]
        chance.shuffle(rest)
        kept = [sentence for block in [*head, *rest] for sentence in block]
    return " ".join(kept)


def rewritten(sentence: str, chance: random.Random, others: Sequence[str]) -> str:
    """A sentence with a third of its words exchanged and its halves turned."""
    words = sentence.split()
    pool = chance.choice(others).split()
    words = [chance.choice(pool) if chance.random() < 0.35 else word for word in words]
    middle = len(words) // 2
    return " ".join(words[middle:] + words[:middle])


def show_silver(folder: Path, count: int) -> None:
    """Pairs of the silver list with what we say of them, to be read by a person."""
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as rows:
        articles = {row["id"]: row for row in map(json.loads, rows)}
    with (folder / "near_duplicates_silver.tsv").open(encoding="utf-8") as file:
        pairs = [row[-2:] for row in csv.reader(file, delimiter="\t") if row[-1] in articles]
    decided = 0
    for row in pairs:
        first, second = articles[row[0]], articles[row[1]]
        decided += _is_copy(first, second)
    print(f"{decided} of {len(pairs)} silver pairs are copies by our rule")
    for row in random.Random(1).sample(pairs, min(count, len(pairs))):
        first, second = articles[row[0]], articles[row[1]]
        found: Overlap = overlap(first["text"], second["text"])
        verdict = "copy" if _is_copy(first, second) else "not a copy"
        print(f"\n{verdict} (shared {found.shared:.2f}, kept {found.kept:.2f})")
        for article in (first, second):
            text = " ".join(article["text"].split())
            print(f"  {article['publish_date']} {article['url']}\n    {article['title']}")
            print(f"    {text[:150]} … {text[-90:]}")


def _is_copy(first: dict[str, str], second: dict[str, str]) -> bool:
    own = host_of(first["url"]) == host_of(second["url"])
    return is_copy(overlap(first["text"], second["text"]), own=own)


if __name__ == "__main__":
    main()
