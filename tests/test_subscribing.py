"""Subscriptions and settings as people set them up in a chat, with the real bot process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.updates.keywords import Words, looks_like_keywords, parse
from tests.conftest import bot_process
from tests.support.telegram import Chat, Message, TelegramServer, User

WAIT = 60.0


@pytest.fixture(scope="module")
def server(sample_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TelegramServer]:
    folder = shutil.copytree(sample_dir, tmp_path_factory.mktemp("subscribing") / "data")
    with TelegramServer() as server, bot_process(server, folder):
        yield server


@pytest.fixture
def ada(server: TelegramServer) -> User:
    return server.person("Ada")


@pytest.fixture
def chat(server: TelegramServer, ada: User) -> Chat:
    return server.private_chat(ada)


def say(chat: Chat, user: User, text: str, reply_to: Message | None = None) -> Message:
    chat.say(user, text, reply_to=reply_to)
    return chat.wait(timeout=WAIT)[0]


def press(chat: Chat, user: User, message: Message, button: str) -> str:
    pressed = chat.press(user, message, button)
    chat.bot  # noqa: B018 - the chat's world
    message.chat._world.wait_for(lambda: pressed.answer is not None, WAIT)
    return pressed.answer or ""


def test_words_after_the_command_are_previewed_and_saved(chat: Chat, ada: User) -> None:
    """The preview tells what would have come; stricter and looser change it; saving it lists it;
    its cross ends it."""
    preview = say(chat, ada, "/subscribe ceasefire talks")
    assert preview.text.startswith("ceasefire talks (topic)")
    assert "In the last 7 days this would have brought" in preview.text
    press(chat, ada, preview, "Stricter ▶")
    assert preview.text.startswith("ceasefire talks (topic, strictly)")
    press(chat, ada, preview, "✓ Subscribe")
    assert preview.text.startswith("✓ ceasefire talks (topic, strictly)")
    listed = say(chat, ada, "/subscriptions")
    assert "1. ceasefire talks (topic, strictly)" in listed.text
    assert "1. ceasefire talks" in say(chat, ada, "/watchlist").text
    assert press(chat, ada, listed, "✕ 1").startswith("Removed: ceasefire talks")
    assert press(chat, ada, listed, "✕ 1") == "That was removed already."
    assert "Nothing comes here" in say(chat, ada, "/unsubscribe").text


def test_alone_it_guides(chat: Chat, ada: User) -> None:
    """Buttons for the kinds; then the words are asked for, and the next message is them."""
    guide = say(chat, ada, "/subscribe")
    chat.press(ada, guide, "Keywords")
    [asked] = chat.wait(timeout=WAIT)
    assert '"prisoner swap"' in asked.text
    preview = say(chat, ada, 'tram -football "line 4"')
    assert preview.text.startswith('tram -football "line 4" (keywords)')
    press(chat, ada, preview, "Cancel")
    assert preview.text == "Nothing was changed."
    assert "forgotten" in press(chat, ada, guide, "Everything") or chat.wait(timeout=WAIT)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Belmoor Observer", "Belmoor Observer (source)"),
        ("everything", "everything"),
        ("How many were injured?", "How many were injured? (question)"),
        ("-football -tennis", "at least one word that must occur"),
        ("https://nowhere.example/feed", "no feed that we follow"),
        ("!!!", "in words"),
        ("x" * 300, "at most 200"),
    ],
)
def test_what_is_meant_is_understood(chat: Chat, ada: User, words: str, said: str) -> None:
    """Sources, questions and filters are told apart; what can't be is answered kindly."""
    assert said in say(chat, ada, f"/subscribe {words}").text


def test_in_groups_admins_decide(server: TelegramServer, ada: User) -> None:
    """A member may neither begin nor press; an admin may."""
    owner = server.person("Owner")
    group = server.group("Town", [ada], admins=[owner])
    assert "Only the admins" in say(group, ada, "/subscribe trams").text
    preview = say(group, owner, "/subscribe trams")
    assert "Only the admins" in press(group, ada, preview, "✓ Subscribe")
    press(group, owner, preview, "✓ Subscribe")
    assert preview.text.startswith("✓ trams")


def test_a_refusal_becomes_a_watch(chat: Chat, ada: User) -> None:
    """Below a refusal there is a button that lets the question wait."""
    refusal = say(chat, ada, "Who won the World Cup?")
    assert "do not answer" in refusal.text
    assert "when our articles answer this" in press(chat, ada, refusal, "Watch for this")
    assert "Who won the World Cup? (question)" in say(chat, ada, "/subscriptions").text


def test_settings_with_buttons_and_a_city(chat: Chat, ada: User) -> None:
    """Digest, quiet hours and limit by buttons; the time zone by the name of a city; a city that
    does not exist is asked for again."""
    menu = say(chat, ada, "/settings")
    assert "News comes: at once" in menu.text
    press(chat, ada, menu, "At once or digest")
    assert press(chat, ada, menu, "Daily") == "Saved"
    press(chat, ada, menu, "18:00")
    assert "every day at 18:00" in menu.text
    press(chat, ada, menu, "‹ Back")
    press(chat, ada, menu, "Quiet hours")
    press(chat, ada, menu, "22–7")
    assert "22:00–7:00" in menu.text
    press(chat, ada, menu, "Time zone")
    chat.wait(timeout=WAIT)
    assert "no time zone “Atlantis”" in say(chat, ada, "Atlantis").text
    assert "Time zone: Europe/Berlin" in say(chat, ada, "berlin").text


def test_each_is_answered_in_their_language(server: TelegramServer, chat: Chat, ada: User) -> None:
    """That of their app, unless the chat has chosen another; the article's words stay as they
    are."""
    irina = server.person("Irina", language="ru-RU")
    hers = server.private_chat(irina)
    assert say(hers, irina, "Who won the World Cup?").text.startswith("Наши статьи на это не")
    menu = say(chat, ada, "/settings")
    press(chat, ada, menu, "Language")
    assert press(chat, ada, menu, "Deutsch") == "Gespeichert"
    assert menu.text.startswith("Einstellungen dieses Chats")
    answer = say(chat, ada, "How many people were injured when the ferry ran aground?")
    assert "injuring 12 people" in answer.text
    assert "14. April 2026" in answer.text
    press(chat, ada, menu, "Sprache")
    press(chat, ada, menu, "Automatisch")
    assert menu.text.startswith("Settings of this chat")


def test_an_invitation_in_any_language_is_about_its_story(
    server: TelegramServer,
) -> None:
    """“Ask about this” begins a chat; the question that replies to it is about that story."""
    sami = server.person("Sami", language="ar")
    chat = server.private_chat(sami)
    story = say(chat, sami, "/story ferry")
    [timeline] = [b for row in story.keyboard for b in row if "timeline" in b["callback_data"]]
    invitation = say(chat, sami, "/start about_" + timeline["callback_data"].partition(":")[2])
    assert invitation.text.startswith("ماذا تريد أن تعرف عن")
    assert "ferry" in say(chat, sami, "How many were injured?", reply_to=invitation).text.lower()


def test_keyword_filters() -> None:
    """Words, phrases, exclusions and OR, in any form of the word; nothing is a pattern."""
    text = Words("Hostages were freed in a prisoner swap, the ministry of Niger said.")
    assert parse('hostage -football "prisoner swap"').match(text)
    assert not parse("hostage -prisoner").match(text)
    assert not parse('"swap prisoner"').match(text)
    assert parse("football OR swaps").match(text)
    assert not parse("(a+)+$ hostages zebra").match(text)
    assert looks_like_keywords('talks "peace deal"')
    assert not looks_like_keywords("peace talks in Geneva")
    with pytest.raises(ValueError, match="at most 20"):
        parse(" ".join(f"word{n}" for n in range(30)))
