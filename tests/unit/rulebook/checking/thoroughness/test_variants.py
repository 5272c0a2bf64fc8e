"""Cases near a case: another day, one other value, one row fewer, one row more; only what a case may give."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luoshi.rulebook.cases.case_file import Case
from luoshi.rulebook.checking.thoroughness.variants import MOST_ROWS, MOST_ROWS_OF_SUBJECT, MOST_VARIED, Variants
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.values.calendar import FIRST, LAST, NEVER
from tests.unit.rulebook.packs import case_of, pack_of

ON = date(2019, 7, 14)
NOTHING = "fund\nm: {title: BOTH, payer: county}\n"
Change = tuple[str, Any, str, Any]
"""A register, a row, a name and its other value."""


def changed(pack: Pack, case: Case) -> list[Change]:
    """Every other value of a row."""
    found = []
    for variant in Variants(pack).near(case, ON):
        for register, rows in variant.case.store.rows.items():
            before = case.store.rows[register]
            if list(before) == list(rows):
                for row, values in rows.items():
                    names = [name for name in values if values[name] != before[row].get(name)]
                    found += [(register, row, name, values[name]) for name in names]
    return found


def values(blocks: str, fields: str, name: str) -> list[Any]:
    """The other values tried of a field of the subject."""
    pack = pack_of(blocks)
    found = changed(pack, case_of(pack, f"subject: thing\nfields: {{{fields}}}\n"))
    return [value for _, _, other, value in found if other == name]


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (
            date(2019, 3, 31),
            [date(2019, 3, 30), date(2019, 4, 1), date(2019, 2, 28), date(2019, 4, 30), date(2018, 3, 31)],
        ),
        (FIRST, [date(1000, 1, 2), date(1000, 2, 1)]),
        (date(1000, 12, 31), [date(1000, 12, 30), date(1001, 1, 1), date(1000, 11, 30), date(1001, 1, 31)]),
        (LAST, [date(9000, 12, 30), date(9000, 11, 30), date(8999, 12, 31)]),
    ],
)
def test_days_near_by(on: date, days: list[date]) -> None:
    pack = pack_of(NOTHING)
    case = case_of(pack, "subject: thing\n")
    found = [variant for variant in Variants(pack).near(case, on) if variant.on != on]
    assert [variant.on for variant in found] == days
    assert all(variant.case is case and variant.changed is None for variant in found)


@pytest.mark.parametrize(
    ("fields", "name", "tried"),
    [
        ("size: 5", "size", [4, 6, None]),
        ("size: 1", "size", [0, 2, None]),
        ("size: 0", "size", [1, None]),
        ("size: 999999998", "size", [999999997, 999999999, None]),
        ("size: 999999999", "size", [999999998, None]),
        ("good: true", "size", []),
        ("price: 1.00", "price", [Decimal("0.99"), Decimal("1.01"), None]),
        ("price: 0.00", "price", [Decimal("0.01"), None]),
        ("ratio: 0.5", "ratio", [Decimal("0.4999"), Decimal("0.5001"), None]),
        ("good: true", "good", [False, None]),
        ("good: false", "good", [True, None]),
        ("size: 5", "good", [True, False]),
        ("colour: green", "colour", ["red", "blue", None]),
        ("size: 5", "colour", ["red", "green", "blue"]),
        (
            "born: 2019-03-31",
            "born",
            [date(2019, 3, 30), date(2019, 4, 1), date(2019, 2, 28), date(2019, 4, 30), date(2018, 3, 31), None],
        ),
        ("born: 9000-12-31", "born", [date(9000, 12, 30), date(9000, 11, 30), date(8999, 12, 31), None]),
        ("size: 5", "born", []),
        ("ended: 1000-01-01", "ended", [date(1000, 1, 2), date(1000, 2, 1), NEVER]),
        ("size: 5", "ended", []),
        ("label: x", "label", []),
        ("next: {}", "next", []),
        ("firm: f", "firm", []),
    ],
)
def test_neighbours_of_a_value_and_at_last_none(fields: str, name: str, tried: list[Any]) -> None:
    found = values(NOTHING, fields, name)
    assert found == tried
    assert [type(value) for value in found] == [type(value) for value in tried]


@pytest.mark.parametrize(
    ("test", "name", "tried"),
    [
        ("size > 30", "size", [29, 30, 31]),
        ("30 > size", "size", [29, 30, 31]),
        ("size = $least", "size", [4, 5, 6]),
        ("size > 0", "size", [0, 1]),
        ("size > 30 or size < 32", "size", [29, 30, 31, 32, 33]),
        ("next.next.size > 30", "size", [29, 30, 31]),
        ("price > $grant", "price", [Decimal(text) for text in ("99.99", "100", "100.01", "199.99", "200", "200.01")]),
        ("ratio > 1", "ratio", [Decimal("0.9999"), Decimal(1), Decimal("1.0001")]),
        ("size > 30.0", "size", [29, 30, 31]),
        ("size > 30.5", "size", []),
        ("size > 999999999", "size", [999999998, 999999999]),
        ("size > next.size", "size", []),
        ("size + 1 > 30", "size", []),
        ("colour = 'red'", "colour", ["red", "green", "blue"]),
        ("born > date('2019-07-14')", "born", []),
        ("size > $due", "size", []),
        ("on_date > $day", "born", []),
    ],
)
def test_figures_that_a_value_is_compared_with(test: str, name: str, tried: list[Any]) -> None:
    parameters = (
        "--- parameter\nday: {title: BOTH, type: date, 2000-01-01: 2019-07-14}\n"
        "due: {title: BOTH, unit: item, local: {set_by: [county]}}\n"
    )
    found = values(f'fact\nf: {{of: firm, any: thing, where: "{test}"}}\n{parameters}', "label: x", name)
    assert found == tried
    assert {type(value) for value in found} == {type(value) for value in tried}


@pytest.mark.parametrize(
    ("given", "name", "tried"),
    [
        ("given: {twice: 8}", "twice", [7, 9, 10, 11, None]),
        ("fields: {}", "twice", [9, 10, 11]),
        ("judgements: {fair: true}", "fair", [False, None]),
        ("fields: {}", "fair", [True, False]),
    ],
)
def test_facts_are_given_other_values_too(given: str, name: str, tried: list[Any]) -> None:
    pack = pack_of(
        "fact\ntwice: {of: thing, value: size * 2}\nfair: {of: thing, judgement: bool}\n"
        "much: {of: thing, value: twice > 10}\n"
    )
    case = case_of(pack, f"subject: thing\n{given}\n")
    found = [variant.changed for variant in Variants(pack).near(case, ON) if variant.changed is not None]
    assert [value for other, value in found if other == name] == tried


def test_only_a_value_of_the_subject_is_told() -> None:
    pack = pack_of(NOTHING)
    case = case_of(pack, "subject: thing\nfields: {size: 5}\nrows: {thing: {t: {size: 7}}, part: {p: {paid: 1.00}}}\n")
    seen = set()
    for variant in Variants(pack).near(case, ON):
        for register, row in (("thing", "this"), ("thing", "t"), ("part", "p")):
            values = variant.case.store.rows[register].get(row)
            if variant.on == ON and values is not None and values != case.store.rows[register][row]:
                seen.add((register, row, variant.changed is not None))
    assert seen == {("thing", "this", True), ("thing", "t", False), ("part", "p", False)}


def test_nothing_else_is_changed_and_the_case_itself_stays() -> None:
    pack = pack_of(NOTHING)
    case = case_of(pack, "subject: thing\nfields: {size: 5}\nrows: {part: {p: {paid: 1.00}, q: {paid: 2.00}}}\n")
    before = {register: {row: dict(row_) for row, row_ in rows.items()} for register, rows in case.store.rows.items()}
    for variant in Variants(pack).near(case, ON):
        after = variant.case.store.rows
        assert (variant.case.subject, variant.case.subject_id, variant.case.local) == ("thing", "this", ())
        assert sum(after[register] != rows for register, rows in before.items()) == (variant.on == ON)
    assert case.store.rows == before


@pytest.mark.parametrize(
    ("rows", "register", "counts"),
    [
        (
            "part: {p: {paid: 1.00}, q: {paid: 2.00}}",
            "part",
            [["q"], ["p", "q", "p-again"], ["p"], ["p", "q", "q-again"]],
        ),
        ("part: {p: {paid: 1.00}}", "part", [[], ["p", "p-again"]]),
        ("part: []", "part", []),
        ("area: {'3311': {}, '331124': {}}", "area", [["331124"], ["3311"]]),
        ("thing: {t: {}}", "thing", []),
    ],
)
def test_one_row_left_out_or_there_twice(rows: str, register: str, counts: list[list[str]]) -> None:
    pack = pack_of(NOTHING)
    case = case_of(pack, f"subject: thing\nrows: {{{rows}}}\n")
    before = list(case.store.rows[register])
    found = [variant.case.store.rows[register] for variant in Variants(pack).near(case, ON)]
    assert [list(after) for after in found if list(after) != before] == counts
    assert all(after["p-again"] == after["p"] for after in found if "p-again" in after)


@pytest.mark.parametrize(("rows", "varied"), [(MOST_VARIED - 1, 7), (MOST_VARIED, 8), (MOST_VARIED + 1, 8)])
def test_the_first_few_rows_of_a_register_are_varied(rows: int, varied: int) -> None:
    pack = pack_of(NOTHING)
    case = case_of(pack, f"subject: thing\nrows: {{part: [{{times: {rows}, paid: 1.00}}]}}\n")
    found = {row for register, row, _, _ in changed(pack, case) if register == "part"}
    assert found == {f"part-{number}" for number in range(1, varied + 1)}


@pytest.mark.parametrize(
    ("rows", "registers"),
    [
        (MOST_ROWS, {"thing", "part"}),
        (MOST_ROWS + 1, {"thing"}),
        (MOST_ROWS_OF_SUBJECT, {"thing"}),
        (MOST_ROWS_OF_SUBJECT + 1, set()),
    ],
)
def test_of_larger_cases_less_is_varied(rows: int, registers: set[str]) -> None:
    pack = pack_of(NOTHING)
    case = case_of(pack, f"subject: thing\nfields: {{size: 5}}\nrows: {{part: [{{times: {rows - 1}, paid: 1.00}}]}}\n")
    assert {register for register, _, _, _ in changed(pack, case)} == registers
    counts = {len(variant.case.store.rows["part"]) for variant in Variants(pack).near(case, ON)}
    assert counts == {rows - 2, rows - 1, rows}
