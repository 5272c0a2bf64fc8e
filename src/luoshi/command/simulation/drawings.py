"""The charts of a simulation: what is drawn, in which words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from luoshi.command.simulation.charts import Bar, CurveWords, Dot, Jump, Marks, Words, draw_bars, draw_curve
from luoshi.command.simulation.curve_words import curve_words
from luoshi.command.simulation.names import Names
from luoshi.command.simulation.sheets import Sheets
from luoshi.rulebook.model.nodes import Exact
from luoshi.rulebook.simulating import Curve, Simulation
from luoshi.rulebook.simulating.summing import Figures, Line
from luoshi.rulebook.simulating.varying import Cliff, Point
from luoshi.rulebook.wording import msg

MOST_BARS = 14


def draw(names: Names, simulation: Simulation | None, curve: Curve | None, out: Path) -> None:
    """Draw whatever there is into a folder."""
    if simulation is not None:
        lines = simulation.sums.measures, simulation.sums.areas("county")
        titles = msg("Cost by measure, before and after (yuan)"), msg("Cost by area, before and after (yuan)")
        for place, title, found, name in zip(
            ("cost-by-measure", "cost-by-area"), titles, lines, (names.measure, names.area), strict=True
        ):
            draw_bars(bars(found, name, names), _words(names, title, simulation.sums.total), out / place)
    if curve is not None:
        _draw_curve(names, curve, out / "cost-curve")


def bars(lines: Sequence[Line], name: Callable[[str], str], names: Names) -> list[Bar]:
    """The lines with a cost, those that differ most first; what is too much stands together at the end."""
    shown = [line for line in lines if line.figures.cost_before or line.figures.cost_after]
    ranked = sorted(shown, key=lambda line: (-abs(line.figures.difference), -line.figures.cost_after, line.key))
    kept = len(ranked) if len(ranked) <= MOST_BARS else MOST_BARS - 1
    found = [Bar(name(line.key), line.figures.cost_before, line.figures.cost_after) for line in ranked[:kept]]
    if rest := ranked[kept:]:
        total = sum((line.figures for line in rest), Figures())
        found.append(Bar(names.say(msg("{count} others"), count=len(rest)), total.cost_before, total.cost_after))
    return found


def _words(names: Names, title: str, total: Figures) -> Words:
    below = names.say(
        msg("in all {before} before, {after} after, {difference}"),
        before=f"{total.cost_before:,.0f}",
        after=f"{total.cost_after:,.0f}",
        difference=f"{total.difference:+,.0f}",
    )
    return Words(names.say(title), below, names.say(msg("before")), names.say(msg("after")), _note(names))


def _note(names: Names) -> str:
    about, *rest = Sheets(names).notes()
    return " · ".join([*rest, about])


def _draw_curve(names: Names, curve: Curve, path: Path) -> None:
    parameter = names.after.pack.parameters[curve.name].title.say(names.lang)
    words = CurveWords(
        names.say(msg("Cost curve: {parameter}"), parameter=parameter),
        curve_words(curve, names)[0 if curve.cost_cliff else 1],
        names.say(msg("{parameter} in {area}"), parameter=parameter, area=names.area(curve.area))
        if curve.area
        else parameter,
        names.say(msg("cost (yuan)")),
        names.say(msg("eligible")),
        names.say(msg("now")),
        _note(names),
    )
    dots = [Dot(float(point.value), float(point.cost), point.eligible) for point in curve.points]
    inside = curve.now is not None and curve.points[0].value <= curve.now <= curve.points[-1].value
    now = float(curve.now) if inside and curve.now is not None else None
    marks = Marks(
        now,
        _jump(curve.cost_cliff, lambda point: point.cost),
        _jump(curve.eligible_cliff, lambda point: point.eligible),
    )
    draw_curve(dots, words, marks, path)


def _jump(cliff: Cliff | None, height: Callable[[Point], Exact]) -> Jump | None:
    """Where a cliff is drawn; a step that does not stand out is none."""
    if cliff is None or not cliff.is_steep:
        return None
    start, end = ((float(point.value), float(height(point))) for point in (cliff.start, cliff.end))
    return start, end
