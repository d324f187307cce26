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
    for q in (HOW_MANY, COST, "Who discovered the comet?", "How long will tram Line 4 be?", "When do the first trams run?"):
        desk.ask(chat, ada, q)
    desk.ask(group, ada, f"/ask {COST}")
    print(transcript(chat))
    print(transcript(group))
