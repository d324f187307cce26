"""Figures as Markdown, as JSON, and as a picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.evaluating.measures import Figure, Outcome

_SHARES = 1.0
_BLUE, _RED, _GREY = "#1b66c9", "#b3261e", "#5b6775"


def to_markdown(figures: Sequence[Figure], heading: str) -> str:
    """A table: figure, value, 95 percent interval, number of questions."""
    lines = [
        f"# {heading}",
        "",
        "| figure | value | 95 % interval | questions |",
        "|---|---|---|---|",
    ]
    for figure in figures:
        digits = 3 if figure.high <= _SHARES else 1
        value, low, high = (f"{n:.{digits}f}" for n in (figure.value, figure.low, figure.high))
        lines.append(f"| {figure.name} | {value} | {low} to {high} | {figure.count} |")
    return "\n".join([*lines, ""])


def to_json(figures: Sequence[Figure]) -> dict[str, Any]:
    """{"figures": {name: {"value", "low", "high", "questions"}}}"""
    return {
        "figures": {
            f.name: {
                "value": round(f.value, 4),
                "low": round(f.low, 4),
                "high": round(f.high, 4),
                "questions": f.count,
            }
            for f in figures
        }
    }


def write_report(
    folder: Path, figures: Sequence[Figure], outcomes: Sequence[Outcome], heading: str
) -> list[Path]:
    """Write report.md, report.json and report.png; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    markdown, document, picture = (folder / f"report.{kind}" for kind in ("md", "json", "png"))
    markdown.write_text(to_markdown(figures, heading) + "\n![Figures](report.png)\n")
    document.write_text(json.dumps(to_json(figures), indent=2) + "\n")
    picture.write_bytes(_draw(figures, outcomes))
    return [markdown, document, picture]


def _draw(figures: Sequence[Figure], outcomes: Sequence[Outcome]) -> bytes:
    """Left the shares with their intervals, right how sure the bot was of what it could answer and
    of what it could not."""
    from io import BytesIO

    figure_type: Any = import_module("matplotlib.figure").Figure
    drawing = figure_type(figsize=(12, 5), layout="constrained")
    left, right = drawing.subplots(1, 2)
    shares = [f for f in figures if f.high <= _SHARES][::-1]
    for at, figure in enumerate(shares):
        left.plot([figure.low, figure.high], [at, at], color=_GREY, lw=2)
        left.plot([figure.value], [at], "o", color=_BLUE)
    left.set_yticks(range(len(shares)), [f.name for f in shares])
    left.set_xlim(0, 1)
    left.grid(axis="x", alpha=0.3)
    for unanswerable, color, label in ((False, _BLUE, "answerable"), (True, _RED, "unanswerable")):
        values = [o.confidence for o in outcomes if o.unanswerable is unanswerable]
        if values:
            right.hist(values, bins=20, range=(0, 1), color=color, alpha=0.6, label=label)
    right.set_xlabel("confidence")
    right.set_ylabel("questions")
    right.legend()
    buffer = BytesIO()
    drawing.savefig(buffer, format="png", dpi=100)
    return buffer.getvalue()
