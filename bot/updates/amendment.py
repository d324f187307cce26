"""Answers that were sent, what they say otherwise since, what brings that about: values. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.subscription import Target
from ingest import Article, Fact, Version
from ingest.claims import Stated
from ingest.claims.occasion import otherwise


class Why(StrEnum):
    """Why an answer says something else."""

    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Amendment:
    """What one sentence of an answer said, and what stands there instead ("" if nothing).

    `old` and `new` are the values that differ, where it is those alone. `source` is the publisher
    of the article that brought it about, `article_id` its id, `mark` its version or "withdrawn";
    `at` is when it did so (aware). `edit` counts the corrections of the answer, from 1.
    """

    why: Why
    at: datetime
    before: str
    after: str
    source: str
    article_id: str
    mark: str
    old: str = ""
    new: str = ""
    edit: int = 0

    def to_json(self) -> dict[str, Any]:
        names = ("before", "after", "source", "article_id", "mark", "old", "new", "edit")
        told = {name: getattr(self, name) for name in names}
        return {"why": str(self.why), "at": self.at.isoformat(), **told}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Amendment:
        at = datetime.fromisoformat(document["at"])
        return cls(**{**document, "why": Why(document["why"]), "at": at})


@dataclass(frozen=True, slots=True)
class Source:
    """A cited article as the archive holds it now, with its former versions; its story's id (or
    ""), and its place in time there."""

    article: Article
    versions: tuple[Version, ...] = ()
    story_id: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A later article of a story, and a value that it changed."""

    article: Article
    fact: Fact
    story_id: str


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """An answer as it stands in its chat, `document` as in Answer.to_json.

    It was asked at `asked` and sent at `sent` as `messages` (ids, in order); the keyboard is below
    `message_id`, with the mark of `vote` in private chats; one that was `watched` for has none.
    `due` is as the table has it.
    """

    turn_id: int
    target: Target
    document: dict[str, Any]
    asked: datetime
    sent: datetime
    messages: tuple[int, ...]
    message_id: int
    watched: bool
    due: int
    corrected: int
    amendments: tuple[Amendment, ...]
    vote: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """How long after it was sent an answer is corrected, and how often."""

    time: timedelta
    count: int


@dataclass(frozen=True, slots=True)
class Cited:
    """An article that an answer cites, in which version, and its story (or "")."""

    article_id: str
    version: int
    story_id: str = ""


def netted(untold: Sequence[Amendment], new: Sequence[Amendment]) -> list[Amendment]:
    """Amendments that were not told yet, with those that came since: a sentence that changed twice
    changed once, and one that changed back did not change."""
    kept = list(untold)
    for amendment in new:
        former = next((a for a in kept if a.after and a.after == amendment.before), None)
        if former is None or Why.SUPERSEDED in {former.why, amendment.why}:
            kept.append(amendment)
            continue
        kept.remove(former)
        joined = valued(replace(amendment, before=former.before))
        if joined.before != joined.after:
            kept.append(joined)
    return kept


def valued(amendment: Amendment, language: str | None = None) -> Amendment:
    """With the values that differ."""
    old, new = changed_value(amendment.before, amendment.after, language) or ("", "")
    return replace(amendment, old=old, new=new)


def changed_value(earlier: str, later: str, language: str | None = None) -> tuple[str, str] | None:
    """(before, after) if a sentence gives another value where an earlier one says the same of the
    same, as the two write it; None if not."""
    found = otherwise(Stated(earlier, language=language), Stated(later, language=language))
    return (found.first, found.second) if found else None
