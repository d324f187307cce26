"""Question sets: JSON Lines in, JSON Lines out (docs/formats.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.errors import BotError
from bot.records import Disliked
from ingest.text import parse_time


class QuestionSetError(BotError):
    """A question set that can't be read."""


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """A question with what is known of its answer: any of `answers` counts, `articles` are the
    addresses (or ids) of those that answer it. `unanswerable` ones should be refused. `where` is
    its file and line."""

    text: str
    asked_at: datetime | None = None
    answers: tuple[str, ...] = ()
    articles: frozenset[str] = frozenset()
    unanswerable: bool = False
    where: str = ""


def read_questions(path: Path) -> list[SetQuestion]:
    """The questions of a file; QuestionSetError names the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"{path} can't be read: {error}") from error
    questions = [_question(line, f"{path}:{n}") for n, line in enumerate(lines, 1) if line.strip()]
    if not questions:
        raise QuestionSetError(f"{path} holds no questions; docs/formats.md shows the format")
    return questions


def feedback_set(disliked: Sequence[Disliked]) -> str:
    """Badly answered questions as a set, to be completed by a person: `given` is what was answered,
    `articles` what that cites."""
    rows = (
        {
            "question": turn.question,
            "asked_at": turn.asked_at.isoformat(),
            "answers": [],
            "articles": list(turn.articles),
            "unanswerable": False,
            "given": turn.answer,
        }
        for turn in disliked
    )
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def _question(line: str, where: str) -> SetQuestion:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise QuestionSetError(f"{where}: no JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(text := row.get("question"), str):
        raise QuestionSetError(f"{where}: no JSON object with a text as its `question`")
    if not any(map(str.isalnum, text)):
        raise QuestionSetError(f"{where}: `question` is empty")
    asked_at, unanswerable = row.get("asked_at"), row.get("unanswerable", False)
    time = parse_time(asked_at) if isinstance(asked_at, str) else None
    if asked_at is not None and time is None:
        raise QuestionSetError(f"{where}: `asked_at` is no time in ISO 8601: {asked_at!r}")
    if not isinstance(unanswerable, bool):
        raise QuestionSetError(f"{where}: `unanswerable` is true or false: {unanswerable!r}")
    answers, articles = _texts(row, "answers", where), _texts(row, "articles", where)
    return SetQuestion(text, time, answers, frozenset(articles), unanswerable, where)


def _texts(row: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    values = row.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise QuestionSetError(f"{where}: `{name}` is a list of texts: {values!r}")
    return tuple(values)
