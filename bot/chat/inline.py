"""Inline mode: @bot and words in any chat give stories to post there."""

from __future__ import annotations

import asyncio

from telegram import (
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.ext import ContextTypes

from bot.language import current
from bot.transport.sending import Sender
from bot.wording.rendering import clipped, coverage_words, day, listed, title_of
from bot.wording.story_text import render_short_story
from ingest import Newsroom, Story

MOST = 8
FRESH_SECONDS = 60
"""So long Telegram may give the same answer for the same words to others."""
MAX_QUERY = 200
MAX_SNIPPET = 120


class Inline:
    """Answers inline queries. Nothing is remembered of them."""

    def __init__(self, newsroom: Newsroom, sender: Sender) -> None:
        self._newsroom = newsroom
        self._sender = sender

    async def query(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Stories that match the words, or the newest for none."""
        query = update.inline_query
        if query is None:
            return
        words = " ".join(query.query.split())[:MAX_QUERY]
        stories = await asyncio.to_thread(self._find, words)
        results = [result_of(story) for story in stories]
        # What is offered depends on the language of the one who asks.
        await query.answer(results, cache_time=FRESH_SECONDS, is_personal=True)

    def _find(self, words: str) -> list[Story]:
        if not any(map(str.isalnum, words)):
            return self._newsroom.stories(MOST)
        return self._newsroom.find_stories(words, MOST)


def result_of(story: Story) -> InlineQueryResultArticle:
    """A story as one of the results: what is chosen from, and the message that it becomes."""
    lead = story.tellings[0].article
    return InlineQueryResultArticle(
        f"{story.id}:{current()}",
        title_of(story.headline),
        InputTextMessageContent(
            render_short_story(story).html,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(url=lead.url, is_disabled=lead.url is None),
        ),
        description=clipped(
            listed([coverage_words(story.coverage), day(story.last_seen)]), MAX_SNIPPET
        ),
    )
