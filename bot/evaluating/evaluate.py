"""Asks every question of a set, and notes what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from bot.answer import Answer, Question
from bot.answering.ask import Assistant
from bot.answering.understand import understand
from bot.evaluating.measures import MAX_WORDS, Outcome, holds
from bot.evaluating.questions import SetQuestion
from ingest import Newsroom

PASSAGES, ARTICLES = 80, 10
OnOutcome = Callable[[Outcome], None]


def evaluate(
    newsroom: Newsroom,
    assistant: Assistant,
    questions: Sequence[SetQuestion],
    on_outcome: OnOutcome = lambda _outcome: None,
) -> list[Outcome]:
    """The outcome of each question, in order; `on_outcome` is told each as it comes."""
    outcomes = []
    for question in questions:
        asked = Question(question.text, asked_at=question.asked_at)
        answer = asyncio.run(assistant.ask(asked))
        rank = _rank(newsroom, asked, question.articles) if question.articles else None
        outcomes.append(_outcome(newsroom, question, answer, rank))
        on_outcome(outcomes[-1])
    return outcomes


def _rank(newsroom: Newsroom, asked: Question, wanted: frozenset[str]) -> int:
    """The place of the first wanted article among the first ARTICLES, 0 if there is none."""
    understood = understand(asked)
    hits = newsroom.search(understood.search_text, PASSAGES, understood.when)
    urls = list(dict.fromkeys(hit.article.url for hit in hits))[:ARTICLES]
    return next((place for place, url in enumerate(urls, 1) if url in wanted), 0)


def _outcome(
    newsroom: Newsroom, question: SetQuestion, answer: Answer, rank: int | None
) -> Outcome:
    first = answer.sentences[0].text if answer.sentences else ""
    told = " ".join(answer.text.split()[:MAX_WORDS]) if answer.answered else ""
    urls = {citation.url for citation in answer.citations}
    dates = [citation.published for citation in answer.citations if citation.published]
    age = (question.asked_at or datetime.now(UTC)) - max(dates) if dates else None
    expects = bool(question.answers) and not question.unanswerable
    return Outcome(
        unanswerable=question.unanswerable,
        answered=answer.answered,
        confidence=answer.confidence,
        rank=rank,
        first=holds(first, question.answers) if expects else None,
        three=holds(told, question.answers) if expects else None,
        cited=len(urls),
        cited_right=len(urls & question.articles),
        sentences=len(answer.sentences),
        verbatim=_verbatim(newsroom, answer),
        age_days=age / timedelta(days=1) if age is not None else None,
        milliseconds=answer.timings_ms.get("total", 0.0),
    )


def _verbatim(newsroom: Newsroom, answer: Answer) -> int:
    """How many sentences stand word for word in an article that they cite."""
    texts = {}
    for citation in answer.citations:
        article = newsroom.article(citation.article_id)
        texts[citation.n] = article.text if article else ""
    return sum(any(s.text in texts.get(n, "") for n in s.citations) for s in answer.sentences)
