"""A cost curve in words: where a small step makes a large difference."""

from __future__ import annotations

from typing import Any

from luoshi.command.simulation.names import Names
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.simulating import Curve
from luoshi.rulebook.simulating.varying import Cliff
from luoshi.rulebook.wording import msg

COST = (
    msg("The cost is the same for every value."),
    msg("Cliff: from {start} to {end} the cost changes by {jump} yuan, {times} times the average step."),
    msg("No cliff in the cost; the largest step is from {start} to {end}, by {jump} yuan."),
)
ELIGIBLE = (
    msg("The number of those eligible is the same for every value."),
    msg("Cliff: from {start} to {end} the number of those eligible changes by {jump}, {times} times the average step."),
    msg("No cliff in the number of those eligible; the largest step is from {start} to {end}, by {jump}."),
)


def curve_words(curve: Curve, names: Names) -> list[str]:
    """Where the cliffs of a curve are, in cost and in the number of those eligible."""
    return [_words(curve, names, curve.cost_cliff, COST), _words(curve, names, curve.eligible_cliff, ELIGIBLE)]


def _words(curve: Curve, names: Names, cliff: Cliff | None, texts: tuple[str, str, str]) -> str:
    if cliff is None:
        return names.say(texts[0])
    kind = names.after.pack.parameters[curve.name].type
    start, end = (shown(point.value, kind, names.lang) for point in (cliff.start, cliff.end))
    text = texts[1] if cliff.is_steep else texts[2]
    return names.say(text, start=start, end=end, jump=f"{cliff.jump:+,}", times=f"{float(cliff.times):.1f}")


def curve_json(curve: Curve, names: Names) -> dict[str, Any]:
    """A curve as plain data."""
    points = [
        {"value": str(p.value), "cost": str(p.cost), "eligible": p.eligible, "undetermined": p.undetermined}
        for p in curve.points
    ]
    return {
        "parameter": curve.name,
        "area": curve.area or None,
        "now": None if curve.now is None else str(curve.now),
        "measures": list(curve.measures),
        "points": points,
        "cost_cliff": _cliff_json(curve.cost_cliff),
        "eligible_cliff": _cliff_json(curve.eligible_cliff),
        "words": curve_words(curve, names),
    }


def _cliff_json(cliff: Cliff | None) -> dict[str, Any] | None:
    if cliff is None:
        return None
    return {
        "from": str(cliff.start.value),
        "to": str(cliff.end.value),
        "jump": str(cliff.jump),
        "per_unit": f"{float(cliff.per_unit):.6g}",
        "times_the_average": f"{float(cliff.times):.2f}",
        "is_cliff": cliff.is_steep,
    }
