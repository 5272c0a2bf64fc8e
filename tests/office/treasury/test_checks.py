"""What every batch is held against before it is paid."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from luoshi.office.database.keys import secrecy
from luoshi.office.treasury import actions, listing, stepping
from luoshi.office.treasury.checks.naming import TITLES
from luoshi.office.treasury.deciding import Decision
from luoshi.office.treasury.models import Batch, CheckResult, LineFinding, PersonList
from tests.office.treasury.place import (
    COUNTY,
    MAKER,
    NEIGHBOUR,
    NOW,
    PACK,
    TODAY,
    VILLAGE,
    citizen,
    decision,
    give,
    layout,
    listed,
    put_on_list,
    settle,
)

pytestmark = pytest.mark.usefixtures("ground", "database")


def found(batch: Batch) -> dict[str, list[int]]:
    """The numbers of lines by what was found about them."""
    result: dict[str, list[int]] = {}
    for check, number in LineFinding.objects.filter(line__batch=batch).values_list("check_id", "line__number"):
        result.setdefault(check, []).append(number)
    return {check: sorted(numbers) for check, numbers in result.items()}


def batch_of(*decisions: Decision) -> Batch:
    give(10_000)
    actions.commit_all(decisions, by="decider", now=NOW)
    return listed()


def paid_to(wanted: Decision, **change: str) -> Decision:
    return replace(wanted, payee=replace(wanted.payee, **change))


def test_a_right_list_is_found_right() -> None:
    assert found(batch_of(decision(1), decision(2))) == {}


def test_each_check_says_what_it_looked_into() -> None:
    put_on_list("dead", 9)
    batch = batch_of(decision(1))
    results = {each.check_id: each for each in CheckResult.objects.filter(batch=batch)}
    assert list(results) == list(TITLES) or set(results) == set(TITLES)
    assert results["dead"].source == f"样例部门 {TODAY}"
    assert [check for check, each in results.items() if not each.source] == [
        "register-finding",
        "moved",
        "detained",
        "cadre",
    ]
    settle(batch)
    assert CheckResult.objects.filter(batch=batch, accepted_by="maker").count() == 4


def test_a_subject_twice_in_a_list() -> None:
    twice = found(batch_of(decision(1), decision(2), decision(1)))
    assert twice["twice"] == [3]
    assert twice["paid-already"] == [1, 3]


def test_a_period_that_is_committed_already() -> None:
    batch_of(decision(1, period="2021-01"), decision(2, period="2021-01"))
    assert found(batch_of(decision(1, period="2021-02"))) == {}
    assert found(batch_of(decision(2, period="2021-01")))["paid-already"] == [1]


def test_what_excludes_or_leaves_open_another_measure() -> None:
    half, three = "stable-employment-half-year", "stable-employment-three-years"
    firm = {"register": "workshop"}

    def grant(measure: str) -> Decision:
        of = decision(1)
        charge = replace(of.charge, fund="social")
        return replace(of, measure=measure, charge=charge, subject=replace(of.subject, **firm))  # type: ignore[arg-type] # a field

    give(5000, replace(decision(1).charge, fund="social"), "society")
    actions.commit(grant(half), by="decider", now=NOW)
    actions.commit(grant(three), by="decider", now=NOW)

    wanted = listing.Wanted(PACK, three, COUNTY)
    batch = listing.fill(listing.ask(wanted, layout(), by=MAKER, now=NOW).id, NOW)
    assert LineFinding.objects.get(line__batch=batch, check_id="stacking").told == half


def test_one_account_of_several_people() -> None:
    shared = {"account": "6217 0000 0000 0001"}
    batch = batch_of(paid_to(decision(1), **shared), decision(2), paid_to(decision(3), account="6217000000000001"))
    assert found(batch)["shared-account"] == [1, 3]
    other = batch_of(paid_to(decision(4), **shared))
    assert found(other)["shared-account"] == [1]


@pytest.mark.parametrize("number", ["", "110105194912310021", "11010519491231002", "样例"])
def test_a_number_with_a_wrong_sign(number: str) -> None:
    assert found(batch_of(decision(1), paid_to(decision(2), id_number=number)))["id-number"] == [2]


def test_a_payee_without_an_account() -> None:
    assert found(batch_of(decision(1), paid_to(decision(2), account=" ")))["no-account"] == [2]


def household(*people: int, number: int) -> None:
    """A household with these people."""

    kept = ["test", "tester"]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO common.household (id, register_number, area, _area_code, _source, _changed_by)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [number, f"H{number}", VILLAGE, VILLAGE, *kept],
        )
        for one in people:
            closed = secrecy().close(citizen(one), "common.person.citizen_id")
            index = secrecy().index(citizen(one))
            cursor.execute(
                "INSERT INTO common.person (id, citizen_id, _citizen_id_index, name, household, _area_code, _source,"
                " _changed_by) VALUES (%s, %s, %s, '样例', %s, %s, %s, %s)",
                [one, closed, index, number, VILLAGE, *kept],
            )


def test_a_payee_is_the_person_or_the_head_of_the_same_household() -> None:
    household(1, 2, number=1)
    household(3, number=2)

    def through(subject: int, payee: int, head: int) -> Decision:
        of = paid_to(decision(subject), name=f"样例{payee}", id_number=citizen(payee))
        return replace(of, subject=replace(of.subject, head_id=citizen(head)))

    assert found(batch_of(through(2, 1, 1), decision(3))) == {}
    batch = batch_of(through(2, 3, 3), through(2, 1, 2))
    told = dict(
        LineFinding.objects.filter(line__batch=batch, check_id="wrong-payee").values_list("line__number", "told")
    )
    assert told == {1: "another household", 2: "not the head"}


@pytest.mark.parametrize("kind", PersonList.Kind.values)
def test_people_on_the_lists_of_other_offices(kind: str) -> None:
    put_on_list(kind, 2)
    assert found(batch_of(decision(1), decision(2)))[kind] == [2]


def test_the_newest_list_that_covers_the_area_counts() -> None:
    put_on_list("dead", 1)
    put_on_list("dead", 2, area=NEIGHBOUR)
    newer = put_on_list("dead", 3, area="6211")
    PersonList.objects.filter(id=newer.id).update(as_of=date(2021, 3, 2))
    assert found(batch_of(decision(1), decision(2), decision(3)))["dead"] == [3]


def test_what_is_found_again_stays_settled() -> None:
    put_on_list("dead", 1)
    batch = settle(batch_of(decision(1)))

    stepping.examine(batch.id)
    assert LineFinding.objects.get(line__batch=batch).state == "kept"
    put_on_list("moved", 1)
    stepping.examine(batch.id)
    assert LineFinding.objects.filter(line__batch=batch, state="open").count() == 1
    assert CheckResult.objects.get(batch=batch, check_id="moved").accepted_by == ""
