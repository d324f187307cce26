"""Who may change what a chat gets: in a group or channel its admins, in private the person."""

from __future__ import annotations

from typing import Any

from telegram import Message, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden
from telegram.ext import ExtBot

from bot.language import N_
from bot.subscription import Target

ADMINS_ONLY = N_("Only the admins can change what comes here.")
_RULING = {ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}


async def may_manage(
    bot: ExtBot[Any], message: Message, user: User | None = None, chat_id: int | None = None
) -> bool:
    """Whether the one who wrote a message, or the `user` who pressed a button of it, may change
    the chat that it is in, or the one with this id (a channel, from a private chat)."""
    person = user or message.from_user
    if chat_id in {None, message.chat.id}:
        if message.chat.type == ChatType.PRIVATE:
            return True
        if user is None and message.sender_chat and message.sender_chat.id == message.chat_id:
            return True  # an admin who writes in the group's name
    if person is None:
        return False
    return await rules(bot, person.id, chat_id or message.chat.id)


async def rules(bot: ExtBot[Any], user_id: int, chat_id: int) -> bool:
    """Whether a person is an admin of a group or channel that we are in; one's own private chat
    is one's own."""
    if user_id == chat_id:
        return True
    try:
        member = await bot.get_chat_member(chat_id, user_id)
    except (BadRequest, Forbidden):
        return False
    return member.status in _RULING


def target_of(message: Message) -> Target:
    """The chat or the topic that a message is in."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Target(message.chat.id, thread or 0)
