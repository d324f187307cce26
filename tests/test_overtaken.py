"""Sentences that a later report overtook: which are found, which are not, how they are marked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bot.answer import Answer, Citation, Mode, Question, Sentence
from bot.answering.ask import Assistant
from bot.answering.compare import conflicts_of, source_of
from bot.answering.conflicts import Found, Source, State
from bot.answering.marking import Citations, later, with_current
from bot.settings import BotSettings
from bot.wording.answer_text import render_answer
from ingest import Article, Newsroom, Telling
from ingest.text import content_words, parse_time
from tests.support.llm import LLMServer

PAIRS = Path(__file__).parent / "data" / "overtaken.jsonl"
"""An older and a later report each, and sentences of the older one: overtaken, or much alike."""
T0 = datetime(2026, 5, 3, 12, tzinfo=UTC)


def source(text: str, name: str, hours: float = 0, story: str = "story", **changes: Any) -> Source:
    at = T0 + timedelta(hours=hours)
    article = Article(
        f"{name}{hours}", "Crash in Varby", text, None, name, published=at, language="en"
    )
    article = replace(article, **changes)
    return source_of(Telling(article, article.published or at, article.id), story)


def answer(told: Source, *sentences: str, mode: Mode = Mode.LLM) -> Answer:
    """Sentences, each of which cites that of the source that has most words in common with it."""
    article = told.article
    citations, numbered = [], []
    for n, text in enumerate(sentences, 1):
        said = set(content_words(text))
        quote = max(told.statements, key=lambda s: len(said & set(content_words(s.text)))).text
        citations.append(
            Citation(n, article.title, article.source, None, T0, quote, article.id, "p:1:0")
        )
        numbered.append(Sentence(text, (n,)))
    return Answer("q", True, mode, tuple(numbered), tuple(citations))


def pairs() -> Iterator[tuple[bool, str, list[Found]]]:
    """Whether a sentence was overtaken, the sentence, and what is found beside it."""
    for row in map(json.loads, PAIRS.read_text().splitlines()):
        old, new = (
            source(
                row[which]["text"],
                row[which]["source"],
                title=row[which]["title"],
                published=parse_time(row[which]["published"]),
                id=which,
            )
            for which in ("older", "newer")
        )
        for item in row["items"]:
            told = answer(old, item["text"])
            yield item["superseded"], item["text"], conflicts_of(told, [old, new])


def test_what_only_looks_alike_is_left_alone() -> None:
    """Another place, month, race or strike: of 57 sentences two may be taken for the same, where
    only the next sentence tells the difference. Few that were overtaken are found (3 of 43), for a
    wrong word is worse than none."""
    told = list(pairs())
    wrong = [text for overtaken, text, found in told if found and not overtaken]
    assert len(wrong) <= 2, wrong
    assert sum(bool(found) for overtaken, _, found in told if overtaken) >= 3


@pytest.mark.parametrize(
    ("older", "newer", "value"),
    [
        ("The crash in Varby killed two workers.",
         "The crash in Varby killed three workers, not two.", "three"),
        ("The tram in Varby will cost 64 million euros.",
         "The tram in Varby will cost 71 million euros, 7 million more than planned.",
         "71 million euros"),
        ("The trial of Marek Doll will begin on Monday.",
         "The trial of Marek Doll will begin on Thursday instead of Monday.", "Thursday"),
    ],
)  # fmt: skip
def test_what_overtakes(older: str, newer: str, value: str) -> None:
    """A later report that gives the older value too, whoever publishes it."""
    old = source(older, "Post")
    [found] = conflicts_of(answer(old, older), [old, source(newer, "Tide", 90)])
    assert (found.state, found.sides[-1].value) == (State.SUPERSEDED, value)


OLD = source("A crash in Varby killed two workers and injured nine, the police said.", "Post")
PARAPHRASE = "Two workers were killed in the Varby crash."
NEW = "The crash in Varby killed three workers, not two, the hospital said."


def test_a_paraphrase_is_compared() -> None:
    """By what it cites; and only the sentence that tells the older value."""
    told = answer(OLD, PARAPHRASE, "Nine people were injured.")
    [found] = conflicts_of(told, [OLD, source(NEW, "Tide", 40)])
    assert [side.value for side in found.sides] == ["two", "three"]
    assert found.superseded
    assert conflicts_of(answer(OLD, "Nine were injured."), [OLD, source(NEW, "Tide", 40)]) == []


@pytest.mark.parametrize("others", [
    [source(NEW, "Tide", -40)],
    [source(NEW, "Tide", 40), source("The crash in Varby killed two workers.", "Sun", 60)],
    [source(NEW, "Tide", 40, published=None)],
])  # fmt: skip
def test_what_overtakes_no_answer(others: list[Source]) -> None:
    """An earlier report, one that a still later one does not bear out, and one of which is not
    known when it came out."""
    assert not any(
        found.superseded for found in conflicts_of(answer(OLD, PARAPHRASE), [OLD, *others])
    )


class Book(Citations):
    """Cites what it is asked to, from no newsroom."""

    def __init__(self, citations: tuple[Citation, ...]) -> None:
        super().__init__(cast("Newsroom", None), citations)

    def number(self, article: Article, quote: str) -> int:
        for citation in self.citations:
            if (citation.article_id, citation.quote) == (article.id, quote):
                return citation.n
        n = len(self.citations) + 1
        self.citations.append(replace(self.citations[0], n=n, quote=quote, article_id=article.id))
        return n


def test_the_newer_value_stands_behind_the_marked_one() -> None:
    """Moved there if the answer gives it; said once, however often the older one was; what cites
    the same words for something else stays as it is."""
    update = source(NEW, "Tide", 40)
    told = answer(OLD, "Two workers died in Varby.", "Nine people were injured.", PARAPHRASE)
    book = Book(told.citations)
    newer = Sentence(NEW, (book.number(update.article, NEW),))
    [found] = conflicts_of(told, [OLD, update])
    done = with_current([newer, *told.sentences], found, book)
    assert [(s.text, s.superseded) for s in done] == [
        ("Two workers died in Varby.", True),
        (NEW, False),
        ("Nine people were injured.", False),
    ]


def test_what_only_comes_later_is_told_once() -> None:
    """At the end, as what a later report says; not where the answer says it already."""
    old = source("The bridge in Varby will cost 40 million euros.", "Post")
    update = source("The bridge in Varby will cost 50 million euros.", "Tide", 900)
    told = answer(old, "The bridge in Varby will cost 40 million euros.")
    [found] = conflicts_of(told, [old, update])
    assert found.state is State.LATER
    book = Book(told.citations)
    [sentence] = later(told.sentences, found, book)
    assert (sentence.text, sentence.later) == (update.article.text, True)
    assert later([*told.sentences, sentence], found, book) == []


def test_an_answer_whose_value_was_superseded_is_marked(tmp_path: Path) -> None:
    """As the reader gets it: the sentence, that it is so no longer, the later report, the dates."""
    first = "The crash in Varby killed two workers. Their lorry had left Holm at noon."
    second = f"{NEW} Driver Olaf Brenner is in custody in Varby, where the lorry hit a wall."
    rows = [
        {
            "url": f"https://{name}.example/crash",
            "source": name,
            "published": f"{day}T20:00:00+00:00",
            "title": "Workers killed in lorry crash in Varby",
            "text": text,
        }
        for name, day, text in (("Post", "2026-05-03", first), ("Tide", "2026-05-04", second))
    ]
    news = tmp_path / "news.jsonl"
    news.write_text("\n".join(map(json.dumps, rows)))
    with Newsroom(BotSettings(data_dir=tmp_path / "data")) as newsroom, LLMServer() as llm:
        assert newsroom.ingest([str(news)]).new == 2
        llm.reply("The crash in Varby killed two workers [1][2].")
        settings = BotSettings(
            data_dir=tmp_path / "data", llm_model="openai:test", llm_base_url=llm.url
        )
        asked = Question("How many workers did the crash in Varby kill?")
        got = asyncio.run(Assistant(newsroom, settings).ask(asked))
    assert got.sentences[0].superseded
    [message] = render_answer(got)
    assert f"No longer so. A later report says: {NEW}" in message.plain
    assert "at first: two (Post, 3 May)" in message.plain
    assert "Since then: three (hospital, Tide, 4 May)" in message.plain
