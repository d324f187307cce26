"""Who does what to whom, and who is what: the same in sentence and passage.

It errs where it can't tell: no verb of that meaning, or nothing beside it, is no objection.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.answering.checking.bearing import close
from bot.answering.checking.deeds import Deed, deeds, tells
from bot.answering.checking.identity import clash, elsewhere, other_thing
from bot.answering.checking.meaning import LIGHT, same
from bot.answering.checking.reading import Passage, Reading, Word, is_past
from bot.answering.checking.vocabulary import BE, REPORTS

_BESIDE = 3


def swapped(sentence: Reading, passage: Passage, numbers: Sequence[int]) -> str:
    """A deed that the bearing sentences give to another, or do to another; else ""."""
    held = [(at, deed) for at in numbers for deed in deeds(passage.sentences[at])]
    for deed in deeds(sentence):
        if deed.verb.stem in REPORTS:
            continue
        rivals = [(at, d) for at, d in held if same(deed.verb.stem, d.verb.stem)]
        if not rivals:
            continue
        if all(clash(deed.doer, d.doer, passage, at) and not _moved(deed, d) for at, d in rivals):
            return f"someone else is who “{deed.verb.text}” there"
        if all(elsewhere(deed.around, d.around) for _, d in rivals):
            return f"it is somewhere or something else that is “{deed.verb.text}” there"
        if all(
            (clash(deed.doer, d.doer, passage, at) and not _moved(deed, d))
            or other_thing(deed.done_to, d.done_to, passage, at)
            for at, d in rivals
        ):
            return f"it is something else that is “{deed.verb.text}” there"
    return ""


def _moved(said: Deed, held: Deed) -> bool:
    """ "The tax rises" where someone raises the tax."""
    return not said.done_to and any(same(a.stem, b.stem) for a in said.doer for b in held.done_to)


def mistitled(sentence: Reading, passage: Passage) -> str:
    """A first name or an office put before another's name ("Mayor Tamm"); else ""."""
    if other := _other_owner(sentence, passage):
        return other
    pairs = {(a.stem, b.stem) for held in passage.sentences for a, b in _beside(held)}
    pairs |= {(a.stem, b.stem) for a, b in _beside(passage.headed)}
    for first, second in _beside(sentence):
        if (first.stem, second.stem) in pairs or first.stem in LIGHT or first.verb:
            continue
        others = {b for a, b in pairs if a == first.stem} - {second.stem}
        before = {a for a, b in pairs if b == second.stem} - {first.stem}
        if others and (before or not first.name) and not close(first, second, passage):
            return f"{first.text} {second.text} is no one there"
    return ""


def _other_owner(sentence: Reading, passage: Passage) -> str:
    """What belongs to another there ("Marell's trade minister" is Sorland's); else ""."""
    held = {(a.stem, b.stem) for reading in passage.sentences for a, b in _owned(reading)}
    for owner, noun in _owned(sentence):
        others = {a for a, b in held if b == noun.stem}
        if others and owner.stem not in others and not close(owner, noun, passage):
            return f"the {noun.text} there is not {owner.text}'s"
    return ""


def _owned(reading: Reading) -> list[tuple[Word, Word]]:
    """Each name in the possessive with the nouns right behind it."""
    found = []
    for at, word in enumerate(reading.words):
        if word.name and reading.text[word.start : word.end] != word.text:
            for noun in reading.words[at + 1 : at + 1 + _BESIDE]:
                if not tells(noun) or noun.name or noun.verb:
                    break
                found.append((word, noun))
    return found


def misnamed(sentence: Reading, passage: Passage) -> str:
    """Someone who is said to be what another is ("Orlova is a former general"); else ""."""
    for clause in sentence.clauses:
        helpers = [at for at, word in enumerate(clause) if word.text.lower() in BE]
        if not helpers or any(_acts(word) for word in clause) or clause[0].denied:
            continue
        names = [word for word in clause[: helpers[0]] if word.name]
        nouns = [word for word in clause[helpers[0] :] if tells(word) and not word.name]
        for noun in nouns[:_BESIDE]:
            if names and not any(_is(name, noun, passage) for name in names):
                return f"{names[-1].text} is not called “{noun.text}” there"
    return ""


def _acts(word: Word) -> bool:
    """Whether a word is a verb and not "best" behind "was"."""
    return is_past(word) or (word.verb and word.text.endswith("ing"))


def _is(name: Word, noun: Word, passage: Passage) -> bool:
    """Whether a sentence calls this one that: beside each other, or "X is …", "she is …"."""
    if close(name, noun, passage):
        return True
    for at, held in enumerate(passage.sentences):
        words = held.words
        there = [n for n, word in enumerate(words) if same(word.stem, noun.stem)]
        for n in (n for n, word in enumerate(words) if word.text.lower() in BE):
            before = words[:n]
            known = (
                {w.stem for w in before}
                if any(w.name for w in before)
                else passage.named_before(at)
            )
            if name.stem in known and any(n < m for m in there):
                return True
    return False


def _beside(reading: Reading) -> list[tuple[Word, Word]]:
    """Each telling word with the name right behind it."""
    return [
        (first, second)
        for first, second in pairwise(reading.words)
        if second.name and first.content and reading.text[first.end : second.start] == " "
    ]
