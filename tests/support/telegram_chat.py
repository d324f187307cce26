"""A chat as people see and use it: what they do there becomes updates for the bot."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tests.support.telegram_html import Entity, utf16_length
from tests.support.telegram_photos import Photo
from tests.support.telegram_values import Draft, Json, Message, Press, User
from tests.support.transcript import transcript

if TYPE_CHECKING:
    from tests.support.telegram_world import World

MAX_TEXT = 4096
_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_pin_messages", "can_manage_topics", "can_post_messages", "can_edit_messages",
)  # fmt: skip
_MARKED = re.compile(
    r"(?P<url>https?://\S+)"
    r"|(?<![\w/@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?!\w)"
    r"|(?<![\w/@])(?P<mention>@[A-Za-z0-9_]{3,32})"
)


class Chat:
    """One private chat, group, forum or channel. `messages` holds all that was written, in order.

    `kind` is the Bot API's type. `barred` is why the bot may not write here, or "".
    `log` is `messages` with the presses on buttons in their places.
    """

    def __init__(self, world: World, chat_id: int, kind: str, title: str) -> None:
        self._world = world
        self.id = chat_id
        self.kind = kind
        self.title = title
        self.is_forum = False
        self.barred = ""
        self.members: list[User] = []
        self.admins: list[User] = []
        self.topics: dict[str, int] = {}
        self.messages: list[Message] = []
        self.answers: list[Message] = []
        self.drafts: list[Draft] = []
        self.actions: list[str] = []
        self.log: list[Message | Press] = []
        self._seen = 0

    @property
    def is_private(self) -> bool:
        return self.kind == "private"

    @property
    def bot(self) -> User:
        return self._world.bot

    def to_json(self) -> Json:
        body: Json = {"id": self.id, "type": self.kind}
        if self.is_private:
            return {**body, "first_name": self.title}
        return {**body, "title": self.title, **({"is_forum": True} if self.is_forum else {})}

    def find(self, message_id: object) -> Message | None:
        """The message with this id, unless it is deleted or never was."""
        if not isinstance(message_id, int) or not 0 < message_id <= len(self.messages):
            return None
        message = self.messages[message_id - 1]
        return None if message.deleted else message

    def topic_name(self, thread: int | None) -> str:
        """The topic's name, or "" outside of topics."""
        return next((name for name, start in self.topics.items() if start == thread), "")

    # What people do

    def say(
        self, user: User, text: str, *, reply_to: Message | None = None, topic: str | None = None
    ) -> Message:
        """`user` writes `text`. The bot gets it unless privacy mode hides it (`update_id` None)."""
        if not 0 < utf16_length(text) <= MAX_TEXT:
            raise ValueError(f"Telegram's apps send 1 to {MAX_TEXT} characters in a message")
        return self._say(user, text, {}, reply_to=reply_to, topic=topic)

    def say_forwarded(self, user: User, text: str, author: str) -> Message:
        """`user` forwards to this chat what `author`, who hides behind a name, wrote elsewhere."""
        origin = {"type": "hidden_user", "sender_user_name": author, "date": int(time.time())}
        return self._say(user, text, {"forward_origin": origin})

    def say_quoting(self, user: User, text: str, message: Message, quoted: str) -> Message:
        """`user` replies to a part of `message` that they marked."""
        at = message.text.index(quoted)
        quote = {"text": quoted, "position": utf16_length(message.text[:at]), "is_manual": True}
        return self._say(user, text, {"quote": quote}, reply_to=message)

    def _say(
        self,
        user: User,
        text: str,
        shown: Json,
        *,
        reply_to: Message | None = None,
        topic: str | None = None,
    ) -> Message:
        with self._world.condition:
            thread = self.topics[topic] if topic else None
            message = self.add(
                user, text, marks(text), reply_to=reply_to, thread=thread, shown=shown
            )
            if self._is_heard(message):
                message.update_id = self._world.updates.put("message", message.to_json())
            return message

    def press(self, user: User, message: Message, button: str) -> Press:
        """`user` presses the button of `message` with this text or callback data."""
        with self._world.condition:
            found = [
                b
                for row in message.keyboard
                for b in row
                if "callback_data" in b and button in (b["text"], b["callback_data"])
            ]
            if not found:
                raise AssertionError(f"no button {button!r} among {message.buttons}")
            press = self._world.new_press(user, message, found[0]["text"])
            self.log.append(press)
            query = {
                "id": press.id,
                "from": user.to_json(),
                "message": message.to_json(),
                "chat_instance": str(self.id),
                "data": found[0]["callback_data"],
            }
            press.update_id = self._world.updates.put("callback_query", query)
            return press

    def bot_added(self, by: User) -> Message:
        """`by` adds the bot to this group: its status changes, and a service message says so."""
        with self._world.condition:
            self.barred = ""
            self._membership(by, "left", "member")
            self.members.append(self.bot)
            return self._service(by, {"new_chat_members": [self.bot.to_json()]})

    def bot_promoted(self, by: User) -> None:
        """`by` makes the bot an admin; into a channel it comes as one."""
        with self._world.condition:
            old = "member" if self.bot in self.members else "left"
            self.barred = ""
            self.members = [*(user for user in self.members if user != self.bot), self.bot]
            self.admins.append(self.bot)
            self._membership(by, old, "administrator")

    def bot_removed(self, by: User) -> None:
        """`by` blocks the bot (private chat) or removes it from the group; writing answers 403."""
        with self._world.condition:
            self.barred = (
                "Forbidden: bot was blocked by the user"
                if self.is_private
                else f"Forbidden: bot was kicked from the {self.kind} chat"
            )
            self.members = [user for user in self.members if user != self.bot]
            self.admins = [user for user in self.admins if user != self.bot]
            self._membership(by, "member", "kicked")

    def delete_topic(self, name: str) -> None:
        """Deletes a forum topic; writing there is refused from now on. The bot is not told."""
        with self._world.condition:
            del self.topics[name]

    def add_topic(self, name: str, by: User) -> int:
        """Opens a forum topic and gives its message_thread_id. The bot is not told."""
        body: Json = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        with self._world.condition:
            message = self.add(by, "", [], service=body)
            message.thread, message.in_topic = message.id, True
            self.topics[name] = message.id
            return message.id

    # What people see

    def wait(self, n: int = 1, timeout: float = 30) -> list[Message]:
        """The bot's next `n` messages after those that earlier waits gave; TimeoutError if none."""
        with self._world.condition:
            first, self._seen = self._seen, self._seen + n
            self._wait(lambda: len(self.answers) >= first + n, timeout, f"{n} more messages")
            return self.answers[first : first + n]

    def wait_for(self, wanted: Callable[[Message], bool], timeout: float = 30) -> Message:
        """The bot's first message that is, or by an edit becomes, `wanted`."""
        with self._world.condition:
            self._wait(lambda: any(map(wanted, self.answers)), timeout, "the message wanted")
            return next(filter(wanted, self.answers))

    def _wait(self, ready: Callable[[], bool], timeout: float, what: str) -> None:
        if not self._world.condition.wait_for(ready, timeout):
            raise TimeoutError(f"{what} did not come in {timeout:g} s:\n{transcript(self)}")

    # How messages come to be

    def add(
        self,
        sender: User,
        text: str,
        entities: list[Entity],
        *,
        keyboard: Sequence[list[Json]] = (),
        reply_to: Message | None = None,
        thread: int | None = None,
        service: Json | None = None,
        photo: Photo | None = None,
        shown: Json | None = None,
    ) -> Message:
        """Writes a message into the chat, without telling the bot. The caller holds the lock."""
        message = Message(
            chat=self,
            id=len(self.messages) + 1,
            sender=sender,
            date=int(time.time()),
            text=text,
            entities=entities,
            keyboard=list(keyboard),
            reply_to=reply_to,
            thread=thread or self._thread_of(reply_to),
            in_topic=bool(thread) or bool(reply_to and reply_to.in_topic),
            service=service or {},
            photo=photo,
            shown=shown or {},
        )
        self.messages.append(message)
        self.log.append(message)
        if sender == self.bot:
            self.answers.append(message)
        return message

    def _thread_of(self, reply_to: Message | None) -> int | None:
        if reply_to is None or self.kind != "supergroup":
            return None
        return reply_to.thread if self.is_forum else reply_to.thread or reply_to.id

    def _is_heard(self, message: Message) -> bool:
        """Whether the bot gets a person's message, privacy mode being what it is."""
        if self.barred or self.kind == "channel":  # a channel's posts are other updates
            return False
        if self.is_private or self._world.can_read_all_group_messages or self.bot in self.admins:
            return True
        if message.reply_to is not None and message.reply_to.sender == self.bot:
            return True
        first = message.entities[0] if message.entities else None
        if first is None or first["type"] != "bot_command" or first["offset"] != 0:
            return False
        _, _, addressee = message.text[: first["length"]].partition("@")
        return addressee.lower() in ("", (self.bot.username or "").lower())

    def _service(self, by: User, body: Json) -> Message:
        message = self.add(by, "", [], service=body)
        message.update_id = self._world.updates.put("message", message.to_json())
        return message

    def _membership(self, by: User, old: str, new: str) -> None:
        bot = self.bot.to_json()
        more: Json = {"until_date": 0} if new == "kicked" else {}
        if new == "administrator":
            more = admin_rights()
        body = {
            "chat": self.to_json(),
            "from": by.to_json(),
            "date": int(time.time()),
            "old_chat_member": {"status": old, "user": bot},
            "new_chat_member": {"status": new, "user": bot, **more},
        }
        self._world.updates.put("my_chat_member", body)


def admin_rights() -> Json:
    """What an admin may do here: all but to stay anonymous."""
    return {right: right != "is_anonymous" for right in _RIGHTS}


def marks(text: str) -> list[Entity]:
    """What Telegram's server marks in a person's text: commands, mentions and addresses."""
    return [
        {
            "type": match.lastgroup,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match[0]),
        }
        for match in _MARKED.finditer(text)
    ]
