"""Telegram's flood limits: a second 1 message per chat and 30 in all, 20 a minute per group."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable

OVERALL_PER_SECOND = 30
GROUP_PER_MINUTE = 20
CHAT_BURST = 3
"""So many messages may come at once in one chat; then one a second."""


class FloodLimits:
    """Counts what is let through; a refused message does not count. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._overall: deque[float] = deque()
        self._groups: defaultdict[int, deque[float]] = defaultdict(deque)
        self._free_at: dict[int, float] = {}

    def refuse(self, chat_id: int, *, is_group: bool) -> int:
        """0 and the message counts, or the whole seconds after which it may be tried again."""
        now = self._clock()
        waits = [
            _window(self._overall, now, 1.0, OVERALL_PER_SECOND),
            self._free_at.get(chat_id, now) - now - (CHAT_BURST - 1),
        ]
        if is_group:
            waits.append(_window(self._groups[chat_id], now, 60.0, GROUP_PER_MINUTE))
        if (wait := max(waits)) > 0:
            return math.ceil(wait)
        self._overall.append(now)
        self._free_at[chat_id] = max(self._free_at.get(chat_id, now), now) + 1.0
        if is_group:
            self._groups[chat_id].append(now)
        return 0


def _window(times: deque[float], now: float, span: float, most: int) -> float:
    """Seconds until fewer than `most` of `times` lie within the last `span` seconds."""
    while times and times[0] <= now - span:
        times.popleft()
    return times[0] + span - now if len(times) >= most else 0.0
