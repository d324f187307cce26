"""Questions: which messages are one, which conversation they belong to, and their answers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.answer import Answer, Question, Turn
from bot.answering.ask import Assistant
from bot.answering.understand import leans_back
from bot.chat.claims import claim_in, shown_with
from bot.chat.scope import Scope, Told
from bot.language import LANGUAGES, N_, _, speaking
from bot.records import Records
from bot.transport.sending import Place, Sender
from bot.transport.streaming import Preview
from bot.updates.answers import Answers
from bot.wording.keyboards import below_answer
from bot.wording.rendering import line_of, render_answer

MAX_QUESTION = 1000
HISTORY_TURNS = 3
HISTORY_TIME = timedelta(hours=1)
TOO_LONG = N_("That is a long one. Please put it in at most 1,000 characters.")
NO_WORDS = N_("Please ask in words, for example: What is new about the trams?")
ABOUT = N_("What would you like to know about “{headline}”?")
NO_CLAIM = N_(
    "Which claim? Forward it to me, reply to it with /check, or write it like this: "
    "/check The council approved the tram"
)
LONG_CLAIM = N_(
    "That is a lot to check at once. Please send me the one or two sentences that matter most."
)
TEXT_ONLY = N_("I can read text only. Please write your question.")


Dialogue = Callable[[Message], Awaitable[bool]]
"""Takes a message as the next step of something that was begun; False if it is none."""


class Questions:
    """Answers questions where they are asked; `dialogues` come first."""

    def __init__(
        self,
        assistant: Assistant,
        records: Records,
        scope: Scope,
        answers: Answers,
        sender: Sender,
        *,
        dialogues: Sequence[Dialogue] = (),
    ) -> None:
        self._dialogues = dialogues
        self._scope = scope
        self._assistant = assistant
        self._records = records
        self._answers = answers
        self._sender = sender

    async def message(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A plain message: a question in private, and in a group if it is meant for the bot."""
        message = update.effective_message
        if message is None or message.text is None:
            return
        for dialogue in self._dialogues:
            if await dialogue(message):
                return
        name = self._sender.bot.username
        if message.chat.type == ChatType.PRIVATE:
            await self._answer_or_check(message, message.text)
        elif is_for(message, name, self._sender.bot.id):
            await self._answer_or_check(message, without_mention(message.text, name))

    async def command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/ask and the words after it; without any, those of the message that it replies to."""
        message = update.effective_message
        if message is None or message.text is None:
            return
        words = message.text.partition(" ")[2] or message.text.partition("\n")[2]
        replied = message.reply_to_message
        if not words.strip() and replied and replied.text and not _is_ours(replied, self._sender):
            words = replied.text
        await self.answer(message, words)

    async def check_command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/check and a claim after it, or in the message that it replies to."""
        message = update.effective_message
        if message and message.text:
            words = message.text.partition(" ")[2] or message.text.partition("\n")[2]
            await self.check(message, words.strip() or shown_with(message, self._sender.bot.id))

    async def other(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A picture, a voice message and the like, in private; a place may be a time zone, the
        words below a forwarded picture are a claim."""
        message = update.effective_message
        if message and message.caption and message.forward_origin:
            await self._answer_or_check(message, message.caption)
            return
        if message and message.location:
            for dialogue in self._dialogues:
                if await dialogue(message):
                    return
        if update.effective_message:
            await self._sender.say(Place.of(update.effective_message), _(TEXT_ONLY))

    async def _answer_or_check(self, message: Message, text: str) -> None:
        claim = claim_in(message, text, self._sender.bot.id)
        if claim is None:
            await self.answer(message, text)
        else:
            await self.check(message, claim)

    async def check(self, message: Message, claim: str) -> None:
        """Tell what our articles say to a claim, and remember the turn."""
        place = Place.of(message)
        refused = unfit_claim(claim)
        if refused:
            await self._sender.say(place, refused)
            return
        async with self._sender.typing(place):
            answer = await self._assistant.check(Question(claim.strip()))
        if answer.verdict:
            preview = Preview(self._sender, place, draft_id=message.message_id)
            await self._send(place, answer, None, preview)
        else:
            await self._sender.say(place, answer.refusal)

    async def answer(self, message: Message, text: str) -> None:
        """Answer `text`, which was asked in `message`, and remember the turn."""
        place = Place.of(message)
        refused = unfit(text)
        if refused:
            await self._sender.say(place, refused)
            return
        history, parent = await asyncio.to_thread(self._history, message, place)
        preview = Preview(self._sender, place, draft_id=message.message_id)
        replied = message.reply_to_message
        ours = replied if replied and _is_ours(replied, self._sender) else None
        told = await asyncio.to_thread(self._scope.told, ours) if ours else Told()
        asked_about = story_asked_about(ours) if ours else ""
        question = Question(
            " ".join(text.split()),
            tuple(history),
            about=asked_about or (told.headline if leans_back(text) else ""),
            scope=told.articles,
            timezone=await asyncio.to_thread(self._records.timezone, message.chat_id),
        )
        async with self._sender.typing(place):
            answer = await self._assistant.ask(question, preview.show)
        await self._send(place, answer, parent, preview)

    async def _send(
        self, place: Place, answer: Answer, parent: int | None, preview: Preview
    ) -> None:
        texts = render_answer(answer)
        add = self._records.add_turn
        turn = await asyncio.to_thread(add, place.chat_id, place.thread_id, 0, parent, answer)
        keyboard = below_answer(turn, answered=answer.answered)
        messages = []
        for at, text in enumerate(texts):
            below = keyboard if at == len(texts) - 1 else None
            if at == 0 and preview.message is not None:
                await self._sender.edit(preview.message, text, below)
                messages.append(preview.message.message_id)
            elif sent := await self._sender.send(place, [text], below):
                messages.append(sent.message_id)
        now = datetime.now(UTC)
        await asyncio.to_thread(self._answers.sent, turn, messages, now)

    def _history(self, message: Message, place: Place) -> tuple[list[Turn], int | None]:
        """The turns before, oldest first: of the reply chain, else of the chat or the topic."""
        replied = message.reply_to_message
        turn = self._records.turn_at(place.chat_id, replied.message_id) if replied else None
        if turn is not None:
            return self._records.chain(turn, HISTORY_TURNS), turn.id
        if place.private or place.thread_id:
            since = datetime.now(UTC) - HISTORY_TIME
            recent = self._records.recent
            return recent(place.chat_id, place.thread_id, since, HISTORY_TURNS), None
        return [], None


def story_asked_about(invitation: Message) -> str:
    """The headline in our invitation to ask about a story, in whatever language, or ""."""
    for code in LANGUAGES:
        with speaking(code):
            before, _headline, after = _(ABOUT).partition("{headline}")
        text = invitation.text or ""
        if text.startswith(before) and text.endswith(after):
            return line_of(text[len(before) : len(text) - len(after)])
    return ""


def unfit(text: str) -> str | None:
    """What to say to a text that can't be a question; None if it can."""
    if len(text) > MAX_QUESTION:
        return _(TOO_LONG)
    return None if re.search(r"\w", text) else _(NO_WORDS)


def unfit_claim(text: str) -> str | None:
    """What to say to a text that can't be checked as a claim; None if it can."""
    if len(text) > MAX_QUESTION:
        return _(LONG_CLAIM)
    return None if re.search(r"\w", text) else _(NO_CLAIM)


def is_for(message: Message, username: str, bot_id: int) -> bool:
    """Whether a group's message is meant for the bot: it names it, or replies to it."""
    mentions = message.parse_entities([MessageEntity.MENTION]).values()
    if any(mention.lower() == f"@{username.lower()}" for mention in mentions):
        return True
    replied = message.reply_to_message
    return bool(replied and replied.from_user and replied.from_user.id == bot_id)


def without_mention(text: str, username: str) -> str:
    """The text without the bot's name."""
    return re.sub(rf"@{re.escape(username)}\b", " ", text, flags=re.IGNORECASE).strip(" ,:\n")


def _is_ours(message: Message, sender: Sender) -> bool:
    return bool(message.from_user and message.from_user.id == sender.bot.id)
