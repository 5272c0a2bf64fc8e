"""Accounts of others, as those who keep them see and change them; and one's own."""

import re
from datetime import date, timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.office.accounts.actions import Post, appoint, close_account, open_account
from luoshi.office.accounts.models import Phone, User
from luoshi.office.accounts.roles import Role
from luoshi.office.audit import queries as audit
from tests.office.desk.peopled import PASSWORD, opened, settle
from tests.office.verified import device_of, let_in

pytestmark = pytest.mark.usefixtures("database")

TODAY = timezone.localdate()


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> None:
    settle()


@pytest.fixture
def root(client: Client) -> Client:
    """The system administrator's browser."""
    return let_in(client, opened("root", Role.SYSTEM_ADMINISTRATOR, ""))


@pytest.fixture
def boss(client: Client) -> Client:
    """The browser of a city's coordinator."""
    return let_in(client, opened("boss", Role.CITY_COORDINATOR, "6211"))


def _to(route: str, user: User, **more: int) -> str:
    return reverse(route, kwargs={"number": user.pk, **more})


def _said(client: Client, address: str) -> str:
    return client.get(address).content.decode()


OPENING = {"username": "wang", "display_name": "王样例", "role": "township_cadre", "area": "621102103"}
OPENING |= {"department": "", "start": "2026-01-01", "until": "", "id_number": "990000199003070005"}


def test_an_account_is_opened_with_a_password_that_is_shown_once_and_changed_first(boss: Client) -> None:
    page = boss.post(reverse("account-open"), OPENING)
    html = page.content.decode()
    (password,) = re.findall(r'class="secret">([^<]+)<', html)
    assert "no-store" in page.headers["Cache-Control"]
    user = User.objects.get(username="wang")
    assert user.has_first_password and user.check_password(password)
    assert password not in _said(boss, _to("account", user)) and password not in str(audit.events(""))
    person = Client()
    person.post("/sign-in/", {"username": "wang", "password": password})
    let_in(person, user)
    assert person.get("/").headers["Location"] == "/password/"
    assert person.post(reverse("sessions-end-others")).headers["Location"] == "/password/"
    assert "初始密码" in _said(person, "/password/")
    same = {"old_password": password, "new_password1": password, "new_password2": password}
    assert "和旧密码一样" in person.post("/password/", same).content.decode()
    typed = {"old_password": password, "new_password1": "my-own-sentence-9", "new_password2": "my-own-sentence-9"}
    assert person.post("/password/", typed).headers["Location"] == "/"
    assert person.get("/sessions/").status_code == 200
    assert "已经有了" in boss.post(reverse("account-open"), OPENING).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"username": "a b"}, "不能有空格"),
        ({"area": "331122"}, "不在您的管辖范围内"),
        ({"area": "621199"}, "区划里没有"),
        ({"area": "没有村"}, "区划里没有"),
        ({"area": ""}, "要有区划"),
        ({"role": "auditor"}, 'role="alert"'),
        ({"id_number": ""}, 'role="alert"'),
        ({"id_number": "990000199003070006"}, "身份证号不对"),
        ({"role": "system_administrator"}, 'role="alert"'),
        ({"start": "2026-02-30"}, 'role="alert"'),
        ({"until": "2025-12-31"}, "以前"),
    ],
)
def test_what_may_not_be_opened_opens_nothing(boss: Client, wrong: dict[str, str], said: str) -> None:
    before = User.objects.count()
    page = boss.post(reverse("account-open"), OPENING | wrong)
    assert said in page.content.decode()
    assert User.objects.count() == before


def test_an_area_is_taken_by_its_name_too(boss: Client) -> None:
    boss.post(reverse("account-open"), OPENING | {"area": "样例镇"})
    assert User.objects.get(username="wang").appointments.get().area == "621102103"


def test_a_keeper_sees_and_changes_accounts_of_their_area_only(boss: Client) -> None:
    here, there = opened("here", Role.TOWNSHIP_CADRE, "621102103"), opened("there", Role.TOWNSHIP_CADRE, "331122")
    listed = _said(boss, reverse("accounts"))
    assert "姓名here" in listed and "there" not in listed and "样例镇" in listed
    assert boss.get(_to("account", here)).status_code == 200
    assert boss.get(_to("account", there)).status_code == 404
    for route in ("account-close", "account-unlock", "account-end-sign-ins", "account-reopen", "account-appoint"):
        assert boss.post(_to(route, there), {"reason": "x"}).status_code == 404
    post = there.appointments.get()
    assert boss.post(_to("appointment-end", there, appointment=post.pk), {"last": str(TODAY)}).status_code == 404
    assert boss.post(_to("appointment-end", here, appointment=post.pk), {"last": str(TODAY)}).status_code == 404


def test_a_coordinator_changes_nothing_about_who_audits_them(boss: Client) -> None:
    auditor = opened("eye", Role.AUDITOR, "6211")
    assert "您只能看" in _said(boss, _to("account", auditor))
    assert boss.post(_to("account-close", auditor), {"reason": "x"}).status_code == 403
    assert User.objects.get(username="eye").is_active


def test_nobody_changes_what_they_hold_themselves(boss: Client, root: Client) -> None:
    for name in ("boss", "root"):
        me = User.objects.get(username=name)
        own = let_in(Client(), me)
        post = me.appointments.get()
        assert "您自己的账号" in _said(own, _to("account", me))
        for route, more in (
            ("account-appoint", {}),
            ("account-close", {}),
            ("appointment-end", {"appointment": post.pk}),
        ):
            assert own.post(_to(route, me, **more), {"reason": "x", "last": str(TODAY)}).status_code == 403
    colleague = opened("mate", Role.CITY_COORDINATOR, "6211")
    term = {"username": "boss", "start": str(TODAY), "until": str(TODAY)}
    away = colleague.appointments.get()
    boss_again = let_in(Client(), User.objects.get(username="boss"))
    page = boss_again.post(_to("account-stand-in", colleague, appointment=away.pk), term, follow=True)
    assert "不能由本人办理" in page.content.decode()
    assert away.deputies.count() == 0


def test_a_coordinator_gives_no_passwords_and_takes_no_phones(boss: Client) -> None:
    here = opened("here", Role.TOWNSHIP_CADRE, "621102103")
    device_of(here)
    html = _said(boss, _to("account", here))
    assert "忘了密码" not in html and "重设两步验证" not in html
    for route in ("account-renew-password", "account-reset-second-factor"):
        assert boss.post(_to(route, here), {"reason": "x"}).status_code == 403


def test_a_lost_phone_is_taken_away_for_a_reason(root: Client) -> None:
    user = opened("here", Role.TOWNSHIP_CADRE, "621102103")
    device_of(user)
    other = let_in(Client(), user)
    root.post(_to("account-reset-second-factor", user), {"reason": " "})
    assert Phone.objects.filter(user=user).exists()
    root.post(_to("account-reset-second-factor", user), {"reason": "手机丢失，已当面核实"})
    assert not Phone.objects.filter(user=user).exists()
    assert other.get("/sessions/").status_code == 302
    newest = audit.events("621102103")[0]
    assert (newest.action, newest.actor, newest.basis) == ("second-factor.reset", "root", "手机丢失，已当面核实")


def test_a_forgotten_password_is_replaced_for_a_reason(root: Client) -> None:
    user = opened("here", Role.TOWNSHIP_CADRE, "621102103")
    root.post(_to("account-renew-password", user), {"reason": ""})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    html = root.post(_to("account-renew-password", user), {"reason": "忘记"}).content.decode()
    (password,) = re.findall(r'class="secret">([^<]+)<', html)
    user.refresh_from_db()
    assert user.check_password(password) and user.has_first_password


def test_an_account_is_closed_and_opened_again(boss: Client) -> None:
    user = opened("here", Role.TOWNSHIP_CADRE, "621102103")
    other = Client()
    other.post("/sign-in/", {"username": "here", "password": PASSWORD})
    boss.post(_to("account-close", user), {"reason": ""})
    assert User.objects.get(username="here").is_active
    boss.post(_to("account-close", user), {"reason": "调离"})
    assert not User.objects.get(username="here").is_active
    assert other.get("/sessions/").headers["Location"].startswith("/sign-in/")
    assert "恢复账号" in _said(boss, _to("account", user))
    boss.post(_to("account-reopen", user))
    assert User.objects.get(username="here").is_active


def test_a_locked_account_is_unlocked(boss: Client) -> None:
    user = opened("here", Role.TOWNSHIP_CADRE, "621102103")
    for _ in range(5):
        Client().post("/sign-in/", {"username": "here", "password": "wrong"})
    assert "已锁定" in _said(boss, f"{reverse('accounts')}?state=locked")
    boss.post(_to("account-unlock", user))
    assert Client().post("/sign-in/", {"username": "here", "password": PASSWORD}).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_posts_are_given_and_ended(boss: Client) -> None:
    user = opened("here", Role.TOWNSHIP_CADRE, "621102103")
    start = TODAY + timedelta(days=10)
    given = {"role": "department_officer", "area": "621102", "department": "labour", "start": str(start), "until": ""}
    assert boss.post(_to("account-appoint", user), given).headers["Location"] == _to("account", user)
    first, second = user.appointments.order_by("start")
    assert (first.until, second.area) == (start - timedelta(days=1), "621102")
    again = boss.post(_to("account-appoint", user), given)
    assert "已有任职" in again.content.decode() and user.appointments.count() == 2
    boss.post(_to("appointment-end", user, appointment=second.pk), {"last": str(TODAY)})
    assert user.appointments.count() == 1
    boss.post(_to("appointment-end", user, appointment=first.pk), {"last": str(TODAY)})
    assert user.appointments.get().until == TODAY
    refused = boss.post(_to("account-appoint", user), given | {"area": "331122", "start": "2030-01-01"})
    assert "不在您的管辖范围内" in refused.content.decode() and user.appointments.count() == 1


def test_somebody_stands_in_for_a_term(boss: Client) -> None:
    away, deputy = opened("away", Role.DEPARTMENT_OFFICER, "621102"), opened("deputy", Role.TOWNSHIP_CADRE, "621102103")
    post = away.appointments.get()
    until = TODAY + timedelta(days=5)
    term = {"username": "deputy", "start": str(TODAY), "until": str(until)}
    address = _to("account-stand-in", away, appointment=post.pk)
    page = boss.post(address, term, follow=True).content.decode()
    assert "姓名deputy" in page
    held = deputy.appointment_on(TODAY)
    assert held is not None and (held.role, held.until) == (Role.DEPARTMENT_OFFICER, until)
    assert "不能重叠" in boss.post(address, term, follow=True).content.decode()
    for name in ("nobody", "root", "away"):
        refused = boss.post(address, term | {"username": name}, follow=True).content.decode()
        assert 'class="error"' in refused
    assert post.deputies.count() == 1


def test_a_page_holds_fifty_and_the_next_follows(root: Client) -> None:
    for number in range(52):
        opened(f"u{number:03}", Role.TOWNSHIP_CADRE, "621102103")
    first = _said(root, reverse("accounts"))
    assert "u048" in first and "u050" not in first
    (following,) = re.findall(r'href="(\?after=[^"]+)"', first)
    assert "u050" in _said(root, reverse("accounts") + following)
    narrowed = _said(root, f"{reverse('accounts')}?text=u0&role=township_cadre")
    (following,) = re.findall(r'href="(\?text=u0&amp;role=township_cadre&amp;after=[^"]+)"', narrowed)
    assert "没有这样的账号" in _said(root, f"{reverse('accounts')}?text=zzz")
    assert "u001" in _said(root, f"{reverse('accounts')}?area=样例镇")
    assert "区划里没有" in _said(root, f"{reverse('accounts')}?area=nowhere")


def test_ones_own_account_is_on_one_page(client: Client) -> None:
    user = opened("chen", Role.TOWNSHIP_CADRE, "621102103")
    client.post("/sign-in/", {"username": "chen", "password": PASSWORD}, REMOTE_ADDR="10.20.30.40")
    let_in(client, user)
    html = _said(client, reverse("own-account"))
    for words in ("姓名chen", "乡镇干部", "样例镇", "2020-01-01 起", "两步验证", "账号：登录", "10.20.30.*"):
        assert words in html
    assert reverse("own-account") in _said(client, "/sessions/")


def test_an_area_that_nobody_has_a_name_for_is_shown_by_its_code(root: Client) -> None:
    opened("far", Role.TOWNSHIP_CADRE, "440106")
    assert "440106" in _said(root, reverse("accounts"))


def test_a_first_password_opens_nothing_else(client: Client) -> None:
    user = open_account("new", "样例", PASSWORD, by="tester", first=True)
    appoint(user, Post(Role.SYSTEM_ADMINISTRATOR, ""), date(2020, 1, 1), by="tester")
    let_in(client, user)
    for route in ("accounts", "home", "own-account", "log", "sessions"):
        assert client.get(reverse(route)).headers["Location"] == "/password/"
    assert client.post("/sign-out/").status_code == 302


def test_a_closed_account_is_told_apart(root: Client) -> None:
    close_account(opened("shut", Role.TOWNSHIP_CADRE, "621102103"), by="tester")
    assert "已停用" in _said(root, f"{reverse('accounts')}?state=closed")
