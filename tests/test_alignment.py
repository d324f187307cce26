"""Whether two sentences state the same of the same thing with another value; and who says so."""

from __future__ import annotations

import pytest

from bot.answering.attribution import attributed
from bot.answering.truth import claim_asked_about
from ingest import agreements, denies, differences, state, statements


def between(first: str, second: str) -> list[tuple[str, str, str]]:
    """What two articles of one sentence or more say differently."""
    return [
        (d.about, d.first, d.second)
        for mine in statements(first)
        for theirs in statements(second)
        for d in differences(mine, theirs)
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            "A ferry ran aground off Osterwick on Tuesday, injuring 12 people.",
            "At least 15 people were injured when the ferry hit a bank on Tuesday.",
            ("injured", "12", "at least 15"),
        ),
        (
            "The earthquake in Varby killed nine people.",
            "The death toll of the earthquake in Varby has risen to eleven.",
            ("killed", "nine", "eleven"),
        ),
        (
            "The bridge is to cost 286 million crowns.",
            "The city now expects the bridge to cost 301 million crowns.",
            ("cost", "286 million crowns", "301 million crowns"),
        ),
        (
            "The tram line will open in September 2030.",
            "Opening of the line is now planned for March 2031.",
            ("opens", "September 2030", "March 2031"),
        ),
        (
            "The council approved the tram line after a long debate.",
            "The council rejected the tram line, the opposition said.",
            ("outcome", "approved", "rejected"),
        ),
        (
            "The jury convicted the former minister Ann Lee of fraud.",
            "The jury acquitted the former minister Ann Lee of fraud.",
            ("outcome", "convicted", "acquitted"),
        ),
        (
            "The meeting of the two ministers in Varby begins at noon on Friday, an official said.",
            "The meeting of the two ministers in Varby begins at noon on Thursday, an aide said.",
            ("starts", "Friday", "Thursday"),
        ),
        (
            "The prize for the best novel of the year went to the writer Maria Lund in Oslo.",
            "The prize for the best novel of the year went to the writer Karin Lund in Oslo.",
            ("name", "Maria", "Karin"),
        ),
        (
            "Nobody was injured in the fire at the mill.",
            "Four people were injured in the fire at the mill.",
            ("injured", "nobody", "Four"),
        ),
    ],
)
def test_the_same_thing_with_another_value(
    first: str, second: str, expected: tuple[str, str, str]
) -> None:
    """Numbers, money, dates, names and outcomes; the values as they are written."""
    assert expected in between(first, second)
    about, one, other = expected
    assert (about, other, one) in between(second, first), "in either order"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            "12 people were injured in Ankara.", "15 people were injured in Izmir.", id="places"
        ),
        pytest.param(
            "Tom Hill, aged 12, was injured.", "15 people were injured in the crash.", id="an age"
        ),
        pytest.param(
            "A 12-year-old girl was injured in the crash.",
            "15 people were injured in the crash.",
            id="another age",
        ),
        pytest.param(
            "City won the match 3 to 1 against United on Sunday.",
            "City won the match 2 to 0 against Rovers on Sunday.",
            id="scores",
        ),
        pytest.param(
            "In 2019, 40 people were killed in floods.",
            "In 2021, 55 people were killed in floods.",
            id="years",
        ),
        pytest.param(
            "Last year 40 people were killed on the road.",
            "So far 12 people were killed on the road.",
            id="last year",
        ),
        pytest.param(
            "40 people were injured in the crash.",
            "Eight children were injured in the crash.",
            id="a part and the total",
        ),
        pytest.param(
            "40 people were injured in the crash.",
            "Eight of them were badly injured.",
            id="some of them",
        ),
        pytest.param(
            "40 people were injured in the crash.",
            "Three more people were injured on Friday.",
            id="on top",
        ),
        pytest.param(
            "12 people were killed in the blast.",
            "30 people were injured in the blast.",
            id="killed and injured",
        ),
        pytest.param(
            "12 people were killed and 30 injured.",
            "42 people were killed or injured.",
            id="both together",
        ),
        pytest.param(
            "The bridge will cost 40 million crowns.",
            "The depot will cost 20 million crowns.",
            id="other things",
        ),
        pytest.param(
            "A sheriff arrested on June 28 by the state police pleaded not guilty.",
            "Kirk Wertz, 52, was arrested June 6 in Denver.",
            id="days of a month",
        ),
        pytest.param(
            "The tram line will cost 40 million crowns.",
            "The tram depot will cost 20 million crowns.",
            id="things of one name",
        ),
        pytest.param(
            "The school in Belmoor will cost 40 million crowns.",
            "Belmoor will build a tram. It is to cost 286 million crowns.",
            id="things of one place",
        ),
        pytest.param(
            "The line will cost 40 million crowns.",
            "The line will cost 20 million euros.",
            id="currencies",
        ),
        pytest.param(
            "The city set aside 3.5 million crowns to help shops along the line.",
            "The line will cost 286 million crowns.",
            id="another sum",
        ),
        pytest.param(
            "The tram line opens in March 2031.", "Applications open in January.", id="openings"
        ),
        pytest.param(
            "The council approved the tram line.",
            "The council rejected a motion to put it to a referendum.",
            id="another vote",
        ),
        pytest.param(
            "The council approved the tram line.",
            "The mayor asked whether the council should have rejected the tram line.",
            id="a wish",
        ),
        pytest.param(
            "The explosion on Monday killed five people.",
            "The explosion on Friday killed seven people.",
            id="days",
        ),
        pytest.param(
            "12 people were injured in the crash.",
            "Between 10 and 15 people were injured in the crash.",
            id="a range",
        ),
        pytest.param(
            "12 people were injured in the crash.",
            "In an earlier crash, 40 people were injured.",
            id="another event",
        ),
        pytest.param(
            "12 people were injured in the crash.",
            "The crash happened 15 days after ten boats were injured in a storm.",
            id="days and boats",
        ),
        pytest.param(
            "12 people were injured in the crash.",
            "At least 12 people were injured in the crash.",
            id="at least as many",
        ),
        pytest.param(
            "Line 4 will have 11 stops.", "Line 2 has 14 stations in the east.", id="names"
        ),
    ],
)
def test_different_things_are_not_aligned(first: str, second: str) -> None:
    """Other places, people, years, parts and sums: in doubt, nothing is said."""
    assert between(first, second) == []


def test_an_earlier_value_is_not_an_articles_own() -> None:
    """What the coastguard "had spoken of", and what a correction repeats, was said before; the
    number beside it takes its place."""
    report = "A ferry ran aground off Osterwick, injuring 12 people."
    update = (
        "Fifteen people were treated at the hospital in Osterwick. Two of them stayed overnight. "
        "The coastguard had spoken of 12 injured. Three more passengers came in by themselves."
    )
    correction = (
        "Correction: an earlier version of this report said that 12 people had been injured when "
        "the ferry ran aground. The number is 15."
    )
    assert between(report, update) == [("injured", "12", "Fifteen")]
    assert between(report, correction) == [("injured", "12", "15")]
    assert between(update, correction) == []
    [said], [other] = statements(report), statements("The crash injured 12 people.")
    assert agreements(said, other) == ["injured"]


def test_a_rise_names_the_earlier_value() -> None:
    """ "From 12 to 15": 15 is what it is now, 12 what it was."""
    rise = "The number of injured has risen from 12 to 15."
    assert between("12 people were injured.", rise) == [("injured", "12", "15")]
    assert between("15 people were injured.", rise) == []


def test_a_denial_says_the_same_and_not() -> None:
    """Nearly the same words, once with a negation; other values deny nothing."""
    said = state("The comet will be visible from Belmoor in October.")
    assert denies(said, state("The comet will not be visible from Belmoor in October."))
    assert not denies(said, state("The comet will not be visible from Belmoor in May."))
    assert not denies(said, state("The comet will be visible from Belmoor in October."))


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("A ferry ran aground, injuring 12 people, the coastguard said.", "coastguard"),
        ("Axios initially reported these discussions.", "Axios"),
        ("The White House says that 12 people were hurt.", "White House"),
        ("Twelve people died, according to police.", "police"),
        ("Nobody was missing, coastguard commander Ilse Brandt told reporters.",
         "coastguard commander Ilse Brandt"),
        ("He said that 12 people died.", ""),
        ("The number is said to be 15.", ""),
        ("The line opens in March.", ""),
    ],
)  # fmt: skip
def test_who_says_it(sentence: str, who: str) -> None:
    """As the sentence names them; a pronoun names nobody."""
    assert attributed(sentence) == who


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Is this true?", ""),
        ("is it true that the ferry sank?", "The ferry sank."),
        ("The ferry sank on Tuesday. Is this true?", "The ferry sank on Tuesday."),
        ("Is this true?\n“The ferry sank off Osterwick”", "The ferry sank off Osterwick."),
        ("Stimmt das?", ""),
        ("Stimmt es, dass die Fähre gesunken ist?", "Die Fähre gesunken ist."),
        ("¿Es verdad?", ""),
        ("¿Es cierto que el ferry se hundió?", "El ferry se hundió."),
        ("это правда?", ""),
        ("Правда ли, что паром затонул?", "Паром затонул."),
        ("هل هذا صحيح؟", ""),
        ("האם זה נכון?", ""),
        ("Is it so cold in Belmoor?", None),
        ("What is true love?", None),
        ("Who won the vote?", None),
    ],
)
def test_who_asks_whether_something_is_true(text: str, claim: str | None) -> None:
    """In six languages; the claim is what else the message says, or stands elsewhere ("")."""
    assert claim_asked_about(text) == claim
