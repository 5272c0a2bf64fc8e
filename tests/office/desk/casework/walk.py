"""Walks a case over the pages: whoever sits at a desk opens it, reads what is asked, fills that in and sends it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.test import Client

from luoshi.office.casework import jobs as casework
from luoshi.office.casework.models import Case, Task
from luoshi.office.casework.paying import reference
from luoshi.office.casework.routing import Desk
from luoshi.office.notices.models import Notice
from luoshi.rulebook.model.blocks import Measure, Pack
from tests.office.casework import walking
from tests.office.casework.walking import GOOD
from tests.office.days import Today
from tests.office.desk.casework.bank import Money, Windows
from tests.office.desk.casework.desks import people_at, people_for
from tests.office.desk.page_forms import PageForm, form_on, forms_on, sent

ANSWERS = {
    "outcome": "granted", "amount": "1234.50", "payee": "样例收款人", "reason": "样例理由", "attending": "9",
    "in_favour": "8", "number": "样例001", "office": "样例办公室", "days": "7", "paper": "样办发〔2021〕2号",
}  # fmt: skip
"""What is written into a field of this name where the page proposes nothing."""


@dataclass
class Walk:
    """The way of one measure; what each of its people sees in a window of their own."""

    pack: Pack
    measure: Measure
    today: Today
    number: str = ""
    windows: Windows = field(default_factory=Windows)

    @cached_property
    def case(self) -> Case:
        return Case.objects.get(number=self.number)

    @property
    def page(self) -> str:
        return f"/cases/{self.number}/"

    @property
    def _taker(self) -> str:
        return people_at(Desk(walking.VILLAGES[self.pack.policy.id][:9], ""))[0]

    def window(self, name: str) -> Client:
        """The browser of somebody, who has signed in."""
        return self.windows[name]

    def is_offered(self, register: str, row: int, own: int) -> bool:
        """Whether the township may take the claim in."""
        answer = self.window(self._taker).get(self._taking(register, row))
        return answer.status_code == 200 and self._claim(own) in answer.content.decode()

    def take_in(self, register: str, row: int, own: int) -> None:
        """Somebody of the township takes the claim in, as a draft."""
        client = self.window(self._taker)
        form = form_on(client, self._taking(register, row), "case-claim")
        assert self._claim(own) in form.choices["claim"]
        self.number = sent(form, client, {"claim": self._claim(own)}).rstrip("/").rpartition("/")[2]

    def _taking(self, register: str, row: int) -> str:
        return f"/cases/new/{self.pack.policy.id}/{self.measure.procedure}/{register}/{row}/"

    def _claim(self, own: int) -> str:
        return f"{self.measure.id}~{own}"

    def seen(self) -> str:
        """The page of the case, for whoever took it in."""
        return self.window(self._taker).get(self.page).content.decode()

    def to_end(self, stop: str = "") -> None:
        """Everything is done at its desk, until an act, or until the case is over."""
        for _ in range(60):
            tasks = self.waiting()
            if not self.case.is_open or tasks[0].act == stop:
                return
            for task in tasks:
                self.do(task)
        raise AssertionError(f"{self.number} does not come to an end")

    def do(self, task: Task) -> None:
        """One task is done by whoever of its desk finds a form for it, by two where one does not do."""
        if task.act == "pay":
            self.pay(Desk(task.desk_area, task.department))
            return
        for name in people_for(task):
            if Task.objects.get(pk=task.pk).is_open:
                self._act(self.window(name), task)
        assert not Task.objects.get(pk=task.pk).is_open, f"nobody could do {task.step}"

    def pay(self, desk: Desk) -> None:
        """Its money goes to the bank; what comes back reaches the case."""
        Money(self.pack, self.measure, reference(self.case)).pay(self.windows, desk, self.today.day)
        casework.follow(0)

    def waiting(self) -> list[Task]:
        """The open tasks of the step at which the case is now."""
        self.case.refresh_from_db()
        found = self.case.tasks.filter(step=self.case.step, visit=self.case.visit, finished_at=None)
        return list(found.order_by("id"))

    def _act(self, client: Client, task: Task) -> None:
        """The form of a task is sent, once everything that is asked for was seen; nothing where the page shows none."""
        offered = list(forms_on(client, self.page))
        form = next((one for one in offered if one.address.endswith(f"/tasks/{task.id}/")), None)
        if form is None:
            return
        for paper in offered:
            if paper.route == "case-paper" and "seen" in paper.given:
                sent(paper, client, {})
        sent(form, client, dict(filled(form, task.act)))
        if task.act == "notice":
            self._wait_for(Task.objects.get(pk=task.pk).notice)

    def _wait_for(self, notice: str) -> None:
        """The days of a notice pass, and nobody objects."""
        self.today.day = Notice.objects.get(key=notice).end
        casework.follow(0)


def filled(form: PageForm, act: str) -> Iterator[tuple[str, str]]:
    """What is written into a form of a case: what it proposes, else the best."""
    answers = ANSWERS | {"result": GOOD.get(act, "")}
    for name in form.fields:
        called = re.sub(r"^task-\d+-|_\d+$", "", name)
        if not form.given.get(name):
            chosen = [value for value in form.choices.get(name, ()) if value]
            yield name, answers.get(called) or next(iter(chosen), "")
