"""Stories as messages and as a picture: from values, without a chat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.wording.keyboards import below_stories, below_story, read_press
from bot.wording.picture import (
    MAX_MARKS,
    MAX_ROWS,
    marked_facts,
    numbered,
    rows_of,
    shortened,
    tick_labels,
    timeline_picture,
    wrapped,
)
from bot.wording.rendering import units
from bot.wording.story_text import CAPTION, moment, render_stories, render_story, render_timeline
from ingest import Article, Fact, FactKind, Story, Telling
from tests.support.telegram_html import parse_html
from tests.support.telegram_photos import dimensions

START = datetime(2026, 4, 14, 18, 40, tzinfo=UTC)
HOSTILE = "<b>Ferry</b> & “quay” \u202e$x$ </a>"


def telling(n: int, source: str = "Tide", hours: float = 0, origin: int | None = None) -> Telling:
    article = Article(
        f"{n:016x}", f"Title {n}", "t", url=f"https://news.example/{n}?a=1&b=2", source=source
    )
    return Telling(
        article, START + timedelta(hours=hours), f"{n if origin is None else origin:016x}"
    )


def fact(n: int, text: str, hours: float = 0, before: str = "", after: str = "") -> Fact:
    kind = FactKind.CHANGED if after else FactKind.NEW
    at = START + timedelta(hours=hours)
    return Fact(f"{n:016x}", text, 0, len(text), at, kind, before, after)


def story(
    tellings: list[Telling] | None = None,
    facts: tuple[Fact, ...] = (),
    headline: str = "Ferry runs aground",
) -> Story:
    told = tellings or [telling(1)]
    return Story("0123456789", headline, told[0].at, told[-1].at, tuple(told), facts)


# In words


def test_a_story_reads_like_this() -> None:
    """Headline, coverage, times, new facts with their articles, sources, and who else tells it."""
    told = story(
        [telling(1, "Northline"), telling(2, "Post", 1, origin=1), telling(3, "Tide", 14)],
        (fact(1, "A ferry ran aground."), fact(3, "Fifteen were treated.", 14, "12", "15")),
    )
    [message] = render_story(told)
    assert parse_html(message.html).text == (
        "Ferry runs aground\n"
        "1 report, 1 reprint, 1 independent\n"
        "First seen 14 April 2026, 18:40; last seen 15 April 2026, 08:40 (UTC)\n"
        "\n"
        "What was new\n"
        "• 14 April, 18:40: A ferry ran aground. [1]\n"
        "• 15 April, 08:40: 12 → 15. Fifteen were treated. [2]\n"
        "\n"
        "Sources\n"
        "[1] Title 1, Northline\n"
        "[2] Title 3, Tide\n"
        "Also told by Post."
    )
    assert [e["url"] for e in parse_html(message.html).entities if e["type"] == "text_link"] == [
        f"https://news.example/{n}?a=1&b=2" for n in (1, 3, 1, 3, 2)
    ]


def test_outside_text_of_a_story_never_becomes_markup() -> None:
    """Headlines, sentences, values, names and addresses are what others wrote."""
    hostile = telling(1, HOSTILE)
    told = story([hostile, telling(2)], (fact(1, HOSTILE, 0, "<i>1", "2</i>"),), HOSTILE)
    caption, below = render_timeline(told)
    for message in (*render_story(told), caption, *below, *render_stories(HOSTILE, [told])):
        rich = parse_html(message.html)
        assert "<b>Ferry</b> & “quay” $x$ </a>" in rich.text
        assert "\u202e" not in message.plain
        assert {entity["type"] for entity in rich.entities} <= {"bold", "italic", "text_link"}


def test_of_many_facts_the_newest_eight_are_told() -> None:
    """The rest are counted; numbers count the articles that are shown."""
    facts = tuple(fact(n, f"Fact number {n}.", n) for n in range(11))
    told = story([telling(n, hours=n) for n in range(11)], facts)
    [message] = render_story(told)
    assert "… and 3 earlier" in message.plain
    assert "Fact number 2." not in message.plain
    assert "Fact number 3. [1]" in message.plain
    assert "Fact number 10. [8]" in message.plain


def test_what_there_is_little_of_is_told_too() -> None:
    """One article without facts, without publisher, without headline."""
    [message] = render_story(story([telling(1, "")], (), " "))
    assert message.plain == (
        "Untitled\n1 article\nSeen 14 April 2026, 18:40 (UTC)\n\nTold by publisher unknown."
    )


def test_many_publishers_are_counted() -> None:
    """Twelve are named."""
    [message] = render_story(story([telling(n, f"P{n}") for n in range(40)]))
    assert "P11, 28 more." in message.plain


def test_long_stories_are_split_into_messages_that_fit() -> None:
    """Each is at most as long as Telegram allows."""
    facts = tuple(fact(n, "A long sentence. " * 60, n) for n in range(8))
    told = story([telling(n, "Publisher " * 20, n) for n in range(40)], facts, "Headline " * 90)
    for message in render_story(told):
        assert units(parse_html(message.html).text) <= 4096


@pytest.mark.parametrize(("words", "fits"), [("Short.", True), ("🛳️ and words " * 30, False)])
def test_the_text_of_a_picture_moves_below_it_if_it_is_too_long(words: str, fits: bool) -> None:
    """A caption has at most 1,024 units; nothing is lost."""
    facts = tuple(fact(n, words, n, str(n), str(n + 1)) for n in range(6))
    told = story([telling(n, hours=n) for n in range(6)], facts, "🛳️ " * 300)
    caption, below = render_timeline(told)
    assert units(parse_html(caption.html).text) <= CAPTION
    assert units(caption.plain) <= CAPTION
    assert (not below) is fits
    everything = "\n".join(message.plain for message in (caption, *below))
    assert all(f"{n} → {n + 1}" in everything for n in range(6))


def test_moments() -> None:
    """Midnight is a day of which the hour is not known."""
    assert moment(START) == "14 April 2026, 18:40"
    assert moment(START.replace(hour=0, minute=0), year=False) == "14 April"


def test_a_list_of_stories_has_numbers_to_press() -> None:
    """The buttons say which one; their data fits Telegram's limit."""
    [message] = render_stories("The newest stories", [story(), story()])
    assert message.plain.splitlines()[1:] == [
        "1. Ferry runs aground (1 article, 14 April 2026)",
        "2. Ferry runs aground (1 article, 14 April 2026)",
    ]
    ids = [f"{n:010x}" for n in range(8)]
    rows = below_stories("timeline", ids).inline_keyboard
    assert [len(row) for row in rows] == [4, 4]
    presses = [read_press(str(button.callback_data)) for row in rows for button in row]
    assert [(press.action, press.story_id) for press in presses if press] == [
        ("timeline", story_id) for story_id in ids
    ]


@pytest.mark.parametrize("data", ["story:", "story:XYZ", "story:0123456789a", "timeline:1'; --"])
def test_only_ids_of_stories_are_read(data: str) -> None:
    """Ten hex digits; anyone can send anything."""
    assert read_press(data) is None
    [buttons] = below_story("story", "0123456789", "newsdesk_bot", private=True).inline_keyboard
    assert all(read_press(str(button.callback_data)) for button in buttons)


# As a picture


@pytest.mark.parametrize(
    "told",
    [
        story(),
        story(facts=(fact(1, "A ferry ran aground."),)),
        story([telling(n, f"Publisher {n % 13}", n * 7.3, n % 3) for n in range(40)]),
        story([telling(1, "$y_1$")], headline="A $x$ \\frac{1} $ of ${ } ^_%"),
        story([telling(1, "صحيفة")], headline="مرحبا بالعالم"),
        story([telling(1, "朝日新聞", n) for n in range(3)], headline="日本語の見出し" * 40),
        story([telling(1, "")], headline=""),
        story([telling(1, "x" * 5000)], headline="W" * 5000),
        story([telling(1), telling(2, hours=24 * 365 * 30)], headline="\u202e🛳️\n\x00"),
        story([telling(n, hours=n / 3600) for n in range(5)]),
        story(facts=tuple(fact(1, "s", n * 0.01, "1", "2") for n in range(20))),
    ],
    ids=[
        "one", "a fact", "40 articles", "dollars", "arabic", "cjk", "empty", "endless",
        "30 years", "5 seconds", "many marks",
    ],
)  # fmt: skip
def test_every_story_can_be_drawn(told: Story, recwarn: pytest.WarningsRecorder) -> None:
    """A PNG as wide as a phone shows it well, which Telegram takes, and no noise on the way."""
    width, height = dimensions(timeline_picture(told))
    assert width == 1080
    assert 300 <= height <= 1600
    assert not recwarn.list


def test_rows_are_publishers_and_tell_reports_from_reprints() -> None:
    """Who told it first is on top; the origin of a text is filled, also if it was seen later."""
    told = story([telling(2, "Post", 0, origin=1), telling(1, "Agency", 1), telling(3, "Post", 2)])
    post, agency = rows_of(told)
    assert (post.name, len(post.own), len(post.reprints)) == ("Post", 1, 1)
    assert (agency.name, len(agency.own), len(agency.reprints)) == ("Agency", 1, 0)
    many = rows_of(story([telling(n, f"P{n}") for n in range(15)]))
    assert len(many) == MAX_ROWS + 1
    assert (many[-1].name, len(many[-1].own)) == ("5 others", 5)


def test_changed_values_are_marked_else_what_was_added() -> None:
    """The newest changes; or, without one, new facts of later articles, in their order."""
    changes = tuple(fact(n, "x", n, str(n), str(n + 1)) for n in range(9))
    assert marked_facts(story(facts=(fact(0, "Opening."), *changes))) == list(changes[-MAX_MARKS:])
    added = (fact(2, "It cost 3 million.", 1), fact(3, "More.", 2))
    assert marked_facts(story(facts=(fact(1, "Opening."), *added))) == list(added)
    assert marked_facts(story(facts=(fact(1, "Opening."),))) == [fact(1, "Opening.")]
    assert marked_facts(story()) == []


def test_lines_are_parted_at_blanks() -> None:
    """A word that is longer than a line is cut; what is left over ends in an ellipsis."""

    def fits(text: str) -> bool:
        return len(text) <= 10

    assert wrapped("Ferry runs aground", fits) == ["Ferry runs", "aground"]
    assert wrapped("Ferry runs aground again today", fits) == ["Ferry runs", "aground a…"]
    assert wrapped("x" * 25, fits) == ["x" * 10, "x" * 9 + "…"]
    assert wrapped("", fits) == []
    assert shortened("word", lambda _: False) == "w…"


def test_the_times_below_the_picture() -> None:
    """Hours with their day where it begins, days, or months with their year."""
    midnight = datetime(2026, 4, 14, tzinfo=UTC)
    hours = [midnight + timedelta(hours=n) for n in (12, 18, 24, 30)]
    assert tick_labels(hours) == ["12:00\n14 Apr", "18:00", "00:00\n15 Apr", "06:00"]
    assert tick_labels([midnight, midnight + timedelta(days=2)]) == ["14 Apr", "16 Apr"]
    months = [datetime(2025, 12, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)]
    assert tick_labels(months) == ["Dec\n2025", "Jan\n2026"]


def test_numbers_that_stand_together() -> None:
    """One, a pair, a row, and what is no row."""
    assert [numbered(n) for n in ([4], [2, 1], [1, 2, 3], [1, 2, 4])] == [
        "4", "1, 2", "1–3", "1, 2, 4",
    ]  # fmt: skip
