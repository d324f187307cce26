"""Inline results, checked as the real server checks them."""

from __future__ import annotations

from typing import Any

from tests.support.telegram_html import MarkupError, parse_html
from tests.support.telegram_values import Json, bad_request

MAX_RESULTS = 50
MAX_ID_BYTES = 64


def checked_results(results: Any) -> list[Json]:
    """The articles among inline results, each with what it would post under "message" (text and
    entities). Raises ApiError 400."""
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results")
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = [str(result.get("id", "")) for result in results]
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    return [_checked(result) for result in results]


def _checked(result: Json) -> Json:
    if not 1 <= len(str(result.get("id", "")).encode()) <= MAX_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if result.get("type") != "article" or not str(result.get("title", "")).strip():
        raise bad_request("RESULT_TITLE_EMPTY")
    content = result.get("input_message_content") or {}
    text = content.get("message_text", "")
    if not text:
        raise bad_request("MESSAGE_EMPTY")
    try:
        rich = parse_html(text) if content.get("parse_mode") == "HTML" else None
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from error
    return {**result, "message": rich or text}
