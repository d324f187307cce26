"""The newsroom's commands: ingest, search, articles, reindex, status, migrate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingest.article import Article, Hit, Summary
from ingest.errors import NewsroomError, SettingsError
from ingest.newsroom import Newsroom
from ingest.settings import Settings, load_settings
from ingest.terminal import FAILED, complain, err, print_json, run_app, say

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


def main() -> int:
    """Run the command line; the exit code (0 done, 1 failed, 2 wrong use)."""
    return run_app(app, (NewsroomError,), SettingsError)


@app.command()
def ingest(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE…",
            help="Files (text, Markdown, HTML, PDF, JSON Lines, OPML), folders, pages, feeds.",
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Bring articles into the archive."""
    with Newsroom(load_settings(Settings)) as newsroom:
        summary = ingest_with_progress(newsroom, sources)
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
        print_json([_hit_json(hit) for hit in hits])
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
        print_json([_article_json(article) for article in found])
        return
    for article in found:
        say(headline(article))
    if not found:
        say("The archive is empty. `newsdesk ingest SOURCE` brings articles in.")


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


def headline(article: Article) -> str:
    """An article in a line: date, title, publisher."""
    date = f"{article.published:%Y-%m-%d}" if article.published else "date unknown"
    return f"{date}  {article.title} ({article.source or 'publisher unknown'})"


def _tell_failures(summary: Summary) -> None:
    for failure in summary.failures[:MANY_FAILURES]:
        complain(f"failed: {failure.source}: {failure.reason}")
    if summary.failed > MANY_FAILURES:
        complain(f"… and {summary.failed - MANY_FAILURES} more (--json lists them all)")


def _summary_json(summary: Summary) -> dict[str, Any]:
    names = ("found", "new", "updated", "unchanged", "failed", "embedded")
    failures = [{"source": f.source, "reason": f.reason} for f in summary.failures]
    return {**{name: getattr(summary, name) for name in names}, "failures": failures}


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "score": round(hit.score, 4),
        "dense": hit.dense,
        "keyword": hit.keyword,
        "passage_id": hit.passage.id,
        "text": hit.passage.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "article": _article_json(hit.article),
    }


def _article_json(article: Article) -> dict[str, Any]:
    names = ("id", "title", "url", "source", "language", "depth", "version")
    return {
        **{name: getattr(article, name) for name in names},
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
    }
