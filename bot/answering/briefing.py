"""The news of a time: the stories that most texts told in it, each by its newest article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.answer import Answer, MessageKind, Mode, Question
from bot.answering.ask import EMPTY
from bot.answering.kinds import language_of
from bot.answering.moments import read_time
from bot.answering.tales import Tale, tale_of, told_in
from bot.language import N_, _, current, day_and_month
from ingest import Newsroom, Story, TimeFrame

STORIES = 5
FAR_BACK = timedelta(days=3650)
DAY = timedelta(days=1)
TODAY = N_("Today, {date}")
SPAN = N_("{first} to {last}")
NOTHING_OF = N_("{time}: nothing here. The newest before:")


def brief(newsroom: Newsroom, question: Question) -> Answer:
    """The news of the time that a message names, of today if it names none: at most STORIES
    stories, newest first. If there is nothing of that time, what came last before it, and the
    heading says so."""
    now = question.asked_at or datetime.now(UTC)
    zone = ZoneInfo(question.timezone)
    spoken = language_of(question.text) or current()
    frame = read_time(question.text, now, question.asked_at, zone, spoken).frame
    start, end = _period(frame, now, zone)
    heading = _named(start, end, now, zone)
    stories = newsroom.told_between(start, end, STORIES)
    if not stories:
        heading = _(NOTHING_OF).format(time=heading)
        stories = _latest(newsroom, min(end, now))
    tales = _tales(newsroom, stories)
    if not tales:
        kind = MessageKind.BRIEFING
        return Answer(question.text, False, Mode.QUOTES, refusal=_(EMPTY), kind=kind)
    return told_in(question, MessageKind.BRIEFING, heading, tales)


def brief_daily(newsroom: Newsroom, now: datetime, zone: ZoneInfo) -> Answer | None:
    """The news of the last day; None if there is none."""
    tales = _tales(newsroom, newsroom.told_between(now - DAY, now, STORIES))
    heading = _(TODAY).format(date=day_and_month(now.astimezone(zone)))
    question = Question("", timezone=str(zone))
    return told_in(question, MessageKind.BRIEFING, heading, tales) if tales else None


def _period(frame: TimeFrame, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when until when the news is asked for; today, where no time is named."""
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if not frame.is_period:
        return midnight, now
    return frame.start or now - FAR_BACK, min(frame.end or now, now)


def _named(start: datetime, end: datetime, now: datetime, zone: ZoneInfo) -> str:
    first, last = (moment.astimezone(zone) for moment in (start, end - timedelta(seconds=1)))
    if first.date() != last.date():
        return _(SPAN).format(first=day_and_month(first), last=day_and_month(last))
    told = day_and_month(first)
    today = first.date() == now.astimezone(zone).date()
    return _(TODAY).format(date=told) if today else told


def _latest(newsroom: Newsroom, before: datetime) -> list[Story]:
    """The stories of the last day on which there were any."""
    newest = newsroom.told_between(before - FAR_BACK, before, STORIES)
    if not newest:
        return []
    last = max(story.last_seen for story in newest)
    return newsroom.told_between(last - DAY, before, STORIES)


def _tales(newsroom: Newsroom, stories: Sequence[Story]) -> list[Tale]:
    return [tale for story in stories if (tale := _tale(newsroom, story))]


def _tale(newsroom: Newsroom, story: Story) -> Tale | None:
    """A story by its newest article; None if none of its articles tells anything."""
    for telling in reversed(story.tellings):
        if telling.article.withdrawn is None and (
            tale := tale_of(newsroom, telling.article, story)
        ):
            return tale
    return None
