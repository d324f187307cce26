"""Which sentences of an answer tell what later articles say is so no longer. Pure.

conflicts.py lays what articles measure side by side and says whether they differ; here a later
article must itself say, by its words, that its value took the place of the older one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.answer import Answer, Citation, Sentence
from bot.answering.conflicts import SAME_HOURS, Found, Side, Source
from ingest import Statement, agreements, overtaken, state, statements
from ingest.text import tokens


@dataclass(frozen=True, slots=True)
class Overtaking:
    """A sentence of an answer, the citation that bears it, and what stands against it, `found`."""

    sentence: Sentence
    citation: Citation
    found: Found

    def is_told_by(self, other: Found) -> bool:
        """Whether another finding says that this value gave way to the same one."""
        return self._of_same(other) and other.sides[-1].key == self.found.sides[-1].key

    def disputed_by(self, other: Found) -> bool:
        """Whether another finding says that this value is still disputed."""
        return self._of_same(other) and not other.superseded

    def _of_same(self, other: Found) -> bool:
        keys = {side.key for side in other.sides}
        return {self.found.own.key, self.found.sides[-1].key} <= keys


def overtakings(answer: Answer, sources: Sequence[Source]) -> list[Overtaking]:
    """What later articles put in the place of what the answer's sentences tell, each sentence
    once, by the newest of them."""
    by_article = {source.article.id: source for source in sources}
    by_number = {citation.n: citation for citation in answer.citations}
    done = []
    for sentence in answer.sentences:
        for n in sentence.citations:
            citation = by_number[n]
            own = by_article.get(citation.article_id)
            found = _overtaken(sentence, citation, own, sources) if own else None
            if found:
                done.append(Overtaking(sentence, citation, found))
                break
    return done


def _overtaken(
    sentence: Sentence, citation: Citation, own: Source, sources: Iterable[Source]
) -> Found | None:
    """What the newest later source puts in its place, unless that one still tells the same."""
    said, measured = state(sentence.text), statements(sentence.text, own.article.title)
    for source in sorted(later_than(own, sources), key=lambda source: source.at, reverse=True):
        for other in source.statements:
            difference = overtaken(
                said, own.statements, own.article.title, other, plainly=not dated(own, source)
            )
            if difference is None:
                continue
            quoted = _quoted(citation, own, difference.first)
            first, last = (
                Side(difference.first, quoted, own),
                Side(difference.second, other, source),
            )
            return Found(difference.about, quoted, first, (first, last), superseded=True)
        if any(agreements(one, other) for one in measured for other in source.statements):
            return None
    return None


def _quoted(citation: Citation, own: Source, value: str) -> Statement:
    """The sentence of the quote that gives the value."""
    within = [said for said in own.statements if said.text in citation.quote]
    wanted = set(tokens(value))
    return max(
        within or [state(citation.quote)], key=lambda said: len(wanted & set(tokens(said.text)))
    )


def later_than(own: Source, sources: Iterable[Source]) -> list[Source]:
    """The sources of its story, but of another text, that came out after this one, or of which that
    is not known; not reports that two publishers give within hours, of which none knows the other.

    Articles of other stories may name the same and still tell of another event: a wrong "no longer
    so" is worse than none.
    """
    return [
        source
        for source in sources
        if source.story_id == own.story_id
        and source.origin_id != own.origin_id
        and source.at >= own.at
        and not (dated(own, source) and _at_once(own, source))
    ]


def dated(own: Source, other: Source) -> bool:
    """Whether it is known of both when they came out."""
    return own.article.published is not None and other.article.published is not None


def _at_once(own: Source, other: Source) -> bool:
    apart = other.at - own.at
    if own.article.source and own.article.source == other.article.source:
        return apart <= timedelta(0)
    return apart <= SAME_HOURS
