"""What time a question is about, and what that changes in what is found."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.answer import Question
from bot.answering.ask import Assistant
from bot.answering.moments import EVENT, LATEST, read_time
from bot.answering.understand import understand
from bot.settings import BotSettings
from ingest import Newsroom, Settings, TimeFrame

NOW = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)  # a Tuesday
KYIV = ZoneInfo("Europe/Kyiv")  # where it is half past midnight on Wednesday
UTC_ZONE = ZoneInfo("UTC")


def day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("Who won the vote yesterday?", day(2026, 11, 23), day(2026, 11, 24)),
        ("What happened in Belmoor today?", day(2026, 11, 24), day(2026, 11, 25)),
        ("What did the council decide this week?", day(2026, 11, 23), day(2026, 11, 30)),
        ("What did the council decide last week?", day(2026, 11, 16), day(2026, 11, 23)),
        ("Who was elected mayor last month?", day(2026, 10, 1), day(2026, 11, 1)),
        ("Which ferry ran aground in June?", day(2026, 6, 1), day(2026, 7, 1)),
        ("Which ferry ran aground in December?", day(2025, 12, 1), day(2026, 1, 1)),
        ("Which ferry ran aground in June 2022?", day(2022, 6, 1), day(2022, 7, 1)),
        ("Which ferry ran aground on 3 May 2024?", day(2024, 5, 3), day(2024, 5, 4)),
        ("Which ferry ran aground on May 3rd, 2024?", day(2024, 5, 3), day(2024, 5, 4)),
        ("Which ferry ran aground on 2024-05-03?", day(2024, 5, 3), day(2024, 5, 4)),
        ("Which show was renewed in the week of 16 June 2022?", day(2022, 6, 13), day(2022, 6, 20)),
        ("Who resigned on Friday?", day(2026, 11, 20), day(2026, 11, 21)),
        ("Who resigned on Tuesday?", day(2026, 11, 24), day(2026, 11, 25)),
        ("Which papers reported it since 3 November?", day(2026, 11, 3), None),
        ("How many were missing before 3 November?", None, day(2026, 11, 3)),
        ("What was decided in 2021?", day(2021, 1, 1), day(2022, 1, 1)),
        ("Who resigned three days ago?", day(2026, 11, 21), day(2026, 11, 22)),
        ("Who resigned over the past two weeks?", NOW - timedelta(days=14), NOW),
    ],
)
def test_times_that_are_named(asked: str, start: datetime | None, end: datetime | None) -> None:
    """Each is a period, by the calendar of the asker; the last such one, if no year is given."""
    timed = read_time(asked, NOW, None, UTC_ZONE)
    assert (timed.frame.start, timed.frame.end) == (start, end)
    assert timed.frame.as_of is None


def test_the_day_is_the_askers() -> None:
    """At half past ten in London it is already tomorrow in Kyiv."""
    frame = read_time("Who won the vote yesterday?", NOW, None, KYIV).frame
    assert frame.start == datetime(2026, 11, 23, 22, tzinfo=UTC)
    assert frame.end == datetime(2026, 11, 24, 22, tzinfo=UTC)


def test_what_only_tells_the_time_is_not_looked_for() -> None:
    """It would find articles that speak of weeks; but a question is never left without words."""
    words = read_time("Which show was renewed in the week of 16 June 2022?", NOW, None, UTC_ZONE)
    assert words.words == "Which show was renewed ?"
    assert read_time("What happened today?", NOW, None, UTC_ZONE).words != "?"
    assert read_time("in June", NOW, None, UTC_ZONE).words == "in June"


def test_as_of_leaves_out_what_came_later() -> None:
    """As of March: nothing after March, and seen from then; never later than the asker may know."""
    frame = read_time("How many were missing as of March?", NOW, None, UTC_ZONE).frame
    assert frame.as_of == frame.now == day(2026, 4, 1)
    earlier = day(2026, 2, 1)
    assert (
        read_time("How many as of March 2026 here?", NOW, earlier, UTC_ZONE).frame.as_of == earlier
    )


@pytest.mark.parametrize(
    ("asked", "strength"),
    [
        ("Who won the election in Belmoor?", EVENT),
        ("What is the latest on the ferry?", LATEST),
        ("Who may become mayor?", EVENT),
        ("How many people were injured before the ceasefire?", EVENT),
    ],
)
def test_without_a_time_recent_coverage_is_preferred(asked: str, strength: float) -> None:
    """More by who asks for the newest."""
    frame = read_time(asked, NOW, None, UTC_ZONE).frame
    assert frame.recent == strength
    assert (frame.start, frame.end) == (None, None)


@pytest.mark.parametrize("asked", ["on 31 June", "in 9999", "0 days ago", "since", "on 2024-13-45"])
def test_times_that_do_not_exist(asked: str) -> None:
    """They are words like others."""
    assert read_time(f"Which ferry ran aground {asked}?", NOW, None, UTC_ZONE).frame


def test_a_bonus_fades() -> None:
    """Half after 14 days; for a period, half 3 days outside of it; none without a date."""
    recent = TimeFrame(now=NOW, recent=0.5)
    assert recent.bonus(NOW) == pytest.approx(0.5)
    assert recent.bonus(NOW - timedelta(days=14)) == pytest.approx(0.25)
    assert recent.bonus(None) == 0
    period = TimeFrame(start=day(2022, 6, 13), end=day(2022, 6, 20))
    assert period.bonus(day(2022, 6, 15)) == pytest.approx(0.5)
    assert period.bonus(day(2022, 6, 23)) == pytest.approx(0.25)
    assert TimeFrame().bonus(NOW) == 0


def test_what_came_out_before_a_period_can_not_tell_of_it() -> None:
    """Unless it is a few days old at its beginning, has no date, or the period is yet to come."""
    period = TimeFrame(start=day(2022, 6, 13), end=day(2022, 6, 20), now=day(2022, 6, 16))
    assert not period.may_tell(day(2022, 6, 1))
    assert period.may_tell(day(2022, 6, 8))
    assert period.may_tell(day(2022, 7, 30))
    assert period.may_tell(None)
    assert TimeFrame(start=day(2022, 6, 13), now=day(2022, 1, 1)).may_tell(day(2021, 6, 1))
    assert TimeFrame(end=day(2022, 6, 13), now=NOW).may_tell(day(1999, 1, 1))


# In an archive: the same ferry line had an accident every spring.


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("moments")
    rows = [
        {
            "title": f"Ferry runs aground off {town}",
            "text": f"The island ferry ran aground off {town} on Monday, the coastguard said. "
            f"Everyone was brought ashore at {town} by lifeboat within two hours.",
            "published": f"{year}-04-13",
            "source": "Northline",
        }
        for year, town in ((2023, "Osterwick"), (2024, "Dunmarch"), (2025, "Belmoor"))
    ]
    path = folder / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    with Newsroom(Settings(data_dir=folder / "data")) as newsroom:
        newsroom.ingest([str(path)])
        yield newsroom


@pytest.mark.parametrize(
    ("asked", "asked_at", "year"),
    [
        ("Where did the island ferry run aground?", day(2025, 4, 14), 2025),
        ("Where did the island ferry run aground?", day(2024, 4, 20), 2024),
        ("Where did the island ferry run aground in April 2023?", day(2025, 4, 14), 2023),
        ("Where did the island ferry run aground as of 20 April 2024?", day(2025, 4, 14), 2024),
        ("Where did the island ferry run aground last year?", day(2025, 4, 14), 2024),
    ],
)
def test_the_time_decides_which_is_meant(
    newsroom: Newsroom, asked: str, asked_at: datetime, year: int
) -> None:
    """Asked at a time and about a time; nothing from after the question is found."""
    understood = understand(Question(asked, asked_at=asked_at))
    hits = newsroom.search(understood.search_text, 3, understood.when)
    found = [hit.article.published for hit in hits if hit.article.published]
    assert found[0].year == year
    assert max(found) <= asked_at


@pytest.mark.parametrize(("asked_at", "answered"), [((2025, 4, 16), True), ((2026, 4, 16), False)])
def test_old_news_does_not_answer_for_this_week(
    newsroom: Newsroom, asked_at: tuple[int, int, int], answered: bool
) -> None:
    """A year after the last accident there is none to tell of, however alike the words are."""
    assistant = Assistant(newsroom, BotSettings(data_dir=newsroom.settings.data_dir))
    asked = "Where did the island ferry run aground this week?"
    answer = asyncio.run(assistant.ask(Question(asked, asked_at=day(*asked_at))))
    assert answer.answered is answered
    assert ("Belmoor" in answer.text) is answered
