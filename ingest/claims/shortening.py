"""Whether a sentence is a shortening of one or two others, by their words and their grammar. Pure.

A sentence is one if all its words of matter stand there, if each depends there on what it depends
on here, and if nothing that takes its claim back was left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from ingest.claims.hanging import strangers
from ingest.claims.pairing import Pairing, bare
from ingest.claims.partners import other_owners, other_partners
from ingest.claims.withheld import as_sure, left_out, taken_back, turned
from ingest.claims.words import Text
from ingest.text.quantities import same
from ingest.text.times import same_time

_QUOTED = re.compile(r'"([^"]+)"')


def objections(said: Text, held: Text, around: Sequence[str]) -> Iterator[str]:
    """Why a sentence is no shortening of a text, one reason after the other; none if it is."""
    pair = Pairing(said, held, around)
    return chain(
        pair.unsaid(),
        inexact(said, held),
        misquoted(said, held),
        other_partners(pair),
        other_owners(pair),
        strangers(pair),
        turned(pair),
        as_sure(pair),
        taken_back(pair),
        left_out(pair),
    )


def inexact(said: Text, held: Text) -> Iterator[str]:
    """The numbers and times that do not stand there."""
    for one in said.quantities:
        if not any(same(one, other) for other in held.quantities):
            yield f"this number does not stand there: {one.text}"
    for time in said.moments:
        if not any(same_time(time, other) for other in held.moments):
            yield f"this time does not stand there: {time.text}"


def misquoted(said: Text, held: Text) -> Iterator[str]:
    """The quotations that are none there, or another."""
    quotes = [bare(quote) for quote in _QUOTED.findall(_closed(held.parsed.text))]
    for quote in _QUOTED.findall(said.parsed.text):
        if not any(bare(quote) in other for other in quotes):
            yield f"this is not quoted there: {quote}"


def _closed(text: str) -> str:
    """A text with its last quotation mark closed."""
    return text + '"' * (text.count('"') % 2)
