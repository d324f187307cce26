"""The buttons below a message, and what pressing one says (callback data, 64 bytes at most)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

_PRESSED = re.compile(
    r"(?:(up|down|more|watch|less|unsub|save|drop|looser|stricter):([0-9]{1,15})"
    r"|(story|timeline|follow|about):([0-9a-f]{10})"
    r"|(choose|set|page):([a-z_]{1,12}(?::-?[0-9A-Za-z_/+-]{1,32})?))"
)
_LABELS = {"story": "The story in words", "timeline": "Timeline"}
PER_ROW = 4


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed: below which turn, delivery, draft or subscription (`turn_id`: the number),
    for which story, or with which other `value` (else 0 and "")."""

    action: str
    turn_id: int = 0
    story_id: str = ""
    value: str = ""


def below_answer(turn_id: int, vote: int = 0, *, answered: bool = True) -> InlineKeyboardMarkup:
    """👍 and 👎, and, below an answer, more from its story. In private chats the vote is marked."""
    marks = {1: ("👍 ✓", "👎"), -1: ("👍", "👎 ✓")}.get(vote, ("👍", "👎"))
    rows = [
        [
            InlineKeyboardButton(mark, callback_data=f"{action}:{turn_id}")
            for mark, action in zip(marks, ("up", "down"), strict=True)
        ]
    ]
    action, label = ("more", "More from this story") if answered else ("watch", "Watch for this")
    rows.append([InlineKeyboardButton(label, callback_data=f"{action}:{turn_id}")])
    return InlineKeyboardMarkup(rows)


def below_story(action: str, story_id: str) -> InlineKeyboardMarkup:
    """The other way to see a story: "timeline" below its words, "story" below its picture."""
    button = InlineKeyboardButton(_LABELS[action], callback_data=f"{action}:{story_id}")
    return InlineKeyboardMarkup([[button]])


def below_post(
    delivery_id: int, story_id: str, username: str, private: bool
) -> InlineKeyboardMarkup:
    """Follow, ask, less. Elsewhere than in private, asking leads to the chat with the bot."""
    if private:
        ask = InlineKeyboardButton("Ask about this", callback_data=f"about:{story_id}")
    else:
        address = f"https://t.me/{username}?start=about_{story_id}"
        ask = InlineKeyboardButton("Ask about this", url=address)
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("Follow", callback_data=f"follow:{story_id}"),
                ask,
            ],
            [InlineKeyboardButton("Less like this", callback_data=f"less:{delivery_id}")],
        ]
    )


def choices(rows: Sequence[Sequence[tuple[str, str]]]) -> InlineKeyboardMarkup:
    """Buttons as (label, callback data), row by row."""
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rows]
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
        return Press(found[5], value=found[6])
    return Press(found[1], int(found[2]))
