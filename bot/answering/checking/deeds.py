"""Who does what to whom in one sentence: around each verb, by word order. Without a parser.

What can't be told is left open: ().
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.answering.checking.reading import Reading, Word
from bot.answering.checking.vocabulary import (
    ADVERBS,
    AUXILIARY,
    BE,
    HAVE,
    REPORTS,
    SUBJECTS,
    VOICES,
    is_past_form,
    listed,
)

_WHO = frozenset({"who", "which"})
_RELATIVE = listed("who which that whom")
_TOLD = frozenset({"that", "which", "who"})
_OBJECTS = listed("him them us me")
_BREAKS = listed("but while although though because after before when where if as since until")
_PREPOSITIONS = listed(
    "in on at for from with by to into over under after before against about during because as"
    " since until while than that which who but through near without within among between between"
)
_PLACED = listed("in on at for from to into over under against with near")
_DETERMINED = listed("the a an its his her their")
_HOW = re.compile(r"(?<!fami)(?<!assemb)(?<!supp)(?<!al)(?<!bul)(?<!ral)ly$")
""" "They significantly cut" it: an adverb does nothing."""
_PARTY = re.compile(r"[A-Z]-[A-Z][\w.]*(?=,)")
"""A politician's party and state: "Rep. Elaine Luria, D-Va., said"."""
_WHERE = listed("on in at during to last after this earlier")
_ABBREVIATED = listed("Jr Sr Dr Mr Mrs Ms Rep Sen Gov Gen Lt Col Sgt Prof St Rev Capt Sir")
_ENDS = re.compile(r" \w+ (?:[\w'’-]+ ){0,6}[\w'’-]+(?=[,.;]|$)")
""" "Said its chair, …" ends with who says it; "said the lock would open" goes on."""
_HARD = re.compile(r"[;:()“”\"„«»!?]|\s[–—-]\s|[.]\s")


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb with the telling words of who does it and to whom; either may be unknown: ()."""

    verb: Word
    doer: tuple[Word, ...]
    done_to: tuple[Word, ...]
    around: dict[str, tuple[Word, ...]]
    """By preposition, the words behind it: where, for what, against whom."""


def deeds(reading: Reading) -> list[Deed]:
    """Each verb of a sentence with who does it, and to whom."""
    words = reading.words
    return [
        _deed(reading, at)
        for at, word in enumerate(words)
        if _owns(words, at) or (word.verb and not _bare(words, at))
    ]


def _bare(words: Sequence[Word], at: int) -> bool:
    """Whether it is like "farms not included", with no auxiliary before "not", and no doer."""
    return at > 0 and words[at - 1].text == "not" and not _helped(words, at)


def _owns(words: Sequence[Word], at: int) -> bool:
    """Whether "has" stands alone: "has 45 workers", not "has left"."""
    if words[at].stem != HAVE or at + 1 == len(words) or words[at + 1].text in {"not", "to"}:
        return False
    return not any(word.verb or word.text.lower() in AUXILIARY for word in words[at + 1 : at + 4])


def _helped(words: Sequence[Word], at: int) -> bool:
    """Whether an auxiliary stands before a verb; "farms not included" has none and no doer."""
    return any(word.text.lower() in AUXILIARY for word in words[max(at - 3, 0) : at])


def _deed(reading: Reading, at: int) -> Deed:
    words = reading.words
    before, after, around = _left(reading, at), _right(reading, at), _around(reading, at)
    if _passive(words, at) or (_by(reading, at) and not after and not _has_done(words, at)):
        return Deed(words[at], _by(reading, at), before, around)
    if words[at].stem in REPORTS and _inverted(reading, at):
        return Deed(words[at], (*after, *_apposed(reading, after)), (), around)
    return Deed(words[at], before, after, around)


def _left(reading: Reading, at: int) -> tuple[Word, ...]:
    """The telling words before a verb that it can belong to, last one first."""
    words = reading.words
    back = at - 1
    while back >= 0 and words[back].text.lower() in AUXILIARY | ADVERBS:
        back -= 1
    back, aside = _past_aside(reading, back)
    found: list[Word] = []
    for n in range(back, -1, -1):
        if _HARD.search(_gap(reading, n)):
            break
        if found and _ends(reading, n, found, aside):
            break
        other = _redirected(reading, n, at, bool(found), aside)
        if other is not None:
            return other
        if words[n].telling and (words[n].name or not _HOW.search(words[n].text)):
            found.append(words[n])
    return tuple(found)


def _past_aside(reading: Reading, back: int) -> tuple[int, bool]:
    """Where who does it ends before a word, and whether a comma stands there: "Oberg, the deputy,
    wanted" tells who Oberg is, "Oberg, from Perth, wanted" does not."""
    if back >= 0 and ")" in _gap(reading, back):  # "the institute (Phivolcs) said"
        back = next((n for n in range(back - 1, -1, -1) if "(" in _gap(reading, n)), back)
        return back, False
    if back < 0 or "," not in _gap(reading, back):
        return back, False
    for n in range(back - 1, -1, -1):
        if _HARD.search(_gap(reading, n)):
            break
        if "," in _gap(reading, n):
            return (n, False) if _is_aside(reading, n) else (back, True)
    return back, True


def _is_aside(reading: Reading, at: int) -> bool:
    """Whether what begins behind a word does not say who it is: ", located in Perth,"."""
    first = reading.words[at + 1]
    if _PARTY.match(reading.text, first.start):
        return True
    return first.text.lower() in _PREPOSITIONS | {"of"} - _RELATIVE or (
        first.verb and first.text.lower() not in AUXILIARY and is_past_form(first.text.lower())
    )


def _gap(reading: Reading, at: int) -> str:
    """What stands between a word and the next, but for the point of "Jr."."""
    if reading.words[at].text in _ABBREVIATED:
        return reading.text[reading.words[at].end : reading.words[at + 1].start].replace(".", "")
    return reading.text[reading.words[at].end : reading.words[at + 1].start]


def _ends(reading: Reading, at: int, found: list[Word], aside: bool) -> bool:
    """Whether this word no longer belongs to the words found behind it."""
    word, lower = reading.words[at], reading.words[at].text.lower()
    if lower in _BREAKS or (lower in {"and", "but"} and at and "," in _gap(reading, at - 1)):
        return True
    if "," in _gap(reading, at):
        if aside and reading.words[at + 1].text.lower() in {"a", "an", "the"}:
            return False
        return not aside or any(w.name and not _possessive(w, reading.text) for w in found)
    return (word.verb and not aside) or (lower in _RELATIVE and not (aside and lower in _WHO))


def _redirected(
    reading: Reading, at: int, verb: int, found: bool, aside: bool
) -> tuple[Word, ...] | None:
    """The words to take instead: those before "who", or of the verb before "and" or "to"."""
    word, lower = reading.words[at], reading.words[at].text.lower()
    if lower in _WHO and (aside or not found):
        return _antecedent(reading, at)
    if lower == "whom" and aside:
        return _antecedent(reading, at)
    if found:
        return None
    if lower in SUBJECTS | _OBJECTS:
        return ()
    if lower in {"and", "or", "but"}:
        again = any(w.text.lower() in SUBJECTS for w in reading.words[at + 1 : verb])
        return () if again else _of_verb_before(reading, at, verb)
    if word.verb and not aside:
        again = any(w.text.lower() in SUBJECTS for w in reading.words[at + 1 : verb])
        return () if again else _left(reading, at)
    return () if word.text[0].isdigit() else None


def _possessive(word: Word, text: str) -> bool:
    return text[word.start : word.end] != word.text


def _antecedent(reading: Reading, at: int) -> tuple[Word, ...]:
    """The telling words right before "who"."""
    found = []
    for word in reversed(reading.words[:at]):
        if word.text.lower() in {"of", "the", "a", "an"}:
            continue
        if not word.telling or word.verb:
            break
        found.append(word)
    return tuple(found)


def _of_verb_before(reading: Reading, at: int, verb: int) -> tuple[Word, ...]:
    """Who does what stands before "and"; of "and said", who said or admitted the last thing."""
    verbs = [n for n in range(at) if reading.words[n].verb]
    if is_past_form(reading.words[verb].text.lower()):
        finite = [n for n in verbs if reading.words[n - 1].text.lower() != "to"]
        verbs = finite or verbs
    if "," in _gap(reading, at - 1):
        outer = [n for n in verbs if not _TOLD & {w.text.lower() for w in reading.words[:n]}]
        verbs = outer or verbs
    if reading.words[at + 1].stem in REPORTS:
        verbs = [n for n in verbs if reading.words[n].stem in REPORTS | VOICES] or verbs
    if verbs:
        return _left(reading, verbs[-1])
    return tuple(takewhile(lambda word: word.name, reading.words))[::-1]


def _right(reading: Reading, at: int) -> tuple[Word, ...]:
    """The telling words right behind a verb, up to the next preposition, verb or comma."""
    words, text = reading.words, reading.text
    found: list[Word] = []
    if at + 1 < len(words) and words[at + 1].text.lower() in _OBJECTS:
        return ()
    for n in range(at + 1, len(words)):
        gap = text[words[n - 1].end : words[n].start]
        if "," in gap or _HARD.search(gap):
            break
        if words[n].verb or words[n].text.lower() in _PREPOSITIONS | AUXILIARY | {"and", "or"}:
            break
        if words[n].telling:
            found.append(words[n])
    return tuple(found)


def _apposed(reading: Reading, words: Sequence[Word]) -> tuple[Word, ...]:
    """The name behind a comma that says who "its chair" is."""
    behind = [word for word in reading.words if words and word.start >= words[-1].end]
    if not behind or reading.text[words[-1].end : behind[0].start] != ", ":
        return ()
    return tuple(takewhile(lambda word: word.name, behind))


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


def _by(reading: Reading, at: int) -> tuple[Word, ...]:
    words = reading.words
    for n in range(at + 1, len(words)):
        lower = words[n].text.lower()
        if words[n].verb or "," in reading.text[words[n - 1].end : words[n].start]:
            break
        if lower in _BREAKS | _RELATIVE | {"and"}:
            break
        if lower == "by":
            return _right(reading, n)
    return ()


def _passive(words: Sequence[Word], at: int) -> bool:
    back = at - 1
    while back >= 0 and words[back].text.lower() in ADVERBS:
        back -= 1
    lower = words[at].text.lower()
    if lower.endswith("ing") or back < 0:
        return False
    return words[back].text.lower() in BE


def _has_done(words: Sequence[Word], at: int) -> bool:
    """Whether it is told as "had found"."""
    return at > 0 and words[at - 1].text.lower() in {"has", "have", "had"}


def _inverted(reading: Reading, at: int) -> bool:
    """Whether a reporting verb stands before its speaker: “…,” said Radek."""
    words, text = reading.words, reading.text
    gap = text[words[at - 1].end : words[at].start] if at else ""
    if at + 1 >= len(words) or not re.search(r"[,“”\"»'’]", gap):
        return False
    if words[at + 1].text in _DETERMINED:
        return _ENDS.match(text, words[at].end) is not None
    if not words[at + 1].telling or text[words[at].end : words[at + 1].start] != " ":
        return False
    named = [*takewhile(lambda word: word.telling and not word.verb, words[at + 1 :])]
    following = words[at + 1 + len(named) : at + 2 + len(named)]
    return not any(  # "Its spokeswoman, Tamsin Gale, said children were" hurt
        text[named[-1].end : word.start] == " " and word.text.lower() in AUXILIARY - {"to"}
        for word in (following if named else ())
    )


def speakers(reading: Reading) -> list[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    """Who says what the sentence tells ("said", "according to"), each with the words told."""
    words = reading.words
    found = [
        (_told(reading, at), deed.doer)
        for at, deed in ((words.index(deed.verb), deed) for deed in deeds(reading))
        if deed.verb.stem in REPORTS and not _compares(words, words.index(deed.verb))
    ]
    found += [
        (words[:at] or words, _right(reading, at + 1))
        for at in range(len(words) - 1)
        if [words[at].text.lower(), words[at + 1].text.lower()] == ["according", "to"]
    ]
    found += [
        (words[:at] or words, _right(reading, at))
        for at in range(1, len(words) - 1)
        if words[at].text == "per" and (words[at + 1].name or words[at + 1].text == "the")
    ]
    return [(told, speaker) for told, speaker in found if speaker]


def _compares(words: Sequence[Word], at: int) -> bool:
    """Whether it is like "higher than announced"."""
    return at > 0 and words[at - 1].text.lower() in {"than", "as"}


def _told(reading: Reading, at: int) -> tuple[Word, ...]:
    """What is said: before "said Radek", else behind "said", as far as its clause goes."""
    words = reading.words
    behind = words[at + 1 :]
    if at and (_inverted(reading, at) or not behind or _closes(reading, at)):
        return words[:at]
    if _only_says_where(reading, at):
        return words[:at]
    first = behind[0].clause
    again = (n for n, w in enumerate(behind) if w.clause != first and w.text in {"and", "but"})
    return behind[: next(again, len(behind))]


def _only_says_where(reading: Reading, at: int) -> bool:
    """Whether what is told stands before: "…, Enfamil said on Twitter"."""
    words = reading.words
    behind = [
        *takewhile(lambda word: "," not in _gap(reading, words.index(word) - 1), words[at + 1 :])
    ]
    return (
        bool(behind)
        and behind[0].text.lower() in _WHERE
        and not any(word.verb or word.text.lower() in AUXILIARY for word in behind)
        and any(re.search(r'[,”"]', _gap(reading, n)) for n in range(at))
    )


def _closes(reading: Reading, at: int) -> bool:
    """Whether no more is told behind "said": "…, the minister said, correcting herself"."""
    return re.match(r"\s*[,.;]", reading.text[reading.words[at].end :]) is not None
