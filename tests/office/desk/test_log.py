"""The event log, as those who may look into it see it; and what of signing in and out stands there."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Role
from luoshi.office.audit import actions, jobs, queries
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("database")

PASSWORD, LOG = "a-long-sentence-7", "/log/"


def _user(name: str, role: str, area: str) -> User:
    user = open_account(name, f"姓名{name}", PASSWORD, by="tester", area=area)
    appoint(user, Post(role, area), date(2020, 1, 1), by="tester")
    return user


@pytest.fixture
def auditor(client: Client) -> Client:
    """The browser of a city's auditor."""
    return let_in(client, _user("eye", Role.AUDITOR, "6211"))


def _event(number: int, area: str = "621102", actor: str = "worker", action: str = "register.add") -> int:
    return actions.record(action, actor=actor, subject=f"thing:{number}", area=area, basis="依据一", origin="10.1.2.*")


def _shown(client: Client, query: str = "") -> str:
    return client.get(LOG + query).content.decode()


def test_events_are_shown_in_words_within_the_area(auditor: Client) -> None:
    _event(1), _event(2, "331122"), _event(3, "")
    html = _shown(auditor)
    assert "台账：登记" in html and "thing:1" in html and "依据一" in html and "10.1.2.*" in html
    assert "thing:2" not in html and "thing:3" not in html
    for query in ("?area=331122", "?subject=thing:2", "?subject=thing:3"):
        assert "<tbody>" not in _shown(auditor, query)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?actor=worker", {1, 2}),
        ("?actor=work", set()),
        ("?kind=run", {3}),
        ("?kind=ru", set()),
        ("?subject=thing:2", {2}),
        ("?area=621102", {1, 3}),
        ("?area=621123&actor=worker", {2}),
        ("?since={today}", {1, 2, 3}),
        ("?until={today}", {1, 2, 3}),
        ("?since={tomorrow}", set()),
        ("?until={yesterday}", set()),
        ("?area=nowhere", set()),
    ],
)
def test_events_are_narrowed(auditor: Client, query: str, found: set[int]) -> None:
    _event(1), _event(2, "621123"), _event(3, actor="other", action="run.ask")
    day = timezone.localdate()
    days = {"today": day, "tomorrow": day + timedelta(days=1), "yesterday": day - timedelta(days=1)}
    html = _shown(auditor, query.format(**days))
    table = html.partition("<tbody>")[2].partition("</tbody>")[0]
    assert {number for number in (1, 2, 3) if f"thing:{number}<" in table} == found


def test_a_day_is_a_whole_day_here() -> None:
    first = queries.events("", size=1)[0].id if queries.events("", size=1) else 0
    _event(1)
    (event,) = queries.events("", size=1)
    assert event.id > first
    for since, until, found in ((event.at, None, 1), (None, event.at, 0), (event.at + timedelta(seconds=1), None, 0)):
        asked = queries.Asked(subject="thing:1", since=since, until=until)
        assert len([one for one in queries.events("", asked=asked) if one.id == event.id]) == found


def test_a_page_holds_fifty_and_the_next_follows(auditor: Client) -> None:
    numbers = [_event(number) for number in range(60)]
    html = _shown(auditor, "?actor=worker")
    assert f">{numbers[10]}<" in html and f">{numbers[9]}<" not in html
    assert f"?actor=worker&amp;before={numbers[10]}" in html
    following = _shown(auditor, f"?actor=worker&before={numbers[10]}")
    assert f">{numbers[9]}<" in following and f">{numbers[10]}<" not in following


@pytest.mark.parametrize("before", ["abc", "-1", "1e9", "٣", "9" * 30])
def test_a_number_that_is_none_is_refused(auditor: Client, before: str) -> None:
    assert auditor.get(LOG, {"before": before}).status_code == 400


def test_nothing_found_is_said(auditor: Client) -> None:
    assert "没有这样的记录" in _shown(auditor, "?actor=nobody-at-all")


@pytest.mark.parametrize(("broken", "said"), [(None, "每一条都在"), (7, "第 7 条")])
def test_the_state_of_the_chain_is_told(auditor: Client, broken: int | None, said: str) -> None:
    actions.record("audit.verify", actor="system", subject=queries.CHAIN, details={"broken": broken})
    actions.record("audit.ask", actor="eye", subject=queries.CHAIN)
    assert said in _shown(auditor)


def test_a_look_is_ordered_once(auditor: Client) -> None:
    assert "现在核对" in _shown(auditor)
    assert auditor.post(reverse("log-verify")).headers["Location"] == LOG
    assert jobs.is_under_way() and "正在核对" in _shown(auditor)
    auditor.post(reverse("log-verify"))
    waiting = ProcrastinateJob.objects.filter(task_name="audit.verify", status="todo")
    assert waiting.count() == 1
    asked = [event for event in queries.events("", size=5) if event.action == "audit.ask"]
    assert [event.actor for event in asked] == ["eye"]


def test_a_coordinator_looks_and_does_not_order(client: Client) -> None:
    boss = let_in(client, _user("boss", Role.CITY_COORDINATOR, "6211"))
    assert "现在核对" not in _shown(boss)
    assert boss.post(reverse("log-verify")).status_code == 403


def test_the_file_holds_what_was_asked_for_and_is_on_record(auditor: Client) -> None:
    _event(1), _event(2, actor="=cmd|calc"), _event(3, "331122")
    answer = auditor.post(reverse("log-export"), {"kind": "register"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined] # it is sent line by line
    head, *rows = csv.reader(StringIO(text))
    assert head[:4] == ["编号", "时间", "谁", "做了什么"]
    assert [(row[2], row[3], row[5]) for row in rows] == [
        ("'=cmd|calc", "台账：登记", "thing:2"),
        ("worker", "台账：登记", "thing:1"),
    ]
    newest = queries.events("6211")[0]
    assert (newest.action, newest.actor, newest.details) == ("log.export", "eye", {"kind": "register"})
    assert auditor.get(reverse("log-export")).status_code == 405
    assert auditor.post(reverse("log-export"), {"since": "never"}).status_code == 400


def test_a_long_file_has_every_event_once(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.office.desk.log.files.AT_ONCE", 3)
    numbers = [_event(number) for number in range(8)]
    answer = auditor.post(reverse("log-export"), {"actor": "worker"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined] # it is sent line by line
    assert [int(row[0]) for row in list(csv.reader(StringIO(text)))[1:]] == numbers[::-1]


def _told(area: str = "6211") -> list[tuple[str, str, str, str]]:
    return [(one.action, one.actor, one.subject, one.origin) for one in queries.events(area, size=8)]


@override_settings(TWO_FACTOR=False)
def test_signing_in_and_out_is_on_record(client: Client) -> None:
    _user("chen", Role.AUDITOR, "6211")
    client.post("/sign-in/", {"username": "CHEN", "password": PASSWORD}, REMOTE_ADDR="10.20.30.40")
    client.post("/sign-out/", REMOTE_ADDR="10.20.30.40")
    account = "account:chen"
    assert _told()[:2] == [
        ("account.sign-out", "chen", account, "10.20.30.*"),
        ("account.sign-in", "chen", account, "10.20.30.*"),
    ]


def test_failed_tries_and_the_lock_are_on_record_and_no_more_once_it_is_locked(client: Client) -> None:
    _user("chen", Role.AUDITOR, "6211")
    for _ in range(7):
        client.post("/sign-in/", {"username": "Chen", "password": "wrong"}, REMOTE_ADDR="10.20.30.40")
    told = [event for event in _told() if event[0] in {"account.refuse", "account.lock"}]
    refused = ("account.refuse", "?", "account:chen", "10.20.30.*")
    assert told == [("account.lock", "system", "account:chen", "10.20.30.*"), *[refused] * 5]


def test_a_name_that_is_none_is_not_on_record(client: Client) -> None:
    client.post("/sign-in/", {"username": "typed-password-by-mistake", "password": "wrong"})
    newest = queries.events("")[0]
    assert (newest.action, newest.subject) == ("account.refuse", "account:?")
    assert "by-mistake" not in str(newest)


def test_an_empty_form_is_no_try(client: Client) -> None:
    before = queries.events("", size=1)
    client.post("/sign-in/", {"username": "chen", "password": ""})
    assert queries.events("", size=1) == before


def test_a_wrong_old_password_is_on_record_and_kept_nowhere(client: Client) -> None:
    let_in(client, _user("chen", Role.AUDITOR, "6211"))
    typed = {"old_password": "my-old-one", "new_password1": "my-new-one-77", "new_password2": "my-new-one-77"}
    client.post("/password/", typed)
    assert _told()[0][:3] == ("account.refuse", "?", "account:chen")
    kept = str(list(AccessAttempt.objects.values()))
    assert "my-old-one" not in kept and "my-new-one-77" not in kept


def test_moments_are_shown_as_the_clock_on_the_wall_shows_them(auditor: Client) -> None:
    _event(1)
    at = queries.events("6211", size=1)[0].at
    assert isinstance(at, datetime)
    assert timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S") in _shown(auditor)
