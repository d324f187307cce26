"""What is said to messages that ask nothing of the articles: a sentence, and fitting buttons."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.answer import MessageKind
from bot.language import N_, _
from bot.wording.keyboards import MAX_LABEL, choices
from bot.wording.rendering import clipped
from ingest import Story

SAID = {
    MessageKind.GREETING: N_("Hello! Ask me about the news, or see what is new today."),
    MessageKind.THANKS: N_("You are welcome!"),
    MessageKind.FAREWELL: N_("Goodbye, see you soon!"),
    MessageKind.HELP: N_(
        "I am a bot that answers questions about the news from our articles alone, with a link to "
        "each, and brings news by itself. Just ask in your own words, or choose:"
    ),
    MessageKind.AUTOMATIC: N_("I can bring news here by itself. What shall it be?"),
    MessageKind.STOP: N_(
        "Nothing comes here by itself, so there is nothing to stop. /forget deletes what was asked "
        "here."
    ),
    MessageKind.MORE: N_("More of what? Ask me about something, or see what is new today."),
    MessageKind.REMARK: N_("I only know the news. Ask me about it, or see what is new today."),
}
_TODAY = (N_("What is new today?"), "do:today")
_FOLLOW = (N_("Follow a topic"), "choose:topic")
_DAILY = (N_("Daily briefing"), "choose:briefing")
_COMMANDS = (N_("All commands"), "do:help")
_BUTTONS = {
    MessageKind.GREETING: ((_TODAY,),),
    MessageKind.HELP: ((_TODAY,), (_FOLLOW, _DAILY), (_COMMANDS,)),
    MessageKind.AUTOMATIC: ((_FOLLOW, _DAILY),),
    MessageKind.MORE: ((_TODAY,),),
    MessageKind.REMARK: ((_TODAY,),),
}


def below_start(stories: Sequence[Story]) -> InlineKeyboardMarkup:
    """Stories to begin with, the news of the day, and how it comes by itself."""
    told = [[(clipped(story.headline, MAX_LABEL), f"story:{story.id}")] for story in stories]
    ways = [[_TODAY], [_FOLLOW, _DAILY]]
    return choices([*told, *([(_(label), data) for label, data in row] for row in ways)])


def below_small_talk(kind: MessageKind) -> InlineKeyboardMarkup | None:
    """The buttons that fit a kind; None if none do."""
    rows = [[(_(label), data) for label, data in row] for row in _BUTTONS.get(kind, ())]
    return choices(rows) if rows else None
