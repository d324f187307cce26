"""The names in a text. Pure.

In a sentence the parse tells a name from a word with a capital. A whole article is never parsed:
there a word is a name that has its capital inside a sentence somewhere.
"""

from __future__ import annotations

import re

from ingest.text.language import normal_code
from ingest.text.parse import Parsed, parse
from ingest.text.sentences import sentence_spans
from ingest.text.times import moments

_WORD = re.compile(r"[^\W\d_][\w’'&.-]*[\w&]|[^\W\d_]")
_OWNING = re.compile(r"['’](?:s|S)?$")
_NOUN_CAPITALS = frozenset(("de", "lb"))
"""Languages that write every noun with a capital."""
_MARKS = re.compile(r"[.!?:;…\"“”„«»(\[–—-]\s*$")
"""What stands before a word that has its capital from its place."""


def names(text: str, language: str | None = None) -> list[str]:
    """The words of the names in a sentence, as they stand, in order, each once; [] in a language
    without a parse. "Serena Williams" is two, "Biden's" is "Biden", "McDonald's" itself."""
    parsed = parse(text, language)
    if parsed is None:
        return []
    times = [(moment.start, moment.end) for moment in moments(text, language)]
    found = [
        _whole(parsed, at)
        for at, token in enumerate(parsed.tokens)
        if token.pos == "PROPN" and not any(first <= token.start < last for first, last in times)
    ]
    return list(dict.fromkeys(word for word in found if word[0].isupper() or word[-1].isupper()))


def _whole(parsed: Parsed, at: int) -> str:
    """A name's word, with the "'s" that belongs to it: nothing that it owns stands behind it."""
    token = parsed.tokens[at]
    if at + 1 < len(parsed.tokens):
        after = parsed.tokens[at + 1]
        owns = token.dep in {"poss", "nmod"} and parsed.tokens[token.head].tag[:2] == "NN"
        if after.tag == "POS" and after.start == token.end and not owns:
            return parsed.text[token.start : after.end]
    return token.text


def names_in_article(text: str, language: str | None = None) -> list[str]:
    """The words of an article that are names, in order of their first use, without a parse: a word
    that has a capital inside a sentence somewhere, where it needs none.

    [] in languages that write nouns with capitals, or have none.
    """
    if normal_code(language) in _NOUN_CAPITALS:
        return []
    capitals: dict[str, int] = {}
    plain: set[str] = set()
    for start, end in sentence_spans(text, language):
        for word in _WORD.finditer(sentence := text[start:end]):
            bare = _OWNING.sub("", word[0])
            if not bare[:1].isupper():
                plain.add(bare)
            elif word.start() and not _MARKS.search(sentence[: word.start()]):
                capitals.setdefault(bare, start + word.start())
    times = {word for moment in moments(text, language) for word in moment.text.split()}
    shouted = {word for word in capitals if word.isupper() and word.lower() in plain}
    return [word for word in capitals if len(word) > 1 and word not in shouted | times]
