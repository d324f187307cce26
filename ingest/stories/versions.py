"""What a new version of an article changed, sentence by sentence. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from ingest.article import Article, Change
from ingest.text.sentences import sentence_spans

_BYLINE = re.compile(
    r"(?:by|von|par|por|текст:?)\s+\S+(?:\s+\S+){0,6}"
    r"|(?:updated?|published|posted|last modified|aktualisiert)\b.{0,60}"
    r"|\d{1,2}[:.]\d{2}(?:\s*[ap]m)?(?:\s+\w{2,5})?|\d+ (?:min|minutes?|hours?|days?) (?:read|ago)",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:read|see|watch|more|related|also|next|listen)\b.{0,120}", re.IGNORECASE)
_ALIKE = 0.5
"""Share of equal words from which two sentences in the same place are one, reworded."""


def changes_between(old: Article, new: Article) -> tuple[Change, ...]:
    """The sentences that differ, in the new order; empty if nothing that was said changed.

    White space, punctuation, bylines, times of day and lines of links say nothing. A headline
    counts as a sentence.
    """
    before, after = _said(old), _said(new)
    matcher = SequenceMatcher(
        a=[_key(text) for text in before], b=[_key(text) for text in after], autojunk=False
    )
    changes: list[Change] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            changes += _paired(before[a:b], after[c:d])
    moved = {_key(change.before) for change in changes} & {_key(change.after) for change in changes}
    return tuple(c for c in changes if not _only_moved(c, moved))


def _said(article: Article) -> list[str]:
    """The headline and the sentences of an article, without its furniture."""
    text = article.text
    lines = text.split("\n\n")
    last = max((n for n, line in enumerate(lines) if line.rstrip().endswith(".")), default=-1)
    kept = [
        line
        for n, line in enumerate(lines)
        if not _BYLINE.fullmatch(line.strip()) and not (n > last and _is_link(line))
    ]
    body = "\n\n".join(kept)
    return [article.title, *(body[a:b] for a, b in sentence_spans(body, article.language))]


def _is_link(line: str) -> bool:
    """A line after the article's last sentence that leads elsewhere: a headline, "Read more"."""
    return bool(_LINK.fullmatch(line.strip())) or not re.search(r"[.!?…”\"]$", line.strip())


def _paired(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """Each new sentence with the old one that it takes the place of, where there is one."""
    if len(before) == len(after):
        return [Change(old, new) for old, new in zip_longest(before, after, fillvalue="")]
    free = list(before)
    changes = []
    for new in after:
        nearest = max(free, key=lambda old: _likeness(old, new), default="")
        if nearest and _likeness(nearest, new) >= _ALIKE:
            free.remove(nearest)
            changes.append(Change(nearest, new))
        else:
            changes.append(Change("", new))
    return [*changes, *(Change(old, "") for old in free)]


def _only_moved(change: Change, moved: set[str]) -> bool:
    """A sentence that only stands elsewhere now says the same."""
    return (not change.before or _key(change.before) in moved) and (
        not change.after or _key(change.after) in moved
    )


def _likeness(old: str, new: str) -> float:
    a, b = set(_key(old).split()), set(_key(new).split())
    return len(a & b) / max(len(a | b), 1)


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
