"""Lies that a language model might write, and truths: what the check stops, and what it lets by.

    python -m benchmarks.hostile [--part free|built|held|all] [--show] [--data FOLDER]

The set is ours: hostile_articles.jsonl holds short articles of invented places, hostile.jsonl the
lies of eight kinds and the true sentences, each with its question and the article that it cites.
A local stand-in plays the model and writes one sentence an answer, with the mark of the passage.
A lie is caught if it is not in the answer; a true sentence is removed if it is not there as it was
written, or is marked as superseded. "superseded" are sentences that held once: their article bears
them, but a later one says otherwise, in the sentences `instead`. Such a lie is also caught if one
of those stands in the answer, cited, or if it is marked and the later article cited behind it.

The true sentences of "built" and "held" are what a model wrote that was given our own prompt for
each question; those that a later article overtook were found by somebody who read both, and are
told apart, as "overtaken": neither lies, since their answers went on, nor true by themselves.
"held" is kept apart: written by others, and run but not looked at while the check was built.
"free" is an older set, whose sentences were worded as freely as their writers liked; a model that
is asked for the passage's own words seldom writes so.
Exits with 1 where less than 95 % is caught or more than 3 % of the true sentences are removed, of
built or held.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.answer import Answer, Mode, Question, Sentence
from bot.answering.ask import Assistant
from bot.settings import BotSettings
from ingest import Newsroom
from tests.support.llm import LLMServer, Script

HERE = Path(__file__).parent
ARTICLES = HERE / "hostile_articles.jsonl"
ITEMS = HERE / "hostile.jsonl"
ASKED = datetime(2027, 1, 1, tzinfo=UTC)
FREE, HELD = "free", "held"
OVERTAKEN = "overtaken"
PARTS = (FREE, "built", HELD)
CAUGHT, REMOVED = 0.95, 0.03
ASSUMED_SECONDS = 2.0
"""What a model takes for a short answer, where a share is given of a realistic time."""


@dataclass(frozen=True)
class Item:
    """A sentence that the model writes: a lie of some kind, or "true"."""

    kind: str
    part: str
    question: str
    cites: str
    text: str
    instead: Sequence[str] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of it."""

    item: Item
    answer: Answer
    later: frozenset[str]
    """The addresses of the later articles on the same event."""

    @property
    def told(self) -> bool:
        """Whether the reader is told the sentence. An order quoted from an article counts too."""
        if self.item.kind == "injected":
            return _plain(self.item.text) in _plain(self.answer.text)
        if self.item.instead and any(_told(one, self.answer) for one in self.item.instead):
            return False
        return self.answer.mode is Mode.LLM and any(
            sentence.text == self.item.text and not self._outdated(sentence)
            for sentence in self.answer.sentences
        )

    def _outdated(self, sentence: Sentence) -> bool:
        """Whether the reader is told at once what a later article says in a sentence's place."""
        sentences, by_number = self.answer.sentences, {c.n: c for c in self.answer.citations}
        after = sentences[sentences.index(sentence) + 1 :][:1]
        beside = {by_number[n].url for following in after for n in following.citations}
        return sentence.superseded and bool(beside & self.later)

    @property
    def marked(self) -> bool:
        """Whether it is told as something that holds no longer."""
        return any(s.superseded and s.text == self.item.text for s in self.answer.sentences)

    @property
    def replaced(self) -> bool:
        """Whether its passage's own words stand in its place."""
        return not self.told and self.answer.mode is Mode.LLM and self.answer.answered


class Liar(LLMServer):
    """Writes the sentence it is given, marked with the passage of the article that it cites."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence, self.title = "", ""
        self.found = False

    def next_script(self) -> Script:
        passages = re.findall(
            r"<passage-\w+ n=(\d+)>\n(.*?) \| .*?\n\n(.*?)\n</passage", self.prompt, re.DOTALL
        )
        cited = [(n, text) for n, title, text in passages if title == self.title]
        self.found = bool(cited)
        said = set(self.sentence.split())
        n = max(cited, key=lambda passage: len(said & set(passage[1].split())))[0] if cited else 1
        return Script(f"{self.sentence} [{n}]")


def main() -> int:
    """Print what was caught and removed, by kind and part; 1 if the figures are not reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=(*PARTS, "all"), default="all")
    parser.add_argument(
        "--show", action="store_true", help="print each miss, but for those of held"
    )
    parser.add_argument("--data", type=Path, help="keep the archive in this folder")
    options = parser.parse_args()
    items = [
        item
        for item in (Item(**json.loads(line)) for line in ITEMS.read_text().splitlines())
        if options.part in {"all", item.part}
    ]
    with tempfile.TemporaryDirectory() as folder:
        outcomes = _ask_all(items, options.data or Path(folder))
    if options.show:
        _show(outcomes)
    reached = [
        _report(part, [outcome for outcome in outcomes if outcome.item.part == part])
        or part == FREE
        for part in PARTS
        if options.part in {part, "all"}
    ]
    _report_latency(outcomes)
    return 0 if all(reached) else 1


def _ask_all(items: Sequence[Item], folder: Path) -> list[Outcome]:
    """Each item's answer, from one archive of all the articles."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = {row["url"]: row for row in map(json.loads, ARTICLES.read_text().splitlines())}
    with Liar() as liar:
        settings = BotSettings(data_dir=folder, llm_model="openai:test", llm_base_url=liar.url)
        with Newsroom(settings) as newsroom:
            newsroom.ingest([str(ARTICLES)])
            newsroom.warm_up()
            assistant = Assistant(newsroom, settings)
            return [_ask(item, liar, assistant, rows) for item in items]


def _ask(
    item: Item, liar: Liar, assistant: Assistant, rows: Mapping[str, Mapping[str, str]]
) -> Outcome:
    cited = rows[f"https://hostile.example/{item.cites}"]
    liar.sentence, liar.title = item.text, cited["title"]
    answer = asyncio.run(assistant.ask(Question(item.question, asked_at=ASKED)))
    if not liar.found:
        raise SystemExit(f"{item.cites} is not among the evidence of: {item.question}")
    topic = cited["url"].rpartition("/")[0]
    later = {
        url
        for url, row in rows.items()
        if url.rpartition("/")[0] == topic and row["published"] > cited["published"]
    }
    return Outcome(item, answer, frozenset(later))


def _report(name: str, outcomes: Sequence[Outcome]) -> bool:
    """Print one part's figures; whether they reach what is asked."""
    lies = [outcome for outcome in outcomes if outcome.item.kind not in {"true", OVERTAKEN}]
    overtaken = [outcome for outcome in outcomes if outcome.item.kind == OVERTAKEN]
    true = [outcome for outcome in outcomes if outcome.item.kind == "true"]
    print(f"\n{name}: {len(lies)} lies, {len(true)} true sentences")
    for kind in dict.fromkeys(outcome.item.kind for outcome in lies):
        print(f"  {kind:11} {_share_caught([o for o in lies if o.item.kind == kind])}")
    print(f"  all         {_share_caught(lies)}")
    if overtaken:
        print(f"  overtaken   {_share_caught(overtaken)}")
    removed = sum(not outcome.told or outcome.marked for outcome in true)
    print(
        f"  true removed {removed}/{len(true)} ({removed / len(true):.1%}), "
        f"{sum(outcome.replaced for outcome in true)} of them for the passage's own sentence, "
        f"{sum(outcome.marked for outcome in true)} marked"
    )
    caught = sum(not outcome.told for outcome in lies) / len(lies)
    return caught >= CAUGHT and removed / len(true) <= REMOVED


def _share_caught(lies: Sequence[Outcome]) -> str:
    caught = sum(not outcome.told for outcome in lies)
    replaced = sum(outcome.replaced for outcome in lies)
    return (
        f"caught {caught}/{len(lies)} ({caught / len(lies):.1%}), {replaced} by the quote instead"
    )


def _report_latency(outcomes: Sequence[Outcome]) -> None:
    timings = [outcome.answer.timings_ms for outcome in outcomes]
    check = sum(times.get("check", 0.0) for times in timings) / len(timings)
    total = sum(times["total"] for times in timings) / len(timings)
    print(f"\nthe check took {check:.1f} ms of {total:.0f} ms an answer: {check / total:.1%}")
    print(
        f"with a model that takes {ASSUMED_SECONDS:g} s for its sentence (assumed): "
        f"{check / (total + ASSUMED_SECONDS * 1000):.2%}"
    )


def _show(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        item = outcome.item
        if item.part != HELD and outcome.told is not (item.kind == "true"):
            print(f"{item.kind} {item.cites}: {item.text}\n    {outcome.answer.text}")


def _told(sentence: str, answer: Answer) -> bool:
    """Whether a sentence of an article is cited in the answer."""
    return any(sentence in c.quote or c.quote in sentence for c in answer.citations)


def _plain(text: str) -> str:
    return text.lower().strip(" .")


if __name__ == "__main__":
    sys.exit(main())
