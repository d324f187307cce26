"""Which words say much the same, as news writes them. English."""

from __future__ import annotations

from functools import cache

from bot.answering.checking.vocabulary import stems
from ingest.text import alike

_SAME = """
rise increase grow gain climb jump higher raise up|rise climb reach stand
fall drop decrease decline lose lower sink slip down|clear know|begin start open launch
end finish close conclude|close shut closure|reopen open|support back favour endorse welcome
oppose against|cut slash reduce reduction shorten|scrap cancel abandon|postpone delay put defer
buy purchase acquire take|sell sale|own hold belong|rival opponent competitor|steal theft thief
win victory beat defeat|kill die dead death fatal life|arrest detain hold held custody
acquit clear|convict guilty|sentence jail prison term imprison|ask request call demand urge
demand call want|ask invite|want wish seek|plan intend due schedule expect|expect anticipate think
build construct construction|work construction|fix repair|damage harm|destroy ruin
cause reason blame responsible|force have must need|come enter arrive|hit strike collide
quake earthquake tremor|stop suspend halt|decision decide vote|spectator crowd fan audience
rise more|cut halve|annual year yearly|market exchange|pay money|higher more|lower less fewer
leave evacuate flee quit depart|help assist aid|thank grateful|praise laud commend hail
criticise criticize slam attack fault|fine penalty|approve accept pass back clear
reject refuse dismiss turn|resign quit step|appoint name hire|recruit hire|dismiss fire sack
replace succeed successor|lead head chief chair run director boss
firm company business maker manufacturer|resident people inhabitant person|man male|woman female
child kid|doctor physician|researcher scientist|study trial research
find found discover detect locate|missing gone|show reveal find|measure record reach
estimate put value|cost price worth expensive|pay fund finance|salary pay wage|promise pledge vow
warn caution|visit come trip|fire blaze wildfire|vote ballot election poll|first initially
both twice two|goal score|match game|film movie|car vehicle|aircraft plane|ship vessel boat ferry
blackout outage|big large great major|main key chief principal|small little minor|quick fast rapid
contest race|talk speak discuss negotiation|agree agreement deal|say state tell announce declare
ill sick sickness illness|fell become became get|recover recovery|test check|stable steady
allow permit let|ban forbid prohibit|include involve contain comprise|country nation|town city
area region zone|resume restart|continue go|host stage held|receive get give|give hand
happen occur|burn burned burnt|apologise apologize apology sorry|protest object complain
abstain abstention|available have|everyone all every everybody|except but apart|ring off sound
instead rather|tree fallen|finish end come place|remain stay keep still|become get grow
fall come drop tumble collapse crash|rescue save pull free|beneath under below|across over|onto on
rubble debris stone rock|consider think believe view regard see deem|soon early
order instruct tell|urge recommend advise encourage ask call|cover pay fund meet
cover include look examine|pleased welcome happy glad delighted
shopkeeper shop owner retailer trader|despite although though nevertheless
delay later late postpone push|admit concede acknowledge confess accept|side team club
sideline miss out injure|top lead first ahead leader|follow plan next later
needed necessary correct because|testify evidence witness|receive get obtain given win
court judge trial|repay refund reimburse back return compensate
lose without|midday noon|advise tell say urge warn|expect hope|reconnect back restore return
count include|express thank voice|walk strike|describe call label term dub|improve raise better
holder passenger|break record set|worried worry fear concern anxious afraid
employ employee worker staff work|employee job post position worker staff|reach level
announce tell reveal unveil|voter turnout vote elect electorate|sign report evidence trace hint
phone call telephone ring|intend would want will mean plan|share stock|candidate run stand contest
leave go depart|must force require need oblige|produce deliver generate supply provide
power electricity energy|ease drop weaken calm|firefighter fire|crew staff member|leak lose spill
business trade custom|push put delay move|reach go stretch extend|mistake error fault blunder
incorrect wrong false|alter change|available reach contact|additional more further extra another
assist help support|begin start commence kick|last take run continue|found establish create set
located lie stand|sit stand lie|gather meet assemble|attend visit come|visit been come travel tour
suspect accused|victim dead injured casualty|toll number|hospital clinic
treatment treat care|patient sick ill|infect ill sick catch contract
illness disease sick ill infection outbreak|contaminate spoil taint unclean
trigger cause prompt spark lead|demonstrate protest march|demonstration protest rally
slam attack criticise condemn|rebuke criticise|dismiss reject refuse decline|refute deny reject
turn reject decline|conceal hide cover|mislead deceive lie cheat|swindle cheat fraud
fraud cheat rig|accuse allege|allegedly accuse allege suspect|suspicion suspect
investigate probe inquiry investigation examine question|question interview interrogate
search seek hunt look|investigator police detective inspector officer|officer official
official authority|authority office|office department bureau agency
boss chief head director manager|chairman chairwoman chair chairperson|founder founded
spokesman spokeswoman spokesperson speaker|leader head chief|deputy vice
lawyer attorney solicitor counsel advocate|customer client user consumer|prosecutor prosecution
proceeding trial case court|verdict ruling judgment decision|ruling rule decide|appeal challenge
law legislation bill act|parliament lawmaker mp legislature|minister ministry|government cabinet
president presidency presidential|victory win triumph success|defeat loss lose beat
overcome beat defeat|draw tie|spectator crowd viewer people|supporter fan|coach manager trainer
player footballer|keeper goalkeeper|striker forward attacker|half-time break interval
injury wound injured hurt injure|swimmer athlete|athlete competitor sportsman
competition contest tournament championship|tournament cup|title championship crown
hit affect strike|gust wind|wind gale storm|strong powerful
flood water inundate|damage loss destruction|wreck destroy|demolish destroy raze
household home family|village settlement|dwelling house home|building house|road street
street avenue|route line track|rail train railway|bus coach|flight plane|airport airfield
harbour port|quay dock pier|sailor crew|captain skipper|traveller passenger commuter
service connection line|cancel scrap axe drop|replace swap substitute
modernise renovate refurbish upgrade|renovate restore repair|enlarge expand extend widen
shrink reduce narrow|double twice|halve half|quarter fourth|third three|monthly month|daily day
weekly week|budget cost spend|expense cost|revenue sale income turnover|profit earn gain
earning profit income|income revenue earn|loss lose deficit|debt owe loan|loan lend borrow
invest investment investor put|shareholder investor owner|stake share
takeover buy purchase acquire merger|merge combine merger|sell dispose|list include
workforce staff employee worker|layoff cut dismiss|redundancy cut job|union worker|negotiate talk
mediate mediator|compromise agree deal|contract deal agreement|treaty pact agreement deal
ceasefire truce|soldier troop army military|army military force|attack assault raid strike
bomb explode blast|explosion blast explode|shoot fire gun|gunman shooter|thief burglar robber
burglar break|steal rob take|loot steal|recover find return back|flee escape leave|expel deport
release free let|picture image photo photograph|telescope observatory
notice spot see detect discover find|visible see|watch see observe|observe see notice
predict forecast expect|estimate reckon calculate|calculate compute|suggest propose recommend
propose suggest plan|proposal plan suggest|scheme plan project|initiative plan project
stage phase step|step measure move|condition term|demand condition|permit licence|reserve fund
fund money|donate give donation|donation gift give|grant give fund|award prize give
hold organise stage|organise hold arrange|arrange plan|location place site|nearby near close
adjacent near beside|beyond outside|outside external|inside interior|entire whole all
complete finish full|completion finish end|partial part|portion part share|majority most
minority few|numerous many|several many|rapidly quickly fast|swiftly quickly|slowly slow
steadily steady|approximately about|previously before former earlier|formerly former ex
earlier before previous|eventually finally|finally last|currently now|original first
recent latest new|current present|annually year|sole only single|single one only|just only
solely only|cheap inexpensive|costly expensive dear|dear cost|wealthy rich|poor needy|unwell ill
north northern|south southern|east eastern|west western|buy buyer|sell seller
win winner|own owner|build builder
fit healthy|healthy well|unharmed unhurt uninjured|safe secure|danger risk threat hazard
threaten warn|alert warn|alarm siren|tiny small|huge large big enormous|giant huge
"""
"""Groups of words, parted by "|"; a word may be in several."""
_ROOT, _ENDING = 4, 2


def same(first: str, second: str) -> bool:
    """Whether two stems say much the same in news ("scrap" and "cancel"), or are one."""
    groups = _groups()
    return (
        first == second
        or _derived(first, second)
        or alike(first, second)
        or bool(groups.get(first, frozenset()) & groups.get(second, frozenset()))
    )


def is_common(stemmed: str) -> bool:
    """Whether it is a word of news, and a capital does not make it a name by itself."""
    return stemmed in _groups()


def _derived(first: str, second: str) -> bool:
    """Whether two stems are of one word ("acquit", "acquittal"): all but the end is the same."""
    short, long = sorted((first, second), key=len)
    return len(short) > _ROOT and long.startswith(short) and len(long) - len(short) <= _ENDING


@cache
def _groups() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, group in enumerate(_SAME.replace("\n", "|").strip("|").split("|")):
        for word in stems(group):
            groups.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}
