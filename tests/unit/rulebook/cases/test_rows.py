"""Rows of a case: nested, repeated, pointing at the subject, and bounded."""

from __future__ import annotations

import pytest

from luoshi.rulebook.cases.rows import MOST_NESTING, MOST_ROWS
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.values.calendar import NEVER
from tests.unit.rulebook.packs import case_of, expected, pack_of, seen, try_case

BLOCKS = """register
deal:
  title: BOTH
  row: BOTH
  fields:
    buyer: {type: ref, to: firm, title: BOTH}
    seller: {type: ref, to: firm, title: BOTH}
    note: {type: text, title: BOTH}
--- fact
worth: {of: deal, judgement: money, unit: CNY}
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return pack_of(BLOCKS)


def test_rows_are_a_list_or_named(pack: Pack) -> None:
    rows = case_of(pack, "rows:\n  firm: [{id: f}, {}]\n  deal: {d: {buyer: f}}\n").store.rows
    assert list(rows["firm"]) == ["f", "firm-2"]
    assert rows["deal"]["d"] == {"buyer": "f"}


def test_a_register_that_is_mentioned_is_kept(pack: Pack) -> None:
    store = case_of(pack, "subject: thing\nrows: {firm: [], deal: null}\n").store
    assert (store.keeps("firm"), store.keeps("deal"), store.keeps("part")) == (True, True, False)


def test_a_row_may_be_repeated(pack: Pack) -> None:
    rows = case_of(pack, "subject: thing\nrows: {part: [{times: 3, paid: 1.00}, {times: 0}]}\n").store.rows["part"]
    assert [row["thing"] for row in rows.values()] == ["this", "this", "this"]


def test_a_reference_may_be_a_row(pack: Pack) -> None:
    store = case_of(pack, "subject: thing\nrows: {deal: [{buyer: {name: a, area: '3311'}, seller: s}]}\n").store
    assert store.rows["deal"]["deal-1"] == {"buyer": "firm-1", "seller": "s"}
    assert store.rows["firm"]["firm-1"] == {"name": "a", "area": "3311"}


def test_rows_may_be_changed_or_left_out(pack: Pack) -> None:
    text = (
        "subject: thing\nfields: {size: 5}\nrows: {part: [{paid: 1.00, good: true}, {paid: 2.00}], firm: [{}]}\n"
        "changed: {part: {part-1: {paid: null, good: false, thing: x}, part-2: null}, thing: {this: {ended: null}}}\n"
    )
    rows = case_of(pack, text).store.rows
    assert rows["part"] == {"part-1": {"paid": None, "good": False, "thing": "x"}}
    assert rows["thing"]["this"]["size"] == 5 and rows["thing"]["this"]["ended"] == NEVER
    assert list(rows["firm"]) == ["firm-1"]


def test_this_is_the_subject(pack: Pack) -> None:
    store = case_of(pack, "subject: firm\nrows:\n  deal: [{buyer: this, seller: this, note: this}, {}]\n").store
    assert store.rows["deal"]["deal-1"] == {"buyer": "this", "seller": "this", "note": "this"}
    assert store.rows["deal"]["deal-2"] == {}, "two fields could hold the subject"


def test_the_only_reference_to_the_subject_may_be_left_out(pack: Pack) -> None:
    store = case_of(pack, "subject: thing\nrows: {part: [{}, {thing: other}, {thing: null}]}\n").store
    assert [row.get("thing") for row in store.rows["part"].values()] == ["this", "other", None]


def test_a_fact_of_a_row_may_be_given(pack: Pack) -> None:
    assert str(case_of(pack, "rows: {deal: [{worth: 5.00}]}\n").store.rows["deal"]["deal-1"]["worth"]) == "5.00"


@pytest.mark.parametrize(
    "text",
    [
        "rows:\n  deal: many  # CASE-012\n",
        "rows:\n  deal:\n    - many  # CASE-012\n",
        "rows:\n  deal: {d: many}  # CASE-012\n",
        "rows: {deal: [{note: x}, {times: -1}]}  # CASE-016\n",
        "rows: {deal: [{times: many}]}  # CASE-016\n",
        "rows: {deal: [{times: ５}]}  # CASE-016\n",
        "rows: {deal: [{times: [1]}]}  # CASE-016\n",
        f"rows: {{deal: [{{times: {MOST_ROWS + 1}}}]}}  # CASE-016\n",
        "rows: {deal: [{times: 0000001}]}  # CASE-016\n",
        "rows:\n  deal:\n    - {id: x}\n    - {id: x}  # CASE-017\n",
        "rows:\n  deal:\n    - {id: [x]}  # CASE-017\n",
        "rows:\n  deal:\n    - {id: x, times: 2}  # CASE-017\n",
        "rows:\n  deal:\n    - {not: x}  # CASE-018\n",
        "rows:\n  deal:\n    - note: x\n      buyer: {nam: x}  # CASE-018\n",
        "rows:\n  deal:\n    - note: {a: b}  # CASE-015\n",
        "rows:\n  firm: [{area: Lishui}]  # CASE-015\n",
        "subject: thing\nrows:\n  thing: [{id: this}]  # CASE-017\n",
        "rows: {deal: [{}]}\nchanged:\n  part: {part-1: {}}  # CASE-011\n",
        "rows: {deal: [{}]}\nchanged:\n  deal: [{}]  # CASE-012\n",
        "rows: {deal: [{}]}\nchanged:\n  deal: {deal-1: x}  # CASE-012\n",
        "rows: {deal: [{}]}\nchanged:\n  deal: {deal-2: {}}  # CASE-021\n",
        "rows: {deal: [{}]}\nchanged:\n  deal: {deal-1: {not: x}}  # CASE-018\n",
        "rows: {deal: [{}]}\nchanged:\n  deal: {deal-1: {worth: x}}  # CASE-015\n",
    ],
)
def test_what_is_refused(pack: Pack, text: str) -> None:
    assert expected(text)
    assert seen(try_case(pack, text)[1], "case.yaml") == expected(text)


def test_the_number_of_rows_is_bounded(pack: Pack) -> None:
    assert len(case_of(pack, f"rows: {{deal: [{{times: {MOST_ROWS}}}]}}\n").store.rows["deal"]) == MOST_ROWS
    findings = try_case(pack, f"rows: {{deal: [{{times: {MOST_ROWS}}}, {{}}]}}\n")[1]
    assert [(finding.code, finding.facts["most"]) for finding in findings] == [("CASE-016", MOST_ROWS)]


def test_the_nesting_of_rows_is_bounded(pack: Pack) -> None:
    def nested(depth: int) -> str:
        return "rows: {thing: [" + "{next: " * depth + "x" + "}" * depth + "]}\n"

    assert len(case_of(pack, nested(MOST_NESTING + 1)).store.rows["thing"]) == MOST_NESTING + 1
    assert [finding.code for finding in try_case(pack, nested(MOST_NESTING + 2))[1]] == ["CASE-016"]


def test_the_nearest_names_are_given(pack: Pack) -> None:
    findings = try_case(pack, "rows: {deal: [{not: x, wort: 1}]}\n")[1]
    assert [finding.facts["near"] for finding in findings] == ["note", "worth"]
