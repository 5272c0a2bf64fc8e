"""Sheets and statements hold the expressions that fill and show rows."""

from __future__ import annotations

from luoshi.rulebook.model.bases import Bilingual, Place
from luoshi.rulebook.model.nodes import Literal, Node
from luoshi.rulebook.model.sheets import Line, Sheet, Statement
from luoshi.rulebook.model.types import BOOL

HEAD = ("served", Bilingual("考勤", "attendance"), Place("1-test.md", 5, "1/1"))


def truth() -> Node:
    return Literal(BOOL, True)


def sheet(when: Node | None, filled: Node, found: Node, adds_up: Node) -> Sheet:
    return Sheet(
        *HEAD,
        register="part",
        owner="thing",
        period="day",
        source=None,
        every="month",
        when=when,
        asked=("good",),
        filled={"paid": filled},
        found={"next": {"maker": found}},
        adds_up={"paid": adds_up},
        by=("village",),
        confirmed_by=("township",),
        within=None,
        days="working",
        pays=None,
        stated=False,
    )


def test_the_expressions_of_a_sheet() -> None:
    when, filled, found, adds_up = truth(), truth(), truth(), truth()
    assert [*map(id, sheet(when, filled, found, adds_up).expressions())] == [*map(id, (when, filled, found, adds_up))]
    assert len([*sheet(None, filled, found, adds_up).expressions()]) == 3


def test_the_expressions_of_a_statement() -> None:
    value = truth()
    line = Line("spent", Bilingual("支出", "spent"), value, adds_up=True)
    assert [*Statement(*HEAD, register="part", lines=(line,)).expressions()] == [value]
