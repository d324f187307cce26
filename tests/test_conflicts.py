"""Disagreement: who says what of the same, what was superseded, and what is disputed."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.answer import Answer, Claim, Conflict, Mode, Question, Sentence
from bot.answering.ask import Assistant
from bot.answering.compare import source_of
from bot.answering.conflicts import Found, Source, conflicts_about, same_event
from bot.language import speaking
from bot.settings import BotSettings
from bot.wording.rendering import conflict_words, render_answer
from ingest import Article, Newsroom, Telling
from tests.conftest import bot_process
from tests.support.llm import LLMServer
from tests.support.telegram import TelegramServer, transcript

T0 = datetime(2026, 5, 3, 12, tzinfo=UTC)
WAIT = 60.0
LAUNCH = {
    "title": "Harbour cruise ends on the pier at Lindhaven",
    "text": "LINDHAVEN – An excursion boat hit the pier at Lindhaven on Sunday, injuring 12 "
    "people, the harbour police said.\n\nThe Silver Tern was coming back from Gull Rock when its "
    "engine failed, captain Olaf Brenner told the Post.\n\nThe pier at Lindhaven is closed.",
    "url": "https://harbourpost.example/silver-tern",
    "source": "Harbour Post",
    "published": "2026-05-03T16:00:00+00:00",
    "language": "en",
}
RIVAL = {
    "title": "Silver Tern rams pier in Lindhaven",
    "text": "At least 17 people were injured when the excursion boat Silver Tern rammed the pier "
    "at Lindhaven on Sunday, the hospital said.\n\nOlaf Brenner, the captain, had left Gull Rock "
    "with 90 people on board. The harbour police at Lindhaven are looking into it.",
    "url": "https://coastline.example/silver-tern",
    "source": "Coastline",
    "published": "2026-05-03T18:00:00+00:00",
    "language": "en",
}


def source(
    text: str, name: str, hours: float = 0, *, origin: str = "", title: str = "Crash in Varby"
) -> Source:
    """An article that came out so many hours after the first."""
    at = T0 + timedelta(hours=hours)
    article = Article(f"{name}{hours}", title, text, None, name, published=at, language="en")
    return source_of(Telling(article, at, origin or article.id), "story")


def found(first: Source, *others: Source) -> list[Found]:
    return conflicts_about(first.statements[0], first, others)


def told(conflict: Found) -> list[tuple[str, str]]:
    return [(side.value, side.source.article.source) for side in conflict.sides]


TWELVE = "A crash in Varby injured 12 people, the police said."
FIFTEEN = "The crash in Varby injured 15 people."


def test_independent_sources_that_differ_within_hours_are_in_dispute() -> None:
    """Neither takes the place of the other, whatever words they use; oldest first."""
    for later in (FIFTEEN, "The crash in Varby has now injured 15 people."):
        [conflict] = found(source(TWELVE, "Post"), source(later, "Tide", 3))
        assert (conflict.about, conflict.superseded) == ("injured", False)
        assert told(conflict) == [("12", "Post"), ("15", "Tide")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (FIFTEEN, "Post"),
        ("The crash in Varby injured 15 people. The police had spoken of 12 injured.", "Tide"),
        ("The number of injured in the crash in Varby has risen to 15.", "Tide"),
        (
            "Correction: an earlier version of this report said that 12 people had been injured in "
            "the crash in Varby. The number is 15.",
            "Tide",
        ),
    ],
)
def test_an_update_supersedes(text: str, name: str) -> None:
    """The same publisher's newer value; one that speaks of the older one; a rise; a correction."""
    [conflict] = found(source(TWELVE, "Post"), source(text, name, 20))
    assert conflict.superseded
    assert [side.value for side in conflict.current] == ["15"]


@pytest.mark.parametrize(
    ("sources", "why"),
    [
        ([source(FIFTEEN, "Tide", 20)], "another source, without a word on the first"),
        ([source(FIFTEEN, "Post", 20), source(TWELVE, "Tide", 30, origin="t")], "later again"),
        ([source("The crash in Varby injured 15 people, denied the firm.", "Post", 20)], "denied"),
        ([source(FIFTEEN, "Post", 20), source(FIFTEEN.replace("15", "14"), "Tide", 10)], "a third"),
    ],
)
def test_in_doubt_it_is_disputed(sources: list[Source], why: str) -> None:
    """Nothing counts as superseded that no source and no word says is."""
    [conflict] = found(source(TWELVE, "Post"), *sources)
    assert not conflict.superseded, why


def test_a_reprint_is_no_second_claim() -> None:
    """One origin speaks once, by its first publisher, whichever of its carriers was cited."""
    agency = source(TWELVE, "Agency", origin="a")
    reprint = source(TWELVE, "Daily", 2, origin="a")
    own = source(FIFTEEN, "Tide", 3)
    [conflict] = found(reprint, agency, own)
    assert told(conflict) == [("12", "Agency"), ("15", "Tide")]


def test_who_agrees_is_told_too() -> None:
    """Two own texts with one value are two claims of it."""
    [conflict] = found(
        source(TWELVE, "Post"),
        source(FIFTEEN, "Tide", 3),
        source("In Varby 12 people were hurt.", "Sun", 4),
    )
    assert told(conflict) == [("12", "Post"), ("15", "Tide"), ("12", "Sun")]


def test_a_source_with_two_values_is_left_out() -> None:
    """Which of them is the total is not known."""
    both = "The crash in Varby injured 15 people. In all, 20 people were injured in Varby."
    assert found(source(TWELVE, "Post"), source(both, "Tide", 3)) == []


def test_counts_of_people_days_apart_may_be_of_other_events() -> None:
    """In one war a city is hit again and again: without a word on the first count, nothing is
    said."""
    assert found(source(TWELVE, "Post"), source(FIFTEEN, "Tide", 100)) == []
    assert found(source(TWELVE, "Post"), source(FIFTEEN, "Post", 100)) == []
    later = source(
        "The crash in Varby injured 15 people. The police had spoken of 12 injured.", "Tide", 100
    )
    [conflict] = found(source(TWELVE, "Post"), later)
    assert conflict.superseded


def test_fewer_victims_are_no_update() -> None:
    """The same paper's lower count is that of one place, unless it takes the higher one back; and
    many times as many are those of another storm."""
    fewer = source("The crash in Varby injured eight people.", "Post", 5)
    [conflict] = found(source(TWELVE, "Post"), fewer)
    assert not conflict.superseded
    revised = f"{fewer.article.text} The police had spoken of 12 injured."
    [conflict] = found(source(TWELVE, "Post"), source(revised, "Post", 5))
    assert conflict.superseded
    assert found(source(TWELVE, "Post"), source("In Varby 423 people were hurt.", "Post", 5)) == []


def test_articles_on_one_event_name_the_same() -> None:
    """Four names in common, and a good part of all; not months apart."""
    one = Article("a", LAUNCH["title"], LAUNCH["text"], published=T0)
    other = Article("b", RIVAL["title"], RIVAL["text"], published=T0)
    assert same_event(one, other)
    assert not same_event(one, replace(other, published=T0 + timedelta(days=60)))
    assert not same_event(one, Article("c", "Comet found", "Clara Wendt saw it at Hochtal."))


# ── how it is shown ──


def claim(value: str, name: str, day: int, n: int, who: str = "") -> Claim:
    return Claim(value, name, datetime(2026, 5, day, tzinfo=UTC), n, who)


def test_the_lines_below_an_answer() -> None:
    """Value, who says it, publisher, date, number; one value's claims stand together."""
    disputed = Conflict(
        "injured", (claim("12", "Harbour Post", 3, 1), claim("15", "Coastline", 4, 2))
    )
    assert conflict_words(disputed) == (
        "Sources differ on “injured”: 12 (Harbour Post, 3 May) [1], 15 (Coastline, 4 May) [2]."
    )
    claims = (*disputed.claims, claim("Fifteen", "Tide", 5, 3, "hospital"))
    assert conflict_words(Conflict("injured", claims, superseded=True)) == (
        "On “injured”, at first: 12 (Harbour Post, 3 May) [1]. Since then: 15 (Coastline, 4 May; "
        "hospital, Tide, 5 May) [2][3]."
    )


def test_outside_words_in_a_conflict_are_text() -> None:
    """Markup, line breaks and signs that turn the writing direction do nothing."""
    evil = claim("<b>9</b>\n9", "<a href='x'>Post</a>\u202e", 3, 1, "{about} & \n co")
    conflict = Conflict("<i>{claims}</i>", (evil, claim("10", "Tide", 4, 2)))
    answer = Answer("q", True, Mode.QUOTES, (Sentence("S.", ()),), (), conflicts=(conflict,))
    [text] = render_answer(answer)
    assert "<i>" not in text.html.replace("<i>1 ", "")
    assert "<a href='x'>" not in text.html
    assert "\u202e" not in text.html + text.plain
    assert "&lt;b&gt;9&lt;/b&gt; 9" in text.html
    with speaking("ar"):
        assert "\u2068" in render_answer(answer)[0].plain


# ── through the assistant ──


@pytest.fixture
def assistant(sample_newsroom: Newsroom, sample_settings: BotSettings) -> Assistant:
    return Assistant(sample_newsroom, sample_settings)


def ask(assistant: Assistant, text: str, asked_at: datetime | None = None) -> Answer:
    return asyncio.run(assistant.ask(Question(text, asked_at=asked_at)))


def values(answer: Answer) -> list[tuple[str, str, str]]:
    [conflict] = answer.conflicts
    return [(c.value, c.attributed, c.source) for c in conflict.claims]


def test_the_ferry_was_first_said_to_have_injured_12(assistant: Assistant) -> None:
    """The agency's 12 was superseded by the hospital's count and the Courier's correction; the
    reprints are no claims; every claim's words stand in its article."""
    answer = ask(assistant, "How many people were injured when the ferry ran aground?")
    assert values(answer) == [
        ("12", "coastguard", "Northline Press Agency"),
        ("Fifteen", "hospital", "Osterwick Tide"),
        ("15", "", "The Belmoor Courier"),
    ]
    assert answer.conflicts[0].superseded
    assert "Fifteen people were treated" in answer.text, "12 does not stand alone"
    for citation in answer.citations:
        article = assistant._newsroom.article(citation.article_id)
        assert article is not None
        assert citation.quote in article.text
    numbers = {citation.n for citation in answer.citations}
    assert {c.n for c in answer.conflicts[0].claims} <= numbers
    document = json.loads(json.dumps(answer.to_json()))
    assert document["conflicts"][0]["superseded"] is True
    assert document["conflicts"][0]["claims"][0]["attributed"] == "coastguard"


def test_the_tram_became_dearer(assistant: Assistant) -> None:
    """286 million crowns by two papers, then 301 million; the help for shops is another sum."""
    answer = ask(assistant, "How much will Line 4 cost?")
    assert values(answer) == [
        ("286 million crowns", "", "Belmoor Observer"),
        ("286 million crowns", "", "Railway & City Weekly"),
        ("301 million crowns", "city", "Belmoor Observer"),
    ]
    assert answer.conflicts[0].superseded


def test_what_came_out_later_is_no_conflict_yet(assistant: Assistant) -> None:
    """As of May, nobody has said anything but 286 million."""
    answer = ask(assistant, "How much will Line 4 cost?", datetime(2026, 5, 20, tzinfo=UTC))
    assert answer.answered
    assert answer.conflicts == ()


def test_a_language_models_answer_is_compared_too(
    sample_newsroom: Newsroom, sample_settings: BotSettings
) -> None:
    """It says 12, as its passage does; the newer count stands beside it, verbatim."""
    with LLMServer() as llm:
        changes = {"llm_model": "openai:test", "llm_base_url": llm.url, "llm_timeout": 5.0}
        assistant = Assistant(sample_newsroom, sample_settings.model_copy(update=changes))
        llm.reply("A passenger ferry ran aground at Osterwick harbour, injuring 12 people [1].")
        answer = ask(assistant, "How many people were injured when the ferry ran aground?")
    assert answer.mode is Mode.LLM
    assert answer.sentences[0].text.endswith("injuring 12 people.")
    assert answer.sentences[1].text.startswith("Fifteen people were treated at Osterwick General")
    assert answer.conflicts[0].superseded


def test_where_all_agree_nothing_is_said(assistant: Assistant) -> None:
    """184 passengers, 7.2 kilometres, 31 to 24: no conflict is made up."""
    for question in (
        "How many passengers did the ferry carry?",
        "How long will Line 4 be?",
        "By how many votes did the council approve the tram?",
        "Who discovered the comet?",
    ):
        answer = ask(assistant, question)
        assert answer.answered
        assert answer.conflicts == (), question


# ── in the chat ──


@pytest.fixture(scope="module")
def lindhaven(sample_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample news, and two papers that differ on an accident at the same time."""
    folder = tmp_path_factory.mktemp("lindhaven")
    data = shutil.copytree(sample_dir, folder / "data")
    news = folder / "more.jsonl"
    news.write_text("\n".join(map(json.dumps, (LAUNCH, RIVAL))))
    with Newsroom(BotSettings(data_dir=data)) as newsroom:
        assert newsroom.ingest([str(news)]).new == 2
    return data


@pytest.fixture(scope="module")
def server(lindhaven: Path) -> Iterator[TelegramServer]:
    with TelegramServer() as server, bot_process(server, lindhaven):
        yield server


def test_disagreement_in_the_chat(server: TelegramServer) -> None:
    """Superseded and disputed, as people read them."""
    ada = server.person("Ada")
    chat = server.private_chat(ada)
    for question in (
        "How many people were injured when the ferry ran aground?",
        "How much will Line 4 cost?",
        "How many people were injured on the Silver Tern at Lindhaven?",
    ):
        chat.say(ada, question)
        chat.wait(timeout=WAIT)
    sys.stdout.write(f"{transcript(chat)}\n")
    ferry, tram, boat = (message.text for message in chat.answers)
    assert "at first: 12 (coastguard, Northline Press Agency, 14 April)" in ferry
    assert "Since then: Fifteen (hospital, Osterwick Tide, 15 April; The Belmoor Courier" in ferry
    assert "Since then: 301 million crowns (city, Belmoor Observer, 23 June)" in tram
    assert "Sources differ on “injured”: 12 (harbour police, Harbour Post, 3 May)" in boat
    assert "at least 17 (hospital, Coastline, 3 May)" in boat


def test_claims_in_the_chat(server: TelegramServer) -> None:
    """Supported, contradicted, disputed, not covered: by /check, reply, quotation and forward."""
    ada, bo = server.person("Ada"), server.person("Bo")
    chat = server.private_chat(ada)
    chat.say(ada, "/check The council voted 31 to 24 for the tram.")
    chat.wait(timeout=WAIT)
    chat.say_forwarded(ada, "The Belmoor council rejected the tram line!", bo.name)
    chat.wait(timeout=WAIT)
    chat.say(ada, "Is it true that 17 people were injured when the Silver Tern hit the pier?")
    chat.wait(timeout=WAIT)
    chat.say(ada, "Aliens have landed in Belmoor. Is this true?")
    chat.wait(timeout=WAIT)
    chat.say(ada, "is this true?")
    chat.wait(timeout=WAIT)
    chat.say_forwarded(ada, "I think Line 4 is a terrible tram.", bo.name)
    chat.wait(timeout=WAIT)
    chat.say_forwarded(ada, "The ferry sank. " * 80, bo.name)
    chat.wait(timeout=WAIT)
    chat.say(ada, "/check 12 people were injured when the ferry ran aground off Osterwick.")
    chat.wait(timeout=WAIT)
    sys.stdout.write(f"{transcript(chat)}\n")
    texts = [message.text for message in chat.answers]
    assert texts[0].startswith("Supported: our articles say so.")
    assert texts[1].startswith("Contradicted: our articles say otherwise.")
    assert "has approved Line 4" in texts[1]
    assert texts[2].startswith("Disputed: our articles differ on this.")
    assert "For it (1 source):" in texts[2]
    assert "Against it (1 source):" in texts[2]
    assert texts[3].startswith("Our articles do not cover this.")
    assert texts[4].startswith("Which claim?")
    assert texts[5] == "That is no statement I can check."
    assert texts[6].startswith("That is a lot to check at once.")
    assert texts[7].startswith("Contradicted")
    assert texts[7].endswith("Our articles said so at first, and say otherwise since.")


def test_a_claim_in_a_group(server: TelegramServer) -> None:
    """ "Is this true?" to the bot, as a reply to what somebody else wrote, or to a part of it."""
    ada, bo = server.person("Ada"), server.person("Bo")
    group = server.group("Talk", [ada, bo], [ada])
    group.bot_promoted(ada)
    said = group.say(bo, "Good morning! Line 4 will cost 500 million crowns. Who pays?")
    quoted = "Line 4 will cost 500 million crowns."
    group.say_quoting(ada, "@newsdesk_bot is this true?", said, quoted)
    assert group.wait(timeout=WAIT)[0].text.startswith("Contradicted")
    other = group.say(bo, "Clara Wendt noticed a faint smudge on three images.")
    group.say(ada, "@newsdesk_bot stimmt das?", reply_to=other)
    [answer] = group.wait(timeout=WAIT)
    sys.stdout.write(f"{transcript(group)}\n")
    assert "Clara Wendt, an astronomer" in answer.text
