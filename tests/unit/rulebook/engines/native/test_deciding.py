"""Outcomes, amounts, states and masks are those of the other engine, in the same columns."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from luoshi.rulebook.cases.tables import to_tables
from tests.unit.rulebook.engines.native.rows import TITLE, same
from tests.unit.rulebook.packs import pack_of

FOR = "for: thing, frequency: once, discretion: may"
COSTLY = "round_to(price * ratio * size, 0.01, 'half_up')"
BLOCKS = f"""measure
plain: {{{TITLE}, {FOR}, conditions: {{a: good, b: size > 3}}, amount: price}}
costly: {{{TITLE}, {FOR}, conditions: {{a: good, b: size > 3}}, amount: "{COSTLY}", rounding: {{to: 1, mode: down}}}}
always: {{{TITLE}, {FOR}, conditions: {{a: on_date > date('2000-01-01')}}, amount: "{COSTLY}"}}
never: {{{TITLE}, {FOR}, conditions: {{a: good}}, amount: "{COSTLY}", valid: {{to: 2018-12-31}}}}
heads: {{{TITLE}, {FOR}, conditions: {{a: size >= 0}}, amount: size}}
kind: {{{TITLE}, {FOR}, support: in-kind, conditions: {{a: good}}}}
many: {{{TITLE}, {FOR}, conditions: {{{", ".join(f"c{at}: size <> {at}" for at in range(9))}}}, amount: price}}
--- limit
l: {{{TITLE}, of: thing, when: good, holds: {{a: size > 3, b: price > 0}}, force: hard}}
m: {{{TITLE}, of: thing, holds: {{a: size > 3}}, force: soft}}
--- target
t: {{{TITLE}, of: area, level: county, indicator: things, value: 1}}
u: {{{TITLE}, of: area, indicator: things, value: 1}}
--- integrity
i: {{{TITLE}, of: thing, pattern: size > 3 and good, follow_up: BOTH}}
--- duty
done: {{{TITLE}, actor: BOTH, of: thing, done: size > 3 and good}}
of-large: {{{TITLE}, actor: BOTH, of: thing, when: size > 3, done: good}}
silent: {{{TITLE}, actor: BOTH}}
--- fact
things: {{of: area, {TITLE}, count: thing, via: firm.area}}
sound: {{of: thing, {TITLE}, share: part, where: good}}
"""


def rows() -> Iterator[dict[str, Any]]:
    """Things with every mixture of known and unknown."""
    for good, size, price, ratio in product(
        (True, False, None), (2, 4, None), (Decimal("5.55"), None), (Decimal("0.5"), None)
    ):
        row = {"good": good, "size": size, "price": price, "ratio": ratio, "firm": "f" if size else "g"}
        yield {name: value for name, value in row.items() if value is not None}


@pytest.mark.parametrize("as_if", [False, True])
def test_every_column(as_if: bool) -> None:
    pack = pack_of(BLOCKS)
    things = {f"t{at:02}": row for at, row in enumerate(rows())}
    firms = {"f": {"area": "331102"}, "g": {}}
    tables = to_tables(pack, {"thing": things, "firm": firms, "area": {"331102": {}, "3311": {}}, "part": {}})
    found = same(pack, tables, facts=[("thing", "sound")], as_if_in_force=as_if)
    outcomes = {name: set(found["thing"][f"{name}.outcome"].to_pylist()) for name in pack.measures}
    assert outcomes["plain"] == outcomes["costly"] == {1, 2, 3} and outcomes["never"] == ({1, 2, 3} if as_if else {0})
    assert found["area"]["t.state"].to_pylist() == [3, 1]
