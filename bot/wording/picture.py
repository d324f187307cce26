"""A story over time, as a picture for a phone: who told it when, and when its facts changed. Pure.

One point is one pixel here (72 dots an inch), so that every size below is in pixels.
"""

from __future__ import annotations

import re
import threading
import warnings
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.language import _, day_and_month, ngettext, short_month
from bot.wording.rendering import coverage_words, visible
from ingest import Fact, FactKind, Story, Telling
from ingest.text import quantities

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 1080
MAX_ROWS, MAX_MARKS = 10, 6
_DPI = 72
_MARGIN, _EDGE, _ROW = 48, 30, 92
_TITLE, _LINE, _NAME, _SMALL = 42, 52, 30, 26
_MARK_BAND, _FOOT = 76, 160
_DOT = 24
_LEAST_DAYS = 0.5
"""A story of one moment is shown in the middle of half a day."""
_INK, _GREY, _PALE, _BLUE, _RED = "#16202c", "#5b6775", "#d5dbe2", "#1b66c9", "#b3261e"
_FAMILIES = (
    "DejaVu Sans", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari",
    "Noto Sans Bengali", "Noto Sans Thai", "Noto Sans CJK JP", "Noto Sans CJK SC",
    "WenQuanYi Micro Hei", "Droid Sans Fallback", "Arial Unicode MS", "PingFang SC",
    "Hiragino Sans", "Microsoft YaHei", "Malgun Gothic", "Nirmala UI",
)  # fmt: skip
"""Where a font lacks a character, the next one that is installed is asked."""
_EMOJI = re.compile("[\u200d\ufe0f\U0001f000-\U0001faff]")
_drawing = threading.Lock()  # matplotlib keeps one cache of fonts, which is not for two threads
Measure = Callable[[str, int, str], float]


@dataclass(slots=True)
class Row:
    """One publisher's articles: days since 1970 of those of their own, and of reprints."""

    name: str
    own: list[float] = field(default_factory=list)
    reprints: list[float] = field(default_factory=list)


def timeline_picture(story: Story) -> bytes:
    """A PNG, 1,080 pixels wide. The numbers on top are those of `marked_facts`, from 1."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with _drawing:
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        rows, marks = rows_of(story), marked_facts(story)
        figure = Figure(dpi=_DPI)
        canvas: Any = FigureCanvasAgg(figure)  # its methods have no types
        measure = _measure(canvas.get_renderer())
        title = wrapped(_plain(story.headline), lambda line: _fits(measure, line, _TITLE, "bold"))
        head = _EDGE + _LINE * len(title) + _LINE + (_MARK_BAND if marks else 0)
        height = head + _ROW * len(rows) + _FOOT
        figure.set_size_inches(WIDTH / _DPI, height / _DPI)
        _write_head(figure, title, coverage_words(story.coverage))
        size = ((WIDTH - 2 * _MARGIN) / WIDTH, _ROW * len(rows) / height)
        axes = figure.add_axes((_MARGIN / WIDTH, _FOOT / height, *size))
        _draw_rows(axes, rows, measure)
        _draw_time(axes, story)
        _draw_marks(axes, marks)
        _write_foot(figure, story, reprints=any(row.reprints for row in rows))
        buffer = BytesIO()
        canvas.print_png(buffer)
        return buffer.getvalue()


def marked_facts(story: Story) -> list[Fact]:
    """The facts that the picture numbers, oldest first: the newest changes of a value; of a story
    without any, what its later articles added that says most in numbers and words."""
    changed = [fact for fact in story.facts if fact.kind is FactKind.CHANGED]
    if changed:
        return changed[-MAX_MARKS:]
    opening = story.facts[0].article_id if story.facts else ""
    added = [fact for fact in story.facts if fact.article_id != opening] or list(story.facts)
    biggest = sorted(added, key=lambda fact: (-len(quantities(fact.text)), -len(fact.text)))
    chosen = set(biggest[:MAX_MARKS])
    return [fact for fact in added if fact in chosen]


def rows_of(story: Story) -> list[Row]:
    """The publishers, who told it first on top; the smaller ones of many share the last row."""
    names = [_plain(telling.article.source) or _("publisher unknown") for telling in story.tellings]
    counts = Counter(names)
    kept = dict(counts.most_common(MAX_ROWS))
    rows = {name: Row(name) for name in dict.fromkeys(names) if name in kept}
    if len(counts) > len(kept):
        others = len(counts) - len(kept)
        rows[""] = Row(ngettext("{n} other", "{n} others", others))
    first = _firsts(story.tellings)
    for telling, name in zip(story.tellings, names, strict=True):
        row = rows[name if name in kept else ""]
        is_own = first[telling.origin_id] == telling.article.id
        (row.own if is_own else row.reprints).append(_days(telling.at))
    return list(rows.values())


def wrapped(text: str, fits: Callable[[str], bool], most: int = 2) -> list[str]:
    """`text` in at most `most` lines, parted at blanks if there are any; what is left ends in …"""
    lines: list[str] = []
    while text and len(lines) < most:
        if len(lines) == most - 1:
            return [*lines, shortened(text, fits)]
        end = _fitting(text, fits)
        blank = text.rfind(" ", 0, end + 1)
        end = blank if blank > 0 and end < len(text) else end
        lines.append(text[:end].strip())
        text = text[end:].strip()
    return lines


def shortened(text: str, fits: Callable[[str], bool]) -> str:
    """`text`, or as much of its beginning as fits with a … after it."""
    if fits(text):
        return text
    return text[: _fitting(text, lambda piece: fits(f"{piece}…"))].rstrip() + "…"


def _fitting(text: str, fits: Callable[[str], bool]) -> int:
    """How many characters of `text` fit; at least one, so that there is an end to it."""
    too_long = bisect_right(range(1, len(text) + 1), x=False, key=lambda n: not fits(text[:n]))
    return max(1, too_long)


def _firsts(tellings: Iterable[Telling]) -> dict[str, str]:
    """The article that each text comes from: its origin, or the first that we have of it."""
    firsts: dict[str, str] = {}
    for telling in tellings:
        if telling.article.id == telling.origin_id:
            firsts[telling.origin_id] = telling.article.id
        firsts.setdefault(telling.origin_id, telling.article.id)
    return firsts


def _plain(text: str) -> str:
    """One line of what can be drawn: no emoji, which have colours that our fonts lack."""
    return " ".join(_EMOJI.sub("", visible(text[:400])).split())


def _days(at: datetime) -> float:
    """The time as matplotlib counts it."""
    return at.timestamp() / 86400


def _draw_rows(axes: Axes, rows: Sequence[Row], measure: Measure) -> None:
    axes.set_ylim(len(rows), 0)
    axes.yaxis.set_ticks([])
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    for at, row in enumerate(rows):
        name = shortened(row.name, lambda text: _fits(measure, text, _NAME, "normal"))
        axes.text(
            0, at + 0.1, name, transform=axes.get_yaxis_transform(), va="top", color=_INK,
            parse_math=False, **_font(_NAME), zorder=5,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1},
        )  # fmt: skip
        line = at + 0.7
        axes.axhline(line, color=_PALE, lw=3, zorder=1)
        for times, face in ((row.reprints, "white"), (row.own, _BLUE)):
            axes.plot(
                times, [line] * len(times), "o", ms=_DOT, mec=_BLUE if face == "white" else "white",
                mew=4 if face == "white" else 2, mfc=face, clip_on=False,
                zorder=6 if face == "white" else 7,
            )  # fmt: skip


def _draw_time(axes: Axes, story: Story) -> None:
    dates: Any = import_module("matplotlib.dates")
    times = [_days(telling.at) for telling in story.tellings]
    first, last = min(times), max(times)
    room = max(0.06 * (last - first), (_LEAST_DAYS - (last - first)) / 2)
    axes.set_xlim(first - room, last + room)
    locator = dates.AutoDateLocator(tz=UTC, minticks=3, maxticks=6)
    ends = [datetime.fromtimestamp(x * 86400, UTC) for x in axes.get_xlim()]
    ticks = [x for x in locator.tick_values(*ends) if axes.get_xlim()[0] <= x <= axes.get_xlim()[1]]
    labels = tick_labels([datetime.fromtimestamp(round(x * 86400), UTC) for x in ticks])
    axes.xaxis.set_ticks(ticks, labels, color=_GREY, linespacing=1.25, **_font(_SMALL))
    axes.tick_params(axis="x", length=10, width=2, color=_GREY, pad=8)
    axes.spines["bottom"].set(color=_GREY, linewidth=2)


def tick_labels(times: Sequence[datetime]) -> list[str]:
    """ "14:00" with the day below where it is another; or "14 Apr"; or "Apr" with the year."""
    hours = any((time.hour, time.minute) != (0, 0) for time in times)
    if not hours and any(time.day != 1 for time in times):
        return [day_and_month(time, short=True) for time in times]
    labels, before = [], ""
    for time in times:
        below = day_and_month(time, short=True) if hours else f"{time.year}"
        label = f"{time:%H:%M}" if hours else short_month(time)
        labels.append(label if below == before else f"{label}\n{below}")
        before = below
    return labels


def _draw_marks(axes: Axes, facts: Sequence[Fact]) -> None:
    """A line where each fact came out; numbers that would touch stand together."""
    low, high = axes.get_xlim()
    near = (high - low) * 70 / (WIDTH - 2 * _MARGIN)
    groups: list[list[tuple[float, int]]] = []
    for at, number in sorted((_days(fact.at), n) for n, fact in enumerate(facts, 1)):
        axes.axvline(at, color=_RED, lw=3, ls=(0, (3, 2)), zorder=2)
        if groups and at - groups[-1][-1][0] < near * (1 + len(groups[-1]) / 2):
            groups[-1].append((at, number))
        else:
            groups.append([(at, number)])
    for group in groups:
        middle = (group[0][0] + group[-1][0]) / 2
        axes.annotate(
            numbered([number for _, number in group]), (middle, 1.0),
            xycoords=axes.get_xaxis_transform(), xytext=(0, 12), textcoords="offset points",
            ha="center", va="bottom", color="white", weight="bold", annotation_clip=False,
            bbox={"boxstyle": "round,pad=0.3,rounding_size=0.7", "fc": _RED, "ec": "none"},
            **_font(_NAME),
        )  # fmt: skip


def numbered(numbers: Sequence[int]) -> str:
    """ "4"; "1, 2"; "1–3"."""
    whole = sorted(numbers)
    if len(whole) > 2 and whole[-1] - whole[0] == len(whole) - 1:  # noqa: PLR2004 - a pair is none
        return f"{whole[0]}–{whole[-1]}"
    return ", ".join(map(str, whole))


def _write_head(figure: Figure, title: Sequence[str], coverage: str) -> None:
    for at, line in enumerate(title):
        _write(figure, line, _EDGE + at * _LINE, color=_INK, weight="bold", **_font(_TITLE))
    _write(figure, coverage, _EDGE + 6 + len(title) * _LINE, color=_GREY, **_font(_SMALL))


def _write_foot(figure: Figure, story: Story, *, reprints: bool) -> None:
    legend = _("● first, or a report of its own   ○ reprint") if reprints else _("● article")
    years = dict.fromkeys((story.tellings[0].at.year, story.tellings[-1].at.year))
    height = figure.get_size_inches()[1] * _DPI
    when = f"{'–'.join(map(str, years))}, UTC"
    _write(figure, f"{legend}   ({when})", height - 46, color=_GREY, **_font(_SMALL))


def _write(figure: Figure, text: str, top: float, **how: Any) -> None:
    height = figure.get_size_inches()[1] * _DPI
    figure.text(_MARGIN / WIDTH, 1 - top / height, text, va="top", parse_math=False, **how)


def _measure(renderer: Any) -> Measure:
    font_manager: Any = import_module("matplotlib.font_manager")

    def width(text: str, size: int, weight: str) -> float:
        font = font_manager.FontProperties(family=list(_families()), size=size, weight=weight)
        return float(renderer.get_text_width_height_descent(text, font, ismath=False)[0])

    return width


def _fits(measure: Measure, text: str, size: int, weight: str) -> bool:
    return measure(text, size, weight) <= WIDTH - 2 * _MARGIN


def _font(size: int) -> dict[str, Any]:
    return {"fontsize": size, "family": list(_families())}


@lru_cache(maxsize=1)
def _families() -> tuple[str, ...]:
    font_manager: Any = import_module("matplotlib.font_manager")
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return tuple(name for name in _FAMILIES if name in installed)
