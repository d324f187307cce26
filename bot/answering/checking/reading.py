"""Sentences read for the check: words with what they are, clauses with what they deny. English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from ingest import content_words, figures, names, sentence_spans, stem

_TOKEN = re.compile(r"[^\W_]+(?:['’.&][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")

_FORMS = """
arise arose arisen|beat beaten|become became|begin began begun|bite bit bitten|blow blew blown
break broke broken|bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen
come came|cut|deal dealt|do did done|draw drew drawn|drive drove driven|eat ate eaten|fall fell fallen
feel felt|fight fought|find found|flee fled|fly flew flown|forbid forbade forbidden
forget forgot forgotten|freeze froze frozen|get got gotten|give gave given|go went gone
grow grew grown|hear heard|hide hid hidden|hit|hold held|hurt|keep kept|know knew known|lay laid
lead led|leave left|lend lent|let|lie lay lain|lose lost|make made|mean meant|meet met|pay paid|put
ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send sent|set
shake shook shaken|shoot shot|show shown|shut|sink sank sunk|sit sat|speak spoke spoken|spend spent
split|spread|stand stood|steal stole stolen|strike struck|swear swore sworn|swim swam swum
take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown
understand understood|wear wore worn|win won|withdraw withdrew withdrawn|write wrote written
"""
_BASE = {
    form: verb.split()[0]
    for line in _FORMS.strip().splitlines()
    for verb in line.split("|")
    for form in verb.split()[1:]
}
_PAST = frozenset(_BASE) | frozenset("cut hit hurt put set shut split spread".split())


def base(word: str) -> str:
    """A word's stem, where "rose" and "risen" are "rise"."""
    return stem(_BASE.get(word.lower(), word))


def stems(words: str) -> frozenset[str]:
    """The stems of a list of words, parted by blanks."""
    return frozenset(map(base, words.split()))


TIMES = stems(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december today yesterday tomorrow tonight morning"
    " evening afternoon night overnight noon midnight"
)
REPORTS = stems(
    "say tell state announce report write add warn claim explain note confirm declare insist argue"
    " stress mention reveal"
)
"""Verbs with which someone's words are told."""
_DENIERS = stems("deny denied refuse reject fail decline false unable lack cannot")
_NEGATIONS = frozenset(
    "not no never nobody none nothing neither nor without cannot nowhere hardly".split()
)
_PRESENT = frozenset(
    "want wants own owns say says plan plans hope hopes demand demands expect expects employ employs"
    " need needs oppose opposes support supports believe believes think thinks fear fears deny denies"
    " accuse accuses criticise criticises praise praises reject rejects remain remains cost costs"
    " face faces train trains lead leads call calls blame blames thank thanks refuse refuses".split()
)
_STARTS_CLAUSE = frozenset(
    "but while although though because which who whom whose where after before when if unless"
    " despite rather instead than".split()
)
AUXILIARY = frozenset(
    "am is are was were be been being has have had do does did will would can could may might must"
    " shall should to won't wouldn't didn't doesn't don't isn't aren't wasn't weren't hasn't"
    " haven't hadn't can't couldn't".split()
)
BE = frozenset("am is are was were be been being isn't aren't wasn't weren't".split())
_SUBJECTS = frozenset("i we he she they it you".split())
_ANYONE = frozenset("somebody someone anybody anyone everybody everyone".split())
_ADVERBS = frozenset("not also now already still even never only soon again just so all".split())
_DETERMINERS = frozenset("a an the his her its their this that these those some no of".split())


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands, whether it is a name, carries meaning, is a verb, is denied."""

    text: str
    stem: str
    start: int
    end: int
    name: bool
    content: bool
    verb: bool
    denied: bool
    clause: int


@dataclass(frozen=True)
class Reading:
    """A sentence and its words."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def content(self) -> tuple[Word, ...]:
        """The words that carry meaning; times and figures are looked at elsewhere."""
        return tuple(word for word in self.words if word.content)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(word.stem for word in self.words)

    @cached_property
    def clauses(self) -> tuple[tuple[Word, ...], ...]:
        """The words by clause, in order."""
        numbers = dict.fromkeys(word.clause for word in self.words)
        return tuple(tuple(w for w in self.words if w.clause == n) for n in numbers)

    @cached_property
    def values(self) -> frozenset[float]:
        """The values of its numbers."""
        return frozenset(figure.value for figure in figures(self.text))

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(word.stem for word in self.words if word.name)


def is_past(word: Word) -> bool:
    """Whether a verb is told as past: "spoke", "closed"."""
    lower = word.text.lower()
    return word.verb and (lower.endswith("ed") or lower in _BASE)


class Passage:
    """A passage and its sentences, with what its heading (title, publisher, date) says."""

    def __init__(self, text: str, heading: str = "") -> None:
        self.text = text
        self.heading = heading
        self.spans = sentence_spans(text)
        self._lower, self._upper = _cases(text, self.spans)
        self.sentences = tuple(self.read(text[start:end]) for start, end in self.spans)
        self.headed = self.read(heading)

    def read(self, text: str) -> Reading:
        """A sentence, where a capital makes a name unless the passage has the word without."""
        known = set(names(text))
        tokens = [*_TOKEN.finditer(text)]
        clauses = _clauses(text, tokens)
        denied = _denied(tokens, clauses)
        return Reading(
            text,
            tuple(
                replace(
                    self._word(text, tokens, at, match, known),
                    denied=denied[at],
                    clause=clauses[at],
                )
                for at, match in enumerate(tokens)
            ),
        )

    def _word(
        self,
        text: str,
        tokens: list[re.Match[str]],
        at: int,
        match: re.Match[str],
        known: set[str],
    ) -> Word:
        bare = _POSSESSIVE.sub("", match[0])
        dotted = re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]\.?", bare)
        bare = bare.replace(".", "") if dotted else bare
        stemmed = base(bare)
        content = bool(content_words(bare)) and stemmed not in TIMES and not bare[0].isdigit()
        name = content and bare[0].isupper() and self._is_name(text, match, stemmed, bare in known)
        verb = content and not name and _is_verb(tokens, at)
        return Word(bare, stemmed, match.start(), match.end(), name, content, verb, False, 0)

    def _is_name(self, text: str, match: re.Match[str], stemmed: str, known: bool) -> bool:
        if stemmed in self._upper:
            return True
        if stemmed in self._lower or match[0].lower() in _NEGATIONS | _ANYONE:
            return False
        return known or not _begins(text, match.start())

    def sentence_at(self, position: int) -> int | None:
        """The number of the sentence that holds a position of the text."""
        return next((at for at, (_, end) in enumerate(self.spans) if position < end), None)

    def speakers(self, at: int) -> frozenset[str]:
        """The names that a sentence's quotation may belong to: its own, else the ones before."""
        for earlier in range(at, max(at - 3, -1), -1):
            outside = re.sub(r"[“\"„«][^”\"“»]*[”\"“»]", " ", self.sentences[earlier].text)
            if found := self.read(outside).names:
                return found
        return frozenset()

    def named_before(self, at: int, reach: int = 3) -> frozenset[str]:
        """The names that a pronoun of this sentence most likely means: those before, nearest."""
        for earlier in range(at - 1, max(at - 1 - reach, -1), -1):
            if found := self.sentences[earlier].names:
                return found
        return frozenset()

    def before(self, numbers: Iterable[int], reach: int = 3) -> frozenset[str]:
        """The stems of the sentences before these, as far back as a pronoun may point."""
        back = {n for at in numbers for n in range(max(at - reach, 0), at)}
        return frozenset().union(*(self.sentences[n].stems for n in back))


def _begins(text: str, start: int) -> bool:
    """Whether a sentence or a quotation begins there."""
    return text[:start].rstrip()[-1:] in set(".!?:\"“„«‘'(|–—-\n") or not text[:start].strip()


def _cases(text: str, spans: list[tuple[int, int]]) -> tuple[set[str], set[str]]:
    """The stems that stand in lower case, and those with a capital inside a sentence."""
    lower: set[str] = set()
    upper: set[str] = set()
    for start, end in spans:
        sentence = text[start:end]
        for match in _TOKEN.finditer(sentence):
            word = base(_POSSESSIVE.sub("", match[0]))
            if match[0][0].islower():
                lower.add(word)
            elif not _begins(sentence, match.start()) and match[0][0].isupper():
                upper.add(word)
    return lower, upper - lower


@lru_cache(maxsize=4096)
def _denies(word: str) -> bool:
    return word in _NEGATIONS or word.endswith(("n't", "n’t", "nnot")) or base(word) in _DENIERS


def _denied(tokens: list[re.Match[str]], clauses: list[int]) -> list[bool]:
    """For each word whether its clause denies: an odd number of words that say no."""
    odd: dict[int, int] = {}
    for at, match in enumerate(tokens):
        word = match[0].lower()
        following = tokens[at + 1][0].lower() if at + 1 < len(tokens) else ""
        says_no = _denies(word) and (word, following) != ("not", "only")
        says_no |= word.startswith("rul") and following == "out"
        says_no |= (word, following) == ("too", "early")
        says_no |= (word, following) in {("rather", "than"), ("instead", "of")}
        odd[clauses[at]] = odd.get(clauses[at], 0) + says_no
    return [odd[clause] % 2 == 1 for clause in clauses]


def _clauses(text: str, tokens: list[re.Match[str]]) -> list[int]:
    """The number of each word's clause."""
    numbers, clause = [], 0
    for at, match in enumerate(tokens):
        word = match[0].lower()
        previous = tokens[at - 1] if at else None
        opening = next((tokens[n][0].lower() for n in range(at) if numbers[n] == clause), "")
        between = text[previous.end() : match.start()] if previous else ""
        after_report = (
            previous is not None
            and base(previous[0]) in REPORTS
            and previous[0].lower() not in {"note", "report", "state"}
        )
        if (
            re.search(r"[,;:()–—“”\"„«»]|\s-\s", between)
            or (word in _STARTS_CLAUSE and not (previous and previous[0].lower() == "rather"))
            or after_report
            or base(word) in _DENIERS - {"fail"}
            and tokens[at - 1][0].lower() in {"and", "also"}
            or word == "without"
            or (word in _SUBJECTS and opening == "without")
            or (
                word in _NEGATIONS and previous is not None and previous[0].lower() in {"for", "of"}
            )
            or _joins_clauses(tokens, at)
        ):
            clause += 1
        numbers.append(clause)
    return numbers


def _joins_clauses(tokens: list[re.Match[str]], at: int) -> bool:
    """Whether "and" or "or" stands before a clause with a verb of its own, not a mere noun."""
    if tokens[at][0].lower() not in {"and", "or"} or at + 1 >= len(tokens):
        return False
    return any(_is_verb(tokens, n) for n in range(at + 1, min(at + 5, len(tokens))))


def _is_verb(tokens: list[re.Match[str]], at: int) -> bool:
    word = tokens[at][0]
    if not word[0].islower() or word.lower() in AUXILIARY:
        return False
    back = at - 1
    while back >= 0 and tokens[back][0].lower() in _ADVERBS:
        back -= 1
    before = tokens[back][0].lower() if back >= 0 else ""
    if before in _DETERMINERS or (before == "to" and tokens[back - 1][0].lower() == "according"):
        return False
    return before in AUXILIARY or word in _PAST | _PRESENT or word.endswith("ed")
