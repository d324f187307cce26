"""Answers as Telegram messages: HTML, every piece of outside text escaped. Pure."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, repeat

from bot.answer import (
    Answer,
    Citation,
    Claim,
    ClaimVerdict,
    Conflict,
    MessageKind,
    Sentence,
    article_numbers,
)
from bot.language import N_, _, day_and_month, isolated, long_date, ngettext
from bot.wording.rendering import (
    MAX_NAME,
    SNIPPET,
    Block,
    Text,
    article_line,
    bold,
    clipped,
    italic,
    line_of,
    link,
    listed,
    pack,
    publisher,
    title_of,
    visible,
    where_told,
    words,
)

MAX_LINE = 320
OTHERS = 2
VERDICTS = {
    ClaimVerdict.SUPPORTED: N_("Supported: our articles say so."),
    ClaimVerdict.CONTRADICTED: N_("Contradicted: our articles say otherwise."),
    ClaimVerdict.DISPUTED: N_("Disputed: our articles differ on this."),
    ClaimVerdict.NOT_COVERED: N_("Our articles cover only a part of this."),
}
DIFFER = N_("Sources differ on “{about}”: {claims}.")
SINCE = N_("On “{about}”, at first: {claims}. Since then: {newest}.")
MATTERS = {
    "killed": N_("killed"),
    "injured": N_("injured"),
    "missing": N_("missing"),
    "arrested": N_("arrested"),
    "evacuated": N_("evacuated"),
    "rescued": N_("rescued"),
    "cost": N_("cost"),
    "opens": N_("opens"),
    "starts": N_("starts"),
    "ends": N_("ends"),
    "outcome": N_("outcome"),
    "date": N_("date"),
    "name": N_("name"),
}
"""What sources differ on, where it is not a word of theirs."""
Show = Callable[[str], str]
"""Writes text as HTML, or leaves it as it is."""


def render_answer(answer: Answer) -> list[Text]:
    """The messages of an answer: sentences with [n], then the sources, or a plain refusal."""
    return pack(answer_blocks(answer))


def answer_blocks(answer: Answer) -> list[Block]:
    """The same, not yet packed into messages."""
    if not answer.answered:
        return _refusal(answer)
    if answer.kind is MessageKind.BRIEFING:
        return _briefing(answer)
    if answer.kind is MessageKind.TOPIC:
        return _topic(answer)
    said = _verdict(answer) if answer.verdict else _sentences(answer.sentences, answer.cited)
    return [*said, *_conflicts(answer), *_sources(answer), *_note(answer)]


def render_more(answer: Answer) -> list[Text]:
    """What else answers, with its sources."""
    more = replace(answer, sentences=answer.more, more=(), conflicts=(), independent=0)
    return pack([*_sentences(more.sentences, more.cited), *_sources(more)])


def render_watched(question: str, answer: Text) -> Text:
    """The answer to a question that waited, with the question before it."""
    head = watched_heading(question)
    return Text(f"{head.html}\n\n{answer.html}", f"{head.plain}\n\n{answer.plain}")


def watched_heading(question: str) -> Block:
    asked = isolated(clipped(question, SNIPPET // 2))
    return bold(_("Now there is an answer: {question}").format(question=asked))


def render_draft(sentences: Sequence[Sentence], citations: Sequence[Citation]) -> Text:
    """What is there of an answer that is still being written."""
    return pack([*_sentences(sentences, citations), words(" …", before="")])[0]


def verdict_words(answer: Answer) -> str:
    """What our articles say to a claim that they cover, in a sentence."""
    return _(VERDICTS[ClaimVerdict(answer.verdict)])


def sides_of(answer: Answer) -> list[tuple[str, list[Sentence]]]:
    """An answer's sentences; where some speak for a claim and others against it, each side under
    its heading, which counts its publishers."""
    against = [s for s in answer.sentences if set(s.citations) & set(answer.against)]
    bearing = [s for s in answer.sentences if s not in against]
    if not against or not bearing:
        return [("", list(answer.sentences))]
    first, second = _publishers(answer, bearing), _publishers(answer, against)
    return [
        (ngettext("For it ({n} source):", "For it ({n} sources):", first), bearing),
        (ngettext("Against it ({n} source):", "Against it ({n} sources):", second), against),
    ]


def _publishers(answer: Answer, sentences: Sequence[Sentence]) -> int:
    cited = {n for sentence in sentences for n in sentence.citations}
    return len({c.source or c.article_id for c in answer.citations if c.n in cited})


def plain_marks(*numbers: int) -> str:
    """ "[1][2]" """
    return "".join(f"[{number}]" for number in numbers)


def conflict_words(
    conflict: Conflict,
    mark: Callable[..., str] = plain_marks,
    show: Show = str,
) -> str:
    """ "Sources differ on “injured”: 12 (Harbour Post, 3 May) [1], 15 (Coastline, 4 May) [2]"; what
    was superseded stands before what took its place. `mark` writes a citation, `show` all else."""
    years = {claim.published.year for claim in conflict.claims if claim.published}
    date = long_date if len(years) > 1 else day_and_month
    told = [_value(claims, date, mark, show) for claims in conflict.values]
    known = MATTERS.get(conflict.about)
    about = show(_(known) if known else isolated(line_of(conflict.about)[:MAX_NAME]))
    if not conflict.superseded:
        return show(_(DIFFER)).format(about=about, claims=listed(told))
    return show(_(SINCE)).format(about=about, claims=listed(told[:-1]), newest=told[-1])


def _value(
    claims: Sequence[Claim], date: Callable[[datetime], str], mark: Callable[[int], str], show: Show
) -> str:
    """A value and all who give it: "15 (hospital, Coastline, 4 May) [2]"."""
    who = [
        listed(
            [
                *([isolated(line_of(claim.attributed)[:MAX_NAME])] if claim.attributed else []),
                publisher(claim.source),
                *([date(claim.published)] if claim.published else []),
            ]
        )
        for claim in claims
    ]
    marks = mark(*(claim.n for claim in claims))
    value = isolated(line_of(claims[0].value)[:MAX_NAME])
    return f"{show(value)} ({show('; '.join(who))}) {marks}"


def _sentences(sentences: Sequence[Sentence], citations: Sequence[Citation]) -> list[Block]:
    mark, plainly = _marker(citations, linked=True), _marker(citations, linked=False)
    blocks = []
    for sentence in sentences:
        text = visible(sentence.text)
        marks, plain = mark(*sentence.citations), plainly(*sentence.citations)
        if sentence.later:
            blocks.append(italic(_("A later report says:"), before="\n\n"))
        blocks.append(Block(f"{html.escape(text)} {marks}", f"{text} {plain}", " "))
        if sentence.superseded:
            blocks.append(italic(_("No longer so. A later report says:"), before=" "))
    return blocks


def _verdict(answer: Answer) -> list[Block]:
    """What our articles say to a claim, then the sentences that say it, side by side."""
    blocks = [bold(verdict_words(answer))]
    for heading, sentences in sides_of(answer):
        blocks += [words(heading, "\n\n")] if heading else []
        told = _sentences(sentences, answer.cited)
        blocks += [replace(told[0], before="\n" if heading else "\n\n"), *told[1:]]
    return blocks


def _conflicts(answer: Answer) -> list[Block]:
    """A line for each matter on which sources differ, or which has changed since."""
    mark, plainly = (_marker(answer.cited, linked=linked) for linked in (True, False))
    return [
        Block(
            conflict_words(conflict, mark, html.escape),
            conflict_words(conflict, plainly),
            "\n\n" if first else "\n",
        )
        for first, conflict in zip(chain([True], repeat(False)), answer.conflicts, strict=False)
    ]


def _sources(answer: Answer) -> list[Block]:
    """One line an article: its number, linked title, publisher, date."""
    first: dict[int, Citation] = {}
    for citation in answer.cited:
        first.setdefault(article_numbers(answer.cited)[citation.n], citation)
    blocks = []
    for number, citation in first.items():
        where = where_told(citation.source, citation.published, citation.depth)
        title = isolated(title_of(citation.title))
        linked = listed(filter(None, [link(title, citation.url), html.escape(where)]))
        plain = listed(filter(None, [title, where])) + (f"\n{citation.url}" if citation.url else "")
        before = "\n\n" if number == 1 else "\n"
        blocks.append(Block(f"[{number}] {linked}", f"[{number}] {plain}", before))
    if answer.answered and 0 < answer.independent < len(first):
        told = ngettext(
            "Of these {articles} articles, only {n} tells it in its own words.",
            "Of these {articles} articles, only {n} tell it in their own words.",
            answer.independent,
        )
        blocks.append(italic(told.format(articles=len(first))))
    return blocks


def _marker(citations: Sequence[Citation], *, linked: bool) -> Callable[..., str]:
    """Writes the numbers of the articles that citations name, each once."""
    numbers = article_numbers(citations)
    urls = {numbers[citation.n]: citation.url for citation in reversed(citations)}

    def mark(*cited: int) -> str:
        shown = dict.fromkeys(numbers.get(n, n) for n in cited)
        return "".join(link(f"[{n}]", urls.get(n)) if linked else f"[{n}]" for n in shown)

    return mark


def _note(answer: Answer) -> list[Block]:
    return [italic(visible(answer.note), before="\n\n")] if answer.note else []


def _briefing(answer: Answer) -> list[Block]:
    """Each story by its newest headline, a sentence, and who tells it."""
    blocks = [bold(answer.heading)]
    for number, (sentence, citation) in enumerate(_lines(answer), 1):
        story = answer.stories[number - 1] if number <= len(answer.stories) else None
        title = isolated(title_of(citation.title))
        who = where_told(citation.source, citation.published, citation.depth)
        others = _others(story.others) if story else ""
        blocks += [
            Block(
                f"{number}. <b>{link(title, citation.url)}</b>",
                f"{number}. {title}" + (f"\n{citation.url}" if citation.url else ""),
                "\n\n",
            ),
            words(clipped(sentence.text, MAX_LINE)),
            *([italic(listed(filter(None, [who, others])))] if who or others else []),
        ]
    return [*blocks, *_note(answer)]


def _topic(answer: Answer) -> list[Block]:
    """What is newest under its headline, then what came before, each with its day and a link."""
    blocks = []
    for n, (sentence, citation) in enumerate(_lines(answer)):
        text = clipped(sentence.text, MAX_LINE)
        when = day_and_month(citation.published) if citation.published else ""
        name = publisher(citation.source) if citation.source else title_of(citation.title)
        if n == 0:
            title = isolated(title_of(citation.title))
            blocks.append(Block(f"<b>{link(title, citation.url)}</b>", title))
        day = f"<b>{html.escape(when)}</b> " if when else ""
        blocks.append(
            Block(
                f"{day}{html.escape(text)} ({link(name, citation.url)})",
                f"{when} {text} ({name})".strip() + (f"\n{citation.url}" if citation.url else ""),
                "\n" if n == 0 else "\n\n",
            )
        )
    return [*blocks, *_note(answer)]


def _lines(answer: Answer) -> list[tuple[Sentence, Citation]]:
    """The sentences, each with the article that it stands in."""
    by_number = {citation.n: citation for citation in answer.citations}
    return [(sentence, by_number[sentence.citations[0]]) for sentence in answer.sentences]


def _others(names: Sequence[str]) -> str:
    """ "also USA Today, BBC and 3 more" """
    if not names:
        return ""
    shown = [publisher(name) for name in names[:OTHERS]]
    more = len(names) - len(shown)
    if more:
        shown.append(ngettext("{n} more", "{n} more", more))
    return _("also {names}").format(names=listed(shown))


def _refusal(answer: Answer) -> list[Block]:
    blocks = [words(answer.refusal)]
    if answer.sentences:
        blocks.append(bold(_("The nearest that we have"), before="\n\n"))
        told = _sentences(answer.sentences, answer.cited)
        told = [replace(block, before="\n") for block in told]
        return [*blocks, *told, *_sources(answer), *_note(answer)]
    if answer.stories:
        return [*blocks, *_note(answer), words(_("The nearest that we have:"), before="\n\n")]
    if answer.nearest:
        blocks.append(bold(_("The nearest that we have"), before="\n\n"))
        blocks += map(article_line, answer.nearest)
    return [*blocks, *_note(answer)]
