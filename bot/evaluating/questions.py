"""Question sets: JSON Lines in, JSON Lines out (docs/formats.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.errors import BotError
from ingest import parse_time


class QuestionSetError(BotError):
    """A question set that can't be read."""


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """A question with what is known of its answer: any of `answers` counts, `articles` are the
    addresses that answer it. `unanswerable` ones should be refused."""

    text: str
    asked_at: datetime | None = None
    answers: tuple[str, ...] = ()
    articles: frozenset[str] = frozenset()
    unanswerable: bool = False


def read_questions(path: Path) -> list[SetQuestion]:
    """The questions of a file; QuestionSetError names the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"{path} can't be read: {error}") from error
    questions = [_question(line, f"{path}:{n}") for n, line in enumerate(lines, 1) if line.strip()]
    if not questions:
        raise QuestionSetError(f"{path} holds no questions; docs/formats.md shows the format")
    return questions


def write_questions(rows: Iterable[dict[str, Any]]) -> str:
    """Rows as JSON Lines."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def _question(line: str, where: str) -> SetQuestion:
    try:
        row = json.loads(line)
        text, asked_at = row["question"], row.get("asked_at")
        answers, articles = row.get("answers") or [], row.get("articles") or []
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise QuestionSetError(f"{where}: no JSON object with a `question` ({error})") from error
    time = parse_time(asked_at)
    if asked_at and time is None:
        raise QuestionSetError(f"{where}: `asked_at` is no time in ISO 8601: {asked_at}")
    if not isinstance(text, str) or not _are_texts(answers) or not _are_texts(articles):
        raise QuestionSetError(f"{where}: `answers` and `articles` are lists of texts")
    unanswerable = row.get("unanswerable") is True
    return SetQuestion(text, time, tuple(answers), frozenset(articles), unanswerable)


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)
