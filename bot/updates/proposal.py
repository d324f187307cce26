"""What subscription a person's words mean, and what it would have brought lately."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from bot.language import _, isolated, ngettext
from bot.subscription import Kind, Subscription, Target
from bot.updates.keywords import looks_like_keywords, parse
from bot.updates.match import Matcher
from ingest import Newsroom, SourceError, Story

MAX_TEXT = 200
PREVIEW_DAYS = 7


class Proposals:
    """Reads words as subscriptions. Blocking: an embedding is worked out."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    def read(self, target: Target, user_id: int, text: str, kind: Kind | None) -> Subscription:
        """The subscription that `text` means, of this kind or (None) of the likeliest.

        ValueError says what is wrong with it.
        """
        text = fit(" ".join(text.split()))
        return self.of_kind(target, user_id, kind or self._guess(text), text)

    def of_kind(self, target: Target, user_id: int, kind: Kind, text: str) -> Subscription:
        """The same for a kind that is known; ValueError as in `read`."""
        made = Subscription(target, kind, text, created_by=user_id)
        if kind is Kind.KEYWORDS:
            parse(text)
        elif kind is Kind.SOURCE:
            return self._by_source(made)
        elif kind is Kind.FEED:
            return self._by_feed(made)
        elif kind in {Kind.TOPIC, Kind.QUESTION}:
            vector = self._newsroom.embeddings.embed_query(text)
            return replace(made, vector=np.asarray(vector, dtype=np.float32))
        return made

    def lately(self, subscription: Subscription) -> list[Story]:
        """The stories of the last PREVIEW_DAYS that it matches, newest first; of a question none,
        for its answer can't be foreseen."""
        if subscription.kind is Kind.QUESTION:
            return []
        matcher = Matcher([subscription])
        news = self._newsroom.news_since(datetime.now(UTC) - timedelta(days=PREVIEW_DAYS))
        ids = dict.fromkeys(item.story_id for item in reversed(news) if matcher.match(item))
        return self._newsroom.stories_with(list(ids))

    def _guess(self, text: str) -> Kind:
        if text.lower() in {"everything", "all", _("everything")}:
            return Kind.EVERYTHING
        if text.endswith(("?", "؟")):
            return Kind.QUESTION
        if text.startswith(("http://", "https://")):
            return Kind.FEED
        if looks_like_keywords(text):
            return Kind.KEYWORDS
        return Kind.SOURCE if text.casefold() in self._sources() else Kind.TOPIC

    def _by_source(self, made: Subscription) -> Subscription:
        names, key = self._sources(), made.text.casefold()
        if key not in names:
            said = _("We have no articles of “{name}”. /sources shows whose we have.")
            raise ValueError(said.format(name=isolated(made.text)))
        return replace(made, text=names[key], key=key)

    def _by_feed(self, made: Subscription) -> Subscription:
        try:
            feed = self._newsroom.feeds.find(made.text)
        except SourceError:
            said = _(
                "“{address}” is no feed that we follow. Whoever runs me can add it: "
                "newsdesk feeds add"
            )
            raise ValueError(said.format(address=isolated(made.text))) from None
        return replace(made, text=(feed.title or feed.url)[:MAX_TEXT], key=str(feed.id))

    def _sources(self) -> dict[str, str]:
        return {source.name.casefold(): source.name for source in self._newsroom.sources()}


def fit(text: str) -> str:
    """The text, if a subscription can be made of it; ValueError says what to change."""
    if len(text) > MAX_TEXT:
        raise ValueError(
            ngettext(
                "That is a long one. Please put it in at most {n} character.",
                "That is a long one. Please put it in at most {n} characters.",
                MAX_TEXT,
            )
        )
    if not any(map(str.isalnum, text)):
        raise ValueError(_("Please write in words what it is about."))
    return text
