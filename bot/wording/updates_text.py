"""What is said about subscriptions and settings. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.subscription import STRICTEST, Kind, Subscription
from bot.updates.when import ChatSettings, Digest
from bot.wording.rendering import Block, Text, bold, clipped, italic, line_of, link, pack, words
from ingest import Story

SHOWN = 5
KINDS = {
    Kind.TOPIC: "topic",
    Kind.KEYWORDS: "keywords",
    Kind.SOURCE: "source",
    Kind.FEED: "feed",
    Kind.STORY: "story",
    Kind.QUESTION: "question",
    Kind.EVERYTHING: "everything",
}
STRICTNESS = {-2: "very loosely", -1: "loosely", 0: "", 1: "strictly", 2: "very strictly"}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def name_of(subscription: Subscription) -> str:
    """ "ceasefire talks (topic, strictly)"."""
    if subscription.kind is Kind.EVERYTHING:
        return "everything"
    about = [KINDS[subscription.kind], STRICTNESS[subscription.strictness]]
    text = line_of(subscription.text)[:80]
    return f"{text} ({', '.join(filter(None, about))})"


def render_preview(subscription: Subscription, stories: Sequence[Story], days: int) -> Text:
    """What a subscription would have brought lately, before it is saved."""
    count = len(stories)
    found = {0: "nothing", 1: "1 story"}.get(count, f"{count:,} stories")
    blocks = [bold(name_of(subscription))]
    if subscription.kind is Kind.QUESTION:
        blocks.append(words("I will write when our articles answer this.", before="\n\n"))
        return pack(blocks)[0]
    blocks.append(words(f"In the last {days} days this would have brought {found}.", "\n\n"))
    for story in stories[:SHOWN]:
        title = clipped(story.headline, 120)
        url = story.tellings[0].article.url
        blocks.append(Block(f"• {link(title, url)}", f"• {title}"))
    if count > SHOWN:
        blocks.append(italic(f"… and {count - SHOWN:,} more"))
    return pack(blocks)[0]


def preview_buttons(subscription: Subscription, draft: int) -> list[list[tuple[str, str]]]:
    """Looser and stricter for topics, as far as they go; save; cancel."""
    rows = []
    if subscription.kind is Kind.TOPIC:
        looser = [("◀ Looser", f"looser:{draft}")] if subscription.strictness > -STRICTEST else []
        more = subscription.strictness < STRICTEST
        stricter = [("Stricter ▶", f"stricter:{draft}")] if more else []
        rows.append([*looser, *stricter])
    return [*rows, [("✓ Subscribe", f"save:{draft}"), ("Cancel", f"drop:{draft}")]]


def render_subscriptions(
    subscriptions: Sequence[Subscription], titles: dict[int, str] | None = None
) -> list[Text]:
    """A numbered list; with `titles`, of several chats, each under its name."""
    blocks = [bold("What you follow" if titles else "What comes here by itself")]
    chat = None
    for number, subscription in enumerate(subscriptions, 1):
        here = subscription.target.chat_id
        if titles and here != chat:
            chat = here
            blocks.append(italic(titles.get(here) or "Another chat", before="\n\n"))
        blocks.append(words(f"{number}. {name_of(subscription)}"))
    return pack(blocks)


def render_settings(settings: ChatSettings) -> Text:
    """How a chat is told, in words."""
    if settings.digest is Digest.OFF:
        digest = "at once"
    else:
        day = "day" if settings.digest is Digest.DAILY else DAYS[settings.digest_day]
        digest = f"gathered, every {day} at {settings.digest_hour}:00"
    quiet = "none"
    if settings.quiet_from is not None and settings.quiet_to is not None:
        quiet = f"{settings.quiet_from}:00 to {settings.quiet_to}:00"
    lines = (
        ("News comes", digest),
        ("Quiet hours", quiet),
        ("At most", f"{settings.hourly} posts an hour; more goes into one message later"),
        ("Time zone", settings.timezone.replace("_", " ")),
    )
    return pack([bold("Settings of this chat"), *(words(f"{a}: {b}") for a, b in lines)])[0]
