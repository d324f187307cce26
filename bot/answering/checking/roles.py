"""Who does what to whom, and who is what: the same in sentence and passage.

It errs where it can't tell: no verb of that meaning, or nothing beside it, is no objection.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise, permutations, takewhile

from bot.answering.checking.deeds import Deed, deeds
from bot.answering.checking.identity import clash, elsewhere, other_thing
from bot.answering.checking.pointing import callings, close
from bot.answering.checking.reading import Passage, Reading, Word, is_past
from bot.answering.checking.synonyms import same
from bot.answering.checking.vocabulary import BE, HAVE, PAST, REPORTS, listed, stems
from ingest.text import figures

_BESIDE = 3
_CALLED = listed("named called nicknamed dubbed")
_PHRASE = 6
_PLACES = listed("in at on for with from by to as")
"""What comes behind these says where someone is it, and no longer what."""
_SUMS = stems("million billion dollar euro pound crown percent")
_AMONG = re.compile(r"\b(?:among them|including|such as)\b", re.IGNORECASE)
_GIVES, _RECEIVES = stems("give grant award pay send sell"), stems("receive get obtain win buy")


def swapped(sentence: Reading, passage: Passage, numbers: Sequence[int]) -> str:
    """A deed that the bearing sentences give to another, or do to another; else ""."""
    held = [(at, deed) for at in numbers for deed in deeds(passage.sentences[at])]
    counted = _SUMS.union(*(figure.counts for figure in figures(sentence.text)))
    for deed in deeds(sentence):
        if deed.verb.stem in REPORTS:
            continue
        rivals = [(at, d) for at, d in held if _alike(deed.verb, d.verb)]
        if not rivals:
            continue
        if _headed(deed, passage) or any(_turned(deed, d) for _, d in rivals):
            continue
        if any(_among(deed, passage.sentences[at]) for at, _ in rivals):
            continue
        if all(clash(deed.doer, d.doer, passage, at) and not _moved(deed, d) for at, d in rivals):
            return f"someone else is who “{deed.verb.text}” there"
        if all(elsewhere(deed.around, d.around) for _, d in rivals):
            return f"it is somewhere or something else that is “{deed.verb.text}” there"
        if all(
            (clash(deed.doer, d.doer, passage, at) and not _moved(deed, d))
            or _other_thing(deed, d, passage, at, counted)
            for at, d in rivals
        ):
            return f"it is something else that is “{deed.verb.text}” there"
    return ""


def _among(said: Deed, held: Reading) -> bool:
    """Whether who does it is named "among them": "eleven gave up, among them Joren Vasse"."""
    named = _AMONG.search(held.text)
    return named is not None and any(
        word.name and word.stem == other.stem and word.start > named.start()
        for other in said.doer
        for word in held.words
    )


def _moved(said: Deed, held: Deed) -> bool:
    """ "The tax rises" where someone raises the tax."""
    return not said.done_to and any(same(a.stem, b.stem) for a in said.doer for b in held.done_to)


def _alike(said: Word, held: Word) -> bool:
    """Whether two verbs tell of one deed; those that say little ("came") only as they stand."""
    return said.stem == held.stem or (said.telling and same(said.stem, held.stem))


def _other_thing(
    said: Deed, held: Deed, passage: Passage, at: int, counted: Set[str] = frozenset()
) -> bool:
    """Whether it is done to another. Whoever wins a match beats a team: nouns tell the same verb's
    things apart, names those of any; `counted`, as in "lost 62 million dollars", is for numbers."""
    if said.done_to and all(word.stem in counted for word in said.done_to):
        return False
    names = any(word.name for word in said.done_to) and any(word.name for word in held.done_to)
    alike = said.verb.stem == held.verb.stem != HAVE
    return (names or alike) and other_thing(said.done_to, held.done_to, passage, at)


def _headed(deed: Deed, passage: Passage) -> bool:
    """Whether the heading tells the deed of the same one; names are for the passage to tell."""
    return not any(word.name for word in deed.doer) and any(
        other.doer
        and same(deed.verb.stem, other.verb.stem)
        and not clash(deed.doer, other.doer, passage, 0)
        and not _other_thing(deed, other, passage, 0)
        for other in deeds(passage.headed)
    )


def _turned(said: Deed, held: Deed) -> bool:
    """Whether one gives what the other receives: who does it is another by right."""
    return any(
        one in _GIVES and other in _RECEIVES
        for one, other in permutations((said.verb.stem, held.verb.stem))
    )


def mistitled(sentence: Reading, passage: Passage) -> str:
    """A first name or an office put before another's name ("Mayor Tamm"); else ""."""
    if other := _other_owner(sentence, passage):
        return other
    pairs = {(a.stem, b.stem) for held in passage.sentences for a, b in _beside(held)}
    pairs |= {(a.stem, b.stem) for a, b in _beside(passage.headed)}
    for first, second in _beside(sentence):
        if (first.stem, second.stem) in pairs or not first.telling or first.verb:
            continue
        others = {b for a, b in pairs if a == first.stem} - {second.stem}
        before = {a for a, b in pairs if b == second.stem} - {first.stem}
        if others and (before or not first.name) and not close(first, second, passage):
            return f"{first.text} {second.text} is no one there"
    return ""


def _other_owner(sentence: Reading, passage: Passage) -> str:
    """What belongs to another there ("Marell's trade minister" is Sorland's); else ""."""
    held = {(a.stem, b.text) for reading in passage.sentences for a, b in _owned(reading)}
    for owner, noun in _owned(sentence):
        others = {a for a, b in held if b == noun.text}
        if others and owner.stem not in others and not close(owner, noun, passage):
            return f"the {noun.text} there is not {owner.text}'s"
    return ""


def _owned(reading: Reading) -> list[tuple[Word, Word]]:
    """Each name in the possessive with the nouns right behind it, and of "chief of Corvin" both."""
    found = [
        (words[2], words[0])
        for words in zip(reading.words, reading.words[1:], reading.words[2:], strict=False)
        if words[1].text == "of" and words[2].name and words[0].telling and not words[0].name
    ]
    for at, word in enumerate(reading.words):
        if word.name and _possessive(word, reading):
            for noun in reading.words[at + 1 : at + 1 + _BESIDE]:
                if not noun.telling or noun.name or noun.verb:
                    break
                found.append((word, noun))
    return found


def misnamed(sentence: Reading, passage: Passage) -> str:
    """Someone who is said to be what another is ("Orlova is a former general"); else ""."""
    known = frozenset().union(*(held.stems for held in passage.sentences))
    for name, noun in (*_apposed(sentence), *_introduced(sentence), *_called(sentence)):
        if noun.stem in known and not _is(name, noun, passage):
            return f"{name.text} is not called “{noun.text}” there"
    for clause in sentence.clauses:
        helpers = [at for at, word in enumerate(clause) if word.text.lower() in BE]
        if not helpers or any(_acts(word) for word in clause) or clause[0].denied:
            continue
        names = [
            word for word in clause[: helpers[0]] if word.name and not _possessive(word, sentence)
        ]
        behind = takewhile(lambda word: word.text.lower() not in _PLACES, clause[helpers[0] :])
        nouns = [word for word in behind if word.telling and not word.name]
        for noun in nouns[:_BESIDE]:
            if names and not any(_is(name, noun, passage) for name in names):
                return f"{names[-1].text} is not called “{noun.text}” there"
    return ""


def _apposed(reading: Reading) -> list[tuple[Word, Word]]:
    """The names with a noun in apposition: "Orlova, a former judge, promised"."""
    words, text, found = reading.words, reading.text, []
    for at, word in enumerate(words[:-2]):
        beside = text[word.end : words[at + 1].start] == ", "
        source = at > 1 and words[at - 1].text == "to" and words[at - 2].text == "According"
        determined = words[at + 1].text.lower() in {"a", "an", "the"}
        if word.name and beside and determined and not source:
            nouns = [*takewhile(lambda w: w.content and not w.verb, words[at + 2 :])]
            noun = nouns[-1] if nouns else word
            closed = re.match(r"\s*[,.]|\s(?:of|who)\b", text[noun.end :])
            if closed and noun.telling and noun != word and not _possessive(noun, reading):
                found.append((word, noun))
    return found


def _called(reading: Reading) -> list[tuple[Word, Word]]:
    """The names that someone has by words: "a snake named Dionysus"."""
    found = []
    for at, word in enumerate(reading.words[:-1]):
        noun, name = reading.words[at - 1], reading.words[at + 1]
        if at and word.text in _CALLED and name.name and noun.telling and not noun.name:
            found.append((name, noun))
    return found


def _introduced(reading: Reading) -> list[tuple[Word, Word]]:
    """The names behind their noun: "its expert, Dr Emil Kovar"."""
    words, text, found = reading.words, reading.text, []
    for at, (noun, first) in enumerate(pairwise(words), 1):
        if not first.name or text[noun.end : first.start] != ", ":
            continue
        run = [*takewhile(lambda word: word.name, words[at:])]
        closed = re.match(r"\s*[,.;]|$", text[run[-1].end :])
        head = _headed_by(noun, words[:at])
        if closed and head.telling and not (head.name or head.verb or _possessive(head, reading)):
            found.append((run[-1], head))
    return found


def _headed_by(noun: Word, before: Sequence[Word]) -> Word:
    """The noun that "of the bank" follows, of "the head of the bank"; else the noun itself."""
    phrase = [*takewhile(lambda word: not word.verb, before[: -_PHRASE - 1 : -1])]
    of = next((n for n, word in enumerate(phrase) if word.text == "of"), len(phrase))
    return phrase[of + 1] if of + 1 < len(phrase) else noun


def _possessive(word: Word, reading: Reading) -> bool:
    return reading.text[word.start : word.end] != word.text


def _acts(word: Word) -> bool:
    """Whether a word is a verb and not "best" behind "was"; "to" leads one in."""
    lower = word.text.lower()
    return is_past(word) or lower == "to" or (word.verb and (lower in PAST or lower[-3:] == "ing"))


def _is(name: Word, noun: Word, passage: Passage) -> bool:
    """Whether a sentence calls this one that: beside each other, or "X is …", "she is …"."""
    if close(name, noun, passage):
        return True
    for at, held in enumerate(passage.sentences):
        told = (*_introduced(held), *_apposed(held))
        if (name.stem, noun.stem) in {(a.stem, b.stem) for a, b in told}:
            return True
        if noun.stem in callings(held) and name.stem in passage.named_before(at):
            return True
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
