"""The floor for language: sentences, words, quantities, times, names, the parse. Pure.

One owner for each matter. What a language has no tool for says nothing rather than something wrong.
"""

from __future__ import annotations

from ingest.text.figures import Figure, figures
from ingest.text.language import detect_language, normal_code
from ingest.text.sentences import Span, sentence_spans
from ingest.text.times import parse_time
from ingest.text.words import LIGHT_WORDS, alike, content_words, names, stem, tokens

__all__ = [
    "LIGHT_WORDS",
    "Figure",
    "Span",
    "alike",
    "content_words",
    "detect_language",
    "figures",
    "names",
    "normal_code",
    "parse_time",
    "sentence_spans",
    "stem",
    "tokens",
]
