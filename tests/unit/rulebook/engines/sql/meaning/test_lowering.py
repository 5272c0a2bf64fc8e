"""Every kind of node has a meaning, facts are lowered once, and unknown registers give unknown values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from luoshi.rulebook.engines.sql.layout import planning  # noqa: F401 - registers what every node means
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.holdings import Column, Held
from luoshi.rulebook.engines.sql.meaning.lowering import Lowering, lower
from luoshi.rulebook.engines.sql.meaning.scans import Scans
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.types import BOOL, Ref
from tests.unit.rulebook.engines.sql.answers import ON, answers, fact_of


def kinds(of: type[n.Node]) -> set[type[n.Node]]:
    return {kind for sub in of.__subclasses__() for kind in (sub, *kinds(sub)) if kind.__module__ == n.__name__}


@pytest.mark.parametrize("kind", sorted(kinds(n.Node), key=lambda kind: kind.__name__))
def test_every_kind_of_node_has_a_meaning(kind: type[n.Node]) -> None:
    assert lower.dispatch(kind) is not lower.dispatch(n.Node)


@dataclass(frozen=True)
class Guess(n.Node):
    """A node that nobody knows."""


def lowering(**registers: dict[str, Column]) -> Lowering:
    pack = fact_of("size > 1")
    kept = {name: Held(columns) for name, columns in registers.items()}
    return Lowering(pack, ON, Settings(pack, ON), kept, Scans())


def test_an_unknown_kind_of_node_fails_loudly() -> None:
    with pytest.raises(NotImplementedError, match="Guess"):
        lower(Guess(BOOL), lowering(), "thing")


def test_facts_are_lowered_once() -> None:
    low = lowering(thing={"id": Column("BIGINT", Kind.WHOLE), "size": Column("BIGINT", Kind.WHOLE, 0, -9, 9)})
    fact = n.Fact(BOOL, "thing", "result")
    low.prepare([fact])
    assert lower(fact, low, "thing") is lower(fact, low, "thing")


def test_what_nobody_keeps_is_unknown() -> None:
    low = lowering(thing={"id": Column("BIGINT", Kind.WHOLE), "firm": Column("BIGINT", Kind.WHOLE)})
    ref = n.Field(Ref("firm"), "thing", "firm")
    followed = lower(n.IsKnown(BOOL, n.Follow(BOOL, ref, n.Literal(BOOL, True))), low, "thing")
    assert followed is low.forge.truth(False)
    assert low.area("thing").is_null


ROWS: dict[str, Any] = {"thing": {"a": {"size": 3, "good": True}, "b": {"size": 7}, "c": {}}}


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("size between 3 and 6", [True, False, None]),
        ("size in (3, 5)", [True, False, None]),
        ("size not in (3, 5)", [False, True, None]),
        ("colour in ('red', 'blue')", [None, None, None]),
        ("is_known(size)", [True, True, False]),
        ("good or size = 7", [True, True, None]),
        ("good and size = 3", [True, False, None]),
        ("if(good, 1, 2)", [1, None, None]),
        ("case when size = 7 then 1 when good then 2 else 3 end", [2, 1, None]),
        ("case when size = 3 then 1 else 3 end", [1, 3, None]),
        ("min(size, 5)", [3, 5, None]),
        ("max(size, 5, 6)", [6, 7, None]),
        ("cap(size, 5) + at_least(size, 5)", [8, 12, None]),
        ("clamp(size, 4, 6)", [4, 6, None]),
        ("-size * 2 - 1", [-7, -15, None]),
        ("divide(size, 2, 1, 'half_up')", [2, 4, None]),
        ("divide(size, size - 3, 1, 'down')", [None, 1, None]),
        ("year(on_date) - month(on_date)", [2012, 2012, 2012]),
        ("lookup(bands, size) * 10000", [435, 435, None]),
        ("lookup(bands, 0)", [None, None, None]),
        ("count_of(part)", [None, None, None]),
        ("$share", [None, None, None]),
        ("$least + size", [8, 12, None]),
        ("$strict and good", [True, None, None]),
    ],
)
def test_what_expressions_mean(expression: str, wanted: list[Any]) -> None:
    assert list(answers(fact_of(expression), ROWS).values()) == wanted


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("min(born, ended)", [date(2001, 2, 3), date(2002, 1, 1), None]),
        ("max(born, ended)", [date(2009, 9, 9), date(2003, 3, 3), None]),
        ("min(born, date('2001-01-01'))", [date(2001, 1, 1), date(2001, 1, 1), None]),
    ],
)
def test_the_earliest_and_the_latest_day(expression: str, wanted: list[date | None]) -> None:
    days = {"a": ((2001, 2, 3), (2009, 9, 9)), "b": ((2003, 3, 3), (2002, 1, 1))}
    rows: dict[str, Any] = {name: {"born": date(*one), "ended": date(*other)} for name, (one, other) in days.items()}
    rows["c"] = {"ended": date(2002, 1, 1)}
    assert list(answers(fact_of(expression), {"thing": rows}).values()) == wanted
