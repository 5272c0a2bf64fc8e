"""Terms of appointments, and those who stand in."""

from datetime import date

import pytest

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.models import Appointment, User
from luoshi.office.accounts.roles import Role
from luoshi.office.accounts.terms import end_on, stand_in
from luoshi.office.audit import queries as audit

pytestmark = pytest.mark.usefixtures("database")

BEGIN = date(2026, 1, 1)
LEAVE, BACK = date(2026, 5, 1), date(2026, 5, 31)


def _user(name: str, role: str = Role.TOWNSHIP_CADRE, area: str = "621102103") -> tuple[User, Appointment]:
    user = open_account(name, "样例", "a-long-sentence-7", by="tester")
    return user, appoint(user, Post(role, area), BEGIN, by="tester")


def test_an_appointment_holds_on_its_last_day_and_not_after() -> None:
    user, post = _user("chen")
    end_on(post, date(2026, 3, 31), by="keeper", origin="10.1.2.*")
    assert user.appointment_on(date(2026, 3, 31)) == post
    assert user.appointment_on(date(2026, 4, 1)) is None
    event = audit.events("621102")[0]
    assert (event.action, event.actor, event.origin) == ("account.end-appointment", "keeper", "10.1.2.*")
    assert event.details["last"] == "2026-03-31"


def test_an_appointment_that_would_begin_after_its_last_day_is_withdrawn() -> None:
    user, _ = _user("chen")
    later = appoint(user, Post(Role.AUDITOR, "6211"), date(2026, 9, 1), by="tester")
    end_on(later, date(2026, 8, 31), by="keeper")
    assert [one.role for one in user.appointments.all()] == [Role.TOWNSHIP_CADRE]
    assert audit.events("")[0].action == "account.withdraw-appointment"


@pytest.mark.parametrize(
    ("day", "role"),
    [
        (date(2026, 4, 30), Role.TOWNSHIP_CADRE),
        (LEAVE, Role.CITY_COORDINATOR),
        (BACK, Role.CITY_COORDINATOR),
        (date(2026, 6, 1), Role.TOWNSHIP_CADRE),
    ],
)
def test_who_stands_in_holds_that_post_instead_of_their_own_for_the_term(day: date, role: str) -> None:
    deputy, _ = _user("wang")
    _, away = _user("chen", Role.CITY_COORDINATOR, "6211")
    stand_in(deputy, away, LEAVE, BACK, by="keeper")
    held = deputy.appointment_on(day)
    assert held is not None and held.role == role
    assert audit.events("6211")[0].details["for"] == "account:chen"


def test_a_new_appointment_of_ones_own_does_not_end_standing_in() -> None:
    deputy, _ = _user("wang")
    _, away = _user("chen", Role.CITY_COORDINATOR, "6211")
    stand_in(deputy, away, LEAVE, BACK, by="keeper")
    appoint(deputy, Post(Role.AUDITOR, "6211"), date(2026, 5, 15), by="keeper")
    held, after = deputy.appointment_on(date(2026, 5, 20)), deputy.appointment_on(date(2026, 6, 1))
    assert held is not None and held.role == Role.CITY_COORDINATOR
    assert after is not None and after.role == Role.AUDITOR


def test_standing_in_ends_with_the_appointment() -> None:
    deputy, _ = _user("wang")
    chen, away = _user("chen", Role.CITY_COORDINATOR, "6211")
    stand_in(deputy, away, LEAVE, BACK, by="keeper")
    stand_in(deputy, away, date(2026, 7, 1), date(2026, 7, 31), by="keeper")
    appoint(chen, Post(Role.AUDITOR, "6211"), date(2026, 5, 11), by="keeper")
    assert [one.until for one in away.deputies.all()] == [date(2026, 5, 10)]


@pytest.mark.parametrize(
    ("start", "until", "kind"),
    [
        (BACK, LEAVE, "backwards"),
        (date(2025, 12, 31), BACK, "outside"),
        (LEAVE, date(2027, 1, 1), "outside"),
        (BACK, date(2026, 6, 30), "stands-in"),
    ],
)
def test_a_term_that_cannot_be_is_refused(start: date, until: date, kind: str) -> None:
    deputy, _ = _user("wang")
    _, away = _user("chen", Role.CITY_COORDINATOR, "6211")
    end_on(away, date(2026, 12, 31), by="keeper")
    stand_in(deputy, away, LEAVE, BACK, by="keeper")
    with pytest.raises(AccountError) as refused:
        stand_in(deputy, away, start, until, by="keeper")
    assert refused.value.kind == kind
    assert away.deputies.count() == 1


def test_nobody_stands_in_for_themselves_or_for_a_deputy() -> None:
    deputy, _ = _user("wang")
    chen, away = _user("chen", Role.CITY_COORDINATOR, "6211")
    term = stand_in(deputy, away, LEAVE, BACK, by="keeper")
    with pytest.raises(AccountError, match="themselves"):
        stand_in(chen, away, LEAVE, BACK, by="keeper")
    with pytest.raises(AccountError, match="itself"):
        stand_in(chen, term, LEAVE, BACK, by="keeper")


def test_an_appointment_with_a_last_day_also_ends_when_a_new_one_begins() -> None:
    user = open_account("chen", "样例", "a-long-sentence-7", by="tester")
    first = appoint(user, Post(Role.AUDITOR, "6211"), BEGIN, date(2026, 12, 31), by="tester")
    appoint(user, Post(Role.AUDITOR, "3311"), LEAVE, by="tester")
    first.refresh_from_db()
    assert first.until == date(2026, 4, 30)


def test_a_term_that_ends_before_it_begins_is_refused() -> None:
    user = open_account("chen", "样例", "a-long-sentence-7", by="tester")
    with pytest.raises(AccountError) as refused:
        appoint(user, Post(Role.AUDITOR, "6211"), BACK, LEAVE, by="tester")
    assert refused.value.kind == "backwards"
