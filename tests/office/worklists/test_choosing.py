"""Which measures and checks make worklists is told from the pack: nobody is told of what its text keeps closed."""

from datetime import date, timedelta

import pytest

from luoshi.office.runs import local
from luoshi.office.worklists.choosing import (
    checks,
    closed_checks,
    closed_measures,
    collected_measures,
    opened,
    shut_measures,
    told_measures,
)
from luoshi.office.worklists.leaves import Cell, Leaves, Ledger, Setting
from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Award

DAY = date(2019, 6, 1)
DINGXI, LISHUI = (load_pack(name, examples=False) for name in ("dingxi-2018", "lishui-draft"))


def test_labour_transfer_makes_no_lists_and_nothing_else_is_left_out() -> None:
    transfer = {measure.id for measure in DINGXI.measures.values() if measure.clause.startswith("8/")}
    assert closed_measures(DINGXI) == transfer and transfer
    for chosen in (told_measures(DINGXI), collected_measures(DINGXI)):
        assert not transfer & {measure.id for measure in chosen}
    assert closed_measures(LISHUI) == frozenset()


@pytest.mark.usefixtures("database")
def test_what_is_closed_is_shut_until_a_locality_opens_it() -> None:
    transfer = closed_measures(DINGXI)
    assert shut_measures(DINGXI, DAY) == transfer
    there = opened(DINGXI, DAY)
    assert not transfer & there.measures.keys() and "transfer-grant-claim" not in there.procedures
    assert "workshop-claim" in there.procedures
    local.keep(DINGXI, [LocalValue("review_on_record", True, "6211", DAY, "city", "样函〔2019〕1号")], by="tester")
    assert not shut_measures(DINGXI, DAY - timedelta(days=1)) ^ transfer
    assert shut_measures(DINGXI, DAY) < transfer
    assert opened(LISHUI, DAY).measures == LISHUI.measures


def test_checks_of_closed_documents_are_told_apart() -> None:
    assert {check.clause[:2] for check in checks(DINGXI).values() if check.id in closed_checks(DINGXI)} == {"8/"}
    assert closed_checks(LISHUI) == frozenset()


def test_who_is_chosen_among_many_is_not_told_to_be_entitled() -> None:
    for pack in (DINGXI, LISHUI):
        assert not any(isinstance(measure, Award) for measure in told_measures(pack))


def test_a_condition_waits_for_cells_settings_and_whole_registers() -> None:
    measure = LISHUI.measures["new-worker-award"]
    leaves = {leaf for condition in measure.conditions for leaf in Leaves(LISHUI).of(condition.test, measure.register)}
    assert {type(leaf) for leaf in leaves} == {Cell, Setting, Ledger}
    for leaf in leaves:
        if isinstance(leaf, Cell):
            fields = LISHUI.registers[leaf.register].fields
            assert leaf.name not in fields or not fields[leaf.name].blank_never
