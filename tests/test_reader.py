"""The reader that Newsdesk brings, and what it is trained on."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from safetensors import safe_open

from bot.answering.reader import WEIGHTS, Place, reader_of
from ingest.models.adapted import of_like_length
from training.questions import ours, tempting, typed
from training.reader import FROZEN, NEWS

TITLE = "Ferry runs aground off Osterwick"
SAID = (
    "The island ferry Grey Heron ran aground off Osterwick on Monday evening.",
    "Twelve of the 184 passengers were injured, the coastguard said.",
    "The line has run three ships since 1998.",
    "Captain Ilse Brandt told the Tide that the steering had failed.",
)


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("how many ppl got hurt on the ferry", 1),
        ("what did the captain say about the accident", 3),
        ("where did the grey heron run aground?", 0),
    ],
)
def test_it_tells_the_sentence_that_answers(question: str, best: int) -> None:
    """Among sentences of one article, whatever words the question has."""
    places = [
        Place(text, before, TITLE) for before, text in zip(("", *SAID[:-1]), SAID, strict=True)
    ]
    scores = reader_of(None)(question, places)
    assert scores.index(max(scores)) == best


def test_an_order_of_reading_changes_nothing() -> None:
    """Batches are made of texts of like length; each keeps its own score."""
    read = reader_of(None)
    places = [Place(text * times, "", TITLE) for text in SAID for times in (1, 3)]
    together = read("Who was injured?", places)
    alone = [read("Who was injured?", [place])[0] for place in places]
    assert together == pytest.approx(alone, abs=1e-3)
    assert read("Who was injured?", []) == []


def test_batches_hold_each_text_once_and_no_more_tokens_than_allowed() -> None:
    """A text that is longer than a batch may be is read by itself."""
    lengths = [5, 90, 3, 40, 41, 7]
    batches = of_like_length(lengths, 80)
    assert sorted(n for batch in batches for n in batch) == list(range(6))
    assert all(
        len(batch) * max(lengths[n] for n in batch) <= 80 or len(batch) == 1 for batch in batches
    )


def test_the_weights_are_small_and_only_those_that_were_trained() -> None:
    """At most 20 MB; the frozen layers come from the embedding model."""
    assert WEIGHTS.stat().st_size <= 20_000_000
    with safe_open(WEIGHTS, framework="pt") as held:
        assert not [name for name in held.keys() if name.startswith(FROZEN)]  # noqa: SIM118


def test_our_news_is_whole() -> None:
    """Each question, nine or more an article, stands beside all sentences of its article; about
    four in ten have no answer."""
    examples = ours(NEWS)
    assert len(examples) >= 9 * len(_articles())
    assert all(example.right or example.wrong for example in examples)
    open_ = sum(not example.right for example in examples)
    assert open_ == pytest.approx(0.4 * len(examples), rel=0.05)
    for example in examples:
        assert not set(example.right) & set(example.wrong)


def _articles() -> list[str]:
    import gzip

    files = sorted(Path(NEWS).glob("*.jsonl.gz"))
    return [line for file in files for line in gzip.open(file, "rt", encoding="utf-8")]


def test_what_shares_rare_words_tempts_most() -> None:
    """It is the hardest to tell from an answer, so it is read most often."""
    places = [Place(text, "", "") for text in SAID]
    assert tempting("Where is the captain?", places)[0].text == SAID[3]


def test_questions_are_typed_as_on_a_phone() -> None:
    """Marks may go and a letter may slip; the words stay as many."""
    question = "What didn't the captain's brother say about Osterwick?"
    forms = {typed(question, random.Random(seed)) for seed in range(40)}
    assert len(forms) > 5
    assert all(len(form.split()) == len(question.split()) for form in forms)
