"""What is claimed in a case: how the policy decides it now, what was decided, what was granted before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from luoshi.office.casework.models import Case, Claim, Decision
from luoshi.office.casework.recommending import UNDETERMINED, Recommendation, recommend
from luoshi.office.desk.case_words import tone
from luoshi.office.desk.casework.calling import rows_called
from luoshi.office.desk.casework.seeing import Seat
from luoshi.office.desk.deciding import Cited, DecidedReport, MeasureView
from luoshi.office.worklists import queries as worklists
from luoshi.office.worklists.choosing import checks
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.blocks import Measure, Pack

OPEN = frozenset({Claim.State.DRAFT, Claim.State.ASKED})


@dataclass(frozen=True)
class DecisionView:
    """To what a claim, or a whole case, came: with the receipt as it was kept then."""

    decision: Decision
    tone: str
    amount: str
    recommended: str
    people: tuple[tuple[str, str, str], ...]
    receipt: MeasureView | None


@dataclass(frozen=True)
class ClaimView:
    """A claim. `recommended` is what the policy comes to now, None where that is not asked any more or not known.

    `row` names what it is claimed for where that is not what the case is about.
    """

    claim: Claim
    measure: Measure
    title: str
    cited: Cited
    tone: str
    row: str
    amount: str
    found: Recommendation | None
    recommended: MeasureView | None
    decisions: tuple[DecisionView, ...]
    earlier: tuple[Claim, ...]
    funds: tuple[tuple[str, str], ...]
    """The funds that may pay it, in words."""

    @property
    def is_open(self) -> bool:
        """Whether it is not decided yet."""
        return self.claim.state in OPEN


@dataclass(frozen=True)
class FoundView:
    """A finding about one of the rows of a case."""

    id: int
    title: str
    state: str
    is_open: bool


@dataclass(frozen=True)
class Claims:
    """Makes the views of what is claimed in one case."""

    seat: Seat
    case: Case
    pack: Pack
    people: Mapping[str, str]
    """What the holders of accounts are called."""

    def views(self, claims: Sequence[Claim], decisions: Sequence[Decision]) -> list[ClaimView]:
        """Each claim."""
        asked = [claim for claim in claims if claim.state in OPEN]
        found = recommend(self.case, asked, self.seat.today) if asked else {}
        before = _granted_before(claims)
        rows = rows_called(self.seat, [(self.pack, claim.register, claim.row_id) for claim in claims])
        return [self._view(claim, found.get(claim.id), decisions, before, rows) for claim in claims]

    def decision(self, decision: Decision) -> DecisionView:
        """One decision."""
        measure = self.pack.measures.get(decision.claim.measure) if decision.claim else None
        told = _told(decision.receipt)
        amount = decision.recommended_amount
        people = [(self.people.get(name, name), self._office(office), self.people.get(absent, absent))
                  for name, office, absent in decision.decided_by]  # fmt: skip
        return DecisionView(
            decision=decision,
            tone="late" if decision.result in ("refused", "withdraw") else tone(decision.result),
            amount=self._money(measure, decision.amount),
            recommended=self._money(measure, amount),
            people=tuple(people),
            receipt=self.report.measure(measure, amount, told, is_open=False) if measure and told else None,
        )

    def _view(
        self,
        claim: Claim,
        found: Recommendation | None,
        decisions: Sequence[Decision],
        before: Mapping[tuple[str, int], list[Claim]],
        rows: Mapping[Any, str],
    ) -> ClaimView:
        measure, told = self.pack.measures[claim.measure], _told(found.receipt) if found else None
        is_other = (claim.register, claim.row_id) != (self.case.register, self.case.row_id)
        return ClaimView(
            claim=claim,
            measure=measure,
            title=measure.title.say(self.seat.lang),
            cited=self.report.cited(measure.clause),
            tone=tone(claim.state),
            row=rows[self.case.pack_id, claim.register, claim.row_id] if is_other else "",
            amount=self._money(measure, claim.amount),
            found=found,
            recommended=self.report.measure(measure, found.amount, told) if found and told else None,
            decisions=tuple(self.decision(one) for one in decisions if one.claim_id == claim.id),
            earlier=tuple(before.get((claim.measure, claim.row_id), ())),
            funds=tuple((name, self.pack.funds[name].title.say(self.seat.lang)) for name in measure.funds),
        )

    @property
    def report(self) -> DecidedReport:
        """Words of the policy."""
        return DecidedReport(self.pack, self.seat.lang)

    def _office(self, name: str) -> str:
        return self.pack.offices[name].title.say(self.seat.lang) if name in self.pack.offices else name

    def _money(self, measure: Measure | None, amount: Decimal | None) -> str:
        is_sum = measure is not None and measure.amount is not None and amount is not None
        return shown(amount, measure.amount.type, self.seat.lang) if is_sum and measure and measure.amount else ""


def recommendation_words(view: ClaimView) -> str:
    """What the policy recommends, in a few words."""
    if view.found is None:
        return ""
    if view.found.receipt.get("too_many_rows"):
        return _("要读的行太多，不能当场判定")
    if view.found.outcome == "eligible":
        amount = view.recommended.amount if view.recommended else ""
        return _("符合，%(amount)s") % {"amount": amount} if amount else _("符合")
    return _("资料不全，无法判定") if view.found.outcome == UNDETERMINED else _("不符合")


def findings_about(seat: Seat, pack: Pack, case: Case, claims: Sequence[Claim]) -> list[FoundView] | None:
    """What checks have found about the rows of a case; None for who does not see findings."""
    if not seat.may("findings"):
        return None
    rows = {(case.register, case.row_id), *((claim.register, claim.row_id) for claim in claims)}
    about = Q(pk=None)
    for register, row_id in rows:
        about |= Q(register=register, row_id=row_id)
    area = seat.actor.area
    found = [one for state in ("open", "closed") for one in worklists.findings(pack, area, area, state).filter(about)]
    titles = {check.id: check.title.say(seat.lang) for check in checks(pack).values()}
    return [
        FoundView(one.id, titles.get(one.check_id, one.check_id), str(one.get_state_display()), one.is_open)
        for one in found
    ]


def _told(receipt: Mapping[str, Any]) -> Mapping[str, Any] | None:
    measures = receipt.get("measures") or []
    return measures[0] if measures else None


def _granted_before(claims: Sequence[Claim]) -> Mapping[tuple[str, int], list[Claim]]:
    """The same measures granted to the same rows in other cases, the newest first."""
    if not claims:
        return {}
    same = Q(pk=None)
    for claim in claims:
        same |= Q(measure=claim.measure, row_id=claim.row_id)
    granted = Claim.objects.filter(same, pack_id=claims[0].pack_id, state=Claim.State.GRANTED)
    found: dict[tuple[str, int], list[Claim]] = {}
    for one in granted.exclude(case=claims[0].case_id).select_related("case").order_by("-id"):
        found.setdefault((one.measure, one.row_id), []).append(one)
    return found
