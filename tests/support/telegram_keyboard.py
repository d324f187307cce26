"""Inline keyboards, checked as the real server checks them."""

from __future__ import annotations

from typing import Any

from tests.support.telegram_html import checked_link
from tests.support.telegram_values import Json, bad_request

MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100


def checked_keyboard(markup: Any) -> list[list[Json]]:
    """The rows of `markup`'s inline keyboard, [] without one. Raises ApiError 400."""
    if not markup:
        return []
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = [row for row in markup.get("inline_keyboard", []) if row]
    buttons = [button for row in rows for button in row]
    if len(buttons) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        _check(button)
    return rows


def _check(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if "url" in button:
        if checked_link(button["url"]) is None:
            url = button["url"]
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    elif "callback_data" not in button:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    elif not 1 <= len(button["callback_data"].encode()) <= MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
