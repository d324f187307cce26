"""The buttons below a message, and what pressing one says (callback data, 64 bytes at most)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

_PRESSED = re.compile(r"(?:(up|down|more):([0-9]{1,15})|(story|timeline):([0-9a-f]{10}))")
_LABELS = {"story": "The story in words", "timeline": "Timeline"}
PER_ROW = 4


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed: below the answer of which turn, or to see which story (else 0 and "")."""

    action: str
    turn_id: int = 0
    story_id: str = ""


def below_answer(turn_id: int, vote: int = 0, *, answered: bool = True) -> InlineKeyboardMarkup:
    """👍 and 👎, and, below an answer, more from its story. In private chats the vote is marked."""
    marks = {1: ("👍 ✓", "👎"), -1: ("👍", "👎 ✓")}.get(vote, ("👍", "👎"))
    rows = [
        [
            InlineKeyboardButton(mark, callback_data=f"{action}:{turn_id}")
            for mark, action in zip(marks, ("up", "down"), strict=True)
        ]
    ]
    if answered:
        data = f"more:{turn_id}"
        rows.append([InlineKeyboardButton("More from this story", callback_data=data)])
    return InlineKeyboardMarkup(rows)


def below_story(action: str, story_id: str) -> InlineKeyboardMarkup:
    """The other way to see a story: "timeline" below its words, "story" below its picture."""
    button = InlineKeyboardButton(_LABELS[action], callback_data=f"{action}:{story_id}")
    return InlineKeyboardMarkup([[button]])


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
    return Press(found[1], int(found[2]))
