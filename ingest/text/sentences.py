"""Where sentences begin and end, as character positions."""

from __future__ import annotations

Span = tuple[int, int]


def sentence_spans(text: str, language: str | None = None) -> list[Span]:
    """The (start, end) of each sentence, in order, without the white space around it.

    A line break ends a sentence too: headings and list items are sentences of their own.
    `language` is an ISO 639-1 code; None is read like English.
    """
    from sentencex import segment

    spans: list[Span] = []
    at = 0
    for line in text.splitlines(keepends=True):
        cursor = at
        for piece in segment(language or "en", line.rstrip("\r\n")):
            spans.append(_trimmed(text, cursor, cursor + len(piece)))
            cursor += len(piece)
        at += len(line)
    return [span for span in spans if span[0] < span[1]]


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
