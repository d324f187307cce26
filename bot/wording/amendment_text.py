"""Answers that were corrected: the answer as it stands, what changed, when and why. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Answer
from bot.language import N_, _, isolated
from bot.updates.amendment import Amendment, Why
from bot.wording.answer_text import answer_blocks, watched_heading
from bot.wording.post_text import Speech
from bot.wording.rendering import (
    MAX_TITLE,
    SNIPPET,
    Block,
    Text,
    bold,
    clipped,
    italic,
    pack,
    publisher,
    words,
)

MAX_TOLD = 3
"""Changes that one short message names."""
PHRASE_WORDS = 4
PART_GONE = N_("This part of the answer no longer stands.")
_NOTES = {
    (Why.CORRECTED, True): N_("{time}: corrected by {source}. It said before: “{before}”"),
    (Why.CORRECTED, False): N_("{time}: taken out; {source} no longer says this: “{before}”"),
    (Why.WITHDRAWN, True): N_("{time}: {source} withdrew its article. It said before: “{before}”"),
    (Why.WITHDRAWN, False): N_("{time}: taken out; {source} withdrew its article: “{before}”"),
    (Why.SUPERSEDED, True): N_("{time}: superseded by a later report ({source}): “{before}”"),
}
_SHORT = {
    (Why.CORRECTED, True): N_("I have corrected this answer. It says now: “{after}”"),
    (Why.CORRECTED, False): N_("I have corrected this answer, for {source} no longer says so."),
    (Why.WITHDRAWN, True): N_(
        "I have corrected this answer, for {source} withdrew its article. It says now: “{after}”"
    ),
    (Why.WITHDRAWN, False): N_("I have corrected this answer, for {source} withdrew its article."),
    (Why.SUPERSEDED, True): N_(
        "I have brought this answer up to date. {source} says later: “{after}”"
    ),
}
_SHORT_VALUES = {
    Why.CORRECTED: N_("I have corrected this answer: {new}, not {old}."),
    Why.SUPERSEDED: N_("I have brought this answer up to date: {new}, no longer {old} ({source})."),
}
_PHRASE_ENDS = re.compile(
    r"[,.;:()“”\"\n–—]|\b(?:and|or|but|with|when|while|after|before|in|on|at|of|from|by|to|than)\b"
)


def render_amended(
    answer: Answer,
    amendments: Sequence[Amendment],
    speech: Speech,
    *,
    last: bool,
    messages: int,
    watched: bool = False,
) -> list[Text]:
    """The texts of an answer's messages as it stands now, with a note of each change.

    There are at least `messages` texts, for those that stand there already; what is more than that
    has to be sent. `last`: the answer is not corrected again. `watched`: it came by itself.
    """
    told = answer_blocks(replace(answer, refusal=_(answer.refusal) if answer.refusal else ""))
    if watched:
        told = [watched_heading(answer.question), replace(told[0], before="\n\n"), *told[1:]]
    first, *others = [_note(amendment, speech) for amendment in amendments]
    notes = [_headed(first), *others]
    if last:
        notes.append(italic(_("This answer is not corrected again. For the latest, please ask.")))
    texts = pack([*told, *notes])
    if len(texts) < messages:
        above, below = pack(told), pack(notes)
        gone = Text("", _(PART_GONE))
        texts = [*above, *[gone] * (messages - len(above) - len(below)), *below]
    return texts


def render_short(amendments: Sequence[Amendment]) -> Text:
    """In a line or a few, what an edit changed: an edit makes no sound."""
    return pack(map(words, _told(amendments)))[0]


def render_again(question: str, amendments: Sequence[Amendment]) -> Text:
    """The same with the question, where the answer itself can't be edited and follows again."""
    asked = isolated(clipped(question, SNIPPET // 2))
    about = bold(_("About your question: {question}").format(question=asked))
    return pack([about, *map(words, _told(amendments))])[0]


def _told(amendments: Sequence[Amendment]) -> list[str]:
    return list(dict.fromkeys(map(_short, amendments)))[:MAX_TOLD]


def _headed(note: Block) -> Block:
    """The first note with the heading of all, which does not stand alone."""
    head = bold(_("Corrected"))
    return Block(f"{head.html}\n{note.html}", f"{head.plain}\n{note.plain}", "\n\n")


def _note(amendment: Amendment, speech: Speech) -> Block:
    note = _NOTES[amendment.why, bool(amendment.after)]
    return italic(
        _(note).format(
            time=speech.moment(amendment.at.isoformat()),
            source=publisher(amendment.source),
            before=_quoted(amendment.before),
        )
    )


def _short(amendment: Amendment) -> str:
    source = publisher(amendment.source)
    if amendment.new and amendment.why in _SHORT_VALUES:
        new = isolated(phrase(amendment.new, amendment.after))
        old = isolated(clipped(amendment.old, SNIPPET))
        return _(_SHORT_VALUES[amendment.why]).format(new=new, old=old, source=source)
    line = _(_SHORT[amendment.why, bool(amendment.after)])
    return line.format(after=_quoted(amendment.after), source=source)


def phrase(value: str, sentence: str) -> str:
    """A value with what it counts: "Fifteen people were injured"."""
    found = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", sentence)
    rest = sentence[found.end() :] if found else ""
    clause = _PHRASE_ENDS.split(rest, maxsplit=1)[0].split()[:PHRASE_WORDS]
    return clipped(" ".join([value, *clause]), SNIPPET)


def _quoted(text: str) -> str:
    return isolated(clipped(text, MAX_TITLE))
