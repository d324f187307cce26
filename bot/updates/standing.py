"""Whether what was quoted still stands, what stands there now, who gives a later value. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.answer import Citation, holds_value, value_key
from bot.updates.amendment import Report, Source, changed_value
from ingest import Article, Change, Fact, FactKind, Version
from ingest.text import content_words, stem

MIN_ALIKE = 0.5
"""Share of the shorter sentence's words from which a sentence takes the place of another."""


def stands_in(article: Article, quote: str) -> bool:
    """Whether an article says this; its own notice of a correction repeats what was wrong."""
    text = article.text.replace(article.notice, " ") if article.notice else article.text
    return article.withdrawn is None and _flat(quote) in _flat(text)


def successor(quote: str, source: Source, since: int) -> str:
    """The sentence that says in the article's present version what a quote of version `since`
    said, word for word; "" if there is none."""
    article = source.article
    if article.withdrawn is not None:
        return ""
    said = quote
    for version in source.versions:
        if version.version < since:
            continue
        said = _followed(said, version.changes)
    holds = said in article.text and stands_in(article, said)
    return said if said and holds and _alike(quote, said) else ""


def _followed(said: str, changes: Sequence[Change]) -> str:
    """What one new version made of a quote of one or more sentences."""
    for change in changes:
        before = _flat(change.before)
        if before and said and before in _flat(said):
            said = _flat(said).replace(before, change.after)
        elif said and _flat(said) in before:
            return change.after
    return said.strip()


def lost_at(citation: Citation, source: Source) -> datetime:
    """When the article stopped saying it, as far as we saw."""
    since = [v for v in source.versions if v.version >= version_of(citation)]
    texts = [*(version.text for version in since[1:]), source.article.text]
    for version, text in zip(since, texts, strict=True):
        if _flat(citation.quote) not in _flat(text):
            return version.replaced
    return since[-1].replaced


def overtaken(
    text: str, citation: Citation, source: Source, reports: Sequence[Report]
) -> tuple[Report, str] | None:
    """The last report that changed the value of a sentence with this citation, and that value.

    Reports may follow on one another: from twelve to fifteen, from fifteen to seventeen.
    """
    if source.at is None:
        return None
    quote, at, old = citation.quote, source.at, ""
    language = source.article.language
    found: Report | None = None
    for report in sorted(reports, key=lambda report: (report.fact.at, report.article.id)):
        fact = report.fact
        elsewhere = report.article.id != citation.article_id
        if report.story_id != source.story_id or fact.at <= at or not elsewhere:
            continue
        values = changed_value(quote, fact.text, language)
        keys = [value_key(value, language) for value in (fact.before, fact.after)]
        if values is None or [value_key(value, language) for value in values] != keys:
            continue
        if not old and not holds_value(text, values[0], language):
            continue
        found, quote, at, old = report, fact.text, fact.at, old or values[0]
    return (found, old) if found else None


def corrections_of(article: Article, version: Version) -> list[Fact]:
    """The values that the article changed after this version of it, where it still says so."""
    facts = []
    for change in version.changes:
        values = changed_value(change.before, change.after, article.language)
        start = article.text.find(change.after)
        if values and start >= 0 and stands_in(article, change.after):
            end = start + len(change.after)
            told = (article.id, change.after, start, end, version.replaced, FactKind.CHANGED)
            facts.append(Fact(*told, *values))
    return facts


def version_of(citation: Citation) -> int:
    """The version of its article that a citation quotes."""
    return int(citation.passage_id.split(":")[1])


def _alike(first: str, second: str) -> bool:
    one, two = ({stem(word) for word in content_words(text)} for text in (first, second))
    return len(one & two) >= MIN_ALIKE * max(min(len(one), len(two)), 1)


def _flat(text: str) -> str:
    return " ".join(text.split())
