"""Walks a sheet over the pages: filled in where people serve, confirmed by somebody else, its list settled."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time

from luoshi.office.casework.routing import Desk, desk_of
from luoshi.office.sheets.models import Sheet
from luoshi.office.sheets.opening import open_sheets
from luoshi.office.sheets.periods import period_of
from luoshi.rulebook.model.administration import ProcedureStep
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.sheets import Sheet as Block
from tests.office.casework import walking
from tests.office.days import Today
from tests.office.desk.casework.bank import Windows
from tests.office.desk.casework.desks import people_at
from tests.office.desk.page_forms import form_on, sent


@dataclass
class SheetWalk:
    """The way of what one measure pays by the period; what each of its people sees in a window of their own."""

    pack: Pack
    measure: Measure
    block: Block
    today: Today
    windows: Windows = field(default_factory=Windows)

    def desk(self, office: str) -> Desk:
        """Where an office of the policy works."""
        return desk_of(self.pack, self.pack.offices[office], walking.VILLAGES[self.pack.policy.id])

    @property
    def payers(self) -> Desk:
        """Who pays: the finance of the area that does."""
        return Desk(self.desk(self._step("pay").by[0]).area, "finance")

    def to_end(self, owner: int) -> str:
        """The period ends, and somebody has served in it; the name under which the treasury knows what they get."""
        period = period_of(self.block.every, self.today.day)
        self.today.day = period.end
        open_sheets(self.pack, self.block, period, datetime.combine(period.end, time(12), UTC))
        page = f"/sheets/{Sheet.objects.get(block=self.block.id).pk}/"
        self._fill_in(page, owner)
        confirmer = self.windows[people_at(self.desk(self.block.confirmed_by[0]))[0]]
        sent(form_on(confirmer, page, "sheet-confirm"), confirmer, {})
        self._settle(f"/sheet-rolls/{self.pack.policy.id}/{self.block.id}/{period.name}/")
        return f"sheet:{self.pack.policy.id}/{self.block.id}/{period.name}/{owner}"

    def _fill_in(self, page: str, owner: int) -> None:
        """The best is said of the owner, and handed in."""
        client = self.windows[people_at(self.desk(self.block.by[0]))[0]]
        form = form_on(client, page, "sheet-enter")
        best = {name: form.choices[name][0] for name in (f"{owner}.{asked}" for asked in self.block.asked)}
        sent(form, client, best)
        sent(form_on(client, page, "sheet-hand-in"), client, {})

    def _settle(self, page: str) -> None:
        """The office that decides lists what is due."""
        client = self.windows[people_at(self.desk(self._step("decide").by[0]))[0]]
        address = sent(form_on(client, page, "sheet-commit"), client, {"basis": "样人社发〔2021〕3号"})
        assert "1 人已列入待付" in client.get(address).content.decode()

    def _step(self, act: str) -> ProcedureStep:
        (found,) = self.pack.procedures[self.measure.procedure or ""].list_by_act(act)
        return found
