"""Stories: one in words, one as a picture over time, the newest ones; by command and by button."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from telegram import ForceReply, InlineKeyboardMarkup, Message, Update
from telegram.ext import ContextTypes

from bot.answering.ask import EMPTY
from bot.chat.questions import ABOUT, unfit
from bot.chat.scope import Scope
from bot.language import N_, _, isolated
from bot.transport.sending import Place, Sender
from bot.wording.keyboards import ABOUT_STORY, below_stories, below_story
from bot.wording.picture import timeline_picture
from bot.wording.rendering import clipped
from bot.wording.story_text import render_stories, render_story, render_timeline
from ingest import Newsroom, Story

NEWEST = 8
UNKNOWN = N_("I know no such story. /story shows the newest ones.")
NO_STORY = N_(
    "That answer names no article, so I know no story for it. Try /story and a word or two."
)
HOW = N_("Write what the story is about after it, like this: /{command} ferry")


class Stories:
    """/story and /timeline, and the buttons that do the same."""

    def __init__(self, newsroom: Newsroom, scope: Scope, sender: Sender) -> None:
        self._newsroom = newsroom
        self._scope = scope
        self._sender = sender
        self._ways: dict[str, Callable[[Place, Story], Awaitable[None]]] = {
            "story": self.send,
            "timeline": self._draw,
            "about": self._ask_about,
        }

    async def story(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/story and some words; or as a reply to an answer; or alone, for the newest."""
        if update.effective_message:
            await self._command("story", update.effective_message, context.args)

    async def timeline(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/timeline, understood as /story is."""
        if update.effective_message:
            await self._command("timeline", update.effective_message, context.args)

    async def begin(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/start with a story, from the button below a post in a group or channel."""
        if update.effective_message and context.args:
            story_id = context.args[0].removeprefix(ABOUT_STORY)
            await self.show("about", Place.of(update.effective_message), story_id)

    async def show(self, way: str, place: Place, story_id: str) -> None:
        """Show a story as `way` says ("story" or "timeline"); a kind sentence if there is none."""
        async with self._sender.typing(place):
            story = await asyncio.to_thread(self._newsroom.story, story_id)
            if story is None:
                await self._sender.say(place, _(UNKNOWN))
            else:
                await self._ways[way](place, story)

    async def of_articles(self, article_ids: Iterable[str]) -> Story | None:
        """The story of the first of these articles that has one, with its facts."""
        story_id = await asyncio.to_thread(self._scope.story_of, article_ids)
        return await asyncio.to_thread(self._newsroom.story, story_id) if story_id else None

    async def send(self, place: Place, story: Story) -> None:
        """Tell a story in words."""
        keyboard = self._below("timeline", place, story)
        await self._sender.send(place, render_story(story), keyboard)

    async def _ask_about(self, place: Place, story: Story) -> None:
        """Invite a question about a story; a reply to this message is one."""
        said = _(ABOUT).format(headline=isolated(clipped(story.headline, 120)))
        await self._sender.ask(place, said, ForceReply(selective=True))

    def _below(self, other: str, place: Place, story: Story) -> InlineKeyboardMarkup:
        return below_story(other, story.id, self._sender.bot.username, private=place.private)

    async def _draw(self, place: Place, story: Story) -> None:
        picture = await asyncio.to_thread(timeline_picture, story)
        caption, below = render_timeline(story)
        keyboard = self._below("story", place, story)
        await self._sender.send_photo(place, picture, caption, None if below else keyboard)
        await self._sender.send(place, below, keyboard)

    async def _command(self, way: str, message: Message, args: list[str] | None) -> None:
        place, words, replied = Place.of(message), " ".join(args or []), message.reply_to_message
        if words:
            await self._search(way, place, words)
            return
        story_id = await asyncio.to_thread(self._scope.story, replied) if replied else None
        if story_id:
            await self.show(way, place, story_id)
        elif story_id is None:
            await self._list(way, place)
        else:
            await self._sender.say(place, _(NO_STORY))

    async def _search(self, way: str, place: Place, words: str) -> None:
        if unfit(words):
            await self._sender.say(place, _(HOW).format(command=way))
            return
        async with self._sender.typing(place):
            found = await asyncio.to_thread(self._newsroom.find_stories, words, 1)
        if found:
            await self.show(way, place, found[0].id)
        else:
            await self._sender.say(place, _(UNKNOWN))

    async def _list(self, way: str, place: Place) -> None:
        newest = await asyncio.to_thread(self._newsroom.stories, NEWEST)
        if not newest:
            await self._sender.say(place, _(EMPTY))
            return
        keyboard = below_stories(way, [story.id for story in newest])
        await self._sender.send(place, render_stories(_("The newest stories"), newest), keyboard)
