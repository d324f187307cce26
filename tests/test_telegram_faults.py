"""What goes wrong with Telegram, and what the real bot process makes of it."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import bot_process
from tests.support.llm import LLMServer, Script
from tests.support.telegram import TelegramServer

WAIT = 60.0
QUESTION = "Who is Clara Wendt?"


@pytest.fixture
def data(sample_dir: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sample_dir, tmp_path / "data")


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


def test_faults_of_telegram_cost_no_answer_and_send_none_twice(
    server: TelegramServer, data: Path
) -> None:
    """429 waits and holds up no other chat; refused markup goes plain; a duplicate is one."""
    ada, ben = server.person("Ada"), server.person("Ben")
    slow, quick = server.private_chat(ada), server.private_chat(ben)
    with bot_process(server, data):
        server.fail_next("sendMessage", 429, "Too Many Requests", retry_after=4, chat_id=slow.id)
        slow.say(ada, QUESTION)
        server.wait_for(lambda: any(not call.ok for call in server.calls_of("sendMessage")), WAIT)
        quick.say(ben, "/help")
        quick.wait(timeout=WAIT)
        assert slow.answers == [], "the other chat was served while this one waits"
        assert "Clara Wendt" in slow.wait(timeout=WAIT)[0].text

        refusal = "Bad Request: can't parse entities: Unsupported start tag"
        server.fail_next("sendMessage", 400, refusal, chat_id=quick.id)
        quick.say(ben, QUESTION)
        [plain] = quick.wait(timeout=WAIT)
        assert "Clara Wendt" in plain.text
        assert plain.entities == [] or not plain.links

        asked = quick.say(ben, "/about")
        quick.wait(timeout=WAIT)
        assert asked.update_id is not None
        server.deliver_again(asked.update_id)
        quick.say(ben, "/help")
        assert "Ask in plain words" in quick.wait(timeout=WAIT)[0].text


def test_who_blocked_the_bot_is_left_alone(server: TelegramServer, data: Path) -> None:
    """403 is noted without a trace in the log, and the bot serves the others."""
    ada, ben = server.person("Ada"), server.person("Ben")
    gone, here = server.private_chat(ada), server.private_chat(ben)
    with bot_process(server, data):
        gone.say(ada, QUESTION)
        gone.bot_removed(ada)
        here.say(ben, "/help")
        here.wait(timeout=WAIT)
        server.wait_until_read(WAIT)
    assert "Traceback" not in (data / "bot.log").read_text()


def test_what_arrived_while_it_was_away_is_answered_once(
    server: TelegramServer, data: Path
) -> None:
    """Questions sent before the start, and one cut off by SIGKILL, are each answered once."""
    ada = server.person("Ada")
    chat = server.private_chat(ada)
    with LLMServer() as llm:
        llm.play(Script("A long", stalls=True))
        model = {"LLM_MODEL": "openai:test", "LLM_BASE_URL": llm.url}
        with bot_process(server, data, **model) as process:
            chat.say(ada, QUESTION)
            server.wait_until_read(WAIT)
            server.wait_for(lambda: bool(server.calls_of("sendChatAction")), WAIT)
            process.send_signal(signal.SIGKILL)
            process.wait()
    assert chat.answers == []
    chat.say(ada, "/about")
    with bot_process(server, data):
        answers = chat.wait(2, timeout=WAIT)
        chat.say(ada, "/help")
        chat.wait(timeout=WAIT)
    texts = [answer.text for answer in answers]
    assert sum("Clara Wendt" in text for text in texts) == 1
    assert sum("Articles here: 12." in text for text in texts) == 1
    assert len(chat.answers) == 3


def test_an_answer_is_seen_while_it_is_written(server: TelegramServer, data: Path) -> None:
    """Drafts in a private chat, edits of one message in a group; then the whole text, once."""
    ada = server.person("Ada")
    chat = server.private_chat(ada)
    group = server.group("Sky", [ada])
    text = "Clara Wendt noticed a faint smudge on three images [1]. "
    with LLMServer() as llm:
        llm.play(Script(text * 3 + "Clara Wendt is an astronomer on the night shift [1]."))
        model = {"LLM_MODEL": "openai:test", "LLM_BASE_URL": llm.url}
        with bot_process(server, data, **model):
            chat.say(ada, "Who discovered the comet?")
            [answer] = chat.wait(timeout=WAIT)
            group.say(ada, "/ask Who discovered the comet?")
            final = group.wait_for(lambda message: bool(message.buttons), WAIT)
    assert chat.drafts
    assert all(answer.text.startswith(draft.text.rstrip(" …")[:20]) for draft in chat.drafts)
    assert "\n\n[1] " in answer.text
    assert len(chat.answers) == len(group.answers) == 1
    assert final.edits >= 1


def test_the_token_is_in_no_log(server: TelegramServer, data: Path) -> None:
    """Also when everything is logged and calls fail."""
    ada = server.person("Ada")
    chat = server.private_chat(ada)
    server.fail_next("sendMessage", 500, "Internal Server Error")
    with bot_process(server, data, LOG_LEVEL="DEBUG"):
        chat.say(ada, "/help")
        server.wait_for(lambda: bool(server.calls_of("sendMessage")), WAIT)
        chat.say(ada, "/about")
        chat.wait(timeout=WAIT)
    assert server.token not in (data / "bot.log").read_text()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"TELEGRAM_BOT_TOKEN": ""}, "TELEGRAM_BOT_TOKEN is not set"),
        ({"TELEGRAM_BOT_TOKEN": "1:wrong"}, "does not know this TELEGRAM_BOT_TOKEN"),
        ({"TELEGRAM_ADMINS": "me"}, "TELEGRAM_ADMINS='me' is wrong"),
    ],
)
def test_a_wrong_setup_is_told_in_a_line(
    server: TelegramServer, data: Path, settings: dict[str, str], words: str
) -> None:
    """The setting is named, and what to do; no trace, and the exit code is not 0."""
    with bot_process(server, data, **settings) as process:
        assert process.wait(WAIT) in {1, 2}
    log = (data / "bot.log").read_text()
    assert words in log
    assert "Traceback" not in log
