"""Answers that correct themselves: what people read when an article that was cited changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import SAMPLE_NEWS
from tests.support.telegram import TelegramServer, transcript
from tests.support.updates import Desk

SAMPLE = [json.loads(line) for line in (SAMPLE_NEWS / "articles.jsonl").open()]
FERRY = next(a for a in SAMPLE if a["url"].startswith("https://northline."))
TRAM = next(a for a in SAMPLE if a["url"].endswith("tram-line-4-approved"))
COMET = next(a for a in SAMPLE if a["source"] == "Skywatch Letter")
HOW_MANY = "How many people were injured when the ferry ran aground?"
COST = "What does tram Line 4 cost?"


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer(limits=False) as server:
        yield server


@pytest.fixture
def desk(server: TelegramServer, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk.open(server, tmp_path)
    desk.publish(*SAMPLE)
    yield desk
    desk.newsroom.close()


def test_a_look(server: TelegramServer, desk: Desk) -> None:
    ada = server.person("Ada")
    chat = server.private_chat(ada)
    group = server.group("Sailors", [ada])
    for q in (HOW_MANY, COST, "Who discovered the comet?"):
        desk.ask(chat, ada, q)
    desk.ask(group, ada, f"/ask {COST}")
    desk.later(seconds=5)
    desk.send()
    desk.later(hours=2)
    fixed = [
        {
            **a,
            "text": a["text"].replace("injuring 12 people", "injuring 15 people"),
            "title": a["title"],
        }
        for a in SAMPLE
        if a["source"] == "Dunmarch Daily"
    ]
    desk.publish(*fixed)
    desk.send()
    cited = desk.newsroom.find_stories("comet discovered")[0]
    for t in cited.tellings:
        if t.article.source == "Skywatch Letter":
            desk.newsroom.withdraw(t.article.id, "gone")
    desk.later(minutes=10)
    desk.send()
    desk.later(minutes=10)
    desk.publish(
        {
            "url": "https://gazette.example/line4",
            "title": "Belmoor's fourth tram line becomes dearer again",
            "source": "Gazette",
            "text": "The city now expects Line 4 to cost 318 million crowns, 32 million more than the council approved on 12 May, and to open in March 2031. Project manager Idris Bowen told the transport committee of Belmoor that steel for the bridge over the Fen had become dearer since the tenders were opened. Mayor Adeline Frost said that the tram line to the Fenside campus would be built all the same.",
        }
    )
    desk.send()
    desk.later(minutes=10)
    desk.send()
    print(transcript(chat))
    print(transcript(group))
