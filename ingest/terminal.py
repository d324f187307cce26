"""What the commands share: output, errors, exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import typer
from rich.console import Console

DONE, FAILED, WRONG_USE = 0, 1, 2
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def print_json(document: object) -> None:
    """One JSON document on standard output, and nothing else there."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def say(text: str) -> None:
    """A line for people on standard output; article text in it is never taken as markup."""
    out.print(text, markup=False, soft_wrap=True)


def complain(text: str) -> None:
    """A line for people on standard error."""
    err.print(text, markup=False, soft_wrap=True)


def run_app(app: typer.Typer, errors: tuple[type[Exception], ...], wrong: type[Exception]) -> int:
    """Run a Typer app; the exit code. `errors` are told in a line, those of `wrong` exit with 2."""
    command: Callable[..., Any] = typer.main.get_command(app)
    try:
        code = command(standalone_mode=False)
    except typer.Exit as stop:
        return stop.exit_code
    except (typer.Abort, KeyboardInterrupt):
        complain("Stopped. Nothing is lost: run the command again to go on.")
        return FAILED
    except errors as error:
        complain(str(error))
        return WRONG_USE if isinstance(error, wrong) else FAILED
    except Exception as error:
        return _usage_error(error)
    return code if isinstance(code, int) else DONE


def _usage_error(error: Exception) -> int:
    """Wrong use of an option is told by the library itself; any other error is a bug."""
    show = getattr(error, "show", None)
    if show is None:
        raise error
    show()
    return int(getattr(error, "exit_code", WRONG_USE))
