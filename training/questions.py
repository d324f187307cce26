"""Questions with the sentences that answer them and those that do not, from public data and ours.

Where each set comes from and what may be done with it stands in docs/reader.md.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any

from bot.answering.reader import Place
from ingest.text import sentence_spans, stem, tokens

NEAR_LINES = 12
"""So many lines up and down, the sentence pairs come from the same article."""
_BRACKETS = {"-lrb-": "(", "-rrb-": ")", "-lsb-": "[", "-rsb-": "]", "``": '"', "''": '"'}


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the places that answer it (none, if nothing does) and places that do not,
    the most tempting ones first. `of` names what it was taken from, for keeping parts apart."""

    question: str
    right: tuple[Place, ...]
    wrong: tuple[Place, ...]
    of: str


def public(folder: Path) -> list[Example]:
    """The examples of SQuAD 2.0 and of the sentence pairs, without what XQuAD measures with."""
    kept_apart = _kept_apart(folder)
    found = list(_squad(folder / "squad2-dev-part.json.gz", kept_apart))
    for part in ("dev", "test"):
        found += _pairs(folder, part, kept_apart)
    return found


def ours(folder: Path) -> list[Example]:
    """The examples of the invented news in training/news; each has among its wrong places those of
    other stories that share most with its question, as a search would find them."""
    found = list[Example]()
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            articles = [json.loads(line) for line in lines]
        for n, article in enumerate(articles):
            # Two articles tell one story, one after the other.
            found += _article(article, f"{file.name}:{n // 2}")
    index = _Index(found)
    return [_between(example, index.nearest(example)) for example in found]


class _Index:
    """The places of all stories by their words."""

    def __init__(self, examples: Sequence[Example]) -> None:
        of = {place: e.of for e in examples for place in (*e.right, *e.wrong)}
        self._places, self._of = list(of), list(of.values())
        self._holding: dict[str, list[int]] = {}
        for n, place in enumerate(self._places):
            for word in {stem(token) for token in tokens(f"{place.title} {place.text}")}:
                self._holding.setdefault(word, []).append(n)

    def nearest(self, example: Example, count: int = 6) -> list[Place]:
        """The places of other stories that share most and rarest words with a question."""
        scores: dict[int, float] = {}
        for word in {stem(token) for token in tokens(example.question)}:
            held = self._holding.get(word, [])
            for n in held if len(held) < len(self._places) / 20 else ():
                scores[n] = scores.get(n, 0.0) + log(len(self._places) / len(held))
        best = sorted(scores, key=lambda n: -scores[n])
        likely = (n for n in best if self._of[n] != example.of)
        return [self._places[n] for n, _ in zip(likely, range(count), strict=False)]


def _between(example: Example, others: Sequence[Place]) -> Example:
    """The example with these wrong places, each behind one of its own."""
    own = list(example.wrong)
    mixed = [place for pair in zip(own, others, strict=False) for place in pair]
    return replace(example, wrong=(*mixed, *own[len(others) :]))


def xquad(folder: Path, language: str = "en") -> list[Example]:
    """XQuAD's questions in a language: for measuring, never for training."""
    return list(_squad(folder / f"xquad.{language}.json.gz", frozenset(), language))


def typed(question: str, chance: random.Random) -> str:
    """A question as somebody may type it: without marks, in lower case, with a slip."""
    if chance.random() < 0.5:
        question = question.rstrip(" ?")
    if chance.random() < 0.3:
        question = question.replace("'", "").replace("’", "")
    words = question.split()
    long = [n for n, word in enumerate(words) if len(word) > 4]
    if long and chance.random() < 0.2:
        at = chance.choice(long)
        words[at] = _slip(words[at], chance)
    return " ".join(words)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return chance.choice((swapped, word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]))


def _article(article: dict[str, Any], of: str) -> Iterator[Example]:
    said = article["sentences"]
    places = [Place(text, before, article["title"]) for before, text in pairwise(["", *said])]
    for asked in article["questions"]:
        answers = set(asked["a"])
        right = tuple(places[n] for n in sorted(answers))
        wrong = [place for n, place in enumerate(places) if n not in answers]
        question = " ".join(filter(None, (asked.get("after"), asked["q"])))
        yield Example(question, right, tuple(tempting(asked["q"], wrong)), of)


def tempting(question: str, places: Sequence[Place]) -> list[Place]:
    """The places, those first that share most and rarest words with the question."""
    held = [{stem(token) for token in tokens(place.text)} for place in places]
    counts = Counter(word for words in held for word in words)
    asked = {stem(token) for token in tokens(question)}
    score = [
        sum(log(1 + len(places) / counts[word]) for word in asked & words) / (3 + len(words)) ** 0.3
        for words in held
    ]
    return [places[n] for n in sorted(range(len(places)), key=lambda n: -score[n])]


def _squad(file: Path, kept_apart: frozenset[str], language: str = "en") -> Iterator[Example]:
    with gzip.open(file, "rt", encoding="utf-8") as text:
        document = json.load(text)
    for article in document["data"]:
        title = article.get("title", "").replace("_", " ")
        paragraphs = article["paragraphs"]
        cut = [sentence_spans(p["context"], language) for p in paragraphs]
        for n, (paragraph, spans) in enumerate(zip(paragraphs, cut, strict=True)):
            context = paragraph["context"]
            if _key(context)[:80] in kept_apart:
                continue
            said = [context[a:b] for a, b in spans]
            places = [Place(t, before, title) for before, t in pairwise(["", *said])]
            beside = [
                Place(paragraphs[m]["context"][a:b], "", title)
                for m in (n - 1, n + 1)
                if 0 <= m < len(paragraphs)
                for a, b in cut[m]
            ]
            for asked in paragraph["qas"]:
                if _key(asked["question"]) in kept_apart:
                    continue
                at = [] if asked.get("is_impossible") else asked["answers"]
                starts = {answer["answer_start"] for answer in at}
                right = [any(a <= start < b for start in starts) for a, b in spans]
                wrong = [p for p, yes in zip(places, right, strict=True) if not yes]
                yield Example(
                    asked["question"],
                    tuple(p for p, yes in zip(places, right, strict=True) if yes),
                    (*tempting(asked["question"], wrong), *tempting(asked["question"], beside)[:3]),
                    title,
                )


def _pairs(folder: Path, part: str, kept_apart: frozenset[str]) -> Iterator[Example]:
    def read(side: str) -> list[str]:
        file = folder / f"sentence-question.{side}-{part}.txt.gz"
        return [_untokenised(line) for line in gzip.open(file, "rt", encoding="utf-8")]

    said, asked = read("src"), read("tgt")
    for n, (sentence, question) in enumerate(zip(said, asked, strict=True)):
        if {_key(sentence)[:80], _key(question)} & kept_apart:
            continue
        near = dict.fromkeys(said[max(0, n - NEAR_LINES) : n + NEAR_LINES])
        before = next((s for s in reversed(said[max(0, n - 3) : n]) if s != sentence), "")
        others = [Place(other, "", "") for other in near if other != sentence]
        right = Place(sentence, before if n % 2 else "", "")
        yield Example(question, (right,), tuple(tempting(question, others)), f"{part}:{n // 50}")


def _untokenised(line: str) -> str:
    """A line of the sentence pairs as people write it."""
    words = " ".join(_BRACKETS.get(word, word) for word in line.split())
    words = re.sub(r"([(\[$#]) ", r"\1", words)
    words = re.sub(r" ([,.;:?!%)\]]|'s\b|n't\b|'\w+\b)", r"\1", words)
    return re.sub(r"(\w) (-|–) (\w)", r"\1\2\3", words)


def _kept_apart(folder: Path) -> frozenset[str]:
    """What XQuAD asks, and how its paragraphs and their sentences begin."""
    kept = set()
    with gzip.open(folder / "xquad.en.json.gz", "rt", encoding="utf-8") as text:
        for article in json.load(text)["data"]:
            for paragraph in article["paragraphs"]:
                context = paragraph["context"]
                kept.add(_key(context)[:80])
                kept |= {_key(context[a:b])[:80] for a, b in sentence_spans(context)}
                kept |= {_key(asked["question"]) for asked in paragraph["qas"]}
    return frozenset(kept)


def _key(text: str) -> str:
    return "".join(re.findall(r"\w", text.lower()))
