"""Words by which a sentence says that things have turned: called off, lifted, cleared. Pure.

Each pair names a state and what ends it. English alone.
"""

from __future__ import annotations

import re

CALLED_OFF = re.compile(
    r"\b(?:call(?:s|ed|ing)? off|cancel(?:s|led|ed|ling)?|scrap(?:s|ped)?|abandon(?:s|ed)?"
    r"|shelve[sd]?|(?:drop(?:s|ped)?|withdraws?|withdrew|g[ai]ven? up) (?:its|their|his|her)"
    r"|collapsed|(?:fell|fallen) through|will not go ahead|will not take place)\b",
    re.IGNORECASE,
)
CLOSED = re.compile(
    r"\b(?:is|are|remains?|has been|have been|will (?:stay|be|remain)|stays?) "
    r"(?:still |now )?(?:closed|shut|banned|forbidden|suspended|blocked)\b",
    re.IGNORECASE,
)
LIFTED = re.compile(
    r"\b(?:reopen(?:s|ed|ing)?|re-open(?:s|ed)?|open(?:s|ed)? again"
    r"|(?:lift(?:s|ed)?|end(?:s|ed)?) (?:the|its|a|their) (?:\w+ )?(?:closure|ban|suspension)"
    r"|(?:closure|ban|suspension) (?:\w+ ){0,6}(?:was|has been|is) lifted|allowed again"
    r"|resumed?)\b",
    re.IGNORECASE,
)
LOST = re.compile(
    r"\b(?:missing|trapped|stranded|held hostage|kidnapped|stuck|without (?:power|water|electricity"
    r"|gas|heating)|in the dark|cut off)\b",
    re.IGNORECASE,
)
FOUND = re.compile(
    r"\b(?:found|rescued|saved|freed|brought (?:to the surface|to safety|out|home)|dug out|released"
    r"|(?:power|water|electricity|gas|heating) (?:again|back|(?:was|has been|is) restored)"
    r"|reconnected|reached by)\b",
    re.IGNORECASE,
)
SUSPECTED = re.compile(
    r"\b(?:(?:is|are|as) (?:the |a |an )?(?:main |prime |only )?suspects?|suspected|charged"
    r"|accused|in custody|under arrest|wanted)\b",
    re.IGNORECASE,
)
CLEARED = re.compile(
    r"\b(?:no longer (?:a |the )?(?:\w+ )?suspects?|not (?:a|the) suspect|cleared|acquitted"
    r"|released without charge|dropped (?:the|all|their) \w+|charges? (?:\w+ ){0,6}(?:was|were|has"
    r" been|have been) (?:dropped|withdrawn|reduced|changed)"
    r"|(?:reduced|changed|lowered|raised|upgraded) (?:the|its|their) charges?)\b",
    re.IGNORECASE,
)
IN_OFFICE = re.compile(
    r"\b(?:(?:will|to|would|wants to|is going to) (?:become|be|lead|head|stay|remain|succeed"
    r"|run for|follow|replace|keep)|named|appointed|chosen|(?:stays?|remains?) (?:as|with|in))\b",
    re.IGNORECASE,
)
OUT = re.compile(
    r"\b(?:instead of|dismiss(?:es|ed)|sack(?:s|ed)|fired|resign(?:s|ed)|quits?|stepped down"
    r"|step(?:s|ping)? down|withdr[ae]w|withdrawn|pulled out|turned down|replaces|replaced"
    r"|will not|is leaving|leaves)\b",
    re.IGNORECASE,
)
WON = re.compile(
    r"\b(?:won(?!['’])|wins?|winner|elected|beat|defeated|victory|champion|gold)\b", re.I
)
UNWON = re.compile(
    r"\b(?:recount|disqualif\w+|stripped|declared (?:the )?winner|declared (?:the )?\w+ winner"
    r"|(?:annul\w+|overturn\w+) (?:the |her |his |that )?(?:result|election|victory|vote|win)"
    r"|result (?:was|is) wrong|loses? (?:the|his|her) (?:title|gold|medal))\b",
    re.IGNORECASE,
)
AFTER_ALL = re.compile(
    r"\b(?:after all|overturn\w+|revers\w+|repeat\w*|second vote|said the opposite|had ruled"
    r" (?:that|this) out|had (?:denied|promised)|changed (?:its|his|her|their) minds?"
    r"|broke\w* (?:its|his|her|their) word|u-turn)\b",
    re.IGNORECASE,
)
WILL_NOT = re.compile(
    r"\b(?:(?:will|would|does|do|is|are|was) not|won['’]t|has no|have no|no)\b"
    r"(?: (?:plans? to|plan to|going to|intend to|want to|to))? (?P<verb>[a-z]+)",
    re.IGNORECASE,
)
MAYBE = re.compile(r"\b(?:would|could|may|might|should|if|whether|unless)\b", re.IGNORECASE)
"""Then nothing has turned yet."""
