"""Stories: which articles belong together, which are copies, and what each added."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from ingest import Article, FactKind, Newsroom, Settings, Story, Telling
from ingest.reading.notices import agency_in, is_retraction, notice_in
from ingest.stories.facts import facts_of
from ingest.stories.grouping import choose, traits_of
from ingest.stories.origins import is_copy, overlap, signature
from ingest.stories.versions import changes_between
from ingest.stories.window import Window
from tests.support.servers import postgres

T0 = datetime(2026, 5, 1, 8, tzinfo=UTC)
FIRE = (
    "A fire broke out in the Holm paper mill in Varby on Friday night, the fire service said. "
    "Twelve workers were taken to hospital with smoke poisoning. The mill's owner, Karl Lindqvist, "
    "said that production would stop for at least two weeks. Firefighters from four towns fought "
    "the flames until five in the morning. The cause is not known yet, and the police have opened "
    "an inquiry."
)
OTHER_FIRE = (
    "A fire destroyed a furniture warehouse in Dorrit on Saturday. Nobody was hurt, the fire "
    "service said. The warehouse belonged to the Nesbit chain, whose manager, Olga Brandt, put the "
    "damage at three million crowns. Firefighters fought the flames for six hours. The police are "
    "looking for a white van that was seen near the loading ramp."
)
UPDATE = (
    "Fifteen workers were taken to hospital with smoke poisoning after the fire in the Holm paper "
    "mill in Varby, three more than first reported. A pump that had run hot set paper dust "
    "alight, police inspector Maja Ek told reporters. Karl Lindqvist said that the mill would stay "
    "closed until July."
)


def article(text: str, key: str = "a", title: str = "A title") -> Article:
    return Article(id=key, title=title, text=text, language="en")


def told(text: str, key: str, hours: int = 0, origin: str = "") -> Telling:
    return Telling(article(text, key), T0 + timedelta(hours=hours), origin or key)


@pytest.fixture(params=["sqlite", "postgres"])
def newsroom(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Newsroom]:
    if request.param == "postgres":
        with (
            postgres(tmp_path) as url,
            Newsroom(Settings(data_dir=tmp_path / "data", database_url=url)) as room,
        ):
            yield room
    else:
        with Newsroom(Settings(data_dir=tmp_path / "data")) as room:
            yield room


def ingest(newsroom: Newsroom, tmp_path: Path, *articles: dict[str, str]) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text("\n".join(map(json.dumps, articles)))
    assert not newsroom.ingest([str(file)]).failures


def item(name: str, text: str, hours: int = 0, **more: str) -> dict[str, str]:
    return {
        "url": f"https://{name}.example/story",
        "title": f"Title of {name}",
        "source": name.title(),
        "published": (T0 + timedelta(hours=hours)).isoformat(),
        "text": text,
        **more,
    }


def story_with(newsroom: Newsroom, source: str) -> Story:
    found = [a for a in newsroom.latest(100) if a.source == source]
    story_id = newsroom.story_of(found[0].id)
    assert story_id
    story = newsroom.story(story_id)
    assert story
    return story


def test_articles_join_their_story_and_copies_their_origin(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    """Two fires are two stories; a reprint counts as its origin, an own report does not; the
    order in which a story's articles are told is that of time."""
    cut = FIRE.rpartition(" The cause")[0]
    ingest(
        newsroom,
        tmp_path,
        item("alpha", f"VARBY (Reuters) - {FIRE}", 0, title="Fire in Varby paper mill"),
        item("beta", cut, 1, title="Paper mill burns in Varby"),
        item("gamma", OTHER_FIRE, 2, title="Warehouse burns down in Dorrit"),
        item("delta", UPDATE, 9, title="Varby mill fire: now fifteen in hospital"),
    )
    mill = story_with(newsroom, "Alpha")
    assert [t.article.source for t in mill.tellings] == ["Alpha", "Beta", "Delta"]
    assert str(mill.coverage) == "1 agency report, 1 reprint, 1 independent"
    assert mill.independent == 2
    reprint = mill.tellings[1]
    assert reprint.origin_id == mill.tellings[0].article.id
    assert 0.6 < reprint.kept < 1
    assert (mill.first_seen, mill.last_seen) == (T0, T0 + timedelta(hours=9))
    assert str(story_with(newsroom, "Gamma").coverage) == "1 article"
    ids = [t.article.id for t in mill.tellings]
    assert newsroom.independent(ids) == 2
    assert newsroom.find_stories("paper mill fire in Varby", 1)[0].id == mill.id

    [change] = [fact for fact in mill.facts if fact.kind is FactKind.CHANGED]
    assert (change.before, change.after) == ("Twelve", "Fifteen")
    assert any("pump" in fact.text for fact in mill.facts)
    for fact in mill.facts:
        held = newsroom.article(fact.article_id)
        assert held
        assert held.text[fact.start : fact.end] == fact.text


def test_a_story_keeps_its_id_when_told_again_and_when_indexed_anew(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    """The same news twice, a changed article, a new index: no id that others hold changes."""
    first = item("alpha", FIRE)
    ingest(newsroom, tmp_path, first, item("delta", UPDATE, 9))
    before = story_with(newsroom, "Alpha").id
    changed = {**first, "text": FIRE.replace("Twelve", "Fourteen")}
    ingest(newsroom, tmp_path, changed)
    newsroom.reindex()
    story = story_with(newsroom, "Alpha")
    assert story.id == before
    assert [t.article.source for t in story.tellings] == ["Alpha", "Delta"]
    assert "Fourteen" in story.tellings[0].article.text


def test_a_correction_is_a_new_version_and_the_old_number_is_no_longer_found(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    """The old text is kept with the sentence that changed; searching finds the new one alone."""
    first = item("alpha", FIRE)
    ingest(newsroom, tmp_path, first)
    ingest(newsroom, tmp_path, {**first, "text": FIRE.replace(" Firefighters", "\n\nFirefighters")})
    assert newsroom.latest()[0].version == 1, "only white space changed"
    corrected = FIRE.replace("Twelve", "Fourteen")
    note = "Correction: An earlier version of this article gave a wrong number of workers."
    ingest(newsroom, tmp_path, {**first, "text": f"{corrected}\n\n{note}"})
    [now] = newsroom.latest()
    assert (now.version, now.notice) == (2, note)
    assert now.corrected is not None
    [former] = newsroom.versions(now.id)
    assert (former.version, former.text) == (1, FIRE)
    assert [(c.before[:6], c.after[:8]) for c in former.changes] == [
        ("Twelve", "Fourteen"),
        ("", "Correcti"),
    ]
    texts = [hit.passage.text for hit in newsroom.search("How many workers were in hospital?")]
    assert any("Fourteen" in text for text in texts)
    assert not any("Twelve workers" in text for text in texts)


def test_what_was_withdrawn_is_marked_and_not_found(newsroom: Newsroom, tmp_path: Path) -> None:
    """By its own words or by its page being gone; it stays in the archive."""
    retracted = item("beta", f"{OTHER_FIRE}\n\nThis article has been retracted.", 1)
    ingest(newsroom, tmp_path, item("alpha", FIRE), retracted)
    assert {hit.article.source for hit in newsroom.search("fire flames police")} == {"Alpha"}
    [alpha] = [a for a in newsroom.latest() if a.source == "Alpha"]
    assert newsroom.withdraw(alpha.id, "The page is gone.")
    assert not newsroom.withdraw(alpha.id, "The page is gone.")
    assert newsroom.search("fire flames police") == []
    kept = newsroom.article(alpha.id)
    assert kept
    assert (kept.withdrawn is not None, kept.notice) == (True, "The page is gone.")


def test_the_nightly_pass_joins_and_parts_without_losing_ids(tmp_path: Path) -> None:
    """Articles of one story that were placed apart come together; the id that goes leads on; two
    stories in one heap are parted, and the earlier keeps the id."""
    now = datetime.now(UTC) - timedelta(hours=20)
    with Newsroom(Settings(data_dir=tmp_path)) as newsroom:
        news = [
            item("alpha", FIRE), item("delta", UPDATE), item("gamma", OTHER_FIRE),
            item("eta", OTHER_FIRE.replace("three million", "four million"), 1),
        ]  # fmt: skip
        for n, one in enumerate(news):
            one["published"] = (now + timedelta(hours=n)).isoformat()
        ingest(newsroom, tmp_path, *news)
        mill, warehouse = story_with(newsroom, "Alpha"), story_with(newsroom, "Gamma")
        assert (len(mill.tellings), len(warehouse.tellings)) == (2, 2)

        with newsroom._stories.placing() as placing:  # as if one pass had gone wrong
            moving = placing.of_articles([t.article.id for t in warehouse.tellings])
            newsroom._placer._move(placing, moving, mill.id)
        assert newsroom.regroup() == (0, 1)
        parted = story_with(newsroom, "Gamma")
        assert story_with(newsroom, "Alpha").id == mill.id
        assert {t.article.source for t in parted.tellings} == {"Gamma", "Eta"}

        with newsroom._stories.placing() as placing:
            [delta] = placing.of_articles([mill.tellings[1].article.id])
            lonely = placing.start(replace(delta, article_id="other"), "")
            newsroom._placer._move(placing, [delta], lonely)
        assert newsroom.regroup()[0] == 1
        joined = newsroom.story(lonely)
        assert joined
        assert joined.id == mill.id
        assert len(joined.tellings) == 2


def test_a_story_that_sleeps_can_wake_but_asks_for_more() -> None:
    """The same likeness joins the next day, and half a year later it still can by an echo of the
    archive, with a lower score."""
    vector = np.eye(1, 8, dtype=np.float32)[0].tolist()
    old = replace(traits_of(article(FIRE, "old"), T0, [vector]), story_id="s")
    next_day = traits_of(article(UPDATE, "new"), T0 + timedelta(days=1), [vector])
    half_a_year = replace(next_day, at=T0 + timedelta(days=180))
    soon, late = (choose(new, Window(), [old]) for new in (next_day, half_a_year))
    assert soon.story_id == "s"
    assert late.score < soon.score


def test_copies_are_told_from_other_reports() -> None:
    """However cut, reordered or re-headlined; not for a shared topic or a shared quotation."""
    sentences = FIRE.split(". ")
    reordered = ". ".join([sentences[3], sentences[0], sentences[4], sentences[2]])
    assert is_copy(overlap(FIRE, reordered))
    assert overlap(FIRE, FIRE).kept == 1
    assert overlap(FIRE, sentences[0]).kept < 0.3
    assert not is_copy(overlap(FIRE, OTHER_FIRE))
    assert not is_copy(overlap(FIRE, UPDATE))
    assert (signature(FIRE) == signature(reordered)).mean() > 0.4
    assert not is_copy(overlap("", FIRE))
    series = overlap(FIRE, f"{sentences[0]}. {sentences[1]}. {OTHER_FIRE}")
    assert is_copy(series)
    assert not is_copy(series, own=True), "a publisher's own series shares its frame"


def test_two_articles_of_one_publisher_are_one_voice() -> None:
    """What is told of coverage counts publishers that speak for themselves, not articles."""

    def story(*told: tuple[str, str]) -> Story:
        tellings = tuple(
            Telling(replace(article(FIRE, f"{n}"), source=source), T0, origin)
            for n, (source, origin) in enumerate(told)
        )
        return Story("s", "H", T0, T0, tellings)

    own = story(("Post", "a"), ("Post", "b"), ("Tide", "c"))
    assert (own.independent, str(own.coverage)) == (2, "3 articles: 2 independent")
    reprinted = story(("Wire", "a"), ("Post", "a"), ("Tide", "a"), ("Post", "b"))
    assert (reprinted.independent, str(reprinted.coverage)) == (
        2,
        "1 report, 2 reprints, 1 independent",
    )
    assert story(("", "a"), ("", "b")).independent == 2, "unknown publishers may be two"


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("PARIS (Reuters) - The mayor said no.", "Reuters"),
        ("The mayor said no.\n\n— AP", "AP"),
        ("OSTERWICK, May 4 (Northline) – A ferry ran aground.", "Northline"),
        ("The mayor told Reuters that she said no.", ""),
        ("The Grey Heron (built 1987) - a ferry - ran aground.", ""),
        ("A map of the area (app) was shown.", ""),
    ],
)
def test_agencies_are_known_by_their_credit(text: str, agency: str) -> None:
    """A credit names the author; a mention in a sentence does not."""
    assert agency_in(text) == agency
    assert agency_in("Text.", ("Agence France-Presse",)) == "AFP"


def test_a_correction_notice_is_told_from_a_story_about_corrections() -> None:
    """The words of a notice at their place count, not the mere word."""
    assert notice_in("It rained. Correction: The mayor is Ann Lee.").startswith("Correction: ")
    assert notice_in("An earlier version of this story misspelled a name.")
    assert not notice_in("The minister asked for a correction of the figures in the report.")
    assert is_retraction("This article has been retracted.")
    assert not is_retraction("Correction: The vote was 31 to 24.")


@pytest.mark.parametrize(
    "later",
    [
        FIRE.replace(". ", ".\n\n"),
        f"By Ann Lee\n\n{FIRE}",
        f"{FIRE}\n\nRead more: The history of the mill\n\nMore on fires",
        f"{FIRE}\n\nUpdated 14:05 GMT",
        FIRE.upper().capitalize(),
        FIRE.replace("'", "’"),
    ],
)
def test_furniture_makes_no_new_version(later: str) -> None:
    """White space, byline, links, time stamps, quotation marks and case say nothing new."""
    assert changes_between(article(FIRE), article(later)) == ()


def test_changes_pair_each_sentence_with_the_one_that_it_replaces() -> None:
    """A reworded sentence is one change; one that is added or taken out stands alone; a new
    headline is a change too; a sentence that only moved is none."""
    longer = (
        f"{FIRE.replace('two weeks', 'three weeks')} The union asked for an inquiry of its own."
    )
    weeks, union = changes_between(article(FIRE), article(longer))
    assert "two weeks" in weeks.before
    assert "three weeks" in weeks.after
    assert (union.before, union.after) == ("", "The union asked for an inquiry of its own.")
    [gone] = changes_between(article(FIRE), article(FIRE.rpartition(" The cause")[0]))
    assert gone.after == ""
    assert len(changes_between(article(FIRE), article(FIRE, title="Another"))) == 1
    first, _, rest = FIRE.partition(". ")
    assert changes_between(article(FIRE), article(f"{rest} {first}.")) == ()


def test_facts_are_what_no_earlier_article_stated() -> None:
    """Rewordings and reprints add nothing; numbers, dates and names that differ are changes."""
    reworded = "Twelve workers of the mill in Varby were taken to hospital with smoke poisoning."
    facts = facts_of([told(FIRE, "a"), told(reworded, "b", 1), told(FIRE, "c", 2, origin="a")])
    assert [fact.article_id for fact in facts] == ["a"]
    moved = "Karl Lindqvist said that production would stop for at least five weeks."
    facts = facts_of([told(FIRE, "a"), told(moved, "d", 3), told(f"{moved} Bad.", "e", 4)])
    assert [(f.before, f.after) for f in facts if f.kind is FactKind.CHANGED] == [
        ("two weeks", "five weeks"),
    ]
    assert facts_of([]) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "The hall in Varby will be open four days from Monday, the palace said in a statement.",
            "The hall in Varby will be open 24 hours a day from Monday, the palace said later.",
        ),
        (
            "For the 23-year old Casper Ruud it was the second Grand Slam final that he lost.",
            "Casper Ruud takes on the 19-year old Carlos Alcaraz in the Grand Slam final.",
        ),
        (
            "She reigned for 70 years over the United Kingdom and fourteen other countries.",
            "The duties of the monarch developed over 1,000 years in the United Kingdom.",
        ),
        (
            "Ruud won the first set 7 games to 6 against Khachanov and the second 6 games to 2.",
            "Ruud won the third set 5 games to 7 against Khachanov and the fourth 6 games to 2.",
        ),
    ],
)
def test_numbers_of_other_things_are_no_changes(before: str, after: str) -> None:
    """Another number near the same words is not the same number changed."""
    facts = facts_of([told(before, "a"), told(after, "b", 1)])
    assert [fact for fact in facts if fact.kind is FactKind.CHANGED] == []
