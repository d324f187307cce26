"""A cross-encoder as a further condition: the wiring, proved with a tiny model of random weights.

No real entailment model is run here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.answering.ask import Assistant
from bot.answering.checking.check import check
from bot.answering.checking.entailment import Entailed
from bot.answering.checking.reading import Reading, Word
from bot.answering.crossencoder import CrossEncoder
from bot.settings import BotSettings
from ingest import Newsroom, SettingsError

PASSAGE = "The council voted for the tram. The mayor thanked the council."
SENTENCE = "The mayor thanked the council."
WORDS = ["the", "council", "voted", "for", "tram", "mayor", "thanked"]


class Same:
    """Finds everything near."""

    def whole(self, sentence: str, quote: str) -> float:  # noqa: ARG002
        return 1.0

    def word(self, word: Word, sentence: Reading, held: Sequence[Reading]) -> float:  # noqa: ARG002
        return 1.0

    def unlike(self, sentence: str, quote: str, word_for_word: bool) -> str:  # noqa: ARG002
        return ""


def model(folder: Path, winner: str, labels: tuple[str, ...]) -> str:
    """A cross-encoder that always finds `winner`: random weights, and that label's bias high."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", *WORDS]))
    BertTokenizer(str(vocabulary)).save_pretrained(str(folder))
    config = BertConfig(
        vocab_size=20,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
    )
    network = BertForSequenceClassification(config)
    with torch.no_grad():
        network.classifier.bias[labels.index(winner)] = 100.0
    network.save_pretrained(str(folder))
    return str(folder)


LABELS = ("contradiction", "Entailment", "neutral")


@pytest.mark.parametrize(
    ("winner", "reason"),
    [
        ("Entailment", ""),
        ("contradiction", "an entailment model says: contradiction"),
        ("neutral", "an entailment model says: neutral"),
    ],
)
def test_only_what_is_entailed_passes(tmp_path: Path, winner: str, reason: str) -> None:
    """The label of the highest score decides, whatever its number and case."""
    meaning = Entailed(Same(), CrossEncoder("ENTAILMENT_MODEL", model(tmp_path, winner, LABELS)))
    verdict = check(SENTENCE, PASSAGE, meaning=meaning)
    assert (verdict.ok, verdict.reason) == (not reason, reason)


class Recording(CrossEncoder):
    """Notes the pairs that it compares."""

    def __init__(self, name: str) -> None:
        super().__init__("ENTAILMENT_MODEL", name)
        self.pairs: list[tuple[str, str]] = []

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        self.pairs += pairs
        return super().scores(pairs)


def test_the_quote_is_the_premise_and_the_sentence_what_follows(tmp_path: Path) -> None:
    """The pair goes in in the order that such models are trained in."""
    recording = Recording(model(tmp_path, "Entailment", LABELS))
    meaning = Entailed(Same(), recording)
    assert check("The council was thanked by the mayor.", PASSAGE, meaning=meaning).ok
    assert recording.pairs == [
        ("The mayor thanked the council.", "The council was thanked by the mayor.")
    ]


def test_a_model_that_can_not_be_used_is_told_by_its_setting(tmp_path: Path) -> None:
    """One that is not there, and one without the label: the setting, its value, what it may be."""
    missing = Entailed(Same(), CrossEncoder("ENTAILMENT_MODEL", str(tmp_path / "missing")))
    with pytest.raises(SettingsError, match=r"ENTAILMENT_MODEL=.*missing can't be used"):
        missing.unlike(SENTENCE, PASSAGE, word_for_word=True)
    other = Entailed(
        Same(), CrossEncoder("ENTAILMENT_MODEL", model(tmp_path, "good", ("good", "bad", "ugly")))
    )
    with pytest.raises(SettingsError, match="its labels are good, bad, ugly"):
        other.unlike(SENTENCE, PASSAGE, word_for_word=True)


def test_it_is_off_unless_set(sample_newsroom: Newsroom, sample_settings: BotSettings) -> None:
    """By default words and embeddings decide; the setting puts the model behind them, unloaded."""
    assert not isinstance(Assistant(sample_newsroom, sample_settings)._meaning, Entailed)
    settings = sample_settings.model_copy(update={"entailment_model": "some/model"})
    assert isinstance(Assistant(sample_newsroom, settings)._meaning, Entailed)
