"""/settings: when news comes to a chat, chosen with buttons."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from zoneinfo import available_timezones

from telegram import CallbackQuery, ForceReply, Message, Update
from telegram.ext import ContextTypes

from bot.chat.admins import may_manage
from bot.chat.subscribing import ADMINS_ONLY, PATIENCE
from bot.transport.sending import Place, Sender
from bot.updates.subscriptions import Subscriptions
from bot.updates.when import ChatSettings, Digest
from bot.wording.keyboards import Press, choices
from bot.wording.updates_text import DAYS, render_settings

Rows = list[list[tuple[str, str]]]
ZONE = (
    "Which city's time do you live by? Write it as in Europe/Berlin, or just Berlin. "
    "In private you can also send me your location."
)
NO_ZONE = "I know no time zone “{name}”. Try a large city nearby, for example: Berlin"
MAIN: Rows = [
    [("At once or digest", "page:digest"), ("Quiet hours", "page:quiet")],
    [("Limit an hour", "page:hourly"), ("Time zone", "page:zone")],
]
BACK = ("‹ Back", "page:main")
NIGHTS = ((22, 7), (23, 8), (21, 6), (0, 8))
LIMITS = (1, 3, 6, 12, 30)
LAST_HOUR = 23
_NUMBERS = {
    "hour": ("digest_hour", 0, LAST_HOUR),
    "day": ("digest_day", 0, 6),
    "hourly": ("hourly", 1, 60),
}
HOURS = (6, 7, 8, 9, 12, 17, 18, 20)


class SettingsMenu:
    """Each button names the value that it sets, so that pressing it twice changes nothing more."""

    def __init__(self, subscriptions: Subscriptions, sender: Sender) -> None:
        self._subscriptions = subscriptions
        self._sender = sender

    async def show(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        if message is None:
            return
        settings = await asyncio.to_thread(self._subscriptions.settings, message.chat_id)
        await self._sender.send(Place.of(message), [render_settings(settings)], choices(MAIN))

    async def press(self, query: CallbackQuery, press: Press, message: Message) -> str:
        """A button of the menu; what to tell the one who pressed it."""
        if not await may_manage(self._sender.bot, message, query.from_user):
            return ADMINS_ONLY
        name, _, value = press.value.partition(":")
        if press.action == "page" and name == "zone":
            now = datetime.now(UTC)
            begin = self._subscriptions.begin
            await asyncio.to_thread(begin, message.chat.id, query.from_user.id, "zone", {}, now)
            await self._sender.ask(Place.of(message), ZONE, ForceReply(selective=True))
            return ""
        chat_id = message.chat.id
        if press.action == "set":
            values = read_setting(name, value)
            if values is None:
                return ""
            settings = await asyncio.to_thread(self._change, chat_id, values)
            page, told = "digest" if name in {"digest", "hour", "day"} else "main", "Saved"
        else:
            settings = await asyncio.to_thread(self._subscriptions.settings, chat_id)
            page, told = name, ""
        await self._sender.edit(
            message, render_settings(settings), choices(page_of(page, settings))
        )
        return told

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
            said = NO_ZONE.format(name=(message.text or "")[:40])
            await self._sender.ask(Place.of(message), said, ForceReply(selective=True))
            return True
        await asyncio.to_thread(self._subscriptions.finish, begun.id)
        settings = await asyncio.to_thread(self._change, message.chat_id, {"timezone": name})
        await self._sender.send(Place.of(message), [render_settings(settings)], choices(MAIN))
        return True

    def _change(self, chat_id: int, values: dict[str, object]) -> ChatSettings:
        return self._subscriptions.change(chat_id, datetime.now(UTC), **values)


def page_of(name: str, settings: ChatSettings) -> Rows:
    """The buttons of one page of the menu; what holds is ticked."""
    if name == "digest":
        kinds = (("At once", Digest.OFF), ("Daily", Digest.DAILY), ("Weekly", Digest.WEEKLY))
        rows: Rows = [[(_ticked(t, settings.digest is d), f"set:digest:{d}") for t, d in kinds]]
        if settings.digest is not Digest.OFF:
            hours = [
                (_ticked(f"{h}:00", settings.digest_hour == h), f"set:hour:{h}") for h in HOURS
            ]
            rows += [hours[:4], hours[4:]]
        if settings.digest is Digest.WEEKLY:
            days = [
                (_ticked(day[:3], settings.digest_day == n), f"set:day:{n}")
                for n, day in enumerate(DAYS)
            ]
            rows += [days[:4], days[4:]]
        return [*rows, [BACK]]
    if name == "quiet":
        holds = (settings.quiet_from, settings.quiet_to)
        nights = [(_ticked(f"{a}–{b}", holds == (a, b)), f"set:quiet:{a}-{b}") for a, b in NIGHTS]
        return [nights, [(_ticked("None", holds[0] is None), "set:quiet:0-0")], [BACK]]
    if name == "hourly":
        limits = [(_ticked(str(n), settings.hourly == n), f"set:hourly:{n}") for n in LIMITS]
        return [limits, [BACK]]
    return MAIN


def read_setting(name: str, value: str) -> dict[str, object] | None:
    """What a button's data sets; None if it is nothing that we offer (anyone can send any)."""
    if name == "digest" and value in {str(digest) for digest in Digest}:
        return {"digest": value}
    if name == "quiet":
        start, _, end = value.partition("-")
        if start.isdecimal() and end.isdecimal() and max(int(start), int(end)) <= LAST_HOUR:
            none = int(start) == int(end)
            hours = (None, None) if none else (int(start), int(end))
            return {"quiet_from": hours[0], "quiet_to": hours[1]}
    known = {
        "hour": ("digest_hour", 0, 23),
        "day": ("digest_day", 0, 6),
        "hourly": ("hourly", 1, 60),
    }
    if name in known and value.isdecimal():
        column, low, high = known[name]
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
