"""Draws the charts of a simulation as SVG and PNG, with Chinese text, without a screen.

Values stand beside what they belong to; there are no grids and no legends to look up. The font comes with a package of
its own, so that every machine draws the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from pylopdf_fonts_zh_cn import sans_path

INK, QUIET, BEFORE, AFTER, MARK = "#1D2A33", "#5B6B75", "#C8D1D5", "#0F6B66", "#A86A00"
PAPER, BAND = "#FFFFFF", "#FDF3DC"
WIDTH, DPI = 9.6, 150
NAME_PLACES, NOTE_PLACES = 38, 150
LABELS, ROOM = 0.34, 1.42
"""The part of the width that the names of bars take; how much wider than the longest bar there is room."""


@dataclass(frozen=True)
class Bar:
    """A pair of bars: a name, the cost before and after."""

    name: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Words:
    """The words of a chart: title, the line below it, names of before and after, and a note at the foot."""

    title: str
    below: str
    before: str
    after: str
    note: str = ""


@dataclass(frozen=True)
class Dot:
    """A point of a curve."""

    value: float
    cost: float
    eligible: int


@dataclass(frozen=True)
class CurveWords:
    """The words of a curve: title, the line below it, and the names of what is drawn."""

    title: str
    below: str
    parameter: str
    cost: str
    eligible: str
    now: str
    note: str = ""


Jump = tuple[tuple[float, float], tuple[float, float]]
"""Where a cliff starts and ends: value and height of both."""


@dataclass(frozen=True)
class Marks:
    """What is marked on a curve: the value that holds now, and the cliffs of cost and of those eligible."""

    now: float | None
    cost: Jump | None
    eligible: Jump | None


def font(size: float) -> FontProperties:
    """The font of all texts."""
    return FontProperties(fname=str(sans_path()), size=size)


def draw_bars(bars: Sequence[Bar], words: Words, path: Path) -> None:
    """Write `path` as .svg and .png: the costs of a few things before and after."""
    with _style():
        height = 1.35 + 0.62 * max(len(bars), 1)
        figure = _figure(height, words.title, words.below, words.note)
        axes = figure.add_axes((LABELS, 0.36 / height, 0.98 - LABELS, (height - 1.35) / height))
        longest = float(max([Decimal(1), *(max(bar.before, bar.after) for bar in bars)]))
        axes.set_xlim(0, longest * ROOM)
        axes.set_ylim(max(len(bars), 1) - 0.5, -0.5)
        axes.set_axis_off()
        for row, bar in enumerate(bars):
            _pair(axes, row, bar, longest)
        _key(figure, words)
        _save(figure, path)


def _pair(axes: Axes, row: int, bar: Bar, longest: float) -> None:
    """Two bars with their values, the difference, and the name to the left; one bar where nothing differs."""
    difference = bar.after - bar.before
    pair = ((-0.17, bar.before, BEFORE, QUIET), (0.17, bar.after, AFTER, INK)) if difference else ()
    for offset, value, colour, ink in pair or ((0.0, bar.before, BEFORE, QUIET),):
        axes.barh(row + offset, float(value), height=0.3, color=colour, linewidth=0)
        place = float(value) + longest * 0.012
        axes.text(place, row + offset, f"{value:,.0f}", color=ink, va="center", fontproperties=font(8.5))
    if difference:
        told = f"{difference:+,.0f}"
        axes.text(longest * ROOM, row, told, color=MARK, va="center", ha="right", fontproperties=font(10.5))
    name: dict[str, Any] = {"color": INK, "va": "center", "ha": "right", "linespacing": 1.25}
    axes.text(-longest * 0.02, row, folded(bar.name), fontproperties=font(9.5), **name)


def _key(figure: Figure, words: Words) -> None:
    """What the colours mean, above the bars, as coloured words."""
    top = 1 - 0.9 / figure.get_figheight()
    place = LABELS
    for text, colour in ((words.before, BEFORE), (words.after, AFTER)):
        figure.text(place, top, "■", color=colour, va="center", fontproperties=font(10))
        figure.text(place + 0.02, top, text, color=INK, va="center", fontproperties=font(9))
        place += 0.035 + 0.0125 * _places(text)


def draw_curve(dots: Sequence[Dot], words: CurveWords, marks: Marks, path: Path) -> None:
    """Write `path` as .svg and .png: cost and number of those eligible over the values of a parameter."""
    with _style():
        figure = _figure(6.2, words.title, words.below, words.note)
        upper, lower = figure.add_axes((0.12, 0.46, 0.84, 0.33)), figure.add_axes((0.12, 0.14, 0.84, 0.22))
        values = [dot.value for dot in dots]
        _line(upper, values, [dot.cost for dot in dots], AFTER)
        _line(lower, values, [float(dot.eligible) for dot in dots], QUIET)
        for axes, name, cliff, colour in (
            (upper, words.cost, marks.cost, AFTER),
            (lower, words.eligible, marks.eligible, QUIET),
        ):
            axes.set_title(name, loc="left", color=colour, fontproperties=font(9.5), pad=7)
            _mark(axes, dots, marks.now, cliff)
        if marks.now is not None:
            style: dict[str, Any] = {"color": MARK, "ha": "center", "va": "bottom", "fontproperties": font(9)}
            upper.text(marks.now, 1.02, words.now, transform=upper.get_xaxis_transform(), **style)
        upper.set_xticklabels([])
        lower.set_xlabel(words.parameter, color=QUIET, fontproperties=font(9), labelpad=6)
        _save(figure, path)


def _line(axes: Axes, values: Sequence[float], heights: Sequence[float], colour: str) -> None:
    """A line with its points; only its first, last, lowest and highest values are written beside it."""
    axes.plot(values, heights, color=colour, linewidth=1.8, marker="o", markersize=3.2 if len(values) <= 60 else 0)
    low, high = min(heights), max(heights)
    room = (high - low) or max(abs(high), 1)
    axes.set_ylim(low - room * 0.18, high + room * 0.22)
    spread = (values[-1] - values[0]) or 1
    axes.set_xlim(values[0] - spread * 0.03, values[-1] + spread * 0.03)
    ticks = [low] if low == high else [low, high]
    axes.set_yticks(ticks, [f"{tick:,.0f}" for tick in ticks])
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(BEFORE)
    axes.tick_params(length=0, colors=QUIET, pad=5)
    axes.ticklabel_format(axis="x", style="plain", useOffset=False)
    axes.xaxis.set_major_formatter(lambda value, place: f"{value:,.10g}")
    for label in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
        label.set_fontproperties(font(8.5))


def _mark(axes: Axes, dots: Sequence[Dot], now: float | None, cliff: Jump | None) -> None:
    """The value that holds now as a thin line, the cliff as a band with its height beside it."""
    if now is not None:
        axes.axvline(now, color=MARK, linewidth=1, linestyle=(0, (3, 3)), zorder=1)
    if cliff is None:
        return
    (left, start), (right, end) = cliff
    axes.axvspan(left, right, color=BAND, linewidth=0, zorder=0)
    near_the_end = right > dots[0].value + (dots[-1].value - dots[0].value) * 0.8
    place = (left, min(start, end), " ", "right") if near_the_end else (right, max(start, end), " ", "left")
    if end > start:
        place = (left, end, "", "right") if near_the_end else (right, start, " ", "left")
    x, y, blank, side = place
    text = f"{blank}{end - start:+,.0f}{blank}"
    axes.text(x, y, text, color=MARK, ha=side, va="center", fontproperties=font(9))


def _figure(height: float, title: str, below: str, note: str) -> Figure:
    """A sheet with a title, a line below it and a note at the foot."""
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER)
    figure.text(0.03, 1 - 0.3 / height, title, color=INK, va="center", fontproperties=font(14))
    figure.text(0.03, 1 - 0.6 / height, below, color=QUIET, va="center", fontproperties=font(9.5))
    shown = note if _places(note) <= NOTE_PLACES else _cut(note, NOTE_PLACES - 1) + "…"
    figure.text(0.03, 0.16 / height, shown, color=QUIET, va="center", fontproperties=font(8))
    return figure


@contextmanager
def _style() -> Iterator[None]:
    """Nothing of a user's own style, and the same names inside every SVG."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.fonttype": "path", "svg.hashsalt": "luoshi", "axes.unicode_minus": False})
        yield


def _save(figure: Figure, path: Path) -> None:
    """Both forms, without the day on which they were drawn."""
    svg: dict[str, Any] = {"Date": None, "Creator": None}
    figure.savefig(path.with_suffix(".svg"), metadata=svg)
    figure.savefig(path.with_suffix(".png"), metadata={"Software": None})


def folded(name: str) -> str:
    """A name on at most two lines."""
    if _places(name) <= NAME_PLACES:
        return name
    first = _cut(name, NAME_PLACES)
    rest = name[len(first) :].strip()
    second = _cut(rest, NAME_PLACES)
    return f"{first.strip()}\n{second if second == rest else second[:-1] + '…'}"


def _cut(name: str, places: int) -> str:
    """The beginning that fits; words of letters are not cut where it can be helped."""
    used, end = 0, len(name)
    for index, sign in enumerate(name):
        used += _places(sign)
        if used > places:
            end = index
            break
    blank = name.rfind(" ", 0, end + 1)
    return name[:blank] if end < len(name) and blank > end // 2 else name[:end]


def _places(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)
