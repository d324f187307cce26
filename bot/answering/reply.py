"""Replies to a message: which kind it is comes first, then the answer that such a one wants."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel import Locale

from bot.answer import Answer, MessageKind, Question
from bot.answering.ask import Assistant, OnProgress
from bot.answering.briefing import brief
from bot.answering.followup import Leads, leads, telling_words
from bot.answering.kinds import kind_of, language_of
from bot.answering.moments import read_time
from bot.answering.scoring import stems
from bot.answering.tales import mark_of
from bot.answering.tongues import Tongues
from bot.answering.topic import tell_article, tell_story, tell_topic, topic_words
from bot.language import N_, _, current, speaking
from bot.settings import BotSettings
from ingest import DEFAULT_MODEL, Article, Newsroom, Story
from ingest.text import stem

NEAREST = 3
NAMED_HITS = 20
FOREIGN = N_("Our articles are in another language ({languages}), which I can't match with yours.")
RESPELLED = N_("I read: {words}")


class Correspondent:
    """Replies to people: answers, stories, the news of a time; the rest is for the chat to say."""

    def __init__(self, newsroom: Newsroom, settings: BotSettings) -> None:
        self._newsroom = newsroom
        self._embeds = settings.embedding_model == DEFAULT_MODEL
        self._tongues = Tongues(newsroom)
        self.assistant = Assistant(newsroom, settings)

    async def reply(self, question: Question, on_progress: OnProgress | None = None) -> Answer:
        """The answer to a message, or, to one that asks nothing, an empty one of its kind.

        ArchiveError as in Assistant.ask.
        """
        started = time.perf_counter()
        kind = await asyncio.to_thread(self._kind, question)
        if kind.asks_nothing:
            return Answer(question.text, False, self.assistant.mode, kind=kind)
        answer = await asyncio.to_thread(self._from_stories, question, kind)
        if answer is None:
            answer = await self._looked_up(question, kind, on_progress)
        total = (time.perf_counter() - started) * 1000
        timings = {**answer.timings_ms, "total": total}
        return replace(answer, question=question.text, timings_ms=timings)

    def today(self, question: Question) -> Answer:
        """The news of today, whatever the question's words."""
        return brief(self._newsroom, replace(question, text=""))

    def tell(self, article: Article) -> Answer | None:
        """An article with its story; None if it tells nothing."""
        told = self._newsroom.story_of(article.id)
        story = next(iter(self._newsroom.stories_with([told] if told else [])), None)
        return tell_article(self._newsroom, article, story)

    def _kind(self, question: Question) -> MessageKind:
        """The kind of a message; a topic that names but a time is a briefing, one that names
        nothing at all a question."""
        embed, text = self._newsroom.embeddings.embed_query, question.text
        kind = kind_of(text, embed(text) if self._embeds else None)
        if kind is not MessageKind.TOPIC:
            return kind
        now, zone = question.asked_at or datetime.now(UTC), ZoneInfo(question.timezone)
        timed = read_time(text, now, question.asked_at, zone, language_of(text))
        if topic_words(timed.words):
            return kind
        return MessageKind.BRIEFING if timed.frame.is_period else MessageKind.QUESTION

    def _from_stories(self, question: Question, kind: MessageKind) -> Answer | None:
        """The news of a time, more of the story told before, or that the articles are in another
        language; None if none of that is asked."""
        if kind is MessageKind.BRIEFING:
            return brief(self._newsroom, question)
        if kind is MessageKind.MORE:
            stories = self._before(question)
            told = tell_story(self._newsroom, question, stories[0]) if stories else None
            return told or Answer(question.text, False, self.assistant.mode, kind=kind)
        language = language_of(question.text)
        spoken = self._tongues.foreign(language)
        return self._foreign(question, language, spoken) if language and spoken else None

    async def _looked_up(
        self, question: Question, kind: MessageKind, on_progress: OnProgress | None
    ) -> Answer:
        """A topic's story, or the answer to a question; its words as they are spelled here."""
        slips = await asyncio.to_thread(self._newsroom.respelled, question.text)
        text = question.text
        for word, meant in slips.items():
            text = text.replace(word, meant)
        question = replace(question, text=text)
        answer = await self._topic(question) if kind is MessageKind.TOPIC else None
        if answer is None:
            answer = await self._answer(question, on_progress)
        read = _(RESPELLED).format(words=_(", ").join(slips.values())) if slips else ""
        return replace(answer, note="\n".join(filter(None, [answer.note, read])))

    async def _topic(self, question: Question) -> Answer | None:
        understood = await self.assistant.understand(replace(question, history=()))
        hits = await self.assistant.hits(understood, question.scope)
        return await asyncio.to_thread(tell_topic, self._newsroom, question, understood, hits)

    async def _answer(self, question: Question, on_progress: OnProgress | None) -> Answer:
        """The answer to a question; one that follows a story is answered from it first."""
        stories = await asyncio.to_thread(self._before, question)
        scope = question.scope or tuple(t.article.id for s in stories for t in s.tellings)
        way = Leads.ELSEWHERE
        if scope:
            way = await asyncio.to_thread(leads, self._newsroom, question.text, scope)
        if way is Leads.ELSEWHERE:
            question = replace(question, scope=(), history=(), about="")
        else:
            question = replace(question, scope=scope)
        back = way is Leads.BACK
        answer = await self.assistant.ask(question, on_progress, strict=back)
        if answer.answered:
            return answer
        marks = stories if back else await asyncio.to_thread(self._nearest, answer)
        return replace(answer, stories=tuple(mark_of(story) for story in marks[:NEAREST]))

    def _before(self, question: Question) -> list[Story]:
        """The stories that the last turn told."""
        return self._stories_of(question.history[-1].articles if question.history else ())

    def _nearest(self, answer: Answer) -> list[Story]:
        """The stories of the nearest articles of a refusal."""
        return self._stories_of([article.id for article in answer.nearest])

    def _stories_of(self, article_ids: Sequence[str]) -> list[Story]:
        told = self._newsroom.stories_of(article_ids)
        ids = dict.fromkeys(told[article_id] for article_id in article_ids if article_id in told)
        return self._newsroom.stories_with(list(ids))

    def _foreign(self, question: Question, language: str, spoken: Sequence[str]) -> Answer:
        """That the articles are in another language, with the stories that hold the question's own
        names and numbers."""
        words = topic_words(question.text)
        telling = telling_words(self._newsroom, words)
        hits = self._newsroom.search(" ".join(telling), NAMED_HITS) if telling else []
        named = {stem(word) for word in telling if word[0].isupper() or word.isdecimal()}
        near = [hit.article for hit in hits if named & stems(hit.article.title)]
        stories = self._stories_of([article.id for article in near])[:NEAREST]
        with speaking(language):
            names = (Locale.parse(code).get_display_name(current()) or code for code in spoken)
            refusal = _(FOREIGN).format(languages=_(", ").join(names))
        marks = tuple(mark_of(story) for story in stories)
        mode = self.assistant.mode
        return Answer(question.text, False, mode, refusal=refusal, stories=marks)
