"""Answers that correct themselves: what people read when an article that was cited changes."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import Answer, Citation, Mode, Question, Sentence
from bot.answering.ask import Assistant
from bot.records import Records
from bot.settings import BotSettings
from bot.subscription import Delivery, DeliveryKind, Kind, Subscription, Target
from bot.updates.outbox import LEASE, Outbox
from ingest import SAMPLE_NEWS, Newsroom
from ingest.text import sentence_spans
from tests.conftest import bot_process
from tests.support.telegram import Chat, Message, TelegramServer
from tests.support.updates import Desk
from tests.test_updates import FIRST, TEXT

WAIT = 60.0
SAMPLE = [json.loads(line) for line in (SAMPLE_NEWS / "articles.jsonl").open()]
FERRY = next(a for a in SAMPLE if a["source"] == "Northline Press Agency")
REPRINT = next(a for a in SAMPLE if a["source"] == "Dunmarch Daily")
COMET = next(a for a in SAMPLE if a["source"] == "Skywatch Letter")
HOW_MANY = "How many people were injured when the ferry ran aground?"
HOW_LONG = "How long will tram Line 4 be?"
WHO = "Which astronomer noticed a faint smudge?"
LONGER = {
    "url": "https://gazette.example/line-4-longer",
    "title": "Belmoor's fourth tram line becomes longer",
    "source": "Gazette",
    "text": (
        "Line 4 will be 8.1 kilometres long and have 13 stops. Project manager Idris Bowen told "
        "the transport committee of Belmoor that the tram is to end behind the Fenside campus. "
        "Mayor Adeline Frost said that the council would have to vote again on the tram line."
    ),
}


def corrected(article: dict[str, str], old: str, new: str) -> dict[str, str]:
    assert old in article["text"]
    return {**article, "text": article["text"].replace(old, new)}


FIFTEEN = corrected(FERRY, "injuring 12 people", "injuring 15 people")


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer(limits=False) as server:
        yield server


@pytest.fixture
def folder(sample_dir: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sample_dir, tmp_path / "data")


@pytest.fixture
def desk(server: TelegramServer, folder: Path) -> Iterator[Desk]:
    desk = Desk.open(server, folder)
    yield desk
    desk.newsroom.close()


@pytest.fixture
def chat(server: TelegramServer) -> Chat:
    return server.private_chat(server.person("Ada"))


def asked(desk: Desk, chat: Chat, question: str) -> Message:
    """The answer to a question, an hour ago and looked at once."""
    message = desk.ask(chat, chat.members[0], question)
    desk.later(hours=1)
    desk.send()
    assert message.edits == 0
    return message


def after(desk: Desk, *articles: dict[str, str]) -> None:
    """These articles came; what follows from them was sent."""
    desk.publish(*articles)
    desk.send()


def test_a_correction_is_told_in_private_and_in_groups(server: TelegramServer, desk: Desk) -> None:
    """The answer says the new sentence, cited, and what it said before, when, and who changed it;
    one short reply tells of it; the buttons stay; later nothing more comes."""
    ada = server.person("Ada")
    private, group = server.private_chat(ada), server.group("Sailors", [ada])
    forum = server.forum("Town", ["Sea"], [ada])
    desk.ask(private, ada, HOW_MANY)
    desk.ask(group, ada, f"/ask {HOW_MANY}")
    forum.say(ada, "Hello", topic="Sea")
    asked_there = forum.say(ada, f"/ask {HOW_MANY}", topic="Sea")
    desk.answer(asked_there)
    desk.later(hours=1)
    desk.send()
    after(desk, FIFTEEN)
    desk.later(hours=1)
    desk.send()
    for chat in (private, group, forum):
        answer, reply = chat.answers
        assert answer.edits == 1
        assert "injuring 15 people, the coastguard said. [1]" in answer.text
        assert "corrected by Northline Press Agency. It said before: “OSTERWICK" in answer.text
        assert "injuring 12 people" in answer.text
        assert FERRY["url"] in answer.links
        assert answer.buttons == ["👍", "👎", "More"]
        assert reply.reply_to is answer
        assert reply.text == "I have corrected this answer: 15 people, not 12."
        assert reply.thread == answer.thread or chat is group


def test_a_withdrawn_article_takes_the_answer_with_it(desk: Desk, chat: Chat) -> None:
    """It says plainly that nothing is left; instead of its story, the question can be watched."""
    answer = desk.ask(chat, chat.members[0], WHO)
    withdraw(desk.newsroom, "Skywatch Letter")
    desk.later(minutes=5)
    desk.send()
    assert answer.text.startswith("Nothing of this answer stands any more.")
    assert "Skywatch Letter withdrew its article: “Clara Wendt" in answer.text
    assert answer.buttons == ["Watch for this"]
    [_, reply] = chat.answers
    assert reply.text == "I have corrected this answer, for Skywatch Letter withdrew its article."
    desk.later(minutes=5)
    desk.send()
    assert len(chat.answers) == 2


def withdraw(newsroom: Newsroom, source: str) -> None:
    [article] = [a for a in newsroom.latest(50) if a.source == source]
    assert newsroom.withdraw(article.id, "gone")


def test_a_later_report_is_put_beside_what_it_supersedes(desk: Desk, chat: Chat) -> None:
    """The old sentence stays, marked, with the newer one and its own citation after it."""
    answer = asked(desk, chat, HOW_LONG)
    after(desk, LONGER)
    assert "7.2 kilometres" in answer.text
    assert "No longer so. A later report says: Line 4 will be 8.1 kilometres long" in answer.text
    assert answer.links[:2] == [
        "https://belmoorobserver.example/city/tram-line-4-approved",
        LONGER["url"],
    ]
    assert "superseded by a later report (Gazette)" in answer.text
    [_, reply] = chat.answers
    told = "I have brought this answer up to date: 8.1 kilometres long, no longer 7.2 kilometres"
    assert reply.text == f"{told} (Gazette)."
    after(desk, corrected(LONGER, "8.1 kilometres", "8.3 kilometres"))
    assert "8.3 kilometres" in answer.text.partition("Source")[0]
    assert answer.edits == 2


def test_the_correction_of_an_agency_reaches_those_who_reprint_it(desk: Desk, chat: Chat) -> None:
    """The answer cites a reprint, which stays as it is; the agency corrects its own report."""
    answer = stored(desk, chat, cited(desk, "Dunmarch Daily", "injuring 12 people"))
    desk.later(hours=1)
    after(desk, FIFTEEN)
    assert "injuring 12 people" in answer.text
    assert "A later report says: OSTERWICK (Northline) – A passenger ferry" in answer.text
    assert answer.links[:2] == [REPRINT["url"], FERRY["url"]]
    [_, reply] = chat.answers
    assert "15 people, no longer 12 (Northline Press Agency)" in reply.text


def test_a_change_elsewhere_is_no_correction(desk: Desk, chat: Chat) -> None:
    """The article has a new version, a report of the same story brings no other value: the answer
    stands as it is."""
    answer = asked(desk, chat, HOW_MANY)
    after(desk, corrected(FERRY, "until at least Thursday", "until at least Friday"))
    after(desk, {**LONGER, "text": LONGER["text"].replace("be 8.1", "go 8.1")})
    assert answer.edits == 0
    assert len(chat.answers) == 1
    after(desk, FIFTEEN)
    assert answer.edits == 1


def test_what_is_undone_before_it_was_told_is_not_told(desk: Desk, chat: Chat) -> None:
    """Twelve, fifteen, and twelve again, before anything was sent."""
    answer = asked(desk, chat, HOW_MANY)
    desk.publish(FIFTEEN)
    after(desk, FERRY)
    assert (answer.edits, len(chat.answers)) == (0, 1)


def test_two_changes_at_once_are_told_in_one(desk: Desk, chat: Chat) -> None:
    """A correction, and the withdrawal of another article of the same answer: both are told."""
    quotes = (("Skywatch Letter", "Clara Wendt"), ("Northline Press Agency", "carrying 184"))
    answer = stored(desk, chat, *(cited(desk, *quote) for quote in quotes))
    withdraw(desk.newsroom, "Skywatch Letter")
    after(desk, corrected(FERRY, "carrying 184", "carrying 186"))
    assert answer.edits == 1
    assert "carrying 186" in answer.text
    assert "Skywatch Letter withdrew its article" in answer.text
    desk.later(hours=1)
    desk.send()
    assert answer.edits == 1


def cited(desk: Desk, source: str, words: str) -> Citation:
    """The first sentence of a source's article that holds these words."""
    [article] = [a for a in desk.newsroom.latest(50) if a.source == source]
    spans = sentence_spans(article.text, article.language)
    quote = next(article.text[a:b] for a, b in spans if words in article.text[a:b])
    where = (article.id, desk.newsroom.passage_of(article.id, quote))
    return Citation(1, article.title, source, article.url, article.published, quote, *where)


def stored(desk: Desk, chat: Chat, *citations: Citation) -> Message:
    """An answer of quotes, sent as one message of the bot."""
    numbered = [replace(citation, n=n) for n, citation in enumerate(citations, 1)]
    sentences = tuple(Sentence(c.quote, (c.n,)) for c in numbered)
    answer = Answer("What happened?", True, Mode.QUOTES, sentences, tuple(numbered))
    turn = Records(desk.newsroom.engine).add_turn(chat.id, None, 0, None, answer)
    message = a_message(desk, chat)
    desk.answers.sent(turn, [message.id], desk.now)
    return message


def a_message(desk: Desk, chat: Chat) -> Message:
    Records(desk.newsroom.engine).note_chat(chat.id, "", gone=False)
    key = f"message {len(chat.answers)}"
    desk.outbox.put(Delivery(Target(chat.id), DeliveryKind.NOTICE, key, {"text": key}), desk.now)
    desk.send()
    return chat.answers[-1]


def test_an_article_corrected_while_the_answer_is_written(desk: Desk, chat: Chat) -> None:
    """The answer was found in the former version, and sent after the publisher had seen the new."""
    asking = Assistant(desk.newsroom, BotSettings(data_dir=desk.folder))
    answer = asyncio.run(asking.ask(Question(HOW_MANY)))
    turn = Records(desk.newsroom.engine).add_turn(chat.id, None, 0, None, answer)
    desk.publish(FIFTEEN)
    desk.later(seconds=5)
    message = a_message(desk, chat)
    desk.answers.sent(turn, [message.id], desk.now)
    desk.later(seconds=5)
    desk.send()
    assert "injuring 15 people" in message.text
    assert len(chat.answers) == 1, "who asked a moment ago sees the edit"


def test_limits_are_kept_and_told(server: TelegramServer, folder: Path, chat: Chat) -> None:
    """After the last correction that the settings allow the answer says so, and stays."""
    desk = Desk.open(server, folder, corrections=1)
    answer = asked(desk, chat, HOW_MANY)
    after(desk, FIFTEEN)
    assert "This answer is not corrected again." in answer.text
    after(desk, corrected(FERRY, "injuring 12 people", "injuring 17 people"))
    assert (answer.edits, len(chat.answers)) == (1, 2)
    desk.newsroom.close()


def test_old_answers_are_left_alone(server: TelegramServer, folder: Path, chat: Chat) -> None:
    """Two days are over, and one is allowed."""
    desk = Desk.open(server, folder, days=1)
    answer = asked(desk, chat, HOW_MANY)
    desk.later(days=2)
    after(desk, FIFTEEN)
    assert (answer.edits, len(chat.answers)) == (0, 1)
    desk.newsroom.close()


@pytest.mark.parametrize("why", ["deleted", "message can't be edited"])
def test_what_cannot_be_edited_is_said_again(
    server: TelegramServer, desk: Desk, chat: Chat, why: str
) -> None:
    """In a reply, with the question; a later correction edits that message."""
    answer = asked(desk, chat, HOW_MANY)
    if why == "deleted":
        answer.deleted = True
    else:
        server.fail_next("editMessageText", 400, f"Bad Request: {why}")
    after(desk, FIFTEEN)
    [_, told, again] = chat.answers
    assert told.text.splitlines() == [
        f"About your question: {HOW_MANY}",
        "I have corrected this answer: 15 people, not 12.",
    ]
    assert told.reply_to is (None if why == "deleted" else answer)
    assert "injuring 15 people" in again.text
    assert "It said before" in again.text
    assert again.buttons == ["👍", "👎", "More"]
    after(desk, corrected(FERRY, "injuring 12 people", "injuring 17 people"))
    assert "injuring 17 people" in again.text
    assert answer.edits == 0


def test_what_no_longer_fits_is_sent_as_a_reply(desk: Desk, chat: Chat) -> None:
    """An answer that was nearly as long as a message: its note comes below, the rest is edited; the
    next correction edits both."""
    long = " ".join(f"the {n}th witness told the board" for n in range(112))
    text = f"At the hearing in Dunmarch {long} that 12 buoys were missing."
    paper = {"url": "https://tide.example/hearing", "title": "Hearing", "source": "Tide"}
    desk.publish({**paper, "text": text})
    [article] = [a for a in desk.newsroom.latest(50) if a.url == paper["url"]]
    where = (article.id, f"{article.id}:1:0")
    citation = Citation(1, "Hearing", "Tide", article.url, article.published, text, *where)
    answer = stored(desk, chat, citation)
    desk.later(hours=1)
    after(desk, {**paper, "text": text.replace("12 buoys", "13 buoys")})
    [_, rest, line] = chat.answers
    assert "13 buoys" in answer.text
    assert rest.reply_to is answer
    assert rest.text.startswith("Corrected")
    assert line.text == "I have corrected this answer: 13 buoys were missing, not 12."
    after(desk, {**paper, "text": text.replace("12 buoys", "14 buoys")})
    assert "14 buoys" in answer.text
    assert rest.edits == 1
    assert len(chat.answers) == 4


def test_a_correction_survives_the_process_that_wrote_it(
    server: TelegramServer, desk: Desk, chat: Chat
) -> None:
    """Written and not sent, or taken by a sender that died: it is sent afterwards, once."""
    answer = asked(desk, chat, HOW_MANY)
    desk.publish(FIFTEEN)
    desk.newsroom.close()
    second = Desk.open(server, desk.folder)
    second.now = desk.now
    [taken] = second.outbox.claim(10, second.now)
    assert taken.kind is DeliveryKind.AMENDMENT
    second.newsroom.close()
    third = Desk.open(server, desk.folder)
    third.now = desk.now + 2 * LEASE
    third.later(seconds=1)
    third.send()
    third.later(hours=1)
    third.send()
    assert (answer.edits, len(chat.answers)) == (1, 2)
    third.newsroom.close()


def test_the_answer_to_a_question_that_waited_is_corrected_too(desk: Desk, chat: Chat) -> None:
    """With its heading, and without buttons, which it never had."""
    import numpy as np

    question = "How many people were injured when the ferry ran aground off Osterwick?"
    vector = np.asarray(desk.newsroom.embeddings.embed_query(question), np.float32)
    watch = Subscription(Target(chat.id), Kind.QUESTION, question, vector=vector, once=True)
    desk.subscriptions.add(watch)
    after(desk, FIRST)
    [answer] = chat.answers
    desk.later(hours=1)
    after(desk, {**FIRST, "text": TEXT.replace("Twelve", "Fifteen")})
    assert answer.text.startswith(f"Now there is an answer: {question}\n\nFifteen people")
    assert not answer.buttons
    [_, reply] = chat.answers
    assert reply.text == "I have corrected this answer: Fifteen people were injured, not Twelve."


def test_with_the_real_process(server: TelegramServer, folder: Path, chat: Chat) -> None:
    """Asked of a bot that is then stopped; the article is corrected meanwhile; started again, the
    bot edits its answer."""
    ada = chat.members[0]
    with bot_process(server, folder):
        chat.say(ada, HOW_MANY)
        [answer] = chat.wait(timeout=WAIT)
        assert "injuring 12 people" in answer.text
        press = chat.press(ada, answer, "👍")
        server.wait_for(lambda: press.answer is not None, WAIT)
        server.wait_for(lambda: answer.buttons[0] == "👍 ✓", WAIT)
    path = folder / "corrected.jsonl"
    path.write_text(json.dumps(FIFTEEN))
    with Newsroom(BotSettings(data_dir=folder)) as newsroom:
        assert newsroom.ingest([str(path)]).updated == 1
    with bot_process(server, folder):
        chat.wait_for(lambda m: m is answer and "injuring 15 people" in m.text, WAIT)
    assert answer.buttons == ["👍 ✓", "👎", "More"]


def test_switched_off(server: TelegramServer, folder: Path, chat: Chat) -> None:
    """ANSWER_CORRECTION_DAYS=0: the bot reads the news and leaves its answer as it is."""
    ada = chat.members[0]
    with bot_process(server, folder, ANSWER_CORRECTION_DAYS="0"):
        chat.say(ada, HOW_MANY)
        [answer] = chat.wait(timeout=WAIT)
        path = folder / "corrected.jsonl"
        path.write_text(json.dumps(FIFTEEN))
        with Newsroom(BotSettings(data_dir=folder)) as newsroom:
            newsroom.ingest([str(path)])
            from benchmarks.news import until

            outbox = Outbox(newsroom.engine)
            until(lambda: (outbox.read_to() or (0,))[0] >= newsroom.last_news())
    assert answer.edits == 0
