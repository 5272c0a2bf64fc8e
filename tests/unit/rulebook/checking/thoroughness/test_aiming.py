"""Cases aimed at a threshold lie just below, at and just above it, however far the worked case is away."""

from __future__ import annotations

import pytest

from luoshi.rulebook.checking.thoroughness.accepting import accepted
from luoshi.rulebook.checking.thoroughness.aiming import MOST_ROWS, MOST_ROWS_IN_ALL, aimed
from luoshi.rulebook.checking.thoroughness.exercising import exercised
from luoshi.rulebook.checking.thoroughness.variants import Variant
from luoshi.rulebook.model.blocks import Pack
from tests.unit.rulebook.checking.thoroughness.gaps import failures, trials, untried, with_written
from tests.unit.rulebook.packs import pack_of

M = 'measure\nm: {title: BOTH, for: thing, frequency: once, discretion: may, conditions: {a: "%s"}}\n--- example\n'
T = "T1: {as_of: 2019-07-14, subject: thing, %s, expect: {m: {outcome: %s}}}\n"


def cases(pack: Pack) -> list[Variant]:
    (base,) = accepted(pack)
    nodes = {id(item.node) for item in exercised(pack, [base])}
    return list(aimed(base, nodes))


@pytest.mark.parametrize(
    ("test", "given"),
    [
        ("size > next.size", "fields: {size: 900, next: t}, rows: {thing: {t: {size: 7}}}"),
        ("next.price <= price", "fields: {price: 3.33, next: t}, rows: {thing: {t: {price: 9.00}}}"),
        ("born < ended", "fields: {born: 2001-02-03, ended: 2019-01-31}"),
        ("on_date >= next.born", "fields: {next: t}, rows: {thing: {t: {born: 2011-02-03}}}"),
        ("add_months(born, $half) <= on_date", "fields: {born: 2018-01-31}"),
        ("months_between(born, on_date) >= $half", "fields: {born: 2010-05-31}"),
        ("days_between(born, ended) <= days(30)", "fields: {born: 2010-05-31, ended: 2012-05-31}"),
        ("sum_of(part, paid) > $grant", "rows: {part: [{paid: 900.00}, {paid: 10.00}]}"),
    ],
)
def test_every_side_of_a_distant_threshold_is_found(test: str, given: str) -> None:
    outcome = "eligible"
    blocks = M % test + T % (given, outcome)
    pack = pack_of(blocks)
    if failures(pack):
        blocks = M % test + T % (given, "ineligible")
        pack = pack_of(blocks)
    proposals = trials(pack)
    assert failures(with_written(blocks, proposals)) == []
    assert untried(with_written(blocks, proposals)) == set()


@pytest.mark.parametrize(
    "given",
    [
        "fields: {size: 900}",
        "fields: {next: t, size: 900}, rows: {thing: {t: {label: x}}}",
        "fields: {next: t}, rows: {thing: {t: {size: 5}}}",
    ],
)
def test_nothing_is_aimed_at_from_what_is_unknown(given: str) -> None:
    assert cases(pack_of(M % "size > next.size" + T % (given, "undetermined"))) == []


def test_no_number_below_nought_is_tried() -> None:
    found = cases(
        pack_of(
            M % "next.size > size + 10"
            + T % ("fields: {size: 9, next: t}, rows: {thing: {t: {size: 1}}}", "ineligible")
        )
    )
    values = [row["size"] for item in found for row in item.case.store.rows["thing"].values()]
    assert values and min(values) >= 0


def test_days_out_of_the_calendar_are_not_tried() -> None:
    pack = pack_of(
        M % "months_between(born, on_date) >= months(30000)" + T % ("fields: {born: 2010-05-31}", "ineligible")
    )
    assert cases(pack) == []


def test_days_that_never_come_are_not_moved() -> None:
    found = cases(pack_of(M % "on_date < ended" + T % ("fields: {label: x}", "eligible")))
    assert all(item.on.year == 2019 for item in found)


def test_only_a_few_of_many_alike_rows_are_moved() -> None:
    rows = ", ".join(["{paid: 1000.00}"] * (MOST_ROWS + 3))
    found = cases(pack_of(M % "any_of(part, paid > $grant)" + T % (f"rows: {{part: [{rows}]}}", "eligible")))
    moved = {
        row_id
        for item in found
        for row_id, row in item.case.store.rows["part"].items()
        if str(row["paid"]) != "1000.00"
    }
    assert 0 < len(moved) <= MOST_ROWS


@pytest.mark.parametrize(("times", "found"), [(MOST_ROWS_IN_ALL - 1, True), (MOST_ROWS_IN_ALL, False)])
def test_large_cases_are_not_moved(times: int, found: bool) -> None:
    rows = f"fields: {{size: 9}}, rows: {{part: [{{times: {times}}}]}}"
    assert bool(cases(pack_of(M % "size > 5" + T % (rows, "eligible")))) is found
