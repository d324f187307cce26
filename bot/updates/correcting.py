"""From news to corrections of answers: which are concerned, what they say now. The order."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.answer import Answer
from bot.updates.amend import amended
from bot.updates.amendment import Cited, Limits, Report, SentAnswer, Source
from bot.updates.answers import Answers
from bot.updates.standing import corrections_of
from ingest import Article, FactKind, News, Newsroom, Story, Version

log = logging.getLogger(__name__)


class Corrector:
    """Follows the articles that sent answers cite, within `limits`.

    What happened is noted first (`notice`, `withdrawn`), before the news counts as read; then each
    answer concerned is compared with the archive as it is (`correct`). So nothing is lost if the
    process dies, and it does not matter how often or in which order things happened.
    """

    def __init__(self, newsroom: Newsroom, answers: Answers, limits: Limits) -> None:
        self._newsroom = newsroom
        self._answers = answers
        self._limits = limits

    def notice(self, news: Sequence[News], now: datetime) -> int:
        """Note the answers that cite one of these articles, or another of their stories."""
        if not self._answers.followed(self._limits, now):
            return 0
        told = {item.story_id for item in news}
        stories = {story for one in told for story in self._newsroom.story_ids(one)}
        articles = {item.article.id for item in news}
        return self._answers.touch(articles, stories, self._limits, now)

    def withdrawn(self, articles: Sequence[Article], now: datetime) -> int:
        """Note the answers that cite these articles, which were taken back."""
        ids = [article.id for article in articles]
        return self._answers.touch(ids, [], self._limits, now) if ids else 0

    def correct(self, now: datetime) -> int:
        """Look at the answers that are due; how many corrections were written.

        One that can't be looked at stays due, and holds up no other.
        """
        written = 0
        for sent in self._answers.due(self._limits, now):
            try:
                written += self._look_at(sent, now)
            except Exception:
                log.exception("answer %d can't be looked at", sent.turn_id)
        return written

    def _look_at(self, sent: SentAnswer, now: datetime) -> int:
        answer = Answer.from_json(sent.document)
        ids = list(dict.fromkeys(citation.article_id for citation in answer.citations))
        stories = self._stories(ids)
        sources = {i: self._source(i, stories) for i in ids}
        reports = [r for s in stories.values() for r in self._reports(s, sent.asked)]
        new, amendments = amended(answer, sources, reports, self._newsroom.passage_of)
        cited = list(dict.fromkeys(citation.article_id for citation in new.citations))
        new = replace(new, independent=self._newsroom.independent(cited))
        document = {**sent.document, **new.to_json(), "nearest": []}
        quoted = [self._cited(i, sources, stories) for i in cited]
        if amendments:
            amend, limits = self._answers.amend, self._limits
            return amend(sent, document, quoted, amendments, limits=limits, now=now)
        self._answers.stands(sent, document, quoted)
        return 0

    def _stories(self, article_ids: Sequence[str]) -> dict[str, Story]:
        """The stories of these articles, by id."""
        ids = dict.fromkeys(filter(None, map(self._newsroom.story_of, article_ids)))
        return {story.id: story for story in self._newsroom.stories_with(list(ids))}

    def _source(self, article_id: str, stories: Mapping[str, Story]) -> Source:
        article = self._newsroom.article(article_id)
        if article is None:
            raise LookupError(f"article {article_id} is not in the archive")
        versions = tuple(self._newsroom.versions(article_id)) if article.version > 1 else ()
        for story in stories.values():
            for telling in story.tellings:
                if telling.article.id == article_id:
                    return Source(article, versions, story.id, telling.at)
        return Source(article, versions)

    def _reports(self, story: Story, since: datetime) -> list[Report]:
        """The values that articles changed which the archive got, or got anew, since then.

        A correction of one article is a later report for those that tell the same: who reprints
        an agency's text seldom corrects it.
        """
        standing = [t for t in story.tellings if t.article.withdrawn is None]
        renewed = {t.article.id: self._renewed(t.article, since) for t in standing}
        later = {
            t.article.id: t.article
            for t in standing
            if renewed[t.article.id] or (t.added and t.added >= since)
        }
        whole = self._newsroom.story(story.id) if later else None
        facts = [
            *(whole.facts if whole else ()),
            *(f for a in later.values() for v in renewed[a.id] for f in corrections_of(a, v)),
        ]
        return [
            Report(later[fact.article_id], fact, story.id)
            for fact in facts
            if fact.kind is FactKind.CHANGED and fact.article_id in later
        ]

    def _renewed(self, article: Article, since: datetime) -> list[Version]:
        """The versions of an article that were replaced since then."""
        versions = self._newsroom.versions(article.id) if article.version > 1 else []
        return [version for version in versions if version.replaced >= since]

    def _cited(
        self, article_id: str, sources: Mapping[str, Source], stories: Mapping[str, Story]
    ) -> Cited:
        source = sources.get(article_id) or self._source(article_id, stories)
        return Cited(article_id, source.article.version, source.story_id)
