"""Everything the test server knows: the bot, the people, the chats, the calls it answered."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tests.support.telegram_chat import Chat
from tests.support.telegram_limits import FloodLimits
from tests.support.telegram_updates import Updates
from tests.support.telegram_values import ApiError, InlineQuery, Json, Message, Press, User


class Call(NamedTuple):
    """One answered request: monotonic time of the answer, parameters as sent, the whole answer."""

    time: float
    method: str
    params: Json
    answer: Json

    @property
    def ok(self) -> bool:
        return bool(self.answer["ok"])


@dataclass(slots=True)
class _Fault:
    method: str
    error: ApiError
    times: int
    chat_id: int | None


class World:
    """The driver's side of the server: opens chats, orders faults, waits for the bot.

    `condition` guards all state; it is notified after every answered call.
    `limits` switches Telegram's flood limits on; `clock` is theirs (seconds).
    """

    def __init__(
        self,
        token: str = "123456:TEST-token",
        *,
        name: str = "Newsdesk",
        username: str = "newsdesk_bot",
        can_read_all_group_messages: bool = False,
        limits: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.token = token
        self.bot = User(int(token.partition(":")[0]), name, username, is_bot=True)
        self.can_read_all_group_messages = can_read_all_group_messages
        self.limits = FloodLimits(clock) if limits else None
        lock = threading.RLock()
        self.condition = threading.Condition(lock)
        self.updates = Updates(lock, self.condition)
        self.calls: list[Call] = []
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.descriptions: dict[str, str] = {}
        self._faults: list[_Fault] = []
        self._people = 0

    def person(self, name: str, username: str | None = None, language: str = "en") -> User:
        """A new person."""
        with self.condition:
            self._people += 1
            return User(700_000_000 + self._people, name, username, language=language)

    def private_chat(self, user: User) -> Chat:
        """The chat of `user` with the bot; always the same one."""
        with self.condition:
            return self.chats.get(user.id) or self._open(user.id, "private", user.name, [user], [])

    def group(
        self,
        title: str,
        members: Sequence[User] = (),
        admins: Sequence[User] = (),
        *,
        with_bot: bool = True,
    ) -> Chat:
        """A supergroup. The first of `admins` owns it; an admin bot reads everything."""
        with self.condition:
            chat_id = -1_001_000_000_000 - len(self.chats)
            chat = self._open(chat_id, "supergroup", title, members, admins)
            if with_bot:
                chat.members.append(self.bot)
            else:
                chat.barred = "Forbidden: bot is not a member of the supergroup chat"
            return chat

    def channel(self, title: str, admins: Sequence[User]) -> Chat:
        """A channel of these admins, the first of whom owns it; the bot is not in it yet."""
        with self.condition:
            chat_id = -1_001_000_000_000 - len(self.chats)
            chat = self._open(chat_id, "channel", title, [], admins)
            chat.barred = "Forbidden: bot is not a member of the channel chat"
            return chat

    def ask_inline(self, user: User, text: str) -> InlineQuery:
        """`user` writes the bot's name and `text` into the field of some chat."""
        with self.condition:
            query = InlineQuery(str(5 * 10**17 + len(self.inline_queries)), user, text)
            self.inline_queries[query.id] = query
            body = {"id": query.id, "from": user.to_json(), "query": text, "offset": ""}
            self.updates.put("inline_query", body)
            return query

    def forum(
        self,
        title: str,
        topics: Iterable[str] = (),
        members: Sequence[User] = (),
        admins: Sequence[User] = (),
    ) -> Chat:
        """A supergroup with these topics, opened by its owner, beside the General one (None)."""
        owner = admins[0] if admins else self.person("Owner")
        chat = self.group(title, members, admins or [owner])
        chat.is_forum = True
        for topic in topics:
            chat.add_topic(topic, owner)
        return chat

    def fail_next(
        self,
        method: str,
        status: int,
        description: str,
        *,
        retry_after: int | None = None,
        times: int = 1,
        chat_id: int | None = None,
        migrate_to_chat_id: int | None = None,
    ) -> None:
        """The next `times` calls of `method` (in one chat, if given) are refused like this."""
        parameters = {"retry_after": retry_after, "migrate_to_chat_id": migrate_to_chat_id}
        told = {name: value for name, value in parameters.items() if value is not None}
        with self.condition:
            error = ApiError(status, description, **told)
            self._faults.append(_Fault(method, error, times, chat_id))

    def deliver_again(self, update_id: int) -> None:
        """Queues a duplicate of an update under the same id, as Telegram now and then does."""
        self.updates.put_again(update_id)

    def wait_for(self, ready: Callable[[], bool], timeout: float = 30) -> None:
        """Waits until `ready()`, which is asked after each call and getUpdates' confirmation.

        Raises TimeoutError after `timeout` seconds.
        """
        with self.condition:
            if not self.condition.wait_for(ready, timeout):
                raise TimeoutError(f"not so after {timeout:g} s and {len(self.calls)} calls")

    def wait_until_read(self, timeout: float = 30) -> None:
        """Waits until the bot has confirmed every update."""
        self.wait_for(lambda: not len(self.updates), timeout)

    def calls_of(self, method: str) -> list[Call]:
        with self.condition:
            return [call for call in self.calls if call.method == method]

    def new_press(self, user: User, message: Message, label: str) -> Press:
        press = Press(str(10**17 + len(self.presses)), user, message, label)
        self.presses[press.id] = press
        return press

    def record(self, method: str, params: Json, answer: Json) -> None:
        with self.condition:
            self.calls.append(Call(time.monotonic(), method, params, answer))
            self.condition.notify_all()

    def check_faults(self, method: str, params: dict[str, Any]) -> None:
        """Raises the refusal that was ordered for this call, if any."""
        with self.condition:
            for fault in self._faults:
                if fault.method == method and fault.chat_id in (None, params.get("chat_id")):
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                    raise fault.error

    def _open(
        self, chat_id: int, kind: str, title: str, members: Sequence[User], admins: Sequence[User]
    ) -> Chat:
        chat = self.chats[chat_id] = Chat(self, chat_id, kind, title)
        chat.members = [*admins, *(user for user in members if user not in admins)]
        chat.admins = list(admins)
        return chat
