"""Two sentences on one event: another value of the same thing, the same value, or nothing."""

from __future__ import annotations

import pytest

from ingest.claims import Difference, Stated, agrees, claims_in, differs, statements

FIRST = "A rockfall killed two workers at the Hallow quarry on Tuesday."


@pytest.mark.parametrize(
    ("first", "second", "values"),
    [
        ("The quake killed 12 people in Skarr.", "Fifteen people were killed in Skarr.",
         ("killed", "12", "Fifteen")),
        ("Eleven of the pilot whales have died.", "Twenty-three pilot whales have died.",
         ("died", "Eleven", "Twenty-three")),
        ("The bridge will cost 64 million marks.", "The new bridge is to cost 71 million marks.",
         ("cost", "64 million", "71 million")),
        ("Turnout was 39 percent.", "Turnout was 41 percent, Ada Krol said.",
         ("Turnout", "39 percent", "41 percent")),
        ("The lock reopens on 20 March.", "The lock will reopen on 22 March.",
         ("reopens", "20 March", "22 March")),
        ("Ada Krol has resigned.", "Ada Krol has not resigned.",
         ("resigned", "has resigned", "has not resigned")),
        # the same said twice, or of another thing, place, time or deed
        ("The quake killed 12 people in Skarr.", "Twelve people were killed by the quake.", None),
        ("The quake killed 12 people in Skarr.", "The quake killed 15 people in Texel.", None),
        ("The quake killed 12 people.", "The quake killed 15 dogs.", None),
        ("The quake killed 12 people.", "The quake injured 15 people.", None),
        ("The quake killed 12 people on Monday.", "The quake killed 15 people on Friday.", None),
        ("About 40 people were killed.", "The quake killed 43 people.", None),
        ("Two male workers were killed.", "The rockfall killed three workers.", None),
        ("The bank may close 12 branches.", "The bank will close 15 branches.", None),
        ("The quake hit on Monday, police said.", "The quake hit, police said on Friday.", None),
        ("Ada Krol won the race.", "Pia Dorn won the race.", None),
        ("Will Ada Krol resign in May?", "Ada Krol will not resign in May.", None),
        ("Milk costs 3 crowns in Skarr.", "Rain fell for 12 days.", None),
    ],
)  # fmt: skip
def test_another_value_of_the_same(
    first: str, second: str, values: tuple[str, str, str] | None
) -> None:
    """The word for what it is of, and both values as written; in doubt nothing, either way."""
    wanted = Difference(*values) if values else None
    assert differs(Stated(first), Stated(second)) == wanted
    back = differs(Stated(second), Stated(first))
    assert (back and {back.first, back.second}) == (wanted and {wanted.first, wanted.second})


def test_the_same_value_of_the_same() -> None:
    """In other words too; not where another thing has the value."""
    assert agrees(Stated(FIRST), Stated("Two workers were killed in the quarry.")) == "killed"
    assert agrees(Stated(FIRST), Stated("Two workers were hurt in the quarry.")) is None
    assert agrees(Stated(FIRST), Stated("Three workers were killed in the quarry.")) is None


def test_a_pronoun_means_what_the_article_is_about() -> None:
    """Its subject is that of the other sentence if the text around speaks of it."""
    price = Stated("The bridge will cost 64 million marks.")
    here = Stated("It will cost 71 million marks.", before="The bridge will open in May.")
    assert differs(price, here) == Difference("cost", "64 million", "71 million")
    assert differs(price, Stated("It will cost 71 million marks.", before="Rain fell.")) is None


def test_another_language_says_nothing() -> None:
    """Without a parse there is no doubt that could be settled."""
    first, second = (
        Stated(f"Das Beben tötete {n} Menschen in Skarr.", language="de") for n in (12, 15)
    )
    assert differs(first, second) is None
    assert agrees(first, first) is None
    assert claims_in("Das Beben tötete 12 Menschen.", "de") == ()


def test_statements_know_their_place_and_context() -> None:
    """Each sentence stands where it says, with the title, the lead and the sentence before."""
    text = "Rain fell. A dam broke.\n\nNobody was hurt."
    found = statements(text, "Flood", "en")
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert [one.before for one in found] == ["", "Rain fell.", "A dam broke."]
    assert {one.lead for one in found} == {"Rain fell. A dam broke."}


def test_what_a_sentence_claims() -> None:
    """Who does what to whom, how much, when, whether at all, and who says so."""
    [said, hurt] = claims_in("Police said that two boys had not been hurt by a dog on Monday.")
    assert (said.said_by, hurt.said_by) == ("", "Police")
    assert (hurt.who, hurt.whom) == (frozenset({"dog"}), frozenset({"boy"}))
    assert hurt.denied
    assert [quantity.value for quantity in hurt.quantities] == [2]
    assert [moment.text for moment in hurt.moments] == ["Monday"]
