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
from bot.answering.conflicts import Found, Source, State, conflicts_about, same_event
from bot.language import speaking
from bot.settings import BotSettings
from bot.wording.answer_text import conflict_words, render_answer
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
    "text": "Seventeen people were injured when the excursion boat Silver Tern rammed the pier "
    "at Lindhaven on Sunday, the hospital said.\n\nOlaf Brenner, the captain, had left Gull Rock "
    "with 90 people on board. The harbour police at Lindhaven are looking into it.",
    "url": "https://coastline.example/silver-tern",
    "source": "Coastline",
    "published": "2026-05-03T18:00:00+00:00",
    "language": "en",
}
BRIDGE = {
    "title": "New bridge at Lindhaven",
    "text": "The bridge over the Lind at Lindhaven will cost 40 million euros. Mayor Ida Krogh "
    "said on Monday that two lanes are meant for bicycles, as in Holm.",
    "url": "https://harbourpost.example/bridge",
    "source": "Harbour Post",
    "published": "2026-06-01T16:00:00+00:00",
    "language": "en",
}
DEARER = {
    "title": "Lindhaven's bridge becomes dearer",
    "text": "The bridge over the Lind at Lindhaven will cost 50 million euros. Soft clay was found "
    "below its eastern end, mayor Ida Krogh told the council, which has to vote again in August.",
    "url": "https://harbourpost.example/bridge-dearer",
    "source": "Harbour Post",
    "published": "2026-07-10T16:00:00+00:00",
    "language": "en",
}


def source(
    text: str,
    name: str,
    hours: float = 0,
    *,
    origin: str = "",
    title: str = "Crash in Varby",
    dated: bool = True,
) -> Source:
    """An article that came out so many hours after the first."""
    at = T0 + timedelta(hours=hours)
    article = Article(f"{name}{hours}", title, text, None, name, language="en")
    article = replace(article, published=at if dated else None)
    return source_of(Telling(article, at, origin or article.id), "story")


def found(first: Source, *others: Source) -> list[Found]:
    return conflicts_about(first.statements[0], first, others)


def told(conflict: Found) -> list[tuple[str, str]]:
    return [(side.value, side.source.article.source) for side in conflict.sides]


TWELVE = "A crash in Varby injured 12 people, the police said."
FIFTEEN = "The crash in Varby injured 15 people."


def test_independent_sources_that_differ_within_days_are_in_dispute() -> None:
    """Neither takes the place of the other; oldest first."""
    for hours in (3, 50):
        [conflict] = found(source(TWELVE, "Post"), source(FIFTEEN, "Tide", hours))
        assert (conflict.about, conflict.state) == ("injured", State.DISPUTED)
        assert told(conflict) == [("12", "Post"), ("15", "Tide")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (FIFTEEN, "Post"),
        ("The crash in Varby injured 15 people. The police had spoken of 12 injured.", "Tide"),
        ("The crash in Varby injured 15 people, not 12.", "Tide"),
    ],
)
def test_an_update_supersedes(text: str, name: str) -> None:
    """The same publisher's newer value; one in a report that names the older one."""
    [conflict] = found(source(TWELVE, "Post"), source(text, name, 20))
    assert conflict.superseded
    assert [side.value for side in conflict.current] == ["15"]


@pytest.mark.parametrize(
    ("sources", "why"),
    [
        ([source(FIFTEEN, "Tide", 20)], "another source, without a word on the first"),
        ([source(FIFTEEN, "Post", 20), source(TWELVE, "Tide", 30, origin="t")], "later again"),
        ([source(FIFTEEN, "Post", 20), source(FIFTEEN.replace("15", "14"), "Tide", 10)], "a third"),
    ],
)
def test_in_doubt_it_is_disputed(sources: list[Source], why: str) -> None:
    """Nothing counts as superseded that no publisher and no report says is."""
    [conflict] = found(source(TWELVE, "Post"), *sources)
    assert conflict.state is State.DISPUTED, why


def test_a_value_is_superseded_by_a_later_one_alone() -> None:
    """What the same paper said before is the older value; at a time that nobody knows, none."""
    [conflict] = found(source(TWELVE, "Post"), source(FIFTEEN, "Post", -20))
    assert conflict.superseded
    assert [side.value for side in conflict.current] == ["12"]
    unknown = source(FIFTEEN, "Post", 20, dated=False)
    assert found(source(TWELVE, "Post"), unknown) == []


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
        source("The crash injured twelve people.", "Sun", 4),
    )
    assert told(conflict) == [("12", "Post"), ("15", "Tide"), ("twelve", "Sun")]


def test_a_source_with_two_values_is_left_out() -> None:
    """Which of them is the total is not known."""
    both = "The crash in Varby injured 15 people. In all, the crash in Varby injured 20 people."
    assert found(source(TWELVE, "Post"), source(both, "Tide", 3)) == []


def test_counts_that_lie_days_apart_may_be_of_other_events() -> None:
    """In one war a city is hit again and again: without a word on the first count, and without a
    day that both name, nothing is said; a sum is the same sum a month later."""
    assert found(source(TWELVE, "Post"), source(FIFTEEN, "Tide", 100)) == []
    assert found(source(TWELVE, "Post"), source(FIFTEEN, "Post", 100)) == []
    later = source("The crash in Varby injured 15 people, not 12.", "Tide", 100)
    [conflict] = found(source(TWELVE, "Post"), later)
    assert conflict.superseded
    day = " on Sunday 3 May"
    first = source(f"A crash in Varby injured 12 people{day}.", "Post")
    [conflict] = found(first, source(f"The crash in Varby injured 15 people{day}.", "Post", 100))
    assert conflict.superseded
    cost = "The bridge in Varby will cost {} million euros."
    [conflict] = found(source(cost.format(40), "Post"), source(cost.format(50), "Post", 900))
    assert conflict.superseded


def test_what_only_comes_later_is_told_as_that() -> None:
    """Days later, by another publisher, of the same story; not where the story is another one, nor
    where a date is not known."""
    cost = "The bridge in Varby will cost {} million euros."
    first = source(cost.format(40), "Post")
    [conflict] = found(first, source(cost.format(50), "Tide", 900))
    assert conflict.state is State.LATER
    elsewhere = replace(source(cost.format(50), "Tide", 900), story_id="another")
    assert found(first, elsewhere) == []
    assert found(first, source(cost.format(50), "Tide", 900, dated=False)) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A gunman killed 12 people in a school in Varby.",
         "A gunman killed three people in a mall in Holm."),
        ("She said that she would not resign.", "Mayor Klara Weiss resigned on Thursday."),
        ("Mayor Klara Weiss denied on 10 October that her brother gained from a deal.",
         "Mayor Klara Weiss resigned on 26 November over a deal with her brother."),
        ("Prices in Varby rose by 3.1 percent in May.",
         "Prices in Varby rose by 2.8 percent in June."),
        ("The crash in Varby injured 12 people.", "The crash in Varby killed three people."),
    ],
)  # fmt: skip
def test_what_is_of_something_else_is_no_conflict(first: str, second: str) -> None:
    """Another attack, another matter, another month, whoever says so and when."""
    for name, hours in (("Post", 20), ("Tide", 3), ("Tide", 500)):
        assert found(source(first, "Post"), source(second, name, hours)) == []


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

SEVENTEEN = "17 people were injured when the Silver Tern rammed the pier, the hospital said"
HURT = "How many people were injured on the Silver Tern at Lindhaven?"
COST = "How much will the bridge at Lindhaven cost?"


@pytest.fixture(scope="module")
def lindhaven(sample_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample news, two papers that differ on an accident at the same time, and one that brings
    what it said up to date."""
    folder = tmp_path_factory.mktemp("lindhaven")
    data = shutil.copytree(sample_dir, folder / "data")
    news = folder / "more.jsonl"
    news.write_text("\n".join(map(json.dumps, (LAUNCH, RIVAL, BRIDGE, DEARER))))
    with Newsroom(BotSettings(data_dir=data)) as newsroom:
        assert newsroom.ingest([str(news)]).new == 4
    return data


@pytest.fixture(scope="module")
def assistant(lindhaven: Path) -> Iterator[Assistant]:
    settings = BotSettings(data_dir=lindhaven)
    with Newsroom(settings) as newsroom:
        yield Assistant(newsroom, settings)


def ask(assistant: Assistant, text: str, asked_at: datetime | None = None) -> Answer:
    return asyncio.run(assistant.ask(Question(text, asked_at=asked_at)))


def values(answer: Answer) -> list[tuple[str, str, str]]:
    [conflict] = answer.conflicts
    return [(c.value, c.attributed, c.source) for c in conflict.claims]


def test_two_papers_differ_on_the_same_day(assistant: Assistant) -> None:
    """Both values, who says so by whose word; each claim's words stand in its article."""
    answer = ask(assistant, HURT)
    assert values(answer) == [
        ("12", "police", "Harbour Post"),
        ("Seventeen", "hospital", "Coastline"),
    ]
    assert not answer.conflicts[0].superseded
    for citation in answer.citations:
        article = assistant._newsroom.article(citation.article_id)
        assert article is not None
        assert citation.quote in article.text
    numbers = {citation.n for citation in answer.citations}
    assert {c.n for c in answer.conflicts[0].claims} <= numbers
    document = json.loads(json.dumps(answer.to_json()))
    assert document["conflicts"][0]["superseded"] is False
    assert document["conflicts"][0]["claims"][0]["attributed"] == "police"


def test_the_bridge_became_dearer(assistant: Assistant) -> None:
    """40 million by one paper, then 50 million by the same; whichever is quoted, 40 does not stand
    alone."""
    answer = ask(assistant, COST)
    assert values(answer) == [
        ("40 million euros", "", "Harbour Post"),
        ("50 million euros", "", "Harbour Post"),
    ]
    assert answer.conflicts[0].superseded
    assert "50 million euros" in answer.text


def test_what_came_out_later_is_no_conflict_yet(assistant: Assistant) -> None:
    """As of June, nobody has said anything but 40 million."""
    answer = ask(assistant, COST, datetime(2026, 6, 20, tzinfo=UTC))
    assert answer.answered
    assert answer.conflicts == ()


def test_a_language_models_answer_is_compared_too(assistant: Assistant) -> None:
    """It says 40 million, as its passage does; the newer sum stands beside it, verbatim."""
    with LLMServer() as llm:
        changes = {"llm_model": "openai:test", "llm_base_url": llm.url, "llm_timeout": 5.0}
        settings = assistant._settings.model_copy(update=changes)
        llm.reply("The bridge at Lindhaven will cost 40 million euros [1][2].")
        answer = ask(Assistant(assistant._newsroom, settings), COST)
    assert answer.mode is Mode.LLM
    first, second = answer.sentences
    assert (first.text, first.superseded) == (
        "The bridge at Lindhaven will cost 40 million euros.",
        True,
    )
    assert second.text == "The bridge over the Lind at Lindhaven will cost 50 million euros."
    assert answer.conflicts[0].superseded


def test_where_all_agree_nothing_is_said(assistant: Assistant) -> None:
    """184 passengers, 7.2 kilometres, 31 to 24: no conflict is made up."""
    for question in (
        "How many passengers did the ferry carry?",
        "How long will Line 4 be?",
        "By how many votes did the council approve the tram?",
        "Who is Clara Wendt?",
    ):
        answer = ask(assistant, question)
        assert answer.answered
        assert answer.conflicts == (), question
        assert not any(sentence.later or sentence.superseded for sentence in answer.sentences)


# ── in the chat ──


@pytest.fixture(scope="module")
def server(lindhaven: Path) -> Iterator[TelegramServer]:
    with TelegramServer() as server, bot_process(server, lindhaven):
        yield server


def test_disagreement_in_the_chat(server: TelegramServer) -> None:
    """Superseded and disputed, as people read them."""
    ada = server.person("Ada")
    chat = server.private_chat(ada)
    for question in (COST, HURT):
        chat.say(ada, question)
        chat.wait(timeout=WAIT)
    sys.stdout.write(f"{transcript(chat)}\n")
    bridge, boat = (message.text for message in chat.answers)
    assert "at first: 40 million euros (Harbour Post, 1 June)" in bridge
    assert "Since then: 50 million euros (Harbour Post, 10 July)" in bridge
    assert ": 12 (police, Harbour Post, 3 May)" in boat
    assert "Seventeen (hospital, Coastline, 3 May)" in boat


def test_claims_in_the_chat(server: TelegramServer) -> None:
    """Supported, contradicted, disputed, not covered: by /check, reply, quotation and forward."""
    ada, bo = server.person("Ada"), server.person("Bo")
    chat = server.private_chat(ada)
    chat.say(ada, "/check Did the council approve Line 4?")
    chat.wait(timeout=WAIT)
    chat.say_forwarded(ada, "The bridge at Lindhaven will cost 90 million euros!", bo.name)
    chat.wait(timeout=WAIT)
    chat.say(ada, f"Is it true that {SEVENTEEN}?")
    chat.wait(timeout=WAIT)
    chat.say(ada, "Aliens have landed in Belmoor. Is this true?")
    chat.wait(timeout=WAIT)
    chat.say(ada, "is this true?")
    chat.wait(timeout=WAIT)
    chat.say_forwarded(ada, "The ferry sank. " * 80, bo.name)
    chat.wait(timeout=WAIT)
    chat.say(ada, "/check The bridge at Lindhaven will cost 40 million euros.")
    chat.wait(timeout=WAIT)
    chat.say(ada, "/check Line 4 is a terrible tram.")
    chat.wait(timeout=WAIT)
    sys.stdout.write(f"{transcript(chat)}\n")
    texts = [message.text for message in chat.answers]
    assert texts[0].startswith("Supported: our articles say so.")
    assert texts[1].startswith("Contradicted: our articles say otherwise.")
    assert "will cost 50 million euros" in texts[1]
    assert texts[2].startswith("Disputed: our articles differ on this.")
    assert "For it (1 source):" in texts[2]
    assert "Against it (1 source):" in texts[2]
    assert texts[3].startswith("Our articles do not cover this.")
    assert texts[4].startswith("Which claim?")
    assert texts[5].startswith("That is a lot to check at once.")
    assert texts[6].startswith("Contradicted")
    assert texts[6].endswith("Our articles said so at first, and say otherwise since.")
    assert texts[7].startswith("Our articles do not cover this.\n\nThe nearest that we have\n")
    assert "\n\n[1] " in texts[7]


def test_a_claim_in_a_group(server: TelegramServer) -> None:
    """ "Is this true?" to the bot, as a reply to what somebody else wrote, or to a part of it."""
    ada, bo = server.person("Ada"), server.person("Bo")
    group = server.group("Talk", [ada, bo], [ada])
    group.bot_promoted(ada)
    quoted = "The bridge at Lindhaven will cost 90 million euros."
    said = group.say(bo, f"Good morning! {quoted} Who pays?")
    group.say_quoting(ada, "@newsdesk_bot is this true?", said, quoted)
    assert group.wait(timeout=WAIT)[0].text.startswith("Contradicted")
    other = group.say(bo, "Clara Wendt noticed a faint smudge on three images.")
    group.say(ada, "@newsdesk_bot stimmt das?", reply_to=other)
    [answer] = group.wait(timeout=WAIT)
    sys.stdout.write(f"{transcript(group)}\n")
    assert "Clara Wendt, an astronomer" in answer.text
