"""Who does what to whom, who says it, and whose office it is. Without a parser: by word order.

Around each verb that sentence and passage share, the words before and after are compared. It errs
where it can't tell: no verb of that meaning, or nothing beside it, is no objection.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.checking.bearing import aligned, are_things, close, points_at
from bot.answering.checking.meaning import LIGHT, same
from bot.answering.checking.reading import AUXILIARY, BE, REPORTS, TIMES, Passage, Reading, Word

_RELATIVE = frozenset("who which that whom".split())
_BREAKS = frozenset(
    "but while although though because after before when where if as since until".split()
)
_PREPOSITIONS = frozenset(
    "in on at for from with by to into over under after before against about during because as"
    " since until while than that which who but through near without within among between between".split()
)
_PLACED = frozenset("in on at for from to into over under against with near".split())
_SKIPPED = frozenset("not also now already still even never only soon again just so all".split())
_BESIDE = 3
_HARD = re.compile(r"[;:()“”\"„«»!?]|\s[–—-]\s|[.]\s")


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb with the telling words of who does it and to whom; either may be unknown: ()."""

    verb: Word
    doer: tuple[Word, ...]
    done_to: tuple[Word, ...]
    around: dict[str, tuple[Word, ...]]
    """By preposition, the words behind it: where, for what, against whom."""


def swapped(sentence: Reading, passage: Passage, numbers: Sequence[int]) -> str:
    """A deed that the bearing sentences give to another, or do to another; else ""."""
    held = [(at, deed) for at in numbers for deed in _deeds(passage.sentences[at])]
    for deed in _deeds(sentence):
        if deed.verb.stem in REPORTS:
            continue
        rivals = [(at, d) for at, d in held if same(deed.verb.stem, d.verb.stem)]
        if not rivals:
            continue
        if all(_clash(deed.doer, d.doer, passage, at) for at, d in rivals):
            return f"someone else is who “{deed.verb.text}” there"
        if all(_elsewhere(deed.around, d.around) for _, d in rivals):
            return f"it is somewhere or something else that is “{deed.verb.text}” there"
        if all(
            _clash(deed.doer, d.doer, passage, at)
            or _other_thing(deed.done_to, d.done_to, passage, at)
            for at, d in rivals
        ):
            return f"it is something else that is “{deed.verb.text}” there"
    return ""


def misattributed(sentence: Reading, passage: Passage, numbers: Sequence[int]) -> str:
    """Words given to another speaker or source than the passage gives them to; else ""."""
    outlets = _outlets(passage)
    for verb, speaker in _speakers(sentence):
        if all(word.stem in outlets for word in speaker):
            continue
        words = [w for w in sentence.content if w not in speaker and w.stem not in LIGHT | REPORTS]
        words += [word for word in sentence.words if word.stem in TIMES]
        told = [word for word in words if word.start > verb] or words
        at = max(numbers, key=lambda n: sum(bool(aligned(w, passage.sentences[n])) for w in told))
        if not _says(speaker, passage, at):
            said = " ".join(word.text for word in reversed(speaker))
            return f"it is not {said} who says so there"
    return ""


def _says(speaker: Sequence[Word], passage: Passage, at: int) -> bool:
    """Whether a sentence is told as this speaker's words; "she said" leaves it to those before."""
    held = passage.sentences[at]
    speakers = _speakers(held)
    if not speakers and any(word.verb and word.stem in REPORTS for word in held.words):
        return not _clash(speaker, (), passage, at)
    if not speakers and at:
        speakers, at = _speakers(passage.sentences[at - 1]), at - 1
    return any(not _clash(speaker, other, passage, at) for _, other in speakers)


def _outlets(passage: Passage) -> frozenset[str]:
    """The words that name who published it, by its heading and its dateline."""
    heading = passage.heading.split(" | ")
    source = passage.read(heading[-2]).stems if len(heading) > 1 else frozenset()
    dateline = re.match(r"\W*[A-Z][\w ,]+ \((\w[\w ]+)\)", passage.text)
    return source | (passage.read(dateline[1]).stems if dateline else frozenset())


def mistitled(sentence: Reading, passage: Passage) -> str:
    """A first name or an office put before another's name ("Mayor Tamm"); else ""."""
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


def misnamed(sentence: Reading, passage: Passage) -> str:
    """Someone who is said to be what another is ("Orlova is a former general"); else ""."""
    for clause in sentence.clauses:
        helpers = [at for at, word in enumerate(clause) if word.text.lower() in BE]
        if not helpers or any(word.verb for word in clause) or clause[0].denied:
            continue
        names = [word for word in clause[: helpers[0]] if word.name]
        nouns = [word for word in clause[helpers[0] :] if _tells(word) and not word.name]
        for noun in nouns[:_BESIDE]:
            if names and not any(_is(name, noun, passage) for name in names):
                return f"{names[-1].text} is not called “{noun.text}” there"
    return ""


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
        for first, second in zip(reading.words, reading.words[1:], strict=False)
        if second.name and first.content and reading.text[first.end : second.start] == " "
    ]


def _deeds(reading: Reading) -> list[Deed]:
    words = reading.words
    return [
        _deed(reading, at)
        for at, word in enumerate(words)
        if word.verb and not (at and words[at - 1].text == "not" and not _helped(words, at))
    ]


def _helped(words: Sequence[Word], at: int) -> bool:
    """Whether an auxiliary stands before a verb; "farms not included" has none and no doer."""
    return any(word.text.lower() in AUXILIARY for word in words[max(at - 3, 0) : at])


def _deed(reading: Reading, at: int) -> Deed:
    words = reading.words
    before, after, around = _left(reading, at), _right(reading, at), _around(reading, at)
    if _passive(words, at) or (_by(reading, at) and not after):
        return Deed(words[at], _by(reading, at), before, around)
    if words[at].stem in REPORTS and _inverted(reading, at):
        return Deed(words[at], after, (), around)
    return Deed(words[at], before, after, around)


def _left(reading: Reading, at: int) -> tuple[Word, ...]:
    """The telling words before a verb that it can belong to."""
    words, text = reading.words, reading.text
    back = at - 1
    while back >= 0 and words[back].text.lower() in AUXILIARY | _SKIPPED:
        back -= 1
    if back < 0:
        return ()
    aside = "," in text[words[back].end : words[min(back + 1, at)].start]
    found: list[Word] = []
    while back >= 0:
        word, lower = words[back], words[back].text.lower()
        gap = text[word.end : words[back + 1].start]
        if _HARD.search(gap) or (lower in _BREAKS and found):
            break
        if "," in gap and found:
            if not aside or any(w.name and not _possessive(w, text) for w in found):
                break
            aside = word.name or aside
        if lower in {"and", "or", "but"} and not found:
            return _of_verb_before(reading, back)
        if lower in {"and", "but"} and _comma_before(reading, back):
            break
        if lower in {"who", "which"} and ("," in gap or aside or not found):
            return _antecedent(reading, back)
        if lower in _RELATIVE and found:
            break
        if word.verb and not aside:
            if found:
                break
            return _left(reading, back)
        if _tells(word):
            found.append(word)
        elif word.text[0].isdigit() and not found:
            return ()
        back -= 1
    return tuple(found)


def _possessive(word: Word, text: str) -> bool:
    return text[word.start : word.end] != word.text


def _antecedent(reading: Reading, at: int) -> tuple[Word, ...]:
    """The telling words right before "who"."""
    found = []
    for word in reversed(reading.words[:at]):
        if word.text.lower() in {"of", "the", "a", "an"}:
            continue
        if not _tells(word) or word.verb:
            break
        found.append(word)
    return tuple(found)


def _of_verb_before(reading: Reading, at: int) -> tuple[Word, ...]:
    verbs = [n for n in range(at) if reading.words[n].verb]
    return _left(reading, verbs[-1]) if verbs else ()


def _comma_before(reading: Reading, at: int) -> bool:
    return at > 0 and "," in reading.text[reading.words[at - 1].end : reading.words[at].start]


def _right(reading: Reading, at: int) -> tuple[Word, ...]:
    """The telling words right behind a verb, up to the next preposition, verb or comma."""
    words, text = reading.words, reading.text
    found: list[Word] = []
    for n in range(at + 1, len(words)):
        gap = text[words[n - 1].end : words[n].start]
        if "," in gap or _HARD.search(gap):
            break
        if words[n].verb or words[n].text.lower() in _PREPOSITIONS | AUXILIARY | {"and", "or"}:
            break
        if _tells(words[n]):
            found.append(words[n])
    return tuple(found)


def _around(reading: Reading, at: int) -> dict[str, tuple[Word, ...]]:
    """What stands behind each preposition after a verb, up to the next verb or comma."""
    words, text = reading.words, reading.text
    found: dict[str, tuple[Word, ...]] = {}
    for n in range(at + 1, len(words)):
        gap = text[words[n - 1].end : words[n].start]
        if words[n].verb or "," in gap or _HARD.search(gap):
            break
        preposition = words[n].text.lower()
        if preposition in _PLACED:
            found[preposition] = found.get(preposition, ()) + _right(reading, n)
    return found


def _elsewhere(said: dict[str, tuple[Word, ...]], held: dict[str, tuple[Word, ...]]) -> bool:
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


def _by(reading: Reading, at: int) -> tuple[Word, ...]:
    words = reading.words
    for n in range(at + 1, len(words)):
        if words[n].verb or "," in reading.text[words[n - 1].end : words[n].start]:
            break
        if words[n].text.lower() == "by":
            return _right(reading, n)
    return ()


def _tells(word: Word) -> bool:
    return word.content and (word.name or word.stem not in LIGHT)


def _passive(words: Sequence[Word], at: int) -> bool:
    back = at - 1
    while back >= 0 and words[back].text.lower() in _SKIPPED:
        back -= 1
    lower = words[at].text.lower()
    if lower.endswith("ing") or back < 0:
        return False
    return words[back].text.lower() in BE


def _inverted(reading: Reading, at: int) -> bool:
    """Whether a reporting verb stands before its speaker: “…,” said Radek."""
    words, text = reading.words, reading.text
    gap = text[words[at - 1].end : words[at].start] if at else ""
    if at + 1 >= len(words) or not re.search(r"[,“”\"»'’]", gap):
        return False
    return _tells(words[at + 1]) and text[words[at].end : words[at + 1].start] == " "


def _speakers(reading: Reading) -> list[tuple[int, tuple[Word, ...]]]:
    """Who says what the sentence tells ("said", "according to"), each with the verb's position."""
    words = reading.words
    found = [(d.verb.start, d.doer) for d in _deeds(reading) if d.verb.stem in REPORTS]
    for at in range(len(words) - 1):
        if [words[at].text.lower(), words[at + 1].text.lower()] == ["according", "to"]:
            end = len(reading.text) if at else 0
            found.append((end, _right(reading, at + 1)))
    return [(at, speaker) for at, speaker in found if speaker]


def _clash(said: Sequence[Word], held: Sequence[Word], passage: Passage, at: int) -> bool:
    """Whether two groups of words can't mean the same one; `held` stands in sentence `at`."""
    names, nouns = _parted(said)
    held_names, held_nouns = _parted(held)
    if not said or any(a.stem == b.stem and (a.name or b.name) for a in said for b in held):
        return False
    if not held or (names and points_at(held)):
        known = passage.named_before(at)
        known = known.union(*(reading.stems for reading in passage.sentences[at : at + 2]))
        return bool(names) and not any(word.stem in known for word in names)
    if names and held_names:
        return True
    if any(same(a.stem, b.stem) for a in nouns for b in held_nouns):
        return False
    if are_things(said):
        return False
    return not any(close(a, b, passage) for a in said for b in held)


def _other_thing(said: Sequence[Word], held: Sequence[Word], passage: Passage, at: int) -> bool:
    """The same of what it is done to: one noun in common is enough, and unknown is no objection."""
    if not held or any(same(a.stem, b.stem) for a in said for b in held):
        return False
    return _clash(said, held, passage, at)


def _parted(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    return [w for w in words if w.name], [w for w in words if not w.name]
