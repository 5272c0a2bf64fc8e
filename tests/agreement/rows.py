"""Random rows of the agreement pack: unknowns, month ends, leap days, half cents, dangling references."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from luoshi.rulebook.values.calendar import NEVER
from tests.agreement.rules import DAYS

AREAS = ("62", "6211", "621102", "621102001", "621121", "33")
THINGS = tuple(f"t{number}" for number in range(8))


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or nothing known, one time in five."""
    return st.one_of(values, values, values, values, st.none())


MONEY = st.one_of(
    st.sampled_from([Decimal(text) for text in ("0.00", "0.01", "-0.01", "1000.05", "1000.06", "99.99", "-33.33")]),
    st.decimals(-99999, 99999, places=2),
)
FIELDS = {
    "yes": _maybe(st.booleans()),
    "count": _maybe(st.integers(-3, 9)),
    "paid": _maybe(MONEY),
    "share": _maybe(st.sampled_from([Decimal(text) for text in ("0", "0.5", "0.0333", "1", "0.005", "-0.5")])),
    "size": _maybe(st.decimals(-999, 999, places=3)),
    "months": _maybe(st.integers(-13, 40)),
    "start": _maybe(DAYS),
    "until": st.one_of(DAYS, st.just(NEVER)),
    "colour": _maybe(st.sampled_from(["red", "green", "blue"])),
}


def _row(extra: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    filled = st.fixed_dictionaries({**FIELDS, **extra})
    return filled.map(lambda row: {name: value for name, value in row.items() if value is not None})


THING = _row({"area": _maybe(st.sampled_from(AREAS)), "next": _maybe(st.sampled_from((*THINGS, "gone")))})
PART = _row({"thing": _maybe(st.sampled_from((*THINGS, "gone")))})


@st.composite
def registers(draw: Any) -> dict[str, dict[str, dict[str, Any]]]:
    """Rows of every register; the parts are sometimes kept by nobody."""
    rows: dict[str, dict[str, dict[str, Any]]] = {
        "area": {code: {} for code in AREAS},
        "thing": {name: draw(THING) for name in THINGS},
    }
    if draw(st.integers(0, 9)):
        rows["part"] = {f"p{number}": row for number, row in enumerate(draw(st.lists(PART, min_size=0, max_size=14)))}
    return rows


@st.composite
def many_registers(draw: Any, things: int) -> dict[str, dict[str, dict[str, Any]]]:
    """So many things, and twice as many parts; what they hold is picked from a few values of each field."""
    picked = Random(draw(st.integers(0, 2**32)))
    names = [f"t{number}" for number in range(things)]
    thing = {**_few(draw), "area": [*AREAS, None], "next": [*names, *names, "gone", None]}
    part = {**_few(draw), "thing": [*names, *names, "gone", None]}
    return {
        "area": {code: {} for code in AREAS},
        "thing": {name: _picked(thing, picked) for name in names},
        "part": {f"p{number}": _picked(part, picked) for number in range(2 * things)},
    }


def _few(draw: Any) -> dict[str, list[Any]]:
    return {name: draw(st.lists(values, min_size=3, max_size=9)) for name, values in FIELDS.items()}


def _picked(pools: dict[str, list[Any]], picked: Random) -> dict[str, Any]:
    row = {name: picked.choice(pool) for name, pool in pools.items()}
    return {name: value for name, value in row.items() if value is not None}
