"""The words of a text, made comparable. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path
from typing import Any

from ingest.text.calendars import spelled

_TOKEN = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*", re.UNICODE)


def tokens(text: str) -> list[str]:
    """The words of a text as they stand, without possessive endings; "U.S." as "US"."""
    found = []
    for token in _TOKEN.findall(unicodedata.normalize("NFC", text)):
        bare = re.sub(r"['’]s$", "", token)
        dotted = re.fullmatch(r"(?:\w\.)+\w\.?", bare)
        found.append(bare.replace(".", "") if dotted else bare)
    return found


@lru_cache(maxsize=20_000)
def stem(word: str, language: str | None = None) -> str:
    """A word's stem, lower case, without accents: "Talks" and "talk" are the same.

    `language` is an ISO 639-1 code, None is read as English; a word of one that Snowball has no
    stemmer for (Hebrew) is its own stem.
    """
    stemmer = _stemmer(language or "en")
    found = str(stemmer.stemWord(word.lower())) if stemmer else word.lower()
    plain = unicodedata.normalize("NFKD", found)
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=16)
def _stemmer(language: str) -> Any:
    """Snowball's stemmer of a language; None if it has none."""
    from babel import Locale, UnknownLocaleError
    from snowballstemmer import algorithms, stemmer

    try:
        name = (Locale.parse(language).english_name or "").lower()
    except (UnknownLocaleError, ValueError):
        return None
    return stemmer(name) if name in algorithms() else None


@lru_cache(maxsize=16)
def stop_words(language: str | None = None) -> frozenset[str]:
    """The words of a language that carry no meaning by themselves, in lower case.

    They are spaCy's lists, but for number words, read as the plain data that they are: importing
    spaCy takes a second.
    """
    found = find_spec("spacy")
    home = Path(found.origin).parent if found and found.origin else Path()
    file = home / "lang" / (language or "en") / "stop_words.py"
    words: set[str] = run_path(str(file))["STOP_WORDS"] if file.is_file() else set()
    return frozenset(word for word in words if spelled(word, language or "en") in {None, 1.0})


def content_words(text: str, language: str | None = None) -> list[str]:
    """The words that carry meaning, as they stand, each stem once.

    What stands in capitals among others ("US", "WHO") is a name, not the word it looks like.
    """
    stops, kept = stop_words(language), dict[str, str]()
    shouted = text.isupper()
    for token in tokens(text):
        named = len(token) > 1 and token.isupper() and not shouted
        if named or token.lower() not in stops:
            kept.setdefault(stem(token, language), token)
    return list(kept.values())
