"""Rounds are opened, their nominations closed, and rounds that lead nowhere cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.office.awards import offices
from luoshi.office.awards.errors import NotAllowed
from luoshi.office.awards.models import Choice, Nomination, Round
from luoshi.office.awards.nominating import look_again
from luoshi.office.awards.offices import Actor
from luoshi.office.awards.recording import locked, record
from luoshi.office.awards.rules import Rules

State = Round.State


@dataclass(frozen=True)
class Terms:
    """What the office sets when it opens a round; `places` and `notice_days` only where the text leaves them open."""

    area: str
    on: date
    first_day: date
    last_day: date
    method: str
    voters: int
    paper: str
    greatest: int | None = None
    places: int | None = None
    places_basis: str = ""
    notice_days: int | None = None
    notice_basis: str = ""


@transaction.atomic
def open_round(rules: Rules, terms: Terms, *, actor: Actor, now: datetime) -> Round:
    """The round; the same again from the same person is the one opened before. `NotAllowed` says what is in the way."""
    _check(rules, terms, actor)
    key = {"pack_id": rules.pack.policy.id, "measure": rules.award.id, "area": terms.area, "year": terms.on.year}
    set_by_text = rules.places(terms.area, terms.on)
    facts = {
        "on": terms.on, "first_day": terms.first_day, "last_day": terms.last_day, "method": terms.method,
        "greatest": terms.greatest, "voters": terms.voters, "paper": terms.paper, "notice_days": terms.notice_days,
        "notice_basis": terms.notice_basis, "places": terms.places if set_by_text is None else set_by_text,
        "places_basis": terms.places_basis if set_by_text is None else "",
    }  # fmt: skip
    origin = {"pack_hash": rules.pack.hash, "procedure": rules.procedure.id}
    new = {**facts, **origin, "opened_by": actor.name, "opened_at": now}
    found, is_new = Round.objects.exclude(state=State.CANCELLED).get_or_create(**key, defaults=new)
    if is_new:
        record("award.open", found, actor, basis=terms.paper, places=found.places, on=str(found.on))
    elif found.opened_by != actor.name or any(getattr(found, name) != value for name, value in facts.items()):
        raise NotAllowed(_("%(year)s年度的这一轮评选已经开始。请到评选列表里打开它。") % {"year": found.year})
    return found


@transaction.atomic
def close_nominations(number: int, rules: Rules, *, actor: Actor, today: date, now: datetime) -> Round:
    """Nobody is nominated any more, and everybody is looked at once more. A second time changes nothing."""
    found = locked(number)
    offices.hold(rules.pack, rules.deciding, found.area, actor)
    if found.state != State.NOMINATING:
        return found
    if today <= found.last_day:
        raise NotAllowed(_("申报到 %(day)s 为止，过了这一天才能截止。") % {"day": found.last_day})
    if today < found.on:
        raise NotAllowed(_("条件看 %(day)s 的情况，到了这一天才能截止。") % {"day": found.on})
    waiting = found.nominations.filter(state=Nomination.State.WAITING).count()
    if rules.step("check") is not None and waiting:
        raise NotAllowed(_("还有 %(count)s 个申报没有核对。请先核对，或请申报人撤回。") % {"count": waiting})
    look_again(found, rules, actor=actor, now=now)
    found.state = State.JUDGING if rules.step("meet") is not None else State.CHOOSING
    found.save(update_fields=["state"])
    record("award.close-nominations", found, actor, nominations=found.nominations.count())
    return found


@transaction.atomic
def cancel(number: int, rules: Rules, reason: str, *, actor: Actor) -> Round:
    """The round leads nowhere, and it is on record why; the same award may be opened anew. Never once it is decided."""
    found = locked(number)
    offices.hold(rules.pack, rules.opening, found.area, actor)
    if found.state == State.CANCELLED:
        return found
    if found.state in {State.NOTICED, State.CONFIRMED}:
        raise NotAllowed(_("已经公示或确定的评选不能取消。公示中的，请先退回人选。"))
    if not reason.strip():
        raise NotAllowed(_("请写明取消的原因。"))
    found.choices.exclude(state=Choice.State.SET_ASIDE).update(
        state=Choice.State.SET_ASIDE, set_aside_by=actor.name, set_aside_because=reason.strip()
    )
    found.state, found.cancelled_because = State.CANCELLED, reason.strip()
    found.save(update_fields=["state", "cancelled_because"])
    record("award.cancel", found, actor)
    return found


def _check(rules: Rules, terms: Terms, actor: Actor) -> None:
    if not rules.may_be_in(terms.area):
        raise NotAllowed(_("这个奖项不在这个地区单独评选。请选文件所定的地区。"))
    offices.hold(rules.pack, rules.opening, terms.area, actor)
    if not rules.pack.in_force(rules.award, terms.on):
        raise NotAllowed(_("%(day)s 这个奖项没有效力。请核对日期，草案要先有采用的记录。") % {"day": terms.on})
    if terms.last_day < terms.first_day:
        raise NotAllowed(_("申报截止日不能早于开始日。"))
    if terms.voters < 1:
        raise NotAllowed(_("至少要有一名评委投票。"))
    if (terms.method == Round.Method.SCORE) != (terms.greatest is not None):
        raise NotAllowed(_("打分的要写满分，排名次的不写。"))
    if not terms.paper.strip():
        raise NotAllowed(_("请写公布这次评选的文件。"))
    _check_places(rules, terms)
    _check_notice(rules, terms)


def _check_places(rules: Rules, terms: Terms) -> None:
    if rules.places(terms.area, terms.on) is not None:
        return
    if rules.settable is not None:
        name = rules.pack.parameters[rules.settable].title.zh
        raise NotAllowed(_("“%(name)s”还没有设定。请先在“本地设定”里设定，再开始评选。") % {"name": name})
    if not terms.places or not terms.places_basis.strip():
        raise NotAllowed(_("文件没有写名额。请填名额，并写明定名额的文件。"))


def _check_notice(rules: Rules, terms: Terms) -> None:
    step = rules.step("notice")
    if step is None or step.notice is None or step.notice.days is not None:
        return
    if not terms.notice_days or not terms.notice_basis.strip():
        raise NotAllowed(_("文件没有写公示几天。请填天数，并写明定天数的文件。"))
