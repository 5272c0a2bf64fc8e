"""A small city with brokers who can be led through a round, and the people who lead it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import connection

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Role
from luoshi.office.awards import choosing, judging, nominating, opening, queries
from luoshi.office.awards.choosing import Shown
from luoshi.office.awards.models import Choice, Member, Nomination, Round
from luoshi.office.awards.offices import Actor
from luoshi.office.awards.opening import Terms
from luoshi.office.awards.rules import Rules, find_rules, in_force_here
from luoshi.office.database.keys import secrecy
from luoshi.office.registry.building import build
from luoshi.office.runs import actions, library
from luoshi.office.runs.actions import Adoption

PACK, CITY, HERE, THERE = "lishui-draft", "3311", "331122", "331123"
AWARD = "leading-broker"
ON = date(2023, 12, 31)
FIRST, LAST, AFTER = date(2024, 1, 8), date(2024, 1, 19), date(2024, 1, 22)
ENOUGH_FEES, ENOUGH_JOBS = Decimal("1000000.00"), 100
OWN = "_area_code, _source, _changed_by"
FIRST_BROKER = 1001

OFFICE = Actor("office", Role.CITY_COORDINATOR, CITY, "coordination")
SECOND = Actor("second", Role.CITY_COORDINATOR, CITY, "coordination")
COUNTY = Actor("county", Role.DEPARTMENT_OFFICER, HERE, "womens-federation")
CHECKER = Actor("checker", Role.DEPARTMENT_OFFICER, HERE, "womens-federation")
NEIGHBOUR = Actor("neighbour", Role.DEPARTMENT_OFFICER, THERE, "womens-federation")
NEIGHBOUR_CHECKER = Actor("neighbour-checker", Role.DEPARTMENT_OFFICER, THERE, "womens-federation")
JUDGE = Actor("judge", Role.DEPARTMENT_OFFICER, CITY, "commerce")
JUDGE_2 = Actor("judge-2", Role.DEPARTMENT_OFFICER, CITY, "finance")
ALL = (OFFICE, SECOND, COUNTY, CHECKER, NEIGHBOUR, NEIGHBOUR_CHECKER, JUDGE, JUDGE_2)
NAMES = {
    OFFICE: "办公室甲", SECOND: "办公室乙", COUNTY: "县妇联甲", CHECKER: "县妇联乙", NEIGHBOUR: "邻县妇联甲",
    NEIGHBOUR_CHECKER: "邻县妇联乙", JUDGE: "评委甲", JUDGE_2: "评委乙",
}  # fmt: skip


def at(day: date) -> datetime:
    """Noon of a day."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def settle(*, jobs: int = ENOUGH_JOBS) -> None:
    """The registers of the city with two counties, workers for every broker to come, and its policy adopted."""
    build([library.pack(PACK)])
    actions.install(PACK, Adoption(date(2023, 1, 1), "样办发〔2023〕1号"), by="tester")
    with connection.cursor() as cursor:
        for code, name, level in ((CITY, "样例市", "city"), (HERE, "甲县", "county"), (THERE, "乙县", "county")):
            values = [code, name, level, code]
            cursor.execute(
                f"INSERT INTO common.area (id, name, level, {OWN}) VALUES (%s, %s, %s, %s, 't', 't')", values
            )
        for kept in ("worker", "fee", "award_win"):
            cursor.execute(
                "INSERT INTO registry.kept_register VALUES ('lishui_draft', %s, %s, now(), 't')", [kept, CITY]
            )
        cursor.execute(
            f"INSERT INTO common.person (id, name, {OWN})"
            " SELECT n, '工人' || n, %s, 't', 't' FROM generate_series(1, %s) n",
            [HERE, jobs],
        )


def add_broker(
    row_id: int, name: str, area: str = HERE, *, fees: Decimal = ENOUGH_FEES, jobs: int = ENOUGH_JOBS,
    influence: bool | None = True,
) -> int:  # fmt: skip
    """A broker with fees paid and workers in 2023."""
    where = [area, "t", "t"]
    card = f"33110019700101{row_id:04}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO common.person (id, name, citizen_id, _citizen_id_index, {OWN})"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [row_id, name, secrecy().close(card, "common.person.citizen_id"), secrecy().index(card), *where],
        )
        cursor.execute(
            f"INSERT INTO lishui_draft.broker (id, person, area, start_date, status, influence, {OWN})"
            " VALUES (%s, %s, %s, '2015-01-01', 'active', %s, %s, %s, %s)",
            [row_id, row_id, area, influence, *where],
        )
        cursor.execute(
            f"INSERT INTO lishui_draft.worker (person, area, broker, start_date, {OWN})"
            " SELECT n, %s, %s, '2020-01-01', %s, %s, %s FROM generate_series(1, %s) n",
            [area, row_id, *where, jobs],
        )
        cursor.execute(
            f"INSERT INTO lishui_draft.fee (area, broker, amount, due_date, paid_date, proof, {OWN})"
            " VALUES (%s, %s, %s, '2023-06-01', '2023-06-01', true, %s, %s, %s)",
            [area, row_id, fees, *where],
        )
    return row_id


def add_win(broker: int, year: int, award: str = "leading_broker", area: str = HERE) -> None:
    """An award that a broker has won before."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO lishui_draft.award_win (award, year, broker, unit, {OWN})"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [award, year, broker, area, area, "t", "t"],
        )


def open_accounts() -> dict[str, User]:
    """An account for everybody who acts."""
    found = {}
    for actor in ALL:
        user = open_account(actor.name, NAMES[actor], "a-long-sentence-7", by="tester")
        appoint(user, Post(str(actor.role), actor.area, actor.department), date(2020, 1, 1), by="tester")
        user.appointment = user.appointment_on(FIRST)
        found[actor.name] = user
    return found


def rules(award: str = AWARD) -> Rules:
    """The rules of an award."""
    found = find_rules(in_force_here(library.pack(PACK)), award)
    assert found is not None
    return found


def terms(**other: object) -> Terms:
    """What the office sets."""
    usual: dict[str, object] = {
        "area": CITY, "on": ON, "first_day": FIRST, "last_day": LAST, "method": "rank", "voters": 1,
        "paper": "样妇发〔2024〕1号", "notice_days": 5, "notice_basis": "样妇发〔2024〕1号",
    }  # fmt: skip
    return Terms(**usual | other)  # type: ignore[arg-type] # tests give what they are about


def opened(award: str = AWARD, **other: object) -> Round:
    """A round that was opened."""
    return opening.open_round(rules(award), terms(**other), actor=OFFICE, now=at(FIRST))


def nominated(found: Round, brokers: Iterable[int], *, is_checked: bool = True) -> list[Nomination]:
    """Nominations of brokers of either county, checked by a second person."""
    made = []
    for broker in brokers:
        with connection.cursor() as cursor:
            cursor.execute("SELECT area FROM lishui_draft.broker WHERE id = %s", [broker])
            is_here = cursor.fetchone()[0] == HERE
        by, checker = (COUNTY, CHECKER) if is_here else (NEIGHBOUR, NEIGHBOUR_CHECKER)
        held = rules(found.measure)
        one = nominating.nominate(found.pk, held, broker, "带动多人就业", actor=by, today=FIRST, now=at(FIRST))
        if is_checked:
            one = nominating.verify(one, held, in_order=True, note="", actor=checker, now=at(FIRST))
        made.append(one)
    return made


def close(found: Round) -> Round:
    """Nominations are closed the day after."""
    return opening.close_nominations(found.pk, rules(found.measure), actor=OFFICE, today=AFTER, now=at(AFTER))


def member(found: Round, user: User | None = None, name: str = "") -> Member:
    """A member of the panel."""
    return judging.name_member(
        found.pk, rules(found.measure), user=user, name=name, office="", actor=OFFICE, now=at(AFTER)
    )


def vote(one: Member, marks: dict[int, int | str], actor: Actor = JUDGE) -> None:
    """A ballot of a member."""
    given = {nomination: Decimal(mark) for nomination, mark in marks.items()}
    judging.cast(one, rules(one.round.measure), given, None, actor=actor, now=at(AFTER))


def entrants(found: Round) -> list[int]:
    """Who can be chosen, in the order of the list."""
    return [one.nomination for one in queries.list_entrants(found, rules(found.measure))]


def chosen(found: Round, nominations: Iterable[int], reason: str = "", actor: Actor = OFFICE) -> Choice:
    """A choice that was proposed."""
    return choosing.prepare(found.pk, rules(found.measure), set(nominations), reason, actor=actor, now=at(AFTER))


def names_of(choice: Choice) -> dict[str, Shown]:
    """The chosen in words."""
    return {one.nomination.row_id: Shown(f"张经纪{one.place}", "甲县") for one in choice.chosen.all()}


@dataclass(frozen=True)
class Judged:
    """A round in which one judge has ranked all entrants in the order of the list."""

    round: Round
    nominations: list[Nomination]


def judged(brokers: Iterable[int], ranks: list[int] | None = None, **other: object) -> Judged:
    """A round ready for choosing: one judge has ranked the entrants in the order given, else in that of the list."""
    users = {user.username: user for user in User.objects.all()} or open_accounts()
    for user in users.values():
        user.appointment = user.appointment_on(FIRST)
    found = opened(**other)
    nominations = nominated(found, brokers)
    found = close(found)
    there = entrants(found)
    if there:
        one = member(found, users[JUDGE.name])
        vote(one, dict(zip(there, ranks or range(1, len(there) + 1), strict=True)))
    found = judging.close_panel(found.pk, rules(), actor=OFFICE)
    return Judged(found, nominations)
