"""Answers and lists as Telegram messages: HTML, every piece of outside text escaped. Pure."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from urllib.parse import urlsplit

from bot.language import ISOLATES, _, isolated, long_date, ngettext
from ingest import Article, Coverage, Depth, Hit, SourceCount

LIMIT = 3900
"""Telegram allows 4,096 UTF-16 units of visible text; the rest is room for what joins blocks."""
SNIPPET = 160
MAX_TITLE, MAX_NAME = 200, 80


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


def sources_heading(count: int) -> Block:
    return bold(_("Sources") if count > 1 else _("Source"), before="\n\n")


def article_line(article: Article, before: str = "\n") -> Block:
    """ "• title, publisher, date", and what else has to be known of it."""
    title, where = isolated(title_of(article.title)), where_of(article)
    plain = listed(filter(None, [title, where])) + (f"\n{article.url}" if article.url else "")
    linked = listed(filter(None, [link(title, article.url), html.escape(where)]))
    return Block(f"• {linked}", f"• {plain}", before)


def where_of(article: Article) -> str:
    """Who published it and when; whether it is a teaser, withdrawn or corrected."""
    where = where_told(article.source, article.published, article.depth)
    if article.withdrawn:
        return listed(filter(None, [where, _("withdrawn")]))
    return listed(filter(None, [where, _("corrected")])) if article.corrected else where


def where_told(source: str, published: datetime | None, depth: Depth) -> str:
    """Publisher and date, as far as they are known; that there is but a teaser."""
    told = [publisher(source) if source else "", long_date(published) if published else ""]
    return listed(filter(None, [*told, _("teaser only") if depth is Depth.TEASER else ""]))
