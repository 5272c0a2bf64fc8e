"""People are nominated, their nominations checked by somebody else, and withdrawn."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.awards import offices
from luoshi.office.awards.errors import NotAllowed
from luoshi.office.awards.models import REASON, Nomination, Receipt, Round
from luoshi.office.awards.offices import Actor
from luoshi.office.awards.queries import list_standing
from luoshi.office.awards.receipts import Looker, Seen, look
from luoshi.office.awards.recording import locked, record
from luoshi.office.awards.rules import Rules
from luoshi.office.registry import queries as registers
from luoshi.office.registry.shape import table_of

State = Nomination.State


@transaction.atomic
def nominate(
    number: int, rules: Rules, row_id: int | str, reason: str, *, actor: Actor, today: date, now: datetime
) -> Nomination:
    """The nomination of a row of the actor's area, with a receipt; one that stands already stays as it is.

    `NotAllowed` for whoever the policy finds ineligible: their facts are put right first.
    """
    found, step = locked(number), rules.step("apply")
    table = table_of(rules.pack, rules.award.register)
    row = registers.row(table, actor.area, row_id)
    if row is None or not (row.area_code or "").startswith(found.area):
        raise NotAllowed(_("您的辖区里没有找到这个对象。"))
    area = row.area_code or ""
    if step is not None:
        offices.hold(rules.pack, step, area, actor)
    there = found.nominations.filter(row_id=str(row_id)).exclude(state=State.WITHDRAWN).first()
    if there is not None:
        return there
    _hold_open(found, today)
    if not reason.strip() or len(reason) > 2 * REASON:
        raise NotAllowed(_("请写明提名理由，不超过 %(most)s 字。") % {"most": 2 * REASON})
    seen = look(rules, found.on, row_id)
    if seen.outcome not in {"eligible", "undetermined"}:
        raise NotAllowed(_("按台账现在不符合条件，不能提名。台账有错的，请先更正台账。"))
    made = Nomination.objects.create(
        round=found, row_id=str(row_id), area=area, reason=reason.strip(), by=actor.name, at=now
    )
    _keep(made, seen, actor, now)
    record("award.nominate", found, actor, nomination=made.pk, row=f"{rules.award.register}:{row_id}")
    return made


@transaction.atomic
def verify(
    nomination: Nomination, rules: Rules, *, in_order: bool, note: str, actor: Actor, now: datetime
) -> Nomination:
    """The nomination is checked against papers and registers: in order, or returned with what was wrong.

    `NotAllowed` for whoever made it. Checked already it stays as it is.
    """
    found = locked(nomination.round_id)
    one, step = found.nominations.select_for_update().get(id=nomination.pk), rules.step("check")
    if step is None:
        raise NotAllowed(_("这项评选没有核对这一步。"))
    offices.hold(rules.pack, step, one.area, actor)
    if is_same_person(actor.name, one.by):
        raise NotAllowed(_("提名的人不能自己核对。请另一位有权的人核对。"))
    if one.state != State.WAITING or found.state != Round.State.NOMINATING:
        return one
    if not in_order and not note.strip():
        raise NotAllowed(_("核对不符的，请写明哪里不符。"))
    one.state = State.VERIFIED if in_order else State.RETURNED
    one.settled_by, one.settled_at, one.note = actor.name, now, note.strip()
    one.save()
    _keep(one, look(rules, found.on, row_of(rules, one)), actor, now)
    record("award.verify", found, actor, nomination=one.pk, state=str(one.state))
    return one


@transaction.atomic
def withdraw(nomination: Nomination, rules: Rules, reason: str, *, actor: Actor, now: datetime) -> Nomination:
    """The nomination stands no more, and it is on record why. By the office that nominates there, before a choice."""
    found = locked(nomination.round_id)
    one, step = found.nominations.select_for_update().get(id=nomination.pk), rules.step("apply")
    if step is not None and one.by != actor.name:
        offices.hold(rules.pack, step, one.area, actor)
    if one.state == State.WITHDRAWN:
        return one
    if found.state not in {Round.State.NOMINATING, Round.State.JUDGING}:
        raise NotAllowed(_("已经在定人选，不能撤回提名。请联系评选办公室。"))
    if not reason.strip():
        raise NotAllowed(_("请写明撤回的原因。"))
    one.state, one.settled_by, one.settled_at, one.note = State.WITHDRAWN, actor.name, now, reason.strip()
    one.save()
    record("award.withdraw", found, actor, nomination=one.pk)
    return one


@transaction.atomic
def look_again(found: Round, rules: Rules, *, actor: Actor, now: datetime) -> int:
    """Whoever stands is looked at as the registers are now; how many receipts are new because something changed."""
    changed, looker = 0, Looker(rules, found.on)
    for one in list_standing(found, rules):
        seen, newest = looker.look(row_of(rules, one)), one.receipts.order_by("-id").first()
        if newest is None or _differs(newest, seen):
            _keep(one, seen, actor, now)
            changed += 1
    return changed


def _keep(one: Nomination, seen: Seen, actor: Actor, now: datetime) -> Receipt:
    facts = {"outcome": seen.outcome, "amount": seen.amount, "keys": seen.keys, "report": seen.report}
    return Receipt.objects.create(nomination=one, by=actor.name, at=now, **facts)


def _differs(newest: Receipt, seen: Seen) -> bool:
    return (newest.outcome, newest.amount, newest.keys, newest.report) != (
        seen.outcome, seen.amount, seen.keys, seen.report,
    )  # fmt: skip


def row_of(rules: Rules, one: Nomination) -> int | str:
    """The id of the row that is nominated, as its register has it."""
    return one.row_id if table_of(rules.pack, rules.award.register).of_divisions else int(one.row_id)


def _hold_open(found: Round, today: date) -> None:
    if found.state != Round.State.NOMINATING:
        raise NotAllowed(_("申报已经截止，不能再提名。"))
    if not found.first_day <= today <= found.last_day:
        days = {"first": found.first_day, "last": found.last_day}
        raise NotAllowed(_("只能在 %(first)s 到 %(last)s 之间申报。") % days)
