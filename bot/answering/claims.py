"""Checks a claim against the archive: borne, contradicted, both, or not covered.

A claim is borne by one place in a passage, by the same comparison as a language model's sentence;
it is contradicted by a sentence that states another value of the same, or denies it, in an article
that is about what the claim is about. What neither is, is not covered: what comes nearest is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import Answer, ClaimVerdict, Mode, Question, Sentence, holds_value
from bot.answering.checking.check import check
from bot.answering.compare import Beside
from bot.answering.conflicts import Side, Source, quotable, replaces, told_by
from bot.answering.evidence import Evidence
from bot.answering.marking import Citations
from bot.answering.quotes import Reads, rank
from bot.answering.retrieve import PassageRetriever, hits_of
from bot.answering.truth import as_claim
from bot.answering.understand import Understood
from bot.language import N_, _
from ingest import Article, Hit, Newsroom, TimeFrame
from ingest.claims import Difference, Stated
from ingest.claims.occasion import otherwise
from ingest.text import content_words, detect_language, names, sentence_spans, stem

MAX_SENTENCES = 3
PER_SIDE = 2
"""How many of a claim's sentences are checked; how many sources speak on each side of one."""
MIN_WORDS = 2
ABOUT_IT = 0.5
"""Share of a claim's words that an article must hold to speak of the same."""
NEAREST, MUCH = 3, 0.8
"""How many sentences come nearest, and how much of one another holds that says the same."""
NO_STATEMENT = N_("That is no statement I can check.")
NOT_COVERED = N_("Our articles do not cover this.")
OUTDATED = N_("Our articles said so at first, and say otherwise since.")


@dataclass(frozen=True, slots=True)
class _Voice:
    """A sentence of a source that speaks for a claim, or where it differs from it."""

    quote: str
    statement: Stated
    source: Source
    difference: Difference | None = None

    def side(self, value: str) -> Side:
        return Side(value, self.statement, self.source)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What stands for and against one sentence of a claim; `outdated`: what speaks for it was
    superseded by what speaks against it."""

    bearing: tuple[_Voice, ...]
    against: tuple[_Voice, ...]
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

    def __init__(self, newsroom: Newsroom, reads: Reads) -> None:
        self._newsroom = newsroom
        self._reads = reads
        self._beside = Beside(newsroom)

    def check(self, claim: Question) -> Answer:
        """The verdict on a claim with both sides cited; a refusal if it states nothing, or nothing
        that our articles cover (its sentences are those that come nearest, marked as such)."""
        stated = checkable(claim.text)
        if not stated:
            return Answer(claim.text, answered=False, mode=Mode.QUOTES, refusal=_(NO_STATEMENT))
        retriever = PassageRetriever(newsroom=self._newsroom, when=TimeFrame(as_of=claim.asked_at))
        found = [hits_of(retriever.invoke(said)) for said in stated]
        weighed = [self._weigh(said, hits, claim) for said, hits in zip(stated, found, strict=True)]
        book, against = Citations(self._newsroom), list[Sentence]()
        told: list[Sentence] = []
        bearing = [voice for one in weighed for voice in one.bearing]
        for voice in (*bearing, *(voice for one in weighed for voice in one.against)):
            quoted = _cited(book, voice.source.article, voice.quote)
            told += quoted
            against += quoted if voice.difference else []
        answered = bool(told)
        if not told:
            told = self._nearest(stated[0], found[0], book)
        return Answer(
            question=claim.text,
            answered=answered,
            mode=Mode.QUOTES,
            sentences=tuple(dict.fromkeys(told)),
            citations=tuple(book.citations),
            refusal="" if answered else _(NOT_COVERED),
            independent=self._newsroom.independent([c.article_id for c in book.citations]),
            note=_(OUTDATED) if any(one.outdated for one in weighed) else "",
            verdict=verdict_of([one.verdict for one in weighed]),
            against=tuple(dict.fromkeys(s.citations[0] for s in against)),
        )

    def _weigh(self, said: str, hits: Sequence[Hit], claim: Question) -> _Weighed:
        articles = [hit.article for hit in hits if is_about(said, hit.article)]
        ids = [article.id for article in articles]
        sources = self._beside.sources(articles, ids, claim.asked_at) if ids else []
        by_article = {source.article.id: source for source in sources}
        bearing = [
            voice
            for hit in hits
            if hit.article.id in by_article
            and (voice := _bearing(said, hit, by_article[hit.article.id]))
        ]
        against = _against(said, sources, claim)
        return _weighed(bearing, _agreeing(said, against, sources), against)

    def _nearest(self, said: str, hits: Sequence[Hit], book: Citations) -> list[Sentence]:
        """The sentences that come nearest to what the claim says, no two much the same."""
        ranked = rank(Understood(said), hits, self._reads, self._newsroom.rarity)
        told: dict[str, Article] = {}
        for quote in ranked.quotes:
            if not any(_much_the_same(quote.text, other) for other in told):
                told[quote.text] = quote.hit.article
        best = list(told.items())[:NEAREST]
        return [s for quote, found in best for s in _cited(book, found, quote, nearest=True)]


def checkable(text: str) -> list[str]:
    """The first sentences of a text that state something which articles could say; a question for
    yes or no states what it asks about."""
    language = detect_language(text)
    claim = as_claim(text, language)
    sentences = [as_claim(claim[start:end], language) for start, end in sentence_spans(claim)]
    return [
        said
        for said in sentences
        if len(content_words(said)) >= MIN_WORDS and not said.rstrip(" ”\"'»)").endswith(("?", "؟"))
    ][:MAX_SENTENCES]


def verdict_of(verdicts: Sequence[ClaimVerdict]) -> ClaimVerdict:
    """The verdict on a claim of several sentences: all must be borne for it to be."""
    for verdict in (ClaimVerdict.CONTRADICTED, ClaimVerdict.DISPUTED, ClaimVerdict.NOT_COVERED):
        if verdict in verdicts:
            return verdict
    return ClaimVerdict.SUPPORTED


def is_about(said: str, article: Article) -> bool:
    """Whether an article speaks of what a claim does: it holds its names and many of its words."""
    held = set(map(stem, content_words(f"{article.title} {article.text}")))
    called, told = set(map(stem, names(said))), set(map(stem, content_words(said)))
    return called <= held and len(told & held) >= ABOUT_IT * len(told)


def _much_the_same(one: str, other: str) -> bool:
    """Whether one of two sentences holds most of the other, as reprints do."""
    mine, theirs = (set(map(stem, content_words(text))) for text in (one, other))
    return len(mine & theirs) >= MUCH * min(len(mine), len(theirs))


def _bearing(said: str, hit: Hit, source: Source) -> _Voice | None:
    """The words of a passage that bear a claim."""
    verdict = check(said, hit.passage.text, Evidence(0, hit).heading, hit.article.language)
    if not (verdict.ok and verdict.quotes):
        return None
    quote = verdict.quotes[0]
    held = [one for one in source.statements if one.text in quote or quote in one.text]
    return _Voice(quote, held[0] if held else Stated(quote), source)


def _against(said: str, sources: Sequence[Source], claim: Question) -> list[_Voice]:
    """The sentence of each source that states it otherwise, or denies it, newest first."""
    found = []
    for source in sorted(sources, key=lambda source: source.at, reverse=True):
        stated = Stated(said, language=source.article.language, now=claim.asked_at)
        for other in told_by(source, stated) if is_about(said, source.article) else ():
            if difference := otherwise(stated, other):
                found.append(_Voice(quotable(other, source), other, source, difference))
                break
    return found


def _agreeing(said: str, against: Sequence[_Voice], sources: Sequence[Source]) -> list[_Voice]:
    """The sentences that give the value which others differ from, in whatever words: they do not
    bear the claim, but then it is not for us to call it wrong."""
    differing = [(voice, voice.difference.first) for voice in against if voice.difference]
    values = {value for voice, value in differing if not voice.side(value).says}
    return [
        _Voice(other.text, other, source)
        for source in sources
        for other in told_by(source, Stated(said, language=source.article.language))
        for value in values
        if holds_value(other.text, value, other.language)
        and not any(other == voice.statement for voice in against)
    ]


def _weighed(
    bearing: Sequence[_Voice], agreeing: Sequence[_Voice], against: Sequence[_Voice]
) -> _Weighed:
    """Both sides without what a later report replaced; who gives the same value speaks for it."""
    for_it = {voice.source.origin_id for voice in (*bearing, *agreeing)}
    against = [voice for voice in against if voice.source.origin_id not in for_it]
    old = [b for b in (*bearing, *agreeing) if any(_replaces(a, b) for a in against)]
    current = [voice for voice in (*bearing, *agreeing) if voice not in old]
    against = [a for a in against if not any(_replaces(a, b, back=True) for b in current)]
    if not bearing and current:
        return _Weighed((), ())
    outdated = bool(old) and not current
    kept = bearing if outdated else [voice for voice in bearing if voice not in old]
    return _Weighed(_voices(kept), _voices(against), outdated)


def _replaces(against: _Voice, other: _Voice, *, back: bool = False) -> bool:
    """Whether what speaks against a claim takes the place of what gives its value; or, `back`, the
    other way round."""
    if against.difference is None:
        return False
    new, old = against.side(against.difference.second), other.side(against.difference.first)
    return replaces(old, new) if back else replaces(new, old)


def _voices(voices: Sequence[_Voice]) -> tuple[_Voice, ...]:
    """The first quotation of each origin, PER_SIDE at most."""
    first: dict[str, _Voice] = {}
    for one in voices:
        first.setdefault(one.source.origin_id, one)
    return tuple(first.values())[:PER_SIDE]


def _cited(
    book: Citations, article: Article, quote: str, *, nearest: bool = False
) -> list[Sentence]:
    """A quote as a sentence with its citation; [] if it can't be cited."""
    n = book.number(article, quote)
    return [Sentence(" ".join(quote.split()), (n,), nearest=nearest)] if n else []
