"""Questions: which messages are one, which conversation they belong to, and their answers."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.answer import Answer, MessageKind, Question, Turn
from bot.answering.reply import Correspondent
from bot.answering.topic import topic_words
from bot.chat.claims import claim_in, shown_with
from bot.chat.links import Links, link_in
from bot.chat.scope import Scope, Told
from bot.chat.smalltalk import SmallTalk
from bot.language import LANGUAGES, N_, _, speaking
from bot.records import Records, StoredTurn
from bot.transport.sending import Place, Sender
from bot.transport.streaming import Preview
from bot.updates.answers import Answers
from bot.wording.answer_text import render_answer
from bot.wording.keyboards import below_reply
from bot.wording.rendering import line_of
from ingest import Article

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
TODAY = N_("What is new today?")
TOLD_AGAIN = timedelta(hours=12)
KEPT_ALBUMS = 200
_ADDRESS = re.compile(r"\S*(?:://|\.\w+/)\S*")


Dialogue = Callable[[Message], Awaitable[bool]]
"""Takes a message as the next step of something that was begun; False if it is none."""


class Questions:
    """Answers what is asked, where it is asked; `dialogues` come first."""

    def __init__(
        self,
        correspondent: Correspondent,
        records: Records,
        scope: Scope,
        answers: Answers,
        sender: Sender,
        *,
        small_talk: SmallTalk,
        links: Links,
        dialogues: Sequence[Dialogue] = (),
    ) -> None:
        self._dialogues = dialogues
        self._scope = scope
        self._correspondent = correspondent
        self._records = records
        self._answers = answers
        self._sender = sender
        self._small_talk = small_talk
        self._links = links
        self._albums: deque[str] = deque(maxlen=KEPT_ALBUMS)
        self._told_to_write: dict[int, datetime] = {}

    async def message(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A plain message, or the words below a picture: asked in private, and in a group if it is
        meant for the bot. Of an album's pictures one is answered; what a channel forwards to its
        group by itself asks nothing."""
        message = update.effective_message
        text = message and (message.text or message.caption)
        if message is None or not text or message.is_automatic_forward or self._seen(message):
            return
        for dialogue in self._dialogues:
            if message.text and await dialogue(message):
                return
        name = self._sender.bot.username
        if message.chat.type == ChatType.PRIVATE:
            await self._respond(message, text)
        elif await self._is_for_us(message):
            await self._respond(message, without_mention(text, name))

    async def edited(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A question that was changed: its answer is written anew, in its place."""
        message = update.effective_message
        text = message and (message.text or message.caption)
        if message is None or not text:
            return
        find = self._records.turn_asked_in
        turn = await asyncio.to_thread(find, message.chat_id, message.message_id)
        words = without_mention(without_command(text), self._sender.bot.username)
        if turn and not unfit(words) and " ".join(words.split()) != turn.question:
            await self._answer(message, words, instead=turn)

    async def command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/ask and the words after it; without any, those of the message that it replies to."""
        message = update.effective_message
        if message is None or message.text is None:
            return
        words = without_command(message.text)
        replied = message.reply_to_message
        if not words.strip() and replied and replied.text and not _is_ours(replied, self._sender):
            words = replied.text
        if refused := unfit(words):
            await self._sender.say(Place.of(message), refused)
        else:
            await self.answer(message, words)

    async def check_command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/check and a claim after it, or in the message that it replies to."""
        message = update.effective_message
        if message and message.text:
            words = without_command(message.text)
            await self.check(message, words.strip() or shown_with(message, self._sender.bot.id))

    async def today(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/today: the news of the day."""
        if update.effective_message:
            await self.brief(update.effective_message, Place.of(update.effective_message))

    async def brief(self, message: Message, place: Place) -> None:
        """Tell the news of the day in answer to a command or a button."""
        zone = await asyncio.to_thread(self._records.timezone, place.chat_id)
        question = Question(_(TODAY), timezone=zone)
        answer = await asyncio.to_thread(self._correspondent.today, question)
        await self._send(place, answer, message.message_id, None)

    async def other(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A voice message, a sticker and the like, in private: one kind sentence, and no second one
        for a while. A place may be a time zone."""
        message = update.effective_message
        if message is None or self._seen(message):
            return
        if message.location:
            for dialogue in self._dialogues:
                if await dialogue(message):
                    return
        now, last = datetime.now(UTC), self._told_to_write.get(message.chat_id)
        if last is None or now - last > TOLD_AGAIN:
            self._told_to_write[message.chat_id] = now
            await self._sender.say(Place.of(message), _(TEXT_ONLY))

    def _seen(self, message: Message) -> bool:
        """Whether another picture of the same album came before."""
        album = message.media_group_id
        if album is None or album not in self._albums:
            self._albums.extend([album] if album else [])
            return False
        return True

    async def _is_for_us(self, message: Message) -> bool:
        """Whether a group's message is for the bot: it names it, replies to it, or replies to a
        post of ours that its channel forwarded here."""
        if is_for(message, self._sender.bot.username, self._sender.bot.id):
            return True
        replied = message.reply_to_message
        if replied is None or not replied.is_automatic_forward:
            return False
        return await asyncio.to_thread(self._scope.is_post, replied)

    async def _respond(self, message: Message, text: str) -> None:
        claim = claim_in(message, text, self._sender.bot.id)
        address = "" if message.forward_origin else link_in(message)
        if claim is not None:
            await self.check(message, claim)
        elif address:
            await self._linked(message, text, address)
        else:
            await self.answer(message, text)

    async def _linked(self, message: Message, text: str, address: str) -> None:
        """Tell the article that a link leads to; answer from it what is asked beside the link."""
        article = await self._links.article(message, address)
        if article is None:
            return
        words = _ADDRESS.sub(" ", text)
        if topic_words(words):
            await self._answer(message, words, about=article)
            return
        answer = await asyncio.to_thread(self._correspondent.tell, article)
        if answer:
            await self._send(Place.of(message), answer, message.message_id, None)

    async def check(self, message: Message, claim: str) -> None:
        """Tell what our articles say to a claim, and remember the turn."""
        place = Place.of(message)
        refused = unfit_claim(claim)
        if refused:
            await self._sender.say(place, refused)
            return
        async with self._sender.typing(place):
            answer = await self._correspondent.assistant.check(Question(claim.strip()))
        if answer.verdict:
            await self._send(place, answer, message.message_id, None)
        else:
            await self._sender.say(place, answer.refusal)

    async def answer(self, message: Message, text: str) -> None:
        """Answer `text`, which was asked in `message`, and remember the turn."""
        if len(text) > MAX_QUESTION:
            await self._sender.say(Place.of(message), _(TOO_LONG))
        else:
            await self._answer(message, text)

    async def _answer(
        self,
        message: Message,
        text: str,
        *,
        about: Article | None = None,
        instead: StoredTurn | None = None,
    ) -> None:
        """The same for a text that is fit; about an article that was linked, or in the place of the
        answer to what the message said before."""
        place = Place.of(message)
        history, parent = await asyncio.to_thread(self._history, message, place)
        preview = Preview(self._sender, place, draft_id=message.message_id)
        told = await asyncio.to_thread(self._told, message)
        scope = (about.id,) if about else told.articles
        question = Question(
            " ".join(text.split()),
            () if about else tuple(history),
            about=told.headline,
            scope=scope,
            timezone=await asyncio.to_thread(self._records.timezone, message.chat_id),
        )
        async with self._sender.typing(place):
            show = None if instead else preview.show
            answer = await self._correspondent.reply(question, show)
        if instead:
            await self._send_instead(place, answer, instead)
        elif answer.kind.asks_nothing or (answer.kind is MessageKind.MORE and not answer.answered):
            await self._small_talk.say(message, answer.kind)
        else:
            await self._send(place, answer, message.message_id, parent, preview)

    def _told(self, message: Message) -> Told:
        """What the message of ours told that somebody replies to, here or where it was posted."""
        replied = message.reply_to_message
        if replied is None:
            return Told()
        if headline := story_asked_about(replied):
            return replace(self._scope.told(replied), headline=headline)
        ours = _is_ours(replied, self._sender) or replied.is_automatic_forward
        return self._scope.told(replied) if ours else Told()

    async def _send(
        self,
        place: Place,
        answer: Answer,
        asked_in: int,
        parent: int | None,
        preview: Preview | None = None,
    ) -> None:
        texts = render_answer(answer)
        add = self._records.add_turn
        turn = await asyncio.to_thread(
            add, place.chat_id, place.thread_id, asked_in, parent, answer
        )
        keyboard = below_reply(turn, answer)
        messages = []
        for at, text in enumerate(texts):
            below = keyboard if at == len(texts) - 1 else None
            if at == 0 and preview is not None and preview.message is not None:
                await self._sender.edit(preview.message, text, below)
                messages.append(preview.message.message_id)
            elif sent := await self._sender.send(place, [text], below):
                messages.append(sent.message_id)
        now = datetime.now(UTC)
        await asyncio.to_thread(self._answers.sent, turn, messages, now)

    async def _send_instead(self, place: Place, answer: Answer, turn: StoredTurn) -> None:
        """Put an answer in the place of the one that a turn has now."""
        if answer.kind.asks_nothing:
            return
        text = render_answer(answer)[0]
        await asyncio.to_thread(self._records.asked_anew, turn, answer)
        keyboard = below_reply(turn.id, answer)
        await self._sender.edit_at(place.chat_id, turn.message_id, text, keyboard)
        sent, now = [turn.message_id], datetime.now(UTC)
        await asyncio.to_thread(self._answers.sent, turn.id, sent, now)

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
    """What to say to a text that can't be looked for; None if it can."""
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
    mentions = {
        *message.parse_entities([MessageEntity.MENTION]).values(),
        *message.parse_caption_entities([MessageEntity.MENTION]).values(),
    }
    if any(mention.lower() == f"@{username.lower()}" for mention in mentions):
        return True
    replied = message.reply_to_message
    return bool(replied and replied.from_user and replied.from_user.id == bot_id)


def without_command(text: str) -> str:
    """The words after a command; a text that begins with none as it is."""
    return re.sub(r"^/\S+\s*", "", text)


def without_mention(text: str, username: str) -> str:
    """The text without the bot's name."""
    return re.sub(rf"@{re.escape(username)}\b", " ", text, flags=re.IGNORECASE).strip(" ,:\n")


def _is_ours(message: Message, sender: Sender) -> bool:
    return bool(message.from_user and message.from_user.id == sender.bot.id)
