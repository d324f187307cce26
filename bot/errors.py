"""The conversation's errors.

BotError                 a message fit for the person who runs the program
├── LLMError             the language model failed, timed out, or is not installed
└── TelegramSetupError   the token or the address of the Bot API is missing or wrong
"""

from __future__ import annotations

HOW_TO_GET_A_TOKEN = (
    "TELEGRAM_BOT_TOKEN is not set. Ask @BotFather in Telegram for a bot (/newbot), and put the "
    "token that it gives you in .env: TELEGRAM_BOT_TOKEN=123456:ABC…"
)


class BotError(Exception):
    """Base of all errors that are answers, not bugs: the message is one clear line."""


class LLMError(BotError):
    """The language model could not write an answer; the message says why."""


class TelegramSetupError(BotError):
    """The bot can't reach Telegram as it is set up; the message names the setting."""
