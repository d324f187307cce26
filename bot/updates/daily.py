"""Daily briefings: each at the hour that its chat has chosen, once a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.answering.briefing import brief_daily
from bot.language import speaking
from bot.subscription import Delivery, DeliveryKind, Kind, Subscription
from bot.updates.outbox import Outbox
from bot.updates.subscriptions import Subscriptions
from bot.wording.answer_text import render_answer
from ingest import Newsroom

LATE = timedelta(hours=3)
"""A briefing that could not be written for so long after its hour is left out."""


class Daily:
    """Writes the briefings whose hour has come."""

    def __init__(self, newsroom: Newsroom, subscriptions: Subscriptions, outbox: Outbox) -> None:
        self._newsroom = newsroom
        self._subscriptions = subscriptions
        self._outbox = outbox

    def write(self, now: datetime) -> int:
        """Write those that are due; how many that were. A day without news has none."""
        return sum(self._outbox.put(draft, now) for draft in self._due(now))

    def _due(self, now: datetime) -> Iterator[Delivery]:
        for subscription in self._subscriptions.awake(Kind.BRIEFING):
            settings = self._subscriptions.settings(subscription.target.chat_id)
            local = settings.local(now)
            hour = local.replace(hour=int(subscription.key), minute=0, second=0, microsecond=0)
            key = f"briefing:{local.date()}"
            if hour <= local < hour + LATE and not self._outbox.has(subscription.target, key):
                with speaking(settings.language):
                    if draft := self._written(subscription, key, now):
                        yield draft

    def _written(self, subscription: Subscription, key: str, now: datetime) -> Delivery | None:
        zone = self._subscriptions.settings(subscription.target.chat_id).zone
        answer = brief_daily(self._newsroom, now, zone)
        if answer is None:
            return None
        texts = [[text.html, text.plain] for text in render_answer(answer)]
        payload = {"texts": texts, "stories": [story.id for story in answer.stories]}
        return Delivery(subscription.target, DeliveryKind.BRIEFING, key, payload)
