"""The pages of runs: the list, one run with its progress and receipt, asking, cancelling."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.audit import queries as audit
from luoshi.office.desk.runs import views
from luoshi.office.registry.building import build
from luoshi.office.runs import actions, library
from luoshi.office.runs.models import Run
from tests.office.verified import let_in

PACK, CITY, COUNTY = "dingxi-2018", "6211", "621123"
ON = date(2020, 12, 31)
State = Run.State

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> None:
    build([library.pack(PACK)])
    actions.install(PACK, by="tester")
    with connection.cursor() as cursor:
        for code, level in ((CITY, "city"), (COUNTY, "county")):
            cursor.execute(
                "INSERT INTO common.area (id, name, level, _area_code, _source, _changed_by)"
                " VALUES (%s, %s, %s, %s, 'test', 'tester')",
                [code, f"样例{code}", level, code],
            )


def _of(role: str, area: str, name: str = "") -> Client:
    user = open_account(name or f"{role[:9]}-{area}", "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area), date(2018, 1, 1), by="tester")
    return let_in(Client(), user)


@pytest.fixture
def city(database: None) -> Client:
    return _of(Role.CITY_COORDINATOR, CITY, "chen")


def _run(state: str = State.FINISHED, **more: object) -> Run:
    facts: dict[str, object] = {"started_at": timezone.now() - timedelta(seconds=75), "rows_read": {"worker": 1234}}
    facts |= {"pack_id": PACK, "pack_hash": "abcdef0123456789", "on": ON, "state": state, "asked_by": "chen"}
    if state == State.FINISHED:
        facts |= {"finished_at": timezone.now(), "rows_decided": {"worker": 1200}}
    return Run.objects.create(**facts | more)


def _text(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_runs_the_list_says_so(city: Client) -> None:
    assert "还没有计算过" in _text(city.get("/runs/"))


def test_the_list_shows_state_length_who_and_rows(city: Client) -> None:
    _run()
    page = _text(city.get("/runs/"))
    for words in ("已完成", "1 分 15 秒", "chen", "1,200 行", "截至 2020-12-31"):
        assert words in page


def test_the_list_goes_on_on_a_second_page(city: Client) -> None:
    runs = [_run() for _ in range(views.PAGE + 1)]
    first = _text(city.get("/runs/"))
    assert f"?before={runs[1].id}" in first and f"/runs/{runs[0].id}/" not in first
    second = _text(city.get("/runs/", {"before": runs[1].id}))
    assert f"/runs/{runs[0].id}/" in second and "更早的" not in second
    assert "没有更早的计算" in _text(city.get("/runs/", {"before": runs[0].id}))
    assert city.get("/runs/", {"before": "x"}).status_code == 404


def test_a_county_does_not_see_the_rows_of_the_city(city: Client) -> None:
    run = _run()
    assert "1,234" in _text(city.get(f"/runs/{run.id}/"))
    county = _of(Role.DEPARTMENT_OFFICER, COUNTY)
    for address in ("/runs/", f"/runs/{run.id}/"):
        page = _text(county.get(address))
        assert "1,234" not in page and "1,200" not in page


def test_another_city_sees_nothing_of_a_run(city: Client) -> None:
    run = _run(State.RUNNING)
    other = _of(Role.CITY_COORDINATOR, "3311")
    assert f"/runs/{run.id}/" not in _text(other.get("/runs/"))
    for address in (f"/runs/{run.id}/", f"/runs/{run.id}/progress/"):
        assert other.get(address).status_code == 404
    assert other.post(f"/runs/{run.id}/cancel/").status_code == 404
    assert other.post("/runs/ask/", {"pack": PACK, "on": "2020-12-31"}).status_code == 200
    assert Run.objects.count() == 1


def test_a_receipt_names_the_version_and_the_snapshot(city: Client) -> None:
    run = _run()
    page = _text(city.get(f"/runs/{run.id}/"))
    assert "abcdef012345" in page and "abcdef0123456789" in page and "台账快照" in page
    assert "已清除，只保留数字" in page
    (actions.folder_of(run) / "results").mkdir(parents=True)
    assert "可以查看" in _text(city.get(f"/runs/{run.id}/"))


def test_progress_is_shown_and_asked_for(city: Client) -> None:
    run = _run(State.RUNNING, step="engine", done=30, steps=120)
    page = _text(city.get(f"/runs/{run.id}/"))
    assert 'value="25"' in page and "正在判定" in page and "hx-get" in page and "<noscript>" in page
    assert not any(mark in page for mark in (" style=", "<style", " onclick="))
    assert 'value="25"' in _text(city.get(f"/runs/{run.id}/progress/"))
    Run.objects.filter(id=run.id).update(state=State.FINISHED, finished_at=timezone.now())
    assert city.get(f"/runs/{run.id}/progress/").headers["HX-Refresh"] == "true"
    assert "hx-get" not in _text(city.get(f"/runs/{run.id}/"))


def test_a_run_that_failed_says_why(city: Client) -> None:
    run = _run(State.FAILED, problem="x：“7”超出范围。\n请改。")
    page = _text(city.get(f"/runs/{run.id}/"))
    assert "没有算成" in page and "超出范围" in page


def test_a_run_is_asked_for_once(city: Client) -> None:
    answers = [city.post("/runs/ask/", {"pack": PACK, "on": "2020-12-31"}) for _ in range(2)]
    run = Run.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {f"/runs/{run.id}/"}
    assert (run.on, run.asked_by, run.state) == (ON, "chen", State.WAITING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'runs.carry_out'")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("sent", [{"on": "2020-02-30"}, {"on": ""}, {"on": "0001-01-01"}, {"pack": "nothing"}])
def test_a_wrong_question_is_refused(city: Client, sent: dict[str, str]) -> None:
    assert 'role="alert"' in _text(city.post("/runs/ask/", {"pack": PACK, "on": "2020-12-31"} | sent))
    assert not Run.objects.exists()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.TOWNSHIP_CADRE, Role.FINANCE_OFFICER])
def test_who_only_reads_asks_for_nothing_and_cancels_nothing(role: str) -> None:
    run = _run(State.WAITING)
    reader = _of(role, CITY)
    page = _text(reader.get("/runs/"))
    assert "/runs/ask/" not in page and "取消计算" not in _text(reader.get(f"/runs/{run.id}/"))
    assert reader.post(f"/runs/{run.id}/cancel/").status_code == 403


def test_a_run_is_cancelled_by_whoever_asked_or_sees_the_whole(city: Client) -> None:
    run = _run(State.WAITING, asked_by="system")
    county = _of(Role.DEPARTMENT_OFFICER, COUNTY, "wang")
    assert county.post(f"/runs/{run.id}/cancel/").status_code == 403
    for _ in range(2):
        assert city.post(f"/runs/{run.id}/cancel/").headers["Location"] == f"/runs/{run.id}/"
    run.refresh_from_db()
    assert run.state == State.CANCELLED
    assert [event.action for event in audit.events("")].count("run.cancel") == 1
    own = _run(State.WAITING, asked_by="wang")
    county.post(f"/runs/{own.id}/cancel/")
    own.refresh_from_db()
    assert own.state == State.CANCELLED


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 秒"), (59, "59 秒"), (60, "1 分 0 秒"), (3599, "59 分 59 秒"), (3600, "1 小时 0 分")]
)
def test_lengths_of_time_in_words(seconds: int, words: str) -> None:
    assert views.duration(timedelta(seconds=seconds)) == words
