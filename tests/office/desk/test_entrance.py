"""The way in, as a browser without scripts goes it."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.models import Phone, SignIn, User
from luoshi.office.accounts.policy import ANYONE, BEFORE_SECOND_FACTOR, ROUTES
from luoshi.office.accounts.roles import Role
from luoshi.office.audit import queries as audit
from luoshi.office.database.keys import secrecy
from luoshi.office.desk.browsers import in_words
from tests.office.desk.addresses import ARGUMENTS
from tests.office.verified import KEY, device_of, let_in, verify

PASSWORD, NEW_PASSWORD = "a-long-sentence-7", "another-sentence-8"
CODE, ENROL = "/second-factor/", "/second-factor/enrol/"


@pytest.fixture
def user(database: None) -> User:
    made = open_account("chen", "样例", PASSWORD, by="tester")
    appoint(made, Post(Role.SYSTEM_ADMINISTRATOR, ""), date(2020, 1, 1), by="tester")
    return made


def _with_password(client: Client, **more: str) -> Client:
    client.post("/sign-in/", {"username": "chen", "password": PASSWORD}, **more)
    return client


def _code(key: str = KEY) -> str:
    return f"{TOTP(bytes.fromhex(key)).token():06}"


def _key_offered(client: Client) -> str:
    user = User.objects.get(pk=client.session["_auth_user_id"])
    return _opened(user, bytes.fromhex(client.session["second_factor_key"]))


def _opened(user: User, cell: bytes) -> str:
    return secrecy().open(cell, f"accounts_phone.closed_key:{user.pk}")


def _key_of(user: User) -> str:
    return _opened(user, bytes(Phone.objects.get(user=user).closed_key))


@pytest.mark.parametrize("route", sorted(set(ROUTES) - BEFORE_SECOND_FACTOR))
def test_a_password_alone_opens_nothing(client: Client, user: User, route: str) -> None:
    device_of(user)
    _with_password(client)
    for method in (client.get, client.post):
        answer = method(reverse(route, kwargs=ARGUMENTS.get(route)))
        if ROUTES[route] == ANYONE:
            assert CODE not in answer.headers.get("Location", "")
        else:
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith(CODE)


def test_the_way_in_with_a_phone(client: Client, user: User) -> None:
    device_of(user)
    first = client.post("/sign-in/", {"username": "chen", "password": PASSWORD, "next": "/sessions/"})
    assert first.headers["Location"] == "/sessions/"
    asked = client.get("/sessions/")
    assert asked.headers["Location"] == "/second-factor/?next=%2Fsessions%2F"
    page = client.get(asked.headers["Location"]).content.decode()
    assert 'autocomplete="one-time-code"' in page and reverse("password") not in page
    answer = client.post(CODE, {"code": _code(), "next": "/sessions/"})
    assert answer.headers["Location"] == "/sessions/"
    assert client.get("/sessions/").status_code == 200
    assert client.get(CODE).headers["Location"] == "/"


def test_nobody_is_led_to_another_site(client: Client, user: User) -> None:
    device_of(user)
    _with_password(client)
    assert client.post(CODE, {"code": _code(), "next": "https://elsewhere.example/"}).headers["Location"] == "/"


@pytest.mark.parametrize("typed", ["{0}{1}{2} {3}{4}{5}", "{0}{1}{2}-{3}{4}{5}", " {0}{1}{2}{3}{4}{5} "])
def test_codes_are_read_as_people_type_them(client: Client, user: User, typed: str) -> None:
    device_of(user)
    _with_password(client)
    wide = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}
    assert client.post(CODE, {"code": typed.format(*_code()).translate(wide)}).status_code == 302


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "٣٣٣٣٣٣", "1" * 41])
def test_what_cannot_be_a_code_costs_no_try(client: Client, user: User, typed: str) -> None:
    device_of(user)
    _with_password(client)
    page = client.post(CODE, {"code": typed})
    assert page.status_code == 200 and 'role="alert"' in page.content.decode()
    assert Phone.objects.get(user=user).throttling_failure_count == 0


def test_wrong_codes_say_when_to_try_again(client: Client, user: User) -> None:
    device = device_of(user)
    _with_password(client)
    assert "验证码不对" in client.post(CODE, {"code": "000000"}).content.decode()
    device.throttling_failure_count, device.throttling_failure_timestamp = 8, timezone.now()
    device.save()
    page = client.post(CODE, {"code": _code()})
    assert page.status_code == 429
    assert re.search(r"请在 [\d: -]+ 之后再试", page.content.decode())
    assert client.get("/sessions/").status_code == 302


def test_the_first_sign_in_enrols(client: Client, user: User) -> None:
    _with_password(client)
    assert client.get(CODE).headers["Location"] == ENROL
    page = client.get(ENROL)
    html = page.content.decode()
    assert 'src="data:image/svg+xml' in html and "no-store" in page.headers["Cache-Control"]
    assert not any(mark in html for mark in (" style=", "<style", "<script", " onclick="))
    key = _key_offered(client)
    assert client.get(ENROL).status_code == 200 and _key_offered(client) == key
    assert not Phone.objects.exists()
    wrong = client.post(ENROL, {"code": f"{(int(_code(key)) + 1) % 1000000:06}"})
    assert 'role="alert"' in wrong.content.decode() and not Phone.objects.exists()
    shown = client.post(ENROL, {"code": _code(key)})
    assert len(re.findall(r"<li>\d{5} \d{5}</li>", shown.content.decode())) == 10
    assert "no-store" in shown.headers["Cache-Control"]
    assert client.get("/sessions/").status_code == 200
    assert "second_factor_key" not in client.session


def test_two_who_enrol_the_same_account_never_see_the_same_key(client: Client, user: User) -> None:
    other = Client()
    for one in (client, other):
        _with_password(one).get(ENROL)
    assert _key_offered(client) != _key_offered(other)
    client.post(ENROL, {"code": _code(_key_offered(client))})
    assert other.get(ENROL).headers["Location"].startswith("/sign-in/")


def test_a_password_does_not_replace_a_phone(client: Client, user: User) -> None:
    _with_password(client).get(ENROL)
    key = _key_offered(client)
    device_of(user)
    assert client.get(ENROL).headers["Location"] == CODE
    assert client.post(ENROL, {"code": _code(key)}).headers["Location"] == CODE
    assert _key_of(user) == KEY


def test_a_verified_session_replaces_a_phone_and_ends_all_others(client: Client, user: User) -> None:
    other = verify(_with_password(Client()), user)
    verify(_with_password(client), user).get(ENROL)
    key = _key_offered(client)
    assert client.post(ENROL, {"code": _code(key)}).status_code == 200
    assert _key_of(user) == key
    assert client.get("/sessions/").status_code == 200
    assert other.get("/sessions/").headers["Location"].startswith("/sign-in/")


def test_a_recovery_code_lets_in_once(client: Client, user: User) -> None:
    _with_password(client).get(ENROL)
    html = client.post(ENROL, {"code": _code(_key_offered(client))}).content.decode()
    code = re.findall(r"<li>(\d{5} \d{5})</li>", html)[0]
    client.post("/sign-out/")
    _with_password(client)
    assert client.post(CODE, {"code": code, "next": "/sessions/"}).status_code == 302
    assert "还剩 9 个恢复码" in client.get("/sessions/").content.decode()
    client.post("/sign-out/")
    _with_password(client)
    assert client.post(CODE, {"code": code}).status_code == 200


def test_a_phone_that_is_gone_lets_nobody_in(client: Client, user: User) -> None:
    let_in(client, user)
    assert client.get("/sessions/").status_code == 200
    Phone.objects.all().delete()
    assert client.get("/sessions/").headers["Location"].startswith(CODE)


@override_settings(TWO_FACTOR=False)
def test_where_one_factor_is_enough_the_password_lets_in(client: Client, user: User) -> None:
    _with_password(client)
    assert "只凭密码就能登录" in client.get("/sessions/").content.decode()


def test_a_sign_in_is_listed_in_words(client: Client, user: User) -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0"
    verify(_with_password(client, HTTP_USER_AGENT=agent, REMOTE_ADDR="10.20.30.40"), user)
    html = client.get("/sessions/").content.decode()
    assert "Edge（Windows）" in html and "10.20.30.*" in html and "就是这里" in html
    assert "10.20.30.40" not in html
    assert "结束其他全部登录" not in html


def test_a_session_that_was_ended_is_signed_out(client: Client, user: User) -> None:
    other = verify(_with_password(Client()), user)
    mine = verify(_with_password(client), user)
    page = mine.get("/sessions/").content.decode()
    (number,) = re.findall(r"/sessions/(\d+)/end/", page)
    assert mine.get(f"/sessions/{number}/end/").status_code == 405
    assert mine.post(f"/sessions/{number}/end/").headers["Location"] == "/sessions/"
    assert other.get("/sessions/").headers["Location"].startswith("/sign-in/")
    assert mine.get("/sessions/").status_code == 200
    assert mine.post(f"/sessions/{number}/end/").status_code == 404


def test_nobody_ends_the_session_of_another(client: Client, user: User) -> None:
    verify(_with_password(Client()), user)
    stranger = open_account("wang", "样例", PASSWORD, by="tester")
    appoint(stranger, Post(Role.SYSTEM_ADMINISTRATOR, ""), date(2020, 1, 1), by="tester")
    let_in(client, stranger)
    assert client.post(f"/sessions/{SignIn.objects.get().pk}/end/").status_code == 404
    assert SignIn.objects.count() == 1


def test_all_others_are_signed_out(client: Client, user: User) -> None:
    others = [verify(_with_password(Client()), user) for _ in range(2)]
    verify(_with_password(client), user)
    client.post("/sessions/end-others/")
    assert [one.get("/sessions/").status_code for one in (client, *others)] == [200, 302, 302]


def test_signing_out_leaves_no_sign_in(client: Client, user: User) -> None:
    verify(_with_password(client), user)
    client.post("/sign-out/")
    assert not SignIn.objects.exists()


def test_a_new_password_ends_all_others_and_goes_on_here(client: Client, user: User) -> None:
    other = verify(_with_password(Client()), user)
    verify(_with_password(client), user)
    typed = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    assert client.post("/password/", typed).headers["Location"] == "/sessions/"
    assert "就是这里" in client.get("/sessions/").content.decode()
    assert other.get("/sessions/").status_code == 302
    assert SignIn.objects.count() == 1
    assert audit.events("")[0].action == "account.password"
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)


@pytest.mark.parametrize("weak", ["short-1", "12345678901234", "password123"])
def test_a_new_password_keeps_the_rules(client: Client, user: User, weak: str) -> None:
    verify(_with_password(client), user)
    typed = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    html = client.post("/password/", typed).content.decode()
    assert 'role="alert"' in html and "This password" not in html
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_guessing_the_old_password_locks_the_account(client: Client, user: User) -> None:
    verify(_with_password(client), user)
    typed = {"old_password": "wrong", "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    assert [client.post("/password/", typed).status_code for _ in range(5)] == [200, 200, 200, 200, 429]


def test_behind_a_proxy_the_address_is_what_the_proxy_saw(client: Client, user: User) -> None:
    with override_settings(BEHIND_PROXY=True):
        _with_password(client, HTTP_X_FORWARDED_FOR="1.1.1.1, 10.20.30.40", REMOTE_ADDR="127.0.0.1")
    assert SignIn.objects.get().address == "10.20.30.*"


def test_without_a_proxy_nobody_makes_up_an_address(client: Client, user: User) -> None:
    assert not settings.BEHIND_PROXY
    _with_password(client, HTTP_X_FORWARDED_FOR="1.1.1.1", REMOTE_ADDR="127.0.0.1")
    assert SignIn.objects.get().address == "127.0.0.*"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox（Linux）"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1",
            "Safari（iPhone）",
        ),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0", "微信（安卓手机）"),
        (
            "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0 Safari/537.36 ArkWeb/4.1",
            "华为浏览器（鸿蒙）",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/120.0 Safari/537.36 DingTalk/7.0", "钉钉（macOS）"),
        ("curl/8.0", "别的浏览器"),
        ("", "别的浏览器"),
    ],
)
def test_browsers_are_said_in_words(agent: str, words: str) -> None:
    assert in_words(agent) == words
