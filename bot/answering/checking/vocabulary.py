"""Classes of words, and the base of irregular verbs. English."""

from __future__ import annotations

import re

from ingest.text import LIGHT_WORDS, stem

_FORMS = """
arise arose arisen|beat beaten|become became|begin began begun|bite bit bitten|blow blew blown
break broke broken|bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen
come came|cut|deal dealt|do did done|draw drew drawn|drive drove driven|eat ate eaten
fall fell fallen|feel felt|fight fought|find found|flee fled|fly flew flown|forbid forbade forbidden
forget forgot forgotten|freeze froze frozen|get got gotten|give gave given|go went gone
grow grew grown|have has had|hear heard|hide hid hidden|hit|hold held|hurt|keep kept
know knew known|lay laid
lead led|leave left|lend lent|let|lie lay lain|lose lost|make made|mean meant|meet met|pay paid|put
ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send sent|set
shake shook shaken|shoot shot|show shown|shut|sink sank sunk|sit sat|speak spoke spoken|spend spent
split|spread|stand stood|steal stole stolen|strike struck|swear swore sworn|swim swam swum
take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown
undergo underwent undergone
understand understood|wear wore worn|win won|withdraw withdrew withdrawn|write wrote written
"""
_BASE = {
    form: verb.split()[0]
    for line in _FORMS.strip().splitlines()
    for verb in line.split("|")
    for form in verb.split()[1:]
}


TOKEN = re.compile(r"[^\W_]+(?:['’.&][^\W_]+)*")


def listed(text: str) -> frozenset[str]:
    """A list of words, parted by blanks."""
    return frozenset(text.split())


def base(word: str) -> str:
    """A word's stem, where "rose" and "risen" are "rise"."""
    return stem(_BASE.get(word.lower(), word))


def stems(text: str) -> frozenset[str]:
    """The stems of a list of words, parted by blanks."""
    return frozenset(map(base, text.split()))


PAST = frozenset(_BASE) | listed(
    "beat bid cast cost cut hit hurt let put quit set shut split spread"
)
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
VOICES = stems(
    "call describe estimate expect think believe demand criticise praise fear hope put accuse blame"
    " admit agree acknowledge concede"
)
"""Verbs that tell someone's view, as "said" does."""
LIGHT = (
    stems(
        "say said tell told according total number now currently also both reportedly about around"
        " roughly approximately some nearly almost just more than least most only still already far"
        " latest last next per cent percent dr mr mrs ms people there well including due"
        " use used go going set news article report it they one other own part overall meanwhile"
        " however late early thing able way hour minute day week month year half third quarter zero"
        " two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
        " hundred thousand million billion trillion m bn am pm a.m p.m km kilometre kilometer"
        " metre meter earlier later against between none won't rather instead another involve"
        " involving put nobody nothing find stand team hold cannot"
        " can't couldn't don't doesn't didn't isn't wasn't kind"
        " keep make take get give go come away"
        " bring speak spoke twice former would all every everyone each entire whole any know used"
        " earliest latest"
        " despite although though amid level amount figure size cm mm kg"
        " would will can must upon among via per like if undergo except"
    )
    | REPORTS
    | stems(" ".join(LIGHT_WORDS - {"lead", "leads", "led"}))
)
"""Words with no claim of their own, or one looked at elsewhere (numbers, times, who says so)."""
_PHRASES = {
    (base(verb), particle): base(meant)
    for verb, particle, meant in map(
        str.split,
        """
call off cancel|call for demand|call on urge|turn down reject|turn out prove|put off postpone
push back postpone|go up rise|go down fall|come down fall|go off ring
get in enter|turn up find|go through pass|set up found
set aside reserve|put aside reserve|find out learn|take over buy|take on hire|take part compete
take place happen|break out start|lay off dismiss|step down resign|step up increase
walk out strike|look for seek|look into investigate|shut down close|burn down destroy
pull out withdraw|cut down fell|give up forgo|back down yield|carry out do
""".strip()
        .replace("\n", "|")
        .split("|"),
    )
}


def phrase(verb: str, particle: str) -> str:
    """The stem of the one verb that a verb and its particle mean ("called off": cancel), or ""."""
    return _PHRASES.get((base(verb), particle.lower()), "")


INTENTS = stems("plan intend aim due want mean set")
"""What says no more than "will" does: "plans to come"."""
OBLIGED = stems("force oblige require need")
"""What says no more than "have to" and "must" do."""
FAIL = base("fail")
"""What says no more than "not" does: "failed to ring"."""
HAVE, KNOW = "have", "know"
"""Who owns what; and a word of every question, but in a sentence what is known or not."""
DENIERS = stems("deny denied refuse reject fail decline false unable lack cannot")
NEGATIONS = listed("not no never nobody none nothing neither nor without cannot nowhere hardly")
PRESENT = listed(
    "want wants own owns say says plan plans hope hopes demand demands expect expects employ"
    " employs need needs oppose opposes support supports believe believes think thinks fear fears"
    " deny denies accuse accuses criticise criticises praise praises reject rejects remain"
    " remains cost costs face faces trains leads call calls blame blames thank thanks"
    " refuse refuses know knows suspect suspects speak speaks belong belongs receive receives get"
    " gets give gives make makes take takes keep keeps become becomes begin begins include includes"
    " require requires allow allows employ employs produce produces provide provides carry carries"
    " join joins live lives seem seems appear appears contain contains sell sells buy buys pay pays"
    " lose loses bring brings seek seeks serve serves run runs sing sings drive drives"
    " hold holds prefer prefers admit admits insist insists agree agrees disagree"
)
STARTS_CLAUSE = listed(
    "but while although though because why which who whom whose where after before when if unless"
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
ADVERBS = listed(
    "first initially not yet also now already still even never only soon again just so all"
)
DETERMINERS = listed("a an the his her its their this that these those some no of")
GROUPS = listed(
    "company firm bank club team side ship ferry party union group city town country"
    " couple hosts visitors office ministry agency league institute museum inn hospital court"
    " trial study plan project deal offer storm fire dam bridge match game show film series book"
    " album song machine state nation province county island"
    " organisation organization"
    " utility regulator insurer dairy fund chain airline retailer shipyard manufacturer supplier"
    " brewery charity committee developer operator owner rival competitor maker home homes"
)
"""Nouns that stand for something that was named before, but for no person."""


def is_past_form(word: str) -> bool:
    """Whether a verb's form tells of the past: "spoke", "closed"."""
    return word.endswith("ed") or word in _BASE
