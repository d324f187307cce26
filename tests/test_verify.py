"""The check of a written sentence against its passage: what is right passes, what is wrong not.

The cases are of our own making. The first check was tuned on TUNED; the one that followed was built
on the hostile set (benchmarks/hostile.jsonl) and had both lists before it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.answering.checking.check import check
from bot.answering.checking.crossing import crossed
from bot.answering.checking.ellipsis import completed
from bot.answering.checking.reading import Passage, Reading, Word
from ingest import opposite
from ingest.text import figures

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
    assert all(quote in passage for quote in verdict.quotes)
    assert verdict.instead in passage


def test_the_reported_cases() -> None:
    """No wrong sentence passes, and of the right ones all but one free paraphrase."""
    assert [s for p, s, borne in REPORTED if not borne and check(s, p).ok] == []
    assert len([s for p, s, borne in REPORTED if borne and check(s, p).ok]) >= 9


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
        ("twenty-six people", 26, ""),
        ("12.5%", 12.5, "%"),
        ("$3 billion", 3e9, "$"),
        ("40 euros", 40, "€"),
    ],
)
def test_numbers_are_read_with_their_unit(text: str, value: float, unit: str) -> None:
    """Digits, words, scales and units come to the same value."""
    [figure] = figures(text)
    assert (figure.value, figure.unit) == (value, unit)


HOSTILE = Path(__file__).parent.parent / "benchmarks"


def hostile(kind: str) -> tuple[str, str]:
    """The first item of a kind and the text of the article that it cites."""
    articles = {row["url"]: row["text"] for row in _rows("hostile_articles.jsonl")}
    rows = (row for row in _rows("hostile.jsonl") if row["part"] == "free")
    item = next(row for row in rows if row["kind"] == kind)
    return item["text"], articles[f"https://hostile.example/{item['cites']}"]


def _rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (HOSTILE / name).read_text().splitlines()]


@pytest.mark.parametrize(
    "kind", ["number", "names", "negation", "source", "premise", "injected", "quotation"]
)
def test_a_lie_of_each_kind(kind: str) -> None:
    """One of each kind that the check answers for is stopped, with a reason."""
    verdict = check(*hostile(kind))
    assert not verdict.ok
    assert verdict.reason


def test_a_value_that_a_later_article_corrects_is_borne_by_the_earlier_one() -> None:
    """What the check can't see: it looks at one passage (bot/answering/conflicts does)."""
    assert check(*hostile("superseded")).ok


RATES = (
    "The bank raised its rate by half a percentage point to 3.5 percent on Thursday. Nearly 300 "
    "people lost their job in May, some 40 km from Osmere. The fee is 12 euros a month. The hall "
    "is open from 9:30 to 17:00. The vote was 31 to 24. Losses of 2.1 billion crowns were found."
)


@pytest.mark.parametrize(
    ("sentence", "borne"),
    [
        ("The bank raised its rate by 0.5 percentage points.", True),
        ("The bank raised its rate by half a percent.", False),
        ("Almost 300 people lost their job in May.", True),
        ("300 people lost their job in May.", False),
        ("More than 300 people lost their job in May.", False),
        ("Nearly 300 people lost their job in June.", False),
        ("The fee is €12 a month.", True),
        ("The fee is €12 a week.", False),
        ("The fee is $12 a month.", False),
        ("The hall is open from 9.30 a.m. to 5 p.m.", True),
        ("The hall is open until 9:30.", False),
        ("The vote was 31-24.", True),
        ("The vote was 24 to 31.", False),
        ("Losses of 2.1 million crowns were found.", False),
        ("Losses of 2.1 billion dollars were found.", False),
    ],
)
def test_numbers_and_times_as_exact_as_they_stand(sentence: str, borne: bool) -> None:
    """Units, scales, rates, bounds, ends and order count; the way of writing does not."""
    assert check(sentence, RATES).ok is borne, check(sentence, RATES).reason


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "«{}»", "„{}“", "‘{}’"])
def test_a_quotation_in_any_marks_is_verbatim(marks: str) -> None:
    """The words between marks of every kind stand in the passage, said by that speaker."""
    right, wrong = "the ship is stable", "the ship is sinking"
    assert check(f"Brandt said {marks.format(right)}.", FERRY).ok
    assert not check(f"Brandt said {marks.format(wrong)}.", FERRY).ok
    assert not check(f"Calder said {marks.format(right)}.", FERRY).ok


def test_who_says_so_is_part_of_what_is_said() -> None:
    """Another speaker, and another publisher, are dropped; the heading's own one may be named."""
    heading = "Ferry aground | The Belmoor Courier | 14 April 2026"
    assert check("The coastguard said 12 people were injured.", FERRY).ok
    assert not check("The company said 12 people were injured.", FERRY).ok
    assert check("The Belmoor Courier reported that 12 people were injured.", FERRY, heading).ok
    assert not check("Northline reported that 12 people were injured.", FERRY, heading).ok


def test_a_failed_sentence_gives_way_to_what_stands_there() -> None:
    """The passage's own sentence of the same matter, verbatim; nothing where there is none."""
    verdict = check("Line 4 is to cost 286 billion crowns.", TRAM)
    assert verdict.instead.startswith("Line 4 is to cost 286 million crowns")
    assert check("The mayor resigned after a scandal about gifts.", TRAM).instead == ""


def test_one_sentence_bears_it_where_one_suffices() -> None:
    """The quote is no longer than the sentence that says so."""
    [quote] = check("Nobody was missing, Ilse Brandt said.", FERRY).quotes
    assert quote.startswith("Nobody was missing")
    assert quote.endswith("quay.")


CLUB = (
    "The club did not sell the stadium. Coach Ada Brem banned phones in the changing room. Its "
    "keeper saved 12 shots, four of them in the last minute. The union's leader Ilan Roe said "
    "members would strike. The club will not. Entry costs 14 crowns, compared with 9 crowns last "
    "year. Talks broke off after a year and a half. Nobody reported a loss; the hall is not full. "
    "Some fans left early, but nearly all players stayed. Anna Tovi trains with her brother."
)


@pytest.mark.parametrize(
    ("sentence", "borne"),
    [
        ("Phones were not allowed by coach Ada Brem in the changing room.", True),
        ("Phones were allowed by coach Ada Brem in the changing room.", False),
        ("The club failed to sell the stadium.", True),
        ("The club sold the stadium.", False),
        ("The club will not strike.", True),
        ("The club will strike.", False),
        ("Entry costs 14 crowns instead of 9.", True),
        ("Entry costs 9 crowns instead of 14.", False),
        ("Talks broke off after 18 months.", True),
        ("Talks broke off after 18 weeks.", False),
        ("The keeper saved four shots.", False),
        ("Half of the players stayed.", False),
        ("Ilan Roe trains with her brother.", False),
    ],
)
def test_numbers_denials_and_pronouns_hold_for_other_words(sentence: str, borne: bool) -> None:
    """A contrary denied says the same; what is left out, contrasted or pointed at is read."""
    assert check(sentence, CLUB).ok is borne, check(sentence, CLUB).reason


PRIZES = (
    "Tomas Hale was named best director for “Nine Chimneys”, whose star Imelda Rooke won the award "
    "for best actress. Sefu Daly was best actor in “The Glass Orchard”. The city holds 34 percent "
    "of the festival, the fund Norre 51 percent and the staff 15 percent. Tickets rose by 3 crowns "
    "to 12 crowns, a fifth more than last year. Pay goes up by 20 crowns a week. Seven "
    "managers left, and 19 cooks."
)


@pytest.mark.parametrize(
    ("sentence", "borne"),
    [
        ("Imelda Rooke won the award for best actress, and Sefu Daly was best actor.", True),
        (
            "Imelda Rooke won best actress in “The Glass Orchard”, and Sefu Daly was best actor in "
            "“Nine Chimneys”.",
            False,
        ),
        ("The city holds 34 percent, the fund Norre 51 percent.", True),
        ("The city holds 51 percent, the fund Norre 34 percent.", False),
        ("Tickets rose to 12 crowns, 20 percent more than last year.", True),
        ("Tickets rose by 12 crowns.", False),
        ("Tickets rose to 12 crowns, 20 percent less than last year.", False),
        ("Pay goes up by 20 crowns a month.", False),
        ("Seven managers left, 19 of them cooks.", False),
    ],
)
def test_what_belongs_together_stays_together(sentence: str, borne: bool) -> None:
    """Partners in a list, the way of a change, the time of a rate, the part of a whole."""
    assert check(sentence, PRIZES).ok is borne, check(sentence, PRIZES).reason


def test_partners_that_stand_crosswise_are_told_by_nearness_alone() -> None:
    """No verb is looked at: each name stands nearer to the other one's film there."""
    place = Passage(PRIZES)
    straight = "Imelda Rooke was best in “Nine Chimneys”, Sefu Daly in “The Glass Orchard”."
    across = "Imelda Rooke was best in “The Glass Orchard”, Sefu Daly in “Nine Chimneys”."
    assert crossed(place.read(straight), place.sentences[:2]) == ""
    assert crossed(place.read(across), place.sentences[:2])


BILL = (
    "The league would vote for the bill if the exemption was dropped, said its leader, Sven Corr. "
    "The insurer pays up to 30 million if power stays below 60 percent. Irena Valk sang in spite "
    "of a cold; the tenor Hugo Pasco received the applause. The Tern sails twice a day. The plan "
    "starts two weeks earlier than planned. Each beekeeper gets 400 crowns. All three parliaments "
    "have to agree. Minister Ada Brem said the rule had been the same for ten years. Colette Arvi "
    "called the rule absurd."
)


@pytest.mark.parametrize(
    ("sentence", "borne"),
    [
        ("The league would vote for the bill if the exemption was dropped.", True),
        ("The league would vote for the bill unless the exemption was dropped.", False),
        ("The insurer pays up to 30 million because power stays below 60 percent.", False),
        ("Irena Valk sang because of a cold.", False),
        ("Irena Valk sang in spite of a cold and received the applause.", False),
        ("The Tern sails twice a week.", False),
        ("The plan starts two weeks later than planned.", False),
        ("The beekeepers get 400 crowns in all.", False),
        ("One of the parliaments has to agree.", False),
        ("Colette Arvi said the rule had been the same for ten years.", False),
        ("The league would vote for the bill, said Hugo Pasco.", False),
        ("Colette Arvi called the rule absurd and said it had been the same for ten years.", False),
    ],
)
def test_small_words_and_speakers_are_part_of_the_claim(sentence: str, borne: bool) -> None:
    """If, unless, because, twice a day, earlier, each, all; and whose words they are."""
    assert check(sentence, BILL).ok is borne, check(sentence, BILL).reason


class Near:
    """Says how near everything is."""

    def __init__(self, whole: float, word: float) -> None:
        self._whole, self._word = whole, word

    def whole(self, sentence: str, quote: str) -> float:  # noqa: ARG002
        return self._whole

    def word(self, word: Word, sentence: Reading, held: Sequence[Reading]) -> float:  # noqa: ARG002
        return self._word

    def unlike(self, sentence: str, quote: str, word_for_word: bool) -> str:  # noqa: ARG002
        return ""


def test_a_free_paraphrase_passes_by_its_meaning_alone() -> None:
    """Words that stand nowhere pass if sentence and word come near; names and contraries do not."""
    paraphrase = "The coastguard reassured reporters that nobody was missing."
    assert check(paraphrase, FERRY, meaning=Near(0.9, 0.6)).ok
    assert not check(paraphrase, FERRY, meaning=Near(0.5, 0.2)).ok
    assert not check(paraphrase, FERRY).ok
    for lie in ("Nobody was missing, Anna Voss said.", "Viktor Hale praised Frost for the price.",
                "The ferry ran aground on Tuesday evening, injuring 15 people."):  # fmt: skip
        assert not check(lie, f"{FERRY} {TRAM}", meaning=Near(1.0, 1.0)).ok


@pytest.mark.parametrize(
    ("left_out", "before", "whole"),
    [
        ("The mayor will not.", "The council said it would pay.", "The mayor will not pay."),
        ("Two farms moved; the third did not.", "", "Two farms moved; the third did not moved."),
        ("The mayor will not pay.", "The council would go.", "The mayor will not pay."),
    ],
)
def test_a_verb_that_is_left_out_is_put_in(left_out: str, before: str, whole: str) -> None:
    """From the clause before, or the sentence before; whole sentences stay as they are."""
    assert completed(left_out, before) == whole


@pytest.mark.parametrize(
    ("first", "second", "contrary"),
    [("accept", "reject", True), ("rise", "fall", True), ("likely", "unlikely", True),
     ("accept", "approv", False), ("rise", "reject", False)],
)  # fmt: skip
def test_contraries(first: str, second: str, contrary: bool) -> None:
    """Either way round, and by "un"; not of one side, and not across pairs."""
    assert opposite(first, second) is contrary
    assert opposite(second, first) is contrary
