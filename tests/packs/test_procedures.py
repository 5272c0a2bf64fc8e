"""Procedures of the shipped packs can be led: every step says who acts and what is asked, and cases come to an end."""

from __future__ import annotations

from functools import cache

import pytest

from luoshi.rulebook.checking.procedures import pays_money
from luoshi.rulebook.checking.review.responsibility import one_office_alone
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.administration import Procedure, ProcedureStep
from luoshi.rulebook.model.blocks import Pack

TRANSFER = "8/"


@cache
def pack(name: str) -> Pack:
    return load_pack(name, examples=False)


PROCEDURES = [
    pytest.param(found, id=found.id)
    for name in ("dingxi-2018", "lishui-draft")
    for found in pack(name).procedures.values()
]
LED = [param for param in PROCEDURES if param.values[0].has_cases]  # type: ignore[union-attr]  # a procedure each
TRANSFERS = [found for found in pack("dingxi-2018").procedures.values() if found.clause.startswith(TRANSFER)]


def ends(step: ProcedureStep) -> bool:
    return step.act in {"decide", "review"}


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_step_says_who_acts_and_what_is_asked(procedure: Procedure) -> None:
    assert [step.id for step in procedure.steps if step.act is None or not step.by] == []


@pytest.mark.parametrize("procedure", LED)
def test_a_case_is_asked_for_and_decided_once(procedure: Procedure) -> None:
    assert procedure.review_of or procedure.list_by_act("apply")
    assert len([step for step in procedure.steps if ends(step)]) == 1


@pytest.mark.parametrize("procedure", LED)
def test_what_is_not_in_order_can_go_back(procedure: Procedure) -> None:
    checks = [] if procedure.review_of else procedure.list_by_act("check")
    assert [step.id for step in checks if procedure.find_back(step) is None] == []


@pytest.mark.parametrize("procedure", LED)
def test_nothing_is_paid_certified_or_told_before_the_decision(procedure: Procedure) -> None:
    decided = next(index for index, step in enumerate(procedure.steps) if ends(step))
    assert [step.act for step in procedure.steps[:decided] if step.act in {"pay", "certify", "tell"}] == []
    ended = [step.end for step in procedure.list_by_act("pay", "certify")]
    assert set(ended) <= {"granted"}


@pytest.mark.parametrize("name", ["dingxi-2018", "lishui-draft"])
def test_whoever_applies_first_has_the_row_that_a_case_is_about(name: str) -> None:
    found = pack(name)
    asked = [(item, found.procedures[item.procedure]) for item in found.measures.values() if item.procedure]
    led = [(item, one) for item, one in asked if one.has_cases and one.steps[0].by == ("applicant",)]
    assert [item.id for item, one in led if item.register not in one.registers] == []


@pytest.mark.parametrize("procedure", LED)
def test_only_people_in_office_decide(procedure: Procedure) -> None:
    (deciding,) = [step for step in procedure.steps if ends(step)]
    offices = pack("dingxi-2018").offices | pack("lishui-draft").offices
    assert any(offices[office].kind == "government" for office in deciding.by)
    assert all(offices[office].kind != "applicant" for office in deciding.by)


@pytest.mark.parametrize("name", ["dingxi-2018", "lishui-draft"])
def test_every_measure_of_money_has_a_procedure_in_which_somebody_decides(name: str) -> None:
    found = pack(name)
    paid = [measure for measure in found.measures.values() if measure.amount is not None]
    assert len(paid) > 5
    without = [item.id for item in paid if not found.procedures[item.procedure or ""].list_by_act("decide")]
    assert without == []


def test_money_of_a_claim_is_paid_by_finance() -> None:
    found = pack("dingxi-2018")
    led = {item.procedure for item in found.measures.values() if pays_money(item)} - {None, "post-paying"}
    assert {office for name in led for step in found.procedures[name].list_by_act("pay") for office in step.by} == {
        "county-finance"
    }


def test_one_office_alone_checks_and_decides_only_where_the_text_names_no_other() -> None:
    found = [item.facts["name"] for name in ("dingxi-2018", "lishui-draft") for item in one_office_alone(pack(name))]
    assert found == ["transfer-introduction-claim", "subsidy-claim", "centre-acceptance"]


def test_the_certificate_of_a_workshop_is_reviewed_every_year() -> None:
    review = pack("dingxi-2018").procedures["workshop-annual-review"].review_of
    assert review is not None
    assert (review.procedure, review.every) == ("workshop-certification", "year")
    assert review.ends == ("keep", "rectify", "withdraw")


def test_six_departments_give_their_opinions_on_a_workshop() -> None:
    found = pack("dingxi-2018")
    (opinion,) = found.procedures["workshop-certification"].list_by_act("opinion")
    assert [found.offices[office].department for office in opinion.by] == [
        "human-resources",
        "development-and-reform",
        "finance",
        "agriculture",
        "industry",
        "poverty-relief",
    ]
    assert not opinion.any_of


# --- Document 8: nobody is pushed along


def test_of_document_8_only_claims_of_money_are_led_as_cases() -> None:
    assert {found.id for found in TRANSFERS if found.has_cases} == {
        "transfer-grant-claim",
        "transfer-introduction-claim",
    }


def test_the_workers_own_way_has_no_decision_and_no_refusal() -> None:
    way = pack("dingxi-2018").procedures["transfer-worker-case"]
    assert {step.act for step in way.steps} == {"record"}
    assert {step.end for step in way.steps} == {None}
    (follow_up,) = [step for step in way.steps if step.after]
    assert (follow_up.after, follow_up.days) == ((30, 90, 180), "calendar")


def test_notices_of_document_8_name_nobody() -> None:
    notices = [step.notice for found in TRANSFERS for step in found.steps if step.notice]
    assert notices and not any(notice.names for notice in notices)


def test_complaints_reach_neither_employer_nor_labour_office_first() -> None:
    found = pack("dingxi-2018")
    body = found.offices["complaints-body"]
    assert (body.level, body.department) == ("county", "complaints")
    steps = found.procedures["transfer-grievance"].steps
    assert [step.by for step in steps[:3]] == [("complaints-body",)] * 3
    assert found.offices["employer"].recorded_by == "complaints-body"
