"""What becomes of an answer whose articles changed, were withdrawn or were overtaken. Pure.

A sentence stands as long as the quotes of all its citations do. One that does not is replaced by
what its articles say in its place, word for word, or goes. A sentence whose value a later report of
the same story changed stays, marked, and that report's sentence comes after it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.answer import Answer, Citation, Conflict, Sentence
from bot.language import N_
from bot.updates.amendment import Amendment, Report, Source, Why, valued
from bot.updates.standing import lost_at, overtaken, stands_in, successor, version_of

NOTHING_LEFT = N_("Nothing of this answer stands any more.")
PassageOf = Callable[[str, str], str]
"""The id of the passage in which a quote (second) of an article (first) stands, or ""."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence with its citations; `place` is its number in the answer before."""

    text: str
    citations: tuple[Citation, ...]
    superseded: bool
    place: int
    later: bool = False
    nearest: bool = False


@dataclass(slots=True)
class _Draft:
    lines: list[_Line] = field(default_factory=list)
    amendments: list[Amendment] = field(default_factory=list)

    def says(self, text: str) -> bool:
        return any(line.text == text for line in self.lines)


def amended(
    answer: Answer,
    sources: Mapping[str, Source],
    reports: Sequence[Report],
    passage_of: PassageOf,
) -> tuple[Answer, list[Amendment]]:
    """The answer as it has to stand now, and what is different; no difference, no edit.

    `sources` holds the cited articles by id. Citations are numbered anew, in the order in which
    they are first used.
    """
    draft = _Draft()
    for line in _lines(answer):
        _corrected(line, sources, passage_of, draft)
    draft.lines = _still_overtaken(draft.lines)
    for line in list(draft.lines):
        _overtaken(line, sources, reports, passage_of, draft)
    return _numbered(answer, draft), draft.amendments


def _lines(answer: Answer) -> list[_Line]:
    by_number = {citation.n: citation for citation in answer.citations}
    return [
        _Line(
            s.text,
            tuple(by_number[n] for n in s.citations),
            s.superseded,
            place,
            s.later,
            s.nearest,
        )
        for place, s in enumerate(answer.sentences)
    ]


def _corrected(
    line: _Line, sources: Mapping[str, Source], passage_of: PassageOf, draft: _Draft
) -> None:
    """Put the line into the draft, or what its articles say in its place."""
    fallen = [c for c in line.citations if not _stands(c, sources)]
    if not fallen:
        fresh = tuple(_moved(c, sources, passage_of) for c in line.citations)
        draft.lines.append(replace(line, citations=fresh))
        return
    told = []
    for citation in line.citations:
        quote = citation.quote
        if citation in fallen:
            quote = successor(quote, sources[citation.article_id], version_of(citation))
            told.append(quote)
        if quote and not draft.says(quote):
            fresh = (_moved(replace(citation, quote=quote), sources, passage_of),)
            draft.lines.append(replace(line, text=quote, citations=fresh, superseded=False))
    draft.amendments.append(_amendment(line, " ".join(filter(None, told)), fallen[0], sources))


def _amendment(
    line: _Line, after: str, fallen: Citation, sources: Mapping[str, Source]
) -> Amendment:
    source = sources[fallen.article_id]
    article = source.article
    told = (line.text, after, article.source, article.id)
    if article.withdrawn is not None:
        return Amendment(Why.WITHDRAWN, article.withdrawn, *told, mark="withdrawn")
    at = lost_at(fallen, source)
    amendment = Amendment(Why.CORRECTED, at, *told, mark=str(article.version))
    return valued(amendment, article.language)


def _still_overtaken(lines: Sequence[_Line]) -> list[_Line]:
    """A sentence is overtaken no longer once the one that took its place is gone."""
    places = {line.place for line in lines}
    return [
        replace(line, superseded=False)
        if line.superseded and line.place + 1 not in places
        else line
        for line in lines
    ]


def _overtaken(
    line: _Line,
    sources: Mapping[str, Source],
    reports: Sequence[Report],
    passage_of: PassageOf,
    draft: _Draft,
) -> None:
    """Mark the line and put the later report's sentence after it, if there is one."""
    if line.superseded or line.nearest:
        return
    later = (overtaken(line.text, c, sources[c.article_id], reports) for c in line.citations)
    found = next(filter(None, later), None)
    if found is None or draft.says(found[0].fact.text):
        return
    report, old = found
    article, text = report.article, report.fact.text
    citation = _moved(_citation(report), {article.id: Source(article)}, passage_of)
    at = draft.lines.index(line)
    new = _Line(text, (citation,), superseded=False, place=line.place)
    draft.lines[at : at + 1] = [replace(line, superseded=True), new]
    draft.amendments.append(
        Amendment(
            Why.SUPERSEDED,
            report.fact.at,
            line.text,
            text,
            article.source,
            article.id,
            mark=str(article.version),
            old=old,
            new=report.fact.after,
        )
    )


def _citation(report: Report) -> Citation:
    article = report.article
    return Citation(
        n=0,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        quote=report.fact.text,
        article_id=article.id,
        passage_id="",
        depth=article.depth,
    )


def _moved(citation: Citation, sources: Mapping[str, Source], passage_of: PassageOf) -> Citation:
    """The citation in its article's present version."""
    article = sources[citation.article_id].article
    if citation.passage_id and version_of(citation) == article.version:
        return citation
    found = passage_of(article.id, citation.quote)
    return replace(citation, passage_id=found or f"{article.id}:{article.version}:0")


def _numbered(answer: Answer, draft: _Draft) -> Answer:
    numbers: dict[tuple[str, str], int] = {}
    kept: dict[int, Citation] = {}
    former: dict[int, int] = {}
    sentences = []
    for line in draft.lines:
        marks = []
        for citation in line.citations:
            n = numbers.setdefault((citation.article_id, citation.quote), len(numbers) + 1)
            kept.setdefault(n, replace(citation, n=n))
            if any(c.n == citation.n and c.quote == citation.quote for c in answer.citations):
                former[citation.n] = n
            marks.append(n)
        marked = (line.superseded, line.later, line.nearest)
        sentences.append(Sentence(line.text, tuple(dict.fromkeys(marks)), *marked))
    left = bool(sentences)
    return replace(
        answer,
        answered=left and answer.answered,
        sentences=tuple(sentences),
        citations=tuple(kept.values()),
        refusal=answer.refusal if left else NOTHING_LEFT,
        conflicts=tuple(_renumbered(answer.conflicts, former)),
    )


def _renumbered(conflicts: Sequence[Conflict], numbers: Mapping[int, int]) -> list[Conflict]:
    """The conflicts all of whose claims still stand."""
    return [
        replace(c, claims=tuple(replace(claim, n=numbers[claim.n]) for claim in c.claims))
        for c in conflicts
        if all(claim.n in numbers for claim in c.claims)
    ]


def _stands(citation: Citation, sources: Mapping[str, Source]) -> bool:
    return stands_in(sources[citation.article_id].article, citation.quote)
