"""Accounts and appointments."""

from datetime import date
from pathlib import Path

import pytest

from luoshi.office.accounts.actions import Post, appoint, close_account, open_account
from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.listing import open_accounts
from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Role
from luoshi.office.audit import queries as audit

pytestmark = pytest.mark.usefixtures("database")

PASSWORD = "a-long-sentence-7"


def _user(name: str = "chen") -> User:
    return open_account(name, "样例", PASSWORD, by="tester")


def test_an_account_without_an_appointment_sees_nothing() -> None:
    user = _user()
    assert user.check_password(PASSWORD)
    user.appointment = user.appointment_on(date(2026, 1, 1))
    assert user.role is None
    assert not user.scope.covers("6211")
    assert not user.scope.covers("")


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_an_appointment_holds_from_its_first_to_its_last_day(day: date, held: bool) -> None:
    user = _user()
    appoint(user, Post(Role.AUDITOR, "6211"), date(2026, 1, 1), date(2026, 6, 30), by="tester")
    assert (user.appointment_on(day) is not None) is held


def test_a_new_appointment_ends_the_open_one_the_day_before() -> None:
    user = _user()
    first = appoint(user, Post(Role.TOWNSHIP_CADRE, "621102103"), date(2026, 1, 1), by="tester")
    second = appoint(user, Post(Role.CITY_COORDINATOR, "6211"), date(2026, 5, 1), by="tester")
    first.refresh_from_db()
    assert first.until == date(2026, 4, 30)
    assert user.appointment_on(date(2026, 4, 30)) == first
    assert user.appointment_on(date(2026, 5, 1)) == second


def test_a_new_appointment_cannot_begin_before_the_open_one() -> None:
    user = _user()
    appoint(user, Post(Role.AUDITOR, "6211"), date(2026, 5, 1), by="tester")
    with pytest.raises(AccountError, match="2026-05-01"):
        appoint(user, Post(Role.AUDITOR, "6211"), date(2026, 5, 1), by="tester")


def test_names_are_taken_whatever_their_case() -> None:
    _user("chen")
    with pytest.raises(AccountError, match="exists already"):
        _user("Chen")


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123", "chenchenchen"])
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(AccountError):
        open_account("chenchen", "样例", password, by="tester")


def test_changes_are_recorded_without_the_name_of_the_person() -> None:
    user = _user()
    appoint(user, Post(Role.AUDITOR, "6211"), date(2026, 1, 1), by="tester")
    close_account(user, by="tester")
    newest = audit.events("")[:3]
    assert [event.action for event in newest] == ["account.close", "account.appoint", "account.open"]
    assert "样例" not in str(newest)
    assert PASSWORD not in str(newest)


def test_an_unknown_role_is_refused_with_the_known_ones() -> None:
    with pytest.raises(AccountError, match="auditor"):
        Post("king", "6211")


LIST = """username,display_name,role,area,department
wang,样例一,auditor,6211,
li,样例二,township_cadre,621102103,
"""


def test_a_list_opens_accounts_once(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text(LIST, encoding="utf-8-sig")
    opened = open_accounts(file, date(2026, 1, 1), by="tester")
    assert [one.username for one in opened] == ["wang", "li"]
    assert User.objects.get(username="wang").check_password(opened[0].password)
    assert open_accounts(file, date(2026, 1, 1), by="tester") == ()


def test_a_list_with_wrong_lines_opens_nothing_and_names_them_all(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text(LIST + "a,甲,king,6211,\nb,乙,queen,6211,\n", encoding="utf-8")
    with pytest.raises(AccountError, match=r"(?s)line 4: .*king.*line 5: .*queen"):
        open_accounts(file, date(2026, 1, 1), by="tester")
    assert not User.objects.filter(username="wang").exists()


def test_a_list_with_other_columns_is_refused_with_the_expected_ones(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("name,role\n", encoding="utf-8")
    with pytest.raises(AccountError, match="expected username, display_name"):
        open_accounts(file, date(2026, 1, 1), by="tester")
