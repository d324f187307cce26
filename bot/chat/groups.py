"""What happens when the bot is added to a group or channel, or leaves one."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import ContextTypes

from bot.language import N_, _, isolated
from bot.records import Records
from bot.transport.sending import ChatGoneError, Place, Sender
from bot.updates.outbox import Outbox
from bot.wording.rendering import line_of

_PRESENT = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.RESTRICTED}
WELCOME = N_(
    "Hello! I answer questions about the news, with links to the articles. "
    "Ask with /ask and your question, or reply to one of my messages."
)
MENTIONS = N_("You can also write my name, @{name}, in your message.")
CHANNEL = N_("I may post in “{title}” now. /channels sets up what comes there.")
PRIVACY = N_(
    "For the admins: @{name} in a plain message does not reach me yet, for my privacy mode is "
    "on. To change that, make me an admin here; or whoever runs me sends /setprivacy to "
    "@BotFather, chooses Disable, and adds me to the group again."
)


class Groups:
    """Keeps track of the chats that the bot is in."""

    def __init__(self, records: Records, outbox: Outbox, sender: Sender) -> None:
        self._records = records
        self._outbox = outbox
        self._sender = sender

    async def membership(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """The bot was added, removed, blocked or unblocked."""
        change = update.my_chat_member
        if change is None:
            return
        chat = change.chat
        present = change.new_chat_member.status in _PRESENT
        title = chat.title or chat.username or ""
        await asyncio.to_thread(self._records.note_chat, chat.id, title, gone=not present)
        admin = change.new_chat_member.status == ChatMemberStatus.ADMINISTRATOR
        await asyncio.to_thread(self._records.note_kind, chat.id, chat.type, admin=admin)
        now = datetime.now(UTC)
        if not present:
            await asyncio.to_thread(self._outbox.sleep, chat.id, now)
        elif _was_absent(change):
            await asyncio.to_thread(self._outbox.wake, chat.id, now)
        if present and _was_absent(change) and chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
            await self._sender.say(Place(chat.id, private=False), self._welcome(change))
        if admin and chat.type == ChatType.CHANNEL:
            said = _(CHANNEL).format(title=isolated(line_of(title)))
            with suppress(ChatGoneError):  # whoever added us need not have begun a chat with us
                await self._sender.say(Place(change.from_user.id), said)

    async def migrated(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A group became a supergroup, which has another number: all that we keep moves along."""
        message = update.effective_message
        if message and message.migrate_to_chat_id:
            new = message.migrate_to_chat_id
            await asyncio.to_thread(self._outbox.move_chat, message.chat_id, new)

    def _welcome(self, change: ChatMemberUpdated) -> str:
        me = self._sender.bot.bot
        admin = change.new_chat_member.status == ChatMemberStatus.ADMINISTRATOR
        hears_all = bool(me.can_read_all_group_messages) or admin
        more = _(MENTIONS) if hears_all else _(PRIVACY)
        return f"{_(WELCOME)}\n\n{more.format(name=me.username)}"


def _was_absent(change: ChatMemberUpdated) -> bool:
    before: ChatMember = change.old_chat_member
    return before.status not in _PRESENT
