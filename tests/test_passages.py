"""Passages: whole sentences, never longer than the model reads, nothing lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import Article, Newsroom
from ingest.reading.clean import clean_text
from ingest.reading.passages import OVERLAP_TOKENS, cut, embedding_text
from ingest.text.sentences import sentence_spans

WORDS = st.sampled_from(
    ["council", "voted", "Dr.", "12.5", "tram", "Überfahrt", "“yes”", "海洋", "x" * 90, "U.S.", "a"]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=60).map(lambda words: " ".join(words) + ". ")
TEXTS = st.lists(SENTENCES, min_size=1, max_size=25).map("".join)
SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SLOW
@given(text=TEXTS, title=st.text(max_size=400))
def test_each_passage_is_a_piece_of_the_text_that_the_model_reads_whole(
    sample_newsroom: Newsroom, text: str, title: str
) -> None:
    """text[start:end] is the passage, and with its title it fits the model's window."""
    embeddings = sample_newsroom.embeddings
    article = Article("a" * 16, title, clean_text(text))
    passages = cut(article, embeddings.token_spans, embeddings.window)
    for number, passage in enumerate(passages):
        assert article.text[passage.start : passage.end] == passage.text
        assert passage.id == f"{article.id}:1:{number}"
        embedded = embedding_text(title, passage.text, embeddings.token_spans)
        assert len(embeddings._model.tokenizer(embedded, verbose=False)["input_ids"]) <= 256


@SLOW
@given(text=TEXTS)
def test_no_word_is_lost_between_passages(sample_newsroom: Newsroom, text: str) -> None:
    """Every character that is not blank is in some passage."""
    embeddings = sample_newsroom.embeddings
    article = Article("a" * 16, "", clean_text(text))
    held = [False] * len(article.text)
    for passage in cut(article, embeddings.token_spans, embeddings.window):
        for at in range(passage.start, passage.end):
            held[at] = True
    assert all(held[at] or character.isspace() for at, character in enumerate(article.text))


def test_passages_begin_and_end_at_sentences_and_overlap_a_little(
    sample_newsroom: Newsroom,
) -> None:
    """Cuts fall between sentences; neighbours share one or two short ones."""
    text = " ".join(f"The council met for the {n}th time to speak of trams." for n in range(60))
    embeddings = sample_newsroom.embeddings
    passages = cut(Article("a" * 16, "Trams", text), embeddings.token_spans, embeddings.window)
    starts = {start for start, _ in sentence_spans(text)}
    ends = {end for _, end in sentence_spans(text)}
    assert len(passages) > 3
    assert all(p.start in starts and p.end in ends for p in passages)
    for before, after in pairwise(passages):
        shared = text[after.start : before.end]
        assert 0 < len(embeddings.token_spans(shared)) <= OVERLAP_TOKENS
        assert len(sentence_spans(shared)) in {1, 2}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Frost spoke. It rained.", ["Dr. Frost spoke.", "It rained."]),
        ("A heading\nIt rained.", ["A heading", "It rained."]),
        ("Es kostet 3.5 Mio. Euro. Ja.", ["Es kostet 3.5 Mio. Euro.", "Ja."]),
        ("  \n\n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    """Abbreviations and numbers do not end a sentence; line breaks do."""
    language = "de" if "Euro" in text else "en"
    assert [text[start:end] for start, end in sentence_spans(text, language)] == expected
