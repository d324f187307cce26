"""/settings: when news comes to a chat and in which language, chosen with buttons."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from zoneinfo import available_timezones

from telegram import CallbackQuery, ForceReply, Message, Update
from telegram.ext import ContextTypes

from bot.chat.admins import ADMINS_ONLY, may_manage
from bot.chat.subscribing import PATIENCE
from bot.language import LANGUAGES, N_, _, choose, day_name, isolated
from bot.transport.sending import Place, Sender
from bot.updates.subscriptions import Subscriptions
from bot.updates.when import ChatSettings, Digest
from bot.wording.keyboards import Press, choices
from bot.wording.rendering import line_of
from bot.wording.updates_text import render_settings

Rows = list[list[tuple[str, str]]]
ZONE = N_(
    "Which city's time do you live by? Write it as in Europe/Berlin, or just Berlin. "
    "In private you can also send me your location."
)
NO_ZONE = N_("I know no time zone “{name}”. Try a large city nearby, for example: Berlin")
NIGHTS = ((22, 7), (23, 8), (21, 6), (0, 8))
LIMITS = (1, 3, 6, 12, 30)
LAST_HOUR = 23
HOURS = (6, 7, 8, 9, 12, 17, 18, 20)
AUTOMATIC = "auto"
_NUMBERS = {
    "hour": ("digest_hour", 0, LAST_HOUR),
    "day": ("digest_day", 0, 6),
    "hourly": ("hourly", 1, 60),
}
_PAGES = {"digest": "digest", "hour": "digest", "day": "digest"}
"""The page that a setting stands on, if it stays open when it is set."""


class SettingsMenu:
    """Each button names the value that it sets, so that pressing it twice changes nothing more;
    and, for another chat than the one it stands in (a channel), the chat."""

    def __init__(self, subscriptions: Subscriptions, sender: Sender) -> None:
        self._subscriptions = subscriptions
        self._sender = sender

    async def show(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        if message is None:
            return
        settings = await asyncio.to_thread(self._subscriptions.settings, message.chat_id)
        text, keyboard = render_settings(settings), choices(page_of("main", settings))
        await self._sender.send(Place.of(message), [text], keyboard)

    async def press(self, query: CallbackQuery, press: Press, message: Message) -> str:
        """A button of the menu; what to tell the one who pressed it."""
        chat_id = press.chat_id or message.chat.id
        if not await may_manage(self._sender.bot, message, query.from_user, chat_id):
            return _(ADMINS_ONLY)
        name, _colon, value = press.value.partition(":")
        if press.action == "page" and name == "zone":
            data, now = {"chat_id": chat_id}, datetime.now(UTC)
            begin = self._subscriptions.begin
            await asyncio.to_thread(begin, message.chat.id, query.from_user.id, "zone", data, now)
            await self._sender.ask(Place.of(message), _(ZONE), ForceReply(selective=True))
            return ""
        page, told = name, ""
        if press.action == "set":
            values = read_setting(name, value)
            if values is None:
                return ""
            await self._change(chat_id, values)
            if name == "language" and not press.chat_id:
                choose(str(values["language"]) or query.from_user.language_code or "")
            page, told = _PAGES.get(name, "main"), _("Saved")
        await self._turn_to(page, message, press.chat_id)
        return told

    async def _turn_to(self, page: str, message: Message, elsewhere: int) -> None:
        chat_id = elsewhere or message.chat.id
        settings = await asyncio.to_thread(self._subscriptions.settings, chat_id)
        title = await self._title(elsewhere)
        rows = page_of(page, settings)
        if elsewhere and page == "main":
            rows.append([(f"‹ {title}", "channel:open")])
        await self._sender.edit(
            message, render_settings(settings, isolated(title)), choices(rows, elsewhere)
        )

    async def take(self, message: Message) -> bool:
        """Take a plain message as the time zone that was asked for; False if none was."""
        user = message.from_user
        if user is None:
            return False
        begun = await asyncio.to_thread(self._subscriptions.begun, message.chat_id, user.id)
        if begun is None or begun.step != "zone" or begun.at < datetime.now(UTC) - PATIENCE:
            return False
        name = zone_at(message) if message.location else zone_named(message.text or "")
        if name is None:
            said = _(NO_ZONE).format(name=isolated(line_of(message.text or "")[:40]))
            await self._sender.ask(Place.of(message), said, ForceReply(selective=True))
            return True
        await asyncio.to_thread(self._subscriptions.finish, begun.id)
        chat_id = begun.data["chat_id"]
        elsewhere = chat_id if chat_id != message.chat_id else 0
        settings = await self._change(chat_id, {"timezone": name})
        text = render_settings(settings, isolated(await self._title(elsewhere)))
        keyboard = choices(page_of("main", settings), elsewhere)
        await self._sender.send(Place.of(message), [text], keyboard)
        return True

    async def _change(self, chat_id: int, values: dict[str, object]) -> ChatSettings:
        change = self._subscriptions.change
        return await asyncio.to_thread(change, chat_id, datetime.now(UTC), **values)

    async def _title(self, chat_id: int) -> str:
        """The title of another chat than the one that is spoken in; "" for 0."""
        if not chat_id:
            return ""
        titles = await asyncio.to_thread(self._subscriptions.titles)
        return line_of(titles.get(chat_id, ""))[:40]


def page_of(name: str, settings: ChatSettings) -> Rows:
    """The buttons of one page of the menu; what holds is ticked."""
    pages = {"digest": _digest, "quiet": _quiet, "hourly": _hourly, "language": _language}
    if name in pages:
        return [*pages[name](settings), [(_("‹ Back"), "page:main")]]
    return [
        [(_("At once or digest"), "page:digest"), (_("Quiet hours"), "page:quiet")],
        [(_("Limit an hour"), "page:hourly"), (_("Time zone"), "page:zone")],
        [(_("Language"), "page:language")],
    ]


def _digest(settings: ChatSettings) -> Rows:
    kinds = (
        (_("At once"), Digest.OFF),
        (_("Daily"), Digest.DAILY),
        (_("Weekly"), Digest.WEEKLY),
    )
    rows: Rows = [
        [(_ticked(label, settings.digest is kind), f"set:digest:{kind}") for label, kind in kinds]
    ]
    if settings.digest is not Digest.OFF:
        hours = [(_ticked(f"{h}:00", settings.digest_hour == h), f"set:hour:{h}") for h in HOURS]
        rows += [hours[:4], hours[4:]]
    if settings.digest is Digest.WEEKLY:
        days = [
            (_ticked(day_name(n, short=True), settings.digest_day == n), f"set:day:{n}")
            for n in range(7)
        ]
        rows += [days[:4], days[4:]]
    return rows


def _quiet(settings: ChatSettings) -> Rows:
    holds = (settings.quiet_from, settings.quiet_to)
    nights = [(_ticked(f"{a}–{b}", holds == (a, b)), f"set:quiet:{a}-{b}") for a, b in NIGHTS]
    return [nights, [(_ticked(_("None"), holds[0] is None), "set:quiet:0-0")]]


def _hourly(settings: ChatSettings) -> Rows:
    return [[(_ticked(str(n), settings.hourly == n), f"set:hourly:{n}") for n in LIMITS]]


def _language(settings: ChatSettings) -> Rows:
    names = [
        (_ticked(name, settings.language == code), f"set:language:{code}")
        for code, name in LANGUAGES.items()
    ]
    automatic = (_ticked(_("Automatic"), not settings.language), f"set:language:{AUTOMATIC}")
    return [names[:3], names[3:], [automatic]]


def read_setting(name: str, value: str) -> dict[str, object] | None:
    """What a button's data sets; None if it is nothing that we offer (anyone can send any)."""
    if name == "digest" and value in {str(digest) for digest in Digest}:
        return {"digest": value}
    if name == "language" and value in {*LANGUAGES, AUTOMATIC}:
        return {"language": "" if value == AUTOMATIC else value}
    if name == "quiet":
        start, _dash, end = value.partition("-")
        if start.isdecimal() and end.isdecimal() and max(int(start), int(end)) <= LAST_HOUR:
            none = int(start) == int(end)
            hours = (None, None) if none else (int(start), int(end))
            return {"quiet_from": hours[0], "quiet_to": hours[1]}
    if name in _NUMBERS and value.isdecimal():
        column, low, high = _NUMBERS[name]
        if low <= int(value) <= high:
            return {column: int(value)}
    return None


def zone_named(text: str) -> str | None:
    """The time zone that a person means by "Europe/Berlin", "berlin" or "New York"."""
    wanted = "_".join(text.split()).casefold()
    zones = sorted(available_timezones())
    for zone in zones:
        if zone.casefold() == wanted:
            return zone
    return next((zone for zone in zones if zone.rpartition("/")[2].casefold() == wanted), None)


def zone_at(message: Message) -> str | None:
    """The time zone of the place that was sent; None in the middle of nowhere."""
    import tzfpy

    place = message.location
    if place is None:
        return None
    return tzfpy.get_tz(place.longitude, place.latitude) or None


def _ticked(label: str, holds: bool) -> str:
    return f"✓ {label}" if holds else label
