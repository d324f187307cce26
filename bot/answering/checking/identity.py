"""Whether two groups of words can mean the same one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.checking.pointing import are_things, callings, close, points_at
from bot.answering.checking.reading import Passage, Word
from bot.answering.checking.synonyms import same
from bot.answering.checking.vocabulary import GROUPS, listed

KINDS = GROUPS | listed(
    "university school college council board government police army navy parliament church bureau"
    " commission authority service association federation society foundation"
)
"""What bodies are; one kind is never another: a ministry is no university."""


_ANY_KIND = listed("agency body organisation organization group institution")
"""What a body of any kind may be called."""


def clash(said: Sequence[Word], held: Sequence[Word], passage: Passage, at: int) -> bool:
    """Whether two groups of words can't mean the same one; `held` stands in sentence `at`."""
    names, nouns = _parted(said)
    held_names, held_nouns = _parted(held)
    if not said or _same_one(said, held) or _called(names, nouns, held_nouns, passage):
        return False
    if names and not held_names and (not held or _points(held, passage, at)):
        return not _meant(names, nouns, held, passage, at)
    if not held:
        return False
    if names and held_names:
        return True
    return not (_share(nouns, held_nouns) or are_things(said) or _free(said, held, passage, at))


def _points(held: Sequence[Word], passage: Passage, at: int) -> bool:
    """Whether these words name no one: "the company", or "the minister" alone."""
    return points_at(held) or {w.stem for w in held} <= callings(passage.sentences[at])


def _meant(
    names: Sequence[Word],
    nouns: Sequence[Word],
    held: Sequence[Word],
    passage: Passage,
    at: int,
) -> bool:
    """Whether words that point, or none, may mean one of these names."""
    if held and not points_at(held):
        return not _is_another(names, held, passage) and _known(names, passage, at)
    if held and _owned(held, passage, at) and _share(nouns, held):
        return _known(names, passage, at)
    return _pointed_at(names, held, passage, at)


def _free(said: Sequence[Word], held: Sequence[Word], passage: Passage, at: int) -> bool:
    """Whether nouns may mean what others do: they are nowhere there, right before, or beside."""
    names, _ = _parted(said)
    if not names and points_at(held) and any(a.stem in passage.before([at], 1) for a in said):
        return True
    if not names and not any(a.stem in held.stems for a in said for held in passage.sentences):
        return True  # a word that is nowhere there names no other; whether it fits is asked apart
    return any(close(a, b, passage) for a in said for b in held)


def _same_one(said: Sequence[Word], held: Sequence[Word]) -> bool:
    """Whether a name is in both; of two full ones it is the last word that has to be."""
    shared = {a.stem for a in said for b in held if a.stem == b.stem and (a.name or b.name)}
    if not shared or not (said[0].name and held[0].name):
        return bool(shared)
    if not {said[0].stem, held[0].stem} & shared:
        return False
    own, other = ({w.stem for w in words if w.name} - shared for words in (said, held))
    kinds = {w.stem for w in (*said, *held) if w.text.lower() in KINDS}
    return not (shared <= kinds and own and other)  # "Emory University", "Ohio State University"


def _called(
    names: Sequence[Word], nouns: Sequence[Word], held: Sequence[Word], passage: Passage
) -> bool:
    """Whether "the office" is "the Food Safety Office", as it is called elsewhere."""
    shared = [a for a in nouns if any(a.stem == b.stem for b in held)]
    return bool(names and shared) and all(close(name, shared[0], passage) for name in names)


def _pointed_at(names: Sequence[Word], held: Sequence[Word], passage: Passage, at: int) -> bool:
    """Whether a pronoun, or words like "the company", may mean one of these names."""
    if held and (all(w.stem in passage.persons for w in names) or _owned(held, passage, at)):
        return False
    kinds = {word.text.lower() for word in names} & KINDS
    if held and kinds and not (kinds | _ANY_KIND) & {word.text.lower() for word in held}:
        return False
    return _known(names, passage, at)


def _known(names: Sequence[Word], passage: Passage, at: int) -> bool:
    """Whether one of these is named right before a sentence, in it or in the next."""
    near = (reading.stems for reading in passage.sentences[at : at + 2])
    known = passage.named_before(at).union(*near)
    return any(word.stem in known for word in names)


def _is_another(names: Sequence[Word], called: Sequence[Word], passage: Passage) -> bool:
    """Whether "the minister" is someone whom the passage names, and none of these."""
    known = {word for held in passage.sentences for word in held.words if word.name}
    bearers = {name.stem for name in known if any(close(name, noun, passage) for noun in called)}
    return bool(bearers) and not any(name.stem in bearers for name in names)


def _share(nouns: Sequence[Word], held: Sequence[Word]) -> bool:
    return any(same(a.stem, b.stem) for a in nouns for b in held)


def other_thing(said: Sequence[Word], held: Sequence[Word], passage: Passage, at: int) -> bool:
    """The same of what it is done to: one noun in common is enough, and unknown is no objection."""
    if not held or any(same(a.stem, b.stem) for a in said for b in held):
        return False
    return clash(said, held, passage, at)


def elsewhere(said: dict[str, tuple[Word, ...]], held: dict[str, tuple[Word, ...]]) -> bool:
    """Whether behind one preposition stand other names, or quite other words."""
    for preposition in said.keys() & held.keys():
        (names, nouns), (held_names, held_nouns) = map(
            _parted, (said[preposition], held[preposition])
        )
        if names and held_names and not {w.stem for w in names} & {w.stem for w in held_names}:
            return True
        everything = [*held_names, *held_nouns]
        if (
            nouns
            and held_nouns
            and not names
            and not any(same(a.stem, b.stem) for a in nouns for b in everything)
        ):
            return True
    return False


def _parted(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    return [w for w in words if w.name], [w for w in words if not w.name]


def _owned(words: Sequence[Word], passage: Passage, at: int) -> bool:
    """Whether it is "their union" or "a company": then it is no one who was named before."""
    before = passage.sentences[at].text[: min(word.start for word in words)].split()
    return bool(before) and before[-1].lower() in {"their", "his", "her", "its", "a", "an"}
