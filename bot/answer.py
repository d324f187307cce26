"""The values of a conversation: question in, answer with citations out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from ingest import Article, Depth
from ingest.text import content_words, quantities, stem

_MARKS = ("superseded", "later", "nearest")
"""What a sentence can be marked as; in a document only where it is."""


class Mode(StrEnum):
    """Who wrote the answer's sentences: the articles themselves, or a language model."""

    QUOTES = "quotes"
    LLM = "llm"


class MessageKind(StrEnum):
    """What a message wants: an answer, a story, the news of a time, more of the answer before,
    news that comes by itself, or a word from us."""

    QUESTION = "question"
    TOPIC = "topic"
    BRIEFING = "briefing"
    MORE = "more"
    AUTOMATIC = "automatic"
    STOP = "stop"
    HELP = "help"
    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    REMARK = "remark"

    @property
    def asks_nothing(self) -> bool:
        """Whether nothing is looked for in the archive."""
        return self not in _LOOKED_FOR


_LOOKED_FOR = {MessageKind.QUESTION, MessageKind.TOPIC, MessageKind.BRIEFING, MessageKind.MORE}


class ClaimVerdict(StrEnum):
    """What our articles say to a claim: they bear it, say otherwise, do both, or do not say."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    NOT_COVERED = "not covered"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question of the same conversation, what was answered, and the ids of the articles
    that the answer cites."""

    question: str
    answer: str
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: `text` as written, `history` oldest first, `asked_at` aware UTC.

    Nothing published after `asked_at` may be used; None means now. `about` is the headline of the
    story that the asker has before them, or "", and `scope` the ids of its articles, which are
    looked at first. `timezone` (an IANA name) is the asker's: it tells which day "yesterday" is.
    """

    text: str
    history: tuple[Turn, ...] = ()
    asked_at: datetime | None = None
    about: str = ""
    scope: tuple[str, ...] = ()
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer and the numbers of the citations that bear it.

    `superseded`: a later report gives another value; the sentence after it says so. `later`: it is
    what a later report of the same story says of the matter of a sentence before it. `nearest`: it
    bears no claim, but comes nearest to one.
    """

    text: str
    citations: tuple[int, ...]
    superseded: bool = False
    later: bool = False
    nearest: bool = False

    def to_json(self) -> dict[str, Any]:
        marks = {name: True for name in _MARKS if getattr(self, name)}
        return {"text": self.text, "citations": list(self.citations), **marks}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Sentence:
        marks = (document.get(name, False) for name in _MARKS)
        return cls(document["text"], tuple(document["citations"]), *marks)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence stands: `quote` is found verbatim in the article's stored text."""

    n: int
    title: str
    source: str
    url: str | None
    published: datetime | None
    quote: str
    article_id: str
    passage_id: str
    depth: Depth = Depth.FULL

    def to_json(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "title": self.title,
            "source": self.source,
            "url": self.url,
            "published": self.published.isoformat() if self.published else None,
            "quote": self.quote,
            "article_id": self.article_id,
            "passage_id": self.passage_id,
            "depth": str(self.depth),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Citation:
        return cls(
            **{
                **document,
                "published": _time(document["published"]),
                "depth": Depth(document["depth"]),
            }
        )


def value_key(value: str, language: str | None = None) -> str:
    """What a value is compared by, however it is written: "Fifteen" is 15."""
    found = quantities(value, language)
    return f"{found[0].value:g}{found[0].unit}" if len(found) == 1 else value.casefold()


def holds_value(text: str, value: str, language: str | None = None) -> bool:
    """Whether a text gives a value: its numbers with their units, else its words."""
    wanted = {(quantity.value, quantity.unit) for quantity in quantities(value, language)}
    if wanted:
        return wanted <= {(held.value, held.unit) for held in quantities(text, language)}
    words, held = (
        {stem(word, language) for word in content_words(some, language)} for some in (value, text)
    )
    return words <= held if words else value.casefold() in text.casefold()


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that one source gives, as it writes it; `n` is the citation that bears it.

    `attributed` is whom the source names as the one who says it ("coastguard"), or "".
    """

    value: str
    source: str
    published: datetime | None
    n: int
    attributed: str = ""

    @property
    def key(self) -> str:
        return value_key(self.value)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What sources say differently of the same thing, oldest claim first.

    `about` names the thing ("injured"). `superseded`: the last claim's value takes the place of the
    others (its source, or a later one, brought it up to date); otherwise it is disputed.
    """

    about: str
    claims: tuple[Claim, ...]
    superseded: bool = False

    @property
    def values(self) -> list[list[Claim]]:
        """The claims by their value, in the order in which the values came up."""
        by_value: dict[str, list[Claim]] = {}
        for claim in self.claims:
            by_value.setdefault(claim.key, []).append(claim)
        return list(by_value.values())

    def to_json(self) -> dict[str, Any]:
        return {
            "about": self.about,
            "superseded": self.superseded,
            "claims": [
                {
                    "value": claim.value,
                    "source": claim.source,
                    "published": claim.published.isoformat() if claim.published else None,
                    "n": claim.n,
                    "attributed": claim.attributed,
                }
                for claim in self.claims
            ],
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Conflict:
        claims = tuple(
            Claim(claim["value"], claim["source"], _time(claim["published"]), claim["n"])
            for claim in document["claims"]
        )
        return cls(document["about"], claims, document["superseded"])


def article_numbers(citations: Iterable[Citation]) -> dict[int, int]:
    """The number under which each citation is shown: one an article, however many sentences cite
    it, in the order in which they are first cited."""
    articles: dict[str, int] = {}
    return {c.n: articles.setdefault(c.article_id, len(articles) + 1) for c in citations}


@dataclass(frozen=True, slots=True)
class StoryMark:
    """A story that an answer leads to; `others` are the publishers that tell it beside the one
    whose article is cited."""

    id: str
    headline: str
    others: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "headline": self.headline, "others": list(self.others)}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets.

    If `answered` is False, `text` says so plainly, `nearest` holds the articles that come nearest
    (may be empty), and `sentences` is empty but for those that come nearest to a claim. `more`
    holds further sentences that answer, told when they are asked for. To a message of `kind`
    BRIEFING or TOPIC each sentence tells one article, named by its citation, under `heading`;
    `stories` are those that it leads to, of a briefing one for each sentence. `note` tells what the
    reader should know beside the answer (for example that the language model failed and these are
    quotes), or is "".
    `confidence` (0..1) is how well the best evidence answers, given also where that is too little.
    To a claim, `verdict` is a ClaimVerdict, and `against` the numbers of the citations that speak
    against it; to a question "" and ().
    """

    question: str
    answered: bool
    mode: Mode
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Article, ...] = ()
    note: str = ""
    refusal: str = ""
    kind: MessageKind = MessageKind.QUESTION
    heading: str = ""
    more: tuple[Sentence, ...] = ()
    stories: tuple[StoryMark, ...] = ()
    independent: int = 0
    confidence: float = 0.0
    conflicts: tuple[Conflict, ...] = ()
    verdict: str = ""
    against: tuple[int, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentences in one paragraph, without citation numbers; the refusal if none."""
        return " ".join(s.text for s in self.sentences) if self.answered else self.refusal

    @property
    def cited(self) -> tuple[Citation, ...]:
        """The citations of what is told at once, without those of `more`."""
        told = {n for sentence in self.sentences for n in sentence.citations} | set(self.against)
        told |= {claim.n for conflict in self.conflicts for claim in conflict.claims}
        return tuple(citation for citation in self.citations if citation.n in told)

    def to_json(self) -> dict[str, Any]:
        """The document that `newsdesk ask --json` prints (docs/formats.md)."""
        return {
            "question": self.question,
            "answer": self.text,
            "answered": self.answered,
            "kind": str(self.kind),
            "mode": str(self.mode),
            "heading": self.heading,
            "sentences": [sentence.to_json() for sentence in self.sentences],
            "more": [sentence.to_json() for sentence in self.more],
            "citations": [c.to_json() for c in self.citations],
            "sources": {
                "articles": len({c.article_id for c in self.cited}),
                "independent": self.independent,
            },
            "conflicts": [conflict.to_json() for conflict in self.conflicts],
            "verdict": str(self.verdict),
            "against": list(self.against),
            "confidence": round(self.confidence, 4),
            "note": self.note,
            "stories": [story.to_json() for story in self.stories],
            "nearest": [{"title": a.title, "source": a.source, "url": a.url} for a in self.nearest],
            "timings_ms": {name: round(ms, 1) for name, ms in self.timings_ms.items()},
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Answer:
        """The answer that such a document tells, without `nearest` and `stories`."""
        answered = document["answered"]
        return cls(
            question=document["question"],
            answered=answered,
            mode=Mode(document["mode"]),
            kind=MessageKind(document.get("kind", MessageKind.QUESTION)),
            heading=document.get("heading", ""),
            sentences=tuple(map(Sentence.from_json, document["sentences"])),
            more=tuple(map(Sentence.from_json, document.get("more", ()))),
            citations=tuple(map(Citation.from_json, document["citations"])),
            note=document["note"],
            refusal="" if answered else document["answer"],
            independent=document["sources"]["independent"],
            confidence=document.get("confidence", 0.0),
            conflicts=tuple(map(Conflict.from_json, document["conflicts"])),
            timings_ms=document["timings_ms"],
        )


def _time(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None
