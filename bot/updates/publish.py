"""From news to deliveries: match, decide what each target is told, write. The order.

All is worked out before the transaction that writes it, which asks whether the news was read by
another process meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.subscription import Delivery, DeliveryKind, Kind, Subscription, Target
from bot.updates.content import articles_in, coverage_of, of_facts, of_new_story, revised
from bot.updates.correcting import Corrector
from bot.updates.daily import Daily
from bot.updates.match import Matcher
from bot.updates.outbox import Outbox
from bot.updates.subscriptions import Subscriptions
from ingest import Article, News, Newsroom

FRESH = timedelta(hours=24)
"""What came out earlier than so long before it reached us is archived, not told."""
LOOK_BACK = timedelta(minutes=10)
"""So long before the last look a withdrawal may have begun that we could not see yet."""
BATCH = 200
NO_LIMIT = 10**9
Watch = Callable[[Subscription, Sequence[str]], Delivery | None]
"""The answer to a question from these articles, if they answer it."""
log = logging.getLogger(__name__)


class Publisher:
    """Turns what the newsroom placed into deliveries. `watch` answers the questions that wait,
    `corrector` corrects the answers that were sent, `daily` writes the briefings of the day."""

    def __init__(
        self,
        newsroom: Newsroom,
        subscriptions: Subscriptions,
        outbox: Outbox,
        *,
        watch: Watch | None = None,
        corrector: Corrector | None = None,
        daily: Daily | None = None,
    ) -> None:
        self._newsroom = newsroom
        self._subscriptions = subscriptions
        self._outbox = outbox
        self._watch = watch
        self._corrector = corrector
        self._daily = daily
        self._matcher: tuple[tuple[int, ...], Matcher] | None = None

    def tick(self, now: datetime) -> int:
        """Tell what is new and what is due; how many deliveries were written."""
        written = self._daily.write(now) if self._daily else 0
        read = self._outbox.read_to()
        if read is None:
            self._begin(now)
            return written + self._outbox.bundle_due(now)
        number, looked = read
        withdrawn = self._newsroom.withdrawn_since(looked - LOOK_BACK)
        if self._corrector:
            self._corrector.withdrawn(withdrawn, now)
        written += sum(self._correct(article, now) for article in withdrawn)
        while news := self._newsroom.news(number, BATCH):
            written += self._publish(news, number, now)
            number = news[-1].number
        if self._corrector:
            written += self._corrector.correct(now)
        return written + self._outbox.bundle_due(now)

    def _begin(self, now: datetime) -> None:
        """Begin with what comes after now: what is in the archive is known, and may only change."""
        number = self._newsroom.last_news()
        lately = self._newsroom.news_since(now - 2 * FRESH, NO_LIMIT)
        known = [item.article.id for item in lately if item.number <= number]
        self._outbox.start_at(number, known, now)

    def _publish(self, news: Sequence[News], after: int, now: datetime) -> int:
        """Tell one batch. Corrections come before it counts as read, for nothing brings them
        again; each is written once, however often that is tried."""
        if self._corrector:
            self._corrector.notice(news, now)
        changed = {item.article.id: item.article for item in news if item.article.version > 1}
        corrected = sum(self._correct(article, now) for article in changed.values())
        unseen = self._outbox.unseen([item.article.id for item in news])
        fresh = [item for item in news if item.article.id in unseen and is_fresh(item, now)]
        by_story: dict[str, list[News]] = {}
        for item in fresh:
            by_story.setdefault(item.story_id, []).append(item)
        drafts = [draft for items in by_story.values() for draft in self._tell(items)]
        read = (after, news[-1].number)
        return corrected + self._outbox.write(drafts, read=read, articles=sorted(unseen), now=now)

    def _tell(self, items: Sequence[News]) -> list[Delivery]:
        """What the targets are told of one story that has new articles."""
        ids = self._newsroom.story_ids(items[0].story_id)
        matcher = self._current()
        matched: dict[int, tuple[Subscription, list[str]]] = {}
        for item in items:
            for subscription in matcher.match(item, ids):
                matched.setdefault(subscription.id, (subscription, []))[1].append(item.article.id)
        knowing = self._outbox.knowing(ids)
        if not matched and not knowing:
            return []
        story = self._newsroom.story(ids[0])
        if story is None:
            return []
        muted = self._subscriptions.muted(ids)
        answers = [pair for pair in matched.values() if pair[0].kind is Kind.QUESTION]
        wanting = _wanting([s for s, _ in matched.values() if s.kind is not Kind.QUESTION])
        added = of_facts(story, ids, 0, frozenset(item.article.id for item in items))
        drafts = []
        for target in {**wanting, **dict.fromkeys(knowing)}.keys() - muted:
            by = wanting.get(target)
            number = by.id if by else 0
            if target not in knowing and by and by.kind is not Kind.STORY:
                payload = of_new_story(story, ids, number)
                key = f"post:{ids[0]}"
                drafts.append(Delivery(target, DeliveryKind.POST, key, payload, ids[0]))
            elif added:
                key = f"fact:{min(item.article.id for item in items)}"
                payload = {**added, "subscription": number}
                drafts.append(Delivery(target, DeliveryKind.FACT, key, payload, ids[0]))
        for question, article_ids in answers:
            answer = self._watch(question, article_ids) if self._watch else None
            if answer:
                drafts.append(answer)
        return drafts

    def _correct(self, article: Article, now: datetime) -> int:
        """Mend what was told from an article that changed or was taken back."""
        versions = self._newsroom.versions(article.id)
        story = self._newsroom.story(self._newsroom.story_of(article.id) or "")
        written = 0
        for delivery, bundle in self._outbox.telling([article.id]):
            since = articles_in(delivery.payload).get(article.id, 1)
            changes = [c for v in versions if v.version >= since for c in v.changes]
            payload = revised(delivery.payload, article, changes, now)
            if payload is None or self._outbox.revise(delivery.id, payload):
                continue
            payload = {**payload, "coverage": coverage_of(story)}
            mark = "withdrawn" if article.withdrawn else str(article.version)
            told = {"delivery": delivery.id, "bundle": bundle, "says": payload}
            draft = Delivery(
                delivery.target,
                DeliveryKind.CORRECTION,
                f"correction:{delivery.id}:{mark}",
                told,
                delivery.story_id,
            )
            written += self._outbox.put(draft, now)
        return written

    def _current(self) -> Matcher:
        mark = self._subscriptions.mark()
        if self._matcher is None or self._matcher[0] != mark:
            self._matcher = (mark, Matcher(self._subscriptions.awake()))
        return self._matcher[1]


def is_fresh(news: News, now: datetime) -> bool:
    """Whether an article is news: it came out lately, and its feed did not just begin with it.

    One without a date counts if a feed that we follow has begun to show it.
    """
    if news.backlog or news.article.withdrawn or news.added < now - FRESH:
        return False
    return news.at >= news.added - FRESH if news.article.published else bool(news.feeds)


def _wanting(matched: Sequence[Subscription]) -> dict[Target, Subscription]:
    """The subscription by which each target hears of a story; one that is not of the story itself
    comes first, for it wants a post."""
    ordered = sorted(matched, key=lambda s: (s.kind is not Kind.STORY, -s.id))
    return {subscription.target: subscription for subscription in ordered}
