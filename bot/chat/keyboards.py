"""The buttons below an answer, and what pressing one says (callback data, 64 bytes at most)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

_PRESSED = re.compile(r"(up|down|more):([0-9]{1,15})")


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed below the answer of which turn."""

    action: str
    turn_id: int


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


def read_press(data: str | None) -> Press | None:
    """The meaning of callback data; None if it is not ours (anyone can send any)."""
    found = _PRESSED.fullmatch(data or "")
    return Press(found[1], int(found[2])) if found else None
