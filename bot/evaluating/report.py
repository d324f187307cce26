"""Figures as Markdown, as JSON, and as a picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.errors import BotError
from bot.evaluating.measures import ANSWERED, Figure, Outcome, area, roc, threshold

_BLUE, _RED, _GREY = "#1b66c9", "#b3261e", "#5b6775"
_BINS = 25


def to_markdown(figures: Sequence[Figure], heading: str) -> str:
    """A table: figure, value, 95 percent interval, number of questions."""
    lines = [
        f"# {heading}",
        "",
        "| figure | value | 95 % interval | questions |",
        "|---|---|---|---|",
    ]
    for figure in figures:
        value, low, high = (_told(n, figure.unit) for n in (figure.value, figure.low, figure.high))
        lines.append(f"| {figure.name} | {value} | {low} to {high} | {figure.count} |")
    return "\n".join([*lines, ""])


def _told(number: float, unit: str) -> str:
    return f"{number:.1f} {unit}" if unit else f"{number:.3f}"


def to_json(figures: Sequence[Figure], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The document that `newsdesk eval --json` prints (docs/formats.md)."""
    return {
        "figures": {
            f.name: {
                "value": round(f.value, 4),
                "low": round(f.low, 4),
                "high": round(f.high, 4),
                "questions": f.count,
                "unit": f.unit,
            }
            for f in figures
        },
        "questions": [outcome.to_json() for outcome in outcomes],
    }


def write_report(
    folder: Path, figures: Sequence[Figure], outcomes: Sequence[Outcome], heading: str
) -> list[Path]:
    """Write report.md, report.json and report.png; their paths."""
    markdown, document, picture = (folder / f"report.{kind}" for kind in ("md", "json", "png"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = to_markdown(figures, heading)
        markdown.write_text(f"{text}\n![Figures](report.png)\n", encoding="utf-8")
        listed = json.dumps(to_json(figures, outcomes), indent=2, ensure_ascii=False)
        document.write_text(f"{listed}\n", encoding="utf-8")
        picture.write_bytes(_draw(figures, outcomes, heading))
    except OSError as error:
        raise BotError(f"The report can't be written to {folder}: {error.strerror}") from error
    return [markdown, document, picture]


def _draw(figures: Sequence[Figure], outcomes: Sequence[Outcome], heading: str) -> bytes:
    """Four panels: shares, confidence, the ROC curve, latency."""
    drawing: Any = import_module("matplotlib.figure").Figure(figsize=(12, 8), layout="constrained")
    drawing.suptitle(heading.replace("$", r"\$"))
    shares, confidence, curve, latency = drawing.subplots(2, 2).flat
    _draw_shares(shares, [figure for figure in figures if not figure.unit])
    _draw_confidence(confidence, outcomes)
    _draw_roc(curve, outcomes)
    _draw_latency(latency, outcomes)
    buffer = BytesIO()
    drawing.savefig(buffer, format="png", dpi=100)
    return buffer.getvalue()


def _draw_shares(panel: Any, shares: Sequence[Figure]) -> None:
    for at, figure in enumerate(shares):
        panel.plot([figure.low, figure.high], [at, at], color=_GREY, lw=3, alpha=0.5)
        panel.plot([figure.value], [at], "o", color=_BLUE, clip_on=False, zorder=3)
        panel.annotate(
            f"{figure.value:.2f}", (1.02, at), va="center", annotation_clip=False, color=_BLUE
        )
    panel.set_yticks(range(len(shares)), [figure.name for figure in shares])
    panel.invert_yaxis()
    panel.set_xlim(0, 1)
    panel.grid(axis="x", alpha=0.3)
    panel.set_title("Shares, with 95 % intervals")


def _draw_confidence(panel: Any, outcomes: Sequence[Outcome]) -> None:
    panel.set_title("Confidence of the best evidence")
    for unanswerable, color, name in ((False, _BLUE, "answerable"), (True, _RED, "unanswerable")):
        values = [o.confidence for o in outcomes if o.unanswerable is unanswerable]
        if values:
            weights = [1 / len(values)] * len(values)
            label = f"{name} ({len(values)})"
            panel.hist(
                values,
                bins=_BINS,
                range=(0, 1),
                weights=weights,
                color=color,
                alpha=0.55,
                label=label,
            )
    if any(not o.unanswerable for o in outcomes):
        panel.axvline(threshold(outcomes), color=_GREY, ls="--", label=f"{ANSWERED:.0%} answered")
    panel.set_xlabel("confidence")
    panel.set_ylabel("share of the questions")
    panel.legend()


def _draw_roc(panel: Any, outcomes: Sequence[Outcome]) -> None:
    panel.set_title("Answered or refused, at each threshold (ROC)")
    panel.set_xlabel("unanswerable, answered wrongly")
    panel.set_ylabel("answerable, answered")
    panel.plot([0, 1], [0, 1], color=_GREY, ls=":")
    panel.set_xlim(-0.01, 1.01)
    panel.set_ylim(-0.01, 1.01)
    if len({outcome.unanswerable for outcome in outcomes}) == 1:
        panel.text(0.5, 0.3, "needs answerable and\nunanswerable questions", ha="center")
        return
    points = roc(outcomes)
    panel.plot(*zip(*points, strict=True), color=_BLUE, label=f"area {area(outcomes):.3f}")
    panel.axhline(ANSWERED, color=_GREY, ls="--", label=f"{ANSWERED:.0%} answered")
    panel.legend(loc="lower right")


def _draw_latency(panel: Any, outcomes: Sequence[Outcome]) -> None:
    panel.hist([outcome.milliseconds for outcome in outcomes], bins=_BINS, color=_BLUE)
    panel.set_xlim(left=0)
    panel.set_title("Latency")
    panel.set_xlabel("milliseconds from question to answer")
    panel.set_ylabel("questions")
