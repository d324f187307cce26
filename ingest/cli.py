"""The newsroom's commands: ingest, search, articles, stories, reindex, status, migrate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingest.article import Summary
from ingest.errors import NewsroomError, SettingsError
from ingest.feeds_cli import app as feeds_app
from ingest.newsroom import Newsroom
from ingest.settings import Settings, load_settings
from ingest.shown import (
    article_json,
    fact_json,
    headline,
    hit_json,
    story_json,
    timeline,
    told_versions,
    versions_json,
)
from ingest.terminal import FAILED, WRONG_USE, complain, err, print_json, run_app, say

if TYPE_CHECKING:
    from ingest.pipeline import Progress

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="How many to show.")]
MANY_FAILURES = 20
app = typer.Typer(
    help="The newsroom: bring articles in, find them again.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


app.add_typer(feeds_app, name="feeds")


def main() -> int:
    """Run the command line; the exit code (0 done, 1 failed, 2 wrong use)."""
    return run_app(app, (NewsroomError,), SettingsError)


@app.command()
def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE…",
            help="Files (text, Markdown, HTML, PDF, JSON Lines, OPML), folders, pages, feeds.",
        ),
    ] = None,
    feeds: Annotated[
        bool, typer.Option("--feeds", help="Poll the feeds that are followed and due.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring articles into the archive."""
    if not sources and not feeds:
        complain("Name a SOURCE to read, or use --feeds to poll the feeds that are followed.")
        raise typer.Exit(WRONG_USE)
    with Newsroom(load_settings(Settings)) as newsroom:
        summary = ingest_with_progress(newsroom, sources) if sources else Summary()
        if feeds:
            with progress_bar("Polling") as on_progress:
                summary = summary.plus(newsroom.feeds.poll_due(on_progress))
    if as_json:
        print_json(_summary_json(summary))
    else:
        say(told(summary))
    _tell_failures(summary)
    if summary.failed and summary.failed == summary.found:
        raise typer.Exit(FAILED)


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="What to look for.")],
    limit: Limit = 8,
    as_json: AsJson = False,
) -> None:
    """Find the passages nearest to a text, with their scores."""
    with Newsroom(load_settings(Settings)) as newsroom:
        hits = newsroom.search(text, limit)
    if as_json:
        print_json([hit_json(hit) for hit in hits])
        return
    for hit in hits:
        say(f"{hit.score:.2f}  {headline(hit.article)}\n      {hit.passage.text[:300]}\n")
    if not hits:
        say("Nothing found. `newsdesk status` shows what is in the archive.")


@app.command()
def articles(limit: Limit = 20, as_json: AsJson = False) -> None:
    """What is in the archive, newest first."""
    with Newsroom(load_settings(Settings)) as newsroom:
        found = newsroom.latest(limit)
    if as_json:
        print_json([article_json(article) for article in found])
        return
    for article in found:
        say(headline(article))
    if not found:
        say("The archive is empty. `newsdesk ingest SOURCE` brings articles in.")


@app.command()
def article(
    article_id: Annotated[str, typer.Argument(help="An id that `newsdesk articles` shows.")],
    as_json: AsJson = False,
) -> None:
    """One article: its text, its former versions, and what each changed."""
    with Newsroom(load_settings(Settings)) as newsroom:
        found, versions = newsroom.article(article_id), newsroom.versions(article_id)
    if found is None:
        complain(f"There is no article {article_id}. `newsdesk articles --json` shows the ids.")
        raise typer.Exit(FAILED)
    if as_json:
        print_json({**article_json(found), "text": found.text, **versions_json(versions)})
    else:
        say(f"{headline(found)}\n{found.url or 'no address'}\n\n{found.text}")
        say(told_versions(versions))


@app.command()
def stories(limit: Limit = 20, as_json: AsJson = False) -> None:
    """The stories with the newest articles, and who tells them."""
    with Newsroom(load_settings(Settings)) as newsroom:
        found = newsroom.stories(limit)
    if as_json:
        print_json([story_json(story) for story in found])
        return
    for story in found:
        say(f"{story.id}  {story.last_seen:%Y-%m-%d}  {story.headline} ({story.coverage})")
    if not found:
        say("There are no stories yet. `newsdesk ingest SOURCE` brings articles in.")


@app.command()
def story(
    story_id: Annotated[str, typer.Argument(metavar="ID", help="As `newsdesk stories` shows.")],
    as_json: AsJson = False,
) -> None:
    """One story: its timeline, and what each article added."""
    with Newsroom(load_settings(Settings)) as newsroom:
        found = newsroom.story(story_id)
    if found is None:
        complain(f"There is no story {story_id}. `newsdesk stories` shows them with their ids.")
        raise typer.Exit(FAILED)
    if as_json:
        print_json({**story_json(found), "facts": [fact_json(fact) for fact in found.facts]})
    else:
        say(timeline(found))


@app.command()
def regroup() -> None:
    """Merge and split the stories of the last week (`newsdesk run` does so each night)."""
    with Newsroom(load_settings(Settings)) as newsroom:
        merged, split = newsroom.regroup()
    say(f"{merged} stories merged, {split} split.")


@app.command()
def status(as_json: AsJson = False) -> None:
    """How much is in the archive."""
    with Newsroom(load_settings(Settings)) as newsroom:
        state = newsroom.status()
    if as_json:
        document = {name: getattr(state, name) for name in state.__slots__}
        print_json(document)
        return
    say(f"{state.articles:,} articles in {state.passages:,} passages, model {state.model}")
    if state.unindexed:
        say(f"{state.unindexed:,} articles wait for embeddings; the next ingest or run makes them.")


@app.command()
def reindex() -> None:
    """Make the vector index anew, from the archive."""
    with Newsroom(load_settings(Settings)) as newsroom, progress_bar("Embedding") as on_progress:
        count = newsroom.reindex(on_progress)
    say(f"The index holds {count:,} passages.")


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date (every command does so by itself)."""
    with Newsroom(load_settings(Settings)) as newsroom:
        name = newsroom.engine.dialect.name
    say(f"The tables ({name}) are up to date.")


def ingest_with_progress(newsroom: Newsroom, sources: list[str]) -> Summary:
    """Ingest, with a progress line on standard error."""
    with progress_bar("Reading") as on_progress:
        return newsroom.ingest(sources, on_progress)


@contextmanager
def progress_bar(what: str) -> Iterator[Progress]:
    """A line that shows how far an ingest run is; on standard error, gone when it is done."""
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Bar(*columns, console=err, transient=True) as bar:
        task = bar.add_task(what)

        def on_progress(summary: Summary, source: str) -> None:
            counted = f"{summary.found} articles read, {summary.embedded} passages embedded"
            bar.update(task, description=f"{what}: {counted}  {source[-40:]}".replace("[", "\\["))

        yield on_progress


def told(summary: Summary) -> str:
    """The summary in a line that adds up."""
    return (
        f"{summary.found} found = {summary.new} new + {summary.updated} updated "
        f"+ {summary.unchanged} unchanged + {summary.failed} failed; "
        f"{summary.embedded} passages embedded"
    )


def _tell_failures(summary: Summary) -> None:
    for failure in summary.failures[:MANY_FAILURES]:
        complain(f"failed: {failure.source}: {failure.reason}")
    if summary.failed > MANY_FAILURES:
        complain(f"… and {summary.failed - MANY_FAILURES} more (--json lists them all)")


def _summary_json(summary: Summary) -> dict[str, Any]:
    names = ("found", "new", "updated", "unchanged", "failed", "embedded")
    failures = [{"source": f.source, "reason": f.reason} for f in summary.failures]
    return {**{name: getattr(summary, name) for name in names}, "failures": failures}
