"""`newsdesk feeds …`: the feeds that are followed, and how they fare."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ingest.feed import FeedState, FollowedFeed
from ingest.newsroom import Newsroom
from ingest.settings import Settings, load_settings
from ingest.terminal import complain, print_json, say

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Name = Annotated[str, typer.Argument(metavar="FEED", help="Its number or address.")]
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="A feed's, or a site's page.")]
app = typer.Typer(help="Feeds: follow them, look after them.", no_args_is_help=True)


@app.command()
def add(address: Address) -> None:
    """Follow a feed, or the feeds that a site's page names; `newsdesk run` polls them."""
    with _newsroom() as newsroom:
        for feed in newsroom.feeds.add(address):
            say(f"Following {feed.id}: {feed.title or feed.url} ({feed.url})")
    say("`newsdesk run` polls it from now on; `newsdesk ingest --feeds` does so once.")


@app.command(name="list")
def list_feeds(as_json: AsJson = False) -> None:
    """All feeds: state, last success, next poll, failures, items a day."""
    with _newsroom() as newsroom:
        feeds = newsroom.feeds.followed()
    if as_json:
        print_json([feed_json(feed) for feed in feeds])
        return
    for feed in feeds:
        say(f"{feed.id:4}  {feed.title or feed.url}\n      {feed.url}\n      {health(feed)}")
    if not feeds:
        say("No feed is followed. `newsdesk feeds add ADDRESS` begins with one.")


@app.command()
def remove(feed: Name) -> None:
    """Stop following a feed; its articles stay."""
    with _newsroom() as newsroom:
        say(f"Removed: {newsroom.feeds.remove(feed).url}")


@app.command()
def pause(feed: Name) -> None:
    """Do not poll a feed until it is resumed."""
    with _newsroom() as newsroom:
        say(f"Paused: {newsroom.feeds.pause(feed).url}")


@app.command()
def resume(feed: Name) -> None:
    """Poll a paused or retired feed again."""
    with _newsroom() as newsroom:
        say(f"Resumed: {newsroom.feeds.resume(feed).url}")


@app.command()
def check(address: Address, as_json: AsJson = False) -> None:
    """What a feed gives, without following it."""
    with _newsroom() as newsroom:
        checks = newsroom.feeds.check(address)
    if as_json:
        print_json([{name: getattr(c, name) for name in c.__slots__} for c in checks])
        return
    for found in checks:
        newest = f"{found.newest:%Y-%m-%d %H:%M} UTC" if found.newest else "unknown"
        say(f"{found.title or 'no title'}  {found.url}")
        say(
            f"      {found.items} items: {found.full} with full text, {found.dated} with a date; "
            f"newest {newest}"
        )
        for title in found.sample:
            say(f"      • {title}")


@app.command(name="import")
def import_opml(file: Annotated[Path, typer.Argument(help="An OPML file.")]) -> None:
    """Follow all feeds of an OPML file."""
    with _newsroom() as newsroom:
        new, count = newsroom.feeds.import_opml(file)
    say(f"{count} feeds in the file, {new} of them new.")


@app.command()
def export() -> None:
    """All feeds as OPML, on standard output."""
    with _newsroom() as newsroom:
        document = newsroom.feeds.export_opml()
        if not newsroom.feeds.followed():
            complain("No feed is followed; the list is empty.")
    typer.echo(document, nl=False)


def health(feed: FollowedFeed) -> str:
    """How a feed fares, in a line."""
    last = f"{feed.last_success:%Y-%m-%d %H:%M} UTC" if feed.last_success else "never"
    line = f"{feed.state}, {feed.items_per_day:.1f} items a day, last success {last}"
    if feed.state is FeedState.ACTIVE:
        line += f", next poll {feed.next_poll:%Y-%m-%d %H:%M} UTC"
    if feed.failures:
        line += f"; failed {feed.failures} times in a row: {feed.reason}"
    return line


def feed_json(feed: FollowedFeed) -> dict[str, Any]:
    """A feed as `newsdesk feeds list --json` lists it."""
    return {
        "id": feed.id,
        "url": feed.url,
        "title": feed.title,
        "state": str(feed.state),
        "last_success": feed.last_success.isoformat() if feed.last_success else None,
        "next_poll": feed.next_poll.isoformat(),
        "interval_seconds": round(feed.interval.total_seconds()),
        "failures": feed.failures,
        "reason": feed.reason,
        "items_per_day": round(feed.items_per_day, 2),
    }


def _newsroom() -> Newsroom:
    return Newsroom(load_settings(Settings))
