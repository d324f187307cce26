"""Stories as Telegram messages: HTML, every piece of outside text escaped. Pure."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.wording.picture import marked_facts
from bot.wording.rendering import (
    Block,
    Text,
    bold,
    clipped,
    day,
    italic,
    line_of,
    link,
    pack,
    title_of,
    units,
    words,
)
from ingest import Article, Depth, Fact, FactKind, Story

CAPTION = 1024
"""Telegram's limit for the text below a picture, in UTF-16 units."""
FACTS = 8
MAX_FACT, MAX_NAME = 320, 80
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
        blocks.append(bold("What was new", before="\n\n"))
        if earlier := len(story.facts) - len(facts):
            blocks.append(italic(f"… and {earlier} earlier"))
        blocks += [_fact(fact, story, articles, numbers.get(fact.article_id)) for fact in facts]
    return pack([*blocks, *_sources(story, articles, numbers)])


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
        about = f"{story.coverage}, {day(story.last_seen)}"
        headline = title_of(story.headline)
        blocks.append(
            Block(
                f"{number}. {html.escape(headline)} <i>({html.escape(about)})</i>",
                f"{number}. {headline} ({about})",
            )
        )
    return pack(blocks)


def moment(time: datetime, *, year: bool = True) -> str:
    """ "14 April 2026, 18:40"; without the hour where only the day is known (midnight)."""
    date = day(time) if year else f"{time.day} {time:%B}"
    return f"{date}, {time:%H:%M}" if time.hour or time.minute else date


def _head(story: Story) -> list[Block]:
    return [bold(title_of(story.headline)), words(story.coverage)]


def _seen(story: Story) -> str:
    first, last = moment(story.first_seen), moment(story.last_seen)
    if first == last:
        return f"Seen {first} (UTC)"
    return f"First seen {first}; last seen {last} (UTC)"


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
    name = _publisher(article) if article else ""
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
    return f"{line_of(fact.before)[:MAX_NAME]} → {line_of(fact.after)[:MAX_NAME]}"


def _sources(story: Story, articles: dict[str, Article], numbers: dict[str, int]) -> list[Block]:
    """The numbered articles, each on a line; of the others the publishers, in one."""
    blocks = []
    if numbers:
        blocks.append(bold("Sources" if len(numbers) > 1 else "Source", before="\n\n"))
    for article_id, number in numbers.items():
        article = articles[article_id]
        title, where = title_of(article.title), _where(article)
        blocks.append(
            Block(
                f"[{number}] {link(title, article.url)}, {html.escape(where)}",
                f"[{number}] {title}, {where}" + (f"\n{article.url}" if article.url else ""),
            )
        )
    others = [telling.article for telling in story.tellings if telling.article.id not in numbers]
    if others:
        blocks.append(_others(others, "Also told by" if numbers else "Told by", bool(numbers)))
    return blocks


def _others(articles: Sequence[Article], heading: str, after: bool) -> Block:
    """Each publisher once, linked to its first article, with how many articles it has."""
    counts = Counter(map(_publisher, articles))
    first = {_publisher(article): article.url for article in reversed(articles)}
    shown, more = list(counts)[:MORE_SOURCES], len(counts) - MORE_SOURCES
    rest = f" and {more} more" if more > 0 else ""
    times = {name: f" ({counts[name]} articles)" if counts[name] > 1 else "" for name in shown}
    linked = ", ".join(f"{link(name, first[name])}{times[name]}" for name in shown)
    plain = ", ".join(f"{name}{times[name]}" for name in shown)
    return Block(
        f"{heading} {linked}{rest}.",
        f"{heading} {plain}{rest}.",
        "\n" if after else "\n\n",
    )


def _where(article: Article) -> str:
    remarks: Iterable[tuple[object, str]] = (
        (article.depth is Depth.TEASER, "teaser only"),
        (article.withdrawn, "withdrawn"),
        (article.corrected and not article.withdrawn, "corrected"),
    )
    told = [remark for holds, remark in remarks if holds]
    return ", ".join([_publisher(article), day(article.published), *told])


def _publisher(article: Article) -> str:
    return line_of(article.source)[:MAX_NAME] or "publisher unknown"
