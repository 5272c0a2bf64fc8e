"""Random rules on random rows: the engines agree in every cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st

from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Bilingual, Condition, Place
from luoshi.rulebook.model.blocks import FactDef, Limit, Measure, Pack, Rounding
from luoshi.rulebook.model.types import CNY, Unit
from tests.agreement.comparing import compared
from tests.agreement.rows import registers
from tests.agreement.rules import Rules

TITLE = Bilingual("题", "title")
PLACE = Place("1-agreement.md", 1, "1/1")
ON_DATES = (date(2019, 2, 28), date(2020, 2, 29), date(2019, 7, 14), date(2019, 12, 31), date(2020, 6, 30))


@cache
def base() -> Pack:
    """The registers, parameters and tables that random rules are about."""
    return load_pack(Path(__file__).parent / "pack")


@st.composite
def packs(draw: Any) -> Pack:
    """The base pack with random facts, a measure and a limit."""
    facts: dict[tuple[str, str], n.Node] = {}
    rules = Rules(base(), draw, facts)
    for number in range(draw(st.integers(1, 5))):
        scope = draw(st.sampled_from(["thing", "thing", "part"]))
        kinds = [
            lambda scope=scope: rules.truth(scope, 2),
            lambda scope=scope: rules.number(scope, 2, CNY),
            lambda scope=scope: rules.number(scope, 1, Unit()),
            lambda scope=scope: rules.day(scope, 2),
            lambda scope=scope: rules.lengths(scope),
        ]
        facts[scope, f"f{number}"] = rules.one(*kinds)
    tests = tuple(Condition(f"c{at}", rules.truth("thing", 2), None, (), 1) for at in range(draw(st.integers(1, 4))))
    measure = _measure(tests, rules.number("thing", 2, CNY), draw(st.sampled_from(["half_up", "down", "up"])))
    limit = Limit("limit", TITLE, PLACE, "thing", rules.truth("thing", 1), tests[:1], "hard", None, ())
    blocks = {key: FactDef(key[1], TITLE, PLACE, key[0], node.type, node, None) for key, node in facts.items()}
    return replace(base(), facts=blocks, measures={"measure": measure}, limits={"limit": limit})


def _measure(tests: tuple[Condition, ...], amount: n.Node, mode: str) -> Measure:
    return Measure(
        id="measure",
        title=TITLE,
        place=PLACE,
        register="thing",
        support="grant",
        conditions=tests,
        amount=amount,
        rounding=Rounding(2, mode),
        frequency="once",
        discretion="must",
        decided_by=None,
        paid_to=None,
        funds=(),
        stacking=None,
        evidence=(),
        assumes=(),
        procedure=None,
        benefit=None,
        valid=(None, None),
    )


@given(packs(), registers(), st.sampled_from(ON_DATES))
def test_same_answers(pack: Pack, rows: dict[str, Any], on: date) -> None:
    for row, cells in rows["thing"].items():
        note(f"{row}: {cells}")
    compared(pack, rows, on)
