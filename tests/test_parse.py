"""The parse of a sentence, and the names in it: loaded late, pinned, silent where unknown."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ingest.text import parse as parsing
from ingest.text.names import names, names_in_article
from ingest.text.parse import PipelineError, parse, read_with


def test_a_sentence_is_parsed() -> None:
    """Who depends on whom, and where each word stands."""
    parsed = parse("Selby wants to inspect the slope.")
    assert parsed is not None
    words = [token.text for token in parsed.tokens]
    wants, inspect, slope = (words.index(word) for word in ("wants", "inspect", "slope"))
    assert parsed.tokens[slope].head == inspect
    assert parsed.up(slope) == [inspect, wants]
    assert slope in parsed.down(wants)
    assert all(parsed.text[t.start : t.end] == t.text for t in parsed.tokens)
    assert parse("Selby wants to inspect the slope.") is parsed


def test_a_language_without_a_pipeline_says_nothing() -> None:
    """Until one is set, which has to be there."""
    assert parse("Der Hang ist steil.", "de") is None
    read_with({"xx": "no_such_pipeline"})
    try:
        with pytest.raises(PipelineError, match="no_such_pipeline can't be loaded"):
            parse("A slope.", "xx")
    finally:
        parsing._pipelines.pop("xx")


def test_other_files_than_the_pinned_ones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the pipeline and both digests."""
    monkeypatch.setattr(parsing, "DEFAULT_SHA256", "0" * 64)
    parsing._pipeline.cache_clear()
    with pytest.raises(PipelineError, match="not those that were pinned"):
        parse("A sentence that was never parsed before.")


def test_the_library_waits_for_the_first_sentence() -> None:
    """Importing what compares claims loads no spaCy."""
    code = "import sys, ingest.claims, ingest.text.names; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Biden's aide met the envoy on Monday.", ["Biden"]),
        ("Ukraine wants more tanks.", ["Ukraine"]),
        ("McDonald's won the case.", ["McDonald's"]),
        ("Nobody met Serena Williams in the U.S.", ["Serena", "Williams", "U.S."]),
        ("Rain fell for days.", []),
    ],
)
def test_names_in_a_sentence(sentence: str, found: list[str]) -> None:
    """Also of its first word; no days, and no word for its place alone."""
    assert names(sentence) == found
    assert names(sentence, "de") == []


def test_names_in_an_article() -> None:
    """What has its capital inside a sentence somewhere; nothing where nouns have capitals."""
    text = "Envoys met. The envoys of Texel saw Ada Krol's aide on Monday. “Rain fell,” she said."
    assert names_in_article(text, "en") == ["Texel", "Ada", "Krol"]
    assert names_in_article(text, "de") == []
