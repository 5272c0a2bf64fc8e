"""The panel: who is on it, who sits out, and what each member says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.office.accounts.models import User
from luoshi.office.accounts.persons import is_same_person
from luoshi.office.accounts.roles import Role
from luoshi.office.attachments.models import Attachment
from luoshi.office.awards import offices
from luoshi.office.awards.errors import NotAllowed
from luoshi.office.awards.models import Ballot, BallotLine, Conflict, Member, Nomination, Round
from luoshi.office.awards.nominating import look_again
from luoshi.office.awards.offices import Actor
from luoshi.office.awards.queries import counted_ballots, list_entrants, marks_of
from luoshi.office.awards.recording import locked, record
from luoshi.office.awards.rules import Rules

State = Round.State
NEVER_MEMBERS = frozenset(
    {Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR, Role.VILLAGE_ADMINISTRATOR, Role.TOWNSHIP_CADRE, None}
)
"""Roles whose holders look at what others do, or see too little of the round."""
CENT = Decimal("0.01")


@transaction.atomic
def name_member(
    number: int, rules: Rules, *, user: User | None, name: str, office: str, actor: Actor, now: datetime
) -> Member:
    """A member of the panel, with an account or from outside; whoever is one already stays so.

    A `user` carries the appointment of the day. `NotAllowed` for whoever has nominated somebody in the round.
    """
    found = locked(number)
    _hold_recorder(rules, found, actor)
    if found.state not in {State.NOMINATING, State.JUDGING}:
        raise NotAllowed(_("评审已经结束，不能再增加评委。"))
    if user is not None:
        _hold_member(found, user)
        name = user.display_name
    if not name.strip():
        raise NotAllowed(_("请写评委的姓名，或选一个账号。"))
    key = {"username": user.username} if user is not None else {"username": "", "name": name.strip()}
    facts = {"name": name.strip(), "office": office.strip(), "named_by": actor.name, "named_at": now}
    made, new = Member.objects.get_or_create(round=found, left_because="", **key, defaults=facts)
    if new:
        record("award.member", found, actor, member=made.pk)
    return made


@transaction.atomic
def remove_member(member: Member, rules: Rules, reason: str, *, actor: Actor) -> Member:
    """Somebody is a member no more; never after they have voted."""
    found = locked(member.round_id)
    _hold_recorder(rules, found, actor)
    one = found.members.select_for_update().get(id=member.pk)
    if one.left_because:
        return one
    if one.ballots.exists():
        raise NotAllowed(_("这位评委已经投票，不能移除。有利害关系的，请登记回避。"))
    if not reason.strip():
        raise NotAllowed(_("请写明移除的原因。"))
    one.left_because = reason.strip()
    one.save(update_fields=["left_because"])
    record("award.member-left", found, actor, member=one.pk)
    return one


@transaction.atomic
def declare(
    member: Member, rules: Rules, reason: str, nomination: Nomination | None, *, actor: Actor, now: datetime
) -> Conflict:
    """A member has an interest and sits out: what they said counts no more. Said by themselves, or by the office."""
    found = locked(member.round_id)
    if member.username != actor.name:
        _hold_recorder(rules, found, actor)
    if found.state not in {State.NOMINATING, State.JUDGING}:
        raise NotAllowed(_("评审已经结束。请先退回评审，再登记回避。"))
    if not reason.strip():
        raise NotAllowed(_("请写明是什么利害关系。"))
    facts = {"reason": reason.strip(), "nomination": nomination, "by": actor.name, "at": now}
    made, new = Conflict.objects.get_or_create(member=member, defaults=facts)
    if new:
        record("award.conflict", found, actor, member=member.pk)
    return made


@transaction.atomic
def cast(
    member: Member, rules: Rules, marks: Mapping[int, Decimal], paper: Attachment | None, *, actor: Actor, now: datetime
) -> Ballot:
    """What a member says of all who can be chosen, by nomination. It takes the place of what they said before.

    By themselves; for a member from outside by the office, with the signed sheet. The same again changes nothing.
    """
    found = locked(member.round_id)
    one = found.members.select_for_update().get(id=member.pk)
    _hold_vote(found, one, rules, paper, actor)
    entrants = {entrant.nomination for entrant in list_entrants(found, rules)}
    _hold_marks(found, entrants, marks)
    last = one.ballots.order_by("-number").first()
    if last is not None and marks_of(last) == dict(marks):
        return last
    ballot = Ballot.objects.create(
        member=one, number=last.number + 1 if last else 1, by=actor.name, at=now, paper=paper
    )
    kind = "rank" if found.method == Round.Method.RANK else "score"
    BallotLine.objects.bulk_create(
        BallotLine(ballot=ballot, nomination_id=nomination, **{kind: mark}) for nomination, mark in marks.items()
    )
    record("award.vote", found, actor, member=one.pk, ballot=ballot.number)
    return ballot


@transaction.atomic
def close_panel(number: int, rules: Rules, *, actor: Actor) -> Round:
    """The panel has spoken. `NotAllowed` while fewer have voted on those who can be chosen now than have to."""
    found = locked(number)
    _hold_recorder(rules, found, actor)
    if found.state != State.JUDGING:
        return found
    hold_votes(found, rules)
    found.state = State.CHOOSING
    found.save(update_fields=["state"])
    record("award.close-panel", found, actor, ballots=len(counted_ballots(found, rules)))
    return found


@transaction.atomic
def reopen_panel(number: int, rules: Rules, *, actor: Actor, now: datetime) -> Round:
    """The panel judges again those who can be chosen as the registers are now; not while a choice is on its way."""
    found = locked(number)
    _hold_recorder(rules, found, actor)
    if rules.step("meet") is None or found.state not in {State.CHOOSING, State.JUDGING}:
        raise NotAllowed(_("这一步不能退回评审。"))
    if found.choices.exclude(state="set_aside").exists():
        raise NotAllowed(_("人选已经提出。请先退回人选，再退回评审。"))
    look_again(found, rules, actor=actor, now=now)
    found.state = State.JUDGING
    found.save(update_fields=["state"])
    record("award.reopen-panel", found, actor)
    return found


def hold_votes(found: Round, rules: Rules) -> None:
    """Nothing; `NotAllowed` while too few have voted on exactly those who can be chosen now."""
    voted = len(counted_ballots(found, rules))
    if list_entrants(found, rules) and voted < found.voters:
        numbers = {"voted": voted, "voters": found.voters}
        raise NotAllowed(_("有效的评审票 %(voted)s 张，至少要 %(voters)s 张。名单变过的，要重新投票。") % numbers)


def _hold_recorder(rules: Rules, found: Round, actor: Actor) -> None:
    offices.hold(rules.pack, rules.step("meet") or rules.deciding, found.area, actor)


def _hold_member(found: Round, user: User) -> None:
    if user.role in NEVER_MEMBERS or not user.scope.covers(found.area):
        raise NotAllowed(_("这个账号看不到整个评选，不能当评委。请选辖区包含评选地区的经办人。"))
    if is_same_person(user.username, *found.nominations.values_list("by", flat=True)):
        raise NotAllowed(_("这个人在这一轮里提过名，不能当评委。"))
    others = found.members.filter(left_because="").exclude(username=user.username)
    if is_same_person(user.username, *others.values_list("username", flat=True)):
        raise NotAllowed(_("这个人已经用另一个账号当了评委。"))


def _hold_vote(found: Round, one: Member, rules: Rules, paper: Attachment | None, actor: Actor) -> None:
    if found.state != State.JUDGING:
        raise NotAllowed(_("现在不在评审，不能投票。"))
    if one.left_because:
        raise NotAllowed(_("已经不是这一轮的评委。"))
    if hasattr(one, "conflict"):
        raise NotAllowed(_("已登记回避，不能投票。"))
    if one.username:
        if one.username != actor.name:
            raise NotAllowed(_("评委要用自己的账号投票。"))
        if is_same_person(actor.name, *found.nominations.values_list("by", flat=True)):
            raise NotAllowed(_("您在这一轮里提过名，不能投票。请登记回避。"))
        return
    _hold_recorder(rules, found, actor)
    if paper is None:
        raise NotAllowed(_("没有账号的评委，要附签过字的评审表。"))


def _hold_marks(found: Round, entrants: set[int], marks: Mapping[int, Decimal]) -> None:
    if not entrants:
        raise NotAllowed(_("没有人可以评：申报的人里没有符合条件的。"))
    if set(marks) != entrants:
        raise NotAllowed(_("名单上的人都要评，而且只评名单上的人。名单可能刚变过，请重新打开这一页。"))
    if found.method == Round.Method.RANK:
        if sorted(marks.values()) != [Decimal(place) for place in range(1, len(entrants) + 1)]:
            raise NotAllowed(_("名次从 1 到 %(last)s 各用一次，不能重复，不能空着。") % {"last": len(entrants)})
        return
    greatest = Decimal(found.greatest or 0)
    if any(not 0 <= mark <= greatest or mark != mark.quantize(CENT) for mark in marks.values()):
        raise NotAllowed(_("分数在 0 到 %(most)s 之间，最多两位小数。") % {"most": greatest})
