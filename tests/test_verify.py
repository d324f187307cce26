"""The check of a written sentence against its passage: what is right passes, what is wrong not.

The cases are of our own making. The check was tuned on TUNED; REPORTED was written beside it and
only reported on.
"""

from __future__ import annotations

import pytest

from bot.answering.verify import check
from ingest import figures

FERRY = (
    "A passenger ferry ran aground at the entrance to Osterwick harbour on Tuesday evening, "
    "injuring 12 people, the coastguard said. The Grey Heron, carrying 184 passengers and a crew "
    "of nine, struck the Calder Bank at 17:52 local time. Nobody was missing, coastguard "
    'commander Ilse Brandt told reporters on the quay. "The ship is stable and no fuel has been '
    'lost," Brandt said. The company has suspended the Skarr service until at least Thursday.'
)
TRAM = (
    "The city council voted 31 to 24 on Tuesday night, with two abstentions, to connect the "
    "central station with the university campus at Fenside. Line 4 is to cost 286 million crowns, "
    "of which the national government pays 60 percent. Construction starts in March 2027, and the "
    "first trams are to run in September 2030. Mayor Adeline Frost thanked the council. Viktor "
    "Hale of the opposition criticised Frost for the price. Bus fares did not rise this year."
)
TUNED = [
    (FERRY, "The ferry ran aground on Tuesday evening, injuring 12 people.", True),
    (FERRY, "The Grey Heron carried 184 passengers and a crew of nine.", True),
    (FERRY, "Nobody was missing, Ilse Brandt said.", True),
    (FERRY, "The Skarr service is suspended until at least Thursday.", True),
    (FERRY, "Twelve people were injured, the coastguard said.", True),
    (FERRY, "The ferry ran aground on Tuesday evening, injuring 15 people.", False),
    (FERRY, "The ferry ran aground on Monday evening, injuring 12 people.", False),
    (FERRY, "The Grey Heron carried 9 passengers and a crew of 184.", False),
    (FERRY, "Somebody was missing, Brandt did not say who.", False),
    (FERRY, "The Blue Heron ran aground at Osterwick harbour.", False),
    (TRAM, "The council voted 31 to 24 for the connection.", True),
    (TRAM, "Line 4 is to cost 286 million crowns.", True),
    (TRAM, "The government pays 60% of the cost.", True),
    (TRAM, "Construction starts in March 2027.", True),
    (TRAM, "Line 4 is to cost 286 billion crowns.", False),
    (TRAM, "The council voted 24 to 30 for the connection.", False),
    (TRAM, "Bus fares rose this year.", False),
    (TRAM, "Frost criticised Viktor Hale for the price.", False),
    (TRAM, "Construction ends in March 2027.", False),
    (TRAM, "The mayor resigned after a scandal about money and gifts.", False),
]
REPORTED = [
    (FERRY, "The ship struck the Calder Bank at 17:52.", True),
    (FERRY, 'Brandt said "the ship is stable and no fuel has been lost".', True),
    (FERRY, "No fuel has been lost, according to Brandt.", True),
    (FERRY, "The accident happened at the entrance to Osterwick harbour.", True),
    (FERRY, "The company suspended the service to Skarr.", True),
    (FERRY, "The ship struck the Calder Bank at 18:52.", False),
    (FERRY, 'Brandt said "the ship is sinking fast".', False),
    (FERRY, "Fuel has been lost, according to Brandt.", False),
    (FERRY, "The service is suspended until at least Friday.", False),
    (FERRY, "Commander Anna Brandt spoke on the quay.", False),
    (TRAM, "There were two abstentions in the council's vote.", True),
    (TRAM, "The first trams are to run in September 2030.", True),
    (TRAM, "Viktor Hale criticised Frost for the price.", True),
    (TRAM, "Bus fares did not rise this year.", True),
    (TRAM, "The line will connect the central station with the campus at Fenside.", True),
    (TRAM, "The first trams are to run in October 2030.", False),
    (TRAM, "The national government pays 40 percent of the cost.", False),
    (TRAM, "The council rejected Line 4.", False),
    (TRAM, "Mayor Adeline Frost thanked the government.", False),
    (TRAM, "Line 4 is to cost 60 million crowns.", False),
]


@pytest.mark.parametrize(("passage", "sentence", "borne"), TUNED)
def test_each_case_that_it_was_tuned_on(passage: str, sentence: str, borne: object) -> None:
    """Right sentences pass, wrong ones are dropped with a reason."""
    verdict = check(sentence, passage)
    assert verdict.ok is borne, verdict.reason
    assert verdict.ok or verdict.reason
    assert verdict.quote in passage


def test_the_reported_cases(record_property: pytest.FixtureRequest) -> None:
    """Of the wrong sentences that it was not tuned on at most one passes, of the right ones 8."""
    wrong_kept = [s for p, s, borne in REPORTED if not borne and check(s, p).ok]
    right_kept = [s for p, s, borne in REPORTED if borne and check(s, p).ok]
    record_property("kept", f"{len(right_kept)} right, {len(wrong_kept)} wrong")  # type: ignore[operator]
    assert len(wrong_kept) <= 1, wrong_kept
    assert len(right_kept) >= 8, right_kept


def test_what_the_headings_tell_counts_as_told() -> None:
    """Title, publisher and date of an article may be used in a sentence about it."""
    heading = "Ferry aground | The Belmoor Courier | 14 April 2026"
    sentence = "A ferry ran aground at Osterwick on 14 April, The Belmoor Courier wrote."
    assert check(sentence, FERRY, heading).ok
    assert not check(sentence, FERRY).ok


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("twelve people", 12, ""),
        ("1.2 million crowns", 1_200_000, ""),
        ("1,200 people", 1200, ""),
        ("12 percent", 12, "%"),
        ("12.5%", 12.5, "%"),
        ("$3 billion", 3e9, "$"),
        ("40 euros", 40, "€"),
    ],
)
def test_numbers_are_read_with_their_unit(text: str, value: float, unit: str) -> None:
    """Digits, words, scales and units come to the same value."""
    [figure] = figures(text)
    assert (figure.value, figure.unit) == (value, unit)
