"""Drawing a field: by its kind, then what is unknown or has not ended is hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from luoshi.rulebook.model.types import BOOL, TEXT, Bool, Code, Number, Text, Type
from luoshi.sampling.city import Scope, internal
from luoshi.sampling.columns import Array, Column, constant, dtype_of, joined
from luoshi.sampling.dates import draw_after, draw_dates, draw_month
from luoshi.sampling.numbers import chance, draw_number, weighted
from luoshi.sampling.picking import draw_pick
from luoshi.sampling.texts import draw_citizen_id, draw_credit_code, draw_serial, draw_words
from luoshi.sampling.vocabulary import Draw


def draw_column(scope: Scope, draw: Draw, kind: Type) -> Column:
    """The values of a field for the rows in scope."""
    column = _drawn(scope, draw, kind)
    if draw.until is not None:
        column = column.hide(column.values > np.datetime64(draw.until, "D").astype(np.int64))
    for purpose, share in (("unknown", draw.unknown), ("never", draw.never)):
        if share > 0:
            column = column.hide(scope.luck(purpose) < share)
    return column


def _drawn(scope: Scope, draw: Draw, kind: Type) -> Column:
    if isinstance(kind, Number):
        return draw_number(scope, draw, kind)
    if draw.kind == "cases":
        return _cases(scope, draw, kind)
    return _DRAWS[draw.kind](scope, draw, kind)


def _cases(scope: Scope, draw: Draw, kind: Type) -> Column:
    """Each row by the first arm whose condition it fits; unknown where none does."""
    open_rows = np.ones(scope.count, dtype=bool)
    columns, places = [], []
    for number, case in enumerate(draw.cases or []):
        fits = open_rows & scope.fits(case.when)
        open_rows &= ~fits
        columns.append(draw_column(scope.part(fits, str(number)), case.then, kind))
        places.append(np.flatnonzero(fits))
    if open_rows.any():
        columns.append(_unknown(columns[0], int(open_rows.sum())))
        places.append(np.flatnonzero(open_rows))
    back = np.empty(scope.count, dtype=np.int64)
    back[np.concatenate(places)] = np.arange(scope.count)
    return joined(columns).take(back)


def _unknown(like: Column, count: int) -> Column:
    values = np.zeros((count, *like.values.shape[1:]), dtype=like.values.dtype)
    words = None if like.words is None else (like.words or ("",))
    return replace(like, values=values, known=np.zeros(count, dtype=bool), words=words)


def _value(scope: Scope, draw: Draw, kind: Type) -> Column:
    if isinstance(kind, Text):
        return constant(TEXT, 0, scope.count, (draw.value or "",))
    return constant(kind, internal(kind, draw.value or "", scope.city.areas), scope.count)


def _choice(scope: Scope, draw: Draw, kind: Type) -> Column:
    weights = draw.choice or {}
    chosen = weighted(scope, list(weights.values()))
    if isinstance(kind, Text):
        return Column(TEXT, chosen.astype(np.int32), None, tuple(weights))
    values: Array = np.array([internal(kind, text, scope.city.areas) for text in weights], dtype=dtype_of(kind))
    return Column(kind, values[chosen])


def _field(scope: Scope, draw: Draw, kind: Type) -> Column:
    column = scope.column(draw.field or "")
    if isinstance(kind, Code) and isinstance(column.type, Code) and column.type != kind:
        index = np.array([kind.codes.index(code) for code in column.type.codes], dtype=np.int16)
        return replace(column, type=kind, values=index[column.values])
    return column


def _chance(scope: Scope, draw: Draw, kind: Type) -> Column:
    assert isinstance(kind, Bool)
    return Column(BOOL, chance(scope, draw.chance or "0"))


_DRAWS: dict[str, Callable[[Scope, Draw, Type], Column]] = {
    "value": _value,
    "choice": _choice,
    "field": _field,
    "chance": _chance,
    "dates": lambda scope, draw, kind: draw_dates(scope, draw),
    "after": lambda scope, draw, kind: draw_after(scope, draw),
    "month": lambda scope, draw, kind: draw_month(scope, draw),
    "pick": lambda scope, draw, kind: draw_pick(scope, draw),
    "serial": lambda scope, draw, kind: draw_serial(scope, draw),
    "words": lambda scope, draw, kind: draw_words(scope, draw),
    "citizen_id": lambda scope, draw, kind: draw_citizen_id(scope, draw),
    "credit_code": lambda scope, draw, kind: draw_credit_code(scope, draw),
}
