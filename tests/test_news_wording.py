"""Sentences as news words them: what the check lets by, and the lie beside it that it stops.

Asides, offices, lines that sign a quotation, speakers named afterwards, pronouns, "the minister".
The passages are of our own making; the patterns are those of real articles.
"""

from __future__ import annotations

import pytest

from bot.answering.checking.check import check

HARBOUR = (
    "Port Selby, located just behind the dunes, has been shaken by protests for weeks. Rep. Alma "
    "Reyne, D-Osk., stressed that the quay was empty. Victor Lund Jr. said in a news conference "
    "that 58 cranes had been sold. The Harbour Institute (Hafin) said ferries should stay in port. "
    "Odile Karst, of Tern Shipping, said the freight had doubled. The owners significantly raised "
    "the rent in 2024. The state-run channel Vela reported 40 arrests, and the quay may be closed. "
    "A court on Monday set the trial of the skipper for Friday, according to his lawyer, and ruled "
    "that the ship be sold. Fuel rose by 19 cents in the past week. Will the strike end in May?"
)
SCHOOL = (
    "Nora Tallis presented the plan on Tuesday. The minister will release 1.1 million crowns. Two "
    "teachers of the Ellery School were praised. The teachers had given lessons for nothing, their "
    "lawyer said. The parents' league has called off its march. “It is a cheaper gate,” said its "
    "chairman, Colm Ferris. “It still squeaks.” The mayor, Bea Quist, has not yet decided whether "
    "she will stand again. Hanno Brandt, a boy of nine, won a prize. “She looked tired,” the boy "
    "explained. Upton University said that it would build a hall. Ada Krol of Norham University "
    "called the hall a waste. A dog called Bosco found the key, and a cat called Mimi the lock."
)
REVIEW = (
    "“Soldiers are not our first concern. The greatest threat is the rising river.”\n\n"
    "-- Inia Sorel, minister of Vale\n\n"
    "“Malin Roth did not fail to act,” said Karel Vint. “She chose not to act.” The report did "
    "not mention the number of shops that were closed nor how many goods were seized. Rosa Helm "
    "found no poison in the beer. The watch in the tower was described by Ilse Both as “a bill "
    "without numbers”. Seven are from Texel, six from Urk, five from Wolm."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Port Selby has been shaken by protests for weeks.",
        "Rep. Alma Reyne stressed that the quay was empty.",
        "Victor Lund said 58 cranes had been sold.",
        "The Harbour Institute said ferries should stay in port.",
        "Odile Karst said the freight had doubled.",
        "The owners raised the rent in 2024.",
        "The quay may be closed.",
        "A court on Monday ruled that the ship be sold.",
        "A court on Monday set the trial of the skipper for Friday, according to his lawyer.",
    ],
)
def test_who_does_it_is_found_past_asides(sentence: str) -> None:
    """Located here, of that firm, of a party, in brackets, behind Jr., before an adverb."""
    assert check(sentence, HARBOUR).ok, check(sentence, HARBOUR).reason


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Tern Shipping stressed that the quay was empty.", "another speaker"),
        ("The Harbour Institute said 58 cranes had been sold.", "the next sentence's speaker"),
        ("58 cranes had been sold, Alma Reyne said in a statement.", "she said something else"),
        ("The quay will be closed.", "only possible there"),
        ("A court on Friday set the trial of the skipper for Monday.", "days that changed places"),
        ("Fuel rose by 19 cents in the past month.", "another span"),
        ("The strike will end in May.", "a question bears nothing"),
        ("Whatever the rent, ferries should stay in port.", "whatever"),
    ],
)
def test_what_news_says_is_not_given_to_another(sentence: str, why: str) -> None:
    """Speakers, days, spans and certainty are those of the passage."""
    assert not check(sentence, HARBOUR).ok, why


@pytest.mark.parametrize(
    "sentence",
    [
        "Nora Tallis will release 1.1 million crowns.",
        "The minister, Nora Tallis, will release 1.1 million crowns.",
        "The two teachers had given lessons for nothing, their lawyer said.",
        "“She looked tired,” Hanno Brandt explained.",
        "“It is a cheaper gate,” said the league's chairman, Colm Ferris.",
        "The mayor has not yet decided whether she will stand again.",
        "A dog called Bosco found the key.",
    ],
)
def test_a_sentence_may_name_whom_its_passage_points_at(sentence: str) -> None:
    """ "The minister", "the boy", "the two", "its chairman" of those who were named before."""
    assert check(sentence, SCHOOL).ok, check(sentence, SCHOOL).reason


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Colm Ferris will release 1.1 million crowns.", "another one"),
        ("The mayor has decided to stand again.", "it is left open"),
        ("Bea Quist has decided not to stand again.", "it is left open"),
        ("Norham University said that it would build a hall.", "another university"),
        ("“She looked tired,” Bea Quist explained.", "the mayor is no boy"),
        ("A cat called Bosco found the key.", "another animal"),
    ],
)
def test_pointing_words_are_not_for_anybody(sentence: str, why: str) -> None:
    """A pronoun or an office means who was named before, and no other."""
    assert not check(sentence, SCHOOL).ok, why


@pytest.mark.parametrize(
    ("sentence", "borne"),
    [
        ("“The greatest threat is the rising river,” said Inia Sorel.", True),
        ("“The greatest threat is the rising river,” said Karel Vint.", False),
        ("Rosa Helm said no poison was found in the beer.", True),
        ("The report did not mention how many goods were seized.", True),
        ("The report mentioned how many goods were seized.", False),
        ("Ilse Both described the watch as “a bill without numbers”.", True),
        ("Rosa Helm described the watch as “a bill without numbers”.", False),
        ("Six are from Urk, five from Wolm.", True),
        ("Five are from Urk, six from Wolm.", False),
    ],
)
def test_lines_that_sign_and_lists(sentence: str, borne: bool) -> None:
    """A name on the line below a quotation, a finding told as said, and lists in their order."""
    assert check(sentence, REVIEW).ok is borne, check(sentence, REVIEW).reason


MARKET = (
    "Otto Bray owned the club until his death in 2019, though he gave up its shares in 2014. "
    "The club went from Ivo Marsh to Pia Dorn. Dorn shot one of the country's first films. "
    "Rumours have filled the web, some suggesting that stacks of mustard are being hidden in "
    "barns. The firm Apelo is widely expected to unveil a phone. A nurse fell ill, but no other"
    " cases were found. The test simulates the launch without the rocket leaving its pad. "
    "Studios are up 14.3 percent to 1,555 crowns; houses, up 11.7 percent to 2,103 crowns. "
    "Tolva (TLV) said demand is falling."
)


@pytest.mark.parametrize(
    ("sentence", "borne"),
    [
        ("Otto Bray owned the club until his death in 2019.", True),
        ("Otto Bray owned the club until his death in 2014.", False),
        ("The club went from Ivo Marsh to Pia Dorn.", True),
        ("The club went from Pia Dorn to Ivo Marsh.", False),
        ("Dorn shot one of the country's first films.", True),
        ("Dorn shot the country's first film.", False),
        ("Stacks of mustard are being hidden in barns.", False),
        ("Apelo is expected to unveil a phone.", True),
        ("Apelo will unveil a phone.", False),
        ("A nurse fell ill, but no other cases were found.", True),
        ("A nurse fell ill, and other cases were found.", False),
        ("The test simulates the launch with the rocket leaving its pad.", False),
        ("Houses are up 11.7 percent to 2,103 crowns.", True),
        ("Houses are up 14.3 percent to 2,103 crowns.", False),
        ("Tolva said demand is falling.", True),
        ("Apelo said demand is falling.", False),
    ],
)
def test_slips_that_leave_each_word_true(sentence: str, borne: bool) -> None:
    """Each word stands there, but a year, a way, a rank, a doubt or a partner is another's."""
    assert check(sentence, MARKET).ok is borne, check(sentence, MARKET).reason


LINES = (
    'America stands by its friends."\n\n'
    "The ministry called the visit “a serious breach” of the treaty. “It was a chance,” said Kara "
    "Rees, who runs the brand.\n\n"
    "Velta wanted to grow. “We think it is an icon,” she said. Millions marked 75 years since the "
    "stroke of midnight on August 15, 1947 that ended nearly 200 years of foreign rule. Sales had "
    "fallen for years, but then stressed-out, homebound people wanted cheese. A drought is drying "
    "up the Colne, and the government is setting new limits and asking towns for a plan."
)


@pytest.mark.parametrize(
    ("sentence", "borne"),
    [
        ("The ministry called the visit “a serious breach” of the treaty.", True),
        ("Kara Rees called the visit “a serious breach” of the treaty.", False),
        ("“We think it is an icon,” said Kara Rees.", True),
        (
            "Millions marked 75 years since the stroke of midnight on August 15, 1947 that ended "
            "nearly 200 years of foreign rule.",
            True,
        ),
        ("Sales had fallen for years, but then homebound people wanted cheese.", True),
        ("The government is setting new limits and asking towns for a plan.", True),
    ],
)
def test_stray_marks_and_long_sentences_as_they_stand(sentence: str, borne: bool) -> None:
    """A lost quotation mark, "she said" of who spoke last, a date, who goes on behind "and"."""
    assert check(sentence, LINES).ok is borne, check(sentence, LINES).reason
