"""/subscribe, /subscriptions, /watchlist: what comes by itself, set up in a dialogue."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import CallbackQuery, ForceReply, Message, Update, User
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.chat.admins import ADMINS_ONLY, may_manage, rules, target_of
from bot.language import N_, _, current
from bot.subscription import STRICTEST, Kind, Subscription, Target
from bot.transport.sending import Place, Sender
from bot.updates.proposal import MAX_TEXT, PREVIEW_DAYS, Proposals
from bot.updates.subscriptions import MAX_SUBSCRIPTIONS, Subscriptions, TooManyError
from bot.wording.keyboards import FOLLOW_STORY, PER_ROW, Press, choices
from bot.wording.rendering import Text, pack, words
from bot.wording.updates_text import (
    name_of,
    preview_buttons,
    render_preview,
    render_subscriptions,
)
from ingest import Newsroom

PATIENCE = timedelta(hours=1)
GUIDE = N_("What shall come by itself?")
ASKED = {
    Kind.TOPIC: N_("Write the topic in your own words, for example: ceasefire talks"),
    Kind.KEYWORDS: N_('Write the words, for example: hostages -football "prisoner swap"'),
    Kind.SOURCE: N_("Write the publisher's name, as /sources shows it."),
    Kind.FEED: N_("Write the feed's address."),
    Kind.QUESTION: N_("Write your question. I answer as soon as our articles do."),
}
LABELS = (
    ((N_("A topic"), Kind.TOPIC), (N_("Keywords"), Kind.KEYWORDS)),
    ((N_("A source"), Kind.SOURCE), (N_("A feed"), Kind.FEED)),
    ((N_("A question"), Kind.QUESTION), (N_("Everything"), Kind.EVERYTHING)),
    ((N_("The day's news, once a day"), Kind.BRIEFING),),
)
HOUR_ROWS = (("6", "7", "8", "9"), ("12", "17", "19", "21"))
HOURS = frozenset(hour for row in HOUR_ROWS for hour in row)
AT_WHICH_HOUR = N_("The day's news, each day at which hour?")
EACH_DAY = N_(
    "The day's news comes each day at {hour} ({zone}). /settings changes the time zone, "
    "/subscriptions ends it."
)
NONE = N_("Nothing comes here by itself yet. /subscribe sets something up.")
FULL = N_(
    "As many things are followed here already ({most}) as I can keep. "
    "/subscriptions lets you remove some."
)
OLD = N_("That was a while ago, and I have forgotten it. Please begin again with /subscribe.")
UNKNOWN_STORY = N_("I know no such story any more.")


class Subscribing:
    """The dialogue. What is begun is kept in SQL, so that it survives a restart. It may be about
    another chat than the one it is held in: a channel, from its admin's private chat."""

    def __init__(self, newsroom: Newsroom, subscriptions: Subscriptions, sender: Sender) -> None:
        self._newsroom = newsroom
        self._proposals = Proposals(newsroom)
        self._subscriptions = subscriptions
        self._sender = sender

    # ── commands ──

    async def subscribe(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/subscribe and words; or alone, for the guided way."""
        message, user = update.effective_message, update.effective_user
        if message is None or user is None:
            return
        if not await may_manage(self._sender.bot, message):
            await self._sender.say(Place.of(message), _(ADMINS_ONLY))
            return
        text = (message.text or "").partition(" ")[2].strip() if context.args else ""
        if text:
            await self._propose(message, user, target_of(message), text, None)
        else:
            await self.guide(message)

    async def guide(self, message: Message, chat_id: int = 0) -> None:
        """Ask what kind of subscription it shall be, for this chat or another one."""
        rows = [[(_(label), f"choose:{kind}") for label, kind in row] for row in LABELS]
        await self._sender.ask(Place.of(message), _(GUIDE), choices(rows, chat_id))

    async def overview(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/subscriptions and /unsubscribe: what comes here, with a button to end each."""
        message = update.effective_message
        if message:
            found = await asyncio.to_thread(self._subscriptions.of_chat, message.chat_id)
            await self._show(message, found, None)

    async def show_ending(self, message: Message) -> bool:
        """Show what comes here, each with a button to end it; False if nothing does."""
        found = await asyncio.to_thread(self._subscriptions.of_chat, message.chat_id)
        if found:
            await self._show(message, found, None)
        return bool(found)

    async def watchlist(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/watchlist: all that a person follows, everywhere; in private alone."""
        message, user = update.effective_message, update.effective_user
        if message is None or user is None:
            return
        if message.chat.type != ChatType.PRIVATE:
            said = _("Ask me in private: {link}")
            name = self._sender.bot.username
            await self._sender.say(Place.of(message), said.format(link=f"t.me/{name}"))
            return
        found = await asyncio.to_thread(self._subscriptions.of_person, user.id)
        found.sort(key=lambda s: (s.target.chat_id != user.id, s.target.chat_id, s.id))
        titles = await asyncio.to_thread(self._subscriptions.titles)
        await self._show(message, found, {**titles, user.id: _("This chat")})

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/start with a story to follow, from the button of a message in a group or channel."""
        message, user = update.effective_message, update.effective_user
        if message and user and context.args:
            story_id = context.args[0].removeprefix(FOLLOW_STORY)
            await self._sender.say(
                Place.of(message), await self.follow_story(message, user, story_id)
            )

    async def follow_story(self, message: Message, user: User, story_id: str) -> str:
        """Follow a story here; what to say."""
        if not await may_manage(self._sender.bot, message, user):
            return _(ADMINS_ONLY)
        story = await asyncio.to_thread(self._newsroom.story, story_id)
        if story is None:
            return _(UNKNOWN_STORY)
        headline = story.headline[:MAX_TEXT]
        subscription = Subscription(
            target_of(message), Kind.STORY, headline, story.id, created_by=user.id
        )
        return await self._keep(subscription, _("Following. What is new comes here."))

    async def watch(self, message: Message, user: User, question: str) -> str:
        """Let a refused question wait for its answer; what to say."""
        if not await may_manage(self._sender.bot, message, user):
            return _(ADMINS_ONLY)
        replied = message.reply_to_message
        read = self._proposals.of_kind
        target, kind = target_of(message), Kind.QUESTION
        subscription = replace(
            await asyncio.to_thread(read, target, user.id, kind, question[:MAX_TEXT]),
            once=True,
            message_id=replied.message_id if replied else message.message_id,
        )
        return await self._keep(subscription, _("I will write here when our articles answer this."))

    async def _keep(self, subscription: Subscription, done: str) -> str:
        """Keep a subscription; `done`, or why not."""
        try:
            await asyncio.to_thread(self._subscriptions.add, subscription, current())
        except TooManyError:
            return _(FULL).format(most=MAX_SUBSCRIPTIONS)
        return done

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
        data = begun.data
        await self._propose(message, user, _target(data), message.text, Kind(data["kind"]))
        return True

    async def press(self, query: CallbackQuery, press: Press, message: Message) -> str:
        """A button of the dialogue or of a list; what to tell the one who pressed it."""
        user = query.from_user
        if press.action == "unsub":
            return await self._remove(user, press.number)
        if press.action == "choose":
            return await self._choice(user, press, message)
        draft = await asyncio.to_thread(self._subscriptions.draft, press.number)
        if draft is None or draft.chat_id != message.chat.id:
            return _(OLD)
        target = _target(draft.data)
        if not await may_manage(self._sender.bot, message, user, target.chat_id):
            return _(ADMINS_ONLY)
        return await self._decide(press.action, user, message, draft)

    async def _choice(self, user: User, press: Press, message: Message) -> str:
        """A kind of subscription was chosen, or the hour of a briefing."""
        target = Target(press.chat_id) if press.chat_id else target_of(message)
        if not await may_manage(self._sender.bot, message, user, target.chat_id):
            return _(ADMINS_ONLY)
        kind, _colon, value = press.value.partition(":")
        if kind == Kind.BRIEFING:
            return await self._briefing(message, user, target, value)
        return await self._chosen(message, user, target, Kind(kind))

    async def _decide(self, action: str, user: User, message: Message, draft: Any) -> str:
        """Save a draft, drop it, or show it looser or stricter."""
        if action == "drop":
            await asyncio.to_thread(self._subscriptions.finish, draft.id)
            await self._sender.edit(message, _said(_("Nothing was changed.")))
            return ""
        if action == "save":
            return await self._save(message, user, draft)
        step = 1 if action == "stricter" else -1
        level = max(-STRICTEST, min(STRICTEST, draft.data["strictness"] + step))
        data = {**draft.data, "strictness": level}
        await asyncio.to_thread(self._subscriptions.go_on, draft.id, "preview", data)
        await self._preview(message, self._drafted(user, data), draft.id, edit=True)
        return ""

    async def _chosen(self, message: Message, user: User, target: Target, kind: Kind) -> str:
        if kind is Kind.EVERYTHING:
            await self._propose(message, user, target, str(kind), kind)
            return ""
        data = {"kind": kind, **asdict(target)}
        await asyncio.to_thread(self._begin, message, user, "text", data)
        await self._sender.ask(Place.of(message), _(ASKED[kind]), ForceReply(selective=True))
        return ""

    async def _briefing(self, message: Message, user: User, target: Target, hour: str) -> str:
        """Ask for the hour of a daily briefing, or keep it; what to tell the one who pressed."""
        chat = target.chat_id if target.chat_id != message.chat_id else 0
        if hour not in HOURS:
            rows = [[(f"{h}:00", f"choose:{Kind.BRIEFING}:{h}") for h in row] for row in HOUR_ROWS]
            await self._sender.ask(Place.of(message), _(AT_WHICH_HOUR), choices(rows, chat))
            return ""
        for former in await asyncio.to_thread(self._subscriptions.of_chat, target.chat_id):
            if former.kind is Kind.BRIEFING and former.target == target:
                await asyncio.to_thread(self._subscriptions.remove, former.id)
        meant = Subscription(target, Kind.BRIEFING, str(Kind.BRIEFING), hour, created_by=user.id)
        wishes = await asyncio.to_thread(self._subscriptions.settings, target.chat_id)
        done = _(EACH_DAY).format(hour=f"{hour}:00", zone=wishes.timezone)
        await self._sender.edit(message, _said(await self._keep(meant, done)))
        return ""

    async def _propose(
        self, message: Message, user: User, target: Target, text: str, kind: Kind | None
    ) -> None:
        """Show what a subscription would bring, to be saved or not."""
        try:
            meant = await asyncio.to_thread(self._proposals.read, target, user.id, text, kind)
        except ValueError as error:
            await self._sender.say(Place.of(message), str(error))
            return
        data = {"kind": meant.kind, "text": meant.text, "key": meant.key, "strictness": 0}
        draft = await asyncio.to_thread(
            self._begin, message, user, "preview", {**data, **asdict(target)}
        )
        await self._preview(message, meant, draft, edit=False)

    async def _preview(
        self, message: Message, meant: Subscription, draft: int, *, edit: bool
    ) -> None:
        if meant.vector is None and meant.kind in {Kind.TOPIC, Kind.QUESTION}:
            meant = await asyncio.to_thread(self._embedded, meant)
        stories = await asyncio.to_thread(self._proposals.lately, meant)
        text = render_preview(meant, stories, PREVIEW_DAYS)
        keyboard = choices(preview_buttons(meant, draft))
        if edit:
            await self._sender.edit(message, text, keyboard)
        else:
            await self._sender.send(Place.of(message), [text], keyboard)

    async def _save(self, message: Message, user: User, draft: Any) -> str:
        meant = await asyncio.to_thread(self._embedded, self._drafted(user, draft.data))
        if not await asyncio.to_thread(self._subscriptions.finish, draft.id):
            return _(OLD)
        done = _("New stories come by themselves now. /settings says when.")
        told = await self._keep(meant, f"✓ {name_of(meant)}\n\n{done}")
        await self._sender.edit(message, _said(told))
        return ""

    async def _remove(self, user: User, number: int) -> str:
        """End a subscription, for those who manage its chat or have set it up."""
        found = await asyncio.to_thread(self._subscriptions.get, number)
        if found is None:
            return _("That was removed already.")
        chat = found.target.chat_id
        if found.created_by != user.id and not await rules(self._sender.bot, user.id, chat):
            return _(ADMINS_ONLY)
        await asyncio.to_thread(self._subscriptions.remove, number)
        return _("Removed: {name}").format(name=name_of(found))

    async def _show(
        self, message: Message, found: list[Subscription], titles: dict[int, str] | None
    ) -> None:
        if not found:
            await self._sender.say(Place.of(message), _(NONE))
            return
        texts = render_subscriptions(found, titles)
        await self._sender.send(Place.of(message), texts, choices(ending(found)))

    # ── what is meant ──

    def _drafted(self, user: User, data: dict[str, Any]) -> Subscription:
        """The subscription that a draft describes, its embedding left out."""
        return Subscription(
            _target(data),
            Kind(data["kind"]),
            data["text"],
            data["key"],
            data["strictness"],
            created_by=user.id,
        )

    def _embedded(self, meant: Subscription) -> Subscription:
        if meant.kind not in {Kind.TOPIC, Kind.QUESTION}:
            return meant
        read = self._proposals.of_kind(meant.target, meant.created_by, meant.kind, meant.text)
        return replace(meant, vector=read.vector)

    def _begin(self, message: Message, user: User, step: str, data: dict[str, Any]) -> int:
        now = datetime.now(UTC)
        return self._subscriptions.begin(message.chat.id, user.id, step, data, now)


def ending(found: list[Subscription]) -> list[list[tuple[str, str]]]:
    """A button to end each subscription of a list, by its number there."""
    buttons = [(f"✕ {n}", f"unsub:{s.id}") for n, s in enumerate(found, 1)]
    return [buttons[at : at + PER_ROW] for at in range(0, len(buttons), PER_ROW)]


def _target(data: dict[str, Any]) -> Target:
    return Target(data["chat_id"], data["thread_id"])


def _said(text: str) -> Text:
    return pack([words(text)])[0]
