"""What deliveries say as Telegram messages: HTML, every piece of outside text escaped. Pure."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.language import _, day_and_month, isolated, ngettext
from bot.wording.rendering import (
    MAX_TITLE,
    Block,
    Text,
    bold,
    clipped,
    coverage_words,
    day,
    italic,
    line_of,
    link,
    listed,
    pack,
    publisher,
    title_of,
    words,
)
from ingest import Coverage

MAX_SENTENCE = 500
Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Speech:
    """How a chat is spoken to: its time zone."""

    zone: ZoneInfo

    def moment(self, iso: str | None) -> str:
        """ "14 April, 18:40" in the chat's time; "date unknown" for None."""
        if not iso:
            return _("date unknown")
        time = datetime.fromisoformat(iso).astimezone(self.zone)
        return listed([day_and_month(time), f"{time:%H:%M}"])

    def date(self, iso: str | None) -> str:
        """ "14 April 2026"."""
        return day(datetime.fromisoformat(iso).astimezone(self.zone) if iso else None)


def render_post(payload: Payload, speech: Speech) -> Text:
    """A new story: headline, two sentences, who says so, how widely it is told."""
    items = payload["items"]
    url = items[0]["url"] if items else None
    blocks = [_headline(payload, url)]
    blocks += [_sentence(item, "\n\n" if n == 0 else " ") for n, item in enumerate(items)]
    blocks += _sources(items, speech)
    if payload["coverage"]:
        blocks.append(words(_first_up(coverage_words(Coverage(**payload["coverage"])))))
    return _one(blocks + _corrections(payload, speech))


def render_fact(payload: Payload, speech: Speech, *, alone: bool) -> Text:
    """What is new in a story; with its headline where there is no post to reply to."""
    blocks = [_headline(payload, None)] if alone else []
    for item in payload["items"]:
        if item["after"]:
            change = " → ".join(isolated(line_of(item[side])) for side in ("before", "after"))
            blocks.append(bold(change, before="\n\n"))
        blocks.append(_sentence(item, "\n" if item["after"] else "\n\n"))
    blocks += _sources(payload["items"], speech)
    return _one(blocks + _corrections(payload, speech))


def render_correction(payload: Payload, speech: Speech) -> Text:
    """A correction as a message of its own, where there is no message to edit."""
    return _one([_headline(payload, None), *_corrections(payload, speech)])


def render_digest(payload: Mapping[str, Any], speech: Speech) -> list[Text]:
    """Several stories in one message: of each its headline, what is new, and who says so."""
    stories = payload["stories"]
    count = ngettext("{n} story", "{n} stories", len(stories))
    blocks = [bold(_("Gathered for you: {stories}").format(stories=count))]
    for story in stories:
        told = story["told"]
        items = [item for payload in told for item in payload["items"]]
        url = items[0]["url"] if items else None
        title = title_of(told[-1]["headline"])
        linked = link(title, url)
        blocks.append(Block(f"<b>{linked}</b>", f"{title}\n{url or ''}".rstrip(), "\n\n"))
        first = [item for payload in told for item in payload["items"][:1]][:3]
        blocks += [_sentence(item, "\n") for item in first]
        blocks += _sources(first, speech)
    if payload["more"]:
        more = ngettext("… and {n} more story", "… and {n} more stories", payload["more"])
        blocks.append(italic(f"{more}: /latest", before="\n\n"))
    return pack(blocks)


def _headline(payload: Payload, url: str | None) -> Block:
    title = title_of(payload["headline"])
    return Block(f"<b>{link(title, url)}</b>", title)


def _sentence(item: Payload, before: str) -> Block:
    short = clipped(item["text"], MAX_SENTENCE)
    return Block(html.escape(short), short, before)


def _sources(items: Sequence[Payload], speech: Speech) -> list[Block]:
    """Who says it and when, each article once, linked."""
    articles = {item["article_id"]: item for item in items}
    blocks = []
    for item in articles.values():
        name = _first_up(publisher(item["source"]))
        when = speech.date(item["published"])
        address = f"\n{item['url']}" if item["url"] else ""
        blocks.append(
            Block(
                f"<i>{link(name, item['url'])}, {html.escape(when)}</i>",
                f"{name}, {when}{address}",
            )
        )
    return blocks


def _corrections(payload: Payload, speech: Speech) -> list[Block]:
    """What its publisher changed, and when we saw it."""
    blocks = []
    for change in payload["corrected"]:
        at = speech.moment(change["at"])
        text = (
            _("Corrected {time}. It said before: “{before}”")
            if change["after"]
            else _("Taken back {time} by its publisher: “{before}”")
        )
        before = isolated(clipped(change["before"], MAX_TITLE))
        blocks.append(italic(text.format(time=at, before=before), before="\n\n"))
    return blocks


def _one(blocks: Sequence[Block]) -> Text:
    return pack(blocks)[0]


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
