"""The desks of the five measures: who sits at them, and how a case goes from one to the next."""

from collections.abc import Iterator
from functools import partial

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Role
from luoshi.office.casework import jobs
from luoshi.office.casework.models import Case, Task
from luoshi.office.casework.routing import desk_of
from luoshi.office.notices.models import Notice
from tests.office.browsing import FIRST_DAY, Seen, aside, opened
from tests.office.casework import walking
from tests.office.flows.measures import GRANTS, Grant
from tests.office.flows.way import PHONE, Way, press

FIRST, SECOND, THIRD = "first", "second", "third"
"""The people at a desk: whoever checks, and makes a batch; whoever decides, and checks a batch; whoever approves it."""
ROLES = {12: Role.VILLAGE_ADMINISTRATOR, 9: Role.TOWNSHIP_CADRE}
NAMES = {FIRST: "王芳", SECOND: "李想", THIRD: "周明"}
AUDITOR = "auditor"


def person(area: str, department: str = "", which: str = FIRST) -> str:
    """The account of somebody at a desk."""
    return f"{area}-{department or 'hall'}-{which}"


def open_accounts() -> list[User]:
    """Everybody who works for one of the five measures."""
    desks = {desk for grant in GRANTS for desk in _desks(grant)}
    posts = [(person(*desk, which), *desk) for desk in sorted(desks) for which in (FIRST, SECOND, THIRD)]
    users = [_opened(name, _role(area, department), area, department) for name, area, department in posts]
    return [*users, *(_opened(f"{AUDITOR}-{city}", Role.AUDITOR, city) for city in {area[:4] for area, _ in desks})]


def _desks(grant: Grant) -> Iterator[tuple[str, str]]:
    """The village, its township, and the offices of the procedure."""
    pack = walking.whole(grant.pack)
    yield from ((grant.village, ""), (grant.village[:9], ""))
    for step in pack.procedures[grant.procedure].steps:
        for office in step.by:
            desk = desk_of(pack, pack.offices[office], grant.village)
            yield desk.area, desk.department


def _role(area: str, department: str) -> Role:
    return Role.FINANCE_OFFICER if department == "finance" else ROLES.get(len(area), Role.DEPARTMENT_OFFICER)


def _opened(name: str, role: str, area: str, department: str = "") -> User:
    user = open_account(name, NAMES.get(name.rpartition("-")[2], "审计员"), "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area, department), FIRST_DAY, by="tester")
    return user


def walk(way: Way) -> None:
    """The case goes from desk to desk, until it waits for its money or is over."""
    while waiting := aside(partial(_waiting, way.number)):
        for task in waiting:
            name = person(task.desk_area, task.department, SECOND if task.act == "decide" else FIRST)
            way.at(name, f"/cases/{way.number}/", partial(_do, way, task))
            if task.act == "notice":
                show(way, aside(partial(_posted, task.id)))


def _waiting(number: str) -> list[Task]:
    """What is to be done at the step of a case; nothing when only the bank can go on."""
    case = Case.objects.get(number=number)
    found = case.tasks.filter(step=case.step, visit=case.visit, finished_at=None).exclude(act="pay")
    return list(found.order_by("id")) if case.is_open else []


def _posted(task: int) -> Notice:
    return Notice.objects.get(key=Task.objects.get(pk=task).notice)


def _do(way: Way, task: Task, seen: Seen) -> None:
    """A task is done as its form asks: in order, granted as proposed, shown for so many days."""
    see_all(seen)
    form = seen.page.locator(f"form[action$='/tasks/{task.id}/']")
    for label, words in (("办了什么", "已办理"), ("公示几天", "7"), ("天数由哪份文件规定", "样办发〔2021〕2号")):
        if form.get_by_label(label).count():
            form.get_by_label(label).fill(words)
    if form.locator("[value=in_order]").count():
        form.locator("[value=in_order]").check()
    if form.get_by_label("由哪项资金付").count():
        form.get_by_label("由哪项资金付").select_option(index=1)
    way.look(seen, f"{task.act}-{task.office}", is_seen_on_both=task.act == "decide")
    with seen.page.expect_navigation():
        form.get_by_role("button").click()
    assert seen.page.locator(".messages").count(), seen.page.inner_text("main")


def see_all(seen: Seen) -> None:
    """Everything that is asked for was seen in the original."""
    while seen.page.get_by_role("button", name="看过原件").count():
        press(seen, "看过原件")


def show(way: Way, notice: Notice) -> None:
    """Anybody reads the notice, and nobody objects; its days pass."""
    with opened(way.browser, way.site, None, PHONE) as anybody:
        anybody.page.goto(f"{way.site}/p/notices/{notice.id}/")
        assert notice.heading in anybody.page.inner_text("h1")
        assert way.grant.shown in anybody.page.inner_text("table")
        way.look(anybody, "posted", is_seen_on_both=True)
        assert anybody.complaints == []
    way.wait_until(notice.end)
    aside(partial(jobs.follow, 0))
