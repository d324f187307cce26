"""Groups, forum topics and privacy mode, with the real bot process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import bot_process
from tests.support.telegram import TelegramServer

WAIT = 60.0
QUESTION = "Who is Clara Wendt?"


@pytest.fixture(scope="module")
def server(sample_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TelegramServer]:
    folder = shutil.copytree(sample_dir, tmp_path_factory.mktemp("groups") / "data")
    with TelegramServer() as server, bot_process(server, folder):
        yield server


def test_a_group_is_answered_when_it_asks_and_only_then(server: TelegramServer) -> None:
    """/ask and replies are answered as replies; other talk is not for the bot."""
    ada, ben = server.person("Ada"), server.person("Ben")
    group = server.group("Stargazers", [ada, ben])
    group.say(ben, "Nice weather for stars.")
    asked = group.say(ada, f"/ask@newsdesk_bot {QUESTION}")
    [answer] = group.wait(timeout=WAIT)
    assert "Clara Wendt" in answer.text
    assert answer.reply_to is asked
    follow_up = group.say(ben, "And when is it closest to the Sun?", reply_to=answer)
    [second] = group.wait(timeout=WAIT)
    assert "2 November" in second.text
    assert second.reply_to is follow_up
    assert len(group.answers) == 2


def test_a_mention_is_answered_where_the_bot_hears_it(server: TelegramServer) -> None:
    """As an admin the bot hears everything; it answers what names it."""
    ada = server.person("Ada")
    group = server.group("Open", [ada], admins=[server.person("Owner"), server.bot])
    group.say(ada, "Who knows about comets?")
    group.say(ada, "@someone_else who is Clara Wendt?")
    asked = group.say(ada, f"Hey @Newsdesk_Bot, {QUESTION}")
    [answer] = group.wait(timeout=WAIT)
    assert answer.reply_to is asked
    assert "Clara Wendt" in answer.text


def test_an_answer_stays_in_its_topic(server: TelegramServer) -> None:
    """Message, typing and the conversation belong to the forum topic."""
    ada = server.person("Ada")
    forum = server.forum("Town", ["Sky", "Trams"], [ada])
    forum.say(ada, f"/ask {QUESTION}", topic="Sky")
    [answer] = forum.wait(timeout=WAIT)
    assert (answer.in_topic, answer.thread) == (True, forum.topics["Sky"])
    forum.say(ada, "/ask How long will tram Line 4 be?", topic="Trams")
    [other] = forum.wait(timeout=WAIT)
    assert other.thread == forum.topics["Trams"]
    forum.say(ada, "/ask and when is it closest to the Sun?", topic="Sky")
    [third] = forum.wait(timeout=WAIT)
    assert "2 November" in third.text


def test_admins_are_told_what_privacy_mode_hides(server: TelegramServer) -> None:
    """When it is added, the bot greets and says what to change for @mentions."""
    owner = server.person("Owner")
    group = server.group("New", admins=[owner], with_bot=False)
    group.bot_added(owner)
    [welcome] = group.wait(timeout=WAIT)
    assert "/ask" in welcome.text
    assert "/setprivacy" in welcome.text
    assert "@newsdesk_bot" in welcome.text


def test_in_groups_only_admins_make_it_forget(server: TelegramServer) -> None:
    """A member is told so; the owner's wish is done."""
    owner, ada = server.person("Owner"), server.person("Ada")
    group = server.group("Care", [ada], admins=[owner])
    group.say(ada, f"/ask {QUESTION}")
    group.wait(timeout=WAIT)
    group.say(ada, "/forget@newsdesk_bot")
    assert "only its admins" in group.wait(timeout=WAIT)[0].text
    group.say(owner, "/forget@newsdesk_bot")
    assert "forgotten 1 question" in group.wait(timeout=WAIT)[0].text


def test_votes_in_a_group_do_not_mark_the_button(server: TelegramServer) -> None:
    """One person's mark would look like everyone's; the person is thanked alone."""
    ada = server.person("Ada")
    group = server.group("Votes", [ada])
    group.say(ada, f"/ask {QUESTION}")
    [answer] = group.wait(timeout=WAIT)
    press = group.press(ada, answer, "👍")
    server.wait_for(lambda: press.answer is not None, WAIT)
    assert press.answer == "Thank you!"
    assert answer.buttons[0] == "👍"
