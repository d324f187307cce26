"""Questions that wait for an answer: reads new articles for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from bot.answer import Answer, Question
from bot.answering.ask import Assistant
from bot.language import speaking
from bot.subscription import Delivery, DeliveryKind, Subscription
from bot.updates.subscriptions import Subscriptions
from bot.wording.answer_text import render_answer, render_watched
from bot.wording.rendering import Text

Run = Callable[[Coroutine[Any, Any, Answer]], Answer]


class Watcher:
    """Answers a waiting question from new articles, if they answer it by the check that every
    answer has to pass. `run` waits for a coroutine; it is called from a worker thread."""

    def __init__(
        self, assistant: Assistant, subscriptions: Subscriptions, run: Run = asyncio.run
    ) -> None:
        self._assistant = assistant
        self._subscriptions = subscriptions
        self._run = run

    def __call__(self, subscription: Subscription, article_ids: Sequence[str]) -> Delivery | None:
        question = Question(subscription.text)
        answer = self._run(self._assistant.ask_within(question, article_ids))
        if not answer.answered:
            return None
        with speaking(self._subscriptions.settings(subscription.target.chat_id).language):
            first, *rest = render_answer(answer)
            texts: list[Text] = [render_watched(subscription.text, first), *rest]
        cited = sorted({citation.article_id for citation in answer.citations})
        payload = {
            "texts": [[text.html, text.plain] for text in texts],
            "answer": answer.to_json(),
            "reply_to": subscription.message_id,
            "subscription": subscription.id,
            "once": subscription.once,
        }
        key = f"answer:{subscription.id}" + ("" if subscription.once else f":{cited[0]}")
        return Delivery(subscription.target, DeliveryKind.ANSWER, key, payload)
