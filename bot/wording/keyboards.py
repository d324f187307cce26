"""The buttons below a message, and what pressing one says (callback data, 64 bytes at most)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answer import Answer, MessageKind
from bot.language import N_, _
from bot.wording.rendering import clipped

_PRESSED = re.compile(
    r"(?:(up|down|more|watch|less|unsub|save|drop|looser|stricter):([0-9]{1,15})"
    r"|(story|timeline|follow|about):([0-9a-f]{10})"
    r"|(choose|set|page|channel|do):([a-z_]{1,12}(?::-?[0-9A-Za-z_/+-]{1,24})?)(?:@(-?[0-9]{1,19}))?)"
)
MAX_LABEL = 48
"""Characters of a headline that a phone shows on a button."""
_LABELS = {"story": N_("The story in words"), "timeline": N_("Timeline")}
PER_ROW = 4
ABOUT_STORY, FOLLOW_STORY = "about_", "follow_"
"""Begin what a link to the bot hands on with /start, before the story's id."""


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed: for which turn, delivery, draft or subscription (its `number`), for which
    story, or with which other `value` (else 0 and ""). `chat_id` is the chat that it is about, if
    that is another one than the message's, else 0."""

    action: str
    number: int = 0
    story_id: str = ""
    value: str = ""
    chat_id: int = 0


def below_reply(turn_id: int, answer: Answer) -> InlineKeyboardMarkup | None:
    """What fits below an answer: votes and more; the stories that a briefing tells, by number;
    those nearest to what was refused, and to watch for it."""
    if answer.kind is MessageKind.BRIEFING:
        return below_briefing([story.id for story in answer.stories])
    if answer.kind is MessageKind.TOPIC and answer.stories:
        story = answer.stories[0].id
        ways = [(_(label), f"{action}:{story}") for action, label in _LABELS.items()]
        return choices([ways])
    if answer.answered:
        return below_answer(turn_id)
    stories = [[(clipped(s.headline, MAX_LABEL), f"story:{s.id}")] for s in answer.stories]
    return choices([*stories, [(_("Watch for this"), f"watch:{turn_id}")]])


def below_briefing(story_ids: Sequence[str], *, daily: bool = False) -> InlineKeyboardMarkup | None:
    """The numbers of the stories; unless it comes each day already, that it shall."""
    rows = [[(str(n), f"story:{story_id}") for n, story_id in enumerate(story_ids, 1)]]
    if not daily:
        rows.append([(_("Every day"), "choose:briefing")])
    return choices([row for row in rows if row])


def below_answer(turn_id: int, vote: int = 0) -> InlineKeyboardMarkup:
    """👍, 👎 and more. In private chats the vote is marked."""
    marks = {1: ("👍 ✓", "👎"), -1: ("👍", "👎 ✓")}.get(vote, ("👍", "👎"))
    labels = zip((*marks, _("More")), ("up", "down", "more"), strict=True)
    return choices([[(label, f"{action}:{turn_id}") for label, action in labels]])


def below_story(
    action: str, story_id: str, username: str, *, private: bool
) -> InlineKeyboardMarkup:
    """The other way to see a story ("timeline" below its words, "story" below its picture), and
    following it."""
    other = InlineKeyboardButton(_(_LABELS[action]), callback_data=f"{action}:{story_id}")
    return InlineKeyboardMarkup([[other, _follow(story_id, username, private)]])


def below_post(
    delivery_id: int, story_id: str, username: str, private: bool
) -> InlineKeyboardMarkup:
    """Follow, ask, less."""
    if private:
        ask = InlineKeyboardButton(_("Ask about this"), callback_data=f"about:{story_id}")
    else:
        address = f"https://t.me/{username}?start={ABOUT_STORY}{story_id}"
        ask = InlineKeyboardButton(_("Ask about this"), url=address)
    less = InlineKeyboardButton(_("Less like this"), callback_data=f"less:{delivery_id}")
    return InlineKeyboardMarkup([[_follow(story_id, username, private), ask], [less]])


def _follow(story_id: str, username: str, private: bool) -> InlineKeyboardButton:
    """Elsewhere than in private, following (and asking) leads to the reader's own chat with the
    bot: the group hears what is new in its stories anyway."""
    if private:
        return InlineKeyboardButton(_("Follow"), callback_data=f"follow:{story_id}")
    address = f"https://t.me/{username}?start={FOLLOW_STORY}{story_id}"
    return InlineKeyboardButton(_("Follow"), url=address)


def choices(rows: Sequence[Sequence[tuple[str, str]]], chat_id: int = 0) -> InlineKeyboardMarkup:
    """Buttons as (label, callback data), row by row; all about the chat `chat_id`, if given."""
    about = f"@{chat_id}" if chat_id else ""
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(label, callback_data=data + about) for label, data in row]
            for row in rows
        ]
    )


def below_stories(action: str, story_ids: Sequence[str]) -> InlineKeyboardMarkup:
    """The numbers of a list of stories, each to see that one."""
    buttons = [
        InlineKeyboardButton(str(number), callback_data=f"{action}:{story_id}")
        for number, story_id in enumerate(story_ids, 1)
    ]
    return InlineKeyboardMarkup(
        [buttons[at : at + PER_ROW] for at in range(0, len(buttons), PER_ROW)]
    )


def read_press(data: str | None) -> Press | None:
    """The meaning of callback data; None if it is not ours (anyone can send any)."""
    found = _PRESSED.fullmatch(data or "")
    if found is None:
        return None
    if found[3]:
        return Press(found[3], story_id=found[4])
    if found[5]:
        return Press(found[5], value=found[6], chat_id=int(found[7] or 0))
    return Press(found[1], int(found[2]))
