"""Asks the archive: understand, retrieve, write, check, cite, compare. The order alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.answer import Answer, Citation, Mode, Question, Sentence
from bot.answering.cite import cite
from bot.answering.claims import ClaimCheck
from bot.answering.compare import Beside
from bot.answering.quotes import ENOUGH, MAX_QUOTES, PER_PART, choose, rank
from bot.answering.reader import Reader, reader_of
from bot.answering.retrieve import HITS, PassageRetriever, among_themselves, gather
from bot.answering.understand import Understood, parts, understand
from bot.calibrations import Calibrations
from bot.errors import LLMError
from bot.language import N_, _
from bot.settings import BotSettings
from ingest import Article, Hit, Newsroom, TimeFrame

if TYPE_CHECKING:
    from bot.answering.checking.check import Entails
    from bot.answering.llm import Writer

OnProgress = Callable[[Sequence[Sentence], Sequence[Citation]], Awaitable[None]]
"""Told the checked sentences of an answer so far, while a language model still writes."""

NOTHING = N_("Our articles do not answer this.")
EMPTY = N_("There are no articles here yet.")
NEAREST = 3
WATCH_ENOUGH = 0.85
"""How sure the answer to a question that waits must be: chosen with the first reader, when of the
everyday questions that nothing answers 5 of 200 were as sure, and not measured with this one yet;
benchmarks/watches --tune does on waiting ones."""
WORTH_READING = 0.45
"""The cosine of a passage with a waiting question from which its article is read."""
NEAR_ENOUGH = 0.25
FAILED = N_("The language model could not write this answer ({reason}), so here are quotes.")
UNSAID = N_("Our articles do not say: {question}")
UNBORNE = N_("What the language model wrote is not borne by the articles, so here are quotes.")


class Assistant:
    """Answers questions from a newsroom's articles alone, in quotes or by a language model."""

    def __init__(self, newsroom: Newsroom, settings: BotSettings) -> None:
        self._newsroom = newsroom
        self._settings = settings
        self.mode = Mode.LLM if settings.llm_model else Mode.QUOTES

    async def ask(
        self, question: Question, on_progress: OnProgress | None = None, *, strict: bool = False
    ) -> Answer:
        """The answer, every sentence cited; or a refusal with the nearest articles. If it is
        `strict`, the articles of the question's scope alone may answer.

        ArchiveError if the archive can't be read; a language model's failure is told in `note`.
        """
        started = time.perf_counter()
        understood = await self.understand(question)
        hits = await self.hits(understood, question.scope)
        retrieved = time.perf_counter()
        own = among_themselves(hits, question.scope)
        answer = await self._answer(question, understood, own, on_progress) if own else None
        if answer is None or not (answer.answered or strict):
            answer = await self._answer(question, understood, hits, on_progress)
        if answer.answered:
            compare = Beside(self._newsroom).compare
            answer = await asyncio.to_thread(compare, answer, hits, question.asked_at)
        return _timed(answer, started, retrieved)

    async def check(self, claim: Question) -> Answer:
        """The verdict on a claim, both sides cited; a refusal if it states nothing to be checked.

        ArchiveError if the archive can't be read.
        """
        started = time.perf_counter()
        checked = ClaimCheck(self._newsroom, self._reader)
        answer = await asyncio.to_thread(checked.check, claim)
        return _timed(answer, started, started)

    async def find(
        self, question: Question, limit: int = HITS, when: TimeFrame | None = None
    ) -> list[Hit]:
        """The passages that an answer is made from, best first, and as many more as `limit` says;
        looked for in `when` instead of the time that the question is about, if it is given."""
        understood = await self.understand(question)
        if when is not None:
            understood = replace(understood, when=when)
        return await self.hits(understood, question.scope, limit)

    async def ask_within(
        self, question: Question, article_ids: Sequence[str], enough: float = WATCH_ENOUGH
    ) -> Answer:
        """The answer that these articles give; a refusal if none of them does.

        A question that waits meets very many articles, so it is answered only if that is surer
        than an answer has to be.
        """
        started = time.perf_counter()
        understood = await self.understand(question)
        look = self._newsroom.search_within
        near = await asyncio.to_thread(look, understood.search_text, article_ids, 1)
        if not near or near[0].score < WORTH_READING:
            return self._refusal(question, self.mode, near)
        hits = await self.hits(understood, article_ids)
        retrieved = time.perf_counter()
        own = [hit for hit in hits if hit.article.id in set(article_ids)]
        sure = max(enough, await asyncio.to_thread(self._enough))
        answer = await self._answer(question, understood, own, None, sure)
        return _timed(answer, started, retrieved)

    async def hits(
        self, understood: Understood, about: Sequence[str], limit: int = HITS
    ) -> list[Hit]:
        """The passages that matter, best first; those of the articles `about` first."""
        retriever = PassageRetriever(
            newsroom=self._newsroom,
            limit=limit,
            when=understood.when,
            about=tuple(about),
        )
        return await asyncio.to_thread(gather, retriever, parts(understood))

    async def understand(self, question: Question) -> Understood:
        """The question made to stand alone."""
        understood = understand(question)
        if self.mode is Mode.LLM and understood.context:
            try:
                return replace(understood, text=await self._writer.rewrite(question), context="")
            except LLMError:
                return understood
        return understood

    async def _answer(
        self,
        question: Question,
        understood: Understood,
        hits: Sequence[Hit],
        on_progress: OnProgress | None,
        enough: float | None = None,
    ) -> Answer:
        note, timings = "", {}
        if self.mode is Mode.LLM and hits:
            try:
                written, checking = await self._write(question, understood, hits, on_progress)
                timings = {"check": checking * 1000}
                if written is not None:
                    return replace(written, timings_ms=timings)
                note = _(UNBORNE)
            except LLMError as error:
                note = _(FAILED).format(reason=error)
        quoted = await asyncio.to_thread(self._quote, question, understood, hits, note, enough)
        return replace(quoted, timings_ms=timings)

    async def _write(
        self,
        question: Question,
        understood: Understood,
        hits: Sequence[Hit],
        on_progress: OnProgress | None,
    ) -> tuple[Answer | None, float]:
        """What the model writes, sentence by sentence as far as borne; None if nothing is left.

        Beside it the seconds that the check took.
        """
        from bot.answering.checked import CheckedAnswer
        from bot.answering.evidence import number

        evidence = number(hits)
        draft = CheckedAnswer(evidence, self._entails)
        async with aclosing(self._writer.write(understood.search_text, evidence)) as chunks:
            async for chunk in chunks:
                if await asyncio.to_thread(draft.feed, chunk) and on_progress:
                    await on_progress(draft.sentences, draft.citations)
        await asyncio.to_thread(draft.finish)
        if draft.refused:
            return self._refusal(question, Mode.LLM, hits), draft.check_seconds
        if not draft.sentences:
            return None, draft.check_seconds
        written = self._cited(question, Mode.LLM, draft.sentences, draft.citations, "")
        return written, draft.check_seconds

    def _quote(
        self,
        question: Question,
        understood: Understood,
        hits: Sequence[Hit],
        note: str,
        enough: float | None,
    ) -> Answer:
        if enough is None:
            enough = self._enough()
        asked = parts(understood)
        ranked = [rank(part, hits, self._reader, self._newsroom.rarity) for part in asked]
        most = PER_PART if len(asked) > 1 else MAX_QUOTES
        chosen = [choose(some, enough, self._newsroom.is_furniture, most) for some in ranked]
        confidence = max(some.confidence for some in ranked)
        in_turn = [found for some in chosen for found in some[:1]]
        in_turn += [found for some in chosen for found in some[1:]]
        quotes = list({found.text: found for found in in_turn}.values())
        if not quotes:
            return replace(self._refusal(question, Mode.QUOTES, hits), confidence=confidence)
        citations = [cite(n, found.hit, found.text) for n, found in enumerate(quotes, 1)]
        told = [Sentence(found.text, (n,)) for n, found in enumerate(quotes, 1)]
        first = len({some[0].text for some in chosen if some})
        left = [part.text for part, some in zip(asked, chosen, strict=True) if not some]
        notes = [note, *(_(UNSAID).format(question=text) for text in left)]
        answer = self._cited(
            question, Mode.QUOTES, told[:first], citations, "\n".join(filter(None, notes))
        )
        return replace(answer, more=tuple(told[first:]), confidence=confidence)

    def _cited(
        self,
        question: Question,
        mode: Mode,
        sentences: Sequence[Sentence],
        citations: Sequence[Citation],
        note: str,
    ) -> Answer:
        shown = {n for sentence in sentences for n in sentence.citations}
        ids = list(dict.fromkeys(c.article_id for c in citations if c.n in shown))
        return Answer(
            question=question.text,
            answered=True,
            mode=mode,
            sentences=tuple(sentences),
            citations=tuple(citations),
            note=note,
            independent=self._newsroom.independent(ids),
        )

    def _refusal(self, question: Question, mode: Mode, hits: Sequence[Hit]) -> Answer:
        return Answer(
            question=question.text,
            answered=False,
            mode=mode,
            nearest=_nearest(hits),
            refusal=_(NOTHING if hits else EMPTY),
        )

    def _enough(self) -> float:
        """How well a quote must answer: as it was calibrated for this model, or as shipped."""
        return self._calibrations.enough(self._settings.models, ENOUGH)

    @cached_property
    def _calibrations(self) -> Calibrations:
        return Calibrations(self._newsroom.engine)

    @cached_property
    def _reader(self) -> Reader:
        return reader_of(self._settings.reader_model)

    @cached_property
    def _entails(self) -> Entails | None:
        from bot.answering.checking.entailment import LLM, Entailed, Judged
        from ingest.models import CrossEncoder

        name = self._settings.entailment_model
        if name == LLM:
            return Judged(self._writer) if self.mode is Mode.LLM else None
        return Entailed(CrossEncoder("ENTAILMENT_MODEL", name)) if name else None

    @cached_property
    def _writer(self) -> Writer:
        from bot.answering.llm import Writer

        return Writer(self._settings)


def _nearest(hits: Sequence[Hit]) -> tuple[Article, ...]:
    """The articles that come nearest, if they come near at all, each title once."""
    near = [hit.article for hit in hits if (hit.dense or 0.0) >= NEAR_ENOUGH]
    return tuple({article.title: article for article in near}.values())[:NEAREST]


def _timed(answer: Answer, started: float, retrieved: float) -> Answer:
    done = time.perf_counter()
    timings = {
        "retrieve": (retrieved - started) * 1000,
        "answer": (done - retrieved) * 1000,
        "total": (done - started) * 1000,
    }
    return replace(answer, timings_ms=answer.timings_ms | timings)
