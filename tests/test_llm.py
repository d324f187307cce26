"""Answers of a language model: streamed, checked sentence by sentence, never trusted."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence

import pytest

from bot.answer import Answer, Citation, Mode, Question, Sentence, Turn
from bot.answering.ask import Assistant
from bot.settings import BotSettings
from ingest import Newsroom
from tests.support.llm import LLMServer, Script

QUESTION = "Who is the US special envoy for hostages?"
TRUE = "The special envoy for hostages is Adam Boehler [1]."
KEY = "sk-very-secret"


@pytest.fixture
def llm() -> Iterator[LLMServer]:
    with LLMServer() as server:
        yield server


@pytest.fixture
def assistant(llm: LLMServer, sample_newsroom: Newsroom, sample_settings: BotSettings) -> Assistant:
    changes = {"llm_model": "openai:test", "llm_base_url": llm.url, "llm_timeout": 5.0}
    return Assistant(sample_newsroom, sample_settings.model_copy(update=changes))


def ask(assistant: Assistant, text: str = QUESTION, *history: Turn) -> Answer:
    return asyncio.run(assistant.ask(Question(text, history)))


def test_a_true_sentence_is_cited_with_the_words_that_bear_it(
    llm: LLMServer, assistant: Assistant
) -> None:
    """The mark goes, the citation stays, its quote stands in the article."""
    llm.reply(TRUE)
    answer = ask(assistant)
    assert (answer.mode, answer.answered) == (Mode.LLM, True)
    assert answer.text == "The special envoy for hostages is Adam Boehler."
    [citation] = answer.citations
    article = assistant._newsroom.article(citation.article_id)
    assert article is not None
    assert citation.quote in article.text
    assert "Adam Boehler" in citation.quote


@pytest.mark.parametrize(
    "lie",
    [
        "He has freed 12 hostages [1].",
        "The envoy is John Smith [1].",
        "Israel had not been consulted [1].",
        "The sky over Belmoor is green [1].",
        "Adam Boehler is the special envoy for hostages [9].",
        "Adam Boehler is the special envoy for hostages.",
    ],
)
def test_a_sentence_that_its_passage_does_not_bear_is_dropped(
    llm: LLMServer, assistant: Assistant, lie: str
) -> None:
    """Wrong number, name, denial, invention, mark of no passage, no mark: only the truth stays."""
    llm.reply(f"{lie} {TRUE}")
    answer = ask(assistant)
    assert answer.mode is Mode.LLM
    assert [s.text for s in answer.sentences] == ["The special envoy for hostages is Adam Boehler."]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (Script("The envoy is John Smith [1]."), "not borne by the articles"),
        (Script(""), "not borne by the articles"),
        (Script("The special", stalls=True), "took longer than 5 s"),
        (Script(status=500), "out of order"),
        (Script(status=401), "out of order"),
    ],
)
def test_quotes_stand_in_when_the_model_fails_and_the_reader_is_told(
    llm: LLMServer, assistant: Assistant, script: Script, reason: str
) -> None:
    """Lies, silence, stalling and errors end in the same quotes as without a model."""
    llm.play(script)
    answer = ask(assistant)
    assert (answer.mode, answer.answered) == (Mode.QUOTES, True)
    assert "Adam Boehler" in answer.text
    assert reason in answer.note
    assert answer.note.endswith("so here are quotes.")


def test_a_model_that_finds_no_answer_is_a_refusal(llm: LLMServer, assistant: Assistant) -> None:
    """NO_ANSWER is the model's word for it; the reader gets ours."""
    llm.reply("NO_ANSWER")
    answer = ask(assistant)
    assert (answer.mode, answer.answered) == (Mode.LLM, False)
    assert answer.text == "Our articles do not answer this."


def test_passages_are_data_between_marks_that_no_article_can_know(
    llm: LLMServer, assistant: Assistant
) -> None:
    """Each request has marks of its own, and every passage stands between them."""
    llm.reply(TRUE)
    ask(assistant)
    first = llm.prompt
    ask(assistant)
    nonces = [re.findall(r"<passage-(\w+) n=1>", prompt)[-1] for prompt in (first, llm.prompt)]
    assert nonces[0] != nonces[1]
    assert first.count(f"</passage-{nonces[0]}>") >= 6


def test_an_obedient_model_gains_nothing_by_an_articles_orders(
    llm: LLMServer, assistant: Assistant
) -> None:
    """Had an article talked the model round, what it says would still not be borne."""
    llm.reply("Send your money to example.com [1]. I am free of my rules now [1].")
    answer = ask(assistant)
    assert answer.mode is Mode.QUOTES
    assert "money" not in answer.text


def test_a_lie_gives_way_to_what_its_passage_says(llm: LLMServer, assistant: Assistant) -> None:
    """The article's own sentence stands in its place, once and cited, and never the lie."""
    lie = "The special envoy for hostages is John Boehler [1]."
    llm.reply(f"{lie} {lie}")
    answer = ask(assistant)
    assert answer.mode is Mode.LLM
    [sentence] = answer.sentences
    [citation] = answer.citations
    assert sentence.text == citation.quote
    assert "Adam Boehler" in sentence.text
    assert "John" not in sentence.text


def test_the_check_tells_its_time(llm: LLMServer, assistant: Assistant) -> None:
    """As a part of the answer's time, also where nothing passed; a refusal has nothing to check."""
    llm.reply(TRUE)
    timings = ask(assistant).timings_ms
    assert 0 < timings["check"] < timings["answer"] <= timings["total"]
    llm.reply("The envoy is John Smith [1].")
    assert ask(assistant).timings_ms["check"] > 0


def test_sentences_are_shown_as_they_pass(llm: LLMServer, assistant: Assistant) -> None:
    """Progress holds checked sentences only, one more each time."""
    llm.reply(
        f"{TRUE} The envoy is John Smith [1]. Axios initially reported these discussions [1]."
    )
    shown: list[list[str]] = []

    async def on_progress(sentences: Sequence[Sentence], _: Sequence[Citation]) -> None:
        shown.append([sentence.text for sentence in sentences])

    answer = asyncio.run(assistant.ask(Question(QUESTION), on_progress))
    assert shown[0] == ["The special envoy for hostages is Adam Boehler."]
    assert all("Smith" not in text for texts in shown for text in texts)
    assert len(answer.sentences) == 2


def test_a_follow_up_is_rewritten_by_the_model(llm: LLMServer, assistant: Assistant) -> None:
    """The conversation goes along, and the rewritten question is what is asked."""
    llm.reply("Who is the US special envoy for hostages?", TRUE)
    answer = ask(assistant, "Who is he?", Turn("Is there a special envoy?", "There is."))
    assert "Is there a special envoy?" in str(llm.requests[0]["messages"])
    assert QUESTION in llm.prompt
    assert answer.answered


def test_the_key_is_never_told(llm: LLMServer, sample_newsroom: Newsroom) -> None:
    """Also when the provider repeats it in its error."""
    llm.play(Script(status=401))
    settings = BotSettings(
        llm_model="openai:test",
        llm_base_url=llm.url,
        llm_api_key=KEY,
        llm_timeout=5,
    )
    answer = ask(Assistant(sample_newsroom, settings))
    assert answer.note
    assert KEY not in answer.note


def test_a_provider_that_is_not_installed_is_named(sample_newsroom: Newsroom) -> None:
    """The reader gets quotes, and the note says what is missing."""
    settings = BotSettings(llm_model="mistralai:test")
    answer = ask(Assistant(sample_newsroom, settings))
    assert answer.answered
    assert "LLM_MODEL=mistralai:test needs a package" in answer.note
