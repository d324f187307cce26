"""A private chat with the real bot process, over the test server's Bot API."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.chat.commands import MENU
from bot.language import LANGUAGES
from tests.conftest import bot_process
from tests.support.telegram import Chat, Message, TelegramServer, User

WAIT = 60.0


@dataclass
class Talk:
    """A person in a private chat with the bot."""

    server: TelegramServer
    person: User
    chat: Chat

    def ask(self, text: str, reply_to: Message | None = None) -> Message:
        self.chat.say(self.person, text, reply_to=reply_to)
        return self.chat.wait(timeout=WAIT)[0]


@pytest.fixture(scope="module")
def server(sample_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TelegramServer]:
    """A server whose bot runs for all tests of this file."""
    folder = shutil.copytree(sample_dir, tmp_path_factory.mktemp("private") / "data")
    with TelegramServer() as server, bot_process(server, folder):
        yield server


@pytest.fixture
def talk(server: TelegramServer) -> Talk:
    person = server.person("Ada")
    return Talk(server, person, server.private_chat(person))


def test_the_menu_is_registered_and_only_needed_updates_are_asked_for(
    server: TelegramServer, talk: Talk
) -> None:
    """setMyCommands names every command; in each language; getUpdates asks for five kinds."""
    talk.ask("/start")
    menu = server.commands["default", ""]
    assert set(server.commands) == {("default", c if c != "en" else "") for c in LANGUAGES}
    assert [entry["command"] for entry in menu] == [name for name, _ in MENU]
    asked = server.calls_of("getUpdates")[-1].params["allowed_updates"]
    assert sorted(asked) == [
        "callback_query", "edited_message", "inline_query", "message", "my_chat_member",
    ]  # fmt: skip


def test_a_question_gets_a_cited_answer(talk: Talk) -> None:
    """A sentence of the article, its number linked, then title, publisher, date; and buttons."""
    answer = talk.ask("How long will tram Line 4 be?")
    assert "7.2 kilometres" in answer.text
    assert "[1]" in answer.text
    assert "May 2026" in answer.text
    assert answer.links
    assert all(link.startswith("https://") for link in answer.links)
    assert answer.buttons == ["👍", "👎", "More"]
    assert "typing" in talk.chat.actions


def test_what_is_not_known_is_said(talk: Talk) -> None:
    """A refusal is one plain sentence, not a guess."""
    assert talk.ask("Who won the World Cup?").text.startswith("Our articles do not answer this.")


def test_a_follow_up_is_understood(talk: Talk) -> None:
    """The chat's last question gives the next one its subject."""
    talk.ask("How long will tram Line 4 be?")
    answer = talk.ask("and when will it open?")
    assert "2030" in answer.text or "2031" in answer.text


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/start", "each sentence with a link"),
        ("/help", "@newsdesk_bot"),
        ("/about", "Articles here: 12"),
        ("/sources", "Belmoor Observer: 2 articles"),
        ("/latest", "Line 4 to open later and cost more"),
        ("/search ferry sandbank", "Nearest to “ferry sandbank”"),
        ("/search", "Write what to look for after it"),
        ("/ask", "Please ask in words"),
        ("/ask Who is Clara Wendt?", "Clara Wendt"),
        ("/nonsense", "I know no /nonsense. /help shows"),
        ("/today", "Today, "),
    ],
)
def test_each_command_answers(talk: Talk, command: str, words: str) -> None:
    """Short, and about what was asked."""
    assert words in talk.ask(command).text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("🛳️🛳️🛳️", "I only know the news."),
        ("<b>&amp;</b> \u202e who <script>", "Just ask in your own words"),
        ("ferry " * 600, "at most 1,000 characters"),
    ],
)
def test_odd_messages_get_a_kind_sentence(talk: Talk, text: str, words: str) -> None:
    """Emoji, markup and very long texts are no reason to fall silent."""
    assert words in talk.ask(text).text


def test_a_vote_is_kept_changed_and_taken_back(talk: Talk) -> None:
    """The pressed button is marked, a second press takes the vote back."""
    answer = talk.ask("Who is Clara Wendt?")
    first = talk.chat.press(talk.person, answer, "👍")
    talk.server.wait_for(lambda: answer.buttons[0] == "👍 ✓", WAIT)
    assert first.answer == "Thank you!"
    second = talk.chat.press(talk.person, answer, "👎")
    talk.server.wait_for(lambda: answer.buttons[:2] == ["👍", "👎 ✓"], WAIT)
    assert second.answer == "Thank you, noted."
    third = talk.chat.press(talk.person, answer, "👎 ✓")
    talk.server.wait_for(lambda: answer.buttons[:2] == ["👍", "👎"], WAIT)
    assert third.answer == "Taken back."


def test_more_from_this_story_lists_its_other_articles(talk: Talk) -> None:
    """The button brings what else answers, and below it the story that the cited article tells."""
    answer = talk.ask("How long will tram Line 4 be?")
    talk.chat.press(talk.person, answer, "More")
    [more] = talk.chat.wait(timeout=WAIT)
    assert "Follow" in more.buttons
    assert "tram" in more.text.lower()
    assert "comet" not in more.text.lower()


def test_forget_forgets_and_old_buttons_say_so(talk: Talk) -> None:
    """Turns and votes of this chat are deleted; pressing an old button is answered politely."""
    answer = talk.ask("Who is Clara Wendt?")
    assert talk.ask("/forget").text == "Done. I have forgotten 1 question of this chat."
    assert talk.ask("/forget").text == "There is nothing to forget in this chat."
    press = talk.chat.press(talk.person, answer, "👍")
    talk.server.wait_for(lambda: press.answer is not None, WAIT)
    assert press.answer == "I have forgotten this answer. Please ask again."


def test_another_chats_button_can_not_be_pressed(talk: Talk) -> None:
    """Callback data is what a client sends; a turn belongs to its chat."""
    answer = talk.ask("Who is Clara Wendt?")
    stranger = talk.server.person("Mallory")
    chat = talk.server.private_chat(stranger)
    chat.say(stranger, "/help")
    [own] = chat.wait(timeout=WAIT)
    own.keyboard.extend(answer.keyboard)
    press = chat.press(stranger, own, "👍")
    talk.server.wait_for(lambda: press.answer is not None, WAIT)
    assert press.answer == "I have forgotten this answer. Please ask again."
