"""What the buttons below a message do."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.answer import Answer
from bot.chat.admins import ADMINS_ONLY, may_manage
from bot.chat.channels import Channels
from bot.chat.commands import Commands
from bot.chat.questions import Questions
from bot.chat.settings_menu import SettingsMenu
from bot.chat.stories import Stories
from bot.chat.subscribing import Subscribing
from bot.language import N_, _, isolated
from bot.records import Records, StoredTurn
from bot.transport.sending import Place, Sender
from bot.updates.outbox import Outbox
from bot.updates.subscriptions import Subscriptions
from bot.wording.answer_text import render_more
from bot.wording.keyboards import Press, below_answer, below_story, read_press
from bot.wording.rendering import line_of, render_articles
from ingest import Newsroom

_DIALOGUE = frozenset({"choose", "save", "drop", "looser", "stricter", "unsub"})
MAX_TOLD = 200
"""Telegram's limit for what is told to the one who presses a button."""
VOTES = {"up": 1, "down": -1}
THANKS = {1: N_("Thank you!"), -1: N_("Thank you, noted."), 0: N_("Taken back.")}
FORGOTTEN = N_("I have forgotten this answer. Please ask again.")


class Buttons:
    """Keeps votes, shows stories, hands on what belongs to a dialogue."""

    def __init__(
        self,
        newsroom: Newsroom,
        records: Records,
        sender: Sender,
        *,
        stories: Stories,
        questions: Questions,
        commands: Commands,
        subscribing: Subscribing,
        menu: SettingsMenu,
        channels: Channels,
        subscriptions: Subscriptions,
        outbox: Outbox,
    ) -> None:
        self._questions = questions
        self._commands = commands
        self._subscribing = subscribing
        self._menu = menu
        self._channels = channels
        self._subscriptions = subscriptions
        self._outbox = outbox
        self._newsroom = newsroom
        self._records = records
        self._sender = sender
        self._stories = stories

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is None:
            return
        press, message = read_press(query.data), query.message
        if press is None or not isinstance(message, Message):
            await _tell(query, _(FORGOTTEN))
        elif press.action in _DIALOGUE:
            await _tell(query, await self._subscribing.press(query, press, message))
        elif press.action == "do":
            await _tell(query, "")
            await self._do(press.value, update, message)
        elif press.action == "channel":
            await _tell(query, await self._channels.press(query, press, message))
        elif press.value:
            await _tell(query, await self._menu.press(query, press, message))
        elif press.action == "follow":
            follow = self._subscribing.follow_story
            await _tell(query, await follow(message, query.from_user, press.story_id))
        elif press.action == "less":
            await _tell(query, await self._less(query, press.number, message))
        elif press.story_id:
            await _tell(query, "")
            await self._stories.show(press.action, _below(message), press.story_id)
        else:
            await self._of_turn(query, press, message)

    async def _do(self, what: str, update: Update, message: Message) -> None:
        """A button that does what a command does."""
        if what == "today":
            await self._questions.brief(message, _below(message))
        elif what == "help":
            await self._commands.help(update, None)

    async def _of_turn(self, query: CallbackQuery, press: Press, message: Message) -> None:
        turn = await asyncio.to_thread(self._records.turn, press.number, message.chat.id)
        if turn is None:
            await _tell(query, _(FORGOTTEN))
        elif press.action == "more":
            await self._more(query, turn, message)
        elif press.action == "watch":
            watch = self._subscribing.watch
            await _tell(query, await watch(message, query.from_user, turn.question))
        else:
            await self._vote(query, turn, message, VOTES[press.action])

    async def _vote(
        self, query: CallbackQuery, turn: StoredTurn, message: Message, vote: int
    ) -> None:
        holds = await asyncio.to_thread(self._records.vote, turn.id, query.from_user.id, vote)
        await _tell(query, _(THANKS[holds]))
        if message.chat.type == ChatType.PRIVATE:  # in a group, one person's mark misleads others
            keyboard = below_answer(turn.id, holds)
            with suppress(BadRequest):  # the same keyboard, or a message that was deleted
                await message.edit_reply_markup(keyboard)

    async def _less(self, query: CallbackQuery, number: int, message: Message) -> str:
        """No more of this story, and its topic more strictly."""
        if not await may_manage(self._sender.bot, message, query.from_user):
            return _(ADMINS_ONLY)
        delivery = await asyncio.to_thread(self._outbox.get, number)
        if delivery is None or delivery.target.chat_id != message.chat.id:
            return _(FORGOTTEN)
        await asyncio.to_thread(self._subscriptions.mute, delivery.target, delivery.story_id)
        by = delivery.payload.get("subscription", 0)
        stricter = await asyncio.to_thread(self._subscriptions.stricter, by) if by else None
        if stricter is None:
            return _("No more of this story.")
        told = _("No more of this story; from now on more strictly: {topic}")
        return told.format(topic=isolated(line_of(stricter.text)[:80]))

    async def _more(self, query: CallbackQuery, turn: StoredTurn, message: Message) -> None:
        """What else answers, as far as it still stands; then the story, or what is near it."""
        answer = await asyncio.to_thread(self._standing, turn)
        if answer and answer.more:
            await _tell(query, "")
            story = await self._stories.of_articles(turn.articles)
            username, place = self._sender.bot.username, _below(message)
            private = place.private
            below = below_story("timeline", story.id, username, private=private) if story else None
            await self._sender.send(place, render_more(answer), below)
            return
        story = await self._stories.of_articles(turn.articles)
        if story and len(story.tellings) > 1:
            await _tell(query, "")
            await self._stories.send(_below(message), story)
            return
        found = [
            article
            for cited in turn.articles[:1]
            for article in await asyncio.to_thread(self._newsroom.related, cited)
        ]
        if not found:
            await _tell(query, _("We have no other article about this."))
            return
        await _tell(query, "")
        await self._sender.send(_below(message), render_articles(_("More from this story"), found))

    def _standing(self, turn: StoredTurn) -> Answer | None:
        """The answer of a turn, without further sentences that their articles no longer hold."""
        answer = self._records.answer_of(turn)
        if answer is None:
            return None
        holds = {c.n for c in answer.citations if self._newsroom.passage_of(c.article_id, c.quote)}
        more = tuple(sentence for sentence in answer.more if holds.issuperset(sentence.citations))
        return replace(answer, more=more)


def _below(message: Message) -> Place:
    """Where to answer a press: as a reply to the message with the button."""
    thread = message.message_thread_id if message.is_topic_message else None
    private = message.chat.type == ChatType.PRIVATE
    return Place(message.chat.id, thread, message.message_id, private)


async def _tell(query: CallbackQuery, text: str) -> None:
    """Answer a press; one that is too old to be answered needs no answer."""
    with suppress(BadRequest):
        await query.answer(text[:MAX_TOLD])
