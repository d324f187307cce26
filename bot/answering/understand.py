"""Makes a question stand alone: a follow-up takes what it leaves out from the turn before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.answer import Question
from bot.answering.moments import read_time
from bot.answering.parts import asks_for_others, parts_of
from ingest import TimeFrame
from ingest.text import content_words

_OPENING = re.compile(r"^\s*(?:and|but|so|then|what about|how about|also)\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:it|its|he|him|his|she|her|they|them|their|that|this|those|these|there|one)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(r"^(?:(?:hey|hi|hello|please|dear \w+)\b[\s,!:.]*)+(?=\w)", re.IGNORECASE)
_FEW = 3
ANY_TIME = TimeFrame()


@dataclass(frozen=True, slots=True)
class Understood:
    """`text` is the question's own words, those that only tell a time left out; `context` what it
    takes from before, or ""; `known` an answer that is asked for something beside it ("who
    else"), or ""; `when` the time that it is about."""

    text: str
    context: str = ""
    known: str = ""
    when: TimeFrame = ANY_TIME

    @property
    def search_text(self) -> str:
        """What to look for in the archive."""
        return f"{self.context} {self.text}".strip()


def understand(question: Question) -> Understood:
    """The question with its context, if it leans on an earlier turn of the conversation."""
    asked = _GREETING.sub("", " ".join(question.text.split()))
    now = question.asked_at or datetime.now(UTC)
    timed = read_time(asked, now, question.asked_at, ZoneInfo(question.timezone))
    context, known, last = question.about, "", question.history[-1] if question.history else None
    if last and not context and leans_back(timed.words):
        context = last.question
    if last and asks_for_others(timed.words):
        context, known = context or last.question, last.answer
    return Understood(timed.words, context, known, timed.frame)


def parts(understood: Understood) -> list[Understood]:
    """The single questions that it asks; the later ones take the first as their context."""
    first, *others = parts_of(understood.text)
    leaning = [replace(understood, text=text, context=first) for text in others]
    return [replace(understood, text=first), *leaning]


def leans_back(text: str) -> bool:
    """Whether a question can't be understood alone ("and when was that?")."""
    telling = content_words(text)
    if _OPENING.search(text) or not telling:
        return True
    return len(telling) < _FEW and bool(_POINTING.search(text))
