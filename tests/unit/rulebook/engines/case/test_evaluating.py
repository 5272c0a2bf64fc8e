"""What the manual does not show: the steps that are recorded, the hidden id, and nodes that are none."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.engines.case.evaluating import evaluator, kleene
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.steps import Step
from luoshi.rulebook.model.types import BOOL, TEXT
from tests.unit.rulebook.packs import case_of, pack_of

ON = date(2019, 7, 14)
MEASURES = """measure
base: {title: BOTH, for: thing, conditions: {a: good, b: size > 1}, frequency: once, discretion: may}
top: {title: BOTH, for: thing, conditions: {rests: "eligible('base')"}, frequency: once, discretion: may}
"""


def step(expression: str, case: str) -> Step:
    pack = pack_of(f'fact\nf: {{of: thing, value: "{expression}"}}\njudged: {{of: thing, judgement: bool}}\n')
    read = case_of(pack, case)
    outer = CaseEngine(pack, ON).fact(read.store, "thing", "this", "f")
    (inner,) = outer.parts
    assert isinstance(inner, Step) and inner.value == outer.value
    return inner


def values(parts: tuple[object, ...]) -> list[object]:
    return [part.value for part in parts if isinstance(part, Step)]


@pytest.mark.parametrize(
    ("truths", "every", "some"),
    [
        ([True, True], True, True),
        ([True, False], False, True),
        ([True, None], None, True),
        ([False, None], False, None),
        ([None], None, None),
        ([], True, False),
    ],
)
def test_kleenes_and_and_or(truths: list[bool | None], every: bool | None, some: bool | None) -> None:
    assert (kleene(truths, decides=False), kleene(truths, decides=True)) == (every, some)


def test_every_part_of_a_conjunction_is_recorded() -> None:
    found = step("good and size > 1 and price > 0", "subject: thing\nfields: {good: false, size: 2}\n")
    assert (found.value, values(found.parts)) == (False, [False, True, None])


def test_a_choice_records_the_tests_seen_and_the_value_chosen() -> None:
    expression = "case when size < 1 then 10 when size < 5 then 20 else 30 end"
    assert values(step(expression, "subject: thing\nfields: {size: 0}\n").parts) == [True, 10]
    assert values(step(expression, "subject: thing\nfields: {size: 3}\n").parts) == [False, True, 20]
    assert values(step(expression, "subject: thing\nfields: {size: 9}\n").parts) == [False, False, 30]
    assert values(step(expression, "subject: thing\n").parts) == [None]


@pytest.mark.parametrize(
    ("expression", "case", "note"),
    [
        ("judged", "subject: thing\n", "not_judged"),
        ("judged", "subject: thing\njudgements: {judged: true}\n", "given"),
        ("firm.name = 'x'", "subject: thing\n", "no_row"),
        ("firm.name = 'x'", "subject: thing\nfields: {firm: f}\n", "no_row"),
        ("count_of(part) > 0", "subject: thing\n", "not_kept"),
        ("lookup(bands, size) > 0", "subject: thing\nfields: {size: 0}\n", "no_match"),
        ("lookup(bands, size) > 0", "subject: thing\n", ""),
    ],
)
def test_why_nothing_is_known(expression: str, case: str, note: str) -> None:
    found = step(expression, case)
    inner = found if not found.parts else found.parts[0]
    assert isinstance(inner, Step) and inner.note == note


def test_a_fact_is_worked_out_once_for_a_row() -> None:
    pack = pack_of("fact\na: {of: thing, value: b + b}\nb: {of: thing, value: size * 2}\n")
    read = case_of(pack, "subject: thing\nfields: {size: 3}\n")
    (sum_step,) = CaseEngine(pack, ON).fact(read.store, "thing", "this", "a").parts
    assert isinstance(sum_step, Step)
    assert sum_step.value == 12 and sum_step.parts[0] is sum_step.parts[1]


@pytest.mark.parametrize(
    ("case", "state"),
    [("{good: true, size: 2}", True), ("{good: false}", False), ("{good: true}", None)],
)
def test_a_measure_may_rest_on_another(case: str, state: bool | None) -> None:
    pack = pack_of(MEASURES)
    read = case_of(pack, f"subject: thing\nfields: {case}\n")
    top = CaseEngine(pack, ON).decide(read.store, "thing", "this").determinations[1]
    assert top.conditions[0].value is state
    assert len(top.conditions[0].parts) == 2


def test_the_hidden_id_is_the_row_itself() -> None:
    pack = pack_of(MEASURES)
    read = case_of(pack, "subject: thing\nfields: {id: t7}\n")
    frame = CaseEngine(pack, ON).start(read.store).frame("thing", "t7")
    assert frame is not None
    assert evaluator(n.Field(TEXT, "thing", "id"))(frame).value == "t7"


def test_an_unknown_node_fails_loudly() -> None:
    with pytest.raises(NotImplementedError, match="Node"):
        evaluator(n.Node(BOOL))
