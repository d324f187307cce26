"""Whether a message asks if something is true, in six languages, and which words it means. Pure."""

from __future__ import annotations

import re

from ingest.text import content_words

_LEADING = (
    r"is (?:it|this|that) (?:really |actually )?(?:true|correct|right|accurate|so)"
    r"(?: that|[?:,.]|$)",
    r"is there any truth (?:in|to) (?:it|this|that|the claim that)",
    r"(?:true or false|fact[- ]?check)(?: (?:this|that))?\b",
    r"(?:stimmt|stimmen) (?:das|es|dies)(?: wirklich| so)?(?:,? dass|[?:,.]|$)",
    r"ist (?:das|es|dies) (?:wirklich )?(?:wahr|richtig|so)(?:,? dass|[?:,.]|$)",
    r"¿?\s*es (?:esto |eso )?(?:verdad|cierto|correcto)(?: (?:que|esto|eso))?",
    r"(?:это|а это) (?:правда|верно)(?:,? что)?(?=[\s?:,.]|$)",
    r"(?:правда|верно) ли(?: это)?(?:,? что)?(?=[\s?:,.]|$)",
    r"هل (?:هذا|ذلك) (?:صحيح|حقيقي|الخبر صحيح)",
    r"هل (?:صحيح|من الصحيح|حقا) (?:أن|ان)",
    r"(?:האם )?(?:זה|זו) (?:נכון|אמת)(?=[\s?:,.]|$)",
    r"האם (?:נכון|אמת) (?:ש|כי )",
)
_ASKS = "|".join(_LEADING)
_BEFORE = re.compile(rf"^\W*(?:{_ASKS})", re.IGNORECASE)
_AFTER = re.compile(rf"(?:^|[\s.!?:,—–-])(?:{_ASKS})\W*$", re.IGNORECASE)
_MARKS = " \t\n\r:,;?¿!–—-\"'“”„«»‘’؟"
_FEW = 2


def claim_asked_about(text: str) -> str | None:
    """The claim in a text that asks whether it is true; "" if the claim stands elsewhere (in the
    message that it replies to, say); None if the text does not ask that."""
    for asks in (_BEFORE, _AFTER):
        found = asks.search(text)
        if found:
            rest = (text[: found.start()] + " " + text[found.end() :]).strip(_MARKS)
            return _sentence(rest) if len(content_words(rest)) >= _FEW else ""
    return None


def _sentence(words: str) -> str:
    """The words as a sentence: "is it true that the mayor left?" claims that she did."""
    closed = words if words[-1] in ".!…" else f"{words}."
    return closed[0].upper() + closed[1:]
