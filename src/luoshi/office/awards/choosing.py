"""People choose: somebody prepares, a second person approves what departs from the order, the public looks at it.

Nobody is chosen by machine. Only the eligible can be, no more than there are places; places may stay empty.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.awards import offices
from luoshi.office.awards.errors import NotAllowed
from luoshi.office.awards.judging import hold_votes
from luoshi.office.awards.models import REASON, Choice, Chosen, Round
from luoshi.office.awards.nominating import look_again
from luoshi.office.awards.offices import Actor
from luoshi.office.awards.queries import find_choice, newest_receipts, standings_of
from luoshi.office.awards.recording import locked, record
from luoshi.office.awards.rules import Rules
from luoshi.office.awards.standing import departs
from luoshi.office.notices import actions as notices
from luoshi.office.notices import queries as noticed
from luoshi.office.notices.drafting import Draft, Subject, kind_of
from luoshi.office.notices.queries import Outcome

State = Choice.State


@dataclass(frozen=True)
class Shown:
    """What a row is called, and where it is, as whoever sees the page says."""

    name: str
    place: str


def prepare(number: int, rules: Rules, chosen: Collection[int], reason: str, *, actor: Actor, now: datetime) -> Choice:
    """The choice of these nominations, on receipts of this moment. It waits for a second person where it departs.

    `NotAllowed` for more than there are places, for whoever is not eligible now, and while too few have voted.
    """
    with transaction.atomic():
        found = locked(number)
        offices.hold(rules.pack, rules.deciding, found.area, actor)
        look_again(found, rules, actor=actor, now=now)  # stays, whatever becomes of the choice
    with transaction.atomic():
        return _prepare(locked(number), rules, chosen, reason.strip(), actor, now)


@transaction.atomic
def approve(choice: Choice, rules: Rules, *, actor: Actor, now: datetime) -> Choice:
    """A second person agrees to a choice that departs from the order. `NotAllowed` for whoever prepared it."""
    found, one = _locked(choice)
    offices.hold(rules.pack, rules.deciding, found.area, actor)
    if is_same_person(actor.name, one.prepared_by):
        raise NotAllowed(_("提出人选的人不能自己复核。请另一位有权的人复核。"))
    if one.state != State.WAITING:
        return one
    one.state, one.approved_by, one.approved_at = State.READY, actor.name, now
    one.save()
    record("award.approve", found, actor, choice=one.pk)
    return one


@transaction.atomic
def set_aside(choice: Choice, rules: Rules, reason: str, *, actor: Actor, today: date, now: datetime) -> Choice:
    """The choice is given up, its notice taken down; the round goes back to choosing. Never once it is confirmed."""
    found, one = _locked(choice)
    offices.hold(rules.pack, rules.deciding, found.area, actor)
    if one.state == State.SET_ASIDE:
        return one
    if one.state == State.CONFIRMED:
        raise NotAllowed(_("已经确定的人选不能退回。"))
    if not reason.strip():
        raise NotAllowed(_("请写明退回的原因。"))
    notice = noticed.find_by_key(one.notice) if one.notice else None
    if notice is not None and notice.is_shown(today):
        notices.take_down(notice, reason.strip(), by=actor.name, today=today, now=now, origin=actor.origin)
    one.state, one.set_aside_by, one.set_aside_because = State.SET_ASIDE, actor.name, reason.strip()
    one.save()
    found.state = Round.State.CHOOSING
    found.save(update_fields=["state"])
    record("award.set-aside", found, actor, choice=one.pk)
    return one


@transaction.atomic
def publish(
    choice: Choice, rules: Rules, names: Mapping[str, Shown], *, actor: Actor, today: date, now: datetime
) -> Choice:
    """Everybody can see who is to be chosen, and object. `names` by row. A second time changes nothing."""
    found, one = _locked(choice)
    step = rules.step("notice")
    if step is None:
        raise NotAllowed(_("这项评选没有公示这一步，可以直接确定。"))
    offices.hold(rules.pack, step, found.area, actor)
    if one.state == State.NOTICED:
        return one
    if one.state != State.READY:
        raise NotAllowed(_("人选要先复核，才能公示。"))
    if not one.chosen.exists():
        raise NotAllowed(_("没有人选，不用公示，可以直接确定。"))
    one.notice, one.state = f"award:{found.pk}/{one.pk}", State.NOTICED
    draft = Draft(
        key=one.notice,
        pack=rules.pack,
        procedure=rules.procedure.id,
        step=step.id,
        heading=_("%(year)s年度%(award)s拟定人选公示") % {"year": found.year, "award": rules.award.title.zh},
        office=rules.pack.offices[step.by[0]].title.zh,
        area=found.area,
        subjects=subjects_of(one, rules, names),
        days=found.notice_days,
        paper=found.notice_basis,
    )
    notices.publish(draft, by=actor.name, today=today, now=now, origin=actor.origin)
    one.save()
    found.state = Round.State.NOTICED
    found.save(update_fields=["state"])
    record("award.publish", found, actor, choice=one.pk, chosen=one.chosen.count())
    return one


def outcome_of(choice: Choice, today: date) -> Outcome | None:
    """What the notice of a choice has come to; None where it has none."""
    notice = noticed.find_by_key(choice.notice) if choice.notice else None
    return noticed.outcome(notice, today) if notice is not None else None


def subjects_of(choice: Choice, rules: Rules, names: Mapping[str, Shown]) -> tuple[Subject, ...]:
    """The chosen as a notice may show them."""
    kind = kind_of(rules.pack, rules.award.register)
    chosen = choice.chosen.select_related("nomination", "receipt").order_by("place")
    return tuple(
        Subject(
            reference=f"nomination:{one.nomination_id}",
            kind=kind,
            name=names[one.nomination.row_id].name,
            place=names[one.nomination.row_id].place,
            measure=rules.award.id,
            amount=one.receipt.amount,
        )
        for one in chosen
    )


def _prepare(found: Round, rules: Rules, chosen: Collection[int], reason: str, actor: Actor, now: datetime) -> Choice:
    there = find_choice(found)
    if there is not None:
        if there.prepared_by == actor.name and _nominations(there) == set(chosen):
            return there
        raise NotAllowed(_("已经有人提出人选。请先办完，或把它退回。"))
    if found.state != Round.State.CHOOSING:
        raise NotAllowed(_("评审还没有结束，不能定人选。"))
    if rules.step("meet") is not None:
        hold_votes(found, rules)
    standings = standings_of(found, rules)
    _hold_chosen(found, {one.nomination for one in standings}, chosen)
    is_departing = departs(standings, chosen)
    if is_departing and not 0 < len(reason) <= 2 * REASON:
        raise NotAllowed(_("有人排在前面或并列而没有入选。请写明理由，由第二个人复核。"))
    made = Choice.objects.create(
        round=found,
        places=found.places,
        state=State.WAITING if is_departing else State.READY,
        departs=is_departing,
        reason=reason,
        standings=[[one.nomination, one.place, None if one.mean is None else str(one.mean)] for one in standings],
        prepared_by=actor.name,
        prepared_at=now,
    )
    receipts = newest_receipts(list(found.nominations.filter(id__in=chosen)))
    taken = [one.nomination for one in standings if one.nomination in chosen]
    Chosen.objects.bulk_create(
        Chosen(choice=made, place=place, places=found.places, nomination_id=one, receipt=receipts[one])
        for place, one in enumerate(taken, 1)
    )
    record("award.choose", found, actor, choice=made.pk, chosen=taken, departs=is_departing)
    return made


def _hold_chosen(found: Round, entrants: Collection[int], chosen: Collection[int]) -> None:
    if len(chosen) > found.places:
        numbers = {"places": found.places, "chosen": len(chosen)}
        raise NotAllowed(_("名额 %(places)s 个，选了 %(chosen)s 个。请去掉多的。") % numbers)
    if set(chosen) - set(entrants):
        raise NotAllowed(_("选中的人里有现在不符合条件或无法判定的。名额可以空着，不能降低条件。"))


def _nominations(choice: Choice) -> set[int]:
    return set(choice.chosen.values_list("nomination_id", flat=True))


def _locked(choice: Choice) -> tuple[Round, Choice]:
    found = locked(choice.round_id)
    return found, found.choices.select_for_update().get(id=choice.pk)
