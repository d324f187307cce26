"""The values of updates: who wants what, and what is on its way to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STRICTEST = 2
"""Strictness goes from -STRICTEST (looser) over 0 to STRICTEST."""


class Kind(StrEnum):
    """What a subscription is by."""

    TOPIC = "topic"
    KEYWORDS = "keywords"
    SOURCE = "source"
    FEED = "feed"
    STORY = "story"
    QUESTION = "question"
    EVERYTHING = "everything"
    BRIEFING = "briefing"


@dataclass(frozen=True, slots=True)
class Target:
    """Where news goes: a chat, or one topic of a forum (`thread_id`, 0 for none)."""

    chat_id: int
    thread_id: int = 0


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a target wants to hear of.

    `text` is what people read ("ceasefire talks", a source's name, a story's headline), `key`
    what it is compared by where that differs (a feed's number, a story's id, a briefing's hour).
    `vector` is the unit embedding of a topic or a question. A question that is asked `once` ends
    with its answer, which replies to `message_id`.
    """

    target: Target
    kind: Kind
    text: str
    key: str = ""
    strictness: int = 0
    vector: NDArray[np.float32] | None = field(default=None, compare=False)
    created_by: int = 0
    message_id: int = 0
    once: bool = False
    id: int = 0


class DeliveryKind(StrEnum):
    """What a delivery says."""

    POST = "post"
    FACT = "fact"
    CORRECTION = "correction"
    DIGEST = "digest"
    ANSWER = "answer"
    AMENDMENT = "amendment"
    NOTICE = "notice"
    BRIEFING = "briefing"


class DeliveryState(StrEnum):
    """`held` for a digest, `waiting` to be sent, `sending` while it is, `sent`, `bundled` in a
    digest, `dropped` for ever (the reason says why)."""

    HELD = "held"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    BUNDLED = "bundled"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one target. `key` makes it one: a target gets each key once.

    `payload` (JSON) is what it says, see updates/content.py; `story_id` what it is about, or "".
    `message_id` is the sent message, or 0.
    """

    target: Target
    kind: DeliveryKind
    key: str
    payload: dict[str, Any]
    story_id: str = ""
    id: int = 0
    state: DeliveryState = DeliveryState.WAITING
    message_id: int = 0
    attempts: int = 0
    due: datetime | None = None
