"""Checks whether a passage bears a sentence. Pure but for a model that may be asked.

First what is written to machines is set aside, then the sentence is compared as `ingest.claims`
does. What that does not bear an entailment model may, where one is set; but no model can outvote
a number, a quotation or a "not" that is another in the passage.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from bot.answering.checking.orders import without_orders
from ingest.claims import Verdict, bears, nearest, vetoed

__all__ = ["Entails", "Verdict", "check"]


class Entails(Protocol):
    """A model that says whether a sentence follows from a passage."""

    def __call__(self, passage: str, sentence: str) -> bool: ...


def check(
    sentence: str,
    passage: str,
    heading: str = "",
    language: str | None = None,
    entails: Entails | None = None,
) -> Verdict:
    """Whether `passage` (with "title | publisher | date" in `heading`) bears `sentence`.

    `language` is the passage's. SettingsError if the model can't be used.
    """
    news = without_orders(passage)
    verdict = bears(sentence, news, heading, language)
    if verdict.ok or entails is None:
        return verdict
    quote = nearest(sentence, news, heading, language)
    if not quote:
        return verdict
    if veto := vetoed(sentence, news, heading, language):
        return replace(verdict, reason=veto)
    title = heading.partition(" | ")[0]
    if entails(f"{title}\n\n{news}".strip(), sentence):
        return Verdict(True, "", (quote,))
    return verdict
