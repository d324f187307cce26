"""A question in reply to a post is about that post's story first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.subscription import Kind
from tests.conftest import bot_process
from tests.support.telegram import TelegramServer
from tests.support.updates import Desk
from tests.test_updates import FIRST, TRAMS

WAIT = 60.0
BUS = {
    "url": "https://gazette.example/bus",
    "title": "Bus overturns in Belmoor",
    "source": "Gazette",
    "text": (
        "Seven people were injured when a city bus overturned on Mill Street in Belmoor on Monday. "
        "The driver had swerved to avoid a dog, the police said. The street was closed for hours."
    ),
}
QUESTION = "How many people were injured?"


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer(limits=False) as server:
        yield server


def test_a_reply_is_about_the_story_of_the_post(server: TelegramServer, tmp_path: Path) -> None:
    """The same words below two posts get each post's own answer, in private and in a group; what
    the story does not say is looked for everywhere."""
    ada = server.person("Ada")
    private, group = server.private_chat(ada), server.group("Town", [ada])
    desk = Desk.open(server, tmp_path)
    for chat in (private, group):
        desk.wants(chat.id, Kind.EVERYTHING, "")
    desk.publish(FIRST)
    desk.publish(BUS)
    desk.publish(TRAMS)
    desk.send()
    desk.newsroom.close()
    with bot_process(server, tmp_path):
        for chat in (private, group):
            posts = chat.wait(3)
            for post, told in ((posts[0], "Twelve people"), (posts[1], "Seven people")):
                chat.say(ada, QUESTION, reply_to=post)
                [answer] = chat.wait(timeout=WAIT)
                assert told in answer.text
                assert ("Twelve" in answer.text) != ("Seven" in answer.text), answer.text
            chat.say(ada, "And where was that?", reply_to=posts[1])
            assert "on Mill Street" in chat.wait(timeout=WAIT)[0].text
            chat.say(ada, "What will the fourth tram line cost?", reply_to=posts[1])
            assert "286 million" in chat.wait(timeout=WAIT)[0].text
