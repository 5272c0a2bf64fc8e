"""The decision: winners enter the register, their prizes are set aside, the result is told. By another person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.awards import offices
from luoshi.office.awards.choosing import Shown, outcome_of, subjects_of
from luoshi.office.awards.errors import NotAllowed
from luoshi.office.awards.models import Choice, Chosen, Round
from luoshi.office.awards.nominating import look_again, row_of
from luoshi.office.awards.offices import Actor
from luoshi.office.awards.queries import ELIGIBLE, newest_receipts
from luoshi.office.awards.recording import locked, record
from luoshi.office.awards.rules import Rules
from luoshi.office.awards.winning import find_winners
from luoshi.office.notices import actions as notices
from luoshi.office.notices import queries as noticed
from luoshi.office.notices.drafting import Draft
from luoshi.office.notices.queries import Outcome
from luoshi.office.registry import revising
from luoshi.office.registry.shape import tables_of
from luoshi.office.registry.storing import Basis
from luoshi.office.runs import library
from luoshi.office.treasury import actions as treasury
from luoshi.office.treasury.deciding import Charge, Decision
from luoshi.office.treasury.payees import known
from luoshi.rulebook.values.area_code import LENGTHS

State = Choice.State


@dataclass(frozen=True)
class Decided:
    """What is decided beside the names: the paper, what the register says of each winner, which money pays.

    `cells` are texts as they are entered. Without a `fund` nothing goes through the treasury: prizes in kind, or none.
    With `told_for` days the result is told to everybody.
    """

    paper: str
    cells: Mapping[str, str] = field(default_factory=dict)
    fund: str = ""
    fund_year: int = 0
    told_for: int | None = None


def confirm(
    choice: Choice,
    rules: Rules,
    decided: Decided,
    names: Mapping[str, Shown],
    *,
    actor: Actor,
    today: date,
    now: datetime,
) -> Choice:  # fmt: skip
    """The chosen have won. `NotAllowed` for whoever prepared the choice, before its notice has run its days without an
    objection upheld, and when one of the chosen is not eligible any more. Registers and treasury may refuse as well;
    nothing is kept then. A second time changes nothing."""
    with transaction.atomic():
        found = locked(choice.round_id)
        offices.hold(rules.pack, rules.deciding, found.area, actor)
        look_again(found, rules, actor=actor, now=now)  # stays, whatever becomes of the decision
    with transaction.atomic():
        return _Deciding(rules, decided, actor, today, now).confirm(choice, names)


def funds_of(rules: Rules) -> tuple[str, ...]:
    """The funds of which the award's prizes may be paid; none where the award has no money, or nobody pays it."""
    return rules.award.funds if rules.award.amount is not None and rules.step("pay") is not None else ()


def charge_of(rules: Rules, found: Round, fund: str, year: int) -> Charge:
    """Whose money pays a prize: that of the fund's payer around the round. `NotAllowed` for any other fund."""
    if fund not in funds_of(rules):
        raise NotAllowed(_("这个奖项不能用这项资金。请选文件所定的资金。"))
    payer, widest = rules.pack.funds[fund].payer, len(rules.pack.policy.jurisdiction or "")
    return Charge(fund, year, found.area[: max(LENGTHS.get(payer, len(found.area)), widest)])


@dataclass(frozen=True)
class _Deciding:
    rules: Rules
    decided: Decided
    actor: Actor
    today: date
    now: datetime

    def confirm(self, choice: Choice, names: Mapping[str, Shown]) -> Choice:
        found = locked(choice.round_id)
        one = found.choices.select_for_update().get(id=choice.pk)
        if one.state == State.CONFIRMED:
            return one
        chosen = list(one.chosen.select_related("nomination", "receipt").order_by("place"))
        self._hold(one, chosen)
        wins = self._registered(found, chosen)
        self._committed(found, chosen)
        one.state, one.confirmed_by, one.confirmed_at = State.CONFIRMED, self.actor.name, self.now
        one.paper = self.decided.paper.strip()
        one.save()
        found.state = Round.State.CONFIRMED
        found.save(update_fields=["state"])
        self._told(found, one, names)
        record("award.confirm", found, self.actor, basis=one.paper, choice=one.pk, winners=len(chosen), rows=wins)
        return one

    def _hold(self, one: Choice, chosen: list[Chosen]) -> None:
        if is_same_person(self.actor.name, one.prepared_by):
            raise NotAllowed(_("提出人选的人不能自己确定。请另一位有权的人确定。"))
        if not self.decided.paper.strip():
            raise NotAllowed(_("请写确定结果的文件。"))
        is_empty = one.state == State.READY and not chosen
        if one.state != State.NOTICED and not is_empty and self.rules.step("notice") is not None:
            raise NotAllowed(_("人选还没有公示，不能确定。"))
        if one.state not in {State.READY, State.NOTICED}:
            raise NotAllowed(_("人选还没有复核，不能确定。"))
        if one.state == State.NOTICED:
            _hold_notice(outcome_of(one, self.today))
        receipts = newest_receipts([each.nomination for each in chosen])
        if any(receipts[each.nomination_id].outcome != ELIGIBLE for each in chosen):
            raise NotAllowed(_("有人选按现在的台账已不符合条件或无法判定。请退回人选，重新确定。"))

    def _registered(self, found: Round, chosen: list[Chosen]) -> list[int]:
        """The rows of the winners, where the procedure keeps them in a register."""
        winners = find_winners(self.rules)
        if winners is None:
            return []
        tables = tables_of(library.packs())
        basis = Basis(
            by=self.actor.name,
            at=self.now,
            reason=_("评选确定"),
            source=self.decided.paper.strip(),
            origin=self.actor.origin,
        )
        for each in chosen:
            cells = winners.cells(each.nomination, each.receipt.amount, self.decided.cells)
            each.win = revising.add(winners.table, tables, cells, basis, scope_prefix=found.area)
            each.save(update_fields=["win"])
        return [each.win for each in chosen if each.win is not None]

    def _committed(self, found: Round, chosen: list[Chosen]) -> None:
        """The prizes are set aside, from money of the fund's payer and no other."""
        paid = [each for each in chosen if each.receipt.amount]
        if not self.decided.fund or not paid:
            return
        charge = charge_of(self.rules, found, self.decided.fund, self.decided.fund_year)
        decisions = [self._decision(found, each, charge) for each in paid]
        treasury.commit_all(decisions, by=self.actor.name, now=self.now, origin=self.actor.origin)

    def _decision(self, found: Round, each: Chosen, charge: Charge) -> Decision:
        pack, award = self.rules.pack, self.rules.award
        whose = known(pack, award.register, row_of(self.rules, each.nomination))
        assert whose is not None and each.receipt.amount is not None  # a receipt of this moment was made of the row
        return Decision(
            key=f"award:{found.pk}/{each.nomination_id}",
            pack_id=pack.policy.id,
            edition=pack.hash,
            measure=award.id,
            clause=award.clause,
            subject=whose.subject,
            payee=whose.payee,
            amount=each.receipt.amount,
            charge=charge,
            case=f"award:{found.pk}",
            decided_by=self.actor.name,
            decided_on=self.today,
            basis=self.decided.paper.strip(),
            period=str(found.year),
        )

    def _told(self, found: Round, one: Choice, names: Mapping[str, Shown]) -> None:
        """The result is told, where the office says for how long; nothing is told of a round that nobody has won."""
        if self.decided.told_for is None or not one.notice:
            return
        step = self.rules.step("notice") or self.rules.deciding
        draft = Draft(
            key=f"award:{found.pk}/result",
            pack=self.rules.pack,
            procedure=self.rules.procedure.id,
            step="",
            heading=_("%(year)s年度%(award)s评选结果") % {"year": found.year, "award": self.rules.award.title.zh},
            office=self.rules.pack.offices[step.by[0]].title.zh,
            area=found.area,
            subjects=subjects_of(one, self.rules, names),
            days=self.decided.told_for,
            paper=one.paper,
            follows=noticed.find_by_key(one.notice),
        )
        notices.publish(draft, by=self.actor.name, today=self.today, now=self.now, origin=self.actor.origin)


def _hold_notice(outcome: Outcome | None) -> None:
    if outcome in {Outcome.CLEAR, Outcome.ANSWERED}:
        return
    if outcome is Outcome.UPHELD:
        raise NotAllowed(_("公示中有异议成立。请退回人选，重新确定。"))
    if outcome is Outcome.TAKEN_DOWN:
        raise NotAllowed(_("公示没有满期就撤下了。请退回人选，再公示一次。"))
    raise NotAllowed(_("公示还没有满期，或还有异议没有答复。"))
