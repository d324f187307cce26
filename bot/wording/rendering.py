"""Answers and lists as Telegram messages: HTML, every piece of outside text escaped. Pure."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, repeat
from urllib.parse import urlsplit

from bot.answer import Answer, Citation, Claim, ClaimVerdict, Conflict, Sentence
from bot.language import ISOLATES, N_, _, day_and_month, isolated, long_date, ngettext
from ingest import Article, Coverage, Depth, Hit, SourceCount

LIMIT = 3900
"""Telegram allows 4,096 UTF-16 units of visible text; the rest is room for what joins blocks."""
SNIPPET = 160
MAX_TITLE, MAX_NAME = 200, 80
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


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a message that is never cut: as HTML, as plain text, and what parts it from the
    piece before."""

    html: str
    plain: str
    before: str = "\n"


@dataclass(frozen=True, slots=True)
class Text:
    """One message: as HTML, and the same in plain text, should Telegram reject the markup."""

    html: str
    plain: str


def render_answer(answer: Answer) -> list[Text]:
    """The messages of an answer: sentences with [n], then the sources, or a plain refusal."""
    return pack(answer_blocks(answer))


def answer_blocks(answer: Answer) -> list[Block]:
    """The same, not yet packed into messages."""
    if not answer.answered:
        return _refusal(answer)
    said = _verdict(answer) if answer.verdict else _sentences(answer.sentences, answer.citations)
    return [*said, *_conflicts(answer), *_sources(answer)]


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


def render_articles(heading: str, articles: Iterable[Article]) -> list[Text]:
    """A list of articles: linked title, publisher, date."""
    return pack([bold(heading), *map(article_line, articles)])


def render_hits(heading: str, hits: Iterable[Hit]) -> list[Text]:
    """A list of passages: where each stands, and how it begins."""
    blocks = [bold(heading)]
    for hit in hits:
        blocks += [article_line(hit.article, "\n\n"), words(clipped(hit.passage.text, SNIPPET))]
    return pack(blocks)


def render_sources(counts: Sequence[SourceCount]) -> list[Text]:
    """The publishers, how many articles each has here, and its newest date."""
    blocks = [bold(_("Where our articles come from"))]
    for count in counts:
        told = [ngettext("{n} article", "{n} articles", count.articles)]
        if count.latest:
            told.append(_("newest {date}").format(date=day(count.latest)))
        blocks.append(words(f"{publisher(count.name)}: {listed(told)}"))
    return pack(blocks)


def coverage_words(coverage: Coverage) -> str:
    """ "1 agency report, 6 reprints, 2 independent" """
    articles = ngettext("{n} article", "{n} articles", coverage.articles)
    if coverage.articles == 1:
        return articles
    agency, reports, reprints = coverage.agency_reports, coverage.reports, coverage.reprints
    alone = coverage.independent
    counts = (
        (agency, ngettext("{n} agency report", "{n} agency reports", agency)),
        (reports, ngettext("{n} report", "{n} reports", reports)),
        (reprints, ngettext("{n} reprint", "{n} reprints", reprints)),
        (alone, ngettext("{n} independent", "{n} independent", alone)),
    )
    told = listed([words for count, words in counts if count])
    return told if coverage.adds_up else f"{articles}: {told}"


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


def conflict_words(
    conflict: Conflict, mark: Callable[[int], str] = lambda n: f"[{n}]", show: Show = str
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
                date(claim.published) if claim.published else _("date unknown"),
            ]
        )
        for claim in claims
    ]
    marks = "".join(mark(claim.n) for claim in claims)
    value = isolated(line_of(claims[0].value)[:MAX_NAME])
    return f"{show(value)} ({show('; '.join(who))}) {marks}"


def day(time: datetime | None) -> str:
    """ "14 April 2026", in UTC; "date unknown" for None."""
    return long_date(time) if time else _("date unknown")


def listed(parts: Iterable[str]) -> str:
    """ "first, second, third" """
    return _(", ").join(parts)


def publisher(name: str) -> str:
    """A publisher's name in one line, set apart from the words around it."""
    return isolated(line_of(name)[:MAX_NAME]) or _("publisher unknown")


def bold(text: str, before: str = "\n") -> Block:
    """A sentence of ours; what stands in it from outside has passed `line_of` or `isolated`."""
    shown = visible(text, ISOLATES)
    return Block(f"<b>{html.escape(shown)}</b>", shown, before)


def words(text: str, before: str = "\n") -> Block:
    shown = visible(text, ISOLATES)
    return Block(html.escape(shown), shown, before)


def italic(text: str, before: str = "\n") -> Block:
    shown = visible(text, ISOLATES)
    return Block(f"<i>{html.escape(shown)}</i>", shown, before)


def link(text: str, url: str | None) -> str:
    """`text` as HTML, linked if Telegram would keep the link (http, a host with a dot)."""
    label = html.escape(text)
    try:
        parts = urlsplit(url or "")
        usable = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    except ValueError:
        usable = False
    return f'<a href="{html.escape(url or "", quote=True)}">{label}</a>' if usable else label


def visible(text: str, but: str = "") -> str:
    """`text` without characters that can't be seen or that turn the writing direction (`but`
    these)."""
    allowed = f"\n\u200d{but}"
    unseen = {"Cc", "Cf", "Cs"}
    return "".join(c for c in text if c in allowed or unicodedata.category(c) not in unseen)


def line_of(text: str) -> str:
    """Outside text in one line, as far as it can be seen."""
    return " ".join(visible(text).split())


def title_of(text: str) -> str:
    """A headline in one line, of at most MAX_TITLE characters."""
    return line_of(text)[:MAX_TITLE] or _("Untitled")


def clipped(text: str, most: int) -> str:
    """Outside text in one line, cut at a blank if it is longer than `most` characters."""
    line = line_of(text)
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"


def units(text: str) -> int:
    """The length of a text as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pack(blocks: Iterable[Block], limit: int = LIMIT) -> list[Text]:
    """Blocks as messages of at most `limit` units each; only a block longer than that is cut."""
    texts: list[Text] = []
    rich, plain = "", ""
    for block in chain.from_iterable(_fitting(block, limit) for block in blocks):
        if plain and units(plain + block.before + block.plain) > limit:
            texts.append(Text(rich, plain))
            rich, plain = "", ""
        joint = block.before if plain else ""
        rich, plain = rich + joint + block.html, plain + joint + block.plain
    return [*texts, Text(rich, plain)] if plain else texts


def _fitting(block: Block, limit: int) -> list[Block]:
    """The block, or, if it is too long, its plain text cut at sentences, blanks, or anywhere."""
    if units(block.plain) <= limit:
        return [block]
    pieces, rest = [], block.plain
    while units(rest) > limit:
        head = rest.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")
        ends = [m.end() for m in re.finditer(r"[.!?…]\s", head)] or [head.rfind(" ") + 1]
        at = ends[-1] if ends[-1] > len(head) // 2 else len(head)
        pieces.append(rest[:at])
        rest = rest[at:]
    return [
        Block(html.escape(piece), piece, block.before if n == 0 else "")
        for n, piece in enumerate([*pieces, rest])
    ]


def _sentences(sentences: Sequence[Sentence], citations: Sequence[Citation]) -> list[Block]:
    urls = {citation.n: citation.url for citation in citations}
    blocks = []
    for sentence in sentences:
        text = visible(sentence.text)
        marks = "".join(link(f"[{n}]", urls.get(n)) for n in sentence.citations)
        plain = "".join(f"[{n}]" for n in sentence.citations)
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
        told = _sentences(sentences, answer.citations)
        blocks += [replace(told[0], before="\n" if heading else "\n\n"), *told[1:]]
    return blocks


def _conflicts(answer: Answer) -> list[Block]:
    """A line for each matter on which sources differ, or which has changed since."""
    urls = {citation.n: citation.url for citation in answer.citations}
    return [
        Block(
            conflict_words(conflict, lambda n: link(f"[{n}]", urls.get(n)), html.escape),
            conflict_words(conflict),
            "\n\n" if first else "\n",
        )
        for first, conflict in zip(chain([True], repeat(False)), answer.conflicts, strict=False)
    ]


def _sources(answer: Answer) -> list[Block]:
    """One line an article: the numbers of its citations, linked title, publisher, date."""
    by_article: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    blocks = [sources_heading(len(by_article))]
    for citations in by_article.values():
        first = citations[0]
        numbers = "".join(f"[{citation.n}]" for citation in citations)
        where = _where(first.source, first.published, first.depth)
        title = isolated(title_of(first.title))
        blocks.append(
            Block(
                f"{numbers} {link(title, first.url)}, {html.escape(where)}",
                f"{numbers} {title}, {where}" + (f"\n{first.url}" if first.url else ""),
            )
        )
    if 0 < answer.independent < len(by_article):
        told = ngettext(
            "{articles} articles, but {n} independent source.",
            "{articles} articles, but {n} independent sources.",
            answer.independent,
        )
        blocks.append(italic(told.format(articles=len(by_article))))
    if answer.note:
        blocks.append(italic(visible(answer.note), before="\n\n"))
    return blocks


def sources_heading(count: int) -> Block:
    return bold(_("Sources") if count > 1 else _("Source"), before="\n\n")


def _refusal(answer: Answer) -> list[Block]:
    blocks = [words(answer.refusal)]
    if answer.sentences:
        blocks.append(bold(_("The nearest that we have"), before="\n\n"))
        told = _sentences(answer.sentences, answer.citations)
        return [*blocks, *(replace(block, before="\n") for block in told), *_sources(answer)]
    if answer.nearest:
        blocks.append(bold(_("The nearest that we have"), before="\n\n"))
        blocks += map(article_line, answer.nearest)
    if answer.note:
        blocks.append(italic(visible(answer.note), before="\n\n"))
    return blocks


def article_line(article: Article, before: str = "\n") -> Block:
    """ "• title, publisher, date", and what else has to be known of it."""
    title, where = isolated(title_of(article.title)), where_of(article)
    plain = f"• {title}, {where}" + (f"\n{article.url}" if article.url else "")
    return Block(f"• {link(title, article.url)}, {html.escape(where)}", plain, before)


def where_of(article: Article) -> str:
    """Who published it and when; whether it is a teaser, withdrawn or corrected."""
    where = _where(article.source, article.published, article.depth)
    if article.withdrawn:
        return listed([where, _("withdrawn")])
    return listed([where, _("corrected")]) if article.corrected else where


def _where(source: str, published: datetime | None, depth: Depth) -> str:
    told = [publisher(source), day(published)]
    return listed([*told, _("teaser only")] if depth is Depth.TEASER else told)
