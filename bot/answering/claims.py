"""Checks a claim against the archive: borne, contradicted, both, or not covered.

A claim is borne by a passage that passes the same check as a language model's sentence; it is
contradicted by a sentence that states another value or outcome of the same, or denies it, in an
article that is about what the claim is about. What neither is, is not covered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from bot.answer import Answer, ClaimVerdict, Mode, Question, Sentence
from bot.answering.checking.check import check
from bot.answering.checking.nearness import Embedded
from bot.answering.checking.paraphrase import Meaning
from bot.answering.compare import Beside, Citations
from bot.answering.conflicts import Source, conflicts_about, quotable
from bot.answering.evidence import Evidence
from bot.answering.retrieve import PassageRetriever, hits_of
from bot.language import N_, _
from ingest import (
    Article,
    Hit,
    Newsroom,
    Statement,
    TimeFrame,
    agreements,
    denies,
    differences,
    roles_in,
    statements,
)
from ingest.text import alike, content_words, names, stem, tokens

MAX_SENTENCES = 3
PER_SIDE = 2
"""How many of a claim's sentences are checked; how many sources speak on each side of one."""
MIN_WORDS = 2
ABOUT_IT = 0.6
"""Share of a claim's words that an article must hold to speak of the same."""
NO_STATEMENT = N_("That is no statement I can check.")
NOT_COVERED = N_("Our articles do not cover this.")
OUTDATED = N_("Our articles said so at first, and say otherwise since.")
_OPINION = re.compile(
    r"\b(?:I|we) (?:think|feel|believe|love|hate|like|hope)\b|\bin my (?:opinion|view)\b"
    r"|\bshould\b|\b(?:beautiful|ugly|terrible|wonderful|stupid|awful|boring|disgraceful)\b",
    re.IGNORECASE,
)


class Settled(Enum):
    """What became of a value on which articles differ."""

    CURRENT = "current"
    OUTDATED = "outdated"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A sentence of an article that speaks for or against a claim."""

    text: str
    article: Article


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What stands for and against one sentence of a claim; `outdated`: what speaks for it was
    superseded by what speaks against it."""

    bearing: tuple[_Quoted, ...]
    against: tuple[_Quoted, ...]
    outdated: bool = False

    @property
    def verdict(self) -> ClaimVerdict:
        if self.bearing and self.against and not self.outdated:
            return ClaimVerdict.DISPUTED
        if self.against:
            return ClaimVerdict.CONTRADICTED
        return ClaimVerdict.SUPPORTED if self.bearing else ClaimVerdict.NOT_COVERED


class ClaimCheck:
    """Checks claims by a newsroom's articles alone."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._beside = Beside(newsroom)
        self._meaning = Embedded(newsroom.embeddings.embed_in_context)

    def check(self, claim: Question) -> Answer:
        """The verdict on a claim with both sides cited; a refusal if it states nothing, or nothing
        that our articles cover (`nearest` are those that come near)."""
        stated = checkable(claim.text)
        if not stated:
            return Answer(claim.text, answered=False, mode=Mode.QUOTES, refusal=_(NO_STATEMENT))
        frame = TimeFrame(as_of=claim.asked_at)
        retriever = PassageRetriever(newsroom=self._newsroom, when=frame)
        found = [hits_of(retriever.invoke(said.text)) for said in stated]
        weighed = [self._weigh(said, hits, claim) for said, hits in zip(stated, found, strict=True)]
        hits = [hit for some in found for hit in some]
        return self._answer(claim, weighed, hits)

    def _weigh(self, said: Statement, hits: Sequence[Hit], claim: Question) -> _Weighed:
        on_it = [hit for hit in hits if is_about(said, hit.article)]
        ids = [hit.article.id for hit in on_it]
        beside = self._beside.sources([hit.article for hit in hits], ids, claim.asked_at)
        sources = [source for source in beside if is_about(said, source.article)] if ids else []
        sources.sort(key=lambda source: source.at)
        bearing = [found for hit in on_it if (found := borne(said, hit, self._meaning))]
        agreeing = []
        if said.measures:
            agreeing = [found for source in sources if (found := agreement(said, source))]
            bearing = [found for found in agreeing if _holds(found.article.text, said)]
        against = [found for source in reversed(sources) if (found := contradiction(said, source))]
        origins = {source.article.id: source.origin_id for source in sources}
        for_it = {origins.get(found.article.id) for found in (*bearing, *agreeing)}
        against = [found for found in against if origins[found.article.id] not in for_it]
        if against and not bearing:  # who gives the same value speaks for it, in whatever words
            bearing = agreeing
        state = settled(said, sources)
        return _Weighed(
            _voices(bearing, origins),
            () if state is Settled.CURRENT else _voices(against, origins),
            outdated=state is Settled.OUTDATED,
        )

    def _answer(self, claim: Question, weighed: Sequence[_Weighed], hits: Sequence[Hit]) -> Answer:
        book, against = Citations(self._newsroom), list[int]()
        sentences: list[Sentence] = []
        for quoted, speaks_against in _in_order(weighed):
            n = book.number(quoted.article, quoted.text)
            if n and not any(n in sentence.citations for sentence in sentences):
                sentences.append(Sentence(" ".join(quoted.text.split()), (n,)))
                against += [n] if speaks_against else []
        answer = Answer(
            question=claim.text,
            answered=bool(sentences),
            mode=Mode.QUOTES,
            sentences=tuple(sentences),
            citations=tuple(book.citations),
            refusal="" if sentences else _(NOT_COVERED),
            independent=self._newsroom.independent(
                list(dict.fromkeys(citation.article_id for citation in book.citations))
            ),
            note=_(OUTDATED) if any(one.outdated for one in weighed) else "",
            verdict=verdict_of([one.verdict for one in weighed]),
            against=tuple(against),
        )
        if not sentences or not roles_in(claim.text):
            return answer
        compared = self._beside.compare(answer, hits, claim.asked_at)
        return replace(compared, sentences=answer.sentences)


def checkable(text: str) -> list[Statement]:
    """The first sentences of a text that state something which articles could say."""
    return [
        said
        for said in statements(text)
        if len(said.stems) >= MIN_WORDS
        and not said.text.rstrip(" ”\"'»)").endswith("?")
        and not _OPINION.search(said.text)
    ][:MAX_SENTENCES]


def verdict_of(verdicts: Sequence[ClaimVerdict]) -> ClaimVerdict:
    """The verdict on a claim of several sentences: all must be borne for it to be."""
    for verdict in (ClaimVerdict.CONTRADICTED, ClaimVerdict.DISPUTED, ClaimVerdict.NOT_COVERED):
        if verdict in verdicts:
            return verdict
    return ClaimVerdict.SUPPORTED


def is_about(said: Statement, article: Article) -> bool:
    """Whether an article speaks of what a claim does: it holds its names, but one at most, and
    most of its other words."""
    held = {stem(token) for token in tokens(f"{article.title} {article.text}")}
    called = {stem(name) for name in names(said.text)}
    numbers = {stem(part) for figure in said.figures for part in figure.text.split()}
    told = {stem(word) for word in content_words(said.text)} - numbers
    missing = called - held
    if missing and (len(missing) > 1 or len(missing) == len(called)):
        return False
    return len(told & held) >= ABOUT_IT * len(told)


def contradiction(said: Statement, source: Source) -> _Quoted | None:
    """The sentence of a source that states it otherwise, or denies it."""
    for other in source.statements:
        if differences(said, other) or denies(said, other):
            return _Quoted(quotable(other, source), source.article)
    return None


def agreement(said: Statement, source: Source) -> _Quoted | None:
    """The sentence of a source that measures all that a claim does alike."""
    wanted = {measure.role for measure in said.measures}
    for other in source.statements:
        if wanted <= set(agreements(said, other)):
            return _Quoted(quotable(other, source), source.article)
    return None


def settled(said: Statement, sources: Sequence[Source]) -> Settled:
    """Whether a claim's value is the newest one of several, or one that was superseded."""
    for source in sources:
        for other in source.statements:
            alike_in = agreements(said, other)
            for found in conflicts_about(other, source, sources) if alike_in else ():
                if found.superseded and found.about in alike_in:
                    return Settled.CURRENT if found.own in found.current else Settled.OUTDATED
    return Settled.NOT


def borne(said: Statement, hit: Hit, meaning: Meaning | None = None) -> _Quoted | None:
    """The words of a passage that bear a claim: it passes the check, and each word of it stands
    there or in the headline, or one that means as much."""
    heading = Evidence(0, hit).heading
    verdict = check(said.text, hit.passage.text, heading, meaning)
    if not (verdict.ok and verdict.quotes and _holds(f"{heading} {hit.passage.text}", said)):
        return None
    return _Quoted(verdict.quotes[0], hit.article)


def _holds(text: str, said: Statement) -> bool:
    held = {stem(token) for token in tokens(text)}
    numbers = {stem(part) for figure in said.figures for part in figure.text.split()}
    return all(word in held or any(alike(word, h) for h in held) for word in said.stems - numbers)


def _voices(quoted: Sequence[_Quoted], origins: dict[str, str]) -> tuple[_Quoted, ...]:
    """The first quotation of each origin, PER_SIDE at most."""
    first: dict[str, _Quoted] = {}
    for one in quoted:
        first.setdefault(origins.get(one.article.id, one.article.id), one)
    return tuple(first.values())[:PER_SIDE]


def _in_order(weighed: Sequence[_Weighed]) -> list[tuple[_Quoted, bool]]:
    """What bears the claim, then what speaks against it (True)."""
    return [
        *((quoted, False) for one in weighed for quoted in one.bearing),
        *((quoted, True) for one in weighed for quoted in one.against),
    ]
