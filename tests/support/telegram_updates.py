"""The queue of updates behind getUpdates: long polling, confirming by offset, conflicts."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable
from itertools import islice
from threading import Condition, RLock

from tests.support.telegram_values import ApiError, Json

_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


class Updates:
    """Updates that the bot has not confirmed, oldest first. All methods are thread-safe.

    `confirmed`, a condition over the same `lock`, is notified when the bot has confirmed some.
    `allowed` filters what is put in from now on, as on the real server: None means the default.
    `polls` counts the calls of `take`.
    """

    def __init__(self, lock: RLock, confirmed: Condition) -> None:
        self._arrived = Condition(lock)
        self._confirmed = confirmed
        self._waiting: OrderedDict[int, Json] = OrderedDict()
        self._again: list[Json] = []
        self._made: dict[int, Json] = {}
        self._next_id = 1000
        self.polls = 0
        self._closed = False
        self.allowed: frozenset[str] | None = None

    def __len__(self) -> int:
        return len(self._waiting) + len(self._again)

    def put(self, kind: str, body: Json) -> int | None:
        """Queues an update and gives its id; None if the bot does not ask for this kind."""
        with self._arrived:
            if not self._asked_for(kind):
                return None
            self._next_id += 1
            update = {"update_id": self._next_id, kind: body}
            self._waiting[self._next_id] = self._made[self._next_id] = update
            self._arrived.notify_all()
            return self._next_id

    def put_again(self, update_id: int) -> None:
        """Delivers an update once more under its old id, even if it was confirmed."""
        with self._arrived:
            self._again.append(self._made[update_id])
            self._arrived.notify_all()

    def allow(self, kinds: Iterable[str]) -> None:
        """What the bot asks for from now on; nothing named means the default."""
        self.allowed = frozenset(kinds) or None

    def clear(self) -> None:
        with self._arrived:
            self._waiting.clear()
            self._again.clear()

    def close(self) -> None:
        """Ends every poll that waits, with what there is."""
        with self._arrived:
            self._closed = True
            self._arrived.notify_all()

    def take(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """Confirms what is older than `offset`, then waits up to `timeout` seconds for the rest.

        Raises ApiError 409 if another call comes while this one waits.
        """
        deadline = time.monotonic() + timeout
        with self._arrived:
            self.polls += 1
            poll = self.polls
            self._arrived.notify_all()
            self._confirm(offset)
            self._confirmed.notify_all()
            while not len(self) and not self._closed:
                left = deadline - time.monotonic()
                if left <= 0 or not self._arrived.wait(left):
                    break
                if self.polls != poll:
                    raise ApiError(409, _CONFLICT)
            again, self._again = self._again[:limit], self._again[limit:]
            fresh = islice(self._waiting.values(), limit - len(again))
            return [*fresh, *again]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            keep = list(self._waiting)[offset:]
            offset = keep[0] if keep else 0
        while self._waiting and next(iter(self._waiting)) < offset:
            self._waiting.popitem(last=False)

    def _asked_for(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed is not None else kind not in _NOT_BY_DEFAULT
