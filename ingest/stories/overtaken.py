"""Whether a later sentence says that what an earlier one states holds no longer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ingest.reading.revisions import stems_of
from ingest.stories.alignment import Difference
from ingest.stories.overtaking import overtaken_number
from ingest.stories.reversal import reversed_by
from ingest.stories.statement import Statement


def overtaken(
    said: Statement,
    beside: Sequence[Statement],
    title: str,
    later: Statement,
    *,
    plainly: bool = False,
) -> Difference | None:
    """What `said` states, and what `later`, a sentence of a later article on the same event, gives
    in its place; None if nothing, or in doubt.

    `said` is a sentence, in whatever words, of what the article with that `title` and the sentences
    `beside` states. `plainly`: only a number, where the later sentence names the older
    one, so that it is known without dates which is the later.
    """
    if later.text.rstrip().endswith("?") or not said.stems & (later.stems | later.held):
        return None
    known = _stems((title, *(other.text for other in beside)))
    found = overtaken_number(said, later, known, beside, plainly=plainly)
    return found if found or plainly else reversed_by(said, later, known)


@lru_cache(maxsize=64)
def _stems(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*map(stems_of, texts))
