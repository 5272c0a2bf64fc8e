"""Document 8 of the Dingxi pack serves workers only: off by default, no lists, no headcount, no price for leaving."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from luoshi.rulebook.cases.case_file import Case
from luoshi.rulebook.cases.examples import Example
from luoshi.rulebook.checking.answers import Answers, by_case, by_sql
from luoshi.rulebook.inputs.store import Store
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Block
from luoshi.rulebook.model.blocks import Award, FactDef, Measure, Pack, RegisterField
from luoshi.rulebook.model.types import Code, Share
from tests.packs.test_examples import examples

NAME, DOCUMENT, FILE = "dingxi-2018", "8/", "8-transfer.md"
OFF = "review_on_record"
CONSENT = "transfer_consent"
Rows = dict[str, dict[Any, dict[str, Any]]]


@cache
def pack() -> Pack:
    """The whole pack."""
    return examples(NAME)[0]


def is_own(block: Block) -> bool:
    """Whether a block stands in document 8."""
    return block.clause.startswith(DOCUMENT)


def own_registers() -> list[str]:
    return [name for name, register in pack().registers.items() if is_own(register)]


def own_measures() -> list[Measure]:
    return [measure for measure in pack().measures.values() if is_own(measure)]


def cases_of(*files: str) -> dict[str, Example]:
    """The accepted examples of some documents, by file and name."""
    return {
        name: item
        for name, item in examples(NAME)[1].items()
        if item.case is not None and item.case.subject is not None and item.place.file.rpartition("/")[2] in files
    }


def example(start: str) -> tuple[Case, date]:
    """The first example of document 8 whose name starts so: those below are near it, with other values."""
    item = next(item for item in cases_of(FILE).values() if item.name == start or item.name.startswith(start + " "))
    assert item.case is not None and item.on is not None
    return item.case, item.on


def decided(case: Case, on: date, facts: tuple[str, ...] = ()) -> Answers:
    """What the case engine answers about the subject."""
    (answers,) = by_case(pack(), case, on, facts, as_if=False).values()
    return answers


def with_rows(case: Case, rows: Rows) -> Case:
    """The case with other rows."""
    return replace(case, store=Store(pack(), rows))


def copied(case: Case) -> Rows:
    return {register: {key: dict(row) for key, row in rows.items()} for register, rows in case.store.rows.items()}


def without_review(case: Case) -> Case:
    return replace(case, local=tuple(value for value in case.local if value.name != OFF))


ELIGIBLE = {
    (name, measure): item
    for name, item in cases_of(FILE).items()
    for measure, expected in item.expect.items()
    if measure in pack().measures and expected.get("outcome") == "eligible"
}


def eligible(name: tuple[str, str]) -> tuple[Case, date, str]:
    """An example in which a measure of document 8 is eligible."""
    item = ELIGIBLE[name]
    assert item.case is not None and item.on is not None
    return item.case, item.on, name[1]


# --- Off by default


@pytest.mark.parametrize("measure", own_measures(), ids=lambda measure: measure.id)
def test_every_measure_asks_for_the_recorded_review(measure: Measure) -> None:
    tests = {condition.name: condition.test for condition in measure.conditions}
    asked = tests[OFF]
    assert isinstance(asked, n.Parameter) and asked.name == OFF


def test_the_review_is_not_on_record_unless_city_or_county_say_so_by_an_instrument() -> None:
    review = pack().parameters[OFF]
    assert {value for _, value in review.values} == {False} and not review.by_area
    assert review.local is not None and review.local.instrument is not None
    assert set(review.local.set_by) == {"city", "county"}


def test_every_measure_has_an_eligible_example() -> None:
    assert {measure for _, measure in ELIGIBLE} == {measure.id for measure in own_measures()}


@pytest.mark.parametrize("name", ELIGIBLE, ids="-".join)
def test_nothing_is_eligible_without_the_review(name: tuple[str, str]) -> None:
    case, on, measure = eligible(name)
    for engine in (by_case, by_sql):
        (answers,) = engine(pack(), without_review(case), on, (), as_if=False).values()
        assert answers.measures[measure].outcome == "ineligible"
        assert answers.measures[measure].unmet == (OFF,)


# --- Nothing without a consent of one's own

ON_CONSENT = [name for name, item in ELIGIBLE.items() if item.case is not None and item.case.store.rows.get(CONSENT)]


def test_the_measures_that_rest_on_a_consent_were_found() -> None:
    asking = {
        item.id for item in own_measures() if any(condition.name == "w1_consent" for condition in item.conditions)
    }
    assert {measure for _, measure in ON_CONSENT} == asking and len(asking) == 4


@pytest.mark.parametrize("name", ON_CONSENT, ids="-".join)
def test_a_consent_that_is_missing_or_withdrawn_is_unmet_and_one_nobody_records_is_unknown(
    name: tuple[str, str],
) -> None:
    case, on, measure = eligible(name)
    missing, withdrawn, unrecorded = copied(case), copied(case), copied(case)
    missing[CONSENT] = {}
    for row in withdrawn[CONSENT].values():
        row["withdrawn_date"] = on
    del unrecorded[CONSENT]
    for rows in (missing, withdrawn):
        answer = decided(with_rows(case, rows), on).measures[measure]
        assert (answer.outcome, answer.unmet) == ("ineligible", ("w1_consent",))
    answer = decided(with_rows(case, unrecorded), on).measures[measure]
    assert (answer.outcome, answer.unknown) == ("undetermined", ("w1_consent",))


# --- No lists, no headcount

NEVER_KEPT = re.compile(
    "refus|declin|unwilling|reluctan|candidate|mobilis|recruitable|target_person|ethnic|nationalit|relig|faith|politic"
    "|party_member|biometr|fingerprint|iris|face_|_face|gene|voice|whereabouts|gps|phone_content|social_credit"
    "|拒绝|不愿|候选|动员对象|民族|宗教|信仰|政治|党员|生物特征|指纹|虹膜|人脸|定位|轨迹"
)
HEADCOUNTS = {"settled_households", "settled_from_all"}


def own_fields() -> list[tuple[str, RegisterField]]:
    return [(name, field) for name in own_registers() for field in pack().registers[name].fields.values()]


def own_facts() -> dict[tuple[str, str], FactDef]:
    return {key: fact for key, fact in pack().facts.items() if is_own(fact)}


def test_nothing_about_refusals_candidates_belief_or_bodies_has_a_name() -> None:
    names: list[tuple[str, str]] = [(name, pack().registers[name].title.zh) for name in own_registers()]
    names += [(name, fact.title.zh) for (_, name), fact in own_facts().items()]
    for _, field in own_fields():
        refused = field.name == "asks_for_lists"  # a plan that asks for such lists is refused by a hard limit
        names += [
            (field.name, "" if refused else field.title.zh),
            *((code, text.zh) for code, text in field.codes.items()),
        ]
    blocks = (
        pack().targets,
        pack().measures,
        pack().parameters,
        pack().duties,
        pack().procedures,
        pack().integrity_checks,
    )
    names += [(block.id, block.title.zh) for kind in blocks for block in kind.values() if is_own(block)]
    assert len(names) > 300
    assert [pair for pair in names if any(NEVER_KEPT.search(text) for text in pair)] == []


def test_a_consent_is_a_row_and_no_answer() -> None:
    fields = pack().registers[CONSENT].fields
    purpose = fields["purpose"].type
    assert isinstance(purpose, Code) and len(purpose.codes) == 6
    codes = {name for name, field in fields.items() if isinstance(field.type, Code)}
    assert codes == {"purpose"} and {"withdrawn_date", "given_date"} <= fields.keys()


def test_nothing_of_an_area_is_counted() -> None:
    of_areas = [fact for (register, _), fact in own_facts().items() if register == "area"]
    assert of_areas and all(isinstance(fact.type, Share) for fact in of_areas)
    targets = [target for target in pack().targets.values() if is_own(target)]
    assert targets and all(isinstance(target.indicator.type, Share) for target in targets)
    assert {target.level for target in targets} == {"city"}
    assert not any(is_own(block) for kind in (pack().scorecards, pack().matches) for block in kind.values())


def test_people_are_counted_nowhere() -> None:
    counted = {
        (register, node.register)
        for (register, _), fact in own_facts().items()
        for root in fact.expressions()
        for node in n.walk(root)
        if isinstance(node, n.Aggregate) and node.op in {"count", "sum"}
    }
    assert counted == {("household", "transfer_grant"), ("transfer_contract", "transfer_follow_up")}
    of_people = {field.name for _, field in own_fields() if field.unit_label in {"person", "household"}}
    assert of_people == HEADCOUNTS | {"cadres"}


def test_awards_are_not_ordered_by_numbers_and_have_no_quota() -> None:
    (award,) = (item for item in own_measures() if isinstance(item, Award))
    assert award.quota is None and award.amount is None and [key.value for key in award.order] == [None]


PLAN_FAULTS = ("sets_headcount", "sets_lower_tasks", "ranks_by_headcount", "asks_for_lists")


@pytest.mark.parametrize("fault", PLAN_FAULTS)
def test_a_plan_with_a_headcount_or_a_list_is_refused(fault: str) -> None:
    case, on = example("a county plan without headcount")
    rows = copied(case)
    rows["transfer_county_plan"][case.subject_id][fault] = True
    assert pack().limits["county-plan-service-only"].force == "hard"
    assert decided(case, on).checks["county-plan-service-only"] == "met"
    assert decided(with_rows(case, rows), on).checks["county-plan-service-only"] == "unmet"


# --- Whoever comes back keeps what was paid


@pytest.mark.parametrize("name", ELIGIBLE, ids="-".join)
def test_a_return_changes_no_answer(name: tuple[str, str]) -> None:
    case, on, measure = eligible(name)
    rows = copied(case)
    for row in rows.get("transfer_contract", {}).values():
        row["end_date"] = on
    rows["transfer_return"] = {
        f"back-{key}": {"contract": key, "returned_date": on} for key in rows.get("transfer_contract", {})
    }
    assert decided(with_rows(case, rows), on) == decided(case, on) or case.subject == "transfer_contract"
    assert decided(with_rows(case, rows), on).measures[measure] == decided(case, on).measures[measure]


def test_a_returned_household_keeps_what_was_paid() -> None:
    case, on = example("B20b")
    assert case.store.rows["transfer_return"]
    stayed = copied(case)
    stayed["transfer_return"] = {}
    kept = ("transfer_payments", "transfer_paid_sum")
    assert decided(case, on, kept) == decided(with_rows(case, stayed), on, kept)
    assert decided(case, on, kept).facts == {"transfer_payments": 1, "transfer_paid_sum": Decimal("20000.00")}


@pytest.mark.parametrize("asked_back", ["0.01", "8000.00", "20000.00"])
def test_asking_for_money_back_is_what_is_refused(asked_back: str) -> None:
    case, on = example("B20c")
    rows = copied(case)
    rows["transfer_return"][case.subject_id]["asked_back"] = Decimal(asked_back)
    assert pack().limits["return-without-loss"].force == "hard"
    assert decided(case, on).checks["return-without-loss"] == "met"
    assert decided(with_rows(case, rows), on).checks["return-without-loss"] == "unmet"


@pytest.mark.parametrize("paid", ["0.01", "8000.00", "19999.99", "20000.00", "20000.01", "50000.00"])
def test_no_amount_is_ever_owed_by_the_household(paid: str) -> None:
    case, on = example("B19c")
    rows = copied(case)
    (grant,) = rows["transfer_grant"].values()
    grant["amount"] = Decimal(paid)
    answer = decided(with_rows(case, rows), on).measures["settlement-back-claim-2018"]
    due = Decimal("20000.00") - Decimal(paid)
    assert (answer.outcome, answer.amount) == (("eligible", due) if due > 0 else ("ineligible", None))
