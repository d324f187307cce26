"""Which sentences of an article tell its news, by their form. Pure.

A caption, a heading, a link to another article or a line of names ends without a mark; a dateline
("LONDON (AP) –") stands before the first word. What sites repeat is known from their other articles
(Newsroom.leads).
"""

from __future__ import annotations

import re

from ingest.article import Article
from ingest.reading.notices import notice_in
from ingest.text.sentences import sentence_spans

MIN_WORDS = 5
_ENDS = tuple(".!…。！۔।")
_CLOSING = "\"'”’»)]"
_ASKS = tuple("?؟？;")
_DATELINE = re.compile(
    r"(?:[A-Z][\w.,’'/-]*\s+|\d{1,2},?\s+|\([\w .&-]{2,30}\)\s*){1,7}"
    r"(?:[–—]|--?)\s+(?=[\"“‘']?[A-Z])"
)
_SHOUTED = re.compile(r"\b[A-Z]{2,}\b")


def dateline(text: str) -> int:
    """How many characters of an article's beginning are no part of its first sentence: the place
    and the agency or publisher in capitals, and the dash; 0 if there are none."""
    found = _DATELINE.match(text)
    return found.end() if found and _SHOUTED.search(found[0]) else 0


def telling(article: Article) -> list[str]:
    """The sentences of an article that state something, verbatim, in order; all of them if its
    language ends sentences otherwise."""
    text = article.text
    begin = dateline(text)
    spans = [
        (max(start, begin), end)
        for start, end in sentence_spans(text, article.language)
        if end > begin
    ]
    sentences = [text[start:end] for start, end in spans]
    return [sentence for sentence in sentences if states(sentence)] or sentences


def states(sentence: str) -> bool:
    """Whether a sentence states something, by its form, and is not about the article itself."""
    bare = sentence.rstrip(_CLOSING)
    ends = bare.endswith(_ENDS) and not bare.endswith(_ASKS)
    return ends and len(sentence.split()) >= MIN_WORDS and not notice_in(sentence)
