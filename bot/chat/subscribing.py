"""/subscribe, /subscriptions, /watchlist: what comes by itself, set up in a dialogue."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from telegram import CallbackQuery, ForceReply, Message, Update, User
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.chat.admins import may_manage
from bot.subscription import STRICTEST, Kind, Subscription, Target
from bot.transport.sending import Place, Sender
from bot.updates.keywords import looks_like_keywords, parse
from bot.updates.match import Matcher
from bot.updates.subscriptions import MAX_SUBSCRIPTIONS, Subscriptions, TooManyError
from bot.wording.keyboards import PER_ROW, Press, choices
from bot.wording.rendering import Text, pack, words
from bot.wording.updates_text import (
    name_of,
    preview_buttons,
    render_preview,
    render_subscriptions,
)
from ingest import Newsroom, SourceError, Story

MAX_TEXT = 200
PREVIEW_DAYS = 7
PATIENCE = timedelta(hours=1)
ADMINS_ONLY = "In a group, only its admins can change what comes here."
GUIDE = "What shall come here by itself?"
ASKED = {
    Kind.TOPIC: "Write the topic in your own words, for example: ceasefire talks",
    Kind.KEYWORDS: 'Write the words, for example: hostages -football "prisoner swap"',
    Kind.SOURCE: "Write the publisher's name, as /sources shows it.",
    Kind.FEED: "Write the feed's address.",
    Kind.QUESTION: "Write your question. I answer as soon as our articles do.",
}
LABELS = (
    (("A topic", Kind.TOPIC), ("Keywords", Kind.KEYWORDS)),
    (("A source", Kind.SOURCE), ("A feed", Kind.FEED)),
    (("A question", Kind.QUESTION), ("Everything", Kind.EVERYTHING)),
)
NONE = "Nothing comes here by itself yet. /subscribe sets something up."
FULL = (
    f"This chat follows {MAX_SUBSCRIPTIONS} things already, which is as many as I can keep for it. "
    "/subscriptions lets you remove some."
)
OLD = "That was a while ago, and I have forgotten it. Please begin again with /subscribe."


class Subscribing:
    """The dialogue. What is begun is kept in SQL, so that it survives a restart."""

    def __init__(self, newsroom: Newsroom, subscriptions: Subscriptions, sender: Sender) -> None:
        self._newsroom = newsroom
        self._subscriptions = subscriptions
        self._sender = sender

    # ── commands ──

    async def subscribe(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/subscribe and words; or alone, for the guided way."""
        message, user = update.effective_message, update.effective_user
        if message is None or user is None or not await self._allowed(message):
            return
        text = (message.text or "").partition(" ")[2].strip() if context.args else ""
        if text:
            await self._propose(message, user, text, None)
            return
        await asyncio.to_thread(self._begin, message, user, "choose", {})
        rows = [[(label, f"choose:{kind}") for label, kind in row] for row in LABELS]
        await self._sender.ask(Place.of(message), GUIDE, choices(rows))

    async def overview(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/subscriptions and /unsubscribe: what comes here, with a button to end each."""
        if update.effective_message:
            found = await asyncio.to_thread(
                self._subscriptions.of_chat, update.effective_message.chat_id
            )
            await self._show(update.effective_message, found, None)

    async def watchlist(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/watchlist: all that a person follows, everywhere; in private alone."""
        message, user = update.effective_message, update.effective_user
        if message is None or user is None:
            return
        if message.chat.type != ChatType.PRIVATE:
            name = self._sender.bot.username
            await self._sender.say(Place.of(message), f"Ask me in private: t.me/{name}")
            return
        found = await asyncio.to_thread(self._subscriptions.of_person, user.id)
        found.sort(key=lambda s: (s.target.chat_id != user.id, s.target.chat_id, s.id))
        titles = await asyncio.to_thread(self._subscriptions.titles)
        await self._show(message, found, {**titles, user.id: "This chat"})

    async def follow_story(self, message: Message, user: User, story_id: str) -> str:
        """Follow a story here, or, for those who may not, in their private chat; what to say."""
        story = await asyncio.to_thread(self._newsroom.story, story_id)
        if story is None:
            return "I know no such story any more."
        here = await may_manage(self._sender.bot, message, user)
        target = target_of(message) if here else Target(user.id)
        subscription = Subscription(
            target, Kind.STORY, story.headline[:MAX_TEXT], story.id, created_by=user.id
        )
        try:
            await asyncio.to_thread(self._subscriptions.add, subscription)
        except TooManyError:
            return FULL
        return "Following. What is new comes here." if here else "Following, in your own chat."

    async def watch(self, message: Message, user: User, question: str) -> str:
        """Let a refused question wait for its answer; what to say."""
        if not await may_manage(self._sender.bot, message, user):
            return ADMINS_ONLY
        replied = message.reply_to_message
        subscription = replace(
            await self._meant(target_of(message), user, Kind.QUESTION, question),
            once=True,
            message_id=replied.message_id if replied else message.message_id,
        )
        try:
            await asyncio.to_thread(self._subscriptions.add, subscription)
        except TooManyError:
            return FULL
        return "I will write here when our articles answer this."

    # ── the dialogue ──

    async def take(self, message: Message) -> bool:
        """Take a plain message as the next step of what its writer has begun; False if it is
        none."""
        user = message.from_user
        if user is None or not message.text:
            return False
        begun = await asyncio.to_thread(self._subscriptions.begun, message.chat_id, user.id)
        if begun is None or begun.step != "text" or begun.at < datetime.now(UTC) - PATIENCE:
            return False
        await self._propose(message, user, message.text, Kind(begun.data["kind"]))
        return True

    async def press(self, query: CallbackQuery, press: Press, message: Message) -> str:
        """A button of the dialogue or of a list; what to tell the one who pressed it."""
        if not await may_manage(self._sender.bot, message, query.from_user):
            return ADMINS_ONLY
        if press.action == "unsub":
            return await self._remove(message, press.turn_id)
        if press.action == "choose":
            return await self._chosen(message, query.from_user, Kind(press.value))
        draft = await asyncio.to_thread(self._subscriptions.draft, press.turn_id)
        if draft is None or draft.chat_id != message.chat.id:
            return OLD
        return await self._decide(press.action, query.from_user, message, draft)

    async def _decide(self, action: str, user: User, message: Message, draft: Any) -> str:
        """Save a draft, drop it, or show it looser or stricter."""
        if action == "drop":
            await asyncio.to_thread(self._subscriptions.finish, draft.id)
            await self._sender.edit(message, *_said("Nothing was changed."))
            return ""
        if action == "save":
            return await self._save(message, user, draft)
        step = 1 if action == "stricter" else -1
        level = max(-STRICTEST, min(STRICTEST, draft.data["strictness"] + step))
        data = {**draft.data, "strictness": level}
        await asyncio.to_thread(self._subscriptions.go_on, draft.id, "preview", data)
        await self._preview(message, user, draft.id, data, edit=True)
        return ""

    async def _chosen(self, message: Message, user: User, kind: Kind) -> str:
        if kind is Kind.EVERYTHING:
            await self._propose(message, user, "everything", kind)
            return ""
        await asyncio.to_thread(self._begin, message, user, "text", {"kind": kind})
        await self._sender.ask(Place.of(message), ASKED[kind], ForceReply(selective=True))
        return ""

    async def _propose(self, message: Message, user: User, text: str, kind: Kind | None) -> None:
        """Show what a subscription would bring, to be saved or not."""
        text = " ".join(text.split())
        try:
            checked = fit(text)
            if kind is None:
                kind = await asyncio.to_thread(self._guess, checked)
            meant = await self._meant(target_of(message), user, kind, checked)
        except (ValueError, SourceError) as error:
            await self._sender.say(Place.of(message), str(error))
            return
        data = {"kind": meant.kind, "text": meant.text, "key": meant.key, "strictness": 0}
        data["thread"] = meant.target.thread_id
        draft = await asyncio.to_thread(self._begin, message, user, "preview", data)
        await self._preview(message, user, draft, data, edit=False)

    async def _preview(
        self, message: Message, user: User, draft: int, data: dict[str, Any], *, edit: bool
    ) -> None:
        meant = await self._from(message, user, data)
        stories = await asyncio.to_thread(self._lately, meant)
        text = render_preview(meant, stories, PREVIEW_DAYS)
        keyboard = choices(preview_buttons(meant, draft))
        if edit:
            await self._sender.edit(message, text, keyboard)
        else:
            await self._sender.send(Place.of(message), [text], keyboard)

    async def _save(self, message: Message, user: User, draft: Any) -> str:
        meant = await self._from(message, user, draft.data)
        if not await asyncio.to_thread(self._subscriptions.finish, draft.id):
            return OLD
        try:
            await asyncio.to_thread(self._subscriptions.add, meant)
        except TooManyError:
            await self._sender.edit(message, *_said(FULL))
            return ""
        done = f"✓ {name_of(meant)}\n\nNew stories come here by themselves. /settings says when."
        await self._sender.edit(message, *_said(done))
        return ""

    async def _remove(self, message: Message, number: int) -> str:
        gone = await asyncio.to_thread(self._subscriptions.remove, number, message.chat.id)
        if gone is None:  # another chat's, from a watchlist: only the one who set it up may
            gone = await asyncio.to_thread(self._subscriptions.remove_own, number, message.chat.id)
        return f"Removed: {name_of(gone)}"[:200] if gone else "That was removed already."

    async def _show(
        self, message: Message, found: list[Subscription], titles: dict[int, str] | None
    ) -> None:
        if not found:
            await self._sender.say(Place.of(message), NONE)
            return
        buttons = [(f"✕ {n}", f"unsub:{s.id}") for n, s in enumerate(found, 1)]
        rows = [buttons[at : at + PER_ROW] for at in range(0, len(buttons), PER_ROW)]
        await self._sender.send(
            Place.of(message), render_subscriptions(found, titles), choices(rows)
        )

    # ── what is meant ──

    def _guess(self, text: str) -> Kind:
        """The kind that someone who typed this after /subscribe means."""
        if text.lower() in {"everything", "all"}:
            return Kind.EVERYTHING
        if text.endswith("?"):
            return Kind.QUESTION
        if text.startswith(("http://", "https://")):
            return Kind.FEED
        if looks_like_keywords(text):
            return Kind.KEYWORDS
        known = {source.name.casefold() for source in self._newsroom.sources()}
        return Kind.SOURCE if text.casefold() in known else Kind.TOPIC

    async def _meant(self, target: Target, user: User, kind: Kind, text: str) -> Subscription:
        """The subscription that `text` means; ValueError or SourceError says what is wrong."""
        return await asyncio.to_thread(self._made, target, user.id, kind, text)

    def _made(self, target: Target, user_id: int, kind: Kind, text: str) -> Subscription:
        made = Subscription(target, kind, text, created_by=user_id)
        if kind is Kind.KEYWORDS:
            parse(text)
        elif kind is Kind.SOURCE:
            names = {source.name.casefold(): source.name for source in self._newsroom.sources()}
            if text.casefold() not in names:
                raise ValueError(f"We have no articles of “{text}”. /sources shows whose we have.")
            return replace(made, text=names[text.casefold()], key=text.casefold())
        elif kind is Kind.FEED:
            feed = self._newsroom.feeds.find(text)
            return replace(made, text=(feed.title or feed.url)[:MAX_TEXT], key=str(feed.id))
        elif kind in {Kind.TOPIC, Kind.QUESTION}:
            vector = self._newsroom.embeddings.embed_query(text)
            return replace(made, vector=np.asarray(vector, dtype=np.float32))
        return made

    async def _from(self, message: Message, user: User, data: dict[str, Any]) -> Subscription:
        """The subscription that a draft describes."""
        target = Target(message.chat.id, data["thread"])
        kind = Kind(data["kind"])
        if kind is Kind.FEED:
            return Subscription(target, kind, data["text"], data["key"], created_by=user.id)
        meant = await self._meant(target, user, kind, data["text"])
        return replace(meant, strictness=data["strictness"])

    def _lately(self, subscription: Subscription) -> list[Story]:
        """The stories of the last days that it matches, newest first."""
        if subscription.kind is Kind.QUESTION:
            return []
        since = datetime.now(UTC) - timedelta(days=PREVIEW_DAYS)
        matcher = Matcher([subscription])
        news = self._newsroom.news_since(since)
        ids = dict.fromkeys(item.story_id for item in reversed(news) if matcher.match(item))
        return self._newsroom.stories_with(list(ids))

    def _begin(self, message: Message, user: User, step: str, data: dict[str, Any]) -> int:
        now = datetime.now(UTC)
        return self._subscriptions.begin(message.chat.id, user.id, step, data, now)

    async def _allowed(self, message: Message) -> bool:
        if await may_manage(self._sender.bot, message):
            return True
        await self._sender.say(Place.of(message), ADMINS_ONLY)
        return False


def fit(text: str) -> str:
    """The text, if a subscription can be made of it; ValueError says what to change."""
    if len(text) > MAX_TEXT:
        raise ValueError(f"That is a long one. Please put it in at most {MAX_TEXT} characters.")
    if not any(map(str.isalnum, text)):
        raise ValueError("Please write in words what it is about.")
    return text


def target_of(message: Message) -> Target:
    """The chat or the topic that a message is in."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Target(message.chat.id, thread or 0)


def _said(text: str) -> tuple[Text, None]:
    return pack([words(text)])[0], None
