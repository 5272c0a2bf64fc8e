"""What is computed when: passes, what each needs, and the layout of what is added up."""

from __future__ import annotations

from luoshi.rulebook.bulk.wanted import Wanted
from luoshi.rulebook.engines.native.planning import LINEAGE, Plan, Question, planned
from luoshi.rulebook.engines.native.printing import module_text
from luoshi.rulebook.engines.native.registers import Registers
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Pack
from tests.unit.rulebook.engines.native.rows import ON, RESULT, TITLE
from tests.unit.rulebook.engines.sql.registers import in_order, pack, registers
from tests.unit.rulebook.packs import pack_of


def plan_of(pack: Pack, *facts: tuple[str, str]) -> Plan:
    tables = in_order(registers(10))
    held = Registers({name: table["id"].combine_chunks() for name, table in tables.items()})
    for register in ("thing", "part"):
        table = tables[register]
        for name in set(table.column_names) - {"id"}:
            kind = pack.registers[register].fields[name].type
            held.take(register, name, kind, table[name].combine_chunks(), blank_never=False)
    return planned(Question(pack, ON, Settings(pack, ON), held.kept(), Wanted(facts)))


def test_figures_come_before_what_rests_on_them() -> None:
    plan = plan_of(pack())
    (step,) = plan.passes
    assert [(gather.register, gather.subject, gather.onward) for gather in step.gathers] == [("part", "thing", None)]
    assert sorted(plan.results) == ["part", "thing"]
    assert [register for _, register in plan.kernels()] == ["part", "thing", "part"]
    assert set(plan.layout.sizes) == {step.gathers[0].tally.record, "budget of thing"}


def test_what_nobody_needs_is_not_computed() -> None:
    blocks = f"""fact
n: {{of: thing, {TITLE}, count: part, where: good}}
far: {{of: part, {TITLE}, value: thing.n + 1}}
result: {{of: thing, {TITLE}, sum: part, of_value: far}}
never: {{of: thing, {TITLE}, value: "size < 0 and n > 3"}}
"""
    whole = plan_of(pack_of(blocks), RESULT)
    assert [(len(step.kernels), len(step.gathers)) for step in whole.passes] == [(0, 1), (1, 0), (0, 1)]
    assert plan_of(pack_of(blocks), ("thing", "n")).passes[1:] == ()
    assert plan_of(pack_of(blocks)).passes == ()


def test_columns_for_others_and_different_cells() -> None:
    blocks = f"""fact
big: {{of: thing, {TITLE}, value: size + 1}}
ofmine: {{of: part, {TITLE}, value: thing.big}}
kinds: {{of: thing, {TITLE}, count: part, distinct: paid, where: good}}
"""
    steps = plan_of(pack_of(blocks), ("part", "ofmine"), ("thing", "kinds")).passes
    assert [(sorted(step.kernels), len(step.distinct)) for step in steps] == [(["part", "thing"], 0), ([], 1)]
    assert LINEAGE not in steps[0].kernels


def test_the_same_question_gives_the_same_text() -> None:
    texts = [
        module_text([kernel for kernel, _ in plan.kernels()], plan.layout)[0]
        for plan in (plan_of(pack()), plan_of(pack()))
    ]
    assert texts[0] == texts[1]
