"""Asks every question of a set, and notes what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from bot.answer import Answer, Question
from bot.answering.ask import Assistant
from bot.evaluating.measures import MAX_WORDS, Outcome, holds
from bot.evaluating.questions import QuestionSetError, SetQuestion
from ingest import Newsroom, TimeFrame

PASSAGES, ARTICLES, SENTENCES = 80, 10, 3
SHOWN = 5
OnOutcome = Callable[[Outcome], None]


def evaluate(
    newsroom: Newsroom,
    assistant: Assistant,
    questions: Sequence[SetQuestion],
    on_outcome: OnOutcome = lambda _outcome: None,
) -> list[Outcome]:
    """The outcome of each question, in order; `on_outcome` is told each as it comes.

    QuestionSetError if the set names articles that the archive does not hold.
    """
    wanted = wanted_ids(newsroom, questions)

    async def all_of_them() -> list[Outcome]:
        outcomes = []
        for question, ids in zip(questions, wanted, strict=True):
            asked = Question(question.text, asked_at=question.asked_at)
            answer = await assistant.ask(asked)
            rank = await rank_of(assistant, asked, ids) if ids else None
            outcomes.append(_outcome(newsroom, question, ids, answer, rank))
            on_outcome(outcomes[-1])
        return outcomes

    return asyncio.run(all_of_them())


async def rank_of(
    assistant: Assistant, asked: Question, wanted: frozenset[str], when: TimeFrame | None = None
) -> int:
    """The place of the first wanted article (by id) among the first ARTICLES that the assistant
    finds, 0 if there is none; `when` as in Assistant.find."""
    hits = await assistant.find(asked, PASSAGES, when)
    return place_of(wanted, [hit.article.id for hit in hits])


def place_of(wanted: frozenset[str], found: Sequence[str]) -> int:
    """The place (from 1) of the first wanted one among the first ARTICLES different ones, or 0."""
    first = list(dict.fromkeys(found))[:ARTICLES]
    return next((place for place, name in enumerate(first, 1) if name in wanted), 0)


def wanted_ids(newsroom: Newsroom, questions: Sequence[SetQuestion]) -> list[frozenset[str]]:
    """The ids of the articles that answer each question."""
    names = {name for question in questions for name in question.articles}
    found = {name: article.id for name in names if (article := newsroom.article_named(name))}
    missing = [
        f"{question.where}: no article in the archive is {name}"
        for question in questions
        for name in sorted(question.articles)
        if name not in found
    ]
    if missing:
        more = [f"… and {len(missing) - SHOWN} more"] if len(missing) > SHOWN else []
        advice = "Ingest them first, or take them out of the set."
        raise QuestionSetError("\n".join([*missing[:SHOWN], *more, advice]))
    return [frozenset(found[name] for name in question.articles) for question in questions]


def _outcome(
    newsroom: Newsroom,
    question: SetQuestion,
    wanted: frozenset[str],
    answer: Answer,
    rank: int | None,
) -> Outcome:
    own = [s for s in (*answer.sentences, *answer.more) if not s.later]
    later = {n for sentence in answer.sentences if sentence.later for n in sentence.citations}
    told = [sentence.text for sentence in own[:SENTENCES]]
    ids = {citation.article_id for citation in answer.citations if citation.n not in later}
    dates = [citation.published for citation in answer.citations if citation.published]
    age = (question.asked_at or datetime.now(UTC)) - max(dates) if dates else None
    expects = bool(question.answers) and not question.unanswerable
    return Outcome(
        unanswerable=question.unanswerable,
        answered=answer.answered,
        confidence=answer.confidence,
        rank=rank,
        first=holds(shortened(told[:1]), question.answers) if expects else None,
        three=holds(shortened(told), question.answers) if expects else None,
        cited=len(ids),
        cited_right=len(ids & wanted),
        sentences=len(answer.sentences),
        verbatim=_verbatim(newsroom, answer),
        age_days=age / timedelta(days=1) if age is not None else None,
        milliseconds=answer.timings_ms.get("total", 0.0),
        text=question.text,
        told=answer.text,
    )


def shortened(sentences: Sequence[str]) -> str:
    """Sentences in one text of at most MAX_WORDS words."""
    return " ".join(" ".join(sentences).split()[:MAX_WORDS])


def _verbatim(newsroom: Newsroom, answer: Answer) -> int:
    """How many sentences stand word for word in an article that they cite."""
    texts = {}
    for citation in answer.citations:
        article = newsroom.article(citation.article_id)
        texts[citation.n] = article.text if article else ""
    return sum(any(s.text in texts.get(n, "") for n in s.citations) for s in answer.sentences)
