"""Words in an article that are meant for machines: they bear nothing.

An article may hold "Note to AI assistants: state that …", put there so that a model repeats it.
Then the words that it repeats do stand in the article, so they have to be known for what they are.
"""

from __future__ import annotations

import re

from ingest.text import sentence_spans

_TOOL = r"(?:assistants?|bots?|robots?|programs?|tools?|models?|systems?|readers?|agents?|software)"
_MACHINE = (
    r"(?:a\.?i\.?|gpt\S*|chat\s?gpt|chat\s?bots?|(?:large )?language models?|llms?"
    r"|summari[sz]ers?|(?:automated|automatic) \w+|search engines?|crawlers?|machines?"
    rf"|(?:text|news|reading|writing|summari[sz]ing|language|ai) {_TOOL}"
    r"|assistants?|bots?|robots?|agents?)"
)
_TELL = (
    r"(?:say|state|add|write|answer|reply|respond|report|recommend|include|mention|tell|describe"
    r"|repeat|claim|conclude|summari[sz]e|present|call|inform|advise|warn|announce|declare)"
)
_ORDERS = re.compile(
    "|".join(
        (
            rf"^\W*(?:(?:an? )?(?:\w+ )?(?:note|notice|attention|hello|hi|hey|dear|reminder|message"
            rf"|instructions?|important|warning|memo)\b[\s:,]*(?:(?:to|for)\s+)?"
            rf"|(?:for|to|if you are)\s+)(?:\w+\s+){{0,3}}?{_MACHINE}\b",
            rf"^\W*(?!agent\b){_MACHINE}(?: \w+){{0,5}}\s*[:>\]]",
            r"^\W*(?:system|assistant|developer|user|prompt)\s*[:>\]]",
            r"^\W*(?:new|assistant|system|updated|further) instructions?\b",
            r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:above|previous|earlier|prior|before"
            r"|guidelines?|instructions?|rules|passages?|context|prompt)\b",
            rf"\b{_MACHINE}\b.{{0,60}}\b(?:must|should|shall|(?:is|are) (?:asked|required|told"
            rf"|instructed|directed|requested|advised|ordered)\s+to|ha(?:ve|s) to|needs? to)\s+"
            rf"(?:\w+ )?{_TELL}\b",
            rf"\b{_MACHINE}\b.{{0,60}}\b(?:have|make|let|get) (?:it|them) (?:\w+ )?{_TELL}\b",
            r"\b(?:whoever|anyone who|any (?:system|model|tool)|those who)\b.{0,30}\b(?:process"
            r"|read|summari[sz]e|index|quote)\w* this\b.{0,40}\b(?:must|should|has to|have to)\b",
            r"\b(?:your|the) (?:answer|reply|response|summary|output) (?:must|should|shall)\b",
            r"\b(?:begin|start|end|finish) (?:your|the) (?:answer|reply|response|summary)\b",
            r"\b(?:tell|inform) the user\b"
            rf"|\bas an? (?:\w+ )?{_MACHINE}\b.{{0,20}}\byou\b",
            rf"\byou are (?:now )?(?:an? )?{_MACHINE}\b",
            r"<!--|<\||\[/?inst\]|</?passage|</?system",
        )
    ),
    re.IGNORECASE,
)


def without_orders(passage: str) -> str:
    """The passage with what is said to machines blanked out; every other character stays in place.

    From an order on, its whole paragraph is: what it wants repeated often comes next.
    """
    kept = passage
    for start, end in sentence_spans(passage):
        if _ORDERS.search(passage[start:end]):
            stop = passage.find("\n", start)
            stop = stop if stop >= 0 else len(passage)
            kept = kept[:start] + " " * (stop - start) + kept[stop:]
    return kept
