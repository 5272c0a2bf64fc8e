"""From nodes to expressions: facts, fields, references and settings, in the row in scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from luoshi.rulebook.engines.native.lowering import Lowering, lower
from luoshi.rulebook.engines.native.meanings import Key
from luoshi.rulebook.inputs.settings import LocalValue, Settings
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.types import BOOL, Ref
from tests.unit.rulebook.engines.native.rows import ON, TITLE, answers
from tests.unit.rulebook.engines.sql.answers import chain, fact_of
from tests.unit.rulebook.packs import BASE, pack_of

ROWS: dict[str, Any] = {
    "thing": {
        "a": {"size": 1, "firm": "f", "next": "b", "good": True, "colour": "red", "born": date(2019, 1, 1)},
        "b": {"size": 5, "firm": "g", "next": "gone", "good": False},
        "c": {"firm": "lost", "next": "c"},
    },
    "firm": {"f": {"area": "331102"}, "g": {"area": "9"}},
    "area": {"3311": {"name": "x"}},
}


@dataclass(frozen=True)
class Odd(n.Node):
    """A node that nobody knows."""


def test_every_kind_of_node_has_its_own_meaning() -> None:
    pack = fact_of("size")
    with pytest.raises(NotImplementedError, match="Odd"):
        lower(Odd(BOOL), Lowering(pack, ON, Settings(pack, ON), {}), "thing")


def test_the_id_of_a_row_is_its_place() -> None:
    pack = fact_of("size")
    found = lower(n.Field(Ref("thing"), "thing", "id"), Lowering(pack, ON, Settings(pack, ON), {}), "thing")
    assert isinstance(found, Key) and (found.value.op, found.domain) == ("row", "thing")


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("next.size", [5, None, None]),
        ("next.good or next.next.good", [None, None, None]),
        ("next.firm = firm", [False, None, True]),
        ("next.born", [None, None, None]),
        ("next.colour", [None, None, None]),
        ("firm.area", ["331102", "9", None]),
        ("next = next", [True, True, True]),
        ("good = (size > 3)", [False, False, None]),
        ("good <> (size > 3)", [True, True, None]),
        ("if(good, colour, 'blue')", ["red", "blue", None]),
        ("if(good, born, on_date)", [date(2019, 1, 1), ON, None]),
        ("if(good, good, size > 3)", [True, True, None]),
        ("is_known(colour)", [True, False, False]),
        ("firm", ["f", "g", "lost"]),
    ],
)
def test_rows_in_scope(expression: str, wanted: list[Any]) -> None:
    assert list(answers(fact_of(expression), ROWS).values()) == wanted


def test_registers_that_nobody_keeps() -> None:
    rows = {"thing": ROWS["thing"]}
    assert list(answers(fact_of("is_known(firm.name)"), rows).values()) == [False] * 3
    assert list(answers(fact_of("firm.name = 'x' or size > 3"), rows).values()) == [None, True, None]


def test_given_facts_come_first() -> None:
    pack = pack_of(
        f"fact\njudged: {{of: thing, {TITLE}, judgement: bool, by: BOTH}}\n"
        f'twice: {{of: thing, {TITLE}, value: "size * 2"}}\n'
        f'result: {{of: thing, {TITLE}, value: "if(judged, twice, 0)"}}\n'
    )
    rows = {"thing": {"a": {"judged": True, "size": 3}, "b": {"judged": True, "twice": 5}, "c": {}}}
    assert answers(pack, rows) == {"a": 6, "b": 5, "c": None}


def test_chains_longer_than_the_stack() -> None:
    assert set(answers(chain(3_000), {"thing": {"a": {"size": 899}}}).values()) == {2_999}


SETTINGS = """parameter
n: {title: BOTH, unit: item, 2018-01-01: 2, areas: {"3311": {2018-01-01: 3}, "331121": {2018-01-01: 5}}}
day: {title: BOTH, type: date, 2018-01-01: 2018-03-01, areas: {"3311": {2018-01-01: 2019-01-01}}}
hue: {title: BOTH, type: text, 2018-01-01: x, areas: {"3311": {2018-01-01: y}}}
flag: {title: BOTH, type: bool, 2018-01-01: true, areas: {"3311": {2018-01-01: false}}}
unset: {title: BOTH, unit: item, local: {set_by: [county, township], instrument: BOTH}}
"""


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("$n", [3, 2, 2]),
        ("$n * $n", [9, 4, 4]),
        ("$day", [date(2019, 1, 1), date(2018, 3, 1), date(2018, 3, 1)]),
        ("$hue", ["y", "x", "x"]),
        ("$flag", [False, True, True]),
        ("$unset", [7, None, None]),
    ],
)
def test_settings_hold_where_a_row_lies(expression: str, wanted: list[Any]) -> None:
    pack = pack_of(f'{SETTINGS}--- fact\nresult: {{of: thing, {TITLE}, value: "{expression}"}}\n')
    local = [LocalValue("unset", 7, "331102", date(2018, 1, 1), None, "document")]
    assert list(answers(pack, ROWS, local=local).values()) == wanted
    nowhere = pack_of(
        f'{SETTINGS}--- fact\nresult: {{of: thing, {TITLE}, value: "{expression}"}}\n',
        BASE.replace("area: firm.area", ""),
    )
    assert answers(nowhere, ROWS, local=local)["b"] == wanted[1]


def test_settings_of_an_area_itself() -> None:
    pack = pack_of(f'{SETTINGS}--- fact\nresult: {{of: area, {TITLE}, value: "$n"}}\n')
    rows: dict[str, Any] = {"area": {"3311": {}, "331121": {}, "33": {}}}
    assert answers(pack, rows, of="area") == {"3311": 3, "331121": 5, "33": 2}
