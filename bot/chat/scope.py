"""Which story a reply is about: the one that the message before it told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from telegram import InlineKeyboardButton, Message, MessageOriginChannel

from bot.records import Records
from bot.updates.outbox import Outbox
from bot.wording.keyboards import ABOUT_STORY, FOLLOW_STORY, read_press
from ingest import Newsroom

_START = re.compile(rf"\?start=(?:{ABOUT_STORY}|{FOLLOW_STORY})([0-9a-f]{{10}})$")


@dataclass(frozen=True, slots=True)
class Told:
    """The ids of the articles of the stories that a message told; `headline` is the story's if it
    told of one alone, and "" if it answers a question, which says better what it is about."""

    headline: str = ""
    articles: tuple[str, ...] = ()


class Scope:
    """Reads messages of ours that people reply to. Calls SQL: use it from a worker thread."""

    def __init__(self, newsroom: Newsroom, records: Records, outbox: Outbox) -> None:
        self._newsroom = newsroom
        self._records = records
        self._outbox = outbox

    def story(self, replied: Message) -> str | None:
        """The story that a message of ours is about; "" if it has none, None if it is about none
        or about several (the list of the newest, a digest)."""
        stories = self._stories(replied)
        if len(stories) == 1:
            return stories.pop()
        turn = self._records.turn_at(replied.chat_id, replied.message_id)
        return self.story_of(turn.articles) if turn else None

    def told(self, replied: Message) -> Told:
        """What a message of ours told: a post, a digest, a list of stories, or an answer."""
        stories = self._stories(replied)
        turn = self._records.turn_at(replied.chat_id, replied.message_id)
        if turn and not stories:
            stories = set(filter(None, map(self._newsroom.story_of, turn.articles)))
        found = [story for name in sorted(stories) if (story := self._newsroom.story(name))]
        return Told(
            headline=found[0].headline if len(found) == 1 and not turn else "",
            articles=tuple(t.article.id for story in found for t in story.tellings),
        )

    def is_post(self, forwarded: Message) -> bool:
        """Whether a message that its channel forwarded here is a post of ours."""
        return bool(self._stories(forwarded))

    def _stories(self, replied: Message) -> set[str]:
        """The stories that a message's buttons name, or that the outbox told in it, or in the
        channel's post that it was forwarded from."""
        named = set(_named(replied))
        origin = replied.forward_origin
        chat_id, message_id = replied.chat_id, replied.message_id
        if replied.is_automatic_forward and isinstance(origin, MessageOriginChannel):
            chat_id, message_id = origin.chat.id, origin.message_id
        return named or self._outbox.stories_at(chat_id, message_id)

    def story_of(self, article_ids: Iterable[str]) -> str:
        """The story of the first of these articles that has one, or ""."""
        return next(filter(None, map(self._newsroom.story_of, article_ids)), "")


def _named(message: Message) -> Iterator[str]:
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    for button in (button for row in rows for button in row):
        story_id = _story_in(button)
        if story_id:
            yield story_id


def _story_in(button: InlineKeyboardButton) -> str:
    """The story that a button is about, by what it says or where it leads."""
    link = _START.search(button.url or "")
    press = read_press(str(button.callback_data))
    return link[1] if link else press.story_id if press else ""
