"""What else happens at a step over the pages: several decide, people meet, a notice is taken down, a clock stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from luoshi.office.casework import jobs
from luoshi.office.casework.models import Decision, Task, Vote
from luoshi.office.notices.models import Notice
from tests.office.casework import walking
from tests.office.casework.worked import found_example, laid
from tests.office.days import Today, on
from tests.office.desk.casework.desks import people_for, settle
from tests.office.desk.casework.walk import Walk, filled
from tests.office.desk.page_forms import PageForm, form_on, forms_on, sent

pytestmark = pytest.mark.usefixtures("database")
DINGXI = "dingxi-2018"
JOINT = "tourism-title-award"
"""Two offices decide on it together, and then it is shown to the public."""
RELIEF = "small-charge-relief"
"""One office decides on it, and no money is paid: a charge is lowered."""


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> Iterator[None]:
    settle()
    yield


@contextmanager
def begun(name: str, stop: str) -> Iterator[Walk]:
    """A claim that has come to an act, on the day of a worked case."""
    pack = walking.whole(DINGXI)
    example, _ = found_example(pack, pack.measures[name])
    assert example.on is not None
    with on(example.on) as today:
        yield another(name, today, stop)


def another(name: str, today: Today, stop: str) -> Walk:
    """One more, on the same day."""
    pack = walking.whole(DINGXI)
    measure = pack.measures[name]
    walk = Walk(pack, measure, today)
    walk.take_in(*laid(pack, measure, *found_example(pack, measure)))
    walk.to_end(stop)
    return walk


def form_of(walk: Walk, task: Task, seat: int = 0) -> PageForm:
    """The form that somebody at the desk finds for a task."""
    offered = forms_on(walk.window(people_for(task)[seat]), walk.page, "case-task")
    return next(form for form in offered if form.address.endswith(f"/tasks/{task.id}/"))


def send(walk: Walk, task: Task, seat: int = 0, **changed: str) -> Any:
    """What comes of the form of a task, filled in the best way but for some fields."""
    form = form_of(walk, task, seat)
    told = dict(filled(form, task.act))
    for name, value in changed.items():
        told |= {each: value for each in form.fields if each.startswith(f"task-{task.id}-{name}")}
    return form.send(walk.window(people_for(task)[seat]), told)


def see(walk: Walk, name: str) -> None:
    """Somebody has seen every paper that is asked for."""
    for paper in forms_on(walk.window(name), walk.page, "case-paper"):
        if "seen" in paper.given:
            sent(paper, walk.window(name), {})


def test_two_offices_decide_together_on_one_sum() -> None:
    with begun(JOINT, "decide") as walk:
        first, second = walk.waiting()
        see(walk, people_for(first)[1])
        assert send(walk, first, 1, amount="800.00", reason="按标准").status_code == 302
        other = send(walk, second, 1, amount="900.00", reason="按标准")
        assert other.status_code == 422
        assert "另一部门已按 800.00 元批准" in other.content.decode()
        assert not Decision.objects.exists()
        assert send(walk, second, 1, amount="800.00", reason="按标准").status_code == 302
        decision = Decision.objects.get(case=walk.case)
        assert (decision.result, str(decision.amount)) == ("granted", "800.00")
        assert [office for _, office, _ in decision.decided_by] == ["county-tourism", "county-finance"]
        assert walk.seen().count("800") >= 2


def test_one_of_two_offices_that_refuses_is_enough() -> None:
    with begun(JOINT, "decide") as walk:
        for task, outcome in zip(walk.waiting(), ("granted", "refused"), strict=True):
            see(walk, people_for(task)[0])
            for seat in (0, 1):
                if Task.objects.get(pk=task.pk).is_open:
                    assert send(walk, task, seat, outcome=outcome, reason="核验不符").status_code == 302
        walk.case.refresh_from_db()
        assert (walk.case.end, Decision.objects.get(case=walk.case).result) == ("refused", "refused")


def together(client: Client, tasks: list[Task]) -> tuple[PageForm, dict[str, Any]]:
    """The form with which several tasks are done at once, and the tasks as it sends them."""
    address = "/cases/together/?" + "&".join(f"task={task.id}" for task in tasks)
    return form_on(client, address, "cases-together-do"), {"task": [str(task.id) for task in tasks]}


def test_several_are_decided_at_once_as_is_recommended() -> None:
    with begun(RELIEF, "decide") as walk:
        walks = [walk, another(RELIEF, walk.today, "decide")]
        tasks = [one.waiting()[0] for one in walks]
        name = people_for(tasks[0])[0]
        for one in walks:
            see(one, name)
        form, chosen = together(walk.window(name), tasks)
        page = sent(form, walk.window(name), chosen)
        assert len(walk.window(name).get(page).context["done"]) == len(walks)
        decisions = Decision.objects.filter(case__in=[one.case for one in walks])
        assert [(one.result, one.departs) for one in decisions] == [("granted", False)] * len(walks)


def test_a_notice_for_several_is_taken_down_and_posted_anew() -> None:
    with begun(JOINT, "notice") as walk:
        walks = [walk, another(JOINT, walk.today, "notice")]
        tasks = [one.waiting()[0] for one in walks]
        client = walk.window(people_for(tasks[0])[1])
        form, chosen = together(client, tasks)
        assert form.given["office"]
        assert form.send(client, {**dict(filled(form, "notice")), **chosen, "days": ""}).status_code == 422
        page = form.send(client, {**dict(filled(form, "notice")), **chosen}).headers["Location"]
        assert len(client.get(page).context["done"]) == len(walks)
        assert len({Task.objects.get(pk=task.pk).notice for task in tasks}) == 1
        notice = Notice.objects.get()
        assert notice.number == len(walks)
        assert f"/notices/{notice.id}/" in client.get(walk.page).content.decode()
        assert walk.number not in client.get("/cases/").content.decode()

        down = form_on(client, f"/notices/{notice.id}/", "notice-take-down")
        assert down.send(client, {}).status_code == 422
        sent(down, client, {"reason": "名称写错"})
        jobs.follow(0)
        assert walk.number in client.get("/cases/").content.decode()
        for one in walks:
            one.to_end("pay")
            assert [task.act for task in one.waiting()] == ["pay"]
        assert Notice.objects.count() == 1 + len(walks)


def test_who_meets_says_how_many_came_and_how_many_agreed() -> None:
    with begun("post-candidate", "meet") as walk:
        village, township = walk.waiting()
        for task in (village, township):
            see(walk, people_for(task)[0])
        assert send(walk, village, attending="").status_code == 422
        more = send(walk, village, attending="8", in_favour="9")
        assert more.status_code == 422
        assert "同意的人不能比到会的多" in more.content.decode()
        assert not Vote.objects.filter(act="meet").exists()
        assert send(walk, village, attending="9", in_favour="8").status_code == 302
        assert send(walk, township, attending="5", in_favour="5").status_code == 302
        assert "到会 9 人，同意 8 人" in walk.seen()
        assert {task.act for task in walk.waiting()} == {"notice"}
        walk.to_end()
        assert walk.case.end == "granted"


def test_a_clock_stands_while_somebody_is_waited_for() -> None:
    with begun(JOINT, "check") as walk:
        (task,) = walk.waiting()
        name = people_for(task)[0]
        client, day = walk.window(name), walk.today.day
        Task.objects.filter(pk=task.pk).update(due=day)
        pause = form_on(client, walk.page, "case-task-pause")
        assert pause.send(client, {}).status_code == 422
        sent(pause, client, {f"pause-{task.id}-why": "等申请人补照片"})
        walk.today.day = day + timedelta(days=30)
        assert "等申请人补照片" in client.get(walk.page).content.decode()
        assert walk.number not in client.get("/cases/?show=late").content.decode()
        sent(form_on(client, walk.page, "case-task-go-on"), client, {})
        walk.today.day += timedelta(days=30)
        assert walk.number in client.get("/cases/?show=late").content.decode()


def test_what_one_takes_on_is_handed_over() -> None:
    with begun(JOINT, "check") as walk:
        (task,) = walk.waiting()
        one, two, _ = people_for(task)
        mine, given = list(forms_on(walk.window(one), walk.page, "case-task-holder"))[::-1]
        sent(mine, walk.window(one), {})
        assert walk.number in walk.window(one).get("/cases/?show=mine").content.decode()
        assert two in given.choices[f"holder-{task.id}-holder"]
        sent(given, walk.window(one), {f"holder-{task.id}-holder": two})
        assert walk.number not in walk.window(one).get("/cases/?show=mine").content.decode()
        assert walk.number in walk.window(two).get("/cases/?show=mine").content.decode()
