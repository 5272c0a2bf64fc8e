"""What comes too late: a page after half an hour of nothing, a form after that, a first password after two weeks."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.office.accounts.actions import renew_password
from luoshi.office.accounts.models import SignIn, User
from luoshi.office.accounts.roles import Role
from luoshi.office.audit import queries as audit
from tests.office.desk.peopled import PASSWORD, opened
from tests.office.verified import device_of, verify

pytestmark = pytest.mark.usefixtures("database")
WRITTEN = "本人反映补贴少了一个月，已核对"
LATE = timedelta(minutes=31)


@pytest.fixture
def chen(database: None) -> User:
    return opened("chen", Role.TOWNSHIP_CADRE, "621102")


def come_in(user: User) -> Client:
    """A browser in which somebody has signed in by hand."""
    client = Client()
    device_of(user)
    client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    return verify(client, user)


def rest(for_so_long: timedelta) -> None:
    SignIn.objects.update(last_seen=timezone.now() - for_so_long)


def test_after_half_an_hour_of_nothing_one_comes_in_again_and_is_where_one_was(chen: User) -> None:
    client = come_in(chen)
    rest(LATE - timedelta(minutes=2))
    assert client.get("/sessions/").status_code == 200
    rest(timedelta(minutes=20))
    assert client.get("/sessions/", headers={"HX-Request": "true"}).status_code == 200
    rest(LATE)
    asked = client.get("/sessions/", headers={"HX-Request": "true"})
    assert asked.headers["HX-Refresh"] == "true" and asked.content == b"" and SignIn.objects.exists()
    out = client.get("/sessions/?page=2").headers["Location"]
    assert out == "/sign-in/?next=%2Fsessions%2F%3Fpage%3D2&why=idle"
    assert not SignIn.objects.exists()
    assert audit.events("")[0].action == "account.idle"
    assert "您有 30 分钟没有操作" in client.get(out).content.decode()
    back = client.post(out, {"username": "chen", "password": PASSWORD})
    assert back.headers["Location"] == "/sessions/?page=2"


def test_what_was_written_in_a_form_is_shown_and_not_lost_in_silence(chen: User) -> None:
    client = come_in(chen)
    page = "http://testserver/cases/2026-1/?tab=talk"
    client.get("/password/")  # a form of ours, with its token
    rest(LATE)
    given = {"talk-text": WRITTEN, "to": "claimant", "old_password": "旧的 密码"}
    for said in ("30 分钟没有操作", "您的登录已经结束"):  # the second tab finds that one is out already
        lost = client.post("/cases/2026-1/talk/", given, headers={"Referer": page})
        text = lost.content.decode()
        assert lost.status_code == 403 and "没有保存" in text and said in text
        assert WRITTEN in text and "claimant" not in text and "旧的" not in text
        assert "/sign-in/?next=%2Fcases%2F2026-1%2F%3Ftab%3Dtalk" in text
        assert "no-store" in lost.headers["Cache-Control"]
    elsewhere = client.post("/cases/2026-1/talk/", given, headers={"Referer": "https://elsewhere.example/x/"})
    assert "elsewhere" not in elsewhere.content.decode()


def test_the_way_out_is_open_at_any_time_and_loses_nothing(chen: User) -> None:
    client = come_in(chen)
    client.get("/password/")
    rest(LATE)
    for _ in range(2):
        assert client.post("/sign-out/").headers["Location"].startswith("/sign-in/")
    assert not SignIn.objects.exists()


def test_what_a_script_sends_is_kept_by_the_script(chen: User) -> None:
    client = come_in(chen)
    client.get("/password/")
    rest(LATE)
    sent = client.post(reverse("sheet-enter", kwargs={"number": 1}), "{}", content_type="application/json")
    assert sent.status_code == 302 and sent.headers["Location"].startswith("/sign-in/")


def test_a_first_password_that_nobody_used_for_two_weeks_opens_nothing(chen: User) -> None:
    first = renew_password(chen, "忘了", by="root")
    signing = {"username": "chen", "password": first}
    User.objects.update(password_given_at=timezone.now() - timedelta(days=14, minutes=1))
    assert "已经失效" in Client().post("/sign-in/", signing).content.decode()
    User.objects.update(password_given_at=timezone.now() - timedelta(days=13, hours=23))
    assert Client().post("/sign-in/", signing).status_code == 302
    User.objects.update(password_given_at=timezone.now() - timedelta(days=400), has_first_password=False)
    assert Client().post("/sign-in/", signing).status_code == 302
