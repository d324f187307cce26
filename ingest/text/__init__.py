"""The floor for language: sentences, words, quantities, times, names, the parse. Pure.

One owner for each matter. What a language has no tool for says nothing rather than something wrong.
"""

from __future__ import annotations

from ingest.text.language import detect_language, normal_code
from ingest.text.names import names, names_in_article
from ingest.text.quantities import Quantity, quantities, same
from ingest.text.sentences import Span, sentence_spans
from ingest.text.times import Moment, moments, parse_time, same_time
from ingest.text.words import content_words, stem, stop_words, tokens

__all__ = [
    "Moment",
    "Quantity",
    "Span",
    "content_words",
    "detect_language",
    "moments",
    "names",
    "names_in_article",
    "normal_code",
    "parse_time",
    "quantities",
    "same",
    "same_time",
    "sentence_spans",
    "stem",
    "stop_words",
    "tokens",
]
