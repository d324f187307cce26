"""What is said about subscriptions and settings. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language import LANGUAGES, N_, _, day_name, isolated, ngettext
from bot.subscription import STRICTEST, Kind, Subscription
from bot.updates.when import ChatSettings, Digest
from bot.wording.rendering import (
    Block,
    Text,
    bold,
    clipped,
    italic,
    line_of,
    link,
    listed,
    pack,
    words,
)
from ingest import Story

SHOWN = 5
KINDS = {
    Kind.TOPIC: N_("topic"),
    Kind.KEYWORDS: N_("keywords"),
    Kind.SOURCE: N_("source"),
    Kind.FEED: N_("feed"),
    Kind.STORY: N_("story"),
    Kind.QUESTION: N_("question"),
    Kind.EVERYTHING: N_("everything"),
    Kind.BRIEFING: N_("daily briefing"),
}
STRICTNESS = {
    -2: N_("very loosely"),
    -1: N_("loosely"),
    1: N_("strictly"),
    2: N_("very strictly"),
}


def name_of(subscription: Subscription) -> str:
    """ "ceasefire talks (topic, strictly)"."""
    if subscription.kind is Kind.EVERYTHING:
        return _("everything")
    if subscription.kind is Kind.BRIEFING:
        return _("daily briefing at {hour}:00").format(hour=subscription.key)
    about = [_(KINDS[subscription.kind])]
    if subscription.strictness:
        about.append(_(STRICTNESS[subscription.strictness]))
    return f"{isolated(line_of(subscription.text)[:80])} ({listed(about)})"


def render_preview(subscription: Subscription, stories: Sequence[Story], days: int) -> Text:
    """What a subscription would have brought lately, before it is saved."""
    count = len(stories)
    blocks = [bold(name_of(subscription))]
    if subscription.kind is Kind.QUESTION:
        blocks.append(words(_("I will write when our articles answer this."), before="\n\n"))
        return pack(blocks)[0]
    told = _("In the last {days} days this would have brought nothing.")
    if count:
        told = ngettext(
            "In the last {days} days this would have brought {n} story.",
            "In the last {days} days this would have brought {n} stories.",
            count,
        )
    blocks.append(words(told.format(days=days), before="\n\n"))
    for story in stories[:SHOWN]:
        title = isolated(clipped(story.headline, 120))
        url = story.tellings[0].article.url
        blocks.append(Block(f"• {link(title, url)}", f"• {title}"))
    if count > SHOWN:
        blocks.append(italic(ngettext("… and {n} more", "… and {n} more", count - SHOWN)))
    return pack(blocks)[0]


def preview_buttons(subscription: Subscription, draft: int) -> list[list[tuple[str, str]]]:
    """Looser and stricter for topics, as far as they go; save; cancel."""
    rows = []
    if subscription.kind is Kind.TOPIC:
        row = []
        if subscription.strictness > -STRICTEST:
            row.append((_("◀ Looser"), f"looser:{draft}"))
        if subscription.strictness < STRICTEST:
            row.append((_("Stricter ▶"), f"stricter:{draft}"))
        rows.append(row)
    return [*rows, [(_("✓ Subscribe"), f"save:{draft}"), (_("Cancel"), f"drop:{draft}")]]


def render_subscriptions(
    subscriptions: Sequence[Subscription], titles: dict[int, str] | None = None
) -> list[Text]:
    """A numbered list; with `titles`, of several chats, each under its name."""
    blocks = [bold(_("What you follow") if titles else _("What comes here by itself"))]
    chat = None
    for number, subscription in enumerate(subscriptions, 1):
        here = subscription.target.chat_id
        if titles and here != chat:
            chat = here
            title = isolated(line_of(titles.get(here, ""))) or _("Another chat")
            blocks.append(italic(title, before="\n\n"))
        blocks.append(words(f"{number}. {name_of(subscription)}"))
    return pack(blocks)


def render_settings(settings: ChatSettings, title: str = "") -> Text:
    """How a chat is told, in words; `title` is its name, if it is not the one spoken in."""
    hour = f"{settings.digest_hour}:00"
    digest = {
        Digest.OFF: _("at once"),
        Digest.DAILY: _("gathered, every day at {hour}").format(hour=hour),
        Digest.WEEKLY: _("gathered, once a week: {day}, {hour}").format(
            day=day_name(settings.digest_day), hour=hour
        ),
    }
    quiet = _("none")
    if settings.quiet_from is not None and settings.quiet_to is not None:
        quiet = f"{settings.quiet_from}:00–{settings.quiet_to}:00"
    limit = ngettext(
        "{n} post an hour; more goes into one message later",
        "{n} posts an hour; more goes into one message later",
        settings.hourly,
    )
    lines = (
        (_("News comes"), digest[settings.digest]),
        (_("Quiet hours"), isolated(quiet)),
        (_("At most"), limit),
        (_("Time zone"), isolated(settings.timezone.replace("_", " "))),
        (_("Language"), LANGUAGES.get(settings.language) or _("that of whoever writes to me")),
    )
    about = _("Settings of {title}").format(title=title) if title else _("Settings of this chat")
    heading = bold(about)
    return pack([heading, *(words(f"{name}: {value}") for name, value in lines)])[0]
