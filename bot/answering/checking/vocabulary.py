"""Classes of words, and the base of irregular verbs. English."""

from __future__ import annotations

from ingest import stem

_FORMS = """
arise arose arisen|beat beaten|become became|begin began begun|bite bit bitten|blow blew blown
break broke broken|bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen
come came|cut|deal dealt|do did done|draw drew drawn|drive drove driven|eat ate eaten
fall fell fallen|feel felt|fight fought|find found|flee fled|fly flew flown|forbid forbade forbidden
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


def listed(text: str) -> frozenset[str]:
    """A list of words, parted by blanks."""
    return frozenset(text.split())


def base(word: str) -> str:
    """A word's stem, where "rose" and "risen" are "rise"."""
    return stem(_BASE.get(word.lower(), word))


def stems(text: str) -> frozenset[str]:
    """The stems of a list of words, parted by blanks."""
    return frozenset(map(base, text.split()))


PAST = frozenset(_BASE) | listed("cost cut hit hurt put set shut split spread")
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
DENIERS = stems("deny denied refuse reject fail decline false unable lack cannot")
NEGATIONS = listed("not no never nobody none nothing neither nor without cannot nowhere hardly")
PRESENT = listed(
    "want wants own owns say says plan plans hope hopes demand demands expect expects employ"
    " employs need needs oppose opposes support supports believe believes think thinks fear fears"
    " deny denies accuse accuses criticise criticises praise praises reject rejects remain"
    " remains cost costs face faces train trains lead leads call calls blame blames thank thanks"
    " refuse refuses"
)
STARTS_CLAUSE = listed(
    "but while although though because which who whom whose where after before when if unless"
    " despite rather instead than"
)
AUXILIARY = listed(
    "am is are was were be been being has have had do does did will would can could may might must"
    " shall should to won't wouldn't didn't doesn't don't isn't aren't wasn't weren't hasn't"
    " haven't hadn't can't couldn't"
)
BE = listed("am is are was were be been being isn't aren't wasn't weren't")
SUBJECTS = listed("i we he she they it you")
ANYONE = listed("somebody someone anybody anyone everybody everyone")
ADVERBS = listed("not also now already still even never only soon again just so all")
DETERMINERS = listed("a an the his her its their this that these those some no of")
GROUPS = listed(
    "company firm bank club team side ship ferry party union group city town country"
    " couple hosts visitors office ministry agency league institute museum inn hospital court"
    " trial study plan project deal offer storm fire dam bridge match game"
    " operator owner maker home homes"
)
"""Nouns that stand for something that was named before, but for no person."""


def is_past_form(word: str) -> bool:
    """Whether a verb's form tells of the past: "spoke", "closed"."""
    return word.endswith("ed") or word in _BASE
