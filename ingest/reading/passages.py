"""Cuts an article into passages: whole sentences, about 200 tokens, a little overlap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.article import Article, Passage
from ingest.text.sentences import Span, sentence_spans

TokenSpans = Callable[[str], list[Span]]
"""Gives the (start, end) of each of the model's own tokens in a text, special ones left out."""

TARGET_TOKENS = 200
OVERLAP_SENTENCES = 2
OVERLAP_TOKENS = 50
TITLE_TOKENS = 48
SPECIAL_TOKENS = 6
"""What the model adds around a text, and what joining title and text may add, at most."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a part of one that is too long for a passage of its own."""

    start: int
    end: int
    tokens: int


def cut(article: Article, tokens: TokenSpans, window: int) -> list[Passage]:
    """The article's passages; text[start:end] is the passage, and all text but blanks is in one.

    `window` is how many tokens the model reads. A passage with the article's title before it
    (see `embedding_text`) is never longer than that.
    """
    heading = min(len(tokens(article.title)), TITLE_TOKENS)
    budget = max(16, min(TARGET_TOKENS, window - heading - SPECIAL_TOKENS))
    pieces = [
        piece
        for span in sentence_spans(article.text, article.language)
        for piece in _pieces(article.text, span, tokens, budget)
    ]
    return [
        Passage(
            id=f"{article.id}:{article.version}:{ordinal}",
            article_id=article.id,
            ordinal=ordinal,
            start=group[0].start,
            end=group[-1].end,
            text=article.text[group[0].start : group[-1].end],
        )
        for ordinal, group in enumerate(_groups(pieces, budget))
    ]


def embedding_text(title: str, passage: str, tokens: TokenSpans) -> str:
    """What is embedded for a passage: its article's title (cut if very long), then the text."""
    spans = tokens(title)
    if len(spans) > TITLE_TOKENS:
        title = title[: spans[TITLE_TOKENS - 1][1]]
    return f"{title}\n{passage}" if title else passage


def _pieces(text: str, span: Span, tokens: TokenSpans, budget: int) -> list[_Piece]:
    """The sentence as one piece, or cut at blanks (or anywhere, without any) into fitting ones."""
    start, end = span
    spans = tokens(text[start:end])
    pieces = []
    while len(spans) > budget:
        cut_at = _last_word_end(text[start:end], spans[budget][0])
        pieces.append(_Piece(start, start + len(text[start : start + cut_at].rstrip()), budget))
        start += cut_at
        spans = tokens(text[start:end])
    pieces.append(_Piece(start, end, len(spans)))
    return pieces


def _last_word_end(text: str, limit: int) -> int:
    """The end of the last word before `limit`, blanks after it included; else `limit`."""
    at = limit
    while at > limit // 2 and not text[at - 1].isspace():
        at -= 1
    return at if at > limit // 2 else max(limit, 1)


def _groups(pieces: list[_Piece], budget: int) -> list[list[_Piece]]:
    """Runs of pieces that fit the budget, each beginning with the end of the one before it."""
    groups: list[list[_Piece]] = []
    current: list[_Piece] = []
    for piece in pieces:
        if current and _size(current) + piece.tokens > budget:
            groups.append(current)
            current = _overlap(current, budget - piece.tokens)
        current.append(piece)
    return [*groups, current] if current else groups


def _overlap(group: list[_Piece], room: int) -> list[_Piece]:
    """The last sentence or two of a group, as far as they are short and there is room."""
    room = min(room, OVERLAP_TOKENS)
    kept: list[_Piece] = []
    for piece in reversed(group[1:][-OVERLAP_SENTENCES:]):
        room -= piece.tokens
        if room < 0:
            break
        kept.insert(0, piece)
    return kept


def _size(group: list[_Piece]) -> int:
    return sum(piece.tokens for piece in group)
