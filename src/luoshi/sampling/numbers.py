"""Drawing numbers: each kind gives floats, which the rest of the draw scales, bounds and rounds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from luoshi.rulebook.model.types import Number
from luoshi.sampling.city import Scope
from luoshi.sampling.columns import Array, Column, numbers
from luoshi.sampling.vocabulary import Draw, is_number

FAR = 1e15
Floats = tuple[Array, Array | None]


def draw_number(scope: Scope, draw: Draw, kind: Number) -> Column:
    """A column of numbers."""
    values, known = floats(scope, draw)
    return numbers(kind, values, known)


def floats(scope: Scope, draw: Draw) -> Floats:
    """Numbers before they are rounded to a type, and which of them are known."""
    with np.errstate(over="ignore", invalid="ignore"):
        values, known = _worked_out(scope, draw)
    return np.nan_to_num(values, nan=0.0, posinf=FAR, neginf=-FAR), known


def _worked_out(scope: Scope, draw: Draw) -> Floats:
    """Drawn, multiplied, bounded and rounded to steps."""
    values, known = _KINDS[draw.kind](scope, draw)
    for factor in draw.times:
        if is_number(factor):
            values = values * float(factor)
            continue
        column = scope.column(factor)
        values = values * column.floats()
        known = column.known if known is None else known & column.mask()
    if draw.least is not None or draw.most is not None:
        values = np.clip(values, draw.least, draw.most)
    if draw.step is not None:
        values = np.rint(values / draw.step) * draw.step
    return values, known


def _value(scope: Scope, draw: Draw) -> Floats:
    return np.full(scope.count, float(draw.value or 0)), None


def _choice(scope: Scope, draw: Draw) -> Floats:
    weights = draw.choice or {}
    return np.array([float(key) for key in weights])[weighted(scope, list(weights.values()))], None


def _uniform(scope: Scope, draw: Draw) -> Floats:
    assert draw.uniform
    return scope.random().uniform(draw.uniform.least, draw.uniform.most, scope.count), None


def _normal(scope: Scope, draw: Draw) -> Floats:
    assert draw.normal
    return scope.random().normal(draw.normal.mean, draw.normal.sd, scope.count), None


def _lognormal(scope: Scope, draw: Draw) -> Floats:
    assert draw.lognormal
    shape = draw.lognormal
    median = shape.median if shape.median is not None else (shape.mean or 0) * np.exp(-(shape.sigma**2) / 2)
    return median * np.exp(shape.sigma * scope.random().standard_normal(scope.count)), None


def _poisson(scope: Scope, draw: Draw) -> Floats:
    return scope.random().poisson(draw.poisson or 0, scope.count).astype(np.float64), None


def _zipf(scope: Scope, draw: Draw) -> Floats:
    assert draw.zipf
    steps = np.cumsum(np.arange(1, draw.zipf.most + 1, dtype=np.float64) ** -draw.zipf.exponent)
    return 1.0 + np.searchsorted(steps, scope.random().random(scope.count) * steps[-1]), None


def _field(scope: Scope, draw: Draw) -> Floats:
    column = scope.column(draw.field or "")
    return column.floats(), column.known


def _year(scope: Scope, draw: Draw) -> Floats:
    column = scope.column(draw.year or "")
    years = column.values.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return years.astype(np.float64), column.known


def _cases(scope: Scope, draw: Draw) -> Floats:
    """Each row by the first arm whose condition it fits; unknown where none does."""
    values, known = np.zeros(scope.count), np.zeros(scope.count, dtype=bool)
    todo = np.ones(scope.count, dtype=bool)
    for number, case in enumerate(draw.cases or []):
        fits = todo & scope.fits(case.when)
        todo &= ~fits
        part = scope.part(fits, str(number))
        values[fits], seen = floats(part, case.then)
        hidden = part.luck("unknown") < case.then.unknown
        known[fits] = ~hidden if seen is None else seen & ~hidden
    return values, known


_KINDS: dict[str, Callable[[Scope, Draw], Floats]] = {
    "value": _value,
    "choice": _choice,
    "uniform": _uniform,
    "normal": _normal,
    "lognormal": _lognormal,
    "poisson": _poisson,
    "zipf": _zipf,
    "field": _field,
    "year": _year,
    "cases": _cases,
}


def weighted(scope: Scope, weights: list[float]) -> Array:
    """For each row the index of one of several things, each as often as its weight says."""
    steps = np.cumsum(np.asarray(weights, dtype=np.float64))
    luck = scope.luck() * steps[-1]
    chosen: Array = np.minimum(np.searchsorted(steps, luck, side="right"), len(weights) - 1)
    return chosen


def chance(scope: Scope, share: str) -> Array:
    """Which rows happen to be true; the share is a number, or a path to one."""
    odds = float(share) if is_number(share) else scope.column(share).floats()
    happened: Array = scope.luck() < odds
    return happened
