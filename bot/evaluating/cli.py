"""`newsdesk eval`: how good the answers are, and where refusal should begin."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import BotError
from bot.settings import BotSettings
from ingest import Newsroom, load_settings
from ingest.terminal import WRONG_USE, complain, err, print_json, say

if TYPE_CHECKING:
    from bot.evaluating.evaluate import OnOutcome
    from bot.evaluating.measures import Outcome
    from bot.evaluating.questions import SetQuestion

FEWEST = 10
"""Of answerable and of unanswerable questions, so many are needed to fit a threshold."""
UNFIT = "No threshold was stored: too many answerable questions find nothing that could answer."
EMPTY = "The archive is empty. `newsdesk ingest SOURCE` brings articles in."


def evaluate_set(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Questions, in JSON Lines.")
    ] = None,
    *,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write report.md, report.json and report.png there."),
    ] = None,
    calibrate: Annotated[
        bool,
        typer.Option("--calibrate", help="Fit the threshold of quotes to this set, and store it."),
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Ask N of them, always the same ones.")
    ] = None,
    from_feedback: Annotated[
        bool,
        typer.Option("--from-feedback", help="Write a set of what got a 👎, to FILE or here."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Ask a set of questions; report hits, answers, citations, refusals, with intervals."""
    if from_feedback:
        if report or calibrate or limit or as_json:
            complain("--from-feedback writes a set; evaluate it in a second run.")
            raise typer.Exit(WRONG_USE)
        _write_feedback(file)
    elif file is None:
        complain("Name a FILE of questions (docs/formats.md, Question sets), or --from-feedback.")
        raise typer.Exit(WRONG_USE)
    else:
        _evaluate(file, report, limit, calibrate=calibrate, as_json=as_json)


def _evaluate(
    file: Path, report: Path | None, limit: int | None, *, calibrate: bool, as_json: bool
) -> None:
    from bot.answering.ask import Assistant
    from bot.evaluating.evaluate import evaluate
    from bot.evaluating.measures import figures_of
    from bot.evaluating.questions import read_questions
    from bot.evaluating.report import to_json, to_markdown, write_report

    settings = load_settings(BotSettings)
    questions = _sample(read_questions(file), limit)
    if calibrate:
        settings = settings.model_copy(update={"llm_model": None})
        _check_for_calibration(questions)
    _tell_what_is_missing(questions)
    with Newsroom(settings) as newsroom:
        if not newsroom.status().articles:
            raise BotError(EMPTY)
        newsroom.warm_up()
        with _progress(len(questions)) as on_outcome:
            outcomes = evaluate(newsroom, Assistant(newsroom, settings), questions, on_outcome)
        stored = _calibrate(newsroom, settings.models, outcomes) if calibrate else ""
    figures, heading = figures_of(outcomes), f"{file.name}: {len(questions)} questions"
    if report:
        paths = write_report(report, figures, outcomes, heading)
        complain(f"Written: {', '.join(map(str, paths))}")
    if as_json:
        print_json(to_json(figures, outcomes))
    else:
        say(to_markdown(figures, heading))
    if stored:
        complain(stored)


def _sample(questions: Sequence[SetQuestion], limit: int | None) -> list[SetQuestion]:
    """At most `limit` of the questions, in their order."""
    if limit is None or limit >= len(questions):
        return list(questions)
    chance = random.Random(1)  # noqa: S311 - no secret
    return [questions[at] for at in sorted(chance.sample(range(len(questions)), limit))]


def _tell_what_is_missing(questions: Sequence[SetQuestion]) -> None:
    unanswerable = sum(question.unanswerable for question in questions)
    if not unanswerable:
        complain("The set has no unanswerable questions, so refusal is not measured.")
    elif unanswerable == len(questions):
        complain("The set has no answerable questions, so only refusals are counted.")
    elif not any(question.articles for question in questions):
        complain("The set names no articles, so hits and citations are not measured.")


def _check_for_calibration(questions: Sequence[SetQuestion]) -> None:
    wrong = sum(question.unanswerable for question in questions)
    right = len(questions) - wrong
    if min(right, wrong) < FEWEST:
        raise BotError(
            f"No threshold can be fitted: it takes at least {FEWEST} answerable and {FEWEST} "
            f"unanswerable questions, and there are {right} and {wrong}."
        )


def _calibrate(newsroom: Newsroom, models: str, outcomes: Sequence[Outcome]) -> str:
    """Fit and store the threshold of these models; what was done, in words."""
    from bot.calibrations import Calibrations
    from bot.evaluating.measures import fitted

    enough = fitted(outcomes)
    if not enough:
        raise BotError(UNFIT)
    Calibrations(newsroom.engine).keep(models, enough, len(outcomes))
    passed = [sum(o.confidence >= enough for o in outcomes if o.unanswerable is is_wrong)
              for is_wrong in (False, True)]  # fmt: skip
    wrong = sum(outcome.unanswerable for outcome in outcomes)
    return (
        f"Stored for {models}: an answer needs a confidence of {enough:.4f}. That answers "
        f"{passed[0]} of {len(outcomes) - wrong} answerable questions of this set and refuses "
        f"{wrong - passed[1]} of {wrong} others; the figures above are those before it."
    )


def _write_feedback(file: Path | None) -> None:
    from bot.evaluating.questions import feedback_set
    from bot.records import Records

    if file is not None and file.exists():
        complain(f"{file} exists already; name a new file.")
        raise typer.Exit(WRONG_USE)
    with Newsroom(load_settings(BotSettings)) as newsroom:
        disliked = Records(newsroom.engine).disliked()
    if not disliked:
        complain("No answer has got a 👎 yet.")
    lines = feedback_set(disliked)
    if file is None:
        typer.echo(lines, nl=False)
        return
    try:
        file.write_text(lines, encoding="utf-8")
    except OSError as error:
        raise BotError(f"{file} can't be written: {error.strerror}") from error
    complain(f"{len(disliked)} questions written to {file}. Look them through before you use them.")


@contextmanager
def _progress(count: int) -> Iterator[OnOutcome]:
    """A bar on standard error, gone when all are asked."""
    from rich.progress import Progress

    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("Asking", total=count)
        yield lambda _outcome: bar.advance(task)
