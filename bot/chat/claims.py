"""Which words of a message are a claim to be checked: its own, quoted or forwarded ones."""

from __future__ import annotations

from telegram import Message

from bot.answering.truth import claim_asked_about


def claim_in(message: Message, text: str, bot_id: int) -> str | None:
    """The claim that a message wants checked; "" if it wants one checked but shows none; None if
    it wants something else. `text` is the message's without the bot's name.

    In private, what is forwarded is a claim, unless it asks something.
    """
    asked = claim_asked_about(text)
    if asked is None:
        forwarded = message.forward_origin is not None
        return text if forwarded and not text.rstrip().endswith(("?", "؟")) else None
    return asked or shown_with(message, bot_id)


def shown_with(message: Message, bot_id: int) -> str:
    """The words that a message quotes or replies to, but not the bot's own; "" if none."""
    if message.quote:
        return message.quote.text
    replied = message.reply_to_message
    if replied is None or (replied.from_user and replied.from_user.id == bot_id):
        return ""
    return replied.text or replied.caption or ""
