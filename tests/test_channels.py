"""Channels that are managed from a private chat, links from a channel into it, and inline mode,
with the real bot process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import bot_process
from tests.support.telegram import Chat, TelegramServer, User
from tests.test_subscribing import WAIT, press, say


@pytest.fixture(scope="module")
def server(sample_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TelegramServer]:
    folder = shutil.copytree(sample_dir, tmp_path_factory.mktemp("channels") / "data")
    with TelegramServer() as server, bot_process(server, folder):
        yield server


@pytest.fixture
def owner(server: TelegramServer) -> User:
    return server.person("Olga")


@pytest.fixture
def private(server: TelegramServer, owner: User) -> Chat:
    return server.private_chat(owner)


@pytest.fixture
def channel(server: TelegramServer, owner: User, private: Chat) -> Chat:
    """A channel of the owner's, with the bot as its admin."""
    channel = server.channel("Harbour News", [owner])
    channel.bot_promoted(owner)
    [told] = private.wait(timeout=WAIT)
    assert told.text.startswith("I may post in “Harbour News” now. /channels")
    return channel


def test_a_channel_is_set_up_from_its_admins_private_chat(
    server: TelegramServer, channel: Chat, private: Chat, owner: User
) -> None:
    """/channels lists it; its page subscribes it by the same dialogue, shows its settings, and
    ends what is not wanted any more. Nothing is written into the channel."""
    listed = say(private, owner, "/channels")
    assert listed.buttons == ["Harbour News"]
    press(private, owner, listed, "Harbour News")
    assert listed.text == "Harbour News\nNothing comes there by itself yet."
    private.press(owner, listed, "Subscribe")
    [guide] = private.wait(timeout=WAIT)
    private.press(owner, guide, "A topic")
    private.wait(timeout=WAIT)
    preview = say(private, owner, "ferries and harbours")
    press(private, owner, preview, "✓ Subscribe")
    assert preview.text.startswith("✓ ferries and harbours (topic)")

    press(private, owner, listed, "Settings")
    assert listed.text.startswith("Settings of Harbour News")
    press(private, owner, listed, "At once or digest")
    assert press(private, owner, listed, "Daily") == "Saved"
    press(private, owner, listed, "‹ Back")
    assert "every day at 8:00" in listed.text
    press(private, owner, listed, "‹ Harbour News")
    assert listed.text == "Harbour News\n1. ferries and harbours (topic)"
    assert "at once" in say(private, owner, "/settings").text
    assert "Harbour News" in say(private, owner, "/watchlist").text
    assert press(private, owner, listed, "✕ 1").startswith("Removed: ferries")
    assert channel.messages == []


def test_a_time_zone_is_that_of_the_channel(private: Chat, channel: Chat, owner: User) -> None:
    """What is asked for in the private chat is kept for the channel."""
    listed = say(private, owner, "/channels")
    press(private, owner, listed, "Harbour News")
    press(private, owner, listed, "Settings")
    private.press(owner, listed, "Time zone")
    private.wait(timeout=WAIT)
    said = say(private, owner, "Tokyo")
    assert said.text.startswith("Settings of Harbour News")
    assert "Asia/Tokyo" in said.text
    assert "UTC" in say(private, owner, "/settings").text


def test_others_see_and_change_nothing(
    server: TelegramServer, channel: Chat, private: Chat, owner: User
) -> None:
    """Someone who is no admin of the channel does not see it; the buttons of its page, sent on or
    made up, tell them so; who is no admin any more has no say any more."""
    eve = server.person("Eve")
    theirs = server.private_chat(eve)
    assert "I know no channel" in say(theirs, eve, "/channels").text
    forged = say(theirs, eve, "/settings")
    forged.keyboard[0].append({"text": "x", "callback_data": f"set:digest:daily@{channel.id}"})
    forged.keyboard[0].append({"text": "y", "callback_data": f"choose:everything@{channel.id}"})
    forged.keyboard[0].append({"text": "z", "callback_data": f"channel:open@{channel.id}"})
    for button in "xyz":
        assert "Only the admins" in press(theirs, eve, forged, button)
    listed = say(private, owner, "/channels")
    channel.admins.remove(owner)
    assert "Only the admins" in press(private, owner, listed, "Harbour News")
    assert "I know no channel" in say(private, owner, "/channels").text


def test_channels_are_a_private_matter(server: TelegramServer, owner: User) -> None:
    """In a group the command leads to the private chat."""
    group = server.group("Town", [owner])
    assert say(group, owner, "/channels").text == "Ask me in private: t.me/newsdesk_bot"


def test_follow_in_a_group_leads_to_the_readers_own_chat(
    server: TelegramServer, private: Chat, owner: User
) -> None:
    """The button of a group is a link that begins the private chat; there the story is
    followed."""
    group = server.group("Quay", [owner])
    story = say(group, owner, "/story ferry")
    [link] = [b["url"] for row in story.keyboard for b in row if b["text"] == "Follow"]
    assert link.startswith("https://t.me/newsdesk_bot?start=follow_")
    followed = say(private, owner, "/start " + link.partition("start=")[2])
    assert followed.text == "Following. What is new comes here."
    assert "(story)" in say(private, owner, "/watchlist").text
    assert "Nothing comes here" in say(group, owner, "/subscriptions").text


def test_inline_mode_offers_stories(server: TelegramServer, owner: User) -> None:
    """@bot and words in any chat give matching stories to post; without words, the newest."""
    found = server.ask_inline(owner, "ferry ran aground")
    server.wait_for(lambda: found.results is not None, WAIT)
    first = (found.results or [])[0]
    assert "ferry" in first["title"].lower()
    assert first["title"] in first["message"].text
    newest = server.ask_inline(server.person("Jan", language="de"), "  ")
    server.wait_for(lambda: newest.results is not None, WAIT)
    assert len(newest.results or []) > 1
    assert "Artikel" in (newest.results or [])[0]["description"]
