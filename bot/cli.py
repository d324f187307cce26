"""The command line: the newsroom's commands and the bot's."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.answer import Answer, Question, Turn
from bot.errors import BotError
from bot.evaluating.cli import evaluate_set
from bot.language import _
from bot.logs import set_up_logging
from bot.settings import BotSettings
from ingest import Newsroom, NewsroomError, SettingsError, load_settings
from ingest.cli import AsJson, ingest_with_progress, told
from ingest.cli import app as newsroom_app
from ingest.terminal import FAILED, WRONG_USE, complain, print_json, run_app, say
from ingest.text import parse_time

if TYPE_CHECKING:
    from bot.answering.reply import Correspondent

HISTORY = 3
DEMO_QUESTIONS = (
    "Who is the US special envoy for hostages?",
    "How many people were injured when the ferry ran aground?",
    "Who won the World Cup?",
)
app = typer.Typer(
    help="Newsdesk answers questions about the news, with citations.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.registered_commands += newsroom_app.registered_commands
app.registered_groups += newsroom_app.registered_groups
app.command(name="eval")(evaluate_set)


def main() -> int:
    """Run the command line; the exit code (0 done, 1 failed, 2 wrong use)."""
    return run_app(app, (NewsroomError, BotError), SettingsError)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question about the news.")],
    asked_at: Annotated[
        str | None, typer.Option(metavar="TIME", help="Use nothing published after (ISO 8601).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask a question; the answer cites its articles."""
    time = _time(asked_at)
    if not any(map(str.isalnum, question)):
        complain('Please ask in words, for example: newsdesk ask "What is new about the trams?"')
        raise typer.Exit(WRONG_USE)
    settings = _settings()
    with Newsroom(settings) as newsroom:
        correspondent = _correspondent(newsroom, settings)
        answer = asyncio.run(correspondent.reply(Question(question, (), time)))
    if as_json:
        print_json(answer.to_json())
    else:
        say(in_terminal(answer))


@app.command()
def check(
    claim: Annotated[str, typer.Argument(help="A statement, as somebody else made it.")],
    asked_at: Annotated[
        str | None, typer.Option(metavar="TIME", help="Use nothing published after (ISO 8601).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a claim: supported, contradicted, disputed or not covered by the articles."""
    time = _time(asked_at)
    settings = _settings()
    with Newsroom(settings) as newsroom:
        assistant = _correspondent(newsroom, settings).assistant
        answer = asyncio.run(assistant.check(Question(claim, (), time)))
    if as_json:
        print_json(answer.to_json())
    else:
        say(in_terminal(answer))


@app.command()
def chat() -> None:
    """Ask one question after the other; an empty line ends it."""
    settings = _settings()
    history: list[Turn] = []
    with Newsroom(settings) as newsroom:
        correspondent = _correspondent(newsroom, settings)
        say("Ask about the news; an empty line ends it.")
        while text := typer.prompt("\nYou", default="", show_default=False).strip():
            question = Question(text, tuple(history[-HISTORY:]))
            answer = asyncio.run(correspondent.reply(question))
            if answer.answered:
                cited = tuple(citation.article_id for citation in answer.cited)
                history.append(Turn(text, answer.text, cited))
            say(in_terminal(answer))


@app.command()
def demo() -> None:
    """Ingest the sample news and ask three questions; no token, no key."""
    from tempfile import TemporaryDirectory

    from ingest import SAMPLE_NEWS

    with TemporaryDirectory(prefix="newsdesk-demo-") as folder:
        settings = _settings().model_copy(
            update={"data_dir": Path(folder), "database_url": None, "chroma_url": None}
        )
        with Newsroom(settings) as newsroom:
            say("Reading the sample news (the embedding model is loaded first) …")
            say(told(ingest_with_progress(newsroom, [str(SAMPLE_NEWS)])))
            correspondent = _correspondent(newsroom, settings)
            for text in DEMO_QUESTIONS:
                say(f"\n❯ {text}")
                say(in_terminal(asyncio.run(correspondent.reply(Question(text)))))
    say(
        "\nThat is it. Bring your own news in: newsdesk ingest FILE-OR-ADDRESS; then: newsdesk chat"
    )


@app.command()
def run() -> None:
    """Answer in Telegram until stopped."""
    from bot.app import run as run_bot

    settings = _settings()
    token = settings.telegram_bot_token
    key = settings.llm_api_key
    secrets = [secret.get_secret_value() for secret in (token, key) if secret]
    set_up_logging(settings.log_level, secrets)
    run_bot(settings)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Check token, model, language model, database and Chroma; tell how to mend what is wrong."""
    from bot.doctor import examine

    findings = []
    for finding in examine(_settings()):
        findings.append(finding)
        if not as_json:
            mend = f"\n      → {finding.mend}" if finding.mend else ""
            say(f"{finding.mark} {finding.name}: {finding.state}{mend}")
    if as_json:
        print_json([finding.to_json() for finding in findings])
    if any(finding.broken for finding in findings):
        raise typer.Exit(FAILED)


def in_terminal(answer: Answer) -> str:
    """An answer in plain text, as a phone shows it; the stories that buttons lead to are listed."""
    from bot.wording.answer_text import render_answer
    from bot.wording.small_talk import SAID

    if not answer.answered and not answer.refusal:
        return _(SAID[answer.kind])
    lines = [text.plain for text in render_answer(answer)]
    if not answer.answered:
        lines += [f"  • {story.headline}" for story in answer.stories]
    return "\n".join(lines)


def _settings() -> BotSettings:
    return load_settings(BotSettings)


def _correspondent(newsroom: Newsroom, settings: BotSettings) -> Correspondent:
    from bot.answering.reply import Correspondent

    return Correspondent(newsroom, settings)


def _time(text: str | None) -> datetime | None:
    time = parse_time(text)
    if text and time is None:
        complain(f"--asked-at {text} is no time; it may be like 2026-04-15 or 2026-04-15T18:00Z")
        raise typer.Exit(WRONG_USE)
    return time
