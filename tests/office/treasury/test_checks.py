"""What every batch is held against before it is paid."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from luoshi.office.accounts.actions import open_account
from luoshi.office.accounts.persons import name_person
from luoshi.office.database.keys import secrecy
from luoshi.office.treasury import actions, listing, settling, stepping
from luoshi.office.treasury.checks.naming import TITLES
from luoshi.office.treasury.deciding import Decision
from luoshi.office.treasury.errors import FindingsOpen, OwnMoney
from luoshi.office.treasury.models import Batch, CheckResult, LineFinding, PersonList
from tests.office.treasury.place import (
    CHECKER,
    COUNTY,
    FINANCE,
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


def officials(**people: int | None) -> None:
    """Accounts by name, with the numbers of their people; None where nobody has said who is behind one."""
    for name, number in people.items():
        user = open_account(name, f"样例{number}" if number else f"{name}的姓名", "a-long-sentence-7", by="tester")
        if number is not None:
            name_person(user, citizen(number), by="tester")


def told_of_officials(batch: Batch) -> dict[int, str]:
    """What was found about the officials of a batch, by the numbers of its lines."""
    of = LineFinding.objects.filter(line__batch=batch, check_id="official")
    return dict(of.values_list("line__number", "told"))


def test_whoever_makes_a_batch_is_on_it() -> None:
    officials(maker=2, checker=8, finance=9)
    through = paid_to(decision(3), name="样例2", id_number=citizen(2))
    batch = batch_of(decision(1), decision(2), through)
    assert told_of_officials(batch) == {2: "made", 3: "made"}
    result = CheckResult.objects.get(batch=batch, check_id="official")
    assert (result.looked_at, result.found, bool(result.source)) == (3, 2, True)


def test_whoever_makes_a_batch_does_not_settle_their_own_money() -> None:
    officials(maker=2)
    name_person(open_account("second", "别名", "a-long-sentence-7", by="tester"), citizen(2), by="tester")
    batch = batch_of(decision(2))
    finding = LineFinding.objects.get(line__batch=batch, check_id="official")
    for by in (MAKER, "second"):
        with pytest.raises(OwnMoney):
            settling.keep(finding, "已核对", by=by, now=NOW)
    assert LineFinding.objects.get(id=finding.id).state == LineFinding.State.OPEN
    settling.keep(finding, "另一人已核对", by="another", now=NOW)
    assert LineFinding.objects.get(id=finding.id).by == "another"


def test_whoever_has_another_account_is_the_same_person() -> None:
    officials(maker=7)
    name_person(open_account("second", "别名", "a-long-sentence-7", by="tester"), citizen(1), by="tester")
    batch = batch_of(decision(1))
    assert found(batch) == {}
    stepping.examine(batch.id, "second")
    assert told_of_officials(batch) == {1: "acting"}


def test_another_of_the_same_name_is_told_apart_by_the_number() -> None:
    officials(maker=5)
    assert told_of_officials(batch_of(paid_to(decision(1), name="样例5"))) == {}
    assert told_of_officials(batch_of(paid_to(decision(2), name="样例5", id_number=""))) == {1: "made"}


def test_an_account_without_a_person_is_known_by_the_name() -> None:
    open_account(MAKER, "样 例2", "a-long-sentence-7", by="tester")
    assert told_of_officials(batch_of(decision(1), decision(2))) == {2: "made"}


def test_whoever_checks_or_approves_their_own_money_is_found_before_they_do() -> None:
    officials(maker=7, checker=1, finance=2)
    batch = settle(batch_of(decision(1), decision(2), decision(3)))
    stepping.submit(batch.id, by=MAKER, now=NOW)
    with pytest.raises(FindingsOpen):
        stepping.check(batch.id, by=CHECKER, now=NOW)
    assert told_of_officials(batch) == {1: "acting"}

    stepping.send_back(batch.id, "本人在列", by=CHECKER)
    settle(batch)
    stepping.submit(batch.id, by=MAKER, now=NOW)
    stepping.check(batch.id, by=CHECKER, now=NOW)
    with pytest.raises(FindingsOpen):
        stepping.approve(batch.id, by=FINANCE, now=NOW)
    assert told_of_officials(batch) == {1: "acting", 2: "acting"}

    stepping.send_back(batch.id, "本人在列", by=FINANCE)
    settle(batch)
    stepping.submit(batch.id, by=MAKER, now=NOW)
    assert stepping.approve(batch.id, by=FINANCE, now=NOW).state == "approved"
    assert CheckResult.objects.get(batch=batch, check_id="official").found == 2


def test_whoever_acted_on_another_batch_only_is_not_found() -> None:
    officials(maker=7, checker=1, finance=2, else_checker=3)
    first = settle(batch_of(decision(4)))
    stepping.submit(first.id, by=MAKER, now=NOW)
    stepping.check(first.id, by=CHECKER, now=NOW)
    stepping.approve(first.id, by=FINANCE, now=NOW)

    second = settle(batch_of(decision(1), decision(2)))
    stepping.submit(second.id, by=MAKER, now=NOW)
    assert stepping.check(second.id, by="else_checker", now=NOW).state == "checked"
    assert told_of_officials(second) == {}
    with pytest.raises(FindingsOpen):
        stepping.approve(second.id, by=FINANCE, now=NOW)
    assert told_of_officials(second) == {2: "acting"}
