"""Times: those that documents carry, and those that a text names, in six languages."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.text.times import Moment, moments, parse_time, same_time

NOW = datetime(2022, 6, 15, 12, tzinfo=UTC)  # a Wednesday
LANGUAGES = ["en", "de", "es", "ru", "ar", "he", "xx", None]
PIECES = st.sampled_from(
    ["14", "April", "Apr.", "2022", " ", "de", "abril", "апреля", "8:30", "p.m.", "Uhr", "three",
     "weeks ago", "vor", "Wochen", "-", ".", "\n", "أبريل", "ב", "אפריל", "\ud800", "May", "٢٠٢٢",
     "yesterday", "вчера", "99", "/", "31", "in"]
)  # fmt: skip


def one(text: str, language: str = "en", now: datetime | None = NOW) -> Moment:
    (moment,) = moments(text, language, now)
    return moment


def period(text: str, language: str = "en") -> tuple[str, str, int]:
    """The kind, the first day and the number of days."""
    moment = one(text, language)
    assert moment.begin
    assert moment.until
    return moment.kind, moment.begin.date().isoformat(), (moment.until - moment.begin).days


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-04-14", datetime(2022, 4, 14, tzinfo=UTC)),
        ("Thu, 14 Apr 2022 08:30:00 +0200", datetime(2022, 4, 14, 6, 30, tzinfo=UTC)),
        ("yesterday", None),
        (None, None),
    ],
)
def test_a_document_time_is_iso_or_mail(value: object, expected: datetime | None) -> None:
    """Anything else is none."""
    assert parse_time(value) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "on 14 April 2022", ["14 April 2022"]),
        ("en", "on Apr. 14, 2022 at 8:30 p.m.", ["Apr. 14, 2022", "8:30 p.m."]),
        ("en", "in April, on Monday, yesterday", ["April", "Monday", "yesterday"]),
        ("en", "Three weeks ago, last week, in 2022", ["Three weeks ago", "last week", "2022"]),
        ("en", "the 14th of April, April 14-16, 2019-22", ["14th of April", "April 14-16",
                                                           "2019-22"]),
        ("de", "am 14. April um 20.30 Uhr, vor drei Wochen", ["14. April", "20.30 Uhr",
                                                             "vor drei Wochen"]),
        ("de", "gestern, am Dienstag, Ende März, 14.04.2022", ["gestern", "Dienstag", "März",
                                                              "14.04.2022"]),
        ("es", "Ayer, el 14 de abril de 2022, el lunes", ["Ayer", "14 de abril de 2022", "lunes"]),
        ("es", "hace tres semanas, en mayo de 2021", ["hace tres semanas", "mayo de 2021"]),
        ("ru", "Вчера, 14 апреля, в среду, в апреле 2021", ["Вчера", "14 апреля", "среду",
                                                           "апреле 2021"]),
        ("ar", "أمس، ١٤ أبريل ٢٠٢٢، يوم الاثنين", ["أمس", "١٤ أبريل ٢٠٢٢", "الاثنين"]),
        ("he", "אתמול, ב-14 באפריל 2022, ביום שני", ["אתמול", "14 באפריל 2022", "יום שני"]),
        ("xx", "2022-04-14, 2022, 8:30", ["2022-04-14", "2022", "8:30"]),
    ],
)  # fmt: skip
def test_a_text_names_its_times_in_its_language(
    language: str, text: str, expected: list[str]
) -> None:
    """Days, months, weekdays, years, clock times and relative ones; figures in any language."""
    assert [moment.text for moment in moments(text, language, NOW)] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "May I? They may march. Theresa May said so. April showers."),
        ("en", "1500 people, the F-2022, $2022, 2022%, version 2.2022.1, had 2022 workers"),
        ("en", "It ended 3-1, 12:61 or 8.30."),
        ("de", "Am Morgen kamen 1945 Menschen."),
        ("es", "Marzo Pérez, por la mañana"),
        ("xx", "in April, yesterday"),
    ],
)
def test_what_may_be_another_word_names_no_time(language: str, text: str) -> None:
    """A month is one only as CLDR writes it, and not where every word has a capital."""
    assert moments(text, language, NOW) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "14 April 2022", ("day", "2022-04-14", 1)),
        ("en", "14 April", ("day", "2022-04-14", 1)),
        ("en", "20 December", ("day", "2021-12-20", 1)),
        ("en", "3 July", ("day", "2022-07-03", 1)),
        ("en", "in April 2021", ("month", "2021-04-01", 30)),
        ("en", "in 2020", ("year", "2020-01-01", 366)),
        ("en", "on Monday", ("weekday", "2022-06-13", 1)),
        ("en", "next Monday", ("weekday", "2022-06-20", 1)),
        ("en", "yesterday", ("relative", "2022-06-14", 1)),
        ("en", "three weeks ago", ("relative", "2022-05-23", 7)),
        ("de", "letzten Monat", ("relative", "2022-05-01", 31)),
        ("es", "hace 3 días", ("relative", "2022-06-12", 1)),
        ("ru", "на прошлой неделе", ("relative", "2022-06-06", 7)),
        ("ar", "قبل يومين", ("relative", "2022-06-13", 1)),
        ("he", "לפני שבועיים", ("relative", "2022-05-30", 7)),
    ],
)
def test_a_time_is_the_period_that_is_meant_on_that_day(
    language: str, text: str, expected: tuple[str, str, int]
) -> None:
    """A date without a year is the nearest, a weekday the last, a week begins on Monday."""
    assert period(text, language) == expected


def test_what_depends_on_the_day_stays_open_without_one() -> None:
    """And so do clock times, impossible dates and those that two lands read differently."""
    for text in ("yesterday", "on Monday", "14 April", "8:30", "31 June", "4/5/2022"):
        assert one(text, now=None).begin is None
    assert one("14 April 2022", now=None).begin == datetime(2022, 4, 14, tzinfo=UTC)


def test_a_period_is_in_the_zone_of_now() -> None:
    """Midnight is that of the one who says "yesterday"."""
    tokyo = timezone(timedelta(hours=9))
    begin = one("yesterday", now=datetime(2022, 6, 15, 1, tzinfo=tokyo)).begin
    assert begin == datetime(2022, 6, 14, tzinfo=tokyo)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("14 April", "April 14", True),
        ("in April", "14 April", True),
        ("in April", "14 May", False),
        ("on Monday", "on Tuesday", False),
        ("8:30 p.m.", "20:30", True),
        ("8:30 a.m.", "20:30", False),
        ("8:30", "on Monday", False),
        ("in 2022", "14 April 2022", True),
        ("in 2021", "14 April 2022", False),
        ("yesterday", "today", False),
    ],
)
@pytest.mark.parametrize("now", [None, NOW])
def test_two_mentions_can_mean_the_same_time(
    first: str, second: str, expected: bool, now: datetime | None
) -> None:
    """Resolved or by what is written of them."""
    a, b = one(first, now=now), one(second, now=now)
    assert same_time(a, b) == same_time(b, a) == expected


def test_a_day_tells_whether_a_weekday_is_a_date() -> None:
    """And a mention in one language can mean that in another."""
    assert same_time(one("on Monday"), one("13 June 2022"))
    assert not same_time(one("on Monday"), one("14 June 2022"))
    assert same_time(one("14 de abril", "es"), one("14. April", "de"))


@settings(max_examples=150, deadline=None)
@given(text=st.lists(PIECES, max_size=25).map("".join), language=st.sampled_from(LANGUAGES))
def test_each_moment_stands_where_it_says(text: str, language: str | None) -> None:
    """text[start:end] is the moment, in order, without overlaps, and its period is one."""
    end = 0
    for moment in moments(text, language, NOW):
        assert moment.start >= end
        assert text[moment.start : moment.end] == moment.text
        assert moment.begin is None or moment.until is None or moment.begin < moment.until
        end = moment.end


@pytest.mark.parametrize("language", ["en", "ru", "he"])
@pytest.mark.parametrize(
    "text",
    ["9" * 100_000, "1." * 50_000, "2022-" * 20_000, "May " * 20_000, "\ud800 8:30 " * 10_000,
     "weeks ago " * 10_000, '"' * 50_000 + "May", "in " * 30_000, "99999999999 days ago"],
    ids=["digits", "dots", "years", "months", "surrogates", "ago", "quotes", "in", "far"],
)  # fmt: skip
def test_hostile_text_neither_fails_nor_takes_long(text: str, language: str) -> None:
    """The time grows with the length and not faster."""
    begun = time.process_time()
    moments(text, language, NOW)
    assert time.process_time() - begun < 15


def test_times_before_the_calendar_stay_open() -> None:
    """The year 1 has no last year."""
    moment = one("999 years ago", now=datetime(9, 1, 1, tzinfo=UTC))
    assert moment.begin is None
