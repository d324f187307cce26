"""A chat as a person would read it, in plain text."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tests.support.telegram_html import Entity
from tests.support.telegram_values import Json, Message, Press

if TYPE_CHECKING:
    from tests.support.telegram_chat import Chat

_INDENT = "    "
_SIGNS = {
    "bold": ("*", "*"),
    "italic": ("_", "_"),
    "underline": ("__", "__"),
    "strikethrough": ("~", "~"),
    "spoiler": ("||", "||"),
    "code": ("`", "`"),
    "pre": ("```", "```"),
    "blockquote": ("“", "”"),
    "expandable_blockquote": ("“", "”"),
}


def transcript(chat: Chat) -> str:
    """The whole chat, one message after the other, without times."""
    return "\n".join(_line(entry) for entry in chat.log)


def _line(entry: Message | Press) -> str:
    if isinstance(entry, Press):
        told = f" → {entry.answer}" if entry.answer else ""
        return f"{_INDENT}{entry.sender.name} presses [{entry.label}]{told}"
    topic = entry.chat.topic_name(entry.thread) if entry.in_topic else ""
    head = f"#{entry.id} {f'{{{topic}}} ' if topic else ''}{entry.sender.name}"
    if entry.service:
        return f"{head} {_happening(entry.service)}"
    text = marked(entry.text, entry.entities).replace("\n", f"\n{_INDENT}")
    picture = f"[picture {entry.photo.width}x{entry.photo.height}] " if entry.photo else ""
    lines = [f"{head}{_remarks(entry)}: {picture}{text}".rstrip()]
    lines += [_INDENT + " ".join(map(_button, row)) for row in entry.keyboard]
    return "\n".join(lines)


def _remarks(message: Message) -> str:
    remarks = [f"reply to #{message.reply_to.id}"] if message.reply_to else []
    if "forward_origin" in message.shown:
        remarks.append(f"forwarded from {message.shown['forward_origin']['sender_user_name']}")
    if "quote" in message.shown:
        remarks.append(f"quoting “{message.shown['quote']['text']}”")
    remarks += ["edited"] if message.edits else []
    remarks += ["deleted"] if message.deleted else []
    return f" ({', '.join(remarks)})" if remarks else ""


def _button(button: Json) -> str:
    return f"[{button['text']}]" + (f" <{button['url']}>" if "url" in button else "")


def _happening(service: Json) -> str:
    if "forum_topic_created" in service:
        return "opened the topic"
    people = ", ".join(user["first_name"] for user in service.get("new_chat_members", []))
    return f"added {people}" if people else " ".join(service)


def marked(text: str, entities: list[Entity]) -> str:
    """`text` with signs for what is marked in it: *bold*, _italic_, words <address>."""
    opening: defaultdict[int, str] = defaultdict(str)
    closing: defaultdict[int, str] = defaultdict(str)
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        before, after = _SIGNS.get(entity["type"], ("", ""))
        if entity["type"] == "text_link":
            after = f" <{entity['url']}>"
        opening[start] += before
        closing[end] = after + closing[end]
    pieces, unit = [], 0
    for character in text:
        pieces += [closing[unit], opening[unit], character]
        unit += 2 if character > "\uffff" else 1
    return "".join([*pieces, closing[unit]])
