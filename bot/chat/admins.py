"""Who may change what a chat gets: in a group its admins, in private the person."""

from __future__ import annotations

from typing import Any

from telegram import Message, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import ExtBot

_RULING = {ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}


async def may_manage(bot: ExtBot[Any], message: Message, user: User | None = None) -> bool:
    """Whether the one who wrote a message, or the `user` who pressed a button of it, may."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    if user is None and message.sender_chat and message.sender_chat.id == message.chat_id:
        return True  # an admin who writes in the group's name
    person = user or message.from_user
    if person is None:
        return False
    member = await bot.get_chat_member(message.chat_id, person.id)
    return member.status in _RULING
