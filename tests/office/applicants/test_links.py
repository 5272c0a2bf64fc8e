"""Who is who: asked for by number and name, confirmed by an official of the place; nobody learns who is registered."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg import sql

from luoshi.office.accounts.actions import close_account
from luoshi.office.applicants import links, proxies, ties
from luoshi.office.applicants.actions import open_for
from luoshi.office.applicants.errors import Refused
from luoshi.office.applicants.models import Link
from luoshi.office.audit import queries as audit
from luoshi.office.portal import owning
from luoshi.office.registry.shape import table_of
from luoshi.office.registry.storing import stored
from tests.office.casework.walking import VILLAGES
from tests.office.desk.peopled import opened
from tests.office.portal.village import NAMES, NOW, NUMBERS, PACK, account, pack, settle

AREA = VILLAGES[PACK]
TODAY = NOW.date()
Ids = dict[tuple[str, str], int]


pytestmark = pytest.mark.usefixtures("database")  # each test is undone; the village stays for all


@pytest.fixture(scope="module")
def ids(apart_together: None) -> Ids:
    return settle()


def test_number_and_name_find_one_row(ids: Ids) -> None:
    found = ties.find_row(pack(), "person", f" {NUMBERS['a'][:17]}x ", NAMES["a"])
    assert found is not None
    assert found.id == ids["person", "a"]
    assert ties.find_row(pack(), "person", NUMBERS["a"], NAMES["b"]) is None
    assert ties.find_row(pack(), "person", NUMBERS["a"], "") is None


def test_a_household_is_its_members_own_and_nobody_elses(ids: Ids) -> None:
    own = {(row.register, row.row_id) for row in ties.own_rows(pack(), "person", ids["person", "a"])}
    assert own >= {("person", ids["person", "a"]), ("household", ids["household", "a"])}
    assert not own & {("person", ids["person", "b"]), ("household", ids["household", "b"])}


def test_others_of_a_household_are_no_rows_of_ones_own(ids: Ids) -> None:
    more: dict[str, str | int] = {
        "citizen_id": "621102199505055678",
        "name": "样同住",
        "household": ids["household", "a"],
    }
    with connection.cursor() as cursor:
        cells = stored(table_of(pack(), "person"), more)
        names = sql.SQL(", ").join(map(sql.Identifier, ("id", "_source", "_changed_by", "_area_code", *cells)))
        values = [999_001, "test", "tester", AREA, *cells.values()]
        form = sql.SQL("INSERT INTO common.person ({}) VALUES ({})")
        cursor.execute(form.format(names, sql.SQL(", ").join(sql.Placeholder() * len(values))), values)
    own = {(row.register, row.row_id) for row in ties.own_rows(pack(), "person", ids["person", "a"])}
    assert ("person", 999_001) not in own
    assert {register for register, _row in own} == {"person", "household"}


def test_a_request_is_taken_alike_whether_anybody_has_the_number(ids: Ids) -> None:
    applicant = account("a")
    assert links.ask(applicant, [pack()], NUMBERS["a"], NAMES["a"], NOW, actor="x")
    assert links.ask(applicant, [pack()], "621102199901011111", "没有", NOW, actor="x")
    assert [link.state for link in links.listed(applicant)] == [Link.State.UNMATCHED, Link.State.ASKED]
    assert len(links.list_asked("621102")) == 1


@pytest.mark.parametrize(("asked", "is_taken"), [(4, True), (5, False), (6, False)])
def test_five_a_day_are_taken(ids: Ids, asked: int, is_taken: bool) -> None:
    applicant = account("a")
    for number in range(asked):
        links.ask(applicant, [pack()], f"6211021999010111{number:02}", "没有", NOW, actor="x")
    assert links.ask(applicant, [pack()], NUMBERS["a"], NAMES["a"], NOW, actor="x") == is_taken
    assert links.ask(applicant, [pack()], NUMBERS["a"], NAMES["a"], NOW + timedelta(days=1), actor="x")


def test_only_an_official_of_the_place_confirms(ids: Ids) -> None:
    applicant = account("a")
    links.ask(applicant, [pack()], NUMBERS["a"], NAMES["a"], NOW, actor="x")
    number = links.list_asked(AREA)[0].id
    assert links.list_asked("621123") == []
    with pytest.raises(Refused, match="decided"):
        links.decide(number, "621123", accept=True, reason="", by="far", now=NOW)
    links.decide(number, AREA[:9], accept=True, reason="", by="near", now=NOW)
    assert [link.row_id for link in links.confirmed(applicant)] == [ids["person", "a"]]
    with pytest.raises(Refused, match="decided"):
        links.decide(number, AREA[:9], accept=False, reason="晚了", by="near", now=NOW)


def test_a_refusal_has_a_reason(ids: Ids) -> None:
    applicant = account("a")
    links.ask(applicant, [pack()], NUMBERS["a"], NAMES["a"], NOW, actor="x")
    number = links.list_asked(AREA)[0].id
    with pytest.raises(Refused, match="reason"):
        links.decide(number, AREA, accept=False, reason=" ", by="near", now=NOW)
    assert links.decide(number, AREA, accept=False, reason="不是本人", by="near", now=NOW).reason == "不是本人"
    assert links.confirmed(applicant) == []


def test_a_link_that_has_ended_opens_nothing(ids: Ids) -> None:
    applicant = account("a", ids)
    assert links.end(links.confirmed(applicant), by="near", now=NOW) == 1
    assert links.confirmed(applicant) == []
    assert links.end(links.listed(applicant), by="near", now=NOW) == 0


def test_an_official_opens_an_account_without_a_phone(ids: Ids) -> None:
    tied = links.of_row(pack(), "person", ids["person", "a"])
    found = open_for(tied, "", NOW, by="near", area=AREA)
    links.open_confirmed(found, (pack(), "person", ids["person", "a"], AREA), NOW, by="near")
    assert found.closed_phone is None
    assert open_for(tied.all(), "13700000000", NOW, by="other", area=AREA) == found
    with pytest.raises(Refused, match="phone"):
        open_for(links.of_row(pack(), "person", ids["person", "b"]), "12", NOW, by="near", area=AREA)


def test_rows_of_one_number_in_registers_of_one_name_are_one_row_only_where_policies_share_the_register(
    ids: Ids,
) -> None:
    """A policy that keeps people in a register of its own: number 5 there is somebody else than number 5 of all."""
    row, shared = ids["person", "a"], pack()
    person = shared.registers["person"]
    own = replace(person, place=replace(person.place, file="1-own.md"))
    registers = {**shared.registers, "person": own}
    other = replace(shared, policy=replace(shared.policy, id="other-2020"), registers=registers)
    holder = account("a", ids)
    assert list(links.of_row(other, "person", row)) == []
    made = links.open_confirmed(holder, (other, "person", row, AREA), NOW, by="near")
    assert [link.kept_in for link in links.confirmed(holder)] == ["common", "other_2020"]
    assert links.open_confirmed(holder, (other, "person", row, AREA), NOW, by="near") == made
    assert links.list_of_row(shared, "person", row, "") != links.list_of_row(other, "person", row, "")
    stranger = account("b")
    links.open_confirmed(stranger, (other, "person", row, AREA), NOW, by="near")
    assert list(owning.own(stranger, shared)) == [], "whoever is number 5 there sees nothing of number 5 of all"
    again = Link(applicant=holder, pack_id="third", kept_in="common", register="person", row_id=row, state="asked")
    again.asked_at = NOW
    with pytest.raises(IntegrityError, match="link_once"), transaction.atomic():
        again.save()


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (10, True), (11, False)])
def test_a_proxy_holds_from_its_first_day_to_its_last(ids: Ids, days: int, holds: bool) -> None:
    user = opened("near", "township_cadre", AREA[:9])
    proxy = proxies.open_proxy(
        account("a", ids), user, area=AREA, reason="没有手机", start=TODAY, until=TODAY + timedelta(days=10)
    )
    assert (proxies.find_holding(proxy.id, TODAY + timedelta(days=days)) is not None) == holds


def test_a_proxy_is_no_longer_than_ninety_days_and_has_a_reason(ids: Ids) -> None:
    user, applicant = opened("near", "township_cadre", AREA[:9]), account("a", ids)
    for until, reason in ((TODAY + timedelta(days=91), "x"), (TODAY - timedelta(days=1), "x"), (TODAY, " ")):
        with pytest.raises(Refused):
            proxies.open_proxy(applicant, user, area=AREA, reason=reason, start=TODAY, until=until)
    assert proxies.open_proxy(applicant, user, area=AREA, reason="x", start=TODAY, until=TODAY + timedelta(days=90)).id


def test_a_proxy_ends_with_the_officials_work_and_by_either_side(ids: Ids) -> None:
    user = opened("near", "township_cadre", AREA[:9])
    proxy = proxies.open_proxy(account("a", ids), user, area=AREA, reason="x", start=TODAY, until=TODAY)
    close_account(user, "离职", by="tester")
    assert proxies.find_holding(proxy.id, TODAY) is None
    assert proxies.end(proxy, by="applicant:1", now=NOW)
    assert not proxies.end(proxy, by="near", now=NOW)


def test_a_ticket_is_good_once_for_a_minute(ids: Ids) -> None:
    user = opened("near", "township_cadre", AREA[:9])
    proxy = proxies.open_proxy(account("a", ids), user, area=AREA, reason="x", start=TODAY, until=TODAY)
    minute, second = timedelta(minutes=1), timedelta(seconds=1)
    ticket = proxies.hand_over(proxy, NOW)
    assert proxies.find_handed_over("wrong", NOW, TODAY) is None
    assert proxies.find_handed_over(ticket, NOW + minute, TODAY) is None
    assert proxies.find_handed_over(ticket, NOW + minute - second, TODAY) == proxy
    assert proxies.find_handed_over(ticket, NOW, TODAY) is None
    assert proxies.forget_old(NOW + minute) == 1


def test_nothing_of_a_person_stands_in_the_log(ids: Ids) -> None:
    applicant = account("a")
    links.ask(applicant, [pack()], NUMBERS["a"], NAMES["a"], NOW, actor=f"applicant:{applicant.id}")
    links.decide(links.list_asked(AREA)[0].id, AREA, accept=True, reason="", by="near", now=NOW)
    said = " ".join(str(event) for event in audit.events(""))
    assert "link.confirm" in said
    assert not any(each in said for each in (NUMBERS["a"], NAMES["a"], "13800001234"))
