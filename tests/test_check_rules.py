"""Rules of the check one by one, where in a whole sentence another rule would catch the same.

Each case fails when its rule is taken out.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.answering.checking.certainty import unreal
from bot.answering.checking.check import check
from bot.answering.checking.dating import mistimed
from bot.answering.checking.deeds import deeds
from bot.answering.checking.identity import clash
from bot.answering.checking.operators import turned
from bot.answering.checking.pointing import completes
from bot.answering.checking.quotations import misquoted
from bot.answering.checking.reading import Passage, Reading, Word
from bot.answering.checking.roles import misnamed
from bot.answering.checking.saying import speakers

EMPTY = Passage("")


def words(reading: Reading, *texts: str) -> list[Word]:
    return [word for word in reading.words if word.text in texts]


def test_from_one_to_another_is_not_the_other_way_round() -> None:
    """Names behind "from" and "to" keep their places."""
    held = "The club went from Ivo Marsh to Pia Dorn."
    assert turned("The club went from Pia Dorn to Ivo Marsh.", held)
    assert not turned(held, held)


def test_days_keep_to_their_words() -> None:
    """Two days that changed places are found by the words before them."""
    held = ["A Monday hearing set the trial for Friday."]
    assert mistimed("A Friday hearing set the trial for Monday.", held, Passage(held[0]))
    assert not mistimed(held[0], held, Passage(held[0]))


def test_what_is_denied_is_not_told_as_done() -> None:
    """ "Denies that it dragged" claims no deed; "it dragged" does."""
    place = Passage("The ship is said to have dragged its anchor.")
    assert not unreal(place.read("The firm denies that the ship dragged its anchor."), place, [0])
    assert unreal(place.read("The ship dragged its anchor."), place, [0])


def test_said_in_a_statement_tells_what_stands_before() -> None:
    """And "higher than announced" tells nothing."""
    told, speaker = speakers(EMPTY.read("58 cranes were sold, Alma Reyne said in a letter."))[0]
    assert {"cranes", "sold"} <= {word.text for word in told}
    assert {word.text for word in speaker} == {"Alma", "Reyne"}
    assert not speakers(EMPTY.read("The prize was higher than announced because Corbel paid."))


def test_names_and_offices_are_whose_they_are() -> None:
    """No university goes on as another, no minister is somebody else, no cat the dog."""
    place = Passage("Ohio State University will pay. Emory University will not.")
    said = place.read("Emory University will pay.")
    assert not completes(words(said, "Emory")[0], said, place, place.sentences[0])
    office = Passage("Nora Tallis, the minister, met Colm Ferris. The minister will pay.")
    held = words(office.sentences[1], "minister")
    assert clash(words(office.sentences[0], "Ferris"), held, office, 1)
    assert not clash(words(office.sentences[0], "Tallis"), held, office, 1)
    pets = Passage("A dog called Bosco came, and later in the day a cat called Mimi.")
    assert misnamed(pets.read("A cat called Bosco came."), pets)
    assert not misnamed(pets.read("A dog called Bosco came."), pets)


def test_titles_and_fact_sheets_are_quoted_by_anybody() -> None:
    """Nobody says a title; a fact sheet is the one that was named."""
    film = Passage("“Grey Game”, by Ola Brand, won. Netta Holm saw it.")
    assert not misquoted(film.read("Netta Holm saw “Grey Game”."), film)
    sheet = Passage(
        "A Tanglewood fact sheet came out. Palder and Modera help. Shots could start “in the "
        "second week of June”, according to the fact sheet."
    )
    said = "Shots could start “in the second week of June”, according to a Tanglewood fact sheet."
    assert not misquoted(sheet.read(said), sheet)


class Strict:
    """Takes nothing for alike but what is word for word, or everything near if it may."""

    def whole(self, sentence: str, quote: str) -> float:  # noqa: ARG002
        return 1.0

    def word(self, word: Word, sentence: Reading, held: Sequence[Reading]) -> float:  # noqa: ARG002
        return 1.0

    def unlike(self, sentence: str, quote: str, word_for_word: bool) -> str:  # noqa: ARG002
        return "" if word_for_word else "unlike"


@pytest.mark.parametrize(
    ("passage", "sentence", "borne"),
    [
        (
            "Hanno Brandt, a boy of nine, won. “She looked tired,” the boy explained.",
            "“She looked tired,” Hanno Brandt explained.",
            True,
        ),
        ("The fund pays back all federal loans.", "The fund pays back federal loans.", True),
        (
            "The fund pays back all federal loans.",
            "The fund pays back all federal and private loans.",
            False,
        ),
    ],
)
def test_nearness_adds_nothing_and_asks_no_more(passage: str, sentence: str, borne: bool) -> None:
    """All words standing there is word for word; a thing joined by "and" has to stand there."""
    assert check(sentence, passage, meaning=Strict()).ok is borne


@pytest.mark.parametrize(
    ("passage", "sentence"),
    [
        (
            "Dr Ottilie Marsh came by boat. Marsh is 40. She has raised the estimate to nine.",
            "Ottilie Marsh has raised the estimate to nine.",
        ),
        (
            "Inspector Greta Moss closed the quarry for three weeks.",
            "The quarry will stay closed for three weeks.",
        ),
        (
            "A drought is drying up the Colne. The government is setting limits and is asking "
            "towns for a plan.",
            "A drought is drying up the Colne, and the government is setting limits and is asking "
            "towns for a plan.",
        ),
    ],
)
def test_what_is_meant_without_being_said(passage: str, sentence: str) -> None:
    """A first name, a state that stays, the doer who goes on behind "and"."""
    assert check(sentence, passage).ok, check(sentence, passage).reason


def test_denial_keeps_to_its_clause() -> None:
    """Not over "that" behind a noun, nor over a comma and "but" behind a verb of telling."""
    law = EMPTY.read("They praised the law that did not pass.")
    assert not words(law, "praised")[0].denied
    date = EMPTY.read("The date has not been announced, but Vela reported it may come.")
    assert not words(date, "come")[0].denied


def test_verbs_and_who_does_them() -> None:
    """ "State-run" is no verb, and "had found" is done by whoever stands before it."""
    assert not words(EMPTY.read("The state-run channel is loud."), "run")[0].verb
    found = deeds(EMPTY.read("Zenobia Hartt had found “Salt” by Ambros Telliger."))
    assert {word.text for word in found[0].doer} == {"Zenobia", "Hartt"}


def test_a_country_is_not_whom_a_pronoun_means() -> None:
    """ "Two Russian officers" leave "her" to the name before them."""
    place = Passage("Greta Holm was held. Two Russian officers accused her. Her detention goes on.")
    assert words(place.sentences[0], "Holm")[0].stem in place.named_before(2)
