"""Whether a message asks if something is true, and which claim it means."""

from __future__ import annotations

import pytest

from bot.answering.truth import as_claim, claim_asked_about


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


@pytest.mark.parametrize(
    ("asked", "claim"),
    [
        ("Is it true that the mayor left?", "The mayor left."),
        ("Has Klara Weiss resigned?", "Klara Weiss has resigned."),
        ("did the mayor leave", "The mayor did leave."),
        ("Was the ferry pulled off the bank on Wednesday?",
         "The ferry was pulled off the bank on Wednesday."),
        ("Were 12 people injured when the ferry ran aground?",
         "12 people were injured when the ferry ran aground."),
        ("Is Hanne Voss the harbour master?", "Hanne Voss is the harbour master."),
        ("Did the council of Belmoor approve Line 4?",
         "The council of Belmoor did approve Line 4."),
        ("Didn't the mayor leave?", "The mayor didn't leave."),
        ("Are there 12 injured?", "There are 12 injured."),
        ("The mayor left, is that right?", "The mayor left."),
        ("the ferry did sink, didn't it", "The ferry did sink."),
        ("Who pays for the tram?", "Who pays for the tram?"),
        ("The council voted for the tram.", "The council voted for the tram."),
    ],
)  # fmt: skip
def test_a_question_for_yes_or_no_is_a_claim(asked: str, claim: str) -> None:
    """The auxiliary goes behind its subject; what asks for more, or nothing, stays as it is."""
    assert as_claim(asked) == claim
