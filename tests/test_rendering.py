"""Messages: outside text is escaped, nothing is cut wrongly, every message fits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, Citation, Mode, Sentence
from bot.wording.answer_text import render_answer
from bot.wording.keyboards import below_answer, read_press
from bot.wording.rendering import LIMIT, Block, link, pack, units
from ingest import Article, Depth
from tests.support.telegram_html import parse_html

URL = "https://o.example/a?x=1&y=2"


def citation(n: int, **changes: object) -> Citation:
    fields: dict[str, object] = {
        "n": n, "title": "Tram <vote>", "source": "A & B", "url": URL,
        "published": datetime(2026, 5, 12, tzinfo=UTC), "quote": "q", "article_id": f"a{n}",
        "passage_id": "p",
    }  # fmt: skip
    return Citation(**(fields | changes))  # type: ignore[arg-type]


def answer(*texts: str, **changes: object) -> Answer:
    fields: dict[str, object] = {
        "question": "q", "answered": True, "mode": Mode.QUOTES,
        "sentences": tuple(Sentence(text, (n,)) for n, text in enumerate(texts, 1)),
        "citations": tuple(citation(n) for n in range(1, len(texts) + 1)),
    }  # fmt: skip
    return Answer(**(fields | changes))  # type: ignore[arg-type]


def test_an_answer_reads_like_this() -> None:
    """Sentences with linked numbers, then title, publisher and date of each source."""
    [message] = render_answer(answer("It was <b>31</b> to 24."))
    shown = parse_html(message.html).text
    assert shown == ("It was <b>31</b> to 24. [1]\n\n[1] Tram <vote>, A & B, 12 May 2026")


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, max_size=6))
def test_outside_text_never_becomes_markup(texts: list[str]) -> None:
    """Telegram's parser reads every message, and finds no tag that we did not set."""
    for message in render_answer(answer(*texts)):
        rich = parse_html(message.html)
        assert units(rich.text) <= 4096
        assert {entity["type"] for entity in rich.entities} <= {"bold", "text_link", "italic"}


@given(st.lists(st.tuples(st.integers(1, 9000), st.booleans()), min_size=1, max_size=12))
def test_packing_loses_no_character_and_no_message_is_too_long(
    sizes: list[tuple[int, bool]],
) -> None:
    """However long the blocks are, and also of characters that count twice."""
    blocks = [Block(text, text, " ") for size, wide in sizes if (text := "🙂x"[not wide] * size)]
    messages = pack(blocks)
    assert all(units(message.plain) <= LIMIT for message in messages)
    joined = "".join(message.plain for message in messages).replace(" ", "")
    assert joined == "".join(block.plain for block in blocks)


def test_a_long_answer_is_split_between_sentences() -> None:
    """No sentence is torn, and each part is whole HTML."""
    texts = [f"Sentence {n} " + "word " * 90 + "ends." for n in range(20)]
    messages = render_answer(answer(*texts))
    assert len(messages) > 1
    for text in texts:
        assert sum(text in parse_html(message.html).text for message in messages) == 1


@pytest.mark.parametrize(
    "url", [None, "javascript:alert(1)", "http://localhost/x", "https://[bad", "ftp://a.b/c"]
)
def test_only_addresses_that_telegram_keeps_are_linked(url: str | None) -> None:
    """Others would vanish or do harm; the words stay."""
    assert link("a<b", url) == "a&lt;b"


def test_an_address_can_not_break_out_of_its_attribute() -> None:
    """Quotation marks in an address are escaped."""
    assert '"><b>' not in link("x", 'https://a.example/"><b>')


def test_what_is_unknown_is_left_out() -> None:
    """Publisher, date and depth are told as far as they are known."""
    unknown = citation(1, source="", published=None, depth=Depth.TEASER, url=None)
    [message] = render_answer(answer("So.", citations=(unknown,)))
    assert message.plain.endswith("[1] Tram <vote>, teaser only")


def test_reprints_are_told() -> None:
    """Three articles with one text are one report."""
    [message] = render_answer(answer("A.", "B.", "C.", independent=1))
    assert "Of these 3 articles, only 1 tells it in its own words." in message.plain


def test_a_refusal_names_the_nearest_articles() -> None:
    """It says plainly that there is no answer, and what comes nearest."""
    near = Article("i", "Tram vote", "t", url=URL, source="Observer")
    refusal = answer(answered=False, sentences=(), citations=(), nearest=(near,), refusal="No.")
    [message] = render_answer(refusal)
    assert message.plain.startswith("No.")
    assert "Tram vote, Observer" in message.plain


@given(st.text(max_size=80))
def test_pressed_buttons_are_data(data: str) -> None:
    """Whatever a client sends as callback data is read safely."""
    press = read_press(data)
    assert press is None or press.action in {"up", "down", "more"}


def test_callback_data_fits_telegrams_limit() -> None:
    """At most 64 bytes, also after very many answers."""
    for row in below_answer(10**14).inline_keyboard:
        for button in row:
            assert len(str(button.callback_data).encode()) <= 64
            assert read_press(str(button.callback_data)) is not None
