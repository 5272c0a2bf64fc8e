"""Walks a round of an award over the pages: opened, nominated, voted, chosen, shown to everybody, decided."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client

from luoshi.office.awards.models import Choice
from luoshi.office.casework.routing import Desk, desk_of
from luoshi.office.notices.models import Notice
from luoshi.rulebook.model.blocks import Measure, Pack
from tests.office.casework import walking
from tests.office.days import Today
from tests.office.desk.casework.bank import Windows
from tests.office.desk.casework.desks import people_at
from tests.office.desk.page_forms import PageForm, form_on, forms_on, sent

TERMS = {
    "method": "rank", "voters": "1", "places": "1", "places_basis": "样办发〔2021〕1号", "notice_days": "5",
    "notice_basis": "样办发〔2021〕1号", "paper": "样办发〔2021〕1号",
}  # fmt: skip
"""What the office sets where the text leaves it open."""


@dataclass
class RoundWalk:
    """The way of one award; what each of its people sees in a window of their own."""

    pack: Pack
    award: Measure
    today: Today
    number: int = 0
    windows: Windows = field(default_factory=Windows)

    @property
    def page(self) -> str:
        return f"/awards/rounds/{self.number}/"

    def desk(self, act: str) -> Desk:
        """Where a step is taken; of several offices, where the last that the policy names does."""
        (step,) = self.pack.procedures[self.award.procedure or ""].list_by_act(act)
        return desk_of(self.pack, self.pack.offices[step.by[-1]], walking.VILLAGES[self.pack.policy.id])

    def to_end(self, row: int) -> None:
        """Somebody wins whom one person nominates, another checks, a judge votes for and two of the office choose."""
        office, second, _ = (self.windows[name] for name in people_at(self.desk("decide")))
        self._open(office)
        nomination = self._nominate(row)
        self.today.day += timedelta(days=1)
        self._step(office, self.page, "close")
        self._judge(office)
        choice = f"{self.page}choice/"
        self._step(office, choice, "propose", chosen=nomination)
        self._step(office, choice, "publish")
        self.today.day = Notice.objects.get(key=Choice.objects.get(round=self.number).notice).end
        self._step(second, choice, "confirm", paper="样办发〔2021〕9号")

    def seen(self) -> str:
        """The page of the round, for the office that leads it."""
        return self.windows[people_at(self.desk("decide"))[0]].get(self.page).content.decode()

    def _open(self, office: Client) -> None:
        form = form_on(office, f"/awards/{self.pack.policy.id}/open/{self.award.id}/", "award-open")
        terms = TERMS | dict.fromkeys(("on", "first_day", "last_day"), self.today.day.isoformat())
        address = sent(form, office, {name: value for name, value in terms.items() if name in form.fields})
        self.number = int(address.rstrip("/").rpartition("/")[2])

    def _nominate(self, row: int) -> str:
        """A nomination that another person has checked; its number."""
        one, two = self.windows[people_at(self.desk("apply"))[0]], self.windows[people_at(self.desk("check"))[1]]
        form = form_on(one, f"{self.page}nominate/?row={row}", "award-nominate")
        address = sent(form, one, {"reason": "样例理由"})
        self._step(two, address, "verify")
        return address.rstrip("/").rpartition("/")[2]

    def _judge(self, office: Client) -> None:
        """Somebody of another office is named to the panel and ranks whoever can be chosen."""
        panel = f"{self.page}panel/"
        known = form_for(office, panel, "name").choices["username"]
        judge = next(name for name in known if name and name not in people_at(self.desk("decide")))
        self._step(office, panel, "name", username=judge)
        ballot = form_for(self.windows[judge], panel, "vote")
        marks = [name for name in ballot.fields if name.startswith("mark-")]
        sent(ballot, self.windows[judge], {name: str(place) for place, name in enumerate(marks, 1)})
        self._step(office, panel, "close")

    def _step(self, client: Client, page: str, step: str, **filling: str) -> None:
        sent(form_for(client, page, step), client, filling)


def form_for(client: Client, page: str, step: str) -> PageForm:
    """The form of a page by which a step is taken."""
    (found,) = (form for form in forms_on(client, page) if form.address.endswith(f"/{step}/"))
    return found
