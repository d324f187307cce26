"""Stories as Telegram messages: HTML, every piece of outside text escaped. Pure."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot.language import _, day_and_month, isolated, ngettext
from bot.wording.picture import marked_facts
from bot.wording.rendering import (
    MAX_NAME,
    Block,
    Text,
    bold,
    clipped,
    coverage_words,
    day,
    italic,
    line_of,
    link,
    listed,
    pack,
    publisher,
    sources_heading,
    title_of,
    units,
    where_of,
    words,
)
from ingest import Article, Fact, FactKind, Story

CAPTION = 1024
"""Telegram's limit for the text below a picture, in UTF-16 units."""
FACTS = 8
MAX_FACT = 320
MORE_SOURCES = 12


def render_story(story: Story) -> list[Text]:
    """Headline, coverage, first and last seen; the newest facts in order; who tells it."""
    blocks = [*_head(story), words(_seen(story))]
    facts = story.facts[-FACTS:]
    articles = {telling.article.id: telling.article for telling in story.tellings}
    numbers = {
        article_id: n
        for n, article_id in enumerate(
            dict.fromkeys(fact.article_id for fact in facts if fact.article_id in articles), 1
        )
    }
    if facts:
        blocks.append(bold(_("What was new"), before="\n\n"))
        if earlier := len(story.facts) - len(facts):
            blocks.append(italic(ngettext("… and {n} earlier", "… and {n} earlier", earlier)))
        blocks += [_fact(fact, story, articles, numbers.get(fact.article_id)) for fact in facts]
    return pack([*blocks, *_sources(story, articles, numbers)])


def render_short_story(story: Story) -> Text:
    """A story to be posted elsewhere: headline, how widely it is told, who told it first."""
    lead = story.tellings[0].article
    title = isolated(title_of(story.headline))
    first = listed([publisher(lead.source), day(lead.published)])
    head = Block(f"<b>{link(title, lead.url)}</b>", title)
    return pack([head, words(coverage_words(story.coverage)), italic(first)])[0]


def render_timeline(story: Story) -> tuple[Text, list[Text]]:
    """The caption of the picture, and the messages below it with what did not fit in there.

    The numbers are those in the picture.
    """
    head = _head(story)
    marks = [_mark(number, fact, story) for number, fact in enumerate(marked_facts(story), 1)]
    whole = pack([*head, *marks])
    if len(whole) == 1 and units(whole[0].plain) <= CAPTION:
        return whole[0], []
    return pack(head)[0], pack(marks)


def render_stories(heading: str, stories: Sequence[Story]) -> list[Text]:
    """A numbered list: headline, coverage, when it was last told."""
    blocks = [bold(heading)]
    for number, story in enumerate(stories, 1):
        about = listed([coverage_words(story.coverage), day(story.last_seen)])
        headline = isolated(title_of(story.headline))
        blocks.append(
            Block(
                f"{number}. {html.escape(headline)} <i>({html.escape(about)})</i>",
                f"{number}. {headline} ({about})",
            )
        )
    return pack(blocks)


def moment(time: datetime, *, year: bool = True) -> str:
    """ "14 April 2026, 18:40"; without the hour where only the day is known (midnight)."""
    date = day(time) if year else day_and_month(time)
    return listed([date, f"{time:%H:%M}"]) if time.hour or time.minute else date


def _head(story: Story) -> list[Block]:
    return [bold(title_of(story.headline)), words(coverage_words(story.coverage))]


def _seen(story: Story) -> str:
    first, last = moment(story.first_seen), moment(story.last_seen)
    if first == last:
        return _("Seen {time} (UTC)").format(time=first)
    return _("First seen {first}; last seen {last} (UTC)").format(first=first, last=last)


def _fact(fact: Fact, story: Story, articles: dict[str, Article], number: int | None) -> Block:
    """When, what changed, the sentence, and the number of its article."""
    when, change, text = _when(fact, story), _change(fact), clipped(fact.text, MAX_FACT)
    mark = f"[{number}]" if number else ""
    linked = link(mark, articles[fact.article_id].url) if number else ""
    strong = f"<b>{html.escape(change)}</b>. " if change else ""
    plain = f"{change}. " if change else ""
    return Block(
        f"• {when}: {strong}{html.escape(text)} {linked}", f"• {when}: {plain}{text} {mark}"
    )


def _mark(number: int, fact: Fact, story: Story) -> Block:
    """The same for the picture, with the publisher in the place of a number."""
    of = (t.article for t in story.tellings if t.article.id == fact.article_id)
    article = next(of, None)
    name = publisher(article.source) if article else ""
    linked = link(name, article.url) if article else ""
    when, change, text = _when(fact, story), _change(fact), clipped(fact.text, MAX_FACT)
    strong = f"<b>{html.escape(change)}</b>. " if change else ""
    plain = f"{change}. " if change else ""
    return Block(
        f"<b>{number}</b> {when}, {linked}: {strong}{html.escape(text)}",
        f"{number} {when}, {name}: {plain}{text}",
        "\n\n",
    )


def _when(fact: Fact, story: Story) -> str:
    return moment(fact.at, year=story.first_seen.year != story.last_seen.year)


def _change(fact: Fact) -> str:
    """ "12 → 15", or "" if nothing changed."""
    if fact.kind is not FactKind.CHANGED:
        return ""
    return " → ".join(isolated(line_of(text)[:MAX_NAME]) for text in (fact.before, fact.after))


def _sources(story: Story, articles: dict[str, Article], numbers: dict[str, int]) -> list[Block]:
    """The numbered articles, each on a line; of the others the publishers, in one."""
    blocks = []
    if numbers:
        blocks.append(sources_heading(len(numbers)))
    for article_id, number in numbers.items():
        article = articles[article_id]
        title, where = isolated(title_of(article.title)), where_of(article)
        blocks.append(
            Block(
                f"[{number}] {link(title, article.url)}, {html.escape(where)}",
                f"[{number}] {title}, {where}" + (f"\n{article.url}" if article.url else ""),
            )
        )
    others = [telling.article for telling in story.tellings if telling.article.id not in numbers]
    if others:
        blocks.append(_others(others, also=bool(numbers)))
    return blocks


def _others(articles: Sequence[Article], *, also: bool) -> Block:
    """Each publisher once, linked to its first article, with how many articles it has."""
    counts = Counter(publisher(article.source) for article in articles)
    first = {publisher(article.source): article.url for article in reversed(articles)}
    shown, more = list(counts)[:MORE_SOURCES], len(counts) - MORE_SOURCES
    times = {name: f" ({_articles(counts[name])})" if counts[name] > 1 else "" for name in shown}
    names = [f"{name}{times[name]}" for name in shown]
    linked = [f"{link(name, first[name])}{html.escape(times[name])}" for name in shown]
    if more > 0:
        for told in (names, linked):
            told.append(ngettext("{n} more", "{n} more", more))
    sentence = _("Also told by {names}.") if also else _("Told by {names}.")
    return Block(
        sentence.format(names=listed(linked)),
        sentence.format(names=listed(names)),
        "\n" if also else "\n\n",
    )


def _articles(count: int) -> str:
    return ngettext("{n} article", "{n} articles", count)
