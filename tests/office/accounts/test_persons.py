"""Who is behind an account: two accounts of one person are one person, wherever two are asked for."""

from datetime import date

import pytest
from django.db import connection

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.authority import authority_of
from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.models import User
from luoshi.office.accounts.persons import is_same_person, list_others, name_person
from luoshi.office.accounts.roles import Role
from luoshi.office.audit import queries as audit

pytestmark = pytest.mark.usefixtures("database")
CHEN, WANG = "990000199003070005", "99000019900307003X"
GUARDED = {
    "awards_choice": {("prepared_by", "approved_by"), ("prepared_by", "confirmed_by")},
    "awards_nomination": {("by", "settled_by")},
    "editions_activation": {("uploaded_by", "by")},
    "letters_approval": {("uploaded_by", "by")},
    "runs_localsetting": {("set_by", "confirmed_by")},
    "sheets_sheet": {("handed_in_by", "confirmed_by")},
    "treasury_banklayout": {("made_by", "confirmed_by")},
    "treasury_batch": {("made_by", "checked_by", "approved_by")},
}
"""Where the database itself asks for more than one person, and in which columns they stand."""


def account(name: str, number: str = "") -> User:
    made = open_account(name, "样例", "a-long-sentence-7", by="tester")
    if number:
        name_person(made, number, by="tester")
    return made


def test_two_accounts_of_one_person_are_one_person() -> None:
    one, two, other, nobody = account("one", CHEN), account("two", CHEN), account("other", WANG), account("nobody")
    account("nobody-else")
    assert is_same_person("one", "one") and is_same_person("one", "two") and is_same_person("two", None, "", "one")
    assert not is_same_person("one", "other") and not is_same_person("one", None, "")
    assert not is_same_person("nobody", "nobody-else") and not is_same_person("applicant:1", "one")
    assert list(list_others(one)) == [two] and list(list_others(nobody)) == []
    name_person(nobody, f"{WANG[:6]} {WANG[6:]}".lower(), by="root")
    assert is_same_person("nobody", "other") and list(list_others(other)) == [nobody]
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_person('one') = accounts_person('two'), accounts_person('nobody-else')")
        assert cursor.fetchone() == (True, "account:nobody-else")
    for said in (*audit.events(""), *User.objects.values()):
        assert CHEN not in str(said) and WANG not in str(said)


def test_nobody_keeps_another_account_of_their_own() -> None:
    keeper, own, other = account("keeper", CHEN), account("own", CHEN), account("other", WANG)
    day = date(2026, 5, 4)
    appoint(keeper, Post(Role.SYSTEM_ADMINISTRATOR, ""), day, by="tester")
    keeper.appointment = keeper.appointment_on(day)
    found = authority_of(keeper)
    assert found.may_keep(other, day) and found.may_keep(account("nobody"), day)
    assert not found.may_keep(own, day) and not found.may_keep(keeper, day)


@pytest.mark.parametrize("wrong", ["12", "990000199003070006", "样例", "' OR 1=1"])
def test_what_is_no_number_of_a_citizen_names_nobody(wrong: str) -> None:
    with pytest.raises(AccountError) as problem:
        account("one", wrong)
    assert problem.value.kind == "id-number" and wrong not in str(problem.value)
    assert User.objects.get(username="one").person_index is None


def test_the_database_asks_for_persons_wherever_it_asks_for_two() -> None:
    found: dict[str, set[tuple[str, ...]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgargs FROM pg_trigger"
            " WHERE tgfoid = 'accounts_refuse_same_person'::regproc AND tgenabled = 'O'"
        )
        for table, columns in cursor.fetchall():
            found.setdefault(table, set()).add(tuple(bytes(columns).decode().split("\0")[:-1]))
    assert found == GUARDED
