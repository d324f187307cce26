"""Makes a question stand alone: a follow-up takes what it leaves out from the turn before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.answer import Question
from bot.answering.kinds import language_of
from bot.answering.moments import read_time
from bot.answering.parts import asks_for_others, parts_of
from ingest import TimeFrame

_GREETING = re.compile(r"^(?:(?:hey|hi|hello|please|dear \w+)\b[\s,!:.]*)+(?=\w)", re.IGNORECASE)
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
    """The question with its context: the story that it is about, or the turn that it follows."""
    asked = _GREETING.sub("", " ".join(question.text.split()))
    now = question.asked_at or datetime.now(UTC)
    zone, spoken = ZoneInfo(question.timezone), language_of(asked)
    timed = read_time(asked, now, question.asked_at, zone, spoken)
    context, known, last = question.about, "", question.history[-1] if question.history else None
    if last:
        context = context or last.question
        known = last.answer if asks_for_others(timed.words) else ""
    return Understood(timed.words, context, known, timed.frame)


def parts(understood: Understood) -> list[Understood]:
    """The single questions that it asks; the later ones take the first as their context."""
    first, *others = parts_of(understood.text)
    leaning = [replace(understood, text=text, context=first) for text in others]
    return [replace(understood, text=first), *leaning]
