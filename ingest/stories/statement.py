"""What the sentences of an article state, each in the light of the others. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.reading.measures import (
    DATE,
    PEOPLE,
    Measure,
    counted_people,
    kind_of,
    measures,
    places_in,
)
from ingest.reading.notices import notice_in
from ingest.text.figures import Figure, figures
from ingest.text.sentences import sentence_spans
from ingest.text.words import content_words, names, stem

REACH = 3
"""How many sentences a value may stand apart from the earlier one whose place it takes."""
_POINTS_BACK = re.compile(r"^\W*(?:it|they|this|that|he|she|these|those)\b", re.IGNORECASE)
_THE_NUMBER = re.compile(
    r"\b(?:number|figure|total|count|toll|sum|price|cost|date)s? (?:is|was|are|should be)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence and what it states; `text` stands at [start:end] of its article's text.

    `held` are the stems of what the article's title, its first paragraph and, where the sentence
    points back, the sentence before say; `scene` the places that title and first paragraph name.
    `measures` is what it measures.
    """

    text: str
    stems: frozenset[str]
    names: frozenset[str]
    figures: tuple[Figure, ...]
    dates: frozenset[str]
    start: int = 0
    end: int = 0
    held: frozenset[str] = frozenset()
    scene: frozenset[str] = frozenset()
    measures: tuple[Measure, ...] = ()


def state(text: str, start: int = 0) -> Statement:
    """What a sentence states by itself; `start` is its place in its article's text."""
    return Statement(
        text,
        frozenset(map(stem, content_words(text))),
        frozenset(name.lower() for name in names(text)),
        tuple(figures(text)),
        frozenset(DATE.findall(text)),
        start,
        start + len(text),
    )


def statements(text: str, title: str = "", language: str | None = None) -> list[Statement]:
    """The sentences of an article, with what they measure in the light of the others.

    A correction's notice repeats what was wrong, so all that it measures is what was said earlier.
    """
    lead = text.partition("\n\n")[0]
    around = frozenset(map(stem, content_words(f"{title} {lead}")))
    scene = places_in(f"{title}. {lead}")
    stated: list[Statement] = []
    for start, end in sentence_spans(text, language):
        sentence = text[start:end]
        held = around
        if stated and _POINTS_BACK.search(sentence):
            held |= stated[-1].stems | stated[-1].held
        said = [] if sentence.endswith("?") else measures(sentence)
        if notice_in(sentence, language):
            said = [replace(measure, earlier=True) for measure in said]
        placed = replace(state(sentence, start), held=held, scene=scene)
        stated.append(replace(placed, measures=tuple(said)))
    return _replaced(stated)


def _replaced(stated: Sequence[Statement]) -> list[Statement]:
    """The statements, with what stands in the place of a value that was said earlier: "Fifteen
    people were treated. … The coastguard had spoken of 12 injured." counts 15 injured."""
    done = list(stated)
    own = {m.role for said in stated for m in said.measures if not m.earlier}
    for at, said in enumerate(stated):
        for old in said.measures:
            if not old.earlier or old.role in own:
                continue
            near = [
                *range(max(0, at - REACH), at),
                *range(at + 1, min(len(stated), at + 1 + REACH)),
            ]
            found = [(n, new) for n in near if (new := _in_place_of(old, stated[n]))]
            explicit = [(n, new) for n, new in found if _THE_NUMBER.search(stated[n].text)]
            chosen = explicit or found
            if len(chosen) == 1:
                n, new = chosen[0]
                done[n] = replace(done[n], measures=(*done[n].measures, new))
                own.add(old.role)
    return done


def _in_place_of(old: Measure, said: Statement) -> Measure | None:
    """A value of a sentence that can take the place of an earlier one."""
    if _THE_NUMBER.search(said.text) and len(said.figures) == 1:
        figure: Figure | None = said.figures[0]
    elif kind_of(old.role) == PEOPLE:
        figure = only(counted_people(said.text, old.who))
    else:
        return None
    if figure is None or f"{figure.value:g}{figure.unit}" == old.key or said.measures:
        return None
    return replace(old, text=figure.text, key=f"{figure.value:g}{figure.unit}", earlier=False)


def only(found: Sequence[Figure]) -> Figure | None:
    """The one number; None if there are more or none."""
    return found[0] if len(found) == 1 else None
