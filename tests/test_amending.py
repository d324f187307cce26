"""What becomes of an answer whose articles changed: decided and worded without any archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.answer import Answer, Citation, Claim, Conflict, Mode, Sentence
from bot.updates.amend import NOTHING_LEFT, amended
from bot.updates.amendment import Amendment, Report, Source, Why, netted
from bot.wording.amendment_text import phrase, render_amended, render_short
from bot.wording.post_text import Speech
from ingest import Article, Change, Fact, FactKind, Version

NOON = datetime(2026, 4, 15, 12, tzinfo=UTC)
TWELVE = "Twelve people were injured when a ferry ran aground off Osterwick on Tuesday."
FIFTEEN = "Fifteen people were injured when a ferry ran aground off Osterwick on Tuesday."
SEVENTEEN = "Seventeen people were injured when a ferry ran aground off Osterwick on Tuesday."
BOATS = "Two lifeboats brought all passengers ashore."
HARBOUR = "The harbour stays closed until Friday, its master said."


def article(name: str, *sentences: str, version: int = 1, **more: object) -> Article:
    values = {"url": f"https://{name}.example/ferry", "source": name.title(), "published": NOON}
    text = " ".join(sentences)
    return Article(name, "Ferry aground", text, version=version, **{**values, **more})  # type: ignore[arg-type]


def former(name: str, version: int, text: str, *changes: tuple[str, str]) -> Version:
    at = NOON + timedelta(hours=version)
    return Version(name, version, "", text, at, tuple(Change(*change) for change in changes))


def answer(*quotes: tuple[str, str], mode: Mode = Mode.QUOTES) -> Answer:
    """An answer of (article, sentence), each with a citation of its own."""
    citations = [
        Citation(n, "Ferry aground", name.title(), None, NOON, text, name, f"{name}:1:0")
        for n, (name, text) in enumerate(quotes, 1)
    ]
    sentences = [Sentence(text, (n,)) for n, (_, text) in enumerate(quotes, 1)]
    return Answer("How many?", True, mode, tuple(sentences), tuple(citations))


def decide(
    before: Answer, *sources: Source, reports: tuple[Report, ...] = ()
) -> tuple[Answer, list[Amendment]]:
    found = {source.article.id: source for source in sources}
    return amended(before, found, reports, lambda name, _: f"{name}:9:0")


def told(found: Answer) -> list[tuple[str, tuple[int, ...]]]:
    return [(sentence.text, sentence.citations) for sentence in found.sentences]


def test_a_corrected_sentence_takes_the_place_of_the_former() -> None:
    """Word for word, under the same number; what it said, who changed it and when is noted."""
    source = Source(
        article("north", FIFTEEN, BOATS, version=2),
        (former("north", 1, TWELVE, (TWELVE, FIFTEEN)),),
    )
    found, [amendment] = decide(answer(("north", TWELVE), ("north", BOATS)), source)
    assert told(found) == [(FIFTEEN, (1,)), (BOATS, (2,))]
    assert [c.quote for c in found.citations] == [FIFTEEN, BOATS]
    assert {c.passage_id for c in found.citations} == {"north:9:0"}
    assert (amendment.why, amendment.before, amendment.after) == (Why.CORRECTED, TWELVE, FIFTEEN)
    assert (amendment.old, amendment.new, amendment.mark) == ("Twelve", "Fifteen", "2")
    assert amendment.at == NOON + timedelta(hours=1)


def test_what_changed_elsewhere_in_the_article_changes_nothing() -> None:
    """Only the passage is that of the new version."""
    source = Source(
        article("north", TWELVE, HARBOUR, version=2),
        (former("north", 1, TWELVE, (BOATS, HARBOUR)),),
    )
    found, amendments = decide(answer(("north", TWELVE)), source)
    assert told(found) == [(TWELVE, (1,))]
    assert not amendments
    assert found.citations[0].passage_id == "north:9:0"


def test_several_versions_are_followed_to_the_last() -> None:
    """From twelve over fifteen to seventeen; and a change that was undone is none."""
    first = former("north", 1, TWELVE, (TWELVE, FIFTEEN))
    second = former("north", 2, FIFTEEN, (FIFTEEN, SEVENTEEN))
    found, [amendment] = decide(
        answer(("north", TWELVE)), Source(article("north", SEVENTEEN, version=3), (first, second))
    )
    assert told(found) == [(SEVENTEEN, (1,))]
    assert amendment.before == TWELVE
    back = former("north", 2, FIFTEEN, (FIFTEEN, TWELVE))
    same, none = decide(
        answer(("north", TWELVE)), Source(article("north", TWELVE, version=3), (first, back))
    )
    assert told(same) == [(TWELVE, (1,))]
    assert not none


def test_a_sentence_without_successor_goes() -> None:
    """One that was deleted, or whose place another sentence took that says something else; the
    numbers close up."""
    before = answer(("north", TWELVE), ("tide", BOATS))
    tide = Source(article("tide", BOATS))
    for after in ("", HARBOUR):
        change = former("north", 1, TWELVE, (TWELVE, after))
        north = Source(article("north", HARBOUR, version=2), (change,))
        found, [amendment] = decide(before, north, tide)
        assert told(found) == [(BOATS, (1,))]
        assert [(c.n, c.article_id) for c in found.citations] == [(1, "tide")]
        assert (amendment.why, amendment.after) == (Why.CORRECTED, "")


def test_a_withdrawn_article_bears_nothing() -> None:
    """Its sentences go; an answer of which nothing is left says so."""
    gone = Source(article("north", TWELVE, withdrawn=NOON))
    tide = Source(article("tide", BOATS))
    found, [amendment] = decide(answer(("north", TWELVE), ("tide", BOATS)), gone, tide)
    assert told(found) == [(BOATS, (1,))]
    assert (amendment.why, amendment.mark, amendment.at) == (Why.WITHDRAWN, "withdrawn", NOON)
    nothing, _ = decide(answer(("north", TWELVE)), gone)
    assert not nothing.answered
    assert nothing.text == NOTHING_LEFT
    assert not nothing.citations


def test_a_notice_that_repeats_what_was_wrong_bears_nothing() -> None:
    """The old words within the article's own notice of the correction are not its report."""
    notice = f"Correction: an earlier version of this article said: “{TWELVE}”"
    change = former("north", 1, TWELVE, (TWELVE, FIFTEEN))
    source = Source(article("north", FIFTEEN, notice, version=2, notice=notice), (change,))
    found, [amendment] = decide(answer(("north", TWELVE)), source)
    assert told(found) == [(FIFTEEN, (1,))]
    assert amendment.after == FIFTEEN


def test_a_models_sentence_is_judged_by_its_quotes() -> None:
    """While they stand it stays; when one falls, it goes, and what its articles say comes, word
    for word."""
    base = answer(("north", TWELVE), ("tide", BOATS), mode=Mode.LLM)
    wrote = replace(base, sentences=(Sentence("A dozen were hurt, all were saved.", (1, 2)),))
    tide = Source(article("tide", BOATS))
    same, none = decide(wrote, Source(article("north", TWELVE)), tide)
    assert (told(same), none) == ([("A dozen were hurt, all were saved.", (1, 2))], [])
    change = former("north", 1, TWELVE, (TWELVE, FIFTEEN))
    north = Source(article("north", FIFTEEN, version=2), (change,))
    found, [amendment] = decide(wrote, north, tide)
    assert told(found) == [(FIFTEEN, (1,)), (BOATS, (2,))]
    assert amendment.before == "A dozen were hurt, all were saved."


def report(name: str, text: str, before: str, after: str, hours: float = 1) -> Report:
    at = NOON + timedelta(hours=hours)
    fact = Fact(name, text, 0, len(text), at, FactKind.CHANGED, before, after)
    return Report(article(name, text), fact, "story")


def north(**more: object) -> Source:
    return Source(article("north", TWELVE), story_id="story", at=NOON, **more)  # type: ignore[arg-type]


def test_a_later_report_supersedes_a_value() -> None:
    """The old sentence stays and is marked, the newer one stands beside it with its citation."""
    before = answer(("north", TWELVE), ("north", BOATS))
    source = replace(north(), article=article("north", TWELVE, BOATS))
    found, [amendment] = decide(before, source, reports=(report("tide", FIFTEEN, "12", "Fifteen"),))
    assert told(found) == [(TWELVE, (1,)), (FIFTEEN, (2,)), (BOATS, (3,))]
    assert [s.superseded for s in found.sentences] == [True, False, False]
    assert [(c.n, c.article_id) for c in found.citations] == [
        (1, "north"),
        (2, "tide"),
        (3, "north"),
    ]
    assert (amendment.why, amendment.old, amendment.new) == (Why.SUPERSEDED, "Twelve", "Fifteen")
    again, none = decide(
        found,
        source,
        Source(article("tide", FIFTEEN)),
        reports=(report("tide", FIFTEEN, "12", "15"),),
    )
    assert (told(again), none) == (told(found), [])


@pytest.mark.parametrize(
    "other",
    [
        report("tide", FIFTEEN, "Twelve", "Fifteen", hours=-1),
        report("tide", FIFTEEN, "Nine", "Fifteen"),
        report("north", FIFTEEN, "Twelve", "Fifteen"),
        replace(report("tide", FIFTEEN, "Twelve", "Fifteen"), story_id="other"),
        report("tide", "Fifteen cars were damaged in Belmoor by a storm.", "Twelve", "Fifteen"),
    ],
    ids=["earlier", "another value", "the article itself", "another story", "not aligned"],
)
def test_what_supersedes_nothing(other: Report) -> None:
    """Only a later article of the same story does, by the cited sentence with another value."""
    found, amendments = decide(answer(("north", TWELVE)), north(), reports=(other,))
    assert (told(found), amendments) == ([(TWELVE, (1,))], [])


def test_a_models_sentence_without_the_value_is_not_superseded() -> None:
    """It may speak of something else that its quote says."""
    wrote = replace(answer(("north", TWELVE)), sentences=(Sentence("A ferry ran aground.", (1,)),))
    later = report("tide", FIFTEEN, "Twelve", "Fifteen")
    assert decide(wrote, north(), reports=(later,))[1] == []


def test_of_several_later_reports_the_last_counts() -> None:
    """Fifteen, then seventeen, both since the answer: seventeen stands there."""
    reports = (
        report("gazette", SEVENTEEN, "Fifteen", "Seventeen", hours=2),
        report("tide", FIFTEEN, "Twelve", "Fifteen"),
    )
    found, [amendment] = decide(answer(("north", TWELVE)), north(), reports=reports)
    assert told(found) == [(TWELVE, (1,)), (SEVENTEEN, (2,))]
    assert (amendment.old, amendment.new) == ("Twelve", "Seventeen")


def test_a_later_report_that_is_withdrawn_supersedes_no_longer() -> None:
    """The former sentence counts again."""
    found, _ = decide(
        answer(("north", TWELVE)), north(), reports=(report("tide", FIFTEEN, "Twelve", "Fifteen"),)
    )
    gone = Source(article("tide", FIFTEEN, withdrawn=NOON))
    after, [amendment] = decide(found, north(), gone)
    assert told(after) == [(TWELVE, (1,))]
    assert not after.sentences[0].superseded
    assert amendment.why is Why.WITHDRAWN


def test_a_conflict_goes_with_its_claims() -> None:
    """One whose claims stand keeps them under their new numbers."""
    before = answer(("north", TWELVE), ("tide", BOATS), ("gazette", HARBOUR))
    claims = [Claim("two", "Tide", NOON, 2), Claim("three", "Gazette", NOON, 3)]
    whole = Conflict("boats", tuple(claims))
    broken = Conflict("injured", (Claim("12", "North", NOON, 1), claims[0]))
    sources = (
        Source(article("north", TWELVE, withdrawn=NOON)),
        Source(article("tide", BOATS)),
        Source(article("gazette", HARBOUR)),
    )
    found, _ = decide(replace(before, conflicts=(whole, broken)), *sources)
    assert [[claim.n for claim in c.claims] for c in found.conflicts] == [[1, 2]]


def test_an_answer_survives_being_kept() -> None:
    """What is read back from its document is the same answer, marks and conflicts included."""
    base = answer(("north", TWELVE), ("tide", FIFTEEN))
    sentences = (replace(base.sentences[0], superseded=True), base.sentences[1])
    conflict = Conflict("injured", (Claim("12", "North", None, 1),), superseded=True)
    kept = replace(base, sentences=sentences, conflicts=(conflict,), note="A note.")
    assert Answer.from_json(kept.to_json()) == kept


def change(before: str, after: str, edit: int = 1) -> Amendment:
    return Amendment(Why.CORRECTED, NOON, before, after, "North", "north", "2", edit=edit)


def test_changes_that_were_not_told_yet_are_told_as_one() -> None:
    """Twice changed is once; changed back is not at all; others stand beside."""
    first, second = change(TWELVE, FIFTEEN), change(FIFTEEN, SEVENTEEN)
    [both] = netted([first], [second])
    assert (both.before, both.after, both.old, both.new) == (
        TWELVE,
        SEVENTEEN,
        "Twelve",
        "Seventeen",
    )
    assert netted([first], [change(FIFTEEN, TWELVE)]) == []
    assert len(netted([first], [change(BOATS, "")])) == 2


def test_a_note_tells_what_when_and_why() -> None:
    """In the chat's own time; the short line names the values; outside text is no markup."""
    source = Source(
        article("north", FIFTEEN, version=2, source="<b>North</b>"),
        (former("north", 1, TWELVE, (TWELVE, FIFTEEN)),),
    )
    found, amendments = decide(answer(("north", TWELVE)), source)
    speech = Speech(ZoneInfo("Asia/Tokyo"))
    [text] = render_amended(found, amendments, speech, last=True, messages=1)
    assert f"15 April, 22:00: corrected by <b>North</b>. It said before: “{TWELVE}”" in text.plain
    assert "&lt;b&gt;North&lt;/b&gt;" in text.html
    assert "not corrected again" in text.plain
    line = "I have corrected this answer: Fifteen people were injured, not Twelve."
    assert render_short(amendments).plain == line


def test_an_answer_keeps_as_many_messages_as_it_has() -> None:
    """Where less is left than its messages held, each still has a text, the note in the last."""
    found, amendments = decide(
        answer(("north", TWELVE)), Source(article("north", TWELVE, withdrawn=NOON))
    )
    speech = Speech(ZoneInfo("UTC"))
    texts = render_amended(found, amendments, speech, last=False, messages=3)
    assert len(texts) == 3
    assert texts[0].plain == NOTHING_LEFT
    assert "withdrew its article" in texts[2].plain


@pytest.mark.parametrize(
    ("value", "sentence", "words"),
    [
        ("15", "The grounding injured 15 people, the coastguard said.", "15 people"),
        ("301 million", "It is to cost 301 million crowns in all.", "301 million crowns"),
        ("Friday", "It opens on Friday.", "Friday"),
        ("13", "On the 13th they found 13 buoys.", "13 buoys"),
    ],
)
def test_a_value_is_named_with_what_it_counts(value: str, sentence: str, words: str) -> None:
    """Up to the end of its clause, and not more than a few words."""
    assert phrase(value, sentence) == words
