"""The words of a question and of a sentence, made comparable. English, and harmless elsewhere."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TOKEN = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*", re.UNICODE)
_FIRST_TIME = re.compile(r"\bfirst time\b")
"""Says that something is new, not who was first."""
STOP_WORDS = _words(
    """
    a about after again all also am an and any are as at be because been before being
    but by can could did do does doing down during each few for from further had has
    have having he her here him his how i if in into is it its itself just let me more
    most my no nor not now of off on once only or other our out over own please s same
    shall she should so some still such t than that the their them then there these they
    this those through to too under until up us very was we were what when where which
    while who whom whose why will with would yes yet you your tell know happened happen
    """
)
LIGHT_WORDS = _words(
    """
    new news latest lead led leads mean means become became make made take took get got
    give gave going go went come came say said says many much long old old big yesterday
    today ago last year people thing things kind name called
    """
)
"""Words that say little of what a question is about; they count a third."""
_ALIKE = (
    "us usa american america",
    "uk british britain",
    "first initially originally",
    "report say tell told disclose reveal announce confirm state declare",
    "journalist press media",
    "talk discussion negotiation dialogue negotiate",
    "kill dead die death deadly fatal",
    "injure injury hurt wound",
    "win won winner victory beat",
    "cost price expensive",
    "buy bought purchase acquire",
    "start begin began launch open",
    "end finish close",
    "quit resign resignation step",
    "arrest detain custody",
    "blaze fire wildfire",
    "vote election elect ballot",
    "lead encompass result achieve aim bring",
    "study research scientist researcher",
    "car vehicle",
    "doctor physician",
    "firm company business",
    "discover discovery find found notice spot detect",
    "carry carried transport",
    "happen occur accident",
    "child kid children",
    "leave left depart exit",
)


def tokens(text: str) -> list[str]:
    """The words of a text as they stand, without possessive endings; "U.S." as "US"."""
    found = []
    text = _FIRST_TIME.sub("time", unicodedata.normalize("NFC", text))
    for token in _TOKEN.findall(text):
        bare = re.sub(r"['’]s$", "", token)
        dotted = re.fullmatch(r"(?:\w\.)+\w\.?", bare)
        found.append(bare.replace(".", "") if dotted else bare)
    return found


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word's stem, lower case, without accents: "Talks" and "talk" are the same."""
    plain = unicodedata.normalize("NFKD", word.lower())
    if plain.startswith("reporter"):
        return "journalist"  # else it would be the same as "report", which others do too
    return str(_stemmer().stemWord("".join(c for c in plain if not unicodedata.combining(c))))


@lru_cache(maxsize=1)
def _stemmer():  # type: ignore[no-untyped-def]
    from snowballstemmer import stemmer

    return stemmer("english")


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[int]]:
    classes: dict[str, set[int]] = {}
    for number, line in enumerate(_ALIKE):
        for word in line.split():
            classes.setdefault(stem(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in classes.items()}


def alike(first: str, second: str) -> bool:
    """Whether two stems mean much the same in news ("talk" and "negotiation")."""
    classes = _classes()
    return bool(classes.get(first, frozenset()) & classes.get(second, frozenset()))


def content_words(text: str) -> list[str]:
    """The words that carry meaning, as they stand, each stem once."""
    kept: dict[str, str] = {}
    for token in tokens(text):
        if token.lower() not in STOP_WORDS or token in {"US", "IT", "WHO"}:
            kept.setdefault(stem(token), token)
    return list(kept.values())


def names(text: str) -> list[str]:
    """Capitalised words that are names: not the first of a sentence unless it can't be other."""
    found = []
    after_stop = True
    for match in _TOKEN.finditer(text):
        word = match[0]
        start = after_stop
        after_stop = text[match.end() : match.end() + 2].strip(" ”\"'’)")[:1] in {
            ".",
            "!",
            "?",
            ":",
        }
        capital = word[0].isupper() and (word.lower() not in STOP_WORDS or word in {"US", "WHO"})
        if capital and (not start or _name_at_start(text, match.end(), word)):
            found.append(re.sub(r"['’]s$", "", word))
    return found


def _name_at_start(text: str, end: int, word: str) -> bool:
    """Whether the first word of a sentence is a name: another follows, or a verb does."""
    if word.isupper() and len(word) > 1:
        return True
    following = _TOKEN.search(text, end)
    if following is None:
        return False
    follower = following[0]
    beside = text[end : following.start()] in {" ", "'s ", "’s "}
    if follower[0].isupper() and beside and follower.lower() not in STOP_WORDS:
        return True
    common = word.endswith(("ing", "ly", "tion", "ment", "ed", "ers", "ies"))
    verb = follower.lower() in {"is", "was", "has", "had", "said", "says", "will", "also"}
    return not common and (verb or follower.endswith(("ed", "ly")))
