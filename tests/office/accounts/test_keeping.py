"""Who may keep whose account; passwords that are given; locks; lists of accounts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from axes.models import AccessAttempt

from luoshi.office.accounts import lockout, queries, sign_ins
from luoshi.office.accounts.actions import Post, appoint, close_account, open_account, renew_password, reopen_account
from luoshi.office.accounts.authority import Authority, authority_of
from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.listing import Line, judge
from luoshi.office.accounts.models import SignIn, User
from luoshi.office.accounts.queries import Asked
from luoshi.office.accounts.roles import Role, Scope
from luoshi.office.audit import queries as audit

pytestmark = pytest.mark.usefixtures("database")

NOW, TODAY = datetime(2026, 5, 4, 3, 2, tzinfo=UTC), date(2026, 5, 4)
EVERYWHERE = Scope("")


def _user(name: str, role: str | None = None, area: str = "", start: date = date(2026, 1, 1)) -> User:
    user = open_account(name, f"样例{name}", "a-long-sentence-7", by="tester", first=name.startswith("new"))
    if role is not None:
        appoint(user, Post(role, area, "finance" if role == Role.FINANCE_OFFICER else ""), start, by="tester")
    return user


def _authority(user: User) -> Authority:
    user.appointment = user.appointment_on(TODAY)
    return authority_of(user)


@pytest.mark.parametrize(
    ("role", "area", "may"),
    [
        (Role.TOWNSHIP_CADRE, "621102103", True),
        (Role.CITY_COORDINATOR, "6211", True),
        (Role.AUDITOR, "621102", False),
        (Role.SYSTEM_ADMINISTRATOR, "", False),
        (Role.SYSTEM_ADMINISTRATOR, "6211", False),
        (Role.TOWNSHIP_CADRE, "62", False),
        (Role.TOWNSHIP_CADRE, "331122101", False),
    ],
)
def test_a_coordinator_keeps_what_lies_within_their_area_and_never_who_audits_them(
    role: str, area: str, may: bool
) -> None:
    keeper = _authority(_user("boss", Role.CITY_COORDINATOR, "6211"))
    assert keeper.may_appoint(role, area) is may
    assert keeper.may_keep(_user("chen", role, area), TODAY) is may


def test_nobody_keeps_their_own_account() -> None:
    for name, role, area in (("boss", Role.CITY_COORDINATOR, "6211"), ("root", Role.SYSTEM_ADMINISTRATOR, "")):
        user = _user(name, role, area)
        assert not _authority(user).may_keep(user, TODAY)


def test_an_account_that_will_work_elsewhere_is_not_kept_here() -> None:
    keeper, chen = _authority(_user("boss", Role.CITY_COORDINATOR, "6211")), _user("chen", Role.TOWNSHIP_CADRE, "6211")
    appoint(chen, Post(Role.TOWNSHIP_CADRE, "3311"), date(2026, 6, 1), by="tester")
    assert keeper.may_see(chen, TODAY) and not keeper.may_keep(chen, TODAY)


def test_an_account_without_any_post_is_the_system_administrators() -> None:
    chen = _user("chen")
    assert not _authority(_user("boss", Role.CITY_COORDINATOR, "6211")).may_keep(chen, TODAY)
    assert _authority(_user("root", Role.SYSTEM_ADMINISTRATOR)).may_keep(chen, TODAY)


def test_others_give_nothing() -> None:
    for role in set(Role.values) - {Role.CITY_COORDINATOR, Role.SYSTEM_ADMINISTRATOR}:
        assert not _authority(_user(role, role, "6211")).roles


@pytest.mark.parametrize("name", ["", "a b", "=cmd", "?", "chen\n", "陈 ", "x" * 61, "System"])
def test_names_that_cannot_be_told_apart_are_refused(name: str) -> None:
    with pytest.raises(AccountError, match="no name|the machine itself"):
        open_account(name, "样例", "a-long-sentence-7", by="tester")


def test_a_new_password_is_a_first_one_and_ends_every_sign_in() -> None:
    chen = _user("chen", Role.AUDITOR, "6211")
    sign_ins.begin(chen, "a" * 32, NOW, address="10.1.2.3", agent="")
    password = renew_password(chen, "忘记", by="root", origin="10.1.2.*")
    chen.refresh_from_db()
    assert chen.has_first_password and chen.check_password(password)
    assert not SignIn.objects.exists()
    newest = audit.events("6211")[0]
    assert (newest.action, newest.basis) == ("account.renew-password", "忘记")
    assert password not in str(audit.events(""))


def test_a_closed_account_is_signed_in_nowhere_and_opens_again() -> None:
    chen = _user("chen", Role.AUDITOR, "6211")
    sign_ins.begin(chen, "a" * 32, NOW, address="10.1.2.3", agent="")
    close_account(chen, "调离", by="root")
    assert not SignIn.objects.exists() and not User.objects.get(username="chen").is_active
    reopen_account(chen, by="root")
    assert User.objects.get(username="chen").is_active


def _tries(name: str, failed: int, at: datetime) -> None:
    AccessAttempt.objects.create(
        username=name, ip_address=f"10.0.0.{failed}", user_agent="", failures_since_start=failed, attempt_time=at
    )
    AccessAttempt.objects.update(attempt_time=at)


@pytest.mark.parametrize(
    ("failed", "minutes", "locked"), [((4,), 1, False), ((5,), 29, True), ((2, 3), 1, True), ((5,), 31, False)]
)
def test_five_failures_within_half_an_hour_lock(failed: tuple[int, ...], minutes: int, locked: bool) -> None:
    chen = _user("chen", Role.AUDITOR, "6211")
    for number in failed:
        _tries("chen", number, NOW - timedelta(minutes=minutes))
    assert ("chen" in set(lockout.locked_names(NOW))) is locked
    lockout.unlock(chen, by="root")
    assert not set(lockout.locked_names(NOW))
    assert audit.events("6211")[0].action == "account.unlock"


def test_a_name_that_no_account_has_is_not_kept() -> None:
    lockout.note_refusal("my-password-typed-here", locks=False, origin="10.1.2.*")
    newest = audit.events("")[0]
    assert (newest.action, newest.actor, newest.subject) == ("account.refuse", "?", "account:?")
    assert "my-password" not in str(newest)


def test_a_lock_is_on_record() -> None:
    _user("chen", Role.AUDITOR, "6211")
    lockout.note_refusal("CHEN", locks=True, origin="10.1.2.*")
    found = [(event.action, event.actor, event.subject) for event in audit.events("6211")[:2]]
    assert found == [("account.lock", "system", "account:chen"), ("account.refuse", "?", "account:chen")]


def _names(scope: Scope, asked: Asked = Asked()) -> list[str]:  # noqa: B008 # an unchanging value
    return [one.user.username for one in queries.page(scope, asked, NOW, TODAY).lines]


@pytest.fixture
def everybody(database: None) -> None:
    _user("boss", Role.CITY_COORDINATOR, "6211")
    _user("cadre", Role.TOWNSHIP_CADRE, "621102103")
    _user("newmoney", Role.FINANCE_OFFICER, "621123")
    _user("other", Role.DEPARTMENT_OFFICER, "3311")
    _user("root", Role.SYSTEM_ADMINISTRATOR)
    _user("nobody")
    appoint(_user("former"), Post(Role.AUDITOR, "6211"), date(2020, 1, 1), date(2020, 12, 31), by="tester")
    close_account(_user("shut", Role.AUDITOR, "6211"), by="tester")
    _user("stuck", Role.AUDITOR, "6211")
    _tries("stuck", 5, NOW)


@pytest.mark.usefixtures("everybody")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(), ["boss", "cadre", "former", "newmoney", "shut", "stuck"]),
        (Asked(text="ADR"), ["cadre"]),
        (Asked(text="样例boss"), ["boss"]),
        (Asked(role=Role.AUDITOR), ["former", "shut", "stuck"]),
        (Asked(area="621102"), ["cadre"]),
        (Asked(area="3311"), []),
        (Asked(department="finance"), ["newmoney"]),
        (Asked(state="working"), ["boss", "cadre", "newmoney", "stuck"]),
        (Asked(state="idle"), ["former"]),
        (Asked(state="locked"), ["stuck"]),
        (Asked(state="new"), ["newmoney"]),
        (Asked(state="closed"), ["shut"]),
    ],
)
def test_a_list_holds_the_accounts_of_an_area_that_were_asked_for(asked: Asked, found: list[str]) -> None:
    assert _names(Scope("6211"), asked) == found


@pytest.mark.usefixtures("everybody")
def test_only_who_sees_everything_sees_accounts_without_a_place() -> None:
    assert set(_names(EVERYWHERE)) - set(_names(Scope("6211"))) == {"other", "root", "nobody"}
    assert queries.find_account(Scope("6211"), User.objects.get(username="other").pk, TODAY) is None


@pytest.mark.usefixtures("everybody")
def test_pages_follow_each_other_without_gap() -> None:
    names, after = [], ""
    while True:
        page = queries.page(Scope("6211"), Asked(), NOW, TODAY, after, size=4)
        names += [one.user.username for one in page.lines]
        if page.after is None:
            break
        after = page.after
    assert names == _names(Scope("6211"))


@pytest.mark.usefixtures("everybody")
def test_each_account_is_in_one_state() -> None:
    found = {one.user.username: one.state for one in queries.page(EVERYWHERE, Asked(), NOW, TODAY).lines}
    assert found == {
        "boss": "working", "cadre": "working", "former": "idle", "newmoney": "new", "nobody": "idle",
        "other": "working", "root": "working", "shut": "closed", "stuck": "locked",
    }  # fmt: skip


def test_each_line_of_a_list_is_told_what_is_wrong_with_it() -> None:
    _user("there", Role.AUDITOR, "6211")
    lines = [
        Line(2, "wang", "样例", "auditor", "6211", ""),
        Line(3, "THERE", "样例", "king", "", ""),
        Line(4, "li", "样例", "king", "6211", ""),
        Line(5, "zhao", "", "auditor", "6211", ""),
        Line(6, "zhao li", "样例", "auditor", "6211", ""),
        Line(7, "qian", "样例", "auditor", "", ""),
        Line(8, "twice", "样例", "auditor", "6211", ""),
        Line(9, "Twice", "样例", "auditor", "6211", ""),
    ]
    found = [(one.is_there, one.problem.kind if one.problem else "") for one in judge(lines)]
    assert found == [
        (False, ""), (True, ""), (False, "role"), (False, "no-person"), (False, "name"), (False, "no-area"),
        (False, "twice"), (False, "twice"),
    ]  # fmt: skip
