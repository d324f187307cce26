"""The bot's words in six languages: complete, counted rightly, and in the right direction."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot import language
from bot.language import CATALOGUES, LANGUAGES, _, choose, isolated, known, ngettext, speaking
from bot.updates.when import ChatSettings
from bot.wording.post_text import Speech, render_post
from bot.wording.rendering import line_of
from bot.wording.updates_text import render_settings

ROOT = Path(__file__).parent.parent
OTHERS = [code for code in LANGUAGES if code != "en"]
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
PAYLOAD = {
    "headline": "Ferry runs aground",
    "coverage": {
        "articles": 5, "agency_reports": 1, "reports": 0, "reprints": 2, "independent": 2,
    },
    "items": [
        {"text": "Twelve people were hurt.", "before": "", "after": "", "article_id": "a",
         "version": 1, "url": "https://north.example/a", "source": "Northline",
         "published": "2026-04-14T18:00:00+00:00"},
    ],
    "corrected": [{"at": "2026-04-14T18:40:00+00:00", "before": "Ten.", "after": "Twelve."}],
}  # fmt: skip


def in_code() -> set[str | tuple[str, ...]]:
    """Every sentence that the code marks."""
    found = extract_from_dir(ROOT / "bot", keywords=KEYWORDS)
    return {m if isinstance(m, str) else tuple(m) for _file, _line, m, _notes, _context in found}


def blanks(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_is_translated(code: str) -> None:
    """A catalogue has the sentences of the code and no others, each with the same blanks, and as
    many forms as the language counts with."""
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    messages = [message for message in catalogue if message.id]
    assert {message.id for message in messages} == in_code()
    for message in messages:
        assert not message.fuzzy
        if isinstance(message.id, tuple):
            assert isinstance(message.string, tuple)
            assert len(message.string) == catalogue.num_plurals
            assert all(blanks(form) == blanks(message.id[1]) for form in message.string)
        else:
            assert message.string
            assert blanks(str(message.string)) == blanks(str(message.id))


def test_counting() -> None:
    """Each language has its own forms; the number is written as people there write it."""
    told = {}
    for code in ("en", "de", "ru", "ar"):
        with speaking(code):
            told[code] = [ngettext("{n} story", "{n} stories", n) for n in (1, 2, 5, 21, 1234)]
    assert told["en"] == ["1 story", "2 stories", "5 stories", "21 stories", "1,234 stories"]
    assert told["de"][4] == "1.234 Geschichten"
    assert told["ru"][:4] == ["1 история", "2 истории", "5 историй", "21 история"]
    assert told["ar"][2:4] == ["5 قصص", "21 قصة"]


def test_dates() -> None:
    """Months have their names in each language."""
    time = datetime(2026, 4, 14, 18, 40, tzinfo=UTC)
    with speaking("ru"):
        assert language.long_date(time).startswith("14 апреля 2026")
        assert language.day_name(0) == "понедельник"
    with speaking("es"):
        assert language.day_and_month(time) == "14 de abril"
    assert language.long_date(time) == "14 April 2026"


@pytest.mark.parametrize(
    ("tag", "code"), [("de-AT", "de"), ("iw", "he"), ("pt-BR", ""), (None, ""), ("AR_eg", "ar")]
)
def test_language_tags(tag: str | None, code: str) -> None:
    """Telegram's tags are read by their language; of others nothing is said."""
    assert known(tag) == code


def test_names_keep_their_direction() -> None:
    """A name of another direction is set apart by isolates, one of the same is not; and what comes
    from outside can't bring such signs itself."""
    assert isolated("Northline") == "Northline"
    assert isolated("הארץ") == "\u2068הארץ\u2069"
    with speaking("ar"):
        assert isolated("Northline") == "\u2068Northline\u2069"
    assert line_of("\u2069\u202eNorth\u2068line") == "Northline"


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_post_in_each_language(code: str) -> None:
    """The article's own words stay as they are; ours are the language's; isolates are balanced."""
    with speaking(code):
        post = render_post(PAYLOAD, Speech(ChatSettings().zone))
        settings = render_settings(ChatSettings(language=code), isolated("Town"))
    assert "Twelve people were hurt." in post.plain
    assert ("Corrected" in post.plain) == (code == "en")
    assert LANGUAGES[code] in settings.plain
    for text in (post.plain, post.html, settings.html):
        assert text.count("\u2068") == text.count("\u2069")
        assert ("\u2068" in text) == (code in {"ar", "he"})


def test_the_language_belongs_to_its_task() -> None:
    """Two updates that are answered at the same time do not change each other's language, and a
    thread speaks that of the task that began it."""

    async def speak(code: str) -> str:
        choose(code)
        await asyncio.sleep(0)
        return await asyncio.to_thread(_, "Thank you!")

    async def both() -> list[str]:
        return list(await asyncio.gather(speak("de"), speak("ru"), speak("xx")))

    assert asyncio.run(both()) == ["Danke!", "Спасибо!", "Thank you!"]
