"""The Bot API's methods, as strict as the real ones, over the state of a World."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.support.telegram_chat import MAX_TEXT, Chat, admin_rights
from tests.support.telegram_html import MarkupError, RichText, parse_html, trimmed, utf16_length
from tests.support.telegram_inline import checked_results
from tests.support.telegram_keyboard import checked_keyboard
from tests.support.telegram_photos import MAX_CAPTION, Photo, PhotoError, read_photo
from tests.support.telegram_values import ApiError, Draft, Json, Message, User, bad_request
from tests.support.telegram_world import World

_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
}  # fmt: skip
_GIFTS = (
    "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
    "gifts_from_channels",
)  # fmt: skip
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


class Methods:
    """Answers calls: a name as in the Bot API and its parameters, JSON values decoded."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_name: dict[str, Callable[[Json], Any]] = {
            "getMe": lambda _: self._get_me(),
            "getUpdates": self._get_updates,
            "deleteWebhook": self._delete_webhook,
            "setMyCommands": self._set_my_commands,
            "getMyCommands": self._get_my_commands,
            "setMyDescription": lambda p: self._describe("description", p, 512),
            "setMyShortDescription": lambda p: self._describe("short_description", p, 120),
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "editMessageText": self._edit_message_text,
            "editMessageReplyMarkup": self._edit_message_reply_markup,
            "deleteMessage": self._delete_message,
            "sendMessageDraft": self._send_message_draft,
            "sendChatAction": self._send_chat_action,
            "answerCallbackQuery": self._answer_callback_query,
            "answerInlineQuery": self._answer_inline_query,
            "getChat": self._get_chat,
            "getChatMember": self._get_chat_member,
            "getChatAdministrators": self._get_chat_administrators,
            "leaveChat": self._leave_chat,
        }

    def call(self, method: str, params: Json) -> Any:
        """The result; ApiError if the real server would refuse."""
        if method not in self._by_name:
            raise ApiError(404, "Not Found: method not found")
        self._world.check_faults(method, params)
        if method == "getUpdates":
            return self._get_updates(params)
        with self._world.condition:
            return self._by_name[method](params)

    # The bot itself

    def _get_me(self) -> Json:
        reads_all = self._world.can_read_all_group_messages
        return {
            **self._world.bot.to_json(),
            "can_join_groups": True,
            "can_read_all_group_messages": reads_all,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def _get_updates(self, params: Json) -> list[Json]:
        if isinstance(kinds := params.get("allowed_updates"), list):
            self._world.updates.allow(kinds)
        limit = min(max(int(params.get("limit", 100)), 1), 100)
        timeout = min(float(params.get("timeout", 0)), 50.0)
        return self._world.updates.take(int(params.get("offset", 0)), limit, timeout)

    def _delete_webhook(self, params: Json) -> bool:
        if params.get("drop_pending_updates") is True:
            self._world.updates.clear()
        return True

    def _set_my_commands(self, params: Json) -> bool:
        commands = params.get("commands")
        if not isinstance(commands, list) or len(commands) > 100:
            raise bad_request("can't parse commands")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command.get("description", "")) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self._world.commands[_scope(params)] = commands
        return True

    def _get_my_commands(self, params: Json) -> list[Json]:
        return self._world.commands.get(_scope(params), [])

    def _describe(self, field: str, params: Json, most: int) -> bool:
        text = params.get(field, "")
        if len(text) > most:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        self._world.descriptions[field] = text
        return True

    # Messages

    def _send_message(self, params: Json) -> Json:
        chat = self._writable(params)
        return self._send(chat, params, _rich_text(params, "message is too long"))

    def _send_photo(self, params: Json) -> Json:
        chat = self._writable(params)
        photo = _uploaded_photo(params)
        return self._send(chat, params, _caption(params), photo)

    def _send(self, chat: Chat, params: Json, rich: RichText, photo: Photo | None = None) -> Json:
        keyboard = checked_keyboard(params.get("reply_markup"))
        thread, reply_to = _thread(chat, params), _reply(chat, params)
        self._check_flood(chat)
        sent = chat.add(
            self._world.bot,
            rich.text,
            rich.entities,
            keyboard=keyboard,
            reply_to=reply_to,
            thread=thread,
            photo=photo,
        )
        return sent.to_json()

    def _edit_message_text(self, params: Json) -> Json:
        chat = self._writable(params)
        message = self._own(chat, params)
        if message.photo:
            raise bad_request("there is no text in the message to edit")
        rich = _rich_text(params, "MESSAGE_TOO_LONG")
        return self._edit(message, rich, checked_keyboard(params.get("reply_markup")))

    def _edit_message_reply_markup(self, params: Json) -> Json:
        chat = self._writable(params)
        message = self._own(chat, params)
        keyboard = checked_keyboard(params.get("reply_markup"))
        return self._edit(message, RichText(message.text, message.entities), keyboard)

    def _edit(self, message: Message, rich: RichText, keyboard: list[list[Json]]) -> Json:
        self._check_flood(message.chat)
        old = (message.text, message.entities, message.keyboard)
        if old == (rich.text, rich.entities, keyboard):
            raise bad_request(_NOT_MODIFIED)
        if rich.text != message.text or rich.entities != message.entities:
            message.edits += 1
        message.text, message.entities, message.keyboard = rich.text, rich.entities, keyboard
        return message.to_json()

    def _delete_message(self, params: Json) -> bool:
        chat = self._writable(params)
        message = chat.find(params.get("message_id"))
        if message is None:
            raise bad_request("message to delete not found")
        is_own = message.sender == self._world.bot
        if not (is_own or chat.is_private or self._world.bot in chat.admins):
            raise bad_request("message can't be deleted")
        message.deleted = True
        return True

    def _send_message_draft(self, params: Json) -> bool:
        chat = self._writable(params)
        if not chat.is_private:
            raise bad_request("TEXTDRAFT_PEER_INVALID")
        draft_id = params.get("draft_id")
        if not isinstance(draft_id, int) or draft_id == 0:
            raise bad_request("RANDOM_ID_INVALID")
        rich = _rich_text(params, "message is too long", may_be_empty=True)
        chat.drafts.append(Draft(draft_id, rich.text, rich.entities))
        return True

    def _send_chat_action(self, params: Json) -> bool:
        chat = self._writable(params)
        if params.get("action") not in _ACTIONS:
            raise bad_request("wrong parameter action in request")
        _thread(chat, params)
        chat.actions.append(params["action"])
        return True

    def _answer_callback_query(self, params: Json) -> bool:
        press = self._world.presses.get(str(params.get("callback_query_id")))
        if press is None or press.answer is not None:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        text = params.get("text", "")
        if utf16_length(text) > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        press.answer, press.alert = text, params.get("show_alert") is True
        return True

    def _answer_inline_query(self, params: Json) -> bool:
        query = self._world.inline_queries.get(str(params.get("inline_query_id")))
        if query is None or query.results is not None:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        query.results = checked_results(params.get("results"))
        return True

    # Chats

    def _get_chat(self, params: Json) -> Json:
        chat = self._chat(params)
        gifts = dict.fromkeys(_GIFTS, False)
        more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
        return {**chat.to_json(), **more}

    def _get_chat_member(self, params: Json) -> Json:
        chat = self._chat(params)
        known = {user.id: user for user in (*chat.members, *chat.admins, self._world.bot)}
        user = known.get(params.get("user_id", 0))
        if user is None:
            raise bad_request("member not found")
        return _member(chat, user)

    def _get_chat_administrators(self, params: Json) -> list[Json]:
        chat = self._writable(params)
        if chat.is_private:
            raise bad_request("there are no administrators in the private chat")
        return [_member(chat, user) for user in chat.admins if not user.is_bot]

    def _leave_chat(self, params: Json) -> bool:
        chat = self._writable(params)
        if chat.is_private:
            raise bad_request("chat member status can't be changed in private chats")
        chat.members = [user for user in chat.members if user != self._world.bot]
        chat.barred = f"Forbidden: bot is not a member of the {chat.kind} chat"
        return True

    # What they share

    def _chat(self, params: Json) -> Chat:
        chat_id = params.get("chat_id", "")
        if chat_id == "":
            raise bad_request("chat_id is empty")
        chat = self._world.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def _writable(self, params: Json) -> Chat:
        chat = self._chat(params)
        if chat.barred:
            raise ApiError(403, chat.barred)
        return chat

    def _own(self, chat: Chat, params: Json) -> Message:
        message = chat.find(params.get("message_id"))
        if message is None:
            raise bad_request("message to edit not found")
        if message.sender != self._world.bot or message.service:
            raise bad_request("message can't be edited")
        return message

    def _check_flood(self, chat: Chat) -> None:
        limits = self._world.limits
        wait = limits.refuse(chat.id, is_group=not chat.is_private) if limits else 0
        if wait:
            raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)


def _rich_text(params: Json, too_long: str, *, may_be_empty: bool = False) -> RichText:
    rich = _marked(params, "text", "entities")
    if not rich.text and not may_be_empty:
        raise bad_request("message text is empty")
    if utf16_length(rich.text) > MAX_TEXT:
        raise bad_request(too_long)
    return rich


def _caption(params: Json) -> RichText:
    rich = _marked(params, "caption", "caption_entities")
    if utf16_length(rich.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return rich


def _marked(params: Json, field: str, entities: str) -> RichText:
    text, mode = params.get(field) or "", str(params.get("parse_mode") or "").lower()
    if mode not in ("", "html"):
        raise bad_request("unsupported parse_mode")
    try:
        return parse_html(text) if mode else trimmed(RichText(text, params.get(entities) or []))
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from error


def _uploaded_photo(params: Json) -> Photo:
    """The picture in a request: a file part named `photo`, or one that `attach://` names."""
    photo = params.get("photo")
    if isinstance(photo, str) and photo.startswith("attach://"):
        photo = params.get(photo.removeprefix("attach://"))
    if not photo:
        raise bad_request("there is no photo in the request")
    if not isinstance(photo, bytes):
        raise bad_request("wrong file identifier/HTTP URL specified")
    try:
        return read_photo(photo)
    except PhotoError as error:
        raise ApiError(error.code, str(error)) from error


def _thread(chat: Chat, params: Json) -> int | None:
    thread = params.get("message_thread_id")
    if thread is not None and thread not in chat.topics.values():
        raise bad_request("message thread not found")
    return thread


def _reply(chat: Chat, params: Json) -> Message | None:
    wanted = params.get("reply_parameters")
    if not wanted:
        return None
    message = chat.find(wanted.get("message_id"))
    if message is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


def _scope(params: Json) -> tuple[str, str]:
    """The key of a list of commands: its scope's values in one string, and the language."""
    scope = params.get("scope") or {"type": "default"}
    return ":".join(str(value) for value in scope.values()), params.get("language_code") or ""


def _member(chat: Chat, user: User) -> Json:
    body: Json = {"user": user.to_json()}
    if user in chat.admins[:1]:
        return {**body, "status": "creator", "is_anonymous": False}
    if user in chat.admins:
        return {**body, "status": "administrator", **admin_rights()}
    return {**body, "status": "member" if user in chat.members else "left"}
