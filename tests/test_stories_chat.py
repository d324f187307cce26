"""Stories in a chat: in words, as a picture, by command and by button."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.chat.stories import NO_STORY, UNKNOWN
from bot.records import Records
from bot.settings import BotSettings
from bot.transport.sending import ChatGoneError, Place, Sender
from bot.wording.rendering import Text
from ingest import Newsroom
from tests.conftest import bot_process
from tests.support.telegram import Chat, Message, TelegramServer, User
from tests.test_support_telegram_photos import png

WAIT = 60.0

# On the way out


def send_photo(server: TelegramServer, chat: Chat, folder: Path, text: Text) -> None:
    """A picture of 10 by 10 pixels and `text`, through the real Sender."""

    async def send() -> None:
        request = HTTPXRequest(httpx_kwargs={"verify": False})
        with Newsroom(BotSettings(data_dir=folder)) as newsroom:
            async with ExtBot(server.token, f"{server.url}/bot", request=request) as bot:
                sender = Sender(bot, Records(newsroom.engine))
                await sender.send_photo(Place(chat.id), png(10, 10), text)

    asyncio.run(send())


def test_a_caption_is_sent_plain_if_its_markup_is_refused(tmp_path: Path) -> None:
    """The words matter more than how they look."""
    with TelegramServer() as server:
        chat = server.private_chat(server.person("Ada"))
        send_photo(server, chat, tmp_path, Text("<p>x</p>", "x"))
    [message] = chat.answers
    assert (message.text, message.entities) == ("x", [])
    assert message.photo is not None


def test_a_picture_for_a_chat_that_is_gone(tmp_path: Path) -> None:
    """It is noted, as for messages."""
    with TelegramServer() as server:
        ada = server.person("Ada")
        chat = server.private_chat(ada)
        chat.bot_removed(ada)
        with pytest.raises(ChatGoneError):
            send_photo(server, chat, tmp_path, Text("", "x"))
    with Newsroom(BotSettings(data_dir=tmp_path)) as newsroom:
        assert Records(newsroom.engine).is_gone(chat.id)


# With the real bot


@pytest.fixture(scope="module")
def server(sample_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TelegramServer]:
    """A server whose bot runs for all tests of this file."""
    folder = shutil.copytree(sample_dir, tmp_path_factory.mktemp("stories") / "data")
    with TelegramServer() as server, bot_process(server, folder):
        yield server


@pytest.fixture
def ada(server: TelegramServer) -> User:
    return server.person("Ada")


@pytest.fixture
def chat(server: TelegramServer, ada: User) -> Chat:
    return server.private_chat(ada)


def ask(chat: Chat, text: str, reply_to: Message | None = None) -> Message:
    chat.say(chat.members[0], text, reply_to=reply_to)
    return chat.wait(timeout=WAIT)[0]


def press(chat: Chat, message: Message, button: str) -> Message:
    chat.press(chat.members[0], message, button)
    return chat.wait(timeout=WAIT)[0]


def test_story_tells_who_tells_it_and_what_is_new(chat: Chat) -> None:
    """/story and a word: the ferry, an agency's report and its reprints."""
    told = ask(chat, "/story ferry")
    assert "What was new" in told.text
    assert "12 people" in told.text
    assert "1 agency report, 2 reprints" in told.text
    assert "Also told by The Belmoor Courier, Dunmarch Daily." in told.text
    assert "comet" not in told.text.lower()
    assert told.links
    assert told.buttons == ["Timeline", "Follow"]


def test_timeline_is_a_picture(chat: Chat) -> None:
    """/timeline and a word; its caption fits, and the story in words is one press away."""
    drawn = ask(chat, "/timeline ferry")
    assert drawn.photo is not None
    assert drawn.photo.width == 1080
    if not drawn.buttons:  # the text did not fit below the picture
        [drawn] = chat.wait(timeout=WAIT)
    assert drawn.buttons == ["The story in words", "Follow"]
    assert press(chat, drawn, "The story in words").buttons == ["Timeline", "Follow"]


def test_the_button_below_a_story_brings_its_picture(chat: Chat) -> None:
    """As a reply to the story."""
    told = ask(chat, "/story tram")
    drawn = press(chat, told, "Timeline")
    assert drawn.photo is not None
    assert drawn.reply_to is told


def test_the_button_below_an_answer_tells_its_story(chat: Chat) -> None:
    """More from this story: the story of the cited article."""
    answer = ask(chat, "How many people were injured when the ferry ran aground?")
    told = press(chat, answer, "More")
    assert told.buttons == ["Timeline", "Follow"]
    assert "What was new" in told.text
    assert told.reply_to is answer


def test_a_reply_means_the_story_of_what_it_replies_to(chat: Chat) -> None:
    """An answer's, or a story's; an answer that names no article has none."""
    answer = ask(chat, "How long will tram Line 4 be?")
    told = ask(chat, "/story", reply_to=answer)
    assert "line 4" in told.text.lower()
    assert ask(chat, "/timeline", reply_to=told).text.splitlines()[0] == told.text.splitlines()[0]
    chat.wait_for(lambda message: bool(message.buttons) and message.id > told.id, WAIT)
    refusal = ask_in_new_chat(chat, "Who won the World Cup?")
    assert ask(refusal.chat, "/story", reply_to=refusal).text == NO_STORY


def ask_in_new_chat(chat: Chat, text: str) -> Message:
    """For after a command that may have sent one message or two."""
    world = chat._world
    return ask(world.private_chat(world.person("Ben")), text)


def test_alone_it_lists_the_newest_stories(chat: Chat) -> None:
    """Each with a button; the list is no story that a reply could mean."""
    listed = ask(chat, "/story")
    assert listed.text.startswith("The newest stories\n1. ")
    assert listed.buttons[:2] == ["1", "2"]
    assert ask(chat, "/story", reply_to=listed).text.startswith("The newest stories")
    assert press(chat, listed, "1").buttons == ["Timeline", "Follow"]
    drawn = press(chat, ask(chat, "/timeline"), "2")
    assert drawn.photo is not None


def test_odd_words_and_unknown_stories_get_a_kind_sentence(chat: Chat, ada: User) -> None:
    """Emoji are no words; a button may outlive its story."""
    assert ask(chat, "/timeline 🛳️").text.endswith("like this: /timeline ferry")
    told = ask(chat, "/story comet")
    told.keyboard[0][0]["callback_data"] = "timeline:ffffffffff"
    assert press(chat, told, "Timeline").text == UNKNOWN


def test_a_link_below_a_post_leads_to_a_question_about_its_story(chat: Chat, ada: User) -> None:
    """/start with a story invites a question; the reply is answered as one about that story."""
    told = ask(chat, "/story comet")
    story_id = told.keyboard[0][0]["callback_data"].partition(":")[2]
    invitation = ask(chat, f"/start about_{story_id}")
    assert invitation.text.startswith("What would you like to know about “")
    assert "Clara Wendt" in ask(chat, "Who is Clara Wendt?", reply_to=invitation).text


def test_in_a_topic_a_story_stays_there(server: TelegramServer, ada: User) -> None:
    """Picture and words are replies in the topic where they were asked for."""
    forum = server.forum("Town", ["Sea"], [ada])
    asked = forum.say(ada, "/timeline ferry", topic="Sea")
    [drawn] = forum.wait(timeout=WAIT)
    assert drawn.photo is not None
    assert (drawn.thread, drawn.reply_to) == (forum.topics["Sea"], asked)
    other = server.forum("City", ["Land"], [ada])
    other.say(ada, "/story", topic="Land")
    [listed] = other.wait(timeout=WAIT)
    assert listed.text.startswith("The newest stories")
