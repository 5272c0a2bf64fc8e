"""The nodes that look no further than the row; `tests/spec` holds each against the other engines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luoshi.rulebook.values.calendar import NEVER
from tests.unit.rulebook.engines.native.rows import answers
from tests.unit.rulebook.engines.sql.answers import fact_of

ROWS: dict[str, Any] = {
    "thing": {
        "a": {"size": 7, "price": Decimal("10.05"), "ratio": Decimal("0.5"), "good": True, "born": date(2018, 8, 31),
              "ended": NEVER, "colour": "red"},
        "b": {"size": 0, "ended": date(2019, 1, 1), "good": False},
    }
}  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("size + 1 - 3 * size", [-13, 1]),
        ("-size", [-7, 0]),
        ("divide(price, size, 0.01, 'half_up')", [Decimal("1.44"), None]),
        ("round_to(price * ratio, 0.01, 'up')", [Decimal("5.03"), None]),
        ("min(size, 3)", [3, 0]),
        ("max(born, date('2019-01-01'))", [date(2019, 1, 1), None]),
        ("size in (0, 1)", [False, True]),
        ("colour in ('red', 'blue')", [True, None]),
        ("not good and size > 3 or is_known(price)", [True, False]),
        ("add_months(born, months(6))", [date(2019, 2, 28), None]),
        ("months_between(born, on_date)", [10, None]),
        ("served(born, ended, months(6))", [True, None]),
        ("year(born)", [2018, None]),
        ("last_of_month(ended)", [NEVER, date(2019, 1, 31)]),
        ("if(size > 3, 1, 2)", [1, 2]),
    ],
)
def test_nodes(expression: str, wanted: list[Any]) -> None:
    assert list(answers(fact_of(expression), ROWS).values()) == wanted
